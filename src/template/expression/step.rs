//! What a template is when its names have been looked up: steps that can be run.

use super::guest::IncludeOp;
use super::schema::Local;
use super::syntax::{Call, Shown};
use super::value::Value;
use crate::dataset::TableId;
use crate::template::helpers::{Compute, Pick};

/// A piece of text ready to run.
#[derive(Debug)]
pub(super) enum Step<'t> {
    Text(&'t str),
    Show(Op<'t>, &'t Shown),
    Each {
        over: Op<'t>,
        body: Vec<Step<'t>>,
        otherwise: Vec<Step<'t>>,
    },
    If {
        condition: Op<'t>,
        negated: bool,
        body: Vec<Step<'t>>,
        otherwise: Vec<Step<'t>>,
    },
    With {
        one: Op<'t>,
        body: Vec<Step<'t>>,
        otherwise: Vec<Step<'t>>,
    },
    Table(Box<TableOp<'t>>),
    Chart(Box<TableOp<'t>>),
    Picture {
        call: &'t Call,
        file: Op<'t>,
        options: Options<'t>,
    },
    Markdown(Op<'t>, &'t Shown),
    Include(IncludeOp<'t>),
    /// The loop of this level goes on to its next row.
    Next(usize),
    /// The row is left out, where the step stands in a condition at the outermost level.
    Skip,
}

/// What gives a value, names resolved.
#[derive(Debug)]
pub(in crate::template) enum Op<'t> {
    /// Stands where a problem was found; never run.
    Nothing,
    Literal(&'t Value),
    Fact(Value),
    Local(Local, usize),
    Key(usize),
    Cell {
        level: usize,
        column: usize,
    },
    Rows {
        level: Option<usize>,
        table: TableId,
    },
    Column {
        rows: Box<Op<'t>>,
        column: usize,
    },
    Compute {
        call: &'t Call,
        run: Compute,
        arguments: Vec<Op<'t>>,
        options: Options<'t>,
    },
    Pick {
        call: &'t Call,
        run: Pick,
        from: Box<Op<'t>>,
        arguments: Vec<Op<'t>>,
    },
    Where {
        call: &'t Call,
        rows: Box<Op<'t>>,
        conditions: Vec<(usize, Op<'t>)>,
        one: bool,
    },
    Group {
        rows: Box<Op<'t>>,
        column: usize,
    },
    Sort {
        call: &'t Call,
        rows: Box<Op<'t>>,
        column: usize,
        options: Options<'t>,
    },
}

/// Arguments with names.
pub(in crate::template) type Options<'t> = Vec<(&'t str, Op<'t>)>;

/// A table's or a chart's tag.
#[derive(Debug)]
pub(in crate::template) struct TableOp<'t> {
    pub(in crate::template) call: &'t Call,
    pub(in crate::template) over: Op<'t>,
    pub(in crate::template) columns: Vec<ColumnOp<'t>>,
    pub(in crate::template) options: Options<'t>,
}

/// A column of a table tag, evaluated once a row.
#[derive(Debug)]
pub(in crate::template) struct ColumnOp<'t> {
    pub(in crate::template) heading: &'t str,
    /// The option that names it.
    pub(in crate::template) option: &'static str,
    pub(in crate::template) value: Op<'t>,
    pub(in crate::template) shown: &'t Shown,
}

impl Op<'_> {
    /// Whether it means something in a total row. A rank or a row's number does not.
    pub(in crate::template) fn can_be_totalled(&self) -> bool {
        match self {
            Self::Local(..) | Self::Key(_) => false,
            Self::Compute { call, arguments, .. } => {
                call.helper.names[0] != "rank" && arguments.iter().all(Self::can_be_totalled)
            }
            _ => true,
        }
    }
}

impl Step<'_> {
    /// Whether the loop at a level goes on within this step.
    pub(super) fn moves(&self, level: usize) -> bool {
        let any = |steps: &[Self]| steps.iter().any(|step| step.moves(level));
        match self {
            Self::Next(moved) => *moved == level,
            Self::Each { body, otherwise, .. }
            | Self::If { body, otherwise, .. }
            | Self::With { body, otherwise, .. } => any(body) || any(otherwise),
            _ => false,
        }
    }

    /// The condition on which a row is left out, and whether it must not hold.
    pub(super) fn skips(&self) -> Option<(&Op<'_>, bool)> {
        match self {
            // In a Word document markup stands between the tags.
            Self::If { condition, negated, body, otherwise }
                if otherwise.is_empty()
                    && body.iter().any(|step| matches!(step, Self::Skip))
                    && body.iter().all(|step| matches!(step, Self::Skip | Self::Text(_))) =>
            {
                Some((condition, *negated))
            }
            _ => None,
        }
    }
}
