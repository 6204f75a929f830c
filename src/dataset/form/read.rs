//! A form read: its parts taken apart along the edges of its merged cells, and labels found beside or above values.

use super::block::{Block, Blocks};
use super::clue::{Clues, NEVER, SURE};
use super::headed::Headed;
use super::line::{self, Item, Role, Signs};
use super::text::{ends_with_colon, filled_in, inline, is_note, is_photo_place, label_name};
use super::value;
use super::{Field, Form, Inner, Remark, words};
use crate::workbook::Area;

/// Parts of parts of parts: no form has more.
const DEEPEST: u8 = 8;

/// Reads a form.
pub(super) fn read(blocks: &Blocks, clues: &Clues) -> Form {
    let mut reader = Reader {
        signs: signs(blocks, clues),
        passed_over: passed_over(blocks),
        roles: vec![None; blocks.all.len()],
        heading: None,
        form: Form::default(),
        blocks,
        clues,
    };
    reader.part(blocks.area, &[], 0);
    reader.form.roles = reader.roles;
    reader.form
}

fn signs(blocks: &Blocks, clues: &Clues) -> Vec<Signs> {
    let scores = clues.scores(blocks);
    blocks.all.iter().zip(scores).map(|(block, score)| Signs::of(block, score, points_for_both(block, clues))).collect()
}

fn points_for_both(block: &Block, clues: &Clues) -> Option<i32> {
    if !block.text.contains([':', '：']) || is_note(&block.text) {
        return None;
    }
    let pairs = inline(&block.text)?;
    if pairs.len() == 1 && ends_with_colon(&block.text) && pairs.iter().all(|(_, value)| value.is_empty()) {
        return None;
    }
    let best = pairs.iter().map(|(label, _)| clues.score_of_name(label)).max()?;
    (best > -4).then_some(4 + best.min(6))
}

/// The blocks that tie rows together and hold nothing: the photograph's place, marked or blank.
fn passed_over(blocks: &Blocks) -> Vec<bool> {
    let is_photo = |block: &Block| {
        let Area { top, left, bottom, .. } = block.area;
        let tall_blank = || {
            let before = left.checked_sub(1).and_then(|column| blocks.number(top, column));
            let before = before.and_then(|number| blocks.all.get(number));
            block.is_blank()
                && bottom - top >= 2
                && before.is_some_and(|before| (before.area.top, before.area.bottom) != (top, bottom))
        };
        is_photo_place(&block.text) || tall_blank()
    };
    blocks.all.iter().map(is_photo).collect()
}

pub(super) struct Reader<'a> {
    blocks: &'a Blocks,
    clues: &'a Clues,
    /// What is known of each block.
    signs: Vec<Signs>,
    passed_over: Vec<bool>,
    roles: Vec<Option<Role>>,
    /// The last title between rows.
    heading: Option<String>,
    form: Form,
}

impl Reader<'_> {
    pub(super) fn block(&self, number: usize) -> Option<&Block> {
        self.blocks.all.get(number)
    }

    pub(super) fn score(&self, number: usize) -> i32 {
        self.signs.get(number).map_or(NEVER, |signs| signs.score)
    }

    pub(super) fn number(&self, row: u32, column: u32) -> Option<usize> {
        self.blocks.number(row, column).filter(|number| self.passed_over.get(*number) != Some(&true))
    }

    pub(super) fn in_row(&self, area: Area, row: u32) -> Vec<usize> {
        let mut numbers = self.blocks.in_row(area, row);
        numbers.retain(|number| self.passed_over.get(*number) != Some(&true));
        numbers
    }

    pub(super) fn starting(&self, area: Area, row: u32) -> Vec<usize> {
        let mut numbers = self.blocks.starting(area, row);
        numbers.retain(|number| self.passed_over.get(*number) != Some(&true));
        numbers
    }

    pub(super) fn starting_in(&self, area: Area) -> Vec<usize> {
        (area.top..=area.bottom).flat_map(|row| self.starting(area, row)).collect()
    }

    fn mark(&mut self, number: usize, role: Option<Role>) {
        if let Some(known) = self.roles.get_mut(number) {
            *known = role;
        }
    }

    pub(super) fn is_filled(&self, number: usize) -> bool {
        self.block(number).is_some_and(|block| !block.is_blank())
    }

    /// Reads an area; `groups` are the labels that stand beside or above all of it.
    fn part(&mut self, area: Area, groups: &[String], depth: u8) {
        let bands = self.bands(area);
        let mut next = 0;
        while let Some((top, bottom)) = bands.get(next).copied() {
            let band = Area { top, bottom, ..area };
            let filled: Vec<_> = self.starting_in(band).into_iter().filter(|number| self.is_filled(*number)).collect();
            next += 1;
            match filled.as_slice() {
                [] => {}
                [alone] if !self.may_have_value_beside(*alone, band, self.below(&bands, next, area)) => {
                    let below = self.below(&bands, next, area);
                    if self.alone(*alone, below, groups, depth) {
                        next += 1;
                    }
                }
                _ => match self.headed(area, top, false) {
                    Some(headed) => {
                        next = bands.partition_point(|(top, _)| *top <= headed.last);
                        self.take_headed(&headed, groups);
                    }
                    None => self.band(band, groups, depth),
                },
            }
        }
    }

    /// The rows of an area that no block ties together.
    fn bands(&self, area: Area) -> Vec<(u32, u32)> {
        let mut bands = Vec::new();
        let mut top = area.top;
        let mut reach = area.top;
        for row in area.top..=area.bottom {
            let ends = self
                .starting(area, row)
                .into_iter()
                .filter_map(|number| self.block(number))
                .map(|block| block.area.bottom);
            reach = ends.chain([reach, row]).max().unwrap_or(row).min(area.bottom);
            if reach == row {
                bands.push((top, row));
                top = row + 1;
                reach = top;
            }
        }
        bands
    }

    fn below(&self, bands: &[(u32, u32)], next: usize, area: Area) -> Option<Area> {
        bands.get(next).map(|(top, bottom)| Area { top: *top, bottom: *bottom, ..area })
    }

    /// Whether the only block of a band with anything in it is a label beside an empty value: no title, and no label of
    /// a text that runs below the empty cells too.
    fn may_have_value_beside(&self, number: usize, band: Area, below: Option<Area>) -> bool {
        let Some(block) = self.block(number) else { return false };
        let right = block.area.right + 1;
        let room = self.number(block.area.top, right).is_some_and(|_| right <= band.right);
        let text = below.and_then(|below| self.value_below(block.area, below)).and_then(|text| self.block(text));
        let runs_below = text.is_some_and(|text| text.area.right > block.area.right || text.text.chars().count() > 12);
        room && self.score(number) >= SURE && !runs_below
    }

    /// Reads a block that has a line to itself. Says whether the line below belongs to it.
    fn alone(&mut self, number: usize, below: Option<Area>, groups: &[String], depth: u8) -> bool {
        let Some(block) = self.block(number) else { return false };
        let (text, area) = (block.text.clone(), block.area);
        if is_note(&text) {
            self.mark(number, Some(Role::Neither));
            return false;
        }
        if self.points_for_both(number).is_some() {
            self.take_both(number, groups);
            return false;
        }
        let name = label_name(&text);
        let first =
            depth == 0 && self.form.title.is_none() && self.form.fields.is_empty() && self.form.tables.is_empty();
        if first && !ends_with_colon(&text) {
            self.mark(number, Some(Role::Neither));
            self.form.title = Some(name);
            return false;
        }
        if let Some(value) = below.and_then(|below| self.value_below(area, below)).filter(|_| self.score(number) >= 0) {
            self.take_pair(number, value, groups);
            return true;
        }
        if self.score(number) >= 0 || text.chars().count() <= 24 && self.score(number) > NEVER {
            self.mark(number, Some(Role::Neither));
            self.heading = Some(name);
        } else {
            self.form.remarks.push(Remark::Loose { at: (area.top, area.left), text, alone: true });
        }
        false
    }

    /// The one block of the band below a label that may be its value.
    fn value_below(&self, label: Area, below: Area) -> Option<usize> {
        let starting = self.starting_in(below);
        let filled: Vec<_> = starting.iter().copied().filter(|number| self.is_filled(*number)).collect();
        let wide = |number: &usize| {
            let block = self.block(*number).filter(|block| block.is_merged());
            block.is_some_and(|block| block.area.left == label.left && block.area.right == label.right)
        };
        let value = match filled.as_slice() {
            [] => starting.into_iter().find(wide)?,
            [value] => *value,
            _ => return None,
        };
        let block = self.block(value)?;
        let beneath = block.area.left == label.left;
        let own = is_note(&block.text) || self.points_for_both(value).is_some();
        (beneath && self.score(value) < SURE && !own).then_some(value)
    }

    /// Reads rows that belong together.
    fn band(&mut self, band: Area, groups: &[String], depth: u8) {
        if band.top == band.bottom {
            let items: Vec<_> = self.in_row(band, band.top).into_iter().map(Item::Block).collect();
            return self.line(&items, band, groups, depth);
        }
        let items = self.items(band);
        if depth < DEEPEST && items != [Item::Part(band)] {
            return self.line(&items, band, groups, depth);
        }
        // Merged cells that overlap like roof tiles: each counts for its first row.
        for row in band.top..=band.bottom {
            let items: Vec<_> = self.starting(band, row).into_iter().map(Item::Block).collect();
            self.line(&items, Area { top: row, bottom: row, ..band }, groups, depth);
        }
    }

    /// A band's blocks of full height, and the parts between them.
    fn items(&self, band: Area) -> Vec<Item<Area>> {
        let mut items: Vec<Item<Area>> = Vec::new();
        let mut column = band.left;
        while column <= band.right {
            let number = self.number(band.top, column);
            let full = number.filter(|number| {
                self.block(*number).is_some_and(|block| block.area.top <= band.top && block.area.bottom >= band.bottom)
            });
            let blank_column = (band.top..=band.bottom).all(|row| self.number(row, column).is_none());
            if let Some(number) = full {
                items.push(Item::Block(number));
                column = self.block(number).map_or(column, |block| block.area.right) + 1;
                continue;
            }
            match items.last_mut() {
                _ if blank_column => {}
                Some(Item::Part(part)) if part.right + 1 == column => part.right = column,
                _ => items.push(Item::Part(Area { left: column, right: column, ..band })),
            }
            column += 1;
        }
        items
    }

    fn signs(&self, number: usize) -> Option<Signs> {
        self.signs.get(number).copied()
    }

    /// Points for label and value in one cell.
    fn points_for_both(&self, number: usize) -> Option<i32> {
        self.signs(number)?.both
    }

    pub(super) fn points_beside(&self, area: Area, row: u32) -> i32 {
        let items: Vec<_> = self.starting(area, row).into_iter().map(|number| self.signs(number)).collect();
        line::roles(&items, area.right == self.blocks.area.right).0
    }

    pub(super) fn is_line_of_a_form(&self, area: Area, row: u32) -> bool {
        let items: Vec<_> = self.starting(area, row).into_iter().map(|number| self.signs(number)).collect();
        line::is_line_of_a_form(&items)
    }

    pub(super) fn is_line_of_labels(&self, area: Area, row: u32) -> bool {
        let filled: Vec<_> = self.starting(area, row).into_iter().filter(|number| self.is_filled(*number)).collect();
        let sum: i32 = filled.iter().map(|number| self.score(*number)).sum();
        filled.len() > 1 && filled.iter().all(|number| self.score(*number) > 1) && sum >= 3 * filled.len() as i32
    }

    fn line(&mut self, items: &[Item<Area>], band: Area, groups: &[String], depth: u8) {
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

    fn take_pair(&mut self, label: usize, value: usize, groups: &[String]) {
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
    fn take_both(&mut self, number: usize, groups: &[String]) {
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
    fn take_headed(&mut self, headed: &Headed, groups: &[String]) {
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
    fn rows_have_names(&self, columns: &[super::headed::HeadedColumn], rows: &[u32]) -> bool {
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

    fn take_row(&mut self, columns: &[super::headed::HeadedColumn], row: u32, groups: &[String]) {
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
