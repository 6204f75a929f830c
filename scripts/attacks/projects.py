"""Projects that are large."""

from made import *

@attack
def links_cycle(folder):
    (folder / "乙.csv").write_text("名,回\n" + "".join(f"甲{at},{at}\n" for at in range(5000)), "utf-8")
    more = '[[table]]\nname = "乙表"\nfrom = "乙.csv"\nkey = "名"\n[[link]]\nfrom = "表.值"\nto = "乙表.名"\n[[link]]\nfrom = "乙表.回"\nto = "表.代码"\n'
    return project(folder, "{{#each 乙表}}{{#each 表}}{{值}}{{/each}}{{/each}}", rows="代码,值\n" + "".join(f"{at},甲{at}\n" for at in range(5000)), more=more, report='each = "表"\noutput = "{{代码}}"\nformats = ["docx"]\n')


@attack
def links_itself(folder):
    return project(folder, "{{#each 表}}{{值}}{{/each}}", rows="代码,值\n" + "".join(f"{at},{(at + 1) % 5000}\n" for at in range(5000)), more='[[link]]\nfrom = "表.值"\nto = "表.代码"\n', report='each = "表"\noutput = "{{代码}}"\nformats = ["docx"]\n')


@attack
def units(folder):
    argv = project(folder, "{{值}}", rows=rows(100_000), report='each = "表"\noutput = "{{代码}}"\nformats = ["docx"]\n')
    return ["check"] + argv[1:]


@attack
def unit_errors(folder):
    """100,000 cells with errors, and rules that all fail."""
    return ["check"] + project(folder, "字", rows=rows(100_000, "#DIV/0!"), more='[[column]]\nname = "表.值"\nkind = "number"\nrequired = true\n')[1:]


@attack
def same_keys(folder):
    return ["check"] + project(folder, "字", rows="代码,值\n" + "1,甲\n" * 200_000)[1:]


@attack
def list_of_problems(folder):
    argv = project(folder, "字", rows=rows(200_000, "x"), more='[[column]]\nname = "表.值"\nkind = "number"\n', report='each = "表"\noutput = "{{代码}}"\nformats = ["docx"]\n')
    return ["check"] + argv[1:] + ["--xlsx", str(folder / "p.xlsx")]


@attack
def init_wide(folder):
    (folder / "a.csv").write_text(",".join(f"列{at}" for at in range(16_000)) + "\n" + "1," * 15_999 + "1\n", "utf-8")
    return ["init", str(folder / "a.csv"), "--to", str(folder / "new")]


@attack
def merge_rows(folder):
    (folder / "a.csv").write_text(rows(5000), "utf-8")
    package(word_parts(paragraph("{{值}}") * 100), folder / "t.docx")
    return ["merge", str(folder / "a.csv"), str(folder / "t.docx"), "--one", "-f", "pdf", "--out", str(folder / "out"), "--fonts", "carried"]


@attack
def starter_wide(folder):
    (folder / "a.csv").write_text(",".join(f"列{at}" for at in range(16_000)) + "\n" + "1," * 15_999 + "1\n", "utf-8")
    return ["merge", str(folder / "a.csv"), "--starter", str(folder / "t.docx")]
