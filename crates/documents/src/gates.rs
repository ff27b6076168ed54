//! Gates before anything is rendered: characters that no face has, and file names that meet.

use std::collections::{BTreeMap, BTreeSet};

use super::names::folded;
use dataset::{Dataset, FieldRef, Reads};
use finding::{Finding, Origin, Report, Subject, Target, codes};
use project::Fonts;

/// A document that is to have a file name of its own.
#[derive(Debug)]
pub(super) struct Named {
    /// Its path, by which errors know it; without ending if it has several editions.
    pub(super) path: String,
    /// What messages call it.
    pub(super) name: String,
    /// Where its record stands, or its declaration.
    pub(super) origin: Origin,
    pub(super) subject: Subject,
}

/// The coverage gate: every character of every value that documents read must be in some face.
pub(super) fn check_coverage<'a>(
    reads: impl Iterator<Item = &'a Reads>,
    (dataset, fonts): (&Dataset, &Fonts),
    report: &mut Report,
) {
    let reads: BTreeSet<FieldRef> = reads.flat_map(|it| it.fields.iter().copied()).collect();
    for at in reads {
        let cell = dataset.cell(at);
        let text = cell.value.display();
        let Some(finding) = unprintable(&text, fonts) else { continue };
        let field = dataset.field(at.column());
        let mut finding = finding
            .at(cell.origin)
            .about(Target::field(at))
            .field(field.title.clone())
            .subject(dataset.subject(at.record()));
        if !field.sensitive {
            finding = finding.value(text.chars().take(40).collect::<String>());
        }
        if !report.findings().contains(&finding) {
            report.push(finding);
        }
    }
}

/// What is said of a text with characters that no face has.
pub(super) fn unprintable(text: &str, fonts: &Fonts) -> Option<Finding> {
    let missing: BTreeSet<char> =
        text.chars().filter(|it| !is_ignorable(*it) && !fonts.covers(*it)).collect();
    let shown: Vec<String> = missing.iter().map(|it| format!("“{it}”（U+{:04X}）", u32::from(*it))).collect();
    let message = format!("现有字体中没有{}字", shown.join("、"));
    let hint = "请核对用字；确为此字的，请在项目的 fonts 文件夹放入含有该字的字体";
    (!shown.is_empty()).then(|| Finding::new(&codes::CHARACTER_NOT_PRINTABLE, message).hint(hint))
}

/// Characters that are not drawn, so need no glyph.
fn is_ignorable(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Documents that would have the same file name: an error about each of them, of whatever kind they are.
pub(super) fn check_names<'a>(documents: impl Iterator<Item = &'a Named>, report: &mut Report) {
    let mut by_path: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
    for it in documents {
        by_path.entry(folded(&it.path)).or_default().push(it);
    }
    for namesakes in by_path.into_values().filter(|it| it.len() > 1) {
        for (at, it) in namesakes.iter().enumerate() {
            // Each names one other: the first names the second, all others the first.
            let other = namesakes[usize::from(at == 0)];
            let message = format!("与“{}”的文件名相同：{}", other.name, it.path);
            report.push(
                Finding::new(&codes::FILE_NAME_COLLISION, message)
                    .at(it.origin)
                    .about(Target::Document(it.path.as_str().into()))
                    .related(other.origin, "另一份文件")
                    .subject(it.subject.clone())
                    .hint("请使两者的名称有所区别，或在声明的 file_name 中加入编码"),
            );
        }
    }
}
