//! What was found, as text, as JSON and as a page.

use std::collections::BTreeSet;
use std::sync::Arc;

use dataset::Dataset;
use documents::{Excerpts, Made, Progress, Withheld};
use render::{RunPage, Style, TableCount};

use super::{Checked, Failure, Session, page_template};

impl Session<'_> {
    /// The findings as text for the clerk, and who has returned what, as far as that is known.
    pub fn findings_text(&self, progress: Option<&Progress>, style: Style) -> String {
        render::findings_text(&self.report, &self.sources, progress, style)
    }

    /// The findings as JSON for programs; `checked`, if the run came so far, says of which table each record is.
    ///
    /// # Errors
    /// If they cannot be written as JSON.
    pub fn findings_json(&self, checked: Option<&Checked>) -> serde_json::Result<String> {
        render::findings_json(&self.report, &self.sources, checked.map(|it| &*it.dataset))
    }

    /// The same for the terminal, with what became of the findings of an earlier run, if one was named.
    ///
    /// # Errors
    /// If they cannot be written as JSON.
    pub fn compared_json(&self, checked: Option<&Checked>) -> serde_json::Result<String> {
        match checked.and_then(|it| Some((it, it.since.as_ref()?))) {
            Some((checked, since)) => {
                render::since_json(since, &self.report, &self.sources, &checked.dataset)
            }
            None => self.findings_json(checked),
        }
    }

    /// The page that reports a run: what was made, what is withheld, what was found.
    ///
    /// # Errors
    /// If its template is wrong.
    pub fn report_page(
        &self,
        checked: &Checked,
        (made, withheld): (&[Made], &[Withheld]),
        bundles: &[String],
    ) -> Result<String, Failure> {
        let Checked { setup, dataset, plan, regulations, n_files, .. } = checked;
        let template = page_template(&setup.templates, "page.html");
        let committees = committees(dataset);
        let schemas = &dataset.schemas.tables;
        let tables = schemas.with_ids().filter(|(_, it)| it.parent.is_none());
        let page = RunPage {
            institution: &setup.project.institution,
            department: &setup.project.department,
            period: (setup.project.period.first(), setup.project.period.last()),
            as_of: setup.project.as_of,
            draft: plan.draft(),
            files_read: *n_files,
            tables: tables
                .map(|(table, it)| TableCount { title: &it.title, records: dataset.n_rows(table) })
                .collect(),
            regulations: regulations.len(),
            progress: &checked.progress,
            since: checked.since.as_ref(),
            committees: committees.iter().map(|it| &**it).collect(),
            documents: made,
            withheld,
            report: &self.report,
            sources: &self.sources,
            excerpts: Some(Excerpts::new(dataset)),
            bundles,
            held_up: RunPage::held_up(withheld),
        };
        Ok(render::page(&template, &page)?)
    }
}

/// The committees in the order of their records: organisations as given.
fn committees(dataset: &Dataset) -> Vec<Arc<str>> {
    let mut committees: Vec<Arc<str>> = Vec::new();
    let mut seen = BTreeSet::new();
    for record in dataset.rows() {
        let committee = dataset.subject(record).committee;
        committees.extend(committee.filter(|it| seen.insert(it.clone())));
    }
    committees
}
