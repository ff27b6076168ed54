//! The table of shared texts ([MS-XLS] 2.4.265), which runs on through continued records.

use super::records::{u16_at, u32_at};
use super::strings::{TextReader, utf16};
use crate::struck::Partly;

/// A text that many cells may have, of a workbook or a binary one.
#[derive(Debug, Default)]
pub(crate) struct SharedText {
    /// All of it.
    pub(crate) text: String,
    /// The fonts of its parts, with the places where they begin, counted in halves of UTF-16.
    pub(crate) runs: Vec<(usize, u16)>,
}

impl SharedText {
    /// The text told apart by whether a font strikes it out; `None` if none does.
    pub(crate) fn partly(&self, strikes: impl Fn(u16) -> bool) -> Option<Partly> {
        if !self.runs.iter().any(|it| strikes(it.1)) {
            return None;
        }
        let (mut parted, mut place) = (Partly::default(), 0_usize);
        let mut bytes = [0; 4];
        for letter in self.text.chars() {
            let run = self.runs.iter().rev().find(|it| it.0 <= place);
            let is_struck = run.is_some_and(|it| strikes(it.1));
            parted.push(letter.encode_utf8(&mut bytes), is_struck);
            place = place.saturating_add(letter.len_utf16());
        }
        parted.if_struck()
    }
}

/// Reads the table; it ends where its records end, whatever number of texts it promises.
pub(super) fn read(parts: &[&[u8]], texts: &mut TextReader) -> Vec<SharedText> {
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
    fn text(&mut self, texts: &mut TextReader) -> Option<SharedText> {
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
        let mut runs = Vec::new();
        for _ in 0..n_runs {
            self.step_over_end();
            let run = self.take(4)?;
            runs.push((usize::from(u16_at(run, 0)?), u16_at(run, 2)?));
        }
        self.skip(n_phonetic)?;
        Some(SharedText { text, runs })
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
        let mut read = |parts: &[&[u8]]| -> Vec<String> {
            read(parts, &mut texts).into_iter().map(|it| it.text).collect()
        };
        assert_eq!(read(&[first, second, third]), ["党支AB", "x", "y"]);
        assert_eq!(read(&[first, &second[..2]]), [""; 0]);
        assert_eq!(read(&[b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"]), [""; 0]);
    }

    #[test]
    fn what_a_font_strikes_out_within_a_text_is_told_apart() {
        let text = SharedText { text: "王强李明".to_owned(), runs: vec![(0, 5), (2, 6)] };
        let parted = text.partly(|font| font == 5).unwrap();
        assert_eq!(parted.parts().collect::<Vec<_>>(), [("王强", true), ("李明", false)]);
        assert_eq!(text.partly(|font| font == 7), None);
    }
}
