//! A formula as words, each with its place in the text (ECMA-376 part 1, 18.17.2).

use std::ops::Range;

use super::reference::{self, Reference, Sheet};

/// A word of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Bytes of the formula.
    pub(crate) range: Range<usize>,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Number(f64),
    Text(String),
    /// `#REF!`, as it is written.
    Error(String),
    Reference(Reference),
    /// A defined name, or `TRUE`; with the sheet that is said before it.
    Name(Option<Sheet>, String),
    /// The name of a function, in capitals; its parenthesis is a word of its own.
    Function(String),
    Open,
    Close,
    Comma,
    Operator(&'static str),
    Blank,
    /// What is not followed here: arrays, structured references, anything unknown.
    Other,
}

/// The longer ones first.
const OPERATORS: [&str; 13] = ["<=", ">=", "<>", "+", "-", "*", "/", "^", "&", "=", "<", ">", "%"];

/// All words of a formula, which stand one behind the other without gaps. The text has no `=` in front.
pub(crate) fn tokens(formula: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = formula.get(at..).filter(|it| !it.is_empty()) {
        let (kind, len) = word(rest, at);
        let len = len.max(1);
        found.push(Token { kind, range: at..at + len });
        at += len;
    }
    found
}

/// The first word of a text that begins at a byte of the formula, with its length.
fn word(rest: &str, at: usize) -> (Kind, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    match first {
        it if it.is_whitespace() => {
            (Kind::Blank, rest.find(|it: char| !it.is_whitespace()).unwrap_or(rest.len()))
        }
        '(' => (Kind::Open, 1),
        ')' => (Kind::Close, 1),
        ',' => (Kind::Comma, 1),
        '"' => text(rest),
        '#' => error(rest),
        '\'' => qualified(rest, at).unwrap_or((Kind::Other, rest.len())),
        '[' => qualified(rest, at).unwrap_or_else(|| (Kind::Other, bracketed(rest))),
        it if it.is_ascii_digit() || it == '.' => number_or_rows(rest, at),
        it if it == '$' || is_letter(it) => named(rest, at),
        _ => operator(rest).unwrap_or((Kind::Other, first.len_utf8())),
    }
}

fn operator(rest: &str) -> Option<(Kind, usize)> {
    let found = OPERATORS.iter().find(|it| rest.starts_with(**it))?;
    Some((Kind::Operator(found), found.len()))
}

fn text(rest: &str) -> (Kind, usize) {
    match quoted(rest, '"') {
        Some((said, len)) => (Kind::Text(said), len),
        None => (Kind::Other, rest.len()),
    }
}

/// What stands between marks of which a doubled one stands for itself, and how many bytes it takes with them.
fn quoted(rest: &str, mark: char) -> Option<(String, usize)> {
    let mut said = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, it)) = chars.next() {
        if it != mark {
            said.push(it);
        } else if chars.next_if(|it| it.1 == mark).is_some() {
            said.push(mark);
        } else {
            return Some((said, at + mark.len_utf8()));
        }
    }
    None
}

fn error(rest: &str) -> (Kind, usize) {
    let known = ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"];
    match known.iter().find(|it| rest.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it))) {
        Some(found) => (Kind::Error((*found).to_owned()), found.len()),
        None => (Kind::Other, 1),
    }
}

/// How many bytes stand within brackets, with them; brackets may hold others.
fn bracketed(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, it) in rest.char_indices() {
        match it {
            _ if is_escaped => is_escaped = false,
            '\'' => is_escaped = true,
            '[' => depth += 1,
            ']' if depth <= 1 => return at + 1,
            ']' => depth -= 1,
            _ => {}
        }
    }
    rest.len()
}

fn number_or_rows(rest: &str, at: usize) -> (Kind, usize) {
    if let Some((found, len)) = reference::read(rest, at) {
        return (Kind::Reference(found), len);
    }
    let digits = |from: usize| {
        let rest = rest.get(from..).unwrap_or_default();
        from + rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len())
    };
    let mut end = digits(0);
    if rest[end..].starts_with('.') {
        end = digits(end + 1);
    }
    if rest[end..].starts_with(['e', 'E']) {
        let sign = end + 1 + usize::from(rest[end + 1..].starts_with(['+', '-']));
        if digits(sign) > sign {
            end = digits(sign);
        }
    }
    (rest[..end].parse().map_or(Kind::Other, Kind::Number), end)
}

/// A reference, a name, a function, or one of these behind the name of a sheet.
fn named(rest: &str, at: usize) -> (Kind, usize) {
    let end = name_end(rest);
    let behind = &rest[end..];
    if behind.starts_with(['!', ':'])
        && let Some(found) = qualified(rest, at)
    {
        return found;
    }
    let is_call = behind.starts_with('(');
    if let Some((found, len)) = reference::read(rest, at).filter(|_| !is_call) {
        return (Kind::Reference(found), len);
    }
    match behind.chars().next() {
        Some('(') => (Kind::Function(rest[..end].to_uppercase()), end),
        // A table and one of its columns.
        Some('[') => (Kind::Other, end + bracketed(behind)),
        _ if end == 0 => (Kind::Other, 1),
        _ => (Kind::Name(None, rest[..end].to_owned()), end),
    }
}

/// What stands behind the name of a sheet: `'a b'!A1`, `[1]Sheet1!A1`, `Sheet1:Sheet3!A1`, `Sheet1!name`.
fn qualified(rest: &str, at: usize) -> Option<(Kind, usize)> {
    let (sheet, len) = sheet(rest)?;
    let behind = &rest[len..];
    if let Some((mut found, more)) = reference::read(behind, at + len) {
        found.sheet = Some(sheet);
        return Some((Kind::Reference(found), len + more));
    }
    if behind.starts_with('#') {
        let (kind, more) = error(behind);
        return Some((kind, len + more));
    }
    let end = name_end(behind);
    (end > 0).then(|| (Kind::Name(Some(sheet), behind[..end].to_owned()), len + end))
}

/// The name of a sheet, and how many bytes it takes with its `!`.
fn sheet(rest: &str) -> Option<(Sheet, usize)> {
    if rest.starts_with('\'') {
        let (said, len) = quoted(rest, '\'')?;
        rest[len..].starts_with('!').then(|| (Sheet::read(&said), len + 1))
    } else {
        let book = if rest.starts_with('[') { bracketed(rest) } else { 0 };
        let mut len = book + name_end(&rest[book..]);
        if rest[len..].starts_with(':') {
            let more = name_end(&rest[len + 1..]);
            len += 1 + if more > 0 { more } else { return None };
        }
        (len > book && rest[len..].starts_with('!')).then(|| (Sheet::read(&rest[..len]), len + 1))
    }
}

fn name_end(text: &str) -> usize {
    text.find(|it: char| !is_letter(it) && !it.is_ascii_digit() && it != '.' && it != '?')
        .unwrap_or(text.len())
}

/// What a name may begin with.
pub(super) fn is_letter(it: char) -> bool {
    it.is_alphabetic() || matches!(it, '_' | '\\') || !it.is_ascii() && it.is_alphanumeric()
}
