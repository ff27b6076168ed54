//! To whom a record belongs, and where the way to them is lost.

use super::World;
use crate::RecordId;

const WRITTEN: &str = "\
活动:
  - {序号: \"1\", 支部: \"02\", 步骤: [{内容: 一, 意见: [{意见内容: 好}]}, {内容: 二}]}
  - {序号: \"2\", 支部: \"04\", 步骤: [{内容: 一}]}
  - {序号: \"3\", 支部编号: \"77777\", 步骤: [{内容: 一}]}
  - {序号: \"4\"}
年报:
  - {支部: \"01\", 年度: 2023}
  - {年度: 2023}
  - {支部: 图书馆, 年度: 2023}
  - {支部编号: \"77777\", 年度: 2023}
";

#[test]
fn a_record_belongs_to_the_branch_and_the_committee_that_its_references_lead_to() {
    let world = World::new(WRITTEN);
    for (table, row, subject, places) in [
        ("committees", 1, "外语党委/-/外语党委", [Some(1), None, Some(1)]),
        ("branches", 2, "外语党委/研究生党支部/研究生党支部", [Some(1), Some(2), Some(2)]),
        ("branches", 3, "-/日语系党支部/日语系党支部", [None, Some(3), Some(3)]),
        ("events", 0, "机械党委/研究生党支部/1", [Some(0), Some(1), Some(0)]),
        ("events", 1, "-/日语系党支部/2", [None, Some(3), Some(1)]),
        ("events", 3, "-/-/4", [None, None, Some(3)]),
        ("events.steps", 1, "机械党委/研究生党支部/1", [None, None, Some(1)]),
        ("events.steps.remarks", 0, "机械党委/研究生党支部/1", [None, None, Some(0)]),
        ("reports", 0, "机械党委/机械教工第一党支部/机械教工第一党支部", [Some(0), Some(0), Some(0)]),
        ("reports", 1, "-/-/第2条", [None, None, Some(1)]),
    ] {
        let at = world.record(table, row);
        let said = world.dataset.subject(at);
        let parts = [said.committee, said.branch, said.record];
        let parts = parts.map(|it| it.map_or("-".to_owned(), |it| it.to_string()));
        assert_eq!(parts.join("/"), subject, "{table} {row}");
        assert_eq!(world.dataset.places(at).map(|it| it.map(|it| it.index())), places, "{table} {row}");
    }
}

#[test]
fn a_way_leads_up_through_parents_and_names_the_reference_at_which_it_is_lost() {
    let world = World::new(WRITTEN);
    let named = |it: RecordId| format!("{}[{}]", world.dataset.schema(it.table).id, it.row.index());
    for (table, row, to, end, lost) in [
        ("events", 0, "committees", "committees[0]", "-"),
        ("events", 0, "branches", "branches[1]", "-"),
        ("events", 0, "events", "events[0]", "-"),
        ("events.steps", 1, "committees", "committees[0]", "-"),
        ("events.steps.remarks", 0, "branches", "branches[1]", "-"),
        ("events", 1, "committees", "-", "branches[3].committee"),
        ("events.steps", 2, "committees", "-", "branches[3].committee"),
        ("events", 2, "committees", "-", "events[2].branch_code"),
        ("events.steps", 3, "branches", "-", "events[2].branch_code"),
        ("events", 3, "branches", "-", "events[3].branch"),
        ("reports", 0, "committees", "committees[0]", "-"),
        // One that may be empty and is loses nothing.
        ("reports", 1, "branches", "-", "-"),
        ("reports", 2, "branches", "-", "reports[2].branch"),
        ("reports", 3, "branches", "-", "reports[3].branch_code"),
    ] {
        let (dataset, start) = (&world.dataset, world.record(table, row));
        let way = dataset.schemas.way(start.table, dataset.schemas.index(to).unwrap()).unwrap();
        assert_eq!(dataset.walk(start, &way).map_or("-".to_owned(), named), end, "{table} {row} {to}");
        let lost_on = dataset.lost_on(start, &way);
        let field =
            |it: finding::FieldRef| format!("{}.{}", named(it.record()), dataset.field(it.column()).id);
        assert_eq!(lost_on.map_or("-".to_owned(), field), lost, "{table} {row} {to}");
    }
    for (table, to, fields) in [
        ("events", "committees", &["events.branch", "branches.committee"][..]),
        ("events.steps.remarks", "committees", &["events.branch", "branches.committee"]),
        ("events.steps", "events", &[]),
        ("reports", "branches", &["reports.branch"]),
    ] {
        let schemas = &world.dataset.schemas;
        let [table, to] = [table, to].map(|it| schemas.index(it).unwrap());
        let columns = world.dataset.fields_of_way(table, &schemas.way(table, to).unwrap());
        let shown = columns
            .iter()
            .map(|it| format!("{}.{}", world.dataset.schema(it.table).id, world.dataset.field(*it).id));
        assert_eq!(shown.collect::<Vec<_>>(), fields);
    }
}

#[test]
fn a_key_is_shown_by_the_keys_of_the_records_that_it_leads_to() {
    let world = World::new(WRITTEN);
    for (table, row, shown) in [
        ("branches", 1, "02"),
        ("reports", 0, "01/2023"),
        ("reports", 1, "/2023"),
        ("reports", 2, "图书馆/2023"),
    ] {
        assert_eq!(&*world.dataset.key_text(world.record(table, row)), shown);
    }
}

#[test]
fn a_record_may_belong_to_whom_it_was_meant_for_or_to_whom_it_names_besides() {
    let world = World::new(
        "活动:\n  - {序号: \"1\", 支部: \"02\"}\n  - {序号: \"2\", 支部: 机械教工第一支部}\n  - {序号: \"3\", 支部: 研究生党支部}\n  \
         - {序号: \"4\", 支部: 图书馆, 主办: \"02\", 步骤: [{内容: 一}]}\n  - {序号: \"5\", 支部: 机械教工第一支部, 步骤: [{内容: 一}]}\n\
         付款:\n  - {活动: \"1\"}\n  - {活动: \"99\", 支部: \"03\"}\n  - {活动: \"99\", 付款支部: \"03\"}\n  - {支部: \"01\"}\n  \
         - {活动: \"4\", 支部: \"01\"}\n",
    );
    for (table, row, to, wanted) in [
        ("events", 0, "branches", Some(&[1][..])),
        ("events", 0, "committees", Some(&[0])),
        ("events", 0, "events", Some(&[0])),
        ("events", 1, "branches", Some(&[0])),
        ("events", 1, "committees", Some(&[0])),
        ("events", 2, "branches", Some(&[1, 2])),
        ("events", 2, "committees", Some(&[0, 1])),
        // Who was host says nothing of who held it.
        ("events", 3, "branches", None),
        ("events.steps", 0, "branches", None),
        ("events.steps", 1, "branches", Some(&[0])),
        ("payments", 0, "branches", Some(&[1])),
        ("payments", 1, "branches", Some(&[2])),
        ("payments", 1, "committees", Some(&[1])),
        ("payments", 2, "branches", None),
        ("payments", 3, "branches", Some(&[0])),
        ("payments", 4, "committees", Some(&[0])),
        ("committees", 0, "branches", None),
    ] {
        let (dataset, record) = (&world.dataset, world.record(table, row));
        let owners = dataset.owners(record, dataset.schemas.index(to).unwrap());
        let owners = owners.map(|it| it.iter().map(|it| it.row.index()).collect::<Vec<_>>());
        assert_eq!(owners.as_deref(), wanted, "{table} {row} {to}");
    }
}
