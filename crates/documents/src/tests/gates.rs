//! What is found before anything is rendered: characters that no face has, and names that meet.

use super::World;
use crate::gates::{Named, check_coverage, check_names, unprintable};
use dataset::Reads;
use finding::{Finding, Origin, Report, Sources, Subject};
use project::Fonts;

/// A character that no bundled face has: one of a script that nobody here writes.
const STRANGE: char = '\u{12000}';

#[test]
fn what_no_face_has_is_named_once_and_what_is_not_drawn_is_not_asked_for() {
    let fonts = Fonts::bundled();
    let told = |text: &str| unprintable(text, &fonts).map(|it| it.message);
    assert_eq!(told("党员张三 1\n\t2"), None);
    // Joiners, marks of direction and selectors of variants have no shape of their own.
    for ignorable in ['\u{200B}', '\u{200F}', '\u{2060}', '\u{FE00}', '\u{FE0F}', '\u{E0100}', '\u{E01EF}'] {
        assert_eq!(told(&format!("甲{ignorable}乙")), None, "{ignorable:?}");
    }
    for drawn in ['\u{2061}', '\u{E0200}', STRANGE] {
        let wanted = format!("现有字体中没有“{drawn}”（U+{:04X}）字", u32::from(drawn));
        assert_eq!(told(&format!("甲{drawn}乙{drawn}")), Some(wanted));
    }
    let two = told("\u{12001}甲\u{12000}").unwrap();
    assert_eq!(two, "现有字体中没有“\u{12000}”（U+12000）、“\u{12001}”（U+12001）字");
}

#[test]
fn of_every_value_that_is_printed_a_missing_character_is_said_where_it_stands() {
    let name: &'static str =
        Box::leak(format!("党支部,会议名称,时长\n日语系党支部,戊{STRANGE},1\n").into_boxed_str());
    let world = World::with("返回/外语/外语三会.csv", name);
    let own = |rows: &[usize]| Reads {
        fields: rows.iter().map(|it| world.field(*it, "name")).collect(),
        ..Reads::default()
    };
    let said = |reads: &[Reads]| {
        let mut report = Report::default();
        check_coverage(reads.iter(), (&world.dataset, &Fonts::bundled()), &mut report);
        // A second kind of documents that prints the same has nothing new to say.
        check_coverage(reads.iter(), (&world.dataset, &Fonts::bundled()), &mut report);
        report.findings().to_vec()
    };
    let strange = (0..5).find(|it| world.text(*it, "name").contains(STRANGE)).unwrap();
    let others: Vec<usize> = (0..5).filter(|it| *it != strange).collect();
    assert_eq!(said(&[own(&others)]), []);
    let found = said(&[own(&[strange]), own(&others), own(&[strange])]);
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert_eq!(finding.field.as_deref(), Some("会议名称"));
    assert_eq!(finding.value.as_deref(), Some(&*format!("戊{STRANGE}")));
    assert_eq!(finding.origin, Some(world.dataset.cell(world.field(strange, "name")).origin));
    assert_eq!(finding.subject.branch.as_deref(), Some("日语系党支部"));
}

fn named(path: &str, number: u32) -> Named {
    let origin = Origin::text(Sources::default().add("a"), number, 1);
    Named { path: path.to_owned(), name: format!("第{number}份"), origin, subject: Subject::default() }
}

#[test]
fn documents_of_one_file_name_each_name_another_one() {
    let told = |names: &[Named]| -> Vec<String> {
        let mut report = Report::default();
        check_names(names.iter(), &mut report);
        let line = |it: &Finding| match it.origin.map(|it| it.place) {
            Some(finding::Place::Text { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        report.findings().iter().map(|it| format!("{} {}", line(it), it.message)).collect()
    };
    assert_eq!(told(&[named("a/甲", 1), named("a/乙", 2), named("b/甲", 3)]), [""; 0]);
    assert_eq!(
        told(&[named("a/A", 1), named("a/a", 2), named("a/甲", 3), named("a/a", 4)]),
        ["1 与“第2份”的文件名相同：a/A", "2 与“第1份”的文件名相同：a/a", "4 与“第1份”的文件名相同：a/a"]
    );
}
