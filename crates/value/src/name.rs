//! Names of persons.

use std::sync::Arc;

use super::surname::is_double;
use super::text::{is_blank, readable, trim};
use super::{Fault, Parsed, Raw};
use finding::codes;

/// Parses the name of one person: blanks between Chinese characters go, every interpunct becomes
/// `·` (U+00B7), full-width Latin letters become half-width; each change is noted.
///
/// `张 三`, `王 小明` and `欧阳 修` are one name; `张三 李四` may be two, and is refused.
///
/// # Errors
/// `name-malformed`, and what an unreadable cell gives.
pub fn parse_name(raw: &Raw) -> Result<Parsed<Arc<str>>, Fault> {
    readable(raw)?;
    let (Raw::Text(text) | Raw::Shown { text, .. }) = raw else {
        return Err(malformed(&raw.display(), "请填姓名。"));
    };
    let text = trim(text);
    let name = tidy(text)?;
    if !(2..=30).contains(&name.chars().count()) {
        return Err(malformed(text, "姓名应为2至30个字。"));
    }
    if name.contains(['?', '？', '\u{FFFD}', '□', '■', '*', '＊', '×']) {
        let what = if name.contains(['*', '＊', '×']) {
            "有字被遮住"
        } else {
            "有字没有存下来（？）"
        };
        return Err(malformed(text, &format!("{what}，请对照原件补上。")));
    }
    if !name.chars().all(|c| may_stand_in_name(c, &name)) {
        return Err(malformed(text, "姓名中不能有数字、括号、顿号等；请只填一个人的姓名。"));
    }
    let mut parsed = Parsed::plain(name.as_str().into());
    if name != text {
        parsed.notes.push(Fault::new(
            &codes::NAME_TIDIED,
            format!("“{text}”已整理为“{name}”"),
            "如不对，请在原表中更正。",
        ));
    }
    Ok(parsed)
}

fn tidy(text: &str) -> Result<String, Fault> {
    let narrowed: String = text.chars().map(narrow_letter).collect();
    let hanzi = narrowed.chars().any(is_hanzi);
    let parts: Vec<&str> = narrowed.split(is_blank).filter(|it| !it.is_empty()).collect();
    if !hanzi {
        return Ok(unify_interpuncts(&parts.join(" "), hanzi));
    }
    let joined = unify_interpuncts(&parts.concat(), hanzi);
    // With an interpunct the blanks merely surround it.
    if parts.len() > 1 && !joined.contains('·') && may_be_two_names(&parts) {
        return Err(malformed(
            text,
            "如为一人，请去掉空格，或在民族姓名中写间隔号“·”；如为多人，请只填一人。",
        ));
    }
    Ok(joined)
}

/// Blanks pad short names; between parts that could each be a name they separate persons.
fn may_be_two_names(parts: &[&str]) -> bool {
    let lengths: Vec<usize> = parts.iter().map(|it| it.chars().count()).collect();
    let padded = lengths.iter().all(|&it| it == 1);
    let surname_first = parts.len() == 2 && lengths[1] <= 2 && (lengths[0] == 1 || is_double(parts[0]));
    let three_in_all = lengths.iter().sum::<usize>() <= 3;
    !(padded || surname_first || three_in_all)
}

fn unify_interpuncts(name: &str, hanzi: bool) -> String {
    let unify = |c: char| match c {
        '•' | '・' | '･' | '‧' | '∙' | '⋅' | '●' | '\u{0387}' => '·',
        // In Latin names a full stop abbreviates; between Chinese characters it stands for ·.
        '.' if hanzi => '·',
        _ => c,
    };
    name.chars().map(unify).collect()
}

fn may_stand_in_name(c: char, name: &str) -> bool {
    match c {
        // At the edge an interpunct joins nothing.
        '·' => !name.starts_with('·') && !name.ends_with('·'),
        ' ' | '.' | '-' | '\'' | '’' => !name.chars().any(is_hanzi),
        _ => c.is_alphabetic() || is_hanzi(c),
    }
}

/// Chinese characters, with 〇 and the private areas in which older systems keep rare ones: those
/// are found again when a face to print them is looked for.
fn is_hanzi(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{E000}'..='\u{F8FF}')
}

/// Full-width letters and the full-width full stop; nothing else, since NFKC would replace some
/// Chinese characters.
fn narrow_letter(c: char) -> char {
    match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn malformed(text: &str, hint: &str) -> Fault {
    Fault::new(&codes::NAME_MALFORMED, format!("“{text}”不是一个人的姓名"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names_stay_as_they_are() {
        for name in ["张三", "欧阳修", "阿不都·热合曼", "𬀩小明", "John A. Smith", "〇小六", "José Núñez"]
        {
            let parsed = parse_name(&Raw::text(name)).unwrap();
            assert_eq!((&*parsed.value, parsed.notes.len()), (name, 0), "{name}");
        }
    }

    #[test]
    fn blanks_and_interpuncts_are_tidied_and_noted() {
        for (text, name) in [
            ("张　三", "张三"),
            ("张 三", "张三"),
            ("张\u{A0}\u{200B}三", "张三"),
            ("王 小明", "王小明"),
            ("欧阳 小明", "欧阳小明"),
            ("诸 葛 孔 明", "诸葛孔明"),
            ("阿不都•热合曼", "阿不都·热合曼"),
            ("阿不都.热合曼", "阿不都·热合曼"),
            ("阿不都．热合曼", "阿不都·热合曼"),
            ("阿不都 · 热合曼", "阿不都·热合曼"),
            ("John  Smith", "John Smith"),
        ] {
            let parsed = parse_name(&Raw::text(text)).unwrap();
            assert_eq!(&*parsed.value, name, "{text}");
            assert_eq!(parsed.notes[0].message, format!("“{text}”已整理为“{name}”"));
        }
    }

    #[test]
    fn what_is_not_one_person_is_refused() {
        for text in [
            "张三、李四",
            "张三/李四",
            "张三,李四",
            "张三 李四",
            "阿不都 热合曼",
            "张三（女）",
            "张三1",
            "张",
            "张?",
            "·张三",
        ] {
            assert_eq!(parse_name(&Raw::text(text)).unwrap_err().code.name, "name-malformed", "{text}");
        }
        let long = "张".repeat(31);
        assert_eq!(parse_name(&Raw::text(&long)).unwrap_err().code.name, "name-malformed");
        let cell = Raw::Number { value: 1.0, decimals: None, percent: false };
        assert_eq!(parse_name(&cell).unwrap_err().code.name, "name-malformed");
    }
}
