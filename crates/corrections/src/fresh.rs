//! A new workbook with the cells of a file whose own format is not written here.

use std::fmt::Write as _;

use finding::cell_name;
use ooxml::{ContentTypes, NewRelation, PackageWriter, Relations, WriteFault, escaped};
use source::Grid;
use value::{DatePart, Raw};

const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const BASE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/// The number format of texts: what is typed there stays as it is typed.
const TEXT: &str = "@";
/// Columns are at most so wide, in digits.
const WIDEST: usize = 40;

/// The workbook; of files without sheets an empty one, to which the list is added.
pub(crate) fn workbook(grids: &[Grid], untitled: &str) -> Result<Vec<u8>, WriteFault> {
    let mut formats = Formats::default();
    let names = names(grids, untitled);
    let sheets: Vec<String> = grids.iter().map(|it| sheet(it, &mut formats)).collect();
    let parts: Vec<String> = (1..=sheets.len()).map(|it| format!("xl/worksheets/sheet{it}.xml")).collect();
    let types =
        [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
    let main = ("xl/workbook.xml", format!("{KIND}.sheet.main+xml"));
    let own = ("xl/styles.xml", format!("{KIND}.styles+xml"));
    let of_sheet = |it: &String| (it.clone(), format!("{KIND}.worksheet+xml"));
    let of_sheets: Vec<(String, String)> = parts.iter().map(of_sheet).collect();
    let mut said = vec![main, own];
    said.extend(of_sheets.iter().map(|it| (it.0.as_str(), it.1.clone())));
    let mut package = PackageWriter::new();
    package.add(ContentTypes::PART, &ContentTypes::written(&types, &said).part())?;
    let office =
        NewRelation { id: "rId1", kind: format!("{BASE}/officeDocument"), target: "xl/workbook.xml" };
    package.add("_rels/.rels", &Relations::written(&[office]).part())?;
    package.add("xl/workbook.xml", main_part(grids, &names).as_bytes())?;
    let ids: Vec<String> = (1..=sheets.len()).map(|it| format!("rId{it}")).collect();
    let targets: Vec<String> = parts.iter().map(|it| it.trim_start_matches("xl/").to_owned()).collect();
    let mut related =
        vec![NewRelation { id: "rIdStyles", kind: format!("{BASE}/styles"), target: "styles.xml" }];
    related.extend(ids.iter().zip(&targets).map(|(id, target)| NewRelation {
        id,
        kind: format!("{BASE}/worksheet"),
        target,
    }));
    package.add("xl/_rels/workbook.xml.rels", &Relations::written(&related).part())?;
    package.add("xl/styles.xml", formats.part().as_bytes())?;
    for (part, xml) in parts.iter().zip(&sheets) {
        package.add(part, xml.as_bytes())?;
    }
    package.finish()
}

/// The names of the sheets as a workbook may have them: of some characters, without certain marks, each once.
pub(crate) fn names(grids: &[Grid], untitled: &str) -> Vec<String> {
    const N_NAME: usize = 27;
    let mut names: Vec<String> = Vec::new();
    for grid in grids {
        let plain: String = grid.name.chars().filter(|it| !"[]:*?/\\'".contains(*it)).take(N_NAME).collect();
        let plain = if plain.trim().is_empty() { untitled.to_owned() } else { plain };
        let others = (2..).map(|it| format!("{plain}（{it}）"));
        let is_free = |it: &String| names.iter().all(|known| !known.eq_ignore_ascii_case(it));
        let name = std::iter::once(plain.clone()).chain(others).find(is_free);
        names.extend(name);
    }
    names
}

fn main_part(grids: &[Grid], names: &[String]) -> String {
    let sheet = |(number, (grid, name)): (usize, (&Grid, &String))| {
        let hidden = if grid.hidden { " state=\"hidden\"" } else { "" };
        format!("<sheet name=\"{}\" sheetId=\"{number}\"{hidden} r:id=\"rId{number}\"/>", escaped(name))
    };
    let sheets: String = (1..).zip(grids.iter().zip(names)).map(sheet).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><workbook xmlns=\"{SPACE}\" xmlns:r=\"{BASE}\"><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>"
    )
}

/// The number formats of the cells.
#[derive(Debug, Default)]
struct Formats(Vec<String>);

impl Formats {
    /// The number of the cell format that shows numbers so.
    fn cell(&mut self, code: &str) -> usize {
        let known = self.0.iter().position(|it| it == code);
        1 + known.unwrap_or_else(|| {
            self.0.push(code.to_owned());
            self.0.len() - 1
        })
    }

    fn part(&self) -> String {
        const OWN: usize = 164;
        let format = |(at, code): (usize, &String)| {
            format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", OWN + at, escaped(code))
        };
        let cell = |at: usize| {
            format!(
                "<xf numFmtId=\"{}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
                OWN + at
            )
        };
        let n = self.0.len();
        let formats: String = self.0.iter().enumerate().map(format).collect();
        let formats = if n == 0 { formats } else { format!("<numFmts count=\"{n}\">{formats}</numFmts>") };
        let cells: String = (0..n).map(cell).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><styleSheet xmlns=\"{SPACE}\">{formats}<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"宋体\"/><charset val=\"134\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"{}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>{cells}</cellXfs></styleSheet>",
            n + 1
        )
    }
}

fn sheet(grid: &Grid, formats: &mut Formats) -> String {
    let mut rows = String::new();
    let mut widths: Vec<usize> = Vec::new();
    for row in grid.rows() {
        let _infallible = write!(rows, "<row r=\"{}\">", row.number + 1);
        for (col, raw) in row.cells() {
            cell(&mut rows, &cell_name(row.number, *col), raw, formats);
            let is_merged = grid.merges.iter().any(|it| it.contains(row.number, *col));
            if !is_merged {
                let at = usize::from(*col);
                widths.resize(widths.len().max(at + 1), 0);
                widths[at] = widths[at].max(width(&raw.display()));
            }
        }
        rows.push_str("</row>");
    }
    let column = |(at, width): (usize, usize)| {
        format!("<col min=\"{at}\" max=\"{at}\" width=\"{}\" customWidth=\"1\"/>", width.clamp(6, WIDEST) + 2)
    };
    let columns: String = (1..).zip(widths).map(column).collect();
    let columns = if columns.is_empty() { columns } else { format!("<cols>{columns}</cols>") };
    let merge = |it: &finding::Area| {
        format!("<mergeCell ref=\"{}:{}\"/>", cell_name(it.top, it.left), cell_name(it.bottom, it.right))
    };
    let merges: String = grid.merges.iter().map(merge).collect();
    let merges = if merges.is_empty() { merges } else { format!("<mergeCells>{merges}</mergeCells>") };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{SPACE}\">{columns}<sheetData>{rows}</sheetData>{merges}</worksheet>"
    )
}

fn width(text: &str) -> usize {
    let line = |it: &str| it.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
    text.split('\n').map(line).max().unwrap_or(0)
}

fn cell(rows: &mut String, at: &str, raw: &Raw, formats: &mut Formats) {
    let (code, value) = match raw {
        Raw::Number { value, decimals, percent } => {
            let places = decimals.map_or(0, usize::from);
            let code = match (places, percent) {
                (0, false) if decimals.is_none() => "General".to_owned(),
                (0, false) => "0".to_owned(),
                (n, percent) => {
                    let point = if n == 0 { String::new() } else { format!(".{}", "0".repeat(n)) };
                    format!("0{point}{}", if *percent { "%" } else { "" })
                }
            };
            (code, Some(*value))
        }
        Raw::Date { serial, precision } => {
            let code = match precision {
                DatePart::Year => "yyyy\"年\"",
                DatePart::Month => "yyyy\"年\"m\"月\"",
                _ => "yyyy-mm-dd",
            };
            (code.to_owned(), Some(*serial))
        }
        Raw::Bool(it) => {
            let _infallible = write!(rows, "<c r=\"{at}\" t=\"b\"><v>{}</v></c>", u8::from(*it));
            return;
        }
        Raw::Error(it) if it.starts_with('#') => {
            let _infallible = write!(rows, "<c r=\"{at}\" t=\"e\"><v>{}</v></c>", escaped(it));
            return;
        }
        Raw::Empty | Raw::Uncalculated | Raw::Picture(_) => return,
        Raw::Text(_) | Raw::Shown { .. } | Raw::Error(_) => (TEXT.to_owned(), None),
    };
    let style = formats.cell(&code);
    let _infallible = match value {
        Some(value) => write!(rows, "<c r=\"{at}\" s=\"{style}\"><v>{value}</v></c>"),
        None => {
            let may_stand = |it: &char| !it.is_control() || *it == '\n';
            let said: String = raw.display().chars().filter(may_stand).collect();
            let said = escaped(&said);
            write!(
                rows,
                "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{said}</t></is></c>"
            )
        }
    };
}
