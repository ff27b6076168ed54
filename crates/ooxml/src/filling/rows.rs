//! The rows of a sheet after others were inserted, and the new ones.

use std::collections::BTreeSet;

use super::fault::{FillFault, Immovable};
use super::written::{Kind, Written, formulas};
use crate::formula::{Insertion, LAST, Stuck, copied};
use crate::{
    Cell, Edits, Element, Tree, append, area_name, cell_name, cells, escaped, prefix, restarted, rows,
};

/// What happens to the cells of a sheet.
pub(super) struct Rows<'m> {
    pub(super) insertion: &'m Insertion,
    /// The row that the new ones are like.
    pub(super) like: u32,
    /// The name of this sheet.
    pub(super) own: &'m str,
    /// Whether this is the sheet that gets the rows.
    pub(super) is_target: bool,
}

impl Rows<'_> {
    /// Moves rows and formulas, and puts the new rows in.
    pub(super) fn edit(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        let written = formulas(tree);
        let new = written.iter().map(|it| self.follow(it, &written)).collect::<Result<Vec<String>, _>>()?;
        let torn: BTreeSet<u32> = written.iter().zip(&new).filter_map(|it| self.torn(it.0, it.1)).collect();
        for (it, new) in written.iter().zip(&new) {
            self.rewrite(it, new, &torn, edits)?;
        }
        let Some(data) = tree.root().child("x:sheetData").filter(|_| self.is_target) else { return Ok(()) };
        let mut place = None;
        let mut pattern = None;
        for (number, row) in rows(data) {
            if number == self.like {
                pattern = Some(row);
            }
            if number >= self.insertion.before {
                place = place.or(Some(row.range().start));
                self.shift(number, row, edits)?;
            }
        }
        let Some(pattern) = pattern else { return Ok(()) };
        let known: Vec<(&Written<'_>, &String)> =
            written.iter().zip(&new).filter(|it| it.0.at.0 == self.like).collect();
        let added = self.added(pattern, &known)?;
        match place {
            Some(at) => edits.insert(at, added),
            None => append(edits, data, added),
        }
        Ok(())
    }

    /// How a formula reads afterwards.
    fn follow(&self, it: &Written<'_>, all: &[Written<'_>]) -> Result<String, Immovable> {
        let fault = |stuck| Immovable::Formula { sheet: self.own.to_owned(), cell: it.at, stuck };
        if self.is_target {
            match it.kind {
                Kind::Array(area) if (area[0].0 + 1..=area[1].0).contains(&self.insertion.before) => {
                    return Err(Immovable::Array(area));
                }
                Kind::Scenario(_) => return Err(Immovable::Scenario(it.at)),
                _ => {}
            }
        }
        let text = match (&it.text, it.kind) {
            (Some(text), _) => text,
            (None, Kind::Scenario(_)) => return Ok(String::new()),
            (None, _) => return Err(fault(Stuck::Off)),
        };
        if self.goes_on(it, text, all) {
            return self.insertion.series(text, self.own).map_err(fault);
        }
        self.insertion.formula(text, self.own).map_err(fault)
    }

    /// Whether the formula of a cell in the first row that moves is the same as the one above it, seen from its own place:
    /// numbers that count up, running totals. Then it goes on from the row that will be above it.
    fn goes_on(&self, it: &Written<'_>, text: &str, all: &[Written<'_>]) -> bool {
        let is_first =
            self.is_target && it.at.0 == self.insertion.before && !matches!(it.kind, Kind::Scenario(_));
        // The new rows above it are like it: each takes the row above.
        if is_first && self.like == it.at.0 && self.insertion.is_next(text, self.own) {
            return true;
        }
        let above = it.at.0.checked_sub(1).filter(|_| is_first);
        let above = above.and_then(|row| all.iter().find(|other| other.at == (row, it.at.1)));
        let copy = above.and_then(|above| copied(above.text.as_deref()?, above.at, it.at).ok());
        copy.is_some_and(|it| it == text)
    }

    /// The number of a shared formula that is no longer the same for all that share it.
    fn torn(&self, it: &Written<'_>, new: &str) -> Option<u32> {
        let Kind::Shared(number) = it.kind else { return None };
        let moves = self.is_target && it.at.0 >= self.insertion.before;
        (moves || it.text.as_deref() != Some(new)).then_some(number)
    }

    fn rewrite(
        &self,
        it: &Written<'_>,
        new: &str,
        torn: &BTreeSet<u32>,
        edits: &mut Edits,
    ) -> Result<(), FillFault> {
        match it.kind {
            Kind::Shared(number) if torn.contains(&number) => {
                edits.replace(it.element.range(), plain(it.element, new));
            }
            Kind::Shared(_) | Kind::Scenario(_) => {}
            Kind::Plain | Kind::Array(_) => {
                if it.text.as_deref() != Some(new) {
                    edits.set_text(it.element, new)?;
                }
                if let Kind::Array(area) = it.kind
                    && self.is_target
                    && area[0].0 >= self.insertion.before
                {
                    edits.set_attribute(it.element, "ref", &area_name(self.insertion.area(area)))?;
                }
            }
        }
        Ok(())
    }

    /// A row further down.
    fn shift(&self, number: u32, row: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let new = self.insertion.row(number);
        if new > LAST.0 {
            return Err(Immovable::End.into());
        }
        edits.set_attribute(row, "r", &(new + 1).to_string())?;
        for (col, cell) in cells(row).filter(|it| it.1.attribute("r").is_some()) {
            edits.set_attribute(cell, "r", &cell_name((new, col)))?;
        }
        Ok(())
    }

    /// The new rows: the looks of their pattern and its formulas, without what was written there.
    fn added(&self, pattern: Element<'_>, known: &[(&Written<'_>, &String)]) -> Result<String, FillFault> {
        let mut added = String::new();
        let first = self.insertion.before;
        for number in first..first.saturating_add(self.insertion.count) {
            let start = restarted(pattern, &[("r", (number + 1).to_string())]);
            let mut inner = String::new();
            for (col, cell) in cells(pattern) {
                let formula = known.iter().find(|it| it.0.at.1 == col);
                let formula = formula.map(|it| self.formula((number, col), it.0, it.1)).transpose()?;
                inner.push_str(&like(cell, (number, col), formula));
            }
            added.push_str(&format!("{start}>{inner}</{}>", pattern.written_name()));
        }
        Ok(added)
    }

    /// The element of a formula for a new cell.
    fn formula(&self, at: Cell, it: &Written<'_>, text: &str) -> Result<String, Immovable> {
        let from = (self.insertion.row(it.at.0), it.at.1);
        let fault = |stuck| Immovable::Formula { sheet: self.own.to_owned(), cell: it.at, stuck };
        let text = copied(text, from, at).map_err(fault)?;
        let Kind::Array([first, last]) = it.kind else { return Ok(plain(it.element, &text)) };
        if first.0 != last.0 {
            return Err(Immovable::Array([first, last]));
        }
        let area = area_name([(at.0, first.1), (at.0, last.1)]);
        let name = it.element.written_name();
        Ok(format!("{}>{}</{name}>", restarted(it.element, &[("ref", area)]), escaped(&text)))
    }
}

/// An empty cell with the look of another, and perhaps a formula; nothing if it would say nothing.
fn like(cell: Element<'_>, at: Cell, formula: Option<String>) -> String {
    let kept = |name: &str| cell.attributes().find(|it| it.name == name).map(|it| it.value.into_owned());
    let style = kept("s").map(|it| format!(" s=\"{}\"", escaped(&it)));
    // What newer programs say of a formula that fills an area.
    let meta = kept("cm").filter(|_| formula.as_ref().is_some_and(|it| it.contains(" t=\"array\"")));
    let meta = meta.map(|it| format!(" cm=\"{}\"", escaped(&it))).unwrap_or_default();
    if style.is_none() && formula.is_none() {
        return String::new();
    }
    let start = format!("<{}c r=\"{}\"{}{meta}", prefix(cell), cell_name(at), style.unwrap_or_default());
    match formula {
        Some(formula) => format!("{start}>{formula}</{}c>", prefix(cell)),
        None => format!("{start}/>"),
    }
}

/// The element of a formula that stands for itself.
fn plain(element: Element<'_>, text: &str) -> String {
    const OF_OTHERS: [&str; 3] = ["t", "si", "ref"];
    let kept = element.attributes().filter(|it| !OF_OTHERS.contains(&it.name));
    let kept: String = kept.map(|it| format!(" {}=\"{}\"", it.name, escaped(&it.value))).collect();
    let name = element.written_name();
    format!("<{name}{kept}>{}</{name}>", escaped(text))
}
