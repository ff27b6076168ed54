//! File names: one component of a path, made safe for Windows and for every other system.

/// Longest name, in UTF-16 units as Windows counts; in UTF-8 it stays below the 255 bytes of other systems.
const LONGEST: usize = 80;

/// Longest file extension that is kept when a name is cut, with its dot.
const LONGEST_EXTENSION: usize = 6;

/// Names that Windows keeps for devices, whatever extension follows.
const RESERVED: &[&str] = &["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Makes a text into one component of a path, at most 80 UTF-16 units long.
///
/// What Windows forbids is replaced by its full-width twin (`A/B` becomes `A／B`), so that names that
/// differ before mostly differ afterwards; whoever plans files still has to look for collisions.
pub fn safe_name(text: &str) -> String {
    let spaced: String = text.chars().filter_map(permitted).collect();
    let words: Vec<&str> = spaced.split(' ').filter(|it| !it.is_empty()).collect();
    let name = shorten(&outer_dots(&words.join(" ")));
    match name.as_str() {
        "" => "_".to_owned(),
        it if is_reserved(it) => {
            it.find('.').map_or(format!("{it}_"), |dot| format!("{}_{}", &it[..dot], &it[dot..]))
        }
        _ => name,
    }
}

/// The character as it may stand in a name; `None` for one that nobody sees.
fn permitted(c: char) -> Option<char> {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => char::from_u32(c as u32 + 0xFEE0),
        it if it.is_whitespace() => Some(' '),
        it if it.is_control() => None,
        it => Some(it),
    }
}

/// Replaces a dot at either end: in front it hides the file, at the end Windows drops it.
fn outer_dots(name: &str) -> String {
    let mut chars: Vec<char> = name.chars().collect();
    if chars.first() == Some(&'.') {
        chars[0] = '．';
    }
    if let Some(last) = chars.last_mut().filter(|it| **it == '.') {
        *last = '．';
    }
    chars.into_iter().collect()
}

/// Cuts a name that is too long before its extension, and marks the cut.
fn shorten(name: &str) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if units(name) <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if name.len() - dot <= LONGEST_EXTENSION => name.split_at(dot),
        _ => (name, ""),
    };
    let room = LONGEST - units(extension) - 1;
    let mut kept = String::new();
    for c in stem.chars() {
        if units(&kept) + c.len_utf16() > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…{extension}", kept.trim_end_matches(['.', ' ']))
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port).map(|it| it.chars().collect::<Vec<_>>());
        matches!(number.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    RESERVED.contains(&stem.as_str()) || is_port("COM") || is_port("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        let name = "党建工作样板支部申报书-机械工程学院机械设计系教师党支部.pdf";
        assert_eq!(safe_name(name), name);
        assert_eq!(safe_name("第一（联合）党支部 A组"), "第一（联合）党支部 A组");
    }

    #[test]
    fn forbidden_characters_become_their_full_width_twins() {
        assert_eq!(safe_name(r#"a/b\c:d*e?f"g<h>i|j"#), "a／b＼c：d＊e？f＂g＜h＞i｜j");
        assert_eq!(safe_name("../../etc/passwd"), "．./../etc/passwd".replace('/', "／"));
    }

    #[test]
    fn line_breaks_are_spaces_and_invisible_characters_go() {
        assert_eq!(safe_name(" 机械\r\n设计\u{3000}支部\t"), "机械 设计 支部");
        assert_eq!(safe_name("申报\u{202e}书\u{200b}\u{0}"), "申报书");
    }

    #[test]
    fn dots_and_spaces_at_the_ends_do_not_vanish_on_windows() {
        assert_eq!(safe_name("支部."), "支部．");
        assert_eq!(safe_name(".hidden"), "．hidden");
        assert_eq!(safe_name("支部. "), "支部．");
        assert_eq!(safe_name("  "), "_");
        assert_eq!(safe_name("."), "．");
    }

    #[test]
    fn device_names_get_a_mark() {
        assert_eq!(safe_name("con"), "con_");
        assert_eq!(safe_name("Nul.pdf"), "Nul_.pdf");
        assert_eq!(safe_name("COM1"), "COM1_");
        assert_eq!(safe_name("COM10"), "COM10");
        assert_eq!(safe_name("console"), "console");
    }

    #[test]
    fn a_long_name_is_cut_before_its_extension() {
        let name = safe_name(&format!("{}.xlsx", "支".repeat(100)));
        assert_eq!(name.encode_utf16().count(), 80);
        assert!(name.ends_with("支….xlsx"), "{name}");
        assert_eq!(safe_name(&"𠮷".repeat(60)).chars().count(), 40);
        assert!(safe_name(&"支".repeat(300)).len() <= 255);
    }
}
