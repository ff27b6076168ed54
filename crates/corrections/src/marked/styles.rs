//! The looks of marked cells: what a cell looks like already, with another fill.

use std::collections::BTreeMap;

use super::Unmarked;
use super::xml::{append, prefix, restarted};
use finding::Severity;
use ooxml::{Edits, Element, Tree};

/// A workbook without styles gets this part.
pub(super) const BARE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></styleSheet>";
/// The lists of the part in the order of the standard (ECMA-376 part 1, 18.8.39); of those that are needed what stands in
/// one that is missing.
const LISTS: [(&str, &str); 7] = [
    ("numFmts", ""),
    ("fonts", "<font><sz val=\"11\"/><name val=\"宋体\"/></font>"),
    (
        "fills",
        "<fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>",
    ),
    ("borders", "<border><left/><right/><top/><bottom/><diagonal/></border>"),
    ("cellStyleXfs", "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"),
    ("cellXfs", "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"),
    ("cellStyles", ""),
];
/// Light red and light yellow: what stands in the cell stays legible.
const FILLS: [(Severity, &str); 2] = [(Severity::Error, "FFFFB3B1"), (Severity::Query, "FFFFEEA8")];

/// How cells of the list look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The title above it.
    Title,
    /// A line below the title.
    Line,
    /// A heading.
    Heading,
    /// A text.
    Text,
    /// A short word in the middle.
    Word,
    /// A place that can be gone to.
    Link,
    /// How much a finding matters.
    Severity(Severity),
}

/// The part `styles.xml`, as it grows.
pub(super) struct Styles {
    tree: Tree,
    lists: BTreeMap<&'static str, List>,
    /// Cell formats by the one that they are made from.
    marked: BTreeMap<(u32, Severity), u32>,
    looks: BTreeMap<Look, u32>,
    /// Cell formats without the fill of an earlier round.
    plain: BTreeMap<u32, u32>,
    /// What was added once, by its list and as it is written.
    own: BTreeMap<(&'static str, String), u32>,
}

/// A list of the part: how many it has, and what is added.
#[derive(Debug, Default)]
struct List {
    n: u32,
    added: String,
}

impl List {
    fn push(&mut self, xml: &str) -> u32 {
        self.added.push_str(xml);
        self.n += 1;
        self.n - 1
    }
}

impl Styles {
    /// Reads the part.
    pub(super) fn new(tree: Tree) -> Self {
        let mut lists = BTreeMap::new();
        for (name, default) in LISTS {
            let found = list(&tree, name);
            let n = found.map_or(0, |it| it.children().count());
            let mut list = List { n: u32::try_from(n).unwrap_or(u32::MAX), added: String::new() };
            if n == 0 && !default.is_empty() {
                list.added = prefixed(default, prefix(tree.root()));
                list.n = if name == "fills" { 2 } else { 1 };
            }
            lists.insert(name, list);
        }
        Self {
            tree,
            lists,
            marked: BTreeMap::new(),
            looks: BTreeMap::new(),
            plain: BTreeMap::new(),
            own: BTreeMap::new(),
        }
    }

    /// The number of a cell format like this one, but with the fill of a severity.
    pub(super) fn marked(&mut self, like: u32, severity: Severity) -> u32 {
        if let Some(known) = self.marked.get(&(like, severity)) {
            return *known;
        }
        let fill = self.fill(severity);
        let prefix = prefix(self.tree.root()).to_owned();
        let changed = [("fillId", fill.to_string()), ("applyFill", "1".to_owned())];
        let own = list(&self.tree, "cellXfs").and_then(|it| it.children().nth(like as usize));
        let xml = match own {
            Some(own) => {
                let start = restarted(own, &changed);
                let inner = own.content_range().map(|it| &self.tree.as_written()[it]).unwrap_or_default();
                format!("{start}>{inner}</{}>", own.written_name())
            }
            None => format!(
                "<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"/>"
            ),
        };
        let number = self.push("cellXfs", &xml);
        self.marked.insert((like, severity), number);
        number
    }

    /// The number of a cell format like this one, but without our fill; nothing if it has another one or none. What fill the
    /// cell had before is no longer known.
    pub(super) fn without_mark(&mut self, like: u32) -> Option<u32> {
        let own = list(&self.tree, "cellXfs")?.children().nth(like as usize)?;
        let fill = list(&self.tree, "fills")?.children().nth(own.attribute("fillId")?.parse().ok()?)?;
        let mut colours = Vec::new();
        fill.all_local("fgColor", &mut colours);
        let colour = colours.first()?.attribute("rgb")?;
        if !FILLS.iter().any(|it| it.1.eq_ignore_ascii_case(&colour)) {
            return None;
        }
        if let Some(known) = self.plain.get(&like) {
            return Some(*known);
        }
        let start = restarted(own, &[("fillId", "0".to_owned())]);
        let inner = own.content_range().map(|it| &self.tree.as_written()[it]).unwrap_or_default();
        let xml = format!("{start}>{inner}</{}>", own.written_name());
        let number = self.push("cellXfs", &xml);
        self.plain.insert(like, number);
        Some(number)
    }

    /// The number of the cell format for a cell of the list.
    pub(super) fn look(&mut self, look: Look) -> u32 {
        if let Some(known) = self.looks.get(&look) {
            return *known;
        }
        let (font, fill, border) = (self.font(look), self.fill_of(look), self.border(look));
        let (across, wraps) = match look {
            Look::Title | Look::Heading | Look::Word | Look::Severity(_) => ("center", 1),
            Look::Line | Look::Text | Look::Link => ("left", 1),
        };
        let prefix = prefix(self.tree.root()).to_owned();
        let xml = format!(
            "<{prefix}xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{prefix}alignment horizontal=\"{across}\" vertical=\"center\" wrapText=\"{wraps}\"/></{prefix}xf>"
        );
        let number = self.push("cellXfs", &xml);
        self.looks.insert(look, number);
        number
    }

    fn font(&mut self, look: Look) -> u32 {
        let (size, rest) = match look {
            Look::Title => (16, "<b/>"),
            Look::Heading | Look::Severity(_) => (11, "<b/>"),
            Look::Link => (11, "<u/>"),
            Look::Line | Look::Text | Look::Word => (11, ""),
        };
        let colour = if look == Look::Link { "<color rgb=\"FF0563C1\"/>" } else { "" };
        let xml = format!(
            "<font>{rest}<sz val=\"{size}\"/>{colour}<name val=\"宋体\"/><charset val=\"134\"/></font>"
        );
        self.push_own("fonts", &xml)
    }

    fn fill_of(&mut self, look: Look) -> u32 {
        match look {
            Look::Severity(severity) => self.fill(severity),
            Look::Heading => self.solid("FFE7E6E6"),
            _ => 0,
        }
    }

    fn fill(&mut self, severity: Severity) -> u32 {
        let colour = FILLS.iter().find(|it| it.0 == severity).map_or("FFFFFFFF", |it| it.1);
        self.solid(colour)
    }

    fn solid(&mut self, colour: &str) -> u32 {
        self.push_own(
            "fills",
            &format!("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"),
        )
    }

    fn border(&mut self, look: Look) -> u32 {
        if matches!(look, Look::Title | Look::Line) {
            return 0;
        }
        let side = |it| format!("<{it} style=\"thin\"><color rgb=\"FF7F7F7F\"/></{it}>");
        let sides = ["left", "right", "top", "bottom"].map(side).concat();
        self.push_own("borders", &format!("<border>{sides}<diagonal/></border>"))
    }

    /// Adds what is written here without a prefix.
    fn push_own(&mut self, list: &'static str, xml: &str) -> u32 {
        let xml = prefixed(xml, prefix(self.tree.root()));
        if let Some(known) = self.own.get(&(list, xml.clone())) {
            return *known;
        }
        let number = self.push(list, &xml);
        self.own.insert((list, xml), number);
        number
    }

    fn push(&mut self, list: &'static str, xml: &str) -> u32 {
        self.lists.entry(list).or_default().push(xml)
    }

    /// The part with everything that was asked for.
    pub(super) fn finish(self) -> Result<Vec<u8>, Unmarked> {
        let root = self.tree.root();
        let prefix = prefix(root);
        let mut edits = Edits::default();
        for (at, (name, _)) in LISTS.iter().enumerate() {
            let Some(added) = self.lists.get(name).filter(|it| !it.added.is_empty()) else { continue };
            let n = added.n;
            match list(&self.tree, name) {
                Some(list) => {
                    append(&mut edits, list, added.added.clone());
                    edits.set_attribute(list, "count", &n.to_string())?;
                }
                None => {
                    let xml = format!("<{prefix}{name} count=\"{n}\">{}</{prefix}{name}>", added.added);
                    let follows = |it: &Element<'_>| LISTS[..at].iter().all(|before| before.0 != it.local());
                    match root.children().find(follows) {
                        Some(next) => edits.insert(next.range().start, xml),
                        None => append(&mut edits, root, xml),
                    }
                }
            }
        }
        Ok(edits.apply(&self.tree)?)
    }
}

fn list<'t>(tree: &'t Tree, name: &str) -> Option<Element<'t>> {
    tree.root().children().find(|it| it.local() == name)
}

/// XML that is written without a prefix, with one.
fn prefixed(xml: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return xml.to_owned();
    }
    let marked = xml.replace('<', &format!("<{prefix}"));
    marked.replace(&format!("<{prefix}/"), &format!("</{prefix}"))
}
