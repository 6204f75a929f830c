"""Do Word files break their lines and pages where the PDFs beside them do?

    agreement.py FONTS_FOLDER FOLDER

Sets every .docx below FOLDER with LibreOffice, in the faces of FONTS_FOLDER under the names that Word documents use, and
compares the lines of what comes out with those of the .pdf of the same name. Prints one line of JSON a document:
`pages` of both, `lines`: the share of lines that are the same in both, in order, `differ`: the first few that are not.
Needs soffice and pdftotext.
"""

import csv
import difflib
import io
import json
import os
import subprocess
import sys
import tempfile
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


def lines(pdf):
    """The lines of a PDF in reading order, white space dropped, and the number of pages."""
    text = subprocess.run(["pdftotext", "-tsv", pdf, "-"], check=True, capture_output=True).stdout.decode()
    pages = {}
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        page = pages.setdefault(int(row["page_num"]), [])
        if row["level"] == "5":
            bottom = float(row["top"]) + float(row["height"])
            page.append((bottom, float(row["left"]), row["text"]))
    found = []
    for number in sorted(pages):
        band, end = [], None
        for bottom, left, word in sorted(pages[number]) + [(float("inf"), 0, "")]:
            if end is not None and bottom > end + 4:
                found.append("".join("".join(word for _, word in sorted(band)).split()))
                band, end = [], None
            end = bottom if end is None else end
            band.append((left, word))
    return len(pages), [line for line in found if line]


def main():
    fonts, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    documents = sorted(folder.rglob("*.docx"))
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        font_configuration(fonts, temporary / "fonts.conf")
        set_by_office = temporary / "pdf"
        # Names may repeat in different folders: give each a number.
        copies = []
        for number, document in enumerate(documents):
            copy = temporary / f"{number}.docx"
            copy.write_bytes(document.read_bytes())
            copies.append(str(copy))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{temporary}/profile", "--headless"]
            + ["--convert-to", "pdf", "--outdir", str(set_by_office)] + copies,
            check=True, capture_output=True, timeout=600,
            env=dict(os.environ, FONTCONFIG_FILE=str(temporary / "fonts.conf")),
        )
        for number, document in enumerate(documents):
            their_pages, theirs = lines(set_by_office / f"{number}.pdf")
            our_pages, ours = lines(document.with_suffix(".pdf"))
            match = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
            same = sum(block.size for block in match.get_matching_blocks())
            differ = [
                [" ".join(theirs[a:b]), " ".join(ours[c:d])]
                for kind, a, b, c, d in match.get_opcodes() if kind != "equal"
            ]
            share = same / max(1, len(theirs), len(ours))
            print(json.dumps(
                {"file": document.name, "pages": [their_pages, our_pages], "lines": round(share, 4), "differ": differ[:8]},
                ensure_ascii=False,
            ))


main()
