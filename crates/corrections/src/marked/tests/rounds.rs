//! A file goes back more than once: the second list takes the place of the first, and what is mended bears no mark any more.

use super::*;

#[test]
fn a_second_round_puts_its_list_in_place_of_the_first_and_gives_back_what_cells_were_filled_with() {
    let cells =
        [((0, 1), Severity::Error, "甲"), ((2, 1), Severity::Query, "乙"), ((0, 3), Severity::Query, "")];
    let mut before = parts(ROWS, "<sheetData/>");
    // The third cell format has a fill of its own, one that only the standard can say.
    let own_fill = "<patternFill patternType=\"lightUp\"><fgColor theme=\"5\" tint=\"-0.25\"/></patternFill>";
    let styles = before["xl/styles.xml"]
        .replace("</fills>", &format!("<fill>{own_fill}</fill></fills>"))
        .replace("</cellXfs>", "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"2\" borderId=\"0\"/></cellXfs>");
    before.insert("xl/styles.xml".to_owned(), styles);
    let sheet = before["xl/worksheets/sheet1.xml"]
        .replace("</row><row r=\"3\"", "<c r=\"D1\" s=\"2\"/></row><row r=\"3\"");
    before.insert("xl/worksheets/sheet1.xml".to_owned(), sheet);
    let first = marked(&packed(&before), &marks(&cells), &list(), &[]).unwrap();
    let own = read(&first, "a.xlsx", finding::Sources::default().add("a.xlsx"), &Limits::standard());
    let own_lists: Vec<u16> = own.own_lists.iter().map(|it| it.sheet).collect();
    assert_eq!(own_lists, [0]);
    let Some(Content::Sheets(grids)) = own.content else { panic!("no sheets") };
    assert_eq!(grids.iter().map(|it| it.sheet).collect::<Vec<_>>(), [1, 2]);
    let said: Vec<&str> = own.report.findings().iter().map(|it| &*it.code).collect();
    assert_eq!(said, ["macros-not-run", "sheet-skipped"], "our notes are no notes");
    let marks: Marks = marks(&cells[..1]).into_values().map(|it| (1, it)).collect();
    let second = unpacked(&marked(&first, &marks, &list(), &own_lists).unwrap());
    let first = unpacked(&first);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let names = |parts: &Parts| parts["xl/workbook.xml"].matches("_huibian_fill_").count();
    assert_eq!((names(&first), names(&second)), (3, 3), "what a mark covers is told, and told once");
    let notes = &second["xl/comments1.xml"];
    assert!(notes.contains("甲") && !notes.contains("乙") && notes.matches("<comment ").count() == 1);
    assert_eq!(second["xl/drawings/vmlDrawing1.vml"].matches("<v:shape ").count(), 1);
    let fill = |parts: &Parts, at: &str| {
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        let tag = sheet.split('<').find(|it| it.contains(&format!("r=\"{at}\""))).unwrap();
        let number: usize = tag.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        let formats = parts["xl/styles.xml"]
            .split_once("<cellXfs")
            .unwrap()
            .1
            .split("<xf ")
            .nth(number + 1)
            .unwrap()
            .to_owned();
        formats.split("fillId=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_ne!(fill(&first, "B3"), "0");
    assert_eq!(fill(&second, "B3"), "0");
    assert_ne!(fill(&second, "B1"), "0");
    assert_ne!(fill(&first, "D1"), "2");
    let fills = second["xl/styles.xml"].split_once("<fills").unwrap().1;
    let given_back = fills.split("<fill>").nth(fill(&second, "D1").parse::<usize>().unwrap() + 1).unwrap();
    assert!(given_back.starts_with(&own_fill.replace('"', "'")), "{given_back}");
}
