//! Blank workbooks: rows are put in above a total, formulas follow, and what they give is held to our own figures.

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, FormatBorder, Formula, Workbook};
use std::io::Cursor;

use super::{bare, wants};
use crate::desk::Desk;
use huibian::ooxml::PackageWriter;

const FORM: &str = "附件3-党支部汇总表";

/// A blank of one prepared row less than there are branches, with a total, a check and a note below.
fn blank() -> Vec<u8> {
    let framed = Format::new().set_border(FormatBorder::Thin);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "党支部汇总表", &Format::new()).unwrap();
    sheet.write(1, 0, "填报单位：          填报日期：    年  月  日").unwrap();
    for (column, title) in (0_u16..).zip(["序号", "党支部名称", "党员总数", "正式党员数"]) {
        sheet.write_with_format(2, column, title, &framed).unwrap();
        sheet.write_blank(3, column, &framed).unwrap();
        sheet.write_blank(4, column, &framed).unwrap();
        sheet.write_blank(5, column, &framed).unwrap();
    }
    for (row, number) in [(3, 1), (4, 2)] {
        sheet.write_with_format(row, 0, number, &framed).unwrap();
    }
    sheet.write_with_format(5, 0, "合计", &framed).unwrap();
    sheet.write_formula_with_format(5, 2, Formula::new("=SUM(C4:C5)").set_result("0"), &framed).unwrap();
    sheet.write_formula_with_format(5, 3, Formula::new("=SUM(D4:D5)").set_result("0"), &framed).unwrap();
    sheet.write(6, 0, "校验：").unwrap();
    sheet.write_formula(6, 1, Formula::new("=IF(C6>=D6,\"相符\",\"不符\")").set_result("相符")).unwrap();
    sheet.write(7, 0, "说明：本表由分党委填报。").unwrap();
    book.save_to_buffer().unwrap()
}

/// The college with a third branch, and the blank bound to it.
fn bound(name: &str) -> Desk {
    let desk = bare(name);
    let third = "\n  - {党支部编码: \"010103\", 党支部名称: 甲学院丙党支部, 简称: 丙支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 支部具体类型: 硕士生党支部, 成立时间: 2024年9月, 最近换届时间: 2024年9月, 应换届时间: 2027年9月, 党支部书记: 王芳, 党员总数: 4, 正式党员数: 4, 预备党员数: 0}";
    desk.patch("data/党组织.yaml", "预备党员数: 0}", &format!("预备党员数: 0}}{third}"));
    desk.write(&format!("{FORM}.xlsx"), blank());
    desk.run(&["import", &format!("{FORM}.xlsx"), "--as", "form", "--of", "基层党组织", "--project", "."])
        .expect(0);
    let declared = format!("templates/forms/{FORM}/form.yaml");
    desk.patch(&declared, "draft: true\n", "");
    desk.patch(&declared, "{leave: 待定}", "unit");
    wants(&desk, &[FORM]);
    desk
}

/// The cells of the one workbook that was made.
fn cells(desk: &Desk) -> Vec<Vec<String>> {
    let files = desk.files(&format!("out/forms/{FORM}"));
    let bytes = files.iter().find(|it| it.0.ends_with(".xlsx")).map(|it| it.1.clone()).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|it| it.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn rows_are_put_in_above_the_total_and_its_formulas_follow() {
    let desk = bound("sheet");
    let ran = desk.run(&["build", "--out", "out", "--only", "forms"]);
    assert!(ran.stdout.contains("已生成2份文件"), "{}", ran.stdout);
    let cells = cells(&desk);
    assert_eq!(cells[1][0].replace(' ', ""), "填报单位：甲学院填报日期：2024年12月31日");
    let rows: Vec<&[String]> = cells[3..6].iter().map(Vec::as_slice).collect();
    assert_eq!(
        rows,
        [
            ["1", "甲学院党支部", "10", "8"],
            ["2", "甲学院新党支部", "3", "3"],
            ["3", "甲学院丙党支部", "4", "4"]
        ]
    );
    assert_eq!(cells[6], ["合计", "", "17", "15"]);
    assert_eq!(cells[7][..2], ["校验：", "相符"]);
    assert_eq!(cells[8][0], "说明：本表由分党委填报。");
    let place = format!("{FORM}.xlsx!工作表1!B5");
    let forms = desk.files(&format!("out/forms/{FORM}"));
    let name = forms.keys().find_map(|it| it.rsplit('/').next()?.strip_suffix(".xlsx")).unwrap().to_owned();
    let asked = place.replace(&format!("{FORM}.xlsx"), &format!("{name}.xlsx"));
    let explained = desk.run(&["explain", &asked]).expect(0).stdout;
    assert!(explained.contains("甲学院新党支部") && explained.contains("党组织.yaml"), "{explained}");
}

#[test]
fn a_formula_that_gives_another_number_than_ours_withholds_the_form() {
    let desk = bound("expect");
    let declared = format!("templates/forms/{FORM}/form.yaml");
    let text = std::fs::read_to_string(desk.path(&declared)).unwrap();
    desk.write(&declared, text + "\nexpect:\n  - {at: 工作表1!C6, value: \"18\"}\n");
    let ran = desk.run(&["build", "--out", "out", "--only", "forms"]);
    let told = format!("{}{}", ran.stdout, ran.stderr);
    assert!(
        told.contains("[form-check-failed]") && told.contains("“工作表1!C6”得17，按记录应为18"),
        "{told}"
    );
    assert!(!desk.path("out").join(format!("forms/{FORM}")).exists(), "{told}");
}

#[test]
fn what_a_person_has_to_look_at_in_a_form_that_is_bound_is_noted() {
    let desk = bare("notes");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let framed = Format::new().set_border(FormatBorder::Thin);
    for (column, title) in [(0_u16, "党支部名称"), (2, "党支部名称")] {
        sheet.write_with_format(0, column, title, &framed).unwrap();
        sheet.write_blank(0, column + 1, &framed).unwrap();
    }
    let formula = Formula::new("=VLOOKUP(B1,D1:D1,1)").set_result("0");
    sheet.write_formula_with_format(1, 1, formula, &framed).unwrap();
    desk.write(&format!("{FORM}.xlsx"), book.save_to_buffer().unwrap());
    desk.run(&["import", &format!("{FORM}.xlsx"), "--as", "form", "--of", "党支部", "--project", "."])
        .expect(0);
    let declared = format!("templates/forms/{FORM}/form.yaml");
    let text = std::fs::read_to_string(desk.path(&declared)).unwrap();
    // The same label asks for the branch at the left, and for its committee at the right.
    let head = text.split("places:").next().unwrap().replace("draft: true\n", "");
    let places = "places:\n  - {at: 工作表1!B1, label: 党支部名称, value: name}\n  - {at: 工作表1!D1, label: 党支部名称, value: organisation.name}\n";
    desk.write(&declared, head + places);
    wants(&desk, &[FORM]);
    let told = desk.run(&["check", "--format", "json"]).stdout;
    let findings = crate::desk::findings(&told);
    let wanted = [
        ("label-twice", "“党支部名称”（工作表1!B1填name，工作表1!D1填organisation.name）"),
        ("formulas-left", "表样中有1个公式程序算不出：Sheet1!B2"),
    ];
    for (code, says) in wanted {
        let found = findings.iter().find(|it| it["code"] == code);
        assert!(found.is_some_and(|it| it["message"].as_str().unwrap().contains(says)), "{code}: {told}");
    }
}

#[test]
fn what_somebody_has_left_in_a_blank_is_told_with_its_place() {
    let desk = bare("sample");
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = [cell("姓名"), cell("张三（样例）"), cell("性别"), "<w:tc><w:p/></w:tc>".to_owned()].concat();
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!(
        "<w:document xmlns:w=\"{space}\"><w:body><w:tbl><w:tr>{row}</w:tr></w:tbl></w:body></w:document>"
    );
    let mut writer = PackageWriter::new();
    for (name, content) in [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        ("word/document.xml", &document),
    ] {
        writer.add(name, content.as_bytes()).unwrap();
    }
    desk.write("样表.docx", writer.finish().unwrap());
    let ran = desk.run(&["import", "样表.docx", "--as", "form", "--of", "党员", "--project", "."]);
    assert!(ran.stdout.contains("[blank-part-not-filled]"), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("“表1!1,2”已有文字“张三（样例）”"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1处要填"), "{}", ran.stdout);
}
