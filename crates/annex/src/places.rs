//! Which places of a blank are to be filled, and by which labels they are known.
//!
//! Of the blank cells of real annexes 96 in 100 have one label by geometry alone: the words at their left, the heading
//! of their column, or both.

use super::address::{Address, Spot};
use super::blank::{Heading, Numbers, Part, Place, PlaceKind};
use super::finder::{self, Within};
use super::gaps::{Gap, GapKind};
use super::grid::Grid;
use super::roles::{Role, all_by_hand, asks_by_colon, by_label, compact, is_label, is_number, role};
use super::signs::Signs;

/// The places of a text.
pub(super) fn find(part: &Part, signs: &Signs) -> Vec<Place> {
    let mut places: Vec<(usize, Place)> = Vec::new();
    for (number, paragraph) in part.paragraphs.iter().enumerate() {
        let within = if asks_by_colon(part, number) { Within::Cell } else { Within::Text };
        let gaps = finder::find(std::slice::from_ref(paragraph), within, signs);
        if gaps.is_empty() {
            continue;
        }
        let at = Address { story: part.story, spot: Spot::Paragraph(number + 1) };
        let by_hand = all_by_hand(&gaps);
        let place = Place { at, label: leads(&gaps), kind: PlaceKind::Text(gaps), limit: None, by_hand };
        places.push((paragraph.range.start, place));
    }
    for (number, grid) in part.grids.iter().enumerate() {
        let start = grid.rows.first().map_or(0, |it| it.range.start);
        let found = InTable::new(part, number, signs).places();
        places.extend(found.into_iter().map(|it| (start, it)));
    }
    places.sort_by_key(|it| it.0);
    places.into_iter().map(|it| it.1).collect()
}

/// The cells behind a label that hold a sample or an instruction instead of nothing.
pub(super) fn samples(part: &Part, signs: &Signs) -> Vec<(Address, String)> {
    let mut found = Vec::new();
    for number in 0..part.grids.len() {
        let table = InTable::new(part, number, signs);
        for (row, roles) in table.roles.iter().enumerate() {
            for (place, role) in roles.iter().enumerate() {
                let Role::Label(text) = role else { continue };
                if signs.is_sample(text) && !table.beside((row, place)).is_empty() {
                    found.push((table.address((row, place)), text.clone()));
                }
            }
        }
    }
    found
}

/// What the words before gaps say, each once.
fn leads(gaps: &[Gap]) -> Vec<String> {
    let lead = gaps.iter().map(|it| it.lead.clone()).find(|it| !it.is_empty());
    lead.into_iter().collect()
}

/// Looks for the places of a table.
struct InTable<'a> {
    part: &'a Part,
    number: usize,
    grid: &'a Grid,
    signs: &'a Signs,
    /// The role of every cell, by its row and its place there.
    roles: Vec<Vec<Role>>,
    /// Which cells belong to blank rows or have got their place otherwise.
    done: Vec<Vec<bool>>,
    places: Vec<Place>,
}

impl<'a> InTable<'a> {
    fn new(part: &'a Part, number: usize, signs: &'a Signs) -> Self {
        let grid = &part.grids[number];
        let done = grid.rows.iter().map(|it| it.cells.iter().map(|it| it.goes_on).collect()).collect();
        let mut table = Self { part, number, grid, signs, roles: Vec::new(), done, places: Vec::new() };
        for row in &grid.rows {
            table.roles.push(row.cells.iter().map(|it| role(it, signs)).collect());
        }
        table
    }

    fn places(mut self) -> Vec<Place> {
        let mut row = 1;
        while row < self.grid.rows.len() {
            row += self.body(row).unwrap_or(1);
        }
        for row in 0..self.grid.rows.len() {
            for place in 0..self.grid.rows[row].cells.len() {
                if !self.done[row][place] {
                    self.cell((row, place));
                }
            }
        }
        self.places.sort_by_key(|it| match it.at.spot {
            Spot::Cell { row, cell, .. } => (row, cell),
            Spot::Rows { first, .. } => (first, 0),
            Spot::Paragraph(_) => (0, 0),
        });
        self.places
    }

    /// Blank rows or a matrix below headings, beginning with a row: how many rows they take.
    fn body(&mut self, first: usize) -> Option<usize> {
        let own = self.own_cells(first);
        let (leading, others) = own.split_first()?;
        let is_open = |it: &usize| self.is_open((first, *it));
        let has_blank = own.iter().any(|it| self.is_blank((first, *it)));
        let top = self.headed(first, &own);
        let asked = if self.is_open((first, *leading)) { &own[..] } else { others };
        let is_headed = asked.iter().all(|it| self.has_heading(top, (first, *it)));
        if own.len() < 2 || !has_blank || !others.iter().all(is_open) || !is_headed {
            return None;
        }
        let n_rows = (first..self.grid.rows.len()).take_while(|it| self.is_like(first, *it)).count();
        let rows = first..first + n_rows;
        let texts: Vec<String> =
            rows.clone().map(|it| compact(&self.grid.rows[it].cells[*leading].text())).collect();
        let numbered = texts.iter().all(|it| is_number(it));
        let all_blank = rows.clone().all(|row| {
            own.iter().enumerate().all(|(idx, it)| (numbered && idx == 0) || self.is_blank((row, *it)))
        });
        if (numbered || n_rows >= 2) && all_blank {
            self.rows(rows, &own, numbered);
        } else {
            self.matrix(rows, &own, top);
        }
        Some(n_rows)
    }

    /// The row whose headings are those of a row: of a total below blank rows, that of the first of these.
    fn headed(&self, first: usize, own: &[usize]) -> usize {
        let is_above = |row: &usize| {
            let above = self.own_cells(*row);
            self.columns(*row, &above) == self.columns(first, own)
                && above.iter().skip(1).all(|it| self.is_blank((*row, *it)))
        };
        (1..first).rev().take_while(is_above).last().unwrap_or(first)
    }

    fn columns(&self, row: usize, own: &[usize]) -> Vec<std::ops::Range<usize>> {
        own.iter().map(|it| self.grid.rows[row].cells[*it].columns.clone()).collect()
    }

    /// The cells of a row, but for those at its left that go on or stand for several rows: they name a group.
    /// Formulas need nobody, and neither does what on a sheet lies beyond the frame.
    fn own_cells(&self, row: usize) -> Vec<usize> {
        let cells = &self.grid.rows[row].cells;
        let is_group = |it: &usize| cells[*it].goes_on || cells[*it].rows.len() > 1;
        let n_groups = (0..cells.len()).take_while(is_group).count();
        let beyond = (n_groups..cells.len()).rev().take_while(|it| self.grid.by_column && cells[*it].goes_on);
        let end = cells.len() - beyond.count();
        let own: Vec<usize> = (n_groups..end).collect();
        if own.iter().any(is_group) {
            return Vec::new();
        }
        own.into_iter().filter(|it| !cells[*it].is_formula).collect()
    }

    /// Whether a row goes on with the body that begins with another: the same columns, open in the same ones.
    fn is_like(&self, first: usize, row: usize) -> bool {
        let (a, b) = (self.own_cells(first), self.own_cells(row));
        if a.is_empty() || self.columns(first, &a) != self.columns(row, &b) {
            return false;
        }
        let same = |(idx, (x, y)): (usize, (&usize, &usize))| {
            let (x, y) = (self.is_open((first, *x)), self.is_open((row, *y)));
            x == y && (idx == 0 || y)
        };
        a.iter().zip(&b).enumerate().all(same)
    }

    fn is_blank(&self, (row, place): (usize, usize)) -> bool {
        !self.grid.rows[row].cells[place].goes_on && matches!(self.roles[row][place], Role::Blank)
    }

    /// Whether something is to be filled in a cell: it is blank, or its text has gaps.
    fn is_open(&self, (row, place): (usize, usize)) -> bool {
        let is_text = matches!(&self.roles[row][place], Role::Text(gaps) if !is_label(gaps));
        self.is_blank((row, place)) || (is_text && !self.grid.rows[row].cells[place].goes_on)
    }

    /// Whether the cell above a row is a label of the same columns as a cell.
    fn has_heading(&self, top: usize, (row, place): (usize, usize)) -> bool {
        let columns = &self.grid.rows[row].cells[place].columns;
        let above = top.checked_sub(1).and_then(|it| self.grid.at(it, columns.start));
        above.is_some_and(|it| self.grid.cell(it).columns == *columns && self.label(it).is_some())
    }

    fn label(&self, (row, place): (usize, usize)) -> Option<&str> {
        match &self.roles[row][place] {
            Role::Label(label) => Some(label),
            _ => None,
        }
    }

    /// The headings above a cell, from the uppermost to the nearest: labels that cover its columns and stand on each
    /// other without a gap.
    fn headings(&self, row: usize, column: usize) -> Vec<String> {
        let mut path = Vec::new();
        let mut above = row;
        let mut wide = 0;
        while let Some(at) = above.checked_sub(1).and_then(|it| self.grid.at(it, column)) {
            let cell = self.grid.cell(at);
            let Some(label) = self.label(at).filter(|_| cell.columns.len() > wide) else { break };
            if path.last().is_none_or(|it| it != label) {
                path.push(label.to_owned());
            }
            (above, wide) = (at.0, cell.columns.len());
        }
        path.reverse();
        path
    }

    /// The labels at the left of a cell, from the outermost to the nearest; those that stand for more rows name a group.
    fn beside(&self, (row, place): (usize, usize)) -> Vec<String> {
        let mut path = Vec::new();
        let mut tall = 0;
        let mut column = self.grid.rows[row].cells[place].columns.start;
        while let Some(at) = column.checked_sub(1).and_then(|it| self.grid.at(row, it)) {
            let cell = self.grid.cell(at);
            let label = match &self.roles[at.0][at.1] {
                Role::Label(label) => label.clone(),
                // （  岁） within a label is a place of its own, and the label stays one.
                Role::Text(gaps) if self.is_label_at(at, gaps) => compact(&cell.text()),
                _ => break,
            };
            if cell.rows.len() <= tall {
                break;
            }
            path.push(label);
            (tall, column) = (cell.rows.len(), cell.columns.start);
        }
        path.reverse();
        self.groups(row, column).into_iter().chain(path).collect()
    }

    /// The labels at the very left of a row that stand for several rows, as far as a column.
    fn groups(&self, row: usize, end: usize) -> Vec<String> {
        let mut path = Vec::new();
        let mut column = 0;
        while let Some(at) = Some(column).filter(|it| *it < end).and_then(|it| self.grid.at(row, it)) {
            let cell = self.grid.cell(at);
            let stands = cell.rows.len() > 1 && cell.columns.end <= end;
            let Some(label) = self.label(at).filter(|_| stands) else { break };
            path.push(label.to_owned());
            column = cell.columns.end;
        }
        path
    }

    /// Whether a cell with gaps is a label for the one at its right: brackets within it, or its colon before a blank cell.
    fn is_label_at(&self, at: (usize, usize), gaps: &[Gap]) -> bool {
        let right = self.grid.at(at.0, self.grid.cell(at).columns.end);
        let is_before_blank =
            right.is_some_and(|it| matches!(self.roles[it.0][it.1], Role::Blank | Role::Picture));
        let is_in_label =
            |it: &Gap| it.kind == GapKind::Bracket || (is_before_blank && it.kind == GapKind::Behind);
        gaps.iter().all(is_in_label)
    }

    /// A name of the group that a row belongs to, if a cell at its left stands for several rows.
    fn group(&self, row: usize, first_own: usize) -> Option<String> {
        let column = self.grid.rows[row].cells[first_own].columns.start.checked_sub(1)?;
        self.label(self.grid.at(row, column)?).map(str::to_owned)
    }

    fn address(&self, (row, place): (usize, usize)) -> Address {
        let spot = Spot::Cell { table: self.number + 1, row: row + 1, cell: self.grid.number((row, place)) };
        Address { story: self.part.story, spot }
    }

    fn rows(&mut self, rows: std::ops::Range<usize>, own: &[usize], numbered: bool) {
        let first = rows.start;
        let mut headings = Vec::new();
        for (idx, place) in own.iter().enumerate() {
            let label = self.headings(first, self.grid.rows[first].cells[*place].columns.start);
            let is_number = |it: &String| self.signs.numbers.contains(it);
            let numbers = match idx {
                0 if numbered => Numbers::Given,
                0 if label.last().is_some_and(is_number) => Numbers::Blank,
                _ => Numbers::No,
            };
            headings.push(Heading { label, cell: *place, numbers });
        }
        let label: Vec<String> = self.group(first, own[0]).into_iter().collect();
        let by_hand = label.iter().find_map(|it| self.signs.by_hand(it)).map(str::to_owned);
        rows.clone().for_each(|row| own.iter().for_each(|it| self.done[row][*it] = true));
        let spot = Spot::Rows { table: self.number + 1, first: first + 1, last: rows.end };
        let at = Address { story: self.part.story, spot };
        self.places.push(Place { at, label, kind: PlaceKind::Rows(headings), limit: None, by_hand });
    }

    fn matrix(&mut self, rows: std::ops::Range<usize>, own: &[usize], top: usize) {
        for row in rows {
            let group = self.group(row, own[0]);
            let name = match &self.roles[row][own[0]] {
                Role::Label(name) => Some(name.clone()),
                _ => None,
            };
            let asked = if name.is_some() { &own[1..] } else { own };
            self.done[row][own[0]] |= name.is_some();
            for place in asked {
                let heading = self.headings(top, self.grid.rows[row].cells[*place].columns.start);
                let label = group.iter().cloned().chain(name.clone()).chain(heading).collect();
                match self.roles[row][*place].clone() {
                    Role::Text(gaps) => self.add((row, *place), label, PlaceKind::Text(gaps)),
                    _ => self.blank((row, *place), label),
                }
            }
        }
    }

    /// A cell that belongs to no body.
    fn cell(&mut self, at: (usize, usize)) {
        let mut beside = self.beside(at);
        if beside.is_empty() && matches!(self.roles[at.0][at.1], Role::Text(_)) {
            // 结束时间： beside 开始时间： belongs to the same 共建情况.
            let before = (0..at.1).rev().take_while(|it| matches!(self.roles[at.0][*it], Role::Text(_)));
            beside = before.last().map(|it| self.beside((at.0, it))).unwrap_or_default();
        }
        match self.roles[at.0][at.1].clone() {
            // On a sheet the blanks of a total, and frames that nothing explains, ask for nothing.
            Role::Blank if self.is_idle(at, &beside) => {}
            Role::Blank => {
                let label = if beside.is_empty() { self.above(at) } else { beside };
                self.blank(at, label);
            }
            Role::Label(_) | Role::Closed => {}
            Role::Picture => {
                let own = vec![compact(&self.grid.cell(at).text())];
                self.add(at, if beside.is_empty() { own } else { beside }, PlaceKind::Picture);
            }
            Role::Signature => self.add(at, beside, PlaceKind::Signature),
            Role::Text(gaps) => {
                let gaps = self.without_labels(at, gaps);
                if gaps.is_empty() {
                    return;
                }
                let lone = match &gaps[..] {
                    [Gap { kind: GapKind::Behind | GapKind::Below | GapKind::Choice(_), lead, .. }] => {
                        Some(lead.clone()).filter(|it| !it.is_empty())
                    }
                    _ => None,
                };
                let label = match beside.is_empty() {
                    true => leads(&gaps),
                    false => beside.into_iter().chain(lone).collect(),
                };
                self.add(at, label, PlaceKind::Text(gaps));
            }
        }
    }

    /// Whether a blank cell of a sheet is there for its frame alone.
    fn is_idle(&self, at: (usize, usize), beside: &[String]) -> bool {
        let has_formula = self.grid.rows[at.0].cells.iter().any(|it| it.is_formula);
        self.grid.by_column && (has_formula || (beside.is_empty() && self.above(at).is_empty()))
    }

    /// A colon at the end of a label asks for nothing if the cell at its right is blank.
    fn without_labels(&mut self, (row, place): (usize, usize), mut gaps: Vec<Gap>) -> Vec<Gap> {
        let cell = &self.grid.rows[row].cells[place];
        let right = self.grid.at(row, cell.columns.end);
        if right
            .is_some_and(|it| matches!(self.roles[it.0][it.1], Role::Blank | Role::Picture | Role::Closed))
        {
            gaps.retain(|it| it.kind != GapKind::Behind);
        }
        gaps
    }

    /// The label above a cell, where nothing stands at its left.
    fn above(&self, (row, place): (usize, usize)) -> Vec<String> {
        let columns = &self.grid.rows[row].cells[place].columns;
        let above = row.checked_sub(1).and_then(|it| self.grid.at(it, columns.start));
        match above {
            Some(it) if self.grid.cell(it).columns.end >= columns.end => self.headings(row, columns.start),
            _ => Vec::new(),
        }
    }

    fn blank(&mut self, at: (usize, usize), label: Vec<String>) {
        let asks = label.last().is_some_and(|it| self.signs.is_picture(it));
        self.add(at, label, if asks { PlaceKind::Picture } else { PlaceKind::Cell });
    }

    fn add(&mut self, at: (usize, usize), label: Vec<String>, kind: PlaceKind) {
        self.done[at.0][at.1] = true;
        let text = compact(&self.grid.cell(at).text());
        let limit = label.iter().chain([&text]).find_map(|it| self.signs.limit(it));
        let by_hand = match &kind {
            PlaceKind::Text(gaps) => all_by_hand(gaps).or_else(|| by_label(&label, gaps, self.signs)),
            _ => self.signs.by_path(&label).or_else(|| self.signs.by_hand(&text)).map(str::to_owned),
        };
        self.places.push(Place { at: self.address(at), label, kind, limit, by_hand });
    }
}
