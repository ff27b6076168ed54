//! Planned documents are made: forms one by one on several threads, then the volumes that hold them.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::book::workbook;
use super::crew::print_all;
use super::pdf::{Press, PrintFault};
use documents::{Artefact, Body, Form, Kind, Pages, Planned, PlannedForm, Withheld, print_set};
use finding::{Code, Finding, Report, codes};
use project::{Fonts, Project};

/// A document that was made.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// The committee that it belongs to; `None` if it is about several.
    pub committee: Option<Arc<str>>,
    /// The keys of the records that it is about.
    pub records: Vec<Arc<str>>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Pages as printed, by label.
pub(super) type Places = BTreeMap<String, String>;

/// What making documents needs.
pub struct Workshop<'a> {
    /// The press.
    pub press: Press<'a>,
    /// How many threads print.
    pub jobs: NonZeroUsize,
    /// The project.
    pub project: &'a Project,
    /// The faces.
    pub fonts: &'a Fonts,
    /// Called with the number of documents made so far and of all, from any thread.
    pub step: &'a (dyn Fn(usize, usize) + Sync),
}

impl Workshop<'_> {
    /// Makes all documents of a form. One that cannot be made is withheld, with a finding; the others are made.
    pub fn finish(&self, form: &Form, planned: &mut Planned, report: &mut Report) -> Vec<Finished> {
        let mut finished = Vec::new();
        let forms = std::mem::take(&mut planned.forms);
        let mut made: Vec<&PlannedForm> = Vec::new();
        for (it, printed) in forms.iter().zip(self.print(forms.iter().map(|it| &it.artefact))) {
            match printed {
                Ok(it_finished) => {
                    finished.push(Finished { committee: it.committee.clone(), ..it_finished });
                    made.push(it);
                }
                Err(fault) => {
                    let finding = finding_of(&fault, &it.artefact).at(it.origin);
                    planned.withheld.push(withhold(&it.artefact, it.committee.clone(), &finding));
                    report.push(finding);
                }
            }
        }
        let volumes =
            print_set(form, &made, &planned.withheld, (self.project, self.fonts), planned.draft.as_ref());
        for (volume, printed) in volumes.iter().zip(self.print(volumes.iter())) {
            match printed {
                Ok(it) => finished.push(it),
                Err(fault) => {
                    let finding = finding_of(&fault, volume);
                    planned.withheld.push(withhold(volume, None, &finding));
                    report.push(finding);
                }
            }
        }
        if let Some(artefact) = &planned.overview {
            match self.write(artefact) {
                Ok(it) => finished.push(it),
                Err(finding) => {
                    planned.withheld.push(withhold(artefact, None, &finding));
                    report.push(*finding);
                }
            }
        }
        planned.forms = forms;
        finished
    }

    /// Makes documents that do not depend on each other, each with the committee that it is about. One that cannot be
    /// made is withheld, with a finding.
    pub fn finish_all(
        &self,
        artefacts: &[(Artefact, Option<Arc<str>>)],
        withheld: &mut Vec<Withheld>,
        report: &mut Report,
    ) -> Vec<Finished> {
        let (pages, written): (Vec<_>, Vec<_>) =
            artefacts.iter().partition(|it| matches!(it.0.body, Body::Pages(_)));
        let written = written.into_iter().map(|it| (it, self.write(&it.0).map_err(|finding| *finding)));
        let printed = self.print(pages.iter().map(|it| &it.0));
        let printed = pages.into_iter().zip(printed);
        let printed = printed.map(|(it, made)| (it, made.map_err(|fault| finding_of(&fault, &it.0))));
        let mut finished = Vec::new();
        for ((artefact, committee), made) in written.chain(printed) {
            match made {
                Ok(it) => finished.push(Finished { committee: committee.clone(), ..it }),
                Err(finding) => {
                    withheld.push(withhold(artefact, committee.clone(), &finding));
                    report.push(finding);
                }
            }
        }
        finished
    }

    fn print<'p>(&self, artefacts: impl Iterator<Item = &'p Artefact>) -> Vec<Result<Finished, PrintFault>> {
        self.print_placed(artefacts).into_iter().map(|it| it.map(|it| it.0)).collect()
    }

    /// Prints pages, and gives with each document the places that its layout told.
    pub(super) fn print_placed<'p>(
        &self,
        artefacts: impl Iterator<Item = &'p Artefact>,
    ) -> Vec<Result<(Finished, Places), PrintFault>> {
        let jobs: Vec<(&Artefact, &Pages)> = artefacts
            .filter_map(|it| match &it.body {
                Body::Pages(pages) => Some((it, pages)),
                Body::Book(_) | Body::Word(_) | Body::Json(_) => None,
            })
            .collect();
        let pages: Vec<&Pages> = jobs.iter().map(|(_, pages)| *pages).collect();
        let n_done = std::sync::atomic::AtomicUsize::new(0);
        let done = |_| {
            let n_done = n_done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            (self.step)(n_done, pages.len());
        };
        let printed = print_all(&self.press, self.jobs, &pages, &done);
        let finished = |(artefact, _): &(&Artefact, &Pages), bytes, pages| Finished {
            path: artefact.path.clone(),
            kind: artefact.kind,
            title: artefact.title.clone(),
            committee: None,
            records: artefact.records.clone(),
            pages,
            bytes,
        };
        jobs.iter()
            .zip(printed)
            .map(|(job, it)| it.map(|it| (finished(job, it.bytes, Some(it.pages)), it.places)))
            .collect()
    }

    /// Writes what is not set by Typst.
    pub(super) fn write(&self, artefact: &Artefact) -> Result<Finished, Box<Finding>> {
        let written = match &artefact.body {
            Body::Book(book) => workbook(book).map_err(|fault| fault.to_string()),
            Body::Word(script) => {
                super::word::document(script, self.press.templates).map_err(|fault| fault.to_string())
            }
            Body::Json(data) => serde_json::to_vec_pretty(data).map_err(|fault| fault.to_string()),
            Body::Pages(_) => Err("版式文件应由排版程序生成".to_owned()),
        };
        let bytes = written.map_err(|fault| {
            let message = format!("“{}”不能生成：{fault}", artefact.title);
            Box::new(Finding::new(&codes::LAYOUT_FAILED, message).hint("请检查声明和数据"))
        })?;
        Ok(Finished {
            path: artefact.path.clone(),
            kind: artefact.kind,
            title: artefact.title.clone(),
            committee: None,
            records: artefact.records.clone(),
            pages: None,
            bytes,
        })
    }
}

pub(super) fn finding_of(fault: &PrintFault, artefact: &Artefact) -> Finding {
    let (code, hint): (&'static Code, _) = match fault {
        PrintFault::Tofu(_) => (
            &codes::CHARACTER_NOT_PRINTABLE,
            "请核对用字；确为此字的，请在项目的 fonts 文件夹放入含有该字的字体",
        ),
        PrintFault::Layout(_) | PrintFault::Export(_) => (&codes::LAYOUT_FAILED, "请工程师检查版式文件"),
    };
    Finding::new(code, format!("“{}”不能生成：{fault}", artefact.title)).hint(hint)
}

pub(super) fn withhold(artefact: &Artefact, committee: Option<Arc<str>>, finding: &Finding) -> Withheld {
    Withheld {
        path: artefact.path.clone(),
        kind: artefact.kind,
        title: artefact.title.clone(),
        committee,
        codes: vec![finding.code.to_string()],
        reasons: vec![finding.message.clone()],
    }
}
