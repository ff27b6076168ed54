//! A row of the sheet 校核, explained: both sides, what each is made of, the records that make them differ.

use super::{asked_parts, part, sign_of};
use crate::book::Sign;
use crate::captions::CheckCaptions;
use crate::explain::record::{Part, answers};
use crate::explain::target::{At, Spot};
use crate::explain::{Asking, Clause, Counted, Explained, FigurePart, Role, checks, fact, shown};
use crate::statistics::{
    Borrowed, CellAt, CellId, Check, JudgedLine, Meant, Outcome, PlannedWorkbook, Side, Weighed, apart,
};

/// Explains a check, or one of the lines that it was put to.
pub(in crate::explain) fn explain(spot: Spot<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let Spot { workbook, cell: CellId { row, .. }, .. } = spot;
    let (idx, line) = workbook.proof.in_row(row).ok_or("此处没有校核项")?;
    let judged = &workbook.proof.checks[idx];
    let check = &workbook.computed.statistics.checks[judged.check];
    let line = line.or_else(|| judged.lines.first().filter(|it| it.title.is_none()));
    let statistics = &workbook.computed.statistics.title;
    let captions = &workbook.book.captions.checks;
    let mut explained = Explained {
        title: format!("《{statistics}》{} 第{}项 {}", spot.table.name, idx + 1, check.title),
        place: spot.place(),
        conditions: clauses(check),
        ..Explained::default()
    };
    match line {
        Some(line) => {
            explained.title += &line.title.as_ref().map(|it| format!("（{it}）")).unwrap_or_default();
            of_line(line, check, workbook, asking, &mut explained)?;
        }
        None => {
            explained.value = Some(judged.result(check, captions).to_owned());
            explained.definition = match (&judged.omitted, judged.lines.first()) {
                (Some(why), _) => why.clone(),
                (None, first) => format!(
                    "{}，共{}项：{}",
                    if check.each.is_some_and(|it| it.is_rows) { "逐行校核" } else { "逐列校核" },
                    judged.lines.len(),
                    first.map(|it| sides(check, it, |it| it.text.clone(), captions)).unwrap_or_default()
                ),
            };
            explained.checks = judged.lines.iter().map(|it| checks::line_of(check, it, captions)).collect();
            let lines = judged.lines.iter();
            let sides = lines.flat_map(|it| asked_sides(it, check, workbook, asking)).collect::<Vec<_>>();
            explained.answers = answers(&sides, asking)?;
        }
    }
    Ok(explained)
}

fn of_line(
    line: &JudgedLine,
    check: &Check,
    workbook: &PlannedWorkbook,
    asking: Asking<'_>,
    explained: &mut Explained,
) -> Result<(), String> {
    let captions = &workbook.book.captions.checks;
    let result = check.result(&line.outcome, captions);
    explained.value = Some(match (&line.outcome, line.left.value, line.right.value) {
        (Outcome::Undecided { why, .. }, ..) => format!("{result}：{why}"),
        (_, Some(a), Some(b)) if a != b => match a.minus(b) {
            Some(apart) => format!("{result}，相差{}", shown(apart.size())),
            None => result.to_owned(),
        },
        _ => result.to_owned(),
    });
    explained.definition = sides(check, line, Weighed::shown, captions);
    for (word, side, weighed) in [("左边", &check.left, &line.left), ("右边", &check.right, &line.right)]
    {
        let parts = parts(side, weighed, workbook, asking).into_iter();
        explained.parts.extend(parts.map(|it| FigurePart { title: format!("{word}：{}", it.title), ..it }));
    }
    explained.given = line.given_at();
    if line.outcome == Outcome::Fails {
        let apart = apart(check, line, &workbook.computed).into_iter();
        let counted = |(record, only)| Counted::new(Role::Apart(only), record);
        explained.records = apart.map(counted).collect();
    }
    explained.answers = answers(&asked_sides(line, check, workbook, asking), asking)?;
    Ok(())
}

/// What on both sides of a line is asked whether it counts a record.
fn asked_sides<'a>(
    line: &'a JudgedLine,
    check: &'a Check,
    workbook: &'a PlannedWorkbook,
    asking: Asking<'a>,
) -> Vec<Part<'a>> {
    let mut found = Vec::new();
    let of = line.title.as_ref().map(|it| format!("（{it}）")).unwrap_or_default();
    for (word, side, weighed) in [("左边", &check.left, &line.left), ("右边", &check.right, &line.right)]
    {
        let word = &format!("{word}{of}");
        for (_, it) in &weighed.cells {
            found.extend(
                At::of(workbook, it.sheet, it.cell).into_iter().flat_map(|it| asked_parts(it, word, asking)),
            );
        }
        for meant in &side.meant {
            if let Meant::Fact(id) = meant
                && let Some((fact, known)) = asking.figures.get(id)
            {
                found.extend(fact::parts_of(&fact::counting(fact, &known, asking), word));
            }
        }
    }
    found
}

/// The figures that a side is made of: those of the tables, facts, and what the project was given.
fn parts(side: &Side, weighed: &Weighed, workbook: &PlannedWorkbook, asking: Asking<'_>) -> Vec<FigurePart> {
    let cell = |(sign, it): &(Sign, CellAt)| {
        let at = At::of(workbook, it.sheet, it.cell)?;
        Some(part(at, sign_of(*sign), asking))
    };
    let fact = |it: &Meant| {
        let Meant::Fact(id) = it else { return None };
        let (fact, known) = asking.figures.get(id)?;
        let (title, place) = (fact.title.to_string(), format!("facts.{id}"));
        Some(FigurePart { sign: '·', title, place, value: known.value.map(shown) })
    };
    // A given figure that stands in a table is among the cells already.
    let is_named = |it: &&Borrowed| {
        side.meant.iter().any(|meant| match meant {
            Meant::Outside(name) => *name == it.name,
            Meant::OutsideLine(before, _) => it.name.starts_with(&**before),
            Meant::Cells { .. } | Meant::OfLine(_) | Meant::Fact(_) => false,
        })
    };
    let given = |it: &Borrowed| {
        let (title, place) = ("外部提供".to_owned(), it.name.to_string());
        FigurePart { sign: '·', title, place, value: Some(shown(it.value)) }
    };
    let cells = weighed.cells.iter().filter_map(cell).chain(side.meant.iter().filter_map(fact));
    cells.chain(weighed.outside.iter().filter(is_named).map(given)).collect()
}

/// The sides as they are written, and the regulation behind the check.
fn clauses(check: &Check) -> Vec<Clause> {
    let clause = |of: &str, text: &str| Clause {
        of: of.to_owned(),
        expression: text.to_owned(),
        origin: check.origin,
    };
    let sides = [clause("左边", check.left.sum.source()), clause("右边", check.right.sum.source())];
    sides.into_iter().chain(check.basis.as_deref().map(|it| clause("依据", it))).collect()
}

fn sides(
    check: &Check,
    line: &JudgedLine,
    words: impl Fn(&Weighed) -> String,
    captions: &CheckCaptions,
) -> String {
    format!("{} {} {}", words(&line.left), check.relation.sign(captions), words(&line.right))
}
