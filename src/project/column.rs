//! `[[column]]`: what one column of a table answers to, and what it must hold.

use super::{ColumnMust, ColumnName, TableSource, column_name, problem, rules};
use crate::settings::{Group, Located, Reader};

/// What a project says of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnSource {
    /// Table and column, by its name in templates.
    pub name: Located<ColumnName>,
    /// Other names that sheets give it.
    pub also: Vec<Located<String>>,
    /// What its cells must hold.
    pub must: ColumnMust,
}

pub(super) fn read(reader: &Reader<'_>, mut group: Group<'_, '_>) -> Option<ColumnSource> {
    let name = group.required_text("name").and_then(|name| column_name(reader, name));
    let also = group.texts("also");
    let must = rules::read_must(reader, &mut group);
    group.finish();
    Some(ColumnSource { name: name?, also, must })
}

/// Columns of tables that do not exist, two groups for one column, one name for two columns.
pub(super) fn check(reader: &Reader<'_>, columns: &[ColumnSource], tables: &[TableSource]) {
    for (at, column) in columns.iter().enumerate() {
        let ColumnName { table, .. } = &column.name.value;
        if !tables.iter().any(|known| known.name.value == *table) {
            let known = tables.iter().map(|table| table.name.value.as_str());
            reader.report(problem::unknown_table(table, &column.name.place, known));
            continue;
        }
        let before = columns.get(..at).unwrap_or_default();
        if let Some(first) = before.iter().find(|other| other.name.value == column.name.value) {
            reader.report(problem::column_described_twice(column, &first.name.place));
        }
        for also in &column.also {
            let others = before.iter().filter(|other| other.name.value.table == *table);
            let taken = others.filter(|other| other.name.value != column.name.value);
            if let Some(other) = taken.flat_map(|other| &other.also).find(|other| other.value == also.value) {
                reader.report(problem::name_used_twice(also, &other.place));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Language;
    use crate::project::parse;

    const TABLE: &str = "[[table]]\nname = '党支部'\nfrom = 'a.xlsx'\n";

    #[test]
    fn a_column_says_what_it_is_also_called() {
        let source = format!("{TABLE}[[column]]\nname = '党支部.党员总数'\nalso = ['党员数', '党员人数']\n");
        let project = parse("huibao.toml", &source).unwrap();
        let column = &project.columns[0];
        assert_eq!((column.name.value.table.as_str(), column.name.value.column.as_str()), ("党支部", "党员总数"));
        assert_eq!(column.also.iter().map(|also| also.value.as_str()).collect::<Vec<_>>(), ["党员数", "党员人数"]);
    }

    #[test]
    fn columns_of_unknown_tables_and_names_for_two_columns_are_told_with_their_place() {
        let source = format!(
            "{TABLE}[[column]]\nname = '党支布.人数'\n[[column]]\nname = '党支部.甲'\nalso = '数'\n\
             [[column]]\nname = '党支部.乙'\nalso = '数'\n[[column]]\nname = '党支部.甲'\n"
        );
        let problems = parse("huibao.toml", &source).unwrap_err();
        let text: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            text.join("\n"),
            "错误：huibao.toml:5:8：没有叫“党支布”的表\n  办法：是不是“党支部”？\n\
             错误：huibao.toml:11:8：名称“数”用了两次\n  办法：第一次在 huibao.toml:8:8，改掉其中一个\n\
             错误：huibao.toml:13:8：“党支部.甲”这一列写了两处 [[column]]\n  办法：第一处在 huibao.toml:7:8，合成一处"
        );
    }
}
