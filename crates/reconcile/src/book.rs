//! The workbook of two lists held together: the account from one to the other, and a sheet for each way of not agreeing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::declaration::Comparison;
use super::near::Sign;
use super::{Alone, Held, Side, Which, Words};
use dataset::RecordId;
use documents::{Align, Book, Captions, Cell, Column, Paper, Row, Sheet, Table, Weight};
use finding::{Origin, Sources};
use project::Project;

/// Width of columns of places, in Chinese characters.
const WIDTH_PLACE: u16 = 18;
/// Width of columns of longer texts.
const WIDTH_TEXT: u16 = 16;

/// What a workbook is made from.
struct Making<'a> {
    comparison: &'a Comparison,
    held: &'a Held,
    sides: [&'a Side; 2],
    sources: [&'a Sources; 2],
    words: &'a Words,
    captions: &'a Captions,
    project: &'a Project,
}

/// Describes the workbook; `sides` and `sources` are those of this list and of the other one.
pub fn describe(
    (comparison, held): (&Comparison, &Held),
    sides: [&Side; 2],
    sources: [&Sources; 2],
    (words, captions): (&Words, &Arc<Captions>),
    project: &Project,
) -> Book {
    let making = Making { comparison, held, sides, sources, words, captions, project };
    let [here, there, different, alike, twice] = &words.sheets;
    let tables = [
        Some(making.overview()),
        (!held.came.is_empty()).then(|| making.alone(here, &held.came, 0)),
        (!held.left.is_empty()).then(|| making.alone(there, &held.left, 1)),
        (!held.differences.is_empty()).then(|| making.differences(different)),
        (!held.near.is_empty()).then(|| making.alike(alike)),
        (!held.twice.is_empty()).then(|| making.twice(twice)),
    ];
    Book {
        title: comparison.title.to_string(),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: tables.into_iter().flatten().map(Sheet::Table).collect(),
        names: Vec::new(),
        captions: captions.clone(),
    }
}

fn column(heading: impl Into<String>, width: Option<u16>, align: Align) -> Column {
    Column { heading: vec![heading.into()], width, align }
}

fn total(cells: Vec<Cell>) -> Row {
    Row { cells, weight: Weight::Total, ..Row::default() }
}

impl Making<'_> {
    /// A table with a column of numbers before the others.
    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
        let serial = column(&*self.captions.columns.serial, None, Align::Center);
        let numbered = |(at, cells): (usize, Vec<Cell>)| {
            Row::from([Cell::ordinal(at)].into_iter().chain(cells).collect::<Vec<_>>())
        };
        Table {
            name: name.to_owned(),
            title: format!("{}（{name}）", self.comparison.title),
            lines: self.lines(),
            paper: Paper::A3Landscape,
            columns: [serial].into_iter().chain(columns).collect(),
            rows: rows.into_iter().enumerate().map(numbered).collect(),
            n_stub: 1,
            is_filtered: true,
            ..Table::default()
        }
    }

    fn lines(&self) -> Vec<String> {
        let Words { here, there, .. } = self.words;
        let [own, other] = self.sides;
        vec![format!("{here}：{}", own.name), format!("{there}：{}", other.name)]
    }

    /// The account that leads from the other list to this one.
    fn overview(&self) -> Table {
        let (held, words) = (self.held, self.words);
        let [others, twice_there, left, came, twice_here, own, both, different, alike, unread] = &words.lines;
        let row = |title: &str, n: usize, text: &str| -> Vec<Cell> {
            vec![Cell::Text(title.to_owned()), Cell::count(n), Cell::Text(text.to_owned())]
        };
        let reasons = |which: Which| {
            let parts = held.by_reason(which, self.comparison);
            let named = parts.into_iter().filter(|it| it.1 > 0).map(|(reason, n)| {
                let title = reason.map_or(&words.unexplained, |it| &self.comparison.reasons[it].title);
                format!("{title}{n}")
            });
            named.collect::<Vec<_>>().join("、")
        };
        let [n_here, n_there] = held.counts;
        let is_right = held.account() == n_here;
        let sum = &words.sums[usize::from(!is_right)];
        let rows = vec![
            total(row(others, n_there, &self.sides[1].name)),
            row(twice_there, held.n_twice(Which::There), "").into(),
            row(left, held.left.len(), &reasons(Which::There)).into(),
            row(came, held.came.len(), &reasons(Which::Here)).into(),
            row(twice_here, held.n_twice(Which::Here), "").into(),
            total(row(own, n_here, &format!("{}（{sum}）", self.sides[0].name))),
            row(both, held.pairs.len(), "").into(),
            row(different, held.n_different(), "").into(),
            row(alike, held.near.len(), "").into(),
            row(unread, held.n_unread, "").into(),
        ];
        let [item, number, note] = &words.overview_columns;
        Table {
            name: words.overview.to_string(),
            title: self.comparison.title.to_string(),
            lines: vec![self.project.institution.to_string(), self.project.department.to_string()],
            columns: vec![
                column(&**item, Some(WIDTH_TEXT), Align::Left),
                column(&**number, None, Align::Right),
                column(&**note, Some(30), Align::Left),
            ],
            rows,
            n_stub: 1,
            ..Table::default()
        }
    }

    /// The fields by which a record is shown.
    fn shown(&self, side: usize, record: RecordId) -> Vec<Cell> {
        let show = |id: &Arc<str>| self.sides[side].shown(record, id, &self.words.unread);
        self.comparison.show.iter().map(|it| Cell::Text(show(it))).collect()
    }

    /// The headings of these, behind a word if there is one.
    fn headings(&self, before: &str) -> Vec<Column> {
        let title = |id: &Arc<str>| format!("{before}{}", self.title(id));
        self.comparison.show.iter().map(|it| column(title(it), None, Align::Left)).collect()
    }

    fn title(&self, id: &str) -> String {
        let [here, _] = self.sides;
        let field = here.field(id).map(|it| here.dataset.schema(here.table).fields[it].title.to_string());
        field.unwrap_or_default()
    }

    fn place(&self, side: usize, origin: Origin) -> Cell {
        Cell::Text(self.sources[side].display(origin))
    }

    fn own_place(&self, side: usize, record: RecordId) -> Cell {
        self.place(side, self.sides[side].dataset.record(record).origin)
    }

    /// Who stands in one list only.
    fn alone(&self, name: &str, alone: &[Alone], side: usize) -> Table {
        let [why, source, ..] = &self.words.columns;
        let [_, _, _, near, _] = &self.words.sheets;
        let one = |it: &super::Likeness| if side == 0 { it.here } else { it.there };
        let alike: BTreeSet<RecordId> = self.held.near.iter().map(one).collect();
        let row = |it: &Alone| {
            let unexplained = if alike.contains(&it.record) { near } else { &self.words.unexplained };
            let reason = it.why.map_or(unexplained, |it| &self.comparison.reasons[it.0].title);
            let said = it.why.map(|it| self.own_place(0, it.1)).unwrap_or(Cell::Empty);
            let mut cells = self.shown(side, it.record);
            cells.extend([Cell::Text(reason.to_string()), said, self.own_place(side, it.record)]);
            cells
        };
        let mut columns = self.headings("");
        columns.extend([
            column(&**why, None, Align::Center),
            column(format!("{why}{source}"), Some(WIDTH_PLACE), Align::Left),
            column(&**source, Some(WIDTH_PLACE), Align::Left),
        ]);
        self.table(name, columns, alone.iter().map(row).collect())
    }

    /// What differs, field by field.
    fn differences(&self, name: &str) -> Table {
        let [_, source, same_by, item, ..] = &self.words.columns;
        let Words { here, there, unread, .. } = self.words;
        let row = |it: &super::Difference| {
            let shown = |side: usize, record| Cell::Text(self.sides[side].shown(record, &it.field, unread));
            let place = |side: usize, record| self.place(side, self.sides[side].place(record, &it.field));
            let mut cells = self.shown(0, it.here);
            cells.extend([
                Cell::Text(self.comparison.keys[it.key].title.to_string()),
                Cell::Text(self.title(&it.field)),
                shown(0, it.here),
                shown(1, it.there),
                place(0, it.here),
                place(1, it.there),
            ]);
            cells
        };
        let mut columns = self.headings("");
        columns.extend([
            column(&**same_by, None, Align::Center),
            column(&**item, None, Align::Center),
            column(&**here, Some(WIDTH_TEXT), Align::Left),
            column(&**there, Some(WIDTH_TEXT), Align::Left),
            column(format!("{here}{source}"), Some(WIDTH_PLACE), Align::Left),
            column(format!("{there}{source}"), Some(WIDTH_PLACE), Align::Left),
        ]);
        self.table(name, columns, self.held.differences.iter().map(row).collect())
    }

    /// Who may be whom.
    fn alike(&self, name: &str) -> Table {
        let [_, source, _, _, signs, ..] = &self.words.columns;
        let Words { here, there, .. } = self.words;
        let row = |it: &super::Likeness| {
            let said: Vec<String> = it.signs.iter().map(|it| self.sign(*it)).collect();
            let mut cells = self.shown(0, it.here);
            cells.extend(self.shown(1, it.there));
            cells.extend([
                Cell::Text(said.join("、")),
                self.own_place(0, it.here),
                self.own_place(1, it.there),
            ]);
            cells
        };
        let mut columns = self.headings(here);
        columns.extend(self.headings(there));
        columns.extend([
            column(&**signs, Some(WIDTH_TEXT), Align::Left),
            column(format!("{here}{source}"), Some(WIDTH_PLACE), Align::Left),
            column(format!("{there}{source}"), Some(WIDTH_PLACE), Align::Left),
        ]);
        self.table(name, columns, self.held.near.iter().map(row).collect())
    }

    fn sign(&self, sign: Sign) -> String {
        let [number, same_name, near_name, born, place] = &self.words.signs;
        match sign {
            Sign::Number(at) => number.replacen("{}", &self.title(&self.comparison.near.numbers[at]), 1),
            Sign::SameName => same_name.to_string(),
            Sign::NearName => near_name.to_string(),
            Sign::Born => born.to_string(),
            Sign::Place => place.to_string(),
        }
    }

    /// Who stands in a list more than once.
    fn twice(&self, name: &str) -> Table {
        let [_, source, same_by, _, _, list, earlier] = &self.words.columns;
        let Words { here, there, .. } = self.words;
        let row = |it: &super::Twice| {
            let (side, word) = if it.which == Which::Here { (0, here) } else { (1, there) };
            let mut cells = vec![Cell::Text(word.to_string())];
            cells.extend(self.shown(side, it.again));
            cells.extend([
                Cell::Text(self.comparison.keys[it.key].title.to_string()),
                self.own_place(side, it.again),
                self.own_place(side, it.first),
            ]);
            cells
        };
        let mut columns = vec![column(&**list, None, Align::Center)];
        columns.extend(self.headings(""));
        columns.extend([
            column(&**same_by, None, Align::Center),
            column(&**source, Some(WIDTH_PLACE), Align::Left),
            column(&**earlier, Some(WIDTH_PLACE), Align::Left),
        ]);
        self.table(name, columns, self.held.twice.iter().map(row).collect())
    }
}
