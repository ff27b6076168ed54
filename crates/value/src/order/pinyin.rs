//! Names by pinyin: the collation of Unicode for Chinese, with the readings of surnames.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::{divide, strokes};

/// Surnames that are read otherwise than the character commonly is, each with one that is read so.
const READINGS: &[(&str, &str)] = &[
    ("曾", "增"),
    ("单", "善"),
    ("仇", "求"),
    ("解", "谢"),
    ("查", "渣"),
    ("区", "欧"),
    ("华", "话"),
    ("任", "仁"),
    ("朴", "瓢"),
    ("缪", "妙"),
    ("覃", "秦"),
    ("员", "运"),
    ("翟", "宅"),
    ("乐", "月"),
    ("秘", "闭"),
    ("折", "舌"),
    ("种", "虫"),
    ("召", "邵"),
    ("祭", "债"),
    ("繁", "婆"),
    ("黑", "贺"),
    ("过", "郭"),
    ("应", "英"),
    ("冼", "显"),
    ("洗", "显"),
    ("燕", "烟"),
    ("句", "勾"),
    ("尉迟", "玉迟"),
    ("万俟", "墨齐"),
    ("单于", "缠于"),
    ("澹台", "谈台"),
    ("令狐", "零狐"),
    ("长孙", "掌孙"),
    ("乐正", "月正"),
];

/// What a name is compared by: the sound of its surname, the surname itself (by strokes, so that two
/// of one sound do not mix), the given name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pronunciation {
    sound: Vec<u8>,
    surname: Vec<strokes::Weight>,
    given: Vec<u8>,
}

/// The reading of a name. Only Chinese texts of two to four characters are taken for the name of a
/// person; of anything else each character has its common reading.
pub(super) fn reading(text: &str) -> Pronunciation {
    let n_chars = text.chars().count();
    if !(2..=4).contains(&n_chars) {
        return Pronunciation { sound: collated(text), surname: Vec::new(), given: Vec::new() };
    }
    let (surname, given) = divide(text);
    let sound = READINGS.iter().find(|it| it.0 == surname).map_or(surname, |it| it.1);
    Pronunciation { sound: collated(sound), surname: strokes::weights(surname), given: collated(given) }
}

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("zh").into(), CollatorOptions::default()).ok());

/// The collation key of a text. The tables are part of the program; were they not, texts would go by
/// code point.
pub(super) fn collated(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    match &*COLLATOR {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
        }
        None => key.extend_from_slice(text.as_bytes()),
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_collation_of_chinese_is_part_of_the_program() {
        assert!(COLLATOR.is_some());
        assert!(collated("安") < collated("一"), "by code point 一 would come first");
    }
}
