//! Pictures that stand in cells as Excel stores them: the cell is `#VALUE!` with a number, `vm`, which
//! leads to the picture by way of `metadata.xml` and the parts of `richData` ([MS-XLSX] 2.3.9).

use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::scan::{attribute, each_event, parse_place, relations, resolve};

const FOLDER: &str = "xl/richData";
/// The kind of metadata that numbers rich values.
const RICH_VALUE: &str = "XLRICHVALUE";
/// The key of a rich value under which a picture within the file is numbered.
const LOCAL_IMAGE: &str = "_rvRel:LocalImageIdentifier";

/// The part of the picture that each `vm` leads to, from one; `None` for other rich values. Nothing if
/// the package has no pictures of this kind.
pub(super) fn parts(package: &mut Package<'_>) -> Vec<Option<String>> {
    find_parts(package).unwrap_or_default()
}

/// The cells of a sheet that are rich values, with their `vm`.
pub(super) fn cells(package: &mut Package<'_>, sheet: &str) -> Vec<((u32, u32), usize)> {
    let mut found = Vec::new();
    each_event(package, sheet, &mut |event| {
        if let Event::Start(it) = event
            && it.local_name().as_ref() == "c"
        {
            let place = attribute(it, "r").and_then(|it| parse_place(&it));
            found.extend(place.zip(number(it, "vm")));
        }
        Some(())
    });
    found
}

fn find_parts(package: &mut Package<'_>) -> Option<Vec<Option<String>>> {
    let related = relations(package, &format!("{FOLDER}/_rels/richValueRel.xml.rels"))?;
    let mut targets = Vec::new();
    each_event(package, &format!("{FOLDER}/richValueRel.xml"), &mut |event| {
        if let Event::Start(it) = event
            && it.local_name().as_ref() == "rel"
        {
            let relation = attribute(it, "id").and_then(|it| related.get(&it));
            targets.push(relation.map(|it| resolve(FOLDER, &it.target)));
        }
        Some(())
    })?;
    let images = image_numbers(package)?;
    let part = |value: usize| targets.get((*images.get(value)?)?)?.clone();
    Some(value_numbers(package)?.into_iter().map(|it| part(it?)).collect())
}

/// The rich value that each `vm` stands for.
fn value_numbers(package: &mut Package<'_>) -> Option<Vec<Option<usize>>> {
    let mut n_types = 0;
    let mut rich_type = None;
    let mut section = String::new();
    let mut rich: Vec<Option<usize>> = Vec::new();
    let mut values: Vec<Option<usize>> = Vec::new();
    each_event(package, "xl/metadata.xml", &mut |event| {
        let Event::Start(it) = event else { return Some(()) };
        match it.local_name().as_ref() {
            "metadataType" => {
                n_types += 1;
                rich_type =
                    rich_type.or(attribute(it, "name").filter(|it| it == RICH_VALUE).map(|_| n_types));
            }
            "futureMetadata" => section = attribute(it, "name").unwrap_or_default(),
            "cellMetadata" | "valueMetadata" => section = it.local_name().as_ref().to_owned(),
            "bk" if section == RICH_VALUE => rich.push(None),
            "rvb" if section == RICH_VALUE => *rich.last_mut()? = number(it, "i"),
            "bk" if section == "valueMetadata" => values.push(None),
            "rc" if section == "valueMetadata" && number(it, "t") == rich_type => {
                *values.last_mut()? = number(it, "v");
            }
            _ => {}
        }
        Some(())
    })?;
    Some(values.into_iter().map(|it| *rich.get(it?)?).collect())
}

/// The number of the picture that each rich value is, if it is one.
fn image_numbers(package: &mut Package<'_>) -> Option<Vec<Option<usize>>> {
    let keys = image_keys(package)?;
    let mut images: Vec<Option<usize>> = Vec::new();
    let (mut key, mut n_values, mut inside) = (None, 0, false);
    each_event(package, &format!("{FOLDER}/rdrichvalue.xml"), &mut |event| {
        match event {
            Event::Start(it) if it.local_name().as_ref() == "rv" => {
                key = number(it, "s").and_then(|it| *keys.get(it)?);
                n_values = 0;
                images.push(None);
            }
            Event::Start(it) if it.local_name().as_ref() == "v" => {
                inside = key == Some(n_values);
                n_values += 1;
            }
            Event::End(it) if it.local_name().as_ref() == "v" => inside = false,
            Event::Text(it) if inside => *images.last_mut()? = it.trim().parse().ok(),
            _ => {}
        }
        Some(())
    })?;
    Some(images)
}

/// Which of the values of each structure is the number of a picture.
fn image_keys(package: &mut Package<'_>) -> Option<Vec<Option<usize>>> {
    let mut keys: Vec<Option<usize>> = Vec::new();
    let mut n_keys = 0;
    each_event(package, &format!("{FOLDER}/rdrichvaluestructure.xml"), &mut |event| {
        let Event::Start(it) = event else { return Some(()) };
        match it.local_name().as_ref() {
            "s" => {
                keys.push(None);
                n_keys = 0;
            }
            "k" => {
                let key = keys.last_mut()?;
                *key = key.or((attribute(it, "n").as_deref() == Some(LOCAL_IMAGE)).then_some(n_keys));
                n_keys += 1;
            }
            _ => {}
        }
        Some(())
    })?;
    Some(keys)
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(element, name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Image, Workbook};

    use crate::{Content, Limits, read};
    use finding::Sources;
    use value::{PictureKind, Raw};

    /// Two different pictures of one pixel.
    const PNG: [&[u8]; 2] = [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xaeB`\x82",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x06\0\0\0\xf4\"\x7f\x8a\0\0\0\0IEND\xaeB`\x82",
    ];

    #[test]
    fn pictures_that_excel_placed_in_cells_are_found_and_a_real_error_stays_one() {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "甲").unwrap();
        let sheet = book.add_worksheet();
        for (row, which) in [(1, 1), (2, 0), (3, 1)] {
            sheet.embed_image(row, 1, &Image::new_from_buffer(PNG[which]).unwrap()).unwrap();
        }
        sheet.write_formula(4, 1, rust_xlsxwriter::Formula::new("\"a\"+1").set_result("#VALUE!")).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let reading = read(&bytes, "a.xlsx", Sources::default().add("a.xlsx"), &Limits::standard());
        let Some(Content::Sheets(grids)) = reading.content else { panic!("{:?}", reading.report) };
        let picture = |row| match grids[1].get(row, 1) {
            Raw::Picture(it) => (it.kind, it.bytes.clone()),
            other => panic!("{other:?}"),
        };
        assert_eq!(picture(1), (PictureKind::Png, PNG[1].to_vec()));
        assert_eq!(picture(2), (PictureKind::Png, PNG[0].to_vec()));
        assert_eq!(picture(3), picture(1));
        assert_eq!(grids[1].get(4, 1), &Raw::Error("#VALUE!".into()));
    }
}
