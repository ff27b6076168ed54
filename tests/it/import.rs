//! `huibian import`: Word documents become Markdown that reads as they do.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what fails here fails the test; fixtures are read"
)]

use std::fs;
use std::process::Command;

use crate::desk::{Desk, Ran, ran, repository};

const TRACKED: &str = "党员活动室管理办法";
/// Three whose numbers are Word's own, and one in which they are typed; two were saved by LibreOffice.
const REGULATIONS: [&str; 4] = [
    "10-谈心谈话实施办法",
    "19-党员志愿服务积分管理办法",
    "25-党建工作立项管理办法",
    "27-党支部标准化建设考核办法",
];

#[test]
fn a_document_with_tracked_changes_imports_to_what_it_says_once_they_are_accepted() {
    let desk = desk_with("import-tracked", "fixtures/word", &[&format!("{TRACKED}.docx")]);
    let ran = import(&desk, TRACKED).expect(0);
    assert!(ran.stdout.contains("11段有修订痕迹，按接受全部修订后的内容采用"), "{}", ran.stdout);
    assert!(ran.stdout.contains("补上制定机关、印发日期、施行日期、层级、状态、类别"), "{}", ran.stdout);
    let (front, body) = parts(&desk, TRACKED);
    assert!(front.starts_with("title: 示例理工大学党员活动室管理办法 # 取自正文，请核对\n"), "{front}");
    assert!(front.contains("\nissuer:      # 请填制定机关\n"), "{front}");
    let wanted = fs::read_to_string(repository("fixtures/word").join(format!("{TRACKED}.md"))).unwrap();
    assert_eq!(body, format!("示例理工大学党员活动室管理办法\n\n{wanted}"));
}

#[test]
fn what_is_imported_reads_as_the_document_does() {
    let files: Vec<String> =
        REGULATIONS.iter().flat_map(|it| [format!("{it}.docx"), format!("{it}.yaml")]).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let desk = desk_with("import-regulations", "fixtures/university/regulations", &files);
    for name in REGULATIONS {
        import(&desk, name).expect(0);
        let (front, body) = parts(&desk, name);
        let beside = fs::read_to_string(desk.path(&format!("{name}.yaml"))).unwrap();
        assert_eq!(front, beside);
        let same = desk.run(&["diff", &format!("{name}.docx"), &format!("{name}.md")]).expect(0);
        assert!(same.stdout.contains("没有差别"), "{name}\n{}", same.stdout);
        // The text that the document was made from, which has no title and head note.
        let source = repository("fixtures/make/regulations").join(format!("{name}.md"));
        let source = fs::read_to_string(source).unwrap();
        let typed = source.splitn(3, "---\n").nth(2).unwrap().trim();
        let read = body.splitn(3, "\n\n").nth(2).unwrap().trim();
        assert_eq!(read, typed, "{name}");
    }
}

#[test]
fn front_matter_is_drafted_from_the_head_note() {
    let name = REGULATIONS[1];
    let desk = desk_with("import-draft", "fixtures/university/regulations", &[&format!("{name}.docx")]);
    import(&desk, name).expect(0);
    let (front, _) = parts(&desk, name);
    for line in [
        "title: 示例理工大学党员志愿服务积分管理办法（试行） # 取自正文，请核对",
        "number: 示理工党组〔2023〕16号 # 取自正文，请核对",
        "issued: 2023-09-18 # 取自正文，请核对",
        "in_force: 2023-09-18 # 取自正文，请核对",
        "state: 试行    # 取自正文，请核对",
    ] {
        assert!(front.lines().any(|it| it == line), "{line} in\n{front}");
    }
}

#[test]
fn a_month_of_the_head_note_is_drafted_as_a_month() {
    let name = REGULATIONS[2];
    let desk = desk_with("import-month", "fixtures/university/regulations", &[&format!("{name}.docx")]);
    desk.patch_workbook(&format!("{name}.docx"), "2024年3月6日印发", "2024年3月印发");
    import(&desk, name).expect(0);
    let (front, _) = parts(&desk, name);
    let line = "issued: 2024-03 # 取自正文，没有写明日，请核对补全";
    assert!(front.lines().any(|it| it == line), "{line} in\n{front}");
}

#[test]
fn nothing_is_overwritten_and_what_is_no_document_is_refused() {
    let desk = desk_with("import-refused", "fixtures/word", &[&format!("{TRACKED}.docx")]);
    let file = format!("{TRACKED}.docx");
    desk.write(&format!("{TRACKED}.md"), "已经校对过");
    assert!(import(&desk, TRACKED).expect(2).stderr.contains("已经存在，没有写入"));
    assert_eq!(fs::read_to_string(desk.path(&format!("{TRACKED}.md"))).unwrap(), "已经校对过");
    desk.run(&["import", &file, "--out", "另存.md"]).expect(0);
    assert!(desk.path("另存.md").is_file());
    desk.write("旧.doc", "");
    assert!(desk.run(&["import", "旧.doc"]).expect(2).stderr.contains("另存为 docx"));
    desk.write("坏.docx", "第一条");
    let ran = desk.run(&["import", "坏.docx"]).expect(2);
    assert!(ran.stdout.contains("无法读取") && !desk.path("坏.md").exists(), "{}", ran.stdout);
    desk.run(&["import", "没有.docx"]).expect(2);
}

#[test]
fn two_documents_are_compared_as_they_are() {
    let desk =
        desk_with("import-diff", "fixtures/word", &[&format!("{TRACKED}.docx"), &format!("{TRACKED}.md")]);
    let text = fs::read_to_string(desk.path(&format!("{TRACKED}.md"))).unwrap();
    desk.write("新.md", format!("---\ntitle: 示例理工大学{TRACKED}\nissuer: 校党委\nissued: 2024-05-20\nin_force: 2024-05-20\nlevel: 学校\nstate: 现行\ncategory: 保障\n---\n\n{}", text.replace("提前2天", "提前3天")));
    let ran = desk.run(&["diff", &format!("{TRACKED}.docx"), "新.md", "--out", "对照"]).expect(0);
    assert!(ran.stdout.contains("修改1处，序号变动0处，新增2处，删去0处"), "{}", ran.stdout);
}

/// Shapes of numbers in which LibreOffice agrees with Word.
const SHAPES: [&str; 7] = [
    "japaneseCounting",
    "decimal",
    "decimalEnclosedCircle",
    "ideographTraditional",
    "chineseLegalSimplified",
    "upperRoman",
    "lowerLetter",
];

#[test]
fn libreoffice_shows_the_words_and_numbers_that_are_imported() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let files: Vec<String> = REGULATIONS.iter().map(|it| format!("{it}.docx")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let desk = desk_with("import-foreign", "fixtures/university/regulations", &files);
    let mut names: Vec<String> = REGULATIONS.map(str::to_owned).to_vec();
    for shape in SHAPES {
        desk.write(&format!("{shape}.docx"), fs::read(desk.path(files[2])).unwrap());
        desk.patch_workbook(&format!("{shape}.docx"), "chineseCountingThousand", shape);
        names.push(shape.to_owned());
    }
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut office = Command::new("soffice");
    office.args([&*profile, "--headless", "--convert-to", "txt:Text", "--outdir"]).arg(desk.path("txt"));
    ran(office.args(names.iter().map(|it| desk.path(&format!("{it}.docx"))))).expect(0);
    for name in names {
        import(&desk, &name).expect(0);
        let shown = fs::read_to_string(desk.path(&format!("txt/{name}.txt"))).unwrap();
        assert_eq!(words(&parts(&desk, &name).1), words(&shown), "{name}");
    }
}

/// A text without white space and the strokes of tables.
fn words(text: &str) -> String {
    let text = text.trim_start_matches('\u{FEFF}').replace("---|", "");
    text.chars().filter(|it| !it.is_whitespace() && *it != '|').collect()
}

fn desk_with(name: &str, folder: &str, files: &[&str]) -> Desk {
    let desk = Desk::new(name);
    for file in files {
        desk.write(file, fs::read(repository(folder).join(file)).unwrap());
    }
    desk
}

fn import(desk: &Desk, name: &str) -> Ran {
    desk.run(&["import", &format!("{name}.docx")])
}

/// The front matter and the body of what was imported.
fn parts(desk: &Desk, name: &str) -> (String, String) {
    let text = fs::read_to_string(desk.path(&format!("{name}.md"))).unwrap();
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("---\n\n").unwrap();
    (front.to_owned(), body.to_owned())
}
