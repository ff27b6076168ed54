//! The file `checks.yaml`: what the figures must satisfy, with every name found among the tables' lines.

use std::sync::Arc;

use super::axis::Axis;
use super::extras::sheet_named;
use super::sheet::Workbook;
use crate::declaring::unknown_word;
use crate::statistics::checks::{Band, Check, EachOf, Meant, Relation, Side};
use crate::statistics::declaration::Sheet;
use facts::unknown;
use finding::{Finding, Report, Reported, Severity, codes};
use source::{Fields, LocatedText, Node, Parts, all};
use words::{About, Name, Sum};

/// The relations, as declarations write them.
const RELATIONS: [&str; 4] = ["=", "<=", ">=", "within"];

/// What names in a check are looked up in.
struct Looking<'a> {
    workbook: &'a Workbook<'a>,
    sheets: &'a [Sheet],
    each: Option<EachOf>,
    given: &'a [Arc<str>],
}

impl Workbook<'_> {
    /// Reads the file of checks.
    ///
    /// # Errors
    /// If anything in it is wrong; everything that is wrong has been reported.
    pub(super) fn checks(
        &self,
        root: &Node,
        sheets: &[Sheet],
        report: &mut Report,
    ) -> Result<Vec<Check>, Reported> {
        let mut fields = Fields::new(root, "校核文件", report)?;
        let nodes = fields.required_list("checks")?;
        fields.finish();
        all(nodes.iter().map(|it| self.check(it, sheets, report)))
    }

    fn check(&self, node: &Node, sheets: &[Sheet], report: &mut Report) -> Result<Check, Reported> {
        let mut fields = Fields::new(node, "校核", report)?;
        let origin = fields.origin();
        let names = ["id", "title"].map(|it| fields.required_string(it));
        let sides = ["left", "right"].map(|it| fields.required_text(it));
        let relation = fields.required_text("relation");
        let band = fields.text_as("band", band);
        let relation = relation.and_then(|it| relation_named(&it, band?, fields.report()));
        let each = fields.text_as("each", |it, report| each_named(it, sheets, report));
        let severity = fields.text_as("severity", severity_named);
        let when_given: Vec<_> = fields.strings("when_given");
        let [basis, hint] = ["basis", "hint"].map(|it| fields.string(it));
        let lines = fields.texts("lines");
        let (each, [left, right]) = fields.whole((each, sides))?;
        let lines = self.lines(&lines, each, report)?;
        let looking = Looking { workbook: self, sheets, each, given: &when_given };
        let sides = [left, right].map(|it| looking.side(&it, report));
        let ([id, title], [left, right], relation, severity) = (names, sides, relation, severity).whole()?;
        let severity = severity.unwrap_or(Severity::Error);
        Ok(Check { id, title, left, relation, right, each, lines, severity, basis, hint, origin, when_given })
    }

    /// The lines that `lines` names, of the axis whose lines a check is put to one by one.
    fn lines(
        &self,
        names: &[LocatedText],
        each: Option<EachOf>,
        report: &mut Report,
    ) -> Result<Vec<usize>, Reported> {
        let Some(first) = names.first() else { return Ok(Vec::new()) };
        let Some(each) = each else {
            let message = "“lines”只用于逐行或逐列的校核";
            let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(first.origin);
            return Err(report.error(finding.hint("请补上“each: 表.rows”或“each: 表.columns”，或删去 lines")));
        };
        let (rows, columns) = &self.axes[each.sheet];
        let axis = if each.is_rows { rows } else { columns };
        let found = names.iter().map(|it| match axis.named(it, report) {
            lines if lines.is_empty() => Err(report.error(unusable(it))),
            lines => Ok(lines),
        });
        Ok(all(found)?.concat())
    }
}

impl Looking<'_> {
    fn side(&self, written: &LocatedText, report: &mut Report) -> Result<Side, Reported> {
        let sum = Sum::parse(&written.text, written.origin, About::Figures, report)?;
        let meant = all(sum.names().into_iter().map(|it| self.meant(it, report)))?;
        Ok(Side { meant, sum })
    }

    fn meant(&self, name: &Name, report: &mut Report) -> Result<Meant, Reported> {
        let first = name.path[0].clone();
        let rest = &name.path[1..];
        let whole = LocatedText { text: name.path.join(".").into(), origin: name.origin };
        let line = self.each.filter(|it| &*first == if it.is_rows { "row" } else { "column" });
        if let Some(each) = line {
            let (rows, columns) = &self.workbook.axes[each.sheet];
            let other = if each.is_rows { columns } else { rows };
            let own = LocatedText { text: rest.join(".").into(), origin: name.origin };
            return match &other.named(&own, report)[..] {
                [] => Err(report.error(unusable(&whole))),
                lines => Ok(Meant::OfLine(lines.to_vec())),
            };
        }
        if let Some(sheet) = self.sheets.iter().position(|it| it.id == first) {
            return self.cells(sheet, rest, &whole, report);
        }
        match (&*first, rest) {
            ("facts", [id]) => match self.workbook.loading.catalogue.fact(id) {
                Some(fact) => Ok(Meant::Fact(fact.id.clone())),
                None => {
                    let known = self.workbook.loading.catalogue.facts.iter().map(|it| &*it.id);
                    let own = LocatedText { text: id.clone(), origin: name.origin };
                    Err(report.error(unknown("数据项", &own, known, &codes::UNKNOWN_NAME)))
                }
            },
            (_, [_, line, _, ..]) if self.given.contains(&first) && self.is_line(line) => {
                Ok(Meant::OutsideLine(name.path[..2].join(".").into(), name.path[3..].join(".").into()))
            }
            _ if self.given.contains(&first) && !rest.is_empty() => Ok(Meant::Outside(whole.text)),
            _ => {
                let own = LocatedText { text: first, origin: name.origin };
                let given = self.given.iter().map(|it| &**it);
                let known: Vec<&str> = self.sheets.iter().map(|it| &*it.id).chain(given).collect();
                let finding = unknown("统计表", &own, known.into_iter(), &codes::SCHEMA_NAME_UNKNOWN);
                Err(report.error(finding))
            }
        }
    }

    /// Whether a part of a name means the row, of which the check is put to each.
    fn is_line(&self, part: &str) -> bool {
        self.each.is_some_and(|it| it.is_rows && part == "row")
    }

    /// The cells that `ROW.COLUMN` means: every way to part the name is tried.
    fn cells(
        &self,
        sheet: usize,
        path: &[Arc<str>],
        whole: &LocatedText,
        report: &mut Report,
    ) -> Result<Meant, Reported> {
        let (rows, columns) = &self.workbook.axes[sheet];
        let parts = (1..path.len()).map(|at| (path[..at].join("."), path[at..].join(".")));
        let found = |exact: bool| -> Vec<Meant> {
            let cells = parts.clone().filter_map(|(row, column)| {
                let (rows, columns) = (rows.lines_of(&row, exact)?, columns.lines_of(&column, exact)?);
                Some(Meant::Cells { sheet, rows, columns })
            });
            cells.collect()
        };
        let exact = found(true);
        let mut all = if exact.is_empty() { found(false) } else { exact };
        all.dedup();
        match (all.pop(), all.is_empty()) {
            (Some(one), true) => Ok(one),
            (Some(_), false) => {
                let message = format!("“{}”可以按几种方式分成行和列", whole.text);
                let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(whole.origin);
                Err(report.error(finding.hint("请写出行和列的完整名称")))
            }
            (None, _) => Err(report.error(self.without(sheet, path, whole))),
        }
    }

    /// Says which half of a name is not there.
    fn without(&self, sheet: usize, path: &[Arc<str>], whole: &LocatedText) -> Finding {
        let (rows, columns) = &self.workbook.axes[sheet];
        let row = (1..path.len()).rev().find(|at| rows.lines_of(&path[..*at].join("."), false).is_some());
        let (what, axis, part) = match row {
            Some(at) => ("列", columns, path[at..].join(".")),
            None => ("行", rows, path[..path.len().saturating_sub(1).max(1)].join(".")),
        };
        let written = LocatedText { text: part.into(), origin: whole.origin };
        let known: Vec<&str> = axis.names.iter().map(|it| it.0.as_str()).collect();
        unknown(
            &format!("{what}（表“{}”）", self.sheets[sheet].id),
            &written,
            known.into_iter(),
            &codes::SCHEMA_NAME_UNKNOWN,
        )
    }
}

impl Axis {
    /// The lines that a name stands for, as a whole path or, unless that is asked for, as the end of just one.
    fn lines_of(&self, name: &str, exact: bool) -> Option<Vec<usize>> {
        let whole = self.names.iter().find(|it| it.0 == name);
        let found = match whole {
            None if !exact => {
                let ending = format!(".{name}");
                let mut ends = self.names.iter().filter(|it| it.0.ends_with(&ending));
                ends.next().filter(|_| ends.next().is_none())
            }
            whole => whole,
        };
        found.map(|it| it.1.clone()).filter(|it| !it.is_empty())
    }
}

fn relation_named(word: &LocatedText, band: Option<Band>, report: &mut Report) -> Result<Relation, Reported> {
    match (&*word.text, band) {
        ("=", None) => Ok(Relation::Equal),
        ("<=", None) => Ok(Relation::AtMost),
        (">=", None) => Ok(Relation::AtLeast),
        ("within", Some(band)) => Ok(Relation::Within(band)),
        ("within", None) => {
            let finding = Finding::new(&codes::MISSING_KEY, "“within”缺少“band”").at(word.origin);
            Err(report.error(finding.hint("请补上“band: 10%”或“band: 5”")))
        }
        ("=" | "<=" | ">=", Some(_)) => {
            let finding =
                Finding::new(&codes::STATISTICS_INCONSISTENT, "“band”只用于“within”").at(word.origin);
            Err(report.error(finding.hint("请删去 band，或把 relation 改为 within")))
        }
        _ => Err(unknown_word(word, "校核关系", RELATIONS, report)),
    }
}

/// Reads `10%`, `5`, or `10%或5`.
fn band(written: &LocatedText, report: &mut Report) -> Result<Band, Reported> {
    let text = written.text.trim();
    let percent = |it: &str| it.trim().strip_suffix('%')?.trim().parse().ok();
    let units = |it: &str| it.trim().parse().ok();
    let read = match text.split_once('或') {
        Some((share, number)) => percent(share).zip(units(number)).map(|(it, to)| Band::Either(it, to)),
        None => percent(text).map(Band::Percent).or_else(|| units(text).map(Band::Units)),
    };
    read.ok_or_else(|| {
        let finding = Finding::new(&codes::WRONG_KIND, format!("“{text}”不是范围")).at(written.origin);
        report.error(finding.hint("请写成 10%、5 或 10%或5（取大的）"))
    })
}

/// Reads `t2.rows` or `t2.columns`.
fn each_named(written: &LocatedText, sheets: &[Sheet], report: &mut Report) -> Result<EachOf, Reported> {
    let (sheet, axis) = written.text.rsplit_once('.').unwrap_or((&written.text, ""));
    let sheet = LocatedText { text: sheet.into(), origin: written.origin };
    let sheet = sheet_named(&sheet, sheets, report)?;
    match axis {
        "rows" => Ok(EachOf { sheet, is_rows: true }),
        "columns" => Ok(EachOf { sheet, is_rows: false }),
        _ => Err(unknown_word(written, "逐行或逐列的写法", ["t2.rows", "t2.columns"], report)),
    }
}

fn severity_named(word: &LocatedText, report: &mut Report) -> Result<Severity, Reported> {
    Severity::parse(&word.text)
        .ok_or_else(|| unknown_word(word, "严重程度", Severity::ALL.map(Severity::id), report))
}

fn unusable(name: &LocatedText) -> Finding {
    let message = format!("“{}”不能用于校核", name.text);
    Finding::new(&codes::CONFIGURATION_UNUSABLE, message).at(name.origin).hint("请先改正名称")
}
