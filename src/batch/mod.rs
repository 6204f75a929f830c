//! Runs.
mod output;
mod problem;
