//! Figures that bear one name about one thing, wherever they are printed, must be one and the same number.
//!
//! A name is what the titles of a fact, or of the row and column of a cell, come to when what every table says is taken away:
//! 合计, 其中：, 总数, the unit. Its scope is who is counted (records of which table, of which committee or branch) and as of when.

mod name;
mod printed;
mod seen;

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::Background;
use super::planning::Planning;
use finding::{Finding, Origin, Report, codes};
use printed::Printed;
use seen::{Scope, Seen, collect};

/// Asks about figures of one name and scope with different values: once for each two definitions, however many committees
/// and branches they disagree on.
pub(super) fn check(behind: &Background, planning: Planning<'_>, report: &mut Report) {
    let printed = Printed::of(behind);
    let seen = collect(&printed, &behind.workbooks, planning);
    let mut by_name: BTreeMap<(&str, &Scope), Vec<&Seen>> = BTreeMap::new();
    for it in &seen {
        by_name.entry((&it.name, &it.scope)).or_default().push(it);
    }
    let mut apart: BTreeMap<(Origin, Origin), Vec<(&Seen, &Seen)>> = BTreeMap::new();
    for alike in by_name.values() {
        // Of two numbers that are told apart once, no other pair need be told apart again.
        let mut said = BTreeSet::new();
        for (number, one) in alike.iter().enumerate() {
            for other in alike[number + 1..].iter().filter(|it| one.contradicts(it)) {
                if said.insert((one.value.min(other.value), one.value.max(other.value))) {
                    apart.entry((one.origin, other.origin)).or_default().push((one, other));
                }
            }
        }
    }
    let asked: Vec<Finding> = apart.values().map(|it| question(it, &printed, planning)).collect();
    asked.into_iter().for_each(|it| report.push(it));
}

/// The question about two definitions, by the first scope in which they differ: the whole comes before its parts.
fn question(apart: &[(&Seen, &Seen)], printed: &Printed<'_>, planning: Planning<'_>) -> Finding {
    let (one, other) = apart[0];
    let whose = |it: &Seen| it.scope.seat.map(|seat| format!("（{}）", planning.dataset.label(seat)));
    let more =
        if apart.len() > 1 { format!("（不一致的共{}处）", apart.len()) } else { String::new() };
    let message = format!(
        "“{}”{}有两个数：{}；{}{more}",
        one.title,
        whose(one).unwrap_or_default(),
        told(one, printed),
        told(other, printed)
    );
    let finding = Finding::new(&codes::FIGURES_DISAGREE, message).at(one.origin);
    finding.related(other.origin, "另一个口径").hint(
        "名称和范围相同的数应当相等：请核对两个口径涉及的记录；口径本来不同的，请工程师改用不同的名称，写明各自统计什么",
    )
}

/// A figure with its definition and where it is printed.
fn told(it: &Seen, printed: &Printed<'_>) -> String {
    let places = it.fact.as_ref().map(|id| printed.places(id, it.scope.seat));
    let places = places.unwrap_or_else(|| it.place.clone());
    format!("{}（{places}；口径：{}）", it.value.trimmed(), it.definition)
}
