//! What the parts of a package are: `[Content_Types].xml` (ECMA-376 part 2, 7.2.3).

use std::collections::BTreeMap;

use super::{Markup, Tree, markup};

/// The types of the parts, by their endings and by their names.
#[derive(Debug, Clone, Default)]
pub struct ContentTypes {
    /// By the ending of a name, in lower case.
    endings: BTreeMap<String, String>,
    /// By the name of a part, in lower case.
    parts: BTreeMap<String, String>,
}

impl ContentTypes {
    /// The part in which they stand.
    pub const PART: &str = "[Content_Types].xml";

    pub(super) fn read(tree: &Tree) -> Self {
        let mut types = Self::default();
        for it in tree.root().children() {
            let value = |name| it.attribute(name).map(|it| it.to_lowercase());
            let Some(kind) = it.attribute("ContentType").map(|it| it.into_owned()) else { continue };
            match it.local() {
                "Default" => types.endings.extend(value("Extension").map(|it| (it, kind))),
                "Override" => {
                    let name = value("PartName").map(|it| it.trim_start_matches('/').to_owned());
                    types.parts.extend(name.map(|it| (it, kind)));
                }
                _ => {}
            }
        }
        types
    }

    /// The type of a part; `None` if nothing is said about it.
    pub fn of(&self, part: &str) -> Option<&str> {
        let part = part.to_lowercase();
        let by_ending = || self.endings.get(part.rsplit_once('.')?.1);
        self.parts.get(&part).or_else(by_ending).map(String::as_str)
    }

    /// The part for types by endings and by names, in this order.
    pub fn written(endings: &[(&str, &str)], parts: &[(&str, String)]) -> Markup {
        let ending = |(ending, kind): &(&str, &str)| {
            markup("Default").attribute("Extension", ending).attribute("ContentType", kind)
        };
        let part = |(name, kind): &(&str, String)| {
            markup("Override").attribute("PartName", format!("/{name}")).attribute("ContentType", kind)
        };
        markup("Types")
            .attribute("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
            .with_all(endings.iter().map(ending))
            .with_all(parts.iter().map(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn a_part_has_the_type_of_its_name_and_else_that_of_its_ending() {
        let written = ContentTypes::written(
            &[("xml", "application/xml"), ("png", "image/png")],
            &[("xl/workbook.xml", "application/x-book".to_owned())],
        );
        let types = ContentTypes::read(&Tree::parse(written.part(), &Limits::STANDARD).unwrap());
        let cases = [
            ("xl/workbook.xml", Some("application/x-book")),
            ("XL/Workbook.XML", Some("application/x-book")),
            ("xl/styles.xml", Some("application/xml")),
            ("xl/media/a.PNG", Some("image/png")),
            ("xl/vba.bin", None),
            ("mimetype", None),
        ];
        for (part, kind) in cases {
            assert_eq!(types.of(part), kind, "{part}");
        }
    }
}
