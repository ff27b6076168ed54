//! Text in old workbooks: UTF-16, its lower bytes alone, or bytes of a code page.

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

use super::records::u16_at;

/// How many bytes of byte text are looked at to judge the code page.
const SAMPLE: usize = 1 << 16;

/// Reads text, and gathers what it reads byte by byte, for the code page may be declared wrongly.
#[derive(Debug)]
pub(super) struct TextReader {
    /// Whether text is UTF-16 (BIFF8) rather than bytes of the code page (BIFF5).
    pub(super) wide: bool,
    /// The code page declared, if any.
    pub(super) declared: Option<u16>,
    /// Reads all byte text as GBK, whatever is declared.
    pub(super) as_gbk: bool,
    sample: Vec<u8>,
}

impl TextReader {
    /// Texts of a book whose format and code page are not known yet.
    pub(super) fn new(as_gbk: bool) -> Self {
        Self { wide: true, declared: None, as_gbk, sample: Vec::new() }
    }

    /// Whether the byte text read so far is GBK in spite of what is declared.
    pub(super) fn should_be_gbk(&self) -> bool {
        let declared_latin = match self.declared {
            _ if self.as_gbk => false,
            _ if self.wide => true,
            declared => declared.is_none_or(|it| encoding_of(it) == WINDOWS_1252),
        };
        declared_latin && looks_like_gbk(&self.sample)
    }

    /// A text with its length before it, in one byte or two; `None` if the record is too short.
    pub(super) fn read(&mut self, bytes: &[u8], length_bytes: usize) -> Option<String> {
        let n_chars = match length_bytes {
            1 => usize::from(*bytes.first()?),
            _ => usize::from(u16_at(bytes, 0)?),
        };
        let rest = bytes.get(length_bytes..)?;
        if !self.wide {
            return Some(self.narrow(rest.get(..n_chars)?));
        }
        if n_chars == 0 {
            return Some(String::new());
        }
        let flags = *rest.first()?;
        // Formatting and phonetic guides: their lengths stand before the characters.
        let skipped = if flags & 8 != 0 { 2 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
        let chars = rest.get(1 + skipped..)?;
        if flags & 1 != 0 {
            Some(utf16(chars.get(..n_chars * 2)?))
        } else {
            Some(self.narrow(chars.get(..n_chars)?))
        }
    }

    /// Text of which every character is one byte, or of a code page.
    pub(super) fn narrow(&mut self, bytes: &[u8]) -> String {
        if bytes.is_ascii() {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        if self.sample.len() < SAMPLE {
            self.sample.extend_from_slice(bytes);
            self.sample.push(b'\n');
        }
        if self.as_gbk {
            return GB18030.decode_without_bom_handling(bytes).0.into_owned();
        }
        if self.wide {
            // The lower bytes of UTF-16 whose upper bytes are all zero.
            return bytes.iter().copied().map(char::from).collect();
        }
        let encoding = self.declared.map_or(WINDOWS_1252, encoding_of);
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Decodes UTF-16 of which the lower byte comes first.
pub(crate) fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|it| u16::from_le_bytes(*it)).collect();
    String::from_utf16_lossy(&units)
}

/// The encoding of a code page. What is Western or unknown is read as Western, and then judged.
fn encoding_of(code_page: u16) -> &'static Encoding {
    let label = match code_page {
        936 | 10008 | 54936 => "gb18030",
        950 | 10002 => "big5",
        932 | 10001 => "shift_jis",
        949 | 10003 => "euc-kr",
        65001 => "utf-8",
        _ => "windows-1252",
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// Whether bytes beyond ASCII come in pairs, nearly all of them in the range of common characters
/// and punctuation (GB 2312). Western text has single letters beyond ASCII among plain ones.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let (mut n_common, mut n_other) = (0_usize, 0_usize);
    let mut rest = bytes.iter().copied();
    while let Some(first) = rest.by_ref().find(|it| *it >= 0x80) {
        match (first, rest.next()) {
            (0xA1..=0xA3 | 0xB0..=0xF7, Some(0xA1..=0xFE)) => n_common += 1,
            (0x81..=0xFE, Some(0x40..=0x7E | 0x80..=0xFE)) => n_other += 1,
            _ => return false,
        }
    }
    n_common > 9 * n_other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk_bytes_are_told_from_western_letters() {
        let (gbk, _, _) = GB18030.encode("党支部名称：机械工程学院（一）");
        assert!(looks_like_gbk(&gbk));
        let (western, _, _) = WINDOWS_1252.encode("Müller, François, Ångström; Señor Núñez");
        assert!(!looks_like_gbk(&western));
        assert!(!looks_like_gbk(b"plain"));
    }

    #[test]
    fn text_is_read_in_each_of_its_forms() {
        let mut texts = TextReader::new(false);
        assert_eq!(texts.read(b"\x02\0\x01\x5A\x51\x2F\x65", 2).unwrap(), "党支");
        assert_eq!(texts.read(b"\x02\0A\xE9", 1).unwrap(), "Aé");
        assert!(texts.read(b"\x09\0\0A", 2).is_none());
        let mut texts = TextReader::new(false);
        texts.wide = false;
        texts.declared = Some(936);
        assert_eq!(texts.read(b"\x04\0\xB5\xB3\xD6\xA7", 2).unwrap(), "党支");
        assert!(!texts.should_be_gbk());
        texts.declared = Some(1252);
        assert!(texts.should_be_gbk());
    }
}
