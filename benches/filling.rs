//! How many prescribed forms are filled and read back in a second.
//!
//! `cargo bench --bench filling` makes a blank of three pages (labels, prepared rows, long texts, gaps in sentences), fills
//! it for 85 records again and again on one thread, and proves each.
#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has to stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::time::Instant;

use huibian::annex::{Answer, Blank, ByHand, Content, PlaceKind, Signs, Wanted};
use huibian::ooxml::PackageWriter;

const N_RECORDS: usize = 85;
const N_ROUNDS: usize = 12;
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const SENTENCE: &str =
    "支部坚持把理论学习与业务工作结合起来，每月集中学习一次，党员结合岗位谈体会、提建议，形成调研报告。";

fn main() {
    let blank = Blank::read(blank(), &signs()).unwrap();
    let records: Vec<Vec<Wanted>> = (0..N_RECORDS).map(|it| wanted(&blank, it)).collect();
    let start = Instant::now();
    let mut n_bytes = 0;
    for record in (0..N_ROUNDS).flat_map(|_| &records) {
        let filled = blank.fill(record, "☑").unwrap();
        assert!(blank.prove(&filled).is_empty());
        n_bytes += filled.bytes.len();
    }
    let (elapsed, n_forms) = (start.elapsed(), N_ROUNDS * N_RECORDS);
    let places = blank.places().len();
    println!(
        "{n_forms} forms of {places} places, {} KiB each, filled and read back: {elapsed:.1?}, {:.0} a second",
        n_bytes / n_forms / 1024,
        f64::from(u32::try_from(n_forms).unwrap()) / elapsed.as_secs_f64()
    );
}

fn signs() -> Signs {
    let by_hand = vec![ByHand { words: vec!["意见".into()], why: "由组织填写".into(), spreads: true }];
    Signs { by_hand, measures: vec!["名".into()], boxes: vec!['□'], ..Signs::default() }
}

/// What goes into each place for a record.
fn wanted(blank: &Blank, record: usize) -> Vec<Wanted> {
    let open = blank.places().iter().filter(|it| it.by_hand.is_none());
    let content = |kind: &PlaceKind| match kind {
        PlaceKind::Text(gaps) => {
            Content::Answers(gaps.iter().map(|_| Some(Answer::Text(record.to_string()))).collect())
        }
        PlaceKind::Rows(headings) => {
            let row = |it: usize| headings.iter().map(|_| format!("第{record}-{it}").into()).collect();
            Content::Rows((0..8).map(row).collect())
        }
        _ => Content::Text(SENTENCE.repeat(3).into()),
    };
    open.map(|it| Wanted { at: it.at, content: content(&it.kind) }).collect()
}

/// A blank of some three pages.
fn blank() -> Vec<u8> {
    let cell = |text: &str| {
        let run = format!(
            "<w:r><w:rPr><w:rFonts w:eastAsia=\"仿宋\"/><w:sz w:val=\"24\"/></w:rPr><w:t>{text}</w:t></w:r>"
        );
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"1500\"/></w:tcPr><w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr>{}</w:p></w:tc>",
            if text.is_empty() { "" } else { &run }
        )
    };
    let row =
        |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.iter().map(|it| cell(it)).collect::<String>());
    let mut body = String::new();
    for table in 0..6 {
        body.push_str("<w:tbl><w:tblGrid><w:gridCol w:w=\"1500\"/><w:gridCol w:w=\"1500\"/><w:gridCol w:w=\"1500\"/><w:gridCol w:w=\"1500\"/></w:tblGrid>");
        for line in 0..12 {
            let _ = write!(
                body,
                "{}",
                row(&[
                    format!("栏目{table}{line}"),
                    String::new(),
                    format!("项目{table}{line}"),
                    String::new()
                ])
            );
        }
        body.push_str(&row(&["姓名", "性别", "职务", "备注"].map(str::to_owned)));
        (0..6).for_each(|_| body.push_str(&row(&["", "", "", ""].map(str::to_owned))));
        body.push_str("</w:tbl><w:p><w:r><w:t>应到党员</w:t></w:r><w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t xml:space=\"preserve\">     </w:t></w:r><w:r><w:t>名</w:t></w:r></w:p>");
    }
    let document = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut writer = PackageWriter::new();
    for (name, content) in
        [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", &document)]
    {
        writer.add(name, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}
