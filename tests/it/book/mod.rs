//! A statistics workbook with everything that a description can say: cover, tables with live formulas, charts.
#![expect(clippy::unwrap_used, reason = "templates that cannot be read are a failure of the test")]

use std::sync::Arc;

use huibian::documents::{
    Align, Book, Captions, Cell, CellRef, Chart, ChartKind, Charts, Column, Cover, DefinedName, Formula,
    Numbering, Paper, Protection, Row, Series, Sheet, Sign, Table, Weight, Zero,
};
use huibian::finding::{Report, Sources};
use huibian::project::Templates;
use huibian::value::Amount;
use jiff::civil::Date;

/// Age bands of the wide table.
const BANDS: [&str; 9] =
    ["30岁及以下", "31—35岁", "36—40岁", "41—45岁", "46—50岁", "51—55岁", "56—60岁", "61—65岁", "66岁及以上"];

/// Education levels of the wide table.
const LEVELS: [&str; 6] = ["研究生", "大学本科", "大学专科", "中专", "高中、中技", "初中及以下"];

/// Occupations of the wide table; its rows.
const JOBS: [&str; 8] = [
    "一、在岗职工",
    "公有制单位专业技术人员",
    "公有制单位管理人员",
    "工勤技能人员",
    "二、学生",
    "研究生",
    "本科生",
    "三、离退休人员",
];

/// The book.
pub(crate) fn sample() -> Book {
    let sheets =
        vec![Sheet::Cover(cover()), Sheet::Table(change()), Sheet::Table(wide()), Sheet::Table(committees())];
    let mut book = Book {
        title: "中国共产党党内统计年报表".to_owned(),
        author: "示例理工大学党委组织部".to_owned(),
        date: Some(Date::constant(2024, 12, 31)),
        sheets,
        names: vec![
            DefinedName { name: "党员总数".to_owned(), cell: at(1, 8, 2), to: at(1, 8, 2) },
            DefinedName { name: "t2.body".to_owned(), cell: at(2, 0, 2), to: at(2, 8, 3) },
        ],
        captions: captions(),
    };
    let charts = charts(&book);
    book.sheets.push(Sheet::Charts(charts));
    book
}

/// What the parts of a book are called where no project says otherwise.
fn captions() -> Arc<Captions> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    Captions::load(&templates, &mut report).unwrap().into()
}

fn at(sheet: usize, row: usize, column: usize) -> CellRef {
    CellRef { sheet, row, column }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn column(heading: &[&str], align: Align) -> Column {
    Column { heading: texts(heading), width: None, align }
}

fn sum(terms: Vec<(Sign, CellRef)>, value: i64) -> Cell {
    Cell::Formula { formula: Formula::Sum(terms), value: Box::new(Cell::Integer(value)) }
}

fn plus(cells: impl IntoIterator<Item = CellRef>) -> Vec<(Sign, CellRef)> {
    cells.into_iter().map(|it| (Sign::Plus, it)).collect()
}

fn rate(part: (CellRef, i64), whole: (CellRef, i64)) -> Cell {
    let value = Amount::from(part.1).over(Amount::from(whole.1));
    let value = value.map_or(Cell::Empty, |value| Cell::Percent { value, places: 1 });
    Cell::Formula {
        formula: Formula::Rate { part: part.0, whole: whole.0, places: 1 },
        value: Box::new(value),
    }
}

fn cover() -> Cover {
    Cover {
        name: "封面".to_owned(),
        title: "中国共产党党内统计年报表".to_owned(),
        subtitle: "（2024年）".to_owned(),
        lines: texts(&[
            "填报单位：中共示例理工大学委员会组织部",
            "单位负责人：",
            "填　表　人：",
            "填报日期：2024年12月31日",
        ]),
        draft: None,
    }
}

fn base(name: &str, title: &str) -> Table {
    Table {
        name: name.to_owned(),
        title: title.to_owned(),
        lines: texts(&["填报单位：示例理工大学", "2024年度", "单位：人"]),
        signatures: texts(&["单位负责人：", "审核人：", "填表人：", "填报日期：2024年12月31日"]),
        numbering: Numbering::Letters,
        n_stub: 2,
        zero: Zero::Dash,
        protection: Protection::Formulas,
        ..Table::default()
    }
}

/// Lines with printed formulas: 2=3+4+5, 6=7+8, 9=1+2-6.
fn change() -> Table {
    let columns = vec![
        column(&["项目"], Align::Left),
        column(&["行次"], Align::Center),
        column(&["总数"], Align::Right),
        column(&["其中", "女"], Align::Right),
        column(&["其中", "少数民族"], Align::Right),
        column(&["女占比"], Align::Right),
    ];
    let figures: [(&str, u8, [i64; 3]); 9] = [
        ("上年底党员总数", 0, [2540, 1066, 205]),
        ("本年增加", 0, [312, 166, 31]),
        ("发展党员", 1, [180, 97, 18]),
        ("转入组织关系", 1, [130, 68, 13]),
        ("恢复党籍", 1, [2, 1, 0]),
        ("本年减少", 0, [254, 120, 0]),
        ("死亡", 1, [9, 2, 0]),
        ("转出组织关系", 1, [245, 118, 0]),
        ("本年底党员总数", 0, [2598, 1112, 236]),
    ];
    let row = |(idx, (title, level, values)): (usize, (&str, u8, [i64; 3]))| {
        let mut cells = vec![text(title), Cell::Integer(idx as i64 + 1)];
        for (offset, value) in values.into_iter().enumerate() {
            let here = |row: usize| at(1, row, offset + 2);
            cells.push(match idx {
                1 => sum(plus((2..5).map(here)), value),
                5 => sum(plus([here(6), here(7)]), value),
                8 => sum([plus([here(0), here(1)]), vec![(Sign::Minus, here(5))]].concat(), value),
                _ => Cell::Integer(value),
            });
        }
        cells.push(rate((at(1, idx, 3), values[1]), (at(1, idx, 2), values[0])));
        let weight = if idx == 8 { Weight::Total } else { Weight::Plain };
        Row { cells, level, weight }
    };
    Table {
        columns,
        rows: figures.into_iter().enumerate().map(row).collect(),
        notes: texts(&["注：1. 本表由各基层党委党员名册汇总。", "　　2. 行次2=3+4+5，6=7+8，9=1+2-6。"]),
        ..base("表1", "党员队伍变化情况")
    }
}

/// A table of many columns on A3, over several pages, with sums across and down.
fn wide() -> Table {
    let mut columns = vec![
        column(&["项目"], Align::Left),
        column(&["行次"], Align::Center),
        column(&["总计"], Align::Right),
    ];
    columns.extend(BANDS.map(|it| column(&["按年龄分", it], Align::Right)));
    columns.extend(LEVELS.map(|it| column(&["按学历分", it], Align::Right)));
    columns.extend(["女", "少数民族", "农民工"].map(|it| column(&["其中", "党员", it], Align::Right)));
    columns.push(column(&["占比"], Align::Right));
    let figure = |row: usize, column: usize| -> i64 {
        let spread = (row * 31 + column * 17) % 47;
        if (row + column).is_multiple_of(6) { 0 } else { spread as i64 * 3 }
    };
    let n_rows = 1 + JOBS.len() * 8;
    let mut rows = vec![Row::default()];
    let mut totals = vec![0_i64; columns.len()];
    for row in 1..n_rows {
        let job = JOBS[(row - 1) % JOBS.len()];
        let mut cells = vec![text(job), Cell::Integer(row as i64 + 1), Cell::Empty];
        let mut total = 0;
        for (column, sum) in totals.iter_mut().enumerate().take(21).skip(3) {
            let value = if column == 20 { 0 } else { figure(row, column) };
            total += if column < 12 { value } else { 0 };
            *sum += value;
            cells.push(Cell::Integer(value));
        }
        totals[2] += total;
        cells[2] = sum(plus((3..12).map(|it| at(2, row, it))), total);
        cells.push(rate((at(2, row, 18), figure(row, 18)), (at(2, row, 2), total)));
        rows.push(Row { cells, level: u8::from(!job.contains('、')), weight: Weight::Plain });
    }
    let mut cells = vec![text("总计"), Cell::Integer(1)];
    cells.extend((2..21).map(|column| sum(plus((1..n_rows).map(|row| at(2, row, column))), totals[column])));
    cells.push(rate((at(2, 0, 18), totals[18]), (at(2, 0, 2), totals[2])));
    rows[0] = Row { cells, level: 0, weight: Weight::Total };
    Table { columns, rows, paper: Paper::A3Landscape, ..base("表2", "党员基本情况") }
}

/// Committees with merged labels and amounts of money; figures taken from another sheet.
fn committees() -> Table {
    let columns = vec![
        column(&["类别"], Align::Center),
        column(&["基层党委"], Align::Left),
        column(&["党员数"], Align::Right),
        column(&["党费（元）"], Align::Right),
        column(&["备注"], Align::Left),
    ];
    let names =
        ["机械工程学院党委", "信息科学与工程学院党委", "文学与新闻传播学院党委", "离退休干部工作处党委"];
    let mut rows: Vec<Row> = names
        .iter()
        .enumerate()
        .map(|(idx, name)| {
            let kind = match idx {
                0 => text("院系级党委"),
                3 => text("机关"),
                _ => Cell::Above,
            };
            let people = if idx == 2 { 0 } else { 420 - 60 * idx as i64 };
            let money = Cell::Decimal(cents(1_234_510 * (idx as i64 + 1)));
            Row::from(vec![kind, text(name), Cell::Integer(people), money, Cell::Empty])
        })
        .collect();
    let money = Cell::Decimal(cents(12_345_100));
    let total =
        Cell::Formula { formula: Formula::Sum(plus((0..4).map(|it| at(3, it, 3)))), value: Box::new(money) };
    let same = Cell::Formula { formula: Formula::Same(at(1, 8, 2)), value: Box::new(Cell::Integer(2598)) };
    rows.push(Row {
        cells: vec![text("全校（见表1）"), text("合计"), same, total, Cell::Empty],
        level: 0,
        weight: Weight::Total,
    });
    Table {
        columns,
        rows,
        paper: Paper::A4Portrait,
        zero: Zero::Blank,
        signatures: texts(&["审核人：", "填表人："]),
        draft: Some("草稿：尚有 2 处错误".to_owned()),
        ..base("分党委", "各分党委党员情况")
    }
}

#[expect(clippy::unwrap_used, reason = "a hundredth can be held")]
fn cents(number: i64) -> Amount {
    Amount::from(number).of_percent().unwrap().filled(2)
}

fn value_of(cell: &Cell) -> Amount {
    match cell {
        Cell::Integer(it) => Amount::from(*it),
        Cell::Decimal(it) | Cell::Percent { value: it, .. } => *it,
        Cell::Formula { value, .. } => value_of(value),
        Cell::Empty | Cell::Text(_) | Cell::Above => Amount::ZERO,
    }
}

fn series(book: &Book, title: &str, cells: impl IntoIterator<Item = CellRef>) -> Series {
    let value = |it: CellRef| (it, book.cell(it).map(value_of));
    Series { title: title.to_owned(), values: cells.into_iter().map(value).collect() }
}

fn charts(book: &Book) -> Charts {
    let chart = |title: &str, kind, categories: &[&str], series| Chart {
        title: title.to_owned(),
        kind,
        unit: "人".to_owned(),
        categories: texts(categories),
        series,
    };
    let jobs = |row: usize, title: &str| series(book, title, (3..12).map(|it| at(2, row, it)));
    Charts {
        name: "图表".to_owned(),
        title: "党员队伍图表".to_owned(),
        charts: vec![
            chart(
                "各分党委党员数",
                ChartKind::Bar,
                &[
                    "机械工程学院党委",
                    "信息科学与工程学院党委",
                    "文学与新闻传播学院党委",
                    "离退休干部工作处党委",
                ],
                vec![series(book, "党员数", (0..4).map(|it| at(3, it, 2)))],
            ),
            chart("党员年龄结构", ChartKind::Pyramid, &BANDS, vec![jobs(2, "男"), jobs(3, "女")]),
            chart(
                "按年龄分的党员",
                ChartKind::Column,
                &BANDS,
                vec![jobs(1, "在岗职工"), jobs(2, "学生"), jobs(4, "离退休")],
            ),
            chart("历年党员数", ChartKind::Line, &BANDS, vec![jobs(5, "总数"), jobs(6, "其中：女")]),
        ],
        draft: None,
    }
}
