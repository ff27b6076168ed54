//! Two regulations, or two folders of them, are compared article by article.
#![expect(
    clippy::disallowed_methods,
    reason = "what is compared is a file or a folder, and a file may have its head beside it"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::{Captions, Kind, Made, revisions};
use jiff::civil::Date;
use project::Templates;
use publish::{Edition, Published, Scope};
use regulations::{Comparison, ComparisonForm, Reading, Regulation};
use source::{CollectedTexts, Folders, Text, collect_texts};

use super::{Failure, Session, page_template};

/// What was compared.
#[derive(Debug)]
pub struct Compared {
    /// What differs.
    pub comparison: Comparison,
    form: ComparisonForm,
    captions: Arc<Captions>,
    /// The names of the two versions, the old one first.
    versions: (String, String),
    /// The day that the workbook bears: the last on which one of the new regulations was issued, if that is known to the day.
    date: Option<Date>,
}

impl Session<'_> {
    /// Compares two files or two folders, the old one first; nothing if one of them holds no regulation.
    ///
    /// # Errors
    /// If a file or folder cannot be read.
    pub fn diff(&mut self, old: &Path, new: &Path) -> Result<Option<Compared>, Failure> {
        let versions = (old.display().to_string(), new.display().to_string());
        let reading = self.reading()?;
        let templates = templates()?;
        let form = ComparisonForm::read(&templates, &mut self.report).map_err(|_| Failure::Templates)?;
        let captions = Captions::load(&templates, &mut self.report).map_err(|_| Failure::Templates)?;
        let old = self.regulations(old, &reading)?;
        let new = self.regulations(new, &reading)?;
        if old.is_empty() || new.is_empty() {
            return Ok(None);
        }
        let issued = new.iter().filter_map(|it| it.head.issued.or(it.head.in_force));
        let date = issued.filter(|it| it.date.day().is_some()).map(|it| it.date.earliest()).max();
        let comparison = regulations::compare((&old, &new), &form, &reading.diction);
        Ok(Some(Compared { comparison, form, captions: Arc::new(captions), versions, date }))
    }

    /// The regulations in a file or a folder. A single Word document needs no front matter to be compared.
    fn regulations(&mut self, path: &Path, reading: &Reading) -> Result<Vec<Regulation>, Failure> {
        let mut found = self.texts(path, reading)?;
        let is_bare = |it: &Text| it.manuscript.front.is_none() && path.is_file();
        let bare: Vec<Text> = found.texts.extract_if(.., |it| is_bare(it)).collect();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut read = regulations::read(found, reading, &self.sources, &mut self.report).0;
        read.extend(bare.into_iter().map(|it| regulations::bind_bare(it, &name, &reading.diction)));
        Ok(read)
    }

    /// The texts in a file or a folder; a single Word document is read with the front matter beside it.
    pub(super) fn texts(&mut self, path: &Path, reading: &Reading) -> Result<CollectedTexts, Failure> {
        // Relative paths are shown as they were typed, others from the folder above on.
        let root = if path.is_absolute() { path.ancestors().nth(2).unwrap_or(path) } else { Path::new("") };
        let shown = |it: &Path| -> Arc<str> { it.strip_prefix(root).unwrap_or(it).to_string_lossy().into() };
        let mut wanted = vec![shown(path)];
        wanted.extend(front_beside(path).map(|it| shown(&it)));
        let folders = Folders { root, wanted: &wanted, excluded: &[] };
        Ok(collect_texts(folders, &reading.catalogue_names(), &mut self.sources, &mut self.report)?)
    }

    /// How regulations are read where there is no project to say which levels there are.
    pub(super) fn reading(&mut self) -> Result<Reading, Failure> {
        let mut reading = Reading::load(&templates()?, &mut self.report).map_err(|_| Failure::Templates)?;
        reading.levels.clear();
        Ok(reading)
    }
}

impl Compared {
    /// Publishes what differs as a workbook and a page.
    ///
    /// # Errors
    /// If the folder cannot be written; every file in it is then old or new.
    pub fn publish(&self, out: &Path) -> Result<Published, Failure> {
        let Self { comparison, form, captions, versions, date } = self;
        let versions = (&*versions.0, &*versions.1);
        let template = page_template(&templates()?, "comparison.html");
        let page = render::comparison_page(&template, (comparison, form), versions)?;
        let book = render::workbook(&revisions(comparison, form, captions, versions, *date))?;
        let made = |ending, bytes| Made::unplanned(self.file_name(ending), Kind::COMPARISON, bytes);
        let edition = Edition {
            about: None,
            documents: vec![made("html", page.into_bytes()), made("xlsx", book)],
            withheld: &[],
            is_complete: true,
            scope: Scope::Only(Kind::COMPARISON),
        };
        Ok(publish::publish(out, &edition)?)
    }

    /// The name of the file with an ending: `xlsx`, `html`.
    pub fn file_name(&self, ending: &str) -> String {
        format!("{}.{ending}", self.form.file_name)
    }
}

/// The front matter that stands beside a Word document.
pub(super) fn front_beside(path: &Path) -> Option<PathBuf> {
    let is_word = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx"));
    let fronts = ["yaml", "yml"].map(|it| path.with_extension(it));
    fronts.into_iter().find(|it| is_word && it.is_file())
}

/// The templates in the binary.
fn templates() -> Result<Templates, Failure> {
    let mut apart = Session::default();
    Ok(Templates::load(None, &mut apart.sources, &mut apart.report)?)
}
