//! What a committee has written beside the queries of a list that went back to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::Words;
use documents::answers::Line;
use finding::{Finding, Origin, codes};
use source::Grid;
use value::{Raw, fold};

/// The columns of the list: the place, the record, the field, the message, and what is said to it.
const PLACE: usize = 4;
const RECORD: usize = 5;
const FIELD: usize = 6;
const MESSAGE: usize = 8;
const SAID: usize = 11;

/// The lines of a list in which something is said. Columns are known by their headings, wherever they stand.
///
/// # Errors
/// If the headings are not there any more, with which what was written would be lost.
pub fn said(list: &Grid, words: &Words) -> Result<Vec<Line>, Box<Finding>> {
    let columns = &words.list.columns;
    let heading = list.rows().iter().find_map(|row| {
        let at: BTreeMap<usize, u16> = [PLACE, RECORD, FIELD, MESSAGE, SAID]
            .into_iter()
            .filter_map(|it| {
                let is_it = |cell: &&(u16, Raw)| fold(&text(&cell.1)) == fold(&columns[it]);
                Some((it, row.cells().iter().find(is_it)?.0))
            })
            .collect();
        (at.contains_key(&MESSAGE) && at.contains_key(&SAID)).then_some((row.number, at))
    });
    let Some((heading, columns)) = heading else { return Err(Box::new(headless(list, columns))) };
    let mut lines = Vec::new();
    for row in list.rows().iter().filter(|it| it.number > heading) {
        let of = |column: usize| {
            columns.get(&column).map(|it| text(list.shown(row.number, *it))).unwrap_or_default()
        };
        let why = of(SAID).split_whitespace().collect::<Vec<_>>().join(" ");
        if why.is_empty() {
            continue;
        }
        lines.push(Line {
            file: list.file,
            origin: list.origin(row.number, columns[&SAID]),
            record: of(RECORD),
            field: of(FIELD),
            // Of several cells the first stands there: “R2等12处”.
            cell: of(PLACE).chars().take_while(char::is_ascii_alphanumeric).collect(),
            message: of(MESSAGE),
            why,
        });
    }
    Ok(lines)
}

fn headless(list: &Grid, columns: &[Arc<str>]) -> Finding {
    let message = format!(
        "退改清单中找不到“{}”“{}”两栏的标题，单位写在里面的话没有读取",
        columns[MESSAGE], columns[SAID]
    );
    let hint = "请看该页写了什么；把标题行改回原样，再运行一次";
    Finding::new(&codes::ANSWERS_UNREAD, message).at(Origin::sheet(list.file, list.sheet)).hint(hint)
}

fn text(cell: &Raw) -> String {
    cell.display().trim().to_owned()
}
