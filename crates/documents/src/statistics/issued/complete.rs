//! Every place of a workbook has to be decided about: what nobody has decided is told, sheet by sheet.

use annex::Story;

use super::anatomy::Anatomy;
use super::binding::Within;
use super::bound::{Bind, BoundSheet};
use super::drafting::letters;
use super::is_of_body;
use finding::{Finding, Origin, Report, Reported, codes};

/// So many places are listed one by one.
const N_LISTED: usize = 8;

/// Tells what nobody has decided about, what is bound to a cell in which something stands, and sheets that are bound twice.
pub(super) fn check(
    bound: &[BoundSheet],
    left: &[String],
    within: Within<'_>,
    origin: Origin,
    report: &mut Report,
) -> Result<(), Reported> {
    let mut outcome = Ok(());
    for (number, name) in within.blank.sheets() {
        let own: Vec<&BoundSheet> = bound.iter().filter(|it| it.anatomy.sheet == number).collect();
        let finding = match own[..] {
            [] if left.iter().any(|it| it == name) => None,
            [] => {
                let anatomy = Anatomy::read(within.blank, (number, name), within.words);
                let open = open_outside(&anatomy, within, |_| false);
                let is_open = !open.is_empty() || !anatomy.blanks().is_empty() || !anatomy.blocks.is_empty();
                is_open.then(|| undecided(name, &[format!("工作表“{name}”")], origin))
            }
            [one] if left.iter().all(|it| it != name) => {
                let open = open(one, within);
                let finding = (!open.is_empty()).then(|| undecided(name, &open, one.origin));
                finding.or_else(|| taken(one, within))
            }
            _ => {
                let finding = Finding::new(&codes::PLACE_UNFIT, format!("工作表“{name}”写了两次")).at(origin);
                Some(finding.hint("请只保留一项"))
            }
        };
        if let Some(finding) = finding {
            outcome = Err(report.error(finding));
        }
    }
    outcome
}

/// What nobody has decided about on a sheet.
fn open(sheet: &BoundSheet, within: Within<'_>) -> Vec<String> {
    let anatomy = &sheet.anatomy;
    let is_left = |it: Option<&Bind>| matches!(it, Some(Bind::Left(_)));
    let is_bound = |it: Option<&Bind>| matches!(it, Some(Bind::Lines(_)));
    let is_decided = |(row, column): (usize, usize)| {
        let (own_row, own_column) = (sheet.rows.get(&row), sheet.columns.get(&column));
        sheet.cells.contains_key(&(row, column))
            || is_left(own_row)
            || is_left(own_column)
            || (is_bound(own_row) && is_bound(own_column))
    };
    let open: Vec<(usize, usize)> = anatomy.blanks().into_iter().filter(|it| !is_decided(*it)).collect();
    let mut told = gathered(sheet, &open);
    for (number, block) in anatomy.blocks.iter().enumerate() {
        let rows = format!("{}-{}", block.rows.0 + 1, block.rows.1 + 1);
        if sheet.blocks.iter().all(|it| it.block != number) {
            told.push(format!("第{rows}行"));
            continue;
        }
        let is_name = |column: usize| sheet.blocks.iter().any(|it| it.block == number && it.names == column);
        let columns = anatomy.columns.iter().map(|it| it.at).filter(|it| {
            let cell = anatomy.cell(block.rows.0, *it);
            cell.is_some_and(annex::SheetCell::is_blank) && !block.numbers.contains(it)
        });
        let columns = columns.filter(|it| !is_name(*it) && !sheet.columns.contains_key(it));
        told.extend(columns.map(|it| format!("{}列（第{rows}行）", letters(it))));
    }
    told.extend(open_outside(anatomy, within, |at| sheet.texts.contains_key(&at) || {
        matches!(at.spot, annex::Spot::Cell { row, cell, .. } if sheet.cells.contains_key(&(row - 1, cell - 1)))
    }));
    told
}

/// Cells as whole rows and columns where they are.
fn gathered(sheet: &BoundSheet, open: &[(usize, usize)]) -> Vec<String> {
    let anatomy = &sheet.anatomy;
    let mut rest = open.to_vec();
    let mut told = Vec::new();
    for row in anatomy.rows.iter().filter(|it| !sheet.rows.contains_key(&it.at)) {
        if rest.iter().any(|it| it.0 == row.at) {
            told.push(format!("第{}行（{}）", row.at + 1, row.labels.join("/")));
            rest.retain(|it| it.0 != row.at);
        }
    }
    for column in anatomy.columns.iter().filter(|it| !sheet.columns.contains_key(&it.at)) {
        if rest.iter().any(|it| it.1 == column.at) {
            told.push(format!("{}列（{}）", letters(column.at), column.labels.join("/")));
            rest.retain(|it| it.1 != column.at);
        }
    }
    told.extend(rest.iter().map(|it| format!("{}{}", letters(it.1), it.0 + 1)));
    told
}

/// Places outside of rows and columns that nobody has decided about.
fn open_outside(
    anatomy: &Anatomy,
    within: Within<'_>,
    is_decided: impl Fn(annex::Address) -> bool,
) -> Vec<String> {
    let own = within.blank.places().iter().filter(|it| it.at.story == Story::Sheet(anatomy.sheet));
    let open = own.filter(|it| !is_of_body(anatomy, it) && !is_decided(it.at));
    open.map(|it| format!("{}（{}）", it.at, crate::forms::prescribed::shown(it))).collect()
}

/// Cells that are bound although something stands in them.
fn taken(sheet: &BoundSheet, within: Within<'_>) -> Option<Finding> {
    let anatomy = &sheet.anatomy;
    let of = |binds: &std::collections::BTreeMap<usize, Bind>| {
        binds.iter().filter(|it| matches!(it.1, Bind::Lines(_))).map(|it| *it.0).collect::<Vec<_>>()
    };
    let (rows, columns) = (of(&sheet.rows), of(&sheet.columns));
    let crossed = rows.iter().flat_map(|row| columns.iter().map(|it| (*row, *it)));
    let crossed = crossed.filter(|it| !sheet.cells.contains_key(it));
    let taken: Vec<String> = crossed
        .filter_map(|(row, column)| {
            let cell = anatomy.cell(row, column)?;
            let is_free = cell.is_formula || cell.is_blank() || within.words.is_closed(&cell.text);
            (!is_free).then(|| format!("{}{}（{}）", letters(column), row + 1, cell.text.trim()))
        })
        .collect();
    (!taken.is_empty()).then(|| {
        let message =
            format!("工作表“{}”有{}格已有内容，不是空白：{}", anatomy.name, taken.len(), listed(&taken));
        let hint = "请在表样中清空这些格后重新绑定；不用填的，在 cells 中写 {leave: 原因}";
        Finding::new(&codes::PLACE_UNFIT, message).at(sheet.origin).hint(hint)
    })
}

fn undecided(name: &str, open: &[String], at: Origin) -> Finding {
    let message = format!("表样的工作表“{name}”有{}处没有决定怎样填：{}", open.len(), listed(open));
    let hint = "请在 rows、columns、cells 或 texts 中各补一项；不填的写 {leave: 原因}";
    Finding::new(&codes::PLACE_UNDECIDED, message).at(at).hint(hint)
}

/// The first of many, and that there are more.
pub(super) fn listed(all: &[String]) -> String {
    let more = if all.len() > N_LISTED { "等" } else { "" };
    format!("{}{more}", all.iter().take(N_LISTED).map(String::as_str).collect::<Vec<_>>().join("、"))
}
