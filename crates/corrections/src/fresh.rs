//! A new workbook with the cells of a file whose own format is not written here.

use std::collections::BTreeMap;

use finding::cell_name;
use ooxml::{ContentTypes, NewRelation, PackageWriter, Relations, WriteFault, escaped};
use source::{Grid, Row, Struck};
use value::{DatePart, Raw};

const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const BASE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/// The number format of texts: what is typed there stays as it is typed.
const TEXT: &str = "@";
const GENERAL: &str = "General";
/// How texts are written.
const FONT: &str = "<sz val=\"11\"/><name val=\"宋体\"/><charset val=\"134\"/>";
/// Columns are at most so wide, in digits.
const WIDEST: usize = 40;

/// The workbook; of files without sheets an empty one, to which the list is added.
pub(crate) fn workbook(
    grids: &[Grid],
    struck: &BTreeMap<u16, Struck>,
    untitled: &str,
) -> Result<Vec<u8>, WriteFault> {
    let mut formats = Formats::default();
    let names = names(grids, untitled);
    let none = Struck::default();
    let of = |it: &Grid| struck.get(&it.sheet).unwrap_or(&none);
    let sheets: Vec<String> =
        grids.iter().map(|it| Sheet { grid: it, struck: of(it), formats: &mut formats }.part()).collect();
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

/// The number formats of the cells, each with whether what is shown is struck out.
#[derive(Debug, Default)]
struct Formats(Vec<(String, bool)>);

impl Formats {
    /// The number of the cell format that shows numbers so.
    fn cell(&mut self, code: &str, is_struck: bool) -> usize {
        let known = self.0.iter().position(|it| it.0 == code && it.1 == is_struck);
        1 + known.unwrap_or_else(|| {
            self.0.push((code.to_owned(), is_struck));
            self.0.len() - 1
        })
    }

    fn part(&self) -> String {
        const OWN: usize = 164;
        let format = |(at, (code, _)): (usize, &(String, bool))| {
            format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", OWN + at, escaped(code))
        };
        let cell = |(at, (_, is_struck)): (usize, &(String, bool))| {
            format!(
                "<xf numFmtId=\"{}\" fontId=\"{}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>",
                OWN + at,
                u8::from(*is_struck)
            )
        };
        let n = self.0.len();
        let formats: String = self.0.iter().enumerate().map(format).collect();
        let formats = if n == 0 { formats } else { format!("<numFmts count=\"{n}\">{formats}</numFmts>") };
        let cells: String = self.0.iter().enumerate().map(cell).collect();
        let font = |inner: &str| format!("<font>{inner}{FONT}</font>");
        let fonts = font("") + &font("<strike/>");
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><styleSheet xmlns=\"{SPACE}\">{formats}<fonts count=\"2\">{fonts}</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"{}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>{cells}</cellXfs></styleSheet>",
            n + 1
        )
    }
}

/// A sheet that is written.
struct Sheet<'a> {
    grid: &'a Grid,
    struck: &'a Struck,
    formats: &'a mut Formats,
}

impl Sheet<'_> {
    fn part(mut self) -> String {
        let grid = self.grid;
        let rows: String = grid.rows().iter().map(|it| self.row(it)).collect();
        let column = |(at, width): (usize, usize)| {
            let width = width.clamp(6, WIDEST) + 2;
            format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>")
        };
        let columns: String = (1..).zip(widths(grid)).map(column).collect();
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

    fn row(&mut self, row: &Row) -> String {
        // What a form that was sent out says of itself is for no eye, as it was when it was sent.
        let hidden = if row.is_mark() { " hidden=\"1\"" } else { "" };
        let cells: String = row.cells().iter().map(|(col, raw)| self.cell((row.number, *col), raw)).collect();
        format!("<row r=\"{}\"{hidden}>{cells}</row>", row.number + 1)
    }

    fn cell(&mut self, at: (u32, u16), raw: &Raw) -> String {
        let name = cell_name(at.0, at.1);
        let is_struck = self.struck.whole.contains(&at);
        let mut styled = |code: &str| self.formats.cell(code, is_struck);
        if let Some((code, value)) = number(raw) {
            return format!("<c r=\"{name}\" s=\"{}\"><v>{value}</v></c>", styled(&code));
        }
        match raw {
            Raw::Bool(it) => {
                format!("<c r=\"{name}\" s=\"{}\" t=\"b\"><v>{}</v></c>", styled(GENERAL), u8::from(*it))
            }
            Raw::Error(it) if it.starts_with('#') => {
                format!("<c r=\"{name}\" s=\"{}\" t=\"e\"><v>{}</v></c>", styled(GENERAL), escaped(it))
            }
            Raw::Empty | Raw::Uncalculated | Raw::Picture(_) => String::new(),
            _ => {
                let said = match (self.struck.words.get(&at), raw) {
                    (Some(partly), Raw::Text(_)) => partly.parts().map(run).collect(),
                    _ => written(&raw.display()),
                };
                format!("<c r=\"{name}\" s=\"{}\" t=\"inlineStr\"><is>{said}</is></c>", styled(TEXT))
            }
        }
    }
}

/// The widths of the columns in digits: what stands there in rows that are seen, and not over several columns.
fn widths(grid: &Grid) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in grid.rows().iter().filter(|it| !it.is_mark()) {
        for (col, raw) in row.cells() {
            if !grid.merges.iter().any(|it| it.contains(row.number, *col)) {
                let at = usize::from(*col);
                widths.resize(widths.len().max(at + 1), 0);
                widths[at] = widths[at].max(width(&raw.display()));
            }
        }
    }
    widths
}

fn width(text: &str) -> usize {
    let line = |it: &str| it.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
    text.split('\n').map(line).max().unwrap_or(0)
}

/// What a cell holds that is a number or a day, with the format that shows it as it was shown.
fn number(raw: &Raw) -> Option<(String, f64)> {
    match raw {
        Raw::Number { value, decimals, percent } => {
            let code = match (decimals.map_or(0, usize::from), percent) {
                (0, false) if decimals.is_none() => GENERAL.to_owned(),
                (n, percent) => {
                    let point = if n == 0 { String::new() } else { format!(".{}", "0".repeat(n)) };
                    format!("0{point}{}", if *percent { "%" } else { "" })
                }
            };
            Some((code, *value))
        }
        Raw::Date { serial, precision } => {
            let code = match precision {
                DatePart::Year => "yyyy\"年\"",
                DatePart::Month => "yyyy\"年\"m\"月\"",
                _ => "yyyy-mm-dd",
            };
            Some((code.to_owned(), *serial))
        }
        _ => None,
    }
}

/// A part of a text of which something is struck out.
fn run((text, is_struck): (&str, bool)) -> String {
    let line = if is_struck { "<strike/>" } else { "" };
    let looks = "<sz val=\"11\"/><rFont val=\"宋体\"/><charset val=\"134\"/>";
    format!("<r><rPr>{line}{looks}</rPr>{}</r>", written(text))
}

fn written(text: &str) -> String {
    let may_stand = |it: &char| !it.is_control() || *it == '\n';
    let said: String = text.chars().filter(may_stand).collect();
    format!("<t xml:space=\"preserve\">{}</t>", escaped(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;
    use source::{Content, FORM_MARK, Limits, read};

    fn again(bytes: &[u8]) -> (Vec<Grid>, BTreeMap<u16, Struck>) {
        let read = read(bytes, "a.xlsx", Sources::default().add("a.xlsx"), &Limits::standard());
        match read.content {
            Some(Content::Sheets(grids)) => (grids, read.struck),
            other => panic!("{other:?} {:?}", read.report),
        }
    }

    #[test]
    fn what_is_struck_out_is_so_in_the_new_workbook_word_by_word() {
        // What rust_xlsxwriter has struck out stands for what any reader tells.
        let line = rust_xlsxwriter::Format::new().set_font_strikethrough();
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_with_format(0, 0, "划去", &line).unwrap();
        sheet.write_with_format(1, 0, 12.5, &line).unwrap();
        let plain = rust_xlsxwriter::Format::new();
        sheet.write_rich_string(2, 0, &[(&line, "王强"), (&plain, "李明"), (&line, " & 3")]).unwrap();
        sheet.write(3, 0, "留下").unwrap();
        let (grids, struck) = again(&book.save_to_buffer().unwrap());
        assert_eq!(struck[&0].words[&(2, 0)].parts().count(), 3);
        let (new, new_struck) = again(&workbook(&grids, &struck, "表").unwrap());
        assert_eq!(new_struck, struck);
        let shown = |grids: &[Grid]| (0..4).map(|row| grids[0].get(row, 0).display()).collect::<Vec<_>>();
        assert_eq!(
            (shown(&new), shown(&grids)),
            (shown(&grids), ["划去", "12.5", "李明", "留下"].map(Into::into).into())
        );
    }

    #[test]
    fn the_marks_of_a_form_stay_hidden_and_make_no_column_wide() {
        let file = Sources::default().add("a.csv");
        let mut grid = Grid::empty(file, 0, "");
        grid.set(0, 0, Raw::text(&format!("{FORM_MARK}1|honours|0a1b2c3d|2024-01-01|2024-12-31")));
        grid.set(1, 0, Raw::text("荣誉"));
        let bytes = workbook(&[grid], &BTreeMap::new(), "表").unwrap();
        let mut package = ooxml::Package::open(&bytes, &ooxml::Limits::STANDARD).unwrap();
        let sheet = String::from_utf8(package.bytes("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        assert!(sheet.contains("<row r=\"1\" hidden=\"1\">") && sheet.contains("<row r=\"2\">"), "{sheet}");
        assert!(sheet.contains("width=\"8\""), "{sheet}");
        assert!(again(&bytes).0[0].rows()[0].is_mark());
    }
}
