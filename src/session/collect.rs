//! What is sent out: forms for everybody who owes a table, or one blank set.

use std::path::{Path, PathBuf};

use collection::{Collected, Collecting, Prefill, Words};
use publish::{Edition, Published, Scope};

use super::make::about;
use super::{Checked, Failure, Judging, Session};
use documents::Kind;

/// Which forms are wanted.
#[derive(Debug, Clone)]
pub enum Forms {
    /// One blank set, sent to nobody.
    Blank,
    /// For everybody who owes anything.
    Sent(Source),
}

/// What forms are filled with.
#[derive(Debug, Clone)]
pub enum Source {
    /// Nothing.
    Nothing,
    /// The records of the project itself.
    Present,
    /// Those of the project in another folder.
    Other(PathBuf),
}

/// What was sent out.
#[derive(Debug)]
pub struct Collection {
    /// What was made, without the bytes of its files.
    pub collected: Collected,
    /// The paths of the files below the output folder.
    pub paths: Vec<String>,
    /// What happened in the output folder.
    pub published: Published,
}

impl Session<'_> {
    /// Makes the forms of a project and publishes them. The project is checked for that, since what is wanted of whom follows
    /// from its documents; what is wrong with its returns is no reason not to send any.
    ///
    /// # Errors
    /// If the project, or that whose records are wanted, cannot be used, or the output folder cannot be written.
    pub fn collect(
        &mut self,
        checked: &Checked,
        forms: &Forms,
        (out, judging): (&Path, &Judging),
    ) -> Result<Collection, Failure> {
        let words =
            Words::load(&checked.setup.templates, &mut self.report).map_err(|_| Failure::Templates)?;
        let mut apart = Session::default();
        let earlier = match forms {
            Forms::Sent(Source::Other(folder)) => Some(apart.check(folder, judging)?),
            _ => None,
        };
        let prefill = match (forms, &earlier) {
            (_, Some(earlier)) => Prefill::From(&earlier.dataset),
            (Forms::Sent(Source::Present), None) => Prefill::Present,
            _ => Prefill::No,
        };
        let collecting = Collecting {
            project: &checked.setup.project,
            dataset: &checked.dataset,
            returns: &checked.returns,
            counted: &checked.plan.counted,
            rules: &checked.rules,
            captions: &checked.captions,
            words: &words,
            prefill,
        };
        let (mut collected, kind) = match forms {
            Forms::Blank => (collection::blank(&collecting)?, Kind::BLANK_FORMS),
            Forms::Sent(_) => (collection::collect(&collecting)?, Kind::COLLECTION),
        };
        if collected.files.is_empty() {
            return Err(Failure::NothingToSend);
        }
        let paths = collected.files.iter().map(|it| it.artefact.path.clone()).collect();
        let edition = Edition {
            about: Some(about(checked)),
            documents: std::mem::take(&mut collected.files),
            withheld: &[],
            is_complete: true,
            scope: Scope::Only(kind),
        };
        Ok(Collection { collected, paths, published: publish::publish(out, &edition)? })
    }
}
