//! Blank workbooks: their places, values, rows that are put in, formulas.

use super::blanks::{signs, xlsx};
use crate::{Answer, Blank, Content, FillFault, PlaceKind, Value, Wanted};

/// A body of two prepared rows with a total below it and a check beside.
const BLANK: [&str; 7] = [
    "~党员情况汇总表|<|<|<",
    "~填报单位：          填报日期：    年  月  日|<|<|<",
    "单位|男|女|合计",
    "|||=B4+C4",
    "|||=B5+C5",
    "总计||=SUM(C4:C5)|=SUM(D4:D5)",
    "~说明：合计应等于男女之和",
];

fn blank() -> Blank {
    Blank::read(xlsx(&BLANK), &signs()).unwrap()
}

fn number(number: u32) -> Value {
    Value { text: number.to_string(), number: Some(number.into()) }
}

fn wanted(n_rows: u32) -> Vec<Wanted> {
    let row = |it: u32| vec![format!("单位{it}").into(), number(it), number(it * 10)];
    let rows = Content::Rows((1..=n_rows).map(row).collect());
    let at = "工作表1!4-5".parse().unwrap();
    vec![Wanted { at, content: rows }]
}

#[test]
fn places_of_a_sheet_are_what_has_a_frame_and_what_has_gaps() {
    let blank = blank();
    let places: Vec<String> =
        blank.places().iter().map(|it| format!("{} {}", it.at, it.label.join("/"))).collect();
    assert_eq!(places, ["工作表1!A2 填报单位", "工作表1!4-5 "]);
    let PlaceKind::Rows(headings) = &blank.places()[1].kind else { panic!("{:?}", blank.places()) };
    let headings: Vec<_> = headings.iter().map(|it| it.label.join("/")).collect();
    assert_eq!(headings, ["单位", "男", "女"], "what a formula gives is nobody's to fill");
}

#[test]
fn rows_are_filled_and_put_in_and_the_formulas_follow() {
    for n_rows in [1, 2, 5] {
        let blank = blank();
        let filled = blank.fill(&wanted(n_rows), "☑").unwrap();
        assert_eq!(blank.prove(&filled), [], "{n_rows}");
        let total_row = 6 + n_rows.saturating_sub(2);
        let sum: u32 = (1..=n_rows).sum();
        let total =
            |column: char| filled.formulas[&format!("表一!{column}{total_row}")].clone().map(|it| it.text);
        assert_eq!(total('C'), Ok((sum * 10).to_string()), "{n_rows}");
        assert_eq!(total('D'), Ok((sum * 11).to_string()), "{n_rows}");
        let at = "工作表1!D6".parse().unwrap();
        let given = blank.given(&filled, at).cloned().unwrap().map(|it| it.text);
        assert_eq!(given, total('D'), "by its address on the blank");
        let again = Blank::read(filled.bytes, &signs()).unwrap();
        let last = format!("工作表1!A{}", 3 + n_rows);
        assert_eq!(again.text_at(last.parse().unwrap()), Some(format!("单位{n_rows}")));
        let below = format!("工作表1!A{}", total_row + 1);
        assert_eq!(again.text_at(below.parse().unwrap()).as_deref(), Some("说明：合计应等于男女之和"));
    }
}

#[test]
fn what_stands_below_rows_that_are_put_in_is_filled_where_it_has_moved_to() {
    let lines = ["单位|男|女", "||", "||", "合计||", "~填表人：          |<|<"];
    let blank = Blank::read(xlsx(&lines), &signs()).unwrap();
    let mut all = vec![Wanted { at: "工作表1!B4".parse().unwrap(), content: Content::Text(number(6)) }];
    let row = |it: u32| vec![format!("单位{it}").into(), number(it), number(it)];
    let at = "工作表1!2-3".parse().unwrap();
    all.push(Wanted { at, content: Content::Rows((1..=4).map(row).collect()) });
    let filled = blank.fill(&all, "☑").unwrap();
    assert_eq!(blank.prove(&filled), []);
    let again = Blank::read(filled.bytes, &signs()).unwrap();
    let said = |at: &str| again.text_at(at.parse().unwrap()).unwrap();
    assert_eq!((said("工作表1!A6"), said("工作表1!B6")), ("合计".into(), "6".into()));
}

#[test]
fn cells_of_a_sheet_say_what_they_cover_and_how_they_look() {
    let blank = blank();
    let cells = blank.cells_of(1);
    let at = |row, column| cells.iter().find(|it| (it.row, it.column) == (row, column)).unwrap();
    assert_eq!((at(0, 0).n_columns, at(0, 0).is_framed, at(0, 0).is_blank()), (4, false, false));
    assert!(at(3, 0).is_blank() && at(3, 0).is_framed && at(3, 3).is_formula);
    let rows = &blank.places()[1];
    let PlaceKind::Rows(headings) = &rows.kind else { panic!("{rows:?}") };
    let columns: Vec<_> = headings.iter().map(|it| blank.column_of(rows.at, it)).collect();
    assert_eq!(columns, [Some(0), Some(1), Some(2)]);
}

#[test]
fn gaps_of_a_cell_are_filled_in_its_text() {
    let blank = blank();
    let date = crate::Date { year: 2025, month: Some(3), day: Some(9) };
    let answers = vec![Some(Answer::Text("机械".into())), Some(Answer::Date(date))];
    let at = "工作表1!A2".parse().unwrap();
    let filled = blank.fill(&[Wanted { at, content: Content::Answers(answers) }], "☑").unwrap();
    assert_eq!(blank.prove(&filled), []);
    let again = Blank::read(filled.bytes, &signs()).unwrap();
    assert_eq!(again.text_at(at).as_deref(), Some("填报单位：机械  填报日期：2025年3月9日"));
}

#[test]
fn formulas_and_what_is_written_already_are_not_filled() {
    let blank = blank();
    let put = |at: &str| {
        let wanted = [Wanted { at: at.parse().unwrap(), content: Content::Text("1".into()) }];
        blank.fill(&wanted, "☑").err()
    };
    let at = "工作表1!A3".parse().unwrap();
    assert_eq!(put("工作表1!A3"), Some(FillFault::NotBlank { at, text: "单位".into() }));
    assert!(put("工作表1!D4").is_some());
    let unfit = [Wanted { at: "工作表1!4-5".parse().unwrap(), content: Content::Text("1".into()) }];
    assert_eq!(blank.check(&unfit, "☑"), Err(FillFault::Unfit(unfit[0].at)));
    assert_eq!(blank.check(&wanted(3), "☑"), Ok(()));
    let off = "工作表1!Z99".parse().unwrap();
    assert_eq!(put("工作表1!Z99"), Some(FillFault::NoPlace(off)));
}
