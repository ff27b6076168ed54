//! What has been answered to queries: `answers.yaml` beside the project file.
#![expect(clippy::disallowed_methods, reason = "the files of a project are looked at here")]

use std::path::Path;
use std::sync::Arc;

use super::open::tree_beside;
use finding::{Origin, Report, Reported, Sources};
use source::{Content, Declared, Fields, Limits, LocatedText, Node, NodeKind, all};

/// The name of the file.
pub const ANSWERS_NAME: &str = "answers.yaml";

/// An answer to a query: why what is asked about is right.
///
/// ```yaml
/// answers:
///   - code: fee-below-rate-staff
///     committee: 机关党委
///     branch: 教工第一党支部
///     record: 张三
///     key: T0017          # only where several bear this name
///     field: 月缴金额
///     values: {缴费基数: "3000.01", 月缴金额: "15"}
///     asked: 缴费基数3000.01元，应按1.0%缴纳，月缴15.00元偏少
///     who: 李四
///     when: 2026-05-30
///     why: 单位按上年基数代扣，已补缴
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is asked.
    pub question: Question,
    /// Which of the records that are called so, by its key; none where only one is.
    pub key: Option<Arc<str>>,
    /// The values that it is asked about, by the titles of their fields. The answer holds as long as they stay.
    pub values: Vec<(Arc<str>, Arc<str>)>,
    /// The words in which it is asked, which have to stay as well.
    pub asked: Option<Arc<str>>,
    /// Who answers.
    pub who: Option<Arc<str>>,
    /// On which day, as it is written.
    pub when: Option<Arc<str>>,
    /// The answer.
    pub why: Option<Arc<str>>,
    /// Whether the office has looked at what a committee has answered.
    pub confirmed: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// What is asked: by which rule, about whom, at which field.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// The rule.
    pub code: Arc<str>,
    /// The committee.
    pub committee: Option<Arc<str>>,
    /// The branch.
    pub branch: Option<Arc<str>>,
    /// What the record is called.
    pub record: Option<Arc<str>>,
    /// The title of the field.
    pub field: Option<Arc<str>>,
}

impl Declared for Answer {
    const WHAT: &'static str = "answers";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let origin = fields.origin();
        let code = fields.required_string("code");
        let [committee, branch, record, field] =
            ["committee", "branch", "record", "field"].map(|it| fields.string(it));
        let values = match fields.node("values") {
            Some(node) => values(Fields::new(node, "values", fields.report())?),
            None => Vec::new(),
        };
        let [key, asked] = ["key", "asked"].map(|it| fields.string(it));
        // Blanks answer nothing.
        let [who, when, why] = ["who", "when", "why"].map(|it| {
            fields.string(it).map(|it| Arc::from(it.trim())).filter(|it: &Arc<str>| !it.is_empty())
        });
        let confirmed = fields.flag("confirmed").unwrap_or(true);
        let code = fields.whole(code)?;
        let question = Question { code, committee, branch, record, field };
        Ok(Self { question, key, values, asked, who, when, why, confirmed, origin })
    }
}

fn values(mut fields: Fields<'_, '_>) -> Vec<(Arc<str>, Arc<str>)> {
    let titles: Vec<LocatedText> = fields.others();
    let value = |it: LocatedText, fields: &mut Fields<'_, '_>| {
        (it.text.clone(), fields.string(&it.text).unwrap_or_else(|| "".into()))
    };
    let mut values: Vec<_> = titles.into_iter().map(|it| value(it, &mut fields)).collect();
    values.sort();
    values
}

/// Reads the answers of a project; there are none if there is no such file, or nothing in it.
///
/// # Errors
/// If anything in it is wrong, which has been reported.
pub(super) fn load(
    folder: &Path,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<Answer>, Reported> {
    // Nothing at all is nothing yet.
    if folder.join(ANSWERS_NAME).metadata().is_ok_and(|it| it.len() == 0) {
        return Ok(Vec::new());
    }
    let Some(root) = tree_beside(folder, ANSWERS_NAME, sources, report)? else { return Ok(Vec::new()) };
    answers_in(&root, report)
}

fn answers_in(root: &Node, report: &mut Report) -> Result<Vec<Answer>, Reported> {
    if root.kind == NodeKind::Null {
        return Ok(Vec::new());
    }
    let mut fields = Fields::new(root, ANSWERS_NAME, report)?;
    let answers = all(fields.list("answers").iter().map(|it| Answer::load(it, &(), fields.report())));
    fields.whole(answers)
}

/// The answers in a text that is to become the file; none if it could not be read again.
pub fn answers_of(text: &str) -> Option<Vec<Answer>> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let reading = source::read(text.as_bytes(), ANSWERS_NAME, sources.add(ANSWERS_NAME), &Limits::standard());
    let Some(Content::Tree(root)) = reading.content.filter(|_| !reading.report.has_errors()) else {
        return None;
    };
    answers_in(&root, &mut report).ok().filter(|_| !report.has_errors())
}
