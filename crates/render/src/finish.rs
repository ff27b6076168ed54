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
        for wave in waves {
            for (at, finished) in self.make_wave(plan, &wave, &made, &progress) {
                match finished {
                    Ok(it) => {
                        made.insert(at, it);
                    }
                    Err(finding) => {
                        plan.withhold(at, &finding);
                        report.push(*finding);
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
    ) -> Vec<(usize, Result<Made, Box<Finding>>)> {
        let (mut finished, mut ready) = (Vec::new(), Vec::new());
        for at in wave.iter().copied() {
            match plan.ready(at, made, self.fonts) {
                Ok(Some(it)) => ready.push((at, it)),
                Ok(None) => progress.advance(),
                Err(finding) => {
                    finished.push((at, Err(finding)));
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
                finished.push((*at, self.write(artefact, body)));
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
            finished.push((at, made.map_err(|fault| Box::new(finding_of(&fault, artefact)))));
        }
        finished
    }

    /// Writes what is not set by Typst.
    fn write(&self, artefact: &Arc<Artefact>, body: &Body) -> Result<Made, Box<Finding>> {
        let written = match body {
            Body::Book(book) => workbook(book).map_err(|fault| fault.to_string()),
            Body::Word(script) => {
                super::word::document(script, self.press.templates).map_err(|fault| fault.to_string())
            }
            Body::Json(data) => serde_json::to_vec_pretty(data).map_err(|fault| fault.to_string()),
            Body::Pages(_) | Body::Later(_) => Err("版式文件应由排版程序生成".to_owned()),
        };
        let bytes = written.map_err(|fault| {
            let message = format!("“{}”不能生成：{fault}", artefact.title);
            Box::new(Finding::new(&codes::LAYOUT_FAILED, message).hint("请检查声明和数据"))
        })?;
        Ok(Made { artefact: artefact.clone(), bytes, pages: None, places: BTreeMap::new() })
    }
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
