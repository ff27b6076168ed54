//! Statistics workbooks as an upper level issues them: bound to declared figures, filled from our own, held to them.
#![expect(clippy::disallowed_methods, reason = "the tests read workbooks and what was drafted")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod drafted;
mod filled;
mod gates;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::desk::{Desk, repository};

/// The two workbooks of the fixtures, with the statistics that they are bound to.
const WORKBOOKS: [(&str, &str); 2] = [("高校基层党建统计表", "university"), ("年报表", "party-annual")];

/// Drafts the binding of a workbook of the fixtures in a project.
fn import(desk: &Desk, project: &str, name: &str, of: &str) {
    let file = repository(&format!("fixtures/issued/{name}.xlsx"));
    let file = file.to_str().unwrap();
    desk.run(&["import", file, "--as", "statistics", "--of", of, "--project", project]).expect(0);
}

/// What stands in a cell of a workbook, row and column from 0; of a formula what it gave when it was written.
fn said(bytes: &[u8], sheet: &str, (row, column): (u32, u32)) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.get_value((row, column)).map(Data::to_string).unwrap_or_default()
}
