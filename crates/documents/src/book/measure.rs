//! Measures of text in cells: Excel fits no row to merged or wrapped Chinese text, so we do.

/// The body size, in points, to which widths refer.
pub const BODY: f64 = 11.0;

/// Width beside the text of a cell, both sides together, in half-width characters; an indent included.
pub const PADDING: f64 = 2.5;

/// Excel's highest row, in points.
const HIGHEST: f64 = 409.0;

/// The longest line of a text in half-width characters: ASCII counts one, all else two.
pub fn units(text: &str) -> usize {
    text.lines().map(|line| line.chars().map(unit).sum()).max().unwrap_or(0)
}

/// The column width, in characters of the default face, that holds so many half-width characters
/// of `size` points in one line.
pub fn width(units: usize, size: f64) -> f64 {
    real(units) * size / BODY + PADDING
}

/// How many half-width characters of `size` points a column of this width holds in one line.
pub fn capacity(width: f64, size: f64) -> usize {
    let widest = (width - PADDING) * BODY / size;
    (0..).take_while(|it| real(*it) <= widest).count().saturating_sub(1)
}

/// Row height in points for so many lines.
pub fn height(lines: usize, size: f64) -> f64 {
    (real(lines) * size * 1.3 + 6.0).min(HIGHEST)
}

/// How many lines a text takes in a column of this width. Chinese breaks anywhere, a word of
/// Latin letters or digits only if it is longer than a whole line.
pub fn lines(text: &str, width: f64, size: f64) -> usize {
    let capacity = ((width - PADDING) * BODY / size + 0.01).max(2.0);
    text.lines().map(|line| wrapped(line, capacity)).sum::<usize>().max(1)
}

fn wrapped(line: &str, capacity: f64) -> usize {
    let (mut count, mut used) = (1, 0.0);
    for piece in pieces(line) {
        let need = real(piece.chars().map(unit).sum());
        if used + need <= capacity {
            used += need;
        } else if need <= capacity {
            count += 1;
            used = need;
        } else {
            let overflow = used + need - capacity;
            count += real_ceil(overflow / capacity);
            used = overflow - (overflow / capacity).floor() * capacity;
        }
    }
    count
}

/// Splits a line where it may break: around every wide character and after every space.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let joins = |character: char| unit(character) == 1 && character != ' ';
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let word = if joins(first) { rest.find(|it| !joins(it)) } else { Some(first.len_utf8()) };
        let (piece, left) = rest.split_at_checked(word.unwrap_or(rest.len()))?;
        rest = left;
        Some(piece)
    })
}

/// Faces of Chinese offices set everything but ASCII on the full width, · and “ ” as well.
fn unit(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

#[expect(clippy::cast_precision_loss, reason = "a count of characters in a cell is far below 2^52")]
/// A count as a number to calculate with.
pub fn real(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number of lines, at most one a character"
)]
fn real_ceil(lines: f64) -> usize {
    lines.ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_as_wide_as_two_digits() {
        assert_eq!(units("机械2024"), 8);
        assert_eq!(units("短\n比较长的一行\n12"), 12);
        assert!((width(8, 11.0) - 10.5).abs() < 1e-9);
        assert!(width(8, 18.0) > 14.0);
    }

    #[test]
    fn lines_are_counted_as_the_text_wraps() {
        let ten = width(20, BODY);
        assert_eq!(lines("", ten, BODY), 1);
        assert_eq!(lines(&"字".repeat(10), ten, BODY), 1);
        assert_eq!(lines(&"字".repeat(11), ten, BODY), 2);
        assert_eq!(lines("一\n二\n三", ten, BODY), 3);
        assert_eq!(lines("第一支部 abcdefghijklmnop", ten, BODY), 2);
        assert_eq!(lines(&"9".repeat(61), ten, BODY), 4);
    }

    #[test]
    fn no_row_is_higher_than_excel_allows() {
        assert!((height(1, 10.0) - 19.0).abs() < 1e-9);
        assert!((height(500, 11.0) - HIGHEST).abs() < 1e-9);
    }
}
