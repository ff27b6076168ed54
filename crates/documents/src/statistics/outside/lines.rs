//! Where the lines of a declared table stand on a sheet that somebody else may have made: found by their titles.

use std::collections::BTreeMap;

use crate::statistics::line::Line;
use source::Grid;
use value::fold_label;

/// How many columns at the left may hold the titles of the rows.
const N_LABEL_COLUMNS: u16 = 6;

/// The titles of lines as they are compared: of each its own, and the index of the heading above it if that is a line.
pub(super) struct Titles {
    paths: Vec<Vec<String>>,
    parents: Vec<Option<usize>>,
}

/// Where lines stand.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// For each line its row or column on the sheet.
    pub(super) found: Vec<Option<u32>>,
    /// Lines of which several places bear the title, as row and column.
    pub(super) doubtful: Vec<(usize, Vec<(u32, u16)>)>,
    /// The column that holds the titles of rows.
    pub(super) label: u16,
}

impl Titles {
    /// The titles of an axis.
    pub(super) fn of(lines: &[Line]) -> Self {
        let path = |line: &Line| line.headings.iter().chain([&line.title]).map(|it| fold_label(it)).collect();
        let named = |id: &str| lines.iter().position(|it| &*it.id == id);
        // A 其中 line that is declared below no other stands below the last one that is none.
        let parent = |(idx, line): (usize, &Line)| match line.id.rsplit_once('.') {
            Some((above, _)) => named(above),
            None if line.is_of_which => lines[..idx].iter().rposition(|it| !it.is_of_which),
            None => None,
        };
        Self {
            paths: lines.iter().map(path).collect(),
            parents: lines.iter().enumerate().map(parent).collect(),
        }
    }

    /// The last row with the title of a column, to the right of those of the rows; above a row, if one is given.
    pub(super) fn bottom(&self, grid: &Grid, above: Option<u32>, label: u16) -> Option<u32> {
        let titles: Vec<&str> = (0..self.paths.len()).map(|it| self.own(it)).collect();
        let is_title = |raw: &value::Raw| titles.contains(&&*fold_label(&raw.display()));
        let rows = grid.rows().iter().filter(|it| above.is_none_or(|above| it.number < above));
        let with_title = rows.filter(|row| row.cells().iter().any(|it| it.0 > label && is_title(&it.1)));
        with_title.map(|it| it.number).next_back()
    }

    fn own(&self, line: usize) -> &str {
        self.paths[line].last().map_or("", String::as_str)
    }
}

/// Finds rows by the titles in one column. Rows of one title are told apart by the heading that they stand below.
pub(super) fn rows(titles: &Titles, grid: &Grid) -> Places {
    let label = label_column(titles, grid);
    let mut at: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in grid.rows() {
        let title = fold_label(&row.get(label).display());
        if !title.is_empty() {
            at.entry(title).or_default().push(row.number);
        }
    }
    let mut places = Places { found: vec![None; titles.paths.len()], doubtful: Vec::new(), label };
    for line in titles.in_order() {
        let all = at.get(titles.own(line)).map_or(&[][..], Vec::as_slice);
        let own: Vec<u32> = all.iter().copied().filter(|it| titles.heads(line, *it, &places.found)).collect();
        match &own[..] {
            [one] => places.found[line] = Some(*one),
            [] => {}
            several => places.doubtful.push((line, several.iter().map(|it| (*it, label)).collect())),
        }
    }
    places
}

impl Titles {
    /// The lines, so that each comes after the headings by which it is told from its namesakes: first those that have no
    /// namesake, then those that do, outer ones first.
    fn in_order(&self) -> Vec<usize> {
        let mut lines: Vec<usize> = (0..self.paths.len()).collect();
        lines.sort_by_key(|it| (self.namesakes(*it).len() > 1, self.paths[*it].len()));
        lines
    }

    fn namesakes(&self, line: usize) -> Vec<usize> {
        (0..self.paths.len()).filter(|it| self.own(*it) == self.own(line)).collect()
    }

    /// Whether a row of the sheet stands below the heading of a line, and not below that of another of the same title.
    fn heads(&self, line: usize, row: u32, found: &[Option<u32>]) -> bool {
        let alike = self.namesakes(line);
        if alike.len() == 1 {
            return true;
        }
        // A line without a heading stands above all that have one.
        let place = |it: usize| self.parents[it].map_or(Some(0), |parent| found[parent].map(|it| it + 1));
        let nearest = alike.iter().copied().filter(|it| place(*it).is_some_and(|it| it <= row));
        nearest.max_by_key(|it| (place(*it), std::cmp::Reverse(*it))) == Some(line)
    }
}

/// The column in which most titles of rows stand.
fn label_column(titles: &Titles, grid: &Grid) -> u16 {
    let n_titles = |column: u16| {
        let labels = grid.rows().iter().map(|it| fold_label(&it.get(column).display()));
        labels.filter(|it| (0..titles.paths.len()).any(|line| titles.own(line) == it)).count()
    };
    (0..N_LABEL_COLUMNS).max_by_key(|it| (n_titles(*it), std::cmp::Reverse(*it))).unwrap_or(0)
}

/// Finds columns by the headings above the first row, outermost first; a column whose last heading only one bears
/// is found by that alone.
pub(super) fn columns(titles: &Titles, grid: &Grid, (first_row, label): (u32, u16)) -> Places {
    let (_, last) = grid.columns().unwrap_or_default();
    let headings: BTreeMap<u16, Vec<String>> =
        (label + 1..=last).map(|column| (column, headings(grid, column, first_row))).collect();
    let mut places = Places { found: vec![None; titles.paths.len()], doubtful: Vec::new(), label };
    for (line, path) in titles.paths.iter().enumerate() {
        let whole = headings.iter().filter(|(_, it)| it.ends_with(path)).map(|it| *it.0).collect::<Vec<_>>();
        let own = headings.iter().filter(|(_, it)| it.last() == path.last()).map(|it| *it.0);
        let is_alone = titles.namesakes(line).len() == 1;
        let chosen = match (whole.is_empty(), is_alone) {
            (true, true) => own.collect(),
            _ => whole,
        };
        match &chosen[..] {
            [one] => places.found[line] = Some(u32::from(*one)),
            [] => {}
            several => places.doubtful.push((line, several.iter().map(|it| (first_row, *it)).collect())),
        }
    }
    places
}

/// The headings above a cell, outermost first, without the row that numbers the columns.
fn headings(grid: &Grid, column: u16, first_row: u32) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for row in 0..first_row {
        let text = fold_label(&grid.shown(row, column).display());
        let is_number = text.chars().all(|it| it.is_ascii_digit());
        if !text.is_empty() && !is_number && headings.last() != Some(&text) {
            headings.push(text);
        }
    }
    headings
}
