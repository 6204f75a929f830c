"""Cuts the carried faces down to the characters that Chinese office documents need.

    build-fonts.py UNPACKED_PACKAGES OUT

Called by build-fonts.sh. Faces whose licence reserves a font name and whose bytes are changed here get a name of their own.
"""
import bz2
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FACES = [  # source, file, what replaces a reserved name: (old, new) pairs
    ("noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", []),
    ("noto-serif-sc/900Black/NotoSerifSC_900Black.ttf", "NotoSerifSC-Black.ttf", []),
    ("noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf", "NotoSansSC-Medium.ttf", []),
    ("fonts-lxgw-wenkai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "HuibaoKai-Regular.ttf",
     [("LXGW WenKai", "Huibao Kai"), ("LXGWWenKai", "HuibaoKai"), ("霞鹜文楷", "汇报楷")]),
    ("fonts-lxgw-wenkai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", "HuibaoKai-Light.ttf",
     [("LXGW WenKai", "Huibao Kai"), ("LXGWWenKai", "HuibaoKai"), ("霞鹜文楷", "汇报楷")]),
]
# LXGW WenKai Light only stands in for what FandolFang lacks.
FANGSONG = "texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
ONLY_LACKING_IN_FANGSONG = {"HuibaoKai-Light.ttf"}
UNCHANGED = ["LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf",
             "LiberationSerif-BoldItalic.ttf", "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf",
             "LiberationSans-Italic.ttf", "LiberationSans-BoldItalic.ttf", "LiberationMono-Regular.ttf"]
# DejaVu Sans only has the symbols that Chinese faces do not have in an office document. Its licence reserves Bitstream and Vera.
SYMBOLS = ("fonts-dejavu-core/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "HuibaoSymbols-Regular.ttf",
           [("DejaVu Sans", "Huibao Symbols"), ("DejaVuSans", "HuibaoSymbols")])
SYMBOL_RANGES = [(0x2000, 0x27FF), (0x2900, 0x2BFF), (0x1F000, 0x1FAFF)]
# Signs that screens show in colours, and the plain ones that are drawn for them.
PLAIN = dict(zip("✅🗹❎🗷🗸❌⭕⭐🌟⬛⬜", "☑☑☒☒✓✘◯★★■□", strict=True))
SIGNS = [(0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2C7, 0x2DD), (0x370, 0x3FF), (0x400, 0x45F), (0x2000, 0x206F),
         (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF),
         (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x257F), (0x2580, 0x259F), (0x25A0, 0x25FF), (0x2600, 0x266F),
         (0x2700, 0x27BF), (0x3000, 0x303F), (0x3041, 0x30FF), (0x3105, 0x312F), (0x3200, 0x32FF), (0x3300, 0x33FF),
         (0xFE10, 0xFE1F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)]
NAMES_KEPT = {0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17}


def han(unicode_data):
    """GB2312 (kGB0) and the 8,105 characters of 通用规范汉字表 (kTGH)."""
    found = {"kGB0": set(), "kTGH": set()}
    for file in sorted(Path(unicode_data).glob("Unihan_*.txt.bz2")):
        for line in bz2.open(file, "rt", encoding="utf-8"):
            fields = line.split("\t")
            if len(fields) == 3 and fields[1] in found:
                found[fields[1]].add(int(fields[0][2:], 16))
    assert len(found["kGB0"]) == 6763 and len(found["kTGH"]) == 8105, {k: len(v) for k, v in found.items()}
    return found


def rename(font, replaced):
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in NAMES_KEPT]
    for record in table.names:
        if record.nameID in (0, 13, 14):  # copyright and licence stay as they are
            continue
        text = record.toUnicode()
        for old, new in replaced:
            text = text.replace(old, new)
        record.string = text
    for record in table.names:
        if replaced and record.nameID not in (0, 13, 14):
            assert "LXGW" not in record.toUnicode() and "霞鹜" not in record.toUnicode(), record.toUnicode()


def in_gbk(code):
    """Whether every Chinese face may be taken to have it."""
    try:
        return bool(chr(code).encode("gbk"))
    except UnicodeEncodeError:
        return False


def draw_plain(font):
    tables = [table for table in font["cmap"].tables if table.isUnicode() and table.format == 12]
    assert tables
    for sign, plain in PLAIN.items():
        for table in tables:
            table.cmap.setdefault(ord(sign), table.cmap[ord(plain)])


def widen(font):
    """Gives marks that are narrow for Latin text the square that Chinese faces of Word have them in: quotes stand in its inner half,
    the dash goes from side to side."""
    glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    for mark in "“”‘’—":
        name = names[ord(mark)]
        width = font["hmtx"][name][0]
        if width == em:
            continue
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        if mark == "—":
            scale = em / (right - left)
            transform = (scale, 0, 0, 1, -left * scale, 0)
        else:
            transform = (1, 0, 0, 1, em - width if mark in "“‘" else 0, 0)
        pen = TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, transform))
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (em, round(transform[0] * left + transform[4]))


def cut(font, unicodes, replaced, file):
    options = subset.Options()
    options.layout_features = ["halt", "palt", "chws", "kern", "vert"]
    options.hinting = False
    options.recalc_timestamp = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    rename(font, replaced)
    font.save(file)


def main(packages, out):
    packages, out = Path(packages), Path(out)
    characters = han(packages / "unicode-data/usr/share/unicode")
    wanted = characters["kGB0"] | characters["kTGH"] | {c for first, last in SIGNS for c in range(first, last + 1)}
    fangsong = set(TTFont(packages / FANGSONG).getBestCmap())
    for source, file, replaced in FACES:
        font = TTFont(packages / source, recalcTimestamp=False)
        lacking = characters["kTGH"] - set(font.getBestCmap())
        assert not lacking, (file, [chr(c) for c in sorted(lacking)])
        widen(font)
        cut(font, wanted - fangsong if file in ONLY_LACKING_IN_FANGSONG else wanted, replaced, out / file)
    source, file, replaced = SYMBOLS
    symbols = {c for first, last in SYMBOL_RANGES for c in range(first, last + 1) if not in_gbk(c)}
    font = TTFont(packages / source, recalcTimestamp=False)
    draw_plain(font)
    cut(font, symbols, replaced, out / file)
    for file in UNCHANGED:
        shutil.copy(packages / "fonts-liberation2/usr/share/fonts/truetype/liberation2" / file, out / file)


main(*sys.argv[1:])
