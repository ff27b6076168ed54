//! Forms that others have issued: the blank itself, filled for each record.

mod words;
mod places;
mod rows;
mod filling;
mod sheet;
mod drafting;
mod map;

use std::sync::Arc;

use annex::Blank;
use sha2::{Digest, Sha256};

use crate::artefact::Prescribed;
use crate::declaring::unknown_word;
use crate::leaf::printable;
use dataset::SchemaScope;
use finding::{Finding, Origin, Report, Reported, codes};
use project::Templates;
use source::{Declared, Fields, LocatedText, Parts};

pub use drafting::{Again, Drafted, DraftedPlace, Drafting, Match, Outcome, again, draft};
pub(super) use filling::{FilledIn, fill};
pub use filling::{FilledPlace, PlannedForm};
pub use map::map;
pub use places::{shown, told};
pub(super) use sheet::CheckSheet;
pub use words::load as load_signs;

use places::{Around, Placed};

/// The records that share a form, as its places name them.
pub(super) const RECORDS: &str = "records";
/// More places than this are not listed.
const N_LISTED_MAX: usize = 8;
/// The office suite, as `pdf:` names it.
const OFFICE: &str = "soffice";
/// How a chosen box is marked where the form says nothing.
const MARK: &str = "☑";

/// A blank, and what goes where in it.
#[derive(Debug)]
pub(super) struct Annex {
    pub(super) blank: Arc<Blank>,
    /// How a chosen box is marked.
    mark: Arc<str>,
    /// How many copies are wanted of each form: 一式三份.
    pub(super) copies: Option<usize>,
    places: Vec<Placed>,
    /// What its formulas have to give.
    expected: Vec<Expected>,
    /// Whether each form has a check sheet of its own as well.
    pub(super) has_sheets: bool,
    /// Whether each form is printed by the office suite of the machine.
    pub(super) is_printed: bool,
}

/// What a formula of a blank workbook has to give.
#[derive(Debug)]
struct Expected {
    at: annex::Address,
    value: ::words::Expression,
}

impl Declared<Around<'_>> for Expected {
    const WHAT: &'static str = "公式核对";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let at = fields.required_as("at", |it, report| formula(it, around.blank, report));
        let value = fields.required_as("value", |it, report| printable(it, around.scope, report));
        let (at, value) = fields.whole((at, value))?;
        Ok(Self { at, value })
    }
}

/// The address of a formula.
fn formula(written: &LocatedText, blank: &Blank, report: &mut Report) -> Result<annex::Address, Reported> {
    let at = annex::Address::read(&written.text).ok().filter(|it| blank.has_formula(*it));
    at.ok_or_else(|| {
        let message = format!("“{}”不是表样工作簿中的公式", written.text);
        let finding = Finding::new(&codes::PLACE_UNKNOWN, message).at(written.origin);
        report.error(finding.hint("expect 写公式所在的单元格，如 工作表1!D6"))
    })
}

impl Annex {
    /// The ending of the names of its files.
    pub(super) fn ending(&self) -> &'static str {
        if self.blank.is_book() { "xlsx" } else { "docx" }
    }
    /// The document, and those that go on with its rows.
    pub(super) fn bodies(&self, filled: &mut FilledIn) -> Vec<Prescribed> {
        let expected = std::mem::take(&mut filled.expected);
        let body = |wanted| Prescribed {
            blank: self.blank.clone(),
            wanted,
            mark: self.mark.to_string(),
            expected: expected.clone(),
        };
        filled.copies().into_iter().map(body).collect()
    }
}

/// What a form with a blank says, before its blank is read.
pub(super) struct Declaration<'n> {
    file: LocatedText,
    sha256: Result<LocatedText, Reported>,
    mark: Option<Arc<str>>,
    copies: Option<usize>,
    has_sheets: bool,
    is_printed: Result<bool, Reported>,
    draft: Result<(), Reported>,
    places: Result<&'n source::Node, Reported>,
    expect: &'n [source::Node],
    origin: Origin,
}

impl<'n> Declaration<'n> {
    /// Reads the keys of a form that only one with a blank has; `None` if it has none.
    pub(super) fn read(fields: &mut Fields<'n, '_>) -> Option<Self> {
        let file = fields.text("blank")?;
        let origin = fields.origin();
        let draft = if fields.flag("draft") == Some(true) {
            let finding = Finding::new(&codes::FORM_IS_DRAFT, "这份表单声明还是草稿，没有使用");
            let hint = "请逐处核对填什么，补上没有着落的，再删去 draft: true";
            Err(fields.report().error(finding.at(origin).hint(hint)))
        } else {
            Ok(())
        };
        let sha256 = fields.required_text("sha256");
        let mark = fields.string("mark");
        let copies = fields.count("copies");
        let has_sheets = fields.flag("sheets").unwrap_or_default();
        let printed = fields.text_as("pdf", |it, report| match &*it.text {
            OFFICE => Ok(true),
            _ => Err(unknown_word(it, "打印的程序", [OFFICE], report)),
        });
        let is_printed = printed.map(|it| it.unwrap_or_default());
        let (places, expect) = (fields.required_node("places"), fields.list("expect"));
        Some(Self { file, sha256, mark, copies, has_sheets, is_printed, draft, places, expect, origin })
    }

    /// Reads the blank and what goes where in it.
    ///
    /// # Errors
    /// If the blank cannot be filled, is another one than was bound, or a place is wrong or not decided about.
    pub(super) fn load(
        self,
        folder: &str,
        templates: &Templates,
        (scope, of_lists): (&SchemaScope<'_>, &SchemaScope<'_>),
        report: &mut Report,
    ) -> Result<Annex, Reported> {
        let blank = self.blank(folder, templates, report);
        let (blank, _, node) = (blank?, self.draft?, self.places?);
        let source::NodeKind::List(items) = &node.kind else {
            let finding = Finding::new(&codes::WRONG_KIND, "“places”应为列表").at(node.origin);
            return Err(report.error(finding));
        };
        let around = Around { scope, of_lists, blank: &blank };
        let places = source::all(
            items.iter().map(|it| source::Declared::load(it, &around, report)).collect::<Vec<_>>(),
        );
        let expected = source::all(self.expect.iter().map(|it| Declared::load(it, &around, report)));
        let (places, expected): (Vec<Placed>, Vec<Expected>) = (places, expected).whole()?;
        places::check_decided(&places, &blank, node, report)?;
        let mark = self.mark.unwrap_or_else(|| MARK.into());
        for it in left_to_the_suite(&blank, &mark).into_iter().chain(places::labelled_alike(&places)) {
            report.push(it.at(self.origin));
        }
        let (copies, has_sheets, is_printed) = (self.copies, self.has_sheets, self.is_printed?);
        Ok(Annex { blank: Arc::new(blank), mark, copies, places, expected, has_sheets, is_printed })
    }

    fn blank(&self, folder: &str, templates: &Templates, report: &mut Report) -> Result<Blank, Reported> {
        let signs = words::load(templates, report)?;
        let Some(found) = templates.get(&format!("{folder}/{}", self.file.text)) else {
            let message = format!("没有表样“{}”", self.file.text);
            let finding = Finding::new(&codes::BLANK_UNUSABLE, message).at(self.file.origin);
            return Err(report.error(finding.hint("请把表样放在 form.yaml 旁边，并核对文件名")));
        };
        let hash = fingerprint(&found.bytes);
        if let Ok(bound) = &self.sha256
            && !bound.text.eq_ignore_ascii_case(&hash)
        {
            let message = format!("表样“{}”不是当初绑定的那一份（内容已改动）", self.file.text);
            let hint = format!(
                "请换回原来的表样；确实换了新表样的，用 huibian import … --again 重新对照。这一份的 sha256 是 {hash}"
            );
            return Err(
                report.error(Finding::new(&codes::BLANK_CHANGED, message).at(bound.origin).hint(hint))
            );
        }
        self.sha256.as_ref().map_err(|it| *it)?;
        let blank = Blank::read(found.bytes.to_vec(), &signs).map_err(|why| {
            let message = format!("表样“{}”不能使用：{why}", self.file.text);
            report.error(Finding::new(&codes::BLANK_UNUSABLE, message).at(Origin::file(found.file)))
        })?;
        for finding in remarked(&blank, &self.file.text) {
            report.push(finding.at(self.origin));
        }
        Ok(blank)
    }
}

/// What is said of the formulas that nobody but an office suite will compute.
fn left_to_the_suite(blank: &Blank, mark: &str) -> Option<Finding> {
    // Which these are does not depend on what is filled in.
    let filled = blank.fill(&[], mark).ok()?;
    let left: Vec<&str> = filled.formulas.iter().filter(|it| it.1.is_err()).map(|it| it.0.as_str()).collect();
    let some: Vec<&str> = left.iter().take(N_LISTED_MAX).copied().collect();
    let more = if left.len() > some.len() { "等" } else { "" };
    let message = format!("表样中有{}个公式程序算不出：{}{more}", left.len(), some.join("、"));
    let hint = "上报前请用 WPS 或 Excel 打开填好的表，看过结果再保存";
    (!left.is_empty()).then(|| Finding::new(&codes::FORMULAS_LEFT, message).hint(hint))
}

/// What is said of the parts of a blank that are not filled.
pub fn remarked(blank: &Blank, file: &str) -> Vec<Finding> {
    let part = |it: &annex::Remark| {
        let (what, hint) = match it {
            annex::Remark::TextBox => ("文本框", "其中如有要填的内容，请在 WPS 或 Word 中改为表格或普通段落"),
            annex::Remark::Control => ("窗体域或 ActiveX 控件", "请在 WPS 或 Word 中改为普通的空白或方框"),
            annex::Remark::Nested => ("表格中的表格", "其中如有要填的内容，请拆成并列的表格"),
            annex::Remark::ContentControl => {
                ("内容控件", "控件中的提示文字程序不改；要填的请在 Word 中删去控件、清空提示")
            }
        };
        let message = format!("表样“{file}”中有{what}，程序不填写其中的内容");
        Finding::new(&codes::BLANK_PART_NOT_FILLED, message).hint(hint)
    };
    let sample = |(at, text): &(annex::Address, String)| {
        let message = format!("表样“{file}”的“{at}”已有文字“{text}”，不是空白，程序不填");
        let hint = "是样例或填写要求的，请在表样中清空该格后重新绑定；确实不用填的可以不管";
        Finding::new(&codes::BLANK_PART_NOT_FILLED, message).hint(hint)
    };
    blank.remarks().iter().map(part).chain(blank.samples().iter().map(sample)).collect()
}

/// The file of the blank of a form, as its declaration names it; `None` if it has none.
pub fn blank_of(declared: &source::Node) -> Option<&str> {
    said(declared, "blank")
}

/// What a declaration that may be wrong elsewhere says under a key.
pub(super) fn said<'n>(declared: &'n source::Node, key: &str) -> Option<&'n str> {
    let source::NodeKind::Map(entries) = &declared.kind else { return None };
    match &entries.iter().find(|it| &*it.key == key)?.value.kind {
        source::NodeKind::Scalar(text) => Some(text),
        _ => None,
    }
}

/// The hash by which a blank is known again, in hexadecimal digits (SHA-256).
pub fn fingerprint(blank: &[u8]) -> String {
    Sha256::digest(blank).iter().map(|it| format!("{it:02x}")).collect()
}
