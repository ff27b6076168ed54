//! Summaries as Word documents: what they say, how they are built, and that LibreOffice shows them as our pages do.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what fails here fails the test; documents are read"
)]

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, ran, repository};
use crate::paper::Paper;
use zip::ZipArchive;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-05-31
sources: [data]
returns: [{absent: none}]
documents: {summaries: [whole]}
";

const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,党员总数,正式党员数,预备党员数
010101,甲学院教师党支部,教师党支部,甲学院党委,教师党支部,2010年7月,2023年6月,张晓明,12,12,0
010102,甲学院学生党支部,学生党支部,甲学院党委,学生党支部,2012年9月,2023年6月,李文静,1,1,0
";

const ORGANISATIONS: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
";

const ACTIVITIES: &str = "\
所在党支部,会议类型,会议名称,实际会议时间,应到人数,实到人数,时长
甲学院教师党支部,党课,讲“信念”<一>&二,2024-03-05,12,11,90
甲学院教师党支部,主题党日,参观校史馆,2024-01-20,12,12,
甲学院学生党支部,党课,学习党章,2024-03-01,1,1,60
";

const FACTS: &str = "\
facts:
  - {id: lectures_all, title: 党课次数, unit: 次, definition: 党课, of: activities, where: kind == '党课'}
";

const SUMMARY: &str = "\
id: whole
title: \"{{ project.institution }}{{ span }}总结\"
file_name: 总结
editions: [pdf, docx]
opening:
  - paragraph: \"讲党课{{ facts.lectures_all }}次。\"
parts:
  - id: life
    heading: 抓组织生活
    blocks:
      - heading: 讲党课
      - points:
          - {lead: 多讲。, text: 讲得多。}
          - {each: \"records.activities\", text: \"{{ name }}。\"}
      - heading: 办活动
      - list: {each: \"records.activities\", text: \"{{ name }}。\", style: item}
  - id: more
    heading: 看数据
    blocks:
      - heading: 讲党课
      - list: {each: \"records.activities\", text: \"{{ name }}。\", style: first}
      - table:
          title: 各党支部
          each: records.branches
          narrow: true
          columns:
            - {title: 党支部, value: \"{{ name }}\", align: left}
            - {title: 党课, value: \"{{ facts.lectures_all }}\", align: right}
          total: [合计, \"{{ facts.lectures_all }}\"]
appendices:
  - title: 大事记
    events:
      - {each: \"records.activities\", date: held, text: \"{{ branch.name }}开展{{ kind }}“{{ name }}”。\"}
signature: [\"中共{{ project.institution }}委员会组织部\", \"{{ as_of | date_cn }}\"]
";

fn small(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/党组织.yaml", ORGANISATIONS);
    desk.write("data/党支部.csv", BRANCHES);
    desk.write("data/组织生活.csv", ACTIVITIES);
    desk.write("templates/facts/small.yaml", FACTS);
    desk.write("templates/summaries/whole/summary.yaml", SUMMARY);
    desk
}

const WHOLE: &str = "out/summaries/whole/总结";

fn built(desk: &Desk) {
    desk.run(&["build", "--out", "out", "--only", "summaries"]).expect(0);
}

/// A part of a document.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What our own reader of Word documents reads, without white space and the strokes of tables.
fn said(desk: &Desk, document: &str) -> String {
    let text = format!("{document}.md");
    desk.run(&["import", &format!("{document}.docx"), "--out", &text]).expect(0);
    let text = fs::read_to_string(desk.path(&text)).unwrap();
    let text = text.splitn(3, "---\n").nth(2).unwrap().replace("---|", "");
    text.chars().filter(|it| !it.is_whitespace() && !"|\\-:".contains(*it)).collect()
}

/// What the pages say, without their numbers.
fn printed(desk: &Desk, document: &str) -> String {
    let paper = Paper::read(fs::read(desk.path(&format!("{document}.pdf"))).unwrap());
    let numbers = (1..=paper.sheets.len()).map(|it| format!("—{it}—"));
    let text = numbers.fold(paper.squeezed(), |text, number| text.replacen(&number, "", 1));
    text.replace(['-', ':', '\u{AD}'], "")
}

#[test]
fn the_document_says_what_the_pages_say() {
    let desk = small("word-text");
    built(&desk);
    assert_eq!(said(&desk, WHOLE), printed(&desk, WHOLE));
}

#[test]
fn headings_points_and_items_are_numbered_by_word() {
    let desk = small("word-numbers");
    built(&desk);
    let bytes = fs::read(desk.path(&format!("{WHOLE}.docx"))).unwrap();
    let document = part(&bytes, "word/document.xml");
    for counted in ["抓组织生活", "讲党课", "办活动", "看数据"] {
        assert!(document.contains(&format!(">{counted}</w:t>")), "{counted}");
    }
    for typed in [">一、", ">（一）", ">1.", ">一是"] {
        assert!(!document.contains(typed), "{typed} in {document}");
    }
    assert!(document.contains(r#"<w:pStyle w:val="Heading1"/>"#) && document.contains("<w:tblHeader/>"));
    let numbering = part(&bytes, "word/numbering.xml");
    for shape in ["%1、", "（%2）", "%3.", "%1是", "%1."] {
        assert!(numbering.contains(&format!(r#"<w:lvlText w:val="{shape}"/>"#)), "{shape}");
    }
    assert_eq!(numbering.matches("<w:num ").count(), 4, "headings, two lists of points, one of items");
    let styles = part(&bytes, "word/styles.xml");
    for face in ["仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"] {
        assert!(styles.contains(&format!(r#"w:eastAsia="{face}""#)), "{face}");
    }
}

#[test]
fn the_same_records_give_the_same_bytes_and_a_draft_is_marked_on_every_page() {
    let desk = small("word-bytes");
    built(&desk);
    let once = fs::read(desk.path(&format!("{WHOLE}.docx"))).unwrap();
    built(&desk);
    assert!(once == fs::read(desk.path(&format!("{WHOLE}.docx"))).unwrap());
    assert!(part(&once, "docProps/core.xml").contains("2024-05-31T00:00:00Z"));
    desk.patch("data/组织生活.csv", "2024-01-20", "2024年");
    desk.run(&["build", "--out", "out", "--only", "summaries", "--draft"]).expect(1);
    let draft = fs::read(desk.path(&format!("{WHOLE}.docx"))).unwrap();
    assert!(part(&draft, "word/header1.xml").contains("草稿"));
    assert!(part(&draft, "word/document.xml").contains(r#"<w:headerReference w:type="even""#));
}

/// The faces that a document names, in the place of those that an office has installed.
const FACES: [(&str, &str); 5] = [
    ("仿宋_GB2312", "Huibian Fang"),
    ("楷体_GB2312", "Huibian Kai"),
    ("黑体", "Huibian Hei"),
    ("宋体", "Huibian Song"),
    ("方正小标宋简体", "Huibian Biaosong"),
];

fn fontconfig(desk: &Desk) -> String {
    let alias = |(name, face): (&str, &str)| {
        format!(
            r#"<alias binding="same"><family>{name}</family><prefer><family>{face}</family></prefer></alias>"#
        )
    };
    let fonts = repository("templates/fonts");
    let cache = desk.path("fontcache");
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir><cachedir>{}</cachedir>{}</fontconfig>",
        fonts.display(),
        cache.display(),
        FACES.map(alias).concat()
    )
}

/// The texts of the headings in a flat document of LibreOffice.
fn headings(text: &str) -> Vec<String> {
    let inner = text.split("<text:h ").skip(1).filter_map(|it| it.split_once('>'));
    let heading = inner.map(|(_, it)| {
        let content = it.split("</text:h>").next().unwrap_or_default();
        let pieces = content.split('<').map(|it| it.rsplit('>').next().unwrap_or_default());
        pieces.collect::<String>()
    });
    heading.filter(|it| !it.is_empty()).collect()
}

#[test]
fn libreoffice_shows_the_documents_of_the_university_on_as_many_pages_with_their_headings() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("word-foreign");
    desk.copy("fixtures/university", "university");
    let project = fs::read_to_string(desk.path("university/huibian.yaml")).unwrap();
    let kept = project.lines().filter(|it| !it.trim_start().starts_with("summaries:"));
    let project = kept.collect::<Vec<_>>().join("\n");
    let all = "documents:\n  summaries: [university, committee, branch]";
    desk.write("university/huibian.yaml", project.replacen("documents:", all, 1));
    desk.run(&["build", "university", "--out", "out", "--only", "summaries"]).expect(0);
    desk.write("fonts.conf", fontconfig(&desk));
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let all = desk.files("out/summaries");
    let first = |folder: &str| {
        let own = all.keys().filter(|it| it.starts_with(folder) && it.ends_with(".docx"));
        own.take(3).map(|it| it.trim_end_matches(".docx").to_owned()).collect::<Vec<_>>()
    };
    let names = ["university/", "committee/", "branch/"].map(first).concat();
    let documents: Vec<_> = names.iter().map(|it| desk.path(&format!("out/summaries/{it}.docx"))).collect();
    for (kind, folder) in [("pdf", "pdf"), ("fodt", "fodt")] {
        let mut office = Command::new("soffice");
        office.env("FONTCONFIG_FILE", desk.path("fonts.conf"));
        office.args([&*profile, "--headless", "--convert-to", kind, "--outdir"]).arg(desk.path(folder));
        ran(office.args(&documents)).expect(0);
    }
    for name in &names {
        let ours = Paper::read(all[&format!("{name}.pdf")].clone());
        let file = Path::new(name).file_name().unwrap().to_string_lossy().into_owned();
        let mut pages = Command::new("pdfinfo");
        let told = ran(pages.arg(desk.path(&format!("pdf/{file}.pdf")))).expect(0).stdout;
        let shown = told.lines().find_map(|it| it.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
        let n = ours.sheets.len();
        assert!(n > 10 || n.abs_diff(shown) <= 1, "{name}: {n} pages, {shown} in LibreOffice");
        let flat = fs::read_to_string(desk.path(&format!("fodt/{file}.fodt"))).unwrap();
        let titles: Vec<&str> =
            ours.outline.iter().map(|it| it.title.as_str()).filter(|it| *it != "目　录").collect();
        let headings = headings(&flat);
        assert_eq!(headings.len(), titles.len(), "{name}: {headings:?} {titles:?}");
        for (heading, title) in headings.iter().zip(titles) {
            assert!(title.ends_with(heading), "{name}: {heading} is not {title}");
        }
    }
}
