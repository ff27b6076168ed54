//! Blanks are filled: only what is wanted changes.

use super::blanks::{docx, paragraph, signs, table};
use crate::{Address, Answer, Blank, Content, Date, FillFault, Image, ImageKind, Wanted};

fn wanted(at: &str, content: Content) -> Wanted {
    Wanted { at: at.parse().unwrap(), content }
}

fn text(at: &str, text: &str) -> Wanted {
    wanted(at, Content::Text(text.into()))
}

fn answers(at: &str, answers: &[Answer]) -> Wanted {
    wanted(at, Content::Answers(answers.iter().cloned().map(Some).collect()))
}

/// What a place says once a blank was filled and read back.
fn filled(body: &str, all: &[Wanted], at: &str) -> Result<String, FillFault> {
    let blank = Blank::read(docx(body), &signs()).unwrap();
    let filled = blank.fill(all, "☑")?;
    assert_eq!(blank.prove(&filled), [], "{body}");
    let again = Blank::read(filled.bytes, &signs()).unwrap();
    Ok(again.text_at(at.parse().unwrap()).unwrap())
}

fn one(text: &str) -> Answer {
    Answer::Text(text.into())
}

#[test]
fn values_stand_where_they_belong_and_the_rest_stays() {
    let date = |month, day| Answer::Date(Date { year: 2025, month, day });
    let chosen = |it: &str| Answer::Chosen(vec![it.into()]);
    let cases: [(&str, &[Answer], &str); 12] = [
        ("应到党员_    _名，实到_   _名", &[one("12"), one("9")], "应到党员 12 名，实到 9 名"),
        ("本班共有      人", &[one("31")], "本班共有 31 人"),
        ("是 □  否 □", &[chosen("否")], "是 □  否 ☑"),
        ("□正式党员 □预备党员", &[one("预备党员")], "□正式党员 ☑预备党员"),
        ("填表日期：    年  月  日", &[date(Some(3), Some(9))], "填表日期：2025年3月9日"),
        ("填表日期：    年  月  日", &[date(Some(3), None)], "填表日期：2025年3月  日"),
        ("20  年 月 日", &[date(Some(12), Some(1))], "2025年12月1日"),
        ("出生年月（  岁）", &[one("36")], "出生年月（ 36 岁）"),
        ("实验周期：", &[one("3年")], "实验周期：3年"),
        ("联系人：        电话：", &[one("张三"), one("1&2")], "联系人：张三 电话：1&2"),
        ("{{name}}，{{职务}}", &[one("张三"), one("<书记>")], "张三，<书记>"),
        ("计划：//", &[one("第一\n第二\n第三\n第四")], "计划：\n第一\n第二\n第三\n第四"),
    ];
    for (said, given, wanted) in cases {
        let found = filled(&table(&[said]), &[answers("表1!1,1", given)], "表1!1,1");
        assert_eq!(found.as_deref(), Ok(wanted), "{said}");
    }
    let said = filled(&paragraph("学校名称：_    _"), &[answers("段1", &[one("某大学")])], "段1");
    assert_eq!(said.as_deref(), Ok("学校名称： 某大学 "));
}

#[test]
fn lines_take_the_blank_paragraphs_and_then_new_ones() {
    let body = table(&["事迹|//"]);
    let found = filled(&body, &[text("表1!1,2", "一\n二")], "表1!1,2");
    assert_eq!(found.as_deref(), Ok("一\n二\n"));
    let found = filled(&body, &[text("表1!1,2", "一\n二\n三\n四")], "表1!1,2");
    assert_eq!(found.as_deref(), Ok("一\n二\n三\n四"));
    // 1400 twentieths hold five letters of 10.5 points: two of the blank lines give way.
    let found = filled(&body, &[text("表1!1,2", "一二三四五六七八九十一二")], "表1!1,2");
    assert_eq!(found.as_deref(), Ok("一二三四五六七八九十一二"));
}

#[test]
fn a_long_text_is_not_set_in_the_middle() {
    let body = table(&["事迹|"]).replace("<w:p></w:p>", "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:p>");
    let blank = Blank::read(docx(&body), &signs()).unwrap();
    for (given, is_centred) in [("短文", true), ("一二三四五六七八九十一二", false), ("一\n二", false)]
    {
        let filled = blank.fill(&[text("表1!1,2", given)], "√").unwrap();
        assert_eq!(blank.prove(&filled), []);
        let mut package = ooxml::Package::open(&filled.bytes, &ooxml::Limits::STANDARD).unwrap();
        let document = String::from_utf8(package.bytes("word/document.xml").unwrap()).unwrap();
        assert_eq!(document.contains("w:jc w:val=\"center\""), is_centred, "{given}");
    }
}

#[test]
fn rows_beyond_the_prepared_ones_are_put_in_and_numbered() {
    let rows = Content::Rows((1..=4).map(|it| vec!["".into(), format!("甲{it}").into()]).collect());
    let body = table(&["序号|姓名", "1|", "2|", "说明|<"]);
    let blank = Blank::read(docx(&body), &signs()).unwrap();
    let filled = blank.fill(&[wanted("表1!2-3", rows)], "√").unwrap();
    assert_eq!(blank.prove(&filled), []);
    let again = Blank::read(filled.bytes, &signs()).unwrap();
    let said = |row: usize, cell: usize| again.text_at(format!("表1!{row},{cell}").parse().unwrap());
    let all: Vec<_> = (2..=6).map(|it| (said(it, 1).unwrap(), said(it, 2))).collect();
    let wanted = [("1", "甲1"), ("2", "甲2"), ("3", "甲3"), ("4", "甲4")];
    for (found, (number, name)) in all.iter().zip(wanted) {
        assert_eq!((found.0.as_str(), found.1.as_deref()), (number, Some(name)));
    }
    assert_eq!(all[4].0, "说明");
}

#[test]
fn prepared_rows_beyond_the_records_are_taken_out_but_for_one() {
    let row = |it: &str| vec!["".into(), it.into()];
    let body = table(&["序号|姓名", "1|", "2|", "3|", "说明|<"]);
    let blank = Blank::read(docx(&body), &signs()).unwrap();
    for (names, wanted) in
        [(vec!["甲"], ["1", "说明"]), (vec![], ["1", "说明"]), (vec!["甲", "乙"], ["1", "2"])]
    {
        let rows = Content::OnlyRows(names.iter().map(|it| row(it)).collect());
        let filled = blank.fill(&[self::wanted("表1!2-4", rows)], "√").unwrap();
        assert_eq!(blank.prove(&filled), [], "{names:?}");
        let again = Blank::read(filled.bytes, &signs()).unwrap();
        let said = |row: usize| again.text_at(format!("表1!{row},1").parse().unwrap()).unwrap();
        assert_eq!([said(2), said(3)], wanted, "{names:?}");
    }
}

#[test]
fn a_photograph_gets_a_part_of_its_own() {
    let image = Image {
        bytes: [1_u8, 2, 3].as_slice().into(),
        kind: ImageKind::Jpeg,
        size: (300, 400),
        about: "甲".into(),
    };
    let body = table(&["姓名||照片", "性别||^"]);
    let blank = Blank::read(docx(&body), &signs()).unwrap();
    let filled = blank.fill(&[wanted("表1!1,3", Content::Picture(image))], "√").unwrap();
    assert_eq!(blank.prove(&filled), []);
    let mut package = ooxml::Package::open(&filled.bytes, &ooxml::Limits::STANDARD).unwrap();
    assert_eq!(package.bytes("word/media/huibian1.jpeg").as_deref(), Some(&[1_u8, 2, 3][..]));
    assert_eq!(package.content_types().unwrap().of("word/media/huibian1.jpeg"), Some("image/jpeg"));
    let relations = package.relations("word/document.xml").unwrap();
    assert_eq!(relations.get("huibian1").unwrap().part.as_deref(), Some("word/media/huibian1.jpeg"));
}

#[test]
fn what_does_not_fit_is_refused() {
    let body = table(&["姓名||是□ 否□"]);
    let refused = |it: Wanted| filled(&body, &[it], "表1!1,1").err().map(|it| it.to_string());
    let address = |it: &str| it.parse::<Address>().unwrap();
    let cases = [
        (text("表1!9,1", "甲"), FillFault::NoPlace(address("表1!9,1"))),
        (text("表1!1,1", "甲"), FillFault::NotBlank { at: address("表1!1,1"), text: "姓名".into() }),
        (
            text("表1!1,3", "也许"),
            FillFault::NoBox { value: "也许".into(), boxes: vec!["是".into(), "否".into()] },
        ),
        (wanted("表1!1,2", Content::Rows(Vec::new())), FillFault::Unfit(address("表1!1,2"))),
    ];
    for (it, fault) in cases {
        assert_eq!(refused(it), Some(fault.to_string()));
    }
    let twice = [text("表1!1,2", "甲"), text("表1!1,2", "乙")];
    assert_eq!(filled(&body, &twice, "表1!1,2"), Err(FillFault::Twice(address("表1!1,2"))));
}

#[test]
fn what_was_not_meant_is_seen_when_it_is_read_back() {
    let blank = Blank::read(docx(&table(&["姓名|"])), &signs()).unwrap();
    let mut filled = blank.fill(&[text("表1!1,2", "张三")], "√").unwrap();
    filled.bytes = blank.fill(&[text("表1!1,2", "张五")], "√").unwrap().bytes;
    let differences = blank.prove(&filled);
    let (at, wanted, found) = ("表1!1,2".parse().unwrap(), "张三".into(), "张五".into());
    assert_eq!(differences, [crate::Difference::Text { at, wanted, found }]);
}
