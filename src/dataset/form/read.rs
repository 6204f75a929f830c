//! A form read: its parts taken apart along the edges of its merged cells, and labels found beside or above values.

use super::block::{Block, Blocks};
use super::clue::{Clues, NEVER, SURE};
use super::line::{self, Item, Role, Signs};
use super::text::{ends_with_colon, inline, is_note, is_numbered, is_photo_place, label_name};
use super::{Form, Remark};
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
    pub(super) blocks: &'a Blocks,
    pub(super) clues: &'a Clues,
    /// What is known of each block.
    pub(super) signs: Vec<Signs>,
    passed_over: Vec<bool>,
    pub(super) roles: Vec<Option<Role>>,
    /// The last title between rows.
    pub(super) heading: Option<String>,
    pub(super) form: Form,
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

    pub(super) fn mark(&mut self, number: usize, role: Option<Role>) {
        if let Some(known) = self.roles.get_mut(number) {
            *known = role;
        }
    }

    pub(super) fn is_filled(&self, number: usize) -> bool {
        self.block(number).is_some_and(|block| !block.is_blank())
    }

    /// Reads an area; `groups` are the labels that stand beside or above all of it.
    pub(super) fn part(&mut self, area: Area, groups: &[String], depth: u8) {
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
        // 一、基本情况 beside empty cells is a title, if these are not one cell.
        let room = self.number(block.area.top, right).and_then(|number| self.block(number));
        let room = room.is_some_and(|room| right <= band.right && (room.is_merged() || !is_numbered(&block.text)));
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

    pub(super) fn signs(&self, number: usize) -> Option<Signs> {
        self.signs.get(number).copied()
    }

    /// Points for label and value in one cell.
    pub(super) fn points_for_both(&self, number: usize) -> Option<i32> {
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
}
