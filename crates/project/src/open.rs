//! Opening a project: its file, its templates, its faces.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::answers::{self, Answer};
use super::file::{FILE_NAME, Project, Wants, Within};
use super::fonts::Fonts;
use super::templates::{TemplateFile, Templates};
use finding::{Finding, Origin, Report, Reported, Sources, codes};
use source::{Content, Declared, Limits, Node, SourceError, read, read_source};

/// A project, opened.
#[derive(Debug)]
pub struct Setup {
    /// The name of the project: that of its folder; `None` for the root of a drive.
    pub name: Option<String>,
    /// What its file says.
    pub project: Project,
    /// What has been answered to queries.
    pub answers: Vec<Answer>,
    /// Its templates.
    pub templates: Templates,
    /// Its faces.
    pub fonts: Fonts,
}

/// Why a project cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no project file.
    #[error("“{0}”不是项目文件夹：其中没有 {FILE_NAME}。可用“huibian init 文件夹”新建一个项目")]
    NoProject(String),
    /// A folder cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The project file, a template or a face is wrong; the report says what.
    #[error("项目文件或模板有误，不能继续")]
    Configuration(Reported),
}

/// Opens the project in a folder. Everything that is wrong with its configuration goes to the report. `kinds` are the kinds
/// of documents that there are, by their keys.
///
/// # Errors
/// If the project cannot be used.
pub fn open(
    folder: &Path,
    kinds: &[(&str, Wants)],
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Setup, OpenError> {
    let Some(root) = tree_beside(folder, FILE_NAME, sources, report).map_err(OpenError::Configuration)?
    else {
        return Err(OpenError::NoProject(folder.display().to_string()));
    };
    let project =
        Project::load(&root, &Within { folder, kinds }, report).map_err(OpenError::Configuration)?;
    let answers = answers::load(folder, sources, report).map_err(OpenError::Configuration)?;
    let templates = Templates::load(Some(folder), sources, report)?;
    let fonts = Fonts::load(folder, &project, sources, report)?;
    let name = name_of(folder).map(|it| it.to_string_lossy().into_owned());
    Ok(Setup { name, project, answers, templates, fonts })
}

/// The YAML tree of a file in the project's folder; nothing, if there is no such file.
pub(super) fn tree_beside(
    folder: &Path,
    name: &str,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Node>, Reported> {
    let path = folder.join(name);
    if !path.is_file() {
        return Ok(None);
    }
    let file = sources.add(name);
    let bytes = read_source(&path, file, &mut *sources, &Limits::standard())
        .map_err(|finding| report.error(finding.at(Origin::file(file))))?;
    tree(&TemplateFile { file, bytes: bytes.into() }, name, report).map(Some)
}

/// The name of a project folder, also if it was given as `.`.
pub fn name_of(folder: &Path) -> Option<OsString> {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().map(OsStr::to_owned)
}

/// The YAML tree of a configuration file.
fn tree(found: &TemplateFile, name: &str, report: &mut Report) -> Result<Node, Reported> {
    let reading = read(&found.bytes, name, found.file, &Limits::standard());
    report.append_sound(reading.report)?;
    match reading.content {
        Some(Content::Tree(node)) => Ok(node),
        _ => {
            let finding = Finding::new(&codes::CONFIGURATION_UNUSABLE, "文件不是可用的 YAML");
            Err(report.error(finding.at(Origin::file(found.file)).hint("请对照内置模板改正")))
        }
    }
}

impl Templates {
    /// The tree of a YAML template; `None` if there is no such file.
    ///
    /// # Errors
    /// If it is not YAML.
    pub fn tree(&self, path: &str, report: &mut Report) -> Result<Option<Node>, Reported> {
        self.get(path).map(|it| tree(it, path, report)).transpose()
    }

    /// The trees of all YAML files in a folder, in the order of their names.
    pub fn trees(&self, folder: &str, report: &mut Report) -> Vec<Node> {
        self.in_folder(folder, ".yaml").filter_map(|(path, it)| tree(it, path, report).ok()).collect()
    }
}
