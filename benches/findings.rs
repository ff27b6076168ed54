//! How long it takes to say much: a roster of ten thousand with a thousand mistakes, checked by the program itself.
//!
//! `cargo bench --bench findings` prints the time, the most memory and the size of the report. What it may take at most, 3 s
//! and 300 MB, is what it is held to: beyond that the benchmark fails.
#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock and the system")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has to stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use huibian::{Judging, Session};

const N_ROWS: usize = 10_000;
/// Every so many rows something is wrong.
const EVERY: usize = 10;
const N_BRANCHES: usize = 100;
/// How many times it is checked; the fastest counts.
const N_RUNS: usize = 3;
const TIME_MAX: Duration = Duration::from_secs(3);
const MEBIBYTES_MAX: u64 = 300;

const PROJECT: &str = "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {from: 2024-01-01, to: 2024-12-31}\n\
as_of: 2024-12-31\nsources: [data]\nreturns: [{absent: none}]\ndocuments: {ledgers: [党员]}\n";

fn main() {
    let folder = std::env::temp_dir().join(format!("huibian-findings-{}", std::process::id()));
    write(&folder);
    let runs = [(); N_RUNS].map(|()| checked(&folder));
    let (took, n_findings) = runs.into_iter().min().unwrap();
    let report = std::fs::metadata(folder.join("out/report.html")).unwrap().len();
    let memory = most_memory();
    std::fs::remove_dir_all(&folder).unwrap();
    let said = memory.map_or_else(|| "not known here".to_owned(), |it| format!("{it} MiB"));
    println!(
        "{N_ROWS} rows with {n_findings} findings: {took:.1?}, at most {said} of memory, a report of {} KiB",
        report / 1024
    );
    assert!(n_findings >= N_ROWS / EVERY, "the mistakes are found");
    assert!(took <= TIME_MAX, "it takes longer than {TIME_MAX:?}");
    assert!(memory.is_none_or(|it| it <= MEBIBYTES_MAX), "it takes more than {MEBIBYTES_MAX} MiB");
}

/// Checks the project, and gives how long it took and how much was found.
fn checked(folder: &Path) -> (Duration, usize) {
    let start = Instant::now();
    let mut session = Session::default();
    let checked = session.check(folder, &Judging::default()).unwrap();
    session.publish_check(&checked, &folder.join("out")).unwrap();
    (start.elapsed(), session.report.findings().len())
}

/// The most memory that this process has held, where the system says so.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// What names are made of: a mistake that is the same everywhere would be one finding.
const NAMES: [&str; 3] = [
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗",
    "文志晓建国海明丽敏静伟芳娜强磊军洋勇艳杰涛",
    "华平英霞云峰龙玲辉鹏飞红梅兰凤洁琳斌宇浩凯",
];

/// The name of the person in a row.
fn name(row: usize) -> String {
    let mut rest = row;
    let letter = |it: &str| {
        let letters: Vec<char> = it.chars().collect();
        let letter = letters[rest % letters.len()];
        rest /= letters.len();
        letter
    };
    NAMES.map(letter).iter().collect()
}

/// The project: committees and branches, and their members, of whom every tenth has one of four mistakes.
fn write(folder: &Path) {
    std::fs::create_dir_all(folder.join("data")).unwrap();
    std::fs::write(folder.join("huibian.yaml"), PROJECT).unwrap();
    let mut structure = "基层党组织:\n  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委, 最近换届时间: 2022-06-01}\n党支部:\n".to_owned();
    let n_members = N_ROWS / N_BRANCHES;
    for branch in 0..N_BRANCHES {
        writeln!(structure, "  - {{党支部编码: \"01{branch:04}\", 党支部名称: 甲学院第{branch}党支部, 简称: 第{branch}支部, 所属分党委: 甲学院党委, 支部类型: 学生党支部, 支部具体类型: 硕士生党支部, 成立时间: 2010年7月, 最近换届时间: 2023年9月, 应换届时间: 2026年9月, 党支部书记: 李文静, 党员总数: {n_members}, 正式党员数: {n_members}, 预备党员数: 0}}").unwrap();
    }
    std::fs::write(folder.join("data/党组织.yaml"), structure).unwrap();
    let mut members = "学工号,姓名,性别,民族,出生日期,学历,人员类别,年级类别,工作岗位,党籍状态,入党时间,转正时间,党费交纳情况,所在党支部\n".to_owned();
    for row in 0..N_ROWS {
        let wrong = (row % EVERY == 0).then_some(row / EVERY % 4);
        let written = |at: usize, right: &str, slip: &str| match wrong == Some(at) {
            true => format!("{slip}{row}"),
            false => right.to_owned(),
        };
        let [sex, born] = [written(0, "女", "汝"), written(1, "2002-03-04", "2002-13-")];
        let [joined, people] = [written(2, "2022-06-01", "见档案"), written(3, "汉族", "某族")];
        let name = name(row);
        writeln!(members, "S{row:05},{name},{sex},{people},{born},大学本科,硕士生,其他年级,学生,正式党员,{joined},2023-06-01,按时交纳,第{}支部", row / n_members).unwrap();
    }
    std::fs::write(folder.join("data/党员.csv"), members).unwrap();
}
