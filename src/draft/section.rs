//! Sentences and tables about one table.

use super::Facts;
use super::columns::Speller;
use super::names::markdown_text;
use crate::dataset::{Column, Kind, Profile, Value};

/// A page's width in characters of a table, less what its cells keep free.
const PAGE: usize = 37;
/// The columns of a table that a page takes.
const MOST_COLUMNS: usize = 9;
/// A cell of more characters on average is a text to be read, not an entry of a table.
const LONG_TEXT: usize = 24;
/// Figures named in a sentence.
const MOST_FIGURES: usize = 5;
/// A table of more rows numbers them, which takes so many characters.
const MOST_UNNUMBERED: usize = 5;
const NUMBER_WIDTH: usize = 3;
/// What the name of a row that a code means is given.
const LINKED_WIDTH: usize = 8;
/// Groups counted in a sentence or table.
const MOST_GROUPS: usize = 12;
/// A table of more rows is shown in part.
pub(super) const MOST_ROWS: usize = 40;
const ROWS_IN_PART: usize = 20;

/// Whether the mean of a column of this name says something: shares, marks, ages, and what is a mean already. Of numbers
/// that name something, of years, floors or grades nobody wants it.
fn has_a_mean(name: &str) -> bool {
    const WORDS: &str = "率 比例 占比 比重 百分 % ％ 平均 人均 均 得分 评分 分数 总分 成绩 年龄 满意度 指数";
    const ENGLISH: [&str; 11] =
        ["rate", "ratio", "percent", "percentage", "pct", "average", "avg", "mean", "score", "age", "index"];
    let mut words = name.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_ascii_lowercase);
    let is_code = name.contains(['号', '码', '序']);
    !is_code && (WORDS.split(' ').any(|word| name.contains(word)) || words.any(|word| ENGLISH.contains(&word.as_str())))
}

/// Whether a column's numbers are places in a list, one a row, or years: whole numbers in turn.
fn only_places(profile: &Profile, rows: usize) -> bool {
    let Some((Ok(least), Ok(greatest))) =
        profile.range.as_ref().map(|(least, greatest)| (least.parse::<i64>(), greatest.parse::<i64>()))
    else {
        return false;
    };
    let in_turn = (0..=1).contains(&least) && profile.distinct == rows && greatest - least + 1 == rows as i64;
    let years = least >= 1900 && greatest <= 2100 && profile.distinct > 1;
    rows > 3 && in_turn || years
}

/// A table that is written about.
#[derive(Clone, Copy)]
pub(super) struct Section<'a> {
    facts: &'a Facts<'a>,
    speller: &'a Speller<'a>,
    pub(super) table: usize,
}

impl<'a> Section<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, speller: &'a Speller<'a>, table: usize) -> Self {
        Self { facts, speller, table }
    }

    pub(super) fn name(&self) -> &'a str {
        &self.facts.dataset.tables[self.table].name
    }

    pub(super) fn rows(&self) -> usize {
        self.facts.dataset.tables[self.table].rows.len()
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, &'a Column, &'a Profile)> + use<'a> {
        let columns = self.facts.dataset.tables[self.table].columns.iter().enumerate().take(super::MOST_COLUMNS);
        columns
            .zip(&self.facts.guesses.profiles[self.table])
            .map(|((number, column), profile)| (number, column, profile))
    }

    /// What a column is called in a sentence: the last level of its name without its unit, if that is one of a kind.
    pub(super) fn label(&self, column: usize) -> String {
        let name = |column: &Column| {
            let last = column.last_part();
            last.split(['（', '(']).next().filter(|bare| !bare.is_empty()).unwrap_or(last).to_owned()
        };
        let columns = &self.facts.dataset.tables[self.table].columns;
        let own = name(&columns[column]);
        let several = columns.iter().filter(|other| name(other) == own).count() > 1;
        markdown_text(&if several { columns[column].name.replace('/', "") } else { own })
    }

    /// What a column's figures count: the unit in its name, or what the name says.
    pub(super) fn unit(&self, column: usize) -> String {
        let column = &self.facts.dataset.tables[self.table].columns[column];
        let last = column.last_part();
        let unit = column.unit().map(str::to_owned).or_else(|| {
            let by_name = [("人数", "人"), ("党员总数", "人"), ("次数", "次"), ("人次", "人次"), ("金额", "元")];
            by_name.iter().find(|(end, _)| last.ends_with(end)).map(|(_, unit)| (*unit).to_owned())
        });
        markdown_text(&unit.unwrap_or_default())
    }

    /// Whether adding up a column's figures says something: not those of years below each other, nor marks.
    fn adds(&self, column: &Column, profile: &Profile) -> bool {
        profile.sum.is_some()
            && !column.names_rows()
            && !column.is_serial()
            && !only_places(profile, self.rows())
            && !self.is_of_times()
            && !self.is_of_marks()
    }

    /// Whether each row is about another year or month.
    fn is_of_times(&self) -> bool {
        let title = self.facts.guesses.title_column(self.facts.dataset, self.table);
        let columns = &self.facts.dataset.tables[self.table].columns;
        title.is_some_and(|title| columns[title].last_part().ends_with(['年', '月', '季', '度', '份']))
    }

    fn is_of_marks(&self) -> bool {
        let says = |text: &String| ["评分", "得分", "考评", "成绩", "打分"].iter().any(|word| text.contains(word));
        let source = &self.facts.sources[self.table];
        says(&source.name) || source.titles.iter().any(says)
    }

    /// Columns whose figures add up.
    pub(super) fn sums(&self) -> Vec<(usize, String)> {
        let adding = self.columns().filter(|(_, column, profile)| self.adds(column, profile));
        adding.filter_map(|(number, ..)| Some((number, self.speller.of_table(self.table, number)?))).collect()
    }

    /// `党员总数共{{合计 党支部.党员总数}}人，…。`; nothing if there are no figures.
    pub(super) fn figures(&self) -> String {
        let sums = self.sums().into_iter().take(MOST_FIGURES);
        let sums =
            sums.map(|(column, name)| format!("{}共{{{{合计 {name}}}}}{}", self.label(column), self.unit(column)));
        let mut parts: Vec<_> = sums.collect();
        let means = self.columns().filter(|(_, column, profile)| {
            let figure = column.kind == Kind::Number && profile.distinct > 1 && !column.names_rows();
            figure
                && (has_a_mean(&column.name) || self.is_of_marks())
                && !self.is_of_times()
                && !column.is_serial()
                && !only_places(profile, self.rows())
                && !self.adds(column, profile)
        });
        let means = means.filter_map(|(number, ..)| Some((number, self.speller.of_table(self.table, number)?)));
        for (column, name) in
            means.take(MOST_FIGURES.saturating_sub(parts.len()).min(if self.is_of_marks() { MOST_FIGURES } else { 2 }))
        {
            parts.push(format!("{}平均{{{{四舍五入 (平均 {name}) 2}}}}{}", self.label(column), self.unit(column)));
        }
        if parts.is_empty() { String::new() } else { parts.join("，") + "。" }
    }

    /// Columns of a few values that come again: what rows can be grouped by.
    fn categories(&self) -> Vec<(usize, String)> {
        let few = self.columns().filter(|(_, column, profile)| {
            let groups = profile.frequent.len();
            column.kind == Kind::Text
                && profile.blanks == 0
                && (2..=MOST_GROUPS).contains(&groups)
                && profile.frequent.iter().all(|(value, _)| value.chars().count() <= LONG_TEXT / 2)
                && !column.names_rows()
        });
        few.filter_map(|(number, ..)| Some((number, self.speller.grouped(self.table, number)?))).collect()
    }

    /// A table of groups by the first such column, and a sentence for the next.
    pub(super) fn groups(&self) -> Vec<String> {
        let mut blocks = Vec::new();
        let name = self.name();
        let sums: Vec<_> =
            self.sums().into_iter().filter(|(_, name)| !name.contains(['[', '（', '('])).take(5).collect();
        for (column, by) in self.categories().into_iter().take(2) {
            let label = self.label(column);
            let heading = by.rsplit('/').next().unwrap_or(&by);
            let mut columns = vec![format!("键={heading}"), format!("数量=计数({name})")];
            let mut left = PAGE.saturating_sub(heading_width(heading).max(self.longest(column)).min(12) + 4);
            for (sum, of) in &sums {
                let Some((_, heading)) = self.speller.listed(self.table, *sum) else { continue };
                let heading = heading.rsplit('/').next().unwrap_or(&heading);
                let needs = heading_width(heading).max(4) + 1;
                if needs <= left {
                    left -= needs;
                    columns.push(format!("{heading}=合计({of})"));
                }
            }
            let table = format!(
                "{{{{表格 (分组 {name} \"{by}\") 列=\"{}\" 题=\"{name}按{heading}分\" 合计=true}}}}",
                columns.join("，")
            );
            if blocks.is_empty() && columns.len() > 2 && self.speller.is_sound(&table, None) {
                blocks.push(table);
                continue;
            }
            blocks.push(format!(
                "按{label}分：{{{{#each (分组 {name} \"{by}\")}}}}{{{{键}}}}{{{{计数 {name}}}}}条{{{{#unless @last}}}}、{{{{/unless}}}}{{{{/each}}}}。"
            ));
        }
        blocks
    }

    /// How many characters a cell of a column has on average.
    fn average_length(&self, column: usize) -> usize {
        let lengths = self.lengths(column);
        lengths.iter().sum::<usize>().div_ceil(lengths.len().max(1))
    }

    fn longest(&self, column: usize) -> usize {
        self.lengths(column).into_iter().max().unwrap_or(0)
    }

    /// How wide the first cells of a column are that are not blank.
    fn lengths(&self, column: usize) -> Vec<usize> {
        let cells = self.facts.dataset.tables[self.table].rows.iter().filter_map(|row| row.cells.get(column)).take(100);
        cells
            .filter_map(|cell| match &cell.value {
                Value::Blank => None,
                Value::Text(text) => Some(width(text)),
                Value::Number(number) => Some(number.to_string().len().min(12).div_ceil(2)),
                Value::Date(_) => Some(8),
                Value::Bool(_) => Some(1),
            })
            .collect()
    }

    /// Columns of texts to be read.
    pub(super) fn long_texts(&self) -> Vec<(usize, String)> {
        let long = self
            .columns()
            .filter(|(number, column, _)| column.kind == Kind::Text && self.average_length(*number) > LONG_TEXT);
        long.filter_map(|(number, ..)| Some((number, self.speller.of_row(self.table, number)?))).collect()
    }

    /// Where a column is another table's code: the name of the row that it means.
    fn name_linked_to(&self, column: usize) -> Option<(String, String)> {
        let mut links = self.facts.guesses.sound_links();
        let link = links.find(|link| link.from == self.table && link.from_column == column)?;
        let title =
            self.facts.guesses.title_column(self.facts.dataset, link.to).filter(|title| *title != link.to_column)?;
        let heading = self.facts.dataset.tables[link.to].columns[title].last_part();
        let own = &self.facts.dataset.tables[self.table];
        if own.find_column(heading).is_some() {
            return None;
        }
        let entry = self.speller.of_table(link.to, title)?;
        let is_sound = self.speller.is_sound(&format!("{{{{表格 {} 列=\"{entry}\"}}}}", own.name), None);
        is_sound.then(|| (entry, heading.to_owned()))
    }

    /// The columns that are worth the page's width: what names a row first, then as they stand; `except` is what a
    /// reader knows already. In the order of the sheet: entries of the list, and headings that add up.
    fn fitting(&self, except: &[usize]) -> (Vec<String>, Vec<String>) {
        let mut candidates: Vec<_> = self
            .columns()
            .filter(|(number, column, profile)| !except.contains(number) && !column.is_serial() && profile.distinct > 0)
            .filter(|(number, ..)| self.average_length(*number) <= LONG_TEXT)
            .collect();
        if candidates.is_empty() {
            // Without rows nothing is known of the columns but their names.
            candidates = self.columns().filter(|(_, column, _)| !column.is_serial()).collect();
        }
        let title = self.facts.guesses.title_column(self.facts.dataset, self.table);
        candidates.sort_by_key(|(number, column, profile)| match () {
            () if Some(*number) == title => 0,
            () if profile.distinct == 1 && self.rows() > 3 => 3,
            () if column.names_rows() && column.kind == Kind::Number => 2,
            () => 1,
        });
        let mut left = if self.rows() > MOST_UNNUMBERED { PAGE - NUMBER_WIDTH } else { PAGE };
        let mut chosen = Vec::new();
        for (number, column, profile) in candidates {
            let linked = self.name_linked_to(number);
            let content = match &linked {
                // Another row's name is longer than its code.
                Some(_) => LINKED_WIDTH,
                None if Some(number) == title => {
                    usize::midpoint(self.average_length(number), self.longest(number)).min(12)
                }
                None => self.average_length(number).min(10),
            };
            let needs = content.max(heading_width(column.last_part())).max(2) + 1;
            if needs > left || chosen.len() == MOST_COLUMNS {
                continue;
            }
            if let Some((entry, heading)) = linked.or_else(|| self.speller.listed(self.table, number)) {
                left -= needs;
                chosen.push((number, entry, self.adds(column, profile).then_some(heading)));
            }
        }
        chosen.sort_by_key(|(number, ..)| *number);
        let totals = chosen.iter().filter_map(|(.., heading)| heading.clone()).collect();
        (chosen.into_iter().map(|(_, entry, _)| entry).collect(), totals)
    }

    /// `{{表格 党支部 列="…" 题="…" 合计="…"}}`, of about so many rows; nothing if no column can be said.
    pub(super) fn row_table(&self, caption: &str, except: &[usize], rows: usize) -> Option<String> {
        let (columns, totals) = self.fitting(except);
        if columns.is_empty() || columns.len() == 1 && !self.long_texts().is_empty() {
            return None;
        }
        let name = self.name();
        let in_part = rows > MOST_ROWS;
        let over = if in_part { format!("(前 {name} {ROWS_IN_PART})") } else { name.to_owned() };
        let caption = if in_part { format!("{caption}（前{ROWS_IN_PART}条）") } else { caption.to_owned() };
        let total = match totals.is_empty() || in_part || rows < 2 {
            true => String::new(),
            false => format!(" 合计=\"{}\"", totals.join("，")),
        };
        let numbered = if rows > MOST_UNNUMBERED && columns.len() < MOST_COLUMNS - 2 { " 序号=true" } else { "" };
        let tag = |total: &str| {
            format!("{{{{表格 {over} 列=\"{}\" 题=\"{caption}\"{numbered}{total}}}}}", columns.join("，"))
        };
        [tag(&total), tag("")].into_iter().find(|tag| self.speller.is_sound(tag, None))
    }
}

/// What a heading needs: one of more than four Chinese characters takes two lines, a Latin word is not parted.
fn heading_width(name: &str) -> usize {
    if name.is_ascii() {
        return name.split(' ').map(|word| word.len().div_ceil(2)).max().unwrap_or(0).max(2);
    }
    let all = width(name);
    all.min(4).max(all.div_ceil(2)).min(8)
}

/// Width in Chinese characters; two others are as wide as one.
fn width(text: &str) -> usize {
    text.chars().take(200).map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>().div_ceil(2)
}
