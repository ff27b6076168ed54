//! Packages made by hand, entry by entry: what is not changed is the same to the byte, what is changed holds all else.

mod rounds;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::*;
use crate::list::{Link, ListColumn, ListRow};
use ooxml::PackageWriter;
use source::{Content, Limits, NOTE_AUTHOR, read};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
const BASE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";

/// The parts of a workbook.
type Parts = BTreeMap<String, String>;

fn rels(all: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{BASE}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = all.iter().map(one).collect();
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

/// Two sheets, 甲 and 乙, with these cells, and beside them what other programs leave in a package.
fn parts(first: &str, second: &str) -> Parts {
    let sheet =
        |xml: &str| format!("{XML}<worksheet xmlns=\"{SPREADSHEET}\" xmlns:r=\"{BASE}\">{xml}</worksheet>");
    let workbook = format!(
        "{XML}<workbook xmlns=\"{SPREADSHEET}\" xmlns:r=\"{BASE}\"><bookViews><workbookView activeTab=\"0\" firstSheet=\"0\"/></bookViews><sheets><sheet name=\"甲\" sheetId=\"3\" r:id=\"rId1\"/><sheet name=\"乙\" sheetId=\"7\" r:id=\"rId2\"/></sheets><definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">乙!$1:$1</definedName><definedName name=\"税率\">甲!$B$1</definedName></definedNames><calcPr calcId=\"191029\"/></workbook>"
    );
    let styles = format!(
        "{XML}<styleSheet xmlns=\"{SPREADSHEET}\"><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/><xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"1\"><alignment wrapText=\"1\"/></xf></cellXfs><dxfs count=\"0\"/></styleSheet>"
    );
    let of_book = [
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "worksheets/sheet2.xml"),
        ("rId3", "styles", "styles.xml"),
    ];
    [
        ("[Content_Types].xml", format!("{XML}{TYPES}")),
        ("_rels/.rels", rels(&[("rId1", "officeDocument", "xl/workbook.xml")])),
        ("docProps/custom.xml", "<Properties><property name=\"报表\"/></Properties>".to_owned()),
        ("xl/_rels/workbook.xml.rels", rels(&of_book)),
        ("xl/media/image1.png", "\u{89}PNG".to_owned()),
        ("xl/styles.xml", styles),
        ("xl/vbaProject.bin", "macros".to_owned()),
        ("xl/workbook.xml", workbook),
        ("xl/worksheets/sheet1.xml", sheet(first)),
        ("xl/worksheets/sheet2.xml", sheet(second)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut package = PackageWriter::new();
    parts.iter().for_each(|(name, text)| package.add(name, text.as_bytes()).unwrap());
    package.finish().unwrap()
}

fn unpacked(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), String::from_utf8(text).unwrap());
    }
    parts
}

fn list() -> List {
    let column = |heading: &str| ListColumn { heading: heading.to_owned(), width: 10, is_short: false };
    let row = ListRow {
        severity: Severity::Error,
        cells: ["1", "错误", "B2"].map(Into::into).into(),
        link: Some(Link::Within(("甲's".to_owned(), "B2".to_owned()))),
    };
    List {
        sheet: "退改清单".to_owned(),
        title: "清单".to_owned(),
        lines: vec!["请改正".to_owned()],
        columns: ["序号", "程度", "位置"].map(column).into(),
        rows: vec![row],
        severity: 1,
        place: 2,
        heads: ["甲", "乙"].map(str::to_owned).into(),
    }
}

/// Marks on the first sheet: cell, severity, note.
fn marks(cells: &[(Cell, Severity, &str)]) -> Marks {
    let mark = |(at, severity, note): &(Cell, Severity, &str)| {
        (*at, Mark { severity: *severity, note: (*note).to_owned() })
    };
    [(0, cells.iter().map(mark).collect())].into()
}

fn done(parts: &Parts, marks: &Marks) -> Parts {
    unpacked(&marked(&packed(parts), marks, &list(), &[]).unwrap())
}

const ROWS: &str = "<dimension ref=\"A1:B3\"/><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><cols><col min=\"4\" max=\"5\" width=\"9\" style=\"1\"/></cols><sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\"><f>1+1</f><v>2</v></c></row><row r=\"3\" s=\"1\" customFormat=\"1\"><c r=\"B3\" s=\"1\"><v>5</v></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells><extLst/>";

#[test]
fn what_is_not_marked_is_the_same_to_the_byte_and_the_sheet_in_front_is_counted() {
    let before = parts(ROWS, "<sheetData/>");
    let bytes = packed(&before);
    let after = marked(&bytes, &marks(&[((0, 1), Severity::Error, "错")]), &list(), &[]).unwrap();
    let raw = |bytes: &[u8], name: &str| {
        let mut zip = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
        let at = zip.index_for_name(name).unwrap();
        let mut entry = zip.by_index_raw(at).unwrap();
        let mut raw = Vec::new();
        entry.read_to_end(&mut raw).unwrap();
        raw
    };
    for name in [
        "_rels/.rels",
        "docProps/custom.xml",
        "xl/media/image1.png",
        "xl/vbaProject.bin",
        "xl/worksheets/sheet2.xml",
    ] {
        assert_eq!(raw(&bytes, name), raw(&after, name), "{name}");
    }
    let after = unpacked(&after);
    let new: Vec<&String> = after.keys().filter(|it| !before.contains_key(*it)).collect();
    let wanted = [
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet3.xml",
    ];
    assert_eq!(new, wanted);
    let book = &after["xl/workbook.xml"];
    for said in [
        "<sheets><sheet xmlns:r=",
        "name=\"退改清单\" sheetId=\"8\"",
        "localSheetId=\"2\">乙!$1:$1",
        "<definedName name=\"税率\">",
        "activeTab=\"0\"",
    ] {
        assert!(book.contains(said), "{said} in {book}");
    }
    assert!(after["xl/worksheets/sheet1.xml"].contains("tabSelected=\"0\""));
    assert!(after["xl/worksheets/sheet3.xml"].contains("tabSelected=\"1\""));
    assert!(
        after["xl/worksheets/sheet3.xml"]
            .contains("<hyperlink ref=\"C5\" location=\"&apos;甲&apos;&apos;s&apos;!B2\"/>")
    );
    let types = &after["[Content_Types].xml"];
    assert!(
        types.contains("Extension=\"vml\"")
            && types.contains("/xl/comments1.xml")
            && types.contains("/xl/worksheets/sheet3.xml")
    );
}

#[test]
fn a_sheet_that_was_in_front_and_is_not_marked_stays_in_front() {
    let first = "<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetData/>";
    let second = "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews><sheetData/>";
    let mut before = parts(first, second);
    let book = before["xl/workbook.xml"].replace("activeTab=\"0\"", "activeTab=\"1\"");
    before.insert("xl/workbook.xml".to_owned(), book);
    let after = done(&before, &marks(&[((0, 0), Severity::Query, "")]));
    assert!(after["xl/workbook.xml"].contains("activeTab=\"2\""));
    assert_eq!(after["xl/worksheets/sheet2.xml"], before["xl/worksheets/sheet2.xml"]);
    assert!(!after["xl/worksheets/sheet3.xml"].contains("tabSelected"));
}

#[test]
fn cells_keep_what_they_are_and_new_ones_stand_in_their_order() {
    let cells = [
        ((0, 1), Severity::Error, ""),
        ((0, 3), Severity::Error, ""),
        // Merged with the cell above it.
        ((1, 0), Severity::Query, ""),
        ((1, 2), Severity::Query, ""),
        ((2, 0), Severity::Query, ""),
        ((2, 1), Severity::Error, ""),
        ((9, 0), Severity::Error, ""),
    ];
    let after = done(&parts(ROWS, "<sheetData/>"), &marks(&cells));
    let sheet = &after["xl/worksheets/sheet1.xml"];
    let data = sheet.split_once("<sheetData>").unwrap().1.split_once("</sheetData>").unwrap().0;
    // The first fill that is needed is yellow, for A1; the second is red.
    let styles = &after["xl/styles.xml"];
    let formats: Vec<&str> = styles
        .split_once("<cellXfs")
        .unwrap()
        .1
        .split("<xf ")
        .skip(1)
        .map(|it| it.split('>').next().unwrap())
        .collect();
    let style = |at: &str| {
        let (_, cell) = data
            .split_once(&format!("<c r=\"{at}\""))
            .or_else(|| data.split_once(&format!("r=\"{at}\"")))
            .unwrap();
        let before =
            data.split(&format!("r=\"{at}\"")).next().unwrap().rsplit('<').next().unwrap().to_owned();
        let tag = format!("{before}{}", cell.split('>').next().unwrap());
        let number: usize = tag.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        formats[number].to_owned()
    };
    for (at, date, fill) in [
        ("B1", false, 3),
        ("D1", true, 3),
        ("A1", false, 2),
        ("C2", false, 2),
        ("A3", true, 2),
        ("B3", true, 3),
        ("A10", false, 3),
    ] {
        let format = style(at);
        assert_eq!(format.contains("numFmtId=\"14\""), date, "{at}: {format}");
        assert!(format.contains(&format!("fillId=\"{fill}\" applyFill=\"1\"")), "{at}: {format}");
    }
    let order: Vec<&str> = data.split(" r=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
    let place = |at: &str| order.iter().position(|it| *it == at).unwrap_or_else(|| panic!("{at} in {data}"));
    let ordered = ["1", "D1", "2", "C2", "3", "A3", "10", "A10"].map(place);
    assert!(ordered.is_sorted(), "{order:?}");
    assert!(data.contains("<f>1+1</f><v>2</v>") && !data.contains("spans"), "{data}");
    assert!(sheet.contains("<dimension ref=\"A1:D10\"/>") && sheet.contains("<extLst/>"));
    assert!(styles.contains("<alignment wrapText=\"1\"/></xf>") && styles.contains("<dxfs count=\"0\"/>"));
}

#[test]
fn notes_of_others_are_added_to_and_conversations_are_left() {
    let mut before =
        parts(&format!("{}<legacyDrawing r:id=\"rId9\"/>", ROWS.replace("<extLst/>", "")), "<sheetData/>");
    let comment = |at: &str, author: usize, text: &str| {
        format!("<comment ref=\"{at}\" authorId=\"{author}\"><text>{text}</text></comment>")
    };
    let comments = [
        comment("A1", 0, "<t>请王老师核对</t>"),
        comment("B1", 0, "<r><rPr><b/></rPr><t>粗</t></r><r><t xml:space=\"preserve\"> 体</t></r>"),
        comment("B3", 1, "<t>[Threaded comment]</t>"),
    ];
    let part = format!(
        "{XML}<comments xmlns=\"{SPREADSHEET}\"><authors><author>王</author><author>tc={{1}}</author></authors><commentList>{}</commentList></comments>",
        comments.concat()
    );
    let vml = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"_x0000_t202\"><br></v:shapetype><v:shape id=\"_x0000_s1040\"><x:ClientData><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>";
    before.insert("xl/comments1.xml".to_owned(), part);
    before.insert("xl/drawings/vmlDrawing1.vml".to_owned(), vml.to_owned());
    let related = rels(&[
        ("rId8", "comments", "../comments1.xml"),
        ("rId9", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
    ]);
    before.insert("xl/worksheets/_rels/sheet1.xml.rels".to_owned(), related);
    let cells = [
        ((0, 0), Severity::Error, "甲<错>"),
        ((0, 1), Severity::Error, "乙错"),
        ((2, 1), Severity::Query, "丙错"),
        ((4, 4), Severity::Query, "丁错"),
    ];
    let after = done(&before, &marks(&cells));
    let notes = &after["xl/comments1.xml"];
    for said in [
        "<author>tc={1}</author><author>huibian</author></authors>",
        ">请王老师核对\n——————\n甲&lt;错&gt;</t>",
        "<rPr><b/></rPr><t>粗</t></r><r><t xml:space=\"preserve\"> 体</t></r><r><t xml:space=\"preserve\">\n——————\n乙错</t></r>",
        "<t>[Threaded comment]</t>",
        "<comment ref=\"E5\" authorId=\"2\">",
    ] {
        assert!(notes.contains(said), "{said} in {notes}");
    }
    assert!(!notes.contains("丙错"));
    let drawing = &after["xl/drawings/vmlDrawing1.vml"];
    assert!(drawing.starts_with(vml.trim_end_matches("</xml>")) && drawing.ends_with("</v:shape></xml>"));
    assert_eq!(drawing.matches("<v:shape ").count(), 2);
    assert!(drawing.contains("_x0000_s1041") && drawing.contains("<x:Row>4</x:Row><x:Column>4</x:Column>"));
    // The next round says the same once more, and not twice.
    let same: Marks = marks(&cells[..2]).into_values().map(|it| (1, it)).collect();
    let again = unpacked(&marked(&packed(&after), &same, &list(), &[0]).unwrap());
    let notes = &again["xl/comments1.xml"];
    assert_eq!((notes.matches("甲&lt;错&gt;").count(), notes.matches("乙错").count()), (1, 1), "{notes}");
    // What is mended is not spoken of any more, also where a program has dropped our name and joined the runs.
    let joined = after["xl/comments1.xml"]
        .replace(NOTE_AUTHOR, " ")
        .replace("</t></r><r><t xml:space=\"preserve\">\n——", "\n——");
    let part = BTreeMap::from([("xl/comments1.xml".to_owned(), joined)]);
    let saved: Parts = after.into_iter().filter(|it| !part.contains_key(&it.0)).chain(part.clone()).collect();
    let mended = unpacked(&marked(&packed(&saved), &Marks::new(), &list(), &[0]).unwrap());
    let notes = &mended["xl/comments1.xml"];
    assert!(!["甲&lt;错&gt;", "乙错", "——"].iter().any(|it| notes.contains(it)), "{notes}");
    assert!(notes.contains("请王老师核对<") && notes.contains(" 体<") && notes.contains("丁错"), "{notes}");
}

#[test]
fn prefixes_the_strict_form_and_missing_parts_are_no_hindrance() {
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let space = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    let prefixed = |text: &str| {
        let body = text.trim_start_matches(XML);
        let body = body
            .replace('<', "<x:")
            .replace("<x:/", "</x:")
            .replace(&format!("xmlns=\"{SPREADSHEET}\""), &format!("xmlns:x=\"{SPREADSHEET}\""));
        format!("{XML}{body}")
    };
    for form in ["prefixed", "strict", "bare"] {
        let mut before = parts(ROWS, "<sheetData/>");
        for (name, text) in &mut before {
            let is_sheet = name.starts_with("xl/work") || name.ends_with("styles.xml");
            match form {
                "prefixed" if is_sheet => *text = prefixed(text),
                "strict" => *text = text.replace(BASE, strict).replace(SPREADSHEET, space),
                _ => {}
            }
        }
        if form == "bare" {
            before.remove("xl/styles.xml");
            let related = before["xl/_rels/workbook.xml.rels"]
                .replace("styles.xml", "other.xml")
                .replace("/styles", "/other");
            before.insert("xl/_rels/workbook.xml.rels".to_owned(), related);
        }
        let cells = [((0, 1), Severity::Error, "甲"), ((7, 2), Severity::Error, "乙")];
        let bytes = marked(&packed(&before), &marks(&cells), &list(), &[]).unwrap();
        let after = unpacked(&bytes);
        for (name, text) in after.iter().filter(|it| it.0.ends_with(".xml") || it.0.ends_with(".rels")) {
            let tree = ooxml::Tree::parse(text.clone().into_bytes(), &ooxml::Limits::STANDARD);
            assert!(tree.is_ok(), "{form} {name}");
        }
        let read = read(&bytes, "a.xlsx", finding::Sources::default().add("a.xlsx"), &Limits::standard());
        let own_lists: Vec<u16> = read.own_lists.iter().map(|it| it.sheet).collect();
        assert_eq!(own_lists, [0], "{form}");
        let Some(Content::Sheets(grids)) = read.content else { panic!("{form}") };
        assert_eq!(grids[0].get(0, 0).display(), "姓名", "{form}");
        if form == "prefixed" {
            assert!(after["xl/worksheets/sheet1.xml"].contains("<x:row r=\"8\"><x:c r=\"C8\""), "{form}");
            assert!(after["xl/styles.xml"].contains("<x:fgColor rgb=\"FFFFB3B1\"/>"));
        }
        let kind = if form == "strict" { strict } else { BASE };
        assert!(after["xl/worksheets/_rels/sheet1.xml.rels"].contains(&format!("{kind}/comments")), "{form}");
        assert!(after["xl/comments1.xml"].contains(NOTE_AUTHOR));
    }
}

#[test]
fn what_is_no_workbook_of_this_format_is_refused() {
    assert!(matches!(marked(b"a,b", &Marks::new(), &list(), &[]), Err(Unmarked::Package(_))));
    let mut before = parts(ROWS, "<sheetData/>");
    let book = before["xl/workbook.xml"].replace("rId2", "rId99");
    before.insert("xl/workbook.xml".to_owned(), book);
    let refused = marked(&packed(&before), &marks(&[((0, 0), Severity::Error, "")]), &list(), &[]);
    assert!(matches!(refused, Err(Unmarked::Unusual)));
}
