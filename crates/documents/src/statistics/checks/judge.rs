//! Checks are put to the figures of a workbook.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::declaration::{Check, EachOf};
use super::difference::tables;
use super::quantity::Standing;
use super::weigh::{AtLine, Lacking, Weighed, Weighing};
use crate::statistics::declaration::Body;
use crate::statistics::filled::Computed;
use crate::statistics::line::LineKind;
use crate::statistics::outside::Outside;
use dataset::{Dataset, TableId};
use facts::Figures;
use finding::Origin;
use schema::FieldKind;

/// What checks are judged by beside the figures themselves.
pub struct Proving<'a> {
    /// The records.
    pub dataset: &'a Dataset,
    /// The facts.
    pub figures: &'a Arc<Figures>,
    /// What was given from outside.
    pub outside: &'a Outside,
    /// The tables of which not all is there that was to come, which has been said.
    pub missing: BTreeSet<TableId>,
}

/// All checks of a workbook, judged.
#[derive(Debug, Default)]
pub struct Proof {
    /// The checks in their order; those on sheets that are not there are left out.
    pub checks: Vec<Judged>,
}

/// A check, judged.
#[derive(Debug)]
pub struct Judged {
    /// Index of the check in the declaration.
    pub check: usize,
    /// Each line that it was put to; one if it is put to no lines.
    pub lines: Vec<JudgedLine>,
    /// Why it was left out as a whole, in Chinese.
    pub omitted: Option<String>,
}

/// A check, put to a line or to the workbook as a whole.
#[derive(Debug)]
pub struct JudgedLine {
    /// Title of the line.
    pub title: Option<Arc<str>>,
    /// The left side.
    pub left: Weighed,
    /// The right side.
    pub right: Weighed,
    /// How it came out.
    pub outcome: Outcome,
}

/// How a check came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It holds but for what rounding may have taken.
    Rounding,
    /// It fails.
    Fails,
    /// A figure that it needs has no value.
    Undecided {
        /// Why, in Chinese.
        why: String,
        /// Whether findings at the fields say so already.
        is_said: bool,
    },
}

/// Puts all checks to a workbook.
pub fn prove(computed: &Computed, proving: &Proving<'_>) -> Proof {
    let checks = computed.statistics.checks.iter().enumerate();
    let is_there = |sheet: usize| computed.sheets.iter().any(|it| it.sheet == sheet);
    let there = checks.filter(|(_, it)| it.sheets().into_iter().all(is_there));
    Proof { checks: there.map(|(idx, it)| judge(computed, proving, idx, it)).collect() }
}

impl Proof {
    /// The failing checks: where the findings about each stand, and where it is declared.
    pub fn failing(&self, computed: &Computed) -> BTreeSet<(Origin, Origin)> {
        let failing = self.checks.iter().flat_map(|judged| {
            let check = &computed.statistics.checks[judged.check];
            let failing = judged.lines.iter().filter(|it| it.outcome == Outcome::Fails);
            failing.map(|it| (it.origin(check), check.origin))
        });
        failing.collect()
    }
}

impl JudgedLine {
    /// Where what is to be said about it stands: at the figure from outside if there is one, since it is not ours;
    /// else where the check is declared.
    pub fn origin(&self, check: &Check) -> Origin {
        self.given_at().unwrap_or(check.origin)
    }

    /// Where the first figure from outside was given, if there is one.
    pub fn given_at(&self) -> Option<Origin> {
        self.left.outside.iter().chain(&self.right.outside).next().map(|it| it.origin)
    }
}

impl Judged {
    /// How it came out as a whole: as the worst of its lines.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.lines.iter().map(|it| &it.outcome).max_by_key(|it| it.rank())
    }

    /// Whether it fails for some line.
    pub fn fails(&self) -> bool {
        self.lines.iter().any(|it| it.outcome == Outcome::Fails)
    }
}

fn judge(computed: &Computed, proving: &Proving<'_>, idx: usize, check: &Check) -> Judged {
    if let Some(name) = check.when_given.iter().find(|it| !proving.outside.names.contains_key(*it)) {
        let omitted = Some(format!("没有提供 {name}，不作比较"));
        return Judged { check: idx, lines: Vec::new(), omitted };
    }
    let Some(each) = check.each else {
        let line = judge_line(Weighing { computed, proving, line: None }, check);
        return Judged { check: idx, lines: vec![line.0], omitted: None };
    };
    let mut lines = Vec::new();
    for at in lines_of(computed, each, &check.lines) {
        let (line, lacking) = judge_line(Weighing { computed, proving, line: Some(at) }, check);
        // A row of headings has nothing to be checked.
        if lacking != Some(Lacking::NoFigure) {
            lines.push(line);
        }
    }
    let omitted = lines.is_empty().then(|| "没有可以校核的行或列".to_owned());
    Judged { check: idx, lines, omitted }
}

fn lines_of(computed: &Computed, each: EachOf, only: &[usize]) -> Vec<AtLine> {
    let nothing = Vec::new();
    let Some(sheet) = computed.sheets.iter().position(|it| it.sheet == each.sheet) else { return nothing };
    let Some(grid) = computed.sheets[sheet].grid() else { return nothing };
    let Body::Figures { rows, columns, .. } = &computed.statistics.sheets[each.sheet].body else {
        return nothing;
    };
    let (lines, declared) = if each.is_rows { (&grid.rows, rows) } else { (&grid.columns, columns) };
    // Shares do not add up.
    let is_amount = |it: &usize| !matches!(declared[lines[*it].declared].kind, LineKind::Rate { .. });
    let is_meant = |it: &usize| only.is_empty() || only.contains(&lines[*it].declared);
    (0..lines.len())
        .filter(is_amount)
        .filter(is_meant)
        .map(|line| AtLine { sheet, is_row: each.is_rows, line })
        .collect()
}

fn judge_line(weighing: Weighing<'_>, check: &Check) -> (JudgedLine, Option<Lacking>) {
    let (mut left, a) = weighing.side(&check.left);
    let (mut right, b) = weighing.side(&check.right);
    left.text = weighing.words(&check.left);
    right.text = weighing.words(&check.right);
    let (outcome, lacking) = match (a, b) {
        (Ok(a), Ok(b)) => (weighing.outcome(a.stands(check.relation, b), [&left, &right]), None),
        (Err(why), _) | (_, Err(why)) => {
            let outcome = Outcome::Undecided { why: why.words(), is_said: why == Lacking::Undecided };
            (outcome, Some(why))
        }
    };
    let title = weighing.line_title();
    (JudgedLine { title, left, right, outcome }, lacking)
}

impl Weighing<'_> {
    /// How a comparison came out. Where one side counts a table of which not all is there, and the other side does not,
    /// whether they are equal says nothing of the figures; nor do they differ for certain where records that are counted
    /// name some of such a table.
    fn outcome(&self, standing: Standing, sides: [&Weighed; 2]) -> Outcome {
        let [left, right] = sides.map(|it| tables(self.computed, it));
        let not_all = |table: TableId| {
            let why = format!("“{}”尚未收齐", self.proving.dataset.schema(table).title);
            Outcome::Undecided { why, is_said: true }
        };
        let mut missing = left.symmetric_difference(&right).filter(|it| self.proving.missing.contains(it));
        if let Some(table) = missing.next() {
            return not_all(*table);
        }
        match standing {
            Standing::Holds => Outcome::Holds,
            Standing::WithinRounding => Outcome::Rounding,
            Standing::Fails => {
                let mut counted = left.union(&right).filter_map(|it| self.names_missing(*it));
                counted.next().map_or(Outcome::Fails, not_all)
            }
        }
    }

    /// A table of which not all is there, if records of another one name some of it.
    fn names_missing(&self, table: TableId) -> Option<TableId> {
        let dataset = self.proving.dataset;
        let references = dataset.schema(table).fields.iter().filter_map(|it| match &it.kind {
            FieldKind::Reference(reference) => dataset.schemas.index(&reference.to),
            _ => None,
        });
        references.into_iter().find(|it| self.proving.missing.contains(it))
    }
}

impl Lacking {
    fn words(&self) -> String {
        match self {
            Self::NoFigure => "表中该处没有数".to_owned(),
            Self::NotGiven(name) => format!("没有提供 {name}"),
            Self::Undecided => "有数字尚不能确定".to_owned(),
            Self::Result(why) => why.to_string(),
        }
    }
}

impl Check {
    /// The sheets that it reads.
    fn sheets(&self) -> Vec<usize> {
        let sides = self.left.meant.iter().chain(&self.right.meant);
        let named = sides.filter_map(|it| match it {
            super::Meant::Cells { sheet, .. } => Some(*sheet),
            _ => None,
        });
        named.chain(self.each.map(|it| it.sheet)).collect()
    }
}
