//! How a text field wants its prose: the keys `width`, `punctuation`, `suspect_words`, `latin_words`.

use super::table::FieldKind;
use finding::{Finding, Report, codes};
use source::{Fields, LocatedText};
use value::{Cleaning, Punctuation, Width};

/// Reads the keys from the declaration of a text field; in that of another field they are unknown.
///
/// - `width: half` — full-width letters and digits become half-width;
/// - `punctuation: chinese` — marks and brackets beside Chinese become Chinese ones;
/// - `suspect_words: [意昂4]` — each of these words is reported where it stands;
/// - `latin_words: [PPT]` — any other Latin word beside Chinese is reported; `[]` knows none.
pub(super) fn read(fields: &mut Fields<'_, '_>, kind: &FieldKind) -> Cleaning {
    if !is_prose(kind) {
        return Cleaning::default();
    }
    let width = fields.text("width").and_then(|it| word(&it, "half", Width::Half, fields.report()));
    let punctuation =
        fields.text("punctuation").and_then(|it| word(&it, "chinese", Punctuation::Chinese, fields.report()));
    let suspect_words = fields.strings("suspect_words");
    let latin_words = fields.node("latin_words").map(|_| fields.strings("latin_words"));
    Cleaning {
        width: width.unwrap_or_default(),
        punctuation: punctuation.unwrap_or_default(),
        suspect_words,
        latin_words,
    }
}

fn is_prose(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text | FieldKind::LongText => true,
        FieldKind::List(of) => is_prose(of),
        _ => false,
    }
}

/// The one word that a key knows.
fn word<T>(written: &LocatedText, known: &str, meaning: T, report: &mut Report) -> Option<T> {
    if &*written.text == known {
        return Some(meaning);
    }
    let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有名为“{}”的写法", written.text));
    report.push(finding.at(written.origin).hint(format!("可用：{known}；不需要时去掉该项")));
    None
}
