//! What is said of leaving units out, in words.

use crate::diagnostic::{Diagnostic, Language, Place, Words};

/// So many places of errors are named.
const PLACES_NAMED: usize = 5;

/// A report does not show units whose data has errors.
pub(in crate::batch) fn left_out(units: &[&str]) -> Diagnostic {
    const LISTED: usize = 20;
    let listed: Vec<_> = units.iter().take(LISTED).copied().collect();
    let (all, more) = (units.len(), units.len() > LISTED);
    Diagnostic::warning(
        "batch.left-out",
        Place::Run,
        Words::new(
            format!("有 {all} 个单位数据有错，没有算进来：{}{}", listed.join("、"), if more { " 等" } else { "" }),
            format!("left out for errors in their data ({all}): {}{}", listed.join(", "), if more { " …" } else { "" }),
        ),
    )
    .with_hint(Words::new("改正它们的错误以后再做一次", "mend their errors and make the report again"))
}

/// Errors that are nobody's keep everything back.
pub(super) fn errors_of_nobody(place: Place, errors: &[&Diagnostic]) -> Diagnostic {
    let mut places: Vec<&Place> = errors.iter().map(|error| &error.place).collect();
    places.sort_unstable();
    places.dedup();
    let named = |language: Language, comma: &str, run: &str| {
        let words = |place: &&Place| match place {
            Place::Run => run.to_owned(),
            place => place.in_language(language),
        };
        places.iter().take(PLACES_NAMED).map(words).collect::<Vec<_>>().join(comma)
    };
    let (zh, en) = (named(Language::Chinese, "、", "运行时"), named(Language::English, ", ", "the run"));
    let (more_zh, more_en) = if places.len() > PLACES_NAMED { (" 等", " …") } else { ("", "") };
    let count = errors.len();
    let (these, are) = if count == 1 { ("this error", "belongs") } else { ("these errors", "belong") };
    kept_back(
        place,
        Words::new(
            format!("不能只跳过有错的单位：有 {count} 条错误不属于任何一个单位：{zh}{more_zh}"),
            format!("leaving units out does not help: {these} ({count}) {are} to no unit: {en}{more_en}"),
        ),
    )
    .with_hint(Words::new(
        "先改正这几条。要让一行算到一个单位头上，用 [[link]] 连到 each 的那张表；打不开的文件，文件名里写上单位的代码或名称",
        "mend these first. A row is a unit's if [[link]] leads from it to the table that each names; a file that cannot be \
         opened, if its name has the unit's code or name",
    ))
}

/// Tables of which nothing is left to go on with.
pub(super) fn no_table(place: Place, tables: &[&str]) -> Diagnostic {
    let listed = |comma: &str| tables.iter().map(|table| format!("“{table}”")).collect::<Vec<_>>().join(comma);
    kept_back(
        place,
        Words::new(
            format!("不能只跳过有错的单位：{}一份也没有读成", listed("、")),
            format!("leaving units out does not help: nothing could be read for {}", listed(", ")),
        ),
    )
    .with_hint(Words::new("先改正这张表的文件，至少一份", "mend at least one of the files of this table"))
}

pub(super) fn nobody_left(place: Place) -> Diagnostic {
    kept_back(
        place,
        Words::new(
            "不能只跳过有错的单位：每个单位的数据都有错，一个也剩不下",
            "leaving units out does not help: the data of every one of them has errors",
        ),
    )
    .with_hint(Words::new(
        "多半是同一个原因，例如表头改了名、规则写得太严：先改正它",
        "likely for one reason, such as a heading with a new name or a rule too strict: mend that first",
    ))
}

fn kept_back(place: Place, words: Words) -> Diagnostic {
    Diagnostic::warning("batch.not-left-out", place, words)
}
