//! Blanks that are filled for each record: the values at their places, and nothing else touched.

use std::collections::{BTreeMap, BTreeSet};

use super::{CONFIRMED, Said, blank, confirmed, drafted, wants};
use crate::desk::{Desk, Files, packed};
use crate::paper::Paper;
use crate::pictures;

/// The document of the meeting, of the blanks without blanks between the words.
const MEETING: [(&str, &str); 12] = [
    ("段3", "党支部名称：甲学院党支部"),
    ("表1!1,2", "赵磊"),
    ("表1!1,4", "S03"),
    ("表1!2,2", "2022年2月"),
    ("表1!2,4", "2023年6月"),
    ("表1!3,2", "2024年6月30日"),
    ("表1!3,4", "李文静、王芳"),
    ("表1!4,2", "本支部应到会有表决权党员8名，实到会有表决权党员7名。"),
    ("表1!5,2", "■无记名投票□举手"),
    ("表1!6,2", "赞成6票，不赞成1票，弃权0票。"),
    ("表1!7,2", "学习认真"),
    ("表1!8,2", "经讨论表决，大会同意接收赵磊同志为预备党员，预备期自2024年6月30日起算。支部书记（签名）："),
];

/// The document of the confirmation of one of whom less is known.
const CONFIRMATION: [(&str, &str); 12] = [
    ("表1!1,2", "孙丽"),
    ("表1!1,4", "女"),
    ("表1!1,6", "汉族"),
    ("表1!1,8", "2003年6月"),
    ("表1!2,2", "大学本科"),
    ("表1!2,4", "无"),
    ("表1!3,2", "甲学院党支部"),
    ("表1!3,4", "2024年7月1日"),
    ("表1!4,2", "李文静"),
    ("表1!4,4", "李文静、王芳"),
    ("表1!5,2", "无"),
    ("表1!6,2", "没有需要说明的问题"),
];

/// The list of a branch, above its table.
const LIST: [(&str, &str); 2] = [
    ("段3", "填报单位：中共示例理工大学甲学院委员会填报日期：2024年12月31日"),
    ("段4", "本支部现有党员10名，其中正式党员8名、预备党员2名。"),
];

/// What the check sheets say of these documents.
const CHECKED: [(usize, [&str; 3]); 3] = [
    (0, ["data/党员.csvB2至K11，40处", "data/党组织.yaml:4:", "由支部书记签名、分党委盖章"]),
    (1, ["data/党员发展.csvB3", "data/党员发展.csvY3", "由记录人、监票人签名6"]),
    (2, ["data/党员发展.csvB4", "data/党员发展.csvE4", "由上级党委盖章"]),
];

/// The forms of a build by their paths.
fn forms(out: &Files) -> BTreeMap<&str, &[u8]> {
    let forms = out.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("forms/")?, &**bytes)));
    forms.filter(|it| it.0.ends_with(".docx")).collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn three_blanks_are_filled_for_each_record_and_nothing_else_is_touched() {
    let desk = confirmed("filled");
    desk.run(&["build", "--out", "out"]).expect(0);
    let out = desk.files("out");
    let forms = forms(&out);
    let [list, meeting, confirmation] = CONFIRMED;
    let of = |branch: &str, names: &[&str], form: &str, title: &str| {
        let path = |name: &&str| format!("{form}/{branch}/{title}-{name}.docx");
        names.iter().map(path).collect::<Vec<_>>()
    };
    let mut wanted = of("甲学院党委", &["甲学院新党支部", "甲学院党支部"], list, "评议汇总表");
    for (form, title) in [(meeting, "支部大会记录"), (confirmation, "转正审批表")] {
        wanted.extend(of("甲学院党支部", &["孙丽", "赵磊"], form, title));
        wanted.extend(of("甲学院新党支部", &["郑洁"], form, title));
    }
    assert_eq!(forms.keys().map(ToString::to_string).collect::<BTreeSet<_>>(), wanted.into_iter().collect());
    for (path, bytes) in &forms {
        untouched(path, bytes);
    }
    filled(&forms, &format!("{meeting}/甲学院党支部/支部大会记录-赵磊.docx"), &MEETING);
    filled(&forms, &format!("{confirmation}/甲学院党支部/转正审批表-孙丽.docx"), &CONFIRMATION);
    rows(Said::read(forms[&*format!("{list}/甲学院党委/评议汇总表-甲学院党支部.docx")]));
    for (form, words) in CHECKED {
        let sheet = Paper::read(out[&format!("forms/{}/填表核对单.pdf", CONFIRMED[form])].clone()).squeezed();
        words.iter().for_each(|it| assert!(sheet.contains(it), "{it} in {sheet}"));
    }
    desk.run(&["build", "--out", "again", "--jobs", "3"]).expect(0);
    assert!(out == desk.files("again"), "the same input gives the same bytes");
}

/// Every entry of the package but the text is packed as it was in the blank.
fn untouched(path: &str, bytes: &[u8]) {
    let form = path.split('/').next().unwrap();
    let (old, new) = (packed(&blank(form)), packed(bytes));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "{path}");
    let changed: Vec<&String> = old.keys().filter(|it| old[*it] != new[*it]).collect();
    assert_eq!(changed, ["word/document.xml"], "{path}");
}

/// The values stand at their places, and at every other place what the blank says.
fn filled(forms: &BTreeMap<&str, &[u8]>, path: &str, wanted: &[(&str, &str)]) {
    let (before, after) = (Said::read(&blank(path.split('/').next().unwrap())), Said::read(forms[path]));
    for (at, text) in wanted {
        assert_eq!(squeezed(after.at(at)), **text, "{path} {at}");
    }
    let addresses = before.addresses();
    assert_eq!(addresses, after.addresses(), "{path}");
    for at in addresses.iter().filter(|at| !wanted.iter().any(|it| it.0 == **at)) {
        assert_eq!(before.at(at), after.at(at), "{path} {at}");
    }
}

/// Ten members stand in the eight rows that were prepared and in two more, numbered on, above the note.
fn rows(list: Said) {
    for (at, text) in LIST {
        assert_eq!(squeezed(list.at(at)), text, "{at}");
    }
    let rows = &list.tables[0];
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[1], ["（一）", "李文静", "女", "S01", "正式党员", "2022年6月1日", ""]);
    assert_eq!(rows[10], ["（十）", "蒋涛", "男", "S10", "正式党员", "2021年6月6日", ""]);
    assert_eq!(rows[11][0], "说明");
}

#[test]
fn a_branch_without_members_gets_the_rows_as_they_were() {
    let desk = confirmed("no-rows");
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let out = desk.files("out");
    let form = CONFIRMED[0];
    let list = Said::read(&out[&format!("forms/{form}/甲学院党委/评议汇总表-甲学院新党支部.docx")]);
    assert_eq!(list.tables, Said::read(&blank(form)).tables);
    assert_eq!(squeezed(list.at("段4")), "本支部现有党员3名，其中正式党员3名、预备党员0名。");
}

#[test]
fn a_photograph_comes_into_its_cell_and_its_file_into_the_package() {
    let form = "附件1-党员信息采集表";
    let desk = Desk::new("photograph");
    desk.write("huibian.yaml", pictures::PROJECT.replace("forms: [badge]", "statistics: []"));
    desk.patch("huibian.yaml", "documents:\n  statistics: []", "documents: {statistics: []}");
    desk.write("data/党员证.xlsx", pictures::badges(("jpeg", include_bytes!("../../files/photo.jpg"))));
    desk.write("templates/schemas/badges.yaml", pictures::SCHEMA);
    drafted(&desk, form, "党员证");
    wants(&desk, &[form]);
    desk.run(&["build", "--out", "out"]).expect(0);
    let out = desk.files("out");
    let photos: [(&str, Option<&[u8]>); 3] = [
        ("张三", Some(include_bytes!("../../files/photo.png"))),
        ("李四", Some(include_bytes!("../../files/photo.jpg"))),
        ("王五", None),
    ];
    let old = packed(&blank(form));
    for (name, photo) in photos {
        let path = out.keys().find(|it| it.contains(name) && it.ends_with(".docx")).unwrap();
        let said = Said::read(&out[path]);
        assert_eq!(said.at("表1!1,2"), name);
        let new = packed(&out[path]);
        let added: Vec<&String> = new.keys().filter(|it| !old.contains_key(*it)).collect();
        assert_eq!(added.len(), usize::from(photo.is_some()), "{name}: {added:?}");
        let xml = super::part(&out[path], "word/document.xml");
        assert_eq!(xml.matches("<w:drawing>").count(), added.len(), "{name}");
        if let (Some(photo), [added]) = (photo, &added[..]) {
            assert_eq!(super::part_bytes(&out[path], added), photo, "{name}");
            assert!(super::part(&out[path], "word/_rels/document.xml.rels").contains(&added[5..]), "{name}");
            assert_eq!(said.at("表1!1,7"), "", "the word gives way to the picture");
        }
    }
}
