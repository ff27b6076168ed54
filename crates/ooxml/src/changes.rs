//! Parts that are changed, new or gone, and what the package has to say about them.

use std::collections::BTreeMap;

use super::xml::{append, prefix};
use super::{ContentTypes, EditFault, Edits, NewRelation, Package, Relations, WriteFault, XmlFault, escaped};

/// What becomes of a package.
#[derive(Debug, Default)]
pub struct Changes {
    parts: BTreeMap<String, Vec<u8>>,
    /// New parts with what they are.
    types: Vec<(String, &'static str)>,
    /// Endings with what parts of such a name are.
    endings: Vec<(&'static str, &'static str)>,
    /// New relations by the part that they belong to: name, kind, target.
    related: BTreeMap<String, Vec<(String, String, String)>>,
    n_relations: usize,
    /// Parts that go, each with the one that it belongs to.
    gone: Vec<(String, String)>,
}

/// Why a package cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeFault {
    /// A part that tells about others is no XML, or too large.
    #[error("文件内部有一部分{0}")]
    Xml(#[from] XmlFault),
    /// The package does not say what its parts are.
    #[error("文件的内部结构不同寻常")]
    Unusual,
    /// A change could not be made.
    #[error("{0}")]
    Edit(#[from] EditFault),
    /// It cannot be packed.
    #[error("{0}")]
    Write(#[from] WriteFault),
}

impl Changes {
    /// Gives a part new bytes.
    pub fn put(&mut self, part: &str, bytes: Vec<u8>) {
        self.parts.insert(part.to_owned(), bytes);
    }

    /// The new bytes of a part, if it was given any.
    pub fn get(&self, part: &str) -> Option<&[u8]> {
        self.parts.get(part).map(Vec::as_slice)
    }

    /// Whether any part was given new bytes.
    pub fn is_any(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Takes a part away, its type, and whatever relations `owner` has to it. `owner` gets no new relation then.
    pub fn remove(&mut self, part: &str, owner: &str) {
        self.gone.push((part.to_owned(), owner.to_owned()));
    }

    /// A name that no part has, such as `xl/comments4.xml`, for a part of this kind; its bytes are put later.
    pub fn name(
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
    pub fn relate(&mut self, part: &str, kind: String, target: &str) -> String {
        self.n_relations += 1;
        let id = format!("rIdHuibian{}", self.n_relations);
        self.related.entry(part.to_owned()).or_default().push((id.clone(), kind, target.to_owned()));
        id
    }

    /// The package with all changes; what was not changed is copied as it is packed.
    ///
    /// # Errors
    /// If the package does not say what its parts are, or the result cannot be written.
    pub fn finish(mut self, package: &mut Package<'_>) -> Result<Vec<u8>, ChangeFault> {
        for (part, owner) in &self.gone {
            self.related.entry(owner.clone()).or_default();
            self.parts.remove(part);
        }
        for (part, new) in std::mem::take(&mut self.related) {
            let relations = Relations::part_of(&part);
            let bytes = self.related(package, &part, &new)?;
            self.parts.insert(relations, bytes);
        }
        if !self.types.is_empty() || !self.gone.is_empty() {
            let types = self.content_types(package)?;
            self.parts.insert(ContentTypes::PART.to_owned(), types);
        }
        let changes: Vec<(&str, &[u8])> = self.parts.iter().map(|it| (it.0.as_str(), &it.1[..])).collect();
        let gone: Vec<&str> = self.gone.iter().map(|it| it.0.as_str()).collect();
        Ok(package.rewritten(&changes, &gone)?)
    }

    fn is_gone(&self, part: &str) -> bool {
        self.gone.iter().any(|it| it.0.eq_ignore_ascii_case(part))
    }

    fn content_types(&self, package: &mut Package<'_>) -> Result<Vec<u8>, ChangeFault> {
        let known = package.content_types().ok_or(ChangeFault::Unusual)?;
        let tree = package.tree(ContentTypes::PART)?.ok_or(ChangeFault::Unusual)?;
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
        for said in root.children() {
            if said.attribute("PartName").is_some_and(|it| self.is_gone(it.trim_start_matches('/'))) {
                edits.remove(said.range());
            }
        }
        Ok(edits.apply(&tree)?)
    }

    /// The part of relations with new ones behind those it has, and without those to parts that go.
    fn related(
        &self,
        package: &mut Package<'_>,
        owner: &str,
        new: &[(String, String, String)],
    ) -> Result<Vec<u8>, ChangeFault> {
        let known = package.relations(owner);
        let Some(tree) = package.tree(&Relations::part_of(owner))? else {
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
        for said in root.children() {
            let part = said.attribute("Id").and_then(|it| known.as_ref()?.get(&it)?.part.clone());
            if part.is_some_and(|it| self.is_gone(&it)) {
                edits.remove(said.range());
            }
        }
        Ok(edits.apply(&tree)?)
    }
}
