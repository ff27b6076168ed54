//! The program: found by asking it for its version, run once for many documents, in a folder that is taken away again.
#![expect(
    clippy::disallowed_methods,
    reason = "the office suite reads and writes files, so they are put down for it"
)]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// A run opens so many documents at most: a command line has an end, and so has the program's memory.
const N_AT_ONCE: usize = 200;
/// So long nothing need be printed, in steps of [`STEP`]: starting takes some seconds, on a busy machine more.
const N_STEPS_MAX: usize = 1200;
/// Whoever stands still so often is not asked again.
const N_STOPPED_MAX: usize = 3;
const STEP: Duration = Duration::from_millis(100);

/// An office suite that answers.
#[derive(Debug, Clone)]
pub struct Office {
    program: PathBuf,
    version: String,
}

/// A document that is to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// What kind of file it is: `docx`, `xlsx`.
    pub ending: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum OfficeFault {
    /// The folder to work in cannot be written.
    #[error("“{}”不能读写：{}", .0.display(), .1)]
    Folder(PathBuf, io::Error),
    /// The program does not start.
    #[error("办公软件没有启动：{0}")]
    NotStarted(io::Error),
    /// It did not end.
    #[error("办公软件超时，已停止")]
    TooLong,
}

impl Office {
    /// The suite behind a program, if it answers.
    pub fn at(program: &Path) -> Option<Self> {
        let answer = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
        let said = String::from_utf8_lossy(&answer.stdout);
        let version = said.lines().map(str::trim).find(|it| it.chars().any(|it| it.is_ascii_digit()))?;
        Some(Self { program: program.to_owned(), version: version.to_owned() })
    }

    /// What it calls itself: `LibreOffice 7.4.7.2 40(Build:2)`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Documents as PDF, each `None` that the program could not open; with this day for the day on which they were made. The
    /// folder is made for the work, must not be there yet, and is taken away.
    ///
    /// # Errors
    /// Why nothing was printed.
    pub fn print(
        &self,
        folder: &Path,
        documents: &[Document<'_>],
        made: Date,
    ) -> Result<Vec<Option<Vec<u8>>>, OfficeFault> {
        let work = Work::new(folder)?;
        for (number, it) in documents.iter().enumerate() {
            let path = work.path("in").join(format!("{}.{}", name(number), it.ending));
            fs::write(&path, it.bytes).map_err(|it| OfficeFault::Folder(path, it))?;
        }
        self.print_all(&work, documents)?;
        let printed = |number| Some(without_clock(fs::read(work.printed(number)).ok()?, made));
        Ok((0..documents.len()).map(printed).collect())
    }

    /// Runs until everything is printed that can be: the program may end early or stand still, and what it leaves is given to
    /// it again. A document at which it ends without having printed any is passed over.
    fn print_all(&self, work: &Work, documents: &[Document<'_>]) -> Result<(), OfficeFault> {
        let mut pending: Vec<usize> = (0..documents.len()).collect();
        let mut n_stopped = 0;
        while let Some(passed_over) = pending.first().copied() {
            let some = &pending[..pending.len().min(N_AT_ONCE)];
            let files = some.iter().map(|it| format!("{}.{}", name(*it), documents[*it].ending)).collect();
            let ended = self.run(work, files)?;
            let n_before = pending.len();
            pending.retain(|it| !work.printed(*it).is_file());
            if pending.len() == n_before {
                pending.retain(|it| *it != passed_over);
                n_stopped += usize::from(ended == Ended::Stopped);
            }
            if n_stopped == N_STOPPED_MAX {
                return Err(OfficeFault::TooLong);
            }
        }
        Ok(())
    }

    fn run(&self, work: &Work, files: Vec<String>) -> Result<Ended, OfficeFault> {
        // A profile of its own: another window of the same program would swallow the order.
        let profile = url(&work.path("profile"));
        let mut program = Command::new(&self.program);
        program.arg(format!("-env:UserInstallation={profile}"));
        program.args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"]).arg(work.path("out"));
        program.args(files).current_dir(work.path("in"));
        program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = program.spawn().map_err(OfficeFault::NotStarted)?;
        wait(&mut child, work)
    }
}

/// Waits until the program ends, or stops it once it has printed nothing for too long.
fn wait(child: &mut Child, work: &Work) -> Result<Ended, OfficeFault> {
    let (mut n_steps, mut n_printed) = (0, 0);
    while n_steps < N_STEPS_MAX {
        match child.try_wait() {
            Ok(None) => sleep(STEP),
            // What it has not made is seen by what is not there.
            Ok(Some(_)) => return Ok(Ended::ByItself),
            Err(error) => return Err(OfficeFault::NotStarted(error)),
        }
        let n_now = fs::read_dir(work.path("out")).map_or(0, Iterator::count);
        n_steps = if n_now > n_printed { 0 } else { n_steps + 1 };
        n_printed = n_now;
    }
    let _gone = child.kill();
    let _ended = child.wait();
    Ok(Ended::Stopped)
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    ByItself,
    Stopped,
}

/// The name under which a document is put down: nothing of it is known to the program.
fn name(number: usize) -> String {
    format!("{:05}", number + 1)
}

/// A path as the program takes one in its settings.
fn url(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _infallible = write!(url, "%{byte:02X}");
        }
    }
    url
}

/// A folder to work in, which goes with it.
struct Work(PathBuf);

impl Work {
    fn new(folder: &Path) -> Result<Self, OfficeFault> {
        let fault = |it| OfficeFault::Folder(folder.to_owned(), it);
        let folder = std::path::absolute(folder).map_err(fault)?;
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent).map_err(fault)?;
        }
        fs::create_dir(&folder).map_err(fault)?;
        let work = Self(folder);
        for name in ["in", "out", "profile"] {
            fs::create_dir(work.path(name)).map_err(fault)?;
        }
        Ok(work)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Where the PDF of a document is to stand.
    fn printed(&self, number: usize) -> PathBuf {
        self.path("out").join(format!("{}.pdf", name(number)))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _removed = fs::remove_dir_all(&self.0);
    }
}

/// A PDF as it would be, made on this day: the hour of its making is written in it, and sums in which that hour went. Lengths
/// stay, or the places that it points to would be others.
fn without_clock(mut bytes: Vec<u8>, made: Date) -> Vec<u8> {
    let day = format!("{:04}{:02}{:02}000000", made.year(), made.month(), made.day());
    for key in [&b"/CreationDate(D:"[..], b"/ModDate(D:"] {
        for at in places(&bytes, key) {
            write_at(&mut bytes, at + key.len(), day.as_bytes());
        }
    }
    let sums = sums(&bytes);
    sums.iter().for_each(|at| write_at(&mut bytes, *at, &[b'0'; SUM]));
    let sum: String = Sha256::digest(&bytes).iter().take(SUM / 2).map(|it| format!("{it:02X}")).collect();
    sums.iter().for_each(|at| write_at(&mut bytes, *at, sum.as_bytes()));
    bytes
}

/// So many digits has a sum.
const SUM: usize = 32;

/// Where sums stand behind the last `trailer`.
fn sums(bytes: &[u8]) -> Vec<usize> {
    let Some(from) = places(bytes, b"trailer").pop() else { return Vec::new() };
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_sum = |at: &usize| {
        let is_whole = !is_digit(at + SUM) && (*at == 0 || !is_digit(at - 1));
        is_whole && (*at..at + SUM).all(is_digit)
    };
    (from..bytes.len()).filter(is_sum).collect()
}

fn places(bytes: &[u8], key: &[u8]) -> Vec<usize> {
    bytes.windows(key.len()).enumerate().filter(|it| it.1 == key).map(|it| it.0).collect()
}

fn write_at(bytes: &mut [u8], at: usize, text: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + text.len()) {
        place.copy_from_slice(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_taken_out_and_every_length_stays() {
        let sum = |digit: &str| digit.repeat(32);
        let pdf = |hour: &str, digit: &str| {
            format!(
                "%PDF\n<</CreationDate(D:20261201{hour}Z')>>\ntrailer\n<</ID [ <{0}>\n<{0}> ]\n/DocChecksum /{0}\n>>",
                sum(digit)
            )
            .into_bytes()
        };
        let day = jiff::civil::date(2024, 12, 31);
        let (one, other) = (pdf("101112", "A"), pdf("131415", "B"));
        let found = without_clock(one.clone(), day);
        assert_eq!(found, without_clock(other, day));
        assert_eq!(found.len(), one.len());
        let text = String::from_utf8(found).unwrap();
        assert!(text.contains("(D:20241231000000Z')"), "{text}");
        assert!(!text.contains(&sum("A")) && !text.contains(&sum("0")), "{text}");
    }

    #[test]
    fn a_program_that_does_not_answer_is_none() {
        assert!(Office::at(Path::new("/nowhere/soffice")).is_none());
    }

    #[test]
    fn a_path_is_written_as_the_program_takes_it() {
        assert_eq!(url(Path::new("/a/输出 b")), "file:///a/%E8%BE%93%E5%87%BA%20b");
        assert_eq!(url(Path::new("C:\\a")), "file:///C:/a");
    }
}
