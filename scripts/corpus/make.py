#!/usr/bin/env python3
"""Makes Word documents in every feature of python-docx and of our own writer, and has LibreOffice save documents anew.

    make.py FOLDER HUIBAO

Into FOLDER/made: a document for each feature (python-docx), and one report of each template of the shipped project.
Into FOLDER/resaved: those, and every fifth of FOLDER/packages, as LibreOffice saves them (.docx, and over .odt).
Needs python-docx and soffice.
"""

import io
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Inches, Pt, RGBColor

ROOT = Path(__file__).resolve().parents[2]
CHINESE = "全区各学校党组织认真学习文件精神，扎实推进组织建设、作风建设和制度建设，全年召开专题会议12次，参加人员3560人次。"
ENGLISH = "The quick brown fox jumps over the lazy dog while the committee reads its yearly report of 2023, line by line. "
MADE = {}


def made(function):
    MADE[function.__name__.replace("_", "-")] = function
    return function


def chinese(run, face="宋体", size=None):
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if size:
        run.font.size = Pt(size)
    return run


def picture(width, height):
    """A PNG of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xc0\x30\x30" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def field(paragraph, code):
    for kind, text in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)


@made
def headings(document):
    for level in range(10):
        document.add_heading(f"Heading of level {level}", level)
        document.add_paragraph(ENGLISH * 3)


@made
def long_english(document):
    for number in range(40):
        document.add_paragraph(f"{number + 1}. " + ENGLISH * (number % 5 + 1))


@made
def long_chinese(document):
    for number in range(40):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        chinese(paragraph.add_run(f"（{number + 1}）" + CHINESE * (number % 4 + 1)), size=12)


@made
def chinese_official(document):
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    chinese(title.add_run("关于报送年度工作总结的通知"), "方正小标宋简体", 22)
    for number in range(12):
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.first_line_indent, form.line_spacing, form.space_after = Pt(32), Pt(28), Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        chinese(paragraph.add_run(CHINESE * 3), "仿宋_GB2312", 16)


@made
def lists(document):
    for style in ("List Bullet", "List Bullet 2", "List Bullet 3", "List Number", "List Number 2", "List Number 3"):
        for number in range(3):
            document.add_paragraph(f"{style}, item {number + 1}. " + ENGLISH, style=style)
    for style in ("List", "List 2", "List Continue", "List Continue 2"):
        document.add_paragraph(ENGLISH * 2, style=style)


@made
def alignments_and_indents(document):
    for align in (WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY):
        for left, right, first in ((0, 0, 0), (1, 2, 1), (2, 0, -2)):
            paragraph = document.add_paragraph(ENGLISH * 3)
            form = paragraph.paragraph_format
            form.alignment, form.left_indent, form.right_indent = align, Cm(left), Cm(right)
            form.first_line_indent = Cm(first)


@made
def line_spacings(document):
    for rule, value in (
        (WD_LINE_SPACING.SINGLE, None), (WD_LINE_SPACING.ONE_POINT_FIVE, None), (WD_LINE_SPACING.DOUBLE, None),
        (None, 1.15), (None, Pt(18)), (WD_LINE_SPACING.AT_LEAST, Pt(24)), (WD_LINE_SPACING.EXACTLY, Pt(12)),
    ):
        paragraph = document.add_paragraph(ENGLISH * 4)
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(6), Pt(12)
        if value is not None:
            form.line_spacing = value
        if rule is not None:
            form.line_spacing_rule = rule


@made
def keeps_and_breaks(document):
    for number in range(30):
        paragraph = document.add_paragraph(ENGLISH * 3)
        form = paragraph.paragraph_format
        form.keep_together, form.keep_with_next = number % 3 == 0, number % 5 == 0
        form.page_break_before, form.widow_control = number == 20, number % 2 == 0
    document.add_page_break()
    paragraph = document.add_paragraph("before")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("after the line break")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("after the page break")


@made
def tab_stops(document):
    for leader in (WD_TAB_LEADER.SPACES, WD_TAB_LEADER.DOTS, WD_TAB_LEADER.LINES):
        paragraph = document.add_paragraph("left\tcentre\tright\t12.5\tend")
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(4), WD_TAB_ALIGNMENT.CENTER, leader)
        stops.add_tab_stop(Cm(8), WD_TAB_ALIGNMENT.RIGHT, leader)
        stops.add_tab_stop(Cm(10), WD_TAB_ALIGNMENT.DECIMAL, leader)
        stops.add_tab_stop(Cm(12), WD_TAB_ALIGNMENT.LEFT, leader)
    document.add_paragraph("a\tb\tc\td\te\tdefault stops")


@made
def characters(document):
    names = "bold italic underline strike double_strike all_caps small_caps subscript superscript outline shadow emboss imprint hidden"
    for name in names.split():
        paragraph = document.add_paragraph(f"{name}: ")
        setattr(paragraph.add_run("Text in this form 文字").font, name, True)
        paragraph.add_run(" and plain.")
    for size in (6, 9, 10.5, 16, 28, 48):
        document.add_paragraph().add_run(f"{size} points 磅").font.size = Pt(size)
    coloured = document.add_paragraph().add_run("coloured and marked")
    coloured.font.color.rgb, coloured.font.highlight_color = RGBColor(192, 0, 0), WD_COLOR_INDEX.YELLOW
    for face in ("Arial", "Courier New", "Georgia", "Verdana", "Cambria", "Tahoma"):
        document.add_paragraph().add_run(f"{face}: {ENGLISH}").font.name = face


@made
def own_styles(document):
    base = document.styles.add_style("Own Base", WD_STYLE_TYPE.PARAGRAPH)
    base.font.size, base.paragraph_format.space_after = Pt(14), Pt(20)
    child = document.styles.add_style("Own Child", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style, child.font.bold = base, True
    strong = document.styles.add_style("Own Run", WD_STYLE_TYPE.CHARACTER)
    strong.font.italic = True
    for style in ("Own Base", "Own Child", "Quote", "Intense Quote", "Caption", "Body Text", "No Spacing", "Subtitle"):
        document.add_paragraph(f"{style}. ", style=style).add_run(ENGLISH, style="Own Run")


@made
def table_styles(document):
    for style in ("Table Grid", "Light Shading Accent 1", "Medium Grid 3 Accent 2", "Colorful List", "Dark List Accent 5"):
        document.add_paragraph(style)
        table = document.add_table(rows=4, cols=4, style=style)
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells.cells):
                cell.text = f"row {row}, column {column}"


@made
def table_merged(document):
    table = document.add_table(rows=6, cols=5, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 4)).text = "各学校情况统计表"
    table.cell(1, 0).merge(table.cell(3, 0)).text = "东区"
    table.cell(1, 1).merge(table.cell(2, 2)).text = "four cells in one"
    table.cell(4, 3).merge(table.cell(5, 4)).text = ENGLISH
    nested = table.cell(5, 1).add_table(rows=2, cols=2)
    nested.cell(0, 0).text, nested.cell(1, 1).text = "nested 1", "nested 4"


@made
def table_sizes(document):
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for row, height in zip(table.rows, (1, 2, 3)):
        row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST if height < 3 else WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, width in zip(row.cells, (2, 4, 6)):
            cell.width, cell.text = Cm(width), f"{width} by {height} cm"
    document.add_paragraph()
    wide = document.add_table(rows=2, cols=12, style="Table Grid")
    for cell in wide.rows[0].cells:
        cell.text = "学校名称"


@made
def table_long(document):
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("序号", "学校名称", "党员总数", "说明")):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number in range(120):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = str(number + 1), f"第{number + 1}小学", str(number * 7 % 90)
        cells[3].text = "" if number % 4 else CHINESE


@made
def pictures(document):
    document.add_picture(picture(60, 40))
    document.add_picture(picture(200, 100), width=Inches(4))
    paragraph = document.add_paragraph("in the line ")
    paragraph.add_run().add_picture(picture(20, 20), height=Pt(12))
    paragraph.add_run(" of the text")
    document.add_table(rows=1, cols=2).cell(0, 1).paragraphs[0].add_run().add_picture(picture(30, 30), width=Cm(3))


@made
def margins(document):
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    section.header.paragraphs[0].text = "left of the odd page\tmiddle\tright"
    section.even_page_header.paragraphs[0].text = "even page"
    section.first_page_header.paragraphs[0].text = "first page"
    for name in ("footer", "even_page_footer", "first_page_footer"):
        paragraph = getattr(section, name).paragraphs[0]
        paragraph.add_run("page ")
        field(paragraph, "PAGE")
        paragraph.add_run(" of ")
        field(paragraph, "NUMPAGES")
    for _ in range(60):
        document.add_paragraph(ENGLISH * 2)


@made
def sections(document):
    document.add_paragraph(ENGLISH * 5)
    for kind in (WD_SECTION.NEW_PAGE, WD_SECTION.CONTINUOUS, WD_SECTION.EVEN_PAGE, WD_SECTION.ODD_PAGE):
        section = document.add_section(kind)
        if kind == WD_SECTION.NEW_PAGE:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        if kind == WD_SECTION.CONTINUOUS:
            section._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")
        for _ in range(4):
            document.add_paragraph(f"{kind}: " + ENGLISH * 4)


@made
def columns(document):
    document.sections[0]._sectPr.find(qn("w:cols")).set(qn("w:num"), "3")
    for _ in range(40):
        document.add_paragraph(ENGLISH * 2)
    document.paragraphs[5].add_run().add_break(WD_BREAK.COLUMN)


@made
def page_border_and_grid(document):
    properties = document.sections[0]._sectPr
    sides = "".join(f'<w:{side} w:val="single" w:sz="12" w:space="24" w:color="auto"/>' for side in ("top", "left", "bottom", "right"))
    properties.insert(2, parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{sides}</w:pgBorders>'))
    grid = properties.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "312")
    for number in range(30):
        chinese(document.add_paragraph().add_run(CHINESE * 2), size=(10.5, 12, 16)[number % 3])


@made
def borders_and_shades(document):
    for number in range(6):
        paragraph = document.add_paragraph(ENGLISH * 2)
        sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="C00000"/>' for side in ("top", "left", "bottom", "right"))
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:pBdr {nsdecls("w")}>{sides}</w:pBdr>'))
        if number % 2:
            properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="DDEEFF"/>'))


@made
def links_and_comments(document):
    paragraph = document.add_paragraph("A link: ")
    relation = document.part.relate_to(
        "https://example.org/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(paragraph.add_run("example")._r)
    paragraph._p.append(link)
    run = document.add_paragraph().add_run("commented text")
    document.add_comment(run, text="a comment that no PDF shows", author="审核")


@made
def fields(document):
    for code in ("PAGE", "NUMPAGES", "SEQ 表", "DATE", "AUTHOR"):
        paragraph = document.add_paragraph(f"{code}: ")
        field(paragraph, code)
    toc = document.add_paragraph()
    field(toc, r'TOC \o "1-3" \h')
    for number in range(3):
        document.add_heading(f"Chapter {number + 1}", 1)
        document.add_paragraph(ENGLISH * 10)


def reports(folder, huibao, temporary):
    """One report of each template of the shipped project."""
    out = temporary / "reports"
    subprocess.run(
        [huibao, "build", "--fonts", "carried", "--out", out, "--format", "docx"], cwd=ROOT, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    for place in sorted({path.parent for path in out.rglob("*.docx")}):
        first = min(place.glob("*.docx"))
        shutil.copy(first, folder / f"report-{place.name}.docx")


def save_anew(paths, ending, out, temporary):
    profile = f"-env:UserInstallation=file://{temporary}/profile"
    for start in range(0, len(paths), 30):
        some = paths[start:start + 30]
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", out, *some],
            check=True, timeout=400, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, huibao = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    (folder / "made").mkdir(parents=True, exist_ok=True)
    for name, function in MADE.items():
        document = Document()
        function(document)
        document.save(folder / "made" / f"{name}.docx")
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        reports(folder / "made", huibao, temporary)
        documents = sorted((folder / "made").glob("*.docx"))
        save_anew(documents, "odt", temporary / "odt", temporary)
        save_anew(sorted((temporary / "odt").glob("*.odt")), "docx", folder / "resaved" / "over-odt", temporary)
        packages = sorted((folder / "packages").rglob("*.docx"))[::5]
        for document in documents + packages:
            copy = temporary / "copies" / f"{document.parent.name}-{document.name}"
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(document, copy)
        save_anew(sorted((temporary / "copies").iterdir()), "docx", folder / "resaved" / "docx", temporary)
    for kind in ("made", "resaved"):
        print(f"{kind}: {sum(path.is_file() for path in (folder / kind).rglob('*'))} documents")


if __name__ == "__main__":
    main()
