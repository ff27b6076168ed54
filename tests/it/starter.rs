//! The project that `init` writes: what its file suggests works, and what an office changes in it is said in one place.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use crate::desk::Desk;

const PROJECT: &str = "college/huibian.yaml";

/// The lines of the project file that suggest something: a comment that is a key as it should be written.
fn suggested(text: &str) -> Vec<(usize, String)> {
    let key = |line: &str| {
        let bare = line.trim_start();
        let rest = bare.strip_prefix("# ")?;
        let (key, _) = rest.split_once(':')?;
        let is_key = !key.is_empty() && key.chars().all(|it| it.is_ascii_lowercase() || it == '_');
        is_key.then(|| format!("{}{rest}", &line[..line.len() - bare.len()]))
    };
    text.lines().enumerate().filter_map(|(n, line)| Some((n, key(line)?))).collect()
}

/// The errors and queries of the project, as `code message`.
fn troubles(desk: &Desk) -> Vec<String> {
    let findings = desk.run(&["check", "college", "--format", "json"]).findings();
    let severe = findings.iter().filter(|it| it["severity"] != "note");
    severe.map(|it| format!("{} {} {}", it["code"], it["message"], it["hint"])).collect()
}

fn text(desk: &Desk, path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap();
    String::from_utf8(desk.files(folder)[name].clone()).unwrap()
}

#[test]
fn every_line_that_the_starter_suggests_works_by_itself_and_with_all_others() {
    let desk = Desk::new("starter");
    desk.copy("fixtures/starter", "college");
    let whole = text(&desk, PROJECT);
    let suggested = suggested(&whole);
    let keys: Vec<&str> =
        suggested.iter().filter_map(|it| it.1.trim().split_once(':')).map(|it| it.0).collect();
    assert_eq!(keys, ["codes", "regulations", "statistics", "summaries"]);
    let with = |chosen: &[(usize, String)]| {
        let line = |(n, line): (usize, &str)| {
            chosen.iter().find(|it| it.0 == n).map_or(line.to_owned(), |it| it.1.clone())
        };
        whole.lines().enumerate().map(line).collect::<Vec<_>>().join("\n") + "\n"
    };
    for chosen in suggested.chunks(1).chain([&*suggested]) {
        desk.write(PROJECT, with(chosen));
        assert_eq!(troubles(&desk), [""; 0], "{chosen:?}");
    }
    let built = desk.run(&["build", "college", "--out", "out"]).expect(0);
    let made = desk.files("out");
    for kind in ["forms/", "statistics/", "summaries/"] {
        assert!(made.keys().any(|it| it.starts_with(kind)), "{kind}: {}", built.stdout);
    }
}

#[test]
fn what_the_starter_excuses_excuses_nobody_else() {
    let desk = Desk::new("starter-excused");
    desk.copy("fixtures/starter", "college");
    desk.patch("college/基层党组织.yaml", "简称: 示例学院党委", "简称: 甲学院党委");
    desk.patch(
        "college/基层党组织.yaml",
        "名称: 中共示例理工大学示例学院委员会",
        "名称: 中共甲大学甲学院委员会",
    );
    let troubles = troubles(&desk);
    assert!(troubles.iter().any(|it| it.contains("returns-name-unknown")), "{troubles:?}");
}

#[test]
fn an_office_says_once_how_long_its_codes_are() {
    let desk = Desk::new("starter-codes");
    desk.copy("fixtures/starter", "college");
    desk.patch("college/基层党组织.yaml", "\"0100\"", "\"320100\"");
    let branches = "college/收回表格/示例学院/党支部.csv";
    desk.write(
        branches,
        text(&desk, branches).replace(",0100", ",320100").replace("32010001,", "320100001,"),
    );
    desk.write(branches, text(&desk, branches).replace("32010002,", "320100002,"));
    // A roster that gives the codes of branches, as numbers without the quotes that would keep zeros.
    let talks = "college/收回表格/示例学院/谈心谈话.csv";
    desk.write(
        talks,
        "党支部编码,谈话时间,谈话人,谈话对象,谈话内容\n320100002,2026年3月5日,罗雅琴,李雨桐,学习和生活\n",
    );
    desk.patch(PROJECT, "谈心谈话, ", "");
    let said = troubles(&desk);
    let hints = [
        "应为4位，现为6位；本单位的编码都是另一个位数的，请在 huibian.yaml 中写“codes: {基层党组织: 位数}”",
        "应为6位，现为9位；前4位是所属分党委的编号，后2位是序号；本单位的编码都是另一个位数的",
        "应为6位，现为9位；前4位是所属分党委的编号，后2位是序号。",
    ];
    for hint in hints {
        assert!(said.iter().any(|it| it.contains(hint)), "{hint}: {said:?}");
    }
    desk.patch(PROJECT, "# codes: {基层党组织: 4, 党支部: 6}", "codes: {基层党组织: 6, 党支部: 9}");
    assert_eq!(troubles(&desk), [""; 0]);
    for (wrong, said) in [
        ("{分党组: 6}", "没有名为“分党组”"),
        ("{党支部: 九}", "编码位数应为1至30的整数"),
        ("六位", "“codes”应为键值"),
        ("{谈心谈话: 6}", "没有名为“谈心谈话”"),
    ] {
        let whole = text(&desk, PROJECT);
        desk.patch(PROJECT, "codes: {基层党组织: 6, 党支部: 9}", &format!("codes: {wrong}"));
        let troubles = troubles(&desk);
        assert!(troubles.len() <= 2 && troubles.iter().any(|it| it.contains(said)), "{wrong}: {troubles:?}");
        desk.write(PROJECT, whole);
    }
}
