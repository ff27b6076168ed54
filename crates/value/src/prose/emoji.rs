//! Emoji, with everything that belongs to them: skin colours, joiners, keycaps, variation selectors.

use icu_properties::CodePointSetData;
use icu_properties::props::{EmojiModifier, EmojiPresentation, ExtendedPictographic};

/// The text without emoji. Signs that offices use (★ ☑ ✓ ❶ ➤ ™ →) stay unless a variation selector
/// makes an emoji of them.
pub(super) fn removed(text: &str) -> Option<String> {
    // Everything below U+2000 is a letter, a digit or an ordinary mark; a keycap has U+20E3.
    if !text.chars().any(may_begin) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let length = emoji_at(&chars, at);
        if length == 0 {
            kept.push(chars[at]);
        }
        at += length.max(1);
    }
    (kept != text).then_some(kept)
}

const VARIATION_TEXT: char = '\u{FE0E}';
const VARIATION_EMOJI: char = '\u{FE0F}';
const JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';

fn may_begin(c: char) -> bool {
    is_selector(c) || matches!(c, JOINER | KEYCAP) || is_pictograph(c)
}

/// How many characters of an emoji stand here; 0 if there is none.
fn emoji_at(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let next = |offset: usize| rest.get(offset).copied().unwrap_or('\0');
    let c = rest[0];
    let selected = next(1) == VARIATION_EMOJI;
    if matches!(c, '0'..='9' | '#' | '*') {
        return match (next(1), next(2)) {
            (KEYCAP, _) => 2,
            (VARIATION_EMOJI, KEYCAP) => 3,
            _ => 0,
        };
    }
    if is_selector(c) || matches!(c, JOINER | KEYCAP) {
        return 1;
    }
    if !is_pictograph(c) || is_letterlike(c) || (is_office_sign(c) && !selected) {
        return 0;
    }
    let mut end = 1;
    while continues(next(end)) {
        end += 1;
    }
    end
}

/// What follows an emoji and belongs to it. ♀ and ♂ may have lost the joiner before them.
fn continues(c: char) -> bool {
    let modifier = CodePointSetData::new::<EmojiModifier>().contains(c);
    let tag = matches!(c, '\u{E0020}'..='\u{E007F}');
    modifier || tag || matches!(c, VARIATION_TEXT | VARIATION_EMOJI | JOINER | KEYCAP | '♀' | '♂')
}

/// Variation selectors, those of ideographs included.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_pictograph(c: char) -> bool {
    // Chess men, flags and ornaments are pictures though not all of them became emoji.
    let is_common = c < '\u{A9}' || matches!(c, '\u{3400}'..='\u{9FFF}');
    !is_common
        && (CodePointSetData::new::<EmojiPresentation>().contains(c)
            || CodePointSetData::new::<ExtendedPictographic>().contains(c)
            || matches!(c, '\u{1F1E6}'..='\u{1F1FF}' | '\u{2654}'..='\u{265F}' | '\u{2719}'..='\u{2775}'))
}

/// Marks that are text first even when shown as emoji.
fn is_letterlike(c: char) -> bool {
    matches!(c, '©' | '®' | '™' | 'ℹ' | '‼' | '⁉' | '〇')
}

/// Signs that stand in office documents as bullets, boxes, arrows and numbers.
fn is_office_sign(c: char) -> bool {
    let emoji = CodePointSetData::new::<EmojiPresentation>().contains(c);
    let sign = matches!(c, '\u{2100}'..='\u{25FF}' | '★' | '☆' | '☎' | '☏' | '☐' | '☑' | '☒' | '♀' | '♂'
        | '✓'..='✘' | '❖' | '\u{2776}'..='\u{27BF}' | '\u{2900}'..='\u{2BFF}' | '\u{3000}'..='\u{33FF}');
    sign && !emoji
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_go_with_all_that_belongs_to_them() {
        for (text, plain) in [
            ("各基层党(工)委📟、直属党总支", "各基层党(工)委、直属党总支"),
            ("补短板9️⃣、不掉队⚾️⛔️、勇争先", "补短板、不掉队、勇争先"),
            ("抓手🧑🏻‍🦲🥀、总要求🛺", "抓手、总要求"),
            ("工作👩✈️，活动🤦🏻♂️", "工作，活动"),
            ("队伍🤽🏻♂️♙，提升⬇️", "队伍，提升"),
            ("表彰✦👃🏻。生活〰️。", "表彰。生活。"),
            ("🇨🇳国旗🏴󠁧󠁢󠁥󠁮󠁧󠁿", "国旗"),
            ("葛\u{E0100}某", "葛某"),
            ("#️⃣1⃣完", "完"),
        ] {
            assert_eq!(removed(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn signs_of_offices_stay() {
        for text in ["★重点 ☑已办 ✓ ❶ ➤ → ① ※ ™ © ♀ 〇 ㊣ 1*2#3", "90%±5℃——“引号”……"]
        {
            assert_eq!(removed(text), None, "{text}");
        }
    }
}
