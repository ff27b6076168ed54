//! Which errors withhold a document, by what it is made from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::date;

use crate::artefact::{Artefact, Kind};
use crate::blame::Errors;
use crate::input::{Input, Whose};
use dataset::{ColumnId, Dataset, ListRef, Reads, RecordId, RowId, TableId};
use finding::{
    FieldRef, FileId, Finding, Held, Origin, Part, Report, Severity, Sources, Subject, Target, codes,
};
use schema::{self, Expected};
use source::{Content, Limits, Node, Source, read};
use value::Period;

const SCHEMAS: [&str; 3] = [
    "id: committees\ntitle: 党委\nkey: [code]\nlabel: name\nsubject: {committee: self}\nfields:
  - {id: code, title: 党委编号, type: code, required: true}
  - {id: name, title: 党委名称, type: text, required: true}\n",
    "id: branches\ntitle: 党支部\nkey: [code]\nlabel: name\nsubject: {branch: self, committee: committee}\nfields:
  - {id: code, title: 支部编号, type: code, required: true}
  - {id: name, title: 支部名称, type: text, required: true}
  - {id: committee, title: 所属党委, type: reference, to: committees, by: [code, name], required: true}\n",
    "id: meetings\ntitle: 会议\nkey: [name]\nlabel: name\nsubject: {branch: branch, committee: branch.committee}\nfields:
  - {id: branch, title: 党支部, type: reference, to: branches, by: [name], reverse: meetings, required: true}
  - {id: name, title: 会议名称, type: text, required: true}
  - {id: minutes, title: 时长, type: integer}\n",
];

/// The files: two committees with a branch each, and one more of the first; of the meetings of the first committee one names
/// nearly the first branch and one nobody knows which.
const FILES: [(&str, &str); 4] = [
    ("登记/党委.csv", "党委编号,党委名称\n1,机械党委\n2,外语党委\n"),
    (
        "登记/党支部.csv",
        "支部编号,支部名称,所属党委\n01,制造教工党支部,1\n02,本科生党支部,1\n03,日语系党支部,2\n",
    ),
    (
        "返回/机械/机械三会.csv",
        "党支部,会议名称,时长\n制造教工党支部,甲,1\n本科生党支部,乙,1\n制造教工支部,丙,1\n图书馆,丁,1\n",
    ),
    ("返回/外语/外语三会.csv", "党支部,会议名称,时长\n日语系党支部,戊,1\n"),
];

struct World {
    dataset: Arc<Dataset>,
    sources: Sources,
}

impl World {
    fn new() -> Self {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let tree =
            |it: &str| match read(it.as_bytes(), "a.yaml", Sources::default().add("a"), &Limits::standard())
                .content
            {
                Some(Content::Tree(node)) => node,
                other => panic!("{other:?}"),
            };
        let schemas: Vec<Node> = SCHEMAS.map(tree).to_vec();
        let schemas = Arc::new(schema::load(&schemas, &mut report).unwrap());
        let files = (0_u8..).zip(FILES).map(|(number, (path, text))| {
            let file = sources.add(path);
            let content = read(text.as_bytes(), path, file, &Limits::standard()).content.unwrap();
            let name = path.rsplit('/').next().unwrap().trim_end_matches(".csv").to_owned();
            Source { file, digest: [number; 32], repeats: Vec::new(), name, content }
        });
        let (files, earlier) = (files.collect(), BTreeMap::new());
        let period = Period::new(date(2024, 1, 1), date(2024, 12, 31)).unwrap();
        let records = schema::bind(files, &schemas, &Expected { period, earlier: &earlier }, &mut report);
        assert!(report.findings().iter().all(|it| it.severity == Severity::Note), "{:?}", report.findings());
        let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
        assert_eq!(dataset.n_rows(dataset.schemas.index("meetings").unwrap()), 5);
        Self { dataset, sources }
    }

    fn table(&self, id: &str) -> TableId {
        self.dataset.schemas.index(id).unwrap()
    }

    fn meeting(&self, row: usize) -> RecordId {
        self.table("meetings").record(RowId::new(row))
    }

    fn field(&self, row: usize, field: &str) -> FieldRef {
        self.meeting(row).field(self.dataset.schema(self.table("meetings")).field(field).unwrap())
    }

    fn column(&self, field: &str) -> ColumnId {
        self.field(0, field).column()
    }

    fn branch(&self, row: usize) -> RecordId {
        self.table("branches").record(RowId::new(row))
    }

    /// A file that was not read.
    fn unread(&mut self, path: &str, sheet: Option<&str>, held: Held) -> Target {
        let file = self.sources.add(path);
        self.sources.set_sheets(file, sheet.into_iter().map(Into::into).collect());
        Target::File(Part { file, sheet: sheet.map(|_| 0), held })
    }

    /// Whether an error withholds what is made from something.
    fn is_withheld(&self, finding: Finding, inputs: &[Input]) -> bool {
        let mut report = Report::default();
        report.push(finding);
        !Errors::new(&self.dataset, &self.sources, &report).behind(inputs).is_empty()
    }
}

fn about(committee: &str, target: Target) -> Finding {
    let committee = Some(committee).filter(|it| !it.is_empty()).map(Into::into);
    Finding::named("odd", Severity::Error, "不对")
        .about(target)
        .subject(Subject { committee, ..Subject::default() })
}

fn of(committee: &str) -> Whose {
    Whose::Committee(committee.into())
}

/// A document that has read this of records.
fn reads(whose: Whose, reads: Reads) -> [Input; 1] {
    [Input::Reads(reads, whose)]
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
    for (what, target, inputs, wanted) in [
        ("the field", field(0, "name"), &name[..], true),
        ("another field", field(0, "minutes"), &name, false),
        ("the record", Target::record(world.meeting(0)), &name, true),
        ("another record", Target::record(world.meeting(1)), &name, false),
        ("the column", field(4, "name"), &column(Whose::All), true),
        ("another column", field(4, "minutes"), &column(Whose::All), false),
        ("a record of the table", Target::record(world.meeting(1)), &column(Whose::All), true),
        ("of the committee", field(0, "name"), &column(of("机械党委")), true),
        ("of another committee", field(4, "name"), &column(of("机械党委")), false),
        ("of nobody knows which", field(3, "name"), &column(of("外语党委")), true),
        ("of the branch", field(0, "name"), &seat(0, "机械党委"), true),
        ("of another branch", field(1, "name"), &seat(0, "机械党委"), false),
        ("of a branch of another committee", field(4, "name"), &seat(0, "机械党委"), false),
        ("of nobody knows which branch", field(3, "name"), &seat(2, "外语党委"), true),
        ("of nobody knows which, for one without committee", field(3, "name"), &seat(0, ""), true),
        ("the record itself", Target::record(world.meeting(0)), &[Input::Record(world.meeting(0))], true),
        ("one of its fields", field(0, "name"), &[Input::Record(world.meeting(0))], false),
        ("another one", Target::record(world.meeting(0)), &[Input::Record(world.meeting(1))], false),
    ] {
        assert_eq!(world.is_withheld(about("机械党委", target), inputs), wanted, "{what}");
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
        (
            "what was given",
            about("", Target::Given(Origin::file(world.sources_file()))),
            &[Input::Given],
            true,
        ),
        (
            "what was given, to others",
            about("", Target::Given(Origin::file(world.sources_file()))),
            &itself,
            false,
        ),
    ] {
        let finding = Finding {
            severity: if what == "a query" { Severity::Query } else { Severity::Error },
            ..finding
        };
        assert_eq!(world.is_withheld(finding, inputs), wanted, "{what}");
    }
}

impl World {
    fn sources_file(&self) -> FileId {
        self.dataset.record(self.meeting(0)).origin.file
    }
}

#[test]
fn an_error_about_a_declaration_withholds_what_it_stands_in_and_that_about_a_check_the_one_place() {
    let world = World::new();
    let file = world.sources_file();
    let (declared, other) = (Origin::text(file, 1, 1), Origin::text(file, 2, 1));
    let (place, elsewhere) = (Origin::cell(file, 0, 1, 1), Origin::cell(file, 0, 2, 1));
    let check = Input::Check { declared, place };
    for (what, target, shown, input, wanted) in [
        ("a figure", Target::Figure(declared), declared, Input::Declared(declared), true),
        ("a declaration", Target::Declaration(declared), declared, Input::Declared(declared), true),
        ("another", Target::Figure(other), other, Input::Declared(declared), false),
        ("a check", Target::Figure(declared), place, check.clone(), true),
        ("a check at another place", Target::Figure(declared), elsewhere, check.clone(), false),
        ("another check", Target::Figure(other), place, check, false),
    ] {
        assert_eq!(world.is_withheld(about("", target).at(shown), &[input]), wanted, "{what}");
    }
}

#[test]
fn errors_in_texts_withhold_what_holds_them_in_the_order_of_their_places() {
    let mut world = World::new();
    let [first, second, third] = ["制度/一.md", "制度/二.md", "别处/三.md"].map(|it| world.sources.add(it));
    let at = |file, line| {
        let finding = Finding::named("odd", Severity::Error, format!("{line}")).about(Target::Text(file));
        finding.at(Origin::text(file, line, 1))
    };
    let mut report = Report::default();
    let earlier = Origin::text(first, 1, 1);
    [at(second, 2), at(first, 5).related(earlier, "先"), at(first, 3), at(third, 4)]
        .map(|it| report.push(it));
    let errors = Errors::new(&world.dataset, &world.sources, &report);
    let texts = |files: &[FileId], folders: &[&str]| {
        let folders = folders.iter().map(|it| (*it).to_owned()).collect();
        let inputs = [Input::Texts(files.iter().copied().collect::<BTreeSet<_>>(), folders)];
        errors.behind(&inputs).withhold(Arc::new(Artefact::unplanned("a.pdf", Kind::new("x"))), &[]).reasons
    };
    assert_eq!(texts(&[second], &[]), ["2"]);
    assert_eq!(texts(&[], &["制度"]), ["5", "3", "2"]);
    assert_eq!(texts(&[third], &["./制度/"]), ["5", "3", "2", "4"]);
    assert_eq!(texts(&[], &["制"]), [""; 0]);
}

#[test]
fn a_draft_is_made_with_errors_but_for_those_that_forbid_it_outright() {
    let world = World::new();
    let name = reads(Whose::All, Reads { fields: [world.field(0, "name")].into(), ..Reads::default() });
    let at = || about("", Target::field(world.field(0, "name")));
    let outright =
        || Finding::new(&codes::FILE_NAME_COLLISION, "重名").about(Target::field(world.field(0, "name")));
    for (findings, admits, admits_draft) in [
        (vec![], true, true),
        (vec![at()], false, true),
        (vec![outright()], false, false),
        (vec![at(), outright()], false, false),
    ] {
        let mut report = Report::default();
        let n_findings = findings.len();
        findings.into_iter().for_each(|it| report.push(it));
        let errors = Errors::new(&world.dataset, &world.sources, &report);
        let blame = errors.behind(&name);
        assert_eq!((blame.admits(false), blame.admits(true)), (admits, admits_draft), "{n_findings}");
        assert_eq!(blame.is_empty(), n_findings == 0);
    }
}

#[test]
fn a_reason_says_whose_the_error_is_where_that_is_not_plain_and_each_is_given_once() {
    let world = World::new();
    let (file, at) = (world.sources_file(), world.field(0, "name"));
    let subject = |committee: &str, branch: &str, record: &str| {
        let [committee, branch, record] =
            [committee, branch, record].map(|it| Some(it.into()).filter(|it: &Arc<str>| !it.is_empty()));
        Subject { committee, branch, record }
    };
    let mut report = Report::default();
    let plain = || about("", Target::field(at));
    report.push(
        plain()
            .subject(subject("机械党委", "一支部", "张三"))
            .field("会议名称")
            .at(Origin::cell(file, 0, 1, 1)),
    );
    report.push(
        plain()
            .subject(subject("机械党委", "", "张三"))
            .at(Origin::file(file))
            .about(Target::record(at.record())),
    );
    report.push(plain().subject(subject("", "", "张三")).at(Origin::sheet(file, 0)));
    let errors = Errors::new(&world.dataset, &world.sources, &report);
    let fields = || Input::Reads(Reads { fields: [at].into(), ..Reads::default() }, Whose::All);
    let artefact = |committee: Option<&str>| {
        let committee = committee.map(Into::into);
        Arc::new(Artefact { committee, ..Artefact::unplanned("a.pdf", Kind::new("x")) })
    };
    let faults =
        [(&codes::CELL_TEXT_TOO_LONG, "太长".to_owned()), (&codes::CELL_TEXT_TOO_LONG, "太长".to_owned())];
    // What is read twice is blamed once.
    let blame = errors.behind(&[fields(), fields()]);
    let withheld = blame.withhold(artefact(None), &faults);
    let where_ = "返回/机械/机械三会.csv";
    let [whole, sheet] = [where_.to_owned(), format!("{where_}：不对")];
    assert_eq!(
        withheld.reasons,
        [
            "一支部：会议名称：不对".to_owned(),
            format!("机械党委：{whole}：不对"),
            sheet.clone(),
            "太长".to_owned()
        ]
    );
    assert_eq!(withheld.codes, ["cell-text-too-long", "odd"]);
    let of_one = blame.withhold(artefact(Some("机械党委")), &[]).reasons;
    assert_eq!(of_one, ["会议名称：不对".to_owned(), sheet.clone(), sheet.clone()]);
    let with_texts = errors.behind(&[fields(), Input::Texts(BTreeSet::new(), Vec::new())]);
    let of_book = with_texts.withhold(artefact(Some("机械党委")), &[]).reasons;
    assert_eq!(of_book[0], "张三：会议名称：不对");
}
