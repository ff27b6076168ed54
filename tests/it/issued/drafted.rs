//! Rows and columns of a workbook are known by titles, places and numbers: nearly all of them, and none wrongly.

use std::collections::BTreeMap;

use huibian::finding::{Report, Sources};
use huibian::project::Templates;
use huibian::source::{Node, NodeKind};

use super::{WORKBOOKS, import};
use crate::desk::{Desk, college, repository};

/// The lines of a sheet, by `rows` or `columns` and what they are called there.
type Lines = BTreeMap<(String, String), String>;

/// The entries of a mapping.
fn entries(node: &Node) -> Vec<(&str, &Node)> {
    match &node.kind {
        NodeKind::Map(entries) => entries.iter().map(|it| (&*it.key, &it.value)).collect(),
        _ => Vec::new(),
    }
}

fn text(node: &Node) -> String {
    match &node.kind {
        NodeKind::Scalar(text) => text.to_string(),
        _ => String::new(),
    }
}

/// What is said of a sheet, table and all; rows for records are rows.
fn lines(sheet: &Node) -> Lines {
    let mut lines = Lines::new();
    for (key, node) in entries(sheet) {
        let kind = if key == "each" { "rows" } else { key };
        match key {
            "table" | "names" => {
                lines.insert((key.to_owned(), String::new()), text(node));
            }
            "rows" | "columns" | "each" => {
                let own = entries(node)
                    .into_iter()
                    .map(|(at, line)| ((kind.to_owned(), at.to_owned()), text(line)));
                lines.extend(own.filter(|it| !it.1.is_empty() && it.1 != "待定"));
            }
            _ => {}
        }
    }
    lines
}

fn yaml(path: &str, folder: &std::path::Path) -> Node {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(Some(folder), &mut sources, &mut report).unwrap();
    templates.tree(path, &mut report).unwrap().unwrap_or_else(|| panic!("{path}"))
}

/// The cells of a sheet: each row with each column.
fn n_cells(lines: &Lines) -> usize {
    let count = |kind: &str| lines.keys().filter(|it| it.0 == kind).count();
    count("rows") * count("columns")
}

#[test]
fn nearly_all_rows_and_columns_are_bound_and_none_wrongly() {
    let desk = college::desk("drafted", "2024-12-31", "");
    desk.write(
        "places/templates/places.yaml",
        std::fs::read(repository("fixtures/issued/places.yaml")).unwrap(),
    );
    let meant = yaml("places.yaml", &desk.path("places"));
    let (mut n_meant, mut n_bound) = (0, 0);
    for (name, of) in WORKBOOKS {
        import(&desk, ".", name, of);
        let meant = entries(&meant).into_iter().find(|it| it.0 == name).unwrap().1;
        let drafted = yaml(&format!("statistics/{name}/issued.yaml"), &desk.path(""));
        let sheets = entries(&drafted).into_iter().find(|it| it.0 == "sheets").unwrap().1;
        let NodeKind::List(sheets) = &sheets.kind else { panic!("{name}") };
        for (sheet, meant) in entries(meant) {
            let is_own = |it: &&Node| entries(it).iter().any(|it| it.0 == "sheet" && text(it.1) == sheet);
            let (meant, bound) = (lines(meant), lines(sheets.iter().find(is_own).unwrap()));
            let wrong: Vec<_> = bound.iter().filter(|it| meant.get(it.0) != Some(it.1)).collect();
            assert_eq!(wrong, [], "{name} {sheet}");
            n_meant += n_cells(&meant);
            n_bound += n_cells(&bound);
        }
        assert!(desk.path(&format!("templates/statistics/{name}/填表位置.pdf")).is_file());
    }
    assert!(n_meant > 800 && n_bound * 100 >= n_meant * 95, "{n_bound} of {n_meant}");
}

#[test]
fn nothing_is_written_over_and_a_word_document_is_refused() {
    let desk = college::desk("refused", "2024-12-31", "");
    let book = repository("fixtures/issued/年报表.xlsx");
    let word = repository("fixtures/annexes/附件1-党员信息采集表.docx");
    let [book, word] = [&book, &word].map(|it| it.to_str().unwrap());
    let refused = |desk: &Desk, file: &str, more: &[&str]| {
        let ran =
            desk.run(&[&["import", file, "--as", "statistics", "--project", "."], more].concat()).expect(2);
        ran.stderr
    };
    assert!(
        refused(&desk, book, &[]).contains("--of party-annual")
            || refused(&desk, book, &[]).contains("party-annual")
    );
    assert!(refused(&desk, book, &["--of", "party-anual"]).contains("统计“party-anual”不能使用"));
    assert!(refused(&desk, word, &["--of", "party-annual"]).contains("--as form"));
    import(&desk, ".", "年报表", "party-annual");
    assert!(refused(&desk, book, &["--of", "party-annual"]).contains("已经存在，没有写入"));
}
