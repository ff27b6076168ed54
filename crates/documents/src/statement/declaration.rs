//! A statement as it is declared.

use std::sync::Arc;

use crate::captions::Pattern;
use crate::declaring::unknown_word;
use crate::kinds::Declaring;
use finding::{Finding, Report, Reported, codes};
use project::Wanted;
use source::{Declared, Fields, all};

/// How a statement is worded.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) id: Arc<str>,
    /// The name of its files, without ending.
    pub(super) file_name: Arc<str>,
    /// Its title.
    pub(super) title: Arc<str>,
    /// What stands above the table: who has asked, in which period, how many answers there are.
    pub(super) opening: Pattern,
    /// The headings: number, whom, what was asked, what was answered, by whom and when.
    pub(super) columns: [Arc<str>; 5],
    /// The line of the signature below the department: the day, to be filled in.
    pub(super) date: Arc<str>,
}

/// Reads the statements that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load_statements(
    wanted: &[Wanted],
    Declaring { templates, .. }: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Statement>, Reported> {
    let load = |it: &Wanted| {
        let path = format!("statements/{}.yaml", it.id.text);
        let Some(root) = templates.tree(&path, report)? else {
            let known = templates.in_folder("statements", ".yaml");
            let known = known.filter_map(|(path, _)| path.strip_prefix("statements/")?.strip_suffix(".yaml"));
            return Err(unknown_word(&it.id, "说明的声明", known.collect::<Vec<_>>(), report));
        };
        Statement::load(&root, &path.as_str(), report)
    };
    all(wanted.iter().map(load))
}

impl Declared<&str> for Statement {
    const WHAT: &'static str = "情况说明的声明";

    fn declared(fields: &mut Fields<'_, '_>, path: &&str) -> Result<Self, Reported> {
        let names = ["id", "file_name", "title", "date"].map(|it| fields.required_string(it));
        let opening = fields.required_as("opening", |it, report| Pattern::read(it, (path, 3), report));
        let columns: Result<Vec<Arc<str>>, Reported> = fields.required_strings("columns");
        let (names, opening, columns) = fields.whole((names, opening, columns))?;
        let [id, file_name, title, date] = names;
        let Ok(columns) = columns.try_into() else {
            let finding = Finding::new(&codes::WRONG_KIND, "columns 应有5项").at(fields.origin());
            return Err(fields
                .report()
                .error(finding.hint("依次是序号、对象、核实的内容、说明、答复人和日期")));
        };
        Ok(Self { id, file_name, title, opening, columns, date })
    }
}
