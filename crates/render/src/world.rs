//! The world that Typst sees while it sets one document: the layout, the data, the faces, and nothing else.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

use typst::diag::{FileError, FileResult, PackageError, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World, WorldExt};

use super::pdf::{Press, PrintFault};
use documents::Pages;
use value::Picture;

/// Where the document's own two files stand, beside its pictures; no template can have these names,
/// because templates live in folders.
const MAIN: &str = "/main.typ";
const DATA: &str = "/data.json";

/// One document on the press.
pub(super) struct Desk<'p> {
    press: &'p Press<'p>,
    main: Source,
    data: FileId,
    json: Bytes,
    pictures: HashMap<FileId, Bytes>,
}

/// A picture's bytes, shared with the data set that it was read into.
struct PictureFile(Arc<Picture>);

impl AsRef<[u8]> for PictureFile {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl<'p> Desk<'p> {
    /// Lays the data beside the layout; the data stays data and is never read as markup.
    pub(super) fn new(press: &'p Press<'p>, pages: &Pages) -> Result<Self, PrintFault> {
        let refused = |fault: String| PrintFault::Layout(vec![format!("{}：{fault}", pages.layout)]);
        let json = serde_json::to_vec(&pages.data).map_err(|fault| refused(fault.to_string()))?;
        let layout = quoted(&pages.layout);
        let text = format!("#import {layout}: render\n#render(json(\"{DATA}\"))\n");
        let [main, data] = [id(MAIN), id(DATA)];
        let (Some(main), Some(data)) = (main, data) else {
            return Err(refused("虚拟路径无效".to_owned()));
        };
        let file = |(path, picture): (&String, &Arc<Picture>)| {
            Some((id(path)?, Bytes::new(PictureFile(Arc::clone(picture)))))
        };
        let pictures = pages.pictures.iter().filter_map(file).collect();
        Ok(Self { press, main: Source::new(main, text), data, json: Bytes::new(json), pictures })
    }

    /// Typst's messages, each with its place and its hints; once, although a print set meets the
    /// same fault in each of its forms.
    pub(super) fn messages(&self, diagnostics: &[SourceDiagnostic]) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let messages = diagnostics.iter().map(|it| self.message(it));
        messages.filter(|it| seen.insert(it.clone())).collect()
    }

    fn message(&self, diagnostic: &SourceDiagnostic) -> String {
        let mut text = diagnostic.message.to_string();
        for hint in &diagnostic.hints {
            text.push('；');
            text.push_str(&hint.v);
        }
        match self.place(diagnostic.span) {
            Some(place) => format!("{place} {text}"),
            None => text,
        }
    }

    /// `forms/model-branch/layout.typ:12:5`, counted from one.
    fn place(&self, span: DiagSpan) -> Option<String> {
        let id = span.id()?;
        let path = id.vpath().get_without_slash();
        let at = self.range(span).and_then(|range| {
            let lines = self.file(id).ok()?.lines().ok()?;
            lines.byte_to_line_column(range.start)
        });
        Some(match at {
            Some((line, column)) => format!("{path}:{}:{}", line + 1, column + 1),
            None => path.to_owned(),
        })
    }

    /// The bytes of a template: below the templates folder, never from a package.
    fn template(&self, id: FileId) -> FileResult<&'p [u8]> {
        if let VirtualRoot::Package(package) = id.root() {
            return Err(FileError::Package(PackageError::NotFound(package.clone())));
        }
        let path = id.vpath().get_without_slash();
        let template = self.press.templates.get(path).ok_or_else(|| FileError::NotFound(path.into()))?;
        Ok(&template.bytes)
    }

    fn parse(&self, id: FileId) -> FileResult<Source> {
        let bytes = self.template(id)?;
        let text = str::from_utf8(bytes).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.trim_start_matches('\u{FEFF}').to_owned()))
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        if id == self.data {
            return Err(FileError::NotSource);
        }
        let mut sources = self.press.sources.lock().unwrap_or_else(PoisonError::into_inner);
        sources.entry(id).or_insert_with(|| self.parse(id)).clone()
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data {
            return Ok(self.json.clone());
        }
        if id == self.main.id() {
            return Ok(Bytes::from_string(self.main.text().to_owned()));
        }
        if let Some(picture) = self.pictures.get(&id) {
            return Ok(picture.clone());
        }
        self.template(id).map(|bytes| Bytes::new(bytes.to_vec()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.faces.get(index).cloned()
    }

    /// No clock: a layout takes its dates from the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// A path below the templates as a string of Typst's language.
fn quoted(path: &str) -> String {
    format!("\"/{}\"", path.trim_start_matches('/').replace('\\', "\\\\").replace('"', "\\\""))
}
