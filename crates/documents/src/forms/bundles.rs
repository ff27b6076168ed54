//! The bundles of a form: for each committee the forms that were made for it, with a list of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::KIND;
use super::declaration::Form;
use crate::artefact::{Artefact, Body, Finished, Later, Planned};
use crate::bundle::Bundle;
use crate::captions::Captions;
use crate::drafts::{Binder, Edition};
use crate::names::{folded, free_name, safe_name};
use finding::Finding;

/// Puts the forms of each committee together, if the project wants that.
#[derive(Debug)]
pub(super) struct Bundles {
    folder: String,
    form_title: Arc<str>,
    /// The paths of all its files, also of those that are withheld.
    of_form: Arc<BTreeSet<String>>,
    captions: Arc<Captions>,
}

/// The bundle of a committee, packed when its forms are finished.
#[derive(Debug)]
struct CommitteeBundle {
    committee: Arc<str>,
    /// The paths of all forms, also those of others and those withheld.
    of_form: Arc<BTreeSet<String>>,
    captions: Arc<Captions>,
}

impl Bundles {
    /// Those of a form, whose files are to be these; none if the project does not want them.
    pub(super) fn of<'e>(
        form: &Form,
        files: impl Iterator<Item = &'e Edition>,
        captions: &Arc<Captions>,
    ) -> Option<Self> {
        form.is_bundled.then(|| Self {
            folder: format!("{}/{}", KIND.kind.id(), safe_name(&form.id)),
            form_title: form.title.clone(),
            of_form: Arc::new(files.map(|it| it.path.clone()).collect()),
            captions: captions.clone(),
        })
    }
}

impl Binder for Bundles {
    fn bind(self: Box<Self>, bound: &[Arc<Artefact>]) -> Vec<Planned> {
        let mut by_committee: BTreeMap<&Arc<str>, Vec<&Arc<Artefact>>> = BTreeMap::new();
        for it in bound {
            // A form that belongs to nobody goes to nobody.
            let Some(committee) = &it.committee else { continue };
            by_committee.entry(committee).or_default().push(it);
        }
        let mut taken = BTreeSet::new();
        let plan = |(committee, forms): (&Arc<str>, Vec<&Arc<Artefact>>)| {
            let path = format!("{}/{}", self.folder, free_name(&safe_name(committee), "zip", &mut taken));
            let title = self.captions.editions.bundle.filled(&[&format!("{}——{committee}", self.form_title)]);
            let artefact = Artefact {
                name: title.clone(),
                title,
                committee: Some(committee.clone()),
                records: forms.iter().flat_map(|it| it.records.iter().cloned()).collect(),
                after: forms.iter().map(|it| it.path.clone()).collect(),
                ..Artefact::unplanned(path, KIND.kind)
            };
            let (captions, of_form) = (self.captions.clone(), self.of_form.clone());
            let bundle = CommitteeBundle { committee: committee.clone(), of_form, captions };
            Planned { artefact: Arc::new(artefact), body: Body::Later(Box::new(bundle)) }
        };
        by_committee.into_iter().map(plan).collect()
    }
}

impl Later for CommitteeBundle {
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        let words = &self.captions.bundle;
        let mut taken = BTreeSet::from([folded(&words.cover.file_name())]);
        let made: Vec<_> = finished.made.iter().flatten().collect();
        let file = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            free_name(stem, ending, &mut taken)
        };
        let names: Vec<String> = made.iter().map(|it| it.artefact.path.as_str()).map(file).collect();
        let parts: BTreeMap<String, Vec<u8>> =
            names.into_iter().zip(&made).map(|(name, it)| (name, it.bytes.clone())).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        // What is lacking must not go unnoticed.
        let is_theirs =
            |it: &Artefact| it.committee.as_ref() == Some(&self.committee) && self.of_form.contains(&it.path);
        let lacking = finished.withheld.iter().filter(|it| is_theirs(&it.artefact));
        let notes: Vec<String> = lacking.map(|it| words.lacking.filled(&[&it.artefact.name])).collect();
        let bundle = Bundle::new(parts, &words.cover, &self.committee, &notes);
        let records = made.iter().flat_map(|it| it.artefact.records.iter().cloned()).collect();
        let artefact = Artefact { records, ..artefact.clone() };
        Ok(Some(Planned { artefact: Arc::new(artefact), body: Body::Bundle(Box::new(bundle)) }))
    }
}
