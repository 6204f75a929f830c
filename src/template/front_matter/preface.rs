//! What stands before a report's text, as its front matter has it: cover and contents. Without tags, so that it is known
//! before any data is.

use super::{FrontMatter, Key, OfficialForm, problem};
use crate::diagnostic::Diagnostic;
use crate::settings::Located;
use crate::style::{Contents, Style};

/// Levels of headings in contents that are only asked for, where the style has none.
const LEVELS: u8 = 3;

/// What the front matter says; nothing where the style decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::template) struct Preface {
    cover: Option<bool>,
    contents: Option<Wish>,
    /// The form of an official document.
    pub form: OfficialForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// As the style has them.
    Any,
    These(Contents),
}

impl Preface {
    /// Reads what the front matter says of it.
    pub(in crate::template) fn read(front: &FrontMatter, problems: &mut Vec<Diagnostic>) -> Self {
        let mut understood = |key, read: fn(&str) -> Option<Wish>, example| {
            let value: &Located<String> = front.get(key)?;
            let wish = read(value.value.trim());
            if wish.is_none() {
                problems.push(problem::not_understood(value, example));
            }
            wish
        };
        let cover = understood(Key::Cover, yes_or_no, "有、无");
        let contents = understood(Key::Contents, contents, "有、无、2级、2级、表、图");
        let form = front.get(Key::Form).map(|value| match OfficialForm::named(value.value.trim()) {
            Some(form) => form,
            None => {
                problems.push(problem::not_understood(value, OfficialForm::EXAMPLE));
                OfficialForm::default()
            }
        });
        Self { cover: cover.map(|wish| wish == Wish::Any), contents, form: form.unwrap_or_default() }
    }

    /// Whether there is a cover.
    pub(in crate::template) fn cover(self, style: &Style) -> bool {
        self.cover.unwrap_or(style.cover)
    }

    /// What the contents have.
    pub(in crate::template) fn contents(self, style: &Style) -> Contents {
        match self.contents {
            None => style.contents,
            Some(Wish::These(contents)) => contents,
            Some(Wish::Any) if style.contents.any() => style.contents,
            Some(Wish::Any) => Contents { levels: LEVELS, ..Contents::default() },
        }
    }
}

fn yes_or_no(text: &str) -> Option<Wish> {
    match text.to_lowercase().as_str() {
        "有" | "是" | "要" | "yes" | "true" => Some(Wish::Any),
        "无" | "否" | "不要" | "no" | "false" => Some(Wish::These(Contents::default())),
        _ => None,
    }
}

/// `有`, `无`, or a list of `2级`, `表` and `图`.
fn contents(text: &str) -> Option<Wish> {
    if let Some(wish) = yes_or_no(text) {
        return Some(wish);
    }
    let mut contents = Contents::default();
    for word in text.split(['、', '，', ',', ' ', '　']).map(str::trim).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        match word.as_str() {
            "表" | "tables" => contents.tables = true,
            "图" | "figures" => contents.figures = true,
            _ => {
                let level = word.trim_end_matches(['级', '层']);
                let by_word = ["一", "二", "三", "四"].iter().position(|name| *name == level);
                let level = by_word.map(|at| at + 1).or_else(|| level.parse().ok()).or((level == "两").then_some(2));
                contents.levels = level.filter(|level| (1..=4).contains(level))? as u8;
            }
        }
    }
    contents.any().then_some(Wish::These(contents))
}

#[cfg(test)]
mod tests {
    use super::super::front_matter;
    use super::*;
    use crate::diagnostic::Language;

    fn read(lines: &str) -> (Preface, Vec<String>) {
        let source = format!("---\n{lines}\n---\n");
        let (front, _, _) = front_matter("a.md", &source).unwrap();
        let mut problems = Vec::new();
        let preface = Preface::read(&front, &mut problems);
        (preface, problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect())
    }

    #[test]
    fn the_style_decides_what_the_front_matter_leaves_open() {
        let (plain, report) = (Style::carried("plain").unwrap(), Style::carried("report").unwrap());
        let (nothing, _) = read("标题：甲");
        assert_eq!((nothing.cover(&plain), nothing.cover(&report)), (false, true));
        assert_eq!((nothing.contents(&plain).levels, nothing.contents(&report).levels), (0, 2));
        let (said, _) = read("封面：无\n目录：有");
        assert_eq!((said.cover(&report), said.contents(&plain).levels, said.contents(&report).levels), (false, 3, 2));
        let (lists, _) = read("contents: 一级、表，图");
        assert_eq!(lists.contents(&report), Contents { levels: 1, tables: true, figures: true });
    }

    #[test]
    fn what_is_not_understood_is_told_with_examples() {
        let (_, problems) = read("封面：大概\n目录：九级");
        assert_eq!(
            problems,
            [
                "错误：a.md:2:4：看不懂“大概”\n  办法：写成 有、无 的样子",
                "错误：a.md:3:4：看不懂“九级”\n  办法：写成 有、无、2级、2级、表、图 的样子"
            ]
        );
    }
}
