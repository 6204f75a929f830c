//! What can go wrong with a run, in words.

mod collect;
mod output;

pub(super) use collect::*;
pub(super) use output::*;

use std::collections::BTreeSet;
use std::io;

use super::names::BadName;
use crate::diagnostic::{Diagnostic, Language, Place, Words, did_you_mean, nearest};

pub(super) fn cannot_read<'a>(
    place: Place,
    path: &str,
    error: &io::Error,
    siblings: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let missing = error.kind() == io::ErrorKind::NotFound;
    let message = if missing {
        Words::new(format!("没有文件“{path}”"), format!("there is no file “{path}”"))
    } else {
        Words::new(
            format!("文件“{path}”读不出来（{}）", reason_zh(error)),
            format!("the file “{path}” cannot be read ({error})"),
        )
    };
    let problem = Diagnostic::error("batch.cannot-read", place, message);
    let name = path.rsplit('/').next().unwrap_or(path);
    match nearest(name, siblings).filter(|_| missing) {
        Some(meant) => problem.with_hint(did_you_mean(meant)),
        None => problem,
    }
}

pub(super) fn too_large(place: Place, path: &str, largest: u64) -> Diagnostic {
    let megabytes = largest >> 20;
    Diagnostic::error(
        "batch.too-large",
        place,
        Words::new(
            format!("文件“{path}”太大，超过 {megabytes} MB"),
            format!("the file “{path}” is too large: over {megabytes} MB"),
        ),
    )
}

pub(super) fn outside_project(place: Place, path: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.outside-project",
        place,
        Words::new(
            format!("文件“{path}”在项目文件夹之外，不能读"),
            format!("the file “{path}” lies outside the project's folder and is not read"),
        ),
    )
    .with_hint(Words::new("把它复制到项目文件夹里", "copy it into the project's folder"))
}

pub(super) fn unknown_style<'a>(place: Place, name: &str, carried: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let carried: Vec<_> = carried.into_iter().collect();
    let problem = Diagnostic::error(
        "batch.unknown-style",
        place,
        Words::new(format!("没有样式“{name}”"), format!("there is no style “{name}”")),
    );
    problem.with_hint(match nearest(name, carried.iter().copied()) {
        Some(meant) => did_you_mean(meant),
        None => Words::new(
            format!("自带的样式有 {}；自己的样式写成文件名，例如 styles/本校.toml", carried.join("、")),
            format!(
                "carried styles: {}; a style of your own is named by its file, such as styles/own.toml",
                carried.join(", ")
            ),
        ),
    })
}

/// A character that no face has; `place` is the cell or the template's tag, if the text comes from one.
pub(super) fn missing_character(place: Place, character: char, context: &str) -> Diagnostic {
    let code = u32::from(character);
    Diagnostic::warning(
        "batch.missing-character",
        place,
        Words::new(
            format!("“{context}”里的{}没有一种字体有，PDF 里以〓代替", character_in_words(character)),
            format!("no face has “{character}” (U+{code:04X}) of “{context}”; the PDF shows 〓 instead"),
        ),
    )
    .with_hint(Words::new(
        "安装有这个字的字体（如 SimSun-ExtB），或者改用别的写法；有哪些字体：huibao fonts",
        "install a font that has it (such as SimSun-ExtB), or write it otherwise; the fonts: huibao fonts",
    ))
}

/// Whether a problem is [`missing_character`] of one of these.
pub(super) fn is_missing_character(problem: &Diagnostic, characters: &BTreeSet<char>) -> bool {
    problem.code == "batch.missing-character"
        && characters.iter().any(|character| problem.message.zh.contains(&character_in_words(*character)))
}

fn character_in_words(character: char) -> String {
    format!("“{character}”（U+{:04X}）", u32::from(character))
}

pub(super) fn too_many_pages(place: Place) -> Diagnostic {
    Diagnostic::error(
        "batch.too-many-pages",
        place,
        Words::new(
            "报告超过 5000 页或 2000 万字（每页都有的页眉、表头每页都算），没有做",
            "the report runs to more than 5000 pages or 20 million characters and was not made",
        ),
    )
    .with_hint(Words::new("按单位分开做，或者少列一些行", "make a report per unit, or list fewer rows"))
}

pub(super) fn not_utf8(path: &str) -> Diagnostic {
    Diagnostic::error("batch.not-utf8", file(path), Words::new("文件不是 UTF-8 编码", "the file is not UTF-8 text"))
        .with_hint(Words::new(
            "文本用记事本打开，另存为 UTF-8；模板要么是这样的文本，要么是 Word 文档（.docx）",
            "if it is text, open it in an editor and save it as UTF-8; a template is such a text or a Word document (.docx)",
        ))
}

pub(super) fn no_project_file(path: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.no-project-file",
        file(path),
        Words::new("这里没有项目文件 huibao.toml", "there is no project file huibao.toml here"),
    )
    .with_hint(Words::new(
        "到项目文件夹里运行，或者用 --project 指明；新建项目：huibao init 文件夹",
        "run huibao in the project's folder or name it with --project; a new project: huibao init FOLDER",
    ))
}

pub(super) fn bad_pattern(place: Place, pattern: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.bad-pattern",
        place,
        Words::new(format!("“{pattern}”不是文件名的写法"), format!("“{pattern}” is not a pattern of file names")),
    )
    .with_hint(Words::new("例如 input/党支部/*.xlsx", "for example input/党支部/*.xlsx"))
}

pub(super) fn no_file_matches<'a>(
    place: Place,
    pattern: &str,
    siblings: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "batch.file-missing",
        place,
        Words::new(format!("没有找到文件“{pattern}”"), format!("no file is found at “{pattern}”")),
    );
    let name = pattern.rsplit('/').next().unwrap_or(pattern);
    problem.with_hint(match nearest(name, siblings) {
        Some(meant) => did_you_mean(meant),
        None => Words::new("路径从项目文件夹算起", "paths begin at the project's folder"),
    })
}

/// Files kept out by `except`, at least one.
pub(super) fn kept_out(place: Place, table: &str, files: &[String]) -> Diagnostic {
    let first: Vec<_> = files.iter().take(10).map(String::as_str).collect();
    let more = if files.len() > first.len() { " …" } else { "" };
    let (first, number) = (first.join(", "), files.len());
    Diagnostic::note(
        "batch.kept-out",
        place,
        Words::new(
            format!("except 留下 {number} 个文件没有读进“{table}”：{first}{more}"),
            format!("except keeps {number} files out of “{table}”: {first}{more}"),
        ),
    )
}

pub(super) fn nothing_excepted(place: Place, pattern: &str) -> Diagnostic {
    Diagnostic::warning(
        "batch.nothing-excepted",
        place,
        Words::new(
            format!("from 里没有“{pattern}”这样的文件，except 不起作用"),
            format!("from means no file “{pattern}”: except keeps nothing out"),
        ),
    )
    .with_hint(Words::new(
        "路径从项目文件夹算起；只写文件名就是哪个文件夹里的都算",
        "paths begin at the project's folder; a name alone means files in every folder",
    ))
}

pub(super) fn lock_file_skipped(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "batch.lock-file-skipped",
        file(path),
        Words::new(
            "跳过：这是 Excel 打开文件时的临时文件，那个工作簿可能还没有关上",
            "skipped: Excel keeps this file while a workbook is open; that workbook may not be saved yet",
        ),
    )
}

pub(super) fn own_output_skipped(path: &str) -> Diagnostic {
    Diagnostic::note(
        "batch.own-output-skipped",
        file(path),
        Words::new(
            "跳过：这是 huibao 做出来的文件，不是交上来的",
            "skipped: huibao has made this file, nobody sent it",
        ),
    )
}

pub(super) fn problem_list_skipped(path: &str) -> Diagnostic {
    Diagnostic::note(
        "batch.problem-list-skipped",
        file(path),
        Words::new(
            "跳过：这是问题清单，不是交上来的数据",
            "skipped: this is a list of problems, not data that somebody sent",
        ),
    )
}

pub(super) fn unknown_choice<'a>(
    option: &str,
    wanted: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    const SHOWN: usize = 12;
    let hint = match nearest(wanted, known.clone()) {
        Some(meant) => did_you_mean(meant),
        None => {
            let some: Vec<_> = known.into_iter().take(SHOWN).collect();
            Words::new(format!("有这些：{}", some.join("、")), format!("there are: {}", some.join(", ")))
        }
    };
    Diagnostic::error(
        "batch.unknown-choice",
        Place::Run,
        Words::new(format!("{option} {wanted}：没有这一项"), format!("{option} {wanted}: there is none of this name")),
    )
    .with_hint(hint)
}

pub(super) fn no_report_of_format(wanted: &[&str], known: &[&str]) -> Diagnostic {
    let format = wanted.join("、");
    Diagnostic::error(
        "batch.no-report-of-format",
        Place::Run,
        Words::new(
            format!("选中的报告没有一份的格式是 {format}"),
            format!("none of the reports chosen has the format {}", wanted.join(", ")),
        ),
    )
    .with_hint(Words::new(
        format!("它们的格式是 {}；要做 {format}，就在 huibao.toml 的 [[report]] 里写进 formats", known.join("、")),
        format!("they have {}; for another, add it to formats in the [[report]] of huibao.toml", known.join(", ")),
    ))
}

pub(super) fn bad_name(place: Place, name: &str, reason: &BadName) -> Diagnostic {
    let (zh, en) = match reason {
        BadName::Empty => ("有一段是空的".into(), "a part of it is empty".into()),
        BadName::LeavesFolder => ("会写到输出文件夹外面".into(), "it leaves the output folder".into()),
        BadName::Character(c) => {
            let shown = c.escape_debug();
            (format!("文件名里不能有“{shown}”"), format!("file names cannot have “{shown}”"))
        }
        BadName::Reserved(part) => {
            (format!("“{part}”是 Windows 保留的名字"), format!("Windows keeps the name “{part}” for itself"))
        }
        BadName::TooLong => ("太长".into(), "it is too long".into()),
    };
    Diagnostic::error(
        "batch.bad-name",
        place,
        Words::new(format!("输出文件名“{name}”不能用：{zh}"), format!("the output name “{name}” cannot be used: {en}")),
    )
    .with_hint(Words::new(
        "改 output 这一行，或者改它用到的单元格",
        "change the output line, or the cells that it uses",
    ))
}

pub(super) fn names_collide(place: Place, name: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.names-collide",
        place,
        Words::new(
            format!("{first} 和 {second} 会写到同一个文件“{name}”"),
            format!("{first} and {second} would be written to the same file “{name}”"),
        ),
    )
    .with_hint(Words::new(
        "在 output 里加上能区分它们的列，例如代码",
        "add a column to output that tells them apart, such as a code",
    ))
}

pub(super) fn no_units(place: Place, table: &str) -> Diagnostic {
    Diagnostic::warning(
        "batch.no-units",
        place,
        Words::new(
            format!("表“{table}”没有行，没有报告可做"),
            format!("the table “{table}” has no rows: no reports to make"),
        ),
    )
}

pub(super) fn crashed(what: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.crashed",
        Place::Run,
        Words::new(format!("程序出了意外：{what}"), format!("the program failed unexpectedly: {what}")),
    )
    .with_hint(Words::new(
        "其他报告不受影响；请把这条信息报告给开发者",
        "other reports are not affected; please report this",
    ))
}

fn file(path: &str) -> Place {
    Place::File { file: path.to_owned() }
}

fn reason_zh(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "不存在".into(),
        io::ErrorKind::PermissionDenied => "没有权限".into(),
        io::ErrorKind::ReadOnlyFilesystem => "只读".into(),
        io::ErrorKind::StorageFull => "磁盘已满".into(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".into(),
        io::ErrorKind::IsADirectory => "是一个文件夹".into(),
        io::ErrorKind::AlreadyExists => "已有同名的文件".into(),
        // Windows: another program has it open.
        _ if cfg!(windows) && error.raw_os_error() == Some(32) => "正在别的程序里打开".into(),
        _ => error.to_string(),
    }
}

pub(super) fn text_too_long(place: Place, length: usize, most: usize) -> Diagnostic {
    Diagnostic::warning(
        "batch.text-too-long",
        place,
        Words::new(
            format!("这一格有 {length} 个字，Excel 的单元格放不下，汇总表里只有前 {most} 个"),
            format!("this cell has {length} characters; a cell of Excel holds {most}, and the rest is cut off"),
        ),
    )
}

/// Most names of columns that one problem lists.
const MOST_NAMES: usize = 12;

pub(super) fn unused_columns(place: Place, table: &str, columns: &[&str]) -> Diagnostic {
    let number = columns.len();
    let shown = &columns[..number.min(MOST_NAMES)];
    let (mut zh, mut en) = (shown.join("、"), shown.join(", "));
    if number > shown.len() {
        zh += &format!(" 等 {number} 列");
        en += &format!(" and {} more", number - shown.len());
    }
    Diagnostic::note(
        "batch.unused-columns",
        place,
        Words::new(
            format!("表“{table}”里没有模板用到的列：{zh}"),
            format!("columns of the table “{table}” that no template uses: {en}"),
        ),
    )
    .with_hint(Words::new(
        "要写进报告就用到模板里；用不着就不用管",
        "name them in a template if a report should tell of them; else never mind",
    ))
}

pub(super) fn idle_tag(place: Place, tag: &str, times: usize) -> Diagnostic {
    Diagnostic::warning(
        "batch.idle-tag",
        place,
        Words::new(
            format!("“{tag}”在所有报告里都没有值（{times} 次都是空的）"),
            format!("“{tag}” has no value in any report (blank all {times} times)"),
        ),
    )
    .with_hint(Words::new(
        "看看是不是该用别的列，或者数据还没有收上来；不要了就从模板里去掉",
        "is another column meant, or is the data still to come? If not, take it out of the template",
    ))
}

pub(super) fn mostly_blank(place: Place, tag: &str, blank: usize, filled: usize) -> Diagnostic {
    let all = blank + filled;
    Diagnostic::note(
        "batch.mostly-blank",
        place,
        Words::new(
            format!("表格里“{tag}”这一列多半是空的：{all} 格里有 {blank} 格，都显示为“—”"),
            format!("“{tag}” is mostly blank in tables: {blank} of {all} cells, shown as dashes"),
        ),
    )
}

/// `shown_at` is the tag whose table shows it.
pub(super) fn blank_cell(place: Place, table: &str, column: &str, shown_at: &Place) -> Diagnostic {
    let (zh, en) = (shown_at.in_language(Language::Chinese), shown_at.in_language(Language::English));
    let mut problem = Diagnostic::note(
        "batch.blank-cell",
        place,
        Words::new(
            format!("“{column}”是空的，报告的表格里显示为“—”（{zh}）"),
            format!("“{column}” is blank; a table of a report shows a dash ({en})"),
        ),
    )
    .with_hint(Words::new("填上数据；确实没有就不用管", "fill it in; where there is nothing to tell, never mind"));
    problem.column = Some(format!("{table}.{column}"));
    problem
}
