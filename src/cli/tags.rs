//! `huibao tags`: lists the tags of a template and what they need.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, Command, value_parser};
use serde::Serialize;

use super::End;
use super::console::{Console, count};
use crate::batch::template_tags;
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::template::{TagList, TagUse};

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    list: &'a TagList,
    problems: &'a [Diagnostic],
}

pub(super) fn run(template: &Path, data: Option<&Path>, json: bool, console: &Console) -> End {
    let (list, problems) = match template_tags(template, data) {
        Ok(found) => found,
        Err(problems) => return console.refuse(&problems),
    };
    if json {
        console.say_json(&Report { list: &list, problems: &problems });
    } else {
        tell(&list, &template.display().to_string(), console);
        console.problems(&problems);
        if data.is_some() || !problems.is_empty() {
            console.tell(&count(&problems));
        }
    }
    if problems.iter().any(Diagnostic::is_error) { End::Refused } else { End::Fine }
}

fn tell(list: &TagList, template: &str, console: &Console) {
    if list.tags.is_empty() {
        return console.tell(&Words::new(
            "没有标签。标签写成 {{列名}}，例如 {{姓名}}",
            "there are no tags. A tag is written {{column}}, such as {{姓名}}",
        ));
    }
    for TagUse { tag, place, depth } in &list.tags {
        let Words { zh, en } = spot(place, template);
        let indent = "  ".repeat(*depth);
        console.tell(&Words::new(format!("{zh}\t{indent}{tag}"), format!("{en}\t{indent}{tag}")));
    }
    console.tell(&Words::new("需要的数据：", "the data they need:"));
    let names = |columns: &BTreeSet<String>| columns.iter().cloned().collect::<Vec<_>>().join("、");
    if !list.unit.is_empty() {
        let columns = names(&list.unit);
        console
            .tell(&Words::new(format!("  每份的那一行：{columns}"), format!("  the row of each document: {columns}")));
    }
    for (table, columns) in &list.tables {
        let columns = names(columns);
        console.tell(&Words::new(format!("  表“{table}”：{columns}"), format!("  table “{table}”: {columns}")));
    }
}

/// Where a tag stands; in a document that is put in, its file is named.
fn spot(place: &Place, template: &str) -> Words {
    let within = |file: &String| if file == template { String::new() } else { format!("{file} ") };
    match place {
        Place::Paragraph { file, part, paragraph, cell, .. } => {
            let part = part.words();
            let (zh, en) = match cell {
                Some((row, column)) => {
                    (format!(" 表格{row}行{column}列"), format!(", table row {row}, column {column}"))
                }
                None => Default::default(),
            };
            let file = within(file);
            Words::new(
                format!("{file}{}第{paragraph}段{zh}", part.zh),
                format!("{file}{} paragraph {paragraph}{en}", part.en),
            )
        }
        Place::Text { file, line, .. } => {
            let file = within(file);
            Words::new(format!("{file}第{line}行"), format!("{file}line {line}"))
        }
        other => Words::new(other.to_string(), other.to_string()),
    }
}

/// The command's arguments.
pub(super) fn command(say: &dyn Fn(&'static str, &'static str) -> &'static str) -> Command {
    Command::new("tags")
        .about(say(
            "列出模板里的标签和它们需要的表、列；给出工作簿就一起核对",
            "list the tags of a template and the tables and columns they need; with a workbook, hold them against it",
        ))
        .arg(
            Arg::new("template")
                .value_name("TEMPLATE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(say("模板（.docx 或 .md）", "the template (.docx or .md)")),
        )
        .arg(
            Arg::new("data")
                .value_name("DATA")
                .value_parser(value_parser!(PathBuf))
                .help(say("工作簿", "the workbook")),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(say("结果用 JSON 给出", "give the result as JSON")),
        )
}
