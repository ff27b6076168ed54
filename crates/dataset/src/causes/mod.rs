//! What is wrong in many places for one reason is one fault: a column of dates in a way that is not understood, one that is not
//! there at all, a branch under a name that nobody knows, months in which no branch of a committee met.

mod absent;
mod columns;
mod exchanged;
mod gaps;
mod lists;
mod missing;
mod numbers;
mod places;
mod units;

use std::collections::BTreeSet;

use super::{Dataset, Senders};
use finding::{Report, Subject, Target};

/// Of so many places with the same fault the first speaks for all; of fewer each is said by itself.
const N_ROWS: usize = 5;

/// What stands before the first of those that a finding speaks for.
const FIRST_PLACE: &str = "第一处：";

/// Folds what was found when files became records.
pub(super) fn fold_read(dataset: &Dataset, report: &mut Report) {
    columns::fold_columns(dataset, report);
    columns::fold_values(dataset, report);
}

/// Folds what rules and figures have found beside that.
pub(super) fn fold_judged(dataset: &Dataset, senders: &Senders, report: &mut Report) {
    gaps::fold_gaps(dataset, report);
    lists::fold_lacking_values(dataset, report);
    numbers::fold_numbers(dataset, report);
    exchanged::fold_exchanged_codes(dataset, report);
    missing::fold_missing(dataset, senders, report);
    absent::fold_absent(dataset, senders, report);
    columns::fold_mostly(dataset, report);
    columns::fold_values(dataset, report);
    places::fold_names(senders, report);
    units::fold_units(dataset, report);
}

/// Lets the first of some findings say what all of them say; gives the others, which are then to go.
fn merge(numbers: &[usize], say: impl Fn(&mut String), report: &mut Report) -> Vec<usize> {
    let Some((first, others)) = numbers.split_first() else { return Vec::new() };
    let about: Vec<Target> = others.iter().flat_map(|it| report.findings()[*it].about.clone()).collect();
    let subjects: Vec<Subject> = others.iter().map(|it| report.findings()[*it].subject.clone()).collect();
    let kept = &mut report.findings_mut()[*first];
    say(&mut kept.message);
    kept.about.extend(about);
    subjects.iter().for_each(|it| kept.subject.keep_common(it));
    others.to_vec()
}

fn forget(folded: &BTreeSet<usize>, report: &mut Report) {
    let mut number = 0;
    report.findings_mut().retain(|_| {
        number += 1;
        !folded.contains(&(number - 1))
    });
}
