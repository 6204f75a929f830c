//! The drafted project file.

use super::Facts;
use super::columns::Speller;
use super::guess::Unit;
use super::inner::Inner;
use super::names::toml_text;
use super::sources::Source;
use crate::diagnostic::{Language, Words};

/// The template of the report over everything.
pub(super) const OVERVIEW: &str = "templates/总报告.md";

/// The template of the reports on units.
pub(super) fn unit_template(facts: &Facts<'_>, unit: &Unit) -> String {
    format!("templates/{}.md", facts.dataset.tables[unit.table].name)
}

/// The text of huibao.toml.
pub(super) fn write(facts: &Facts<'_>, speller: &Speller<'_>) -> String {
    let mut text = String::from(
        "# 这份项目文件是照着工作簿起草的。以 # 开头的是说明，改完运行 huibao check 看看，huibao build 做报告。\n\n[project]\n",
    );
    text += &format!("title = {}\n", toml_text(&facts.title));
    match facts.year {
        Some(year) => text += &format!("year = {year}                         # 模板里写 {{{{项目.年度}}}}\n"),
        None => text += "# year = 2024                      # 写上年度，模板里就能用 {{项目.年度}}\n",
    }
    text += "# 自己加的项，比如 填报单位 = \"某某办公室\"，模板里写 {{项目.填报单位}}\n";
    tables(facts, &mut text);
    columns(facts, &mut text);
    links(facts, &mut text);
    reports(facts, speller, &mut text);
    text
}

fn tables(facts: &Facts<'_>, text: &mut String) {
    text.push_str("\n# 表：每张表叫什么、从哪些文件读。几个文件列名差不多，就合成一张表。key 是用来区分各行的列。\n");
    for (number, source) in facts.sources.iter().enumerate() {
        *text += &format!("\n[[table]]\nname = {}\n", toml_text(&source.name));
        files(source, text);
        if let Some(at) = &source.at {
            *text += &format!("at = {}                   # 这张工作表里有几张表，说的是这一张\n", toml_text(at));
        }
        if source.form {
            text.push_str("form = true                       # 登记表：一张工作表一条，左边或上面是名称\n");
        }
        let columns = &facts.dataset.tables[number].columns;
        let key: Vec<_> = facts.guesses.keys[number].iter().map(|column| toml_text(&columns[*column].name)).collect();
        match key.as_slice() {
            [] => match facts.guesses.nearly_keys[number] {
                Some(nearly) => {
                    let name = toml_text(&columns[nearly.column].name);
                    *text += &format!("# key = {name}   # {}；补齐以后去掉开头的 #\n", nearly.lacks());
                }
                None => text.push_str("# key =                            # 没有看出哪一列能区分各行\n"),
            },
            [key] => *text += &format!("key = {key}\n"),
            several => *text += &format!("key = [{}]\n", several.join(", ")),
        }
        let unit = facts.guesses.unit.as_ref().map(|unit| unit.table);
        let owed = facts.guesses.sound_links().find(|link| link.from == number && Some(link.to) == unit);
        if let Some(link) = owed {
            let unit = toml_text(&facts.dataset.tables[link.to].name);
            *text += &format!("# every = {unit}                  # 去掉开头的 #，就查谁还没有报这张表\n");
        }
        if let Some(problem) = &facts.wrong_cells[number] {
            let words = problem.message.in_language(Language::Chinese);
            *text += &format!(
                "wrong_cells = \"blank\"             # 有的单元格读不成该有的值，先当作空白。比如 {}\n",
                one_line(&format!("{}：{words}", problem.place))
            );
        }
        for inner in &facts.inner[number] {
            inside(inner, &source.name, text);
        }
    }
}

/// The files that a table is read from, and those that are kept out, each with the reason.
fn files(source: &Source, text: &mut String) {
    let kept_out = |(file, why): &(String, Words)| format!("{},   # 没有读：{}\n", toml_text(file), one_line(&why.zh));
    let (excepted, others): (Vec<_>, Vec<_>) = source.kept_out.iter().partition(|(file, _)| source.is_excepted(file));
    match source.from.as_slice() {
        [from] if others.is_empty() => *text += &format!("from = {}\n", toml_text(from)),
        several => {
            let from = several.iter().map(|from| format!("    {},\n", toml_text(from)));
            let others = others.into_iter().map(|file| format!("    # {}", kept_out(file)));
            *text += &format!("from = [\n{}]\n", from.chain(others).collect::<String>());
        }
    }
    let other_tables = source.others.iter().map(|file| format!("{},   # 这里面是别的表\n", toml_text(file)));
    let lines = other_tables.chain(excepted.into_iter().map(kept_out)).map(|line| format!("    {line}"));
    let lines: String = lines.collect();
    if !lines.is_empty() {
        *text += &format!("except = [\n{lines}]\n");
    }
}

/// A table inside forms: as a comment if it could not be read.
fn inside(inner: &Inner, form: &str, text: &mut String) {
    let mut lines = vec!["[[table]]".to_owned(), format!("name = {}", toml_text(&inner.name))];
    lines.push(format!("inside = {}             # 登记表里面的表，每行前面加上登记表的 key", toml_text(form)));
    lines.extend(inner.at.as_ref().map(|at| format!("at = {}", toml_text(at))));
    let mark = if inner.is_sound {
        text.push('\n');
        ""
    } else {
        text.push_str("# 登记表里面还有一张表，没有读成；去掉下面各行开头的 # 再运行 huibao check，看看是什么问题：\n");
        "# "
    };
    for line in lines {
        *text += &format!("{mark}{line}\n");
    }
}

/// Columns that go by another name in templates than in their sheets.
fn columns(facts: &Facts<'_>, text: &mut String) {
    let renamed = facts.sources.iter().zip(facts.renamed);
    let mut columns: Vec<(String, String)> = Vec::new();
    for (source, column) in renamed.flat_map(|(source, columns)| columns.iter().map(move |column| (source, column))) {
        let also: Vec<_> = column.also.iter().map(|(name, _)| toml_text(name)).collect();
        let name = toml_text(&format!("{}.{}", source.name, column.name));
        columns.push((name, format!("also = [{}]\n", also.join(", "))));
    }
    for (source, (table, nearly)) in
        facts.sources.iter().zip(facts.dataset.tables.iter().zip(&facts.guesses.nearly_keys))
    {
        let Some(nearly) = nearly else { continue };
        let name = toml_text(&format!("{}.{}", source.name, table.columns[nearly.column].name));
        let must = "required = true                   # 差一点就能区分各行：空着的、重复的，check 都会指出来\n\
            unique = true\nlevel = \"warning\"\n";
        match columns.iter_mut().find(|(known, _)| *known == name) {
            Some((_, lines)) => lines.push_str(must),
            None => columns.push((name, must.to_owned())),
        }
    }
    if !columns.is_empty() {
        text.push_str("\n# 列：name 是模板里用的名称，also 是表头上写的名称，其他是这一列应当怎样。\n");
    }
    for (name, lines) in columns {
        *text += &format!("\n[[column]]\nname = {name}\n{lines}");
    }
}

fn links(facts: &Facts<'_>, text: &mut String) {
    if facts.guesses.links.is_empty() {
        text.push_str(
            "\n# 联系：一张表的某一列，说的是另一张表的哪一行。写法：\n# [[link]]\n# from = \"党支部.学校代码\"\n# to = \"学校.学校代码\"\n",
        );
        return;
    }
    text.push_str("\n# 联系：一张表的某一列，说的是另一张表的哪一行。每份报告只看到属于自己的行。\n");
    let end = |table: usize, column: usize| {
        let table = &facts.dataset.tables[table];
        toml_text(&format!("{}.{}", table.name, table.columns[column].name))
    };
    for link in &facts.guesses.links {
        let (from, to) = (end(link.from, link.from_column), end(link.to, link.to_column));
        if link.dangling.is_empty() {
            *text += &format!("\n[[link]]\nfrom = {from}\nto = {to}\n");
        } else {
            let missing: Vec<_> = link.dangling.iter().map(|value| format!("“{}”", one_line(value))).collect();
            *text += &format!(
                "\n# 看着像有联系，可是这些值在那边没有：{}。改好以后去掉下面各行开头的 #\n# [[link]]\n# from = {from}\n# to = {to}\n",
                missing.join("、")
            );
        }
    }
}

fn reports(facts: &Facts<'_>, speller: &Speller<'_>, text: &mut String) {
    text.push_str("\n# 报告：用哪份模板，做给谁，文件叫什么。\n");
    *text += &format!(
        "\n[[report]]\nname = \"总报告\"\ntemplate = {}\noutput = {}\nformats = [\"docx\", \"pdf\"]\n",
        toml_text(OVERVIEW),
        toml_text(&facts.title)
    );
    let Some(unit) = &facts.guesses.unit else {
        text.push_str(
            "\n# 每一行做一份报告，写法：\n# [[report]]\n# name = \"学校\"\n# template = \"templates/学校.md\"\n# each = \"学校\"                    # 表名：这张表的每一行做一份\n# output = \"学校/{{学校名称}}\"\n",
        );
        return;
    };
    let table = &facts.dataset.tables[unit.table].name;
    let columns: Option<Vec<_>> = unit.name.iter().map(|column| speller.of_row(unit.table, *column)).collect();
    let name: Vec<_> = columns.unwrap_or_default().iter().map(|column| format!("{{{{{column}}}}}")).collect();
    *text += &format!(
        "\n[[report]]\nname = {}\ntemplate = {}\neach = {}                    # 这张表的每一行做一份\noutput = {}\nformats = [\"docx\", \"pdf\"]\n",
        toml_text(table),
        toml_text(&unit_template(facts, unit)),
        toml_text(table),
        toml_text(&format!("{table}/{}", name.join(" ")))
    );
}

/// A text that stays within a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect()
}
