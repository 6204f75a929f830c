#!/usr/bin/env python3
"""A school report of six pages, two tables and a chart as .docx and as .pdf: huibao beside what others would use, in turns.

    cargo build --release; pip install python-docx openpyxl docxtpl typst pillow; python3 benches/peers/both_files.py [FOLDER]

Needs LibreOffice (soffice), zstd, and node with npm, which fetch docxtemplater and Chart.js into the folder. Peers get the easier work: docxtpl
puts in one picture that is already there where huibao draws a chart of each school's figures; docxtemplater too, and then a picture of a
chart that Chart.js draws for each school, and none at all, beside which huibao stands with its chart and without;
Typst sets the text and tables without a chart, warm, with its sources in memory and nothing written to disk. docxtpl and docxtemplater (warm)
have their templates open and their data in memory; LibreOffice converts a folder in one process. huibao's time is that of the whole program, from workbooks to files on disk. Faces are the same for all."""
import importlib.metadata, itertools, json, os, platform, shutil, subprocess, sys, tempfile, time
from pathlib import Path

import docx
import openpyxl
import typst
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from PIL import Image, ImageDraw

from as_typst import pdf, source

here = Path(__file__).resolve().parent
root = here.parents[1]
program = root / "target/release/huibao"
folder = Path(sys.argv[1] if len(sys.argv) > 1 else root / "target/tmp/both").resolve()
UNITS, OF_PEERS, BRANCHES, ROUNDS = 1000, 24, 12, 3
PICTURE = "{%picture}"
GOODS = ["领导班子", "党员队伍", "工作机制", "发展业绩", "群众反映"]
COLUMNS = ["支部名称", "党员总数", "正式党员", "预备党员", "活动次数"]
SECTIONS = ["基本情况", "组织建设", "党员教育管理", "作用发挥", "存在问题和下一步打算"]
SENTENCES = [
    "<学校名称>党组织坚持围绕中心、服务大局，把党建工作与教育教学同谋划、同部署、同推进、同考核，全年召开专题会议<会议>次。",
    "全校现有党支部<支部数>个，党员<党员总数>名，占教职工总数的<占比>%，比上年增加<新增>名，队伍结构更加合理。",
    "各支部按照“五好”标准对照检查，逐条整改，按时换届，书记由政治素质高、业务能力强的<书记>等同志担任。",
    "通过“三会一课”、主题党日、集中轮训等形式，组织学习<学习>次，参加<人次>人次，撰写心得体会<心得>篇。",
    "党员教师带头承担教学改革任务，结对帮扶学生<帮扶>名，开展志愿服务<服务>次，得到家长和社会的好评。",
]


def unit(number):
    branches = [{"支部名称": f"第{row}党支部", "党员总数": 8 + (number * 7 + row * 3) % 30, "正式党员": 6 + (number * 7 + row * 3) % 30,
                 "预备党员": 2, "活动次数": 10 + (number + row) % 9} for row in range(1, BRANCHES + 1)]
    one = {"学校代码": f"{number:04}", "学校名称": f"云江市第{number}中学", "会议": 6 + number % 7, "支部数": BRANCHES,
           "党员总数": sum(row["党员总数"] for row in branches), "占比": 20 + number % 40, "新增": number % 9, "书记": f"李{'华明伟强静'[number % 5]}",
           "学习": 12 + number % 11, "人次": 300 + number % 97, "心得": 40 + number % 61, "帮扶": 15 + number % 23, "服务": 8 + number % 13}
    return one, branches, [{"项目": name, "得分": 80 + (number + at * 5) % 20} for at, name in enumerate(GOODS)]


def paragraphs():
    return [(section, [" ".join(SENTENCES[(at + step) % 5] for step in range(3)) for at in range(number, number + 3)])
            for number, section in enumerate(SECTIONS)]


def show(text, tag):
    for part in text.split("<")[1:]:
        word = part.split(">")[0]
        text = text.replace(f"<{word}>", tag(word))
    return text


def text_template():
    tag = lambda word: "{{" + word + "}}"
    lines = ["# " + show("<学校名称>2023年党建工作总结", tag)]
    for at, (section, texts) in enumerate(paragraphs()):
        lines += ["## " + section, *(show(text, tag) for text in texts)]
        if at == 1:
            lines += ['{{表格 党支部 列="' + "，".join(COLUMNS) + '"}}',
                      '{{图表 类型="柱形图" 数据=党支部 分类="支部名称" 数值="党员总数" 标题="各支部党员数"}}']
        if at == 3:
            lines.append('{{表格 得分 列="项目，得分"}}')
    (folder / "text.md").write_text("\n\n".join(lines) + "\n", encoding="utf8")


def word_template(path, tag, loops, chart):
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.line_spacing = Pt(16), Pt(28)
    document.add_heading(show("<学校名称>2023年党建工作总结", tag), 1)
    for at, (title, texts) in enumerate(paragraphs()):
        document.add_heading(title, 2)
        for text in texts:
            document.add_paragraph(show(text, tag)).paragraph_format.first_line_indent = Pt(32)
        tables = {1: ("党支部", COLUMNS), 3: ("得分", ["项目", "得分"])}
        if at in tables:
            name, columns = tables[at]
            loops(document, name, columns)
        if at == 1 and chart:
            document.add_paragraph(chart)
    document.save(path)


def loops_in_a_row(opening, closing, tag):
    def loops(document, name, columns):
        table = document.add_table(rows=2, cols=len(columns), style="Table Grid")
        for at, column in enumerate(columns):
            table.cell(0, at).text = column
            begin, end = (opening.format(name) if at == 0 else ""), (closing.format(name) if at == len(columns) - 1 else "")
            table.cell(1, at).text = begin + tag(column) + end

    return loops


def loops_around_a_row(document, name, columns):
    table = document.add_table(rows=4, cols=len(columns), style="Table Grid")
    for at, column in enumerate(columns):
        table.cell(0, at).text = column
        table.cell(2, at).text = "{{ row." + column + " }}"
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for row in " + name + " %}", "{%tr endfor %}"


def prepare():
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "input").mkdir(parents=True)
    units = [unit(number) for number in range(UNITS)]
    tables = {"学校": [one for one, _, _ in units],
              "党支部": [{"学校代码": one["学校代码"], **row} for one, rows, _ in units for row in rows],
              "得分": [{"学校代码": one["学校代码"], **row} for one, _, rows in units for row in rows]}
    for name, rows in tables.items():
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
        book.save(folder / "input" / f"{name}.xlsx")
    text_template()
    chart = '{{图表 类型="柱形图" 数据=党支部 分类="支部名称" 数值="党员总数" 标题="各支部党员数"}}'
    ours, theirs = lambda word: "{{" + word + "}}", lambda word: "{" + word + "}"
    for name, shown in {"word": chart, "word-plain": None}.items():
        word_template(folder / f"{name}.docx", ours, loops_in_a_row("{{{{#each {}}}}}", "{{{{/each}}}}", ours), shown)
    for name, shown in {"docxtemplater": PICTURE, "docxtemplater-plain": None}.items():
        word_template(folder / f"{name}.docx", theirs, loops_in_a_row("{{#{}}}", "{{/{}}}", theirs), shown)
    rows = [{"code": one["学校代码"], **one, "党支部": branches, "得分": goods} for one, branches, goods in units[:OF_PEERS]]
    (folder / "units.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf8")
    shutil.copy(here / "package.json", folder)
    subprocess.run(["npm", "install", "--silent"], cwd=folder, check=True)
    word_template(folder / "docxtpl.docx", lambda word: "{{ " + word + " }}", loops_around_a_row, "{{ 图表 }}")
    for name, template in {"text": "text.md", "word": "word.docx", "word-plain": "word-plain.docx"}.items():
        project = folder / name
        project.mkdir()
        shutil.copy(folder / template, project)
        shutil.copytree(folder / "input", project / "input")
        (project / "huibao.toml").write_text("".join(
            f'[[table]]\nname = "{table}"\nfrom = "input/{table}.xlsx"\n' + ('key = "学校代码"\n' if table == "学校" else "") for table in tables)
            + "".join(f'[[link]]\nfrom = "{table}.学校代码"\nto = "学校.学校代码"\n' for table in ("党支部", "得分"))
            + f'[[report]]\nname = "a"\ntemplate = "{template}"\neach = "学校"\noutput = "{{{{学校代码}}}}"\nformats = ["docx", "pdf"]\n', encoding="utf8")
    picture = Image.new("RGB", (900, 500), "white")
    draw = ImageDraw.Draw(picture)
    for at in range(BRANCHES):
        draw.rectangle([60 + at * 68, 100 + (at * 37) % 300, 100 + at * 68, 460], fill=(31, 78, 121))
    picture.save(folder / "chart.png")
    return units


def with_huibao(project, *options):
    out = Path(tempfile.mkdtemp(prefix="out-", dir=folder))
    start = time.perf_counter()
    subprocess.run([program, "build", "--project", folder / project, "--out", out, "--fonts", "carried", "--json", *options], check=True, stdout=subprocess.DEVNULL)
    return UNITS / (time.perf_counter() - start), out


def with_docxtpl(units, environment, convert):
    out = Path(tempfile.mkdtemp(prefix="out-", dir=folder))
    start = time.perf_counter()
    for one, branches, goods in units[:OF_PEERS]:
        template = DocxTemplate(folder / "docxtpl.docx")
        template.render({**one, "党支部": branches, "得分": goods, "图表": InlineImage(template, str(folder / "chart.png"), width=Mm(150))})
        template.save(out / f"{one['学校代码']}.docx")
    if convert:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", out, *sorted(out.glob("*.docx"))],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return OF_PEERS / (time.perf_counter() - start), out


def with_docxtemplater(template, *shown):
    out = Path(tempfile.mkdtemp(prefix="out-", dir=folder))
    command = ["node", here / "docxtemplater.mjs", folder / f"{template}.docx", folder / "units.json", out, *shown]
    return OF_PEERS / float(subprocess.run(command, check=True, cwd=folder, capture_output=True, text=True).stdout), out


def main():
    units = prepare()
    faces = folder / "faces"
    subprocess.run([program, "fonts", "--fonts", "carried", "--export", faces], check=True, stdout=subprocess.DEVNULL)
    configuration = folder / "fonts.conf"
    configuration.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{faces}</dir>'
                             f"<cachedir>{folder}/cache</cachedir></fontconfig>", encoding="utf8")
    face = faces / "FandolFang-Regular.otf"
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration)}
    _, made = with_huibao("text", "--format", "docx")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[faces])
    # Typst remembers what it has set before: every round has reports of its own
    sources = iter([source(path) for path in sorted(made.glob("*.docx"))[: OF_PEERS * ROUNDS]])
    with_docxtpl(units, environment, True)

    def with_typst():
        start = time.perf_counter()
        for text in itertools.islice(sources, OF_PEERS):
            pdf(text, fonts)
        return OF_PEERS / (time.perf_counter() - start), None

    runs = {
        "docxtpl and LibreOffice: .docx and .pdf": lambda: with_docxtpl(units, environment, True),
        "docxtpl: .docx": lambda: with_docxtpl(units, environment, False),
        "docxtemplater, a chart by Chart.js: .docx": lambda: with_docxtemplater("docxtemplater", face),
        "docxtemplater, one ready picture: .docx": lambda: with_docxtemplater("docxtemplater", folder / "chart.png"),
        "docxtemplater, no chart: .docx": lambda: with_docxtemplater("docxtemplater-plain"),
        "Typst: .pdf": with_typst,
        "huibao, text template: .docx and .pdf": lambda: with_huibao("text"),
        "huibao, text template: .pdf": lambda: with_huibao("text", "--format", "pdf"),
        "huibao, text template: .docx": lambda: with_huibao("text", "--format", "docx"),
        "huibao, Word template: .docx and .pdf": lambda: with_huibao("word"),
        "huibao, Word template: .docx": lambda: with_huibao("word", "--format", "docx"),
        "huibao, Word template, no chart: .docx": lambda: with_huibao("word-plain", "--format", "docx"),
    }
    rates, pages = {name: [] for name in runs}, {}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            rate, out = run()
            rates[name].append(rate)
            first = sorted(out.glob("*.pdf"))[:1] if out else []
            for file in first:
                told = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
                pages[name] = told.split("Pages:")[1].split()[0]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("docxtpl", "typst"))
    versions += ", docxtemplater " + json.loads((folder / "node_modules/docxtemplater/package.json").read_text())["version"]
    office = subprocess.run(["soffice", "--version"], capture_output=True, text=True).stdout.split(" ")[1]
    print(f"{platform.machine()}, {os.cpu_count()} cores; {versions}, LibreOffice {office}; best and all of {ROUNDS} rounds; {UNITS} reports a round, {OF_PEERS} of peers")
    print("| what | pages | reports a second | each round |\n|---|---:|---:|---|")
    for name, each in rates.items():
        print(f"| {name} | {pages.get(name, '')} | {max(each):.1f} | {', '.join(f'{one:.1f}' for one in each)} |")
    best = {name: max(each) for name, each in rates.items()}
    for ours, theirs in [("huibao, text template: .docx and .pdf", "docxtpl and LibreOffice: .docx and .pdf"), ("huibao, text template: .pdf", "Typst: .pdf"),
                         ("huibao, Word template: .docx and .pdf", "docxtpl and LibreOffice: .docx and .pdf"),
                         *((ours, theirs) for ours in runs if ours.startswith("huibao") and ours.endswith(": .docx")
                           for theirs in runs if theirs.startswith("docxtemplater") and ("no chart" in theirs or "no chart" not in ours))]:
        print(f"{ours}: {best[ours] / best[theirs]:.1f} times {theirs}")
    for out in folder.glob("out-*"):
        shutil.rmtree(out)


if __name__ == "__main__":
    main()
