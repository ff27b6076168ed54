//! One cause that shows in a whole sheet, or in all tables of a sender, is said once and by its name.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use crate::desk::{Desk, problems};

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2025-01-01, to: 2025-12-31}
as_of: 2025-12-31
sources: [data]
";
const ORGANISATIONS: &str = "\
编号,名称,简称,所属单位,组织类别,成立时间,最近换届时间,应换届时间
0100,中共示例理工大学甲学院委员会,甲学院党委,甲学院,党委,2000年9月,2022年6月,2027年6月
";
const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,应换届时间,党支部书记,党员总数,正式党员数,预备党员数
010001,甲学院教师党支部,教师支部,甲学院党委,教师党支部,2010年7月,2024年10月,2027年10月,张晓明,12,12,0
";
const NAMES: [&str; 12] = [
    "张晓明",
    "李文静",
    "王芳",
    "赵磊",
    "刘洋",
    "陈志远",
    "黄海",
    "周明远",
    "郑若溪",
    "吴启明",
    "冯晓东",
    "陈立群",
];

/// The number of the person in a row, who was born in a year of its own.
fn number(row: usize) -> String {
    format!("0{}", 20050 + row)
}

fn born(row: usize) -> usize {
    1970 + row
}

/// A number with a valid check digit, of a region that does not exist; men.
fn identity(row: usize) -> String {
    let seventeen = format!("999901{}010100{}", born(row), 2 * (row % 5) + 1);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = seventeen.chars().map(|it| it.to_digit(10).unwrap());
    let sum: u32 = digits.zip(weights).map(|it| it.0 * it.1).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
    format!("{seventeen}{check}")
}

/// A table as lines of cells, the heading first.
type Lines = Vec<Vec<String>>;

fn lines(head: &str, row: impl Fn(usize) -> Vec<String>) -> Lines {
    let head = head.split(',').map(str::to_owned).collect();
    std::iter::once(head).chain((0..NAMES.len()).map(row)).collect()
}

fn cells(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

fn roster() -> Lines {
    let head = "序号,学工号,姓名,身份证号码,性别,民族,出生日期,学历,人员类别,所在党支部,党籍状态,入党时间,转正时间,籍贯,职称,职称级别";
    lines(head, |row| {
        let (year, name) = (born(row), NAMES[row]);
        cells(&format!(
            "{},{},{name},{},男,汉族,{year}-01-01,研究生,在职教工,教师支部,正式党员,{}-06-01,{}-06-01,{},副教授,副高级",
            row + 1,
            number(row),
            identity(row),
            year + 25,
            year + 26,
            ["湖南长沙", "山东省青岛市", "江苏"][row % 3]
        ))
    })
}

fn fees() -> Lines {
    lines("序号,学工号,姓名,缴费类型,缴费起始月份,缴费截止月份,缴费金额", |row| {
        cells(&format!("{},{},{},正常缴纳,2025年1月,2025年12月,10", row + 1, number(row), NAMES[row]))
    })
}

fn appraisals() -> Lines {
    lines("序号,学工号,姓名,年度,评议结果,所在党支部", |row| {
        cells(&format!("{},{},{},2024,合格,教师支部", row + 1, number(row), NAMES[row]))
    })
}

fn talks() -> Lines {
    let head = "序号,所在党支部,谈话人,谈话对象,谈话类别,谈话时间,谈话地点,谈话内容";
    lines(head, |row| {
        let (day, name) = (row + 1, NAMES[1 + row % 11]);
        cells(&format!(
            "{day},教师支部,张晓明,{name},委员与党员,2025-03-{day:02},党员活动室,了解{name}近期的工作和思想"
        ))
    })
}

/// The tables that a change may change.
struct Tables {
    organisations: String,
    roster: Lines,
    fees: Lines,
    appraisals: Lines,
    talks: Lines,
}

fn swap(lines: &mut Lines, a: &str, b: &str) {
    let at = |title: &str| lines[0].iter().position(|it| it == title).unwrap();
    let (a, b) = (at(a), at(b));
    lines[0].swap(a, b);
}

/// A change, and what is said after it.
type Case = (&'static str, fn(&mut Tables), &'static [&'static str]);

const CASES: [Case; 14] = [
    ("nothing", |_| {}, &[]),
    (
        "the headings of two columns exchanged",
        |it| swap(&mut it.roster, "姓名", "学工号"),
        &["query headings-exchanged 党员!C1"],
    ),
    (
        "names and places of origin exchanged",
        |it| swap(&mut it.roster, "姓名", "籍贯"),
        &["query headings-exchanged 党员!N1"],
    ),
    (
        "places of origin and titles exchanged",
        |it| swap(&mut it.roster, "籍贯", "职称"),
        &["query headings-exchanged 党员!O1"],
    ),
    (
        "who spoke and what was said exchanged",
        |it| swap(&mut it.talks, "谈话人", "谈话内容"),
        &["query headings-exchanged 谈心谈话!H1"],
    ),
    (
        "a branch and a text exchanged",
        |it| swap(&mut it.talks, "所在党支部", "谈话内容"),
        &["query headings-exchanged 谈心谈话!H1"],
    ),
    (
        "a number in the roster that all others write otherwise",
        |it| it.roster[5][1] = "098765".to_owned(),
        &["error number-differs 党员!B6"],
    ),
    (
        "a number in the roster that one other table writes otherwise",
        |it| {
            it.roster[12][1] = "098765".to_owned();
            it.appraisals.truncate(12);
        },
        &["error unknown-reference 党费收缴!B13"],
    ),
    (
        "the headings of two columns of dates exchanged",
        |it| swap(&mut it.roster, "出生日期", "入党时间"),
        &["error dates-exchanged 党员!L1"],
    ),
    (
        "a column a row too low",
        |it| {
            for row in (2..it.roster.len()).rev() {
                it.roster[row][6] = it.roster[row - 1][6].clone();
            }
        },
        &["error identity-born-differs 党员!G3"],
    ),
    (
        "a roster without leading zeros",
        |it| {
            it.roster.iter_mut().skip(1).for_each(|row| row[1] = row[1].trim_start_matches('0').to_owned());
        },
        &["query leading-zeros-lost 党员!B2"],
    ),
    (
        "half of the roster",
        |it| it.roster.truncate(7),
        &["error members-counted-differ 党支部!J2", "error unknown-reference 评议结果!B8"],
    ),
    (
        "rows lost within a table",
        |it| {
            it.fees.drain(5..7);
        },
        &["query fees-unpaid 党员!B6", "query fees-unpaid 党员!B7", "query numbers-leap 党费收缴!A6"],
    ),
    (
        "a committee under another name",
        |it| it.organisations = it.organisations.replace("甲学院", "乙学院"),
        &["error unknown-reference 党支部!D2"],
    ),
];

fn text(lines: &Lines) -> String {
    lines.iter().map(|it| it.join(",") + "\n").collect()
}

#[test]
fn a_cause_is_said_once_and_its_consequences_are_not() {
    let mut faults = Vec::new();
    for (name, change, expected) in CASES {
        let desk = Desk::new("causes");
        let mut tables = Tables {
            organisations: ORGANISATIONS.to_owned(),
            roster: roster(),
            fees: fees(),
            appraisals: appraisals(),
            talks: talks(),
        };
        change(&mut tables);
        desk.write("huibian.yaml", PROJECT);
        desk.write("data/基层党组织.csv", tables.organisations);
        desk.write("data/党支部.csv", BRANCHES);
        desk.write("data/党员.csv", text(&tables.roster));
        desk.write("data/党费收缴.csv", text(&tables.fees));
        desk.write("data/评议结果.csv", text(&tables.appraisals));
        desk.write("data/谈心谈话.csv", text(&tables.talks));
        let found = problems(&desk.run(&["check", ".", "--format", "json"]).findings());
        let found: Vec<String> =
            found.iter().map(|it| it.replace("data/", "").replace(".csv -!", "!")).collect();
        if found != expected {
            faults.push(format!("{name}: {found:#?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_column_that_one_committee_leaves_empty_is_asked_of_it_once() {
    let roster = |number: char,
                  branch: &str,
                  confirmed: &dyn Fn(usize) -> String,
                  n_probationary: usize|
     -> String {
        let row = |at: usize| {
            let (status, confirmed) = if at < n_probationary {
                ("预备党员", String::new())
            } else {
                ("正式党员", confirmed(at))
            };
            format!(
                "{number}{at},{},男,汉族,{}-01-01,研究生,在职教工,{branch},{status},2024-06-01,{confirmed}\n",
                NAMES[at],
                born(at)
            )
        };
        (0..NAMES.len()).map(row).collect()
    };
    let head = "学工号,姓名,性别,民族,出生日期,学历,人员类别,所在党支部,党籍状态,入党时间,转正时间\n";
    let given = |_: usize| "2025-06-01".to_owned();
    let project = PROJECT.replace("sources", "documents: {statistics: [ministry]}\nsources");
    for (own, n_probationary, wanted) in [
        (&given as &dyn Fn(usize) -> String, 5, None),
        // Those who are on probation have nothing to give.
        (&|_| String::new(), 5, Some("“党员”表的“转正时间”，乙学院党委应填的7条记录都没有填")),
        (&|_| String::new(), 12, None),
        (&|at| if at == 11 { "2025-06-01".to_owned() } else { String::new() }, 5, None),
    ] {
        let desk = Desk::new("vacant");
        desk.write("huibian.yaml", &project);
        let second =
            "0200,中共示例理工大学乙学院委员会,乙学院党委,乙学院,党委,2000年9月,2022年6月,2027年6月\n";
        desk.write("data/基层党组织.csv", format!("{ORGANISATIONS}{second}"));
        let second = "020001,乙学院教师党支部,乙支部,乙学院党委,教师党支部,2010年7月,2024年10月,2027年10月,张晓明,12,10,2\n";
        desk.write("data/党支部.csv", format!("{BRANCHES}{second}"));
        let rosters = roster('A', "教师支部", &given, 5) + &roster('B', "乙支部", own, n_probationary);
        desk.write("data/党员.csv", format!("{head}{rosters}"));
        let found = desk.run(&["check", ".", "--format", "json"]).findings();
        let vacant: Vec<_> = found.iter().filter(|it| it["code"] == "column-vacant").collect();
        let told: Vec<&str> = vacant.iter().filter_map(|it| it["message"].as_str()).collect();
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{told:?}");
        assert!(told.iter().zip(wanted).all(|(told, wanted)| told.starts_with(wanted)), "{told:?}");
    }
}
