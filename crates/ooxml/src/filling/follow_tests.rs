//! What follows rows that were inserted, what stands in their way, and random sheets in which nothing may be lost.

use super::tests::{Blank, part};
use super::*;
use crate::cell_name;

/// Two rows above row 5 of 表一, like row 4.
const ROWS: NewRows = NewRows { before: 4, count: 2, like: 3 };

fn moved(blank: &Blank<'_>) -> Result<Vec<u8>, FillFault> {
    let bytes = blank.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD)?;
    filler.insert_rows("表一", ROWS)?;
    Ok(filler.finish()?.bytes)
}

/// What a sheet says, and what it says when two rows have come above row 5, like row 4.
const BESIDE: &[(&str, &str)] = &[
    ("<dimension ref=\"A1:C9\"/>", "<dimension ref=\"A1:C11\"/>"),
    ("<dimension ref=\"A1:C4\"/>", "<dimension ref=\"A1:C6\"/>"),
    (
        "<mergeCells count=\"4\"><mergeCell ref=\"A3:A6\"/><mergeCell ref=\"B4:C4\"/><mergeCell ref=\"B5:C5\"/><mergeCell ref=\"D3:D4\"/></mergeCells>",
        "<mergeCells count=\"6\"><mergeCell ref=\"A3:A8\"/><mergeCell ref=\"B4:C4\"/><mergeCell ref=\"B7:C7\"/><mergeCell ref=\"D3:D4\"/><mergeCell ref=\"B5:C5\"/><mergeCell ref=\"B6:C6\"/></mergeCells>",
    ),
    (
        "<conditionalFormatting sqref=\"A3:B4 D7\"><cfRule><formula>AND(A3&gt;1,$C$5=A3)</formula></cfRule></conditionalFormatting>",
        "<conditionalFormatting sqref=\"A3:B6 D9\"><cfRule><formula>AND(A3&gt;1,$C$7=A3)</formula></cfRule></conditionalFormatting>",
    ),
    // Each row is held against the one above it.
    (
        "<conditionalFormatting sqref=\"A3:A8\"><cfRule><formula>A3=A2</formula></cfRule></conditionalFormatting>",
        "<conditionalFormatting sqref=\"A3:A10\"><cfRule><formula>A3=A2</formula></cfRule></conditionalFormatting>",
    ),
    (
        "<conditionalFormatting sqref=\"B5:B8\"><cfRule><cfvo type=\"formula\" val=\"$A$5\"/><formula>B5&gt;A5</formula></cfRule></conditionalFormatting>",
        "<conditionalFormatting sqref=\"B7:B10\"><cfRule><cfvo type=\"formula\" val=\"$A$7\"/><formula>B7&gt;A7</formula></cfRule></conditionalFormatting>",
    ),
    (
        "<dataValidations count=\"1\"><dataValidation sqref=\"C4\"><formula1>\"甲,A5\"</formula1></dataValidation></dataValidations>",
        "<dataValidations count=\"1\"><dataValidation sqref=\"C4:C6\"><formula1>\"甲,A5\"</formula1></dataValidation></dataValidations>",
    ),
    (
        "<hyperlinks><hyperlink ref=\"A4\" location=\"表二!A9\"/><hyperlink ref=\"A5:B5\" location=\"'表一'!A9\"/></hyperlinks>",
        "<hyperlinks><hyperlink ref=\"A4\" location=\"表二!A9\"/><hyperlink ref=\"A7:B7\" location=\"&apos;表一&apos;!A11\"/></hyperlinks>",
    ),
    (
        "<autoFilter ref=\"A2:C8\"><sortState ref=\"A3:C8\"><sortCondition ref=\"B3:B8\"/></sortState></autoFilter>",
        "<autoFilter ref=\"A2:C10\"><sortState ref=\"A3:C10\"><sortCondition ref=\"B3:B10\"/></sortState></autoFilter>",
    ),
    (
        "<rowBreaks count=\"2\"><brk id=\"3\" max=\"16383\"/><brk id=\"4\"/></rowBreaks>",
        "<rowBreaks count=\"2\"><brk id=\"3\" max=\"16383\"/><brk id=\"6\"/></rowBreaks>",
    ),
    (
        "<sheetViews><sheetView><pane ySplit=\"5\" topLeftCell=\"A6\" state=\"frozen\"/><selection activeCell=\"A6\" sqref=\"A6\"/></sheetView></sheetViews>",
        "<sheetViews><sheetView><pane ySplit=\"7\" topLeftCell=\"A8\" state=\"frozen\"/><selection activeCell=\"A6\" sqref=\"A6\"/></sheetView></sheetViews>",
    ),
    (
        "<sheetViews><sheetView><pane ySplit=\"3\" topLeftCell=\"A9\" state=\"frozen\"/></sheetView></sheetViews>",
        "<sheetViews><sheetView><pane ySplit=\"3\" topLeftCell=\"A9\" state=\"frozen\"/></sheetView></sheetViews>",
    ),
    (
        "<ignoredErrors><ignoredError sqref=\"A1:B9\"/></ignoredErrors>",
        "<ignoredErrors><ignoredError sqref=\"A1:B11\"/></ignoredErrors>",
    ),
    (
        "<protectedRanges><protectedRange sqref=\"A5 B1\" name=\"a\"/></protectedRanges>",
        "<protectedRanges><protectedRange sqref=\"A7 B1\" name=\"a\"/></protectedRanges>",
    ),
    (
        "<extLst><ext><a:sparklineGroups xmlns:a=\"a\"><a:sparkline><f>表一!A3:A8</f><sqref>B9</sqref></a:sparkline></a:sparklineGroups></ext></extLst>",
        "<extLst><ext><a:sparklineGroups xmlns:a=\"a\"><a:sparkline><f>表一!A3:A10</f><sqref>B11</sqref></a:sparkline></a:sparklineGroups></ext></extLst>",
    ),
    (
        "<extLst><ext><a:dataValidations xmlns:a=\"a\"><a:dataValidation><a:formula1><f>表一!$A$5:$A$6</f></a:formula1><sqref>B5</sqref></a:dataValidation></a:dataValidations></ext></extLst>",
        "<extLst><ext><a:dataValidations xmlns:a=\"a\"><a:dataValidation><a:formula1><f>表一!$A$7:$A$8</f></a:formula1><sqref>B7</sqref></a:dataValidation></a:dataValidations></ext></extLst>",
    ),
    (
        "<scenarios><scenario><inputCells r=\"A5\"/></scenario></scenarios>",
        "<scenarios><scenario><inputCells r=\"A7\"/></scenario></scenarios>",
    ),
];

#[test]
fn everything_beside_the_cells_follows() {
    for (before, after) in BESIDE {
        let one = format!("{before}<sheetData/>");
        let bytes = moved(&Blank { one: &one, ..Blank::default() }).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains(&format!("{after}<sheetData/>")), "{before}\n{sheet}");
    }
}

#[test]
fn rules_take_in_new_rows_above_their_first() {
    let one = "<sheetData/><conditionalFormatting sqref=\"B5:B8\"><cfRule><formula>AND(B5&gt;$A5,B5&lt;表二!B7,B5&lt;C$1)</formula></cfRule></conditionalFormatting>";
    let bytes = Blank { one, ..Blank::default() }.bytes();
    let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
    filler.insert_rows("表一", NewRows { like: 4, ..ROWS }).unwrap();
    let sheet = part(&filler.finish().unwrap().bytes, "xl/worksheets/sheet1.xml");
    let wanted =
        "<conditionalFormatting sqref=\"B5:B10\"><cfRule><formula>AND(B5&gt;$A5,B5&lt;表二!B5,B5&lt;C$1)";
    assert!(sheet.contains(wanted), "{sheet}");
}

#[test]
fn other_sheets_and_parts_follow_too() {
    let two = "<sheetData/><dataValidations><dataValidation sqref=\"A5:A9\"><formula1>表一!$A$5:$A$9</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref=\"A9\" location=\"表一!A9\"/></hyperlinks>";
    let names = "<definedName name=\"名\">表一!$A$3:$A$5</definedName><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">表一!$A$1:$C$5,表一!$E$9</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">表二!$1:$9</definedName>";
    let one = "<sheetData/><legacyDrawing r:id=\"s2\"/>";
    let sheet = "xl/worksheets/sheet1.xml";
    let chart = "<c><v><f>表一!$B$3:$B$5</f></v><f>表二!$A$9</f></c>";
    let drawing = "<d><twoCellAnchor><from><row>3</row></from><to><row>4</row><rowOff>9</rowOff></to><sp textlink=\"表一!$A$9\"/></twoCellAnchor><oneCellAnchor><from><row>4</row></from></oneCellAnchor><twoCellAnchor editAs=\"absolute\"><from><row>9</row></from><to><row>9</row></to></twoCellAnchor><twoCellAnchor><from><row>1</row></from><to><row>4</row><rowOff>0</rowOff></to></twoCellAnchor><twoCellAnchor editAs=\"oneCell\"><from><row>1</row></from><to><row>9</row></to></twoCellAnchor></d>";
    let boxes = "<xml><v:shape><x:ClientData ObjectType=\"Note\"><x:Anchor>1, 15, 3, 10, 5, 15, 8, 4</x:Anchor><x:Row>4</x:Row></x:ClientData></v:shape><br><x:ClientData ObjectType=\"Note\"><x:Anchor>1,2,3,4,5,6,7,8</x:Anchor><x:Row>3</x:Row></x:ClientData></xml>";
    let table = "<table ref=\"A2:C8\"><autoFilter ref=\"A2:C8\"/><x><calculatedColumnFormula>A5+表一!A4</calculatedColumnFormula></x></table>";
    let notes = "<comments><commentList><comment ref=\"A4\"/><comment ref=\"A5\"/></commentList></comments>";
    let chart_kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
    let others = [
        ("xl/a.xml", "comments", "n", notes, sheet),
        ("xl/b.vml", "vmlDrawing", "v", boxes, sheet),
        ("xl/c.xml", "drawing", "d", drawing, sheet),
        ("xl/d.xml", "table", "t", table, sheet),
        ("xl/e.xml", "chart", chart_kind, chart, "xl/c.xml"),
    ];
    let blank = Blank { one, two, names, others: &others };
    let bytes = moved(&blank).unwrap();
    let wanted = [
        ("xl/a.xml", "<comment ref=\"A4\"/><comment ref=\"A7\"/>"),
        (
            "xl/b.vml",
            "<x:Anchor>1, 15, 5, 10, 5, 15, 10, 4</x:Anchor><x:Row>6</x:Row></x:ClientData></v:shape><br><x:ClientData ObjectType=\"Note\"><x:Anchor>1,2,3,4,5,6,7,8</x:Anchor><x:Row>3</x:Row>",
        ),
        (
            "xl/c.xml",
            "<from><row>3</row></from><to><row>6</row><rowOff>9</rowOff></to><sp textlink=\"表一!$A$11\"/></twoCellAnchor><oneCellAnchor><from><row>6</row></from></oneCellAnchor><twoCellAnchor editAs=\"absolute\"><from><row>9</row></from><to><row>9</row></to></twoCellAnchor><twoCellAnchor><from><row>1</row></from><to><row>4</row><rowOff>0</rowOff></to></twoCellAnchor><twoCellAnchor editAs=\"oneCell\"><from><row>1</row></from><to><row>9</row></to>",
        ),
        (
            "xl/d.xml",
            "<table ref=\"A2:C10\"><autoFilter ref=\"A2:C10\"/><x><calculatedColumnFormula>A7+表一!A4</calculatedColumnFormula></x></table>",
        ),
        ("xl/e.xml", "<c><v><f>表一!$B$3:$B$7</f></v><f>表二!$A$9</f></c>"),
        (
            "xl/workbook.xml",
            "<definedName name=\"名\">表一!$A$3:$A$7</definedName><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">表一!$A$1:$C$7,表一!$E$11</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">表二!$1:$9</definedName>",
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<dataValidation sqref=\"A5:A9\"><formula1>表一!$A$7:$A$11</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref=\"A9\" location=\"表一!A11\"/>",
        ),
    ];
    for (name, after) in wanted {
        let now = part(&bytes, name);
        assert!(now.contains(after), "{name}: {now}");
    }
}

/// What a sheet says that cannot follow, and what is said about it.
const WITHIN: &[(&str, &str)] = &[
    ("<sheetData/><oleObjects/>", "表中有嵌入的对象，插入行以后会错位"),
    (
        "<sheetData/><extLst><ext><a:slicerList xmlns:a=\"a\"/></ext></extLst>",
        "表中有slicerList，插入行以后会错位",
    ),
    ("<sheetData><row r=\"1048575\"/></sheetData>", "工作表末尾没有空行可以让出来"),
    (
        "<sheetData><row r=\"3\"><c r=\"A3\"><f t=\"array\" ref=\"A3:A6\">B3:B6</f></c></row></sheetData>",
        "A3:A6是一个数组公式，不能在其中插入行",
    ),
    (
        "<sheetData><row r=\"3\"><c r=\"A3\"><f t=\"dataTable\" ref=\"A3:A6\" r1=\"B9\"/></c></row></sheetData>",
        "A3是模拟运算表，插入行以后会错位",
    ),
    (
        "<sheetData><row r=\"3\"><c r=\"A3\"><f>SUM(表一:表二!A1)</f></c></row></sheetData>",
        "工作表“表一”A3的公式跨多个工作表引用，插入行以后会错位",
    ),
    ("<sheetData/><mergeCells><mergeCell ref=\"甲\"/></mergeCells>", "“甲”这样写的区域看不懂"),
    (
        "<sheetData/><conditionalFormatting sqref=\"A1:A3\"><cfRule><formula>A3</formula></cfRule></conditionalFormatting>",
        "工作表“表一”A1:A3的有效性或条件格式公式的相对引用有的会移动、有的不会，插入行以后会错位",
    ),
];

/// Kinds of parts of a sheet that cannot follow, and what is said about them.
const KINDS: &[(&str, &str)] = &[
    ("pivotTable", "表中有数据透视表，插入行以后会错位"),
    ("threadedComment", "表中有批注会话（新式批注），插入行以后会错位"),
    ("slicer", "表中有切片器，插入行以后会错位"),
    ("ctrlProp", "表中有窗体控件，插入行以后会错位"),
    ("somethingNew", "表中有somethingNew，插入行以后会错位"),
];

#[test]
fn what_cannot_follow_is_refused_and_nothing_has_changed() {
    let sheet = "xl/worksheets/sheet1.xml";
    let of_sheet = |kind: &'static str| [("xl/p.xml", kind, "p", "<p/>", sheet)];
    let mut blanks = Vec::new();
    for (kind, wanted) in KINDS {
        blanks.push((
            Blank { one: "<sheetData/>", others: &of_sheet(kind), ..Blank::default() }.bytes(),
            *wanted,
        ));
    }
    let maps = [("xl/p.xml", "xmlMaps", "p", "<p/>", "xl/workbook.xml")];
    blanks.push((
        Blank { one: "<sheetData/>", others: &maps, ..Blank::default() }.bytes(),
        "表中有XML 映射，插入行以后会错位",
    ));
    let cache = [(
        "xl/p.xml",
        "pivotCacheDefinition",
        "x/pivotCacheDefinition+xml",
        "<p><worksheetSource ref=\"A1:B9\" sheet=\"表一\"/></p>",
        "xl/workbook.xml",
    )];
    blanks.push((
        Blank { one: "<sheetData/>", others: &cache, ..Blank::default() }.bytes(),
        "表中有数据透视表的数据来源，插入行以后会错位",
    ));
    let button =
        [("xl/p.vml", "vmlDrawing", "v", "<x:ClientData ObjectType=\"Button\"></x:ClientData>", sheet)];
    blanks.push((
        Blank { one: "<sheetData/><legacyDrawing r:id=\"s1\"/>", others: &button, ..Blank::default() }
            .bytes(),
        "表中有窗体控件，插入行以后会错位",
    ));
    for (inner, wanted) in WITHIN {
        blanks.push((Blank { one: inner, ..Blank::default() }.bytes(), *wanted));
    }
    let names = "<definedName name=\"名\">表一!A9</definedName>";
    blanks.push((
        Blank { one: "<sheetData/>", names, ..Blank::default() }.bytes(),
        "名称“名”的相对引用有的会移动、有的不会，插入行以后会错位",
    ));
    for (blank, wanted) in blanks {
        let mut filler = Filler::open(&blank, &Limits::STANDARD).unwrap();
        let fault = filler.insert_rows("表一", ROWS).unwrap_err();
        assert_eq!(fault.to_string(), wanted);
        assert!(filler.place("表一", (9, 0)).unwrap() == (9, 0), "{wanted}");
        let filled = filler.finish().unwrap().bytes;
        assert_eq!(part(&filled, "xl/worksheets/sheet1.xml").matches("r=\"7\"").count(), 0);
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(self.0 % u64::from(most)).unwrap()
    }

    /// A reference to one of the columns A to C, which hold numbers, or an area of them; perhaps of the other sheet.
    fn reference(&mut self) -> String {
        let mark = |on: u32| if on == 0 { "$" } else { "" };
        let mut corner = |from: u32| {
            let (col, row) = (self.below(3), from + self.below(12));
            let name = cell_name((row, col));
            format!("{}{}{}{}", mark(self.below(2)), &name[..1], mark(self.below(2)), &name[1..])
        };
        let (one, other) = (corner(0), corner(0));
        let sheet = ["", "表一!", "'表二'!"][self.below(3) as usize];
        format!("{sheet}{one}:{other}")
    }

    fn formula(&mut self) -> String {
        let (one, other) = (self.reference(), self.reference());
        match self.below(5) {
            0 => format!("SUM({one})-MAX({other})"),
            1 => format!("IF(SUM({one})&gt;SUM({other}),COUNT({one}),ROUND(AVERAGE({other}),2))"),
            2 => format!("SUMIF({one},\"&gt;5\")"),
            3 => format!("SUM({one},名)&amp;\"/\"&amp;MIN({other})"),
            _ => format!("COUNTIF({one},\"&lt;9\")+SUM({other})%"),
        }
    }

    /// A sheet with numbers in the columns A to C and formulas in the columns D to F; each row has a value in none or all.
    fn sheet(&mut self) -> String {
        let mut rows = String::new();
        for row in 0..14_u32 {
            if self.below(8) == 0 {
                continue;
            }
            let value = |col: u32, it: u32| format!("<c r=\"{}\"><v>{it}</v></c>", cell_name((row, col)));
            let mut cells: String = (0..3).map(|col| value(col, 1 + self.below(20))).collect();
            for col in 3..6 {
                if self.below(3) > 0 {
                    cells += &format!("<c r=\"{}\"><f>{}</f></c>", cell_name((row, col)), self.formula());
                }
            }
            rows += &format!("<row r=\"{}\">{cells}</row>", row + 1);
        }
        let merge = |dice: &mut Self| {
            let (from, to) = (dice.below(14), 6 + dice.below(2));
            format!("<mergeCell ref=\"G{}:H{}\"/>", from + 1, from + to)
        };
        format!("<sheetData>{rows}</sheetData><mergeCells>{}</mergeCells>", merge(self))
    }
}

#[test]
fn in_random_workbooks_every_formula_gives_the_same_after_empty_rows_were_inserted() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut n_formulas = 0;
    for case in 0..300 {
        let (one, two) = (dice.sheet(), dice.sheet());
        let names = format!("<definedName name=\"名\">表一!$A${}:$B$9</definedName>", 1 + dice.below(9));
        let bytes = Blank { one: &one, two: &two, names: &names, others: &[] }.bytes();
        let before = Filler::open(&bytes, &Limits::STANDARD).unwrap().finish().unwrap();
        let mut filler = Filler::open(&bytes, &Limits::STANDARD).unwrap();
        let sheet = ["表一", "表二"][dice.below(2) as usize];
        for _ in 0..=dice.below(2) {
            // Nothing is like row 100: the new rows are empty.
            let rows = NewRows { before: dice.below(14), count: 1 + dice.below(4), like: 99 };
            filler.insert_rows(sheet, rows).unwrap();
        }
        let places: Vec<Cell> =
            before.formulas.iter().map(|it| filler.place(&it.sheet, it.cell).unwrap()).collect();
        let after = filler.finish().unwrap();
        assert_eq!(after.formulas.len(), before.formulas.len(), "case {case}");
        for ((before, after), place) in before.formulas.iter().zip(&after.formulas).zip(places) {
            assert_eq!((&after.sheet, after.cell), (&before.sheet, place), "case {case}");
            assert_eq!(after.now, before.now, "case {case}: {} -> {}", before.formula, after.formula);
            assert!(after.now.is_ok(), "case {case}: {after:?}");
            n_formulas += 1;
        }
    }
    assert!(n_formulas > 10_000, "{n_formulas}");
}
