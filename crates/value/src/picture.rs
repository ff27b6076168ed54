//! A picture that stands in a cell.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Fault, Parsed, Raw, text};
use finding::codes;

/// A picture as it was stored in the workbook.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The name by which the cell calls it: `ID_0A1B…` of WPS.
    pub id: Arc<str>,
    /// What its bytes are.
    pub kind: PictureKind,
    /// The stored file, unchanged.
    pub bytes: Vec<u8>,
}

/// The kinds of pictures that are kept; they are told by their first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureKind {
    /// `image/png`.
    Png,
    /// `image/jpeg`.
    Jpeg,
}

impl Picture {
    /// How a picture is shown where only text can be.
    pub const SHOWN: &str = "（图片）";

    /// Whether the file reaches to its end: an interrupted copy has the right beginning only.
    fn is_whole(&self) -> bool {
        let end: &[u8] = match self.kind {
            PictureKind::Png => b"IEND",
            PictureKind::Jpeg => &[0xFF, 0xD9],
        };
        self.bytes.windows(end.len()).any(|it| it == end)
    }
}

impl PictureKind {
    /// Recognises a picture file; `None` if it is of no kind that can be printed.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// What its file's name ends with, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// Leaves the bytes out of logs and the messages of failed tests.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}, {}, {} bytes)", self.id, self.kind.media_type(), self.bytes.len())
    }
}

/// Takes the picture of a cell.
///
/// # Errors
/// `missing-value`, `error-cell`, `formula-not-calculated`; `picture-damaged` for one that is cut off; `not-a-picture` for
/// anything else.
pub fn parse_picture(raw: &Raw) -> Result<Parsed<Arc<Picture>>, Fault> {
    match raw {
        Raw::Picture(picture) if picture.is_whole() => Ok(Parsed::plain(Arc::clone(picture))),
        Raw::Picture(_) => Err(Fault::new(
            &codes::PICTURE_DAMAGED,
            "图片文件不完整",
            "请删除单元格里的图片，重新插入原图后再提交。",
        )),
        _ => {
            text::filled(raw)?;
            Err(Fault::new(
                &codes::NOT_A_PICTURE,
                "该项应为图片",
                "请在单元格中插入图片（WPS：插入—图片—嵌入单元格），不要填写文字。",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse_integer, parse_text};

    fn picture() -> Raw {
        let bytes = b"\x89PNG\r\n\x1A\n IEND".to_vec();
        let kind = PictureKind::of(&bytes).unwrap();
        Raw::Picture(Arc::new(Picture { id: "ID_1".into(), kind, bytes }))
    }

    #[test]
    fn a_picture_that_is_cut_off_is_refused() {
        for bytes in [b"\x89PNG\r\n\x1A\n IHDR".to_vec(), b"\xFF\xD8\xFF\xE0 JFIF".to_vec()] {
            let kind = PictureKind::of(&bytes).unwrap();
            let raw = Raw::Picture(Arc::new(Picture { id: "ID_1".into(), kind, bytes }));
            assert_eq!(parse_picture(&raw).unwrap_err().code.name, "picture-damaged");
        }
    }

    #[test]
    fn a_picture_is_taken_by_a_field_of_pictures_and_refused_by_any_other() {
        assert_eq!(parse_picture(&picture()).unwrap().value.kind.media_type(), "image/png");
        assert_eq!(parse_picture(&Raw::text("见附件")).unwrap_err().code.name, "not-a-picture");
        assert_eq!(parse_picture(&Raw::Empty).unwrap_err().code.name, "missing-value");
        assert_eq!(parse_text(&picture()).unwrap_err().code.name, "picture-unexpected");
        assert_eq!(parse_integer(&picture(), None).unwrap_err().code.name, "picture-unexpected");
        assert_eq!(picture().display(), "（图片）");
    }
}
