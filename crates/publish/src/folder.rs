//! The output folder: its lock, its staging folder, and the moves that make an edition current.
#![expect(clippy::disallowed_methods, reason = "publishing writes the output folder")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::PublishError;
use super::manifest::{MANIFEST, Manifest, SUPERSEDED, sha256};
use super::plan::Steps;

/// The file whose lock keeps two runs apart. It stays: the lock is the system's and ends with the
/// process, so that a killed run blocks nobody, and removing the file would let two runs in.
const LOCK: &str = ".huibian.lock";

/// An output folder that no other run writes to while this value lives.
pub(super) struct Folder {
    root: PathBuf,
    _lock: File,
}

/// What stands at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A file, by the SHA-256 of its content.
    File(String),
    /// Something other than a file.
    Other,
    /// Nothing, and no file can stand there: the system refuses the path, most often for its length.
    Impossible,
}

/// The last edition, as far as it is known.
pub(super) struct Last {
    /// Its manifest, completed by what a killed run had already put in place.
    pub(super) manifest: Option<Manifest>,
    /// The name under which a damaged manifest was put aside.
    pub(super) damaged: Option<String>,
}

impl Found {
    /// Whether anything is there.
    pub(super) fn is_there(&self) -> bool {
        matches!(self, Self::File(_) | Self::Other)
    }

    /// Whether it is a file with this content.
    pub(super) fn is(&self, sha256: &str) -> bool {
        matches!(self, Self::File(it) if it == sha256)
    }
}

impl Folder {
    /// Makes the folder if it is missing, and locks it.
    pub(super) fn open(out: &Path) -> Result<Self, PublishError> {
        let root = std::path::absolute(out).map_err(PublishError::io("打开文件夹", out))?;
        fs::create_dir_all(&root).map_err(PublishError::io("建立文件夹", &root))?;
        let path = root.join(LOCK);
        let opened = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
        let lock = opened.map_err(PublishError::io("打开文件", &path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(PublishError::Locked(root)),
            Err(TryLockError::Error(source)) => Err(PublishError::io("锁定文件", &path)(source)),
        }
    }

    /// What stands at a path below the folder.
    pub(super) fn find(&self, path: &str) -> Result<Found, PublishError> {
        let path = self.place(path);
        match fs::metadata(&path) {
            Ok(it) if it.is_file() => {}
            Ok(_) => return Ok(Found::Other),
            Err(it) if it.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(it) if it.kind() == io::ErrorKind::NotADirectory => return Ok(Found::Other),
            Err(it) if it.kind() == io::ErrorKind::InvalidFilename => return Ok(Found::Impossible),
            Err(it) => return Err(PublishError::io("读取文件", &path)(it)),
        }
        let bytes = fs::read(&path).map_err(PublishError::io("读取文件", &path))?;
        Ok(Found::File(sha256(&bytes)))
    }

    /// Reads the last manifest and settles what a killed run left: files that it had moved into place
    /// are entered into the manifest, and its staging folders go.
    pub(super) fn settle(&self) -> Result<Last, PublishError> {
        let (mut manifest, damaged) = self.last_manifest()?;
        let places = self.staging_beside().into_iter().chain([self.staging_within()]);
        for staging in places.filter(|it| it.is_dir()) {
            if let Some(begun) = read(&staging.join(MANIFEST))?.and_then(|it| Manifest::parse(&it)) {
                let recovered = self.recover(manifest, begun)?;
                self.write_manifest(&staging, &recovered)?;
                manifest = Some(recovered);
            }
            fs::remove_dir_all(&staging).map_err(PublishError::io("清理文件夹", &staging))?;
        }
        Ok(Last { manifest, damaged })
    }

    /// Stages the new files, then moves the old ones away, the new ones in, and the manifest last.
    pub(super) fn carry_out(&self, plan: &Steps<'_>) -> Result<(), PublishError> {
        let staging = self.make_staging()?;
        for document in &plan.write {
            write_synced(&below(&staging, &document.artefact.path), &document.bytes)?;
        }
        let json = to_json(&plan.manifest, &staging)?;
        write_synced(&staging.join(MANIFEST), json.as_bytes())?;
        for path in &plan.supersede {
            rename(&self.place(path), &below(&self.root.join(SUPERSEDED), path))?;
        }
        for path in &plan.remove {
            let path = self.place(path);
            fs::remove_file(&path).map_err(PublishError::io("删除文件", &path))?;
        }
        plan.supersede.iter().chain(&plan.remove).for_each(|it| self.remove_emptied(it));
        for document in &plan.write {
            rename(&below(&staging, &document.artefact.path), &self.place(&document.artefact.path))?;
        }
        rename(&staging.join(MANIFEST), &self.root.join(MANIFEST))?;
        // All is published; should the empty staging folder resist, the next run clears it.
        let _ = fs::remove_dir_all(&staging);
        Ok(())
    }

    fn place(&self, path: &str) -> PathBuf {
        below(&self.root, path)
    }

    /// The manifest of the last run. One that cannot be read is put aside under a free name.
    fn last_manifest(&self) -> Result<(Option<Manifest>, Option<String>), PublishError> {
        let path = self.root.join(MANIFEST);
        let Some(bytes) = read(&path)? else { return Ok((None, None)) };
        if let Some(manifest) = Manifest::parse(&bytes) {
            return Ok((Some(manifest), None));
        }
        let aside = |n: usize| format!("manifest.damaged-{n}.json");
        let taken = (1..).take_while(|n| self.root.join(aside(*n)).exists()).count();
        rename(&path, &self.root.join(aside(taken + 1)))?;
        Ok((None, Some(aside(taken + 1))))
    }

    /// The manifest as it is true after a killed run: what that run had begun to publish, as far as
    /// its files are in place.
    fn recover(&self, manifest: Option<Manifest>, mut begun: Manifest) -> Result<Manifest, PublishError> {
        let entries = std::mem::take(&mut begun.files);
        let mut manifest = manifest.unwrap_or(begun);
        for entry in entries {
            if self.find(&entry.path)?.is(&entry.sha256) {
                manifest.put(entry);
            }
        }
        Ok(manifest)
    }

    /// Writes a manifest through a staging folder.
    fn write_manifest(&self, staging: &Path, manifest: &Manifest) -> Result<(), PublishError> {
        let staged = staging.join("recovered.json");
        write_synced(&staged, to_json(manifest, &staged)?.as_bytes())?;
        rename(&staged, &self.root.join(MANIFEST))
    }

    /// The staging folder beside the output folder; `None` for the root of a drive.
    fn staging_beside(&self) -> Option<PathBuf> {
        let name = self.root.file_name()?.to_string_lossy();
        Some(self.root.parent()?.join(format!(".{name}.staging")))
    }

    /// The staging folder for an output folder that is a drive or a mount: what lies beside it may be
    /// closed to us or on another disk, from where no file can be moved in one step.
    fn staging_within(&self) -> PathBuf {
        self.root.join(".huibian.staging")
    }

    /// Makes a staging folder from which files can be moved into the output folder.
    fn make_staging(&self) -> Result<PathBuf, PublishError> {
        if let Some(beside) = self.staging_beside() {
            if self.try_staging(&beside).is_ok() {
                return Ok(beside);
            }
            // It may not exist at all; if it does and stays, it is empty and harms nobody.
            let _ = fs::remove_dir_all(&beside);
        }
        let within = self.staging_within();
        self.try_staging(&within).map_err(PublishError::io("建立文件夹", &within))?;
        Ok(within)
    }

    fn try_staging(&self, staging: &Path) -> io::Result<()> {
        fs::create_dir(staging)?;
        let (from, to) = (staging.join("probe"), self.root.join(".huibian.probe"));
        fs::write(&from, [])?;
        fs::rename(&from, &to)?;
        fs::remove_file(&to)
    }

    /// Removes the folders above a path that has gone, as far up as they are empty now.
    fn remove_emptied(&self, path: &str) {
        let place = self.place(path);
        let above = place.ancestors().skip(1).take_while(|it| *it != self.root);
        // `remove_dir` refuses a folder that still holds something: that is where to stop.
        let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
    }
}

/// A path of ours, with `/`, below a folder of this system.
fn below(folder: &Path, path: &str) -> PathBuf {
    folder.join(path.split('/').collect::<PathBuf>())
}

/// The content of a file; `None` if it does not exist.
fn read(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(it) if it.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(it) => Err(PublishError::io("读取文件", path)(it)),
    }
}

fn to_json(manifest: &Manifest, path: &Path) -> Result<String, PublishError> {
    manifest.to_json().map_err(|it| PublishError::io("写入文件", path)(it.into()))
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    make_parent(path)?;
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(PublishError::io("写入文件", path))
}

/// Moves a file; an existing one gives way in one step.
fn rename(from: &Path, to: &Path) -> Result<(), PublishError> {
    make_parent(to)?;
    fs::rename(from, to).map_err(PublishError::io("写入文件", to))
}

fn make_parent(path: &Path) -> Result<(), PublishError> {
    let Some(parent) = path.parent() else { return Ok(()) };
    fs::create_dir_all(parent).map_err(PublishError::io("建立文件夹", parent))
}
