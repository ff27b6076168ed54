//! Relations: what belongs to a part, or to the package itself (ECMA-376 part 2, 6.5).

use std::collections::BTreeMap;

use super::{Markup, Tree, markup};

/// What belongs to a part.
#[derive(Debug, Clone, Default)]
pub struct Relations(BTreeMap<String, Relation>);

/// One thing that belongs to a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What it is, as an address: `http://…/relationships/worksheet`.
    pub kind: String,
    /// The name of the part that is meant; `None` if it lies outside of the package.
    pub part: Option<String>,
}

/// A relation that is to be written; a part is named as it is seen from the folder of the one that it belongs to.
#[derive(Debug, Clone)]
pub struct NewRelation<'r> {
    /// Its name within the part that it belongs to.
    pub id: &'r str,
    /// What it is, as an address.
    pub kind: String,
    /// The part.
    pub target: &'r str,
}

impl Relations {
    /// The part that holds the relations of a part, or of the package if the name is empty.
    pub fn part_of(part: &str) -> String {
        let (folder, name) = split(part);
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        format!("{folder}_rels/{name}.rels")
    }

    /// Reads the relations of a part.
    pub(super) fn read(part: &str, tree: &Tree) -> Self {
        let (folder, _) = split(part);
        let mut found = Vec::new();
        tree.root().all_local("Relationship", &mut found);
        let relation = |it: &super::Element<'_>| {
            let target = it.attribute("Target")?;
            let is_outside = it.attribute("TargetMode").as_deref() == Some("External");
            let part = (!is_outside).then(|| resolve(folder, &target));
            Some((
                it.attribute("Id")?.into_owned(),
                Relation { kind: it.attribute("Type")?.into_owned(), part },
            ))
        };
        Self(found.iter().filter_map(relation).collect())
    }

    /// What a part calls by this name.
    pub fn get(&self, id: &str) -> Option<&Relation> {
        self.0.get(id)
    }

    /// The first of a kind, in the order of their names.
    pub fn of_kind(&self, kind: &str) -> Option<&Relation> {
        self.iter().find(|it| it.is(kind))
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Relation> {
        self.0.values()
    }

    /// The part that says what belongs to another.
    pub fn written(relations: &[NewRelation<'_>]) -> Markup {
        let one = |it: &NewRelation<'_>| {
            markup("Relationship")
                .attribute("Id", it.id)
                .attribute("Type", &it.kind)
                .attribute("Target", it.target)
        };
        markup("Relationships")
            .attribute("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
            .with_all(relations.iter().map(one))
    }
}

impl Relation {
    /// Whether it is of a kind, by the last word of its address: `worksheet`.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

fn split(part: &str) -> (&str, &str) {
    part.rsplit_once('/').unwrap_or(("", part))
}

/// The part that a target names, seen from a folder: `../comments1.xml`, `/xl/comments1.xml`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn targets_are_seen_from_the_folder_of_their_part() {
        let cases = [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl/worksheets", "/xl/comments1.xml", "xl/comments1.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("", "./workbook.xml", "workbook.xml"),
            ("a", "../../../b.xml", "b.xml"),
        ];
        for (folder, target, part) in cases {
            assert_eq!(resolve(folder, target), part, "{folder} {target}");
        }
    }

    #[test]
    fn the_relations_of_a_part_stand_in_a_folder_beside_it() {
        let cases = [
            ("", "_rels/.rels"),
            ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
            ("document.xml", "_rels/document.xml.rels"),
        ];
        for (part, relations) in cases {
            assert_eq!(Relations::part_of(part), relations);
        }
    }

    #[test]
    fn relations_that_were_written_are_read_again_and_what_lies_outside_is_no_part() {
        let one = NewRelation { id: "rId1", kind: "http://x/styles".to_owned(), target: "styles.xml" };
        let bytes = Relations::written(&[one]).part();
        let text = String::from_utf8(bytes).unwrap();
        let outside = "<Relationship Id='rId2' Type='http://x/hyperlink' Target='http://y' TargetMode='External'/></Relationships>";
        let text = text.replace("</Relationships>", outside);
        let read =
            Relations::read("word/document.xml", &Tree::parse(text.into(), &Limits::STANDARD).unwrap());
        assert_eq!(read.of_kind("styles").unwrap().part.as_deref(), Some("word/styles.xml"));
        assert_eq!(read.get("rId2").unwrap().part, None);
        assert_eq!((read.iter().count(), read.of_kind("yles"), read.get("rId3")), (2, None, None));
    }
}
