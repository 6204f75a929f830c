//! `huibao convert`: makes the PDF of Word documents, by Word's own rules.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::End;
use super::arguments::ConvertOptions;
use super::console::{Console, counted};
use super::problem;
use crate::batch::{Settled, settle, write_whole};
use crate::diagnostic::{Diagnostic, Words};
use crate::document::Document;
use crate::document::memory::MOST_MEMORY;
use crate::docx;
use crate::font::FontLibrary;
use crate::layout::{Layout, lay_out};
use crate::pdf::Writer;

pub(super) fn run(options: &ConvertOptions, console: &Console) -> End {
    let fonts = match FontLibrary::load(options.fonts.source, options.fonts.folder.as_deref()) {
        Ok(fonts) => fonts,
        Err(problem) => return console.refuse(&[problem]),
    };
    let writer = Writer::new(&fonts);
    let targets = targets(options);
    let twice = targets.iter().enumerate().find(|(at, target)| targets.iter().take(*at).any(|other| other == *target));
    if let Some((_, target)) = twice {
        return console.refuse(&[problem::same_target(target)]);
    }
    let results: Vec<Result<Vec<Diagnostic>, Vec<Diagnostic>>> = options
        .files
        .par_iter()
        .zip(&targets)
        .map(|(file, target)| convert(file, target, options, &fonts, &writer))
        .collect();
    let mut problems = fonts.notes();
    let mut made = 0;
    for (result, target) in results.into_iter().zip(&targets) {
        match result {
            Ok(warnings) => {
                made += 1;
                problems.extend(warnings);
                console.say(&target.display().to_string());
            }
            Err(refused) => problems.extend(refused),
        }
    }
    console.problems(&problems);
    let failed = options.files.len() - made;
    if failed > 0 {
        console.tell(&Words::new(
            format!("做成 {made} 份 PDF，{failed} 份没做成"),
            format!("{} made, {failed} failed", counted(made, "PDF file")),
        ));
    }
    match (made, failed) {
        (_, 0) => End::Fine,
        (0, _) => End::Refused,
        _ => End::ReportsFailed,
    }
}

/// Where the PDF of each file goes: into the named folder, or beside it.
fn targets(options: &ConvertOptions) -> Vec<PathBuf> {
    let target = |file: &PathBuf| {
        let beside = file.with_extension("pdf");
        match (&options.out, beside.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => beside,
        }
    };
    options.files.iter().map(target).collect()
}

/// A document on pages, its fields showing what they have to.
fn set(
    name: &str,
    file: &Path,
    bytes: &[u8],
    memory: u64,
    fonts: &FontLibrary,
) -> Result<(Document, Vec<Diagnostic>, Layout), Diagnostic> {
    let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    // fields that cannot be read show what they last did
    let settled = settle(name, bytes, file_name.as_deref(), memory, None, fonts).ok().flatten();
    let bytes = match settled {
        Some(Settled { set: Some(set), .. }) => return Ok((set.document, set.warnings, set.layout)),
        Some(settled) => Cow::Owned(settled.bytes),
        None => Cow::Borrowed(bytes),
    };
    let (document, problems) = docx::read_within(name, &bytes, memory, None)?;
    let layout = lay_out(&document, fonts);
    Ok((document, problems, layout))
}

fn convert(
    file: &Path,
    target: &Path,
    options: &ConvertOptions,
    fonts: &FontLibrary,
    writer: &Writer,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let name = file.display().to_string();
    let cannot_read = |error| vec![problem::cannot_read(file, &error)];
    let memory = options.memory.map_or(MOST_MEMORY, |megabytes| u64::from(megabytes) << 20);
    let size = fs::metadata(file).map_err(cannot_read)?.len();
    docx::check_size(&name, size, memory).map_err(|problem| vec![problem])?;
    let bytes = fs::read(file).map_err(cannot_read)?;
    let (mut document, mut problems, layout) =
        set(&name, file, &bytes, memory, fonts).map_err(|problem| vec![problem])?;
    document.info.title_from(&name);
    problems.extend(layout.missing.iter().map(|missing| problem::missing_character(file, missing)));
    if layout.cut_off {
        problems.push(problem::cut_off(file));
    }
    let pdf = match writer.write(layout.pages, &document.info) {
        Ok(pdf) => pdf,
        Err(problem) => {
            problems.push(problem);
            return Err(problems);
        }
    };
    // a file of the same content is left as it is
    if !options.replace && fs::read(target).is_ok_and(|there| blake3::hash(&there) != pdf.hash()) {
        problems.push(problem::would_replace_pdf(target));
        return Err(problems);
    }
    if let Err(error) = write_whole(target, &pdf) {
        problems.push(problem::cannot_write(target, &error));
        return Err(problems);
    }
    Ok(problems)
}
