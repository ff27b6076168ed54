//! A small working project to start from.
#![expect(clippy::disallowed_methods, reason = "init writes the starter project")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

/// The project that is written: it builds as it is.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/starter");

/// Why no project was written.
#[derive(Debug, thiserror::Error)]
pub enum InitFault {
    /// There are files in the folder.
    #[error("“{}”中已有文件，没有写入。请换一个新文件夹", .0.display())]
    Taken(PathBuf),
    /// A file or folder could not be written.
    #[error("无法写入“{}”：{}", .0.display(), .1)]
    Unwritten(PathBuf, io::Error),
}

/// Writes the starter project into a folder that is empty or not there yet.
///
/// # Errors
/// If there is something in the folder, or it cannot be written.
pub fn init(folder: &Path) -> Result<(), InitFault> {
    let is_taken = fs::read_dir(folder).is_ok_and(|mut it| it.next().is_some());
    if is_taken {
        return Err(InitFault::Taken(folder.to_owned()));
    }
    write(&STARTER, folder)
}

fn write(from: &Dir<'_>, to: &Path) -> Result<(), InitFault> {
    let named = |path: &Path| {
        let path = path.to_owned();
        move |error| InitFault::Unwritten(path, error)
    };
    fs::create_dir_all(to).map_err(named(to))?;
    for file in from.files() {
        let path = to.join(file.path().file_name().unwrap_or_default());
        fs::write(&path, file.contents()).map_err(named(&path))?;
    }
    for dir in from.dirs() {
        write(dir, &to.join(dir.path().file_name().unwrap_or_default()))?;
    }
    Ok(())
}
