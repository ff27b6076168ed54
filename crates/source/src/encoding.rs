//! Bytes of a text file become text: by byte order mark, else UTF-8, else GB18030, all of them strict.

use encoding_rs::{Encoding, GB18030};

/// Decodes a text file; `None` if no encoding fits without a single fault.
///
/// On short Chinese files this order is right more often than any statistical detector: bytes that
/// are valid UTF-8 and hold Chinese are hardly ever meant as anything else.
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) if is_damaged_utf8(bytes) => None,
        Err(_) => strictly(GB18030, bytes),
    }
}

/// Whether bytes that are not valid UTF-8 were meant as such: most of what is beyond ASCII decodes.
/// GB18030 would make other, wrong characters of nearly all of it.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let lossy = String::from_utf8_lossy(bytes);
    let n_bad = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let n_good = lossy.chars().filter(|it| *it >= '\u{0800}' && *it != char::REPLACEMENT_CHARACTER).count();
    n_good > n_bad
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_ways_of_saving_a_csv_give_the_same_text() {
        let text = "姓名,𬭼\n";
        let (gb18030, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), &[b"\xEF\xBB\xBF", text.as_bytes()].concat(), &gb18030, &utf16] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn bytes_of_no_encoding_are_refused() {
        assert_eq!(decode(b"\xC4\xE3\xBA\xC3\xFF\xFF"), None);
        let mut broken = "党支部名称，机械工程学院".as_bytes().to_vec();
        broken.remove(4);
        broken.remove(9);
        assert!(strictly(GB18030, &broken).is_some());
        assert_eq!(decode(&broken), None);
    }
}
