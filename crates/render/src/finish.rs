//! A plan is carried out: file after file, those that stand after others when these are finished.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::book::workbook;
use super::crew::print_all;
use super::pdf::{Press, PrintFault, Printed};
use documents::{Artefact, Body, Kind, Made, Plan, Planned};
use finding::{Code, Finding, Report, codes};
use project::Fonts;

/// What making documents needs.
pub struct Workshop<'a> {
    /// The press.
    pub press: Press<'a>,
    /// How many threads print.
    pub jobs: NonZeroUsize,
    /// The faces.
    pub fonts: &'a Fonts,
    /// Called with the number of files finished so far and of all, from any thread.
    pub step: &'a (dyn Fn(usize, usize) + Sync),
}

/// How many files are finished.
struct Progress<'a> {
    n_done: AtomicUsize,
    n_all: usize,
    step: &'a (dyn Fn(usize, usize) + Sync),
}

/// Why a file could not be made.
struct Fault {
    finding: Box<Finding>,
    /// If its layout is at fault: the title of the file, and what is wrong.
    layout: Option<(String, String)>,
}

/// A layout that has failed, of which there is a finding.
struct Layout {
    /// The number of the finding.
    at: usize,
    /// The title of the first file that it has failed for.
    title: String,
    /// How many files it has failed for.
    n_documents: usize,
}

impl Progress<'_> {
    fn advance(&self) {
        let n_done = self.n_done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.step)(n_done, self.n_all);
    }
}

impl Workshop<'_> {
    /// Makes the files of a plan, of one kind only if one is named. One that cannot be made is withheld, with a finding; the
    /// others are made. They stand in the order of the report.
    pub fn make(&self, plan: &mut Plan, only: Option<Kind>, report: &mut Report) -> Vec<Made> {
        let waves = plan.waves(only);
        let n_all = waves.iter().map(Vec::len).sum();
        let progress = Progress { n_done: AtomicUsize::new(0), n_all, step: self.step };
        let mut made = BTreeMap::new();
        let mut layouts = BTreeMap::new();
        for wave in waves {
            for (at, finished) in self.make_wave(plan, &wave, &made, &progress) {
                match finished {
                    Ok(it) => {
                        made.insert(at, it);
                    }
                    Err(Fault { finding, layout }) => {
                        plan.withhold(at, &finding);
                        match layout {
                            Some(it) => say_once(it, *finding, &mut layouts, report),
                            None => report.push(*finding),
                        }
                    }
                }
            }
        }
        plan.arranged(made)
    }

    /// Makes the files at these places of the list, those that are printed side by side.
    fn make_wave(
        &self,
        plan: &Plan,
        wave: &[usize],
        made: &BTreeMap<usize, Made>,
        progress: &Progress<'_>,
    ) -> Vec<(usize, Result<Made, Fault>)> {
        let (mut finished, mut ready) = (Vec::new(), Vec::new());
        for at in wave.iter().copied() {
            match plan.ready(at, made, self.fonts) {
                Ok(Some(it)) => ready.push((at, it)),
                Ok(None) => progress.advance(),
                Err(finding) => {
                    finished.push((at, Err(Fault { finding, layout: None })));
                    progress.advance();
                }
            }
        }
        let (mut printing, mut pages) = (Vec::new(), Vec::new());
        for (at, it) in &ready {
            let Planned { artefact, body } = it.planned();
            if let Body::Pages(it) = body {
                printing.push((*at, artefact));
                pages.push(it);
            } else {
                let written = self.write(artefact, body);
                finished.push((*at, written.map_err(|finding| Fault { finding, layout: None })));
                progress.advance();
            }
        }
        let printed = print_all(&self.press, self.jobs, &pages, &|_| progress.advance());
        for ((at, artefact), printed) in printing.into_iter().zip(printed) {
            let made = printed.map(|Printed { bytes, pages, places }| Made {
                artefact: artefact.clone(),
                bytes,
                pages: Some(pages),
                places,
            });
            finished.push((at, made.map_err(|fault| fault_of(&fault, artefact))));
        }
        finished
    }

    /// Writes what is not set by Typst.
    fn write(&self, artefact: &Arc<Artefact>, body: &Body) -> Result<Made, Box<Finding>> {
        if let Body::Prescribed(it) = body {
            return super::prescribed::filled(artefact, it);
        }
        let written = match body {
            Body::Book(book) => workbook(book).map_err(|fault| fault.to_string()),
            Body::Word(script) => {
                super::word::document(script, self.press.templates).map_err(|fault| fault.to_string())
            }
            Body::Calendar(it) => Ok(super::calendar::calendar(it)),
            Body::Bundle(it) => super::bundle::bundle(it).map_err(|fault| fault.to_string()),
            Body::Json(data) => serde_json::to_vec_pretty(data).map_err(|fault| fault.to_string()),
            Body::Pages(_) | Body::Later(_) | Body::Prescribed(_) => {
                Err("版式文件应由排版程序生成".to_owned())
            }
        };
        let bytes = written.map_err(|fault| {
            let message = format!("“{}”不能生成：{fault}", artefact.title);
            Box::new(Finding::new(&codes::LAYOUT_FAILED, message).hint("请检查声明和数据"))
        })?;
        Ok(Made { artefact: artefact.clone(), bytes, pages: None, places: BTreeMap::new() })
    }
}

/// A layout that fails will fail for other documents alike: it is said once, for the first, with the number of all.
fn say_once(
    (title, fault): (String, String),
    finding: Finding,
    layouts: &mut BTreeMap<String, Layout>,
    report: &mut Report,
) {
    let Some(known) = layouts.get_mut(&fault) else {
        layouts.insert(fault, Layout { at: report.findings().len(), title, n_documents: 1 });
        return report.push(finding);
    };
    known.n_documents += 1;
    let Layout { at, title, n_documents } = known;
    if let Some(first) = report.findings_mut().get_mut(*at) {
        first.message = format!("{fault}；“{title}”等{n_documents}份文件不能生成");
        // None of their records is at fault.
        first.origin = None;
    }
}

fn fault_of(fault: &PrintFault, artefact: &Artefact) -> Fault {
    let finding = Box::new(finding_of(fault, artefact));
    let is_layout = matches!(fault, PrintFault::Layout(_));
    Fault { finding, layout: is_layout.then(|| (artefact.title.to_string(), fault.to_string())) }
}

fn finding_of(fault: &PrintFault, artefact: &Artefact) -> Finding {
    let (code, hint): (&'static Code, _) = match fault {
        PrintFault::Tofu(_) => (
            &codes::CHARACTER_NOT_PRINTABLE,
            "请核对用字；确为此字的，请在项目的 fonts 文件夹放入含有该字的字体",
        ),
        PrintFault::Layout(_) | PrintFault::Export(_) => (&codes::LAYOUT_FAILED, "请工程师检查版式文件"),
    };
    let finding = Finding::new(code, format!("“{}”不能生成：{fault}", artefact.title)).hint(hint);
    match artefact.origin {
        Some(origin) => finding.at(origin),
        None => finding,
    }
}
