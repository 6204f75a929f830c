"""Do the charts of Word files look as those of the PDFs beside them?

    chart_pictures.py FONTS_FOLDER WORD_FILE=PDF...

Each file has one chart, which is the first thing on its page. LibreOffice sets the Word files in the faces of FONTS_FOLDER; both are turned
into pictures. Prints one line of JSON a pair: `missing`: colours of series that one picture has where values stand and the other has not;
`areas`: the least of the ratios of areas of a colour; `overlap`: the least part that two areas of a colour have in common, once both drawings
are stretched to one size (each program ends its axes where it likes); `size`: the ratio of the sizes of the drawings before that;
`structure`: how alike the grey pictures are as a whole (SSIM, 1 is the same).
A file has one chart: LibreOffice draws those of a document with more than twenty of them stretched.
Needs soffice, pdftoppm, Pillow and numpy.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from agreement import set_by_office  # noqa: E402

DOTS = 100
# As far as a pixel of a colour may be from it: between series are at least twice as many.
NEAR = 40
# Smaller areas are points and edges of lines.
FEW = 12
GRID = (160, 120)
# Around the place of the values: points at the edge, and what programs differ in.
ROOM = 4


def picture(pdf, folder):
    """The first page."""
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-f", "1", "-l", "1", "-png", "-singlefile", str(pdf), str(folder / "p")], check=True)
    return numpy.asarray(Image.open(folder / "p.png").convert("RGB")).astype(int)


def chart_of(docx):
    """The colours that series and slices are drawn in, and where the values stand on the page, in pixels."""
    with zipfile.ZipFile(docx) as parts:
        chart = parts.read("word/charts/chart1.xml").decode()
        document = parts.read("word/document.xml").decode()
    colors = set()
    for series in re.findall(r"<c:ser>.*?</c:ser>", chart, re.S):
        shapes = re.sub(r"<c:(dLbls|txPr)>.*?</c:\1>", "", series, flags=re.S)
        colors.update(re.findall(r'<a:srgbClr val="([0-9A-F]{6})"', shapes))
    twips = {name: int(re.search(rf'w:{name}="(\d+)"', document).group(1)) for name in ("top", "left", "right", "w")}
    width, height = (int(side) / 12700 for side in re.search(r'<wp:extent cx="(\d+)" cy="(\d+)"', document).groups())
    page = twips["w"] / 20 if twips["w"] > 5000 else 595.3
    left, right = twips["left"] / 20, twips["right"] / 20
    x = left + (page - left - right - width) / 2
    inner = re.search(r'<c:layoutTarget val="inner"/>.*?<c:x val="([\d.]+)"/><c:y val="([\d.]+)"/><c:w val="([\d.]+)"/><c:h val="([\d.]+)"', chart)
    part = [float(number) for number in inner.groups()]
    dots = DOTS / 72
    box = [twips["top"] / 20 + part[1] * height, twips["top"] / 20 + (part[1] + part[3]) * height,
           x + part[0] * width, x + (part[0] + part[2]) * width]
    return sorted(colors - {"FFFFFF"}), [round(edge * dots) for edge in box]


def plot(picture, box):
    top, bottom, left, right = box
    return picture[max(top - ROOM, 0):bottom + ROOM, max(left - ROOM, 0):right + ROOM]


def mask(picture, color):
    wanted = numpy.array([int(color[at:at + 2], 16) for at in (0, 2, 4)])
    return numpy.abs(picture - wanted).max(axis=2) < NEAR


def bounds(area):
    rows, columns = numpy.flatnonzero(area.any(axis=1)), numpy.flatnonzero(area.any(axis=0))
    return (rows[0], rows[-1] + 1, columns[0], columns[-1] + 1)


def stretched(area, box):
    top, bottom, left, right = box
    cut = Image.fromarray((area[top:bottom, left:right] * 255).astype("uint8"))
    return numpy.asarray(cut.resize(GRID, Image.BILINEAR)) > 80


def wider(area):
    """With what is beside it: lines are thin, and edges fall between pixels."""
    wide = numpy.pad(area, 2)
    found = numpy.zeros_like(area)
    for down in range(5):
        for across in range(5):
            found |= wide[down:down + area.shape[0], across:across + area.shape[1]]
    return found


def overlap(one, other):
    """The part of both areas that lies on or beside the other one."""
    return min((one & wider(other)).sum() / max(one.sum(), 1), (other & wider(one)).sum() / max(other.sum(), 1))


def smooth(picture):
    for axis in (0, 1):
        sums = numpy.cumsum(numpy.concatenate([numpy.zeros_like(numpy.take(picture, [0], axis)), picture], axis), axis)
        picture = (numpy.take(sums, range(7, sums.shape[axis]), axis) - numpy.take(sums, range(sums.shape[axis] - 7), axis)) / 7
    return picture


def structure(one, other):
    def small(picture):
        rows, columns = picture.shape[:2]
        grey = Image.fromarray(picture.astype("uint8")).convert("L")
        return numpy.asarray(grey.resize((columns // 3, rows // 3), Image.BOX)).astype(float)

    one, other = small(one), small(other)
    rows, columns = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    one, other = one[:rows, :columns], other[:rows, :columns]
    mean, means = smooth(one), smooth(other)
    spread, spreads = smooth(one * one) - mean ** 2, smooth(other * other) - means ** 2
    both = smooth(one * other) - mean * means
    alike = ((2 * mean * means + 6.5) * (2 * both + 58.5)) / ((mean ** 2 + means ** 2 + 6.5) * (spread + spreads + 58.5))
    # blank paper is alike everywhere
    inked = (mean < 254) | (means < 254)
    return float(alike[inked].mean()) if inked.any() else 1.0


def compared(one, other, colors, box):
    result = {"missing": [], "areas": 1.0, "overlap": 1.0, "size": 1.0, "structure": structure(one, other)}
    one, other = plot(one, box), plot(other, box)
    areas = {color: (mask(one, color), mask(other, color)) for color in colors}
    for color, (left, right) in areas.items():
        if min(left.sum(), right.sum()) < FEW <= max(left.sum(), right.sum()):
            result["missing"].append(color)
    areas = {color: pair for color, pair in areas.items() if min(pair[0].sum(), pair[1].sum()) >= FEW}
    if not areas:
        result["missing"] = result["missing"] or colors
        return result
    everything = [numpy.logical_or.reduce([pair[at] for pair in areas.values()]) for at in (0, 1)]
    boxes = [bounds(area) for area in everything]
    sides = [[(box[1] - box[0]), (box[3] - box[2])] for box in boxes]
    result["size"] = min(min(a, b) / max(a, b) for a, b in zip(*sides))
    whole = [area.sum() for area in everything]
    for left, right in areas.values():
        parts = left.sum() / whole[0], right.sum() / whole[1]
        result["areas"] = min(result["areas"], min(parts) / max(parts))
        result["overlap"] = min(result["overlap"], overlap(stretched(left, boxes[0]), stretched(right, boxes[1])))
    return result


def main(fonts, *pairs):
    pairs = [[Path(file) for file in pair.split("=")] for pair in pairs]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        documents = sorted({docx for docx, _ in pairs})
        office = dict(zip(documents, set_by_office(documents, folder / "office", Path(fonts))))
        for docx, pdf in pairs:
            colors, box = chart_of(docx)
            found = compared(picture(office[docx], folder), picture(pdf, folder), colors, box)
            found = {key: value if key == "missing" else round(float(value), 3) for key, value in found.items()}
            print(json.dumps({"word": docx.stem, "pdf": pdf.stem, **found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
