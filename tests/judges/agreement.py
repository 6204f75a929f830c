"""Do Word files break their lines and pages where the PDFs beside them do?

    agreement.py FONTS_FOLDER FOLDER

Sets every .docx below FOLDER with LibreOffice, in the faces of FONTS_FOLDER under the names that Word documents use, and
compares the lines of what comes out with those of the .pdf of the same name. Prints one line of JSON a document:
`pages` of both that are not blank, `lines`: the share of lines that are the same in both, in order, of those `counted`, `shift`: median and
largest distance of such lines on one page, in points, `differ`: page and text in both of the first few that are not.
Lines of figures alone do not count where there are charts: each program finds the values at an axis by itself.
Needs soffice and pdftotext.
"""

import csv
import difflib
import io
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

# The names that our styles give, and the carried faces that stand for them: the same choice as the program's own.
FACES = {
    ("仿宋_GB2312", "仿宋", "FangSong"): ["FandolFang R", "Huibao Kai Light", "Huibao Kai", "Noto Serif SC"],
    ("楷体_GB2312", "楷体", "KaiTi"): ["Huibao Kai", "Noto Serif SC"],
    ("黑体", "SimHei"): ["Noto Sans SC Medium", "Noto Sans SC"],
    ("宋体", "SimSun"): ["Noto Serif SC"],
    ("方正小标宋简体",): ["Noto Serif SC Black", "Noto Serif SC"],
    ("Times New Roman",): ["Liberation Serif"],
    ("Segoe UI Symbol",): ["Huibao Symbols"],
}


def font_configuration(folder, file):
    rules = []
    for names, faces in FACES.items():
        edits = "".join(f"<string>{escape(face)}</string>" for face in faces)
        for name in names:
            rules.append(
                f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
                f'<edit name="family" mode="assign" binding="strong">{edits}</edit></match>'
            )
    cache = file.parent / "font-cache"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(folder))}</dir><cachedir>{escape(str(cache))}</cachedir>{''.join(rules)}</fontconfig>",
        encoding="utf-8",
    )


class Line:
    """What stands on one line of a page: its place, and its text in pieces that wide gaps part, without white space."""

    def __init__(self, page, words):
        words = sorted(words)
        self.page, self.left, self.base = page, words[0][0], max(word[2] for word in words)
        self.pieces, end = [], None
        for left, right, _, _, text in words:
            if end is None or left > end + GAP:
                self.pieces.append("")
            self.pieces[-1] += "".join(text.split())
            end = right
        # leaders of contents are text in one and drawn in the other, numbers of footnotes circled or not
        self.text = re.sub(r"[.·…]{5,}", "", "".join(self.pieces)).translate(CIRCLED)


GAP = 9
FIGURES = re.compile(r"[\d.,%-]+")
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
CIRCLED = {ord(sign): str(at + 1) for at, sign in enumerate(CIRCLES)}
# Where a line's base is in the box that pdftotext gives it: LibreOffice's PDFs have faces without ascent and descent.
BASE_OF_OFFICE, BASE_OF_OURS = 0.35 / 1.30, 0.12


def lines(pdf, base):
    """The number of pages of a PDF with text, and its lines in reading order. LibreOffice leaves blank pages out."""
    text = subprocess.run(["pdftotext", "-tsv", pdf, "-"], check=True, capture_output=True).stdout.decode()
    pages = {}
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        page = pages.setdefault(int(row["page_num"]), [])
        if row["level"] == "5" and row["text"].strip():
            left, top, width, height = (float(row[key]) for key in ["left", "top", "width", "height"])
            page.append((left, left + width, top + height * (1 - base), height, row["text"]))
    filled = [pages[number] for number in sorted(pages) if pages[number]]
    return len(filled), [Line(at + 1, band) for at, words in enumerate(filled) for band in bands(words)]


def bands(words):
    """Words that stand on one line, raised ones with them."""
    found = []
    for word in sorted(words, key=lambda word: (-round(word[3]), word[2])):
        for band in found:
            first = band[0]
            near = abs(word[2] - first[2]) < 3
            raised = word[3] < first[3] * 0.8 and 0 < first[2] - word[2] < first[3] * 0.6
            if near or raised:
                band.append(word)
                break
        else:
            found.append([word])
    return sorted(found, key=lambda band: band[0][2])


def set_by_office(documents, folder, fonts):
    """The PDFs that LibreOffice makes of Word files, in their order; all in one run of it."""
    folder.mkdir(parents=True, exist_ok=True)
    font_configuration(fonts, folder / "fonts.conf")
    # Names may repeat in different folders: give each a number.
    copies = [folder / f"{number}.docx" for number in range(len(documents))]
    for document, copy in zip(documents, copies):
        copy.write_bytes(document.read_bytes())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        + ["--convert-to", "pdf", "--outdir", str(folder)] + [str(copy) for copy in copies],
        check=True, capture_output=True, timeout=60 + 30 * len(copies),
        env=dict(os.environ, FONTCONFIG_FILE=str(folder / "fonts.conf")),
    )
    return [copy.with_suffix(".pdf") for copy in copies]


def has_charts(document):
    with zipfile.ZipFile(document) as parts:
        return any(name.startswith("word/charts/") for name in parts.namelist())


def compared(theirs, ours, charts=False):
    """How far LibreOffice's setting of a document and ours agree."""
    their_pages, theirs = lines(theirs, BASE_OF_OFFICE)
    our_pages, ours = lines(ours, BASE_OF_OURS)
    if charts:
        theirs, ours = ([line for line in some if not FIGURES.fullmatch(line.text)] for some in (theirs, ours))
    match = difflib.SequenceMatcher(None, [line.text for line in theirs], [line.text for line in ours], autojunk=False)
    pairs = [
        (theirs[block.a + at], ours[block.b + at]) for block in match.get_matching_blocks() for at in range(block.size)
    ]
    # text at the foot of a page may come in another order
    left = [theirs[at] for kind, a, b, _, _ in match.get_opcodes() if kind != "equal" for at in range(a, b)]
    taken = set()
    for kind, _, _, c, d in match.get_opcodes():
        for line in ours[c:d] if kind != "equal" else []:
            twin = next((one for one in left if one.text == line.text and one.page == line.page), None)
            if twin:
                left.remove(twin)
                pairs.append((twin, line))
                taken |= {id(twin), id(line)}
    shifts = [math.dist((one.left, one.base), (other.left, other.base)) for one, other in pairs if one.page == other.page]
    shown = lambda some: [" ".join(line.pieces) for line in some if id(line) not in taken]
    differ = [
        {"page": theirs[max(a - 1, 0)].page, "office": shown(theirs[a:b]), "ours": shown(ours[c:d])}
        for kind, a, b, c, d in match.get_opcodes() if kind != "equal" and shown(theirs[a:b]) + shown(ours[c:d])
    ]
    noted = {line.page for line in ours if line.pieces[0][0] in CIRCLES}
    for place in differ:
        place["notes"] = bool(noted & {place["page"], place["page"] + 1})
    share = len(pairs) / max(1, len(theirs), len(ours))
    return {
        "pages": [their_pages, our_pages], "lines": round(share, 4), "counted": max(len(theirs), len(ours)),
        "shift": [round(statistics.median(shifts), 2), round(max(shifts), 2)] if shifts else [0, 0], "differ": differ,
        "notes": bool(noted),
    }


def main():
    fonts, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    documents = sorted(folder.rglob("*.docx"))
    with tempfile.TemporaryDirectory() as temporary:
        for document, theirs in zip(documents, set_by_office(documents, Path(temporary), fonts)):
            found = compared(theirs, document.with_suffix(".pdf"), has_charts(document))
            found["differ"] = found["differ"][:8]
            print(json.dumps({"file": document.name} | found, ensure_ascii=False))


if __name__ == "__main__":
    main()
