//! The rules that a project file states, as the module `rules` takes them.

use crate::dataset::{Dataset, Kind};
use crate::diagnostic::Diagnostic;
use crate::project::{AgreePart, AgreeSource, ColumnKind, ColumnName, ColumnSource, Project};
use crate::rules::{Change, ColumnRules, Named, Pattern, Range, Rules, SumRule};
use crate::settings::Located;

/// Everything that breaks a rule of the project.
pub(super) fn check(project: &Project, dataset: &Dataset) -> Vec<Diagnostic> {
    let rules = Rules {
        columns: project.columns.iter().map(column_rules).collect(),
        sums: project.agree.iter().map(sum_rule).collect(),
    };
    let tables: Vec<_> = project.tables.iter().map(|table| table.name.value.as_str()).collect();
    rules.check(dataset, &tables)
}

/// What a column is said to hold.
pub(super) fn kind(kind: ColumnKind) -> Kind {
    match kind {
        ColumnKind::Number => Kind::Number,
        ColumnKind::Date => Kind::Date,
        ColumnKind::Text => Kind::Text,
        ColumnKind::YesNo => Kind::Bool,
    }
}

fn column_rules(column: &ColumnSource) -> ColumnRules {
    let must = &column.must;
    let range = must.range.as_ref().map(|range| {
        let [least, greatest] = range.value.clone();
        Range { least, greatest, place: range.place.clone() }
    });
    let pattern = must.pattern.as_ref().map(|pattern| Pattern {
        expression: pattern.value.clone(),
        says: must.pattern_says.clone(),
        place: pattern.place.clone(),
    });
    let change = must.change.as_ref().map(|change| Change {
        from: named(&change.from),
        above: change.above.value.clone(),
        place: change.above.place.clone(),
    });
    ColumnRules {
        column: named(&column.name),
        level: must.level,
        required: must.required,
        unique: must.unique,
        kind: must.kind.map(kind),
        range,
        one_of: must.one_of.clone(),
        pattern,
        refers_to: must.refers_to.as_ref().map(named),
        change,
    }
}

fn sum_rule(agree: &AgreeSource) -> SumRule {
    let part = |part: &AgreePart| match part {
        AgreePart::Sum(column) => named(column),
        AgreePart::Count(table) => {
            Named { table: table.value.clone(), column: String::new(), place: table.place.clone() }
        }
    };
    SumRule {
        parts: agree.parts.iter().map(part).collect(),
        with: named(&agree.with),
        tolerance: agree.tolerance,
        level: agree.level,
    }
}

fn named(name: &Located<ColumnName>) -> Named {
    let ColumnName { table, column } = name.value.clone();
    Named { table, column, place: name.place.clone() }
}
