//! The forms of one table, read together: what stands in nearly all of them is a label, what differs is a value.

use std::borrow::Cow;

use super::super::TableSpec;
use super::super::copies;
use super::super::names::{find_name, folded};
use super::super::problem::At;
use super::super::source::Chosen;
use super::block::Blocks;
use super::clue::Clues;
use super::extract::{self, Extract, KeyCell};
use super::line::Role;
use super::{Form, Inner, Remark, hidden, problem, read};
use crate::diagnostic::Diagnostic;
use crate::workbook::{Sheet, cell_address};

/// All forms of a table.
#[derive(Debug, Default)]
pub(in crate::dataset) struct Forms<'a> {
    /// Those that could be read.
    pub(super) sheets: Vec<FormSheet<'a>>,
    /// Whether all could be read that should be.
    pub(in crate::dataset) is_whole: bool,
}

/// A form of a table.
#[derive(Debug)]
pub(super) struct FormSheet<'a> {
    pub(super) chosen: Chosen<'a>,
    /// The sheet, without what it hides if that is to be skipped.
    sheet: Cow<'a, Sheet>,
    form: Form,
    /// The form as one row.
    record: Extract,
}

/// What the project file says of a table of forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Names of labels.
    pub(super) labels: Vec<String>,
    /// Names of tables inside.
    pub(super) tables: Vec<String>,
}

impl<'a> Forms<'a> {
    /// Reads the forms of a table.
    pub(super) fn read(
        chosen: Vec<Chosen<'a>>,
        wanted: &Wanted,
        skips_hidden: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let seen: Vec<_> = chosen.iter().map(|chosen| hidden::seen(*chosen, skips_hidden, problems)).collect();
        let blocks: Vec<_> = seen.iter().map(|sheet| Blocks::of(sheet)).collect();
        let read = read_together(&blocks, wanted);
        let common = common_labels(&read);
        let mut sheets = Vec::new();
        let mut is_whole = true;
        for ((chosen, sheet), form) in chosen.into_iter().zip(seen).zip(read) {
            let (at, meant) = (chosen.at, chosen.meant);
            match form {
                Some(form) if !form.fields.is_empty() && !is_stranger(&form, &common) => {
                    let (record, renamed) = extract::record(&form);
                    tell(at, &form, renamed, problems);
                    sheets.push(FormSheet { chosen, sheet, form, record });
                }
                form => {
                    let empty = form.is_none_or(|form| form.fields.is_empty());
                    problems.push(problem::no_form(at, meant, empty));
                    is_whole &= !meant;
                }
            }
        }
        Self { sheets, is_whole }
    }

    /// Tells of forms sent twice, and leaves the copies out, so that the tables inside them are left out too.
    pub(super) fn without_copies(mut self, spec: &TableSpec, problems: &mut Vec<Diagnostic>) -> Self {
        let mut sources: Vec<_> = self.sheets.iter().map(|sheet| sheet.record.source(sheet.chosen.at, 0)).collect();
        copies::tell(spec, &mut sources, problems);
        let kept: Vec<_> = sources.iter().map(|source| (source.at.file, source.at.sheet)).collect();
        let mut kept = kept.into_iter().peekable();
        let is_kept =
            self.sheets.iter().map(|sheet| kept.next_if_eq(&(sheet.chosen.at.file, sheet.chosen.at.sheet)).is_some());
        let mut is_kept = is_kept.collect::<Vec<_>>().into_iter();
        self.sheets.retain(|_| is_kept.next().unwrap_or(true));
        self
    }

    /// Each form as one row.
    pub(in crate::dataset) fn records(&self) -> impl Iterator<Item = (Chosen<'a>, &Extract)> {
        self.sheets.iter().map(|sheet| (sheet.chosen, &sheet.record))
    }
}

fn read_together(blocks: &[Option<Blocks>], wanted: &Wanted) -> Vec<Option<Form>> {
    let folded_all =
        |names: &[String]| names.iter().map(|name| folded(name).into_owned()).filter(|name| !name.is_empty()).collect();
    let mut clues = Clues::of(folded_all(&wanted.labels), folded_all(&wanted.tables));
    for blocks in blocks.iter().flatten() {
        clues.look_through(blocks);
    }
    let read_all = |clues: &Clues| -> Vec<Option<Form>> {
        blocks.iter().map(|blocks| blocks.as_ref().map(|blocks| read::read(blocks, clues))).collect()
    };
    let first = read_all(&clues);
    if blocks.len() < 2 {
        return first;
    }
    // What is a label in one form is one in the others, and so is what is a value, or a table.
    for (blocks, form) in blocks.iter().zip(&first) {
        let (Some(blocks), Some(form)) = (blocks, form) else { continue };
        for (block, role) in blocks.all.iter().zip(&form.roles) {
            match role {
                Some(Role::Label) => clues.take(&block.text, true),
                Some(Role::Value) => clues.take(&block.text, false),
                _ => {}
            }
        }
        for table in &form.tables {
            clues.take_table(table.names.first().map_or("", String::as_str));
        }
    }
    read_all(&clues)
}

/// The labels that at least half of the forms have.
fn common_labels(forms: &[Option<Form>]) -> Vec<String> {
    let mut count = std::collections::BTreeMap::new();
    for form in forms.iter().flatten() {
        let names: std::collections::BTreeSet<_> = form.fields.iter().map(|field| folded(last(&field.name))).collect();
        for name in names {
            *count.entry(name).or_insert(0_usize) += 1;
        }
    }
    let forms = forms.iter().flatten().count();
    let common = count.into_iter().filter(|(_, count)| forms > 2 && count * 2 >= forms);
    common.map(|(name, _)| name.into_owned()).collect()
}

fn last(name: &str) -> &str {
    super::super::names::last_part(name)
}

/// Whether a form is not of the kind that the others are.
fn is_stranger(form: &Form, common: &[String]) -> bool {
    let has = |name: &&String| form.fields.iter().any(|field| folded(last(&field.name)) == name.as_str());
    common.len() > 2 && common.iter().filter(has).count() * 3 < common.len()
}

pub(super) fn tell(at: At<'_>, form: &Form, renamed: Vec<extract::Renamed>, problems: &mut Vec<Diagnostic>) {
    for (cell, name, now) in renamed {
        problems.push(problem::label_twice(at, cell, &name, &now));
    }
    for remark in &form.remarks {
        problems.push(match remark {
            Remark::NoValue { at: cell, name } => problem::label_without_value(at, *cell, name),
            Remark::Loose { at: cell, text, alone } => problem::loose(at, *cell, text, *alone),
            Remark::AllTicked { at: cell, text } => problem::all_ticked(at, *cell, text),
        });
    }
}

impl FormSheet<'_> {
    /// The table inside the form that has a name, with the form's key in front of its rows. Nothing if there is none.
    pub(super) fn inner(&self, name: &str, table: &str, key: &[&str]) -> Option<Extract> {
        let inner = choose(&self.form.tables, name)?;
        let names: Vec<_> = self.record.located.header.columns.iter().map(|(_, name)| name.as_str()).collect();
        let own: Vec<_> = extract::inner(&self.sheet, inner, &[])?.located.header.columns;
        let cells = key.iter().map(|key| {
            let field = find_name(names.iter().copied(), key).and_then(|at| self.form.fields.get(at));
            let taken = own.iter().any(|(_, name)| folded(name) == folded(key));
            KeyCell {
                name: if taken { format!("{table}/{key}") } else { (*key).to_owned() },
                value: field.map(|field| field.value.clone()).unwrap_or_default(),
                at: field.map_or((inner.area.top, inner.area.left), |field| field.at),
            }
        });
        extract::inner(&self.sheet, inner, &cells.collect::<Vec<_>>())
    }

    /// What the tables inside the form are called.
    pub(super) fn inner_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.form.tables.iter().filter_map(|table| table.names.first()).map(String::as_str)
    }
}

/// The table of a name: the one called so, the only one whose name has it in it, or the one that a cell is in.
fn choose<'a>(tables: &'a [Inner], name: &str) -> Option<&'a Inner> {
    let name = folded(name);
    let only = |is_meant: &dyn Fn(&str) -> bool| {
        let mut meant = tables.iter().filter(|table| table.names.iter().any(|known| is_meant(&folded(known))));
        meant.next().filter(|_| meant.next().is_none())
    };
    let at_cell = || {
        tables.iter().find(|table| {
            let area = table.area;
            (area.top..=area.bottom)
                .any(|row| (area.left..=area.right).any(|column| cell_address(row, column).eq_ignore_ascii_case(&name)))
        })
    };
    only(&|known| known == name)
        .or_else(|| only(&|known| known.contains(name.as_ref()) || known.len() > 3 && name.contains(known)))
        .or_else(at_cell)
}
