//! Pictures that stand in cells as WPS stores them: the cell holds `=DISPIMG("ID_…",1)`, and
//! `xl/cellimages.xml` says which part of the package that is.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use quick_xml::events::Event;

use super::package::Package;
use super::scan::{attribute, each_event, relations};
use crate::source::{Grid, Limits};
use crate::value::{Picture, PictureKind, Raw};

/// The pictures of a workbook, looked for only when a cell asks for one.
#[derive(Default)]
pub(super) struct Pictures {
    parts: Option<BTreeMap<String, String>>,
    read: BTreeMap<String, Raw>,
}

impl Pictures {
    /// Puts pictures in place of the formulas that show them.
    pub(super) fn place(&mut self, grid: &mut Grid, package: &mut Package<'_>, limits: &Limits) {
        for raw in grid.rows.values_mut().flat_map(BTreeMap::values_mut) {
            if let Raw::Text(text) = raw
                && let Some(id) = picture_id(text)
            {
                let id = id.to_owned();
                *raw = self.get(&id, package, limits);
            }
        }
    }

    fn get(&mut self, id: &str, package: &mut Package<'_>, limits: &Limits) -> Raw {
        if let Some(raw) = self.read.get(id) {
            return raw.clone();
        }
        let parts = self.parts.get_or_insert_with(|| parts(package).unwrap_or_default());
        let raw = match parts.get(id).and_then(|part| read_part(package, part, limits)) {
            None => Raw::Error("图片已丢失".into()),
            Some(bytes) if bytes.len() as u64 > limits.picture_bytes => Raw::Error("图片过大".into()),
            Some(bytes) => match PictureKind::of(&bytes) {
                Some(kind) => Raw::Picture(Arc::new(Picture { id: id.into(), kind, bytes })),
                None => Raw::Error("图片格式不是 PNG、JPEG 或 GIF".into()),
            },
        };
        self.read.insert(id.to_owned(), raw.clone());
        raw
    }
}

/// The name within `=DISPIMG("ID_0A1B",1)`.
fn picture_id(text: &str) -> Option<&str> {
    let call = text.strip_prefix('=')?;
    let call = call.strip_prefix("_xlfn.").unwrap_or(call);
    call.strip_prefix("DISPIMG(\"")?.split('"').next()
}

/// The part of each picture by its name.
fn parts(package: &mut Package<'_>) -> Option<BTreeMap<String, String>> {
    let targets = relations(package, "xl/_rels/cellimages.xml.rels")?;
    let mut parts = BTreeMap::new();
    let mut name = None;
    each_event(package, "xl/cellimages.xml", |event| {
        if let Event::Start(it) = event {
            match it.local_name().as_ref() {
                "cNvPr" => name = attribute(it, "name"),
                "blip" => {
                    let target = attribute(it, "embed").and_then(|it| targets.get(&it));
                    let part = target.map(|it| match it.target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{}", it.target),
                    });
                    parts.extend(name.take().zip(part));
                }
                _ => {}
            }
        }
        Some(())
    })?;
    Some(parts)
}

/// The bytes of a part, one more than allowed at most.
fn read_part(package: &mut Package<'_>, part: &str, limits: &Limits) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let part = package.by_name(part).ok()?;
    part.take(limits.picture_bytes + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
