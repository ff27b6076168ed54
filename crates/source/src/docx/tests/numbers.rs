//! Automatic numbers, as Word shows them.

use super::{lines, package, paragraph};

fn level(at: usize, shape: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

fn plan(id: u32, inner: &str) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{inner}</w:abstractNum>"#)
}

fn list(id: u32, plan: u32, inner: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{plan}"/>{inner}</w:num>"#)
}

fn numbered(list: u32, level: u32) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#)
}

/// The lines of paragraphs `甲` with the given properties.
fn shown(properties: &[String], numbering: &str, styles: &str) -> Vec<String> {
    let body: String = properties.iter().map(|it| paragraph(it, "甲")).collect();
    let (lines, findings) = lines(&package(&body, &[("numbering", numbering), ("styles", styles)]));
    assert_eq!(findings, [""; 0]);
    lines
}

#[test]
fn chapters_articles_and_items_count_as_their_levels_say() {
    let levels = level(0, "chineseCountingThousand", "第%1章", r#"<w:suff w:val="space"/>"#)
        + &level(1, "japaneseCounting", "第%2条", r#"<w:lvlRestart w:val="0"/>"#)
        + &level(2, "chineseCounting", "（%3）", r#"<w:suff w:val="nothing"/>"#)
        + &level(3, "decimal", "%4.", "")
        + &level(4, "decimal", "%1.%2.%5", "<w:isLgl/>");
    let numbering = plan(7, &levels) + &list(1, 7, "");
    let order = [0, 1, 2, 2, 3, 1, 2, 0, 1, 4];
    let properties: Vec<String> = order.iter().map(|it| numbered(1, *it)).collect();
    let wanted = [
        "第一章　甲",
        "第一条　甲",
        "（一）甲",
        "（二）甲",
        "1.甲",
        "第二条　甲",
        "（一）甲",
        "第二章　甲",
        "第三条　甲",
        "2.3.1　甲",
    ];
    assert_eq!(shown(&properties, &numbering, ""), wanted);
}

#[test]
fn lists_of_one_plan_count_on_unless_they_say_where_to_start() {
    let levels = level(0, "decimal", "%1、", "");
    let start = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>"#;
    let own = format!(
        r#"<w:lvlOverride w:ilvl="0">{}</w:lvlOverride>"#,
        level(0, "decimalEnclosedCircle", "%1", "")
    );
    let numbering =
        plan(1, &levels) + &list(1, 1, "") + &list(2, 1, "") + &list(3, 1, start) + &list(4, 1, &own);
    let properties: Vec<String> = [1, 2, 1, 3, 3, 1, 4].iter().map(|it| numbered(*it, 0)).collect();
    let wanted = ["1、甲", "2、甲", "3、甲", "5、甲", "6、甲", "7、甲", "⑧　甲"];
    assert_eq!(shown(&properties, &numbering, ""), wanted);
}

#[test]
fn a_level_above_that_has_not_counted_is_shown_at_its_start_and_counts_on_from_there() {
    let levels = level(0, "decimal", "%1", "") + &level(1, "decimal", "%1.%2", "");
    let numbering = plan(1, &levels) + &list(1, 1, "");
    let properties: Vec<String> = [1, 1, 0, 1].iter().map(|it| numbered(1, *it)).collect();
    assert_eq!(shown(&properties, &numbering, ""), ["1.1　甲", "1.2　甲", "2　甲", "2.1　甲"]);
}

#[test]
fn styles_number_their_paragraphs_and_those_based_on_them() {
    let levels = level(0, "chineseCounting", "第%1章", r#"<w:pStyle w:val="A"/>"#)
        + &level(1, "chineseCounting", "第%2条", r#"<w:pStyle w:val="B"/>"#);
    let numbering =
        plan(1, &levels) + &list(1, 1, "") + &plan(2, r#"<w:numStyleLink w:val="L"/>"#) + &list(9, 2, "");
    let styles = format!(
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="N"/>
        <w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="N"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>
        <w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/></w:style>
        <w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="X"/></w:style>
        <w:style w:type="numbering" w:styleId="L"><w:pPr>{}</w:pPr></w:style>"#,
        r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#
    );
    let style = |it: &str| format!(r#"<w:pStyle w:val="{it}"/>"#);
    let off = style("B") + r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#;
    let properties =
        [style("A"), style("B"), style("C"), off, style("X"), String::new(), numbered(9, 1), numbered(8, 0)];
    let wanted = ["第一章　甲", "第一条　甲", "第二条　甲", "甲", "甲", "甲", "第三条　甲", "甲"];
    assert_eq!(shown(&properties, &numbering, &styles), wanted);
}

#[test]
fn a_shape_that_is_not_known_is_said_and_a_figure_keeps_off_the_next() {
    let numbering = plan(1, &level(0, "hebrew1", "%1.", "")) + &list(1, 1, "");
    let body = paragraph(&numbered(1, 0), "5万元");
    let (lines, findings) = lines(&package(&body, &[("numbering", &numbering)]));
    assert_eq!(lines, ["1. 5万元"]);
    assert_eq!(findings, ["word-not-readable: 1处自动编号用了少见的样式，改用阿拉伯数字"]);
}
