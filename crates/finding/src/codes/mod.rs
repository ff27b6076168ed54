//! The codes of the engine's own findings: kebab-case names, stable, never reused.
//!
//! Each carries what `explain` and the manual say about it. Rules and conditions under
//! `templates/` bring codes of their own.

mod answers;
mod values;
mod files;
mod workbooks;
mod structure;
mod tables;
mod forms;
mod blanks;
mod rules;
mod documents;
mod figures;
mod summaries;
mod regulations;
mod word;

pub use answers::*;
pub use blanks::*;
pub use documents::*;
pub use figures::*;
pub use files::*;
pub use forms::*;
pub use regulations::*;
pub use rules::*;
pub use structure::*;
pub use summaries::*;
pub use tables::*;
pub use values::*;
pub use word::*;
pub use workbooks::*;

use super::Severity;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The kebab-case name.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it withholds if it is an error, as queries are in a strict run.
    pub reach: Reach,
    /// What it is, in a few Chinese words.
    pub title: &'static str,
    /// What it means and what the clerk does about it.
    pub explanation: &'static str,
}

/// What an error withholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nothing: all that was read holds, or what depends on it has been said by another finding.
    Nothing,
    /// What depends on what it is [about](super::Target): the documents that have read the field or any field of the
    /// record, or a table that the file may have held; the books that print the text; the figures that are held against
    /// what was given; the one figure, check or document. An error about nothing that is known reaches everything.
    Itself,
    /// What it is about, and drafts of it as well: it cannot be made at all.
    Outright,
    /// Every document over all records: nobody knows what would be otherwise without it.
    Everything,
}

const fn error(name: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { name, severity: Severity::Error, reach: Reach::Itself, title, explanation }
}

const fn query(name: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { name, severity: Severity::Query, reach: Reach::Itself, title, explanation }
}

const fn note(name: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { name, severity: Severity::Note, reach: Reach::Nothing, title, explanation }
}

impl Code {
    const fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }
}

/// Every code of the engine, in the order in which the manual lists them.
pub static ALL: &[&Code] = &[
    &values::MISSING_VALUE,
    &values::ERROR_CELL,
    &values::FORMULA_NOT_CALCULATED,
    &values::NOT_AN_INTEGER,
    &values::NOT_A_NUMBER,
    &values::NOT_A_DATE,
    &values::DATE_INCOMPLETE,
    &values::DATE_AMBIGUOUS,
    &values::DATE_IMPOSSIBLE,
    &values::DATE_OUT_OF_RANGE,
    &values::DATE_AFTER_CUTOFF,
    &values::DATE_TOO_EARLY,
    &values::DATES_REVERSED,
    &values::DATE_OUTSIDE_PERIOD,
    &values::DATES_BEFORE_PERIOD,
    &values::WEEKDAY_DIFFERS,
    &values::DATE_LIKELY,
    &values::DATE_SPAN,
    &values::DATE_TIME_DROPPED,
    &values::DATE_PART_NOT_SHOWN,
    &values::DATE_FROM_SERIAL,
    &values::DATE_PRECISION,
    &values::UNKNOWN_CHOICE,
    &values::NOT_YES_OR_NO,
    &values::IDENTITY_DIGITS_LOST,
    &values::IDENTITY_MALFORMED,
    &values::IDENTITY_CHECK_DIGIT,
    &values::IDENTITY_TIDIED,
    &values::PHONE_MALFORMED,
    &values::CODE_MALFORMED,
    &values::CODE_ZEROS_RESTORED,
    &values::GUARD_REMOVED,
    &values::SHOWN_DIFFERS,
    &values::DITTO_RESOLVED,
    &values::DITTO_UNCLEAR,
    &values::NAME_MALFORMED,
    &values::NAME_TIDIED,
    &values::TEXT_FROM_DATE,
    &values::TEXT_TIDIED,
    &values::MIXED_SCRIPT,
    &values::DATE_INCOMPLETE_IN_TEXT,
    &values::CHARACTER_LOST,
    &values::SUSPECT_WORD,
    &values::LATIN_WORD,
    &values::CHOICE_SIMPLIFIED,
    &values::TEXT_TOO_LONG,
    &values::NUMBER_OUT_OF_RANGE,
    &values::NOT_A_PICTURE,
    &values::PICTURE_DAMAGED,
    &values::PICTURE_UNEXPECTED,
    &files::FILE_EMPTY,
    &files::FILE_DAMAGED,
    &files::FILE_ENCRYPTED,
    &files::FILE_TOO_LARGE,
    &files::FILE_UNSAFE,
    &files::FILE_UNREADABLE,
    &files::FORMAT_NOT_SUPPORTED,
    &files::ARCHIVE_NOT_READ,
    &files::FILE_NOT_A_TABLE,
    &files::FILE_SKIPPED,
    &files::TEXT_ENCODING,
    &files::SHEET_DAMAGED,
    &files::SHEET_TOO_LARGE,
    &files::SHEET_SKIPPED,
    &files::CELL_TEXT_TOO_LONG,
    &files::CSV_QUOTE,
    &files::SHEET_HIDDEN,
    &files::SHEET_HIDDEN_RETURN,
    &files::SHEET_HIDDEN_TABLE,
    &workbooks::ROWS_HIDDEN,
    &workbooks::ROWS_FILTERED,
    &workbooks::COLUMNS_HIDDEN,
    &workbooks::STRUCK_OUT,
    &workbooks::CELL_NOTES,
    &workbooks::CELL_VALIDATIONS,
    &workbooks::EXTERNAL_LINKS,
    &workbooks::MACROS_NOT_RUN,
    &workbooks::CODE_PAGE_CORRECTED,
    &files::SHEET_NOT_A_RETURN,
    &files::RETURN_NOT_GIVEN_BACK,
    &files::RETURN_TWICE,
    &files::RETURN_IN_VERSIONS,
    &files::RETURN_EMPTY,
    &files::RETURN_MISSING,
    &files::RETURN_NOT_READ,
    &files::RETURN_NOT_NOTHING,
    &files::RETURN_NOTHING_DENIED,
    &files::RETURNS_NAME_UNKNOWN,
    &files::RETURN_FROM_OTHER_PERIOD,
    &files::RETURN_OUTSIDE_PERIOD,
    &files::PREVIOUS_UNREADABLE,
    &structure::YAML_SYNTAX,
    &structure::YAML_ALIAS,
    &structure::YAML_UNSUPPORTED,
    &structure::YAML_LINE_JOINED,
    &structure::DUPLICATE_KEY,
    &structure::UNKNOWN_KEY,
    &structure::MISSING_KEY,
    &structure::WRONG_KIND,
    &structure::YAML_WITHOUT_TABLE,
    &structure::YAML_NOT_A_RECORD,
    &structure::YAML_NOT_A_VALUE,
    &structure::SCHEMA_NAME_UNKNOWN,
    &structure::PREVIOUS_NOT_FOUND,
    &structure::SOURCE_NOT_FOUND,
    &structure::CONFIGURATION_UNUSABLE,
    &tables::HEADING_NOT_FOUND,
    &tables::COLUMN_IGNORED,
    &tables::COLUMN_MISSING,
    &tables::COLUMN_ASSUMED,
    &tables::HEADING_MISSPELT,
    &tables::HEADING_REPEATED,
    &tables::HEADING_UNCERTAIN,
    &tables::SHEET_OF_ANOTHER_KIND,
    &tables::TICKS_UNCLEAR,
    &tables::HEADING_BY_VALUES,
    &tables::HEADINGS_EXCHANGED,
    &tables::DATES_EXCHANGED,
    &tables::NUMBERS_LEAP,
    &forms::FORM_HEADING_CHANGED,
    &forms::FORM_COLUMN_REMOVED,
    &forms::FORM_COLUMN_MOVED,
    &forms::FORM_MARK_MISSING,
    &forms::FORM_EDITION_OLD,
    &forms::FORM_OF_ANOTHER_UNIT,
    &forms::FORM_UNIT_TAKEN,
    &tables::COLUMN_STANDS_IN,
    &tables::ROW_TOTAL_DIFFERS,
    &tables::VALUE_AGAIN_IN_ROW,
    &tables::BODY_FROM_TITLE,
    &tables::BODY_UNCERTAIN,
    &tables::CELL_MERGED_AWAY,
    &tables::FILLED_DOWN,
    &tables::ROW_SKIPPED,
    &tables::EXAMPLE_SUSPECTED,
    &tables::UNKNOWN_TABLE,
    &tables::UNKNOWN_FIELD_KEY,
    &tables::KEY_TWICE,
    &tables::VALUE_TWICE,
    &tables::UNKNOWN_REFERENCE,
    &tables::PERSON_DEPARTED,
    &tables::REFERENCE_AMBIGUOUS,
    &tables::LEADING_ZEROS_LOST,
    &tables::NUMBER_DIFFERS,
    &tables::CODES_EXCHANGED,
    &tables::REFERENCE_CONFLICT,
    &rules::EXPRESSION_SYNTAX,
    &rules::UNKNOWN_NAME,
    &rules::UNKNOWN_FIELD,
    &rules::EXPRESSION_CHOICE,
    &rules::EXPRESSION_TYPES,
    &rules::EXPRESSION_DATE_OPERATOR,
    &rules::EXPRESSION_ARGUMENTS,
    &rules::RULE_UNDECIDED,
    &rules::RULE_FAILED,
    &figures::FIGURE_UNDECIDED,
    &figures::SUM_WITHOUT_UNIT,
    &figures::COLUMN_VACANT,
    &figures::SUM_PARTLY_GIVEN,
    &figures::FIGURE_FAILED,
    &figures::FIGURES_DISAGREE,
    &figures::CUT_OFF_DIFFERS,
    &figures::CUT_OFF_OUTSIDE_PERIOD,
    &figures::FACT_IN_CIRCLE,
    &figures::FACT_UNUSED,
    &figures::STATISTICS_INCONSISTENT,
    &figures::CHECK_FAILED,
    &figures::CHECK_ROUNDING,
    &figures::CHECK_UNDECIDED,
    &figures::GIVEN_LINE_NOT_FOUND,
    &figures::GIVEN_FIGURE_UNREADABLE,
    &figures::GIVEN_FILE_UNUSABLE,
    &summaries::LITERAL_FIGURE,
    &summaries::FIGURE_NOT_A_FACT,
    &summaries::SUMMARY_UNDECIDED,
    &summaries::SUMMARY_TOO_LONG,
    &summaries::SUMMARY_SHARE,
    &documents::FORM_UNDECIDED,
    &blanks::BLANK_UNUSABLE,
    &blanks::BLANK_CHANGED,
    &blanks::BLANK_PART_NOT_FILLED,
    &blanks::OFFICE_MISSING,
    &blanks::FORM_NOT_PRINTED,
    &blanks::FORM_GREW,
    &blanks::FORM_CUT_OFF,
    &blanks::FORMULAS_LEFT,
    &blanks::LABEL_TWICE,
    &blanks::FORM_IS_DRAFT,
    &blanks::PLACE_UNKNOWN,
    &blanks::PLACE_UNDECIDED,
    &blanks::PLACE_UNFIT,
    &blanks::VALUE_NOT_ON_BLANK,
    &blanks::TEXT_EXCEEDS_BLANK,
    &blanks::ROWS_EXCEED_BLANK,
    &blanks::FORM_CHECK_FAILED,
    &blanks::FORM_NOT_PROVED,
    &blanks::ISSUED_FIGURE_LACKING,
    &documents::FILE_NAME_COLLISION,
    &documents::FILE_NAME_UNUSABLE,
    &documents::LAYOUT_FAILED,
    &documents::REMINDER_FAILED,
    &documents::FONT_UNREADABLE,
    &documents::FONT_MISSING,
    &documents::CHARACTER_NOT_PRINTABLE,
    &documents::FOREIGN_FILE,
    &documents::STALE_FILE_KEPT,
    &documents::MANIFEST_DAMAGED,
    &regulations::REGULATION_NOT_READ,
    &regulations::FRONT_MATTER_MISSING,
    &regulations::MARKDOWN_UNSUPPORTED,
    &regulations::MARKDOWN_TABLE,
    &regulations::FOOTNOTE_UNRESOLVED,
    &regulations::NUMBERING_BROKEN,
    &regulations::NOTICE_LEFT_OUT,
    &regulations::NOTICE_UNDIVIDED,
    &regulations::LABEL_RESTORED,
    &regulations::LABEL_SUSPECTED,
    &regulations::REFERENCE_UNRESOLVED,
    &regulations::REFERENCE_UNKNOWN,
    &regulations::REFERENCE_REPEALED,
    &regulations::REFERENCES_OUTSIDE,
    &regulations::DOCUMENT_NUMBER_MALFORMED,
    &regulations::DOCUMENT_NUMBER_TWICE,
    &regulations::DOCUMENT_NUMBER_DIFFERS,
    &regulations::DOCUMENT_NUMBER_UNKNOWN,
    &regulations::REGULATION_TWICE,
    &regulations::REGULATION_DATES,
    &regulations::TRIAL_TOO_LONG,
    &regulations::REPEALED_YET_VALID,
    &regulations::TERM_DEFINED_TWICE,
    &regulations::TITLE_DIFFERS,
    &regulations::CATEGORY_UNKNOWN,
    &regulations::TEXT_UNUSED,
    &regulations::HEAD_NOTE_DIFFERS,
    &regulations::CATALOGUE_DIFFERS,
    &regulations::CATALOGUE_WITHOUT_FILE,
    &regulations::CATALOGUE_LACKS_REGULATION,
    &regulations::CATALOGUE_ROW_TWICE,
    &regulations::PUNCTUATION_HALF_WIDTH,
    &regulations::PUNCTUATION_DOUBLED,
    &answers::ANSWERS_BLANK,
    &answers::ANSWER_WITHOUT_REASON,
    &answers::ANSWER_TO_NOTHING,
    &answers::ANSWER_TO_ERROR,
    &answers::ANSWER_NOT_ASKED_FOR,
    &answers::ANSWERS_UNREAD,
    &word::WORD_LEFT_OUT,
    &word::WORD_CHANGES_ACCEPTED,
    &word::WORD_REARRANGED,
    &word::WORD_NOT_READABLE,
];
