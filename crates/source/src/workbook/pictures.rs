//! Pictures that stand in cells. WPS writes `=DISPIMG("ID_…",1)` into the cell, and `xl/cellimages.xml`
//! says which part of the package that is; Excel's way is in `rich`.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use super::rich;
use crate::{Grid, Limits, Row};
use ooxml::{Element, Package};
use value::{Picture, PictureKind, Raw};

/// The pictures of a workbook, looked for only when a cell asks for one.
#[derive(Default)]
pub(crate) struct Pictures {
    parts: Option<BTreeMap<String, String>>,
    /// The part that each rich value of Excel is a picture of.
    rich: Option<Vec<Option<String>>>,
    read: BTreeMap<String, Raw>,
}

impl Pictures {
    /// Puts pictures in place of the formulas that show them.
    pub(super) fn place(&mut self, grid: &mut Grid, package: &mut Package<'_>, limits: &Limits) {
        for raw in grid.rows_mut().iter_mut().flat_map(Row::contents_mut) {
            if let Raw::Text(text) = raw
                && let Some(id) = picture_id(text)
            {
                let id = id.to_owned();
                *raw = self.get(&id, package, limits);
            }
        }
    }

    /// Puts pictures in place of the errors that Excel shows to programs that do not know them.
    pub(super) fn place_rich(
        &mut self,
        grid: &mut Grid,
        sheet: &str,
        package: &mut Package<'_>,
        limits: &Limits,
    ) {
        let rich = self.rich.get_or_insert_with(|| rich::parts(package)).clone();
        if rich.is_empty() {
            return;
        }
        for ((row, col), number) in rich::cells(package, sheet) {
            let part = number.checked_sub(1).and_then(|it| rich.get(it)?.as_ref());
            if let (Some(part), Ok(col)) = (part, u16::try_from(col))
                && matches!(grid.get(row, col), Raw::Error(it) if &**it == "#VALUE!")
            {
                let raw = self.load(part, Some(part), package, limits);
                grid.set(row, col, raw);
            }
        }
    }

    /// Puts an error in place of formulas whose pictures the file's format cannot hold.
    pub(crate) fn miss(grid: &mut Grid) {
        for raw in grid.rows_mut().iter_mut().flat_map(Row::contents_mut) {
            if matches!(raw, Raw::Text(text) if picture_id(text).is_some()) {
                *raw = lost();
            }
        }
    }

    fn get(&mut self, id: &str, package: &mut Package<'_>, limits: &Limits) -> Raw {
        let part = self.parts.get_or_insert_with(|| parts(package).unwrap_or_default()).get(id).cloned();
        self.load(id, part.as_ref(), package, limits)
    }

    /// The picture of a name, read from its part when it is first asked for.
    fn load(&mut self, id: &str, part: Option<&String>, package: &mut Package<'_>, limits: &Limits) -> Raw {
        if let Some(raw) = self.read.get(id) {
            return raw.clone();
        }
        let raw = match part.and_then(|part| read_part(package, part, limits)) {
            None => lost(),
            Some(bytes) if bytes.len() as u64 > limits.picture_bytes => Raw::Error("图片过大".into()),
            Some(bytes) => match PictureKind::of(&bytes) {
                Some(kind) => Raw::Picture(Arc::new(Picture { id: id.into(), kind, bytes })),
                None => Raw::Error("图片格式不是 PNG 或 JPEG".into()),
            },
        };
        self.read.insert(id.to_owned(), raw.clone());
        raw
    }
}

fn lost() -> Raw {
    Raw::Error("图片已丢失".into())
}

/// The name within `=DISPIMG("ID_0A1B",1)`.
fn picture_id(text: &str) -> Option<&str> {
    let call = text.strip_prefix('=')?;
    let call = call.strip_prefix("_xlfn.").unwrap_or(call);
    call.strip_prefix("DISPIMG(\"")?.split('"').next()
}

/// The part of each picture by its name.
fn parts(package: &mut Package<'_>) -> Option<BTreeMap<String, String>> {
    const LISTED: &str = "xl/cellimages.xml";
    let related = package.relations(LISTED)?;
    let tree = package.tree(LISTED).ok()??;
    let mut images = Vec::new();
    tree.root().all_local("cellImage", &mut images);
    let first = |image: Element<'_>, name: &str, attribute: &str| {
        let mut found = Vec::new();
        image.all_local(name, &mut found);
        Some(found.first()?.attribute(attribute)?.into_owned())
    };
    let named = images.into_iter().filter_map(|it| {
        let part = related.get(&first(it, "blip", "embed")?)?.part.clone()?;
        Some((first(it, "cNvPr", "name")?, part))
    });
    Some(named.collect())
}

/// The bytes of a part, one more than allowed at most.
fn read_part(package: &mut Package<'_>, part: &str, limits: &Limits) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let part = package.read(part)?;
    part.take(limits.picture_bytes + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use rust_xlsxwriter::Workbook;
    use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

    use crate::{Content, Limits, ReadFile, read};
    use finding::Sources;
    use value::{PictureKind, Raw};

    const PNG: &[u8] = b"\x89PNG\r\n\x1A\nrest";

    /// A workbook with these texts in its first column, and these parts beside its own.
    fn workbook(texts: &[&str], parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, text) in (0..).zip(texts) {
            sheet.write_string(row, 0, *text).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        to.merge_archive(ZipArchive::new(Cursor::new(bytes)).unwrap()).unwrap();
        for (name, bytes) in parts {
            to.start_file(*name, SimpleFileOptions::default()).unwrap();
            to.write_all(bytes).unwrap();
        }
        to.finish().unwrap().into_inner()
    }

    fn read_book(bytes: &[u8], limits: &Limits) -> (Vec<Raw>, ReadFile) {
        let reading = read(bytes, "a.xlsm", Sources::default().add("a.xlsm"), limits);
        let Some(Content::Sheets(grids)) = &reading.content else { panic!("{:?}", reading.report) };
        (grids[0].rows().iter().flat_map(|it| it.cells().iter().map(|it| it.1.clone())).collect(), reading)
    }

    const IMAGES: &str = "<etc:cellImages><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id='2' name='ID_A'/></xdr:nvPicPr>\
        <xdr:blipFill><a:blip r:embed='rId1'/></xdr:blipFill></xdr:pic></etc:cellImage>\
        <etc:cellImage><xdr:cNvPr name='ID_B'/><a:blip r:embed='rId2'/></etc:cellImage></etc:cellImages>";
    const RELATIONS: &str = "<Relationships><Relationship Id='rId1' Type='t/image' Target='media/image1.png'/>\
        <Relationship Id='rId2' Type='t/image' Target='/xl/media/image2.emf'/></Relationships>";

    #[test]
    fn a_picture_in_a_cell_is_found_by_its_name_and_each_other_fate_of_it_is_said() {
        let texts = [
            "=DISPIMG(\"ID_A\",1)",
            "=_xlfn.DISPIMG(\"ID_A\",1)",
            "=DISPIMG(\"ID_B\",1)",
            "=DISPIMG(\"ID_C\",1)",
        ];
        let parts: [(&str, &[u8]); 4] = [
            ("xl/cellimages.xml", IMAGES.as_bytes()),
            ("xl/_rels/cellimages.xml.rels", RELATIONS.as_bytes()),
            ("xl/media/image1.png", PNG),
            ("xl/media/image2.emf", b"EMF"),
        ];
        let bytes = workbook(&texts, &parts);
        let (cells, _) = read_book(&bytes, &Limits::standard());
        let Raw::Picture(picture) = &cells[0] else { panic!("{:?}", cells[0]) };
        assert_eq!((&*picture.id, picture.kind, &*picture.bytes), ("ID_A", PictureKind::Png, PNG));
        assert_eq!(cells[1], cells[0]);
        let errors: Vec<_> = cells[2..].iter().map(Raw::display).collect();
        assert_eq!(errors, ["图片格式不是 PNG 或 JPEG", "图片已丢失"]);
        let small = Limits { picture_bytes: 5, ..Limits::standard() };
        assert_eq!(read_book(&bytes, &small).0[0].display(), "图片过大");
    }

    #[test]
    fn a_format_that_cannot_hold_pictures_has_lost_them() {
        let file = Sources::default().add("a.csv");
        let reading = read(
            "姓名,照片\n张三,\"=DISPIMG(\"\"ID_A\"\",1)\"\n".as_bytes(),
            "a.csv",
            file,
            &Limits::standard(),
        );
        let Some(Content::Sheets(grids)) = reading.content else { panic!("no sheets") };
        assert_eq!(grids[0].get(1, 1), &Raw::Error("图片已丢失".into()));
    }

    #[test]
    fn macros_and_links_are_said_and_never_followed() {
        let parts: [(&str, &[u8]); 3] = [
            ("xl/vbaProject.bin", b"x"),
            ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
            ("xl/externalLinks/_rels/externalLink1.xml.rels", b"<Relationships/>"),
        ];
        let (_, reading) = read_book(&workbook(&["甲"], &parts), &Limits::standard());
        let codes: Vec<_> = reading.report.findings().iter().map(|it| &*it.code).collect();
        assert_eq!(codes, ["external-links", "macros-not-run"]);
    }
}
