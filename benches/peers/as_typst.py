"""The text of a .docx file as a Typst source, and that source as PDF."""
import re

import docx
import typst
from docx.table import Table
from docx.text.paragraph import Paragraph

PREAMBLE = """#set document(title: "报告")
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "1")
#set text(font: ("Liberation Serif", "FandolFang R", "Huibao Kai"), size: 16pt, lang: "zh", region: "cn", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(first-line-indent: (amount: 2em, all: true), leading: 12pt, spacing: 12pt, justify: true)
#set table(stroke: 0.5pt)
#show heading: set text(font: ("Liberation Serif", "Noto Sans SC"), size: 16pt, weight: "regular")
#show table: set text(size: 12pt)
#show table: set par(first-line-indent: 0em, leading: 6pt, justify: false)
"""


def quoted(text):
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def source(path, mark=""):
    """A .docx file's text as a Typst source; the mark comes after every paragraph."""
    parts = [PREAMBLE]
    for block in docx.Document(path).iter_inner_content():
        if isinstance(block, Table):
            rows = [[cell.text for cell in row.cells] for row in block.rows]
            cells = "".join("".join(f"[{quoted(cell + mark)}]," for cell in row) for row in rows[1:])
            header = "".join(f"[{quoted(cell)}]," for cell in rows[0])
            parts.append(f"#table(columns: {len(rows[0])}, table.header({header}), {cells})")
        elif isinstance(block, Paragraph) and block.text.strip():
            level = re.search(r"\d", block.style.name or "") if "eading" in (block.style.name or "") else None
            text = quoted(block.text + mark)
            parts.append(f"#heading(level: {level[0]})[{text}]" if level else text)
    return "\n\n".join(parts).encode()


def pdf(text, fonts):
    compiler = typst.Compiler(text, font_paths=fonts, ignore_system_fonts=True)
    return compiler.compile(format="pdf", pdf_standards=["a-2b"])
