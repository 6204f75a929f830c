//! Runs a resolved text: values into their places, loops turned, problems collected on the way.

use std::rc::Rc;
use std::sync::Arc;

use super::cells::SheetNames;
use super::frame::{About, Frames};
use super::guest::{Chain, Guests, Surroundings};
use super::meter::Excess;
use super::rows::TableRows;
use super::scan::is_noncharacter;
use super::step::{Op, Step};
use super::syntax::Shown;
use super::value::{Traced, Value};
use super::{Position, Tagged, Use};
use crate::dataset::{Dataset, Origin};
use crate::diagnostic::{Diagnostic, Place, Words};
use crate::document::{Color, Length, Source, SourceId, cell_address};
use crate::template::coverage::TagCoverage;
use crate::template::helpers::{chart, gallery, logic, picture, table};
use crate::template::inserts::{CLOSE, Insert, Inserts, OPEN, PAST};
use crate::template::problem::{Where, values as problem};
use crate::template::{Pictures, ProjectFacts, Scope};

/// Problems of one merge; who has read so many need not be told of more.
const MOST_PROBLEMS: usize = 200;

/// One merge under way.
pub(in crate::template) struct Runner<'a> {
    file: Where<'a>,
    pub(in crate::template) dataset: &'a Dataset,
    project: &'a ProjectFacts,
    guests: Option<&'a dyn Guests>,
    /// The documents around this one.
    chain: Chain,
    pub(in crate::template) pictures: Option<&'a dyn Pictures>,
    pub(in crate::template) frames: Frames<'a>,
    used: Use,
    sheets: SheetNames<'a>,
    inserts: &'a mut Inserts,
    text: String,
    problems: Vec<Diagnostic>,
    stopped: bool,
}

impl<'a> Runner<'a> {
    /// A run of a text; `file` is where it stands.
    pub(super) fn new(
        text: &'a Tagged,
        file: Where<'a>,
        scope: Scope<'a>,
        pictures: Option<&'a dyn Pictures>,
        inserts: &'a mut Inserts,
    ) -> Self {
        let dataset = scope.dataset;
        Self {
            file,
            dataset,
            project: scope.project,
            pictures,
            guests: text.guests.as_deref(),
            chain: Chain::of(file.file()),
            frames: Frames::new(dataset, scope.unit, scope.skipped),
            used: text.used_as,
            sheets: SheetNames::new(&dataset.sheets),
            inserts,
            text: String::new(),
            problems: Vec::new(),
            stopped: false,
        }
    }

    /// A run of a document that stands in the place of a tag of this one.
    pub(super) fn within<'b>(&'b mut self, guest: &'b Tagged, chain: Chain, frames: Frames<'b>) -> Runner<'b> {
        Runner {
            file: guest.place(),
            dataset: self.dataset,
            project: self.project,
            pictures: self.pictures,
            guests: guest.guests.as_deref(),
            chain,
            frames,
            used: guest.used_as,
            sheets: SheetNames::new(&self.dataset.sheets),
            inserts: &mut *self.inserts,
            text: String::new(),
            problems: Vec::new(),
            stopped: false,
        }
    }

    pub(super) fn run(mut self, steps: &[Step<'_>]) -> (String, Vec<Diagnostic>) {
        self.steps(steps);
        (self.text, self.problems)
    }

    /// The widest that a picture can be, where that is known.
    pub(in crate::template) fn room(&self) -> Option<Length> {
        self.inserts.room
    }

    /// What small charts are drawn in, where that is known.
    pub(in crate::template) fn ink(&self) -> Option<Color> {
        self.inserts.ink
    }

    pub(super) fn used(&self) -> Use {
        self.used
    }

    pub(super) fn guests(&self) -> Option<&'a dyn Guests> {
        self.guests
    }

    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }

    pub(super) fn surroundings(&self) -> Surroundings<'a> {
        Surroundings { dataset: self.dataset, project: self.project }
    }

    pub(super) fn push(&mut self, texts: [&str; 3]) {
        self.text.extend(texts);
    }

    /// Keeps a problem, each one of a place once.
    pub(in crate::template) fn report(&mut self, problem: Diagnostic) {
        let known = self.problems.iter().any(|known| known.code == problem.code && known.place == problem.place);
        // An error is never crowded out by warnings.
        if !known
            && (self.problems.len() < MOST_PROBLEMS || problem.is_error() && self.problems.len() < 2 * MOST_PROBLEMS)
        {
            self.problems.push(problem);
        }
    }

    pub(in crate::template) fn place(&self, at: Position) -> Place {
        self.file.at(at)
    }

    /// Where in the template that is, for a problem that is placed elsewhere.
    pub(in crate::template) fn spot(&self, at: Position) -> Words {
        self.file.spot(at.line)
    }

    /// The place of a cell.
    pub(in crate::template) fn cell_place(&self, cell: Origin) -> Place {
        let (file, sheet) = match self.dataset.sheets.get(cell.sheet as usize) {
            Some(name) => (name.file.clone(), name.sheet.clone()),
            None => Default::default(),
        };
        Place::Cell { file, sheet, cell: cell_address(cell.column, cell.row) }
    }

    /// Where a value is to be mended: its cell if it has one, else the tag.
    pub(in crate::template) fn value_place(&self, value: &Traced, at: Position) -> Place {
        value.cells.first().map_or_else(|| self.place(at), |cell| self.cell_place(cell))
    }

    fn steps(&mut self, steps: &[Step<'_>]) {
        for step in steps {
            if self.stopped {
                return;
            }
            self.step(step);
            let fits = self.inserts.meter.text(0, self.text.len());
            self.stop_unless(fits);
        }
    }

    /// Stops where there is too much of something, which is told once.
    fn stop_unless(&mut self, fits: Result<(), Excess>) {
        let Err(excess) = fits else { return };
        self.stopped = true;
        if !std::mem::replace(&mut self.inserts.meter.told, true) {
            let problem = excess(Place::File { file: self.file.file().to_owned() });
            self.report(problem);
        }
    }

    /// Counts a turn of a loop; false when it is one too many.
    pub(in crate::template) fn turn(&mut self) -> bool {
        let fits = self.inserts.meter.turn();
        self.stop_unless(fits);
        !self.stopped
    }

    /// Counts a document that is put in, by the tags and texts in it; false when it is one too many.
    pub(super) fn guest_of(&mut self, nodes: usize) -> bool {
        let fits = self.inserts.meter.guest(nodes);
        self.stop_unless(fits);
        !self.stopped
    }

    /// Counts the rows that a helper looks at.
    pub(super) fn looks_at(&mut self, rows: &TableRows) {
        let fits = self.inserts.meter.rows(rows.len(self.dataset));
        self.stop_unless(fits);
    }

    /// Counts a text that is held.
    pub(in crate::template) fn holds(&mut self, text: &str) {
        self.holds_bytes(text.len());
    }

    /// Counts the bytes of a picture that is held.
    pub(in crate::template) fn holds_bytes(&mut self, bytes: usize) {
        let fits = self.inserts.meter.text(bytes, self.text.len());
        self.stop_unless(fits);
    }

    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Text(text) => self.text.push_str(text),
            Step::Show(op, shown) => {
                let value = self.value(op);
                self.show(value, shown);
            }
            Step::If { condition, negated, body, otherwise } => {
                let condition = self.eval(condition);
                let pictured = condition.cells.only().is_some_and(|cell| self.dataset.picture(cell).is_some());
                let holds = (pictured || logic::is_true(self.dataset, &condition.value)) != *negated;
                self.steps(if holds { body } else { otherwise });
            }
            Step::Each { over, body, otherwise } => {
                let over = self.eval(over).value;
                self.loop_over(over, body, otherwise);
            }
            Step::With { one, body, otherwise } => {
                let one = self.eval(one).value;
                self.loop_over(one, body, otherwise);
            }
            Step::Table(tag) if tag.call.helper.names[0] == "gallery" => {
                let gallery = gallery::make(self, tag);
                self.insert(Insert::Gallery(gallery));
            }
            Step::Table(tag) => {
                let table = table::make(self, tag);
                self.insert(Insert::Table(table));
            }
            Step::Chart(tag) => {
                if let Some(chart) = chart::make(self, tag) {
                    self.insert(Insert::Chart(Box::new(chart)));
                }
            }
            Step::Markdown(op, shown) => {
                let value = self.value(op);
                match value.value.shown() {
                    // What looks like the place of a value is none.
                    Some(text) if self.used == Use::Report => {
                        self.text.extend(text.chars().filter(|&c| !is_noncharacter(c)));
                    }
                    // A Word document knows from the tag what the text is.
                    _ => self.show(value, shown),
                }
            }
            Step::Include(tag) => self.include(tag),
            Step::Picture { call, file, options } => {
                if let Some(picture) = picture::make(self, call, file, options) {
                    self.insert(Insert::Picture(picture));
                }
            }
            Step::Next(level) => {
                if !self.frames.go_on(*level) && self.used == Use::Document {
                    self.text.extend([OPEN, PAST, CLOSE]);
                }
            }
            // Said before the turn began.
            Step::Skip => {}
        }
    }

    fn loop_over(&mut self, over: Value, body: &[Step<'_>], otherwise: &[Step<'_>]) {
        let abouts = self.abouts(over);
        let level = self.frames.depth();
        let moves = body.iter().any(|step| step.moves(level));
        if moves || body.iter().any(|step| step.skips().is_some()) {
            return self.loop_over_records(abouts, moves, body, otherwise);
        }
        let count = abouts.len();
        if count == 0 {
            return self.steps(otherwise);
        }
        for (index, about) in abouts.enumerate() {
            if !self.turn() {
                return;
            }
            self.frames.push(about, index, count);
            self.steps(body);
            self.frames.pop();
        }
    }

    /// A loop whose turns may leave rows out, or go on to further rows.
    fn loop_over_records(
        &mut self,
        abouts: impl ExactSizeIterator<Item = About>,
        moves: bool,
        body: &[Step<'_>],
        otherwise: &[Step<'_>],
    ) {
        let count = abouts.len();
        let mut kept = Vec::new();
        for (index, about) in abouts.enumerate() {
            self.frames.push(about.clone(), index, count);
            let skipped = self.skips(body);
            self.frames.pop();
            kept.extend((!skipped).then_some(about));
        }
        if kept.is_empty() {
            return self.steps(otherwise);
        }
        let all: Rc<[About]> = kept.into();
        let mut index = 0;
        while index < all.len() && self.turn() {
            self.frames.push_movable(&all, index);
            self.steps(body);
            index = if moves { self.frames.index().max(index) + 1 } else { index + 1 };
            self.frames.pop();
        }
    }

    /// Whether the row that the merge has come to is left out.
    pub(super) fn skips(&mut self, steps: &[Step<'_>]) -> bool {
        steps.iter().filter_map(Step::skips).any(|(condition, negated)| {
            let condition = self.eval(condition);
            logic::is_true(self.dataset, &condition.value) != negated
        })
    }

    /// What the turns of a loop are about.
    pub(in crate::template) fn abouts(&self, over: Value) -> impl ExactSizeIterator<Item = About> + use<> {
        let (rows, groups) = match over {
            Value::Rows(rows) => (Some(rows), None),
            Value::Groups(groups) => (None, Some(groups)),
            _ => (None, None),
        };
        let numbers: Vec<u32> = rows.iter().flat_map(|rows| rows.numbers(self.dataset)).collect();
        let count = groups.as_ref().map_or(numbers.len(), |groups| groups.len());
        let nothing = About::Everything;
        (0..count).map(move |at| match (&rows, &groups) {
            (Some(TableRows { table, whole, .. }), _) => {
                About::Row { table: *table, row: numbers.get(at).copied().unwrap_or_default(), whole: *whole }
            }
            (_, Some(groups)) => groups.get(at).map_or(nothing.clone(), |group| About::Group(group.clone())),
            _ => nothing.clone(),
        })
    }

    fn show(&mut self, value: Traced, shown: &Shown) {
        if let Value::Picture(picture) = &value.value {
            self.insert(Insert::Picture(picture.as_ref().clone()));
            return self.cover(shown, |tag| tag.filled += 1);
        }
        let Some(text) = value.value.shown() else {
            if self.frames.is_past() {
                return;
            }
            let place = self.value_place(&value, shown.at);
            let report = problem::blank_shown(place, &shown.text, &self.spot(shown.at), self.used);
            self.cover(shown, |tag| {
                tag.blank += 1;
                tag.said.get_or_insert_with(|| report.message.clone());
            });
            return self.report(report);
        };
        if self.used == Use::Line {
            self.text.push(OPEN);
            self.text.extend(text.chars().filter(|&c| !is_noncharacter(c)));
            return self.text.push(CLOSE);
        }
        let source = Some(self.source(&value, shown));
        self.holds(&text);
        self.insert(Insert::Text { text, source });
        self.cover(shown, |tag| tag.filled += 1);
    }

    /// Keeps what a tag came to, if anybody wants to know.
    pub(in crate::template) fn cover(&mut self, shown: &Shown, came_to: impl FnOnce(&mut TagCoverage)) {
        if let Some(coverage) = &mut self.inserts.coverage {
            came_to(coverage.tag(self.file.at(shown.at), &shown.text));
        }
    }

    pub(super) fn insert(&mut self, insert: Insert) {
        let placeholder = self.inserts.hold(insert);
        self.text.push_str(&placeholder);
    }

    /// Keeps where a value comes from.
    pub(in crate::template) fn source(&mut self, value: &Traced, shown: &Shown) -> SourceId {
        let cells = value.cells.sources(&mut self.sheets);
        let fits = self.inserts.meter.value(cells.len());
        self.stop_unless(fits);
        let Position { line, column } = shown.at;
        if !self.chain.is_template() {
            self.inserts.places.insert(self.inserts.sources.len(), self.file.at(shown.at));
        }
        self.inserts.sources.push(Source { expression: Arc::clone(&shown.text), line, column, cells });
        SourceId((self.inserts.sources.len() - 1) as u32)
    }

    /// One value; a column of one row is that row's.
    pub(in crate::template) fn value(&mut self, op: &Op<'_>) -> Traced {
        let found = self.eval(op);
        match &found.value {
            Value::Column(rows, column) => {
                let mut cells = rows.column(self.dataset, *column);
                match (cells.next(), cells.next()) {
                    (Some(cell), None) => Traced::of(cell),
                    _ => Traced::blank(),
                }
            }
            _ => found,
        }
    }
}
