//! Which errors withhold a document, by what it is made from.

use super::{World, about, reads};
use crate::input::{Input, Whose};
use dataset::{ListRef, Reads, RowId};
use finding::{Finding, Held, Origin, Severity, Target, codes};

fn of(committee: &str) -> Whose {
    Whose::Committee(committee.into())
}

#[test]
fn an_error_about_a_record_withholds_what_has_read_it() {
    let world = World::new();
    let column = |whose| reads(whose, Reads { columns: [world.column("name")].into(), ..Reads::default() });
    let seat = |row, committee: &str| {
        let committee = Some(committee).filter(|it| !it.is_empty()).map(Into::into);
        column(Whose::Seat(world.branch(row), committee))
    };
    let name =
        [Input::Reads(Reads { fields: [world.field(0, "name")].into(), ..Reads::default() }, Whose::All)];
    let field = |row, field| Target::field(world.field(row, field));
    let (near, far) = (2, 3);
    let own = "机械党委";
    for (what, committee, target, inputs, wanted) in [
        ("the field", own, field(0, "name"), &name[..], true),
        ("another field", own, field(0, "minutes"), &name, false),
        ("the record", own, Target::record(world.meeting(0)), &name, true),
        ("another record", own, Target::record(world.meeting(1)), &name, false),
        ("the column", own, field(4, "name"), &column(Whose::All), true),
        ("another column", own, field(4, "minutes"), &column(Whose::All), false),
        ("a record of the table", own, Target::record(world.meeting(1)), &column(Whose::All), true),
        ("of the committee", own, field(0, "name"), &column(of(own)), true),
        ("of another committee", own, field(4, "name"), &column(of(own)), false),
        ("of the branch", own, field(0, "name"), &seat(0, own), true),
        ("of another branch", own, field(1, "name"), &seat(0, own), false),
        ("of a branch of another committee", own, field(4, "name"), &seat(0, own), false),
        // Of what nearly names a branch, it is known for which it is meant.
        ("of the branch that was meant", own, field(near, "name"), &seat(0, own), true),
        ("of another than was meant", own, field(near, "name"), &seat(1, own), false),
        ("of its committee", "外语党委", field(near, "name"), &column(of(own)), true),
        ("of another committee than its", own, field(near, "name"), &column(of("外语党委")), false),
        // Of what names nobody, only who returned it.
        ("of any branch of who returned it", own, field(far, "name"), &seat(1, own), true),
        ("of no other", own, field(far, "name"), &seat(2, "外语党委"), false),
        ("of who returned it", own, field(far, "name"), &column(of(own)), true),
        ("of no other committee", own, field(far, "name"), &column(of("外语党委")), false),
        ("of nobody knows whom", "", field(far, "name"), &column(of("外语党委")), true),
        ("of nobody knows whom, for a branch", "", field(far, "name"), &seat(2, "外语党委"), true),
        ("for a branch without committee", own, field(far, "name"), &seat(0, ""), true),
        (
            "the record itself",
            own,
            Target::record(world.meeting(0)),
            &[Input::Record(world.meeting(0))],
            true,
        ),
        ("one of its fields", own, field(0, "name"), &[Input::Record(world.meeting(0))], false),
        ("another one", own, Target::record(world.meeting(0)), &[Input::Record(world.meeting(1))], false),
    ] {
        assert_eq!(world.is_withheld(about(committee, target), inputs), wanted, "{what}");
    }
}

#[test]
fn a_record_that_is_lost_withholds_the_lists_that_may_lack_it() {
    let world = World::new();
    let list = |row: usize, whose: Whose| {
        let list = ListRef { column: world.column("branch"), target: RowId::new(row) };
        reads(whose, Reads { lists: [list].into(), ..Reads::default() })
    };
    let (near, far) = (2, 3);
    for (what, row, committee, inputs, wanted) in [
        ("one that was meant", near, "机械党委", list(0, of("机械党委")), true),
        ("one that was not", near, "机械党委", list(1, of("机械党委")), false),
        // Whoever it came from: its name says for whom it is meant.
        (
            "one that was meant, reported by another committee",
            near,
            "外语党委",
            list(0, of("机械党委")),
            true,
        ),
        ("any of the committee", far, "机械党委", list(1, of("机械党委")), true),
        ("none of another", far, "机械党委", list(2, of("外语党委")), false),
        ("any, if nobody knows who reported it", far, "", list(2, of("外语党委")), true),
        ("any, for a document about everybody", far, "机械党委", list(2, Whose::All), true),
    ] {
        let target = Target::field(world.field(row, "branch"));
        assert_eq!(world.is_withheld(about(committee, target), &inputs), wanted, "{what}");
        let record = Target::record(world.meeting(row));
        assert_eq!(world.is_withheld(about(committee, record), &inputs), wanted, "{what}, as a whole");
    }
}

#[test]
fn what_was_not_read_withholds_what_counts_the_tables_that_will_have_stood_there() {
    let mut world = World::new();
    let read = |table: &str, field: &str, whose: Whose| {
        let schema = world.dataset.schemas.table(table).unwrap();
        let column = world.table(table).column(schema.field(field).unwrap());
        reads(whose, Reads { columns: [column].into(), ..Reads::default() })
    };
    let of_list = ListRef { column: world.column("branch"), target: RowId::new(0) };
    let list = reads(Whose::All, Reads { lists: [of_list].into(), ..Reads::default() });
    let field = reads(Whose::All, Reads { fields: [world.field(0, "name")].into(), ..Reads::default() });
    let [all, own, other] =
        [Whose::All, of("机械党委"), of("外语党委")].map(|it| read("meetings", "name", it));
    let names = read("branches", "name", Whose::All);
    let meetings = Held::Tables(vec![world.table("meetings")]);
    let files = [
        ("返回/机械/坏.csv", None, meetings),
        // As the files of this name of all committees, and as a table is called.
        ("返回/机械/机械三会.xlsx", None, Held::Named),
        ("返回/机械/会议.xlsx", None, Held::Named),
        ("返回/机械/杂.xlsx", Some("会议"), Held::Named),
        ("返回/机械/机械三会.xlsx", Some(""), Held::Named),
    ];
    for (path, sheet, held) in files {
        let target = world.unread(path, sheet, held);
        for (what, committee, inputs, wanted) in [
            ("by a column", "机械党委", &all, true),
            ("by a list", "机械党委", &list, true),
            ("by a field", "机械党委", &field, true),
            ("of another table", "机械党委", &names, false),
            ("of the committee", "机械党委", &own, true),
            ("of another", "机械党委", &other, false),
            ("of nobody knows whom, by a committee", "", &own, false),
            ("of nobody knows whom, by all", "", &all, true),
        ] {
            assert_eq!(
                world.is_withheld(about(committee, target.clone()), inputs),
                wanted,
                "{path} {sheet:?}: {what}"
            );
        }
    }
    // Of what nothing tells, everything may have stood there.
    for (path, sheet, held) in [
        ("返回/机械/杂.xlsx", None, Held::Named),
        ("返回/机械/三会.xlsx", Some("杂"), Held::Named),
        ("返回/机械/会议.yaml", None, Held::Unknown),
    ] {
        let target = world.unread(path, sheet, held);
        assert!(world.is_withheld(about("", target.clone()), &names), "{path} {sheet:?}");
        assert!(!world.is_withheld(about("外语党委", target), &own), "{path} {sheet:?}");
    }
}

#[test]
fn sheets_are_known_by_what_sheets_of_their_name_hold() {
    let mut world = World::new();
    let file = world.dataset.record(world.meeting(4)).origin.file;
    world.sources.set_sheets(file, vec!["本年台账".into()]);
    let name = |table: &str| {
        let schema = world.dataset.schemas.table(table).unwrap();
        let column = world.table(table).column(schema.field("name").unwrap());
        reads(Whose::All, Reads { columns: [column].into(), ..Reads::default() })
    };
    let (meetings, branches) = (name("meetings"), name("branches"));
    let target = world.unread("返回/机械/杂.xlsx", Some("本年台账"), Held::Named);
    assert!(world.is_withheld(about("机械党委", target.clone()), &meetings));
    assert!(!world.is_withheld(about("机械党委", target), &branches));
}

#[test]
fn an_error_reaches_as_far_as_its_code_says() {
    let world = World::new();
    let name = reads(Whose::All, Reads { fields: [world.field(0, "name")].into(), ..Reads::default() });
    let itself = [Input::Itself("a.pdf".to_owned())];
    let target = Target::field(world.field(0, "minutes"));
    let query = Finding { severity: Severity::Query, ..about("", Target::field(world.field(0, "name"))) };
    for (what, finding, inputs, wanted) in [
        ("a query", query, &name[..], false),
        ("what it is about", about("", target.clone()), &name, false),
        ("everything", Finding::new(&codes::RULE_FAILED, "不对").about(target.clone()), &name, true),
        ("what says nothing", Finding::named("odd", Severity::Error, "不对"), &name, true),
        ("nothing", Finding::new(&codes::FOREIGN_FILE, "不对"), &name, false),
        ("the document", about("", Target::Document("a.pdf".into())), &itself, true),
        ("another document", about("", Target::Document("b.pdf".into())), &itself, false),
        ("what was given", about("", Target::Given(Origin::file(world.file()))), &[Input::Given], true),
        ("what was given, to others", about("", Target::Given(Origin::file(world.file()))), &itself, false),
    ] {
        assert_eq!(world.is_withheld(finding, inputs), wanted, "{what}");
    }
}
