//! A cell of a statistics workbook that others have issued, explained: as the cell of our own that stands there.

use super::cell::{self, part};
use super::target::{At, address, is_named};
use super::{Asking, Clause, Explained, shown};
use crate::statistics::issued::{IssuedFigure, IssuedSpot, PlannedIssued};
use value::Amount;

/// A cell of such a workbook.
pub(super) struct InIssued<'a> {
    issued: &'a PlannedIssued,
    /// The place as it was asked for.
    place: String,
    stands: Stands<'a>,
}

/// What stands in a cell.
enum Stands<'a> {
    Figures(Vec<At<'a>>, Option<Amount>),
    Text(&'a str, &'a str),
}

/// The workbook of this name: a whole path, or the end of one, with or without the ending.
pub(super) fn named<'a>(name: &str, asking: Asking<'a>) -> Option<&'a PlannedIssued> {
    let name = name.replace('\\', "/");
    asking.issued.iter().find(|it| is_named(&it.path, &name))
}

/// The cell of a sheet, by the name on its tab and its address in the filled workbook.
pub(super) fn understand<'a>(
    issued: &'a PlannedIssued,
    rest: &[&str],
    asking: Asking<'a>,
) -> Result<InIssued<'a>, String> {
    let names = || issued.sheets.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join("、");
    let [sheet, cell] = rest else {
        return Err(format!("请写成 {}!工作表!C7。工作表有：{}", issued.path, names()));
    };
    let found = issued.sheets.iter().find(|it| it.1.trim() == *sheet);
    let (number, name) = found.ok_or_else(|| format!("没有工作表“{sheet}”。工作表有：{}", names()))?;
    let at = address(cell).ok_or_else(|| format!("“{cell}”不是单元格的地址，请写成 C7"))?;
    let spot = IssuedSpot { sheet: *number, row: at.0 as usize, column: usize::from(at.1) };
    let stands = issued.cells.get(&spot).ok_or_else(|| format!("“{name}”的“{cell}”没有取自统计的数"))?;
    let workbook = asking.workbooks.iter().find(|it| it.path == issued.workbook);
    let stands = match stands {
        IssuedFigure::Figures(sheet, cells, sum) => {
            let own = cells.iter().filter_map(|it| At::of(workbook?, *sheet, *it));
            Stands::Figures(own.collect(), *sum)
        }
        IssuedFigure::Text(value, declared) => Stands::Text(value, declared),
    };
    Ok(InIssued { issued, place: format!("{}!{name}!{cell}", issued.path), stands })
}

/// Says what our own figure is made of; of several what each is.
pub(super) fn explain(at: InIssued<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let InIssued { issued, place, stands } = at;
    match stands {
        Stands::Figures(own, sum) => match own[..] {
            [one] => cell::explain(one, asking),
            _ => Ok(Explained {
                title: format!("《{}》", issued.title),
                place,
                value: sum.map(shown),
                definition: "由下列各数相加".to_owned(),
                parts: own.iter().map(|it| part(*it, '＋', asking)).collect(),
                ..Explained::default()
            }),
        },
        Stands::Text(value, declared) => Ok(Explained {
            title: format!("《{}》", issued.title),
            place,
            value: Some(value.to_owned()).filter(|it| !it.is_empty()),
            definition: "按统计表样的声明填写的文字".to_owned(),
            conditions: vec![Clause {
                of: "声明".to_owned(),
                expression: declared.to_owned(),
                origin: issued.origin,
            }],
            ..Explained::default()
        }),
    }
}
