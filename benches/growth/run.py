#!/usr/bin/env python3
"""How cost and memory grow with the number of reports, and with the length of one.

    cargo build --release --bin huibao; python3 benches/growth/run.py [--sizes 100,1000,10000,20000] [--folder DIR] [--options "--jobs 1"]

Makes projects of so many schools, with ten branches each, a template with two tables and a chart, and for each builds into a
new folder: time of the whole program a report, and the most memory that it had (Linux: ru_maxrss). Then the same again with
nothing changed, and with one cell changed. Then one report of 2,000 pages and one of a table of 100,000 rows. A folder in
memory (/dev/shm/growth) leaves the disk's own speed out."""
import argparse, csv, json, os, shutil, sys, time
from pathlib import Path

here = Path(__file__).resolve().parent
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--sizes", default="100,1000,10000,20000")
arguments.add_argument("--folder", type=Path, default=here.parents[1] / "target/tmp/growth")
arguments.add_argument("--program", type=Path, default=here.parents[1] / "target/release/huibao")
arguments.add_argument("--options", default="")
arguments.add_argument("--long", action="store_true", help="only the long reports")
given = arguments.parse_args()

TEMPLATE = """---
标题：{{学校名称}}党建工作总结
---

# 基本情况

{{学校名称}}（{{学校代码}}）位于{{区县}}，书记{{书记}}。全校有党支部{{计数 党支部}}个，党员{{合计 党支部.党员}}人，
占全区{{占比 (合计 党支部.党员) 区县.党员}}。本年度各支部开展活动{{合计 党支部.活动}}次，平均每个支部{{平均 党支部.活动}}次。

{{表格 党支部 列="支部名称，书记，党员，活动，备注" 题="各党支部情况" 合计=true 序号=true}}

# 活动

{{#each 党支部}}
{{支部名称}}由{{书记}}负责，有党员{{党员}}人，开展活动{{活动}}次，{{备注}}。支部坚持“三会一课”制度，组织党员学习和志愿服务，把党建工作与教学工作结合起来。
{{/each}}

{{图表 党支部 分类="支部名称" 数值="活动" 题="各支部活动次数"}}

{{表格 (排序 党支部 "活动" 降序=true) 列="支部名称，活动" 题="按活动次数排列"}}
"""

PROJECT = """[project]
title = "年度总结"
year = 2023

[[table]]
name = "区县"
from = "input/区县.csv"
key = "区县"

[[table]]
name = "学校"
from = "input/学校.csv"
key = "学校代码"

[[table]]
name = "党支部"
from = "input/党支部.csv"

[[link]]
from = "学校.区县"
to = "区县.区县"

[[link]]
from = "党支部.学校代码"
to = "学校.学校代码"

[[report]]
name = "school"
template = "school.md"
each = "学校"
output = "{{区县}}/{{学校代码}}"
"""

DISTRICTS, BRANCHES = 40, 10


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf8") as file:
        csv.writer(file).writerows(rows)


def project(schools, changed=None):
    folder = given.folder / f"project-{schools}"
    district = lambda number: f"第{number % DISTRICTS + 1}区"
    write(folder / "input/区县.csv", [["区县", "党员"]] + [[district(n), 100000 + n] for n in range(DISTRICTS)])
    write(folder / "input/学校.csv", [["学校代码", "学校名称", "区县", "书记"]] +
          [[f"S{n:05}", f"第{n}中学", district(n), f"李{'甲乙丙丁戊己庚辛'[n % 8]}{n}"] for n in range(schools)])
    branch = lambda n, b: [f"S{n:05}", f"第{b + 1}支部", f"王{'天地玄黄宇宙洪荒'[(n + b) % 8]}", 10 + (n * 7 + b) % 30,
                           99 if n == changed and b == 3 else (n + b) % 12, f"备注{(n + b) % 100}"]
    write(folder / "input/党支部.csv", [["学校代码", "支部名称", "书记", "党员", "活动", "备注"]] +
          [branch(n, b) for n in range(schools) for b in range(BRANCHES)])
    (folder / "school.md").write_text(TEMPLATE, encoding="utf8")
    (folder / "huibao.toml").write_text(PROJECT, encoding="utf8")
    return folder


def build(folder, out):
    """Seconds, megabytes at most, what the run says of itself."""
    record = given.folder / "record.json"
    command = [str(given.program), "build", "--project", str(folder), "--out", str(out), "--fonts", "carried",
               "--record", str(record), *given.options.split()]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    assert status == 0, (command, status)
    return seconds, usage.ru_maxrss / 1024, json.loads(record.read_text(encoding="utf8"))


def made(record):
    return sum(report["state"] == "made" for report in record["reports"])


def grow(sizes):
    print("| reports | seconds | ms a report | most memory, MiB | nothing changed, s | to all | one cell changed, s | made for it |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size in sizes:
        folder, out = project(size), given.folder / f"out-{size}"
        seconds, memory, record = build(folder, out)
        assert made(record) == size
        again, _, record = build(folder, out)
        assert made(record) == 0
        project(size, changed=size // 2)
        one, _, record = build(folder, out)
        print(f"| {size:,} | {seconds:.2f} | {seconds / size * 1000:.2f} | {memory:.0f} | {again:.3f} | {again / seconds:.1%} | {one:.3f} | {made(record)} |", flush=True)
        shutil.rmtree(out)
        shutil.rmtree(folder)


def long(name, rows, text):
    folder = given.folder / "long"
    write(folder / "input/行.csv", [["编号", "名称", "数", "说明"]] + [[f"N{n:06}", f"第{n}项", n % 977, f"说明{n % 100}"] for n in range(rows)])
    (folder / "a.md").write_text(text, encoding="utf8")
    (folder / "huibao.toml").write_text(
        '[[table]]\nname = "行"\nfrom = "input/行.csv"\n[limits]\nmemory = 4096\n[[report]]\nname = "long"\ntemplate = "a.md"\noutput = "long"\n', encoding="utf8")
    out = given.folder / "out-long"
    seconds, memory, record = build(folder, out)
    pages = record["reports"][0].get("pages")
    print(f"| {name} | {pages} | {seconds:.2f} | {memory:.0f} |", flush=True)
    shutil.rmtree(out)
    shutil.rmtree(folder)


given.folder.mkdir(parents=True, exist_ok=True)
if not given.long:
    grow([int(size) for size in given.sizes.split(",")])
    print()
print("| one report | pages | seconds | most memory, MiB |\n|---|---:|---:|---:|")
PARAGRAPH = "本年度工作认真落实上级部署，{{说明}}，{{名称}}取得进展，数量{{数}}。" * 6
long("text of 2,000 pages", 9500, "# 长文\n\n{{#each 行}}\n" + PARAGRAPH + "\n\n{{/each}}\n")
long("a table of 100,000 rows", 100_000, "# 长表\n\n{{表格 行 列=\"编号，名称，数，说明\" 题=\"全部\"}}\n")
