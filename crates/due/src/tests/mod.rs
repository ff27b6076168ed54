//! What becomes of each table that is due, over a small register: two committees, one of which has two branches.

mod named;
mod said;
mod states;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};

use super::{Returns, State};
use dataset::{Dataset, RecordId, RowId, TableId};
use finding::{FileId, Finding, Held, Origin, Part, Report, Severity, Sources, Target};
use project::{Project, ReturnLine};
use schema::{self, Expected};
use source::{Content, Limits, LocatedText, Node, Source, read};
use value::Period;

/// The tables: meetings, which every branch returns; plans, of the office and the committees; gifts, of which an empty form is
/// usual; remarks, for which nobody waits; members of branches, and their fees, for which nobody waits either.
const SCHEMAS: [&str; 9] = [
    include_str!("../../../../templates/schemas/customs.yaml"),
    "id: committees\ntitle: 党委\nkey: [code]\nlabel: name\nsubject: {committee: self}\nfields:
  - {id: code, title: 党委编号, type: code, required: true}
  - {id: name, title: 党委名称, type: text, required: true}\n",
    "id: branches\ntitle: 党支部\nkey: [code]\nlabel: name\nreturned_by: committee\nsubject: {branch: self, committee: committee}\nfounded: founded\ngrace_months: 1\nfields:
  - {id: code, title: 支部编号, type: code, required: true}
  - {id: name, title: 支部名称, type: text, required: true}
  - {id: committee, title: 所属党委, type: reference, to: committees, by: [code, name], required: true}
  - {id: founded, title: 成立时间, type: date}
  - {id: held, title: 会议数, type: integer, counts: meetings}\n",
    "id: meetings\ntitle: 会议\nkey: [name]\nlabel: name\nreturned_by: branch\nsubject: {branch: branch, committee: branch.committee}\nfields:
  - {id: branch, title: 党支部, type: reference, to: branches, by: [code, name], required: true, fill_down: true}
  - {id: name, title: 会议名称, type: text, required: true}\n",
    "id: plans\ntitle: 计划\nkey: [name]\nlabel: name\nreturned_by: [office, committee]\nabsent: query\nsubject: {committee: committee}\nfields:
  - {id: committee, title: 党委, type: reference, to: committees, by: [name]}
  - {id: name, title: 计划名称, type: text, required: true}\n",
    "id: gifts\ntitle: 慰问\nkey: [name]\nlabel: name\nreturned_by: committee\nmay_be_empty: true\nsubject: {committee: committee}\nfields:
  - {id: committee, title: 党委, type: reference, to: committees, by: [name], required: true, fill_down: true}
  - {id: name, title: 慰问对象, type: text, required: true}\n",
    "id: remarks\ntitle: 意见\nkey: [name]\nlabel: name\nearlier_years: true\nsubject: {committee: committee}\nfields:
  - {id: committee, title: 党委, type: reference, to: committees, by: [name], required: true}
  - {id: name, title: 意见内容, type: text, required: true}\n",
    "id: members\ntitle: 党员\nkey: [name]\nlabel: name\nsubject: {branch: branch, committee: branch.committee}\nfields:
  - {id: name, title: 姓名, type: text, required: true}
  - {id: branch, title: 所在支部, type: reference, to: branches, by: [name], required: true}\n",
    "id: fees\ntitle: 党费\nkey: [month]\nlabel: month\nsubject: {branch: payer.branch, committee: payer.branch.committee}\nfields:
  - {id: payer, title: 缴纳人, type: reference, to: members, by: [name], required: true}
  - {id: month, title: 缴纳月份, type: text, required: true}\n",
];

pub(super) const COMMITTEES: (&str, &str) = ("登记/党委.csv", "党委编号,党委名称\n1,机械党委\n2,外语党委\n");
pub(super) const BRANCHES: (&str, &str) = (
    "登记/党支部.csv",
    "支部编号,支部名称,所属党委,成立时间\n01,制造支部,1,2019-01-01\n02,本科支部,1,2024-11-30\n03,日语支部,2,2024-12-01\n",
);

/// What stands in the folder of a project and its file.
#[derive(Default)]
pub(super) struct World {
    files: Vec<(&'static str, &'static str)>,
    unread: Vec<(&'static str, Held)>,
    /// Letters and pictures, which are no tables.
    letters: Vec<&'static str>,
    returns: Vec<ReturnLine>,
    /// The day as of which everything is judged, where it is not the last of 2024.
    as_of: Option<Date>,
}

/// What was found out about it.
pub(super) struct Told {
    pub(super) dataset: Dataset,
    pub(super) sources: Sources,
    pub(super) returns: Returns,
    pub(super) report: Report,
}

pub(super) fn tree(text: &str) -> Node {
    match read(text.as_bytes(), "a.yaml", Sources::default().add("a"), &Limits::standard()).content {
        Some(Content::Tree(node)) => node,
        other => panic!("{other:?}"),
    }
}

fn texts(written: &[&str]) -> Vec<LocatedText> {
    let origin = place();
    written.iter().map(|it| LocatedText { text: (*it).into(), origin }).collect()
}

/// The place of every line of the project file.
pub(super) fn place() -> Origin {
    Origin::text(Sources::default().add("huibian.yaml"), 1, 1)
}

/// A line of the project file that says nothing yet.
pub(super) fn line(tables: &[&str], of: &[&str]) -> ReturnLine {
    let (tables, of, origin) = (texts(tables), texts(of), place());
    ReturnLine { tables, of, by: Vec::new(), absent: None, due: None, none: None, exempt: None, origin }
}

impl World {
    /// The register and these files.
    pub(super) fn of(files: &[(&'static str, &'static str)]) -> Self {
        let files = [COMMITTEES, BRANCHES].iter().chain(files).copied().collect();
        Self { files, ..Self::default() }
    }

    /// These files and no others.
    pub(super) fn bare(files: &[(&'static str, &'static str)]) -> Self {
        Self { files: files.to_vec(), ..Self::default() }
    }

    pub(super) fn unread(mut self, path: &'static str, held: Held) -> Self {
        self.unread.push((path, held));
        self
    }

    pub(super) fn letter(mut self, path: &'static str) -> Self {
        self.letters.push(path);
        self
    }

    pub(super) fn says(mut self, line: ReturnLine) -> Self {
        self.returns.push(line);
        self
    }

    pub(super) fn says_by(self, mut line: ReturnLine, by: &[&str]) -> Self {
        line.by = texts(by);
        self.says(line)
    }

    pub(super) fn says_absent(self, mut line: ReturnLine, absent: &str) -> Self {
        line.absent = texts(&[absent]).pop();
        self.says(line)
    }

    pub(super) fn judged_on(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    pub(super) fn told(self) -> Told {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let schemas: Vec<Node> = SCHEMAS.map(tree).to_vec();
        let schemas = Arc::new(schema::load(&schemas, &mut report).unwrap());
        let files = (0_u8..).zip(self.files).map(|(number, (path, text))| {
            let file = sources.add(path);
            let content = read(text.as_bytes(), path, file, &Limits::standard()).content.unwrap();
            let stem = path.rsplit('/').next().unwrap().rsplit_once('.').unwrap().0.to_owned();
            Source { file, digest: [number; 32], repeats: Vec::new(), name: stem, content, lists: Vec::new() }
        });
        let (files, earlier) = (files.collect(), BTreeMap::new());
        let period = Period::new(date(2024, 1, 1), date(2024, 12, 31)).unwrap();
        let records = schema::bind(
            files,
            &schemas,
            &Expected { period, earlier: &earlier, sources: &sources },
            &mut report,
        );
        let dataset = Dataset::new(schemas, records, &mut report);
        let mut ids = BTreeMap::new();
        for (path, held) in self.unread {
            let file = *ids.entry(path).or_insert_with(|| sources.add(path));
            let part = Part { file, sheet: None, held };
            let finding = Finding::named("odd", Severity::Error, "打不开").at(Origin::file(part.file));
            report.push(finding.about(Target::File(part)));
        }
        for path in self.letters {
            let at = Origin::file(sources.add(path));
            report.push(Finding::new(&finding::codes::FILE_NOT_A_TABLE, "不是表").at(at));
        }
        let as_of = self.as_of.unwrap_or(date(2024, 12, 31));
        let project = Project { period, returns: self.returns, ..Project::example(as_of) };
        let returns = Returns::new(&dataset, &project, &sources, &mut report);
        Told { dataset, sources, returns, report }
    }
}

impl Told {
    pub(super) fn table(&self, id: &str) -> TableId {
        self.dataset.schemas.index(id).unwrap()
    }

    /// The committee or branch of this name.
    pub(super) fn unit(&self, name: &str) -> RecordId {
        let tables = ["committees", "branches"].map(|it| self.table(it));
        let mut rows = tables.into_iter().flat_map(|it| self.dataset.rows_of(it));
        rows.find(|it| *self.dataset.label(*it) == *name).unwrap()
    }

    fn name(&self, unit: Option<RecordId>) -> String {
        unit.map_or("本部门".to_owned(), |it| self.dataset.label(it).to_string())
    }

    fn path(&self, file: FileId) -> &str {
        self.sources.path(file)
    }

    /// What became of a table, a line for each unit: `制造支部 已交2`.
    pub(super) fn states(&self, table: &str) -> Vec<String> {
        let table = self.table(table);
        let lines = self.returns.expected.iter().filter(|it| it.table == table);
        let shown = |state: &State| match state {
            State::Returned(n) => format!("已交{n}"),
            State::OfOtherPeriod(n) => format!("上年的{n}"),
            State::Nothing(why) => format!("零报告{}", why.as_deref().unwrap_or_default()),
            State::Exempt(why) => format!("免报{why}"),
            State::Unread(file) => format!("读不出{}", self.path(*file)),
            State::Adrift => "不知是谁的".to_owned(),
            State::Empty(file) => format!("空表{}", self.path(*file)),
            State::Absent => "未交".to_owned(),
        };
        lines.map(|it| format!("{} {}", self.name(it.unit), shown(&it.state))).collect()
    }

    /// What is said of returns, each as `code message hint`.
    pub(super) fn said(&self) -> Vec<String> {
        let findings = self.report.findings().iter().filter(|it| it.code.starts_with("return"));
        let said = |it: &Finding| format!("{} {} {}", it.code, it.message, it.hint.as_deref().unwrap_or(""));
        findings.map(said).collect()
    }
}

/// The row of a table.
pub(super) fn row(table: TableId, number: usize) -> RecordId {
    table.record(RowId::new(number))
}
