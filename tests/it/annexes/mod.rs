//! Blanks as an upper level issues them: which places are found, what is filled in, and what withholds a form.
#![expect(clippy::disallowed_methods, reason = "the tests read blanks and what was published")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod again;
mod books;
mod filled;
mod foreign;
mod gates;
mod office;
mod places;
mod rows;

use std::io::{Cursor, Read};

use huibian::finding::{Report, Sources};
use huibian::ooxml::{Element, Limits, Package};
use huibian::project::Templates;
use huibian::source::{Node, NodeKind};
use serde_json::Value as Json;
use zip::ZipArchive;

use crate::desk::{Desk, college, repository};

/// Blanks whose declarations have been confirmed, in the order of their folders.
const CONFIRMED: [&str; 3] =
    ["附件10-支部党员评议汇总表", "附件5-接收预备党员支部大会记录", "附件7-预备党员转正审批表"];

/// Who was received, with what the meeting of the branch decided.
const RECEIVED: &str = "\
学工号,姓名,性别,民族,出生日期,籍贯,学历,人员类别,年级类别,工作岗位,联系党支部,提交书面申请书时间,确定为入党积极分子时间,确定为发展对象时间,入党时间,当前发展阶段,上级党委审批时间,转正时间,转正审批时间,是否共青团员,培养联系人,入党介绍人,支部大会应到人数,支部大会实到人数,支部大会表决方式,支部大会赞成票数,支部大会不赞成票数,支部大会弃权票数,备注
D03,郑洁,女,汉族,2002-03-06,示例省甲市,大学本科,硕士生,其他年级,学生,新支部,2022年2月,2023年1月,2024年3月,2024-10-08,预备党员,2024-10-20,,,是,陈志远,陈志远、王芳,3,3,无记名投票,3,0,0,
S03,赵磊,男,汉族,2002-06-04,,大学本科,硕士生,其他年级,学生,甲支部,2022年2月,2022年4月,2023年6月,2024-06-30,预备党员,2024-06-30,,,是,李文静、王芳,李文静、王芳,8,7,无记名投票,6,1,0,学习认真
S04,孙丽,女,汉族,2003-06-04,,大学本科,硕士生,其他年级,学生,甲支部,2022年2月,2022年4月,2023年6月,2024-07-01,预备党员,2024-07-20,,,是,李文静,李文静、王芳,8,8,无记名投票,8,0,0,
";

/// Five more members of the branch, so that its form has more of them than rows.
const MORE: &str = "\
S06,吴刚,男,汉族,2001-06-05,大学本科,硕士生,其他年级,学生,正式党员,2021-06-02,2022-06-02,,按时交纳,甲支部
S07,周敏,女,汉族,2001-06-06,大学本科,硕士生,其他年级,学生,正式党员,2021-06-03,2022-06-03,,按时交纳,甲支部
S08,钱进,男,汉族,2001-06-07,大学本科,硕士生,其他年级,学生,正式党员,2021-06-04,2022-06-04,,按时交纳,甲支部
S09,冯雪,女,汉族,2001-06-08,大学本科,硕士生,其他年级,学生,正式党员,2021-06-05,2022-06-05,,按时交纳,甲支部
S10,蒋涛,男,汉族,2001-06-09,大学本科,硕士生,其他年级,学生,正式党员,2021-06-06,2022-06-06,,按时交纳,甲支部
";

/// The college's project without any form: ten members in one branch, three who were received.
#[track_caller]
fn bare(name: &str) -> Desk {
    let desk = college::desk(name, "2024-12-31", "");
    desk.write("data/党员发展.csv", RECEIVED);
    let members = std::fs::read_to_string(desk.path("data/党员.csv")).unwrap();
    desk.write("data/党员.csv", members + MORE);
    desk.patch("data/党组织.yaml", "党员总数: 5, 正式党员数: 3", "党员总数: 10, 正式党员数: 8");
    desk
}

/// The same with the three forms that have been confirmed.
#[track_caller]
fn confirmed(name: &str) -> Desk {
    let desk = bare(name);
    for form in CONFIRMED {
        desk.write(&format!("templates/forms/{form}/{form}.docx"), blank(form));
        let declared = repository(&format!("fixtures/annexes/forms/{form}/form.yaml"));
        desk.write(&format!("templates/forms/{form}/form.yaml"), std::fs::read(declared).unwrap());
    }
    wants(&desk, &CONFIRMED);
    desk
}

/// Drafts a form from a blank of the fixtures and confirms it: what nobody has decided about is left.
fn drafted(desk: &Desk, form: &str, of: &str) {
    let file = repository(&format!("fixtures/annexes/{form}.docx"));
    desk.run(&["import", file.to_str().unwrap(), "--as", "form", "--of", of, "--project", "."]).expect(0);
    let declared = format!("templates/forms/{form}/form.yaml");
    desk.patch(&declared, "draft: true\n", "");
    let text = std::fs::read_to_string(desk.path(&declared)).unwrap();
    desk.write(&declared, text.replace("leave: 待定", "leave: 由本人填写"));
}

/// Names forms in the project file.
fn wants(desk: &Desk, forms: &[&str]) {
    let named = format!("documents: {{forms: [{}]}}", forms.join(", "));
    desk.patch("huibian.yaml", "documents: {statistics: []}", &named);
}

/// A blank of the fixtures.
fn blank(name: &str) -> Vec<u8> {
    std::fs::read(repository(&format!("fixtures/annexes/{name}.docx"))).unwrap()
}

/// A YAML file of a desk's templates.
fn yaml(desk: &Desk, path: &str) -> Json {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(Some(&desk.path("")), &mut sources, &mut report).unwrap();
    json(&templates.tree(path, &mut report).unwrap().unwrap_or_else(|| panic!("{path}")))
}

fn json(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Null => Json::Null,
        NodeKind::Scalar(text) => Json::String(text.to_string()),
        NodeKind::List(items) => items.iter().map(json).collect(),
        NodeKind::Map(entries) => {
            Json::Object(entries.iter().map(|it| (it.key.to_string(), json(&it.value))).collect())
        }
    }
}

/// A part of a package.
fn part_bytes(package: &[u8], name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_end(&mut bytes).unwrap();
    bytes
}

/// The same as text.
fn part(package: &[u8], name: &str) -> String {
    String::from_utf8(part_bytes(package, name)).unwrap()
}

/// What a document says, read without the room that fills it: rows of cells, table by table, and its paragraphs.
struct Said {
    tables: Vec<Vec<Vec<String>>>,
    paragraphs: Vec<String>,
}

impl Said {
    fn read(bytes: &[u8]) -> Self {
        let mut package = Package::open(bytes, &Limits::STANDARD).unwrap();
        let tree = package.tree("word/document.xml").unwrap().unwrap();
        let body = tree.root().child("w:body").unwrap();
        let of = |name: &str| body.children().filter(move |it| it.name() == name).collect::<Vec<_>>();
        let cell = |it: Element<'_>| {
            let lines = it.children().filter(|it| it.name() == "w:p").map(said);
            lines.collect::<Vec<_>>().join("\n")
        };
        let row = |it: Element<'_>| it.children().filter(|it| it.name() == "w:tc").map(cell).collect();
        let table =
            |it: &Element<'_>| it.children().filter(|it| it.name() == "w:tr").map(row).collect::<Vec<_>>();
        Self {
            tables: of("w:tbl").iter().map(table).collect(),
            paragraphs: of("w:p").into_iter().map(said).collect(),
        }
    }

    /// All addresses of the body.
    fn addresses(&self) -> Vec<String> {
        let paragraphs = (1..=self.paragraphs.len()).map(|it| format!("段{it}"));
        let cells = (1..).zip(&self.tables).flat_map(|(table, rows)| {
            (1..).zip(rows).flat_map(move |(row, cells)| {
                (1..=cells.len()).map(move |cell| format!("表{table}!{row},{cell}"))
            })
        });
        paragraphs.chain(cells).collect()
    }

    /// What stands at an address of the body.
    fn at(&self, address: &str) -> &str {
        if let Some(number) = address.strip_prefix('段') {
            return &self.paragraphs[number.parse::<usize>().unwrap() - 1];
        }
        let numbers: Vec<usize> =
            address.trim_start_matches('表').split(['!', ',']).map(|it| it.parse().unwrap()).collect();
        &self.tables[numbers[0] - 1][numbers[1] - 1][numbers[2] - 1]
    }
}

fn said(paragraph: Element<'_>) -> String {
    let mut texts = Vec::new();
    paragraph.all("w:t", &mut texts);
    texts.iter().map(|it| it.text()).collect()
}
