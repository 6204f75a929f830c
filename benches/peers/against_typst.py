#!/usr/bin/env python3
"""All reports of the example set by Typst and by huibao, in one run, in turns; and what Typst takes to lay out the city's.

    cargo build --release; pip install python-docx typst; python3 benches/peers/against_typst.py [PROGRAM [ROUNDS]]

Typst gets the text of huibao's own .docx files: headings, paragraphs and tables, on the same paper, in the same faces, sizes
and line pitch. It is warm, has its faces open and its sources in memory, and writes PDF/A-2b with tags to memory, as huibao
does. It remembers text that it has set before, so for the city's report a mark makes each paragraph new. huibao's time is that
of the whole program, from workbooks to files on disk; `cargo bench --bench report -- city` tells its stages apart. Seconds
of all cores are told beside those of the clock: a busy machine changes them less."""
import re, resource, subprocess, sys, tempfile, time
from pathlib import Path

import docx
import typst
from docx.table import Table
from docx.text.paragraph import Paragraph

root = Path(__file__).resolve().parents[2]
program = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "target/release/huibao"
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
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


def faces(folder):
    for packed in (root / "fonts").glob("*.zst"):
        subprocess.run(["zstd", "-q", "-d", packed, "-o", folder / packed.stem], check=True)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder, root / "fonts"])


def layout(text, fonts):
    typst.Compiler(text, font_paths=fonts, ignore_system_fonts=True).query("<none>")


def pdf(text, fonts):
    compiler = typst.Compiler(text, font_paths=fonts, ignore_system_fonts=True)
    return compiler.compile(format="pdf", pdf_standards=["a-2b"])


def cores():
    """The seconds that this program and those that it started have taken of all cores."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def seconds(run):
    """By the clock and of all cores."""
    clock, used = time.perf_counter(), cores()
    run()
    return time.perf_counter() - clock, cores() - used


with tempfile.TemporaryDirectory() as temporary:
    temporary = Path(temporary)
    (temporary / "fonts").mkdir()
    fonts = faces(temporary / "fonts")
    folders = (temporary / str(number) for number in range(10**6))

    def build(*options):
        folder = next(folders)
        subprocess.run([program, "build", "--project", root, "--out", folder, "--json", *options], check=True, stdout=subprocess.DEVNULL)
        return folder

    documents = sorted(build().rglob("*.docx"))
    city = max((path for path in documents if "市" in path.name), key=lambda path: path.stat().st_size)
    marked = [source(city, chr(0x4E00 + number)) for number in range(ROUNDS)]
    pdf(marked[0], fonts)
    laid_out = min(seconds(lambda: layout(text, fonts)) for text in marked[1:] + [source(city)])
    print(f"{city.name}, laid out by Typst: {laid_out[0] * 1e3:.1f} ms, {laid_out[1] * 1e3:.1f} ms of all cores")

    sources = [source(path) for path in documents]
    runs = {
        "huibao, .docx and .pdf": lambda: build(),
        "huibao, .pdf alone": lambda: build("--format", "pdf"),
        "Typst, .pdf": lambda: [pdf(text + b"\n" * next(blanks), fonts) for text in sources],
    }
    blanks = iter(range(1, 10**6))
    times = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            times[name].append(seconds(run))
    for name, rounds in times.items():
        clock, used = (min(column) for column in zip(*rounds))
        count = len(documents)
        print(f"{count} reports, {name}: {count / clock:.0f} a second, {count / used:.0f} a second of one core")
