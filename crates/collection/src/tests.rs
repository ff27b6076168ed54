//! What a blank set is: made from the built-in schemas alone, for nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::date;

use super::*;
use dataset::Dataset;
use documents::Captions;
use due::Returns;
use finding::{Report, Sources};
use project::{Project, Templates};
use schema::{Expected, FormMark};

fn blank_set() -> Collected {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let schemas = schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap();
    let words = Words::load(&templates, &mut report).unwrap();
    let project = Project::example(date(2024, 5, 31));
    let expected = Expected { period: project.period, earlier: &BTreeMap::new(), sources: &sources };
    let records = schema::bind(Vec::new(), &schemas, &expected, &mut report);
    let dataset = Dataset::new(schemas.into(), records, &mut report);
    assert!(!report.has_errors(), "{report:?}");
    let collecting = Collecting {
        project: &project,
        dataset: &dataset,
        returns: &Returns::default(),
        counted: &BTreeSet::new(),
        rules: &[],
        captions: &Captions::default(),
        words: &words,
        prefill: Prefill::No,
    };
    blank(&collecting).unwrap()
}

fn part(book: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_blank_set_has_every_table_that_is_returned_under_its_marks_and_is_the_same_again() {
    let set = blank_set();
    assert_eq!(set.n_books, 3);
    let again: Vec<Vec<u8>> = blank_set().files.into_iter().map(|it| it.bytes).collect();
    assert_eq!(set.files.iter().map(|it| it.bytes.clone()).collect::<Vec<_>>(), again);
    let mut n_sheets = 0;
    for file in set.files {
        let mut book = Xlsx::new(Cursor::new(file.bytes)).unwrap();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            let Some(Data::String(first)) = range.get_value((0, 0)).cloned() else {
                panic!("{name}: no mark")
            };
            if first.starts_with(source::PAGE_MARK) {
                continue;
            }
            let mark = FormMark::parse(&first).unwrap();
            assert_eq!((mark.sent_to, mark.period.last()), (None, date(2024, 5, 31)), "{name}");
            n_sheets += 1;
        }
    }
    assert!(n_sheets > 30, "{n_sheets}");
}

#[test]
fn headings_are_locked_and_rows_are_not() {
    let set = blank_set();
    let sheet = part(&set.files[1].bytes, "xl/worksheets/sheet2.xml");
    for wanted in [
        "<row r=\"1\" spans=\"1:33\" hidden=\"1\"",
        "<sheetProtection sheet=\"1\"",
        "insertRows=\"0\"",
        "sort=\"0\"",
        "orientation=\"landscape\"",
        "<pane ",
        "type=\"list\"",
        "type=\"textLength\"",
        "numberStoredAsText",
    ] {
        assert!(sheet.contains(wanted), "{wanted} in {}", &sheet[..3000.min(sheet.len())]);
    }
    assert!(!sheet.contains("insertColumns=\"0\""));
    assert!(part(&set.files[1].bytes, "xl/workbook.xml").contains("state=\"veryHidden\""));
}

#[test]
fn every_word_that_is_asked_for_is_there() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let words = Words::load(&templates, &mut report).unwrap();
    for (section, key) in [("files", "folder"), ("guide", "no_due"), ("types", "phone"), ("rules", "unique")]
    {
        assert!(!words.plain(section, key).is_empty(), "{section} {key}");
    }
    assert_eq!(words.filled("rules", "between", &["1", "9"]), "1至9");
}
