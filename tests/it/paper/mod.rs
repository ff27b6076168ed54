//! Our PDFs read back: pages, rules, text, outline, metadata and faces.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod content;
mod links;

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as Text};

pub(crate) use content::Line;

/// One millimetre in points.
const MM: f64 = 72.0 / 25.4;

/// A PDF, read.
pub(crate) struct Paper {
    /// The pages.
    pub(crate) sheets: Vec<Sheet>,
    /// The bookmarks in reading order.
    pub(crate) outline: Vec<Bookmark>,
    /// Pages by the names of places on them.
    pub(crate) places: BTreeMap<String, usize>,
    /// Title in the document's information.
    pub(crate) title: String,
    /// Keywords in the document's information.
    pub(crate) keywords: String,
    /// The document's language.
    pub(crate) language: String,
    /// The XMP metadata.
    pub(crate) xmp: String,
    /// The faces by name; whether each is embedded.
    pub(crate) faces: Vec<(String, bool)>,
}

/// A page.
pub(crate) struct Sheet {
    /// Width and height in millimetres.
    pub(crate) size: (f64, f64),
    /// Straight lines that are drawn, in millimetres from the page's left top corner.
    pub(crate) lines: Vec<Line>,
    /// The text in the order in which it is drawn, a line of the page on each line.
    pub(crate) text: String,
    /// How many pictures it shows.
    pub(crate) n_pictures: usize,
    /// What a reader calls the page: `iv`, `12`.
    pub(crate) label: String,
    /// Its links to places in the paper.
    pub(crate) links: Vec<links::Link>,
}

/// A bookmark.
pub(crate) struct Bookmark {
    /// Level from zero.
    pub(crate) level: usize,
    /// Its text.
    pub(crate) title: String,
    /// Index of the page that it leads to.
    pub(crate) page: usize,
}

impl Paper {
    /// Reads a PDF.
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let pdf = Pdf::new(bytes).unwrap_or_else(|error| panic!("no PDF: {error:?}"));
        let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
        let pages: Vec<ObjectIdentifier> = pdf.pages().iter().map(|it| it.raw().obj_id().unwrap()).collect();
        let mut outline = Vec::new();
        if let Some(root) = catalog.get::<Dict<'_>>("Outlines") {
            bookmarks(&root, 0, &pages, &mut outline);
        }
        let metadata = catalog.get::<Stream<'_>>("Metadata").map(|it| it.decoded().unwrap().into_owned());
        let info = pdf.metadata();
        let places = links::places(&catalog, &pages);
        let labels = links::labels(&catalog, pages.len());
        let sheets = pdf.pages().iter().zip(labels).map(|(page, label)| {
            let size = (page.media_box().width() / MM, page.media_box().height() / MM);
            let content::Drawn { lines, text, n_pictures } = content::read(page);
            Sheet { size, lines, text, n_pictures, label, links: links::links(page, &places, &pages) }
        });
        Self {
            sheets: sheets.collect(),
            outline,
            places,
            title: info.title.as_deref().map(decode).unwrap_or_default(),
            keywords: info.keywords.as_deref().map(decode).unwrap_or_default(),
            language: catalog.get::<Text<'_>>("Lang").map(|it| decode(it.as_bytes())).unwrap_or_default(),
            xmp: String::from_utf8(metadata.unwrap_or_default()).unwrap(),
            faces: faces(&pdf),
        }
    }

    /// The whole text without white space, so that a name broken over two lines is found.
    pub(crate) fn squeezed(&self) -> String {
        self.sheets.iter().map(Sheet::squeezed).collect()
    }

    /// The value of a simple XMP property such as `pdfaid:part`.
    pub(crate) fn property(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.xmp.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(value, _)| value)
    }

    /// The titles of the bookmarks of a level.
    pub(crate) fn headings(&self, level: usize) -> Vec<&str> {
        self.outline.iter().filter(|it| it.level == level).map(|it| it.title.as_str()).collect()
    }

    /// The paper as text to compare: sizes, bookmarks, and the text of every page.
    pub(crate) fn describe(&self) -> String {
        let mut text = format!("{}  [{}]\n", self.title, self.keywords);
        for it in &self.outline {
            text += &format!("{}{}  {}\n", "  ".repeat(it.level + 1), it.title, it.page + 1);
        }
        for (idx, sheet) in self.sheets.iter().enumerate() {
            let (width, height) = sheet.size;
            text += &format!("-- {} ({width:.0} × {height:.0} mm)\n{}", idx + 1, sheet.text);
        }
        text
    }
}

impl Sheet {
    /// The text without white space.
    pub(crate) fn squeezed(&self) -> String {
        self.text.split_whitespace().collect()
    }
}

fn bookmarks(parent: &Dict<'_>, level: usize, pages: &[ObjectIdentifier], found: &mut Vec<Bookmark>) {
    let mut next = parent.get::<Dict<'_>>("First");
    while let Some(item) = next {
        let title = decode(item.get::<Text<'_>>("Title").unwrap().as_bytes());
        found.push(Bookmark { level, title, page: target(&item, pages) });
        bookmarks(&item, level + 1, pages, found);
        next = item.get("Next");
    }
}

/// The page that a bookmark leads to, with or without an action in between.
fn target(item: &Dict<'_>, pages: &[ObjectIdentifier]) -> usize {
    let place: Array<'_> = item.get("Dest").or_else(|| item.get::<Dict<'_>>("A")?.get("D")).unwrap();
    let page = place.raw_iter().next().unwrap().as_obj_ref().unwrap();
    pages.iter().position(|it| *it == page.into()).unwrap()
}

fn faces(pdf: &Pdf) -> Vec<(String, bool)> {
    let dicts = pdf.objects().into_iter().filter_map(Object::into_dict);
    let descriptors = dicts.filter(|it| is_of_type(it, "FontDescriptor"));
    let mut faces: Vec<_> = descriptors
        .map(|it| {
            let name = it.get::<Name<'_>>("FontName").unwrap().as_str().to_owned();
            (name, ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| it.contains_key(key)))
        })
        .collect();
    faces.sort();
    faces
}

fn is_of_type(dict: &Dict<'_>, name: &str) -> bool {
    dict.get::<Name<'_>>("Type").is_some_and(|it| it.as_str() == name)
}

/// A text string: UTF-16 with a mark, UTF-8 with a mark, or bytes that are ASCII in our files.
fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf_16(rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).unwrap(),
        _ => bytes.iter().map(|it| char::from(*it)).collect(),
    }
}

fn utf_16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]])).collect();
    String::from_utf16(&units).unwrap()
}
