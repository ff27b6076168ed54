//! What the project is given from outside: figures of other offices, last year's statistics.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::path::Path;
use std::sync::Arc;

use super::file::Project;
use finding::{FileId, Finding, Origin, Report, Reported, Severity, Sources, Target, codes};
use source::{Content, Declared, Fields, Limits, LocatedText, read, read_source};

/// A file of given figures, as the project file names it.
#[derive(Debug, Clone)]
pub struct GivenFile {
    /// The name under which declarations ask for its figures: `last_year`.
    pub name: LocatedText,
    /// Its title in messages; by default the name of the file.
    pub title: Arc<str>,
    /// The file, relative to the project folder.
    pub file: LocatedText,
    /// The statistics whose layout the workbook has, if it is a workbook.
    pub statistics: Option<LocatedText>,
}

/// A file of given figures, read.
#[derive(Debug)]
pub struct GivenContent {
    /// What the project file says of it.
    pub given: GivenFile,
    /// The file.
    pub file: FileId,
    /// What it holds.
    pub content: Content,
}

impl Declared for GivenFile {
    const WHAT: &'static str = "given";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let (name, file) = (fields.required_as("as", plain), fields.required_text("file"));
        let (title, statistics) = (fields.string("title"), fields.text("statistics"));
        let (name, file) = fields.whole((name, file))?;
        let title = title.unwrap_or_else(|| stem(&file.text).into());
        Ok(Self { name, title, file, statistics })
    }
}

/// The name of a file without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |it| it.0)
}

/// Checks that a name can stand before a dot in an expression and has no other meaning there.
fn plain(name: &LocatedText, report: &mut Report) -> Result<LocatedText, Reported> {
    const TAKEN: [&str; 3] = ["facts", "row", "column"];
    let is_word = name.text.chars().all(|it| it.is_alphanumeric() || it == '_');
    let begins = name.text.chars().next().is_some_and(|it| it.is_alphabetic() || it == '_');
    if is_word && begins && !TAKEN.contains(&&*name.text) {
        return Ok(name.clone());
    }
    let finding = Finding::new(&codes::WRONG_KIND, format!("“{}”不能作给定数字的名称", name.text));
    Err(report.error(finding.at(name.origin).hint("请用字母、数字和下划线，以字母开头，如 last_year")))
}

/// Reads the files of given figures. One that cannot be read is a finding, and the others are read.
pub fn given_contents(
    project: &Project,
    folder: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> Vec<GivenContent> {
    let contents = project.given.iter().map(|it| content(it, folder, (&mut *sources, &mut *report)));
    contents.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn content(
    given: &GivenFile,
    folder: &Path,
    (sources, report): (&mut Sources, &mut Report),
) -> Option<GivenContent> {
    let path = folder.join(&*given.file.text);
    if !path.is_file() {
        let finding = Finding::new(&codes::GIVEN_FILE_UNUSABLE, format!("没有“{}”这个文件", given.file.text));
        let hint = "请核对 given 中的 file：相对于项目文件夹的路径";
        let about = Target::Given(given.file.origin);
        report.error(finding.at(given.file.origin).about(about).hint(hint));
        return None;
    }
    let limits = Limits::standard();
    let shown: Arc<str> = given.file.text.replace('\\', "/").into();
    let file = sources.add(shown.clone());
    let bytes = match read_source(&path, file, &mut *sources, &limits) {
        Ok(bytes) => bytes,
        Err(finding) => {
            let place = Origin::file(file);
            let finding = finding.recoded(&codes::GIVEN_FILE_UNUSABLE);
            report.error(finding.at(place).about(Target::Given(place)));
            return None;
        }
    };
    let reading = read(&bytes, &shown, file, &limits);
    sources.set_sheets(file, reading.sheets);
    // Such a file withholds what is compared with it, not what is made from the returns.
    let mut own = Report::default();
    for finding in reading.report.findings().iter().cloned() {
        let is_error = finding.severity == Severity::Error;
        own.push(if is_error { finding.recoded(&codes::GIVEN_FILE_UNUSABLE) } else { finding });
    }
    report.append_about(own, |it| it.origin.map(Target::Given));
    Some(GivenContent { given: given.clone(), file, content: reading.content? })
}
