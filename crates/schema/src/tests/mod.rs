//! The layouts in which sheets come back, as small grids: what is read from each, and what is said about it.

mod meant;
mod sheets;

use std::collections::BTreeMap;

use crate::{Expected, Schemas, bind, load};
use finding::{Area, Report, Sources, cell_name};
use source::{Content, Grid, Limits, Source, read};
use value::{Period, Raw};

const SCHEMAS: [&str; 3] = [
    "id: members\ntitle: 党员\nkey: [number]\nlabel: name\nempty: [无]\nignore: [序号]\nfields:
  - {id: number, title: 学工号, synonyms: [工号], type: code, required: true}
  - {id: name, title: 姓名, synonyms: [基本情况/姓名], type: text, required: true}
  - {id: branch, title: 党支部, type: text, fill_down: true, required: true}
  - {id: education, title: 最高学历, synonyms: [全日制/学历], type: text}
  - {id: part_time, title: 在职学历, synonyms: [在职/学历], type: text}
  - {id: remark, title: 备注, type: text}\n",
    "id: tasks\ntitle: 任务清单\nlabel: task\nignore: [序号]\nfields:
  - {id: task, title: 任务名称, type: text, required: true}
  - {id: due, title: 完成时限, type: text, required: true}
  - {id: lead, title: 责任人, type: text}\n",
    "id: life\ntitle: 组织生活\nlabel: branch\nfields:
  - {id: branch, title: 党支部名称, type: text, required: true}
  - {id: kind, title: 类别, type: text, required: true}
  - {id: month, title: 月份, type: integer, unit: 月, required: true}
  - {id: times, title: 次数, type: integer, required: true}
unfold:
  columns: [1月, 2月, 3月]
  under: [支委会, 集体活动]
  into: {column: month, group: kind, value: times}\n",
];

fn schemas(extra: &str) -> Schemas {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let tables = SCHEMAS.iter().map(|it| format!("{it}{extra}"));
    let customs = include_str!("../../../../templates/schemas/customs.yaml").to_owned();
    let trees: Vec<_> = tables
        .chain([customs])
        .map(|it| match read(it.as_bytes(), "a.yaml", sources.add("a"), &Limits::standard()).content {
            Some(Content::Tree(tree)) => tree,
            other => panic!("{other:?}"),
        })
        .collect();
    load(&trees, &mut report).unwrap_or_else(|_| panic!("{report:?}"))
}

/// A grid from lines of cells; `A1:C1` merges.
fn grid(text: &str, merges: &str, sheet: u16) -> Grid {
    let mut grid = Grid::empty(Sources::default().add("a"), sheet, "Sheet1");
    for (row, line) in (0..).zip(text.lines()) {
        for (col, cell) in (0..).zip(line.split('|')) {
            let cell = cell.replace('⏎', "\n");
            let number = cell.strip_prefix('#').and_then(|it| it.parse().ok());
            let raw = number.map_or(Raw::text(&cell), |value| Raw::Number {
                value,
                decimals: None,
                percent: false,
            });
            grid.set(row, col, raw);
        }
    }
    let corner = |it: &str| {
        let (col, row) = it.split_at(1);
        (row.parse::<u32>().unwrap() - 1, u16::from(col.as_bytes()[0] - b'A'))
    };
    for (from, to) in merges.split_whitespace().filter_map(|it| it.split_once(':')) {
        let ((top, left), (bottom, right)) = (corner(from), corner(to));
        grid.merges.push(Area { top, left, bottom, right });
    }
    grid
}

/// What is read, as `表 甲 乙`, and what is said, as `code A1`.
fn outcome(grids: Vec<Grid>, name: &str, schemas: &Schemas) -> (String, String) {
    let source = Source {
        file: grids[0].file,
        digest: [0; 32],
        repeats: Vec::new(),
        name: name.to_owned(),
        content: Content::Sheets(grids),
        lists: Vec::new(),
    };
    let period = Period::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap()).unwrap();
    let mut report = Report::default();
    let mut sources = Sources::default();
    sources.add(name);
    let expected = Expected { period, earlier: &BTreeMap::new(), sources: &sources };
    let records = bind(vec![source], schemas, &expected, &mut report);
    let mut read = Vec::new();
    for (table, rows) in schemas.tables.iter().zip(&records.tables).filter(|it| !it.1.is_empty()) {
        read.push(table.title.to_string());
        read.extend(rows.iter().map(|row| {
            let shown =
                |id: &str| table.field(id).map(|it| row.cells[it].value.display()).unwrap_or_default();
            match &*table.id {
                "life" => {
                    format!("{}{}{}={}", shown("branch"), shown("kind"), shown("month"), shown("times"))
                }
                "members" if !shown("part_time").is_empty() => {
                    format!("{}({}/{})", shown("name"), shown("education"), shown("part_time"))
                }
                _ => row.cells[table.label].value.display(),
            }
        }));
    }
    let said = report.findings().iter().map(|it| {
        let place = match it.origin.unwrap().place {
            finding::Place::Cell { row, col, .. } => cell_name(row, col),
            _ => "-".to_owned(),
        };
        format!("{} {place}", it.code)
    });
    (read.join(" "), said.collect::<Vec<_>>().join(", "))
}

#[test]
fn every_layout_is_read_and_what_is_left_out_is_said() {
    let schemas = schemas("");
    let mut faults = Vec::new();
    for (layout, text, merges, read, said) in sheets::CASES {
        let given = outcome(vec![grid(text, merges, 0)], "表", &schemas);
        if given != (read.to_owned(), said.to_owned()) {
            faults.push(format!("{layout}: {given:?}, wanted {:?}", (read, said)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_heading_far_down_is_found_and_one_that_is_pinned_is_the_only_one() {
    let far = format!("{}学工号|姓名|党支部\n01|甲|一", "通知正文\n".repeat(40));
    let given = outcome(vec![grid(&far, "", 0)], "表", &schemas(""));
    assert_eq!(given, ("党员 甲".to_owned(), String::new()));
    let text = "学工号|姓名|党支部\n01|甲|一\n工号|姓名|党支部\n02|乙|一";
    let given = outcome(vec![grid(text, "", 0)], "表", &schemas("header_rows: [3]\n"));
    assert_eq!(given.0, "党员 乙");
}

#[test]
fn a_table_is_looked_for_on_its_sheets_only() {
    let schemas = schemas("only_sheets: [名册]\n");
    let mut named = grid("学工号|姓名|党支部\n01|甲|一", "", 0);
    named.name = "名册".into();
    let other = grid("学工号|姓名|党支部\n02|乙|一", "", 1);
    assert_eq!(
        outcome(vec![named, other], "表", &schemas),
        ("党员 甲".to_owned(), "heading-not-found -".to_owned())
    );
    // A sheet saved as text has its name behind that of the workbook, or is called so itself.
    for (file, read) in [("一院情况-名册", "党员 乙"), ("名册", "党员 乙"), ("一院名册", "")]
    {
        let sheet = grid("学工号|姓名|党支部\n02|乙|一", "", 0);
        assert_eq!(outcome(vec![sheet], file, &schemas).0, read, "{file}");
    }
}

#[test]
fn sheets_that_explain_or_show_are_no_returns() {
    let data = grid("学工号|姓名|党支部\n01|甲|一", "", 0);
    let mut notes = grid("请先读说明\n每人一行", "", 1);
    notes.name = "填表须知".into();
    let mut example = grid("学工号|姓名|党支部\n09|某人|一", "", 2);
    example.name = "样表".into();
    let mut hidden = data.clone();
    hidden.hidden = true;
    let given = outcome(vec![data, notes, example, hidden], "表", &schemas(""));
    let said = "sheet-not-a-return -, sheet-not-a-return -, sheet-hidden-table -";
    assert_eq!(given, ("党员 甲".to_owned(), said.to_owned()));
}

#[test]
fn a_hidden_sheet_is_an_error_if_its_table_stands_nowhere_else() {
    let given = |text: &str| {
        let mut hidden = grid(text, "", 1);
        hidden.hidden = true;
        outcome(vec![grid("须知\n每人一行", "", 0), hidden], "表", &schemas("")).1
    };
    assert!(given("学工号|姓名|党支部\n01|甲|一").contains("sheet-hidden-return -"));
    // Without rows it is the form, not a return; without a heading a list for drop-downs.
    assert!(given("学工号|姓名|党支部").contains("sheet-hidden -"));
    assert!(given("男\n女").contains("sheet-hidden -"));
}

#[test]
fn a_return_of_another_year_is_asked_about() {
    let schemas = schemas("");
    for (title, name, said) in [
        ("2022年党员名册", "表", "return-from-other-period A1"),
        ("填报日期：2023年12月1日", "表", "return-from-other-period A1"),
        ("党员名册", "2022—2023学年党员", "return-from-other-period -"),
        ("2024年党员名册", "表", ""),
        ("2023—2024学年党员名册", "表", ""),
        ("校组〔2022〕9号附件", "表", ""),
    ] {
        let text = format!("{title}\n学工号|姓名|党支部\n01|甲|一");
        assert_eq!(outcome(vec![grid(&text, "", 0)], name, &schemas).1, said, "{title} {name}");
    }
}

#[test]
fn what_several_sheets_lack_is_said_once_of_all_of_them() {
    let sheets = (0..3).map(|it| grid(&format!("学工号|姓名\n0{it}|甲"), "", it)).collect();
    let (read, said) = outcome(sheets, "表", &schemas(""));
    assert_eq!((&*read, &*said), ("党员 甲 甲 甲", "column-missing A1"));
    let two = grid("姓名|备注\n甲|无", "", 0);
    let mut named = two.clone();
    named.name = "党员".into();
    assert_eq!(outcome(vec![named], "表", &schemas("")).1, "column-missing A1");
}
