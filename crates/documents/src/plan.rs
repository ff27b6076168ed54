//! The plan of a run: one list of the files to be made, each with what has to be finished before it, and of those withheld.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::artefact::{Artefact, Body, Cause, Finished, Kind, Made, Planned, Withheld};
use super::blame::Errors;
use super::drafts::{Background, Document, Group, InDraft, Place};
use dataset::{RecordId, TableId};
use finding::Finding;
use project::Fonts;

/// What is planned of all documents.
#[derive(Debug, Default)]
pub struct Plan {
    planned: Vec<Listed>,
    /// What is not made, each with its group; in the order of the groups.
    withheld: Vec<Withheld>,
    /// The group of each that is withheld.
    groups_withheld: Vec<usize>,
    /// The mark of a draft, if this is one.
    draft: Option<String>,
    /// What is behind the documents.
    pub behind: Background,
    /// What has not come of what the documents count: tables, each with the unit that has to return it.
    pub awaited: BTreeSet<(TableId, Option<RecordId>)>,
    /// What the documents count of all that is due, whether or not it has come.
    pub counted: BTreeSet<(TableId, Option<RecordId>)>,
}

/// A file to be made at its place in the list.
#[derive(Debug)]
struct Listed {
    planned: Planned,
    /// Index of its group.
    group: usize,
    /// How many others stand before it at most, each after the one before.
    wave: usize,
}

/// A file whose turn has come.
#[derive(Debug)]
pub enum Ready<'p> {
    /// It is made as it was planned.
    Planned(&'p Planned),
    /// It was composed from what was made before it.
    Composed(Planned),
}

impl Ready<'_> {
    /// The file and its body, which is none that comes later.
    pub fn planned(&self) -> &Planned {
        match self {
            Self::Planned(it) => it,
            Self::Composed(it) => it,
        }
    }
}

impl Plan {
    /// A plan without documents; its pages and sheets will bear this mark, if it is one of a draft.
    pub(super) fn new(draft: Option<String>, behind: Background) -> Self {
        Self { draft, behind, ..Self::default() }
    }

    /// The files to be made, in the order in which they are listed.
    pub fn artefacts(&self) -> impl Iterator<Item = &Artefact> {
        self.planned.iter().map(|it| &*it.planned.artefact)
    }

    /// The files that are not made, in the order of their documents.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// The mark of a draft, if this is one.
    pub fn draft(&self) -> Option<&str> {
        self.draft.as_deref()
    }

    /// The places in the list of the files to be made, by waves: those of a wave can be made side by side once those of the
    /// earlier ones are finished. Of one kind only, if one is named.
    pub fn waves(&self, only: Option<Kind>) -> Vec<Vec<usize>> {
        let n_waves = self.planned.iter().map(|it| it.wave + 1).max().unwrap_or_default();
        let mut waves = vec![Vec::new(); n_waves];
        for (at, it) in self.planned.iter().enumerate() {
            if only.is_none_or(|kind| kind == it.planned.artefact.kind) {
                waves[it.wave].push(at);
            }
        }
        waves
    }

    /// The file at a place of the list, whose turn has come: as it was planned, or composed only now from what was made,
    /// which is given by the places in the list. None if there is nothing to be made.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn ready(
        &self,
        at: usize,
        made: &BTreeMap<usize, Made>,
        fonts: &Fonts,
    ) -> Result<Option<Ready<'_>>, Box<Finding>> {
        let planned = &self.planned[at].planned;
        let Planned { artefact, body: Body::Later(later) } = planned else {
            return Ok(Some(Ready::Planned(planned)));
        };
        let own = |path: &String| {
            let before = made.range(..at).map(|it| it.1);
            before.rev().find(|it| it.artefact.path == *path)
        };
        let finished: Vec<Option<&Made>> = artefact.after.iter().map(own).collect();
        let finished = Finished { made: &finished, withheld: &self.withheld, fonts };
        let mut composed = later.compose(artefact, finished)?;
        if let (Some(composed), Some(draft)) = (&mut composed, &self.draft) {
            composed.body.mark(draft);
        }
        Ok(composed.map(Ready::Composed))
    }

    /// Withholds a file that could not be made.
    pub fn withhold(&mut self, at: usize, finding: &Finding) {
        let Listed { planned, group, .. } = &self.planned[at];
        let artefact = planned.artefact.clone();
        let (codes, reasons) = (vec![finding.code.to_string()], vec![finding.message.clone()]);
        self.add_withheld(*group, Withheld { artefact, codes, reasons, causes: vec![Cause::of(finding)] });
    }

    /// What was made, in the order of the report: of a group first what stands after nothing; what is written before what
    /// is printed.
    pub fn arranged(&self, made: BTreeMap<usize, Made>) -> Vec<Made> {
        let mut made: Vec<(usize, Made)> = made.into_iter().collect();
        made.sort_by_key(|(at, it)| {
            let Listed { group, wave, .. } = self.planned[*at];
            (group, wave, it.pages.is_some(), *at)
        });
        made.into_iter().map(|it| it.1).collect()
    }

    /// Divides the documents of a group into those to be made and those withheld.
    pub(super) fn add(&mut self, group: Group, number: usize, errors: &Errors<'_>) {
        let (mut in_turn, mut last) = (Vec::new(), Vec::new());
        for document in group.documents {
            let place = document.place;
            match self.sort_out(document, number, errors) {
                made if place == Place::Last => last.extend(made),
                made => in_turn.extend(made),
            }
        }
        let bound: Vec<Arc<Artefact>> = in_turn.iter().map(|it| it.artefact.clone()).collect();
        in_turn.extend(group.binders.into_iter().flat_map(|it| it.bind(&bound)));
        let before: Vec<String> = in_turn.iter().map(|it| it.artefact.path.clone()).collect();
        for it in &mut last {
            Arc::make_mut(&mut it.artefact).after.clone_from(&before);
        }
        let mut waves: BTreeMap<String, usize> = BTreeMap::new();
        for mut planned in in_turn.into_iter().chain(last) {
            if let Some(draft) = &self.draft {
                planned.body.mark(draft);
            }
            let after = planned.artefact.after.iter().filter_map(|it| waves.get(it));
            let wave = after.map(|it| it + 1).max().unwrap_or_default();
            waves.insert(planned.artefact.path.clone(), wave);
            self.planned.push(Listed { planned, group: number, wave });
        }
    }

    /// The files of a document, if it may be made.
    fn sort_out(&mut self, document: Document, group: usize, errors: &Errors<'_>) -> Vec<Planned> {
        let blame = errors.behind(&document.inputs);
        let is_draft = self.draft.is_some();
        let is_made = match document.in_draft {
            InDraft::Made => blame.admits(is_draft) && (document.faults.is_empty() || is_draft),
            InDraft::Withheld => blame.is_empty() && document.faults.is_empty(),
        };
        if is_made {
            return document.planned();
        }
        let faults = document.faults.clone();
        for it in document.planned() {
            self.add_withheld(group, blame.withhold(it.artefact, &faults));
        }
        Vec::new()
    }

    /// Lists a file that is withheld behind the others of its group.
    fn add_withheld(&mut self, group: usize, withheld: Withheld) {
        let at = self.groups_withheld.partition_point(|it| *it <= group);
        self.groups_withheld.insert(at, group);
        self.withheld.insert(at, withheld);
    }
}
