//! Parts that are changed or new, and what the package has to say about them.

use std::collections::BTreeMap;

use super::Unmarked;
use super::xml::{append, prefix};
use ooxml::{ContentTypes, Edits, NewRelation, Package, Relations, escaped};

/// What becomes of a package.
#[derive(Debug, Default)]
pub(super) struct Changes {
    parts: BTreeMap<String, Vec<u8>>,
    /// New parts with what they are.
    types: Vec<(String, &'static str)>,
    /// Endings with what parts of such a name are.
    endings: Vec<(&'static str, &'static str)>,
    /// New relations by the part that they belong to: name, kind, target.
    related: BTreeMap<String, Vec<(String, String, String)>>,
    n_relations: usize,
}

impl Changes {
    /// Gives a part new bytes.
    pub(super) fn put(&mut self, part: &str, bytes: Vec<u8>) {
        self.parts.insert(part.to_owned(), bytes);
    }

    /// A name that no part has, such as `xl/comments4.xml`, for a part of this kind; its bytes are put later.
    pub(super) fn name(
        &mut self,
        package: &Package<'_>,
        (stem, ending): (&str, &'static str),
        kind: &'static str,
    ) -> String {
        let is_taken = |name: &str| {
            let known = package.names().any(|it| it.eq_ignore_ascii_case(name));
            known || self.types.iter().any(|it| it.0.eq_ignore_ascii_case(name))
        };
        let number = (1_u32..).find(|it| !is_taken(&format!("{stem}{it}.{ending}"))).unwrap_or_default();
        let name = format!("{stem}{number}.{ending}");
        if ending != "xml" && !self.endings.iter().any(|it| it.0 == ending) {
            self.endings.push((ending, kind));
        }
        self.types.push((name.clone(), kind));
        name
    }

    /// A new relation of a part; gives its name there.
    pub(super) fn relate(&mut self, part: &str, kind: String, target: &str) -> String {
        self.n_relations += 1;
        let id = format!("rIdHuibian{}", self.n_relations);
        self.related.entry(part.to_owned()).or_default().push((id.clone(), kind, target.to_owned()));
        id
    }

    /// The package with all changes.
    pub(super) fn finish(mut self, package: &mut Package<'_>) -> Result<Vec<u8>, Unmarked> {
        for (part, new) in std::mem::take(&mut self.related) {
            let relations = Relations::part_of(&part);
            let bytes = related(package, &relations, &new)?;
            self.parts.insert(relations, bytes);
        }
        let types = self.content_types(package)?;
        self.parts.insert(ContentTypes::PART.to_owned(), types);
        let changes: Vec<(&str, &[u8])> = self.parts.iter().map(|it| (it.0.as_str(), &it.1[..])).collect();
        Ok(package.with_parts(&changes)?)
    }

    fn content_types(&self, package: &mut Package<'_>) -> Result<Vec<u8>, Unmarked> {
        let known = package.content_types().ok_or(Unmarked::Unusual)?;
        let tree = package.tree(ContentTypes::PART)?.ok_or(Unmarked::Unusual)?;
        let root = tree.root();
        let prefix = prefix(root);
        let mut edits = Edits::default();
        let of_ending = |(ending, kind): &(&str, &str)| {
            let is_said = known.of(&format!("x.{ending}")).is_some();
            let said = format!("<{prefix}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
            if is_said { String::new() } else { said }
        };
        let first = root.children().next().map_or(root.tag_range().end, |it| it.range().start);
        edits.insert(first, self.endings.iter().map(of_ending).collect::<String>());
        let of_part = |(name, kind): &(String, &str)| {
            // The ending may mean something else in this package.
            let is_said =
                known.of(name) == Some(*kind) || (known.of(name).is_none() && !name.ends_with(".xml"));
            let said = format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", escaped(name));
            if is_said { String::new() } else { said }
        };
        append(&mut edits, root, self.types.iter().map(of_part).collect::<String>());
        Ok(edits.apply(&tree)?)
    }
}

/// The part of relations with new ones behind those it has.
fn related(
    package: &mut Package<'_>,
    part: &str,
    new: &[(String, String, String)],
) -> Result<Vec<u8>, Unmarked> {
    let Some(tree) = package.tree(part)? else {
        let new: Vec<NewRelation<'_>> =
            new.iter().map(|it| NewRelation { id: &it.0, kind: it.1.clone(), target: &it.2 }).collect();
        return Ok(Relations::written(&new).part());
    };
    let root = tree.root();
    let prefix = prefix(root);
    let one = |(id, kind, target): &(String, String, String)| {
        let (kind, target) = (escaped(kind), escaped(target));
        format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let mut edits = Edits::default();
    append(&mut edits, root, new.iter().map(one).collect::<String>());
    Ok(edits.apply(&tree)?)
}
