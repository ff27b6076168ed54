//! A project is opened: its file, its templates, and everything that these declare.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use corrections::Words;
use documents::{Captions, Declaring, Planner};
use facts::Catalogue;
use project::Setup;
use regulations::Reading;
use rules::Condition;
use schema::Schemas;

use super::{Failure, Session};

/// A project of which nothing has been read but how it is configured.
#[derive(Debug)]
pub struct Opened {
    /// Its folder.
    pub folder: PathBuf,
    /// Its file, its templates, its faces.
    pub setup: Setup,
    /// What is declared.
    pub declared: Declared,
}

/// Everything that templates declare.
#[derive(Debug)]
pub struct Declared {
    /// The tables.
    pub schemas: Schemas,
    /// The facts.
    pub catalogue: Catalogue,
    /// The rules.
    pub rules: Vec<Condition>,
    /// How regulations are read.
    pub reading: Reading,
    /// The documents that the project wants, by kind.
    pub planners: Vec<Box<dyn Planner>>,
    /// What workbooks and documents call their own parts.
    pub captions: Arc<Captions>,
    /// What the files that are given back call theirs.
    pub words: Arc<Words>,
}

impl Session<'_> {
    /// Opens the project in a folder.
    ///
    /// # Errors
    /// If the project cannot be used, or a template is wrong; the report then says why.
    pub fn open(&mut self, folder: &Path) -> Result<Opened, Failure> {
        let Self { sources, report, .. } = self;
        let kinds = documents::wanted_keys();
        let setup = project::open(folder, &kinds, sources, report).map_err(Failure::Open)?;
        let declared = self.declared(&setup)?;
        Ok(Opened { folder: folder.to_owned(), setup, declared })
    }

    /// Reads all declarations; what is wrong with any of them is reported in one run.
    fn declared(&mut self, setup: &Setup) -> Result<Declared, Failure> {
        let Setup { templates, project, .. } = setup;
        let report = &mut self.report;
        let mut schemas =
            schema::load(&templates.trees("schemas", report), report).map_err(|_| Failure::Templates)?;
        schema::set_code_lengths(&mut schemas, &project.code_lengths, report);
        let catalogue = Catalogue::load(&templates.trees("facts", report), &schemas, report);
        let rules = rules::load(&templates.trees("rules", report), &schemas, &catalogue, report);
        catalogue.report_unused(templates, report);
        let declaring = Declaring { templates, schemas: &schemas, catalogue: &catalogue };
        let planners = documents::load_declared(project, declaring, report);
        let planners = planners.map_err(|_| Failure::Templates)?;
        let captions = Arc::new(Captions::load(templates, report).map_err(|_| Failure::Templates)?);
        let words = Arc::new(Words::load(templates, report).map_err(|_| Failure::Templates)?);
        let reading = Reading::load(templates, report).map_err(|_| Failure::Templates)?;
        if report.has_errors() {
            return Err(Failure::Templates);
        }
        Ok(Declared { schemas, catalogue, rules, reading, planners, captions, words })
    }
}
