//! The file `issued.yaml`: read against the workbook that it binds and the statistics that it takes figures from.

use std::sync::Arc;

use annex::Blank;

use super::bound::Bound;
use super::words::Words;
use super::{FILE, UNDECIDED, binding};
use crate::declaring::unknown_word;
use crate::forms::prescribed::{fingerprint, load_signs, remarked};
use crate::kinds::Declaring;
use crate::statistics::declaration::Statistics;
use crate::statistics::load::book_template;
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Fields, LocatedText, Node, NodeKind};

/// Reads a binding.
///
/// # Errors
/// If it is a draft, its workbook cannot be used or is another one, or anything in it is wrong or not decided; that has been
/// reported.
pub(super) fn load(
    id: &LocatedText,
    statistics: &Statistics,
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Bound, Reported> {
    let templates = declaring.templates;
    let folder = format!("statistics/{}", id.text);
    let Some(root) = templates.tree(&format!("{folder}/{FILE}"), report)? else {
        let ending = format!("/{FILE}");
        let known = templates.in_folder("statistics", &ending);
        let known: Vec<&str> = known.filter_map(|(path, _)| path.split('/').nth(1)).collect();
        return Err(unknown_word(id, "上级统计表样", known, report));
    };
    let words = Words::load(templates, report)?;
    let mut fields = Fields::new(&root, "统计表样声明", report)?;
    let origin = fields.origin();
    let draft = is_final(&mut fields);
    let of = fields.required_as("statistics", |it, report| of_these(it, statistics, report));
    let (file, sha256) = (fields.required_text("blank"), fields.required_text("sha256"));
    let title = fields.string("title");
    let file_name = fields.text("file_name");
    let stem = || LocatedText { text: id.text.clone(), origin };
    let file_name = book_template(declaring, &file_name.unwrap_or_else(stem), fields.report());
    let sheets = fields.required_list("sheets");
    let (file, sha256, file_name, sheets, ()) = fields.whole((file, sha256, file_name, sheets, of))?;
    draft?;
    let blank = blank(&folder, (&file, &sha256), declaring, report)?;
    for finding in remarked(&blank, &file.text) {
        report.push(finding.at(origin));
    }
    let within = binding::Within { blank: &blank, statistics, declaring, words: &words };
    let sheets = binding::sheets(sheets, within, origin, report)?;
    Ok(Bound {
        title: title.unwrap_or_else(|| id.text.clone()),
        file_name,
        blank: Arc::new(blank),
        sheets,
        origin,
    })
}

/// That somebody has looked through it.
fn is_final(fields: &mut Fields<'_, '_>) -> Result<(), Reported> {
    let origin = fields.origin();
    if fields.flag("draft") != Some(true) {
        return Ok(());
    }
    let finding = Finding::new(&codes::FORM_IS_DRAFT, "这份统计表样的声明还是草稿，没有使用");
    let hint = "请对照“填表位置.pdf”核对各行、各列，补上待定的，再删去 draft: true";
    Err(fields.report().error(finding.at(origin).hint(hint)))
}

/// That it is bound to the statistics that the project names beside it.
fn of_these(written: &LocatedText, statistics: &Statistics, report: &mut Report) -> Result<(), Reported> {
    if written.text == statistics.id {
        return Ok(());
    }
    let message = format!("这份表样的数取自统计“{}”，项目文件把它写在“{}”下面", written.text, statistics.id);
    let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(written.origin);
    Err(report.error(finding.hint(format!("请在 huibian.yaml 中写 {{id: {}, issued: …}}", written.text))))
}

fn blank(
    folder: &str,
    (file, sha256): (&LocatedText, &LocatedText),
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Blank, Reported> {
    let signs = load_signs(declaring.templates, report)?;
    let Some(found) = declaring.templates.get(&format!("{folder}/{}", file.text)) else {
        let message = format!("没有表样“{}”", file.text);
        let finding = Finding::new(&codes::BLANK_UNUSABLE, message).at(file.origin);
        return Err(report.error(finding.hint(format!("请把表样放在 {FILE} 旁边，并核对文件名"))));
    };
    let hash = fingerprint(&found.bytes);
    if !sha256.text.eq_ignore_ascii_case(&hash) {
        let message = format!("表样“{}”不是当初绑定的那一份（内容已改动）", file.text);
        let hint =
            format!("请换回原来的表样；确实换了新表样的，改一个文件名重新导入。这一份的 sha256 是 {hash}");
        return Err(report.error(Finding::new(&codes::BLANK_CHANGED, message).at(sha256.origin).hint(hint)));
    }
    Blank::read(found.bytes.to_vec(), &signs).map_err(|why| {
        let message = format!("表样“{}”不能使用：{why}", file.text);
        report.error(Finding::new(&codes::BLANK_UNUSABLE, message).at(Origin::file(found.file)))
    })
}

/// A text that nobody has decided about yet is an error.
pub(super) fn decided(text: &LocatedText, what: &str, report: &mut Report) -> Result<(), Reported> {
    if &*text.text != UNDECIDED {
        return Ok(());
    }
    let finding = Finding::new(&codes::PLACE_UNDECIDED, format!("{what}没有决定填什么")).at(text.origin);
    Err(report.error(finding.hint("请写统计表中的行、列；不填的写 {leave: 原因}")))
}

/// The reason for which something is left, if that is what a node says.
pub(super) fn left(node: &Node, report: &mut Report) -> Option<Result<Arc<str>, Reported>> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|it| &*it.key == "leave")?;
    let read = |report: &mut Report| {
        let mut fields = Fields::new(node, "填写内容", report)?;
        let why = fields.required_text("leave");
        let why = fields.whole(why)?;
        decided(&why, "此处", fields.report())?;
        Ok(why.text)
    };
    Some(read(report))
}
