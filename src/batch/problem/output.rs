//! What can go wrong with the output folder.

use std::io;

use super::{file, reason_zh};
use crate::diagnostic::{Diagnostic, Words};

pub(in crate::batch) fn output_not_writable(folder: &str, error: &io::Error) -> Diagnostic {
    if is_full(error) {
        return disk_full(folder);
    }
    Diagnostic::error(
        "batch.output-not-writable",
        file(folder),
        Words::new(
            format!("输出文件夹不能写入（{}）", reason_zh(error)),
            format!("the output folder cannot be written to ({error})"),
        ),
    )
    .with_hint(Words::new(
        "换一个文件夹：--out 文件夹，或者检查权限和磁盘空间",
        "choose another folder with --out FOLDER, or check its permissions and the disk's space",
    ))
}

pub(in crate::batch) fn cannot_write(path: &str, error: &io::Error) -> Diagnostic {
    if is_full(error) {
        return disk_full(path);
    }
    Diagnostic::error(
        "batch.cannot-write",
        file(path),
        Words::new(format!("文件写不进去（{}）", reason_zh(error)), format!("the file cannot be written ({error})")),
    )
    .with_hint(Words::new(
        "如果它正在 Word 或阅读器里打开，请先关上",
        "if it is open in Word or in a reader, close it there first",
    ))
}

const DISK_FULL: &str = "batch.disk-full";

fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

fn disk_full(path: &str) -> Diagnostic {
    Diagnostic::error(
        DISK_FULL,
        file(path),
        Words::new("磁盘满了，文件没有写成", "the disk is full; the file was not written"),
    )
    .with_hint(Words::new(
        "腾出空间，再运行一次：已经做好的不会重做",
        "make room and run again: what has been made is not made again",
    ))
}

/// Whether nothing further can be written either.
pub(in crate::batch) fn is_disk_full(problem: &Diagnostic) -> bool {
    problem.code == DISK_FULL
}

pub(in crate::batch) fn in_use(folder: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.in-use",
        file(folder),
        Words::new("另一个 huibao 正在往这个输出文件夹里写", "another huibao is writing into this output folder"),
    )
    .with_hint(Words::new(
        "等它做完，或者换一个文件夹：--out 文件夹",
        "wait until it is done, or choose another folder with --out FOLDER",
    ))
}

pub(in crate::batch) fn written_meanwhile(place: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.written-meanwhile",
        file(place),
        Words::new(
            "另一个 huibao 同时在往这里写，清单以它的为准",
            "another huibao has written into this place meanwhile; its manifest was left there",
        ),
    )
    .with_hint(Words::new(
        "一个地方一次只运行一个；现在再运行一次就好",
        "run one at a time into one place; now run it once more",
    ))
}

pub(in crate::batch) fn manifest_damaged(path: &str, lines: usize) -> Diagnostic {
    Diagnostic::warning(
        "batch.manifest-damaged",
        file(path),
        Words::new(
            format!("输出文件夹的清单有 {lines} 行读不懂，这些报告要重新做"),
            format!("lines of the output folder's manifest that cannot be read: {lines}; these reports are made again"),
        ),
    )
    .with_hint(Words::new(
        "不用管；如果说有文件不是 huibao 生成的，确定不要它们就加 --replace",
        "never mind; if files are then called not huibao's, add --replace if they are not wanted",
    ))
}

pub(in crate::batch) fn manifest_too_large(path: &str, largest: u64) -> Diagnostic {
    let megabytes = largest >> 20;
    Diagnostic::error(
        "batch.manifest-too-large",
        file(path),
        Words::new(
            format!("输出文件夹的清单超过 {megabytes} MB，没有读，什么也没做"),
            format!("the output folder's manifest has more than {megabytes} MB; it was not read, and nothing was made"),
        ),
    )
    .with_hint(Words::new(
        "如果它不是 huibao 写的，把它移走；报告太多，就用 --shard 分到几个文件夹里",
        "move it away if huibao did not write it; with too many reports make parts in several folders with --shard",
    ))
}

pub(in crate::batch) fn not_pruned(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "batch.not-pruned",
        file(path),
        Words::new(
            "这份报告的单位已经没有了，但文件生成以后有人改过，没有删",
            "the unit of this report is gone, but somebody has changed the file since it was made; it was not removed",
        ),
    )
    .with_hint(Words::new("看过以后自己删", "look at it and remove it yourself"))
}

pub(in crate::batch) fn not_ours(path: &str) -> Diagnostic {
    Diagnostic::error(
        "batch.not-ours",
        file(path),
        Words::new(
            "这里已经有一个文件，不是 huibao 生成的，或者生成以后有人改过，没有覆盖",
            "a file stands here that huibao did not make, or that somebody changed since; it was not replaced",
        ),
    )
    .with_hint(Words::new(
        "把它移走或改名；确定不要了就加 --replace",
        "move or rename it, or add --replace if it is not wanted",
    ))
}
