//! The usual mistakes in hand-written YAML: how they look, and how they are explained.

use serde_saphyr::granit_parser::ErrorKind;

/// The usual mistakes, by the look of a line: its one-based column in characters and the remedy.
pub(super) fn suspect(line: &str) -> Option<(usize, String)> {
    let code = line.split(" #").next().unwrap_or(line);
    let column = |byte: usize| code[..byte].chars().count() + 1;
    let indent = code.len() - code.trim_start().len();
    if let Some(tab) = code[..indent].find('\t') {
        return Some((column(tab), "缩进中有制表符（Tab），请改为空格".to_owned()));
    }
    let has_colon = code.contains(": ") || code.trim_end().ends_with(':');
    if code.contains(['"', '\'']) || has_colon {
        return None;
    }
    if let Some(wide) = code.find('：') {
        return Some((column(wide), "该行的冒号是全角“：”，请改为半角冒号加一个空格“: ”".to_owned()));
    }
    code.find(':').map(|it| (column(it), "冒号后面要有一个空格".to_owned()))
}

/// A full-width mark among the brackets of a line, where only half-width ones divide; as [`suspect`].
pub(super) fn suspect_in_brackets(line: &str) -> Option<(usize, String)> {
    let (mut quote, mut n_open) = (None, 0_usize);
    for (column, c) in (1..).zip(line.chars()) {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => n_open = n_open.saturating_add(1),
            (None, ']' | '}') => n_open = n_open.saturating_sub(1),
            (None, '，' | '：' | '】' | '］' | '｝' | '、') if n_open > 0 => {
                return Some((
                    column,
                    format!("括号中的“{c}”是全角的；分隔各项的标点和括号请用半角，其后空一格"),
                ));
            }
            _ => {}
        }
    }
    None
}

/// What the parser could not make sense of, in words.
pub(super) fn explain(kind: &ErrorKind) -> &'static str {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabInPlainScalar
        | K::TabAtBlockScalarStart => "此处不能用制表符（Tab）",
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar | K::InvalidQuotedScalarIndent => {
            "引号没有成对"
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => "引号之后还有文字",
        K::UnknownQuotedScalarEscape => "双引号中的反斜杠（\\）写法有误",
        K::UnclosedFlowCollection { .. }
        | K::MismatchedFlowCollectionEnd { .. }
        | K::MisplacedFlowCollectionEnd
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping => "括号没有成对",
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => "括号中缺少逗号或右括号",
        K::SimpleKeyExpected | K::InvalidSimpleKey => "键的后面缺少冒号和空格",
        K::ExpectedBlockMappingKey
        | K::InvalidIndentation
        | K::ExpectedBlockSequenceEntry
        | K::InvalidBlockScalarIndent => "缩进与上文不一致",
        K::MappingValueNotAllowed | K::InvalidColonPlacement => {
            "此处不能再出现冒号，上文的括号或引号可能没有成对"
        }
        K::UnexpectedCharacter { .. } => "以特殊符号开头的文字须加引号",
        K::InvalidBlockEntryWhitespace => "“-”后面要有一个空格",
        K::InvalidGlobalTagCharacter
        | K::InvalidTagTerminator
        | K::UndeclaredTagHandle
        | K::MissingTagUri => "以 ! 开头的文字须加引号",
        K::MissingAnchorOrAliasName => "以 * 或 & 开头的文字须加引号",
        K::RecursionLimitExceeded => "嵌套过深",
        _ => "此处的写法无法识别",
    }
}

/// Whether the parser missed something among brackets.
pub(super) fn is_of_brackets(kind: &ErrorKind) -> bool {
    explain(kind).contains("括号")
}

/// Whether a line begins with a short word and a colon of either width.
pub(super) fn looks_like_key(line: &str) -> bool {
    const LONGEST_KEY: usize = 12;
    line.split_once([':', '：']).is_some_and(|(key, rest)| {
        let length = key.chars().count();
        (1..=LONGEST_KEY).contains(&length) && !key.contains(char::is_whitespace) && !rest.starts_with("//")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_suspected_for_what_it_lacks() {
        assert_eq!(suspect("  级别：校级").map(|it| it.0), Some(5));
        assert_eq!(suspect("级别:校级 # 注: 一").map(|it| it.0), Some(3));
        assert_eq!(suspect("  \t级别: 校级").map(|it| it.0), Some(3));
        for fine in ["级别: 甲：乙", "级别: \"一：二", "级别：甲:", "没有冒号"] {
            assert_eq!(suspect(fine), None, "{fine}");
        }
    }

    #[test]
    fn full_width_marks_are_suspected_among_brackets_and_outside_of_quotes() {
        assert_eq!(suspect_in_brackets("  - {a: 甲，b: 乙}").map(|it| it.0), Some(10));
        assert_eq!(suspect_in_brackets("forms: [甲、乙]").map(|it| it.0), Some(10));
        for fine in ["a: 甲，b", "- {a: \"甲，乙\", b: 1}", "- [甲, 乙]，丙"] {
            assert_eq!(suspect_in_brackets(fine), None, "{fine}");
        }
    }

    #[test]
    fn a_line_looks_like_a_key_only_with_a_short_word_before_its_colon() {
        assert!(looks_like_key("级别：校级") && looks_like_key("级别:校级"));
        for text in ["https://a.cn", "一 二：三", "：三", "这是一段很长很长很长的说明文字：见附件", "没有"]
        {
            assert!(!looks_like_key(text), "{text}");
        }
    }
}
