//! A workbook's package while it is filled: its sheets, and the parts as they are by now.

use super::fault::FillFault;
use crate::formula::is_same;
use crate::{Changes, Edits, Element, Limits, Package, Relations, Styles, Tree};

/// A workbook that is being filled.
pub(super) struct Book<'b> {
    package: Package<'b>,
    changes: Changes,
    limits: Limits,
    /// The part that lists the sheets.
    pub(super) main: String,
    /// In their order.
    pub(super) sheets: Vec<Sheet>,
    /// The address before the last word of every relation: another one in the strict form of the standard.
    base: String,
    /// Whether its days count from 1904.
    pub(super) is_from_1904: bool,
}

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) part: String,
    /// Whether it has cells: a chart that fills a sheet has none.
    pub(super) has_cells: bool,
}

impl<'b> Book<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, FillFault> {
        let mut package = Package::open(bytes, limits)?;
        let of_package = package.relations("").ok_or(FillFault::Unusual)?;
        let office = of_package.of_kind("officeDocument").ok_or(FillFault::Unusual)?;
        let base = office.kind.rsplit_once('/').map_or(String::new(), |it| it.0.to_owned());
        let main = office.part.clone().ok_or(FillFault::Unusual)?;
        let changes = Changes::default();
        let mut book =
            Self { package, changes, limits: *limits, main, sheets: Vec::new(), base, is_from_1904: false };
        let tree = book.tree(&book.main.clone())?;
        if tree.root().name() != "x:workbook" {
            return Err(FillFault::Unusual);
        }
        let properties = tree.root().child("x:workbookPr").and_then(|it| it.attribute("date1904"));
        book.is_from_1904 = properties.is_some_and(|it| crate::cells::is_on(&it));
        let related = book.package.relations(&book.main).ok_or(FillFault::Unusual)?;
        let listed = tree.root().child("x:sheets").into_iter().flat_map(Element::children);
        let sheet = |it: Element<'_>| {
            let relation = related.get(&it.attribute("id")?)?;
            let (name, part) = (it.attribute("name")?.into_owned(), relation.part.clone()?);
            Some(Sheet { name, part, has_cells: relation.is("worksheet") })
        };
        book.sheets = listed.map(sheet).collect::<Option<_>>().ok_or(FillFault::Unusual)?;
        Ok(book)
    }

    /// The number of a sheet that has cells.
    pub(super) fn sheet(&self, name: &str) -> Result<usize, FillFault> {
        let found = self.sheets.iter().position(|it| is_same(&it.name, name));
        let found = found.ok_or_else(|| FillFault::NoSheet(name.to_owned()))?;
        if self.sheets[found].has_cells { Ok(found) } else { Err(FillFault::NoCells(name.to_owned())) }
    }

    /// A part as it is by now.
    pub(super) fn tree(&mut self, part: &str) -> Result<Tree, FillFault> {
        let fault = |fault| FillFault::Xml { part: part.to_owned(), fault };
        if let Some(bytes) = self.changes.get(part) {
            return Tree::parse(bytes.to_vec(), &self.limits).map_err(fault);
        }
        self.package.tree(part).map_err(fault)?.ok_or(FillFault::Unusual)
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, part: &str) -> bool {
        self.package.names().any(|it| it.eq_ignore_ascii_case(part))
    }

    /// A part as it is by now, as bytes.
    pub(super) fn bytes(&mut self, part: &str) -> Result<Vec<u8>, FillFault> {
        match self.changes.get(part) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.package.bytes(part).ok_or(FillFault::Unusual),
        }
    }

    /// Whether any part was given new bytes.
    pub(super) fn is_changed(&self) -> bool {
        self.changes.is_any()
    }

    /// Gives a part new bytes.
    pub(super) fn put(&mut self, part: &str, bytes: Vec<u8>) {
        self.changes.put(part, bytes);
    }

    /// What belongs to a part.
    pub(super) fn relations(&mut self, part: &str) -> Relations {
        self.package.relations(part).unwrap_or_default()
    }

    /// The parts of a kind that belong to a part.
    pub(super) fn related(&mut self, part: &str, kind: &str) -> Vec<String> {
        self.relations(part).iter().filter(|it| it.is(kind)).filter_map(|it| it.part.clone()).collect()
    }

    /// All parts whose type ends so.
    pub(super) fn of_type(&mut self, ending: &str) -> Vec<String> {
        let Some(types) = self.package.content_types() else { return Vec::new() };
        let is_meant = |it: &&str| types.of(it).is_some_and(|kind| kind.ends_with(ending));
        self.package.names().filter(is_meant).map(str::to_owned).collect()
    }

    /// How cells look.
    pub(super) fn styles(&mut self) -> Result<Styles, FillFault> {
        let main = self.main.clone();
        let tree = match self.related(&main, "styles").first() {
            Some(part) => self.tree(part)?,
            None => Tree::parse(Styles::BARE.into(), &self.limits)
                .map_err(|fault| FillFault::Xml { part: "styles".to_owned(), fault })?,
        };
        Ok(Styles::new(tree))
    }

    /// Puts back how cells look.
    pub(super) fn put_styles(&mut self, styles: Styles) -> Result<(), FillFault> {
        let main = self.main.clone();
        let bytes = styles.finish()?;
        let part = match self.related(&main, "styles").into_iter().next() {
            Some(part) => part,
            None => {
                let part = self.changes.name(&self.package, ("xl/styles", "xml"), Styles::KIND);
                self.changes.relate(&main, format!("{}/styles", self.base), &format!("/{part}"));
                part
            }
        };
        self.put(&part, bytes);
        Ok(())
    }

    /// The order in which formulas were computed is no longer told: programs find it by themselves.
    pub(super) fn drop_chain(&mut self) {
        let main = self.main.clone();
        for part in self.related(&main, "calcChain") {
            self.changes.remove(&part, &main);
        }
    }

    /// Says that programs have to compute everything when they open the file.
    pub(super) fn ask_for_computing(&mut self) -> Result<(), FillFault> {
        const BEHIND: [&str; 9] = [
            "oleSize",
            "customWorkbookViews",
            "pivotCaches",
            "smartTagPr",
            "smartTagTypes",
            "webPublishing",
            "fileRecoveryPr",
            "webPublishObjects",
            "extLst",
        ];
        let main = self.main.clone();
        let tree = self.tree(&main)?;
        let root = tree.root();
        let mut edits = Edits::default();
        match root.child("x:calcPr") {
            Some(known) => edits.set_attribute(known, "fullCalcOnLoad", "1")?,
            None => {
                let xml = format!("<{}calcPr fullCalcOnLoad=\"1\"/>", crate::prefix(root));
                match root.children().find(|it| BEHIND.contains(&it.local())) {
                    Some(next) => edits.insert(next.range().start, xml),
                    None => crate::append(&mut edits, root, xml),
                }
            }
        }
        self.put(&main, edits.apply(&tree)?);
        Ok(())
    }

    /// The package as it is by now.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, FillFault> {
        Ok(self.changes.finish(&mut self.package)?)
    }
}
