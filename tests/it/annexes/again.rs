//! Next year's blank: places are known again by their labels, and what has changed is told.

use super::{CONFIRMED, Said, confirmed, yaml};
use crate::desk::repository;

const OLD: &str = CONFIRMED[2];
const NEW: &str = "转正审批表（新）";

/// What is told: 民族 and 性别 have changed places, 籍贯 is asked no more, 毕业院校 is.
const TOLD: [&str; 4] = [
    "  取消：原表1!2,4（籍贯）",
    "  新增：表1!2,4（毕业院校）",
    "  移动：“性别”由表1!1,4移到表1!1,6",
    "  移动：“民族”由表1!1,6移到表1!1,4",
];

#[test]
fn a_form_is_bound_to_next_years_blank_and_what_moved_came_or_went_is_told() {
    let desk = confirmed("next-year");
    let blank = repository(&format!("fixtures/annexes/next/{NEW}.docx"));
    let arguments = ["import", blank.to_str().unwrap(), "--as", "form", "--again", OLD, "--project", "."];
    let told = desk.run(&arguments).expect(0).stdout;
    let is_change =
        |it: &&str| ["移动", "新增", "取消", "形式变了"].iter().any(|word| it.trim().starts_with(word));
    let mut lines: Vec<&str> = told.lines().filter(is_change).collect();
    lines.sort_unstable();
    assert_eq!(lines, TOLD, "{told}");
    let (old, new) =
        (yaml(&desk, &format!("forms/{OLD}/form.yaml")), yaml(&desk, &format!("forms/{NEW}/form.yaml")));
    assert_eq!(new["draft"], "true");
    for key in ["of", "title", "key", "name", "file_name", "folder", "empty"] {
        assert_eq!(new[key], old[key], "{key}");
    }
    for it in old["places"].as_array().unwrap().iter().filter(|it| it["label"] != "籍贯") {
        let places = new["places"].as_array().unwrap();
        let same = places.iter().find(|place| place["label"] == it["label"]).unwrap();
        let rule = |it: &serde_json::Value| (it["value"].clone(), it["leave"].clone());
        assert_eq!(rule(same), rule(it), "{it}");
    }
    assert_eq!(old["places"].as_array().unwrap().len(), new["places"].as_array().unwrap().len());
    desk.run(&arguments).expect(2);

    desk.patch("huibian.yaml", OLD, NEW);
    let undecided = desk.run(&["check"]);
    assert!(
        undecided.code != 0
            && format!("{}{}", undecided.stdout, undecided.stderr).contains("[form-is-draft]")
    );
    let declared = format!("templates/forms/{NEW}/form.yaml");
    desk.patch(&declared, "draft: true\n", "");
    desk.patch(&declared, "leave: 待定", "leave: 由本人填写");
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let out = desk.files("out");
    let filled = Said::read(&out[&format!("forms/{NEW}/甲学院党支部/转正审批表-孙丽.docx")]);
    let values =
        [("表1!1,2", "孙丽"), ("表1!1,4", "汉族"), ("表1!1,6", "女"), ("表1!2,4", ""), ("表1!4,2", "李文静")];
    for (at, value) in values {
        assert_eq!(filled.at(at), value, "{at}");
    }
}
