//! The press: sets one document with Typst and exports it as an archivable, accessible PDF.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use jiff::civil::Date;
use thiserror::Error;
use typst::diag::FileResult;
use typst::foundations::{Datetime, Label, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::tofu;
use super::world::Desk;
use documents::{Pages, Place};
use project::{Fonts, Templates};

/// What all documents of a run share: Typst's library, the faces and the parsed layouts.
///
/// Setting a document changes nothing in it that another document could see, so that one press
/// serves any number of threads.
pub struct Press<'p> {
    pub(super) templates: &'p Templates,
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) faces: &'p [Font],
    /// Layouts as parsed, by virtual path: parsed once in a run.
    pub(super) sources: Mutex<HashMap<FileId, FileResult<Source>>>,
}

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The file: PDF/A-2a and PDF/UA-1.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What the layout says about where things stand: pages as printed, by label.
    pub places: BTreeMap<String, Place>,
}

/// Why a document could not be printed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PrintFault {
    /// The layout is at fault, or does not suit the data; each message begins with file, line and
    /// column below the templates. Typst's warnings count as faults.
    #[error("版式有误：{}", .0.join("；"))]
    Layout(Vec<String>),
    /// Characters that none of the faces has, in reading order, each with the text around it.
    #[error("字体中没有这些字：{}", tofu::listed(.0))]
    Tofu(Vec<(char, String)>),
    /// The pages were set, but do not make a valid PDF/A-2a and PDF/UA-1 file.
    #[error("不能生成 PDF：{}", .0.join("；"))]
    Export(Vec<String>),
}

impl<'p> Press<'p> {
    /// Sets up the press for a run.
    pub fn new(templates: &'p Templates, fonts: &'p Fonts) -> Self {
        Self {
            templates,
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(fonts.book.clone()),
            faces: &fonts.faces,
            sources: Mutex::default(),
        }
    }

    /// Sets and exports one document.
    ///
    /// # Errors
    ///
    /// What the layout says wrong, characters without a glyph, and what the PDF standards forbid.
    pub fn pdf(&self, pages: &Pages) -> Result<Printed, PrintFault> {
        let desk = Desk::new(self, pages)?;
        let document = set(&desk)?;
        let missing = tofu::missing(&document);
        if !missing.is_empty() {
            return Err(PrintFault::Tofu(missing));
        }
        let bytes = typst_pdf::pdf(&document, &options(pages.date)?)
            .map_err(|faults| PrintFault::Export(desk.messages(&faults)))?;
        Ok(Printed { bytes, pages: document.pages().len(), places: places(&document) })
    }
}

/// Lays the document out; a warning (an unknown family, a layout that never settles) would be
/// overlooked in a batch of hundreds, so it stops the document.
fn set(desk: &Desk<'_>) -> Result<PagedDocument, PrintFault> {
    let set = typst::compile::<PagedDocument>(desk);
    let document = set.output.map_err(|faults| PrintFault::Layout(desk.messages(&faults)))?;
    if !set.warnings.is_empty() {
        return Err(PrintFault::Layout(desk.messages(&set.warnings)));
    }
    Ok(document)
}

/// The page map: a layout may leave one dictionary of numbers and texts as metadata under this label.
fn places(document: &PagedDocument) -> BTreeMap<String, Place> {
    const LABEL: &str = "place-of";
    let found =
        Label::new(PicoStr::intern(LABEL)).and_then(|it| document.introspector().query_label(it).ok());
    let metadata = found.and_then(|it| it.to_packed::<MetadataElem>());
    let Some(Value::Dict(places)) = metadata.map(|it| &it.value) else { return BTreeMap::new() };
    let place = |(label, page): (&typst::foundations::Str, &Value)| {
        let place = match page {
            Value::Int(number) => Place::Number(*number),
            Value::Str(text) => Place::Text(text.to_string()),
            _ => return None,
        };
        Some((label.to_string(), place))
    };
    places.iter().filter_map(place).collect()
}

/// PDF/A-2a and PDF/UA-1, dated by the project and not by a clock, or not dated at all.
fn options(date: Option<Date>) -> Result<PdfOptions, PrintFault> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|fault| PrintFault::Export(vec![fault.message().to_string()]))?;
    Ok(PdfOptions {
        // `ident` stays automatic: derived from title and author, hence stable.
        creator: Smart::Custom(Some("huibian".to_owned())),
        timestamp: date.and_then(timestamp),
        standards,
        tagged: true,
        ..PdfOptions::default()
    })
}

/// The beginning of the day in China (UTC+8), wherever the program runs.
fn timestamp(date: Date) -> Option<Timestamp> {
    let [month, day] = [date.month().unsigned_abs(), date.day().unsigned_abs()];
    let datetime = Datetime::from_ymd_hms(i32::from(date.year()), month, day, 0, 0, 0)?;
    Timestamp::new_local(datetime, 8 * 60)
}

#[cfg(test)]
pub(super) mod proofs {
    //! Small layouts of a project folder beside this file, for the tests of the press and of the crew.

    use std::path::Path;

    use super::*;
    use finding::{Report, Sources};

    /// The layouts of the tests, and the bundled faces.
    pub(crate) fn desk() -> (Templates, Fonts) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/proofs");
        let templates = Templates::load(Some(&folder), &mut Sources::default(), &mut Report::default());
        (templates.unwrap(), Fonts::bundled())
    }

    /// A document with one paragraph.
    pub(crate) fn pages(layout: &str, text: &str) -> Pages {
        Pages {
            layout: format!("forms/proof/{layout}.typ"),
            data: serde_json::json!({"title": "校样", "text": text}),
            pictures: std::collections::BTreeMap::new(),
            date: Some(Date::constant(2024, 12, 31)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(layout: &str, text: &str) -> Result<Printed, PrintFault> {
        let (templates, fonts) = proofs::desk();
        Press::new(&templates, &fonts).pdf(&proofs::pages(layout, text))
    }

    #[test]
    fn the_file_states_its_standards_its_title_and_the_date_of_the_project() {
        let printed = print("sound", "# 不是标题，*也不是*标记").unwrap();
        let text = String::from_utf8_lossy(&printed.bytes);
        for expected in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<xmp:CreateDate>2024-12-31T00:00:00+08:00</xmp:CreateDate>",
            "校样",
        ] {
            assert!(text.contains(expected), "{expected}");
        }
        assert_eq!(printed.pages, 1);
        assert_eq!(Ok(printed), print("sound", "# 不是标题，*也不是*标记"));
    }

    #[test]
    fn a_warning_is_a_fault_with_its_place() {
        let message = "forms/proof/family.typ:4:18 unknown font family: no such family";
        assert_eq!(print("family", ""), Err(PrintFault::Layout(vec![message.to_owned()])));
    }

    #[test]
    fn a_layout_reaches_no_file_package_or_clock() {
        for (layout, expected) in [
            ("file", "file.typ:4:8 file not found (searched at etc/hostname)"),
            ("escape", "escape.typ:4:8 path `\"../../../escape.typ\"` would escape the project root"),
            ("package", "package.typ:4:10 package not found (searched for @preview/cuti:0.4.0)"),
            ("clock", "clock.typ:4:3 unable to get the current date"),
            ("missing", "main.typ:1:9 file not found (searched at forms/proof/missing.typ)"),
        ] {
            let Err(PrintFault::Layout(messages)) = print(layout, "") else { panic!("{layout} was printed") };
            assert!(messages[0].contains(expected), "{messages:?}");
        }
    }

    #[test]
    fn a_picture_without_a_description_is_not_exported() {
        let Err(PrintFault::Export(messages)) = print("picture", "") else { panic!("it was exported") };
        assert!(
            messages[0].starts_with("forms/proof/picture.typ:4:3 PDF/A-2a, PDF/UA-1 error"),
            "{messages:?}"
        );
    }

    #[test]
    fn a_character_without_a_glyph_is_named_with_the_text_around_it() {
        let fault = print("sound", "支部书记为王\u{E000}明同志").unwrap_err();
        assert_eq!(fault, PrintFault::Tofu(vec![('\u{E000}', "支部书记为王\u{E000}明同志".to_owned())]));
        assert!(fault.to_string().contains("U+E000"), "{fault}");
    }
}
