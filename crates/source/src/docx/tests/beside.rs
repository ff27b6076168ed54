//! Changes, fields, notes, tables, and what stands beside the text.

use super::{lines, package, paragraph, read_bytes};

const RUN: &str = "<w:r><w:t>";
const END: &str = "</w:t></w:r>";

fn run(text: &str) -> String {
    format!("{RUN}{text}{END}")
}

#[test]
fn changes_are_accepted_and_a_deleted_end_joins_paragraphs() {
    let deleted = format!(
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>{}",
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
    );
    let body = format!(
        "<w:p>{}{deleted}<w:ins>{}</w:ins></w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>\
         <w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr>{deleted}</w:p><w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"旧\"/></w:pPr></w:pPrChange></w:pPr>{}</w:p>",
        run("党员"),
        run("应当"),
        run("前一段，"),
        run("后一段。"),
        run("末段。")
    );
    let (lines, findings) = lines(&package(&body, &[]));
    assert_eq!(lines, ["党员应当", "前一段，后一段。", "末段。"]);
    assert_eq!(findings, ["word-changes-accepted: 3段有修订痕迹，按接受全部修订后的内容采用"]);
}

#[test]
fn fields_links_and_controls_give_what_they_show() {
    let field = |instruction: &str, result: &str| {
        let event = |it: &str| format!("<w:r><w:fldChar w:fldCharType=\"{it}\"/></w:r>");
        let separate = if result.is_empty() { String::new() } else { event("separate") };
        let text = format!("<w:r><w:instrText> {instruction} </w:instrText></w:r>{separate}{result}");
        format!("{}{text}{}", event("begin"), event("end"))
    };
    let body = format!(
        "<w:p>{}<w:hyperlink>{}</w:hyperlink><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>\
         <w:smartTag>{}</w:smartTag><w:r><w:tab/><w:t>戊</w:t><w:br/><w:t>己 &amp; 庚</w:t><w:noBreakHyphen/></w:r></w:p><w:p>{}{}</w:p><w:p>{}</w:p>",
        field("REF x", &run("甲")),
        run("乙"),
        run("丙"),
        run("丁"),
        run("，"),
        field("TOC \\o", &run("第一章　总则\t1")),
        field("XE \"词\"", ""),
        field("LISTNUM", "")
    );
    let (lines, findings) = lines(&package(&body, &[]));
    assert_eq!(lines, ["甲乙丙丁，　戊/己 &amp; 庚-".replace("&amp;", "&")]);
    assert_eq!(findings, ["word-left-out: 1处目录没有采用", "word-not-readable: 1处域读不出来，没有采用"]);
}

#[test]
fn what_is_left_out_is_said_once_for_each_kind() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>";
    let body = format!(
        "<w:p>{}{hidden}<w:r><w:rPr><w:rStyle w:val=\"H\"/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"H\"/><w:vanish w:val=\"0\"/></w:rPr><w:t>不密</w:t></w:r>\
         <w:r><w:commentReference w:id=\"1\"/></w:r></w:p><w:p><w:r><w:drawing/></w:r><m:oMath/>{}<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Webdings\" w:char=\"F021\"/></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>\
         <w:altChunk/><w:sectPr/>",
        run("甲"),
        run("乙"),
        paragraph("", "框内"),
        paragraph("", "框内"),
        run("丙")
    );
    let parts = [
        ("styles", "<w:style w:type=\"character\" w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style>"),
        ("header", "<w:p><w:r><w:t>内部资料</w:t></w:r></w:p>"),
        ("footer", "<w:p><w:r><w:t>— 1 —</w:t></w:r></w:p>"),
    ];
    let (lines, findings) = lines(&package(&body, &parts));
    assert_eq!(lines, ["甲不密", "乙☑", "丙", "框内"]);
    let wanted = [
        "word-left-out: 1处批注没有采用",
        "word-left-out: 1处页眉没有采用",
        "word-left-out: 1处图片或图形没有采用",
        "word-left-out: 1处隐藏文字没有采用",
        "word-rearranged: 1段带有文本框，其中的文字接在该段之后",
        "word-not-readable: 1处公式读不出来，没有采用",
        "word-not-readable: 1处特殊符号读不出来，没有采用",
        "word-not-readable: 1处插入的文件读不出来，没有采用",
    ];
    assert_eq!(findings, wanted);
}

#[test]
fn merged_cells_are_taken_apart_and_deleted_rows_are_gone() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}{}</w:tc>", paragraph("", text), paragraph("", ""))
    };
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>";
    let two = joined.to_owned() + &paragraph("", "半") + &paragraph("", "下");
    let body = format!(
        "{}<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}<w:tc>{two}</w:tc></w:tr><w:tr><w:trPr><w:gridAfter w:val=\"1\"/></w:trPr>{}{}</w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl><w:tbl><w:tr><w:trPr><w:del/></w:trPr></w:tr></w:tbl>",
        paragraph("", "表："),
        cell("<w:gridSpan w:val=\"2\"/>", "项目"),
        cell("", "备注"),
        cell("<w:vMerge w:val=\"restart\"/>", "一"),
        cell("", "甲"),
        cell("<w:vMerge/>", ""),
        cell("", "乙"),
        cell("", "删")
    );
    let (lines, findings) = lines(&package(&body, &[]));
    assert_eq!(lines, ["表：", "项目||备注", "一|甲|上半　下", "|乙|"]);
    let wanted = [
        "word-changes-accepted: 2段有修订痕迹，按接受全部修订后的内容采用",
        "word-rearranged: 2行表格有合并的单元格，拆开后内容只在第一格",
    ];
    assert_eq!(findings, wanted);
}

#[test]
fn notes_are_numbered_in_the_order_of_their_marks() {
    let mark = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let body = format!("<w:p>{}{}{}{}</w:p>", run("甲"), mark("footnote", 5), run("乙"), mark("endnote", 2))
        + &format!("<w:p>{}{}</w:p>", run("丙"), mark("footnote", 3));
    let note =
        |id: i32, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", paragraph("", text));
    let footnotes = note(-1, "") + &note(3, "后") + &note(5, " 先");
    let endnotes = format!("<w:endnote w:id=\"2\">{}</w:endnote>", paragraph("", "尾"));
    let (document, findings) =
        read_bytes(&package(&body, &[("footnotes", &footnotes), ("endnotes", &endnotes)]));
    assert_eq!(findings, [""; 0]);
    let document = document.unwrap();
    let names: Vec<(&str, &str)> = document.footnotes.iter().map(|it| (&*it.name, it.text.text())).collect();
    assert_eq!(names, [("1", "先"), ("尾1", "尾"), ("2", "后")]);
    let first = document.blocks[0].passages()[0];
    let marks: Vec<(usize, &str)> = first.notes().iter().map(|it| (it.at, &*it.name)).collect();
    assert_eq!((first.text(), &*marks), ("甲乙", &[(1, "1"), (2, "尾1")][..]));
}
