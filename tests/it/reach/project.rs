//! The small project: two colleges, three branches, meetings and items, and a document of every kind about them.

use crate::desk::Desk;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
regulations: [制度]
handbooks: [手册]
given: [{as: registry, title: 登记, file: 登记.yaml}]
documents:
  forms: [card]
  statistics: [tally]
  summaries: [whole, items, team]
  handbooks: [rules, guide]
";

/// The tables: meetings as spreadsheets, items as YAML; each belongs to a branch, an item may belong to none.
const MEETINGS: &str = "\
id: meetings
title: 会议
key: [branch, name]
label: name
subject: {branch: branch, committee: branch.organisation}
fields:
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name, short_name], reverse: meetings, fallback: branch_code, required: true}
  - {id: branch_code, title: 支部编码, type: code, length: 6}
  - {id: name, title: 名称, type: text, limit: 10, required: true}
  - {id: held, title: 日期, type: date, precision: day, required: true}
  - {id: present, title: 人数, type: integer, min: 0, max: 100}
  - {id: minutes, title: 时长, type: integer}
";
const ITEMS: &str = "\
id: items
title: 台账
key: [number]
label: name
subject: {branch: branch, committee: branch.organisation}
fields:
  - {id: number, title: 编号, type: code, length: 2, required: true}
  - {id: name, title: 事项, type: text, required: true}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name, short_name], reverse: items}
  - {id: amount, title: 金额, type: integer, required: true}
  - {id: serial, title: 票号, type: text, unique: true}
  - {id: owners, title: 经手人, type: list, of: name}
children:
  - id: steps
    title: 步骤
    label: step
    required: true
    fields:
      - {id: step, title: 内容, type: text, required: true}
";

/// How often in which month, a column for each: one row becomes several records.
const COUNTS: &str = "\
id: counts
title: 次数
label: branch
subject: {branch: branch, committee: branch.organisation}
fields:
  - {id: branch, title: 支部, type: reference, to: branches, by: [name], reverse: counts, required: true}
  - {id: theme, title: 主题, type: text, limit: 4, required: true}
  - {id: month, title: 月份, type: integer, unit: 月, required: true}
  - {id: times, title: 次数, type: integer, required: true}
unfold:
  columns: [1月, 2月]
  into: {column: month, value: times}
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学机械学院委员会, 简称: 机械党委, 所属单位: 机械学院, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学外语学院委员会, 简称: 外语党委, 所属单位: 外语学院, 组织类别: 党委}
";
/// Two branches of one college, and one of the other.
pub(super) const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,党员总数,正式党员数,预备党员数
010101,制造系教工党支部,制造支部,机械党委,教师党支部,2010年7月,2023年6月,张晓明,9,8,1
010102,研究生第一党支部,硕士支部,机械党委,学生党支部,2012年9月,2023年6月,李文静,6,4,2
020101,日语系教工党支部,日语支部,外语党委,教师党支部,2010年7月,2023年6月,陈志远,5,5,0
";
pub(crate) const MACHINES: &str = "\
支部,支部编码,名称,日期,人数,时长
制造系教工党支部,,学习一,2024-03-01,9,60
制造系教工党支部,,学习二,2024-04-01,8,60
研究生第一党支部,,学习三,2024-03-02,6,60
";
pub(super) const LANGUAGES: &str = "\
支部,支部编码,名称,日期,人数,时长
日语系教工党支部,,学习四,2024-03-03,5,60
";
pub(super) const COUNTED: &str = "\
支部,主题,1月,2月
制造系教工党支部,学习,1,2
";
pub(super) const OF_MACHINES: &str = "\
台账:
  - 编号: \"01\"
    事项: 购书
    支部: 制造系教工党支部
    金额: 10
    票号: A1
    经手人: [张晓明, 王芳]
    步骤: [{内容: 申请}, {内容: 报销}]
  - 编号: \"02\"
    事项: 参观
    支部: 研究生第一党支部
    金额: 20
    票号: A2
    经手人: [李文静]
    步骤: [{内容: 申请}]
";
pub(super) const OF_LANGUAGES: &str = "\
台账:
  - 编号: \"03\"
    事项: 讲座
    支部: 日语系教工党支部
    金额: 30
    票号: A3
    经手人: [陈志远]
    步骤: [{内容: 申请}]
";

pub(crate) const FACTS: &str = "\
facts:
  - {id: n_meetings, title: 会议数, unit: 次, definition: 会议, of: meetings}
  - {id: n_large, title: 大会数, unit: 次, definition: 八人以上的会议, of: meetings, where: present >= 8}
  - {id: n_amount, title: 金额, unit: 元, definition: 金额合计, of: items, measure: sum amount}
";

/// A form for each branch, with its meetings and items, and the workbook over all.
pub(crate) const CARD: &str = "\
id: card
title: 支部卡片
of: branches
key: code
name: name
file_name: \"{{ short_name }}\"
folder: \"{{ organisation.short_name }}\"
print_set: 合订本
empty: 无
data:
  name: name
  secretary: secretary
  elected: elected | date_cn
  meetings: {each: meetings, row: {name: name, present: present}}
  january: (counts | selectattr('month', '==', 1) | map(attribute='times') | join_cn)
  february: (counts | selectattr('month', '==', 2) | map(attribute='theme') | join_cn)
  items: {each: items, row: {name: name, serial: serial, owners: owners | join_cn, first: (steps | first).step}}
overview:
  file_name: 汇总
  title: 支部汇总
  paper: a4-portrait
  columns:
    - {title: 支部, value: name, width: 10}
    - {title: 书记, value: secretary, width: 10}
";
const LAYOUT: &str = "\
#import \"/typst/page.typ\": official, sheets
#let render(data) = {
  set document(title: data.title, keywords: data.forms.map(form => form.key))
  show: official.with(data.faces, language: data.language)
  sheets(data.faces, draft: data.draft, for form in data.forms { heading(form.name) })
}
";

const TALLY: &str = "\
id: tally
title: 会议统计
edition: \"2024\"
basis: 示例
file_name: 会议统计
tables: [t1]
per_committee: [t1]
";
pub(crate) const T1: &str = "\
id: t1
number: 表1
title: 会议
of: meetings
rows:
  - {id: total, title: 全部, when: \"name != '无'\"}
columns:
  - {id: number, title: 次数}
  - {id: large, title: 八人以上, when: present >= 8}
";
pub(super) const CHECKS: &str = "\
checks:
  - {id: total, title: 与登记一致, left: t1.total.number, relation: \"=\", right: registry.meetings, when_given: registry}
";

pub(super) const WHOLE: &str = "\
id: whole
title: 全校总结
file_name: 全校
editions: [pdf]
parts:
  - {id: all, heading: 会议, blocks: [{paragraph: \"共{{ facts.n_meetings }}次，其中大会{{ facts.n_large }}次。\"}]}
";
const OF_ITEMS: &str = "\
id: items
title: 台账总结
file_name: 台账
editions: [pdf]
parts:
  - {id: all, heading: 台账, blocks: [{paragraph: \"共{{ facts.n_amount }}元。\"}]}
";
pub(super) const TEAM: &str = "\
id: team
title: \"{{ name }}总结\"
of: branches
file_name: \"{{ short_name }}\"
editions: [pdf]
parts:
  - id: all
    heading: 会议
    empty: 没有。
    blocks: [{list: {each: records.meetings, text: \"{{ name }}，{{ minutes }}分钟；\", style: inline}}]
";

pub(super) const RULES: &str = "\
id: rules
title: 制度汇编
editions: [{paper: a5, file_name: 制度汇编}]
cover: {above: [甲], below: [乙]}
contents: {title: 目录, levels: 2}
numbering: 第{}部分
parts: [{title: 组织生活, category: 组织生活}]
entry: {}
";
pub(super) const GUIDE: &str = "\
id: guide
title: 手册
texts: 手册甲
editions: [{paper: a5, file_name: 手册}]
cover: {above: [甲], below: [乙]}
contents: {title: 目录, levels: 2}
numbering: 第{}部分
parts: [{title: 步骤, texts: {stage: 步骤}}]
entry: {}
";
pub(crate) const REGULATION: &str = "\
---
title: 谈话办法
number: 示理工党〔2021〕12号
issuer: 示例理工大学
issued: 2021-10-20
in_force: 2021-10-20
level: 学校
state: 现行
category: 组织生活
---
第一条　为了谈话，制定本办法。
第二条　每年谈话一次。
";
pub(super) const STEP: &str = "---\ntitle: 第一步\nstage: 步骤\n---\n先申请。\n";

/// The project, with nothing wrong in it.
pub(crate) fn small(name: &str) -> Desk {
    let desk = Desk::new(name);
    for (path, text) in [
        ("huibian.yaml", PROJECT),
        ("登记.yaml", "meetings: 4\n"),
        ("templates/schemas/meetings.yaml", MEETINGS),
        ("templates/schemas/items.yaml", ITEMS),
        ("templates/schemas/counts.yaml", COUNTS),
        ("templates/facts/small.yaml", FACTS),
        ("templates/forms/card/form.yaml", CARD),
        ("templates/forms/card/layout.typ", LAYOUT),
        ("templates/statistics/tally/statistics.yaml", TALLY),
        ("templates/statistics/tally/t1.yaml", T1),
        ("templates/statistics/tally/checks.yaml", CHECKS),
        ("templates/summaries/whole/summary.yaml", WHOLE),
        ("templates/summaries/items/summary.yaml", OF_ITEMS),
        ("templates/summaries/team/summary.yaml", TEAM),
        ("templates/handbooks/rules/handbook.yaml", RULES),
        ("templates/handbooks/guide/handbook.yaml", GUIDE),
        ("data/党组织.yaml", STRUCTURE),
        ("data/党支部.csv", BRANCHES),
        ("data/机械学院/会议.csv", MACHINES),
        ("data/外语学院/会议.csv", LANGUAGES),
        ("data/机械学院/次数.csv", COUNTED),
        ("data/机械学院/台账.yaml", OF_MACHINES),
        ("data/外语学院/台账.yaml", OF_LANGUAGES),
        ("制度/谈话办法.md", REGULATION),
        ("手册/手册甲/第一步.md", STEP),
    ] {
        desk.write(path, text);
    }
    desk
}
