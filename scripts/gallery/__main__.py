#!/usr/bin/env python3
"""Makes the pictures of docs/gallery.md: scripts/gallery HUIBAO

Builds the shipped project in its three styles and a few documents of its own (elements.py), and draws pages of their
PDFs into docs/gallery, small. Needs pdftoppm and Pillow.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

import elements

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs/gallery"
DPI = 58
COLOURS = 24


def build(huibao, project, *reports):
    options = [word for report in reports for word in ["--report", report]]
    subprocess.run(
        [huibao, "build", "--fonts", "carried", "--lang", "zh", "--project", project, "--out", project / "out", *options],
        check=True, stdout=subprocess.DEVNULL,
    )


def draw(pdf, pages, name):
    """Pages of a PDF beside each other, as one picture."""
    drawn = []
    for page in pages:
        done = subprocess.run(
            ["pdftoppm", "-r", str(DPI), "-png", "-f", str(page), "-l", str(page), pdf], check=True, capture_output=True
        )
        drawn.append(Image.open(io.BytesIO(done.stdout)).convert("RGB"))
    gap = 8
    whole = Image.new("RGB", (sum(one.width + gap for one in drawn) + gap, drawn[0].height + 2 * gap), "#c8c8c8")
    left = gap
    for one in drawn:
        whole.paste(one, (left, gap))
        left += one.width + gap
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(OUT / f"{name}.png", optimize=True)


def in_style(huibao, folder, style):
    """The shipped project, all its reports in one style."""
    project = folder / style
    for part in ["input", "templates"]:
        shutil.copytree(ROOT / part, project / part)
    settings = (ROOT / "huibao.toml").read_text()
    (project / "huibao.toml").write_text(re.sub(r'(?m)^style = ".*"$', f'style = "{style}"', settings))
    for template in (project / "templates").glob("*.md"):
        template.write_text(re.sub(r"(?m)^样式：.*$", f"样式：{style}", template.read_text()))
    build(huibao, project, "city", "district", "notice", "school-word")
    return project / "out"


def main():
    huibao = Path(sys.argv[1]).resolve()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made = {style: in_style(huibao, folder, style) for style in ["gongwen", "report", "plain"]}
        first = lambda out, pattern: sorted(out.glob(pattern))[0]
        draw(first(made["gongwen"], "公文/*.pdf"), [1, 2], "notice")
        for style, out in made.items():
            draw(first(out, "区县/*.pdf"), [1, 2] if style != "report" else [3, 4], f"style-{style}")
        draw(first(made["report"], "*党建*.pdf"), [1, 2], "cover-and-contents")
        draw(first(made["gongwen"], "学校（Word模板）/*.pdf"), [1], "word-template")
        own = folder / "own"
        elements.project(own)
        build(huibao, own)
        for name, pages in elements.PAGES.items():
            draw(own / "out" / f"{name}.pdf", pages, name)
    size = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{len(list(OUT.iterdir()))} pictures, {size / 1e6:.2f} MB")


main()
