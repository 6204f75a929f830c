//! The program.

use std::process::ExitCode;

fn main() -> ExitCode {
    huibao::cli::run(std::env::args_os().collect())
}
