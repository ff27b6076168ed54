//! Forms as they were filled are printed by the office suite of the machine, where their declaration asks for that and there
//! is one; what it prints is held against the form and its blank.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use annex::Blank;
use dataset::Dataset;
use documents::forms::PlannedForm;
use documents::{Artefact, Made};
use finding::{Finding, Report, Target, codes};
use jiff::civil::Date;
use office::{Document, Office, OfficeFault, Pages};

use super::{Checked, Making, Session};

/// Where it works, in the output folder.
const FOLDER: &str = ".huibian-office";
/// So many folders that others have are passed by.
const N_FOLDERS_MAX: usize = 100;
/// What is shown of a number that its cell has no room for.
const NO_ROOM: &str = "###";
/// More characters are not listed.
const N_LOST_MAX: usize = 10;

/// A form that is to be printed.
struct Filled<'a> {
    form: &'a PlannedForm,
    made: &'a Made,
    blank: &'a Arc<Blank>,
}

impl Session<'_> {
    /// Adds the printed forms to what was made, each behind its form.
    pub(super) fn print_forms(&mut self, checked: &Checked, made: Vec<Made>, making: &Making) -> Vec<Made> {
        let filled = filled(&checked.plan.behind.forms, &made);
        if filled.is_empty() {
            return made;
        }
        let printed = print(&filled, &checked.setup.project.as_of, making);
        let printed = match printed {
            Ok(printed) => printed,
            Err(why) => {
                let message = format!("有{}份填好的表应转成 PDF，没有转成：{why}", filled.len());
                let hint =
                    "填好的表照常生成，请用 WPS 或 Word 打开、打印；要程序转成 PDF 的，请安装 LibreOffice";
                self.report.push(Finding::new(&codes::OFFICE_MISSING, message).hint(hint));
                return made;
            }
        };
        let mut pages = BTreeMap::new();
        for (it, printed) in filled.iter().zip(printed) {
            let finding = printed.as_ref().map_or_else(|| Some(not_printed(it)), |it| it.1.clone());
            add(finding.into_iter(), it, &checked.dataset, &mut self.report);
            pages.extend(printed.map(|printed| (it.made.artefact.path.clone(), printed.0)));
        }
        drop(filled);
        let with_pages = |it: Made| {
            let printed = pages.remove(&it.artefact.path);
            std::iter::once(it).chain(printed)
        };
        made.into_iter().flat_map(with_pages).collect()
    }
}

/// What is to be printed of what was made.
fn filled<'a>(forms: &'a [PlannedForm], made: &'a [Made]) -> Vec<Filled<'a>> {
    let made: BTreeMap<&str, &Made> = made.iter().map(|it| (it.artefact.path.as_str(), it)).collect();
    let of = |form: &'a PlannedForm| {
        let blank = form.printed.as_ref()?;
        Some(form.files.iter().filter_map(|it| made.get(it.as_str()).copied()).map(move |made| Filled {
            form,
            made,
            blank,
        }))
    };
    forms.iter().filter_map(of).flatten().collect()
}

/// The PDF of each form, with what is wrong with it; `None` of those that the program did not open.
type Printed = Vec<Option<(Made, Option<Finding>)>>;

fn print(filled: &[Filled<'_>], as_of: &Date, making: &Making) -> Result<Printed, String> {
    let office = making.office.iter().find_map(|it| Office::at(it)).ok_or("没有找到 LibreOffice")?;
    let mut blanks: Vec<&Arc<Blank>> = Vec::new();
    for it in filled {
        if !blanks.iter().any(|known| Arc::ptr_eq(known, it.blank)) {
            blanks.push(it.blank);
        }
    }
    let of_blanks = blanks.iter().map(|it| (&***it, it.bytes()));
    let of_forms = filled.iter().map(|it| (&**it.blank, &it.made.bytes[..]));
    let document = |(blank, bytes)| Document { ending: ending(blank), bytes };
    let documents: Vec<Document<'_>> = of_blanks.chain(of_forms).map(document).collect();
    let mut printed = in_free_folder(&making.out, |folder| office.print(folder, &documents, *as_of))
        .map_err(|it| it.to_string())?;
    let of_forms = printed.split_off(blanks.len());
    let of_blanks: Vec<Option<Pages>> = printed.iter().map(|it| Pages::read(it.as_ref()?)).collect();
    let one = |(it, bytes): (&Filled<'_>, Option<Vec<u8>>)| {
        let bytes = bytes?;
        let pages = Pages::read(&bytes)?;
        let number = blanks.iter().position(|known| Arc::ptr_eq(known, it.blank))?;
        let finding = judged(it, &pages, of_blanks[number].as_ref());
        Some((made(it, bytes, pages.count, &office), finding))
    };
    Ok(filled.iter().zip(of_forms).map(one).collect())
}

/// Runs in a folder that nobody else has: a run that was killed may have left one behind.
fn in_free_folder<T>(out: &Path, run: impl Fn(&Path) -> Result<T, OfficeFault>) -> Result<T, OfficeFault> {
    let is_taken = |it: &OfficeFault| match it {
        OfficeFault::Folder(_, error) => error.kind() == io::ErrorKind::AlreadyExists,
        _ => false,
    };
    for number in 0..N_FOLDERS_MAX {
        match run(&out.join(format!("{FOLDER}-{number}"))) {
            Err(fault) if is_taken(&fault) => {}
            other => return other,
        }
    }
    run(&out.join(FOLDER))
}

fn ending(blank: &Blank) -> &'static str {
    if blank.is_book() { "xlsx" } else { "docx" }
}

fn made(filled: &Filled<'_>, bytes: Vec<u8>, n_pages: usize, office: &Office) -> Made {
    let own = &filled.made.artefact;
    let path = own.path.rsplit_once('.').map_or(own.path.as_str(), |it| it.0);
    let artefact = Artefact {
        path: format!("{path}.pdf"),
        after: vec![own.path.clone()],
        by: Some(office.version().into()),
        ..Artefact::clone(own)
    };
    Made { artefact: Arc::new(artefact), bytes, pages: Some(n_pages), places: BTreeMap::new() }
}

/// What is wrong with a printed form: it says less than the form, or has more pages than the blank.
fn judged(filled: &Filled<'_>, pages: &Pages, blank: Option<&Pages>) -> Option<Finding> {
    let title = &filled.made.artefact.title;
    let said = if filled.blank.is_book() { None } else { annex::said(&filled.made.bytes) };
    let lost = lost(said.as_deref(), &pages.text, blank.map_or("", |it| &it.text));
    if !lost.is_empty() {
        let message = format!("“{title}”的 PDF 中看不到：{lost}");
        let hint = "请打开 PDF 与填好的表核对：行高、列宽不够的请压缩文字，缺字体的请在本机安装";
        return Some(Finding::new(&codes::FORM_CUT_OFF, message).hint(hint));
    }
    let n_blank = blank?.count;
    (pages.count > n_blank).then(|| {
        let message = format!("“{title}”填好后有{}页，表样是{n_blank}页", pages.count);
        let hint = "上级不许改变页数的，请压缩文字后重新生成；允许加页的，可以不管";
        Finding::new(&codes::FORM_GREW, message).hint(hint)
    })
}

/// What of a form is not seen on its pages: of a document, whose text is given, its characters; of a workbook, whose sheets
/// need not all be printed, numbers without room.
fn lost(said: Option<&str>, pages: &str, blank: &str) -> String {
    let Some(said) = said else {
        let is_new = pages.matches(NO_ROOM).count() > blank.matches(NO_ROOM).count();
        return if is_new {
            format!("单元格太窄，显示成“{NO_ROOM}”的数")
        } else {
            String::new()
        };
    };
    let (wanted, found) = (counted(said), counted(pages));
    let is_lost = |it: &(&char, &usize)| found.get(it.0).is_none_or(|found| found < it.1);
    let lost: Vec<char> = wanted.iter().filter(is_lost).map(|it| *it.0).collect();
    let some: String = lost.iter().take(N_LOST_MAX).map(|it| format!("“{it}”")).collect();
    if lost.len() > N_LOST_MAX { format!("{some}等{}个字", lost.len()) } else { some }
}

/// How often each letter and digit stands in a text. Marks and boxes are often drawn with other characters than they are
/// written with.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for it in text.chars().filter(|it| it.is_alphanumeric()) {
        let count = counts.entry(it).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

fn not_printed(filled: &Filled<'_>) -> Finding {
    let message = format!("“{}”没有转成 PDF：LibreOffice 没有打开它", filled.made.artefact.title);
    Finding::new(&codes::FORM_NOT_PRINTED, message).hint("请用 WPS 或 Word 打开填好的表核对、打印")
}

fn add(findings: impl Iterator<Item = Finding>, filled: &Filled<'_>, dataset: &Dataset, report: &mut Report) {
    let record = filled.form.record;
    for it in findings {
        let about = Target::Document(filled.form.path.as_str().into());
        let it = it.at(dataset.record(record).origin).about(about);
        report.push(it.subject(dataset.subject(record)));
    }
}

#[cfg(test)]
mod tests {
    use super::lost;

    #[test]
    fn what_is_not_on_the_pages_is_told_and_what_is_there_more_often_is_not() {
        let cases = [
            (Some("姓名张三 □男"), "姓名张三男", "", ""),
            // Headings are printed on every page.
            (Some("姓名张三"), "姓名张三姓名", "", ""),
            (Some("姓名张三三"), "姓名张三", "", "“三”"),
            (Some("甲乙丙丁戊己庚辛壬癸子丑"), "甲", "", "“丁”“丑”“丙”“乙”“壬”“子”“己”“庚”“戊”“癸”等11个字"),
            (None, "合计 ### 12", "合计", "单元格太窄，显示成“###”的数"),
            (None, "合计 ###", "###", ""),
            (None, "合计 12", "", ""),
        ];
        for (said, pages, blank, wanted) in cases {
            assert_eq!(lost(said, pages, blank), wanted, "{pages}");
        }
    }
}
