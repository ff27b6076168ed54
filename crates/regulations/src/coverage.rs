//! What no book prints: regulations of a category that none has a part for, texts that none uses.

use std::collections::BTreeSet;

use super::model::Regulation;
use super::subject;
use super::text::HandbookText;
use finding::{FileId, Finding, Origin, Report, Target, codes};
use source::nearest;
use value::fold;

/// Reports each regulation in force whose category no book declares; nothing if the books declare no categories.
pub fn report_categories(regulations: &[Regulation], declared: &[&str], report: &mut Report) {
    let known: BTreeSet<String> = declared.iter().map(|it| fold(it)).collect();
    let in_force = regulations.iter().filter(|it| !declared.is_empty() && !it.is_repealed());
    for regulation in in_force {
        let Some(category) = &regulation.head.category else { continue };
        if known.contains(&fold(&category.text)) {
            continue;
        }
        let message = format!("类别“{}”不是汇编任何一编的类别，该制度没有编入", category.text);
        let hint = match nearest(&category.text, declared.iter().copied()) {
            Some(near) => format!("是否应为“{near}”？"),
            None => format!("汇编的类别有：{}", declared.join("、")),
        };
        let finding = Finding::new(&codes::CATEGORY_UNKNOWN, message).value(&*category.text).hint(hint);
        let finding = finding.at(category.origin).about(Target::Text(regulation.file));
        report.push(finding.subject(subject(regulation.title())));
    }
}

/// Reports each text of the handbooks that no book uses; `used` are the files of the texts in use.
pub fn report_unused(texts: &[HandbookText], used: &BTreeSet<FileId>, report: &mut Report) {
    for text in texts.iter().filter(|it| !used.contains(&it.file)) {
        let finding = Finding::new(&codes::TEXT_UNUSED, "该文件没有编入任何一本手册");
        let hint = "请核对它所在的文件夹和文件头中决定编排的各项（如 kind、stage），不需要的请移出";
        let finding = finding.at(Origin::file(text.file)).about(Target::Text(text.file));
        report.push(finding.hint(hint).subject(subject(&text.title.text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Diction, Reading, bind_texts, read};
    use finding::Sources;
    use source::{self, CollectedTexts, Content, Limits, Manuscript, Text};

    /// A text of which only the front matter is known.
    fn text(path: &str, front: &str, sources: &mut Sources) -> Text {
        let file = sources.add(path);
        let front = match source::read(front.as_bytes(), "a.yaml", file, &Limits::standard()).content {
            Some(Content::Tree(node)) => Some(node),
            other => panic!("{other:?}"),
        };
        let manuscript = Manuscript { front, blocks: Vec::new(), footnotes: Vec::new() };
        Text { file, manuscript }
    }

    fn found(report: &Report) -> Vec<(&str, &str)> {
        report.findings().iter().map(|it| (&*it.code, it.hint.as_deref().unwrap_or(""))).collect()
    }

    #[test]
    fn a_regulation_of_a_category_without_a_part_is_found_unless_it_is_repealed() {
        let head = |category: &str, state: &str| {
            format!(
                "title: 甲办法\nissuer: 乙\nissued: 2023-03-08\nin_force: 2023-03-08\nlevel: 学校\n\
                 state: {state}\ncategory: {category}\n"
            )
        };
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let heads = [("组织生活", "现行"), ("组织活动", "试行"), ("旧类", "废止"), ("旧类", "修订")];
        let texts =
            heads.map(|(category, state)| text("a.md", &head(category, state), &mut sources)).to_vec();
        let found_texts = CollectedTexts { texts, ..CollectedTexts::default() };
        let reading = Reading::shipped();
        let (regulations, _) = read(found_texts, &reading, &sources, &mut report);
        report_categories(&regulations, &[], &mut report);
        assert_eq!(found(&report), []);
        report_categories(&regulations, &["组织生活", "党费与经费"], &mut report);
        let wanted = [
            ("category-unknown", "是否应为“组织生活”？"),
            ("category-unknown", "汇编的类别有：组织生活、党费与经费"),
        ];
        assert_eq!(found(&report), wanted);
    }

    #[test]
    fn a_text_that_no_book_uses_is_found() {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let texts = ["手册/甲册/01-申请.md", "手册/甲册/02-谈话.md"]
            .map(|path| text(path, "title: 甲\nstage: [乙, 丙]\n", &mut sources));
        let texts = bind_texts(texts.to_vec(), &Diction::shipped(), &sources, &mut report);
        assert_eq!((&*texts[0].folder, &*texts[0].name), ("甲册", "01-申请"));
        assert_eq!(texts[0].field("stage").iter().map(|it| &*it.text).collect::<Vec<_>>(), ["乙", "丙"]);
        report_unused(&texts, &BTreeSet::from([texts[0].file]), &mut report);
        assert_eq!(report.findings()[0].origin, Some(Origin::file(texts[1].file)));
        assert_eq!(found(&report).iter().map(|it| it.0).collect::<Vec<_>>(), ["text-unused"]);
    }
}
