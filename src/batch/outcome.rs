//! What a run came to.

use std::time::Duration;

use serde::Serialize;

use crate::diagnostic::{self, Diagnostic};

/// What a run came to.
#[derive(Debug, Default, Serialize)]
pub struct Outcome {
    /// The reports that were made, in the plan's order.
    pub made: Vec<Made>,
    /// The reports that stand already as they would be made.
    pub unchanged: Vec<Made>,
    /// Names of the reports that could not be made.
    pub failed: Vec<String>,
    /// Names of the reports that were still to be made when the run was stopped.
    pub remaining: Vec<String>,
    /// Names of the units that were left out because their data has errors.
    pub left_out: Vec<String>,
    /// Reports of former runs that this project does not have any more.
    pub vanished: Vec<Vanished>,
    /// All problems.
    #[serde(serialize_with = "one_by_one")]
    pub problems: Vec<Diagnostic>,
    /// How long making them took.
    #[serde(serialize_with = "as_seconds", rename = "seconds")]
    pub time: Duration,
}

/// A report that was made.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    /// Its name, such as `school 0101`.
    pub report: String,
    /// Its files, relative to the output folder.
    pub files: Vec<String>,
    /// How many pages it has, if it was set on pages.
    pub pages: Option<usize>,
    /// How long it took to make; nothing of one that stood already.
    #[serde(serialize_with = "as_seconds", rename = "seconds")]
    pub time: Duration,
}

/// A report of a former run whose unit is not in the data any more, or that has another name now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vanished {
    /// Its name.
    pub report: String,
    /// Its files that are still there.
    pub files: Vec<String>,
    /// Whether they were removed.
    pub removed: bool,
}

fn one_by_one<S: serde::Serializer>(problems: &[Diagnostic], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(diagnostic::one_by_one(problems))
}

fn as_seconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((time.as_secs_f64() * 1000.0).round() / 1000.0)
}
