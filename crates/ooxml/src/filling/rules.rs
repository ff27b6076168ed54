//! Validations and conditional formats after rows were inserted: their areas, and their formulas, which are seen from the
//! first cell of the area.

use super::fault::Immovable;
use crate::cells::in_order;
use crate::formula::{Insertion, LAST, Part, Stuck, copied};
use crate::{Cell, area, area_name, cell};

/// A rule over areas of a sheet.
pub(super) struct Rule<'m> {
    insertion: &'m Insertion,
    /// The sheet in which it stands.
    own: &'m str,
    is_target: bool,
    /// The areas as they are, the row of the cell from which formulas are seen, and all rows.
    base: u32,
    rows: (u32, u32),
    /// The areas as they will be.
    new: Vec<[Cell; 2]>,
    is_moved: bool,
}

impl<'m> Rule<'m> {
    /// Reads the areas of a rule; new rows get it too if the row that they are like has it.
    pub(super) fn new(
        insertion: &'m Insertion,
        (own, is_target): (&'m str, bool),
        areas: &str,
        like: u32,
    ) -> Result<Self, Immovable> {
        let old = read(areas)?;
        let base = old.first().map_or(0, |it| it[0].0);
        let rows = old.iter().fold((base, base), |all, it| (all.0.min(it[0].0), all.1.max(it[1].0)));
        let new = if is_target { spread(insertion, &old, like) } else { old.clone() };
        let is_moved = new != old;
        Ok(Self { insertion, own, is_target, base, rows, new, is_moved })
    }

    /// The areas as they will be written; `None` if they stay.
    pub(super) fn areas(&self) -> Option<String> {
        self.is_moved.then(|| listed(&self.new))
    }

    /// A formula of the rule as it will read.
    pub(super) fn formula(&self, formula: &str) -> Result<String, Stuck> {
        let moved = self.insertion.each_row(formula, self.own, &mut |part, is_last| {
            if part.is_fixed { self.insertion.moved(part, is_last) } else { self.relative(part) }
        })?;
        // New rows above the first one are now what the formula is seen from.
        let base = if self.is_target { self.insertion.row(self.base) } else { self.base };
        match self.new.first() {
            Some(first) if first[0].0 != base => copied(&moved, (base, 0), (first[0].0, 0)),
            _ => Ok(moved),
        }
    }

    /// A relative row, which means another one for each row of the area: all of these have to move alike.
    fn relative(&self, part: &Part) -> Result<u32, Stuck> {
        let before = self.insertion.before;
        let (first, last) = self.rows;
        let meant = |row: u32| {
            let sum = u64::from(part.number) + u64::from(row);
            sum.checked_sub(u64::from(self.base)).and_then(|it| u32::try_from(it).ok()).ok_or(Stuck::Off)
        };
        let meant = (meant(first)?, meant(last)?);
        let is_split = |rows: (u32, u32)| rows.0 < before && rows.1 >= before;
        let overlap = meant.0 <= last && first <= meant.1;
        if self.is_target && is_split(self.rows) {
            // The row itself, the one above it: so it stays for each row of the area, the new ones too.
            let stays = overlap && self.base < before;
            return if stays { Ok(part.number) } else { Err(Stuck::Torn) };
        }
        if is_split(meant) {
            return Err(Stuck::Torn);
        }
        let moved = self.insertion.row(part.number);
        let base_moves = self.is_target && self.base >= before;
        // Programs do not agree from which of several areas a formula is seen.
        let is_doubtful = self.base != first && (moved != part.number || base_moves);
        if is_doubtful { Err(Stuck::Torn) } else { Some(moved).filter(|it| *it <= LAST.0).ok_or(Stuck::Off) }
    }
}

/// The areas of a list that is separated by blanks.
pub(super) fn read(areas: &str) -> Result<Vec<[Cell; 2]>, Immovable> {
    let one = |it: &str| {
        let found = area(it).or_else(|| cell(it).map(|it| [it, it]));
        found.map(in_order).ok_or_else(|| Immovable::Address(it.to_owned()))
    };
    areas.split_whitespace().map(one).collect()
}

/// The areas of a list after rows were inserted; what does not move stays as it is written.
pub(super) fn moved(insertion: &Insertion, areas: &str) -> Result<String, Immovable> {
    let old = read(areas)?;
    let new: Vec<[Cell; 2]> = old.iter().map(|it| insertion.area(*it)).collect();
    Ok(if new == old { areas.to_owned() } else { listed(&new) })
}

fn listed(areas: &[[Cell; 2]]) -> String {
    areas.iter().map(|it| area_name(*it)).collect::<Vec<_>>().join(" ")
}

/// The same, and the new rows belong to what the row belongs to that they are like.
fn spread(insertion: &Insertion, areas: &[[Cell; 2]], like: u32) -> Vec<[Cell; 2]> {
    let first = insertion.before;
    let last = first.saturating_add(insertion.count).saturating_sub(1);
    let mut new: Vec<[Cell; 2]> = areas.iter().map(|it| insertion.area(*it)).collect();
    let is_like = |it: &[Cell; 2]| (it[0].0..=it[1].0).contains(&like);
    let mut others = Vec::new();
    for (_, area) in areas.iter().zip(&mut new).filter(|it| is_like(it.0)) {
        if area[0].0 <= first && area[1].0 >= last {
            continue;
        }
        if area[1].0.saturating_add(1) == first {
            area[1].0 = last;
        } else if area[0].0 == last.saturating_add(1) {
            area[0].0 = first;
        } else {
            others.push([(first, area[0].1), (last, area[1].1)]);
        }
    }
    new.extend(others);
    new
}
