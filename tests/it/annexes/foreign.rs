//! Other programs open the forms that were filled; it speaks when `HUIBIAN_FOREIGN=1`, and they are then not to be missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{bare, drafted, wants};
use crate::desk::{Desk, ran, repository};

/// All blanks, of which records there is one each, and what the first of them says.
const ANNEXES: [(&str, &str, &str); 12] = [
    ("附件1-党员信息采集表", "党员", "冯雪"),
    ("附件2-优秀共产党员推荐表", "党员", "冯雪"),
    ("附件3-党支部基本情况登记表", "党支部", "甲学院党支部"),
    ("附件4-样板支部创建申报书", "样板支部申报", "甲学院党支部"),
    ("附件5-接收预备党员支部大会记录", "党员发展", "孙丽"),
    ("附件6-发展党员材料核对表", "党员发展", "孙丽"),
    ("附件7-预备党员转正审批表", "党员发展", "孙丽"),
    ("附件8-支部换届结果备案表", "党支部", "选举李文静同志为书记"),
    ("附件9-党员身份证明信", "党员", "兹有冯雪同志，女，汉族"),
    ("附件10-支部党员评议汇总表", "党支部", "（十）蒋涛男S10"),
    ("附件11-支部三年数据表", "党支部", "甲学院党支部"),
    ("附件12-支部结对共建备案表", "党支部", "学校名称：示例理工大学"),
];
/// How many forms there are of each: ten members, two branches, one application, three who were received.
const N_FORMS: usize = 10 * 3 + 2 * 5 + 1 + 3 * 3;
/// The blank that may grow, as there are more measures than rows.
const GROWN: [&str; 1] = ["附件4-样板支部创建申报书"];
const APPLICATION: &str = "fixtures/university/applications/物理学院光电工程系教师党支部.yaml";

/// Opens documents with python-docx and counts them, and in them what is left of expressions.
const OPEN: &str = "\
import pathlib, sys
import docx
n = 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.docx')):
    made = docx.Document(str(path))
    said = [it.text for it in made.paragraphs]
    said += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert any(it.strip() for it in said), path
    assert not any('{{' in it or '{%' in it for it in said), path
    n += 1
print(n)
";

#[test]
fn python_opens_every_form_and_libreoffice_prints_them_on_as_many_pages_as_the_blank() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = bare("foreign");
    let application = std::fs::read_to_string(repository(APPLICATION)).unwrap();
    desk.write("data/申报.yaml", application.replace("物理学院光电工程系教师党支部", "甲支部"));
    ANNEXES.iter().for_each(|(form, of, _)| drafted(&desk, form, of));
    wants(&desk, &ANNEXES.map(|it| it.0));
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let forms = desk.path("out/forms");
    let opened = ran(Command::new("python3").args(["-c", OPEN]).arg(&forms)).expect(0);
    assert_eq!(opened.stdout.trim(), N_FORMS.to_string());
    let firsts: Vec<(&str, PathBuf)> = ANNEXES.iter().map(|it| (it.0, first(&desk, it.0))).collect();
    let blanks = ANNEXES.map(|it| repository(&format!("fixtures/annexes/{}.docx", it.0)));
    printed(&desk, &blanks, "blank");
    printed(&desk, &firsts.iter().map(|it| it.1.clone()).collect::<Vec<_>>(), "filled");
    for (form, filled) in firsts {
        let before = desk.path(&format!("blank/{form}.pdf"));
        let name = filled.file_stem().unwrap().to_string_lossy().into_owned();
        let after = desk.path(&format!("filled/{name}.pdf"));
        let (before, after) = (pages(&before), pages(&after));
        if GROWN.contains(&form) {
            assert!(after >= before, "{form}: {before}, {after}");
        } else {
            assert_eq!(before, after, "{form}");
        }
        let text = poppler("pdftotext", &desk.path(&format!("filled/{name}.pdf")), &["-raw", "-"]);
        let text: String = text.split_whitespace().collect();
        let (_, _, value) = ANNEXES.iter().find(|it| it.0 == form).unwrap();
        assert!(text.contains(value), "{form}: “{value}” in {text}");
    }
}

/// The first form of a blank.
fn first(desk: &Desk, form: &str) -> PathBuf {
    let all = desk.files(&format!("out/forms/{form}"));
    let path = all.keys().find(|it| it.ends_with(".docx")).unwrap_or_else(|| panic!("{form}"));
    desk.path(&format!("out/forms/{form}/{path}"))
}

/// Prints documents with LibreOffice.
fn printed(desk: &Desk, documents: &[PathBuf], folder: &str) {
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(desk.path(folder));
    ran(office.args(documents)).expect(0);
}

fn pages(file: &Path) -> usize {
    let told = poppler("pdfinfo", file, &[]);
    let pages = told.lines().find_map(|it| it.strip_prefix("Pages:")).unwrap_or_else(|| panic!("{told}"));
    pages.trim().parse().unwrap()
}

fn poppler(program: &str, file: &Path, more: &[&str]) -> String {
    ran(Command::new(program).arg(file).args(more)).expect(0).stdout
}
