//! A second opinion on our PDFs by poppler; it speaks when `HUIBIAN_FOREIGN=1`, and is then not to be missing.
#![expect(clippy::disallowed_methods, reason = "the test asks the environment and reads a published file")]

use std::process::Command;

use crate::desk::{Desk, ran, repository};
use crate::paper::Paper;

const FORM: &str =
    "out/forms/model-branch/机械工程学院/党建工作样板支部申报书-机械工程学院机械设计系教师党支部.pdf";
const BOOK: &str = "out/handbooks/party-regulations/示例理工大学党务工作制度汇编（A5）.pdf";
const BRANCH: &str = "机械工程学院机械设计系教师党支部";

#[test]
fn poppler_reads_title_faces_paper_and_text_as_we_do() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("foreign");
    let project = repository("fixtures/university");
    desk.run(&["build", project.to_str().unwrap(), "--out", "out"]).expect(0);
    let form = desk.path(FORM);
    let info = poppler("pdfinfo", &[form.to_str().unwrap()]);
    for line in
        [&format!("党建工作样板支部申报书——{BRANCH}"), "(A4)", "Tagged:          yes", "PDF version:     1.7"]
    {
        assert!(info.contains(line), "{line} in\n{info}");
    }
    let faces = poppler("pdffonts", &[form.to_str().unwrap()]);
    let faces: Vec<&str> = faces.lines().skip(2).collect();
    assert!(faces.len() >= 5, "{faces:?}");
    for face in faces {
        // Embedded, a subset, and with a table to copy text by.
        assert_eq!(face.matches(" yes yes yes ").count(), 1, "{face}");
    }
    let cover = poppler("pdftotext", &["-l", "1", form.to_str().unwrap(), "-"]);
    assert!(cover.split_whitespace().collect::<String>().contains(BRANCH), "{cover}");
}

#[test]
fn poppler_finds_each_title_of_the_book_on_the_page_that_its_bookmark_leads_to() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("foreign-book");
    let project = repository("fixtures/university");
    desk.run(&["build", project.to_str().unwrap(), "--only", "handbooks", "--out", "out"]).expect(0);
    let paper = Paper::read(desk.files("out").remove(&BOOK[4..]).unwrap());
    // In the order of the page's content: otherwise poppler takes spaced headings for columns.
    let text = poppler("pdftotext", &["-raw", desk.path(BOOK).to_str().unwrap(), "-"]);
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let pages: Vec<String> = text.split('\u{c}').map(squeezed).collect();
    assert!(paper.outline.len() > 150, "{} bookmarks", paper.outline.len());
    for it in &paper.outline {
        assert!(pages[it.page].contains(&squeezed(&it.title)), "“{}” on page {}", it.title, it.page + 1);
    }
}

fn poppler(program: &str, arguments: &[&str]) -> String {
    ran(Command::new(program).args(arguments)).expect(0).stdout
}
