#!/usr/bin/env python3
"""What becomes of other people's Word documents.

    report.py FOLDER HUIBAO [--only TEXT] [--again] [--worst N] [--jobs N]

For every document below FOLDER/packages, FOLDER/made and FOLDER/resaved (see fetch.py and make.py), HUIBAO is the program:
  convert   it makes the PDF, or says why not
  merge     as a template, merged with data that it has no tags for: every part comes out byte for byte as it was
  pages     the page counts of our PDF and of LibreOffice's, and the one that Word saved with the document, if it did
  lines     the share of the lines (their text, white space and bullets dropped, in order) that are the same in both
  lost      words of the document that LibreOffice shows and we do not, with no warning; each is a fault
LibreOffice is given faces of the widths and heights that we measure by (see faces.py). What it makes is kept in FOLDER/libreoffice and made once. Writes FOLDER/report.json and FOLDER/report.md; each document's
result, as soon as there is one, is a line of FOLDER/report.jsonl.
--only takes documents with TEXT in their path, and keeps what is known of the others; --again makes LibreOffice's PDFs anew.
Needs soffice, pdftotext, fontTools.
"""

import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.sax.saxutils import escape

import faces

ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def documents(folder, only):
    found = [path for kind in ("packages", "made", "resaved") for path in (folder / kind).rglob("*") if path.is_file()]
    return sorted(path for path in found if only in str(path.relative_to(folder)))


def key(folder, path):
    """The document's path as the name of a file."""
    return str(path.relative_to(folder)).replace("/", "+")


def font_configuration(folder, file):
    faces.make(folder / "faces")
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(face)}</string></edit></match>'
        for name, face in faces.ALIASES.items()
    )
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(folder / 'faces'))}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{escape(str(file.parent / 'cache'))}</cachedir>{rules}</fontconfig>",
        encoding="utf-8",
    )


def by_libreoffice(folder, paths, again):
    """Makes LibreOffice's PDFs, many at a time; a document that stops it is left out on the second try."""
    target = folder / "libreoffice"
    target.mkdir(exist_ok=True)
    wanted = [path for path in paths if again or not (target / (key(folder, path) + ".pdf")).exists()]
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        font_configuration(folder, temporary / "fonts.conf")
        environment = dict(os.environ, FONTCONFIG_FILE=str(temporary / "fonts.conf"))
        command = ["soffice", f"-env:UserInstallation=file://{temporary}/profile", "--headless", "--convert-to", "pdf"]

        def make(some, seconds):
            copies = {}
            for number, path in enumerate(some):
                copy = temporary / f"{number}{path.suffix}"
                shutil.copy(path, copy)
                copies[copy] = path
            subprocess.run(
                [*command, "--outdir", temporary / "out", *copies], env=environment, timeout=seconds,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for copy, path in copies.items():
                made = temporary / "out" / f"{copy.stem}.pdf"
                if made.exists():
                    shutil.move(made, target / (key(folder, path) + ".pdf"))

        for size, seconds in ((30, 240), (1, 60)):
            left = [path for path in wanted if not (target / (key(folder, path) + ".pdf")).exists()]
            for start in range(0, len(left), size):
                try:
                    make(left[start:start + size], seconds)
                except subprocess.TimeoutExpired:
                    pass


def lines(pdf):
    """The number of pages, and the lines in reading order, white space dropped."""
    with tempfile.TemporaryDirectory() as temporary:
        file = Path(temporary) / "text.html"
        subprocess.run(["pdftotext", "-bbox-layout", pdf, file], check=True, stderr=subprocess.DEVNULL)
        text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", file.read_text(encoding="utf-8", errors="replace"))
    root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text))
    html = "{http://www.w3.org/1999/xhtml}"
    found, pages = [], 0
    for page in root.iter(html + "page"):
        pages += 1
        rows = {}
        for line in page.iter(html + "line"):
            words = "".join("".join((word.text or "").split()) for word in line.iter(html + "word"))
            if words:
                rows.setdefault(round(float(line.get("yMax")) / 3), []).append((float(line.get("xMin")), words))
        # Pieces on one baseline are one line, whatever blocks the reader made of them.
        found += ["".join(words for _, words in sorted(rows[row])) for row in sorted(rows)]
    # LibreOffice's bullets are of a private code point that pdftotext may drop.
    bare = (re.sub("[•\uf000-\uf0ff]", "", line) for line in found)
    return pages, [line for line in bare if line]


def by_word(path):
    """The page count that Word saved with the document; it may be old."""
    try:
        with zipfile.ZipFile(path) as package:
            properties = package.read("docProps/app.xml").decode(errors="replace")
    except (zipfile.BadZipFile, KeyError):
        return None
    pages = re.search(r"<Pages>(\d+)</Pages>", properties)
    return int(pages[1]) if pages and "Microsoft Office Word" in properties else None


def words(path):
    """The words of the document: no deleted or hidden text, and of alternatives only the first."""
    found = []

    def walk(element):
        name = element.tag
        if name == W + "t":
            found.append(element.text or "")
        elif name in (W + "p", W + "tab", W + "br", W + "tc"):
            found.append(" ")
        if name == W + "r" and element.find(f"{W}rPr/{W}vanish") is not None:
            return
        for child in element:
            if not child.tag.endswith("}Fallback") and child.tag not in (W + "del", W + "moveFrom"):
                walk(child)

    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if re.search(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$", name):
                try:
                    walk(ET.fromstring(package.read(name)))
                except ET.ParseError:
                    pass
    return {word for word in re.findall(r"\w+", "".join(found)) if len(word) > 1}


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def merged(huibao, path, folder):
    """`kept`, or what became of it as a template that has no tags."""
    data = folder / "data.csv"
    data.write_text("无此标签\n一\n", encoding="utf-8")
    template = folder / f"template{path.suffix}"
    shutil.copy(path, template)
    out = folder / "merged"
    command = [huibao, "merge", data, template, "--name", "x", "--out", out, "--lang", "en"]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "hangs"
    made = list(out.glob("x.doc*")) + list(out.glob("x.dot*"))
    if ended.returncode not in (0, 1, 2) or "panicked" in ended.stderr:
        return "crash: " + ended.stderr[-300:]
    if not made:
        # Only the lines that begin a problem: its place, and what is wrong.
        told = [line for line in ended.stderr.splitlines() if line.strip()]
        return "refused: " + " | ".join(told[:2])[:300]
    before, after = parts(path), parts(made[0])
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return f"changed: {', '.join(changed)}" if changed else "kept"


def judge(huibao, folder, path):
    result = {"document": str(path.relative_to(folder))}
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary)
        document = temporary / f"document{path.suffix}"
        shutil.copy(path, document)
        ours = folder / "ours" / (key(folder, path) + ".pdf")
        ours.parent.mkdir(exist_ok=True)
        ours.unlink(missing_ok=True)
        command = [huibao, "convert", document, "--out", temporary / "out", "--fonts", "carried", "--lang", "en"]
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
            made = list((temporary / "out").glob("*.pdf"))
            result["warnings"] = ended.stderr.count("warning")
            if made:
                shutil.move(made[0], ours)
                result["convert"] = "made"
            elif ended.returncode in (1, 2) and "panicked" not in ended.stderr:
                result["convert"] = "refused: " + " ".join(ended.stderr.split())[:200]
            else:
                result["convert"] = "crash: " + ended.stderr[-300:]
            result["told"] = ended.stderr
        except subprocess.TimeoutExpired:
            result["convert"] = "hangs"
        try:
            result["merge"] = merged(huibao, path, temporary)
        except (zipfile.BadZipFile, OSError) as problem:
            result["merge"] = f"not read: {problem}"
    theirs = folder / "libreoffice" / (key(folder, path) + ".pdf")
    if not theirs.exists() or result["convert"] != "made":
        result["libreoffice"] = theirs.exists()
        return result
    result["libreoffice"] = True
    (pages_ours, lines_ours), (pages_theirs, lines_theirs) = lines(ours), lines(theirs)
    blocks = difflib.SequenceMatcher(None, lines_theirs, lines_ours, autojunk=False).get_matching_blocks()
    longest = max(len(lines_ours), len(lines_theirs))
    result["pages"] = [pages_ours, pages_theirs]
    result["lines"] = round(sum(block.size for block in blocks) / longest, 4) if longest else 1.0
    result["word"] = by_word(path)
    shown, shown_there = "".join(lines_ours), "".join(lines_theirs)
    try:
        result["lost"] = sorted(word for word in words(path) if word not in shown and word in shown_there)
    except zipfile.BadZipFile:
        result["lost"] = []
    return result


def share(some, of):
    return f"{some} of {of} ({100 * some / max(1, of):.1f} %)"


def summary(results, worst):
    made = [result for result in results if result["convert"] == "made"]
    set_by_both = [result for result in made if "pages" in result]
    equal = [result for result in set_by_both if result["pages"][0] == result["pages"][1]]
    merged_well = [result for result in results if result["merge"] == "kept"]
    by_word = [result for result in set_by_both if result.get("word")]
    shares = sorted(result["lines"] for result in set_by_both)
    text = [
        f"- {len(results)} documents",
        f"- converted: {share(len(made), len(results))}",
        f"- as a template, every part byte for byte as it was: {share(len(merged_well), len(results))}",
        f"- page count as LibreOffice's: {share(len(equal), len(set_by_both))}",
        f"- page count as Word saved it: {share(sum(r['pages'][0] == r['word'] for r in by_word), len(by_word))}; "
        f"LibreOffice: {share(sum(r['pages'][1] == r['word'] for r in by_word), len(by_word))}",
        f"- lines as LibreOffice's: mean {sum(shares) / max(1, len(shares)):.3f}, median {shares[len(shares) // 2]:.3f}"
        if shares else "- lines: none",
        f"- documents with words lost and no warning: {sum(bool(r.get('lost')) and not r['warnings'] for r in results)}",
        f"- documents with words lost: {sum(bool(result.get('lost')) for result in results)}",
        "",
    ]
    text += ["## Not converted", ""]
    text += [f"- {r['document']}: {r['convert']}" for r in results if r["convert"] != "made"] + [""]
    text += ["## Merge", ""]
    text += [f"- {r['document']}: {r['merge']}" for r in results if r["merge"] != "kept"] + [""]
    text += ["## Lost words", ""]
    text += [f"- {r['document']} ({r['warnings']} warnings): {' '.join(r['lost'][:12])}" for r in results if r.get("lost")]
    text += ["", "## Page counts that differ (ours, LibreOffice's)", ""]
    text += [
        f"- {r['document']}: {r['pages']}, Word {r['word'] or '?'}, lines {r['lines']}" for r in set_by_both if r not in equal
    ]
    text += ["", "## Fewest lines alike", ""]
    ordered = sorted(set_by_both, key=lambda result: result["lines"])[:worst]
    text += [f"- {r['document']}: lines {r['lines']}, pages {r['pages']}" for r in ordered]
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("huibao", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--worst", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2, help="so many documents at a time")
    options = parser.parse_args()
    folder, huibao = options.folder.resolve(), options.huibao.resolve()
    paths = documents(folder, options.only)
    by_libreoffice(folder, paths, options.again)
    results = []
    with ThreadPoolExecutor(options.jobs) as pool, open(folder / "report.jsonl", "w", encoding="utf-8") as lines_out:
        for result in pool.map(lambda path: judge(huibao, folder, path), paths):
            results.append(result)
            print(json.dumps(result, ensure_ascii=False), file=lines_out, flush=True)
    file = folder / "report.json"
    if file.exists() and options.only:
        old = {result["document"]: result for result in json.loads(file.read_text(encoding="utf-8"))}
        results = list((old | {result["document"]: result for result in results}).values())
    file.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    text = summary(results, options.worst)
    (folder / "report.md").write_text(text, encoding="utf-8")
    print(text.split("## Not", 1)[0], end="")
    sys.exit(any(result["convert"].startswith(("crash", "hangs")) for result in results))


if __name__ == "__main__":
    main()
