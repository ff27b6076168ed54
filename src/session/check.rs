//! A project is read and checked, and its documents are planned: the stages meet here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use corrections::Words;
use dataset::Dataset;
use documents::answers::{Offered, offer};
use documents::handbook::Library;
use documents::{Captions, Draft, Plan, Planner, Planning};
use due::Returns;
use facts::{Figures, Frame, Sieve};
use finding::arrange;
use project::{GivenContent, Setup};
use regulations::{Collection, HandbookText, Reading, Regulation};
use rules::Condition;
use schema::Expected;
use source::{Collected, Folders, Grid};

use super::open::{Declared, Opened};
use super::{Failure, Session, Stage};

/// How data are judged.
#[derive(Debug, Clone)]
pub struct Judging {
    /// Whether documents over many records are made in spite of errors, marked as drafts.
    pub draft: Draft,
    /// Whether queries count as errors.
    pub strict: bool,
    /// The output folder, if it lies within the project: it is not read.
    pub excluded: Vec<PathBuf>,
}

/// What was read and related, and has been put to the rules.
#[derive(Debug)]
pub struct Related {
    /// The project.
    pub setup: Setup,
    /// The related records.
    pub dataset: Arc<Dataset>,
    /// Who had to return what, and what has come.
    pub returns: Arc<Returns>,
    /// The facts.
    pub figures: Arc<Figures>,
    /// The rules that the records were put to.
    pub rules: Vec<Condition>,
    /// The regulations and the texts of handbooks, proof-read.
    pub collection: Collection,
    /// How regulations are read.
    pub reading: Reading,
    given: Vec<GivenContent>,
    planners: Vec<Box<dyn Planner>>,
    captions: Arc<Captions>,
    words: Arc<Words>,
    n_files: usize,
    lists: Vec<Grid>,
}

/// What was read and checked, ready to be made into documents.
#[derive(Debug)]
pub struct Checked {
    /// The project.
    pub setup: Setup,
    /// The related records.
    pub dataset: Arc<Dataset>,
    /// Who had to return what, and what has come.
    pub returns: Arc<Returns>,
    /// The facts.
    pub figures: Arc<Figures>,
    /// The rules that the records were put to.
    pub rules: Vec<Condition>,
    /// How far the returns have come.
    pub progress: documents::Progress,
    /// What became of the findings of an earlier run, if one was named.
    pub since: Option<documents::Since>,
    /// What documents call their own parts.
    pub captions: Arc<Captions>,
    /// What the files that are given back call theirs.
    pub words: Arc<Words>,
    /// What is planned.
    pub plan: Plan,
    /// The regulations, proof-read.
    pub regulations: Vec<Regulation>,
    /// The texts of the handbooks, proof-read.
    pub texts: Vec<HandbookText>,
    /// How many files the source folders and those of the regulations and handbooks held.
    pub n_files: usize,
    /// What committees have answered in the lists that went back to them.
    pub offered: Vec<Offered>,
}

impl Default for Judging {
    /// Nothing is made in spite of errors, and queries are queries.
    fn default() -> Self {
        Self { draft: Draft::No, strict: false, excluded: Vec::new() }
    }
}

impl Session<'_> {
    /// Reads a project and checks everything in it; plans its documents but makes none.
    ///
    /// # Errors
    /// If the project cannot be used at all; the report then says why.
    pub fn check(&mut self, folder: &Path, judging: &Judging) -> Result<Checked, Failure> {
        let opened = self.open(folder)?;
        let related = self.read(opened, judging)?;
        Ok(self.plan(related, judging))
    }

    /// Reads the files of a project, relates the records, and puts them to the rules.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn read(&mut self, opened: Opened, judging: &Judging) -> Result<Related, Failure> {
        let Opened { folder, setup, declared } = opened;
        let project = &setup.project;
        let given = project::given_contents(project, &folder, &mut self.sources, &mut self.report);
        let (collection, mut collected) = self.files(&folder, &setup, &declared.reading, judging)?;
        let lists = collected.files.iter_mut().flat_map(|it| std::mem::take(&mut it.lists)).collect();
        let Declared { schemas, catalogue, rules, reading, planners, captions, words } = declared;
        let report = &mut self.report;
        let earlier = project::earlier_files(project, report);
        let expected = Expected { period: project.period, earlier: &earlier, sources: &self.sources };
        let records = schema::bind(collected.files, &schemas, &expected, report);
        let dataset = Arc::new(Dataset::new(Arc::new(schemas), records, report));
        let returns = Arc::new(Returns::new(&dataset, project, &self.sources, report));
        let sieve = Sieve::new(dataset.clone(), Frame::of_project(project));
        let figures = Arc::new(Figures::new(Arc::new(catalogue), sieve));
        rules::check_dates(&dataset, project, report);
        rules::check(&rules, &figures, project, report);
        let n_files = collected.n_files + collection.n_files;
        Ok(Related {
            setup,
            dataset,
            returns,
            figures,
            rules,
            collection,
            reading,
            given,
            planners,
            captions,
            words,
            n_files,
            lists,
        })
    }

    /// Reads the regulations and texts, and what the source folders hold beside them.
    fn files(
        &mut self,
        folder: &Path,
        setup: &Setup,
        reading: &Reading,
        judging: &Judging,
    ) -> Result<(Collection, Collected), Failure> {
        let Self { sources, report, progress } = self;
        let project = &setup.project;
        // With `sources: [.]` the project's own files lie among the returns.
        let own = [project::FILE_NAME, project::ANSWERS_NAME, "templates", "fonts"].map(PathBuf::from);
        let mut excluded: Vec<PathBuf> = judging.excluded.iter().cloned().chain(own).collect();
        let collection = regulations::collect((folder, &excluded), (project, reading), sources, report)?;
        excluded.extend(project.regulations.iter().chain(&project.handbooks).map(|it| PathBuf::from(&**it)));
        let folders = Folders { root: folder, wanted: &project.sources, excluded: &excluded };
        let heard = |done, all| progress(Stage::Reading, done, all);
        Ok((collection, source::collect(folders, sources, report, &heard)?))
    }

    /// Plans the documents of what was read; what stands in their way is found.
    pub fn plan(&mut self, related: Related, judging: &Judging) -> Checked {
        let Related { setup, dataset, figures, rules, collection, given, planners, n_files, .. } = related;
        let Related { reading, captions, words, returns, lists, .. } = related;
        let Collection { regulations, texts, references, .. } = collection;
        let library = Library {
            regulations: &regulations,
            texts: &texts,
            of_regulations: &references.of_regulations,
            of_texts: &references.of_texts,
            reading: &reading,
        };
        let planning = Planning {
            library,
            dataset: &dataset,
            returns: &returns,
            figures: &figures,
            given: &given,
            sources: &self.sources,
            captions: &captions,
            project: &setup.project,
            answers: &setup.answers,
            templates: &setup.templates,
            fonts: &setup.fonts,
            draft: judging.draft,
            strict: judging.strict,
        };
        let plan = documents::plan_all(planners, planning, &mut self.report);
        let mut lines = Vec::new();
        for list in &lists {
            match corrections::said(list, &words) {
                Ok(said) => lines.extend(said),
                Err(unread) => self.report.push(*unread),
            }
        }
        let sender = |file| returns.senders.of(file).map(|it| dataset.label(it));
        let offered = offer(&lines, sender, &self.sources, &mut self.report);
        arrange(&mut self.report);
        let progress = documents::Progress::new(&returns, &plan, &dataset, &captions, setup.project.as_of);
        Checked {
            setup,
            dataset,
            returns,
            figures,
            rules,
            progress,
            since: None,
            captions,
            words,
            plan,
            regulations,
            texts,
            n_files,
            offered,
        }
    }
}
