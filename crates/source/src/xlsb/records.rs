//! The records of a binary part ([MS-XLSB] 2.1.4), and what stands in them.

use crate::xls::strings::utf16;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its number.
    pub(super) kind: u16,
    /// Its content.
    pub(super) data: &'a [u8],
}

/// Walks over the records of a part.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records of a part.
    pub(super) fn of(part: &'a [u8]) -> Self {
        Self { rest: part }
    }

    /// Whether all of the part was walked over.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self, most: usize) -> Option<u32> {
        let mut number = 0;
        for group in 0..most {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7F) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    /// The next record; `None` at the end, also where the part breaks off within a record.
    fn next(&mut self) -> Option<Record<'a>> {
        let whole = self.rest;
        let kind = self.number(2).and_then(|it| u16::try_from(it).ok());
        let len = self.number(4).and_then(|it| usize::try_from(it).ok());
        let record = kind.zip(len).and_then(|(kind, len)| {
            let (data, rest) = self.rest.split_at_checked(len)?;
            self.rest = rest;
            Some(Record { kind, data })
        });
        if record.is_none() {
            self.rest = whole;
        }
        record
    }
}

/// A text with its length in characters before it.
pub(super) fn text_at(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let n_chars = u32_at(bytes, at)?;
    if n_chars == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = usize::try_from(n_chars).ok()?.checked_mul(2)?.checked_add(at + 4)?;
    Some((utf16(bytes.get(at + 4..end)?), end))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|it| u16::from_le_bytes(*it))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|it| u32::from_le_bytes(*it))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..)?.first_chunk().map(|it| f64::from_le_bytes(*it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_numbers_and_lengths_of_one_byte_or_more() {
        let mut part = vec![0x05, 0x01, 7, 0xE9, 0x04, 0x82, 0x01];
        part.extend([1; 130]);
        part.extend([0x01, 0x05, 0]);
        let mut records = Records::of(&part);
        let read: Vec<_> = records.by_ref().map(|it| (it.kind, it.data.len())).collect();
        assert_eq!(read, [(5, 1), (617, 130)]);
        assert!(!records.is_at_end(), "the last record breaks off");
    }
}
