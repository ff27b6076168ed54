//! What becomes of documents: which errors withhold one, and in which order those that are made come.

mod blame;
mod drafts;
mod excerpts;
mod gates;
mod owed;
mod plan;
mod progress;
mod reasons;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;

use crate::blame::Errors;
use crate::input::{Input, Whose};
use dataset::{ColumnId, Dataset, Reads, RecordId, RowId, TableId};
use finding::{FieldRef, FileId, Finding, Held, Part, Report, Severity, Sources, Subject, Target};
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

pub(super) struct World {
    pub(super) dataset: Arc<Dataset>,
    pub(super) sources: Sources,
}

impl World {
    pub(super) fn new() -> Self {
        Self::of(&FILES)
    }

    /// The files, of which one holds something else.
    pub(super) fn with(path: &str, text: &'static str) -> Self {
        let changed = FILES.map(|(own, as_it_is)| (own, if own == path { text } else { as_it_is }));
        Self::of(&changed)
    }

    fn of(files: &[(&str, &str)]) -> Self {
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
        let files = (0_u8..).zip(files).map(|(number, (path, text))| {
            let file = sources.add(*path);
            let content = read(text.as_bytes(), path, file, &Limits::standard()).content.unwrap();
            let name = path.rsplit('/').next().unwrap().trim_end_matches(".csv").to_owned();
            Source { file, digest: [number; 32], repeats: Vec::new(), name, content, lists: Vec::new() }
        });
        let (files, earlier) = (files.collect(), BTreeMap::new());
        let period = Period::new(date(2024, 1, 1), date(2024, 12, 31)).unwrap();
        let expected = Expected { period, earlier: &earlier, sources: &sources };
        let records = schema::bind(files, &schemas, &expected, &mut report);
        assert!(report.findings().iter().all(|it| it.severity == Severity::Note), "{:?}", report.findings());
        let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
        assert_eq!(dataset.n_rows(dataset.schemas.index("meetings").unwrap()), 5);
        Self { dataset, sources }
    }

    pub(super) fn table(&self, id: &str) -> TableId {
        self.dataset.schemas.index(id).unwrap()
    }

    pub(super) fn meeting(&self, row: usize) -> RecordId {
        self.table("meetings").record(RowId::new(row))
    }

    pub(super) fn field(&self, row: usize, field: &str) -> FieldRef {
        self.meeting(row).field(self.dataset.schema(self.table("meetings")).field(field).unwrap())
    }

    /// What stands in a field.
    pub(super) fn text(&self, row: usize, field: &str) -> String {
        self.dataset.cell(self.field(row, field)).value.display()
    }

    pub(super) fn column(&self, field: &str) -> ColumnId {
        self.field(0, field).column()
    }

    pub(super) fn branch(&self, row: usize) -> RecordId {
        self.table("branches").record(RowId::new(row))
    }

    /// The file of the first meetings.
    pub(super) fn file(&self) -> FileId {
        self.dataset.record(self.meeting(0)).origin.file
    }

    /// A file that was not read.
    pub(super) fn unread(&mut self, path: &str, sheet: Option<&str>, held: Held) -> Target {
        let file = self.sources.add(path);
        self.sources.set_sheets(file, sheet.into_iter().map(Into::into).collect());
        Target::File(Part { file, sheet: sheet.map(|_| 0), held })
    }

    /// Whether an error withholds what is made from something.
    pub(super) fn is_withheld(&self, finding: Finding, inputs: &[Input]) -> bool {
        let mut report = Report::default();
        report.push(finding);
        !Errors::new(&self.dataset, &self.sources, &report).behind(inputs).is_empty()
    }
}

/// An error about something, reported by a committee.
pub(super) fn about(committee: &str, target: Target) -> Finding {
    let committee = Some(committee).filter(|it| !it.is_empty()).map(Into::into);
    Finding::named("odd", Severity::Error, "不对")
        .about(target)
        .subject(Subject { committee, ..Subject::default() })
}

/// A document that has read this of records.
fn reads(whose: Whose, reads: Reads) -> [Input; 1] {
    [Input::Reads(reads, whose)]
}
