#!/usr/bin/env python3
"""Makes the workbooks beside it: python3 make.py, with openpyxl, xlwt and LibreOffice (soffice) at hand.

kinds.xlsx, .xls, .ods   a cell of every kind, merged, hidden and filtered areas; dates count from 1904
uncomputed.xls           formulas by a program that computes nothing

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
    # LibreOffice computes the formulas, in place too.
    for ending in ["xls", "ods", "xlsx"]:
        subprocess.run(["soffice", "--headless", "--convert-to", ending, "--outdir", HERE / "made", HERE / "kinds.xlsx"], check=True)
        (HERE / "made" / f"kinds.{ending}").replace(HERE / f"kinds.{ending}")
    (HERE / "made").rmdir()


def uncomputed():
    book = xlwt.Workbook()
    sheet = book.add_sheet("算")
    sheet.write(0, 0, 12)
    sheet.write(0, 1, xlwt.Formula("A1*2"))
    book.save(str(HERE / "uncomputed.xls"))


kinds()
uncomputed()
