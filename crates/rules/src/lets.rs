//! Names that a condition gives to expressions, and which of them give the same to many records.

use std::sync::Arc;

use super::condition::refuse_taken;
use dataset::SchemaScope;
use finding::{FieldId, Finding, Report, Reported, codes};
use schema::FieldKind;
use source::Entry;
use words::{Expression, Scope};

/// A name that a condition gives to an expression.
#[derive(Debug, Clone)]
pub(super) struct Let {
    pub(super) name: Arc<str>,
    pub(super) expression: Expression,
    /// The reference to the only record that the expression depends on: to all that refer to that it gives the same.
    pub(super) belongs_to: Option<FieldId>,
}

/// Adds the names of `let:` to the scope, each seeing those before it.
pub(super) fn bind_lets<'a>(
    entries: &[Entry],
    mut scope: SchemaScope<'a>,
    report: &mut Report,
) -> Result<(SchemaScope<'a>, Vec<Let>), Reported> {
    let mut lets: Vec<Let> = Vec::new();
    for entry in entries {
        let source::NodeKind::Scalar(text) = &entry.value.kind else {
            let message = format!("“{}”应为表达式", entry.key);
            return Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(entry.value.origin)));
        };
        refuse_taken(entry, &scope, report)?;
        let (expression, given) = Expression::compile(text, entry.value.origin, &scope, report)?;
        let belongs_to = owner(&expression, &scope, &lets);
        scope = scope.with(entry.key.clone(), given);
        lets.push(Let { name: entry.key.clone(), expression, belongs_to });
    }
    Ok((scope, lets))
}

/// The reference of the record that leads to all that an expression reads, if one does.
fn owner(expression: &Expression, scope: &SchemaScope<'_>, lets: &[Let]) -> Option<FieldId> {
    let table = scope.table()?;
    let of_path = |path: &str| {
        let (first, read) = path.split_once('.').map_or((path, false), |it| (it.0, true));
        let earlier = lets.iter().find(|it| *it.name == *first).map(|it| it.belongs_to);
        let field = || {
            table.field(first).filter(|it| read && matches!(table.fields[*it].kind, FieldKind::Reference(_)))
        };
        earlier.unwrap_or_else(field)
    };
    let paths = expression.paths();
    let of_record = |it: &&String| is_variable(it, scope);
    let mut owners = paths.iter().filter(of_record).map(|it| of_path(it));
    let first = owners.next()??;
    owners.all(|it| it == Some(first)).then_some(first)
}

/// Whether a path begins with a variable of the record: not with the name of a function, nor with what is the same for all.
fn is_variable(path: &str, scope: &SchemaScope<'_>) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    first != "project" && scope.variable(first).is_some()
}

#[cfg(test)]
mod tests {
    use crate::tests::{EVENTS, UNITS, tree};
    use dataset::Dataset;
    use facts::{Catalogue, Figures, Frame, Sieve};
    use finding::Report;
    use jiff::civil::date;
    use project::Project;
    use std::sync::Arc;

    const RULE: &str = "rules:\n  - code: a-rule\n    title: 甲\n    of: events\n    basis: 例\n    severity: query\n    \
                        cases: {fires: {活动: []}, passes: {活动: []}}\n";

    fn schemas() -> Arc<schema::Schemas> {
        Arc::new(schema::load(&[tree(UNITS), tree(EVENTS)], &mut Report::default()).unwrap())
    }

    fn rules(keys: &str) -> (Vec<crate::Condition>, Arc<Catalogue>) {
        let mut report = Report::default();
        let catalogue = Arc::new(Catalogue::load(&[], &schemas(), &mut report));
        let loaded = crate::load(&[tree(&format!("{RULE}{keys}"))], &schemas(), &catalogue, &mut report);
        assert_eq!(report.findings().len(), 0, "{keys}: {:?}", report.findings());
        (loaded, catalogue)
    }

    #[test]
    fn a_name_belongs_to_a_reference_if_it_reads_nothing_but_what_that_leads_to() {
        for (lets, wanted) in [
            ("{n: \"unit.events | length\"}", [true].as_slice()),
            ("{n: \"unit.events | selectattr('held', 'before', project.as_of) | length\"}", &[true]),
            ("{n: \"unit.events | selectattr('kind', 'eq', kind) | length\"}", &[false]),
            ("{n: \"unit.size + (1 if hours is defined else 0)\"}", &[false]),
            ("{n: hours}", &[false]),
            ("{a: unit.events, n: \"a | length\"}", &[true, true]),
            ("{a: kind, n: \"unit.events | selectattr('kind', 'eq', a) | length\"}", &[false, false]),
        ] {
            let (rules, _) = rules(&format!("    let: {lets}\n    require: n is defined\n    message: 无\n"));
            let found: Vec<bool> = rules[0].lets.iter().map(|it| it.belongs_to.is_some()).collect();
            assert_eq!(found, wanted, "{lets}");
        }
    }

    /// What a rule says of events over two units.
    fn said(keys: &str, events: &str) -> Vec<String> {
        let ((rules, catalogue), mut report) = (rules(keys), Report::default());
        let text = format!(
            "单位:\n  - {{编号: \"1\", 名称: 甲院}}\n  - {{编号: \"2\", 名称: 乙院}}\n活动:\n{events}"
        );
        let records = schema::bind_tree(&tree(&text), &schemas(), &mut report);
        let dataset = Arc::new(Dataset::new(schemas(), records, &mut report));
        let project = Project::example(date(2024, 12, 31));
        let sieve = Sieve::new(dataset, Frame::of_project(&project));
        crate::check(&rules, &Arc::new(Figures::new(catalogue, sieve)), &project, &mut report);
        report.findings().iter().map(|it| it.message.clone()).collect()
    }

    #[test]
    fn what_records_have_in_common_is_the_same_for_each_of_them_and_another_for_others() {
        let keys = "    let: {n: \"unit.events | map(attribute='hours') | length\"}\n    require: n < 1\n    message: 共{{ n }}次\n";
        let event = |number: u8, unit: u8, hours: &str| {
            format!("  - {{序号: \"{number}\", 单位: \"{unit}\"{hours}}}\n")
        };
        let all = [(1, 1, ", 学时: 2"), (2, 1, ", 学时: 2"), (3, 2, ", 学时: 5")];
        let all: String = all.iter().map(|it| event(it.0, it.1, it.2)).collect();
        assert_eq!(said(keys, &all), ["共2次", "共2次", "共1次"]);
        // A value that one of them lacks leaves all of its unit open, each with the reason.
        let open: String = [event(1, 1, ", 学时: 5"), event(2, 1, ""), event(3, 2, ", 学时: 5")].concat();
        let said = said(keys, &open);
        assert_eq!(said[0], "共1次");
        assert!(
            said[1].contains("有2条记录无法判定") && said[1].matches("“学时”未填").count() == 2,
            "{said:?}"
        );
    }
}
