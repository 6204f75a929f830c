//! Ctrl-C: the reports in hand are finished, and no further one is begun. A second one ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::console::Console;
use crate::diagnostic::Words;

/// The exit code of a program that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// Set once somebody has asked to stop. The system knows one listener of a program, and no run to hand it to.
static STOP: AtomicBool = AtomicBool::new(false);

/// Begins to listen; what is given is set when somebody asks to stop.
pub(super) fn listen(console: &Console) -> &'static AtomicBool {
    let console = *console;
    // Without a listener Ctrl-C ends the program at once, which loses nothing either.
    let _ = ctrlc::set_handler(move || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
        console.warn_in_words(&Words::new(
            "正在停：做完手上的几份就停下；再按一次 Ctrl-C 立刻停",
            "stopping once the reports in hand are made; Ctrl-C again stops at once",
        ));
    });
    &STOP
}
