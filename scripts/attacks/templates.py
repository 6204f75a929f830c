"""Templates that loop, hold and nest without end, and settings of that kind."""

from made import *

@several("loops", {
    "text": "{{#each 全部.表}}{{#each 全部.表}}字{{/each}}{{/each}}",
    "text_empty": "{{#each 全部.表}}{{#each 全部.表}}{{/each}}{{/each}}",
    "text_lines": "{{#each 全部.表}}\n{{#each 全部.表}}\n\n字\n\n{{/each}}\n{{/each}}",
    "text_sums": "{{#each 全部.表}}{{合计 全部.表.代码}}{{/each}}",
    "text_groups": "{{#each 全部.表}}{{#each (分组 全部.表 \"代码\")}}{{键}}{{/each}}{{/each}}",
    "text_sorted": "{{#each 全部.表}}{{#each (前 (排序 全部.表 \"代码\") 1)}}{{值}}{{/each}}{{/each}}",
    "text_ranks": "{{#each 全部.表}}{{排名 全部.表.代码 代码}}，{{/each}}",
    "text_found": "{{#each 全部.表}}{{计数 (筛选 全部.表 值=\"乙\")}}{{/each}}",
    "text_distinct": "{{#each 全部.表}}{{不同 全部.表.代码}}{{/each}}",
    "text_joined": "{{#each 全部.表}}{{顿号连接 全部.表.值}}{{/each}}",
})
def loops(folder, template):
    return project(folder, template, rows=rows(10_000))


@several("loops_word", {
    "text": paragraph("{{#each 全部.表}}{{#each 全部.表}}字{{/each}}{{/each}}"),
    "paragraphs": paragraph("{{#each 全部.表}}") + paragraph("{{#each 全部.表}}") + paragraph("字") + paragraph("{{/each}}") * 2,
    "rows": "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" + "".join(f"<w:tr><w:tc>{paragraph(text)}</w:tc></w:tr>" for text in
            ["{{#each 全部.表}}", "{{#each 全部.表}}", "{{值}}", "{{/each}}", "{{/each}}"]) + "</w:tbl>",
    "sections": paragraph("{{#each 全部.表}}") + "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + paragraph("{{/each}}"),
})
def loops_word(folder, body):
    return word_project(folder, body, rows=rows(10_000))


@several("large_value", {"text": "{{#each 全部.表}}{{大}}{{/each}}", "paragraphs": "{{#each 全部.表}}\n\n{{大}}\n\n{{/each}}", "table": "{{表格 全部.表 列=\"大，值\"}}",
                         "compared": "{{#each 全部.表}}{{#if (等于 大 \"a\")}}{{/if}}{{/each}}", "markdown": "{{#each 全部.表}}\n{{标记文本 大}}\n{{/each}}"})
def large_value(folder, template):
    """10 MB in 10,000 places, over a link."""
    (folder / "大.csv").write_text("名,大\n甲," + "字" * 3_300_000 + "\n", "utf-8")
    more = '[[table]]\nname = "大表"\nfrom = "大.csv"\nkey = "名"\n[[link]]\nfrom = "表.值"\nto = "大表.名"\n'
    return project(folder, template.replace("{{大}}", "{{大表.大}}").replace(" 大", " 大表.大").replace("大，", "大表.大，"), rows=rows(10_000), more=more)


@attack
def large_value_word(folder):
    return large_value(folder, "") and word_project(
        folder, paragraph("{{#each 全部.表}}{{大表.大}}{{/each}}"), rows=rows(10_000),
        more='[[table]]\nname = "大表"\nfrom = "大.csv"\nkey = "名"\n[[link]]\nfrom = "表.值"\nto = "大表.名"\n')


@several("include", {"itself": ["{{include \"0.md\"}}"], "fan": [f"{{{{include \"{at + 1}.md\"}}}}\n\n" * 300 for at in range(7)],
                     "chain": [f"{{{{include \"{at + 1}.md\"}}}}" for at in range(1000)],
                     "loop": ["{{#each 全部.表}}\n{{include \"1.md\"}}\n{{/each}}", "{{#if (等于 1 2)}}字{{/if}}" * 30_000],
                     "loop_loops": ["{{#each 全部.表}}\n{{include \"1.md\"}}\n{{/each}}", "{{#each 全部.表}}\n{{include \"2.md\"}}\n{{/each}}", "字"]})
def include(folder, files):
    for at, text in enumerate(files):
        (folder / f"{at}.md").write_text(text, "utf-8")
    return project(folder, None, "0.md", rows=rows(10_000))


@several("include_word", {"itself": ["{{include \"0.docx\"}}"], "fan": [f"{{{{include \"{at + 1}.docx\"}}}}" for at in range(4)],
                          "loop": ["{{#each 全部.表}}", "字"]})
def include_word(folder, files):
    for at, text in enumerate(files):
        body = paragraph(text) * (300 if "include" in text else 1)
        if "each" in text:
            body = paragraph(text) + paragraph("{{include \"1.docx\"}}") + paragraph("{{/each}}")
        package(word_parts(body), folder / f"{at}.docx")
    if len(files) == 4:
        package(word_parts(paragraph("字") * 1000), folder / "4.docx")
    return project(folder, None, "0.docx", rows=rows(10_000))


MARKDOWN = {"square": "[", "star": "*", "quote": ">", "quote_lines": "> > > > > > > > \n", "backtick": "`a``b", "pipe": "|", "table": "|a|b|\n|-|-|\n", "picture": "![a](", "angle": "<", "heading": "# a\n",
            "list": "- ", "list_lines": "- a\n  ", "tilde": "~~a", "ampersand": "&amp;", "bold": "**a ", "link": "[a](b", "link_links": "[a](<b", "reference": "[a]: b\n", "reference_used": "[a][", "underline": "_a ", "backslash": "\\",
            "entity": "&#1;", "html": "<a b=", "comment": "<!--", "line_feed": "\n", "tab": "\t", "rule": "---\n", "number": "1. ", "dollar": "$a", "brace": "{", "braces": "{{", "caption": "题：a\n", "note": "注：a\n", "autolink": "http://a.", "mail": "a@", "star_mixed": "*a_ ", "nested_emphasis": "*a **a "}


@several("markdown", MARKDOWN)
def markdown(folder, piece):
    return project(folder, piece * (1_000_000 // len(piece)))


@several("markdown_value", MARKDOWN)
def markdown_value(folder, piece):
    value = piece * (1_000_000 // len(piece))
    return project(folder, "{{#each 全部.表}}\n{{标记文本 值}}\n{{/each}}", rows='代码,值\n1,"' + value.replace('"', '""') + '"\n')


@several("picture", {"wide": (100_000, 100_000), "long": (4_000_000_000, 1), "false": (6_000, 6_000)})
def picture(folder, size):
    (folder / "a.png").write_bytes(png(*size))
    return project(folder, '{{图片 "a.png"}}')


@attack
def picture_word(folder):
    drawing = ('<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
               '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>')
    return convert(folder, drawing * 1000, further={"word/media/a.png": png(100_000, 100_000)}, relations=f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="media/a.png"/>')


@several("pattern", {"counted": "(a{1000}){1000}", "long": "(a|b)" * 100_000, "deep": "(" * 100_000 + ")" * 100_000, "unicode": r"(\\w{900}){9}", "backtracking": "(a*)*" * 50 + "b"})
def pattern(folder, pattern):
    return project(folder, "字", rows=rows(2000, "a" * 1000), more=f'[[column]]\nname = "表.值"\npattern = "{pattern}"\n')


@several("output", {"same": "a", "above": "../a", "far_above": "a/../../../../b", "root": "/tmp/huibao-attacked", "windows": "C:\\\\a", "device": "CON", "long": "a" * 10_000, "deep": "a/" * 5_000 + "a", "value": "{{值}}", "dots": "..", "blank": " ", "bell": "a\\u0007{{代码}}", "stream": "a:b{{代码}}"})
def output(folder, name):
    return project(folder, "字", rows=rows(3, "../../../b"), report=f'each = "表"\noutput = "{name}"\n')


@several("table", {"once": 1, "three_units": 3})
def table(folder, units):
    (folder / "大.csv").write_text("号,甲,乙,丙\n" + "".join(f"{at},一二三,{at * 7},四五六\n" for at in range(100_000)), "utf-8")
    return project(folder, "{{表格 全部.大表 列=\"号，甲，乙，丙\"}}", rows=rows(units), more='[[table]]\nname = "大表"\nfrom = "大.csv"\n', report='each = "表"\noutput = "{{代码}}"\nformats = ["docx", "pdf"]\n')


@several("format", {"number": '{{格式 代码 "%s"}}' % ("0" * 1_000_000), "decimals": '{{格式 代码 "0.%s"}}' % ("0" * 1_000_000), "thousands": '{{格式 代码 "%s"}}' % ("#,##" * 250_000), "date": '{{格式 "2023-01-01" "%s"}}' % ("yyyy" * 250_000),
                    "parts": '{{格式 代码 "%s"}}' % ("0;" * 500_000), "quotes": "{{格式 代码 '%s'}}" % ('"a"' * 300_000), "sections": '{{格式 代码 "%s"}}' % ("EEEE年" * 200_000), "digits": "{{四舍五入 代码 1000000000}}", "negative": "{{四舍五入 代码 -1000000000}}", "width": '{{图片 "a.png" 宽="%smm"}}' % ("9" * 100_000),
                    "numeral": "9" * 400_000, "tag_number": "{{加 %s 1}}" % ("9" * 1_000_000), "name": "{{%s}}" % ("名" * 300_000), "text": '{{等于 "%s" 1}}' % ("a" * 1_000_000), "arguments": "{{加 %s}}" % ("1 " * 300_000), "names": "{{a}}" * 200_000, "comment": "{{! %s }}" % ("a" * 1_000_000)})
def formats(folder, template):
    return project(folder, "{{#each 全部.表}}%s{{/each}}" % template)


@attack
def numbers(folder):
    tags = ["值", "合计 全部.表.值", "平均 全部.表.值", "中文数字 值", "中文数字 值 \"大写\"", "金额大写 值", "四舍五入 值 300", "千分位 值", "万元 值", "占比 值 1e-308", "同比 值 -1e308", "乘 值 值", "除 值 1e-300", "格式 值 \"#,##0.00\"", "格式 值 \"0.0%\"", "日期 值", "格式 值 \"yyyy\"", "前 表 值", "加 值 值 值"]
    lines = "\n\n".join("{{#each 全部.表}}{{%s}}{{/each}}" % tag for tag in tags)
    return project(folder, lines, rows="代码,值\n1,1e308\n2,-1e308\n3,1e308\n4,1e-320\n5,179769313486231570000000000000\n")


DEEP = 10_000


@several("deep", {"brackets": "{{%s代码%s}}" % ("(非 " * DEEP, ")" * DEEP), "blocks": "{{#if 代码}}" * DEEP + "{{/if}}" * DEEP, "each": "{{#each 表}}" * DEEP + "{{/each}}" * DEEP, "unclosed": "{{#if 代码}}" * DEEP, "closing": "{{/if}}" * DEEP, "else": "{{#if 代码}}" + "{{else if 代码}}" * DEEP + "{{/if}}",
                  "up": "{{%s代码}}" % ("../" * DEEP), "dots": "{{%s}}" % ("代码." * DEEP), "open": "{{" * DEEP, "columns": '{{表格 表 列="代码=%s代码%s"}}' % ("非(" * DEEP, ")" * DEEP)})
def deep(folder, template):
    return project(folder, template)


@several("deep_word", {"tables": "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000, "tables_few": "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60, "fields": '<w:p>' + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF 1 = 1 </w:instrText></w:r>' * 3000 + "</w:p>",
                       "controls": "<w:sdt><w:sdtContent>" * 150 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 150, "brackets": paragraph("{{%s代码%s}}" % ("(非 " * DEEP, ")" * DEEP)), "blocks": "".join(paragraph("{{#if 代码}}") for _ in range(DEEP)) + "".join(paragraph("{{/if}}") for _ in range(DEEP)),
                       "boxes": "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>" * 20 + "<w:p/>" + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>" * 20})
def deep_word(folder, body):
    return word_project(folder, body)


@several("deep_convert", {"tables": "<w:tbl><w:tr><w:tc>" * 60 + paragraph("字") + "</w:tc></w:tr></w:tbl>" * 60, "formulas": "<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>" + "<m:f><m:num>" * 90 + "<m:r><m:t>1</m:t></m:r>" + "</m:num></m:f>" * 90 + "</m:oMath></w:p>"})
def deep_convert(folder, body):
    return convert(folder, body)


@several("front", {"long": "标题：" + "字" * 300_000, "keys": "标题：字\n" * 50_000, "unknown": "".join(f"键{at}：字\n" for at in range(50_000)), "open": "标题：字\n" * 50_000 + "#", "tags": "标题：" + "{{项目.年度}}" * 50_000})
def front(folder, head):
    return project(folder, "---\n" + head + ("\n---\n\n字" if not head.endswith("#") else ""))


TOML = {"tables": "[" + ".".join(["a"] * DEEP) + "]\n", "arrays": "a = " + "[" * DEEP + "]" * DEEP + "\n", "inline": "a = " + "{a = " * DEEP + "1" + "}" * DEEP + "\n", "keys": "".join(f"k{at} = 1\n" for at in range(700_000)), "text": 'a = "' + "字" * 3_300_000 + '"\n', "array": "a = [" + "1," * 5_000_000 + "]\n", "headers": "[[column]]\n" * 900_000}


@several("style", TOML)
def style(folder, source):
    (folder / "s.toml").write_text(source, "utf-8")
    return project(folder, "---\n样式：s.toml\n---\n\n字")


@several("toml", TOML | {"reports": "".join(f'[[report]]\nname = "r{at}"\ntemplate = "表.md"\noutput = "o{at}"\n' for at in range(3000)), "tables_same": '[[table]]\nname = "甲"\nfrom = "表.csv"\n' * 5000, "links": '[[link]]\nfrom = "表.代码"\nto = "表.值"\n' * 5000,
                         "columns": "".join(f'[[column]]\nname = "表.列{at}"\nrequired = true\n' for at in range(5000)), "also": '[[column]]\nname = "表.值"\nalso = [' + ",".join(f'"名{at}"' for at in range(50_000)) + "]\n", "from": '[[table]]\nname = "甲"\nfrom = "' + "**/" * 5000 + '*"\n', "range": '[[column]]\nname = "表.值"\none_of = [' + ",".join(f'"名{at}"' for at in range(50_000)) + "]\n"})
def toml(folder, source):
    argv = project(folder, "字")
    with open(folder / "huibao.toml", "a", encoding="utf-8") as file:
        file.write(source)
    return ["check"] + argv[1:]


@attack
def chart(folder):
    """A chart of 100,000 points."""
    drawing = ('<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="5000000" cy="3000000"/>'
               '<wp:docPr id="1" name="c" descr="{{图表 数据=全部.表 分类=&quot;代码&quot; 数值=&quot;值&quot;}}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
               '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>')
    drawn = ('<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:cat><c:strRef><c:f>Sheet1!$A$2</c:f></c:strRef></c:cat>'
             '<c:val><c:numRef><c:f>Sheet1!$B$2</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>')
    types = '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
    relation = f'<Relationship Id="rId9" Type="{OFFICE}/chart" Target="charts/chart1.xml"/>'
    package(word_parts(drawing, further={"word/charts/chart1.xml": drawn}, types=types, relations=relation), folder / "表.docx")
    return project(folder, None, "表.docx", rows=rows(100_000, "7"))
