#!/usr/bin/env python3
"""One template in Word for 1,000 units: huibao beside docxtemplater, in one run, in turns.

    cargo build --release; pip install python-docx openpyxl; python3 benches/peers/run.py [FOLDER to work in]

Needs node and npm, which fetch docxtemplater and pizzip into the folder. A folder in memory (/dev/shm/peers) leaves the
disk's own speed out. Two twins of one template are made, each with its engine's own tags, and one set of data as a workbook
and as JSON; the texts of all documents must be the same. Each round writes into a new folder, and all go at the end: before
it makes a file, ext4 without a journal looks at all that were deleted in the last minutes, and that would be measured.
huibao's time is that of the whole program: the workbooks read, typed, linked and checked, the documents written.
docxtemplater's is that of the documents alone, in a program that is warm, with its data in memory as JSON."""
import json, os, platform, shutil, subprocess, sys, tempfile, time
from pathlib import Path

import docx
import openpyxl

here = Path(__file__).resolve().parent
program = here.parents[1] / "target/release/huibao"
folder = Path(sys.argv[1] if len(sys.argv) > 1 else here.parents[1] / "target/tmp/peers").resolve()
UNITS, ROWS, ROUNDS = 1000, 8, 5
latest = {}

# A template as lines and a table; each engine writes its own tags for what stands in angle brackets.
HEADING = "<学校名称>党建工作情况"
LINES = [
    "<学校名称>（<学校代码>）现有党支部<支部数>个，党员<党员总数>人，书记<书记>，联系电话<电话>。",
    "学校地址：<地址>。<if 示范校>该校是示范校，<荣誉>。<end>",
    "各支部情况见下表，请于<日期>前核对并报送。",
]
CLOSING = "联系人：<书记>。"
HEADER = ["支部名称", "书记", "党员人数", "活动次数", "备注"]


def unit(number):
    code = f"{number:04}"
    rows = [
        {"支部名称": f"第{row}支部", "书记": f"王{row}明", "党员人数": str(10 + (number + row) % 20),
         "活动次数": str(row + 1), "备注": f"备注{number}-{row}"}
        for row in range(ROWS)
    ]
    return {
        "code": code, "学校代码": code, "学校名称": f"第{number}中学", "支部数": str(ROWS),
        "党员总数": str(sum(int(row["党员人数"]) for row in rows)), "书记": f"李{number}", "电话": f"139{number:08}",
        "地址": f"XX市XX区第{number}号", "示范校": number % 3 == 0, "荣誉": "全市先进", "日期": "12月31日", "rows": rows,
    }


def template(path, show, start, end, row_start, row_end):
    def tags(text):
        out, rest = "", text
        while "<" in rest:
            before, rest = rest.split("<", 1)
            word, rest = rest.split(">", 1)
            out += before + (start(word[3:]) if word.startswith("if ") else end if word == "end" else show(word))
        return out + rest

    document = docx.Document()
    document.add_heading(tags(HEADING), 1)
    for line in LINES:
        document.add_paragraph(tags(line))
    table = document.add_table(rows=2, cols=len(HEADER), style="Table Grid")
    for at, name in enumerate(HEADER):
        table.cell(0, at).text = name
        before = row_start if at == 0 else ""
        after = row_end if at == len(HEADER) - 1 else ""
        table.cell(1, at).text = before + show(name) + after
    document.add_paragraph(tags(CLOSING))
    document.save(path)


def prepare():
    (folder / "input").mkdir(parents=True, exist_ok=True)
    units = [unit(number) for number in range(UNITS)]
    (folder / "units.json").write_text(json.dumps(units, ensure_ascii=False), encoding="utf8")
    columns = [key for key in units[0] if key not in ("code", "rows")]
    schools = [columns] + [["是" if one[key] is True else "否" if one[key] is False else one[key] for key in columns] for one in units]
    branches = [["学校代码", *HEADER]] + [[one["学校代码"], *row.values()] for one in units for row in one["rows"]]
    for name, rows in {"学校": schools, "党支部": branches}.items():
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        book.save(folder / "input" / f"{name}.xlsx")
    template(folder / "huibao.docx", lambda word: f"{{{{{word}}}}}", lambda word: f"{{{{#if {word}}}}}", "{{/if}}",
             "{{#each 党支部}}", "{{/each}}")
    template(folder / "docxtemplater.docx", lambda word: f"{{{word}}}", lambda word: f"{{#{word}}}", "{/}", "{#rows}", "{/rows}")
    (folder / "huibao.toml").write_text(
        '[[table]]\nname = "学校"\nfrom = "input/学校.xlsx"\nkey = "学校代码"\n'
        '[[table]]\nname = "党支部"\nfrom = "input/党支部.xlsx"\n'
        '[[link]]\nfrom = "党支部.学校代码"\nto = "学校.学校代码"\n'
        '[[report]]\nname = "a"\ntemplate = "huibao.docx"\neach = "学校"\noutput = "{{学校代码}}"\nformats = ["docx"]\n',
        encoding="utf8")
    shutil.copy(here / "package.json", folder)
    if not (folder / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent"], cwd=folder, check=True)


def new_folder(engine):
    out = Path(tempfile.mkdtemp(prefix=f"out-{engine}-", dir=folder))
    latest[engine] = out
    return out


def with_huibao(*options):
    out = new_folder("huibao")
    start = time.perf_counter()
    subprocess.run([program, "build", "--project", folder, "--out", out, "--json", *options], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def with_docxtemplater():
    out = new_folder("docxtemplater")
    command = ["node", here / "docxtemplater.mjs", folder / "docxtemplater.docx", folder / "units.json", out]
    return float(subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True).stdout)


def text(path):
    document = docx.Document(path)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [paragraph.text for paragraph in document.paragraphs], cells


def compare():
    names = sorted(path.name for path in latest["huibao"].glob("*.docx"))
    assert len(names) == UNITS, len(names)
    for name in names[:: max(1, UNITS // 100)]:
        ours, theirs = (text(latest[engine] / name) for engine in ("huibao", "docxtemplater"))
        assert ours == theirs, (name, ours, theirs)


prepare()
runs = {
    "docxtemplater": with_docxtemplater,
    "huibao, one core (--jobs 1)": lambda: with_huibao("--jobs", "1"),
    "huibao": with_huibao,
}
times = {name: [] for name in runs}
for _ in range(ROUNDS):
    for name, run in runs.items():
        times[name].append(run())
compare()
best = {name: min(seconds) for name, seconds in times.items()}
node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
version = json.loads((folder / "node_modules/docxtemplater/package.json").read_text())["version"]
print(f"{platform.machine()}, {os.cpu_count()} cores, node {node}, docxtemplater {version}; {UNITS} documents, best and all of {ROUNDS} rounds")
print("| engine | documents a second | to docxtemplater | seconds of each round |\n|---|---:|---:|---|")
for name, seconds in best.items():
    rounds = ", ".join(f"{one:.2f}" for one in times[name])
    print(f"| {name} | {UNITS / seconds:.0f} | {best['docxtemplater'] / seconds:.1f} | {rounds} |")
for out in folder.glob("out-*"):
    shutil.rmtree(out)
