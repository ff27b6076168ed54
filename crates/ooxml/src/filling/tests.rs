//! Small workbooks, written by hand, filled and looked at byte by byte.

use super::*;
use crate::{Cell, ContentTypes, NewRelation, Package, PackageWriter, Relations, Styles, cell};

const MAIN: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook: its first sheet 表一 and its second 表二 as what stands in their roots, the defined names, other parts.
#[derive(Default)]
pub(super) struct Blank<'t> {
    pub(super) one: &'t str,
    pub(super) two: &'t str,
    pub(super) names: &'t str,
    /// Name, kind of the relation, type, content, and to which part it belongs.
    pub(super) others: &'t [(&'t str, &'t str, &'t str, &'t str, &'t str)],
}

impl Blank<'_> {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let sheet =
            |inner: &str| format!("<worksheet xmlns=\"{SPACE}\" xmlns:r=\"{MAIN}\">{inner}</worksheet>");
        let names = if self.names.is_empty() {
            String::new()
        } else {
            format!("<definedNames>{}</definedNames>", self.names)
        };
        let book = format!(
            "<workbook xmlns=\"{SPACE}\" xmlns:r=\"{MAIN}\"><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"s1\"/><sheet name=\"表二\" sheetId=\"2\" r:id=\"s2\"/></sheets>{names}</workbook>"
        );
        let mut parts = vec![
            ("xl/workbook.xml", book),
            ("xl/worksheets/sheet1.xml", sheet(self.one)),
            ("xl/worksheets/sheet2.xml", sheet(self.two)),
        ];
        let mut related = vec![
            ("", "officeDocument", "xl/workbook.xml"),
            ("xl/workbook.xml", "worksheet", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "worksheet", "xl/worksheets/sheet2.xml"),
        ];
        let mut types = Vec::new();
        for (name, kind, of, content, owner) in self.others {
            parts.push((name, (*content).to_owned()));
            related.push((owner, kind, name));
            types.push((*name, (*of).to_owned()));
        }
        let mut writer = PackageWriter::new();
        let xml = ContentTypes::written(&[("xml", "application/xml")], &types).part();
        writer.add(ContentTypes::PART, &xml).unwrap();
        for (name, content) in &parts {
            writer.add(name, content.as_bytes()).unwrap();
        }
        let mut owners: Vec<&str> = related.iter().map(|it| it.0).collect();
        owners.dedup();
        owners.sort_unstable();
        owners.dedup();
        for owner in owners {
            let own: Vec<_> = related.iter().filter(|it| it.0 == owner).collect();
            let ids: Vec<String> = (1..=own.len()).map(|it| format!("s{it}")).collect();
            let targets: Vec<String> = own.iter().map(|it| format!("/{}", it.2)).collect();
            let new: Vec<_> = own.iter().zip(ids.iter().zip(&targets)).collect();
            let new: Vec<_> = new
                .iter()
                .map(|(it, (id, target))| NewRelation { id, kind: format!("{MAIN}/{}", it.1), target })
                .collect();
            writer.add(&Relations::part_of(owner), &Relations::written(&new).part()).unwrap();
        }
        writer.finish().unwrap()
    }
}

pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut package = Package::open(bytes, &Limits::STANDARD).unwrap();
    String::from_utf8(package.bytes(name).unwrap_or_default()).unwrap()
}

/// What stands in the root of a sheet.
fn inner(bytes: &[u8], number: u32) -> String {
    let text = part(bytes, &format!("xl/worksheets/sheet{number}.xml"));
    let start = text.find('>').unwrap() + 1;
    text[start..].trim_end_matches("</worksheet>").to_owned()
}

fn at(name: &str) -> Cell {
    cell(name).unwrap()
}

/// Two rows above row 5 of 表一, like row 4.
const ROWS: NewRows = NewRows { before: 4, count: 2, like: 3 };

fn moved(blank: &Blank<'_>, rows: NewRows) -> Result<Vec<u8>, FillFault> {
    let bytes = blank.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD)?;
    filler.insert_rows("表一", rows)?;
    Ok(filler.finish()?.bytes)
}

#[test]
fn values_stand_where_they_belong_and_look_as_the_cell_did() {
    let one = "<dimension ref=\"A1:B2\"/><cols><col min=\"4\" max=\"4\" style=\"7\"/></cols><sheetData><row r=\"2\" spans=\"1:2\" x=\"1\"><c r=\"A2\" s=\"3\" t=\"s\" ph=\"1\"><v>0</v></c><c r=\"C2\"/></row><row r=\"4\" s=\"5\" customFormat=\"1\"/></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>";
    let bytes = Blank { one, ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    let text = |it: &str| Put::Text(it.to_owned());
    let puts = [
        ("A2", text("旧")),
        ("A2", text(" 甲<乙\n丙")),
        ("B2", Put::Number(0.1)),
        ("C2", Put::Boolean(true)),
        ("D3", Put::Number(-12.0)),
        ("B4", Put::Nothing),
        ("A5", text("")),
        ("A1", Put::Number(1e21)),
    ];
    for (name, put) in puts {
        filler.put("表一", at(name), &put).unwrap();
    }
    let wanted = "<dimension ref=\"A1:D5\"/><cols><col min=\"4\" max=\"4\" style=\"7\"/></cols><sheetData><row r=\"1\"><c r=\"A1\"><v>1000000000000000000000</v></c></row><row r=\"2\" x=\"1\"><c r=\"A2\" s=\"3\" t=\"inlineStr\" ph=\"1\"><is><t xml:space=\"preserve\"> 甲&lt;乙\n丙</t></is></c><c r=\"B2\"><v>0.1</v></c><c r=\"C2\" t=\"b\"><v>1</v></c></row><row r=\"3\"><c r=\"D3\" s=\"7\"><v>-12</v></c></row><row r=\"4\" s=\"5\" customFormat=\"1\"><c r=\"B4\" s=\"5\"></c></row><row r=\"5\"><c r=\"A5\"></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>";
    let filled = filler.finish().unwrap();
    let changed = inner(&filled.bytes, 1).replace(" spans=\"1:2\"", "").replace("  ", " ");
    assert_eq!(changed, wanted);
    assert_eq!(part(&filled.bytes, "xl/workbook.xml"), part(&bytes, "xl/workbook.xml"));
    assert_eq!(filled.formulas, []);
}

#[test]
fn days_get_a_look_for_days_where_the_cell_has_none() {
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\" borderId=\"3\"><alignment/></xf><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let others = [("xl/styles.xml", "styles", Styles::KIND, styles, "xl/workbook.xml")];
    let one = "<sheetData><row r=\"1\"><c r=\"A1\"/><c r=\"B1\" s=\"1\"/></row></sheetData>";
    let bytes = Blank { one, others: &others, ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    filler.set_day_format("yyyy\"年\"m\"月\"");
    for name in ["A1", "B1", "C1"] {
        filler.put("表一", at(name), &Put::Date(2026, 1, 1)).unwrap();
    }
    let filled = filler.finish().unwrap().bytes;
    let wanted = "<sheetData><row r=\"1\"><c r=\"A1\" s=\"2\"><v>46023</v></c><c r=\"B1\" s=\"1\"><v>46023</v></c><c r=\"C1\" s=\"2\"><v>46023</v></c></row></sheetData>";
    assert_eq!(inner(&filled, 1), wanted);
    let look = part(&filled, "xl/styles.xml");
    for said in [
        "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>",
        "<cellXfs count=\"3\">",
        "<xf numFmtId=\"164\" applyNumberFormat=\"1\" borderId=\"3\"><alignment/></xf></cellXfs>",
    ] {
        assert!(look.contains(said), "{said} in {look}");
    }
    // A workbook without looks gets some.
    let bytes = Blank { one: "<sheetData/>", ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    filler.put("表一", at("A1"), &Put::Date(2026, 1, 1)).unwrap();
    let filled = filler.finish().unwrap().bytes;
    assert!(part(&filled, "xl/styles1.xml").contains("formatCode=\"yyyy\\-mm\\-dd\""));
    assert!(part(&filled, "xl/_rels/workbook.xml.rels").contains("/styles\""));
}

#[test]
fn cells_that_are_not_to_be_filled_are_refused() {
    let one = "<sheetData><row r=\"1\"><c r=\"A1\"><f>B1</f></c><c r=\"C1\"><f t=\"array\" ref=\"C1:C2\">B1:B2</f></c></row></sheetData><mergeCells><mergeCell ref=\"A3:B4\"/></mergeCells>";
    let bytes = Blank { one, ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    let long = "长".repeat(32_768);
    let cases = [
        ("表一", "A1", Put::Nothing, "A1是公式，不能填写"),
        ("表一", "C2", Put::Nothing, "C2是公式，不能填写"),
        ("表一", "B3", Put::Nothing, "B3并入了A3，只能填写后者"),
        ("表三", "B3", Put::Nothing, "没有工作表“表三”"),
        ("表一", "XFE1", Put::Nothing, "超出了工作表的范围"),
        ("表一", "A3", Put::Number(f64::NAN), "电子表格写不下这个数"),
        ("表一", "A3", Put::Date(2025, 2, 29), "电子表格没有2025年2月29日这一天"),
        ("表一", "A3", Put::Text(long), "单元格最多写 32767 个字符"),
        ("表一", "A3", Put::Text("\u{1}".to_owned()), "文字中有 XML 不能写的字符 U+0001"),
    ];
    for (sheet, name, put, wanted) in cases {
        let fault = filler.put(sheet, at(name), &put).unwrap_err();
        assert_eq!(fault.to_string(), wanted);
    }
    filler.put("表一", at("A3"), &Put::Number(1.0)).unwrap();
}

#[test]
fn new_rows_look_as_their_pattern_and_formulas_stay_right() {
    let one = "<sheetData><row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"C3\"><f t=\"shared\" ref=\"C3:C6\" si=\"0\">A3*2</f></c></row><row r=\"4\" ht=\"21\" customHeight=\"1\"><c r=\"A4\" s=\"2\"><f>A3+1</f><v>2</v></c><c r=\"B4\" s=\"3\" t=\"s\"><v>0</v></c><c r=\"C4\"><f t=\"shared\" si=\"0\"/></c><c r=\"D4\"/></row><row r=\"5\"><c r=\"A5\" s=\"2\"><f>A4+1</f></c><c r=\"C5\"><f t=\"shared\" si=\"0\"/></c></row><row r=\"6\"><c r=\"A6\"><f>SUM(A3:A5)</f></c><c r=\"C6\"><f t=\"shared\" si=\"0\"/></c><c r=\"D6\"><f t=\"array\" ref=\"D6\">SUM(A3:A5*2)</f></c></row></sheetData>";
    let two = "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"4\">表一!A4</f></c></row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"4\"/></c><c r=\"B2\"><f t=\"shared\" ref=\"B2:B3\" si=\"5\">A1</f></c></row><row r=\"3\"><c r=\"B3\"><f t=\"shared\" si=\"5\"/></c></row></sheetData>";
    let filled = moved(&Blank { one, two, ..Blank::default() }, ROWS).unwrap();
    let wanted = "<sheetData><row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"C3\"><f>A3*2</f><v>2</v></c></row><row r=\"4\" ht=\"21\" customHeight=\"1\"><c r=\"A4\" s=\"2\"><f>A3+1</f><v>2</v></c><c r=\"B4\" s=\"3\" t=\"s\"><v>0</v></c><c r=\"C4\"><f>A4*2</f><v>4</v></c><c r=\"D4\"/></row><row r=\"5\" ht=\"21\" customHeight=\"1\"><c r=\"A5\" s=\"2\"><f>A4+1</f><v>3</v></c><c r=\"B5\" s=\"3\"/><c r=\"C5\"><f>A5*2</f><v>6</v></c></row><row r=\"6\" ht=\"21\" customHeight=\"1\"><c r=\"A6\" s=\"2\"><f>A5+1</f><v>4</v></c><c r=\"B6\" s=\"3\"/><c r=\"C6\"><f>A6*2</f><v>8</v></c></row><row r=\"7\"><c r=\"A7\" s=\"2\"><f>A6+1</f><v>5</v></c><c r=\"C7\"><f>A7*2</f><v>10</v></c></row><row r=\"8\"><c r=\"A8\"><f>SUM(A3:A7)</f><v>15</v></c><c r=\"C8\"><f>A8*2</f><v>30</v></c><c r=\"D8\"><f t=\"array\" ref=\"D8\">SUM(A3:A7*2)</f><v>30</v></c></row></sheetData>";
    assert_eq!(inner(&filled, 1), wanted);
    let wanted = "<sheetData><row r=\"1\"><c r=\"A1\"><f>表一!A4</f><v>2</v></c></row><row r=\"2\"><c r=\"A2\"><f>表一!A7</f><v>5</v></c><c r=\"B2\"><f t=\"shared\" ref=\"B2:B3\" si=\"5\">A1</f><v>2</v></c></row><row r=\"3\"><c r=\"B3\"><f t=\"shared\" si=\"5\"/><v>5</v></c></row></sheetData>";
    assert_eq!(inner(&filled, 2), wanted);
    assert!(part(&filled, "xl/workbook.xml").ends_with("</sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>"));
}

#[test]
fn what_is_not_computed_loses_its_value_and_the_order_of_computing_goes() {
    let one = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>TODAY()&amp;\"\"</f><v>旧</v></c><c r=\"B1\" t=\"e\"><f>A1</f><v>#N/A</v></c><c r=\"C1\"><f>1/0</f><v>1</v></c><c r=\"D1\"><f>\"a&lt;\"</f></c><c r=\"E1\"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r=\"F1\"><f t=\"array\" ref=\"F1:G1\">A1:B1</f><v>1</v></c><c r=\"G1\"><v>2</v></c><c r=\"H1\" t=\"d\"><v>2026-01-01</v></c><c r=\"I1\"><f>H1+1</f><v>9</v></c></row></sheetData>";
    let others = [("xl/calcChain.xml", "calcChain", "x", "<calcChain/>", "xl/workbook.xml")];
    let filled = moved(&Blank { one, others: &others, ..Blank::default() }, ROWS).unwrap();
    let wanted = "<sheetData><row r=\"1\"><c r=\"A1\"><f>TODAY()&amp;\"\"</f></c><c r=\"B1\"><f>A1</f></c><c r=\"C1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"D1\" t=\"str\"><f>\"a&lt;\"</f><v>a&lt;</v></c><c r=\"E1\"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r=\"F1\"><f t=\"array\" ref=\"F1:G1\">A1:B1</f></c><c r=\"G1\"></c><c r=\"H1\" t=\"d\"><v>2026-01-01</v></c><c r=\"I1\"><f>H1+1</f></c></row></sheetData>";
    assert_eq!(inner(&filled, 1), wanted);
    let package = Package::open(&filled, &Limits::STANDARD).unwrap();
    assert!(package.names().all(|it| it != "xl/calcChain.xml"));
    for name in [ContentTypes::PART, "xl/_rels/workbook.xml.rels"] {
        assert!(!part(&filled, name).contains("calcChain"), "{name}");
    }
}

#[test]
fn room_is_made_above_the_last_prepared_row_and_the_caller_is_told_where_cells_went() {
    let one = "<sheetData><row r=\"2\"/><row r=\"3\"/><row r=\"4\"><c r=\"A4\"><f>SUM(A2:A3)</f></c></row></sheetData>";
    let bytes = Blank { one, ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    filler.put("表一", at("A3"), &Put::Number(7.0)).unwrap();
    let prepared = Prepared { first: 1, last: 2 };
    assert_eq!(filler.make_room("表一", prepared, 2).unwrap(), 0);
    assert_eq!(filler.make_room("表一", prepared, 5).unwrap(), 3);
    for (blank, now) in [("A2", "A2"), ("A3", "A6"), ("B4", "B7")] {
        assert_eq!(filler.place("表一", at(blank)).unwrap(), at(now));
        assert_eq!(filler.place("表二", at(blank)).unwrap(), at(blank));
    }
    filler.put("表一", at("A3"), &Put::Number(1.0)).unwrap();
    let filled = filler.finish().unwrap();
    let [sum] = &filled.formulas[..] else { panic!("{:?}", filled.formulas) };
    assert_eq!((sum.cell, sum.formula.as_str()), (at("A7"), "SUM(A2:A6)"));
    assert_eq!((&sum.before, &sum.now), (&CellValue::Empty, &Ok(CellValue::Number(8.0))));
}

#[test]
fn two_prepared_rows_go_on_as_the_second_did() {
    let one = "<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><f>A2+1</f></c><c r=\"B3\"><f>A3*A$1</f></c></row></sheetData>";
    let bytes = Blank { one, ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    assert_eq!(filler.make_room("表一", Prepared { first: 1, last: 2 }, 3).unwrap(), 1);
    let filled = filler.finish().unwrap();
    let seen: Vec<_> = filled.formulas.iter().map(|it| (it.cell, it.formula.as_str())).collect();
    let wanted = [("A3", "A2+1"), ("B3", "A3*A$1"), ("A4", "A3+1"), ("B4", "A4*A$1")];
    assert_eq!(seen, wanted.map(|it| (at(it.0), it.1)));
}
