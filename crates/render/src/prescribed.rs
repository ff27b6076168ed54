//! Forms that others have issued: filled in, and read back before they are let go.

use std::collections::BTreeMap;
use std::sync::Arc;

use annex::{Address, Difference, Filled, Value};
use documents::{Artefact, Made, Prescribed};
use finding::{Finding, codes};

/// A form with its values.
///
/// # Errors
/// Why it cannot be filled, or what it says otherwise than it has to when it is read back.
pub(crate) fn filled(artefact: &Arc<Artefact>, form: &Prescribed) -> Result<Made, Box<Finding>> {
    let failed = |why: String| {
        let message = format!("“{}”没有生成：{why}", artefact.title);
        let finding = Finding::new(&codes::FORM_NOT_PROVED, message);
        Box::new(finding.hint("表样的这一处程序处理不了，请把表样和这条提示交给工程师"))
    };
    let filled = form.blank.fill(&form.wanted, &form.mark).map_err(|why| failed(why.to_string()))?;
    if let Some(difference) = form.blank.prove(&filled).first() {
        return Err(failed(told(difference)));
    }
    if let Some(told) = form.expected.iter().find_map(|(at, wanted)| unlike(form, &filled, (*at, wanted))) {
        let message = format!("“{}”没有生成：{told}", artefact.title);
        let finding = Finding::new(&codes::FORM_CHECK_FAILED, message);
        return Err(Box::new(finding.hint("请核对公式所涉各格填入的内容，和表单声明中 expect 的数字")));
    }
    if let Some((at, said)) = form.blank.failed(&filled).first() {
        let message = format!("“{}”没有生成：表样自己的校验“{at}”是“{said}”", artefact.title);
        let finding = Finding::new(&codes::FORM_CHECK_FAILED, message);
        return Err(Box::new(finding.hint("请核对该校验所涉的数字和表单声明中填入的内容")));
    }
    Ok(Made { artefact: artefact.clone(), bytes: filled.bytes, pages: None, places: BTreeMap::new() })
}

/// Where a formula of the form gives another number than ours; one that was not computed gives none.
fn unlike(form: &Prescribed, filled: &Filled, (at, wanted): (Address, &Value)) -> Option<String> {
    let given = form.blank.given(filled, at)?.as_ref().ok()?;
    let same = match (given.number, wanted.number) {
        // Spreadsheets count in binary fractions.
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        _ => given.text == wanted.text,
    };
    (!same).then(|| format!("表样的公式“{at}”得{}，按记录应为{}", given.text, wanted.text))
}

fn told(difference: &Difference) -> String {
    match difference {
        Difference::Text { at, wanted, found } => {
            format!("填好后回读，“{at}”是“{found}”，应为“{wanted}”")
        }
        Difference::Part(name) => format!("填好后回读，文件内部的“{name}”变了"),
        Difference::Shape => "填好后回读，表格的行列与表样不同".to_owned(),
        Difference::Unread => "填好后回读不出来".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use annex::{Blank, Content, Signs, Wanted};
    use documents::Kind;
    use ooxml::PackageWriter;

    use super::*;

    fn blank() -> Arc<Blank> {
        let document = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>";
        let mut writer = PackageWriter::new();
        for (name, content) in [
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ),
            (
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
            ),
            ("word/document.xml", document),
        ] {
            writer.add(name, content.as_bytes()).unwrap();
        }
        Arc::new(Blank::read(writer.finish().unwrap(), &Signs::default()).unwrap())
    }

    #[test]
    fn a_form_that_cannot_be_filled_is_withheld_with_the_reason() {
        let artefact = Arc::new(Artefact::unplanned("附件.docx", Kind::new("forms")));
        let made = |at: &str| {
            let wanted =
                vec![Wanted { at: Address::read(at).unwrap(), content: Content::Text("张三".into()) }];
            let form = Prescribed { blank: blank(), wanted, mark: "☑".into(), expected: Vec::new() };
            filled(&artefact, &form).map(|it| it.bytes.len()).map_err(|it| (it.code.to_string(), it.message))
        };
        assert!(made("表1!1,2").is_ok());
        let (code, message) = made("表1!1,1").unwrap_err();
        assert_eq!(code, codes::FORM_NOT_PROVED.name);
        assert!(message.contains("“表1!1,1”不是空白，已有“姓名”"), "{message}");
    }
}
