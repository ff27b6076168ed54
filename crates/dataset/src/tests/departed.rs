//! People who are named and have left: they are nobody's mistake, and belong where they were.

use super::World;

const PEOPLE: &str = "\
人员: [{号码: 7, 姓名: 张三, 支部: \"01\"}]
离开:
  - {号码: 8, 姓名: 李四, 方向: 转出, 支部: \"03\"}
  - {号码: 19, 姓名: 王五, 方向: 转入, 支部: \"03\"}
  - {号码: 6, 姓名: 赵六, 方向: 转出}
";

#[test]
fn who_has_left_is_no_unknown_name_and_belongs_where_they_were() {
    for (dues, found, committee, is_lost) in [
        ("号码: 7, 姓名: 张三", &[][..], "机械党委", false),
        ("号码: 8, 姓名: 李四", &["person-departed dues[0].person"], "外语党委", false),
        ("号码: 8, 姓名: 李四, 支部: \"01\"", &["person-departed dues[0].person"], "机械党委", false),
        // Nobody says of which branch they were.
        ("号码: 6, 姓名: 赵六", &["person-departed dues[0].person"], "-", true),
        ("号码: 6, 姓名: 赵六, 支部: \"03\"", &["person-departed dues[0].person"], "外语党委", false),
        // The number of somebody else, an arrival, and a number that nobody has.
        ("号码: 8, 姓名: 李思", &["unknown-reference dues[0].person dues[0].branch"], "-", true),
        ("号码: 19, 姓名: 王五", &["unknown-reference dues[0].person dues[0].branch"], "-", true),
        ("号码: 5, 姓名: 钱七, 支部: \"03\"", &["unknown-reference dues[0].person"], "外语党委", false),
    ] {
        let world = World::new(&format!("{PEOPLE}会费: [{{{dues}}}]\n"));
        assert_eq!(world.found(), found, "{dues}");
        let record = world.record("dues", 0);
        let own = world.dataset.committee(record).map_or("-".into(), |it| world.dataset.label(it));
        assert_eq!(&*own, committee, "{dues}");
        let field = world.dataset.schema(record.table).field("branch").unwrap();
        assert_eq!(!world.dataset.lost_in(record.table.column(field)).is_empty(), is_lost, "{dues}");
        let person = world.dataset.schema(record.table).field("person").unwrap();
        let has_left = world.dataset.departed(record.field(person)).is_some();
        assert_eq!(has_left, found.first().is_some_and(|it| it.starts_with("person-departed")), "{dues}");
    }
}

#[test]
fn those_who_have_left_are_named_once_for_a_table() {
    let world = World::new(&format!(
        "{PEOPLE}会费: [{{号码: 8, 姓名: 李四}}, {{号码: 8, 姓名: 李四}}, {{号码: 6, 姓名: 赵六, 支部: \"01\"}}]\n"
    ));
    let note = &world.report.findings().iter().find(|it| it.code == "person-departed").unwrap().message;
    assert_eq!(note, "会费有3条记录的人已不在名册中，离开等表登记其已经离开：李四、赵六");
}
