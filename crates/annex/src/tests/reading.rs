//! Places are found with their labels.

use super::blanks::{docx, paragraph, signs, table};
use crate::{Blank, BlankFault, GapKind, Place, PlaceKind};

fn described(it: &Place) -> String {
    let kind = match &it.kind {
        PlaceKind::Cell => "格".to_owned(),
        PlaceKind::Picture => "照片".to_owned(),
        PlaceKind::Signature => "签章".to_owned(),
        PlaceKind::Rows(headings) => {
            headings.iter().map(|it| it.label.join("/")).collect::<Vec<_>>().join("、")
        }
        PlaceKind::Text(gaps) => {
            let of = |it: &GapKind| match it {
                GapKind::Blank => "空".to_owned(),
                GapKind::Line => "线".to_owned(),
                GapKind::Behind => "后".to_owned(),
                GapKind::Below => "下".to_owned(),
                GapKind::Bracket => "括".to_owned(),
                GapKind::Date(parts) => format!("日期{}", parts.len()),
                GapKind::Choice(choices) => {
                    choices.iter().map(|it| it.word.clone()).collect::<Vec<_>>().join("/")
                }
                GapKind::Expression(it) => format!("={it}"),
                GapKind::Statement(it) => format!("%{it}"),
            };
            gaps.iter().map(|it| format!("{}>{}", it.lead, of(&it.kind))).collect::<Vec<_>>().join("；")
        }
    };
    let hand = if it.by_hand.is_some() { "*" } else { "" };
    let limit = it.limit.map(|it| format!("≤{it}")).unwrap_or_default();
    format!("{} {}{hand}{limit}: {kind}", it.at, it.label.join("/"))
}

fn places(body: &str) -> Vec<String> {
    let blank = Blank::read(docx(body), &signs()).unwrap();
    blank.places().iter().map(described).collect()
}

#[test]
fn blank_cells_are_known_by_what_stands_beside_and_above() {
    let cases: [(&[&str], &[&str]); 9] = [
        (&["姓　　名||性 别|"], &["表1!1,2 姓名: 格", "表1!1,4 性别: 格"]),
        (&["奖/惩/情/况|"], &["表1!1,2 奖惩情况: 格"]),
        (&["主要事迹（800字以内）|"], &["表1!1,2 主要事迹（800字以内）≤800: 格"]),
        // A heading over everything, without rows of its own kind.
        (&["简要事迹", ""], &["表1!2,1 简要事迹: 格"]),
        (
            &["项目|2023年|2024年", "论文||", "专利||"],
            &[
                "表1!2,2 论文/2023年: 格",
                "表1!2,3 论文/2024年: 格",
                "表1!3,2 专利/2023年: 格",
                "表1!3,3 专利/2024年: 格",
            ],
        ),
        (&["称谓|姓名|单位", "||", "||"], &["表1!2-3 : 称谓、姓名、单位"]),
        (&["家庭成员|称谓|姓名", "^||", "^||"], &["表1!2-3 家庭成员: 称谓、姓名"]),
        (&["序号|姓名", "1|", "2|"], &["表1!2-3 : 序号、姓名"]),
        (&["姓名|奖励|<", "^|名称|时间", "||", "||"], &["表1!3-4 : 姓名、奖励/名称、奖励/时间"]),
    ];
    for (rows, wanted) in cases {
        assert_eq!(places(&table(rows)), wanted, "{rows:?}");
    }
}

#[test]
fn what_is_for_hand_and_seal_is_told_apart() {
    let cases: [(&[&str], &[&str]); 4] = [
        (&["支部意见|"], &["表1!1,2 支部意见*: 格"]),
        (&["支部|//书记签字：    （盖章）/年 月 日"], &["表1!1,2 支部*: >日期3"]),
        (&["单位|/（盖章）"], &["表1!1,2 单位*: 签章"]),
        (&["姓名||贴照片处", "性别||^"], &["表1!1,2 姓名: 格", "表1!1,3 贴照片处: 照片", "表1!2,2 性别: 格"]),
    ];
    for (rows, wanted) in cases {
        assert_eq!(places(&table(rows)), wanted, "{rows:?}");
    }
}

#[test]
fn gaps_in_texts_are_found_with_the_words_before_them() {
    let cases: [(&str, &[&str]); 15] = [
        ("应到党员_    _名，实到_   _名", &["应到党员>空；实到>空"]),
        ("本班共有      人", &["本班共有>空"]),
        ("姓    名", &[]),
        ("是 □  否 □", &[">是/否"]),
        ("□正式党员 □预备党员", &[">正式党员/预备党员"]),
        ("性别：男□ 女□  民族：□汉 □其他", &["性别>男/女；民族>汉/其他"]),
        ("填表日期：    年  月  日", &["填表日期>日期3"]),
        ("公示时间： 年 月 日至 月 日", &["公示时间>日期3；至>日期2"]),
        ("□汉族 □少数民族（    族）", &[">汉族/少数民族；>括"]),
        ("□讲党课 □其他＿＿", &[">讲党课/其他；>线"]),
        ("出生年月", &[]),
        ("出生年月（  岁）", &["出生年月>括"]),
        ("实验周期：", &["实验周期>后"]),
        ("联系人：        电话：", &["联系人>后；电话>后"]),
        ("{{ name }}，{{职务}}", &[">=name；>=职务"]),
    ];
    for (text, wanted) in cases {
        let found = places(&table(&[text]));
        let found: Vec<&str> = found.iter().filter_map(|it| it.split_once(": ")).map(|it| it.1).collect();
        assert_eq!(found, wanted, "{text}");
    }
    let lines = "学校名称：＿＿＿＿";
    let body = format!("<w:p><w:r><w:t>{lines}</w:t></w:r></w:p>");
    assert_eq!(places(&body), ["段1 学校名称: 学校名称>线"]);
    assert!(
        places(&paragraph("填表说明：")).is_empty(),
        "a colon at the end of a line of text asks for nothing"
    );
}

#[test]
fn what_cannot_be_filled_is_refused_with_a_remedy() {
    let refused = |bytes: Vec<u8>| Blank::read(bytes, &signs()).err();
    assert_eq!(refused(vec![0xD0, 0xCF, 0x11, 0xE0, 0]), Some(BlankFault::OldOrLocked));
    assert_eq!(refused(b"%PDF-1.7".to_vec()), Some(BlankFault::NoDocument));
    assert_eq!(refused(b"PK\x03\x04".to_vec()), Some(BlankFault::Broken));
    let changed = "<w:p><w:ins w:id=\"1\"><w:r><w:t>a</w:t></w:r></w:ins></w:p>";
    assert_eq!(refused(docx(changed)), Some(BlankFault::Changes));
}
