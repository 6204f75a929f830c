//! A run: which reports to make, everything they need read and checked first, then made in parallel and written.

mod album;
mod answers;
mod context;
mod except;
mod fields;
mod files;
mod folder;
mod input;
mod last_page;
mod leave_out;
mod mail;
mod merged;
mod output;
mod owners;
mod picture_problem;
mod plan;
mod problem;
mod problem_list;
mod rules;
mod run;
mod summary;
mod trace;
mod unused;

pub use fields::{SetOnPages, Settled, settle};
pub use folder::ProjectFolder;
pub use mail::{MailMerge, Starter, mail_starter, template_tags};
pub use output::{OutputFolder, write_one, write_whole};
pub use owners::Owners;
pub use plan::{Choice, Plan};
pub use problem_list::problem_list;
pub use run::{Made, Outcome, RunOptions};
