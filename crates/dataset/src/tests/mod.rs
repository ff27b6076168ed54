//! A small world of committees, branches and what branches report: whom references lead to, who is lost, what is read.

mod causes;
mod columns;
mod departed;
mod keys;
mod mistaken;
mod relations;
mod senders;
mod subjects;
mod through;
mod view;
mod ways;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Dataset, RecordId, RowId};
use finding::{Finding, Report, RowSpan, Sources, Target};
use schema::{self, Expected, Records, Schemas};
use source::{Content, Limits, Node, Source, read};
use value::{PartialDate, Period, Raw};

/// How sheets and names are read.
const CUSTOMS: &str = include_str!("../../../../templates/schemas/customs.yaml");

const COMMITTEES: &str = "\
id: committees
title: 党委
key: [code]
label: name
subject: {committee: self}
fields:
  - {id: code, title: 编号, type: code, required: true}
  - {id: name, title: 名称, type: text, required: true}
";

const BRANCHES: &str = "\
id: branches
title: 支部
key: [code]
label: name
subject: {branch: self, committee: committee}
fields:
  - {id: code, title: 编号, type: code, required: true}
  - {id: name, title: 名称, type: text, required: true}
  - {id: aliases, title: 别名, type: list, of: text}
  - {id: committee, title: 党委, type: reference, to: committees, by: [code, name], reverse: branches, required: true}
";

/// What a branch held; another may have been its host.
const EVENTS: &str = "\
id: events
title: 活动
key: [number]
label: number
subject: {branch: branch, committee: branch.committee}
fields:
  - {id: number, title: 序号, type: code, required: true}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name, aliases], fallback: branch_code, reverse: events, required: true}
  - {id: branch_code, title: 支部编号, type: code}
  - {id: host, title: 主办, type: reference, to: branches, by: [code, name], fallback: host_code, reverse: hosted}
  - {id: host_code, title: 主办编号, type: code}
  - {id: month, title: 月份, type: integer}
  - {id: ticket, title: 票号, type: code, unique: true}
  - {id: note, title: 札记, type: reference, to: notes, by: [text]}
children:
  - id: steps
    title: 步骤
    label: step
    fields: [{id: step, title: 内容, type: text}]
    children:
      - {id: remarks, title: 意见, label: remark, fields: [{id: remark, title: 意见内容, type: text}]}
";

/// What a branch or a committee has won.
const PRIZES: &str = "\
id: prizes
title: 奖项
key: [name]
label: name
subject: {branch: branch, committee: committee}
fields:
  - {id: name, title: 奖名, type: text, required: true}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name], fallback: branch_code, reverse: prizes}
  - {id: branch_code, title: 支部编号, type: code}
  - {id: committee, title: 党委, type: reference, to: committees, by: [code, name], fallback: committee_code, through: branch, reverse: prizes}
  - {id: committee_code, title: 党委编号, type: code}
";

/// What a branch, or without one the whole school, says of a year.
const REPORTS: &str = "\
id: reports
title: 年报
key: [branch, year]
label: branch
subject: {branch: branch, committee: branch.committee}
fields:
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name], fallback: branch_code, reverse: reports}
  - {id: branch_code, title: 支部编号, type: code}
  - {id: year, title: 年度, type: integer}
  - {id: seal, title: 印章号, type: code, unique: true}
";

/// What was paid for an event, with the branch once more.
const PAYMENTS: &str = "\
id: payments
title: 付款
label: sum
subject: {branch: event.branch, committee: event.branch.committee}
fields:
  - {id: sum, title: 金额, type: integer}
  - {id: event, title: 活动, type: reference, to: events, by: [number]}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name]}
  - {id: payer, title: 付款支部, type: reference, to: branches, by: [code, name]}
";

/// Has no key.
const NOTES: &str = "\
id: notes
title: 札记
label: text
fields:
  - {id: text, title: 内容, type: text}
  - {id: mark, title: 记号, type: code, unique: true}
";

/// Who is in a branch, who has left one, and what both have paid.
const PEOPLE: &str = "\
id: people
title: 人员
key: [number]
label: name
subject: {branch: branch, committee: branch.committee}
fields:
  - {id: number, title: 号码, type: code, required: true}
  - {id: name, title: 姓名, type: name, required: true}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name]}
";
const LEAVINGS: &str = "\
id: leavings
title: 离开
label: name
subject: {branch: branch, committee: branch.committee}
fields:
  - {id: number, title: 号码, type: code, required: true}
  - {id: name, title: 姓名, type: name, required: true}
  - {id: kind, title: 方向, type: choice, choices: [{value: 转出}, {value: 转入}]}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name]}
";
const DUES: &str = "\
id: dues
title: 会费
label: name
subject: {branch: branch, committee: branch.committee}
fields:
  - {id: person, title: 号码, type: reference, to: people, by: [number], reverse: dues, required: true, departed_in: [{table: leavings, by: number, where: {kind: 转出}}]}
  - {id: name, title: 姓名, type: name, required: true}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name], through: person}
";

const HEAD: &str = "\
党委:
  - {编号: \"1\", 名称: 机械党委}
  - {编号: \"2\", 名称: 外语党委}
支部:
  - {编号: \"01\", 名称: 机械教工第一党支部, 别名: [制造支部, 一支部], 党委: \"1\"}
  - {编号: \"02\", 名称: 研究生党支部, 党委: \"1\"}
  - {编号: \"03\", 名称: 研究生党支部, 党委: \"2\"}
  - {编号: \"04\", 名称: 日语系党支部, 党委: \"9\"}
";

fn tree(text: &str) -> Node {
    match read(text.as_bytes(), "a.yaml", Sources::default().add("a.yaml"), &Limits::standard()).content {
        Some(Content::Tree(node)) => node,
        other => panic!("{other:?}"),
    }
}

fn schemas(customs: &[&str]) -> Arc<Schemas> {
    let mut report = Report::default();
    let tables = [COMMITTEES, BRANCHES, EVENTS, REPORTS, PAYMENTS, NOTES, PRIZES, PEOPLE, LEAVINGS, DUES];
    let schemas: Vec<Node> = customs.iter().copied().chain(tables).map(tree).collect();
    let schemas = schema::load(&schemas, &mut report).unwrap();
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    Arc::new(schemas)
}

/// A world, and what was found when its records were related.
struct World {
    dataset: Arc<Dataset>,
    report: Report,
}

impl World {
    /// The committees and branches, and further records as they are written in YAML.
    fn new(written: &str) -> Self {
        Self::of(&format!("{HEAD}{written}"))
    }

    fn of(written: &str) -> Self {
        let (schemas, mut report) = (schemas(&[]), Report::default());
        let records = schema::bind_tree(&tree(written), &schemas, &mut report);
        // What reading says of these examples is no matter here.
        Self::related(schemas, records, Report::default())
    }

    fn related(schemas: Arc<Schemas>, records: Records, mut report: Report) -> Self {
        let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
        Self { dataset, report }
    }

    /// The records of these files.
    fn of_files(files: &[(&str, &str)], sources: &mut Sources) -> Self {
        let schemas = schemas(&[CUSTOMS]);
        let files = (0_u8..).zip(files).map(|(number, (path, text))| {
            let file = sources.add(*path);
            let content = read(text.as_bytes(), path, file, &Limits::standard()).content.unwrap();
            let name = path.rsplit('/').next().unwrap().trim_end_matches(".csv").to_owned();
            Source { file, digest: [number; 32], repeats: Vec::new(), name, content, lists: Vec::new() }
        });
        let (files, earlier) = (files.collect(), BTreeMap::new());
        let last = PartialDate::parse(&Raw::text("2024-12-31")).unwrap().value.latest();
        let period = Period::back(last, 1).unwrap();
        let mut report = Report::default();
        let expected = Expected { period, earlier: &earlier, sources };
        let records = schema::bind(files, &schemas, &expected, &mut report);
        Self::related(schemas, records, report)
    }

    fn record(&self, table: &str, row: usize) -> RecordId {
        self.dataset.schemas.index(table).unwrap().record(RowId::new(row))
    }

    /// What was found, but for the one branch that has no committee.
    fn found(&self) -> Vec<String> {
        let is_of_case = |it: &&Finding| it.value.as_deref() != Some("9");
        self.report.findings().iter().filter(is_of_case).map(|it| self.told(it)).collect()
    }

    /// The code of a finding and what it is about: `key-twice events[1].number events[0].number`.
    fn told(&self, finding: &Finding) -> String {
        let about = finding.about.iter().map(|it| match it {
            Target::Field(rows, field) => {
                let table = self.dataset.schema(rows.table);
                format!(" {}.{}", self.rows(*rows), table.fields[*field].id)
            }
            Target::Record(rows) => format!(" {}", self.rows(*rows)),
            other => format!(" {other:?}"),
        });
        format!("{}{}", finding.code, about.collect::<String>())
    }

    fn rows(&self, rows: RowSpan) -> String {
        format!("{}[{}]", self.dataset.schema(rows.table).id, rows.first.index())
    }
}
