//! The program.

use std::process::ExitCode;

/// Many small things are made and dropped on every core.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    huibao::cli::run(std::env::args_os().collect())
}
