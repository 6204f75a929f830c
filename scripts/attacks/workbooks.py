"""Workbooks that claim, unpack to or hold too much."""

import io

from made import *

@attack
def book_dimension(folder):
    return xlsx(folder, sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', '<dimension ref="A1:XFD1048576"/>'))


@attack
def book_two_corners(folder):
    return xlsx(folder, sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


@attack
def book_merged(folder):
    return xlsx(folder, many(b'<mergeCell ref="A1:B2"/>', 10_000_000, sheet('<row r="1"><c r="A1"><v>1</v></c></row>').encode().replace(b"</worksheet>", b"<mergeCells>"), b"</mergeCells></worksheet>"))


@attack
def book_merged_apart(folder):
    areas = "".join(f'<mergeCell ref="A{at * 2 + 1}:B{at * 2 + 2}"/>' for at in range(500_000))
    return xlsx(folder, sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=f"<mergeCells>{areas}</mergeCells>"))


@attack
def book_merged_whole(folder):
    return xlsx(folder, sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after='<mergeCells>' + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + '</mergeCells>'))


@attack
def book_strings(folder):
    """A million shared strings of 32k each, by the packing."""
    piece = b"<si><t>" + b"a" * 32_000 + b"</t></si>"
    return xlsx(folder, sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), many(piece, 1_000_000 // 20, f'<sst xmlns="{SHEET}">'.encode(), b"</sst>"))


@attack
def book_one_string(folder):
    """One string of 32k in a million cells."""
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 1_000_001))
    return xlsx(folder, sheet(cells), f'<sst xmlns="{SHEET}"><si><t>' + "字" * 32_000 + "</t></si></sst>")


@attack
def book_long_column(folder):
    cells = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 1_048_577))
    return xlsx(folder, sheet(cells))


@attack
def book_formulas(folder):
    return xlsx(folder, sheet("".join(f'<row r="{at}"><c r="A{at}"><f>{"1+" * 500_000}1</f><v>2</v></c></row>' for at in range(1, 20))))


@attack
def book_names(folder):
    names = "".join(f'<definedName name="n{at}">{"A1+" * 1000}</definedName>' for at in range(20_000))
    return xlsx(folder, sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), workbook=f'<workbook xmlns="{SHEET}" {R}><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets><definedNames>{names}</definedNames></workbook>')


@attack
def book_sheets(folder):
    sheets = "".join(f'<sheet name="表{at}" sheetId="{at + 1}" r:id="rId1"/>' for at in range(100_000))
    return xlsx(folder, sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), workbook=f'<workbook xmlns="{SHEET}" {R}><sheets>{sheets}</sheets></workbook>')


@attack
def book_styles(folder):
    styles = f'<styleSheet xmlns="{SHEET}"><numFmts>' + "".join(f'<numFmt numFmtId="{at}" formatCode="{"0" * 100}%"/>' for at in range(200, 100_000)) + "</numFmts><cellXfs>" + '<xf numFmtId="300"/>' * 1_000_000 + "</cellXfs></styleSheet>"
    return xlsx(folder, sheet('<row r="1"><c r="A1" s="999999"><v>1</v></c></row>'), more={"xl/styles.xml": styles})


@attack
def book_columns(folder):
    return xlsx(folder, sheet('<row r="1"><c r="A1"><v>1</v></c></row>', before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>"))


@attack
def book_nested(folder):
    """A zip in a zip in a zip, of ten each."""
    data = bytes(10_000_000)
    for _ in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
            for at in range(10):
                zipped.writestr(f"{at}.xlsx", data)
        data = buffer.getvalue()
    (folder / "a.xlsx").write_bytes(data)
    return ["inspect", str(folder / "a.xlsx")]


@attack
def book_bomb(folder):
    return xlsx(folder, many(b" " * 1000, 4_000_000, b"<worksheet>", b"</worksheet>"))


@attack
def book_parts(folder):
    return xlsx(folder, sheet(""), more={f"a{at}": b"" for at in range(50_000)})


@attack
def book_overlapping(folder):
    """Every entry of the directory is the same large part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/workbook.xml", bytes(100_000_000))
    data = buffer.getvalue()
    start = data.index(b"PK\1\2")
    entry, end = data[start:data.index(b"PK\5\6")], data[data.index(b"PK\5\6"):]
    entries = b"".join(entry.replace(b"xl/workbook.xml", b"xl/wo%05dk.xml" % at) for at in range(9000))
    end = end[:8] + struct.pack("<HHI", 9000, 9000, len(entries)) + end[16:]
    (folder / "a.xlsx").write_bytes(data[:start] + entries + end)
    return ["inspect", str(folder / "a.xlsx")]


def ods(folder, rows):
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>', "content.xml": content}
    return ["inspect", str(package(parts, folder / "a.ods"))]


def ods_cell(attributes=""):
    return f'<table:table-cell office:value-type="float" office:value="1" {attributes}><text:p>1</text:p></table:table-cell>'


ROWS, COLUMNS = "table:number-rows-repeated", "table:number-columns-repeated"


@several("ods", {
    "repeated": f'<table:table-row {ROWS}="1000000000">' + ods_cell(f'{COLUMNS}="1000000000"') + "</table:table-row>",
    "rows": f'<table:table-row {ROWS}="1048576">' + ods_cell() + "</table:table-row>",
    "columns": ("<table:table-row>" + ods_cell(f'{COLUMNS}="16384"') + "</table:table-row>") * 1000,
    "negative": f'<table:table-row {ROWS}="-1">' + ods_cell(f'{COLUMNS}="-5"') + "</table:table-row>",
    "spanned": "<table:table-row>" + ods_cell('table:number-columns-spanned="1000000000" table:number-rows-spanned="1000000000"') + "</table:table-row>",
    "spaces": '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>',
    "deep": "<table:table-row-group>" * 10_000 + "</table:table-row-group>" * 10_000,
})
def open_document(folder, content):
    return ods(folder, content)


def text_table(folder, write):
    with open(folder / "a.csv", "wb") as file:
        write(file)
    return ["inspect", str(folder / "a.csv")]


@attack
def csv_sparse(folder):
    return text_table(folder, lambda file: file.truncate(2 << 30))


@attack
def csv_line(folder):
    return text_table(folder, many(b"a" * 1000, 400_000))


@attack
def csv_columns(folder):
    return text_table(folder, lambda file: file.write((",".join(f"c{at}" for at in range(100_000)) + "\n" + "1," * 99_999 + "1\n").encode()))


@attack
def csv_ragged(folder):
    return text_table(folder, lambda file: file.write(b",".join([b"a"] * 16_000) + b"\n" + b"1\n" * 1_000_000))


@attack
def csv_quotes(folder):
    return text_table(folder, lambda file: file.write(b'a,b\n"' + b'"' * 20_000_000))


@attack
def csv_commas(folder):
    return text_table(folder, many(b",", 100_000_000))


@attack
def csv_lines(folder):
    return text_table(folder, many(b"\n", 100_000_000))


@attack
def csv_cells(folder):
    return text_table(folder, many(b"1,2,3,4,5,6,7,8,9\n", 1_000_000))


@attack
def csv_headers(folder):
    """Rows that all look like headers, and no two alike."""
    return text_table(folder, lambda file: file.write("".join(f"学校{at},名称{at},日期{at}\n" for at in range(300_000)).encode()))


@attack
def csv_blocks(folder):
    """Very many small tables on one sheet."""
    return text_table(folder, lambda file: file.write("".join(f"{at}、情况,,\n学校,名称,人数\n甲,乙,{at}\n,,\n" for at in range(100_000)).encode()))


@attack
def csv_totals(folder):
    return text_table(folder, lambda file: file.write(("学校,人数,钱\n" + "".join(f"甲{at},1,2\n合计,{at},{at}\n" for at in range(200_000))).encode()))


def compound(sectors, chain, first):
    """A compound file whose sectors follow each other as `chain` says."""
    size = 512
    fat = struct.pack(f"<{size // 4}I", *(chain + [0xFFFFFFFF] * (size // 4 - len(chain))))
    entry = lambda name, kind, start, length: name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII16sI8s8sIII", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF, bytes(16), 0, bytes(8), bytes(8), start, length, 0)
    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry("Workbook", 2, first, 0x7FFFFFFF) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6sIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff\xff\xff\xff" * 108
    return header[:512] + fat + directory + sectors


@several("xls", {"cyclic": ([0xFFFFFFFD, 0xFFFFFFFE, 3, 2], 2), "own": ([0xFFFFFFFD, 0xFFFFFFFE, 2], 2), "beyond": ([0xFFFFFFFD, 0xFFFFFFFE, 0x7FFFFFF], 2), "directory": ([0xFFFFFFFD, 1, 2], 2)})
def xls(folder, case):
    chain, first = case
    (folder / "a.xls").write_bytes(compound(b"\x09\x08\x10\0\0\x06\x05\0" + bytes(1016), chain, first))
    return ["inspect", str(folder / "a.xls")]


@several("xlsb", {"length": b"\x81\x01\xff\xff\xff\x7f", "lengths": b"\x94\x01\xff\xff\xff\x7f" * 1000, "dimension": b"\x81\x01\0\x94\x01\x10" + struct.pack("<4I", 0, 0xFFFFFFFF, 0, 0xFFFFFFFF) + b"\x91\x01\0", "row": b"\x81\x01\0\x91\x01\0\0\x19" + struct.pack("<I", 0xFFFFFFF0) + bytes(21) + b"\x05\x10" + struct.pack("<IId", 0xFFFFFFF0, 0, 1.0) + b"\x92\x01\0"})
def xlsb(folder, sheet_bytes):
    def record(kind, data):
        return bytes([kind & 127 | 128, kind >> 7]) + bytes([len(data)]) + data if kind > 127 else bytes([kind, len(data)]) + data

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")
    workbook = record(0x83, b"") + record(0x8F, b"") + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("表")) + record(0x90, b"") + record(0x84, b"")
    relations = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    root = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    parts = {"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>', "_rels/.rels": root, "xl/workbook.bin": workbook, "xl/_rels/workbook.bin.rels": relations, "xl/worksheets/sheet1.bin": sheet_bytes}
    return ["inspect", str(package(parts, folder / "a.xlsb"))]
