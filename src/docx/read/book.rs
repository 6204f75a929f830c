//! What all texts of a document share: its parts, styles, lists, settings, and the warnings.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::lists::Lists;
use super::notes::{Notes, Numbering};
use super::package::{Package, Relations};
use super::problem;
use super::running::Running;
use super::styles::Styles;
use super::theme::Theme;
use super::tree::Element;
use crate::diagnostic::{Diagnostic, Words};
use crate::document::{Chart, Image, ImageFormat, Length, NumberFormat, WordRules};

/// So many things that are not shown are told one by one.
const MOST_WARNINGS: usize = 100;

/// A chart, and what of it is not shown.
pub type ReadChart = (Arc<Chart>, Vec<Words>);

/// What all texts of a document share.
#[derive(Debug)]
pub struct Book {
    /// The file's name in messages.
    pub file: String,
    /// The parts.
    pub package: Package,
    /// How the document points to other parts.
    pub relations: Relations,
    /// The theme.
    pub theme: Theme,
    /// The styles.
    pub styles: Styles,
    /// The lists.
    pub lists: Lists,
    /// The settings.
    pub settings: Settings,
    /// The styles that headers and footers ask for.
    pub running: Arc<Running>,
    /// The notes that are referred to.
    pub notes: Notes,
    /// What is not shown.
    pub warnings: Vec<Diagnostic>,
    /// So many more things are not shown.
    pub more_warnings: usize,
    images: BTreeMap<String, Option<Arc<Image>>>,
    /// So many pixels of pictures that a PDF cannot hold may still be read.
    foreign_pixels: u64,
    charts: BTreeMap<String, Option<ReadChart>>,
    note_parts: BTreeMap<String, Option<Arc<NotePart>>>,
}

/// A part with notes, found by their identifiers: a document may have very many.
#[derive(Debug)]
pub struct NotePart {
    /// The notes.
    pub notes: HashMap<String, Element>,
    /// The line above them.
    pub separator: Option<Element>,
    /// How the part points to others.
    pub relations: Relations,
}

impl NotePart {
    fn read(package: &Package, path: &str) -> Option<Self> {
        let relations = package.relations(path).ok()?;
        let (mut notes, mut separator) = (HashMap::new(), None);
        for note in package.own_tree(path).ok().flatten()?.children {
            if note.attribute("w:type") == Some("separator") {
                separator.get_or_insert(note);
            } else if let Some(id) = note.attribute("w:id").map(str::to_owned) {
                notes.entry(id).or_insert(note);
            }
        }
        Some(Self { notes, separator, relations })
    }
}

/// Settings of the whole document (`settings.xml`).
#[derive(Clone, Debug)]
pub struct Settings {
    /// Rules of an older or newer Word.
    pub rules: WordRules,
    /// Distance of default tab stops.
    pub default_tab: Length,
    /// Odd and even pages differ.
    pub even_and_odd: bool,
    /// Marks give up width.
    pub compress_punctuation: bool,
    /// The characters that may not begin a line, of the first language that has its own.
    pub not_at_start: Option<String>,
    /// The characters that may not end a line.
    pub not_at_end: Option<String>,
    /// How footnotes are numbered.
    pub footnotes: Numbering,
    /// How endnotes are numbered.
    pub endnotes: Numbering,
    /// Endnotes stand at the end of their section, not of the document.
    pub endnotes_by_section: bool,
    /// The East Asian language of the theme's faces.
    pub language: Option<String>,
}

impl Settings {
    /// Reads the settings.
    pub fn read(part: Option<&Element>) -> Self {
        let compat = part.and_then(|part| part.child("w:compat"));
        let mode = compat.and_then(|compat| {
            let of_word = compat.children_named("w:compatSetting");
            let mut modes = of_word.filter(|setting| setting.attribute("w:name") == Some("compatibilityMode"));
            modes.next()?.value()?.parse().ok()
        });
        let switch = |name: &str| part.and_then(|part| part.switch(name)).unwrap_or(false);
        let compat_switch = |name: &str| compat.and_then(|compat| compat.switch(name)).unwrap_or(false);
        let own_list = |name: &str| Some(part?.child(name)?.value()?.to_owned());
        Self {
            rules: WordRules {
                mode: mode.unwrap_or(12),
                grid_in_tables: compat_switch("w:adjustLineHeightInTable"),
                spaces_add_up: compat_switch("w:doNotUseHTMLParagraphAutoSpacing"),
                double_spacing: compat_switch("w:balanceSingleByteDoubleByteWidth"),
                breaks_end_stretch: compat_switch("w:doNotExpandShiftReturn"),
                notes_by_page: None,
            },
            default_tab: part
                .and_then(|part| super::measure::twips(part.child_value("w:defaultTabStop")?))
                .unwrap_or(Length::twips(720)),
            even_and_odd: switch("w:evenAndOddHeaders"),
            compress_punctuation: part
                .and_then(|part| part.child_value("w:characterSpacingControl"))
                .is_some_and(|kind| kind.starts_with("compressPunctuation")),
            footnotes: Numbering::read(part.and_then(|part| part.child("w:footnotePr")), NumberFormat::Decimal),
            endnotes: Numbering::read(part.and_then(|part| part.child("w:endnotePr")), NumberFormat::LowerRoman),
            endnotes_by_section: part.and_then(|part| part.child("w:endnotePr")?.child_value("w:pos"))
                == Some("sectEnd"),
            not_at_start: own_list("w:noLineBreaksBefore"),
            not_at_end: own_list("w:noLineBreaksAfter"),
            language: part.and_then(|part| part.child("w:themeFontLang")?.attribute("w:eastAsia")).map(str::to_owned),
        }
    }
}

impl Book {
    /// A book without notes and warnings yet.
    pub fn new(
        file: &str,
        package: Package,
        relations: Relations,
        theme: Theme,
        (styles, lists, settings): (Styles, Lists, Settings),
    ) -> Self {
        Self {
            file: file.to_owned(),
            package,
            relations,
            theme,
            styles,
            lists,
            settings,
            running: Arc::default(),
            notes: Notes::default(),
            warnings: Vec::new(),
            more_warnings: 0,
            images: BTreeMap::new(),
            foreign_pixels: MOST_FOREIGN_PIXELS,
            charts: BTreeMap::new(),
            note_parts: BTreeMap::new(),
        }
    }

    /// Remembers that something is not shown; once for one place, and only the first ones whole.
    pub fn not_shown(&mut self, part: &Words, words: &str, what: &Words) {
        let warning = problem::not_shown(&self.file, part, words, what);
        if self.warnings.len() >= MOST_WARNINGS {
            self.more_warnings += 1;
        } else if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Tells what a style has that is not shown, the first time that it is used.
    pub fn tell_of_style(&mut self, id: Option<&str>) {
        let Some(id) = id else { return };
        for (name, what) in self.styles.take_untold(id) {
            self.not_shown(&Words::new(format!("样式“{name}”"), format!("style “{name}”")), "", &what);
        }
    }

    /// A part with notes, read once.
    pub fn note_part(&mut self, path: &str) -> Option<Arc<NotePart>> {
        if let Some(known) = self.note_parts.get(path) {
            return known.clone();
        }
        let part = NotePart::read(&self.package, path).map(Arc::new);
        self.note_parts.insert(path.to_owned(), part.clone());
        part
    }

    /// A chart by its part's path, read once, and what of it is not shown.
    pub fn chart(&mut self, path: &str) -> Option<ReadChart> {
        if let Some(known) = self.charts.get(path) {
            return known.clone();
        }
        let part = self.package.tree(path).ok().flatten();
        let read = part.map(|part| super::chart::read(&part, &self.theme));
        let read = read.map(|(chart, missing)| (Arc::new(chart), missing));
        self.charts.insert(path.to_owned(), read.clone());
        read
    }

    /// A picture by its part's path, read once; none if its format is not one of a PDF.
    pub fn image(&mut self, path: &str) -> Option<Arc<Image>> {
        if let Some(known) = self.images.get(path) {
            return known.clone();
        }
        let image = self.package.part(path).and_then(|bytes| image(bytes, &mut self.foreign_pixels)).map(Arc::new);
        self.images.insert(path.to_owned(), image.clone());
        image
    }

    /// A picture with the drawing that it is a copy of, by both parts' paths.
    pub fn drawing(&mut self, path: &str, drawing: &str) -> Option<Arc<Image>> {
        let both = format!("{path}\n{drawing}");
        if let Some(known) = self.images.get(&both) {
            return known.clone();
        }
        let copy = self.image(path);
        let drawn = self.package.part(drawing).and_then(|bytes| crate::picture::plain_drawing(bytes).ok());
        let image = match (copy, drawn) {
            (Some(copy), Some(drawing)) => {
                Some(Arc::new(Image { drawing: Some(drawing.into()), ..Image::clone(&copy) }))
            }
            (copy, _) => copy,
        };
        self.images.insert(both, image.clone());
        image
    }
}

/// The most pixels of all pictures of a document together that a PDF cannot hold.
const MOST_FOREIGN_PIXELS: u64 = 64_000_000;

fn image(bytes: &[u8], foreign_pixels: &mut u64) -> Option<Image> {
    let format = match imagesize::image_type(bytes).ok()? {
        imagesize::ImageType::Png => ImageFormat::Png,
        imagesize::ImageType::Jpeg => ImageFormat::Jpeg,
        imagesize::ImageType::Gif | imagesize::ImageType::Bmp | imagesize::ImageType::Webp => {
            *foreign_pixels = foreign_pixels.checked_sub(crate::picture::pixels(bytes))?;
            return crate::picture::read(bytes.to_vec(), &crate::picture::Print::default()).ok();
        }
        _ => return None,
    };
    let size = imagesize::blob_size(bytes).ok()?;
    Some(Image {
        format,
        bytes: bytes.to_vec().into(),
        width_px: u32::try_from(size.width).ok()?,
        height_px: u32::try_from(size.height).ok()?,
        drawing: None,
    })
}
