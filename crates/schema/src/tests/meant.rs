//! What a cell is meant for, though its heading, or nothing in it, says otherwise: headings that have changed places, rows
//! that take nothing from above, empty cells with a meaning.

use super::grid;
use crate::{Expected, Schemas, bind, bind_tree, load};
use finding::{Report, Sources, cell_name};
use source::{Content, Limits, Source, read};
use value::Period;

const PEOPLE: &str = "\
id: people
title: 人员
label: name
fields:
  - {id: name, title: 姓名, type: name}
  - {id: origin, title: 籍贯, type: text, looks: [origin]}
  - {id: post, title: 职称, type: text, looks: [academic_title]}
  - {id: said, title: 内容, type: long_text}
  - {id: heads, title: 人数, type: integer}
  - {id: term, title: 届次, type: text}
  - {id: born, title: 生日, type: date, precision: day}
  - {id: seen, title: 见面, type: date, precision: month}
";
const PRIZES: &str = "\
id: prizes
title: 奖项
label: prize
fields:
  - {id: branch, title: 支部, type: text, fill_down: true, fill_down_unless: {kind: [党委]}}
  - {id: kind, title: 对象, type: choice, choices: [{value: 党委, spellings: [党总支]}, {value: 支部}]}
  - {id: prize, title: 奖名, type: text, required: true}
  - {id: handled, title: 处理, type: choice, default: {value: 未办, where: {kind: [支部]}}, choices: [{value: 未办}, {value: 已办}]}
";

fn schemas(tables: &[&str]) -> Result<Schemas, String> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let shared = [
        include_str!("../../../../templates/schemas/customs.yaml"),
        include_str!("../../../../templates/schemas/looks.yaml"),
    ];
    let trees: Vec<_> = tables
        .iter()
        .chain(&shared)
        .map(|it| match read(it.as_bytes(), "a.yaml", sources.add("a"), &Limits::standard()).content {
            Some(Content::Tree(tree)) => tree,
            other => panic!("{other:?}"),
        })
        .collect();
    load(&trees, &mut report).map_err(|_| report.findings()[0].message.clone())
}

/// The records of a sheet, their fields from left to right, and what is said.
fn told(text: &str, tables: &[&str]) -> (Vec<String>, String) {
    let (schemas, mut report, mut sources) =
        (schemas(tables).unwrap(), Report::default(), Sources::default());
    let grid = grid(text, "", 0);
    let source = Source {
        file: sources.add("表"),
        digest: [0; 32],
        repeats: Vec::new(),
        name: "表".to_owned(),
        content: Content::Sheets(vec![grid]),
        lists: Vec::new(),
    };
    let period = Period::new("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap()).unwrap();
    let expected = Expected { period, earlier: &Default::default(), sources: &sources };
    let records = bind(vec![source], &schemas, &expected, &mut report);
    let rows = records.tables.iter().flatten().map(|row| {
        let shown = row.cells.iter().map(|it| it.value.display());
        shown.collect::<Vec<_>>().join("|")
    });
    let said = report.findings().iter().map(|it| match it.origin.unwrap().place {
        finding::Place::Cell { row, col, .. } => format!("{} {}", it.code, cell_name(row, col)),
        _ => it.code.to_string(),
    });
    (rows.collect(), said.collect::<Vec<_>>().join(", "))
}

#[test]
fn columns_under_each_others_headings_are_read_as_what_they_hold() {
    let exchanged = "headings-exchanged B1";
    for (text, first, said) in [
        ("姓名|籍贯\n张三|湖南长沙\n李四|江苏南京\n王五|河南", "张三|湖南长沙||||||", ""),
        (
            "籍贯|姓名\n张三|湖南长沙\n李四|江苏南京\n王五|河南",
            "张三|湖南长沙||||||",
            "headings-exchanged B1",
        ),
        // Two rows tell nothing.
        ("籍贯|姓名\n张三|湖南长沙\n李四|江苏南京", "湖南长沙|张三||||||", ""),
        ("职称|籍贯\n湖南长沙|教授\n江苏南京|讲师\n河南|副教授", "|湖南长沙|教授|||||", exchanged),
        // A title that nobody knows is no place of origin.
        ("职称|籍贯\n教授|洛阳\n讲师|湘潭\n副教授|郴州", "|洛阳|教授|||||", ""),
        (
            "内容|姓名\n张三|谈了近期的工作\n李四|谈了思想\n王五|了解家庭的情况",
            "张三|||谈了近期的工作||||",
            exchanged,
        ),
        // What is wrong with every name is no reason to take words of two characters for names.
        (
            "姓名|内容\n张三、李四|调动\n李四、王五|升学\n王五、赵六|毕业",
            "|||调动||||",
            "name-malformed A2, name-malformed A3, name-malformed A4",
        ),
        // Numbers stand in many a text.
        (
            "人数|届次\n若干|1\n不少|2\n全体|3",
            "|||||1||",
            "not-an-integer A2, not-an-integer A3, not-an-integer A4",
        ),
        (
            "人数|生日\n1990-01-01|5\n1990-02-01|6\n1990-03-01|7",
            "||||5||1990年1月1日|",
            "headings-exchanged A1",
        ),
        // Nothing stands where the dates belong.
        (
            "生日|届次|姓名\n|1990-01-01|张三\n|1990-01-02|李四\n|1990-01-03|王五\n|1990-01-04|赵六\n|1990-01-05|钱七",
            "张三||||||1990年1月1日|",
            "headings-exchanged B1",
        ),
        // Two fields may be meant.
        (
            "生日|见面|届次|姓名\n||1990-01-01|张三\n||1990-01-02|李四\n||1990-01-03|王五\n||1990-01-04|赵六\n||1990-01-05|钱七",
            "张三|||||1990-01-01||",
            "",
        ),
        // Of two dates the one that is less precise is no other.
        (
            "生日|见面\n2024年3月|2024-03-01\n2024年4月|2024-04-01\n2024年5月|2024-05-02",
            "|||||||2024年3月1日",
            "date-precision A2, date-precision A3, date-precision A4",
        ),
    ] {
        let (rows, found) = told(text, &[PEOPLE]);
        // What cannot be read shows as nothing.
        assert_eq!((rows[0].replace("（无效）", "").as_str(), found.as_str()), (first, said), "{text}");
    }
}

#[test]
fn a_row_that_says_so_takes_nothing_from_above_and_an_empty_cell_means_what_its_row_says() {
    let text = "支部|对象|奖名\n制造支部|支部|先进\n|支部|标兵\n|党委|模范\n|党总支|示范\n焊接支部|党委|优秀";
    let (rows, said) = told(text, &[PRIZES]);
    assert_eq!(
        rows,
        [
            "制造支部|支部|先进|未办",
            "制造支部|支部|标兵|未办",
            "|党委|模范|",
            "|党委|示范|",
            // What is written stays.
            "焊接支部|党委|优秀|"
        ]
    );
    assert_eq!(said, "filled-down A3");
    let (mut report, schemas) = (Report::default(), schemas(&[PRIZES]).unwrap());
    let tree = "奖项: [{对象: 支部, 奖名: 先进}, {对象: 党委, 奖名: 模范}, {奖名: 标兵}, {对象: 支部, 奖名: 优秀, 处理: 已办}]";
    let tree = match read(tree.as_bytes(), "a.yaml", Sources::default().add("a"), &Limits::standard()).content
    {
        Some(Content::Tree(tree)) => tree,
        other => panic!("{other:?}"),
    };
    let records = bind_tree(&tree, &schemas, &mut report);
    let handled = schemas.tables.iter().next().unwrap().field("handled").unwrap();
    let given: Vec<String> =
        records.tables.iter().flatten().map(|it| it.cells[handled].value.display()).collect();
    assert_eq!(given, ["未办", "", "", "已办"]);
}

#[test]
fn looks_and_conditions_must_be_known() {
    let wrong = |from: &str, to: &str| {
        let changed = PEOPLE.replace(from, to);
        let prizes = PRIZES.replace(from, to);
        schemas(&[&changed, &prizes]).unwrap_err()
    };
    assert_eq!(wrong("looks: [origin]", "looks: [origins]"), "没有名为“origins”的样子");
    assert_eq!(wrong("where: {kind: [支部]}", "where: {kind: [小组]}"), "“对象”没有“小组”这个取值");
    assert_eq!(wrong("where: {kind: [支部]}", "where: {prize: [甲]}"), "where 的条件“prize”不是选择项");
    assert_eq!(wrong("value: 未办, where", "value: 不办, where"), "“处理”的 default 不能写“不办”");
    assert_eq!(
        wrong("fill_down_unless: {kind: [党委]}", "fill_down_unless: {kind: [校]}"),
        "“对象”没有“校”这个取值"
    );
}
