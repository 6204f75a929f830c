#!/usr/bin/env python3
"""Makes the workbooks beside it: python3 make.py, with openpyxl, xlwt and LibreOffice (soffice) at hand.

kinds.xlsx, .xls, .ods   a cell of every kind, merged, hidden and filtered areas; dates count from 1904
uncomputed.xls           formulas by a program that computes nothing
percents.xlsx, .xls, .ods  numbers formatted as percentages, and others that only look so

schools.xls and schools.ods are as LibreOffice saved them.
"""

import datetime
import pathlib
import subprocess

import openpyxl
import xlwt

HERE = pathlib.Path(__file__).parent


def kinds():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "各类"
    sheet["A1"] = "各类单元格"
    sheet.merge_cells("A1:D1")
    sheet.append(["数", "算", "文", "是否", "错", "缺", "日期", "算日期"])
    sheet.append([12, "=A3*2", '="甲"&"乙"', "=A3>1", "=1/0", "=NA()", datetime.date(2023, 4, 15), "=DATE(2023,4,16)"])
    sheet["G3"].number_format = sheet["H3"].number_format = "yyyy-mm-dd"
    for row in range(4, 9):
        sheet.append([row])
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[6].hidden = sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.merge_cells("A5:B6")
    book.create_sheet("旧").sheet_state = "hidden"
    book.save(HERE / "kinds.xlsx")
    in_all_formats("kinds")


def percents():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["学校", "达标率（%）", "优秀率", "完成情况"])
    rows = [
        ["一小", (0.9, "0%"), (0.9, "0%"), (0.9, "0%")],
        ["二小", (0.57, "0.0%;[Red]-0.0%"), (0.57, '"约"0.0%'), (0.125, "0.00%")],
        ["三小", ("=18/20", "0%"), ("=1/8", "0.0%"), "未完成"],
        ["四小", (85, "0.0"), (0.85, "General"), "未完成"],
        ["五小", (90, '0"%"'), 0, "未完成"],
        ["六小", (1, "0%"), (1, "0%"), (1, "0%")],
    ]
    for number, row in enumerate(rows, 2):
        for column, cell in enumerate(row, 1):
            value, shown = cell if isinstance(cell, tuple) else (cell, "General")
            sheet.cell(number, column, value).number_format = shown
    book.save(HERE / "percents.xlsx")
    in_all_formats("percents")


def in_all_formats(name):
    # LibreOffice computes the formulas, in place too.
    for ending in ["xls", "ods", "xlsx"]:
        subprocess.run(["soffice", "--headless", "--convert-to", ending, "--outdir", HERE / "made", HERE / f"{name}.xlsx"], check=True)
        (HERE / "made" / f"{name}.{ending}").replace(HERE / f"{name}.{ending}")
    (HERE / "made").rmdir()


def uncomputed():
    book = xlwt.Workbook()
    sheet = book.add_sheet("算")
    sheet.write(0, 0, 12)
    sheet.write(0, 1, xlwt.Formula("A1*2"))
    book.save(str(HERE / "uncomputed.xls"))


kinds()
uncomputed()
percents()
