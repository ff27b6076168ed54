//! The table of shared texts ([MS-XLS] 2.4.265), which runs on through continued records.

use super::records::{u16_at, u32_at};
use super::strings::{TextReader, utf16};

/// Reads the table; it ends where its records end, whatever number of texts it promises.
pub(super) fn read(parts: &[&[u8]], texts: &mut TextReader) -> Vec<String> {
    let mut strings = Vec::new();
    let promised = parts.first().and_then(|it| u32_at(it, 4)).unwrap_or(0);
    let mut cursor = Cursor { parts, part: 0, at: 8 };
    while strings.len() < promised as usize {
        let Some(text) = cursor.text(texts) else { break };
        strings.push(text);
    }
    strings
}

struct Cursor<'a> {
    parts: &'a [&'a [u8]],
    part: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn text(&mut self, texts: &mut TextReader) -> Option<String> {
        self.step_over_end();
        let n_chars = usize::from(u16_at(self.take(2)?, 0)?);
        let mut flags = self.byte()?;
        let n_runs = if flags & 8 != 0 { usize::from(u16_at(self.take(2)?, 0)?) } else { 0 };
        let n_phonetic = if flags & 4 != 0 { u32_at(self.take(4)?, 0)? as usize } else { 0 };
        let mut text = String::new();
        let mut missing = n_chars;
        while missing > 0 {
            let width = if flags & 1 != 0 { 2 } else { 1 };
            let n = missing.min(self.rest().len() / width);
            let bytes = self.take(n * width)?;
            text.push_str(&if width == 2 { utf16(bytes) } else { texts.narrow(bytes) });
            missing -= n;
            if missing > 0 {
                // Characters that run on into the next record begin there with flags of their own.
                self.next_part()?;
                flags = self.byte()?;
            }
        }
        self.skip(n_runs.checked_mul(4)?.checked_add(n_phonetic)?)?;
        Some(text)
    }

    fn rest(&self) -> &'a [u8] {
        self.parts.get(self.part).and_then(|it| it.get(self.at..)).unwrap_or_default()
    }

    fn step_over_end(&mut self) {
        while self.rest().is_empty() && self.next_part().is_some() {}
    }

    fn next_part(&mut self) -> Option<()> {
        (self.part + 1 < self.parts.len()).then(|| (self.part, self.at) = (self.part + 1, 0))
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let bytes = self.rest().get(..n)?;
        self.at += n;
        Some(bytes)
    }

    fn skip(&mut self, mut n: usize) -> Option<()> {
        while n > 0 {
            self.step_over_end();
            let step = n.min(self.rest().len());
            (step > 0).then_some(())?;
            self.at += step;
            n -= step;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_change_its_width_where_a_record_ends() {
        let first = b"\x03\0\0\0\x03\0\0\0\x04\0\x01\x5A\x51\x2F\x65";
        let second = b"\0AB\x01\0\x08\x01\0x\0\0\0\0";
        let third = b"\x01\0\0y";
        let mut texts = TextReader::new(false);
        assert_eq!(read(&[first, second, third], &mut texts), ["党支AB", "x", "y"]);
        assert_eq!(read(&[first, &second[..2]], &mut texts), [""; 0]);
        assert_eq!(read(&[b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"], &mut texts), [""; 0]);
    }
}
