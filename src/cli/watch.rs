//! `huibao watch`: builds, and again whenever a file of the project is saved.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher};

use super::arguments::BuildOptions;
use super::build::{Building, default_output};
use super::console::Console;
use super::{End, interrupt, problem};
use crate::batch::Destination;
use crate::diagnostic::{Diagnostic, Words};
use crate::font::FontLibrary;
use crate::store::Address;

/// A program that saves a file touches it several times: so long it must be left alone.
const SETTLED: Duration = Duration::from_millis(120);
/// How long saves that never end are waited for.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it is looked whether somebody asked to stop.
const TICK: Duration = Duration::from_millis(200);

pub(super) fn run(options: &BuildOptions, console: &Console) -> End {
    let project = &options.project.project;
    if let Some(path) = options.out.iter().chain([project]).find(|path| Address::is_meant(path)) {
        return console.refuse(&[problem::store_not_watched(path)]);
    }
    let folder = if project.is_file() { project.parent().unwrap_or(Path::new(".")) } else { project };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let fonts = match FontLibrary::load(options.project.fonts.source, options.project.fonts.folder.as_deref()) {
        Ok(fonts) => fonts,
        Err(problem) => return console.refuse(&[problem]),
    };
    let out = options.out.clone().unwrap_or_else(|| default_output(project));
    let (send, changes) = channel();
    let watching = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Nobody receives any more once the program ends.
        let _ = event.map(|event| send.send(event));
    });
    let refuse = |error: &notify::Error| -> Diagnostic { problem::cannot_watch(folder, error) };
    let mut watcher = match watching {
        Ok(watcher) => watcher,
        Err(error) => return console.refuse(&[refuse(&error)]),
    };
    if let Err(error) = watcher.watch(folder, RecursiveMode::Recursive) {
        return console.refuse(&[refuse(&error)]);
    }
    let stop = interrupt::listen(console);
    loop {
        Building { options, out: Destination::folder(&out), start: Instant::now(), fonts: Some(&fonts) }.run(console);
        // The folder is there now, and has the name that changes come with.
        let ours = Ours { out: out.canonicalize().unwrap_or_else(|_| out.clone()) };
        console.tell(&Words::new(
            "等着：保存了表或模板就重做（Ctrl-C 停）",
            "waiting for a table or a template to be saved (Ctrl-C ends)",
        ));
        if !wait(&changes, &ours, &|| stop.load(Ordering::Relaxed)) {
            return End::Fine;
        }
    }
}

/// Waits for changes to come to rest; false if somebody asked to stop.
fn wait(changes: &Receiver<notify::Event>, ours: &Ours, stopped: &dyn Fn() -> bool) -> bool {
    let mut since = None;
    while !stopped() {
        let patience = if since.is_some() { SETTLED } else { TICK };
        match changes.recv_timeout(patience) {
            Ok(event) if ours.is_change(&event) => {
                let since = *since.get_or_insert_with(Instant::now);
                if since.elapsed() > PATIENCE {
                    return true;
                }
            }
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) if since.is_some() => return true,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    false
}

/// What the program itself writes.
struct Ours {
    out: PathBuf,
}

impl Ours {
    /// Whether somebody changed a file of the project.
    fn is_change(&self, event: &notify::Event) -> bool {
        let is_write = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        };
        is_write && event.paths.iter().any(|path| !self.is_ours(path))
    }

    fn is_ours(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Excel, Word and WPS keep a file beside one that is open.
        let beside_open = name.starts_with("~$") || name.starts_with(".~") || name.starts_with(".huibao");
        let path = path.parent().and_then(|folder| folder.canonicalize().ok()).unwrap_or_else(|| path.to_owned());
        beside_open || path.starts_with(&self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(path: &Path) -> notify::Event {
        notify::Event::new(EventKind::Modify(notify::event::ModifyKind::Any)).add_path(path.to_owned())
    }

    #[test]
    fn what_the_program_writes_and_files_beside_open_ones_are_no_changes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("out/学校")).unwrap();
        let ours = Ours { out: root.join("out") };
        assert!(ours.is_change(&event(&root.join("input.xlsx"))));
        assert!(!ours.is_change(&event(&root.join("~$input.xlsx"))));
        assert!(!ours.is_change(&event(&root.join("out/学校/01.pdf"))));
        let read = notify::Event::new(EventKind::Access(AccessKind::Read)).add_path(root.join("input.xlsx"));
        assert!(!ours.is_change(&read));
    }
}
