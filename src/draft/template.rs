//! The drafted templates.

use super::Facts;
use super::columns::Speller;
use super::guess::Unit;
use super::names::markdown_text;
use super::section::{MOST_ROWS, Section};
use crate::dataset::TableId;

/// Tables that the overview has a section for.
const MOST_SECTIONS: usize = 24;
/// Entries of the table about a unit.
const MOST_ENTRIES: usize = 24;
/// Figures of a unit that are compared with the others'.
const MOST_RANKS: usize = 2;

/// The report over everything.
pub(super) fn overview(facts: &Facts<'_>, speller: &Speller<'_>) -> String {
    let mut text = Text::new("{{项目.标题}}");
    text.comment("这份模板是照着工作簿起草的：双花括号里是标签，做报告时换成数；别的字照样印出来，随便改。");
    text.comment("要落款，就在上面两行 --- 之间加两行：署名：某某单位、日期：2024年1月15日。");
    let unit = facts.guesses.unit.as_ref().map(|unit| unit.table);
    let belonging = unit.map(|unit| facts.guesses.belonging_to(unit)).unwrap_or_default();
    // First what the reports are about, then what belongs to it.
    let mut order: Vec<usize> = unit.into_iter().chain(belonging.iter().copied()).collect();
    order.extend((0..facts.dataset.tables.len()).filter(|table| Some(*table) != unit && !belonging.contains(table)));
    let sections: Vec<_> = order.into_iter().map(|table| Section::new(facts, speller, table)).collect();
    for (number, section) in sections.iter().take(MOST_SECTIONS).enumerate() {
        if facts.dataset.tables.len() > 1 {
            text.block(&format!("# {}", section.name()));
        }
        if number == 0 {
            text.comment("计数、合计、平均、占比、排名这些词和用法，都在 huibao 的模板说明（docs/templates.md）里。");
        }
        text.block(&counted(section));
        for block in section.groups() {
            text.block(&block);
        }
        let name = section.name();
        if unit == Some(section.table) && !belonging.is_empty() {
            text.blocks(over_units(facts, speller, section, &belonging));
        } else if section.rows() <= MOST_ROWS || !belonging.contains(&section.table) {
            text.blocks(section.row_table(&format!("{name}一览"), &[], section.rows()));
        }
    }
    if facts.dataset.tables.len() > MOST_SECTIONS {
        let left: Vec<_> = sections.iter().skip(MOST_SECTIONS).map(Section::name).collect();
        text.comment(&format!("还有这些表没有写进来：{}。", left.join("、")));
    }
    text.finish()
}

/// The report on one unit.
pub(super) fn unit(facts: &Facts<'_>, speller: &Speller<'_>, unit: &Unit) -> String {
    let about = Section::new(facts, speller, unit.table);
    let title = facts.guesses.title_column(facts.dataset, unit.table);
    let title = title.and_then(|column| speller.of_row(unit.table, column));
    let mut text = Text::new(&match &title {
        Some(title) => format!("{{{{{title}}}}}情况报告"),
        None => "{{项目.标题}}".to_owned(),
    });
    text.comment(&format!(
        "“{}”的每一行做一份报告：列名放进双花括号，就换成这一行的值；别的表只算属于它的行。",
        about.name()
    ));
    text.blocks(entries(&about, speller, &[]));
    text.blocks(ranks(&about, speller));
    for (column, name) in about.long_texts() {
        let label = about.label(column);
        text.block(&format!("{{{{#if {name}}}}}\n# {label}\n\n{{{{{name}}}}}\n{{{{/if}}}}"));
    }
    for table in facts.guesses.belonging_to(unit.table) {
        let section = Section::new(facts, speller, table);
        let name = section.name();
        text.block(&format!("# {name}"));
        let none = format!("没有{name}方面的数据。");
        let links: Vec<_> = facts.guesses.sound_links().filter(|link| link.from == table).collect();
        let known: Vec<_> = links.iter().map(|link| link.from_column).collect();
        let one_a_unit =
            links.iter().any(|link| link.to == unit.table && facts.guesses.profiles[table][link.from_column].unique);
        let long = section.long_texts();
        if one_a_unit {
            let mut blocks: Vec<_> = entries(&section, speller, &known).into_iter().collect();
            blocks.extend(long.iter().map(|(_, long)| format!("{{{{#if {long}}}}}\n{{{{{long}}}}}\n{{{{/if}}}}")));
            text.block(&format!("{{{{#each {name}}}}}\n{}\n{{{{else}}}}\n{none}\n{{{{/each}}}}", blocks.join("\n\n")));
            continue;
        }
        let mut blocks = vec![counted(&section)];
        let rows = section.rows().div_ceil(about.rows().max(1)) * 2;
        blocks.extend(section.row_table(&format!("{name}一览"), &known, rows));
        if let Some((column, long)) = long.first() {
            blocks.push(long_rows(facts, speller, &section, *column, long));
        }
        text.block(&format!("{{{{#if (计数 {name})}}}}\n{}\n{{{{else}}}}\n{none}\n{{{{/if}}}}", blocks.join("\n\n")));
    }
    text.finish()
}

/// How many rows, and what they add up to.
fn counted(section: &Section<'_>) -> String {
    let name = section.name();
    let figures = section.figures();
    format!("{name}共有{{{{计数 {name}}}}}条记录。{figures}")
}

/// A row a unit: how many rows of the other tables belong to it, and what they add up to.
fn over_units(facts: &Facts<'_>, speller: &Speller<'_>, section: &Section<'_>, belonging: &[usize]) -> Option<String> {
    let title = facts.guesses.title_column(facts.dataset, section.table)?;
    let mut columns = vec![speller.listed(section.table, title)?.0];
    for (sum, _) in section.sums().into_iter().take(2) {
        columns.extend(speller.listed(section.table, sum).map(|(entry, _)| entry));
    }
    for table in belonging.iter().take(4) {
        let name = &facts.dataset.tables[*table].name;
        columns.push(format!("{name}=计数({name})"));
    }
    let name = section.name();
    let first = columns.first().cloned().unwrap_or_default();
    let totals: Vec<_> = columns
        .iter()
        .filter(|column| **column != first)
        .map(|column| match column.split_once("=计数(") {
            Some((heading, _)) => heading,
            None => column.rsplit('=').next().unwrap_or(column),
        })
        .collect();
    let over = if section.rows() > MOST_ROWS { format!("(前 {name} {MOST_ROWS})") } else { name.to_owned() };
    let total = if section.rows() > MOST_ROWS { String::new() } else { format!(" 合计=\"{}\"", totals.join("，")) };
    let tag = format!("{{{{表格 {over} 列=\"{}\" 题=\"各{name}情况\"{total}}}}}", columns.join("，"));
    speller.is_sound(&tag, None).then_some(tag)
}

/// A row as a table of two pairs of columns; `except` is what the reader knows already.
fn entries(section: &Section<'_>, speller: &Speller<'_>, except: &[usize]) -> Option<String> {
    let long: Vec<_> = section.long_texts().into_iter().map(|(column, _)| column).collect();
    let known = section.columns().filter(|(number, column, profile)| {
        profile.distinct > 0 && !column.is_serial() && !long.contains(number) && !except.contains(number)
    });
    let cells = known.filter_map(|(number, column, profile)| {
        let name = speller.of_row(section.table, number)?;
        let value =
            if profile.blanks > 0 { format!("{{{{缺省 {name} \"—\"}}}}") } else { format!("{{{{{name}}}}}") };
        Some((markdown_text(&column.name), value))
    });
    let cells: Vec<_> = cells.take(MOST_ENTRIES).collect();
    if cells.len() < 3 {
        let words: Vec<_> = cells.iter().map(|(label, value)| format!("{label}：{value}")).collect();
        return (!words.is_empty()).then(|| words.join("；") + "。");
    }
    let cells: Vec<_> = cells.iter().map(|(label, value)| format!("{label} | {value}")).collect();
    let rows = cells.chunks(2).map(|pair| match pair {
        [first, second] => format!("| {first} | {second} |"),
        rest => format!("| {} | | |", rest.join(" | ")),
    });
    let rows: Vec<_> = rows.collect();
    let caption = if except.is_empty() { "题：基本情况\n\n" } else { "" };
    Some(format!("{caption}| 项目 | 内容 | 项目 | 内容 |\n|---|---|---|---|\n{}", rows.join("\n")))
}

/// Where the unit stands among all.
fn ranks(section: &Section<'_>, speller: &Speller<'_>) -> Option<String> {
    let name = section.name();
    let unit = Some(TableId(section.table as u16));
    let ranks = section.sums().into_iter().filter_map(|(column, all)| {
        let (_, _, profile) = section.columns().nth(column)?;
        let own = speller.of_row(section.table, column)?;
        let (label, measure) = (section.label(column), section.unit(column));
        let words = format!(
            "{label}为{{{{{own}}}}}{measure}，在全部{{{{计数 全部.{name}}}}}个中居第{{{{排名 全部.{all} {own}}}}}位。"
        );
        (profile.blanks == 0 && profile.distinct > 1 && speller.is_sound(&words, unit)).then_some(words)
    });
    let ranks: Vec<_> = ranks.take(MOST_RANKS).collect();
    (!ranks.is_empty()).then(|| ranks.concat())
}

/// A paragraph a row.
fn long_rows(facts: &Facts<'_>, speller: &Speller<'_>, section: &Section<'_>, column: usize, long: &str) -> String {
    let title = facts.guesses.title_column(facts.dataset, section.table).filter(|title| *title != column);
    let linked = facts.guesses.links.iter().any(|link| link.from == section.table && Some(link.from_column) == title);
    let title = title.filter(|_| !linked).and_then(|title| speller.of_row(section.table, title));
    let head = title.map(|title| format!("**{{{{{title}}}}}。**")).unwrap_or_default();
    format!("{{{{#each {}}}}}\n{{{{#if {long}}}}}\n{head}{{{{{long}}}}}\n\n{{{{/if}}}}\n{{{{/each}}}}", section.name())
}

/// A template as it grows: blocks parted by blank lines.
struct Text(String);

impl Text {
    fn new(title: &str) -> Self {
        Self(format!("---\n标题：{title}\n---\n"))
    }

    fn block(&mut self, block: &str) {
        self.0 += &format!("\n{}\n", block.trim_end());
    }

    fn blocks(&mut self, blocks: impl IntoIterator<Item = String>) {
        for block in blocks {
            self.block(&block);
        }
    }

    fn comment(&mut self, words: &str) {
        self.0 += &format!("\n{{{{! {words} }}}}\n");
    }

    fn finish(self) -> String {
        self.0
    }
}
