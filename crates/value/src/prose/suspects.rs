//! Words that do not belong in a text, where a field declares them.

use std::sync::Arc;

use super::is_hanzi;
use crate::Fault;
use finding::codes;

/// Reports each declared word in the text, ignoring case.
pub(super) fn words(text: &str, suspects: &[Arc<str>]) -> Option<Fault> {
    let folded = text.to_lowercase();
    let found: Vec<&str> =
        suspects.iter().map(|it| &**it).filter(|it| folded.contains(&it.to_lowercase())).collect();
    // `意昂4` says more than `意昂`.
    let longest = |word: &&&str| !found.iter().any(|it| it.len() > word.len() && it.contains(**word));
    let shown: Vec<String> = found.iter().filter(longest).map(|it| format!("“{it}”")).collect();
    (!shown.is_empty()).then(|| {
        Fault::new(
            &codes::SUSPECT_WORD,
            format!("文中有{}，疑为转载时混入的无关文字", shown.join("、")),
            "程序不作改动。请对照原始材料改正；确应如此的，请说明理由。",
        )
    })
}

/// Reports the Latin words beside Chinese that are not among the known ones.
pub(super) fn latin(text: &str, known: &[Arc<str>]) -> Option<Fault> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let length = chars[at..].iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let word: String = chars[at..at + length].iter().collect();
        let touches = at.checked_sub(1).is_some_and(|it| is_hanzi(chars[it]))
            || chars.get(at + length).is_some_and(|it| is_hanzi(*it));
        let is_word = word.contains(|it: char| it.is_ascii_alphabetic());
        let is_known = known.iter().any(|it| it.eq_ignore_ascii_case(&word));
        if is_word && touches && !is_known && !found.contains(&word) {
            found.push(word);
        }
        at += length.max(1);
    }
    (!found.is_empty()).then(|| {
        let shown: Vec<String> = found.iter().map(|it| format!("“{it}”")).collect();
        Fault::new(
            &codes::LATIN_WORD,
            format!("文中有未列入的字母词{}", shown.join("、")),
            "请核对是否误入；确应如此的，请说明理由，或请工程师列入表式的 latin_words。",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_words_are_found_the_longest_first() {
        let suspects: Vec<Arc<str>> = vec!["意昂".into(), "意昂4".into(), "平台X".into()];
        let fault = words("《意昂4平台党支部工作质量标准》", &suspects).unwrap();
        assert_eq!(fault.message, "文中有“意昂4”，疑为转载时混入的无关文字");
        assert_eq!(fault.code.name, "suspect-word");
        assert!(words("平台x", &suspects).is_some());
        assert_eq!(words("党支部工作质量标准", &suspects), None);
    }

    #[test]
    fn latin_words_beside_chinese_must_be_known() {
        let known: Vec<Arc<str>> = vec!["PPT".into(), "e".into()];
        let fault = latin("党建e家的ppt由xyz平台制作，见 GB/T 9704，2019年", &known).unwrap();
        assert_eq!(fault.message, "文中有未列入的字母词“xyz”");
        assert_eq!(latin("2019年党建e家", &known), None);
    }
}
