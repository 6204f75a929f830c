#!/usr/bin/env python3
"""All reports of the example set by Typst and by huibao, in one run, in turns; and what Typst takes to lay out the city's.

    cargo build --release; pip install python-docx typst; python3 benches/peers/against_typst.py [PROGRAM [ROUNDS]]

Typst gets the text of huibao's own .docx files: headings, paragraphs and tables, on the same paper, in the same faces, sizes
and line pitch. It is warm, has its faces open and its sources in memory, and writes PDF/A-2b with tags to memory, as huibao
does. It remembers text that it has set before, so for the city's report a mark makes each paragraph new. huibao's time is that
of the whole program, from workbooks to files on disk; `cargo bench --bench report -- city` tells its stages apart. Seconds
of all cores are told beside those of the clock: a busy machine changes them less."""
import resource, subprocess, sys, tempfile, time
from pathlib import Path

import typst

from as_typst import pdf, source

root = Path(__file__).resolve().parents[2]
program = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "target/release/huibao"
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5


def faces(folder):
    for packed in (root / "fonts").glob("*.zst"):
        subprocess.run(["zstd", "-q", "-d", packed, "-o", folder / packed.stem], check=True)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder, root / "fonts"])


def layout(text, fonts):
    typst.Compiler(text, font_paths=fonts, ignore_system_fonts=True).query("<none>")


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
    city = min(documents, key=lambda path: len(path.parts))
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
