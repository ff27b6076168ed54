//! What keeps a figure from being certain becomes a finding: once for a field, however many figures need it.

use std::collections::BTreeMap;

use super::passed_over;
use crate::statistics::filled::Computed;
use dataset::{Dataset, FieldRef};
use facts::{Figures, Made};
use finding::{ByRecord, Finding, Origin, Report, Severity, Target, codes};
use value::Value;

/// Reports what is undecided in statistics, and what of their declarations cannot be carried out.
pub(super) fn report_all(computed: &[&Computed], dataset: &Dataset, report: &mut Report) {
    let (mut open, mut faults) = (BTreeMap::new(), BTreeMap::new());
    for it in computed {
        let title = &it.statistics.title;
        for (at, sheet) in &it.open {
            open.entry(*at).or_insert_with(|| format!("《{title}》{sheet}"));
        }
        for (at, why) in &it.faults {
            faults.entry(*at).or_insert_with(|| format!("《{title}》有内容不能计算：{why}"));
        }
    }
    report_open(&open, dataset, report);
    report_faults(faults, report);
}

/// Reports what is undecided in the facts that documents show.
pub(crate) fn report_facts(figures: &Figures, dataset: &Dataset, report: &mut Report) {
    let (mut open, mut faults) = (BTreeMap::new(), BTreeMap::new());
    for (fact, known) in figures.shown() {
        // What a computed one lacks, those lack that it is computed from.
        for at in known.open.iter().filter(|_| matches!(fact.made, Made::Counted(_))) {
            open.entry(*at).or_insert_with(|| format!("“{}”", fact.title));
        }
        if let Some(why) = &known.fault {
            faults.insert(fact.origin, format!("数据项“{}”不能计算：{why}", fact.title));
        }
    }
    report_open(&open, dataset, report);
    report_faults(faults, report);
    passed_over::report(figures, dataset, report);
}

fn report_faults(faults: BTreeMap<Origin, String>, report: &mut Report) {
    for (origin, why) in faults {
        let finding = Finding::new(&codes::FIGURE_FAILED, why).at(origin).about(Target::Figure(origin));
        report.push(finding.hint("请工程师检查统计声明"));
    }
}

fn report_open(open: &BTreeMap<FieldRef, String>, dataset: &Dataset, report: &mut Report) {
    // Of a field that is in error already, everything has been said.
    let errors = ByRecord::new(report.findings().iter().filter(|it| it.severity == Severity::Error));
    let is_said = |at: FieldRef| {
        !errors.of_field(at).is_empty()
            || leads_on_to_error(&errors, dataset, at)
            || waits_for_error(&errors, dataset, at)
    };
    let unsaid = open.iter().filter(|(at, _)| !is_said(**at));
    let doubts: Vec<Finding> = unsaid.map(|(at, what)| doubt(*at, what, dataset)).collect();
    doubts.into_iter().for_each(|it| report.push(it));
}

/// Whether what an empty cell means depends on a field of its record that is in error.
fn waits_for_error(errors: &ByRecord<'_>, dataset: &Dataset, at: FieldRef) -> bool {
    let Some(default) = &dataset.field(at.column()).default_where else { return false };
    let table = dataset.schema(at.record().table);
    let mut asked = default.holds.conditions().filter_map(|it| table.field(it.0));
    asked.any(|it| !errors.of_field(at.record().field(it)).is_empty())
}

/// Whether a reference leads to a record that does not itself say where it leads on to: a branch of a committee that nobody knows.
fn leads_on_to_error(errors: &ByRecord<'_>, dataset: &Dataset, at: FieldRef) -> bool {
    let Some(to) = dataset.follow(at) else { return false };
    let fields = dataset.schema(to.table).fields.with_ids();
    let mut references = fields.filter(|it| matches!(it.1.kind, schema::FieldKind::Reference(_)));
    references.any(|(id, _)| !errors.of_field(to.field(id)).is_empty())
}

fn doubt(at: FieldRef, what: &str, dataset: &Dataset) -> Finding {
    let field = dataset.field(at.column());
    let cell = dataset.cell(at);
    let (state, hint) = match &cell.value {
        Value::Missing => ("未填写", "请补填"),
        Value::Date(_) => ("不够精确", "请补全年月日"),
        _ => ("不足以判断", "请核对并补全这条记录"),
    };
    let wanted = field.wanted().filter(|_| cell.value == Value::Missing);
    let wanted = wanted.map(|it| format!("；{it}")).unwrap_or_default();
    let message = format!("“{}”{state}，不能确定这条记录如何计入{what}", field.title);
    let finding = Finding::new(&codes::FIGURE_UNDECIDED, message)
        .at(cell.origin)
        .about(Target::field(at))
        .field(field.title.clone())
        .subject(dataset.subject(at.record()))
        .hint(format!("{hint}{wanted}；不宜填写的，请工程师在统计声明中写明空白如何计"));
    if field.sensitive || !cell.value.is_present() { finding } else { finding.value(cell.value.display()) }
}
