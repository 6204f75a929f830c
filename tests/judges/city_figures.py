#!/usr/bin/env python3
"""Recomputes every figure of the city report from the workbooks and compares: city_figures.py INPUT_DIR CITY.docx

Reads the workbooks with openpyxl by a reading of headers of its own. Each sentence is a pattern whose groups are the
figures; each table is compared cell by cell. A digit that no pattern, table or quoted cell accounts for is an error.
"""
import io
import re
import sys
import tomllib
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import openpyxl


def rows(path, sheet=None):
    """Rows as dictionaries; the header is the first row with three words or more, and the row below where it is merged."""
    book = openpyxl.load_workbook(path, data_only=True)
    page = book[sheet] if sheet else book.worksheets[0]
    grid = list(page.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(grid) if sum(isinstance(cell, str) for cell in row) >= 3)
    header, first = list(grid[at]), at + 1
    if any(area.min_row == at + 1 and area.max_col > area.min_col for area in page.merged_cells.ranges):
        header, first = [below or above for above, below in zip(grid[at], grid[at + 1])], at + 2
    return [dict(zip(header, row)) for row in grid[first:] if row[0] not in (None, "合计")]


def total(table, column):
    return sum(row[column] or 0 for row in table)


def having(table, test):
    return sum(1 for row in table if test(row))


def rounded(value, digits):
    return str(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def mean(table, column, digits):
    found = [Decimal(str(row[column])) for row in table if row[column] is not None]
    return rounded(sum(found) / len(found), digits)


def share(part, whole):
    return rounded(Decimal(part) * 100 / Decimal(whole), 1) + "%" if whole else "—"


def groups(table, column):
    found = {}
    for row in table:
        found.setdefault(row[column], []).append(row)
    return found


def month(value):
    numbers = re.findall(r"\d+", value) if isinstance(value, str) else (value.year, value.month)
    return "{}年{}月".format(*map(int, numbers[:2]))


def expected(folder):
    """The sentences (name, pattern, figures), the tables, and the cells that the report quotes."""
    base, cadres, effect = folder / "基本情况.xlsx", folder / "干部队伍.xlsx", folder / "作用发挥.xlsx"
    districts, schools, years = rows(base, "区县"), rows(base, "学校"), rows(base, "历年")
    branches = [row for path in sorted((folder / "党支部").glob("*.xlsx")) for row in rows(path)]
    leaders, trainings, posts = rows(cadres, "班子建设"), rows(cadres, "培训"), rows(cadres, "选拔任用")
    scores, private = rows(folder / "五好评分.xlsx"), rows(folder / "民办学校调查.xlsx")
    stories, volunteers, prizes = rows(effect, "事迹"), rows(effect, "志愿服务"), rows(effect, "创新奖")
    district_of = {row["学校代码"]: row["区县"] for row in schools}
    facts = tomllib.loads((folder.parent / "huibao.toml").read_text("utf-8"))["project"]
    year = str(facts["year"])

    members, before = total(schools, "党员总数"), total(schools, "上年党员总数")
    assert members == total(branches, "党员总数"), "branches and schools disagree on members"
    assert members == total(branches, "正式党员") + total(branches, "预备党员"), "full and probationary do not add up"
    change = "与上年持平" if members == before else f"较上年{'增加' if members > before else '减少'}{abs(members - before)}人"
    terms = [row for row in leaders if row["任期制"] == "实行"]
    rising = [row for row in scores if row["上年总分"] is not None]
    rise = [Decimal(str(row["总分"])) - Decimal(str(row["上年总分"])) for row in rising]
    late = having(branches, lambda row: row["换届情况"] == "逾期未换届")
    fallen, small = sum(gain < 0 for gain in rise), having(branches, lambda row: row["正式党员"] < 3)
    covered, bare = having(branches, lambda row: row["示范岗数"] >= 1), having(branches, lambda row: row["示范岗数"] == 0)
    missing = having(schools, lambda row: row["上年党员总数"] is None)
    due, done = total(leaders, "应轮训干部"), total(leaders, "已轮训干部")
    moving, moved = total(private, "应转组织关系"), total(private, "已转组织关系")
    admonished = total(leaders, "诫勉人次")
    number, words = r"(-?[\d.]+%?)", r"([^。]*)"

    sentences = [
        ("年度", r"(\d+)年，全市教育系统各级", [year]),
        ("学校", f"年末全市{number}个区县共有学校{number}所", [len(districts), len(schools)]),
        ("支部", f"设党支部{number}个，有党员{number}人，([^，]*)，", [len(branches), members, change]),
        ("正式预备", f"其中正式党员{number}人、预备党员{number}人", [total(branches, "正式党员"), total(branches, "预备党员")]),
        ("中心组", f"中心组集中学习{number}次，校均{number}次",
         [total(leaders, "中心组学习次数"), mean(leaders, "中心组学习次数", 1)]),
        ("轮训", f"应轮训干部{number}人，已轮训{number}人，覆盖面{number}", [due, done, share(done, due)]),
        ("任期制合计", f"全市实行任期制的学校共{number}所", [len(terms)]),
        ("规划", f"按照({re.escape(facts['规划'])})", [facts["规划"]]),
        ("考评", f"每项20分。全市参评学校{number}所，平均{number}分，90分以上的{number}所",
         [len(scores), mean(scores, "总分", 1), having(scores, lambda row: row["总分"] >= 90)]),
        ("升降", f"得分提高的{number}所、持平的{number}所", [sum(gain > 0 for gain in rise), sum(gain == 0 for gain in rise)]),
        ("民主生活会", f"召开民主生活会{number}次，各支部开展谈心谈话{number}人次；提醒谈话{number}人次",
         [total(leaders, "民主生活会次数"), total(branches, "谈心谈话人次"), total(leaders, "提醒谈话人次")]),
        ("三会一课", f"落实“三会一课”{number}次、主题党日{number}次、组织生活会{number}次",
         [total(branches, name) for name in ("三会一课次数", "主题党日次数", "组织生活会次数")]),
        ("换届", f"本年完成换届的支部{number}个", [having(branches, lambda row: row["换届情况"] == "按期换届")]),
        ("示范岗", f"责任区{number}个，设立党员示范岗{number}个，设岗支部{number}个，覆盖面{number}",
         [total(branches, "责任区数"), total(branches, "示范岗数"), covered, share(covered, len(branches))]),
        ("发展党员", f"({re.escape(facts['发展周期'])})，发展党员{number}人；年末有申请入党人{number}人、入党积极分子{number}人、发展对象{number}人",
         [facts["发展周期"]] + [total(branches, name) for name in ("本期发展", "申请入党人", "入党积极分子", "发展对象")]),
        ("署名日期", r"(\d+年\d+月\d+日)$", ["{}年{}月{}日".format(*map(int, facts["日期"].split("-")))]),
    ]
    optional = [
        (missing, "上年未报", f"另有{number}所学校为本年新设", [missing]),
        (len(private), "民办", f"，其中民办学校{number}所；", [len(private)]),
        (len(trainings), "培训", f"培训班{number}期，培训{number}人次，其中{words}。",
         [len(trainings), total(trainings, "参训人数"),
          "，".join(f"{key}{len(of)}期{total(of, '参训人数')}人次" for key, of in groups(trainings, "培训对象").items())]),
        (due - done, "补训", f"其余{number}人转入", [due - done]),
        (len(posts), "选任", f"校级干部和校长助理{number}名，其中{words}。",
         [len(posts), "、".join(f"{'聘任' if way == '校长助理' else '经'}{way}{len(of)}名" for way, of in groups(posts, "选任方式").items())]),
        (any(row["任期制"] == "全面推行" for row in districts), "任期制", f"任期目标责任制的有{words}。",
         ["、".join(f"{row['区县名称']}（{having(terms, lambda term, name=row['区县名称']: district_of[term['学校代码']] == name)}所学校）"
                    for row in districts if row["任期制"] == "全面推行")]),
        (fallen, "下降", f"、下降的{number}所", [fallen]),
        (len(scores) - len(rising), "无上年得分", f"另有{number}所无上年得分", [len(scores) - len(rising)]),
        (len(prizes), "创新奖", f"评出获奖项目{number}个", [len(prizes)]),
        (admonished, "诫勉", f"，诫勉{number}人次", [admonished]),
        (late, "逾期", f"，逾期未换届的{number}个", [late]),
        (len(volunteers), "志愿", f"青年志愿服务队{number}支，志愿者{number}人，开展服务{number}次",
         [len(volunteers), total(volunteers, "志愿者人数"), total(volunteers, "服务次数")]),
        (len(private), "民办调查", f"逐校调查民办学校{number}所，已建党组织{number}所",
         [len(private), having(private, lambda row: row["党组织"] == "已建")]),
        (len(private), "民办党员", f"在校党员{number}人，其中60岁以上{number}人", [total(private, "在校党员"), total(private, "60岁以上党员")]),
        (moving, "转接", f"应转组织关系{number}人，已转{number}人，占{number}。", [moving, moved, share(moved, moving)]),
        (len(private), "工会", f"工会的{number}所、共青团组织的{number}所",
         [having(private, lambda row: row["工会"] == "已建"), having(private, lambda row: row["共青团"] == "已建")]),
        (len(private), "五个结合", f"五项全部落实的{number}所", [having(private, lambda row: row["五个结合"] == 5)]),
        (len(private), "考核", f"年终考核，结果为{words}。",
         ["、".join(f"{grade}{len(of)}所" for grade, of in groups(private, "考核等次").items())]),
        (small, "不足3人", f"正式党员不足3人的支部有{number}个", [small]),
        (late, "逾期支部", f"逾期未换届的支部有{number}个", [late]),
        (bare, "未设示范岗", f"没有设示范岗的支部有{number}个", [bare]),
        (fallen, "得分下降", f"考评得分下降的学校有{number}所", [fallen]),
        (having(private, lambda row: row["党组织"] == "未建" and row["组建条件"] == "具备"), "具备未建", f"而未建的{number}所",
         [having(private, lambda row: row["党组织"] == "未建" and row["组建条件"] == "具备")]),
    ]
    sentences += [(name, pattern, figures) for present, name, pattern, figures in optional if present]
    absent = [(name, pattern) for present, name, pattern, _ in optional if not present]

    def district_row(name, of_schools, of_branches):
        gain = total(of_schools, "党员总数") - total(of_schools, "上年党员总数")
        young = share(total(of_branches, "35岁以下"), total(of_branches, "党员总数"))
        return [name, len(of_schools), len(of_branches), total(of_schools, "党员总数"), gain, young]

    by_district = [district_row(name, [row for row in schools if row["区县"] == name],
                                [row for row in branches if district_of[row["学校代码"]] == name])
                   for name in (row["区县名称"] for row in districts)]
    seeking = ("申请入党人", "入党积极分子", "发展对象", "本期发展")
    survey = ("在校党员", "60岁以上党员", "应转组织关系", "已转组织关系")
    goods = ("领导班子", "党员队伍", "工作机制", "发展业绩", "群众反映")
    def plain_mean(column):
        found = [row[column] for row in scores if row[column] is not None]
        return round(sum(found) / len(found), 6)

    charts = {
        "各区县党员人数": [["区县名称", "上年", "本年"]] + [
            [name] + [total([row for row in schools if row["区县"] == name], column) for column in ("上年党员总数", "党员总数")]
            for name in (row["区县名称"] for row in districts)],
        "“五个好”各项平均得分": [[None, "本年", "上年"]] + [
            [good + "好", plain_mean(good), plain_mean("上年" + good)] for good in goods],
        "历年党员人数": [["年度", "党员总数"]] + [[str(row["年度"]), row["党员总数"]] for row in years],
    }
    tables = {
        "区县": by_district + [district_row("合计", schools, branches)],
        "项目": [[good + "好", mean(scores, good, 2), mean(scores, "上年" + good, 2)] for good in goods],
        "支部类型": [[kind, len(of)] + [total(of, name) for name in seeking] for kind, of in groups(branches, "支部类型").items()],
    }
    if trainings:
        tables["培训班名称"] = [[row["培训班名称"], row["主办单位"], month(row["开班时间"]), row["天数"], row["参训人数"]] for row in trainings]
        tables["培训班名称"].append(["合计", "", "", total(trainings, "天数"), total(trainings, "参训人数")])
    if private:
        tables["办学类型"] = [[kind, len(of)] + [total(of, name) for name in survey] for kind, of in groups(private, "办学类型").items()]
    quoted = [row["事迹"] for row in stories if row["选用"] == "全市"] + [row["特色做法"] for row in districts if row["特色做法"]]
    quoted += [row["学校名称"] for row in schools] + [row["项目名称"] for row in prizes]
    quoted += [row[name] for row in volunteers for name in ("服务队名称", "荣誉") if row[name]]
    title = f"{year}年{facts['title']}"
    return title, sentences, absent, tables, charts, quoted


def charted(report):
    """What the workbooks behind the charts of a Word file hold, by the captions below the charts."""
    document = docx.Document(report)
    found, waiting = {}, None
    for line in document.paragraphs:
        chart = next(line._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"), None)
        if chart is not None:
            part = document.part.related_parts[chart.get(docx.oxml.ns.qn("r:id"))]
            book = next(iter(part.rels.values())).target_part.blob
            rows = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
            waiting = [[round(cell, 6) if isinstance(cell, float) else cell for cell in row] for row in rows]
        elif waiting is not None:
            found[re.sub(r"^图\d+|\s", "", line.text)] = waiting
            waiting = None
    return found


def check(folder, report):
    document = docx.Document(report)
    lines = [re.sub(r"\s", "", line.text) for line in document.paragraphs]
    lines = [line for line in lines if line]
    title, sentences, absent, tables, charts, quoted = expected(folder)
    wrong, checked = [], 0

    def compare(name, want, found):
        nonlocal checked
        checked += 1
        if str(want) != str(found):
            wrong.append(f"{name}\texpected {want}\tfound {found}")

    compare("title", title, lines[0] if lines else "")
    body = "\n".join(lines[1:])
    known = bytearray(len(body))
    for name, pattern, figures in sentences:
        hits = list(re.finditer(pattern, body))
        if len(hits) != 1:
            wrong.append(f"{name}\texpected one sentence {pattern}\tfound {len(hits)}")
        for hit in hits:
            known[hit.start():hit.end()] = b"x" * (hit.end() - hit.start())
            for want, found in zip(figures, hit.groups(), strict=True):
                compare(name, want, found)
    for name, pattern in absent:
        if re.search(pattern, body):
            wrong.append(f"{name}\texpected no sentence {pattern}\tfound one")
    for text in quoted:
        for hit in re.finditer(re.escape(re.sub(r"\s", "", text)), body):
            known[hit.start():hit.end()] = b"x" * (hit.end() - hit.start())
    for kind in "表图":
        for count, hit in enumerate(re.finditer(rf"(?m)^{kind}(\d+)", body), 1):
            compare("number of a caption", count, hit[1])
            known[hit.start():hit.end()] = b"x" * (hit.end() - hit.start())
    for hit in re.finditer(r"[0-9０-９]+(?:\.[0-9]+)?", body):
        if not all(known[hit.start():hit.end()]):
            wrong.append(f"unaccounted\t{hit[0]}\tin …{body[max(0, hit.start() - 12):hit.end() + 8]}…".replace("\n", "/"))

    shown = charted(report)
    compare("captions of charts", sorted(charts), sorted(shown))
    for name in charts.keys() & shown.keys():
        compare(f"chart {name}", charts[name], shown[name])

    seen = Counter()
    for table in document.tables:
        found = [[re.sub(r"\s", "", cell.text) for cell in row.cells] for row in table.rows]
        name = found[0][0]
        seen[name] += 1
        if name not in tables:
            wrong.append(f"table {name}\tnot expected")
            continue
        want = tables[name]
        compare(f"rows of table {name}", len(want), len(found) - 1)
        ages = {"区县": ["35岁以下占比"], "办学类型": ["60岁以上"]}.get(name, [])
        compare(f"numbers in the header of table {name}", ages, [cell for cell in found[0] if re.search(r"\d", cell)])
        for left, right in zip(want, found[1:]):
            for at, (cell, shown) in enumerate(zip(left, right, strict=True)):
                compare(f"table {name}, {left[0]}, column {at + 1}", cell, "" if cell == "" and shown == "—" else shown)
    for name in tables:
        if seen[name] != 1:
            wrong.append(f"table {name}\texpected once\tfound {seen[name]}")
    return wrong, checked


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: city_figures.py INPUT_DIR CITY.docx")
    wrong, checked = check(Path(sys.argv[1]), sys.argv[2])
    print("\n".join(wrong) if wrong else f"{checked} figures agree")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
