//! Two columns whose headings have changed places: all that stands below the one is what the other asks for.

use crate::cell;
use crate::heading::Heading;
use crate::layout::Layout;
use crate::plausible::Earliest;
use crate::table::{Field, FieldKind, Table};
use finding::{FieldId, Finding, Target, codes};
use value::{PartialDate, Raw, parse_code};

use super::explain::heading_origin;

/// So many rows are looked at.
const N_ROWS_SEEN: usize = 200;
/// So many filled rows tell.
const N_ROWS_MIN: usize = 3;
/// So many rows with two dates tell.
const N_DATES_MIN: usize = 5;

/// A field that has a column.
type Standing = (FieldId, u16);

/// Reads such columns as what they hold; says so.
pub(super) fn exchange(layout: &Layout<'_>, table: &Table, heading: &mut Heading) -> Vec<Finding> {
    let mut said = Vec::new();
    let standing: Vec<Standing> = heading.columns.fields.iter().map(|it| (*it.0, *it.1)).collect();
    let mut is_taken = vec![false; standing.len()];
    for first in 0..standing.len() {
        for second in first + 1..standing.len() {
            if is_taken[first] || is_taken[second] {
                continue;
            }
            let columns = Columns { layout, table, top: heading.bottom + 1 };
            let (a, b) = (standing[first], standing[second]);
            let Some(finding) = columns.found(a, b) else { continue };
            (is_taken[first], is_taken[second]) = (true, true);
            let origin = heading_origin(layout, heading, a.1);
            let other = heading_origin(layout, heading, b.1);
            let finding = finding.at(origin).related(other, "另一列").field(table.fields[a.0].title.clone());
            said.push(finding.about(Target::part_with(origin, [heading.table])));
            heading.columns.fields.insert(a.0, b.1);
            heading.columns.fields.insert(b.0, a.1);
        }
    }
    said
}

/// The columns below a heading.
struct Columns<'a> {
    layout: &'a Layout<'a>,
    table: &'a Table,
    top: u32,
}

impl Columns<'_> {
    /// What is said of two columns that have changed places.
    fn found(&self, a: Standing, b: Standing) -> Option<Finding> {
        let (one, other) = (&self.table.fields[a.0], &self.table.fields[b.0]);
        let titles = format!("“{}”与“{}”两列的列名对调了", one.title, other.title);
        let hint = "请核对表头，把两列的列名换过来";
        if self.is_before(a, b) || self.is_before(b, a) {
            let message = format!("{titles}：各行的先后都反了，换过来就对");
            return Some(Finding::new(&codes::DATES_EXCHANGED, message).hint(hint));
        }
        let holds_the_other = |own: Standing, other: Standing| {
            let (own_field, other_field) = (&self.table.fields[own.0], &self.table.fields[other.0]);
            let (n_own, n_other, n) = self.fitting(own.1, own_field, other_field);
            n >= N_ROWS_MIN && n_own * 10 <= n && n_other * 10 >= n * 9
        };
        let is_strict = |field: &Field| is_code(field) || is_strict(&field.kind);
        // A number of a person takes telephones as well: of two such columns the stricter one tells.
        let takes_the_other = |own: Standing, other: Standing| {
            let field = &self.table.fields[own.0];
            let (n_own, _, n) = self.fitting(other.1, field, field);
            is_code(field) && n >= N_ROWS_MIN && n_own * 10 >= n * 9
        };
        let is_exchanged = is_strict(one)
            && is_strict(other)
            && match (holds_the_other(a, b), holds_the_other(b, a)) {
                (true, true) => true,
                (true, false) => matches!(one.kind, FieldKind::Phone) && takes_the_other(b, a),
                (false, true) => matches!(other.kind, FieldKind::Phone) && takes_the_other(a, b),
                (false, false) => false,
            };
        let message = || format!("{titles}，已按内容读取");
        is_exchanged.then(|| Finding::new(&codes::HEADINGS_EXCHANGED, message()).hint(hint))
    }

    /// How many of the filled cells of a column the one field takes, how many the other, of how many.
    fn fitting(&self, col: u16, own: &Field, other: &Field) -> (usize, usize, usize) {
        let (mut n_own, mut n_other, mut n) = (0, 0, 0);
        for raw in self.cells(col).filter(|it| !cell::says_nothing(own, it) && !it.is_empty()) {
            n += 1;
            n_own += usize::from(self.takes(own, raw));
            n_other += usize::from(self.takes(other, raw));
        }
        (n_own, n_other, n)
    }

    fn takes(&self, field: &Field, raw: &Raw) -> bool {
        if is_code(field) {
            return parse_code(raw, None, None).is_ok();
        }
        cell::parse(&field.kind, field, raw, self.layout.grid.epoch).is_ok()
    }

    /// Whether nearly all dates of a column come before those of another that they may not come before.
    fn is_before(&self, late: Standing, early: Standing) -> bool {
        let (field, other) = (&self.table.fields[late.0], &self.table.fields[early.0]);
        let is_limit = |it: &Earliest| matches!(it, Earliest::Field(name) if name.text == other.id);
        if !field.plausible.not_before.iter().any(is_limit) {
            return false;
        }
        let date = |raw: &Raw| PartialDate::parse_since(raw, self.layout.grid.epoch).ok().map(|it| it.value);
        let pairs = self.cells(late.1).zip(self.cells(early.1));
        let dates: Vec<_> = pairs.filter_map(|it| Some((date(it.0)?, date(it.1)?))).collect();
        let n_before = dates.iter().filter(|it| it.0.latest() < it.1.earliest()).count();
        dates.len() >= N_DATES_MIN && n_before * 10 >= dates.len() * 9
    }

    /// The cells of a column, row by row.
    fn cells(&self, col: u16) -> impl Iterator<Item = &Raw> {
        let rows = self.layout.grid.rows_within(self.top..=u32::MAX).iter().take(N_ROWS_SEEN);
        rows.map(move |it| it.get(col))
    }
}

/// Whether a field holds numbers of persons or things: codes, and references by one number alone.
fn is_code(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Code(_) => true,
        FieldKind::Reference(reference) => reference.by.len() == 1 || !field.stand_ins.is_empty(),
        _ => false,
    }
}

/// Whether a type refuses most of what is not meant for it.
fn is_strict(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Name | FieldKind::Identity | FieldKind::Phone | FieldKind::Date(_) | FieldKind::Choice(_)
    )
}
