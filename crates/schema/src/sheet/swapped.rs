//! Two columns whose headings have changed places: what stands below the one is what the other asks for.

use std::cell::OnceCell;

use crate::cell;
use crate::heading::Heading;
use crate::layout::Layout;
use crate::looks::{self, Look};
use crate::plausible::Earliest;
use crate::table::{Field, FieldKind, Schemas, Table};
use finding::{FieldId, Finding, Target, codes};
use value::{PartialDate, Raw, Value, parse_code};

use super::explain::heading_origin;

/// So many rows are looked at.
const N_ROWS_SEEN: usize = 200;
/// So many filled rows tell.
const N_ROWS_MIN: usize = 3;
/// So many rows with two dates tell.
const N_DATES_MIN: usize = 5;

const HINT: &str = "请核对表头，把两列的列名换过来";

/// Reads such columns as what they hold; says so.
pub(super) fn exchange(
    layout: &Layout<'_>,
    (schemas, table): (&Schemas, &Table),
    heading: &mut Heading,
) -> Vec<Finding> {
    let mut pairs = {
        let columns = Columns::new(layout, (schemas, table), heading);
        let mut pairs = columns.pairs_of_dates();
        pairs.extend(columns.pairs_of_contents());
        let with_empty = columns.pairs_with_empty();
        let is_free = |it: &Pair| {
            pairs.iter().all(|other| [other.0, other.1].iter().all(|own| *own != it.0 && *own != it.1))
        };
        let with_empty: Vec<Pair> = with_empty.into_iter().filter(is_free).collect();
        pairs.extend(with_empty);
        pairs
    };
    let mut said = Vec::new();
    for ((field, col), (other, other_col), finding) in pairs.drain(..) {
        let (origin, there) =
            (heading_origin(layout, heading, col), heading_origin(layout, heading, other_col));
        let finding = finding.at(origin).related(there, "另一列").field(table.fields[field].title.clone());
        said.push(finding.hint(HINT).about(Target::part_with(origin, [heading.table])));
        heading.columns.fields.insert(field, other_col);
        heading.columns.fields.insert(other, col);
    }
    said
}

/// A field and its column.
type Place = (FieldId, u16);

/// Two that have changed places, and what is said of them.
type Pair = (Place, Place, Finding);

/// A field that has a column, and the filled cells below its heading.
struct Standing<'a> {
    id: FieldId,
    col: u16,
    field: &'a Field,
    looks: Vec<&'a Look>,
    /// Of a reference, how many digits the codes there have.
    code_length: Option<usize>,
    cells: Vec<&'a Raw>,
    /// Whether next to nothing that stands there looks like it, once that has been asked.
    is_strange: OnceCell<bool>,
}

/// The columns below a heading.
struct Columns<'a> {
    layout: &'a Layout<'a>,
    top: u32,
    standing: Vec<Standing<'a>>,
}

impl<'a> Columns<'a> {
    fn new(layout: &'a Layout<'a>, (schemas, table): (&'a Schemas, &'a Table), heading: &Heading) -> Self {
        let mut columns = Self { layout, top: heading.bottom + 1, standing: Vec::new() };
        for (id, col) in &heading.columns.fields {
            let field = &table.fields[*id];
            let filled = |it: &&Raw| !it.is_empty() && !cell::says_nothing(field, it);
            let cells = columns.cells(*col).filter(filled).collect();
            let (looks, is_strange) = (looks::of(field, schemas), OnceCell::new());
            let code_length = code_length(field, schemas);
            let standing = Standing { id: *id, col: *col, field, looks, code_length, cells, is_strange };
            columns.standing.push(standing);
        }
        columns
    }

    /// Columns of dates, of which all those of the one come before those of the other that they may not come before.
    fn pairs_of_dates(&self) -> Vec<Pair> {
        let dates = || self.standing.iter().filter(|it| is_date(it.field));
        let mut pairs: Vec<Pair> = Vec::new();
        for late in dates() {
            for early in dates().filter(|it| self.is_before(late, it)) {
                let is_free =
                    |it: &Standing<'_>| pairs.iter().all(|pair| pair.0.0 != it.id && pair.1.0 != it.id);
                if is_free(late) && is_free(early) {
                    let (one, other) = if late.id < early.id { (late, early) } else { (early, late) };
                    let message = format!("{}：各行的先后都反了，换过来就对", titles(one, other));
                    pairs.push((one.place(), other.place(), Finding::new(&codes::DATES_EXCHANGED, message)));
                }
            }
        }
        pairs
    }

    /// Columns of which the one holds nothing that looks like it, and the other all that does.
    fn pairs_of_contents(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::new();
        for own in self.standing.iter().filter(|it| self.is_strange(it)) {
            let is_free = |it: &Standing<'_>| pairs.iter().all(|pair| pair.0.0 != it.id && pair.1.0 != it.id);
            let fitting = self
                .standing
                .iter()
                .filter(|it| is_free(own) && is_free(it) && self.has_changed_places(own, it));
            let fitting: Vec<&Standing<'_>> = fitting.collect();
            let strange: Vec<&Standing<'_>> =
                fitting.iter().copied().filter(|it| self.is_strange(it)).collect();
            // Where several may be meant, it is that which does not look like itself.
            let (([other], _) | (_, [other])) = (&strange[..], &fitting[..]) else { continue };
            let (one, other) = if own.id < other.id { (own, *other) } else { (*other, own) };
            let message = format!("{}，已按内容读取", titles(one, other));
            pairs.push((one.place(), other.place(), Finding::new(&codes::HEADINGS_EXCHANGED, message)));
        }
        pairs
    }

    /// Columns of texts that hold nothing but what one other field asks for, whose own column is empty: dates under 备注.
    fn pairs_with_empty(&self) -> Vec<Pair> {
        let is_text = |it: &&Standing<'_>| {
            let is_free =
                matches!(it.field.kind, FieldKind::Text | FieldKind::LongText) && it.looks.is_empty();
            is_free && it.cells.len() >= N_DATES_MIN
        };
        let mut pairs: Vec<Pair> = Vec::new();
        for text in self.standing.iter().filter(is_text) {
            let asks = |it: &&Standing<'_>| {
                it.cells.is_empty()
                    && is_strong(it.field)
                    && self.n_like(text, it) * 10 >= text.cells.len() * 9
            };
            let asking: Vec<&Standing<'_>> = self.standing.iter().filter(asks).collect();
            let is_asked = |own: &Standing<'_>| pairs.iter().any(|it| it.0.0 == own.id || it.1.0 == own.id);
            if let [own] = asking[..]
                && !is_asked(own)
            {
                let (one, other) = if own.id < text.id { (own, text) } else { (text, own) };
                let message = format!("{}，已按内容读取", titles(one, other));
                pairs.push((one.place(), other.place(), Finding::new(&codes::HEADINGS_EXCHANGED, message)));
            }
        }
        pairs
    }

    /// Whether a field's look is known, and next to nothing in its column has it; of what is only declared to look so, less
    /// than half.
    fn is_strange(&self, own: &Standing<'_>) -> bool {
        *own.is_strange.get_or_init(|| {
            let n = own.cells.len();
            let of_ten = if own.looks.is_empty() { 1 } else { 5 };
            let n_at_most = n * of_ten / 10;
            // Of a column that holds its own a few rows tell; it is asked of every column of every sheet.
            let like = own.cells.iter().filter(|it| self.is_like(own, it)).take(n_at_most + 1);
            n >= N_ROWS_MIN && has_look(own) && like.count() <= n_at_most
        })
    }

    /// Whether a column that does not hold its own has changed places with another one: that holds what looks like the
    /// first and little that looks like itself, and takes what stands in the first.
    fn has_changed_places(&self, own: &Standing<'_>, other: &Standing<'_>) -> bool {
        let n = other.cells.len();
        if own.id == other.id || n < N_ROWS_MIN || (is_date(own.field) && is_date(other.field)) {
            return false;
        }
        let is_text = matches!(other.field.kind, FieldKind::Text | FieldKind::LongText);
        if !has_look(other) && !is_text {
            return false;
        }
        // Numbers stand in many a text: there both have to be strange.
        if is_weak(own) && !is_code(other.field) && !self.is_strange(other) {
            return false;
        }
        let holds_own = || self.n_like(other, own) * 10 >= n * 9;
        // A number of a person looks like many others, and what only begins or ends as declared tells less than a type.
        let tells =
            has_look(other) && !is_code(other.field) && (other.looks.is_empty() || !own.looks.is_empty());
        let keeps = || tells && self.n_like(other, other) * 2 > n;
        let takes = || {
            let n_taken = own.cells.iter().filter(|it| self.takes(other.field, it)).count();
            n_taken * 10 >= own.cells.len() * 9
        };
        holds_own() && !keeps() && takes()
    }

    /// How many of the cells of a column look like a field.
    fn n_like(&self, column: &Standing<'_>, field: &Standing<'_>) -> usize {
        column.cells.iter().filter(|it| self.is_like(field, it)).count()
    }

    fn is_like(&self, own: &Standing<'_>, raw: &Raw) -> bool {
        let field = own.field;
        if own.looks.is_empty() {
            return self.takes(field, raw);
        }
        let looks_so = |text: &str| own.looks.iter().any(|it| it.is_of(text));
        match &field.kind {
            FieldKind::List(_) => match cell::parse(&field.kind, field, raw, self.layout.grid.epoch) {
                Ok(parsed) => {
                    matches!(parsed.value, Value::List(list) if list.iter().all(|it| looks_so(&it.display())))
                }
                Err(_) => false,
            },
            // A branch may be named by its code.
            FieldKind::Reference(_) if is_digits(&raw.display()) => {
                own.code_length.is_none_or(|it| raw.display().len() == it)
            }
            _ => looks_so(&raw.display()),
        }
    }

    fn takes(&self, field: &Field, raw: &Raw) -> bool {
        if is_code(field) {
            return parse_code(raw, None, None).is_ok();
        }
        cell::parse(&field.kind, field, raw, self.layout.grid.epoch).is_ok()
    }

    /// Whether nearly all dates of a column come before those of another that they may not come before.
    fn is_before(&self, late: &Standing<'_>, early: &Standing<'_>) -> bool {
        let is_limit = |it: &Earliest| matches!(it, Earliest::Field(name) if name.text == early.field.id);
        if !late.field.plausible.not_before.iter().any(is_limit) {
            return false;
        }
        let date = |raw: &Raw| PartialDate::parse_since(raw, self.layout.grid.epoch).ok().map(|it| it.value);
        let pairs: Vec<_> = self.cells(late.col).zip(self.cells(early.col)).collect();
        let (mut n_dates, mut n_others) = (0, 0);
        for (late, early) in pairs.iter().filter_map(|it| Some((date(it.0)?, date(it.1)?))) {
            n_dates += 1;
            n_others += usize::from(late.latest() >= early.earliest());
            if n_others * 10 > pairs.len() {
                return false;
            }
        }
        n_dates >= N_DATES_MIN && n_others * 10 <= n_dates
    }

    /// The cells of a column, row by row.
    fn cells(&self, col: u16) -> impl Iterator<Item = &'a Raw> + use<'a> {
        let rows = self.layout.grid.rows_within(self.top..=u32::MAX).iter().take(N_ROWS_SEEN);
        rows.map(move |it| it.get(col))
    }
}

impl Standing<'_> {
    fn place(&self) -> Place {
        (self.id, self.col)
    }
}

fn titles(one: &Standing<'_>, other: &Standing<'_>) -> String {
    format!("“{}”与“{}”两列的列名对调了", one.field.title, other.field.title)
}

/// How many digits the codes have by which a reference may name its records.
fn code_length(field: &Field, schemas: &Schemas) -> Option<usize> {
    let FieldKind::Reference(reference) = &field.kind else { return None };
    let table = schemas.table(&reference.to)?;
    match &table.fields[table.field(reference.by.first()?)?].kind {
        FieldKind::Code(form) => form.length,
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_digit())
}

fn is_date(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date(_))
}

/// Whether a field holds numbers of persons or things: codes, and references by one number alone.
fn is_code(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Code(_) => true,
        FieldKind::Reference(reference) => reference.by.len() == 1 || !field.stand_ins.is_empty(),
        _ => false,
    }
}

/// Whether hardly anything looks like a field that is not meant for it.
fn is_strong(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date(_) | FieldKind::Identity | FieldKind::Phone | FieldKind::Choice(_))
}

/// Whether much looks like a field that is meant for another: any number, any yes or no.
fn is_weak(own: &Standing<'_>) -> bool {
    let is_weak = matches!(
        own.field.kind,
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Percent | FieldKind::YesNo
    );
    is_weak || is_code(own.field)
}

/// Whether anything tells what stands in a field: its type refuses most of what is not meant for it, or a look is declared.
fn has_look(own: &Standing<'_>) -> bool {
    let is_told = |kind: &FieldKind| {
        !matches!(kind, FieldKind::Text | FieldKind::LongText | FieldKind::Reference(_) | FieldKind::Picture)
    };
    let by_kind = match &own.field.kind {
        FieldKind::List(of) => is_told(of),
        kind => is_told(kind),
    };
    by_kind || is_code(own.field) || !own.looks.is_empty()
}
