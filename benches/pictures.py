#!/usr/bin/env python3
"""What pictures and charts cost.

    cargo build --release --bin huibao; python3 benches/pictures.py [--reports 1000] [--folder DIR] [--program FILE]

Makes a project of so many schools and builds it with the same text (two pages, a table) without pictures, with two charts, and with four
pictures and two charts a report. The pictures are JPEG files as large as they are printed, each of one report only; then photos of
a camera (12 million pixels), twenty of them, each shown in many reports and scaled down. Prints processor time a report and its ratio to the text alone; the photos' also without what
twenty reports take in which each of them is scaled for the first time. A folder in memory (/dev/shm/pictures) leaves the disk out. Needs Pillow."""
import argparse
import os
import random
import resource
import shutil
import subprocess
from pathlib import Path

from PIL import Image, ImageFilter

here = Path(__file__).resolve().parent
arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--reports", type=int, default=1000)
arguments.add_argument("--folder", type=Path, default=here.parents[0] / "target/tmp/pictures")
arguments.add_argument("--program", type=Path, default=here.parents[0] / "target/release/huibao")
arguments.add_argument("--rounds", type=int, default=3)
given = arguments.parse_args()

PHOTOS = 20
TEXT = """---
标题：{{学校名称}}党建工作总结
样式：gongwen
署名：中共{{学校名称}}支部委员会
---

# 基本情况

{{学校名称}}（{{学校代码}}）现有党支部{{计数 党支部}}个，党员{{合计 党支部.党员}}人，平均每个支部{{平均 党支部.党员}}人。

{{表格 党支部 列="支部名称，书记，党员，活动" 题="各党支部情况" 合计=true 序号=true}}

# 活动

{{#each 党支部}}
{{支部名称}}由{{书记}}负责，有党员{{党员}}人，开展活动{{活动}}次。支部坚持“三会一课”制度，组织党员学习和志愿服务，把党建工作与教学工作结合起来，推动学校各项工作再上新台阶。
{{/each}}
"""
CHARTS = """
{{图表 党支部 分类="支部名称" 数值="活动" 题="各支部活动次数"}}

{{图表 党支部 类型="饼图" 分类="支部名称" 数值="党员" 题="党员分布"}}
"""
PICTURES = "\n{{照片墙 照片 照片=\"文件\" 说明=\"说明\" 每行=2}}\n"
PROJECT = """[project]
title = "总结"
year = 2023

[[table]]
name = "学校"
from = "input/学校.csv"
key = "学校代码"

[[table]]
name = "党支部"
from = "input/党支部.csv"

[[table]]
name = "照片"
from = "input/PHOTOS.csv"

[[link]]
from = "党支部.学校代码"
to = "学校.学校代码"

[[link]]
from = "照片.学校代码"
to = "学校.学校代码"

[[report]]
name = "school"
template = "TEMPLATE.md"
each = "学校"
output = "{{学校代码}}"
"""


def photo(width, height, seed):
    """Something with the detail of a photo, which compresses like one."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (width // 16, height // 16), chance.randbytes(width // 16 * (height // 16) * 3))
    smooth = small.filter(ImageFilter.GaussianBlur(2)).resize((width, height), Image.BICUBIC)
    noise = Image.frombytes("L", (512, 512), chance.randbytes(512 * 512)).resize((width, height))
    return Image.blend(smooth, Image.merge("RGB", [noise] * 3), 0.12)


def write(path, header, rows):
    path.write_text("\n".join([header] + [",".join(map(str, row)) for row in rows]) + "\n", encoding="utf-8")


def project(folder):
    chance = random.Random(1)
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("input/own", "input/camera"):
        (folder / name).mkdir(parents=True)
    codes = [f"{number:05}" for number in range(given.reports)]
    write(folder / "input/学校.csv", "学校代码,学校名称", [[code, f"云江市第{int(code) + 1}小学"] for code in codes])
    branches = [[code, f"第{branch + 1}党支部", chance.choice("赵钱孙李") + "某", chance.randint(3, 40), chance.randint(1, 30)]
                for code in codes for branch in range(6)]
    write(folder / "input/党支部.csv", "学校代码,支部名称,书记,党员,活动", branches)
    for number in range(PHOTOS):
        photo(4000, 3000, number).save(folder / f"input/camera/{number}.jpg", quality=90)
    master = [photo(690, 518, 100 + number) for number in range(8)]
    own, camera = [], []
    for at, code in enumerate(codes):
        for picture in range(4):
            # each file is another one
            image = master[(at + picture) % 8].copy()
            image.putpixel((at % 690, picture), (255, 0, 0))
            image.save(folder / f"input/own/{code}-{picture}.jpg", quality=85, comment=f"{code}-{picture}")
            own.append([code, f"own/{code}-{picture}.jpg", f"活动{picture + 1}"])
            camera.append([code, f"camera/{(at + picture) % PHOTOS}.jpg", f"活动{picture + 1}"])
    write(folder / "input/own.csv", "学校代码,文件,说明", own)
    write(folder / "input/camera.csv", "学校代码,文件,说明", camera)
    for name, text in (("text", TEXT), ("charts", TEXT + CHARTS), ("all", TEXT + CHARTS + PICTURES)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def cost(folder, template, photos, options=()):
    """The least processor time of a build, in seconds, and the bytes of its files."""
    settings = PROJECT.replace("TEMPLATE", template).replace("PHOTOS", photos)
    (folder / "huibao.toml").write_text(settings, encoding="utf-8")
    found = []
    for _ in range(given.rounds):
        shutil.rmtree(folder / "out", ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([given.program, "build", "--fonts", "carried", *options], cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    size = sum(file.stat().st_size for file in (folder / "out").rglob("*.*") if file.suffix in (".pdf", ".docx"))
    return min(found), size


def main():
    project(given.folder)
    plain = None
    for name, template, photos in [("text alone", "text", "own"), ("two charts", "charts", "own"),
                                   ("four small pictures, two charts", "all", "own"), ("four camera photos, two charts", "all", "camera")]:
        seconds, size = cost(given.folder, template, photos)
        plain = plain or seconds
        print(f"{name}: {seconds / given.reports * 1000:.2f} ms a report, {seconds / plain:.2f} x, {size / given.reports / 1024:.0f} KiB", flush=True)
        if photos == "camera":
            # all photos are in the first twenty reports
            first, _ = cost(given.folder, template, photos, [part for at in range(PHOTOS) for part in ("--only", f"{at:05}")])
            rest = (seconds - first) / (given.reports - PHOTOS)
            print(f"  {first:.2f} s of it for twenty reports, in which each photo is scaled; the others {rest * 1000:.2f} ms, {rest / (plain / given.reports):.2f} x")


main()
