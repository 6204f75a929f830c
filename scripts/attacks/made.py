"""What attacks are made of: projects, Word files, workbooks, pictures."""

import os
import struct
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ATTACKS = {}


def attack(function):
    ATTACKS[function.__name__] = function
    return function


def several(name, cases):
    """Attacks that differ in one value: `cases` are names and values for the function."""
    def register(function):
        for case, value in cases.items():
            ATTACKS[f"{name}_{case}"] = lambda folder, value=value: function(folder, value)
        return function
    return register


def project(folder, template="正文", name="表.md", rows="代码,值\n1,甲\n2,乙\n", more="", report=""):
    """A project of one table and one report."""
    (folder / "表.csv").write_text(rows, "utf-8")
    if template is not None:
        content = template if isinstance(template, bytes) else template.encode()
        (folder / name).write_bytes(content)
    (folder / "huibao.toml").write_text(
        '[project]\ntitle = "攻"\nyear = 2023\n[[table]]\nname = "表"\nfrom = "表.csv"\nkey = "代码"\n' + more
        + f'[[report]]\nname = "r"\ntemplate = "{name}"\n' + (report or 'output = "r"\n'), "utf-8")
    return ["build", "-p", str(folder), "--fonts", "carried"]


def rows(count, value="甲"):
    return "代码,值\n" + "".join(f"{at},{value}\n" for at in range(count))


def package(parts, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            if callable(content):
                with zipped.open(name, "w", force_zip64=True) as part:
                    content(part)
            else:
                zipped.writestr(name, content)
    return path


def word_parts(body, further=None, relations="", types="", settings=None):
    override = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{override}.document.main+xml"/>'
                               + (f'<Override PartName="/word/settings.xml" ContentType="{override}.settings+xml"/>' if settings else "") + types + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
                                        + (f'<Relationship Id="rIdS" Type="{OFFICE}/settings" Target="settings.xml"/>' if settings else "") + "</Relationships>",
        "word/document.xml": body if isinstance(body, bytes) or callable(body) else f'<w:document {W} {R}><w:body>{body}</w:body></w:document>',
    }
    if settings:
        parts["word/settings.xml"] = settings
    return parts | (further or {})


def paragraph(text):
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_project(folder, body, **how):
    parts = {key: how.pop(key) for key in ["further", "relations", "types", "settings"] if key in how}
    package(word_parts(body, **parts), folder / "表.docx")
    return project(folder, None, "表.docx", **how)


def convert(folder, body, **how):
    return ["convert", str(package(word_parts(body, **how), folder / "a.docx")), "--fonts", "carried"]


def xlsx(folder, sheet, strings="", workbook="", more=None, name="a.xlsx"):
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook or f'<workbook xmlns="{SHEET}" {R}><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return ["inspect", str(package(parts | (more or {}), folder / name))]


def sheet(rows, before="", after=""):
    return f'<worksheet xmlns="{SHEET}" {R}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def many(piece, count, before=b"", after=b""):
    """A part of a piece so many times, written in blocks."""
    def write(part):
        part.write(before)
        block = piece * 1000
        for _ in range(count // 1000):
            part.write(block)
        part.write(piece * (count % 1000) + after)
    return write


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 << 24))) + chunk(b"IEND", b"")
