//! A column that counts the rows: where it leaps, rows were lost after they had been counted.

use crate::heading::Heading;
use crate::layout::Layout;
use finding::{Finding, Target, codes};
use value::parse_integer;

/// So many numbers make a column that counts.
const N_NUMBERS_MIN: usize = 4;
/// A sheet with so many times fewer rows than numbers is a choice of them, and has lost nothing.
const N_TIMES_FEWER: i64 = 4;

/// A leap: the row behind it, the number before it and behind it.
type Leap = (u32, i64, i64);

/// What is asked of a column that counts the rows and leaps. `is_first` where no sheet before has held the table.
pub(super) fn leaps(
    layout: &Layout<'_>,
    heading: &Heading,
    parts: &[(u32, u32)],
    is_first: bool,
) -> Option<Finding> {
    heading.columns.nothing.iter().find_map(|col| {
        let numbers = numbers(layout, parts, *col);
        let leaps = of_numbers(&numbers, is_first)?;
        let lost = |it: &Leap| it.2.saturating_sub(it.1).saturating_sub(1);
        let n_lost = leaps.iter().map(lost).fold(0_i64, i64::saturating_add);
        let (row, before, behind) = *leaps.first()?;
        if n_lost > N_TIMES_FEWER.saturating_mul(i64::try_from(numbers.len()).ok()?) {
            return None;
        }
        let label = layout.shown(heading.bottom, *col).display();
        let first =
            if before == 0 { format!("从{behind}开始") } else { format!("从{before}跳到{behind}") };
        let message = match &leaps[..] {
            [_] => format!("“{label}”{first}，少了{n_lost}个"),
            _ => format!("“{label}”有{}处不连续，共少了{n_lost}个，第一处{first}", leaps.len()),
        };
        let origin = layout.origin(row, *col);
        let finding = Finding::new(&codes::NUMBERS_LEAP, message).at(origin);
        let finding = finding.hint("请核对是否在合并、筛选、删行时丢了记录；没有丢的，请重新编号");
        Some(finding.about(Target::part_with(origin, [heading.table])))
    })
}

/// The whole numbers in a column, each with its row.
fn numbers(layout: &Layout<'_>, parts: &[(u32, u32)], col: u16) -> Vec<(u32, i64)> {
    let stretches = parts.iter().filter(|it| it.0 <= it.1);
    let rows = stretches.flat_map(|it| layout.grid.rows_within(it.0..=it.1));
    rows.filter_map(|it| Some((it.number, parse_integer(it.get(col), None).ok()?.value))).collect()
}

/// The leaps of numbers that count up, and may begin anew with 1; `None` of others.
fn of_numbers(numbers: &[(u32, i64)], is_first: bool) -> Option<Vec<Leap>> {
    if numbers.len() < N_NUMBERS_MIN {
        return None;
    }
    let mut leaps = Vec::new();
    let mut before = if is_first { 0 } else { numbers.first()?.1.saturating_sub(1) };
    for (row, number) in numbers {
        match *number {
            1 => {}
            it if it <= before => return None,
            it if it > before.saturating_add(1) => leaps.push((*row, before, it)),
            _ => {}
        }
        before = *number;
    }
    // Pages go up as well, but seldom by one.
    (2 * leaps.len() <= numbers.len()).then_some(leaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers, and the leaps among them.
    type Case<'a> = (&'a [i64], Option<&'a [(i64, i64)]>);

    #[test]
    fn numbers_that_count_up_are_told_where_they_leap() {
        let cases: &[Case<'_>] = &[
            (&[1, 2, 3, 4], Some(&[])),
            (&[1, 2, 3, 1, 2], Some(&[])),
            (&[1, 2, 17, 18], Some(&[(2, 17)])),
            (&[3, 4, 5, 6], Some(&[(0, 3)])),
            (&[1, 2, 4, 5, 9], Some(&[(2, 4), (5, 9)])),
            (&[12, 12, 11, 12], None),
            (&[1, 2, 3, 2], None),
            (&[1, 5, 9], None),
            (&[1, 4, 8, 12, 13], None),
        ];
        for (numbers, expected) in cases {
            let numbered: Vec<(u32, i64)> = (0..).zip(numbers.iter().copied()).collect();
            let leaps = of_numbers(&numbered, true);
            let found = leaps.map(|it| it.iter().map(|it| (it.1, it.2)).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), *expected, "{numbers:?}");
        }
    }
}
