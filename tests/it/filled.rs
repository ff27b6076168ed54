//! A workbook by openpyxl with everything that can tell cells, filled by us, opened by openpyxl and computed by LibreOffice; it speaks
//! when `HUIBIAN_FOREIGN=1`, and both are then not to be missing.
#![expect(clippy::disallowed_methods, reason = "the test asks the environment and runs programs")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::process::Command;

use crate::desk::{Desk, ran, repository};
use ooxml::{Filler, Limits, NewRows, Prepared, Put};

/// LibreOffice computes whatever it opens.
const COMPUTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Fourteen rows have come into the eight that were prepared.
const SEEN: &str = "lost [] new []
computed 71 表二!B7=None 表二!B8=None
merged A19:C19 A1:K1 A21:K21 D3:G3 J18:K18
merged rows 14
printed '表一'!$A$1:$K$23 $3:$4 A4:K18 C5 [20]
valid C5:C18 \"甲类,乙类\" E5:E18 =E5<=D5
valid C2:C5 =表一!$B$5:$B$18
formats D5:G18 [['$D5>100']] D19:F19 [['$A$23']]
notes B3 填全称 D19 等于各行之和
links A23 https://example.org/ A11 表一!A21 A12 #表一!A21
names 男 表一!$E$5:$E$18 说明 表一!$A$21
charts 25 '表一'!$E$5:$E$18
charts 1 '表一'!$D$19:$F$19
looks [None, 21.0, 21.0, None] thin 0.00% 2020-05-03 yyyy\\-mm\\-dd
";

#[test]
fn a_prescribed_workbook_is_filled_and_other_programs_agree() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("prescribed");
    let (blank, filled) = (desk.path("blank.xlsx"), desk.path("filled.xlsx"));
    ran(Command::new("python3").arg(repository("tests/filled/blank.py")).arg(&blank)).expect(0);
    desk.write("filled.xlsx", fill(&std::fs::read(&blank).unwrap()));
    desk.write("profile/user/registrymodifications.xcu", COMPUTE);
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]);
    ran(office.arg(desk.path("again")).arg(&filled)).expect(0);
    let mut python = Command::new("python3");
    python.arg(repository("tests/filled/seen.py")).args([blank, filled, desk.path("again/filled.xlsx")]);
    assert_eq!(ran(&mut python).expect(0).stdout, SEEN);
}

fn fill(blank: &[u8]) -> Vec<u8> {
    const WANTED: u32 = 14;
    let mut filler = Filler::open(blank, &Limits::STANDARD).unwrap();
    assert_eq!(filler.make_room("表一", Prepared { first: 4, last: 11 }, WANTED).unwrap(), 6);
    for number in 0..WANTED {
        let mut put = |col, put: Put| filler.put("表一", (4 + number, col), &put).unwrap();
        put(1, Put::Text(format!("第{}单位", number + 1)));
        put(2, Put::Text(if number % 3 == 0 { "甲类" } else { "乙类" }.to_owned()));
        put(4, Put::Number(f64::from(10 + number)));
        put(5, Put::Number(f64::from(3 + number % 4)));
        put(7, Put::Date(2020, 1 + (number % 12) as u8, 3));
    }
    let filled = filler.finish().unwrap();
    assert_eq!(filled.formulas.iter().filter(|it| it.now.is_err()).count(), 2);
    filled.bytes
}

/// Puts rows into four workbooks: of each its number above row seven, thirteen, and so on.
const INSERT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Insert
  Dim k As Integer
  Dim p(0) As New com.sun.star.beans.PropertyValue
  Dim q(0) As New com.sun.star.beans.PropertyValue
  p(0).Name = "Hidden"
  p(0).Value = True
  q(0).Name = "FilterName"
  q(0).Value = "Calc MS Excel 2007 XML"
  For k = 1 To 4
    d = StarDesktop.loadComponentFromURL("file://FOLDER/" + CStr(k) + ".xlsx", "_blank", 0, p())
    d.Sheets.getByIndex(0).Rows.insertByIndex(k * 6, k)
    d.storeToURL("file://FOLDER/theirs-" + CStr(k) + ".xlsx", q())
    d.close(True)
  Next k
End Sub
</script:module>
"#;

#[test]
fn rows_come_in_as_libreoffice_puts_them_in() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("inserted");
    ran(Command::new("python3").arg(repository("tests/filled/random_books.py")).arg(desk.path(".")))
        .expect(0);
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let office = |arguments: &[&str]| {
        let mut office = Command::new("soffice");
        office.args([&profile, "--headless"]).args(arguments).current_dir(desk.path("."));
        ran(&mut office).expect(0);
    };
    // The first run lays out the profile, with a module of macros that is ours from then on.
    office(&["--convert-to", "csv", "1.xlsx"]);
    let folder = desk.path("").display().to_string();
    let module = INSERT.replace("FOLDER", folder.trim_end_matches('/'));
    desk.write("profile/user/basic/Standard/Module1.xba", module);
    office(&["macro:///Standard.Module1.Insert"]);
    for number in 1..=4_u32 {
        let blank = std::fs::read(desk.path(&format!("{number}.xlsx"))).unwrap();
        let mut filler = Filler::open(&blank, &Limits::STANDARD).unwrap();
        // Nothing is like row 1000: the new rows are empty.
        let rows = NewRows { before: number * 6, count: number, like: 999 };
        filler.insert_rows("表一", rows).unwrap();
        let ours = format!("ours-{number}.xlsx");
        desk.write(&ours, filler.finish().unwrap().bytes);
        let mut python = Command::new("python3");
        python.arg(repository("tests/filled/alike.py"));
        python.args([desk.path(&ours), desk.path(&format!("theirs-{number}.xlsx"))]);
        let differ = ran(&mut python).expect(0).stdout;
        let n: u32 = differ.trim().parse().unwrap_or_else(|_| panic!("{number}: {differ}"));
        assert!(n > 500, "{n}");
    }
}
