//! Characters that nobody sees, or that rearrange what is seen, made visible.

use std::borrow::Cow;

/// Shows control, bidirectional and other invisible characters by their code points: `‹U+202E›`.
///
/// A value from a cell can neither move the cursor or change the colours of a terminal, nor turn the
/// text around it on a page.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push('↵'),
            it if is_invisible(it) => shown.push_str(&format!("‹U+{:04X}›", u32::from(it))),
            it => shown.push(it),
        }
    }
    Cow::Owned(shown)
}

/// Shows at most so many characters of a text, and says how many it has if that is not all.
pub(super) fn excerpt(text: &str, most: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(most) else { return visible(text) };
    Cow::Owned(format!("{}…（共{}字）", visible(&text[..end]), text.chars().count()))
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(visible("\u{1b}[31m红"), "‹U+001B›[31m红");
        assert_eq!(visible("张\u{202e}三\u{200b}"), "张‹U+202E›三‹U+200B›");
        assert_eq!(visible("第一行\n第二行"), "第一行↵第二行");
        assert!(matches!(visible("机械\u{3000}工程 𠮷"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(excerpt("一二三", 3), "一二三");
        assert_eq!(excerpt("一二三四", 3), "一二三…（共4字）");
    }
}
