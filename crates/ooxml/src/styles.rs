//! The looks of cells (`styles.xml`), as they grow: a format like one that is there, but for something.

use std::collections::BTreeMap;

use super::xml::{append, prefix, prefixed, restarted};
use super::{EditFault, Edits, Element, NumberFormat, Tree, escaped};

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
/// What a cell format says that is like none.
const PLAIN: [(&str, &str); 5] =
    [("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0"), ("xfId", "0")];
/// The numbers below are the standard's own formats, or kept for them.
const FIRST_OWN_FORMAT: u32 = 164;

/// The part `styles.xml`, as it grows.
pub struct Styles {
    tree: Tree,
    lists: BTreeMap<&'static str, List>,
    /// Cell formats by the one that they are made from, and what is otherwise.
    alike: BTreeMap<(u32, String), u32>,
    /// What was added once, by its list and as it is written.
    own: BTreeMap<(&'static str, String), u32>,
    /// Number formats that were added.
    formats: BTreeMap<String, u32>,
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
    /// A workbook without styles gets this part.
    pub const BARE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></styleSheet>";
    /// What the part is.
    pub const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

    /// Reads the part.
    pub fn new(tree: Tree) -> Self {
        let mut lists = BTreeMap::new();
        for (name, default) in LISTS {
            let n = list(&tree, name).map_or(0, |it| it.children().count());
            let mut list = List { n: u32::try_from(n).unwrap_or(u32::MAX), added: String::new() };
            if n == 0 && !default.is_empty() {
                list.added = prefixed(default, prefix(tree.root()));
                list.n = if name == "fills" { 2 } else { 1 };
            }
            lists.insert(name, list);
        }
        Self { tree, lists, alike: BTreeMap::new(), own: BTreeMap::new(), formats: BTreeMap::new() }
    }

    /// A cell format that the part had when it was read, by its number.
    pub fn cell_format(&self, number: u32) -> Option<Element<'_>> {
        list(&self.tree, "cellXfs")?.children().nth(number as usize)
    }

    /// A fill that the part had when it was read, by its number.
    pub fn fill(&self, number: u32) -> Option<Element<'_>> {
        list(&self.tree, "fills")?.children().nth(number as usize)
    }

    /// How the numbers of a cell format look that the part had when it was read.
    pub fn number_format_of(&self, number: u32) -> NumberFormat {
        let id = |it: Element<'_>| it.attribute("numFmtId")?.parse::<u32>().ok();
        let own = self.cell_format(number).and_then(id).unwrap_or(0);
        let mut spelled = list(&self.tree, "numFmts").into_iter().flat_map(Element::children);
        let code = spelled.find(|it| id(*it) == Some(own)).and_then(|it| it.attribute("formatCode"));
        NumberFormat::read(Some(own), code.as_deref())
    }

    /// The number of a cell format like one that the part had, with some attributes otherwise.
    pub fn like(&mut self, like: u32, changed: &[(&str, String)]) -> u32 {
        let key = (like, changed.iter().map(|it| format!("{}={} ", it.0, it.1)).collect());
        if let Some(known) = self.alike.get(&key) {
            return *known;
        }
        let xml = match self.cell_format(like) {
            Some(own) => {
                let inner = own.content_range().map(|it| &self.tree.as_written()[it]).unwrap_or_default();
                format!("{}>{inner}</{}>", restarted(own, changed), own.written_name())
            }
            None => plain(prefix(self.tree.root()), changed),
        };
        let number = self.lists.entry("cellXfs").or_default().push(&xml);
        self.alike.insert(key, number);
        number
    }

    /// The number of a number format with this code, such as `yyyy\-mm\-dd`.
    pub fn number_format(&mut self, code: &str) -> u32 {
        let spelled = || list(&self.tree, "numFmts").into_iter().flat_map(Element::children);
        let id = |it: Element<'_>| it.attribute("numFmtId")?.parse::<u32>().ok();
        let is_same = |it: &Element<'_>| it.attribute("formatCode").is_some_and(|it| it == code);
        if let Some(known) = self.formats.get(code).copied().or_else(|| spelled().find(is_same).and_then(id))
        {
            return known;
        }
        let last = spelled().filter_map(id).chain(self.formats.values().copied()).max();
        let number = last.unwrap_or(0).saturating_add(1).max(FIRST_OWN_FORMAT);
        self.push("numFmts", &format!("<numFmt numFmtId=\"{number}\" formatCode=\"{}\"/>", escaped(code)));
        self.formats.insert(code.to_owned(), number);
        number
    }

    /// Adds to a list what is written here without a prefix, once; gives its number there.
    pub fn push(&mut self, list: &'static str, xml: &str) -> u32 {
        let xml = prefixed(xml, prefix(self.tree.root()));
        let key = (list, xml);
        if let Some(known) = self.own.get(&key) {
            return *known;
        }
        let number = self.lists.entry(list).or_default().push(&key.1);
        self.own.insert(key, number);
        number
    }

    /// Whether cell formats were asked for that the part did not have.
    pub fn is_changed(&self) -> bool {
        !self.alike.is_empty() || !self.own.is_empty()
    }

    /// The part with everything that was asked for.
    ///
    /// # Errors
    /// If the lists of the part overlap, as those of no honest part do.
    pub fn finish(self) -> Result<Vec<u8>, EditFault> {
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
        edits.apply(&self.tree)
    }
}

fn list<'t>(tree: &'t Tree, name: &str) -> Option<Element<'t>> {
    tree.root().children().find(|it| it.local() == name)
}

fn plain(prefix: &str, changed: &[(&str, String)]) -> String {
    let value = |name: &str| changed.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let known = PLAIN.iter().map(|it| (it.0, value(it.0).unwrap_or_else(|| it.1.to_owned())));
    let new = changed.iter().filter(|it| PLAIN.iter().all(|known| known.0 != it.0)).cloned();
    let said = known.chain(new).map(|it| format!(" {}=\"{}\"", it.0, escaped(&it.1)));
    format!("<{prefix}xf{}/>", said.collect::<String>())
}
