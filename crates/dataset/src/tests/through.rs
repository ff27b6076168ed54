//! References that go through another one.

use super::World;
use crate::Meant;
use finding::Target;

#[test]
fn a_record_belongs_to_the_committee_of_its_branch_unless_it_names_one_itself() {
    for (fields, committee, lost) in [
        ("支部: \"01\"", "机械党委", None),
        ("支部编号: \"03\"", "外语党委", None),
        ("党委: 外语党委", "外语党委", None),
        ("党委编号: \"2\"", "外语党委", None),
        // What is written in the field itself counts; whether the two agree is a rule's matter.
        ("支部: \"01\", 党委: 外语党委", "外语党委", None),
        ("奖金: 无", "-", None),
        // Lost with the branch: to its committee, or to whom nobody knows.
        ("支部: 机械教工第一党支步", "-", Some(Meant::Near(crate::RowId::new(0)))),
        ("支部: 图书馆", "-", Some(Meant::Unknown)),
        ("支部: 研究生党支部", "-", Some(Meant::OneOf([0, 1].map(crate::RowId::new).into()))),
        ("支部: \"04\"", "-", Some(Meant::Unknown)),
        ("党委: 图书馆", "-", Some(Meant::Unknown)),
        ("支部: \"01\", 党委: 图书馆", "-", Some(Meant::Unknown)),
    ] {
        let world = World::new(&format!("奖项: [{{奖名: 甲, {fields}}}]\n"));
        let record = world.record("prizes", 0);
        let own = world.dataset.committee(record).map_or("-".into(), |it| world.dataset.label(it));
        assert_eq!(&*own, committee, "{fields}");
        let field = world.dataset.schema(record.table).field("committee").unwrap();
        let found: Vec<_> =
            world.dataset.lost_in(record.table.column(field)).iter().map(|it| &it.meant).collect();
        assert_eq!(found, lost.iter().collect::<Vec<_>>(), "{fields}");
    }
}

#[test]
fn an_error_of_the_branch_is_one_of_the_committee_that_goes_through_it() {
    for (fields, about) in [
        ("支部: 图书馆", &["branch", "committee"][..]),
        ("支部: 图书馆, 党委: 外语党委", &["branch"]),
        ("党委: 图书馆", &["committee"]),
    ] {
        let world = World::new(&format!("奖项: [{{奖名: 甲, {fields}}}]\n"));
        let table = world.record("prizes", 0).table;
        let error = world.report.findings().iter().find(|it| it.value.as_deref() == Some("图书馆")).unwrap();
        let fields_of = error.about.iter().filter_map(Target::first_field);
        let told: Vec<_> =
            fields_of.map(|it| world.dataset.schema(table).fields[it.field].id.to_string()).collect();
        assert_eq!(told, about, "{fields}");
    }
}

#[test]
fn the_way_back_leads_to_the_prizes_of_branches_and_of_the_committee_itself() {
    let world = World::new(
        "奖项: [{奖名: 甲, 支部: \"01\"}, {奖名: 乙, 党委: 机械党委}, {奖名: 丙, 支部: \"03\"}]\n",
    );
    let table = world.record("prizes", 0).table;
    let committees = world.dataset.schemas.index("committees").unwrap();
    let way = world.dataset.schemas.way(table, committees).unwrap();
    let of =
        |row: usize| world.dataset.walk(table.record(crate::RowId::new(row)), &way).map(|it| it.row.index());
    assert_eq!([0, 1, 2].map(of), [Some(0), Some(0), Some(1)]);
}
