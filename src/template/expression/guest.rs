//! `{{include "部分.docx"}}`: other documents in the place of a tag, their own tags run as if they stood there.

use std::fmt;
use std::sync::Arc;

use super::frame::Frames;
use super::resolve::Resolver;
use super::run::Runner;
use super::schema::Level;
use super::step::{Op, Step};
use super::syntax::{Call, Expr, Shown};
use super::value::Value;
use super::{Position, Tagged, Use, resolve};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Place};
use crate::template::ProjectFacts;
use crate::template::inserts::Insert;
use crate::template::problem::{guests as problem, values};

/// Documents within documents.
pub(super) const DEEPEST: usize = 8;
/// Documents looked into for one template.
pub(super) const MOST: usize = 1000;

/// A document that stands in the place of a tag.
#[derive(Clone, Debug)]
pub(in crate::template) struct Guest {
    pub(in crate::template) text: Arc<Tagged>,
    /// What is put before its text, and after.
    pub(in crate::template) around: (String, String),
}

/// Finds documents by their paths.
pub(in crate::template) trait Guests: fmt::Debug + Send + Sync {
    /// A document as it stands in another of this use; problems with finding it are placed where it is named.
    fn guest(&self, path: &str, used: Use, named_at: &Place) -> Result<Guest, Diagnostic>;
}

/// The documents around one that is looked into.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Their names, the template's first.
    files: Vec<String>,
}

impl Chain {
    pub(super) fn of(file: &str) -> Self {
        Self { files: vec![file.to_owned()] }
    }

    /// One document further in.
    ///
    /// # Errors
    /// It stands in itself, or in too many others.
    pub(super) fn with(&self, guest: &Guest, named_at: &Place) -> Result<Self, Diagnostic> {
        let mut files = self.files.clone();
        let again = files.contains(&guest.text.file);
        files.push(guest.text.file.clone());
        if again {
            return Err(problem::in_itself(named_at.clone(), &files));
        }
        if files.len() > DEEPEST {
            return Err(problem::too_deep(named_at.clone(), DEEPEST));
        }
        Ok(Self { files })
    }

    /// Whether it is the template itself.
    pub(super) fn is_template(&self) -> bool {
        self.files.len() == 1
    }
}

/// A tag that puts a document in.
#[derive(Debug)]
pub(super) struct IncludeOp<'t> {
    pub(super) path: Op<'t>,
    pub(super) shown: &'t Shown,
    /// What names stand for at its place.
    pub(super) levels: Vec<Level>,
}

/// What a document needs to be run.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) project: &'a ProjectFacts,
}

impl Runner<'_> {
    /// Runs a document's own tags in the place of the tag that names it.
    pub(super) fn include(&mut self, tag: &IncludeOp<'_>) {
        let path = self.value(&tag.path);
        let at: Position = tag.shown.at;
        let place = self.value_place(&path, at);
        let Some(name) = path.value.shown() else {
            let spot = self.spot(at);
            return self.report(values::blank_shown(place, &tag.shown.text, &spot, self.used()));
        };
        match self.guest(&name, tag, &place) {
            Ok(()) => {}
            Err(found) => found.into_iter().for_each(|problem| self.report(problem)),
        }
    }

    fn guest(&mut self, name: &str, tag: &IncludeOp<'_>, place: &Place) -> Result<(), Vec<Diagnostic>> {
        let one = |problem| vec![problem];
        let guests = self.guests().ok_or_else(|| one(problem::no_documents(place.clone())))?;
        let guest = guests.guest(name, self.used(), place).map_err(one)?;
        let chain = self.chain().with(&guest, place).map_err(one)?;
        let around = self.surroundings();
        let resolved = resolve::resolve_guest(&guest.text, around, tag.levels.clone(), chain.clone());
        if !resolved.problems.is_empty() {
            return Err(resolved.problems);
        }
        if !self.guest_of(resolved.nodes) {
            return Ok(());
        }
        let frames: Frames<'_> = self.frames.clone();
        let (text, problems) = self.within(&guest.text, chain, frames).run(&resolved.steps);
        problems.into_iter().for_each(|problem| self.report(problem));
        match (guest.text.used_as, self.used()) {
            // The writer of the Word document reads the Markdown.
            (Use::Report, Use::Document) => {
                self.holds(&text);
                self.insert(Insert::Text { text, source: None });
            }
            _ => self.push([guest.around.0.as_str(), &text, &guest.around.1]),
        }
        Ok(())
    }
}

impl Resolver<'_> {
    /// Looks into the document that a tag names, if it is known before there are data.
    pub(super) fn include<'t>(&mut self, call: &'t Call, shown: &'t Shown) -> Step<'t> {
        let path = call.arguments.first().map_or(Op::Nothing, |path| self.value(path));
        let levels = self.schema.levels();
        // One that data name is found when it is known.
        if let (Some(Expr::Literal(Value::Text(path), _)), Some(guests)) = (call.arguments.first(), self.guests) {
            let place = self.file.at(shown.at);
            self.looked += 1;
            let guest = match self.looked <= MOST {
                true => guests.guest(path, self.used, &place),
                false => Err(problem::too_many(place.clone(), MOST)),
            };
            match guest.and_then(|guest| Ok((self.chain.with(&guest, &place)?, guest))) {
                Ok((chain, guest)) => {
                    let (dataset, project, looked) = (self.schema.dataset, self.project, &mut self.looked);
                    let found = resolve::resolve_within(&guest.text, dataset, project, levels.clone(), chain, looked);
                    self.problems.extend(found.problems);
                    self.columns.extend(found.columns);
                    self.seen.add(found.seen);
                    self.nodes += found.nodes;
                }
                Err(problem) => self.problems.push(problem),
            }
        } else if self.guests.is_none() {
            self.problems.push(problem::no_documents(self.file.at(shown.at)));
        } else {
            self.seen.unknown = true;
        }
        Step::Include(IncludeOp { path, shown, levels })
    }
}
