//! The records of an old workbook's stream ([MS-XLS] 2.1.4), and numbers within them.

/// A record, without the records that continue it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Its number.
    pub(super) kind: u16,
    /// Its content.
    pub(super) data: &'a [u8],
}

/// Walks over records from some place of the stream to its end.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

/// The record that continues the one before it.
const CONTINUE: u16 = 0x003C;

impl<'a> Records<'a> {
    /// The records from an offset on.
    pub(super) fn from(stream: &'a [u8], offset: usize) -> Self {
        Self { rest: stream.get(offset..).unwrap_or_default() }
    }

    /// How many bytes lie ahead.
    pub(super) fn n_bytes(&self) -> usize {
        self.rest.len()
    }

    /// The contents of the records that continue the one before.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        while let Some(Record { kind: CONTINUE, data }) = self.clone().next() {
            parts.push(data);
            self.next();
        }
        parts
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    /// The next record; `None` at the end, also where the stream breaks off within a record.
    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, len) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + len)?;
        self.rest = &self.rest[4 + len..];
        Some(Record { kind, data })
    }
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

/// A number packed into four bytes ([MS-XLS] 2.5.217): whole or the upper half of a double, as it is
/// or times a hundred.
pub(crate) fn packed_number(bytes: [u8; 4]) -> f64 {
    let bits = u32::from_le_bytes(bytes);
    let number = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

/// The literal of an error value by its number ([MS-XLS] 2.5.10).
pub(crate) fn error_literal(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "无法读取的内容",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_whole_or_half_a_double_and_may_be_hundredths() {
        let packed = |bits: u32| packed_number(bits.to_le_bytes());
        assert_eq!(packed(13 << 2 | 2), 13.0);
        assert_eq!(packed((-7_i32).cast_unsigned() << 2 | 2), -7.0);
        assert_eq!(packed(12345 << 2 | 3), 123.45);
        assert_eq!(packed(0x3FF0_0000), 1.0);
        assert_eq!(packed(0x4059_0001), 1.0);
    }

    #[test]
    fn a_stream_that_breaks_off_ends_at_the_last_whole_record() {
        let stream = [9, 8, 1, 0, 7, 0x3C, 0, 2, 0, 1, 2, 0x3C, 0, 1, 0, 3, 10, 0, 9, 0, 1];
        let mut records = Records::from(&stream, 0);
        assert_eq!(records.next().unwrap().data, [7]);
        assert_eq!(records.continued(), [&[1, 2][..], &[3]]);
        assert!(records.next().is_none());
    }
}
