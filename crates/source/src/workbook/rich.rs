//! Pictures that stand in cells as Excel stores them: the cell is `#VALUE!` with a number, `vm`, which
//! leads to the picture by way of `metadata.xml` and the parts of `richData` ([MS-XLSX] 2.3.9).

use ooxml::{Cell, Element, Event, Package, attribute, cell, each_event};

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
pub(super) fn cells(package: &mut Package<'_>, sheet: &str) -> Vec<(Cell, usize)> {
    let mut found = Vec::new();
    each_event(package, sheet, &mut |event| {
        if let Event::Start(it) = event
            && it.local_name().as_ref() == "c"
        {
            let place = attribute(it, "r").and_then(|it| cell(&it));
            found.extend(place.zip(attribute(it, "vm").and_then(|it| it.parse().ok())));
        }
        Some(())
    });
    found
}

fn find_parts(package: &mut Package<'_>) -> Option<Vec<Option<String>>> {
    let listed = format!("{FOLDER}/richValueRel.xml");
    let related = package.relations(&listed)?;
    let tree = package.tree(&listed).ok()??;
    let part = |it: &Element<'_>| related.get(&it.attribute("id")?)?.part.clone();
    let targets: Vec<_> = all(tree.root(), "rel").iter().map(part).collect();
    let images = image_numbers(package)?;
    let part = |value: usize| targets.get((*images.get(value)?)?)?.clone();
    Some(value_numbers(package)?.into_iter().map(|it| part(it?)).collect())
}

/// The rich value that each `vm` stands for.
fn value_numbers(package: &mut Package<'_>) -> Option<Vec<Option<usize>>> {
    let tree = package.tree("xl/metadata.xml").ok()??;
    let is_rich = |it: &Element<'_>| it.attribute("name").as_deref() == Some(RICH_VALUE);
    let rich_type = all(tree.root(), "metadataType").iter().position(is_rich).map(|it| it + 1);
    let rich: Vec<Option<usize>> = blocks(all(tree.root(), "futureMetadata").iter().find(|it| is_rich(it)))
        .iter()
        .map(|it| number(*all(*it, "rvb").last()?, "i"))
        .collect();
    let of_type = |it: &Element<'_>| number(*it, "t") == rich_type;
    let value = |block: &Element<'_>| number(*all(*block, "rc").iter().rfind(|it| of_type(it))?, "v");
    let values = blocks(all(tree.root(), "valueMetadata").first());
    Some(values.iter().map(|it| *rich.get(value(it)?)?).collect())
}

/// The number of the picture that each rich value is, if it is one.
fn image_numbers(package: &mut Package<'_>) -> Option<Vec<Option<usize>>> {
    let keys = image_keys(package)?;
    let tree = package.tree(&format!("{FOLDER}/rdrichvalue.xml")).ok()??;
    let image = |it: &Element<'_>| {
        let key = *keys.get(number(*it, "s")?)?;
        all(*it, "v").get(key?)?.text().trim().parse().ok()
    };
    Some(all(tree.root(), "rv").iter().map(image).collect())
}

/// Which of the values of each structure is the number of a picture.
fn image_keys(package: &mut Package<'_>) -> Option<Vec<Option<usize>>> {
    let tree = package.tree(&format!("{FOLDER}/rdrichvaluestructure.xml")).ok()??;
    let is_image = |it: &Element<'_>| it.attribute("n").as_deref() == Some(LOCAL_IMAGE);
    Some(all(tree.root(), "s").iter().map(|it| all(*it, "k").iter().position(is_image)).collect())
}

fn blocks<'t>(section: Option<&Element<'t>>) -> Vec<Element<'t>> {
    section.map(|it| all(*it, "bk")).unwrap_or_default()
}

fn all<'t>(element: Element<'t>, local: &str) -> Vec<Element<'t>> {
    let mut found = Vec::new();
    element.all_local(local, &mut found);
    found
}

fn number(element: Element<'_>, name: &str) -> Option<usize> {
    element.attribute(name)?.parse().ok()
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
