//! Traditional characters in a text: reported with what the mainland writes, never changed.

use std::sync::LazyLock;

use crate::Fault;
use finding::codes;

/// The text with every traditional character replaced: for proposals and comparisons. A character
/// that 通用规范汉字表 has stays, whatever else it may stand for (乾, 著).
pub fn simplify(text: &str) -> String {
    text.chars().map(|it| simplified(it).unwrap_or(it)).collect()
}

/// Reports the traditional characters of a text, each once.
pub(super) fn mixed(text: &str) -> Option<Fault> {
    const N_SHOWN_MAX: usize = 8;
    let mut found: Vec<(char, char)> = Vec::new();
    for (c, plain) in text.chars().filter_map(|it| Some((it, simplified(it)?))) {
        if !found.contains(&(c, plain)) {
            found.push((c, plain));
        }
    }
    if found.is_empty() {
        return None;
    }
    let is_whole = found.len() > N_SHOWN_MAX;
    let pairs: Vec<String> =
        found.iter().take(N_SHOWN_MAX).map(|(c, plain)| format!("“{c}”（{plain}）")).collect();
    let more = if is_whole { format!("等{}个字", found.len()) } else { String::new() };
    Some(Fault::new(
        &codes::MIXED_SCRIPT,
        format!("含繁体字或异体字{}{more}", pairs.join("、")),
        if is_whole {
            "程序不作改动。请在 WPS 中用“审阅”里的“繁转简”转换后逐字核对；引文等确用原字的，请说明理由。"
        } else {
            "程序不作改动。请改为括号中的规范字；姓名、引文等确用原字的，请说明理由。"
        },
    ))
}

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// What stands for each character from [`FIRST`] to [`LAST`].
static SIMPLIFIED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let mut table = vec![None; (LAST - FIRST + 1) as usize];
    for line in include_str!("../data/simplified.txt").lines() {
        let mut pair = line.chars();
        let slot = pair.next().and_then(index).and_then(|it| table.get_mut(it));
        if let Some(slot) = slot {
            *slot = pair.next();
        }
    }
    table
});

fn simplified(c: char) -> Option<char> {
    SIMPLIFIED.get(index(c)?).copied().flatten()
}

fn index(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).and_then(|it| usize::try_from(it).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_are_reported_with_their_simple_form() {
        let fault = mixed("加強黨員教育，把製度建設贯穿始终").unwrap();
        assert_eq!(fault.code.name, "mixed-script");
        assert_eq!(
            fault.message,
            "含繁体字或异体字“強”（强）、“黨”（党）、“員”（员）、“製”（制）、“設”（设）"
        );
        assert!(mixed(&"漢語學習國際關係發展與經濟體製".repeat(3)).unwrap().message.ends_with("等14个字"));
    }

    #[test]
    fn characters_of_the_table_are_never_traditional() {
        assert_eq!(mixed("乾隆著作，瞭望，於菟，喆堃淼昇頔，〇"), None);
        assert_eq!(simplify("漢族"), "汉族");
        assert_eq!(simplify("𬀩A"), "𬀩A");
    }
}
