//! How long a thick book takes to set, and how much memory.
//!
//! `cargo bench --bench handbook` writes regulations with chapters, tables, footnotes and citations of each other, and
//! builds the book of some 600 pages that holds them, with its contents, indexes and catalogue.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark asks the clock and the system, and prepares a folder"
)]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has to stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

use huibian::documents::Kind;
use huibian::value::chinese_number;
use huibian::{Judging, Making, Session};

const N_REGULATIONS: usize = 36;
const N_ARTICLES: usize = 48;
const N_PARTS: usize = 8;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
regulations: [regulations]
documents: {handbooks: [thick]}
";

const SENTENCES: [&str; 6] = [
    "党支部应当结合本单位的实际情况，制定年度工作计划，明确责任人和完成时限，并在党员大会上通报。",
    "党委组织部负责对执行情况进行指导、检查和考核，考核结果作为评优评先的重要依据。",
    "各二级党组织应当加强对所属党支部的领导，每学期至少专题研究一次，及时解决存在的困难和问题。",
    "有关材料应当真实、完整，由专人保管，按照档案管理的规定归档，任何人不得涂改、伪造或者销毁。",
    "党员应当按照规定参加组织生活，因故不能参加的，应当事先请假，事后以适当的方式补课。",
    "因工作需要调整的，应当报上级党组织批准，并在批准之日起10个工作日内完成交接手续。",
];

fn main() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("handbook-{}", std::process::id()));
    write_project(&root);
    let mut session = Session::default();
    let start = Instant::now();
    let mut checked = session.check(&root, &Judging::default()).unwrap();
    println!("{N_REGULATIONS} regulations read: {:.1?}, at most {} MiB", start.elapsed(), memory_mib());
    let only = Some(Kind::new("handbooks"));
    let making = Making { out: root.join("out"), only, jobs: NonZeroUsize::MIN, office: Vec::new() };
    let start = Instant::now();
    let built = session.make(&mut checked, &making).unwrap();
    let elapsed = start.elapsed();
    assert!(!session.report.has_errors() && built.withheld.is_empty(), "{:?}", session.report.findings());
    println!("{} pages: {elapsed:.1?}, at most {} MiB", n_pages(&root), memory_mib());
    fs::remove_dir_all(&root).unwrap();
}

/// How many pages the manifest says the book has.
fn n_pages(root: &Path) -> u64 {
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(root.join("out/manifest.json")).unwrap()).unwrap();
    manifest["files"].as_array().unwrap().iter().filter_map(|it| it["pages"].as_u64()).sum()
}

fn write_project(root: &Path) {
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("huibian.yaml", PROJECT);
    fs::create_dir_all(root.join("data")).unwrap();
    write("templates/handbooks/thick/handbook.yaml", &declaration());
    for idx in 0..N_REGULATIONS {
        write(&format!("regulations/{idx:03}.md"), &regulation(idx));
    }
}

fn declaration() -> String {
    let parts: String =
        (0..N_PARTS).map(|it| format!("  - {{title: 第{it}类制度, category: 类别{it}}}\n")).collect();
    format!(
        "id: thick\ntitle: 制度汇编\neditions: [{{paper: a5, file_name: 制度汇编}}]\ncover: {{above: [示例理工大学]}}\n\
         contents: {{title: 目录}}\nparts:\n{parts}entry: {{notes: [\"{{{{ number }}}}\"]}}\nindexes:\n  \
         - {{title: 文号索引, by: number}}\n  - {{title: 日期索引, by: issued}}\n  - {{title: 主题索引, by: keyword}}\n\
         catalogue: {{file_name: 制度目录, title: 制度目录}}\n"
    )
}

fn title(idx: usize) -> String {
    format!("示例理工大学第{}项工作管理办法", chinese_number(idx as u64 + 1))
}

fn regulation(idx: usize) -> String {
    let (year, serial, day) = (2015 + idx / 14, 1 + idx % 14, 1 + idx % 27);
    let mut text = format!(
        "---\ntitle: {}\nnumber: 示理工党〔{year}〕{serial}号\nissuer: 中共示例理工大学委员会\n\
         adopted: {year}-03-{day:02}\nissued: {year}-04-{day:02}\nin_force: {year}-05-01\nlevel: 学校\nstate: 现行\n\
         category: 类别{}\nkeywords: [事项{}, 工作计划, 归档]\n---\n",
        title(idx),
        idx % N_PARTS,
        idx % 40
    );
    for article in 1..=N_ARTICLES {
        if article % 8 == 1 {
            let chapter = chinese_number(article as u64 / 8 + 1);
            write!(text, "第{chapter}章　第{chapter}类要求\n\n").unwrap();
        }
        write!(text, "第{}条　{}\n\n", chinese_number(article as u64), words(idx, article)).unwrap();
        if article == 20 {
            text.push_str("| 项目 | 要求 | 时间 |\n|---|---|---|\n");
            (1..=12)
                .for_each(|row| writeln!(text, "| 第{row}项 | {} | {row}月 |", SENTENCES[row % 6]).unwrap());
            text.push('\n');
        }
    }
    text + "[^1]: 以党务信息系统中的记载为准。\n"
}

/// The words of an article: every third has items, every fourth cites another regulation, one has a footnote.
fn words(idx: usize, article: usize) -> String {
    let sentence = |at: usize| SENTENCES[(idx + article + at) % SENTENCES.len()];
    let mut words = format!("{}{}", sentence(0), sentence(1));
    if article.is_multiple_of(4) {
        let other = (idx * 7 + article) % N_REGULATIONS;
        let cited = chinese_number((article % 30) as u64 + 1);
        write!(words, "依照本办法第{cited}条和《{}》第{cited}条办理。", title(other)).unwrap();
    }
    if article == 5 {
        words.push_str("名单以记载为准[^1]。");
    }
    if article.is_multiple_of(3) {
        words.push_str("应当符合下列条件：\n\n");
        (1..=4_u8).for_each(|item| {
            write!(words, "（{}）{}\n\n", chinese_number(item.into()), sentence(item.into())).unwrap();
        });
    }
    words
}

/// The most memory that this process has held, in MiB; 0 where the system does not tell.
fn memory_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let number = line.and_then(|it| it.split_whitespace().next()).and_then(|it| it.parse::<u64>().ok());
    number.map_or(0, |it| it / 1024)
}
