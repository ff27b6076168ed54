//! What a schema declares: tables, their fields, and the relations between them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::accepted::Accepted;
use super::customs::Customs;
use super::defaults::DefaultWhere;
use super::departures::Departures;
use super::filed::Filed;
use super::looks::Look;
use super::plausible::Plausible;
use super::returned::Returned;
use super::wheres::Where;
use finding::{ById, ColumnId, FieldId, FileId, Origin, RowId, TableId};
use source::LocatedText;
use value::{Amount, Choices, Cleaning, DatePart};

/// All tables of a run, in the order of their declarations; child tables follow their parent.
#[derive(Debug, Clone, Default)]
pub struct Schemas {
    /// The tables.
    pub tables: ById<TableId, Table>,
    /// How they are written around their records.
    pub customs: Customs,
    /// The headings that the project accepts beside those of the tables.
    pub accepted: Vec<Accepted>,
    /// What fields look like whose type does not tell.
    pub looks: Vec<Look>,
}

impl Schemas {
    /// Which table has this id: `branches`, or `applications.measures` for a child table.
    pub fn index(&self, id: &str) -> Option<TableId> {
        self.tables.position(|it| &*it.id == id)
    }

    /// A table by its id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|it| &*it.id == id)
    }

    /// The way from a record of a table to the branch or committee that it belongs to, if that is in this other table.
    pub fn way(&self, table: TableId, to: TableId) -> Option<Way> {
        let declared = &self.tables[table];
        if table == to {
            return Some(Way::default());
        }
        if let Some(parent) = declared.parent {
            return self.way(parent, to).map(|it| Way { n_parents: it.n_parents + 1, ..it });
        }
        let end = |path: &&Vec<FieldId>| {
            path.iter().try_fold(table, |table, field| match &self.tables[table].fields[*field].kind {
                FieldKind::Reference(reference) => self.index(&reference.to),
                _ => None,
            })
        };
        let paths = [&declared.subject.branch, &declared.subject.committee].into_iter().flatten();
        let path = paths.into_iter().find(|it| end(it) == Some(to))?;
        Some(Way { n_parents: 0, path: path.clone() })
    }

    /// The table of the committees: those whose records are committees themselves.
    pub fn committees(&self) -> Option<TableId> {
        self.tables.position(|it| it.subject.committee.as_ref().is_some_and(Vec::is_empty))
    }

    /// The table of the branches: those whose records are branches themselves.
    pub fn branches(&self) -> Option<TableId> {
        self.tables.position(|it| it.subject.branch.as_ref().is_some_and(Vec::is_empty))
    }

    /// The child tables of a table.
    pub fn children(&self, parent: TableId) -> impl Iterator<Item = (TableId, &Table)> {
        self.tables.with_ids().filter(move |(_, it)| it.parent == Some(parent))
    }

    /// The relations that lead *to* a table: the name they have there, and the field they come from.
    pub fn reverse(&self, table: TableId) -> impl Iterator<Item = (&Arc<str>, ColumnId)> {
        let id = self.tables[table].id.clone();
        self.tables.with_ids().flat_map(move |(from, it)| {
            let id = id.clone();
            it.fields.with_ids().filter_map(move |(field_id, field)| match &field.kind {
                FieldKind::Reference(reference) if reference.to == id => {
                    reference.reverse.as_ref().map(|name| (name, from.column(field_id)))
                }
                _ => None,
            })
        })
    }
}

/// One table: a kind of record.
#[derive(Debug, Clone)]
pub struct Table {
    /// English id; `parent.child` for a child table.
    pub id: Arc<str>,
    /// Chinese title.
    pub title: Arc<str>,
    /// Sheet names, file names and YAML keys under which the table is returned, beside its title.
    pub sheets: Vec<Arc<str>>,
    /// Headings that are understood and carry nothing: 序号.
    pub ignored: Vec<Arc<str>>,
    /// The fields that together name a record; empty if records have no key.
    pub key: Vec<FieldId>,
    /// The field by which messages call a record.
    pub label: FieldId,
    /// Where a record's branch and committee are found.
    pub subject: SubjectPaths,
    /// For a table of committees or branches: the day on which one was founded.
    pub founded: Option<FieldId>,
    /// So many months after that day its silence is only asked about.
    pub grace_months: usize,
    /// How it is returned: pinned rows and sheets, columns that become records.
    pub returned: Returned,
    /// The fields, in the order of the declaration.
    pub fields: ById<FieldId, Field>,
    /// For a child table: its parent.
    pub parent: Option<TableId>,
    /// For a child table: whether a parent must have at least one row.
    pub required: bool,
    /// Where it is declared.
    pub origin: Origin,
}

impl Table {
    /// Which field has this id.
    pub fn field(&self, id: &str) -> Option<FieldId> {
        self.fields.position(|it| &*it.id == id)
    }

    /// The first reference to a table.
    pub fn leading_to(&self, table: &str) -> Option<FieldId> {
        self.fields.position(|it| matches!(&it.kind, FieldKind::Reference(own) if &*own.to == table))
    }

    /// The name of a child table within its parent: `measures` of `applications.measures`.
    pub fn short_id(&self) -> &str {
        self.id.rsplit('.').next().unwrap_or(&self.id)
    }

    /// Every name under which the clerk may return the table: title, sheet names, id.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&*self.title, self.short_id()].into_iter().chain(self.sheets.iter().map(|it| &**it))
    }
}

/// A way from one record to another: up through so many parents, then along references.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// How many parents up.
    pub n_parents: usize,
    /// The reference fields, in order.
    pub path: Vec<FieldId>,
}

/// Paths of references from a record to its branch and its committee; an empty path is the record itself.
#[derive(Debug, Clone, Default)]
pub struct SubjectPaths {
    /// Way to the branch.
    pub branch: Option<Vec<FieldId>>,
    /// Way to the committee.
    pub committee: Option<Vec<FieldId>>,
}

/// One field of a table.
#[derive(Debug, Clone)]
pub struct Field {
    /// English id.
    pub id: Arc<str>,
    /// Chinese title.
    pub title: Arc<str>,
    /// Other headings; levels of a multi-level heading are separated by `/`.
    pub synonyms: Vec<Arc<str>>,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
    /// Whether no two records have the same value.
    pub unique: bool,
    /// The unit that may stand behind a number, and is printed behind it.
    pub unit: Option<Arc<str>>,
    /// The largest number of characters of a text, as [`value::count_characters`] counts them.
    pub limit: Option<usize>,
    /// The smallest number allowed.
    pub min: Option<Amount>,
    /// The largest number allowed.
    pub max: Option<Amount>,
    /// What stands for “nothing”: 无, — …; compared after folding.
    pub empty: Vec<String>,
    /// What an empty cell means, as it would be written.
    pub default: Option<Arc<str>>,
    /// The same in some records only.
    pub default_where: Option<DefaultWhere>,
    /// Whether it is noted if a sheet has no column for it: then no record says that the default is meant.
    pub notes_absence: bool,
    /// Whether an empty cell repeats the one above it.
    pub fill_down: bool,
    /// In which rows it does not.
    pub fill_down_unless: Option<Where>,
    /// Whether the value is masked wherever findings show it.
    pub sensitive: bool,
    /// For a choice: those that a title, or the name of the sheet or file, says where the table has no column for it.
    pub titled: Vec<Arc<str>>,
    /// For a choice: whether the name of the sheet says it where the table has no column for it.
    pub named_by_sheet: bool,
    /// For a date: what a time of day behind it means.
    pub time_of_day: TimeOfDay,
    /// For a date: which dates it can be.
    pub plausible: Plausible,
    /// For a whole number of a committee or branch: the table whose records it counts. Who states more than none of them
    /// cannot report that there are none.
    pub counts: Option<LocatedText>,
    /// Fields of the table that are read for it where it has no column of its own, in this order.
    pub stand_ins: Vec<LocatedText>,
    /// What its contents look like, by any of these; see [`Look`].
    pub looks: Vec<LocatedText>,
    /// For a text: what is put right in it, and what is reported.
    pub cleaning: Cleaning,
    /// Where it is declared.
    pub origin: Origin,
}

/// What becomes of a time of day behind a date; the date is taken without it in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOfDay {
    /// Leaving it out is noted.
    Noted,
    /// It is usual here, as in the time of a meeting, and left out without a word.
    Allowed,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// A short text.
    Text,
    /// A text of paragraphs.
    LongText,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// A percentage; held as a fraction.
    Percent,
    /// A date that must be at least this precise.
    Date(DatePart),
    /// 是 or 否.
    YesNo,
    /// One of several words.
    Choice(Arc<Choices>),
    /// A code whose leading zeros count.
    Code(super::code_lengths::CodeForm),
    /// A person's name.
    Name,
    /// A telephone number.
    Phone,
    /// A resident identity number.
    Identity,
    /// A picture in the cell.
    Picture,
    /// A record of another table.
    Reference(Reference),
    /// Several values of one kind, separated by `、`, `；`, commas or line breaks; a sequence in YAML.
    List(Box<FieldKind>),
}

/// A reference to a record of another table.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Id of the table.
    pub to: Arc<str>,
    /// Ids of the fields there that are tried, in this order.
    pub by: Vec<Arc<str>>,
    /// The name of the way back: `members` leads from a branch to the members that refer to it.
    pub reverse: Option<Arc<str>>,
    /// Id of the field in this table that names the same record by its code.
    pub fallback: Option<Arc<str>>,
    /// Id of another reference in this table: where nothing is written here, this one leads to whom the record leads that
    /// the other names. The committee of an honour is that of its branch, if a branch has won it.
    pub through: Option<Arc<str>>,
    /// Whether what is named need not be in the other table: an applicant is in no roster. It then leads nowhere, and
    /// nothing is said.
    pub may_be_unlisted: bool,
    /// Tables that tell who has left: what is named may also stand there, and then leads nowhere without being lost.
    pub departed_in: Vec<Departures>,
}

impl Reference {
    /// The field in which a record says where a reference leads: the reference's own, or the one that stands in for it if
    /// only that was filled in; where it goes through another reference, that one's.
    pub fn written_at(&self, table: &Table, own: FieldId, record: &Record) -> FieldId {
        let is_filled = |field: &FieldId| record.cells[*field].value != value::Value::Missing;
        let at = self.stated_at(table, own, record);
        let through = || {
            let (other, reference) = self.other(table)?;
            Some(reference.stated_at(table, other, record)).filter(is_filled)
        };
        Some(at).filter(is_filled).or_else(through).unwrap_or(at)
    }

    /// The reference's own field, or the one that stands in for it if only that was filled in.
    pub fn stated_at(&self, table: &Table, own: FieldId, record: &Record) -> FieldId {
        let is_empty = |field: &FieldId| record.cells[*field].value == value::Value::Missing;
        let stands_in = self.fallback.as_ref().and_then(|it| table.field(it));
        stands_in.filter(|it| is_empty(&own) && !is_empty(it)).unwrap_or(own)
    }

    /// The reference that this one goes through, which goes through none itself.
    pub fn other<'a>(&self, table: &'a Table) -> Option<(FieldId, &'a Self)> {
        let other = self.through.as_ref().and_then(|it| table.field(it))?;
        match &table.fields[other].kind {
            FieldKind::Reference(reference) if reference.through.is_none() => Some((other, reference)),
            _ => None,
        }
    }

    /// The field of the record that the other reference names which leads on to where this one does.
    pub fn onward(&self, table: &Table, schemas: &Schemas) -> Option<ColumnId> {
        let (_, reference) = self.other(table)?;
        let there = schemas.index(&reference.to)?;
        schemas.tables[there].leading_to(&self.to).map(|it| there.column(it))
    }
}

/// A value and where it stood, or where it should have stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The typed value.
    pub value: value::Value,
    /// Its place.
    pub origin: Origin,
}

/// One record: a cell for each field of its table.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The row or mapping it was read from.
    pub origin: Origin,
    /// One cell per field, in the order of the schema.
    pub cells: ById<FieldId, Cell>,
    /// For a row of a child table: its parent record.
    pub parent: Option<RowId>,
}

/// The records of every table, in the order in which they were read.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Per table, as [`Schemas::tables`].
    pub tables: ById<TableId, ById<RowId, Record>>,
    /// What each file was, beside its records.
    pub files: BTreeMap<FileId, Filed>,
}

impl Records {
    /// No records of these tables.
    pub fn empty(schemas: &Schemas) -> Self {
        Self { tables: schemas.tables.map(|_| ById::default()), files: BTreeMap::new() }
    }

    /// How many there are of each table.
    pub(super) fn n_rows(&self) -> ById<TableId, usize> {
        self.tables.map(|it| it.len())
    }

    /// Takes over the records of one file, after those already here.
    pub(super) fn append(&mut self, other: Self, schemas: &Schemas) {
        let before = self.n_rows();
        for (table_id, rows) in self.tables.ids().zip(other.tables) {
            let shift = schemas.tables[table_id].parent.map_or(0, |it| before[it]);
            let shifted =
                rows.into_iter().map(|it| Record { parent: it.parent.map(|it| it.behind(shift)), ..it });
            self.tables[table_id].extend(shifted);
        }
    }

    /// How many records each table has, by its title, in the order of the schemas.
    pub fn counts(&self, schemas: &Schemas) -> BTreeMap<Arc<str>, usize> {
        schemas
            .tables
            .iter()
            .zip(&self.tables)
            .map(|(table, rows)| (table.title.clone(), rows.len()))
            .collect()
    }
}
