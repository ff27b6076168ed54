//! Who has to return a table, and what it means if it does not come.

use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Parts};

/// Who has to return a table, and what it means if it does not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who: each committee for its own, and the office for the university, may both return a table.
    pub by: Vec<Returner>,
    /// What is said if it does not come.
    pub absent: Absent,
}

/// Who returns a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Returner {
    /// Each branch.
    Branch,
    /// Each committee.
    Committee,
    /// The office that compiles, once for all.
    Office,
}

/// What is said if a table does not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// Nothing.
    Nothing,
    /// A query.
    Query,
    /// An error, which withholds what counts the table.
    Error,
}

impl Returner {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Branch, Self::Committee, Self::Office];

    /// As declarations write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Committee => "committee",
            Self::Office => "office",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// If it is none; that has been reported.
    pub fn read(written: &LocatedText, report: &mut Report) -> Result<Self, Reported> {
        one_of(written, Self::ALL.map(|it| (it.id(), it)), report)
    }
}

impl Absent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Error, Self::Query, Self::Nothing];

    /// As declarations write it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Query => "query",
            Self::Error => "error",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// If it is none; that has been reported.
    pub fn read(written: &LocatedText, report: &mut Report) -> Result<Self, Reported> {
        one_of(written, Self::ALL.map(|it| (it.id(), it)), report)
    }
}

/// Reads `returned_by`, and `absent`, which is an error where it is not said.
///
/// # Errors
/// If one of them is no known word; that has been reported.
pub(super) fn load(fields: &mut Fields<'_, '_>) -> Result<Option<Due>, Reported> {
    let by = fields.texts_as("returned_by", Returner::read);
    let absent = fields.text_as("absent", Absent::read);
    let (by, absent) = (by, absent).whole()?;
    Ok((!by.is_empty()).then(|| Due { by, absent: absent.unwrap_or(Absent::Error) }))
}

fn one_of<T>(
    written: &LocatedText,
    known: [(&'static str, T); 3],
    report: &mut Report,
) -> Result<T, Reported> {
    let words = known.each_ref().map(|it| it.0);
    known.into_iter().find(|it| it.0 == &*written.text).map(|it| it.1).ok_or_else(|| {
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有“{}”这个词", written.text));
        report.error(finding.at(written.origin).hint(format!("可用：{}", words.join("、"))))
    })
}
