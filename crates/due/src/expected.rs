//! Who has to return what: as the schemas say, and as the project file says otherwise.

use std::sync::Arc;

use jiff::civil::Date;

use super::units::{Unit, Units};
use dataset::{Dataset, TableId};
use finding::{Finding, Origin, Report, Reported, codes};
use project::{Project, ReturnLine};
use schema::{Absent, Due, Returner, Table};
use source::{LocatedText, all, nearest};
use value::{Value, fold_label};

/// What messages call the department whose project it is.
const OFFICE: &str = "本部门";

/// A table that a unit has to return.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) table: TableId,
    pub(super) unit: Unit,
    /// What is said if it does not come.
    pub(super) absent: Absent,
    /// The last day on which it may come.
    pub(super) due: Option<Date>,
    /// Why it need not come, or has nothing to report, with the place where that is said.
    pub(super) excuse: Option<Excuse>,
    /// Whether it is asked of a committee only as long as nobody knows which branches it has.
    pub(super) is_in_place: bool,
}

/// What the project file says in place of a return.
#[derive(Debug, Clone)]
pub(super) enum Excuse {
    /// There is nothing to report.
    Nothing(Arc<str>, Origin),
    /// Nothing has to be returned.
    Exempt(Arc<str>),
}

/// A line of the project file whose names are known.
struct Known<'a> {
    line: &'a ReturnLine,
    tables: Vec<TableId>,
    units: Vec<Unit>,
    absent: Option<Absent>,
    by: Vec<Returner>,
}

/// All that is expected, in the order of the tables and of the register.
pub(super) fn expected(
    dataset: &Dataset,
    units: &Units,
    project: &Project,
    report: &mut Report,
) -> Vec<Wanted> {
    let lines: Vec<Known<'_>> =
        project.returns.iter().filter_map(|it| known(it, (dataset, units), project, report)).collect();
    let mut wanted = Vec::new();
    for (table, declared) in dataset.schemas.tables.with_ids().filter(|(_, it)| it.parent.is_none()) {
        let about = |it: &&Known<'_>| it.tables.is_empty() || it.tables.contains(&table);
        let Some(due) = due_of(declared, lines.iter().filter(about)) else { continue };
        let of_branches = units.bare(dataset).filter(|_| due.by.contains(&Returner::Branch));
        let by = due.by.iter().flat_map(|it| units.who(dataset, *it)).map(|it| (it, false));
        for (unit, is_in_place) in by.chain(of_branches.map(|it| (Some(it), true))) {
            let mut own = Wanted { table, unit, absent: due.absent, due: None, excuse: None, is_in_place };
            let meant = |it: &&Known<'_>| {
                it.units.is_empty()
                    || it.units.contains(&unit)
                    || it.units.iter().any(|it| it.is_some() && units.committee(unit) == *it)
            };
            lines.iter().filter(about).filter(meant).for_each(|it| own.heed(it));
            own.spare_the_new(dataset, project);
            wanted.push(own);
        }
    }
    wanted
}

/// Who returns a table: as the last line says that names anybody, else as the schema does.
fn due_of<'a>(table: &Table, lines: impl Iterator<Item = &'a Known<'a>>) -> Option<Due> {
    let named = lines.filter(|it| !it.by.is_empty()).last();
    match named {
        Some(named) => {
            let absent = table.returned.due.as_ref().map_or(Absent::Error, |it| it.absent);
            Some(Due { by: named.by.clone(), absent })
        }
        None => table.returned.due.clone(),
    }
}

impl Wanted {
    fn heed(&mut self, known: &Known<'_>) {
        let ReturnLine { none, exempt, due, origin, .. } = known.line;
        self.absent = known.absent.unwrap_or(self.absent);
        self.due = due.or(self.due);
        if let Some(why) = none {
            self.excuse = Some(Excuse::Nothing(why.clone(), *origin));
        }
        if let Some(why) = exempt {
            self.excuse = Some(Excuse::Exempt(why.clone()));
        }
    }

    /// Of a unit that has just been founded nobody knows whether it had anything to return yet: its silence is asked about.
    fn spare_the_new(&mut self, dataset: &Dataset, project: &Project) {
        let Some(unit) = self.unit.filter(|_| self.absent == Absent::Error) else { return };
        let register = dataset.schema(unit.table);
        let Some(field) = register.founded else { return };
        let Value::Date(founded) = dataset.cell(unit.field(field)).value else { return };
        let n_months = i32::try_from(register.grace_months).unwrap_or(i32::MAX);
        let grown = jiff::Span::new().try_months(n_months).and_then(|it| founded.latest().checked_add(it));
        // A table that tells of earlier years may have nothing to tell of a unit that did not exist then.
        let is_of_years_before = dataset.schema(self.table).returned.earlier_years;
        let is_younger = is_of_years_before && founded.latest() >= project.period.first();
        if is_younger || grown.is_ok_and(|it| it > project.as_of) {
            self.absent = Absent::Query;
        }
    }
}

fn known<'a>(
    line: &'a ReturnLine,
    (dataset, units): (&Dataset, &Units),
    project: &Project,
    report: &mut Report,
) -> Option<Known<'a>> {
    // What the line says holds for the names that are known; of none at all, for nobody, where no name would mean everybody.
    let tables: Vec<TableId> = line.tables.iter().filter_map(|it| table(it, dataset, report).ok()).collect();
    let own: Vec<Unit> = line.of.iter().filter_map(|it| unit(it, units, project, report).ok()).collect();
    let absent = line.absent.as_ref().map(|it| Absent::read(it, report)).transpose();
    let by = all(line.by.iter().map(|it| Returner::read(it, report)));
    let is_void = tables.is_empty() != line.tables.is_empty() || own.is_empty() != line.of.is_empty();
    (!is_void).then_some(Known { line, tables, units: own, absent: absent.ok()?, by: by.ok()? })
}

/// The table that a line of the project file names.
fn table(written: &LocatedText, dataset: &Dataset, report: &mut Report) -> Result<TableId, Reported> {
    let tables = &dataset.schemas.tables;
    let folded = fold_label(&written.text);
    let found = tables.position(|it| it.parent.is_none() && it.names().any(|it| fold_label(it) == folded));
    found.ok_or_else(|| {
        let titles = tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title);
        let message = format!("没有名为“{}”的表", written.text);
        report.error(unknown(written, message, nearest(&written.text, titles)))
    })
}

/// The committee or branch that a line of the project file names, or the office itself, by its own name or as messages call it.
fn unit(
    written: &LocatedText,
    units: &Units,
    project: &Project,
    report: &mut Report,
) -> Result<Unit, Reported> {
    let is_office =
        [OFFICE, &project.department].iter().any(|it| fold_label(it) == fold_label(&written.text));
    match units.named(&written.text) {
        [only] => Ok(Some(*only)),
        [] if is_office => Ok(None),
        [] => {
            let message = format!("没有名为“{}”的分党委或党支部", written.text);
            let near = nearest(&value::fold(&written.text), units.names());
            Err(report.error(unknown(written, message, near)))
        }
        several => {
            let message = format!("“{}”对应{}个单位，不能确定是哪一个", written.text, several.len());
            Err(report.error(unknown(written, message, None)))
        }
    }
}

fn unknown(written: &LocatedText, message: String, near: Option<&str>) -> Finding {
    let finding =
        Finding::new(&codes::RETURNS_NAME_UNKNOWN, message).at(written.origin).value(&*written.text);
    match near {
        Some(near) => finding.hint(format!("是否应为“{near}”？")),
        None => finding.hint("请按登记的全称、简称或编码填写"),
    }
}
