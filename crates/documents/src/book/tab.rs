//! Names of sheets that Excel accepts: 31 UTF-16 units, without seven characters, each name once.

use std::collections::BTreeSet;

use super::{Book, Sheet};

/// Excel's longest sheet name, in UTF-16 units.
const LONGEST: usize = 31;

impl Book {
    /// The names of the sheets in their order: made safe, and told apart by （2）, （3） … where needed.
    pub fn tabs(&self) -> Vec<String> {
        let (mut taken, untitled) = (BTreeSet::new(), &self.captions.sheets.untitled);
        self.sheets.iter().map(|it: &Sheet| tab_name(it.name(), untitled, &mut taken)).collect()
    }
}

/// A name for the next sheet: made safe, told apart from those that are taken, and taken itself.
pub fn tab_name(name: &str, untitled: &str, taken: &mut BTreeSet<String>) -> String {
    free(&safe(name, untitled), taken)
}

/// Full-width twins stand in for the characters that Excel forbids, so that the name reads the same.
fn safe(name: &str, untitled: &str) -> String {
    let swap = |character| match character {
        '[' => '［',
        ']' => '］',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '/' => '／',
        '\\' => '＼',
        '\'' => '’',
        other => other,
    };
    let name: String = name.chars().filter(|it| !it.is_control()).map(swap).collect();
    match name.trim() {
        "" => untitled.to_owned(),
        // Excel keeps this name for itself, in any case.
        reserved if reserved.eq_ignore_ascii_case("history") => format!("{reserved}_"),
        name => name.to_owned(),
    }
}

/// Excel holds names that differ only in case to be the same.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = cut(name, LONGEST);
    let mut number = 2_usize;
    while !taken.insert(candidate.to_lowercase()) {
        let suffix = format!("（{number}）");
        candidate = cut(name, LONGEST - suffix.encode_utf16().count()) + &suffix;
        number += 1;
    }
    candidate
}

/// The longest beginning of at most so many UTF-16 units.
fn cut(name: &str, units: usize) -> String {
    let mut left = units;
    let fits = |character: &char| match left.checked_sub(character.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    name.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free_names(names: &[&str]) -> Vec<String> {
        let mut taken = BTreeSet::new();
        names.iter().map(|name| tab_name(name, "工作表", &mut taken)).collect()
    }

    #[test]
    fn forbidden_characters_give_way_to_their_full_width_twins() {
        assert_eq!(
            free_names(&["'1/2':[a]*?\\", "History", " \u{7} "]),
            ["’1／2’：［a］＊？＼", "History_", "工作表"]
        );
    }

    #[test]
    fn equal_names_are_told_apart_even_where_they_are_cut() {
        let long = "机".repeat(40);
        let names = free_names(&[&long, &long, "Sheet", "SHEET"]);
        assert_eq!(names, ["机".repeat(31), "机".repeat(28) + "（2）", "Sheet".into(), "SHEET（2）".into()]);
    }

    #[test]
    fn a_rare_character_counts_twice() {
        assert_eq!(free_names(&[&"𠮷".repeat(20)]), ["𠮷".repeat(15)]);
    }
}
