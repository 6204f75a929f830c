//! Makes the shipped templates in Word: `cargo run --example make_word_templates`. The same bytes come out each time.
//!
//! `templates/school.docx` is the twin of `templates/school.md`: the text template set in the official style with its
//! tags left as text. `templates/党支部登记表.docx` is a form of one page.

mod form;

use std::error::Error;
use std::fs;
use std::sync::Arc;

use huibao::dataset::Dataset;
use huibao::diagnostic::{Diagnostic, Place, Words};
use huibao::document::{Block, Content, Document, Image, Paragraph, Run};
use huibao::docx;
use huibao::picture::Print;
use huibao::style::{DEFAULT, Style};
use huibao::template::{PictureSource, Pictures, ProjectFacts, Scope, Template};

fn main() -> Result<(), Box<dyn Error>> {
    let style = Style::carried(DEFAULT).ok_or("no such style")?;
    let school = fs::read_to_string("templates/school.md")?;
    fs::write("templates/school.docx", write(&with_tags_as_text(&school, &style)?)?)?;
    fs::write("templates/党支部登记表.docx", write(&form::document(&style))?)?;
    fs::write("templates/照片.png", form::photo())?;
    Ok(())
}

/// A text template as a document in which its tags stand as text, each tag of a block in a paragraph of its own.
fn with_tags_as_text(source: &str, style: &Style) -> Result<Document, Box<dyn Error>> {
    let mut text = String::new();
    for line in source.lines() {
        let block = line.starts_with("{{#") || line.starts_with("{{/") || line == "{{else}}";
        let alone = block && line.matches("{{").count() == 1 && line.ends_with("}}");
        let line = line.replace("{{", "\\{{");
        text += &if alone { format!("\n{line}\n\n") } else { format!("{line}\n") };
    }
    let (dataset, project) = (Dataset::default(), ProjectFacts::default());
    let scope = Scope { dataset: &dataset, project: &project, unit: None, skipped: 0 };
    let merged = Template::parse("school.md", &text).merge(scope, style, &NoPictures).map_err(|found| told(&found))?;
    let mut document = merged.0;
    for section in &mut document.sections {
        let paragraphs = section.blocks.iter_mut().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        });
        paragraphs.for_each(tidy);
    }
    Ok(document)
}

/// What the text template leaves to the program, a template in Word has to say itself: where the title parts, and that the
/// signature never stands on a page alone.
fn tidy(paragraph: &mut Paragraph) {
    // the title was parted into lines for its tags, not for what they will be
    paragraph.runs.retain(|run| run.content != Content::LineBreak);
    let texts = paragraph.runs.iter().filter_map(|run| match &run.content {
        Content::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let text: String = texts.collect();
    if MAY_BE_LAST.iter().any(|start| text.starts_with(start)) {
        paragraph.format.keep_next = Some(true);
    }
    if let Some(rest) = text.strip_prefix(NAME).filter(|rest| rest.ends_with("总结"))
        && let Some(first) = paragraph.runs.first().cloned()
    {
        let of = |content: Content| Run { content, ..first.clone() };
        paragraph.runs =
            vec![of(Content::Text(NAME.to_owned())), of(Content::LineBreak), of(Content::Text(rest.to_owned()))];
    }
}

/// What the title begins with; the rest stands below it.
const NAME: &str = "{{学校名称}}";
/// How the paragraphs begin that may be the last of the text.
const MAY_BE_LAST: [&str; 4] = ["各支部落实", "{{事迹}}", "{{照片墙", "学校办学类型"];

fn write(document: &Document) -> Result<Vec<u8>, String> {
    docx::write(document).map_err(|problem| told(&[problem]))
}

fn told(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| problem.message.en.clone()).collect::<Vec<_>>().join("\n")
}

struct NoPictures;

impl Pictures for NoPictures {
    fn picture(&self, _: PictureSource<'_>, _: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        Err(Diagnostic::error("example.no-picture", named_at.clone(), Words::new("没有图片", "there are no pictures")))
    }
}
