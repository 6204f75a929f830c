#!/usr/bin/env python3
"""Makes what the fuzz targets begin from: fuzz/seeds.py TO [FILE_OR_FOLDER...]

Cuts the example, the files of the tests, and further files or folders of workbooks and Word files, into the pieces that
each target puts together again: TO/TARGET/NUMBER. TO/TARGET.dict lists the words of their markup, for the fuzzer to put in.
Needs olefile for .xls files.
"""

import io
import pathlib
import re
import struct
import sys
import zipfile

try:
    import olefile
except ImportError:
    olefile = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARK = b"\n%%%\n"
LARGEST = 200_000
XLSX = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
XLSB = ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"]
# As in fuzz_targets/word.rs.
WORD = ["document", "styles", "numbering", "settings", "footnotes", "header1", "footer1", "endnotes", "theme/theme1", "charts/chart1"]
TAGS = ["{{", "}}", "{{#each 党支部}}", "{{/each}}", "{{#if 党员总数}}", "{{else}}", "{{/if}}", "{{#with (first 党支部)}}", "{{/with}}",
        "{{合计 党支部.党员总数}}", "{{表格 党支部 列=\"支部名称，党员总数\" 合计=true}}", "{{分组 党支部 \"类型\"}}", "{{图片 \"a.png\" 宽=\"30mm\"}}",
        "{{标记文本 说明}}", "{{同值合并 类型}}", "{{底纹 \"红\"}}", "{{筛选 党支部 类型=\"教工\"}}", "(", ")", "../", "@序号", "全部.学校", "项目.年度",
        "{{include \"部分.md\"}}", "{{include \"部分.docx\"}}"]

# A body that puts in Markdown, and in a loop a document.
INCLUDES = ("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + "".join(
    f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>" for tag in TAGS[-2:-1] + ["{{#each 党支部}}", TAGS[-1], "{{/each}}"])
    + "</w:body></w:document>").encode()


def main(to, others):
    seeds = Seeds(pathlib.Path(to))
    folders = [ROOT / "tests", ROOT / "input", ROOT / "templates", ROOT / "src" / "style", ROOT / "huibao.toml"]
    for path in sorted(file for folder in folders + [pathlib.Path(other) for other in others] for file in files(folder)):
        if path.stat().st_size > LARGEST:
            continue
        try:
            cut(seeds, path, path.read_bytes())
        except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            print(f"{path}: {error}", file=sys.stderr)
    seeds.add("xlsb_parts", XLSB_SEED)
    for row in ["|{{支部名称}}|{{党员总数}}|", "{{#each 党支部}}|{{支部名称}}|{{/each}}", "# {{学校名称}}", "题：各支部", "{{表格 党支部 列=\"支部名称\"}}"]:
        seeds.add("text_template", MARK + row.encode())
        seeds.add("text_template", MARK, "{{#each 党支部}}\n{{include \"部分.md\"}}\n{{/each}}".encode(), MARK, row.encode())
    table = "学校代码,学校名称,党员总数\n0101,第一小学,12\n0102,\"玥珺,镕学校\",\"1,200\"\n合计,,1212\n"
    for choice, encoding in [(0, "utf-8"), (0, "utf-8-sig"), (4, "gb18030"), (0, "gb18030"), (0, "utf-16"), (8, "utf-16-le"), (6, "big5")]:
        seeds.add("text_table", bytes([choice]), table.encode(encoding, "replace"))
        seeds.add("text_table", bytes([choice + 1]), table.replace(",", "\t").encode(encoding, "replace"))
    for target in ["grid", "form"]:
        for number in range(8):
            seeds.add(target, bytes((7 * at * (number + 1) + number) % 256 for at in range(100 << number % 4)))
    seeds.words()


def files(path):
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]


class Seeds:
    def __init__(self, to):
        self.to = to
        self.found = {}

    def add(self, target, *pieces):
        self.found.setdefault(target, {})[b"".join(pieces)] = None

    def words(self):
        for target, seeds in self.found.items():
            (self.to / target).mkdir(parents=True, exist_ok=True)
            for number, seed in enumerate(seeds):
                (self.to / target / str(number)).write_bytes(seed)
        markup = re.compile(rb"<[A-Za-z][\w:.]*|[\w:.]+=\"[\w#.%-]{0,24}\"")
        for target in ["xlsx_parts", "ods_parts", "word_template", "word_document"]:
            words = sorted({word for seed in self.found.get(target, {}) for word in markup.findall(seed)})
            self.dictionary(target, words[:: max(1, len(words) // 3000)])
        self.dictionary("text_template", [])
        keys = re.compile(rb"^\[\[?[\w.]+\]\]?|^[\w.-]+ *=", re.M)
        self.dictionary("settings", sorted({word for seed in self.found.get("settings", {}) for word in keys.findall(seed)}))

    def dictionary(self, target, words):
        tags = [tag.encode() for tag in TAGS] if "template" in target else []
        marked = ['"' + "".join(quoted(byte) for byte in word) + '"' for word in tags + words]
        (self.to / f"{target}.dict").write_text("\n".join(marked) + "\n")


def quoted(byte):
    return chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}"


def cut(seeds, path, data):
    kind = path.suffix.lower()
    if kind in [".xlsx", ".xlsm", ".xlsb", ".ods", ".xls", ".csv", ".tsv"]:
        seeds.add("workbook", data)
    if kind in [".csv", ".tsv"]:
        seeds.add("text_table", bytes([kind == ".tsv"]), data)
    elif kind == ".xls" and olefile:
        with olefile.OleFileIO(data) as container:
            seeds.add("xls_records", b"\0", container.openstream("Workbook").read())
    elif kind in [".xlsx", ".xlsm"]:
        seeds.add("xlsx_parts", MARK.join(parts(data, XLSX)))
    elif kind == ".xlsb":
        seeds.add("xlsb_parts", MARK.join(parts(data, XLSB)))
    elif kind == ".ods":
        seeds.add("ods_parts", *parts(data, ["content.xml"]))
    elif kind in [".docx", ".docm", ".dotx"]:
        seeds.add("word_file", data)
        for how in [b" ", b"!"]:
            pieces = parts(data, [f"word/{name}.xml" for name in WORD])
            made = MARK.join([how] + pieces)
            seeds.add("word_template", made)
            seeds.add("word_template", MARK.join([how, INCLUDES] + pieces[1:] + ["{{学校名称}}".encode(), pieces[0]]))
            seeds.add("word_document", made)
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
            if name.endswith((".png", ".jpg", ".jpeg")):
                seeds.add("picture", *parts(data, [name]))
    elif kind in [".png", ".jpg", ".jpeg"]:
        seeds.add("picture", data)
    elif kind == ".md":
        seeds.add("text_template", MARK, data)
    elif kind == ".toml":
        seeds.add("settings", data)


def parts(data, names):
    package = zipfile.ZipFile(io.BytesIO(data))
    return [package.read(name) if name in package.namelist() else b"" for name in names]


def record(kind, data):
    def variable(number):
        return bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])

    return variable(kind) + variable(len(data)) + data


def xlsb():
    """A sheet of one row: a number, a text, a shared string, an error, a formula; a hidden column and a merged area."""
    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(kind, column, value):
        return record(kind, struct.pack("<II", column, 0) + value)

    sheet = [record(0x81, b""), record(0x94, struct.pack("<4I", 0, 0, 0, 5)), record(0x186, b""),
             record(60, struct.pack("<4I", 2, 2, 2304, 0) + b"\1\0"), record(0x187, b""), record(0x91, b""),
             record(0, struct.pack("<II", 0, 0) + b"\x1d\1" + bytes(7)), cell(5, 0, struct.pack("<d", 12)), cell(6, 1, wide("学校")),
             cell(7, 2, struct.pack("<I", 0)), cell(3, 3, b"\x2a"), cell(9, 4, struct.pack("<d", 24)), cell(2, 5, struct.pack("<I", 103)),
             record(0x92, b""), record(176, struct.pack("<4I", 0, 0, 0, 1))]
    workbook = [record(0x99, bytes(12)), record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表")), record(0x90, b"")]
    strings = [record(159, struct.pack("<II", 1, 1)), record(19, b"\0" + wide("学校名称")), record(160, b"")]
    styles = [record(0x267, struct.pack("<I", 1)), record(0x2C, struct.pack("<H", 164) + wide("0.0%")), record(0x268, b""),
              record(0x269, struct.pack("<I", 1)), record(0x2F, struct.pack("<HH", 0, 164) + bytes(12)), record(0x26A, b"")]
    return MARK.join(b"".join(part) for part in [sheet, workbook, strings, styles])


XLSB_SEED = xlsb()

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
