//! Formulas moved, copied and computed, as tables of cases.

use super::moved::{Insertion, Stuck, copied};
use super::value::{CellValue, NotComputed};
use super::workbook::Workbook;
use crate::cell;

fn insertion(before: u32, count: u32) -> Insertion {
    let sheets = ["表一", "表二", "a b'c"].map(str::to_owned).to_vec();
    Insertion { sheet: "表一".to_owned(), before: before - 1, count, sheets }
}

#[test]
fn references_move_with_the_cells_that_they_mean() {
    // Three rows come above row 5 of 表一; the formula stands there unless it is said to stand elsewhere.
    let here = [
        ("A4+A5", "A4+A8"),
        ("$A$5 + a$4", "$A$8 + a$4"),
        ("SUM(B2:B4)", "SUM(B2:B4)"),
        ("SUM(B2:B5)", "SUM(B2:B8)"),
        ("SUM(B5:B9,$C$4:$C$6)", "SUM(B8:B12,$C$4:$C$9)"),
        ("SUM(B9:B2)", "SUM(B12:B2)"),
        ("SUM(5:6)+SUM($1:$4)+SUM(A:C)", "SUM(8:9)+SUM($1:$4)+SUM(A:C)"),
        ("SUM(A1:A1048576)+SUM(3:1048576)", "SUM(A1:A1048576)+SUM(3:1048576)"),
        ("表一!A5&表二!A5&'a b''c'!A5", "表一!A8&表二!A5&'a b''c'!A5"),
        ("'表一'!$A$5:$A$6", "'表一'!$A$8:$A$9"),
        ("表一!A5:表一!B6", "表一!A8:表一!B9"),
        ("[1]表一!A5+'[1]表一'!A5+'C:\\[b.xlsx]表一'!A5", "[1]表一!A5+'[1]表一'!A5+'C:\\[b.xlsx]表一'!A5"),
        ("表二:'表二'!A5", "表二:'表二'!A5"),
        ("\"A5\"&\"say \"\"A6\"\"\"&A7", "\"A5\"&\"say \"\"A6\"\"\"&A10"),
        ("LOG10(A5)+LOGX10", "LOG10(A8)+LOGX10"),
        ("A5B+_A5+A5.1+x!A5+ABCD5+A0+A1048577", "A5B+_A5+A5.1+x!A5+ABCD5+A0+A1048577"),
        ("表[[#All],[A5]]+表[A5]+A6", "表[[#All],[A5]]+表[A5]+A9"),
        ("1E5+5.5%+1.E+5", "1E5+5.5%+1.E+5"),
        ("#REF!+A5+表一!#REF!", "#REF!+A8+表一!#REF!"),
        ("OFFSET(A5,1,0):B6", "OFFSET(A8,1,0):B9"),
        ("IF(A5>=A6,{1,2;3,4},\"\")", "IF(A8>=A9,{1,2;3,4},\"\")"),
        ("甲5+A5", "甲5+A8"),
    ];
    for (formula, wanted) in here {
        assert_eq!(insertion(5, 3).formula(formula, "表一").as_deref(), Ok(wanted), "{formula}");
    }
    let elsewhere = [("A5+表一!A5", "A5+表一!A8"), ("'表一'!5:6+5:6", "'表一'!8:9+5:6")];
    for (formula, wanted) in elsewhere {
        assert_eq!(insertion(5, 3).formula(formula, "表二").as_deref(), Ok(wanted), "{formula}");
    }
}

#[test]
fn what_cannot_follow_says_so() {
    let moved = |formula| insertion(5, 3).formula(formula, "表二");
    assert_eq!(moved("SUM(表一:表二!A5)"), Err(Stuck::Span));
    assert_eq!(moved("SUM('表二:a b''c'!A5)").as_deref(), Ok("SUM('表二:a b''c'!A5)"));
    assert_eq!(moved("表一!A1048575"), Err(Stuck::Off));
    assert_eq!(insertion(5, 3).name("表一!$A$5:$A$6").as_deref(), Ok("表一!$A$8:$A$9"));
    assert_eq!(insertion(5, 3).name("表一!A4").as_deref(), Ok("表一!A4"));
    assert_eq!(insertion(5, 3).name("表一!A5"), Err(Stuck::Torn));
}

#[test]
fn a_formula_that_is_copied_keeps_what_is_fixed() {
    let cases = [
        ("A1+$A1+A$1+$A$1", "B2", "C4", "B3+$A3+B$1+$A$1"),
        ("SUM(Z1:AA$9)", "A1", "B1", "SUM(AA1:AB$9)"),
        ("表二!C3*LOG10(D4)&\"A1\"", "C3", "C2", "表二!C2*LOG10(D3)&\"A1\""),
        ("SUM(3:3)+SUM(A:A)", "B3", "C5", "SUM(5:5)+SUM(B:B)"),
    ];
    for (formula, from, to, wanted) in cases {
        let copy = copied(formula, cell(from).unwrap(), cell(to).unwrap());
        assert_eq!(copy.as_deref(), Ok(wanted), "{formula}");
    }
    assert_eq!(copied("A1", (1, 0), (0, 0)), Err(Stuck::Off));
    assert_eq!(copied("A1", (0, 1), (0, 0)), Err(Stuck::Off));
    assert_eq!(copied("XFD1", (0, 0), (0, 1)), Err(Stuck::Off));
}

/// What a formula gives in a small workbook.
fn value(formula: &str) -> Result<CellValue, NotComputed> {
    let mut book = Workbook::default();
    book.add_sheet("a b'c");
    book.add_value((0, 0), Some(CellValue::Number(100.0)));
    book.add_sheet("表");
    let number = CellValue::Number;
    let text = |it: &str| CellValue::Text(it.to_owned());
    let held = [
        ("A1", number(3.0)),
        ("A2", number(4.5)),
        ("A3", text("甲类")),
        ("A4", CellValue::Boolean(true)),
        ("A6", text("12")),
        ("A7", text("")),
        ("B1", text("甲类")),
        ("B2", text("乙类")),
        ("B3", text("甲")),
        ("B4", text("ABC")),
        ("C1", number(10.0)),
        ("C2", number(20.0)),
        ("C3", number(30.0)),
        ("C4", number(40.0)),
        ("D1", CellValue::Error("#N/A".to_owned())),
    ];
    held.into_iter().for_each(|(at, it)| book.add_value(cell(at).unwrap(), Some(it)));
    book.add_name("人数", None, "表!$C$1:$C$4");
    book.add_name("率", None, "0.5");
    book.add_name("歪", None, "表!C1");
    book.add_formula(cell("Z9").unwrap(), Ok(formula), false);
    book.compute().remove(0)
}

/// Formulas, and what spreadsheets show of them.
const GIVEN: &[(&str, &str)] = &[
    ("1+2*3^2%", "3.04443082655695"),
    ("-2^2", "4"),
    ("2^3^2", "64"),
    ("--\"3\"+1", "4"),
    ("0.1+0.2-0.3", "0"),
    ("0.1+0.2=0.3", "TRUE"),
    ("1=1=1", "FALSE"),
    ("\"a\"=\"A\"", "TRUE"),
    ("\"10\"<9", "FALSE"),
    ("A5=0", "TRUE"),
    ("A5=\"\"", "TRUE"),
    ("A5", "0"),
    ("A5&\"x\"", "x"),
    ("A3+1", "#VALUE!"),
    ("A6+1", "13"),
    ("A4+1", "2"),
    ("1/0", "#DIV/0!"),
    ("0^0", "#NUM!"),
    ("1/3&\"\"", "0.333333333333333"),
    ("1234567890123&\"\"", "1234567890123"),
    ("100000*1&\"\"", "100000"),
    ("D1", "#N/A"),
    ("SUM(A1:A7)", "7.5"),
    ("SUM(A1:A7,\"2\",TRUE)", "10.5"),
    ("SUM(A:A)", "7.5"),
    ("SUM(1:1)", "#N/A"),
    ("SUM('a b''c'!A1,A1)", "103"),
    ("SUM(人数)*率", "50"),
    ("SUM(0.1,0.2,-0.3)", "2.77555756156289E-17"),
    ("AVERAGE(A1:A7)", "3.75"),
    ("AVERAGE(A5:A7)", "#DIV/0!"),
    ("MIN(A1:A4)&MAX(A1:A4)&MAX(A5)", "34.50"),
    ("COUNT(A1:A7)&COUNTA(A1:A7)&COUNTBLANK(A1:A7)", "262"),
    ("COUNT(\"1\",A6)", "1"),
    ("IF(A1>3,\"大\",\"小\")", "小"),
    ("IF(A1>3,1/0)", "FALSE"),
    ("IF(TRUE,,1)", "0"),
    ("IF(A1=3,IF(A2=4.5,\"对\"),VLOOKUP(1,2,3))", "对"),
    ("IFERROR(1/0,\"—\")&IFERROR(5,1/0)", "—5"),
    ("AND(A1=3,A2>4)&OR(A1=4,FALSE)&NOT(0)", "TRUEFALSETRUE"),
    ("AND(A1:A4)", "TRUE"),
    ("AND(A3)", "#VALUE!"),
    ("ROUND(2.675,2)&\" \"&ROUND(1.005,2)&\" \"&ROUND(-2.5,0)&\" \"&ROUND(1250,-2)", "2.68 1.01 -3 1300"),
    ("ROUNDUP(1.2,0)&ROUNDDOWN(-1.8,0)&TRUNC(1.29,1)&INT(-1.5)", "2-11.2-2"),
    ("ABS(-3)&SIGN(-3)&MOD(-7,3)&MOD(7,-3)", "3-12-2"),
    ("COUNTIF(B1:B4,\"甲*\")&COUNTIF(B1:B4,\"甲?\")&COUNTIF(B1:B4,\"abc\")", "211"),
    ("COUNTIF(B1:B4,\"<>甲类\")&COUNTIF(A1:A5,\"<>\")&COUNTIF(A1:A7,\"\")", "342"),
    ("COUNTIF(C1:C4,\">=20\")&COUNTIF(C1:C4,20)&COUNTIF(C:C,\"<>20\")", "311048575"),
    ("COUNTIF(B1:B4,B1)&COUNTIFS(B1:B4,\"甲*\",C1:C4,\">10\")", "11"),
    ("SUMIF(B1:B4,\"甲*\",C1:C4)&SUMIF(C1:C4,\">20\")&SUMIF(B1:B4,\"甲*\",C1)", "407040"),
    ("SUMIFS(C1:C4,B1:B4,\"甲*\",C1:C4,\">10\")&AVERAGEIF(B1:B4,\"甲*\",C1:C4)", "3020"),
    ("SUMPRODUCT(C1:C2,A1:A2)", "120"),
    ("SUMPRODUCT((B1:B4=\"甲类\")*(C1:C4))", "10"),
    ("SUMPRODUCT((B1:B4=\"甲类\")+0,C1:C4)", "10"),
    ("SUMPRODUCT(C1:C2,A1:A3)", "#VALUE!"),
    ("LEN(\"甲 b\")&LEFT(\"甲乙丙\",2)&RIGHT(\"甲乙丙\")&MID(\"甲乙丙\",2,1)", "3甲乙丙乙"),
    ("TRIM(\"  a   b \")&EXACT(\"a\",\"A\")&CONCATENATE(1,\"x\")", "a bFALSE1x"),
    ("TEXT(0.256,\"0.0%\")&TEXT(2.5,\"0\")&TEXT(3,\"0.00\")", "25.6%33.00"),
    ("ISBLANK(A5)&ISNUMBER(A1)&ISTEXT(A3)&ISERROR(D1)", "TRUETRUETRUETRUE"),
    ("PRODUCT(A1:A3)", "13.5"),
];

#[test]
fn formulas_give_what_spreadsheets_give() {
    for (formula, wanted) in GIVEN {
        let value = value(formula).map(|it| it.to_string());
        assert_eq!(value.as_deref(), Ok(*wanted), "{formula}");
    }
}

#[test]
fn what_is_not_computed_says_why() {
    let function = |it: &str| NotComputed::Function(it.to_owned());
    let usage = |it: &str| NotComputed::Usage(it.to_owned());
    let deep = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
    let long = vec!["1"; 5_000].join("+");
    // Each level of parentheses ends a row of operators.
    let both = "(1+1+1+1+1+1+1+1+1+1+".repeat(60) + "1" + &")".repeat(60);
    let cases = [
        ("VLOOKUP(1,A1:B2,2)", function("VLOOKUP")),
        ("TODAY()", function("TODAY")),
        ("SUM(", NotComputed::Syntax),
        ("1 2", NotComputed::Syntax),
        ("A1:A2 A2:A3", NotComputed::Syntax),
        ("SUM({1,2})", NotComputed::Syntax),
        ("表[甲]", NotComputed::Syntax),
        ("", NotComputed::Syntax),
        ("A1:A3*2", NotComputed::Array),
        ("无此名", NotComputed::Name("无此名".to_owned())),
        ("SUM(歪)", NotComputed::Name("歪".to_owned())),
        ("无!A1", NotComputed::Sheet("无".to_owned())),
        ("[1]表!A1", NotComputed::Outside),
        ("COUNTIF(A1:A7,12)", usage("COUNTIF")),
        ("COUNTIF(B1:B4,\">甲\")", usage("COUNTIFS")),
        ("TEXT(1,\"[DBNum1]0\")", usage("TEXT")),
        ("ROUND(1)", usage("ROUND")),
        ("Z9", NotComputed::Cycle),
        ("SUM(Z:Z)", NotComputed::Cycle),
        (&deep, NotComputed::TooMuch),
        (&long, NotComputed::TooMuch),
        (&both, NotComputed::TooMuch),
    ];
    for (formula, wanted) in cases {
        assert_eq!(value(formula), Err(wanted), "{}", &formula[..formula.len().min(40)]);
    }
}

#[test]
fn formulas_are_computed_in_the_order_in_which_they_need_each_other() {
    let mut book = Workbook::default();
    book.add_sheet("表");
    // A chain against the order of the cells, longer than any stack; a cycle; what needs either.
    const N: u32 = 100_000;
    for row in 0..N {
        let below = format!("A{}+1", row + 2);
        book.add_formula((row, 0), Ok(&below), false);
    }
    book.add_value((N, 0), Some(CellValue::Number(1.0)));
    for (col, formula) in [(1, "C1"), (2, "B1"), (3, "C1+1"), (4, "IF(FALSE,F1,7)"), (5, "X()"), (6, "F1")] {
        book.add_formula((0, col), Ok(formula), false);
    }
    let values = book.compute();
    assert_eq!(values[0], Ok(CellValue::Number(f64::from(N + 1))));
    let needs = NotComputed::Needs { sheet: "表".to_owned(), cell: (0, 5) };
    let wanted = [
        Err(NotComputed::Cycle),
        Err(NotComputed::Cycle),
        Err(NotComputed::Cycle),
        Ok(CellValue::Number(7.0)),
        Err(NotComputed::Function("X".to_owned())),
        Err(needs),
    ];
    assert_eq!(values[N as usize..], wanted);
}
