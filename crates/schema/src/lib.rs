//! Located cells become typed records: schemas are loaded, headings found, fields bound.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod code_lengths;
mod table;
mod wanted;
mod due;
mod returned;
mod unfold;
mod cleaning;
mod plausible;
mod departures;
mod customs;
mod bodies;
mod accepted;
mod load;
mod layout;
mod heading;
mod sent;
mod reading;
mod sheet;
mod around;
mod mapping;
mod cell;
mod shown;
mod copies;
mod whose;
mod gather;
mod counted;
mod filed;
mod looks;
mod defaults;
mod wheres;
mod returns;

pub use accepted::Accepted;
pub use bodies::Bodies;
pub use code_lengths::CodeForm;
pub use customs::Customs;
pub use defaults::DefaultWhere;
pub use departures::Departures;
pub use due::{Absent, Due, Returner};
pub use filed::{Filed, Nothing};
pub use looks::Look;
pub use plausible::{Earliest, Plausible};
pub use returned::Returned;
pub use returns::Expected;
pub use sent::{Addressee, FormColumn, FormMark, Sent, edition, form_columns};
pub use sheet::SheetFacts;
pub use table::{
    Cell, Field, FieldKind, Record, Records, Reference, Schemas, SubjectPaths, Table, TimeOfDay, Way,
};
pub use unfold::{Caption, Unfold};
pub use wheres::Where;

use finding::{Report, Reported};
use source::{Content, LocatedText, Node, Source};

/// Reads all schemas; the trees come in the order of their files.
///
/// # Errors
/// If anything in them is wrong; everything that is wrong has been reported.
pub fn load(trees: &[Node], report: &mut Report) -> Result<Schemas, Reported> {
    load::load(trees, report)
}

/// Gives the codes of registers, and all fields that hold these codes, the lengths that a project writes beside the names of
/// the registers.
pub fn set_code_lengths(schemas: &mut Schemas, lengths: &[(LocatedText, usize)], report: &mut Report) {
    code_lengths::set(schemas, lengths, report);
}

/// Reads every record of every file, whose cells are let go one by one. A file that is no return for this period, or the same one twice, is a finding.
pub fn bind(files: Vec<Source>, schemas: &Schemas, expected: &Expected<'_>, report: &mut Report) -> Records {
    returns::bind(files, schemas, expected, report)
}

/// Reads every record of a file that is no return, and of which nobody asks for which period it is. Its name, without folder
/// and ending, helps to tell what it holds.
pub fn read_file(name: &str, content: Content, schemas: &Schemas, report: &mut Report) -> Records {
    returns::read_file(name, content, schemas, report)
}

/// Reads the records of one YAML document, as rules carry them for examples.
pub fn bind_tree(root: &Node, schemas: &Schemas, report: &mut Report) -> Records {
    let mut records = Records::empty(schemas);
    mapping::read(root, schemas, &mut records, report);
    defaults::fill(&mut records.tables, schemas);
    records
}

#[cfg(test)]
mod tests;
