//! The layouts in which sheets come back, as small grids: what is read from each, and what is said about it.

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
    let customs = include_str!("../../../templates/schemas/customs.yaml").to_owned();
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
    };
    let period = Period::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap()).unwrap();
    let mut report = Report::default();
    let records = bind(vec![source], schemas, &Expected { period, earlier: &BTreeMap::new() }, &mut report);
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

/// Layout, cells, merged areas, records, findings.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const CASES: [Case; 33] = [
    ("plain", "序号|学工号|姓名|党支部\n1|01|甲|一支部\n2|02|乙|二支部", "", "党员 甲 乙", ""),
    (
        "title, merged or not, 附件 and unit",
        "附件1\n党员名册\n填报单位：某院党委||填报日期：2024年5月\n学工号|姓名|党支部\n01|甲|一",
        "A2:C2",
        "党员 甲",
        "",
    ),
    (
        "a long block of notes above",
        "填表说明：⏎一、如实填写本表各项。\n\n学工号|姓名|党支部\n01|甲|一",
        "A1:C1",
        "党员 甲",
        "",
    ),
    (
        "two levels, merged",
        "党支部|学工号|姓名|学历情况|\n|||最高学历|在职学历\n一|01|甲|本科|硕士",
        "A1:A2 B1:B2 C1:C2 D1:E1",
        "党员 甲(本科/硕士)",
        "",
    ),
    (
        "two levels, not merged",
        "党支部|学工号|姓名|学历情况|\n|||最高学历|在职学历\n一|01|甲|本科|硕士",
        "",
        "党员 甲(本科/硕士)",
        "",
    ),
    (
        "three levels under one wide label",
        "学工号|党员情况|||\n|基本情况||学历|\n|姓名|党支部|最高学历|在职学历\n01|甲|一|本科|硕士",
        "A1:A3 B1:E1 B2:C2 D2:E2",
        "党员 甲(本科/硕士)",
        "",
    ),
    (
        "one label under two parents",
        "学工号|姓名|党支部|全日制|在职\n|||学历|学历\n01|甲|一|本科|硕士",
        "A1:A2 B1:B2 C1:C2",
        "党员 甲(本科/硕士)",
        "",
    ),
    (
        "labels with blanks, breaks and marks",
        "*学工号（必填）|姓  名|党⏎支部（全称）\n01|甲|一",
        "",
        "党员 甲",
        "",
    ),
    (
        "必填 below the heading",
        "学工号|姓名|党支部|备注\n必填|必填|必填，填全称|选填\n01|甲|一|",
        "",
        "党员 甲",
        "row-skipped A2",
    ),
    (
        "甲 乙 1 2 below the heading",
        "序号|学工号|姓名|党支部\n甲|乙|1|2\n1|01|甲|一",
        "",
        "党员 甲",
        "row-skipped A2",
    ),
    (
        "1 2 3 4 below the heading, as numbers",
        "序号|学工号|姓名|党支部\n#1|#2|#3|#4\n1|01|甲|一",
        "",
        "党员 甲",
        "row-skipped A2",
    ),
    ("an example", "序号|学工号|姓名|党支部\n例|01|某人|一\n1|02|甲|一", "", "党员 甲", "row-skipped A2"),
    ("prefilled numbers", "序号|学工号|姓名|党支部\n1|01|甲|一\n2\n3\n4", "", "党员 甲", ""),
    (
        "prefilled names of branches",
        "学工号|姓名|党支部\n01|甲|一\n||一\n||二",
        "",
        "党员 甲",
        "row-skipped C3",
    ),
    (
        "a total on top, subtotals between, a foot",
        "序号|学工号|姓名|党支部\n合计|||2\n1|01|甲|一\n一支部小计\n2|02|乙|二\n填表人：丙|||审核人：丁\n联系电话：010",
        "",
        "党员 甲 乙",
        "row-skipped A2, row-skipped A6",
    ),
    (
        "text below the foot",
        "学工号|姓名|党支部\n01|甲|一\n填表人：丙\n以上内容属实",
        "",
        "党员 甲",
        "row-skipped A3, row-skipped A4",
    ),
    (
        "remarks below",
        "学工号|姓名|党支部\n01|甲|一\n注：本表由党支部填写，一式两份。",
        "",
        "党员 甲",
        "row-skipped A3",
    ),
    (
        "the heading again after a page",
        "学工号|姓名|党支部\n01|甲|一\n学工号|姓名|党支部\n02|乙|一",
        "",
        "党员 甲 乙",
        "row-skipped A3",
    ),
    (
        "groups",
        "学工号|姓名|党支部\n一、教师\n01|甲|一\n二、学生\n02|乙|二",
        "",
        "党员 甲 乙",
        "row-skipped A2",
    ),
    (
        "two tables, one below the other",
        "党员\n学工号|姓名|党支部\n01|甲|一\n\n任务清单\n任务名称|完成时限|责任人\n换届|五月|甲",
        "",
        "党员 甲 任务清单 换届",
        "",
    ),
    (
        "two tables side by side",
        "学工号|姓名|党支部||任务名称|完成时限\n01|甲|一||换届|五月\n02|乙|一",
        "",
        "党员 甲 乙 任务清单 换届",
        "",
    ),
    (
        "one table twice, side by side",
        "学工号|姓名|党支部|学工号|姓名|党支部\n01|甲|一|02|乙|一",
        "",
        "党员 甲 乙",
        "",
    ),
    ("an offset table", "\n\n\n||学工号|姓名|党支部\n||01|甲|一", "", "党员 甲", ""),
    (
        "other order, a column of one's own",
        "党支部|星座|姓名|学工号\n一|白羊|甲|01",
        "",
        "党员 甲",
        "column-ignored B1",
    ),
    (
        "columns of another form",
        "学工号|姓名|党支部|任务名称|完成时限\n01|甲|一",
        "",
        "党员 甲",
        "column-ignored D1",
    ),
    ("content without a heading", "学工号|姓名|党支部\n01|甲|一||丢失", "", "党员 甲", "column-ignored E2"),
    (
        "notes beside, merged",
        "学工号|姓名|党支部||填写注意事项：⏎一、字段请勿删除。\n01|甲|一\n02|乙|一",
        "E1:F3",
        "党员 甲 乙",
        "",
    ),
    (
        "notes among the rows, merged",
        "学工号|姓名|党支部|备注\n01|甲|一\n\n|注意事项：字段及字段顺序请勿删除\n\n",
        "B4:D6",
        "党员 甲",
        "",
    ),
    (
        "names merged downwards, and a value too",
        "党支部|学工号|姓名|备注\n一|01|甲|同岗\n|02|乙|",
        "A2:A3 D2:D3",
        "党员 甲 乙",
        "cell-merged-away D3",
    ),
    (
        "names left blank below",
        "党支部|学工号|姓名\n一|01|甲\n|02|乙\n|03|丙",
        "",
        "党员 甲 乙 丙",
        "filled-down A3",
    ),
    (
        "a missing column and a misspelt one",
        "学工号|姓名|备柱\n01|甲|无",
        "",
        "党员 甲",
        "heading-misspelt C1, column-missing A1",
    ),
    (
        "months side by side",
        "党支部名称|支委会|||集体活动||\n|1月|2月|3 月|1月|2月|3月\n一|1||2||0|\n二",
        "B1:D1 E1:G1 A1:A2",
        "组织生活 一支委会1=1 一支委会3=2 一集体活动2=0",
        "row-skipped A4",
    ),
    ("an empty form", "学工号|姓名|党支部", "", "", "return-empty -"),
];

#[test]
fn every_layout_is_read_and_what_is_left_out_is_said() {
    let schemas = schemas("");
    let mut faults = Vec::new();
    for (layout, text, merges, read, said) in CASES {
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
