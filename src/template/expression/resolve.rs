//! Looks up every name of a template in the data and checks every argument, before any value is read. What comes out
//! can be run without asking for a name again.

use super::guest::{Chain, Guests, Surroundings};
use super::reads::Seen;
use super::schema::{Level, Meaning, Schema, Subject};
use super::step::{ColumnOp, Op, Options, Step, TableOp};
use super::syntax::{Block, BlockKind, Call, Expr, Name, Node};
use super::value::Value;
use super::{Position, Tagged, Use};
use crate::dataset::{Dataset, TableId};
use crate::diagnostic::Diagnostic;
use crate::template::ProjectFacts;
use crate::template::helpers::{Does, Helper, Param};
use crate::template::problem::{Where, names as problem};

/// What an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    /// Nobody knows, since something is wrong with it.
    Unknown,
    Value,
    Rows {
        table: TableId,
        single: bool,
        whole: bool,
    },
    Column {
        single: bool,
    },
    Groups {
        table: TableId,
        single: bool,
        whole: bool,
    },
}

/// A text with its names looked up.
#[derive(Debug)]
pub(super) struct Resolved<'t> {
    /// Ready to run, unless there are problems.
    pub(super) steps: Vec<Step<'t>>,
    pub(super) problems: Vec<Diagnostic>,
    /// The columns that are named, some of them several times.
    pub(super) columns: Vec<(TableId, usize)>,
    /// The rows that are asked for.
    pub(super) seen: Seen,
    /// Its tags and texts, with those of documents looked into.
    pub(super) nodes: usize,
}

/// Goes on to the next row: several rows on a page.
const NEXT: [&str; 2] = ["下一条", "next"];
/// Leaves a row out.
const SKIP: [&str; 2] = ["跳过", "skip"];

fn is_one_of(name: &Name, words: [&str; 2]) -> bool {
    name.local && matches!(name.parts.as_slice(), [word] if words.contains(&word.as_str()))
}

/// Whether a loop's rows can go on within a turn of it.
pub(super) fn goes_on(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Show(Expr::Name(name), _) => is_one_of(name, NEXT),
        Node::Block(block) => goes_on(&block.body) || goes_on(&block.otherwise),
        _ => false,
    })
}

/// Whether a text may leave out the row that it is about.
pub(super) fn may_skip(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Block(block) => {
            block.body.iter().any(|node| matches!(node, Node::Show(Expr::Name(name), _) if is_one_of(name, SKIP)))
        }
        _ => false,
    })
}

/// Resolves a text; `file` is where it stands.
pub(super) fn resolve<'t>(
    text: &'t Tagged,
    file: &Where<'_>,
    dataset: &Dataset,
    unit: Option<TableId>,
    project: &ProjectFacts,
) -> Resolved<'t> {
    let schema = Schema::new(file, dataset, unit, project);
    let guests = text.guests.as_deref();
    let (problems, columns, chain) = (Vec::new(), Vec::new(), Chain::of(file.file()));
    let (seen, used) = (Seen::default(), text.used_as);
    let mut resolver =
        Resolver { file, schema, problems, columns, seen, project, guests, used, chain, looked: 0, nodes: 0 };
    let steps = resolver.steps(&text.parsed.nodes);
    resolver.resolved(steps)
}

/// Resolves a document that stands in the place of a tag, where names stand for what they do there.
pub(super) fn resolve_guest<'t>(
    text: &'t Tagged,
    around: Surroundings<'_>,
    levels: Vec<Level>,
    chain: Chain,
) -> Resolved<'t> {
    resolve_within(text, around.dataset, around.project, levels, chain, &mut 0)
}

pub(super) fn resolve_within<'t>(
    text: &'t Tagged,
    dataset: &Dataset,
    project: &ProjectFacts,
    levels: Vec<Level>,
    chain: Chain,
    looked: &mut usize,
) -> Resolved<'t> {
    let file = text.place();
    let schema = Schema::at(&file, dataset, project, levels);
    let guests = text.guests.as_deref();
    let (problems, columns, used) = (text.parsed.problems.clone(), Vec::new(), text.used_as);
    let (file, seen) = (&file, Seen::default());
    let mut resolver =
        Resolver { file, schema, problems, columns, seen, project, guests, used, chain, looked: *looked, nodes: 0 };
    let steps = resolver.steps(&text.parsed.nodes);
    *looked = resolver.looked;
    resolver.resolved(steps)
}

pub(super) struct Resolver<'a> {
    pub(super) file: &'a Where<'a>,
    pub(super) schema: Schema<'a>,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) columns: Vec<(TableId, usize)>,
    pub(super) seen: Seen,
    pub(super) project: &'a ProjectFacts,
    pub(super) guests: Option<&'a dyn Guests>,
    pub(super) used: Use,
    pub(super) chain: Chain,
    /// Documents looked into so far.
    pub(super) looked: usize,
    /// Tags and texts looked up so far.
    pub(super) nodes: usize,
}

impl Resolver<'_> {
    fn resolved(self, steps: Vec<Step<'_>>) -> Resolved<'_> {
        let Self { problems, columns, seen, nodes, .. } = self;
        Resolved { steps, problems, columns, seen, nodes }
    }

    fn steps<'t>(&mut self, nodes: &'t [Node]) -> Vec<Step<'t>> {
        self.nodes += nodes.len();
        nodes.iter().map(|node| self.step(node)).collect()
    }

    fn step<'t>(&mut self, node: &'t Node) -> Step<'t> {
        match node {
            Node::Text(text) => Step::Text(text),
            Node::Show(Expr::Call(call), _) if matches!(call.helper.does, Does::Table | Does::Chart) => {
                self.table(call)
            }
            Node::Show(Expr::Call(call), _) if matches!(call.helper.does, Does::Picture) => {
                let file = call.arguments.first().map_or(Op::Nothing, |file| self.value(file));
                Step::Picture { call, file, options: self.options(call) }
            }
            Node::Show(Expr::Call(call), shown) if matches!(call.helper.does, Does::Markdown) => {
                let text = call.arguments.first().map_or(Op::Nothing, |text| self.value(text));
                Step::Markdown(text, shown)
            }
            Node::Show(Expr::Call(call), shown) if matches!(call.helper.does, Does::Include) => {
                self.include(call, shown)
            }
            Node::Show(Expr::Name(name), _) if is_one_of(name, NEXT) => match self.schema.moved_by(name) {
                Ok(level) => Step::Next(level),
                Err(problem) => {
                    self.problems.push(problem);
                    Step::Skip
                }
            },
            Node::Show(Expr::Name(name), _) if is_one_of(name, SKIP) => Step::Skip,
            Node::Show(expr, shown) => Step::Show(self.value(expr), shown),
            Node::Block(block) => self.block(block),
        }
    }

    fn block<'t>(&mut self, block: &'t Block) -> Step<'t> {
        let (subject, kind) = self.expr(&block.subject);
        match block.kind {
            BlockKind::If | BlockKind::Unless => {
                let negated = block.kind == BlockKind::Unless;
                let (body, otherwise) = (self.steps(&block.body), self.steps(&block.otherwise));
                Step::If { condition: subject, negated, body, otherwise }
            }
            BlockKind::Each | BlockKind::With => {
                let turns = block.kind == BlockKind::Each;
                let about = match kind {
                    Type::Rows { table, single, whole } => Some((Subject::Row(table), single, whole)),
                    Type::Groups { table, single, whole } => Some((Subject::Group(table), single, whole)),
                    Type::Unknown => None,
                    Type::Value | Type::Column { .. } => {
                        let name = if turns { "each" } else { "with" };
                        self.problems.push(problem::rows_wanted(self.file.at(block.subject.at()), name));
                        None
                    }
                };
                // Names within cannot be judged without knowing what they are about.
                let Some((about, single, whole)) = about else {
                    let otherwise = self.steps(&block.otherwise);
                    return Step::With { one: subject, body: Vec::new(), otherwise };
                };
                if !turns && !single {
                    self.problems.push(problem::one_row_wanted(self.file.at(block.subject.at())));
                }
                self.schema.enter(about, turns, whole);
                let body = self.steps(&block.body);
                self.schema.leave();
                let otherwise = self.steps(&block.otherwise);
                match turns {
                    true => Step::Each { over: subject, body, otherwise },
                    false => Step::With { one: subject, body, otherwise },
                }
            }
        }
    }

    fn expr<'t>(&mut self, expr: &'t Expr) -> (Op<'t>, Type) {
        match expr {
            Expr::Literal(value, _) => (Op::Literal(value), Type::Value),
            Expr::Call(call) => self.call(call),
            Expr::Name(name) => match self.schema.meaning(name) {
                Err(problem) => {
                    self.problems.push(problem);
                    (Op::Nothing, Type::Unknown)
                }
                Ok(Meaning::Cell { level, column }) => {
                    self.columns.extend(self.schema.table_of(level).map(|table| (table, column)));
                    (Op::Cell { level, column }, Type::Value)
                }
                Ok(Meaning::Key { level }) => (Op::Key(level), Type::Value),
                Ok(Meaning::Local { level, local }) => {
                    self.seen.number(level);
                    (Op::Local(local, level), Type::Value)
                }
                Ok(Meaning::Fact(text)) => (Op::Fact(Value::text(text)), Type::Value),
                Ok(Meaning::Rows { level, table, single }) => {
                    self.seen.rows(table, self.schema.from(level));
                    (Op::Rows { level, table }, Type::Rows { table, single, whole: level.is_none() })
                }
                Ok(Meaning::Column { level, table, column, single }) => {
                    self.columns.push((table, column));
                    self.seen.rows(table, self.schema.from(level));
                    (Op::Column { rows: Box::new(Op::Rows { level, table }), column }, Type::Column { single })
                }
            },
        }
    }

    /// An expression that must be one value.
    pub(super) fn value<'t>(&mut self, expr: &'t Expr) -> Op<'t> {
        let (op, found) = self.expr(expr);
        let file = self.file;
        let place = || file.at(expr.at());
        match found {
            Type::Unknown | Type::Value | Type::Column { single: true } => {}
            Type::Column { single: false } => self.problems.push(problem::many_values(place(), written(expr))),
            Type::Rows { .. } | Type::Groups { .. } => {
                self.problems.push(problem::rows_as_value(place(), written(expr)))
            }
        }
        op
    }

    fn argument<'t>(&mut self, helper: &'static Helper, wanted: Param, expr: &'t Expr) -> Op<'t> {
        if wanted == Param::Value {
            return self.value(expr);
        }
        let (op, found) = self.expr(expr);
        let file = self.file;
        let place = || file.at(expr.at());
        match (wanted, found) {
            (_, Type::Unknown)
            | (Param::Column | Param::Countable | Param::Any, Type::Column { .. })
            | (Param::Rows | Param::Countable | Param::Any, Type::Rows { .. } | Type::Groups { .. })
            | (Param::Any, Type::Value) => {}
            (Param::Column, _) => self.problems.push(problem::column_wanted(place(), helper, written(expr))),
            _ => self.problems.push(problem::rows_wanted(place(), helper.names[1])),
        }
        op
    }

    fn options<'t>(&mut self, call: &'t Call) -> Options<'t> {
        call.options.iter().map(|option| (option.key.as_str(), self.value(&option.value))).collect()
    }

    fn call<'t>(&mut self, call: &'t Call) -> (Op<'t>, Type) {
        let helper = call.helper;
        match helper.does {
            Does::Compute(run) | Does::OfCell(run) => {
                let arguments = call.arguments.iter().enumerate();
                let arguments = arguments.map(|(at, expr)| self.argument(helper, helper.param(at), expr)).collect();
                (Op::Compute { call, run, arguments, options: self.options(call) }, Type::Value)
            }
            Does::Pick(run) => {
                let Some((from, kind)) = self.rows(call, true) else { return (Op::Nothing, Type::Unknown) };
                let arguments = call.arguments.iter().skip(1).map(|expr| self.value(expr)).collect();
                let one = helper.names[0] != "top";
                let kind = match kind {
                    Type::Rows { table, single, whole } => Type::Rows { table, single: single || one, whole },
                    Type::Groups { table, single, whole } => Type::Groups { table, single: single || one, whole },
                    other => other,
                };
                (Op::Pick { call, run, from: Box::new(from), arguments }, kind)
            }
            Does::Where | Does::At => {
                let Some((rows, kind)) = self.rows(call, false) else { return (Op::Nothing, Type::Unknown) };
                let Type::Rows { table, single, whole } = kind else { return (Op::Nothing, Type::Unknown) };
                let conditions = call.options.iter().filter_map(|option| {
                    let value = self.value(&option.value);
                    self.column(table, &option.key, option.at).map(|column| (column, value))
                });
                let conditions = conditions.collect();
                let one = matches!(helper.does, Does::At);
                let op = Op::Where { call, rows: Box::new(rows), conditions, one };
                (op, Type::Rows { table, single: single || one, whole })
            }
            Does::Group | Does::Sort => {
                let Some((rows, kind)) = self.rows(call, false) else { return (Op::Nothing, Type::Unknown) };
                let Type::Rows { table, whole, .. } = kind else { return (Op::Nothing, Type::Unknown) };
                let options = self.options(call);
                let Some(column) = call.arguments.get(1).and_then(|name| self.named_column(helper, table, name)) else {
                    return (Op::Nothing, Type::Unknown);
                };
                let rows = Box::new(rows);
                match helper.does {
                    Does::Group => (Op::Group { rows, column }, Type::Groups { table, single: false, whole }),
                    _ => (Op::Sort { call, rows, column, options }, kind),
                }
            }
            // `syntax` lets these stand only alone in a tag.
            Does::Table | Does::Chart | Does::Picture | Does::Markdown | Does::Include => (Op::Nothing, Type::Unknown),
        }
    }

    /// The first argument of a helper that works on rows.
    fn rows<'t>(&mut self, call: &'t Call, groups_too: bool) -> Option<(Op<'t>, Type)> {
        let first = call.arguments.first()?;
        let (op, found) = self.expr(first);
        match found {
            Type::Unknown => None,
            Type::Rows { .. } => Some((op, found)),
            Type::Groups { .. } if groups_too => Some((op, found)),
            _ => {
                self.problems.push(problem::rows_wanted(self.file.at(first.at()), call.helper.names[1]));
                None
            }
        }
    }

    fn column(&mut self, table: TableId, name: &str, at: Position) -> Option<usize> {
        let found = self.schema.column(table, name).map_err(|problem| problem(self.file.at(at)));
        let column = found.map_err(|problem| self.problems.push(problem)).ok()?;
        self.columns.push((table, column));
        Some(column)
    }

    /// A column named in quotes.
    fn named_column(&mut self, helper: &'static Helper, table: TableId, name: &Expr) -> Option<usize> {
        match name {
            Expr::Literal(Value::Text(text), at) => self.column(table, text, *at),
            _ => {
                self.problems.push(problem::column_in_quotes(self.file.at(name.at()), helper, written(name)));
                None
            }
        }
    }

    fn table<'t>(&mut self, call: &'t Call) -> Step<'t> {
        if matches!(call.helper.does, Does::Chart) && call.arguments.is_empty() {
            let columns = self.columns(call);
            return Step::Chart(Box::new(TableOp { call, over: Op::Nothing, columns, options: self.options(call) }));
        }
        let Some((over, kind)) = self.rows(call, true) else { return Step::Text("") };
        let (about, whole) = match kind {
            Type::Rows { table, whole, .. } => (Subject::Row(table), whole),
            Type::Groups { table, whole, .. } => (Subject::Group(table), whole),
            _ => return Step::Text(""),
        };
        self.schema.enter(about, true, whole);
        let columns = self.columns(call);
        self.schema.leave();
        let tag = Box::new(TableOp { call, over, columns, options: self.options(call) });
        if matches!(call.helper.does, Does::Chart) { Step::Chart(tag) } else { Step::Table(tag) }
    }

    fn columns<'t>(&mut self, call: &'t Call) -> Vec<ColumnOp<'t>> {
        let columns = call.columns.iter().map(|column| ColumnOp {
            heading: &column.heading,
            option: column.option,
            value: self.value(&column.value),
            shown: &column.shown,
        });
        columns.collect()
    }
}

fn written(expr: &Expr) -> &str {
    match expr {
        Expr::Name(name) => &name.written,
        Expr::Call(call) => call.helper.names[1],
        Expr::Literal(Value::Text(text), _) => text,
        Expr::Literal(..) => "",
    }
}
