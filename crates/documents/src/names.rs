//! File names: one component of a path, made safe for Windows and for every other system.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Longest name, in UTF-16 units as Windows counts; in UTF-8 it stays below the 255 bytes of other systems.
const LONGEST: usize = 80;

/// Longest mark that tells namesakes apart, in UTF-16 units; a longer one would leave too little of the name.
const LONGEST_MARK: usize = 40;

/// Names that Windows keeps for devices, whatever extension follows.
const RESERVED: &[&str] = &["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Makes a text into one component of a path, at most 80 UTF-16 units long.
///
/// What Windows forbids is replaced by its full-width twin (`A/B` becomes `A／B`), so that names that
/// differ before mostly differ afterwards; whoever plans files still has to look for collisions.
pub fn safe_name(text: &str) -> String {
    fitted(text, 0)
}

/// The name, without ending, of files that differ in their endings only (given without the dot): with the longest of
/// these it is as long as a name may be, so that a cut name is the same for all of them.
pub(super) fn stem(text: &str, endings: &[&str]) -> String {
    fitted(text, endings.iter().map(|it| 1 + units(it)).max().unwrap_or_default())
}

/// A name with a mark behind it that tells it from its namesakes; of a name that is too long, the mark stays.
pub(super) fn marked_name(text: &str, mark: &str) -> Option<String> {
    let mark = safe_name(mark);
    (units(&mark) <= LONGEST_MARK).then(|| format!("{}{mark}", fitted(text, units(&mark))))
}

/// What is the same of two paths that some system takes for one: Windows does not tell upper and lower case apart,
/// macOS neither these nor the ways of composing a character.
pub fn folded(path: &str) -> String {
    // Either step alone leaves pairs apart that the other joins: ς and σ, K and the sign of kelvin.
    path.nfc().collect::<String>().to_uppercase().to_lowercase()
}

/// A name with an ending that no other has, on any system; with a number behind it, if it is taken.
pub fn free_name(stem: &str, ending: &str, taken: &mut BTreeSet<String>) -> String {
    let dot = if ending.is_empty() { "" } else { "." };
    let names = std::iter::once(format!("{stem}{dot}{ending}"));
    let mut names = names.chain((2_u32..).map(|it| format!("{stem}（{it}）{dot}{ending}")));
    names.find(|it| taken.insert(folded(it))).unwrap_or_default()
}

/// A name that leaves room for so many UTF-16 units behind it.
fn fitted(text: &str, taken: usize) -> String {
    let spaced: String = text.chars().filter_map(permitted).collect();
    let words: Vec<&str> = spaced.split(' ').filter(|it| !it.is_empty()).collect();
    let name = shorten(&unreserved(outer_dots(&words.join(" "))), LONGEST.saturating_sub(taken));
    if name.is_empty() { "_".to_owned() } else { name }
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

/// Cuts a name that is too long, and marks the cut.
fn shorten(name: &str, longest: usize) -> String {
    if units(name) <= longest {
        return name.to_owned();
    }
    let mut kept = String::new();
    let mut n_kept = 0;
    for c in name.chars() {
        n_kept += c.len_utf16();
        if n_kept >= longest {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end_matches(['.', ' ']))
}

/// The name with a mark behind that of a device.
fn unreserved(name: String) -> String {
    if !is_reserved(&name) {
        return name;
    }
    name.find('.').map_or(format!("{name}_"), |dot| format!("{}_{}", &name[..dot], &name[dot..]))
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port).map(|it| it.chars().collect::<Vec<_>>());
        matches!(number.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    RESERVED.contains(&stem.as_str()) || is_port("COM") || is_port("LPT")
}

/// Length in UTF-16 units.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that no name can be, or that are only just one.
    fn nasty() -> Vec<String> {
        let words = [
            "",
            " ",
            ".",
            "..",
            "...",
            "支部.",
            ".hidden",
            "支部. ",
            "a . .",
            "con",
            "Con .x",
            "NUL.a.b",
            "COM1",
            "lpt¹",
            "conin$",
            "../../etc/passwd",
            "a/b\\c:d*e?f\"g<h>i|j",
            " 机械\r\n设计\u{3000}支部\t",
            "申报\u{202e}书\u{200b}\u{0}",
        ];
        let long = ["支", "𠮷", "a.", " .", ". ", "e\u{301}", "ß"];
        let reserved = ["CON.", "aux .", "com9."].map(|it| format!("{it}{}", "x".repeat(200)));
        let long = long.iter().flat_map(|it| (10..90).map(move |n| it.repeat(n)));
        words.iter().map(ToString::to_string).chain(long).chain(reserved).collect()
    }

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        let name = "党建工作样板支部申报书-机械工程学院机械设计系教师党支部.pdf";
        assert_eq!(safe_name(name), name);
        assert_eq!(safe_name("第一（联合）党支部 A组"), "第一（联合）党支部 A组");
    }

    #[test]
    fn what_a_system_forbids_is_replaced_so_that_it_can_still_be_read() {
        for (text, expected) in [
            (r#"a/b\c:d*e?f"g<h>i|j"#, "a／b＼c：d＊e？f＂g＜h＞i｜j"),
            ("../../etc/passwd", "．.／..／etc／passwd"),
            (" 机械\r\n设计\u{3000}支部\t", "机械 设计 支部"),
            ("申报\u{202e}书\u{200b}\u{0}", "申报书"),
            ("支部.", "支部．"),
            ("支部. ", "支部．"),
            (".hidden", "．hidden"),
            (".", "．"),
            ("  ", "_"),
            ("con", "con_"),
            ("Nul.pdf", "Nul_.pdf"),
            ("aux .txt", "aux _.txt"),
            ("COM1", "COM1_"),
            ("lpt²", "lpt²_"),
            ("COM10", "COM10"),
            ("console", "console"),
        ] {
            assert_eq!(safe_name(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_and_its_files_share_what_is_left() {
        assert_eq!(units(&safe_name(&"支".repeat(81))), 80);
        assert_eq!(safe_name(&"支".repeat(80)), "支".repeat(80));
        assert_eq!(safe_name(&"𠮷".repeat(60)).chars().count(), 40);
        let endings = ["pdf", "figures.json"];
        assert_eq!(stem(&"支".repeat(67), &endings), "支".repeat(67));
        assert_eq!(stem(&"支".repeat(68), &endings), format!("{}…", "支".repeat(66)));
        assert_eq!(stem("第1.2期", &["pdf"]), "第1.2期");
    }

    #[test]
    fn every_name_is_safe_with_its_ending_and_in_bytes_and_stays_so() {
        let endings = ["pdf", "docx", "figures.json"];
        for text in nasty() {
            let stem = stem(&text, &endings);
            let files = endings.iter().map(|it| format!("{stem}.{it}"));
            for name in files.chain([safe_name(&text)]).chain(marked_name(&text, "（0100-3）")) {
                assert_eq!(safe_name(&name), name, "from {text:?}");
                assert!(units(&name) <= LONGEST && name.len() <= 255, "{name}");
                assert!(!name.ends_with(['.', ' ']) && !name.starts_with('.'), "{name:?}");
            }
        }
    }

    #[test]
    fn a_mark_outlives_the_cut_unless_it_is_too_long_itself() {
        let marked = |text: &str, mark: &str| marked_name(text, mark);
        assert_eq!(marked("数学学院", "（0100-3）").unwrap(), "数学学院（0100-3）");
        assert_eq!(
            marked(&"支".repeat(90), "（0100-3）").unwrap(),
            format!("{}…（0100-3）", "支".repeat(71))
        );
        assert_eq!(marked("数学学院", &"0".repeat(41)), None);
    }

    #[test]
    fn paths_that_a_system_takes_for_one_fold_to_one() {
        for (a, b) in [
            ("forms/a.pdf", "Forms/A.PDF"),
            ("ＭＢＡ教师党支部", "ｍｂａ教师党支部"),
            ("Ⅱ", "ⅱ"),
            ("σ", "ς"),
            ("\u{212a}", "k"),
            ("Cafe\u{301}", "CAFÉ"),
            ("\u{f90a}", "金"),
        ] {
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        assert_ne!(folded("一支部"), folded("二支部"));
        assert_ne!(folded("A／B"), folded("A/B"));
    }
}
