//! What a form says, taken from its parts: the fields, the tables inside, and what is left over.

use super::clue::SURE;
use super::headed::{Headed, HeadedColumn};
use super::line::{self, Item, Role};
use super::read::Reader;
use super::text::{ends_with_colon, filled_in, inline, is_note, is_photo_place, label_name};
use super::{Field, Inner, Remark, value, words};
use crate::workbook::Area;

impl Reader<'_> {
    pub(super) fn line(&mut self, items: &[Item<Area>], band: Area, groups: &[String], depth: u8) {
        let signs: Vec<_> = items
            .iter()
            .map(|item| match item {
                Item::Block(number) => self.signs(*number),
                Item::Part(_) => None,
            })
            .collect();
        let (_, roles) = line::roles(&signs, band.right == self.blocks.area.right);
        let mut groups = groups.to_vec();
        let mut label: Option<usize> = None;
        for (item, role) in items.iter().zip(roles) {
            match (item, role, label) {
                (Item::Block(number), Role::Label, before) => {
                    if let Some(before) = before {
                        groups.push(self.name(before));
                        self.mark(before, Some(Role::Label));
                    }
                    label = Some(*number);
                }
                (Item::Block(number), Role::Value, Some(of)) => {
                    self.take_pair(of, *number, &groups);
                    label = None;
                }
                (Item::Part(part), Role::Value, Some(of)) => {
                    self.beside_label(of, *part, &groups, depth);
                    label = None;
                }
                (Item::Part(part), ..) => self.part(*part, &groups, depth + 1),
                (Item::Block(number), Role::Both, before) => {
                    if let Some(before) = before {
                        self.without_value(before, &groups, false);
                    }
                    label = None;
                    self.take_both(*number, &groups);
                }
                (Item::Block(number), ..) => self.neither(*number),
            }
        }
        if let Some(label) = label {
            self.without_value(label, &groups, band.right == self.blocks.area.right);
        }
    }

    fn neither(&mut self, number: usize) {
        let Some(block) = self.block(number).filter(|block| !block.is_blank()) else { return };
        let (at, text) = ((block.area.top, block.area.left), block.text.clone());
        let said = is_note(&text) || is_photo_place(&text) || words::is_measure(&text);
        if !said {
            self.form.remarks.push(Remark::Loose { at, text, alone: false });
        }
        self.mark(number, said.then_some(Role::Neither));
    }

    /// Reads the blocks beside a tall label.
    fn beside_label(&mut self, label: usize, part: Area, groups: &[String], depth: u8) {
        let filled: Vec<_> = self.starting_in(part).into_iter().filter(|number| self.is_filled(*number)).collect();
        let name = self.name(label);
        let known = self.clues.names_table(&name);
        let single_column = (part.top..=part.bottom).all(|row| self.in_row(part, row).len() <= 1);
        let open = |number: &usize| self.block(*number).is_none_or(|block| filled_in(&block.text).is_empty());
        let both = |number: &usize| self.points_for_both(*number).is_some();
        let words: Vec<_> = filled.iter().copied().filter(|number| !both(number) && !open(number)).collect();
        let words_only = words.iter().all(|number| self.score(*number) < SURE);
        match filled.as_slice() {
            [] if !known => {
                if let Some(first) = self.number(part.top, part.left) {
                    self.take_pair(label, first, groups);
                }
            }
            [first, ..] if !known && words_only && (filled.len() == 1 || single_column) => {
                // Lines of words, and among them who signed.
                let signed: Vec<_> = filled.iter().copied().filter(both).collect();
                self.take_lines(label, if words.is_empty() { std::slice::from_ref(first) } else { &words }, groups);
                let groups: Vec<_> = groups.iter().cloned().chain([name]).collect();
                for number in signed {
                    self.take_both(number, &groups);
                }
            }
            _ => {
                self.mark(label, Some(Role::Label));
                let mut groups = groups.to_vec();
                groups.push(name);
                match self.headed(part, part.top, known).filter(|_| known) {
                    Some(headed) => {
                        self.take_headed(&headed, &groups);
                        let rest = Area { top: headed.last + 1, ..part };
                        if rest.top <= rest.bottom {
                            self.part(rest, &groups, depth + 1);
                        }
                    }
                    None => self.part(part, &groups, depth + 1),
                }
            }
        }
    }

    pub(super) fn name(&self, number: usize) -> String {
        self.block(number).map(|block| label_name(&block.text)).unwrap_or_default()
    }

    fn path(&self, groups: &[String], name: &str) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in groups.iter().map(String::as_str).chain([name]) {
            if !part.is_empty() && parts.last() != Some(&part) {
                parts.push(part);
            }
        }
        parts.join("/")
    }

    fn add(&mut self, label: usize, name: &str, groups: &[String], value: value::Read, at: (u32, u32), beside: bool) {
        let Some(area) = self.block(label).map(|block| block.area) else { return };
        self.form.remarks.extend(value.remark.map(|text| Remark::AllTicked { at, text }));
        self.form.fields.push(Field {
            name: self.path(groups, name),
            heading: self.heading.clone(),
            label: (area.top, area.left),
            value: value.value,
            at,
            beside,
            sure: self.score(label) >= SURE,
            colon: self.block(label).is_some_and(|block| ends_with_colon(&block.text)),
        });
    }

    pub(super) fn take_pair(&mut self, label: usize, value: usize, groups: &[String]) {
        self.take_lines(label, &[value], groups);
    }

    /// A label whose value are one or several blocks, below one another.
    fn take_lines(&mut self, label: usize, values: &[usize], groups: &[String]) {
        let blocks: Vec<_> = values.iter().filter_map(|number| self.block(*number)).collect();
        let Some(at) = blocks.first().map(|block| (block.area.top, block.area.left)) else { return };
        let value = value::of(&blocks);
        let name = self.name(label);
        self.mark(label, Some(Role::Label));
        for number in values {
            self.mark(*number, Some(Role::Value));
        }
        let beside = self.block(label).is_some_and(|block| block.area.top <= at.0 && at.0 <= block.area.bottom);
        self.add(label, &name, groups, value, at, beside);
    }

    /// Label and value in one cell, or several of them.
    pub(super) fn take_both(&mut self, number: usize, groups: &[String]) {
        let Some(block) = self.block(number) else { return };
        let at = (block.area.top, block.area.left);
        let pairs = inline(&block.text).unwrap_or_default();
        self.mark(number, Some(Role::Both));
        for (label, text) in pairs {
            // 单位：万元 is said of all figures.
            if !(matches!(label.as_str(), "单位" | "计量单位" | "金额单位") && words::is_measure(&text)) {
                self.add(number, &label, groups, value::of_text(&text), at, false);
            }
        }
    }

    /// A label with nothing beside it: at the sheet's edge the cell beside it is empty, after a colon the rest of its own.
    fn without_value(&mut self, label: usize, groups: &[String], at_edge: bool) {
        let Some(block) = self.block(label) else { return };
        let area = block.area;
        let colon = ends_with_colon(&block.text);
        let name = self.name(label);
        let at = if at_edge && !colon { (area.top, area.right + 1) } else { (area.top, area.left) };
        if !at_edge && !colon {
            self.form.remarks.push(Remark::NoValue { at, name: name.clone() });
        }
        self.mark(label, Some(Role::Label));
        self.add(label, &name, groups, value::Read::default(), at, true);
    }

    /// Labels above values: one value each, a value a row and column, or a table.
    pub(super) fn take_headed(&mut self, headed: &Headed, groups: &[String]) {
        let mut columns = headed.columns.as_slice();
        let mut groups = groups.to_vec();
        let rows: Vec<u32> = (headed.bottom + 1..=headed.last).collect();
        for number in self.starting_in(Area { bottom: headed.last, top: headed.top, ..self.span(headed) }) {
            let role = if self.block(number).is_some_and(|block| block.area.top <= headed.bottom) {
                Role::Label
            } else {
                Role::Value
            };
            self.mark(number, Some(role));
        }
        // A label beside the others with nothing below it stands for all of them.
        if let Some((first, others)) = columns.split_first()
            && others.len() > 1
            && first.labels.len() == 1
            && rows.iter().all(|row| self.cell_of(first, *row).1)
            && (rows.iter().any(|row| others.iter().any(|column| !self.cell_of(column, *row).1))
                || first.labels.iter().any(|label| self.clues.names_table(&self.name(*label))))
        {
            groups.extend(first.labels.iter().map(|label| self.name(*label)));
            columns = others;
        }
        let names: Vec<String> = groups.last().cloned().into_iter().chain(self.heading.clone()).collect();
        let known = names.iter().any(|name| self.clues.names_table(name));
        let filled_rows: Vec<u32> =
            rows.iter().copied().filter(|row| columns.iter().any(|column| !self.cell_of(column, *row).1)).collect();
        if !known && self.rows_have_names(columns, &filled_rows) {
            let Some((first, others)) = columns.split_first() else { return };
            for row in filled_rows {
                let (row_label, _) = self.cell_of(first, row);
                self.mark(row_label, Some(Role::Label));
                let mut groups = groups.clone();
                groups.push(self.name(row_label));
                self.take_row(others, row, &groups);
            }
        } else if let ([row], false) = (rows.as_slice(), known) {
            self.take_row(columns, *row, &groups);
        } else if let (Some(first), Some(last)) = (columns.first(), columns.last()) {
            let area = Area { top: headed.top, bottom: headed.last, left: first.left, right: last.right };
            let mut names = names;
            names.extend(first.labels.last().map(|label| self.name(*label)));
            self.form.tables.push(Inner { names, area });
            self.heading = None;
        }
    }

    fn span(&self, headed: &Headed) -> Area {
        let left = headed.columns.first().map_or(0, |column| column.left);
        let right = headed.columns.last().map_or(0, |column| column.right);
        Area { left, right, ..self.blocks.area }
    }

    /// Whether each row begins with a label of its own: figures by rows and columns.
    fn rows_have_names(&self, columns: &[HeadedColumn], rows: &[u32]) -> bool {
        let Some((first, others)) = columns.split_first() else { return false };
        !rows.is_empty()
            && !others.is_empty()
            && rows.iter().all(|row| {
                let (label, blank) = self.cell_of(first, *row);
                let values = others.iter().map(|column| self.cell_of(column, *row));
                !blank
                    && self.score(label) >= SURE
                    && values.into_iter().all(|(value, blank)| blank || self.score(value) < SURE)
            })
    }

    fn take_row(&mut self, columns: &[HeadedColumn], row: u32, groups: &[String]) {
        for column in columns {
            let (value, blank) = self.cell_of(column, row);
            let Some((label, above)) = column.labels.split_last() else {
                if !blank {
                    self.neither(value);
                }
                continue;
            };
            let mut groups = groups.to_vec();
            groups.extend(above.iter().map(|number| self.name(*number)));
            if self.block(value).is_some() {
                self.take_pair(*label, value, &groups);
            }
        }
    }
}
