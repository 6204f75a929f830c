"""Documents of content made by chance: templates of one project, the same for the same seed."""

import random
import shutil

NOUNS = """党支部 学校 党员 教师 学生 干部 制度 台账 会议 活动 方案 计划 任务 责任 措施 经费 项目 课程 教室 图书 设备 网络 平台 数据 报告 材料
 档案 督导 考核 评比 培训 讲座 调研 走访 慰问 帮扶 志愿服务 主题党日 组织生活会 民主评议 发展对象 入党积极分子 领导班子 意识形态 党风廉政 师德师风
 教研组 年级组 工会 团委 少先队 家长委员会 社区 街道 区县 教育局 教育工委 组织部""".split()
VERBS = """开展 组织 推进 落实 完善 建立 健全 加强 深化 检查 整改 总结 学习 宣传 研究 部署 安排 督促 指导 协调 配合 参加 完成 提高 增强 巩固 拓展
 创新 优化 规范 明确 制定 修订 印发 报送 汇总 核对 公示 通报 表彰 奖励""".split()
ADVERBS = "认真 扎实 全面 深入 切实 进一步 积极 主动 及时 严格 逐项 分类 统一 稳步 持续 有序 按时 共同 分别 集中".split()
LATIN = "Excel Word PDF A4 Wi-Fi STEM AI App ISO 9001 GB/T 9704-2012 OECD Internet Python C++ e-mail PISA U盘 3D 5G X光 VR QQ H5 T恤 CPU".split(" ")
UNITS = "人 个 所 次 份 件 名 项 期 场 间 台 册 万元 亿元 平方米 公里 小时 天 个百分点 % ％ ℃ km kg m² MB".split()
NAMES = "云江市 东城区 西湖区 临川县 第一中学 实验小学 职业技术学院 青山 白云 江北 明德 育才 新华 光明 和平 胜利".split()
DOCUMENTS = "关于加强基层党组织建设的意见 年度工作要点 教师职业行为准则 校园安全管理办法 党员教育管理工作条例 “十四五”教育发展规划".split()
RARE = "堃 喆 玥 㛃 䶮 燊 淼 镕".split()


# What follows the words of a phrase, by a number from 0 to 1: the first whose bound it is below.
FURTHER = [
    (0.10, lambda text: f"“{text.one(NOUNS)}{text.one(NOUNS)}”"),
    (0.16, lambda text: f"《{text.one(DOCUMENTS)}》"),
    (0.30, lambda text: text.number()),
    (0.38, lambda text: text.one(LATIN) + text.one(NOUNS)),
    (0.42, lambda text: f"（{text.one(NOUNS)}、{text.one(NOUNS)}）"),
    (0.44, lambda text: f"——{text.one(NOUNS)}"),
    (0.46, lambda text: f"{text.one(NOUNS)}……"),
    (0.48, lambda text: f"**{text.one(NOUNS)}{text.number()}**"),
    (0.49, lambda text: f"*{text.one(NOUNS)}*"),
    (0.50, lambda text: f" {text.one(LATIN)} {text.one(LATIN)} "),
    (0.505, lambda text: text.one(RARE)),
    (0.52, lambda text: f"{text.one(NAMES)}·{text.one(NAMES)}"),
    (0.54, lambda text: f"“{text.one(NOUNS)}‘{text.one(NOUNS)}’{text.one(NOUNS)}”"),
    (0.55, lambda text: f"(No.{text.chance.randrange(1, 999)}, {text.one(LATIN)})"),
]


class Writer:
    """Makes text by chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def one(self, words):
        return self.chance.choice(words)

    def rarely(self, part):
        return self.chance.random() < part

    def number(self):
        kind = self.chance.randrange(7)
        if kind == 0:
            return f"{self.chance.randrange(1, 100)}.{self.chance.randrange(10)}%"
        if kind == 1:
            return f"{self.chance.randrange(2015, 2026)}年{self.chance.randrange(1, 13)}月{self.chance.randrange(1, 29)}日"
        if kind == 2:
            return f"{self.chance.randrange(1, 2000):,}{self.one(UNITS)}"
        if kind == 3:
            return f"{self.chance.uniform(0, 5000):.2f}{self.one(UNITS)}"
        if kind == 4:
            return f"第{self.chance.randrange(1, 40)}届"
        if kind == 5:
            return f"云教发〔{self.chance.randrange(2018, 2026)}〕{self.chance.randrange(1, 99)}号"
        return f"{self.chance.randrange(1, 99)}{self.one(UNITS)}"

    def phrase(self):
        text = self.one(ADVERBS) * self.rarely(0.5) + self.one(VERBS) + self.one(NOUNS)
        chance = self.chance.random()
        return text + next((write(self) for below, write in FURTHER if chance < below), "")

    def sentence(self):
        phrases = [self.phrase() for _ in range(self.chance.randrange(1, 6))]
        return "".join(phrase + self.one("，，，，、；：") for phrase in phrases[:-1]) + phrases[-1] + self.one("。。。。。。！？；")

    def paragraph(self, most=8):
        text = "".join(self.sentence() for _ in range(self.chance.randrange(1, most + 1)))
        return "".join(text[:-1] + "。" if text[-1] in "；" else text)

    def title(self):
        text = "".join(self.one(VERBS) + self.one(NOUNS) for _ in range(self.one([1, 1, 2, 2, 3])))
        return text + (f"{self.chance.randrange(2018, 2026)}" if self.rarely(0.1) else "")

    def cell(self, kind):
        if kind == "number":
            return self.one([str(self.chance.randrange(5000)), f"{self.chance.uniform(0, 999):.1f}", f"{self.chance.randrange(99999):,}", "—"])
        if kind == "date":
            return f"{self.chance.randrange(2015, 2026)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
        if kind == "long":
            return self.phrase() + "，" + self.phrase()
        return self.one(NAMES) + self.one(NOUNS)

    def table(self, caption):
        kinds = ["text"] + [self.one(["number", "number", "date", "text", "long"]) for _ in range(self.chance.randrange(1, 6))]
        lines = [f"题：{caption}", ""] if self.rarely(0.8) else []
        lines.append("| " + " | ".join(self.one(NOUNS) + str(at) for at in range(len(kinds))) + " |")
        lines.append("|" + "|".join("---:" if kind == "number" else "---" for kind in kinds) + "|")
        for _ in range(self.one([2, 3, 5, 8, 12, 30])):
            lines.append("| " + " | ".join(self.cell(kind) for kind in kinds) + " |")
        if self.rarely(0.3):
            lines += ["", f"注：{self.sentence()}"]
        return "\n".join(lines)

    def list(self):
        numbered = self.rarely(0.5)
        lines = []
        for at in range(self.chance.randrange(2, 7)):
            lines.append(("1. " if numbered else "- ") + self.paragraph(2))
            if self.rarely(0.15):
                lines += [("   - " if numbered else "  - ") + self.sentence() for _ in range(2)]
        return "\n".join(lines)

    def body(self, blocks):
        """So many blocks: paragraphs, headings, tables, lists, quotes, notes, references."""
        parts, notes, titles = [], [], []
        level = 0
        for at in range(blocks):
            kind = self.chance.random()
            if kind < 0.25:
                level = self.chance.randrange(1, min(level + 1, 4) + 1)
                title = self.title() + f"之{at + 1}"
                titles.append(title)
                parts.append("#" * level + " " + title)
            elif kind < 0.33:
                caption = self.one(NAMES) + self.title() + f"情况{at + 1}"
                parts.append(self.table(caption))
                if parts[-1].startswith("题"):
                    titles.append(caption)
            elif kind < 0.40:
                parts.append(self.list())
            elif kind < 0.42:
                parts.append("> " + self.paragraph(2))
            elif kind < 0.43:
                parts.append("---")
            else:
                text = self.paragraph()
                if self.rarely(0.06):
                    notes.append(f"[^{at}]: {self.sentence()}")
                    text = text[:-1] + f"[^{at}]" + text[-1]
                if titles and self.rarely(0.05):
                    text += f"见[](#{self.one(titles)})。"
                parts.append(text)
        if not any(part[0] not in "#-" for part in parts[-1:]):
            parts.append(self.paragraph())
        return "\n\n".join(parts + notes) + "\n"

    def head(self, number, style):
        lines = [f"标题：{self.one(NAMES)}{self.title()}{self.one(['总结', '报告', '通报', '情况汇报'])}", f"样式：{style}"]
        if self.rarely(0.3):
            lines.append(f"副标题：{self.one(NAMES)}")
        if self.rarely(0.4):
            lines.append(f"主送：{self.one(NAMES)}，{self.one(NAMES)}")
        if self.rarely(0.5):
            lines += [f"署名：{self.one(NAMES)}教育局", f"日期：2024年{self.chance.randrange(1, 13)}月{self.chance.randrange(1, 29)}日"]
        if style.startswith("gongwen") and self.rarely(0.3):
            lines += ["发文机关标志：云江市教育局文件", f"发文字号：云教发〔2024〕{number}号"]
            if self.rarely(0.5):
                lines += ["抄送：" + "，".join(self.one(NAMES) + self.one(NOUNS) for _ in range(6)), "印发机关：云江市教育局办公室", "印发日期：2024年3月1日"]
        if self.rarely(0.15):
            lines.append("目录：3级、表")
        return "---\n" + "\n".join(lines) + "\n---\n\n"


def project(folder, count, seed, styles, picture):
    """Writes a project with a template for each document."""
    settings = ['[project]\ntitle = "生成的文档"\nstyle = "plain"\n', '[[table]]\nname = "表"\nfrom = "表.csv"\n']
    (folder / "表.csv").write_text("名称,数\n甲,1\n乙,2\n", encoding="utf-8")
    shutil.copy(picture, folder / "照片.png")
    for at in range(count):
        style = styles[at % len(styles)]
        writer = Writer(f"{seed} {at}")
        body = writer.body(writer.one([1, 2, 4, 8, 12, 20, 20, 40, 60]))
        if writer.rarely(0.1):
            body += '\n{{图片 "照片.png" 宽="60mm" 题="一张照片"}}\n'
        name = f"{at:03} {style.removesuffix('.toml')}"
        (folder / f"{name}.md").write_text(writer.head(at + 1, style) + body, encoding="utf-8")
        settings.append(f'[[report]]\nname = "r{at}"\ntemplate = "{name}.md"\noutput = "{name}"\nformats = ["docx", "pdf"]\n')
    (folder / "huibao.toml").write_text("\n".join(settings), encoding="utf-8")
