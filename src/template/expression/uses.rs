//! What a template uses: its tags one by one, and the tables and columns that they need.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Tagged;
use super::guest::{self, Chain};
use super::syntax::{Block, BlockKind, Call, Expr, Name, Node};
use super::value::Value;
use crate::diagnostic::{Diagnostic, Place};
use crate::template::helpers::{Does, Param};
use crate::template::problem::Where;

/// The tags of a template, and what they need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TagList {
    /// In the order of their places.
    pub tags: Vec<TagUse>,
    /// What the row must hold that a report is about: columns, or tables where a name stands alone in a condition.
    pub unit: BTreeSet<String>,
    /// Tables with their columns.
    pub tables: BTreeMap<String, BTreeSet<String>>,
    /// What is wrong with documents that the template puts in.
    #[serde(skip)]
    pub problems: Vec<Diagnostic>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TagUse {
    /// As it is written, with its braces.
    pub tag: String,
    /// Where it stands.
    pub place: Place,
    /// In how many blocks it stands.
    pub depth: usize,
}

/// What plain names are about.
#[derive(Clone)]
enum Scope {
    Unit,
    Table(String),
    /// A group has a key, and no columns.
    Group,
    Unknown,
}

pub(super) struct Uses<'a> {
    text: &'a Tagged,
    file: Where<'a>,
    list: &'a mut TagList,
    scopes: Vec<Scope>,
    depth: usize,
    /// The documents around this one.
    chain: Chain,
    /// Documents looked into.
    looked: usize,
}

impl<'a> Uses<'a> {
    pub(super) fn new(text: &'a Tagged, list: &'a mut TagList) -> Self {
        let chain = Chain::of(&text.file);
        Self { text, file: text.place(), list, scopes: vec![Scope::Unit], depth: 0, chain, looked: 0 }
    }

    pub(super) fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(_) => {}
                Node::Show(expr, shown) => {
                    self.tag(format!("{{{{{}}}}}", shown.text), self.file.at(shown.at));
                    self.expr(expr, Param::Value);
                    if let Expr::Call(call) = expr
                        && matches!(call.helper.does, Does::Include)
                    {
                        self.guest(call, self.file.at(shown.at));
                    }
                }
                Node::Block(block) => self.block(block),
            }
        }
    }

    /// Lists the tags of a document that is put in; one that data name is not known yet.
    fn guest(&mut self, call: &Call, place: Place) {
        let (Some(Expr::Literal(Value::Text(path), _)), Some(guests)) =
            (call.arguments.first(), self.text.guests.as_deref())
        else {
            return;
        };
        self.looked += 1;
        if self.looked > guest::MOST {
            return;
        }
        let found = guests.guest(path, self.text.used_as, &place);
        let (chain, found) = match found.and_then(|found| Ok((self.chain.with(&found, &place)?, found))) {
            Ok(known) => known,
            Err(problem) => return self.list.problems.push(problem),
        };
        self.list.problems.extend_from_slice(found.text.syntax_problems());
        let mut inner = Uses {
            text: &found.text,
            file: found.text.place(),
            list: &mut *self.list,
            scopes: self.scopes.clone(),
            depth: self.depth + 1,
            chain,
            looked: self.looked,
        };
        inner.nodes(&found.text.parsed.nodes);
        self.looked = inner.looked;
    }

    fn tag(&mut self, tag: String, place: Place) {
        self.list.tags.push(TagUse { tag, place, depth: self.depth });
    }

    fn block(&mut self, block: &Block) {
        self.tag(format!("{{{{#{}}}}}", block.text), self.file.at(block.at));
        let turns = matches!(block.kind, BlockKind::Each | BlockKind::With);
        self.expr(&block.subject, if turns { Param::Rows } else { Param::Any });
        self.depth += 1;
        if turns {
            self.scopes.push(scope_of(&block.subject));
        }
        self.nodes(&block.body);
        if turns {
            self.scopes.pop();
        }
        self.nodes(&block.otherwise);
        self.depth -= 1;
    }

    fn expr(&mut self, expr: &Expr, wanted: Param) {
        match expr {
            Expr::Literal(..) => {}
            Expr::Name(name) => self.name(name, wanted),
            Expr::Call(call) => self.call(call),
        }
    }

    fn name(&mut self, name: &Name, wanted: Param) {
        let parts: Vec<&str> = name.parts.iter().map(String::as_str).collect();
        match (name.local, parts.as_slice()) {
            (true, _) | (_, [] | ["项目", _]) => {}
            (_, ["全部", table, column @ ..] | [table, column @ ..])
                if !column.is_empty() || parts.len() > 1 || matches!(wanted, Param::Rows | Param::Countable) =>
            {
                let columns = self.list.tables.entry((*table).to_owned()).or_default();
                columns.extend((!column.is_empty()).then(|| column.join("/")));
            }
            (_, [word, ..]) => {
                let scope = self.scopes.len().checked_sub(1 + name.up).and_then(|at| self.scopes.get(at)).cloned();
                match scope {
                    Some(Scope::Unit) => drop(self.list.unit.insert((*word).to_owned())),
                    Some(Scope::Table(table)) => self.column(&table, word),
                    Some(Scope::Group | Scope::Unknown) | None => {}
                }
            }
        }
    }

    fn column(&mut self, table: &str, column: &str) {
        self.list.tables.entry(table.to_owned()).or_default().insert(column.to_owned());
    }

    fn call(&mut self, call: &Call) {
        let helper = call.helper;
        let table = call.arguments.first().and_then(table_of);
        for (at, argument) in call.arguments.iter().enumerate() {
            match (helper.does, argument, &table) {
                (Does::Group | Does::Sort, Expr::Literal(Value::Text(column), _), Some(table)) => {
                    self.column(table, column);
                }
                _ => self.expr(argument, helper.param(at)),
            }
        }
        for option in &call.options {
            if let (Does::Where | Does::At, Some(table)) = (helper.does, &table) {
                self.column(table, &option.key);
            }
            self.expr(&option.value, Param::Value);
        }
        if !call.columns.is_empty() {
            let depth = self.scopes.len();
            self.scopes.extend(call.arguments.first().map(scope_of));
            for column in &call.columns {
                self.expr(&column.value, Param::Value);
            }
            self.scopes.truncate(depth);
        }
    }
}

fn scope_of(subject: &Expr) -> Scope {
    match subject {
        Expr::Call(call) if matches!(call.helper.does, Does::Group) => Scope::Group,
        Expr::Call(call) if matches!(call.helper.does, Does::Pick(_)) => {
            call.arguments.first().map_or(Scope::Unknown, scope_of)
        }
        _ => table_of(subject).map_or(Scope::Unknown, Scope::Table),
    }
}

/// The table that an expression takes rows of.
fn table_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Literal(..) => None,
        Expr::Call(call) => table_of(call.arguments.first()?),
        Expr::Name(name) => match name.parts.as_slice() {
            [all, table, ..] if all == "全部" => Some(table.clone()),
            [table, ..] if !name.local => Some(table.clone()),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::expression::{Position, Use};

    #[test]
    fn tags_are_listed_with_the_tables_and_columns_that_they_need() {
        let source = "{{学校名称}}{{#each (筛选 党支部 类型=\"教工\")}}{{支部名称}}{{../代码}}{{学校.校长}}{{@序号}}{{else}}{{电话}}{{/each}}\
            {{合计 党支部.人数}}{{计数 培训}}{{表格 (分组 学校 \"区县\") 列=\"键=区县，计数(学校)\"}}{{项目.年度}}{{#if 示范}}是{{/if}}\
            {{表格 全部.活动 列=\"主题，时间\"}}";
        let mut list = TagList::default();
        Tagged::parse("a.md", source, Position::START, Use::Report).list_tags(&mut list);
        let tags: Vec<_> = list.tags.iter().map(|used| (used.depth, used.tag.as_str())).take(4).collect();
        assert_eq!(
            tags,
            [
                (0, "{{学校名称}}"),
                (0, "{{#each (筛选 党支部 类型=\"教工\")}}"),
                (1, "{{支部名称}}"),
                (1, "{{../代码}}")
            ]
        );
        assert_eq!(list.unit.iter().map(String::as_str).collect::<Vec<_>>(), ["代码", "学校名称", "电话", "示范"]);
        let tables: Vec<String> = list
            .tables
            .iter()
            .map(|(table, columns)| format!("{table}:{}", columns.iter().cloned().collect::<Vec<_>>().join(",")))
            .collect();
        assert_eq!(tables, ["党支部:人数,支部名称,类型", "培训:", "学校:区县,校长", "活动:主题,时间"]);
    }
}
