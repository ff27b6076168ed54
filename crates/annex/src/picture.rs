//! Photographs: scaled into their cell, with a part, a type and a relation of their own.

use ooxml::{Edits, Limits, Package, Relations, Tree, escaped};

use super::blank::{Blank, Part};

/// English metric units in a twentieth of a point.
const EMU: u32 = 635;
/// What a photograph measures where the blank does not say how large its cell is: 35 by 49 mm, in twentieths of a point.
const USUAL: (u32, u32) = (1984, 2778);

/// A photograph.
#[derive(Debug, Clone)]
pub struct Image {
    /// The file.
    pub bytes: std::sync::Arc<[u8]>,
    /// What it is.
    pub kind: ImageKind,
    /// Its width and height in pixels.
    pub size: (u32, u32),
    /// What it shows.
    pub about: String,
}

/// What a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl ImageKind {
    /// Width and height in pixels; `None` if the file does not say.
    pub fn size(self, bytes: &[u8]) -> Option<(u32, u32)> {
        match self {
            // The first chunk of a PNG is its header (ISO/IEC 15948, 11.2.2).
            Self::Png => Some((number(bytes.get(16..20)?), number(bytes.get(20..24)?))),
            Self::Jpeg => jpeg_size(bytes),
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }
}

/// A number, its greatest byte first.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, it| number << 8 | u32::from(*it))
}

/// The size in the frame header of a JPEG (ITU-T T.81, B.2.2), found by going from segment to segment.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2)? else { return None };
        let length = number(bytes.get(at + 2..at + 4)?) as usize;
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return Some((number(bytes.get(at + 7..at + 9)?), number(bytes.get(at + 5..at + 7)?)));
        }
        at += 2 + length;
    }
}

/// The pictures that are put into a document.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    /// Each with the part that shows it and the name of the relation.
    added: Vec<(Image, String, String)>,
}

impl Pictures {
    /// The run that shows a picture within a room, which it does not leave and in which it keeps its shape.
    pub(crate) fn run(&mut self, image: &Image, part: &Part, room: (Option<u32>, Option<u32>)) -> String {
        let number = self.added.len() + 1;
        let id = format!("huibian{number}");
        self.added.push((image.clone(), part.name.clone(), id.clone()));
        let (wide, high) = (room.0.unwrap_or(USUAL.0), room.1.unwrap_or(USUAL.1));
        let (width, height) = (u64::from(image.size.0.max(1)), u64::from(image.size.1.max(1)));
        let by_width = (u64::from(wide), u64::from(wide) * height / width);
        let by_height = (u64::from(high) * width / height, u64::from(high));
        let (wide, high) = if by_width.1 <= u64::from(high) { by_width } else { by_height };
        let (wide, high) = (wide.max(1) * u64::from(EMU), high.max(1) * u64::from(EMU));
        // Numbers of drawings are to differ within a document; those of the blank are small as a rule.
        let drawing = 1_000_000 + number;
        let about = escaped(&image.about);
        format!(
            "<w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{drawing}\" name=\"照片{number}\" descr=\"{about}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"{drawing}\" name=\"照片{number}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    }

    /// The parts that hold the pictures, their types and relations.
    ///
    /// # Errors
    /// What is wrong with the blank.
    pub(crate) fn add_parts(&self, blank: &Blank, parts: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
        if self.added.is_empty() {
            return Ok(());
        }
        let mut package = Package::peek(&blank.bytes, &Limits::STANDARD).ok_or("表样不完整")?;
        let folder = blank.stories.first().and_then(|it| it.name.rsplit_once('/')).map_or("", |it| it.0);
        let mut by_part: Vec<(&str, String)> = Vec::new();
        for (number, (image, part, id)) in self.added.iter().enumerate() {
            let name = format!("media/huibian{}.{}", number + 1, image.kind.ending());
            let relation = format!(
                "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"{name}\"/>"
            );
            match by_part.iter_mut().find(|it| it.0 == part) {
                Some(it) => it.1.push_str(&relation),
                None => by_part.push((part, relation)),
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            parts.push((path, image.bytes.to_vec()));
        }
        for (part, relations) in by_part {
            let name = Relations::part_of(part);
            let changed = match package.tree(&name).map_err(|it| it.to_string())? {
                Some(tree) => inserted(&tree, &relations)?,
                None => format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>").into_bytes(),
            };
            parts.push((name, changed));
        }
        self.add_types(&mut package, parts)
    }

    fn add_types(&self, package: &mut Package<'_>, parts: &mut Vec<(String, Vec<u8>)>) -> Result<(), String> {
        const PART: &str = ooxml::ContentTypes::PART;
        let tree = package.tree(PART).map_err(|it| it.to_string())?.ok_or("表样不完整")?;
        let has = |ending: &str| {
            let is_of = |it: ooxml::Element<'_>| {
                it.attribute("Extension").is_some_and(|it| it.eq_ignore_ascii_case(ending))
            };
            tree.root().children().any(is_of)
        };
        let mut types = String::new();
        for kind in [ImageKind::Png, ImageKind::Jpeg] {
            let ending = kind.ending();
            if self.added.iter().any(|it| it.0.kind == kind) && !has(ending) {
                types.push_str(&format!("<Default Extension=\"{ending}\" ContentType=\"image/{ending}\"/>"));
            }
        }
        if !types.is_empty() {
            let at = tree.root().tag_range().end;
            let mut edits = Edits::default();
            edits.insert(at, types);
            parts.push((PART.to_owned(), edits.apply(&tree).map_err(|it| it.to_string())?));
        }
        Ok(())
    }
}

/// A part with something more at its end.
fn inserted(tree: &Tree, xml: &str) -> Result<Vec<u8>, String> {
    let root = tree.root();
    let mut edits = Edits::default();
    match root.content_range() {
        Some(content) => edits.insert(content.end, xml),
        None => {
            let end = root.range().end;
            edits.replace(end - "/>".len()..end, format!(">{xml}</{}>", root.written_name()));
        }
    }
    edits.apply(tree).map_err(|it| it.to_string())
}
