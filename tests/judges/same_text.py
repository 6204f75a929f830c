"""Do a Word file and the PDF beside it say the same, and is the PDF's outline the Word file's headings?

    same_text.py FOLDER

Reads every .docx below FOLDER with python-docx and every .pdf with pdftotext and qpdf, and compares the text of the body
character by character, white space apart. Page numbers at the foot and table headers repeated on the next page are
left out. A chart is drawn by the reader of the Word file and has no text there; in the PDF its place holds nothing but
signs of its names and figures. Prints what differs and exits 1 if anything does.
"""

import html
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn

CHART = "\0"
FOOT = re.compile(r"(—\d+—|第\d+页共\d+页)$")


def squeeze(text):
    return "".join(text.split())


def cells_text(row):
    return "".join(squeeze("".join(node.text or "" for node in row.iter(qn("w:t")))))


def read_docx(path):
    document = docx.Document(path)
    body, headings, repeated = [], [], []
    for block in document.element.body:
        if block.tag == qn("w:p"):
            paragraph = docx.text.paragraph.Paragraph(block, document)
            text = squeeze(paragraph.text)
            charts = len(list(block.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")))
            body.append(text + CHART * charts)
            if paragraph.style.name.lower().startswith("heading"):
                headings.append((int(paragraph.style.name.split()[-1]), text))
            elif paragraph.style.name == "附件标题":
                headings.append((1, text))
        elif block.tag == qn("w:tbl"):
            header = ""
            for row in block.iter(qn("w:tr")):
                text = cells_text(row)
                body.append(text)
                properties = row.find(qn("w:trPr"))
                if properties is not None and properties.find(qn("w:tblHeader")) is not None:
                    header += text
            if header:
                repeated.append(header)
    return "".join(body), headings, repeated


def signs_of_charts(path):
    """What may be written in the charts of a Word file."""
    signs = set("0123456789.,%-")
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("word/charts/") and name.endswith(".xml"):
                signs.update(squeeze(html.unescape(re.sub(r"<[^>]*>", "", parts.read(name).decode()))))
    return "[" + re.escape("".join(sorted(signs))) + "]*?"


def says_the_same(word, text, path):
    if CHART not in word:
        return text == word
    return re.fullmatch(signs_of_charts(path).join(re.escape(part) for part in word.split(CHART)), text) is not None


def read_pdf(path, expected, repeated):
    raw = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True).stdout.decode()
    text = ""
    for page in raw.split("\f"):
        page = FOOT.sub("", squeeze(page))
        for header in repeated:
            if page.startswith(header) and not expected[len(text):].startswith(header):
                page = page[len(header):]
        text += page
    return text


def outline(path):
    told = json.loads(subprocess.run(["qpdf", "--json", "--json-key=outlines", path], check=True, capture_output=True).stdout)
    found = []

    def walk(entries, level):
        for entry in entries:
            found.append((level, squeeze(entry["title"])))
            walk(entry.get("kids", []), level + 1)

    walk(told["outlines"], 1)
    return found


def main():
    wrong = 0
    documents = sorted(Path(sys.argv[1]).rglob("*.docx"))
    for path in documents:
        pdf = path.with_suffix(".pdf")
        word, headings, repeated = read_docx(path)
        text = read_pdf(pdf, word, repeated)
        if not says_the_same(word, text, path):
            wrong += 1
            at = next((i for i, (a, b) in enumerate(zip(text, word)) if a != b), min(len(text), len(word)))
            print(f"{path.name}: at character {at}: Word …{word[max(0, at - 20):at + 30]}… PDF …{text[max(0, at - 20):at + 30]}…")
        # The title is the outline's first entry where it has a level of its own.
        entries = [entry for entry in outline(pdf)]
        if [title for _, title in entries if title] != [title for _, title in headings] or [l for l, _ in entries] != [l for l, _ in headings]:
            wrong += 1
            print(f"{path.name}: outline {entries} headings {headings}")
    print(f"{len(documents)} documents, {wrong} differences")
    sys.exit(1 if wrong or not documents else 0)


main()
