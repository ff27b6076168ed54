//! What was planned is made and published, with the report of the run.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use corrections::Giving;
use documents::{Kind, Made, Withheld, progress_book};
use finding::arrange;
use publish::{About, Edition, Published, Scope};
use render::{Press, Workshop};

use super::{Checked, Failure, Session, Stage};

/// What is made and where.
#[derive(Debug, Clone)]
pub struct Making {
    /// The output folder.
    pub out: PathBuf,
    /// The one kind of documents wanted; all if none is named.
    pub only: Option<Kind>,
    /// How many threads print.
    pub jobs: NonZeroUsize,
    /// Where the office suite may be, for forms that are to be printed by it; the first that answers.
    pub office: Vec<PathBuf>,
}

/// What was made.
#[derive(Debug)]
pub struct Built {
    /// How many documents were made, the report not counted.
    pub n_documents: usize,
    /// The bundles that go back to whoever has to correct something, by their paths.
    pub bundles: Vec<String>,
    /// What was not made.
    pub withheld: Vec<Withheld>,
    /// What happened in the output folder.
    pub published: Published,
}

/// What was published of a check.
#[derive(Debug)]
pub struct Reported {
    /// The bundles that go back to whoever has to correct something, by their paths.
    pub bundles: Vec<String>,
    /// What happened in the output folder.
    pub published: Published,
}

impl Session<'_> {
    /// Makes what was planned and publishes it, with the report of the run.
    ///
    /// # Errors
    /// If the output folder cannot be written; every file in it is then old or new.
    pub fn make(&mut self, checked: &mut Checked, making: &Making) -> Result<Built, Failure> {
        let Checked { setup, plan, .. } = &mut *checked;
        let progress = self.progress;
        let workshop = Workshop {
            press: Press::new(&setup.templates, &setup.fonts),
            jobs: making.jobs,
            fonts: &setup.fonts,
            step: &|done, all| progress(Stage::Printing, done, all),
        };
        let made = workshop.make(plan, making.only, &mut self.report);
        drop(workshop);
        let made = self.print_forms(checked, made, making);
        let Checked { dataset, returns, .. } = &mut *checked;
        dataset.add_subjects(&mut self.report, &returns.senders);
        arrange(&mut self.report);
        self.publish(checked, made, making)
    }

    /// Publishes what a check has found: the report, who has returned what, and what goes back to whom; no document.
    ///
    /// # Errors
    /// If the output folder cannot be written; every file in it is then old or new.
    pub fn publish_check(&mut self, checked: &Checked, out: &Path) -> Result<Reported, Failure> {
        let returned = self.give_back(checked);
        let bundles = paths(&returned);
        let documents = self.own_files(checked, (&[], checked.plan.withheld()), returned)?;
        let edition = Edition {
            about: Some(about(checked)),
            documents,
            withheld: &[],
            is_complete: !self.report.has_errors(),
            scope: Scope::Only(Kind::REPORT),
        };
        Ok(Reported { bundles, published: publish::publish(out, &edition)? })
    }

    fn publish(&mut self, checked: &Checked, made: Vec<Made>, making: &Making) -> Result<Built, Failure> {
        let wanted = |it: &&Withheld| making.only.is_none_or(|kind| it.artefact.kind == kind);
        let withheld: Vec<Withheld> = checked.plan.withheld().iter().filter(wanted).cloned().collect();
        let n_documents = made.len();
        let returned = self.give_back(checked);
        let bundles = paths(&returned);
        let own = self.own_files(checked, (&made, &withheld), returned)?;
        let edition = Edition {
            about: Some(about(checked)),
            documents: made.into_iter().chain(own).collect(),
            withheld: &withheld,
            is_complete: !self.report.has_errors(),
            scope: making.only.map_or(Scope::Everything, Scope::Only),
        };
        let published = publish::publish(&making.out, &edition)?;
        Ok(Built { n_documents, bundles, withheld, published })
    }

    /// What goes back to whoever has returned it, if anything is to be corrected.
    fn give_back(&mut self, checked: &Checked) -> Vec<Made> {
        let Checked { setup, dataset, returns, captions, words, .. } = checked;
        let giving = Giving {
            project: &setup.project,
            templates: &setup.templates,
            fonts: &setup.fonts,
            dataset,
            returns,
            sources: &self.sources,
            captions,
            words,
        };
        let bundles = corrections::give_back(&giving, &mut self.report);
        arrange(&mut self.report);
        bundles
    }

    /// The files about the run itself.
    fn own_files(
        &self,
        checked: &Checked,
        (made, withheld): (&[Made], &[Withheld]),
        returned: Vec<Made>,
    ) -> Result<Vec<Made>, Failure> {
        let (page, findings) = (
            self.report_page(checked, (made, withheld), &paths(&returned))?,
            self.findings_json(Some(checked))?,
        );
        let own = |path: &str, text: String| Made::unplanned(path, Kind::REPORT, text.into_bytes());
        let mut files = vec![own("report.html", page), own("findings.json", findings)];
        files.extend(progress_workbook(checked)?);
        files.extend(returned);
        Ok(files)
    }
}

pub(super) fn about(checked: &Checked) -> About<'_> {
    let project = &checked.setup.project;
    About {
        project: checked.setup.name.as_deref(),
        institution: &project.institution,
        period: (project.period.first(), project.period.last()),
    }
}

fn paths(made: &[Made]) -> Vec<String> {
    made.iter().map(|it| it.artefact.path.clone()).collect()
}

/// The workbook that says who has returned what; there is none where nobody has to return anything.
fn progress_workbook(checked: &Checked) -> Result<Option<Made>, Failure> {
    let Checked { setup, progress, captions, .. } = checked;
    if progress.lines.is_empty() {
        return Ok(None);
    }
    let bytes = render::workbook(&progress_book(progress, &setup.project, captions))?;
    Ok(Some(Made::unplanned(format!("{}.xlsx", captions.progress.title), Kind::REPORT, bytes)))
}
