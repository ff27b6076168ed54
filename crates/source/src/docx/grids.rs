//! The tables of a Word document as sheets: rosters and forms come back in Word as well.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::aside::AsideKind;
use super::table::number;
use super::{DocxReader, Parts, damaged, open};
use crate::book::{Aside, Book};
use crate::struck::{Partly, Struck};
use crate::{Block, Grid, Limits, Refusal, refusal};
use finding::{Area, FileId, Report, codes};
use ooxml::Element;
use value::Raw;

/// A line above a table is its title if it is no longer than this, in characters.
const N_CHARS_OF_TITLE_MAX: usize = 40;
/// So many lines above a table are looked at for the unit that reports and the like.
const N_LINES_ABOVE: usize = 6;

/// Reads the tables of a document. The finding says why there is nothing to read.
pub(in crate::docx) fn read_tables(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let mut parts = Parts::find(open(bytes, limits)?)?;
    let body = parts.read("document")?.ok_or_else(damaged)?;
    let mut reader = DocxReader::new(&mut parts, file, limits)?;
    let body = body.root().child("w:body").ok_or_else(damaged)?;
    let mut tables = Tables { limits, above: Vec::new(), grids: Vec::new(), asides: Vec::new() };
    reader.tables(body, &mut tables);
    if reader.is_full() || tables.grids.len() > usize::from(u16::MAX) {
        return Err(refusal(&codes::FILE_TOO_LARGE, "文档的段落或表格过多，没有读取", "请拆成几个文件"));
    }
    // What is taken over from a table, and what is not, is judged by its cells; only changes need a word.
    reader.aside.keep(&[AsideKind::Change, AsideKind::Hidden, AsideKind::Embedded]);
    reader.aside.report_at_file(file, report);
    let grids = tables.grids;
    let names = grids.iter().map(|it| it.name.clone()).collect();
    Ok(Book { names, grids, asides: tables.asides, ..Book::default() })
}

/// The tables met so far.
struct Tables<'l> {
    limits: &'l Limits,
    /// The lines since the last of them.
    above: Vec<Arc<str>>,
    grids: Vec<Grid>,
    asides: Vec<(u16, Aside)>,
}

impl Tables<'_> {
    /// A sheet for the next table: its name is the line above it, if that is short.
    fn next_grid(&mut self, file: FileId) -> Grid {
        let lines = std::mem::take(&mut self.above);
        let is_title =
            |it: &&Arc<str>| it.chars().count() <= N_CHARS_OF_TITLE_MAX && !it.contains(['：', ':']);
        let title = lines.iter().rev().find(is_title).cloned();
        let title = title.filter(|it| self.grids.iter().all(|grid| grid.name != *it));
        let at = self.grids.len();
        let name = title.unwrap_or_else(|| format!("表{}", at.saturating_add(1)).into());
        let mut grid = Grid::empty(file, u16::try_from(at).unwrap_or(u16::MAX), name);
        let n_gone = lines.len().saturating_sub(N_LINES_ABOVE);
        grid.above = Some(lines.into_iter().skip(n_gone).collect());
        grid
    }
}

/// A table while its rows are read.
struct GridRows<'l> {
    grid: Grid,
    limits: &'l Limits,
    row: u32,
    /// Cells that go on in the rows below, by their first column.
    tall: BTreeMap<u16, Area>,
    struck: Struck,
}

impl<'e> DocxReader {
    fn tables(&mut self, container: Element<'e>, into: &mut Tables<'_>) {
        for child in container.children() {
            match child.name() {
                "w:p" => {
                    let (mut open, mut blocks) = (None, Vec::new());
                    self.paragraph(child, &mut open, &mut blocks);
                    let lines = blocks.iter().flat_map(Block::passages).map(|it| it.text().trim().into());
                    into.above.extend(lines.filter(|it: &Arc<str>| !it.is_empty()));
                }
                "w:tbl" => {
                    let grid = into.next_grid(self.file);
                    let mut rows = GridRows {
                        grid,
                        limits: into.limits,
                        row: 0,
                        tall: BTreeMap::new(),
                        struck: Struck::default(),
                    };
                    self.grid_rows(child, &mut rows);
                    rows.close(|_| true);
                    if !rows.grid.is_empty() {
                        let aside = Aside { struck: rows.struck, ..Aside::default() };
                        into.asides.push((rows.grid.sheet, aside));
                        into.grids.push(rows.grid);
                    }
                }
                "w:del" | "w:moveFrom" | "w:sdtPr" | "w:sectPr" => {}
                "mc:AlternateContent" => {
                    let chosen = child.child("mc:Choice").or(child.child("mc:Fallback"));
                    chosen.into_iter().for_each(|it| self.tables(it, into));
                }
                _ => self.tables(child, into),
            }
        }
    }

    fn grid_rows(&mut self, element: Element<'e>, rows: &mut GridRows<'_>) {
        for child in element.children() {
            match child.name() {
                "w:tr" => {
                    let properties = child.child("w:trPr");
                    if self.is_deleted(properties) || self.is_full() || rows.row >= rows.limits.rows {
                        continue;
                    }
                    let mut col = properties.and_then(|it| number(it, "w:gridBefore")).unwrap_or(0);
                    let mut going_on = Vec::new();
                    self.grid_cells(child, rows, &mut col, &mut going_on);
                    rows.close(|col| !going_on.contains(&col));
                    rows.row = rows.row.saturating_add(1);
                }
                "w:tblPr" | "w:tblGrid" | "w:sdtPr" => {}
                _ => self.grid_rows(child, rows),
            }
        }
    }

    fn grid_cells(
        &mut self,
        element: Element<'e>,
        rows: &mut GridRows<'_>,
        col: &mut usize,
        going_on: &mut Vec<u16>,
    ) {
        for child in element.children() {
            match child.name() {
                "w:tc" => {
                    let properties = child.child("w:tcPr");
                    let property = |name: &str| properties.and_then(|it| it.child(name));
                    if property("w:cellDel").is_some() {
                        self.note(AsideKind::Change);
                        continue;
                    }
                    let span = properties.and_then(|it| number(it, "w:gridSpan")).unwrap_or(1).max(1);
                    let Ok(left) = u16::try_from(*col) else { return };
                    let right = u16::try_from(col.saturating_add(span).saturating_sub(1)).unwrap_or(u16::MAX);
                    *col = col.saturating_add(span);
                    if right >= rows.limits.columns {
                        return;
                    }
                    let merge =
                        property("w:vMerge").map(|it| it.attribute("val").is_some_and(|it| it == "restart"));
                    if merge == Some(false) && rows.goes_on(left) {
                        going_on.push(left);
                        continue;
                    }
                    self.struck = Some(String::new());
                    let read = self.cell(child);
                    let struck = self.struck.take().unwrap_or_default();
                    let text = match (read.text().trim(), struck.trim()) {
                        (_, "") => read.text(),
                        ("", whole) => {
                            rows.struck.whole.insert((rows.row, left));
                            whole
                        }
                        (_, words) => {
                            let mut partly = Partly::default();
                            partly.push(read.text(), false);
                            partly.push(words, true);
                            rows.struck.words.insert((rows.row, left), partly);
                            read.text()
                        }
                    };
                    self.n_cells = self.n_cells.saturating_add(1);
                    rows.grid.set(rows.row, left, Raw::text(text));
                    rows.close(|it| it == left);
                    if merge.is_some() || right > left {
                        going_on.push(left);
                        rows.tall.insert(left, Area { top: rows.row, left, bottom: rows.row, right });
                    }
                }
                "w:trPr" | "w:sdtPr" => {}
                _ => self.grid_cells(child, rows, col, going_on),
            }
        }
    }
}

impl GridRows<'_> {
    /// Lets the cell that begins in this column go on in this row; whether there is one.
    fn goes_on(&mut self, left: u16) -> bool {
        let row = self.row;
        self.tall.get_mut(&left).map(|it| it.bottom = row).is_some()
    }

    /// Ends the cells that begin in such columns.
    fn close(&mut self, is_over: impl Fn(u16) -> bool) {
        let over: Vec<u16> = self.tall.keys().copied().filter(|it| is_over(*it)).collect();
        for col in over {
            let area = self.tall.remove(&col).filter(|it| it.top < it.bottom || it.left < it.right);
            self.grid.merges.extend(area);
        }
    }
}
