//! What must hold: the rules of a `[[column]]`, and `[[agree]]`, sums that must agree.

use super::{ColumnName, column_name, problem};
use crate::diagnostic::{Place, Severity};
use crate::settings::{Group, Located, Reader};

/// What the cells of one column must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnMust {
    /// No cell is blank.
    pub required: bool,
    /// No two rows have the same value.
    pub unique: bool,
    /// What the cells hold.
    pub kind: Option<ColumnKind>,
    /// Least and greatest value, as they are written; an empty text leaves that end open.
    pub range: Option<Located<[String; 2]>>,
    /// The only values there may be.
    pub one_of: Vec<String>,
    /// A regular expression that values match.
    pub pattern: Option<Located<String>>,
    /// The same in words.
    pub pattern_says: Option<String>,
    /// A column that has all values of this one.
    pub refers_to: Option<Located<ColumnName>>,
    /// How much values may differ from last year's.
    pub change: Option<ChangeLimit>,
    /// How bad it is to break one of these rules.
    pub level: Option<Severity>,
}

/// What a column's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers.
    Number,
    /// Dates.
    Date,
    /// Words, and digits that are names.
    Text,
    /// Yes and no.
    YesNo,
}

impl ColumnKind {
    /// All kinds, each with its name in the project file.
    pub(super) const ALL: [(&'static str, Self); 4] =
        [("number", Self::Number), ("date", Self::Date), ("text", Self::Text), ("yes-no", Self::YesNo)];
}

/// How bad a problem is said to be, by its name in the project file.
pub(super) const LEVELS: [(&str, Severity); 2] = [("error", Severity::Error), ("warning", Severity::Warning)];

/// How much values may differ from last year's.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeLimit {
    /// The column of last year's values.
    pub from: Located<ColumnName>,
    /// The difference that is still right: `20%`, or a number.
    pub above: Located<String>,
}

/// A sum that must be what a cell states.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreeSource {
    /// What is added up, or counted.
    pub parts: Vec<AgreePart>,
    /// The column that states it.
    pub with: Located<ColumnName>,
    /// By how much they may differ.
    pub tolerance: f64,
    /// How bad it is if they do not agree.
    pub level: Option<Severity>,
}

/// What is added up.
#[derive(Clone, Debug, PartialEq)]
pub enum AgreePart {
    /// The values of a column.
    Sum(Located<ColumnName>),
    /// The rows of a table.
    Count(Located<String>),
}

/// The rules among the keys of a `[[column]]`.
pub(super) fn read_must(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> ColumnMust {
    let switch = |group: &mut Group<'_, '_>, key| group.switch(key).is_some_and(|switch| switch.value);
    let required = switch(group, "required");
    let unique = switch(group, "unique");
    let kind = choice(reader, group.text("kind"), &ColumnKind::ALL);
    let range = read_range(reader, group);
    let one_of = group.values("one_of").into_iter().map(|value| value.value).collect();
    let pattern = group.text("pattern");
    let says = group.text("pattern_says");
    if let (Some(says), None) = (&says, &pattern) {
        reader.report(problem::says_without_pattern(says));
    }
    let refers_to = group.text("refers_to").and_then(|name| column_name(reader, name));
    let change = if group.has("change") { read_change(reader, group.group("change")) } else { None };
    let level = read_level(reader, group);
    let pattern_says = says.map(|says| says.value);
    ColumnMust { required, unique, kind, range, one_of, pattern, pattern_says, refers_to, change, level }
}

/// `level = "warning"`.
pub(super) fn read_level(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> Option<Severity> {
    choice(reader, group.text("level"), &LEVELS)
}

/// One of a few words.
pub(super) fn choice<T: Copy>(
    reader: &Reader<'_>,
    word: Option<Located<String>>,
    choices: &[(&'static str, T)],
) -> Option<T> {
    let word = word?;
    let chosen = choices.iter().find(|(name, _)| *name == word.value).map(|(_, chosen)| *chosen);
    if chosen.is_none() {
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        reader.report(problem::no_such_choice(&word, &names));
    }
    chosen
}

fn read_range(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> Option<Located<[String; 2]>> {
    if !group.has("range") {
        return None;
    }
    let place = group.place_of("range");
    let ends: Vec<_> = group.values("range").into_iter().map(|end| end.value).collect();
    match <[String; 2]>::try_from(ends) {
        Ok(value) => Some(Located { value, place }),
        Err(_) => {
            reader.report(problem::range_of_two(place));
            None
        }
    }
}

fn read_change(reader: &Reader<'_>, mut group: Group<'_, '_>) -> Option<ChangeLimit> {
    let from = group.required_text("from").and_then(|name| column_name(reader, name));
    let above = group.required_text_or_number("above");
    group.finish();
    Some(ChangeLimit { from: from?, above: above? })
}

/// One `[[agree]]`.
pub(super) fn read_agree(reader: &Reader<'_>, mut group: Group<'_, '_>) -> Option<AgreeSource> {
    let place = group.place();
    let columns = group.texts("sum");
    let tables = group.texts("count");
    let with = group.required_text("with").and_then(|name| column_name(reader, name));
    let tolerance = read_tolerance(reader, &mut group);
    let level = read_level(reader, &mut group);
    group.finish();
    if columns.is_empty() && tables.is_empty() {
        reader.report(problem::nothing_to_add(place));
        return None;
    }
    let all = columns.len() + tables.len();
    let columns = columns.into_iter().filter_map(|name| column_name(reader, name)).map(AgreePart::Sum);
    let parts: Vec<_> = columns.chain(tables.into_iter().map(AgreePart::Count)).collect();
    (parts.len() == all).then_some(AgreeSource { parts, with: with?, tolerance, level })
}

fn read_tolerance(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> f64 {
    match group.number("tolerance") {
        Some(tolerance) if tolerance.value.is_finite() && tolerance.value >= 0.0 => tolerance.value,
        Some(tolerance) => {
            reader.report(problem::negative_tolerance(tolerance.place));
            0.0
        }
        None => 0.0,
    }
}

/// Rules that name tables there are none of.
pub(super) fn check<'a>(reader: &Reader<'_>, named: impl Iterator<Item = (&'a str, &'a Place)>, tables: &[&str]) {
    for (table, place) in named.filter(|(table, _)| !tables.contains(table)) {
        reader.report(problem::unknown_table(table, place, tables.iter().copied()));
    }
}

impl ColumnMust {
    /// The tables that the rules name, and where.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&str, &Place)> {
        let change = self.change.as_ref().map(|change| &change.from);
        let named = self.refers_to.iter().chain(change);
        named.map(|name| (name.value.table.as_str(), &name.place))
    }
}

impl AgreeSource {
    /// The tables that it names, and where.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&str, &Place)> {
        let parts = self.parts.iter().map(|part| match part {
            AgreePart::Sum(name) => (name.value.table.as_str(), &name.place),
            AgreePart::Count(table) => (table.value.as_str(), &table.place),
        });
        parts.chain([(self.with.value.table.as_str(), &self.with.place)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::project::{OnErrors, parse};

    const TABLES: &str = "[[table]]\nname = '党支部'\nfrom = 'a.xlsx'\n[[table]]\nname = '学校'\nfrom = 'b.xlsx'\n";

    #[test]
    fn a_column_says_what_its_cells_must_hold() {
        let source = format!(
            "{TABLES}[[column]]\nname = '党支部.党员'\nrequired = true\nkind = 'number'\nrange = [0, '']\n\
             change = {{ from = '党支部.上年', above = '20%' }}\nlevel = 'warning'\n\
             [[column]]\nname = '党支部.换届'\nunique = true\nrange = [2023-01-01, '2023年12月']\none_of = ['甲', 2]\n\
             pattern = '\\d{{6}}'\npattern_says = '6 位数字'\nrefers_to = '学校.代码'\n"
        );
        let project = parse("huibao.toml", &source).unwrap();
        let must: Vec<_> = project.columns.iter().map(|column| &column.must).collect();
        assert_eq!((must[0].required, must[0].kind), (true, Some(ColumnKind::Number)));
        assert_eq!(must[0].range.as_ref().unwrap().value, ["0", ""]);
        assert_eq!(must[0].change.as_ref().unwrap().above.value, "20%");
        assert_eq!(must[0].level, Some(Severity::Warning));
        assert_eq!(must[1].range.as_ref().unwrap().value, ["2023-01-01", "2023年12月"]);
        assert_eq!(must[1].one_of, ["甲", "2"]);
        assert!(must[1].unique && must[1].pattern.is_some() && must[1].refers_to.is_some());
    }

    #[test]
    fn sums_that_must_agree_are_of_columns_or_rows() {
        let source = format!(
            "{TABLES}[project]\nerrors = 'leave-out'\n[[agree]]\nsum = ['党支部.正式', '党支部.预备']\nwith = '党支部.党员'\n\
             [[agree]]\ncount = '党支部'\nwith = '学校.支部数'\ntolerance = 1\nlevel = 'warning'\n"
        );
        let project = parse("huibao.toml", &source).unwrap();
        assert_eq!(project.on_errors.value, OnErrors::LeaveOut);
        assert_eq!(project.agree[0].parts.len(), 2);
        assert!(matches!(&project.agree[1].parts[..], [AgreePart::Count(table)] if table.value == "党支部"));
        assert_eq!((project.agree[1].tolerance, project.agree[1].level), (1.0, Some(Severity::Warning)));
    }

    #[test]
    fn every_rule_that_makes_no_sense_is_told_with_its_place() {
        let source = format!(
            "{TABLES}[project]\nerrors = 'ignore'\n[[column]]\nname = '党支部.党员'\nkind = 'numbr'\nrange = [0]\n\
             pattern_says = '数字'\nrefers_to = '学较.代码'\nchange = {{ from = '上年' }}\nlevel = 'note'\n\
             [[agree]]\nwith = '学校.党员'\n[[agree]]\nsum = '党支部'\nwith = '学校.党员'\ntolerance = -1\n\
             [[agree]]\ncount = '支部'\nwith = '学校.支部数'\n"
        );
        let problems = parse("huibao.toml", &source).unwrap_err();
        let text: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            text.join("\n"),
            "错误：huibao.toml:8:10：这里不能写“ignore”\n  办法：可以写 refuse、leave-out\n\
             错误：huibao.toml:11:8：这里不能写“numbr”\n  办法：是不是“number”？\n\
             错误：huibao.toml:12:9：range 要写两头\n  办法：写成 [0, 500]；一头不限就写 \"\"，例如 [0, \"\"]\n\
             错误：huibao.toml:13:16：写了 pattern_says，没有写 pattern\n  办法：加一行 pattern = '…'，或删掉这一行\n\
             错误：huibao.toml:14:13：没有叫“学较”的表\n  办法：是不是“学校”？\n\
             错误：huibao.toml:15:10：缺少设置“above”\n  办法：在这里加一行 above = …\n\
             错误：huibao.toml:15:19：“上年”不是“表.列”\n  办法：写成 \"党支部.学校代码\" 的样子\n\
             错误：huibao.toml:16:9：这里不能写“note”\n  办法：可以写 error、warning\n\
             错误：huibao.toml:17:1：[[agree]] 没有说把什么加起来\n  办法：加一行 sum = \"党支部.党员总数\"，或 count = \"党支部\"\n\
             错误：huibao.toml:20:7：“党支部”不是“表.列”\n  办法：写成 \"党支部.学校代码\" 的样子\n\
             错误：huibao.toml:22:13：允许的差不能是负数\n  办法：例如 tolerance = 1\n\
             错误：huibao.toml:24:9：没有叫“支部”的表\n  办法：是不是“党支部”？"
        );
    }
}
