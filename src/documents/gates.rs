//! Gates before anything is rendered: characters that no face has, and file names that meet.

use std::collections::{BTreeMap, BTreeSet};

use super::form::Filled;
use super::planning::Planning;
use crate::dataset::FieldRef;
use crate::finding::{Finding, Report, codes};

/// The coverage gate: every character of every value that a form reads must be in some face.
pub(super) fn check_coverage(filled: &[Filled], planning: Planning<'_>, report: &mut Report) {
    let reads: BTreeSet<FieldRef> = filled.iter().flat_map(|it| it.reads.fields.iter().copied()).collect();
    for at in reads {
        let cell = planning.dataset.cell(at);
        let text = cell.value.display();
        let missing: BTreeSet<char> =
            text.chars().filter(|it| !is_ignorable(*it) && !planning.fonts.covers(*it)).collect();
        if missing.is_empty() {
            continue;
        }
        let field = &planning.dataset.schema(at.table).fields[at.field];
        let shown: Vec<String> =
            missing.iter().map(|it| format!("“{it}”（U+{:04X}）", u32::from(*it))).collect();
        let mut finding =
            Finding::new(&codes::CHARACTER_NOT_PRINTABLE, format!("现有字体中没有{}字", shown.join("、")))
                .at(cell.origin)
                .field(field.title.clone())
                .subject(planning.dataset.subject(at.table, at.row))
                .hint("请核对用字；确为此字的，请在项目的 fonts 文件夹放入含有该字的字体");
        if !field.sensitive {
            finding = finding.value(text.chars().take(40).collect::<String>());
        }
        if !report.findings().contains(&finding) {
            report.push(finding);
        }
    }
}

/// Characters that are not drawn, so need no glyph.
fn is_ignorable(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Two records whose documents would have the same file name: an error at both.
pub(super) fn check_collisions(filled: &[Filled], report: &mut Report) {
    let mut first: BTreeMap<String, &Filled> = BTreeMap::new();
    for it in filled {
        let origin = |it: &Filled| it.record.dataset.record(it.record.table, it.record.row).origin;
        // Windows does not tell upper and lower case apart.
        let Some(earlier) = first.insert(it.path.to_lowercase(), it) else { continue };
        for (this, other) in [(it, earlier), (earlier, it)] {
            let message = format!("与“{}”的文件名相同：{}", other.name, this.path);
            report.push(
                Finding::new(&codes::FILE_NAME_COLLISION, message)
                    .at(origin(this))
                    .related(origin(other), "另一条记录")
                    .subject(this.record.dataset.subject(this.record.table, this.record.row))
                    .hint("请使两者的名称有所区别，或在表单声明的 file_name 中加入编码"),
            );
        }
    }
}
