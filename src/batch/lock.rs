//! One run at a time in an output folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// The file that is locked; it stays, empty, so that two runs never lock two files of one name.
const NAME: &str = ".huibao.lock";

/// Held while a run writes into a folder; the system lets go of it when the program ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

/// Why a folder cannot be locked.
#[derive(Debug)]
pub(super) enum Refused {
    /// Another run is writing into it.
    InUse,
    /// The system refuses.
    System(io::Error),
}

impl Lock {
    /// Locks a folder; waits for another run if told to.
    pub(super) fn take(folder: &Path, wait: bool) -> Result<Self, Refused> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(NAME));
        let file = file.map_err(Refused::System)?;
        let locked = if wait { file.lock().map_err(TryLockError::Error) } else { file.try_lock() };
        match locked {
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(Refused::InUse),
            // Some network drives have no locks: there it is the user who starts one run at a time.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Self { _file: None }),
            Err(TryLockError::Error(error)) => Err(Refused::System(error)),
        }
    }
}
