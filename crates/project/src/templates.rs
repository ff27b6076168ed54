//! The templates: the project's own first, then those built into the binary.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use finding::{FileId, Origin, Report, Sources};
use source::{Folders, Limits, SourceError, read_source, walk};

static SCHEMAS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/schemas");
static FACTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/facts");
static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/rules");
static FORMS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/forms");
static REMINDERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/reminders");
static COMPARISONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/comparisons");
static STATISTICS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/statistics");
static STATEMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/statements");
static SUMMARIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/summaries");
static HANDBOOKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/handbooks");
static TYPST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/typst");
static WORD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/word");
static REGULATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/regulations");
static WORKBOOK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/workbook");
static RETURNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/returns");
static COLLECTION: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/collection");
static REPORT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/report");

/// The built-in folders; the fonts beside them are not templates.
static BUILT_IN: [(&str, &Dir<'_>); 17] = [
    ("schemas", &SCHEMAS),
    ("facts", &FACTS),
    ("rules", &RULES),
    ("forms", &FORMS),
    ("reminders", &REMINDERS),
    ("comparisons", &COMPARISONS),
    ("statistics", &STATISTICS),
    ("statements", &STATEMENTS),
    ("summaries", &SUMMARIES),
    ("handbooks", &HANDBOOKS),
    ("typst", &TYPST),
    ("word", &WORD),
    ("regulations", &REGULATIONS),
    ("workbook", &WORKBOOK),
    ("returns", &RETURNS),
    ("collection", &COLLECTION),
    ("report", &REPORT),
];

/// A file of the templates.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// The path under which findings name it.
    pub file: FileId,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// All template files by their path below the templates folder, with `/`.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    files: BTreeMap<String, TemplateFile>,
}

impl Templates {
    /// The built-in templates, with the files of the project's own `templates/` folder in their place or beside them.
    ///
    /// # Errors
    /// If the project's folder cannot be read.
    pub fn load(
        project: Option<&Path>,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<Self, SourceError> {
        let mut templates = Self::default();
        for (name, dir) in BUILT_IN {
            templates.add_built_in(name, dir, sources);
        }
        let Some(folder) = project.map(|it| it.join("templates")).filter(|it| it.is_dir()) else {
            return Ok(templates);
        };
        let folders = Folders { root: &folder, wanted: &[".".into()], excluded: &[] };
        for found in walk(folders, sources, report)? {
            let file = sources.add(format!("templates/{}", found.shown));
            match read_source(&found.path, file, &mut *sources, &Limits::standard()) {
                Ok(bytes) => {
                    templates
                        .files
                        .insert(found.shown.to_string(), TemplateFile { file, bytes: bytes.into() });
                }
                Err(finding) => report.push(finding.at(Origin::file(file))),
            }
        }
        Ok(templates)
    }

    fn add_built_in(&mut self, prefix: &str, dir: &Dir<'static>, sources: &mut Sources) {
        for entry in dir.files() {
            let path = format!("{prefix}/{}", entry.path().to_string_lossy().replace('\\', "/"));
            let file = sources.add(format!("（内置）templates/{path}"));
            self.files.insert(path, TemplateFile { file, bytes: entry.contents().into() });
        }
        for child in dir.dirs() {
            self.add_built_in(prefix, child, sources);
        }
    }

    /// A file by its path.
    pub fn get(&self, path: &str) -> Option<&TemplateFile> {
        self.files.get(path)
    }

    /// The files in a folder, with their paths, in the order of their names; `ending` such as `.yaml`.
    pub fn in_folder<'a>(
        &'a self,
        folder: &str,
        ending: &str,
    ) -> impl Iterator<Item = (&'a str, &'a TemplateFile)> {
        let prefix = format!("{folder}/");
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(&prefix) && path.ends_with(ending))
            .map(|(path, file)| (path.as_str(), file))
    }

    /// Every file with its path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &TemplateFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }
}
