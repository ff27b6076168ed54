//! Figures from outside: what the project was given in workbooks and YAML, by the names that declarations use.

mod tree;
mod layout;
mod lines;
mod records;
mod figure;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::declaration::{Statistics, Wanted};
use super::load::load_statistics;
use super::tally::Supplied;
use crate::kinds::Declaring;
use facts::Catalogue;
use finding::{Finding, Origin, Report, Target, codes};
use project::{GivenContent, GivenFile, Templates};
use schema::Schemas;
use source::{Content, LocatedText};

/// All figures that the project was given.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// The names under which something was given, with what a clerk calls each.
    pub names: BTreeMap<Arc<str>, Arc<str>>,
    /// The figures by their whole names: `last_year.t1.14.total`.
    figures: BTreeMap<String, Supplied>,
}

/// Understands what was read: YAML as it stands, a workbook in the layout of the statistics that it names. What cannot
/// be understood is reported, and left out.
pub fn load_outside(
    contents: &[GivenContent],
    wanted: &[Wanted],
    templates: &Templates,
    known: (&Schemas, &Catalogue),
    report: &mut Report,
) -> Outside {
    let mut said = Report::default();
    let declaring = Declaring { templates, schemas: known.0, catalogue: known.1 };
    let outside = understood(contents, wanted, declaring, &mut said);
    report.append_about(said, |it| it.origin.map(Target::Given));
    outside
}

fn understood(
    contents: &[GivenContent],
    wanted: &[Wanted],
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Outside {
    let mut outside = Outside::default();
    for it in contents {
        let name = &it.given.name.text;
        outside.names.entry(name.clone()).or_insert_with(|| it.given.title.clone());
        let figures = match (&it.content, &it.given.statistics) {
            (Content::Tree(root), _) => tree::figures(root, report),
            (Content::Sheets(grids), Some(id)) => {
                let wanted = wanted.iter().map(|it| &it.statistics).find(|it| it.id == id.text);
                let statistics = wanted.cloned().or_else(|| load(id, declaring, report));
                statistics.map(|it| layout::figures(&it, grids, report)).unwrap_or_default()
            }
            (Content::Sheets(_), None) => {
                report.error(without_layout(&it.given));
                Vec::new()
            }
        };
        figures.into_iter().for_each(|(path, it)| outside.add(format!("{name}.{path}"), it, report));
    }
    outside
}

impl Outside {
    /// A figure by its whole name.
    pub fn get(&self, name: &str) -> Option<Supplied> {
        self.figures.get(name).copied()
    }

    fn add(&mut self, name: String, figure: Supplied, report: &mut Report) {
        match self.figures.get(&name) {
            Some(earlier) if earlier.value != figure.value => {
                let message = format!("“{name}”给了两次，数字不同");
                let finding = Finding::new(&codes::GIVEN_FIGURE_UNREADABLE, message).at(figure.origin);
                report.error(finding.related(earlier.origin, "另一处").hint("请只保留正确的一处"));
            }
            Some(_) => {}
            None => {
                self.figures.insert(name, figure);
            }
        }
    }
}

/// A finding about a place of a given file that is no figure.
fn unreadable(origin: Origin, shown: &str, hint: &str) -> Finding {
    let message = "此处应为数字";
    Finding::new(&codes::GIVEN_FIGURE_UNREADABLE, message).at(origin).value(shown).hint(hint)
}

fn without_layout(given: &GivenFile) -> Finding {
    let message = format!("“{}”是工作簿，没有写明按哪一份统计表读取", given.file.text);
    let finding = Finding::new(&codes::GIVEN_FILE_UNUSABLE, message).at(given.file.origin);
    finding.hint("请补上“statistics: ”和统计表的名称，如 party-annual")
}

/// The declaration of statistics that the project does not make itself. Its faults are those of what was given.
fn load(id: &LocatedText, declaring: Declaring<'_>, report: &mut Report) -> Option<Arc<Statistics>> {
    let mut own = Report::default();
    let loaded = load_statistics(id, declaring, &mut own).ok();
    own.findings().iter().for_each(|it| report.push(it.clone().recoded(&codes::GIVEN_FILE_UNUSABLE)));
    loaded.map(Arc::new)
}
