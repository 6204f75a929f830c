//! What can be wrong with keys and links, in words.

use super::{hinted, names_hint, place_of};
use crate::dataset::{Dataset, LinkSpec, Origin, Table};
use crate::diagnostic::{Diagnostic, Place, Words};

pub(in crate::dataset) fn blank_key(dataset: &Dataset, origin: Origin, name: &str) -> Diagnostic {
    Diagnostic::error(
        "dataset.blank-key",
        place_of(dataset, origin),
        Words::new(
            format!("“{name}”用来区分各行，不能空着"),
            format!("“{name}” tells the rows apart and must not be blank"),
        ),
    )
    .with_hint(Words::new("补上，或删掉这一行", "fill it in, or delete the row"))
}

pub(in crate::dataset) fn key_twice(
    dataset: &Dataset,
    table: &Table,
    first: Origin,
    again: Origin,
    shown: &str,
) -> Diagnostic {
    let names: Vec<_> =
        table.key.iter().filter_map(|column| table.columns.get(*column)).map(|c| c.name.as_str()).collect();
    let first = place_of(dataset, first);
    Diagnostic::error(
        "dataset.key-twice",
        place_of(dataset, again),
        Words::new(
            format!("“{}”为“{shown}”的行有两行，另一行在 {first}", names.join("、")),
            format!("two rows have “{shown}” as “{}”; the other is at {first}", names.join(", ")),
        ),
    )
    .with_hint(Words::new("改正其中一行，或删掉重复的", "mend one of them, or delete the one too many"))
}

pub(in crate::dataset) fn link_to_several(
    dataset: &Dataset,
    table: &Table,
    column: usize,
    first: Origin,
    again: Origin,
    value: &str,
) -> Diagnostic {
    let name = table.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default();
    let first = place_of(dataset, first);
    Diagnostic::error(
        "dataset.link-to-several",
        place_of(dataset, again),
        Words::new(
            format!("别的表按“{}.{name}”找行，“{value}”却有两行，另一行在 {first}", table.name),
            format!(
                "rows are looked up by “{}.{name}”, but “{value}” stands in two; the other is at {first}",
                table.name
            ),
        ),
    )
    .with_hint(Words::new("改成各不相同，或换一列来关联", "make them differ, or link by another column"))
}

pub(in crate::dataset) fn circular_link(spec: &LinkSpec, same_column: bool) -> Diagnostic {
    let ((from, from_column, place), (to, to_column, _)) = (&spec.from, &spec.to);
    let words = if same_column {
        Words::new(
            format!("“{from}.{from_column}”关联到了它自己"),
            format!("“{from}.{from_column}” is linked to itself"),
        )
    } else {
        Words::new(
            format!("“{from}.{from_column}”到“{to}.{to_column}”的关联绕成了一圈"),
            format!("the link from “{from}.{from_column}” to “{to}.{to_column}” closes a circle"),
        )
    };
    Diagnostic::error("dataset.circular-link", place.clone(), words).with_hint(Words::new(
        "关联要从下级指向上级，比如 党支部.学校代码 → 学校.学校代码",
        "links go from the part to the whole, such as 党支部.学校代码 to 学校.学校代码",
    ))
}

pub(in crate::dataset) fn blank_link(dataset: &Dataset, first: Origin, count: usize, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "dataset.blank-link",
        place_of(dataset, first),
        Words::new(
            format!("“{name}”有 {count} 行空着，第一处在这里；这些行不属于任何一方"),
            format!("“{name}” is blank in {count} rows, here first; these rows belong to nobody"),
        ),
    )
}

pub(in crate::dataset) fn dangling(
    dataset: &Dataset,
    origin: Origin,
    table: &Table,
    column: usize,
    value: &str,
    zeros: Option<&str>,
    near: Option<&str>,
) -> Diagnostic {
    let name = table.columns.get(column).map(|column| column.name.as_str()).unwrap_or_default();
    let problem = Diagnostic::error(
        "dataset.dangling-link",
        place_of(dataset, origin),
        Words::new(
            format!("“{}.{name}”里没有“{value}”", table.name),
            format!("there is no “{value}” in “{}.{name}”", table.name),
        ),
    );
    let hint = match (zeros, near) {
        (Some(zeros), _) => Words::new(
            format!("那边是“{zeros}”：Excel 把开头的 0 去掉了，把单元格设成文本格式再输入"),
            format!(
                "there it is “{zeros}”: Excel has dropped leading zeros; format the cell as text and type it again"
            ),
        ),
        (None, Some(near)) => Words::new(
            format!("是不是“{near}”？如果是新的，先在“{}”里补上这一行", table.name),
            format!("did you mean “{near}”? If it is new, add its row to “{}” first", table.name),
        ),
        (None, None) => Words::new(
            format!("在“{}”里补上这一行，或改正这里", table.name),
            format!("add the row to “{}”, or mend the value here", table.name),
        ),
    };
    problem.with_hint(hint)
}
pub(in crate::dataset) fn unknown_table(place: Place, name: &str, known: &[&str]) -> Diagnostic {
    let words = Words::new(format!("没有叫“{name}”的表"), format!("there is no table “{name}”"));
    hinted(Diagnostic::error("dataset.unknown-table", place, words), names_hint(name, known.iter().copied()))
}
