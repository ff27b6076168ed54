//! The report in a browser, as the clerk uses it: filtered, searched, unfolded; it speaks when `HUIBIAN_FOREIGN=1`.
#![expect(clippy::disallowed_methods, reason = "a test asks the environment and reads what was published")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;
use std::process::Command;

use crate::desk::{Desk, ran};

/// Drives the page and writes what came of it into its title, a line for each thing tried.
const DRIVER: &str = include_str!("browser/driver.js");

/// What the driver has found, by what was tried.
fn driven(page: &str, desk: &Desk) -> BTreeMap<String, String> {
    let driver = format!("<script>{DRIVER}</script>\n</body>");
    desk.write("driven.html", page.replacen("</body>", &driver, 1));
    let mut browser = Command::new("chromium");
    browser.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=60000",
        "--dump-dom",
    ]);
    browser.arg(format!("--user-data-dir={}", desk.path("profile").display()));
    browser.arg(format!("file://{}", desk.path("driven.html").display()));
    let dumped = ran(&mut browser).expect(0).stdout;
    let title = dumped.split_once("<title>").and_then(|it| it.1.split_once("</title>")).unwrap().0;
    title
        .split(';')
        .filter_map(|it| it.split_once('='))
        .map(|it| (it.0.to_owned(), it.1.to_owned()))
        .collect()
}

#[test]
fn the_report_filters_searches_and_unfolds_in_a_browser() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("browser");
    desk.copy("fixtures/university", "university");
    // A project that ends before it begins, and so is overdue; telephone numbers that lack a digit.
    spoil(&desk, "立项与课题", ",2024.12,3000,", ",2021.12,3000,", 1);
    spoil(&desk, "党员", ",166", ",16", 8);
    spoil(&desk, "党员", ",170", ",17", 7);
    let found = desk.run(&["check", "university", "--out", "out", "--format", "json"]).expect(1).findings();
    let page = String::from_utf8(desk.files("out")["report.html"].clone()).unwrap();
    let said = driven(&page, &desk);
    let number =
        |key: &str| said.get(key).unwrap_or_else(|| panic!("{key} in {said:?}")).parse::<usize>().unwrap();
    let n_told = number("findings") + number("followers");
    assert_eq!(n_told, found.len(), "each finding stands on the page");
    for tried in ["unit", "branch", "severity", "code", "search"] {
        assert_eq!(
            (number(&format!("{tried}-wrong")), number(&format!("{tried}-tried")) > 0),
            (0, true),
            "{tried}: {said:?}"
        );
    }
    assert_eq!(said["unfolds"], "true", "{said:?}");
    assert_eq!(said["alike-unfolds"], "true", "{said:?}");
    assert!(number("slowest") < 1_000, "{said:?}");
}

/// Puts one number for another in a file of the college, which is not in Unicode.
fn spoil(desk: &Desk, table: &str, old: &str, new: &str, n: usize) {
    let path = format!("university/returns/物理学院/{table}.csv");
    let mut bytes = std::fs::read(desk.path(&path)).unwrap();
    for _ in 0..n {
        let at =
            bytes.windows(old.len()).position(|it| it == old.as_bytes()).unwrap_or_else(|| panic!("{old}"));
        bytes.splice(at..at + old.len(), new.bytes());
    }
    desk.write(&path, bytes);
}
