//! Forms that other programs have filled in and saved; it speaks when `HUIBIAN_FOREIGN=1`.

use std::process::Command;

use super::{checked, found, sent_out};
use crate::desk::{Desk, ran};

const BOOK: &str = "示例学院党委/示例学院党委填报表.xlsx";
/// Fills in an honour: the column by its mark, in the first row below the heading.
const SCRIPT: &str = "\
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book['表彰奖励']
columns = {cell.value: cell.column for cell in sheet[1]}
filled = {'branch': '示例学院软件工程系教师党支部', 'recipient_kind': '党支部', 'recipient': '软件工程系教师党支部',
          'name': '先进基层党组织', 'category': '先进党组织', 'level': '校级', 'awarded': '2026-03',
          'awarding_body': '中共示例理工大学委员会'}
for column, text in filled.items():
    sheet.cell(row=6, column=columns[column], value=text)
book.save(sys.argv[2])
";

#[test]
fn marks_outlive_openpyxl_and_libreoffice_in_every_format() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("collection-foreign");
    desk.copy("fixtures/starter", "college");
    let forms = sent_out(&desk, "college");
    desk.write("form.xlsx", &forms[BOOK]);
    desk.write("fill.py", SCRIPT);
    let path = |name: &str| desk.path(name).to_string_lossy().into_owned();
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    ran(Command::new(python).args([path("fill.py"), path("form.xlsx"), path("filled.xlsx")])).expect(0);
    desk.remove("college/收回表格/示例学院/表彰奖励.csv");
    for table in ["述职评议考核", "支委成员", "负面清单"] {
        desk.remove(&format!("college/收回表格/示例学院/{table}.csv"));
    }
    let mut seen = Vec::new();
    for ending in ["xlsx", "ods", "xls"] {
        let out = path(&format!("saved-{ending}"));
        let arguments = ["--headless", "--convert-to", ending, "--outdir", &out, &path("filled.xlsx")];
        ran(Command::new("soffice").args(arguments)).expect(0);
        let bytes = std::fs::read(desk.path(&format!("saved-{ending}/filled.{ending}"))).unwrap();
        let place = format!("college/收回表格/示例学院/填报表.{ending}");
        desk.write(&place, bytes);
        let (session, checked) = checked(&desk, "college");
        let forms: Vec<usize> = checked.dataset.files.values().map(|it| it.sent.len()).collect();
        assert_eq!(forms.iter().max(), Some(&SHEETS), "{ending}: {forms:?}");
        let honours = checked.dataset.schemas.index("honours").unwrap();
        assert_eq!(checked.dataset.n_rows(honours), 1, "{ending}");
        seen.push(found(&session).into_iter().map(|it| it.replace(ending, "")).collect::<Vec<_>>());
        desk.remove(&place);
    }
    assert!(seen.iter().all(|it| *it == seen[0]), "{seen:#?}");
    let of_forms = seen[0].iter().filter(|it| it.starts_with("form-") || it.starts_with("heading-"));
    assert_eq!(of_forms.count(), 0, "{seen:#?}");
}

/// The forms of the college.
const SHEETS: usize = 5;
