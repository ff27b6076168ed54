//! A blank that others have issued is brought into a project: read where the clerk has it, and put into a folder of its own
//! beside what was drafted from it.
#![expect(
    clippy::disallowed_methods,
    reason = "a blank is read where the clerk has it, and its draft written into the templates of the project"
)]

use std::fs;
use std::path::{Path, PathBuf};

use annex::{Blank, BlankFault, Signs};
use documents::Pages;
use documents::forms::prescribed::fingerprint;
use render::Press;

/// A blank on its way into a project.
pub(super) struct Brought {
    /// Where the clerk has it.
    from: PathBuf,
    bytes: Vec<u8>,
    /// Its name as a file.
    pub(super) file: String,
    /// The same without its ending: the name of what is drafted.
    pub(super) id: String,
    /// Where it is going to stand.
    pub(super) folder: PathBuf,
    /// Its hash, in hexadecimal digits.
    pub(super) sha256: String,
}

/// Why a blank was not brought in.
#[derive(Debug, thiserror::Error)]
pub enum BroughtFault {
    /// It cannot be used.
    #[error("“{}”{}", .0.display(), .1)]
    Blank(PathBuf, BlankFault),
    /// There is something already where it would stand.
    #[error("“{}”已经存在，没有写入。请把表样改一个文件名（如加上年份）后再导入", .0.display())]
    Taken(PathBuf),
    /// A file cannot be read or written.
    #[error("“{}”不能读写：{}", .0.display(), .1)]
    File(PathBuf, std::io::Error),
}

impl Brought {
    /// Reads a blank that is to stand in a folder of its own below this one.
    ///
    /// # Errors
    /// If it cannot be read, or there is such a folder already.
    pub(super) fn read(from: &Path, below: &Path) -> Result<Self, BroughtFault> {
        let named = |it: Option<&std::ffi::OsStr>| it.unwrap_or_default().to_string_lossy().into_owned();
        let (file, id) = (named(from.file_name()), named(from.file_stem()));
        let folder = below.join(&id);
        if folder.exists() {
            return Err(BroughtFault::Taken(folder));
        }
        let bytes = fs::read(from).map_err(|it| BroughtFault::File(from.to_owned(), it))?;
        let sha256 = fingerprint(&bytes);
        Ok(Self { from: from.to_owned(), bytes, file, id, folder, sha256 })
    }

    /// Its places.
    ///
    /// # Errors
    /// If it cannot be used.
    pub(super) fn blank(&self, signs: &Signs) -> Result<Blank, BroughtFault> {
        let unusable = |why| BroughtFault::Blank(self.from.clone(), why);
        Blank::read(self.bytes.clone(), signs).map_err(unusable)
    }

    /// Writes the blank, what was drafted from it, and a picture of its places; gives why there is none, if there is none.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(super) fn write(
        self,
        (name, yaml): (&str, String),
        (press, pages): (&Press<'_>, &Pages),
    ) -> Result<Option<String>, BroughtFault> {
        let (picture, unpictured) = match press.pdf(pages) {
            Ok(printed) => (Some(printed.bytes), None),
            Err(why) => (None, Some(why.to_string())),
        };
        fs::create_dir_all(&self.folder).map_err(|it| BroughtFault::File(self.folder.clone(), it))?;
        let files =
            [(&*self.file, Some(self.bytes)), (name, Some(yaml.into_bytes())), ("填表位置.pdf", picture)];
        for (name, bytes) in files {
            let Some(bytes) = bytes else { continue };
            let path = self.folder.join(name);
            fs::write(&path, bytes).map_err(|it| BroughtFault::File(path, it))?;
        }
        Ok(unpictured)
    }
}
