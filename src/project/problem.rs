//! What can be wrong with a project file, in words.

use super::{ColumnSource, Format, SheetPattern};
use crate::diagnostic::{Diagnostic, Place, Words, did_you_mean, nearest};
use crate::settings::Located;

pub(super) fn table_without_source(table: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.table-without-source",
        place,
        Words::new(
            format!("表“{table}”没有说从哪里读"),
            format!("the table “{table}” does not say what it is read from"),
        ),
    )
    .with_hint(Words::new(
        format!("加一行 from = \"input/{table}.xlsx\""),
        format!("add a line from = \"input/{table}.xlsx\""),
    ))
}

pub(super) fn not_a_limit(found: f64, place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.not-a-limit",
        place,
        Words::new(
            format!("上限应当是正整数，这里写的是 {found}"),
            format!("a limit should be a whole number from 1; it is {found}"),
        ),
    )
    .with_hint(Words::new("不想改就删掉这一行，用原来的上限", "delete the line to keep the usual limit"))
}

pub(super) fn not_a_picture_dpi(found: f64, place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.not-a-picture-dpi",
        place,
        Words::new(
            format!("图片的打印精度是 72 到 1200 的整数，或者 0，这里写的是 {found}"),
            format!("pictures have 72 to 1200 dots an inch, or 0; it is {found}"),
        ),
    )
    .with_hint(Words::new("一般写 220；0 表示不缩小图片", "220 is usual; 0 leaves pictures as large as they are"))
}

pub(super) fn source_of_inner_table(table: &str, from: &Located<SheetPattern>) -> Diagnostic {
    Diagnostic::error(
        "project.source-of-inner-table",
        from.place.clone(),
        Words::new(
            format!("表“{table}”在登记表里面，不能再写 from"),
            format!("the table “{table}” is inside forms and is read from where they are"),
        ),
    )
    .with_hint(Words::new("去掉 from，或去掉 inside", "take away from, or inside"))
}

pub(super) fn except_without_source(table: &str, except: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "project.except-without-source",
        except.place.clone(),
        Words::new(
            format!("表“{table}”在登记表里面，不能写 except"),
            format!("the table “{table}” is read from where its forms are, and has no except"),
        ),
    )
    .with_hint(Words::new("写到登记表的 [[table]] 里", "write it into the [[table]] of the forms"))
}

pub(super) fn place_of_form(at: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "project.place-of-form",
        at.place.clone(),
        Words::new("登记表是整张工作表，不能写 at", "a form is a whole sheet and has no at"),
    )
    .with_hint(Words::new(
        "登记表里面的表另写一个 [[table]]：inside = \"登记表的名称\"、at = \"…\"",
        "a table inside the form is a [[table]] of its own, with inside = \"the forms' name\" and at = \"…\"",
    ))
}

pub(super) fn form_inside_form(inside: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "project.form-inside-form",
        inside.place.clone(),
        Words::new("form 和 inside 不能一起写", "form and inside exclude each other"),
    )
    .with_hint(Words::new(
        "登记表写 form = true；登记表里面的表写 inside = \"登记表的名称\"",
        "forms have form = true; a table inside them has inside = \"the forms' name\"",
    ))
}

pub(super) fn not_inside_forms<'a>(
    inside: &Located<String>,
    exists: bool,
    forms: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let name = &inside.value;
    let told = |words| Diagnostic::error("project.not-a-form", inside.place.clone(), words);
    if exists {
        let words = Words::new(format!("表“{name}”不是登记表"), format!("the table “{name}” is not made of forms"));
        let hint = Words::new(format!("给“{name}”加一行 form = true"), format!("give “{name}” a line form = true"));
        return told(words).with_hint(hint);
    }
    let problem = told(Words::new(format!("没有叫“{name}”的登记表"), format!("there are no forms “{name}”")));
    let all: Vec<_> = forms.clone().collect();
    problem.with_hint(match nearest(name, forms) {
        Some(meant) => did_you_mean(meant),
        None if all.is_empty() => {
            Words::new("登记表是写了 form = true 的 [[table]]", "forms are a [[table]] with form = true")
        }
        None => Words::new(format!("有这些：{}", all.join("、")), format!("there are: {}", all.join(", "))),
    })
}

pub(super) fn not_a_column(text: &Located<String>) -> Diagnostic {
    let found = &text.value;
    Diagnostic::error(
        "project.not-a-column",
        text.place.clone(),
        Words::new(format!("“{found}”不是“表.列”"), format!("“{found}” is not “table.column”")),
    )
    .with_hint(Words::new("写成 \"党支部.学校代码\" 的样子", "write it like \"党支部.学校代码\""))
}

pub(super) fn unknown_format(text: &Located<String>) -> Diagnostic {
    let found = &text.value;
    let all: Vec<_> = Format::ALL.iter().map(|format| format.extension()).collect();
    Diagnostic::error(
        "project.unknown-format",
        text.place.clone(),
        Words::new(format!("不认识的格式“{found}”"), format!("“{found}” is not a known format")),
    )
    .with_hint(Words::new(format!("可以写 {}", all.join("、")), format!("possible: {}", all.join(", "))))
}

pub(super) fn unknown_hidden(text: &Located<String>) -> Diagnostic {
    let found = &text.value;
    let problem = Diagnostic::error(
        "project.unknown-hidden",
        text.place.clone(),
        Words::new(format!("hidden 不能是“{found}”"), format!("hidden cannot be “{found}”")),
    );
    problem.with_hint(match nearest(found, ["read", "skip"]) {
        Some(meant) => did_you_mean(meant),
        None => {
            Words::new("读就写 read，不读就写 skip", "write read to have what is hidden read, skip to leave it out")
        }
    })
}

pub(super) fn unknown_table<'a>(name: &str, place: &Place, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let hint = match nearest(name, known.clone()) {
        Some(meant) => did_you_mean(meant),
        None => {
            let all: Vec<_> = known.collect();
            Words::new(format!("有这些表：{}", all.join("、")), format!("the tables are: {}", all.join(", ")))
        }
    };
    Diagnostic::error(
        "project.unknown-table",
        place.clone(),
        Words::new(format!("没有叫“{name}”的表"), format!("there is no table “{name}”")),
    )
    .with_hint(hint)
}

pub(super) fn name_used_twice(name: &Located<String>, first: &Place) -> Diagnostic {
    let name_text = &name.value;
    Diagnostic::error(
        "project.name-used-twice",
        name.place.clone(),
        Words::new(format!("名称“{name_text}”用了两次"), format!("the name “{name_text}” is used twice")),
    )
    .with_hint(Words::new(format!("第一次在 {first}，改掉其中一个"), format!("first at {first}; change one of them")))
}

pub(super) fn column_described_twice(column: &ColumnSource, first: &Place) -> Diagnostic {
    let super::ColumnName { table, column: name } = &column.name.value;
    Diagnostic::error(
        "project.column-twice",
        column.name.place.clone(),
        Words::new(
            format!("“{table}.{name}”这一列写了两处 [[column]]"),
            format!("“{table}.{name}” has two groups [[column]]"),
        ),
    )
    .with_hint(Words::new(format!("第一处在 {first}，合成一处"), format!("the first is at {first}; make them one")))
}

pub(super) fn report_without_template(place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.report-without-template",
        place,
        Words::new("这个报告没有模板", "this report has no template"),
    )
    .with_hint(Words::new(
        "加一行 template = \"templates/….md\"；只要表格就写 formats = [\"xlsx\"]",
        "add a line template = \"templates/….md\", or formats = [\"xlsx\"] for its tables alone",
    ))
}

pub(super) fn tables_without_xlsx(place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.tables-without-xlsx",
        place,
        Words::new(
            "tables 说的是 Excel 文件里有哪些表，这个报告没有 xlsx 格式",
            "tables are those of the Excel file, and this report has no format xlsx",
        ),
    )
    .with_hint(Words::new("在 formats 里加上 \"xlsx\"，或者去掉 tables", "add \"xlsx\" to formats, or take tables out"))
}

pub(super) fn no_such_choice(word: &Located<String>, possible: &[&str]) -> Diagnostic {
    let found = &word.value;
    let hint = match nearest(found, possible.iter().copied()) {
        Some(meant) => did_you_mean(meant),
        None => Words::new(format!("可以写 {}", possible.join("、")), format!("possible: {}", possible.join(", "))),
    };
    Diagnostic::error(
        "project.no-such-choice",
        word.place.clone(),
        Words::new(format!("这里不能写“{found}”"), format!("“{found}” cannot stand here")),
    )
    .with_hint(hint)
}

pub(super) fn range_of_two(place: Place) -> Diagnostic {
    Diagnostic::error("project.range-of-two", place, Words::new("range 要写两头", "a range has two ends")).with_hint(
        Words::new(
            "写成 [0, 500]；一头不限就写 \"\"，例如 [0, \"\"]",
            "write [0, 500]; \"\" leaves an end open, as in [0, \"\"]",
        ),
    )
}

pub(super) fn says_without_pattern(says: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "project.says-without-pattern",
        says.place.clone(),
        Words::new("写了 pattern_says，没有写 pattern", "there is pattern_says but no pattern"),
    )
    .with_hint(Words::new("加一行 pattern = '…'，或删掉这一行", "add a line pattern = '…', or delete this one"))
}

pub(super) fn nothing_to_add(place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.nothing-to-add",
        place,
        Words::new("[[agree]] 没有说把什么加起来", "the group [[agree]] does not say what is added up"),
    )
    .with_hint(Words::new(
        "加一行 sum = \"党支部.党员总数\"，或 count = \"党支部\"",
        "add a line sum = \"党支部.党员总数\", or count = \"党支部\"",
    ))
}

pub(super) fn negative_tolerance(place: Place) -> Diagnostic {
    Diagnostic::error(
        "project.negative-tolerance",
        place,
        Words::new("允许的差不能是负数", "a tolerance cannot be negative"),
    )
    .with_hint(Words::new("例如 tolerance = 1", "such as tolerance = 1"))
}
