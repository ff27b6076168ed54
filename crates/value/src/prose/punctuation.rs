//! Marks beside Chinese in their Chinese form.

use super::is_hanzi;

/// The text with Chinese marks beside Chinese characters: `,` `;` `:` `?` `!` `.` and brackets, half-width
/// Japanese marks, straight quotation marks in pairs, `...`, and `〔2018〕25号` for other brackets of a
/// document number. Marks inside numbers and Latin text stay.
pub(super) fn chinese(text: &str) -> Option<String> {
    let mut chars: Vec<char> = text.replace("......", "……").replace("...", "……").chars().collect();
    document_numbers(&mut chars);
    brackets(&mut chars);
    quotes(&mut chars);
    for at in 0..chars.len() {
        if let Some(mark) = mark(&chars, at) {
            chars[at] = mark;
        }
    }
    let changed: String = chars.into_iter().collect();
    (changed != text).then_some(changed)
}

/// The text with 六角括号 in its document numbers, character for character.
pub(super) fn with_document_numbers(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    document_numbers(&mut chars);
    chars.into_iter().collect()
}

fn mark(chars: &[char], at: usize) -> Option<char> {
    let full = match chars[at] {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '.' => '。',
        '｡' => return Some('。'),
        '､' => return Some('、'),
        '｢' => return Some('「'),
        '｣' => return Some('」'),
        _ => return None,
    };
    let before = chars[..at].iter().rev().find(|it| **it != ' ').copied();
    let after = chars[at + 1..].iter().find(|it| **it != ' ').copied();
    let closes = before.is_some_and(is_chinese);
    match chars[at] {
        // `1.` before Chinese numbers a paragraph.
        '.' => (closes && after.is_none_or(|it| is_chinese(it) || it == '\n')).then_some(full),
        // `12:30` and `3,000` are one; so is `http://`.
        _ => (closes || after.is_some_and(is_hanzi)).then_some(full),
    }
}

/// Pairs of `(` and `)` that hold or touch Chinese.
fn brackets(chars: &mut [char]) {
    let mut open = Vec::new();
    for at in 0..chars.len() {
        match chars[at] {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                let Some(start) = open.pop() else { continue };
                let inside = chars[start + 1..at].iter().any(|it| is_hanzi(*it));
                let touches = start.checked_sub(1).is_some_and(|it| is_chinese(chars[it]))
                    || chars.get(at + 1).is_some_and(|it| is_chinese(*it));
                if inside || touches {
                    (chars[start], chars[at]) = ('（', '）');
                }
            }
            _ => {}
        }
    }
}

/// Straight quotation marks around Chinese, if they pair up in their line.
fn quotes(chars: &mut [char]) {
    let mut start = 0;
    while start < chars.len() {
        let end = chars[start..].iter().position(|it| *it == '\n').map_or(chars.len(), |it| start + it);
        let line = &mut chars[start..end];
        let marks: Vec<usize> = (0..line.len()).filter(|it| line[*it] == '"').collect();
        if marks.len().is_multiple_of(2) {
            for pair in marks.chunks(2) {
                if line[pair[0]..pair[1]].iter().any(|it| is_hanzi(*it)) {
                    (line[pair[0]], line[pair[1]]) = ('“', '”');
                }
            }
        }
        start = end + 1;
    }
}

/// The year of a document number stands in 六角括号 (GB/T 9704).
fn document_numbers(chars: &mut [char]) {
    const OPEN: &str = "[【﹝〖（(［";
    const CLOSE: &str = "]】﹞〗）)］";
    for at in 0..chars.len().saturating_sub(6) {
        let digits = |range: std::ops::Range<usize>| chars[range].iter().all(char::is_ascii_digit);
        let after = chars[at + 6..].iter().take_while(|it| it.is_ascii_digit()).count();
        let is_number = OPEN.contains(chars[at])
            && CLOSE.contains(chars[at + 5])
            && digits(at + 1..at + 5)
            && after > 0
            && chars.get(at + 6 + after) == Some(&'号');
        if is_number {
            (chars[at], chars[at + 5]) = ('〔', '〕');
        }
    }
}

fn is_chinese(c: char) -> bool {
    is_hanzi(c) || "，。；：？！、（）〔〕“”‘’《》〈〉【】「」".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_beside_chinese_become_chinese() {
        for (text, changed) in [
            ("坚持党建引领,抓好落实.", "坚持党建引领，抓好落实。"),
            ("《办法(试行)》", "《办法（试行）》"),
            ("教党[2018]25号、校组【2020】9号", "教党〔2018〕25号、校组〔2020〕9号"),
            ("开展\"两学一做\"教育", "开展“两学一做”教育"),
            ("好! 为什么?因为:好;对", "好！ 为什么？因为：好；对"),
            ("学习、研讨...完成", "学习、研讨……完成"),
            ("大会｡通知､公告", "大会。通知、公告"),
        ] {
            assert_eq!(chinese(text).as_deref(), Some(changed), "{text}");
        }
    }

    #[test]
    fn numbers_and_latin_text_keep_their_marks() {
        for text in ["14:30开始", "共3,000元", "增长3.5%", "1.开展调研", "GB/T 9704-2012 (E)", "a.b@c.cn"]
        {
            assert_eq!(chinese(text), None, "{text}");
        }
    }
}
