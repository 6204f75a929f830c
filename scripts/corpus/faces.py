"""Faces as wide and as high as those that Word documents name, for LibreOffice to set in.

Nobody may carry Word's own faces, and the free ones that stand for them are not all as wide (Caladea's figures are not
Cambria's) nor as high. These are free ones with the widths and heights of src/font/named/ written into them: their letters
do not look right, but their lines break where Word's would. Needs fontTools.
"""

import subprocess
import tempfile
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
NAMED = ROOT / "src" / "font" / "named"
CHINESE = {
    "SimSun": "NotoSerifSC-Regular", "NSimSun": "NotoSerifSC-Regular", "SimHei": "NotoSansSC-Medium",
    "KaiTi": "HuibaoKai-Regular", "Microsoft YaHei": "NotoSansSC-Medium", "FangSong": "FandolFang-Regular",
    "MS Mincho": "NotoSerifSC-Regular", "MS PMincho": "NotoSerifSC-Regular", "MS Gothic": "NotoSansSC-Medium",
    "MS PGothic": "NotoSansSC-Medium", "Yu Mincho": "NotoSerifSC-Regular", "Yu Gothic": "NotoSansSC-Medium",
    "PMingLiU": "NotoSerifSC-Regular", "Batang": "NotoSerifSC-Regular",
}
SERIF = {"Times New Roman", "Cambria", "Georgia"}
STYLES = {("0", "0"): "Regular", ("1", "0"): "Bold", ("0", "1"): "Italic", ("1", "1"): "BoldItalic"}
# Other names of the same faces.
ALIASES = {
    "宋体": "SimSun", "黑体": "SimHei", "楷体": "KaiTi", "楷体_GB2312": "KaiTi", "仿宋": "FangSong", "仿宋_GB2312": "FangSong",
    "微软雅黑": "Microsoft YaHei", "等线": "Microsoft YaHei", "DengXian": "Microsoft YaHei", "ＭＳ 明朝": "MS Mincho",
    "ＭＳ ゴシック": "MS Gothic", "游明朝": "Yu Mincho", "Calibri Light": "Calibri", "Times": "Times New Roman",
    "Helvetica": "Arial", "Courier": "Courier New", "方正小标宋简体": "SimSun",
}


def rows(file):
    lines = (NAMED / file).read_text(encoding="utf-8").splitlines()
    return [line.split(";") for line in lines if line and not line.startswith("#")]


def save(font, family, bold, italic, metrics, folder):
    em = font["head"].unitsPerEm
    if metrics:
        scale = em / int(metrics[3])
        ascent, descent, gap, win_ascent, win_descent = (round(int(value) * scale) for value in metrics[4:9])
        font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, descent, gap
        table = font["OS/2"]
        table.usWinAscent, table.usWinDescent = win_ascent, win_descent
        table.sTypoAscender, table.sTypoDescender, table.sTypoLineGap = ascent, descent, gap
    style = STYLES[bold, italic]
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22):
            font["name"].removeNames(nameID=record.nameID)
    words = {"BoldItalic": "Bold Italic"}.get(style, style)
    for number, text in ((1, family), (2, words), (4, f"{family} {words}"), (6, f"{family}-{style}".replace(" ", ""))):
        font["name"].setName(text, number, 3, 1, 0x409)
        font["name"].setName(text, number, 1, 0, 0)
    if "CFF " in font:
        top = font["CFF "].cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {words}"
    font["OS/2"].usWeightClass = 700 if bold == "1" else 400
    font["OS/2"].fsSelection = {"Regular": 0x40, "Bold": 0x20, "Italic": 1, "BoldItalic": 0x21}[style]
    font["head"].macStyle = (bold == "1") + 2 * (italic == "1")
    font.save(folder / f"{family.replace(' ', '')}-{style}.ttf")


def carried(name, temporary):
    file = next((ROOT / "fonts").glob(f"{name}.*"))
    if file.suffix != ".zst":
        return TTFont(file)
    plain = temporary / file.stem
    if not plain.exists():
        subprocess.run(["zstd", "-qd", file, "-o", plain], check=True)
    return TTFont(plain)


def latin(base, row):
    """The face with the widths that a row of advances.txt gives its characters."""
    family, bold, italic, em, runs = row
    scale = base["head"].unitsPerEm / int(em)
    glyphs, advances = base.getBestCmap(), base["hmtx"]
    for run in runs.split("|"):
        first, widths = run.split(":")
        for offset, width in enumerate(widths.split(",")):
            glyph = glyphs.get(int(first, 16) + offset)
            if glyph:
                advances[glyph] = (round(int(width) * scale), advances[glyph][1])
    for table in ("GPOS", "GSUB", "kern", "fpgm", "prep", "cvt ", "hdmx", "VDMX", "LTSH"):
        if table in base:
            del base[table]
    return base


def make(folder):
    """Writes the faces into a folder, unless they are there."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    metrics = {(row[0], row[1]): row for row in rows("metrics.txt")}
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        for row in rows("advances.txt"):
            family, bold, italic = row[:3]
            kind = "Mono" if family.startswith("Courier") else "Serif" if family in SERIF else "Sans"
            style = STYLES[bold, italic] if kind != "Mono" else "Regular"
            height = metrics.get((family, bold)) or metrics.get((family, "0"))
            save(latin(carried(f"Liberation{kind}-{style}", temporary), row), family, bold, italic, height, folder)
        for family, base in CHINESE.items():
            save(carried(base, temporary), family, "0", "0", metrics.get((family, "0")), folder)
