//! What workbooks and documents call their own parts: sheets, columns, results, marks.

mod load;

use std::sync::Arc;

use super::bundle::CoverWords;
use finding::{Finding, Report, Reported, codes};
use source::LocatedText;

/// The names that `templates/workbook/names.yaml` gives to whatever all documents have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captions {
    /// Names on the tabs of sheets.
    pub sheets: SheetCaptions,
    /// Headings of columns that many tables have.
    pub columns: ColumnCaptions,
    /// Title of a row of totals.
    pub total: Arc<str>,
    /// What stands around charts.
    pub charts: ChartCaptions,
    /// The foot of every page of a workbook, with Excel's `&P` and `&N`.
    pub footer: Arc<str>,
    /// The mark of a draft.
    pub draft: Pattern,
    /// The titles of a document's other editions.
    pub editions: EditionCaptions,
    /// Results of the conditions of a form.
    pub conditions: ConditionCaptions,
    /// The sheet of checks.
    pub checks: CheckCaptions,
    /// Headings of a chronicle: month, day, text.
    pub events: [Arc<str>; 3],
    /// Title of a table of contents.
    pub contents: Arc<str>,
    /// What an attachment is called, before its number if there are several.
    pub attachment: Arc<str>,
    /// Numbers of a book's parts and appendices, where the book declares none.
    pub handbook: HandbookCaptions,
    /// A note below a table, on what of its definitions rests on no source.
    pub unverified: Pattern,
    /// A note below a table, on what stands blank since nobody has reported on it.
    pub unreported: Pattern,
    /// Words of titles that do not tell one figure from another.
    pub figures: FigureWords,
    /// How far the returns have come.
    pub progress: ProgressCaptions,
    /// All records of a table together.
    pub ledger: LedgerCaptions,
    /// What falls due.
    pub reminders: ReminderCaptions,
    /// The forms of a committee, packed together.
    pub bundle: BundleCaptions,
}

/// The list of files in a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleCaptions {
    /// The list.
    pub cover: CoverWords,
    /// A file that is lacking in it, because it could not be made.
    pub lacking: Pattern,
}

/// The workbook and the calendar of what falls due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReminderCaptions {
    /// Their title, which is also their name.
    pub title: Arc<str>,
    /// The title of the calendar, around that.
    pub calendar: Pattern,
    /// The day as of which they hold.
    pub as_of: Pattern,
    /// Who has what belongs to no committee.
    pub office: Arc<str>,
    /// The sheet of numbers.
    pub overview: Arc<str>,
    /// Its headings: unit, all together, overdue among them.
    pub overview_columns: [Arc<str>; 3],
    /// Headings of the list: day, time left, matter, committee, branch, whom, text, basis, source.
    pub columns: [Arc<str>; 9],
    /// So many days.
    pub days: Pattern,
    /// So many months.
    pub months: Pattern,
    /// So many years.
    pub years: Pattern,
    /// Overdue by so much.
    pub overdue: Pattern,
    /// On the day itself.
    pub today: Arc<str>,
    /// In the month itself.
    pub this_month: Arc<str>,
    /// In the year itself.
    pub this_year: Arc<str>,
    /// A reminder, and how far ahead it looks.
    pub ahead: Pattern,
    /// The note on what is listed.
    pub range: Pattern,
    /// The note on an empty list.
    pub nothing: Arc<str>,
    /// The sheet of records of which nobody can say when.
    pub open: Arc<str>,
    /// The heading over why.
    pub reason: Arc<str>,
    /// In place of a matter, where files or tables are lacking.
    pub lacking: Arc<str>,
    /// The event of a calendar that tells how many are open.
    pub calendar_open: Pattern,
    /// The note below it.
    pub open_note: Arc<str>,
}

/// The workbook with all records of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerCaptions {
    /// Its title, around that of the table.
    pub title: Pattern,
    /// The day as of which it was made.
    pub as_of: Pattern,
    /// The column of committees, where the table has none of its own.
    pub committee: Arc<str>,
    /// The column that says where each record was read.
    pub source: Arc<str>,
    /// What stands for a value that could not be read.
    pub unreadable: Arc<str>,
    /// The note on columns that nobody has filled in.
    pub blank: Pattern,
}

/// A text with gaps, written `{}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern(Arc<str>);

/// Names on the tabs of sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetCaptions {
    /// The cover.
    pub cover: Arc<str>,
    /// The charts.
    pub charts: Arc<str>,
    /// The committees side by side, if the statistics give that sheet no name.
    pub comparison: Arc<str>,
    /// The checks.
    pub checks: Arc<str>,
    /// A sheet whose name is empty.
    pub untitled: Arc<str>,
}

/// Headings of columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnCaptions {
    /// The column that counts records.
    pub serial: Arc<str>,
    /// The column that numbers the rows of a table of figures.
    pub line: Arc<str>,
    /// The column of row titles, if the table declares none.
    pub corner: Arc<str>,
    /// The categories of a chart.
    pub category: Arc<str>,
}

/// What stands around charts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartCaptions {
    /// Title of the sheet of charts, after the statistics.
    pub title: Pattern,
    /// The unit of a chart's axis.
    pub measured: Pattern,
    /// The unit of a chart that declares none.
    pub unit: Arc<str>,
}

/// The titles of a document's other editions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditionCaptions {
    /// A workbook on paper.
    pub paper: Pattern,
    /// A text for Word.
    pub word: Pattern,
    /// The tables of a text as a workbook.
    pub tables: Pattern,
    /// The figures of a text with their facts.
    pub figures: Pattern,
    /// The files of somebody packed together.
    pub bundle: Pattern,
}

/// Results of conditions in the workbook over all forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConditionCaptions {
    /// Not applicable, met, unmet, undecided, fault.
    pub results: [Arc<str>; 5],
    /// The note below the table with the basis of each condition.
    pub basis: Pattern,
}

/// The sheet of checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckCaptions {
    /// Its title, after the statistics.
    pub title: Pattern,
    /// Its headings: number, check, left side, relation, right side, result, notes.
    pub columns: [Arc<str>; 7],
    /// The relation of two sides that may be apart by so much.
    pub within: Pattern,
    /// How a check came out.
    pub results: CheckResults,
    /// One of the lines that a check is put to.
    pub one: Pattern,
    /// How many lines there are, all of which hold.
    pub all_hold: Pattern,
    /// How many lines there are, and how many of them hold.
    pub some_hold: Pattern,
}

/// How a check came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckResults {
    /// It holds.
    pub holds: Arc<str>,
    /// It holds but for what rounding may have taken.
    pub rounding: Arc<str>,
    /// It fails.
    pub fails: Arc<str>,
    /// It fails, and is a question only.
    pub query: Arc<str>,
    /// A figure that it needs has no value.
    pub undecided: Arc<str>,
}

/// Words of titles that do not tell one figure from another: figures that are called the same without them must agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureWords {
    /// What a title may begin with: 其中：, 本期.
    pub leading: Vec<Arc<str>>,
    /// What a title may end with: 总数.
    pub trailing: Vec<Arc<str>>,
    /// Titles that name nothing by themselves: 合计.
    pub generic: Vec<Arc<str>>,
    /// Units that may stand in brackets behind a title.
    pub units: Vec<Arc<str>>,
}

/// How far the returns have come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgressCaptions {
    /// Title of the workbook, and its first tab.
    pub title: Arc<str>,
    /// The day as of which it holds.
    pub as_of: Pattern,
    /// The office, among the committees.
    pub office: Arc<str>,
    /// Titles: of the column of tables, of the rows with how many are due, and how many complete.
    pub columns: [Arc<str>; 3],
    /// Returned, reported as nothing, exempt, unreadable, of another year, of nobody knows whom, left empty, not come.
    pub states: [Arc<str>; 8],
    /// A state with the number of records.
    pub records: Pattern,
    /// A state with the number of branches.
    pub units: Pattern,
    /// Before the state of what was to come earlier.
    pub overdue: Arc<str>,
    /// Title of the list of what is owed.
    pub owed: Arc<str>,
    /// Its headings: committee, branch, table, state, day.
    pub owed_columns: [Arc<str>; 5],
}

/// Numbers of the parts and appendices of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandbookCaptions {
    /// A part.
    pub part: Arc<str>,
    /// An appendix.
    pub appendix: Arc<str>,
}

/// Where something is filled in.
const GAP: &str = "{}";

impl Pattern {
    /// A pattern of the tests.
    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        Self(text.into())
    }

    /// A text with so many gaps; `file` is the template that has it.
    ///
    /// # Errors
    /// If it has more or fewer; that has been reported.
    pub fn read(
        written: &LocatedText,
        (file, n_gaps): (&str, usize),
        report: &mut Report,
    ) -> Result<Self, Reported> {
        if written.text.matches(GAP).count() == n_gaps {
            return Ok(Self(written.text.clone()));
        }
        let message = format!("“{}”中应有{n_gaps}处“{GAP}”", written.text);
        let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
        Err(report.error(finding.hint(format!("{{}} 处填入名称或数字，请对照内置的 templates/{file} 改正"))))
    }

    /// The text as it is written: that of one without gaps.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The text with its gaps filled in, in their order.
    pub fn filled(&self, values: &[&str]) -> String {
        let mut pieces = self.0.split(GAP);
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for (at, piece) in pieces.enumerate() {
            text.push_str(values.get(at).copied().unwrap_or_default());
            text.push_str(piece);
        }
        text
    }
}
