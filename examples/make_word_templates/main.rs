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
use huibao::document::{Content, Document, Image};
use huibao::docx;
use huibao::style::Style;
use huibao::template::{Pictures, ProjectFacts, Scope, Template};

fn main() -> Result<(), Box<dyn Error>> {
    let style = Style::carried("official").ok_or("no such style")?;
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
    let scope = Scope { dataset: &dataset, project: &project, unit: None };
    let merged = Template::parse("school.md", &text).merge(scope, style, &NoPictures).map_err(|found| told(&found))?;
    let mut document = merged.0;
    // The title was parted into lines for its tags, not for what they will be.
    for section in &mut document.sections {
        for block in &mut section.blocks {
            if let huibao::document::Block::Paragraph(paragraph) = block {
                paragraph.runs.retain(|run| run.content != Content::LineBreak);
            }
        }
    }
    Ok(document)
}

fn write(document: &Document) -> Result<Vec<u8>, String> {
    docx::write(document).map_err(|problem| told(&[problem]))
}

fn told(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| problem.message.en.clone()).collect::<Vec<_>>().join("\n")
}

struct NoPictures;

impl Pictures for NoPictures {
    fn picture(&self, _: &str, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        Err(Diagnostic::error("example.no-picture", named_at.clone(), Words::new("没有图片", "there are no pictures")))
    }
}
