#!/usr/bin/env python3
"""Do Word files break lines and pages where the PDFs beside them do? Measured with LibreOffice.

    scripts/agreement HUIBAO FOLDER [--made N] [--seed N] [--compare FILE] [--only PART]

Makes in FOLDER, with the program HUIBAO: the shipped reports in all carried styles, once with the values that
LibreOffice knows (docs/agreement.md) and once as shipped (`shipped`, `as-shipped`), and N documents of content made by
chance (`made`). Sets every Word file with LibreOffice, in the carried faces, and compares. The figures of each part are
printed, every document's are in FOLDER/PART.jsonl. Lines that differ are put down to what LibreOffice is known to do
against the file (`because`, in causes.py); what has no such cause is counted as `other`. --compare takes `compared(theirs,
ours)` from another file than tests/judges/agreement.py. Needs soffice and pdftotext.
"""

import argparse
import collections
import concurrent.futures
import importlib.util
import json
import re
import shutil
import statistics
import subprocess
from pathlib import Path

import causes
import content

ROOT = Path(__file__).resolve().parents[2]
STYLES = ["gongwen", "report", "plain"]
# What LibreOffice does whatever the file says (docs/agreement.md).
OFFICE = """based_on = "{}"

[typography]
joint = 0.20
break_beside_marks = false
not_at_start = "{}"
not_at_end = "{}"

[normal]
character_spacing = "0pt"
"""
BATCH = 60


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def build(huibao, project, *options):
    done = subprocess.run(
        [huibao, "build", "--fonts", "carried", "--lang", "zh", "--project", project, "--out", project / "out", *options],
        capture_output=True, text=True,
    )
    if done.returncode:
        raise SystemExit(f"{project}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def office_style(style):
    text = OFFICE.format(style, causes.NOT_AT_START, causes.NOT_AT_END)
    # the chapter above the text: LibreOffice shows the first one's on every page
    return text + '\n[header]\ntext = "{title}"\n' * (style == "report")


def shipped(huibao, folder, office):
    """The reports of the shipped project in each style; gives the Word files."""
    for style in STYLES:
        project = folder / style
        for part in ["input", "templates"]:
            shutil.copytree(ROOT / part, project / part)
        name = f"{style}.toml" if office else style
        if office:
            (project / name).write_text(office_style(style))
        settings = (ROOT / "huibao.toml").read_text()
        (project / "huibao.toml").write_text(re.sub(r'(?m)^style = ".*"$', f'style = "{name}"', settings))
        for template in (project / "templates").glob("*.md"):
            template.write_text(re.sub(r"(?m)^样式：.*$", f"样式：{name}", template.read_text()))
        build(huibao, project, *[word for report in ["city", "district", "school", "notice"] for word in ["--report", report]])
    return sorted(folder.glob("**/out/**/*.docx"))


def made(huibao, folder, count, seed):
    """Documents of content made by chance; gives the Word files."""
    for style in STYLES:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{style}.toml").write_text(office_style(style))
    content.project(folder, count, seed, [f"{style}.toml" for style in STYLES], ROOT / "templates/照片.png")
    build(huibao, folder)
    return sorted(folder.glob("**/out/**/*.docx"))


def measure(judge, compared, fonts, folder, documents, file):
    """Compares all documents; writes a line each and prints what comes out."""
    found = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for at in range(0, len(documents), BATCH):
            batch = documents[at:at + BATCH]
            theirs = judge.set_by_office(batch, folder / "office" / str(at), fonts)
            ours = [document.with_suffix(".pdf") for document in batch]
            for document, one, figures in zip(batch, theirs, pool.map(lambda pair: compared(*pair), zip(theirs, ours))):
                name = str(document.relative_to(folder).with_suffix(""))
                found.append({"file": name, "office": str(one)} | figures)
                for place in figures["differ"]:
                    place["because"] = causes.of(place)
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found))
    for style in STYLES + [""]:
        some = [one for one in found if not style or style in one["file"]]
        if not some:
            continue
        lines = sum(one["counted"] for one in some)
        because = collections.Counter()
        for place in (place for one in some for place in one["differ"]):
            because[place["because"]] += max(len(place["office"]), len(place["ours"]))
        print(
            f"{file.stem:10} {style or 'all':9} documents {len(some):4}"
            f"  pages equal {share(one['pages'][0] == one['pages'][1] for one in some)}"
            f" (without footnotes {share(one['pages'][0] == one['pages'][1] for one in some if not one['notes'])})"
            f"  lines {sum(one['lines'] * one['counted'] for one in some) / max(1, lines):.2%} of {lines}"
            f"  all lines in {share(one['lines'] == 1 for one in some)}"
            f"  worst {min(one['lines'] for one in some):.1%}"
            f"  shift {statistics.median(one['shift'][0] for one in some):.2f} pt,"
            f" largest median {max(one['shift'][0] for one in some):.2f} pt",
            *(f"\n    {cause}: {count} lines, {count / max(1, lines):.2%}" for cause, count in because.most_common()),
            flush=True,
        )


def share(of):
    some = list(of)
    return f"{sum(some) / max(1, len(some)):.1%}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("huibao", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--made", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", type=Path)
    parser.add_argument("--only", choices=["shipped", "as-shipped", "made"])
    options = parser.parse_args()
    huibao, folder = options.huibao.resolve(), options.folder.resolve()
    judge = module(ROOT / "tests/judges/agreement.py")
    compared = module(options.compare).compared if options.compare else judge.compared
    fonts = folder / "fonts"
    subprocess.run([huibao, "fonts", "--fonts", "carried", "--export", fonts], check=True, capture_output=True)
    parts = {
        "shipped": lambda place: shipped(huibao, place, True),
        "as-shipped": lambda place: shipped(huibao, place, False),
        "made": lambda place: made(huibao, place, options.made, options.seed),
    }
    for name, make in parts.items():
        if options.only in (None, name):
            shutil.rmtree(folder / name, ignore_errors=True)
            documents = make(folder / name)
            measure(judge, compared, fonts, folder / name, documents, folder / f"{name}.jsonl")


main()
