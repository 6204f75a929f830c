//! What can go wrong with an object store.

#[cfg(feature = "s3")]
use std::io;

use crate::diagnostic::{Diagnostic, Place, Words};

fn place(address: &str) -> Place {
    Place::File { file: address.to_owned() }
}

#[cfg(feature = "s3")]
pub(super) fn cannot_reach(address: &str, error: &io::Error) -> Diagnostic {
    let reason = match error.kind() {
        io::ErrorKind::PermissionDenied => Words::new("没有权限", "access is denied"),
        io::ErrorKind::NotFound => Words::new("没有这个桶", "there is no such bucket"),
        _ => Words::new(error.to_string(), error.to_string()),
    };
    Diagnostic::error(
        "store.cannot-reach",
        place(address),
        Words::new(format!("对象存储读不了（{}）", reason.zh), format!("the object store cannot be read ({})", reason.en)),
    )
    .with_hint(Words::new(
        "看看环境变量：AWS_ENDPOINT_URL、AWS_REGION、AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY；地址是 http 的，要写 AWS_ALLOW_HTTP=true",
        "see to AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; plain http needs AWS_ALLOW_HTTP=true",
    ))
}

#[cfg(feature = "s3")]
pub(super) fn cannot_fetch(address: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        "store.cannot-fetch",
        place(address),
        Words::new(format!("取不下来（{error}）"), format!("it cannot be fetched ({error})")),
    )
    .with_hint(Words::new(
        "再运行一次；还是不行，就看看权限和临时文件夹的空间",
        "run again; if that does not help, see to its permissions and to the room in the folder for temporary files",
    ))
}

#[cfg(feature = "s3")]
pub(super) fn not_a_file_name(address: &str) -> Diagnostic {
    Diagnostic::error(
        "store.not-a-file-name",
        place(address),
        Words::new(
            "这个对象的名字不能当文件名，或者和别的对象冲突，没有取",
            "the name of this object cannot be one of a file, or is in another one's way; it was not fetched",
        ),
    )
    .with_hint(Words::new("给它改个名字，或者放到项目之外", "rename it, or move it out of the project"))
}

#[cfg(feature = "s3")]
pub(super) fn too_much(address: &str, objects: usize, megabytes: u64) -> Diagnostic {
    Diagnostic::error(
        "store.too-much",
        place(address),
        Words::new(
            format!("这个项目太大：最多 {objects} 个对象，一共 {megabytes} MB；什么也没有取"),
            format!(
                "this project is too large: at most {objects} objects of {megabytes} MB together; nothing was fetched"
            ),
        ),
    )
    .with_hint(Words::new(
        "项目里只放 huibao.toml、模板和表；别的放到另一个前缀下",
        "keep the project file, templates and workbooks there, and other objects under another prefix",
    ))
}

#[cfg(not(feature = "s3"))]
pub(super) fn not_spoken(address: &str) -> Diagnostic {
    Diagnostic::error(
        "store.not-spoken",
        place(address),
        Words::new("这个 huibao 编译时没有带上对象存储", "this huibao was built without object stores"),
    )
    .with_hint(Words::new(
        "用 cargo build --release --features s3 编译，或者先把桶里的东西复制到文件夹里",
        "build it with cargo build --release --features s3, or copy what is in the bucket to a folder first",
    ))
}
