//! What a committee has written beside the queries of a list that went back to it.

use std::collections::BTreeMap;

use super::words::Words;
use documents::answers::Line;
use source::Grid;
use value::Raw;

/// The columns of the list: the record, the field, the message, and what is said to it.
const RECORD: usize = 5;
const FIELD: usize = 6;
const MESSAGE: usize = 8;
const SAID: usize = 11;

/// The lines of a list in which something is said. Columns are known by their headings, wherever they stand; a list without
/// them says nothing.
pub fn said(list: &Grid, words: &Words) -> Vec<Line> {
    let columns = &words.list.columns;
    let heading = list.rows().iter().find_map(|row| {
        let at: BTreeMap<usize, u16> = [RECORD, FIELD, MESSAGE, SAID]
            .into_iter()
            .filter_map(|it| {
                let is_it = |cell: &&(u16, Raw)| text(&cell.1) == *columns[it];
                Some((it, row.cells().iter().find(is_it)?.0))
            })
            .collect();
        (at.contains_key(&MESSAGE) && at.contains_key(&SAID)).then_some((row.number, at))
    });
    let Some((heading, columns)) = heading else { return Vec::new() };
    let mut lines = Vec::new();
    for row in list.rows().iter().filter(|it| it.number > heading) {
        let of = |column: usize| columns.get(&column).map(|it| text(row.get(*it))).unwrap_or_default();
        let why = of(SAID).split_whitespace().collect::<Vec<_>>().join(" ");
        if why.is_empty() {
            continue;
        }
        lines.push(Line {
            file: list.file,
            origin: list.origin(row.number, columns[&SAID]),
            record: of(RECORD),
            field: of(FIELD),
            message: of(MESSAGE),
            why,
        });
    }
    lines
}

fn text(cell: &Raw) -> String {
    cell.display().trim().to_owned()
}
