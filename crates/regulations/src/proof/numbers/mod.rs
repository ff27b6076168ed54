//! Document numbers: well formed, and each given once.

mod cited;

pub(super) use cited::Known;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Regulation, Words};
use finding::{Finding, Origin, codes};
use value::fold;

/// The document numbers of a head are well formed.
pub(super) fn check_head(regulation: &Regulation, found: &mut Vec<Finding>) {
    let head = &regulation.head;
    let own = head.number.iter().map(|it| (&it.text, it.origin));
    for (text, origin) in own {
        if let Some(what) = written_wrong(text) {
            found.push(fault(text, what, origin));
        }
    }
    let listed = head.repeals.iter().filter(|it| it.text.ends_with('号'));
    for it in listed {
        if let Some(what) = written_wrong(&it.text) {
            found.push(fault(&it.text, what, it.origin));
        }
    }
}

/// Document numbers in running text are well formed.
pub(super) fn check_text(words: Words<'_>, found: &mut Vec<Finding>) {
    for passage in words.passages() {
        let chars: Vec<char> = passage.text().chars().collect();
        for Range { start, end } in mentions(&chars) {
            let text: String = chars[start..end].iter().collect();
            if let Some(what) = written_wrong(&text) {
                found.push(fault(&text, what, passage.origin_at(start)));
            }
        }
    }
}

pub(super) fn check_twice(regulations: &[Regulation], found: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, Origin> = BTreeMap::new();
    for number in regulations.iter().filter_map(|it| it.head.number.as_ref()) {
        match known.get(&fold(&number.text)) {
            Some(first) => {
                let finding = Finding::new(
                    &codes::DOCUMENT_NUMBER_TWICE,
                    format!("文号“{}”已属于另一件制度", number.text),
                );
                let finding = finding.hint("请对照原文核对两件制度的文号").at(number.origin);
                found.push(finding.related(*first, "另一件制度的文号"));
            }
            None => {
                known.insert(fold(&number.text), number.origin);
            }
        }
    }
}

fn fault(text: &str, what: &str, origin: Origin) -> Finding {
    let finding = Finding::new(&codes::DOCUMENT_NUMBER_MALFORMED, format!("文号“{text}”{what}"));
    finding.value(text).hint("请改为“示理工党〔2023〕12号”的写法").at(origin)
}

const OPEN: &str = "〔[【﹝〖（(［";
const CLOSE: &str = "〕]】﹞〗）)］";

/// What is wrong with a document number, if anything: 机关代字, a year of four digits in 〔〕, a number from one.
fn written_wrong(text: &str) -> Option<&'static str> {
    let Some((name, rest)) = text.find(|it| OPEN.contains(it)).map(|it| text.split_at(it)) else {
        return Some("没有六角括号“〔〕”和年份");
    };
    let Some((year, serial)) = rest.find(|it| CLOSE.contains(it)).map(|it| rest.split_at(it)) else {
        return Some("的括号没有成对");
    };
    if !year.starts_with('〔') || !serial.starts_with('〕') {
        return Some("的年份没有用六角括号“〔〕”");
    }
    let year = year.trim_start_matches('〔');
    let is_year = year.chars().count() == 4 && (year.starts_with("19") || year.starts_with("20"));
    let serial = serial.trim_start_matches('〕');
    let number = serial.strip_suffix('号').unwrap_or("");
    if !(is_year && year.chars().all(|it| it.is_ascii_digit())) {
        Some("的年份不是四位数字")
    } else if serial.starts_with('第') {
        Some("的序号前多了“第”")
    } else if number.starts_with('0') {
        Some("的序号前多了“0”")
    } else if number.is_empty() || !number.chars().all(|it| it.is_ascii_digit()) {
        Some("的序号应为数字，其后写“号”")
    } else if name.is_empty() || name.chars().any(|it| it.is_ascii() || it.is_whitespace()) {
        Some("没有机关代字，或其中有字母、空格")
    } else {
        None
    }
}

/// Document numbers in running text: brackets with two to four digits between Chinese and digits that 号 follows.
pub(crate) fn mentions(chars: &[char]) -> Vec<Range<usize>> {
    (0..chars.len()).filter_map(|at| mention(chars, at)).collect()
}

fn mention(chars: &[char], at: usize) -> Option<Range<usize>> {
    let is_digit = |it: &&char| it.is_ascii_digit();
    if !OPEN.contains(chars[at]) {
        return None;
    }
    let n_year = chars[at + 1..].iter().take_while(is_digit).count();
    let close = at + 1 + n_year;
    let is_closed = chars.get(close).is_some_and(|it| CLOSE.contains(*it));
    let serial = close + 1 + usize::from(chars.get(close + 1) == Some(&'第'));
    let n_serial = chars.get(serial..)?.iter().take_while(is_digit).count();
    let end = serial + n_serial;
    let is_number = (2..=4).contains(&n_year) && is_closed && n_serial > 0 && chars.get(end) == Some(&'号');
    let is_name = |it: &&char| ('\u{4E00}'..='\u{9FFF}').contains(*it);
    let n_name = chars[..at].iter().rev().take_while(is_name).take(8).count();
    (is_number && n_name > 0).then_some(at - n_name..end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_well_formed_or_it_is_said_what_is_wrong() {
        for good in ["示理工党〔2023〕12号", "教思政厅函〔2024〕2号", "校组〔1999〕130号"]
        {
            assert_eq!(written_wrong(good), None, "{good}");
        }
        for (bad, what) in [
            ("示理工党[2023]12号", "的年份没有用六角括号“〔〕”"),
            ("示理工党〔23〕12号", "的年份不是四位数字"),
            ("示理工党〔2023〕012号", "的序号前多了“0”"),
            ("示理工党〔2023〕第12号", "的序号前多了“第”"),
            ("示理工党2023年12号", "没有六角括号“〔〕”和年份"),
            ("〔2023〕12号", "没有机关代字，或其中有字母、空格"),
        ] {
            assert_eq!(written_wrong(bad), Some(what), "{bad}");
        }
    }

    #[test]
    fn numbers_are_found_in_running_text() {
        let text: Vec<char> =
            "办法（示理工党[2015]第8号）同时废止，（2023）年、附件（12）号".chars().collect();
        let found: Vec<String> = mentions(&text).into_iter().map(|it| text[it].iter().collect()).collect();
        assert_eq!(found, ["示理工党[2015]第8号"]);
    }
}
