//! Pictures in cells are printed: each form gets its own, with a description, and the print set gets them all.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::desk::{Desk, problems};
use crate::paper::Paper;

/// A project with a form for each badge.
pub(crate) const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-05-31
sources: [data]
documents:
  forms: [badge]
";

/// The table of badges.
pub(crate) const SCHEMA: &str = "\
id: badges
title: 党员证
key: [number]
label: name
fields:
  - {id: number, title: 编号, type: code, length: 3, required: true}
  - {id: name, title: 姓名, type: name, required: true}
  - {id: photo, title: 照片, type: picture}
";

const FORM: &str = r#"id: badge
title: 党员证
of: badges
key: number
name: name
file_name: "党员证-{{ number }}"
folder: 证件
print_set: 党员证合订本
empty: 无
data:
  photo: photo
  note: {value: photo, empty: 未贴照片}
"#;

const LAYOUT: &str = r#"#import "/typst/page.typ": official, sheets
#let render(data) = {
  set document(title: data.title, keywords: data.forms.map(form => form.key))
  show: official.with(data.faces, language: data.language)
  sheets(data.faces, draft: data.draft, for form in data.forms {
    heading(form.name)
    let photo = form.fields.photo
    if photo == none { par(form.fields.note) } else {
      image(photo.path, width: 25mm, alt: photo.alt)
      par(photo.alt)
    }
  })
}
"#;

/// A workbook as WPS writes it: three people, of whom two have a picture in their cell.
pub(crate) fn badges(second: (&str, &[u8])) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("党员证").unwrap();
    let rows = [
        ["编号", "姓名", "照片"],
        ["001", "张三", "=DISPIMG(\"ID_A\",1)"],
        ["002", "李四", "=DISPIMG(\"ID_B\",1)"],
        ["003", "王五", ""],
    ];
    for (row, texts) in (0..).zip(rows) {
        for (col, text) in (0..).zip(texts) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    let name = format!("xl/media/image2.{}", second.0);
    let image = |id: &str| {
        format!("<etc:cellImage><xdr:cNvPr name='ID_{id}'/><a:blip r:embed='rId{id}'/></etc:cellImage>")
    };
    let images = format!("<etc:cellImages>{}{}</etc:cellImages>", image("A"), image("B"));
    let relations = format!(
        "<Relationships><Relationship Id='rIdA' Type='t/image' Target='media/image1.png'/>\
        <Relationship Id='rIdB' Type='t/image' Target='/{name}'/></Relationships>"
    );
    let parts: [(&str, &[u8]); 4] = [
        ("xl/cellimages.xml", images.as_bytes()),
        ("xl/_rels/cellimages.xml.rels", relations.as_bytes()),
        ("xl/media/image1.png", include_bytes!("../files/photo.png")),
        (&name, second.1),
    ];
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    to.merge_archive(ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap()).unwrap();
    for (name, bytes) in parts {
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn project(name: &str, second: (&str, &[u8])) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/党员证.xlsx", badges(second));
    desk.write("templates/schemas/badges.yaml", SCHEMA);
    desk.write("templates/forms/badge/form.yaml", FORM);
    desk.write("templates/forms/badge/layout.typ", LAYOUT);
    desk
}

fn n_pictures(paper: &Paper) -> usize {
    paper.sheets.iter().map(|it| it.n_pictures).sum()
}

#[test]
fn a_form_prints_the_picture_of_its_own_record_with_a_description() {
    let desk = project("pictures-printed", ("jpeg", include_bytes!("../files/photo.jpg")));
    desk.run(&["build", "--out", "out", "--jobs", "1"]).expect(0);
    desk.run(&["build", "--out", "again", "--jobs", "3"]).expect(0);
    let out = desk.files("out");
    assert!(out == desk.files("again"), "the same pictures give the same bytes");
    let said = [("001", 1, "张三：照片"), ("002", 1, "李四：照片"), ("003", 0, "未贴照片")];
    for (number, n, words) in said {
        let paper = Paper::read(out[&format!("forms/badge/证件/党员证-{number}.pdf")].clone());
        assert!(paper.squeezed().contains(words), "{number}: {}", paper.squeezed());
        assert_eq!(paper.property("pdfuaid:part"), Some("1"), "{number}");
        assert_eq!(n_pictures(&paper), n, "{number}");
    }
    assert_eq!(n_pictures(&Paper::read(out["forms/badge/党员证合订本.pdf"].clone())), 2);
}

#[test]
fn a_picture_that_is_neither_png_nor_jpeg_is_an_error_and_withholds_its_form_only() {
    let desk = project("pictures-gif", ("gif", b"GIF89a"));
    desk.run(&["build", "--out", "out"]).expect(1);
    assert_eq!(problems(&desk.findings("out")), ["error error-cell data/党员证.xlsx 党员证!C3"]);
    let forms = desk.files("out").into_keys().filter(|it| it.starts_with("forms/badge/证件"));
    let expected = ["001", "003"].map(|it| format!("forms/badge/证件/党员证-{it}.pdf"));
    assert_eq!(forms.collect::<Vec<_>>(), expected);
}

#[test]
fn a_picture_is_no_text() {
    let desk = project("pictures-text", ("gif", b"GIF89a"));
    desk.patch("templates/forms/badge/form.yaml", "党员证-{{ number }}", "党员证-{{ photo }}");
    let refused = desk.run(&["check"]).expect(2);
    assert!(refused.stderr.contains("由版式放置"), "{}", refused.stderr);
}
