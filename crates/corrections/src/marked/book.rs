//! A workbook's package while it is marked: its sheets, and the one that is put in front of them.

use std::collections::BTreeSet;

use super::fills::Fills;
use super::listed::sheet_xml;
use super::styles::Styles;
use super::{SPREADSHEET, Unmarked};
use crate::list::List;
use ooxml::{
    Changes, Edits, Element, Event, Limits, Package, Relations, Tree, append, attribute, each_event, escaped,
    prefix, prefixed,
};

const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// A sheet's name has at most so many characters.
const N_NAME: usize = 31;

/// A workbook that is being marked.
pub(super) struct Book<'b> {
    pub(super) package: Package<'b>,
    pub(super) changes: Changes,
    /// The address before the last word of every relation: another one in the strict form of the standard.
    pub(super) base: String,
    /// The part that lists the sheets.
    main: String,
    tree: Tree,
    /// What is to be changed in it.
    edits: Edits,
    /// How notes of an earlier round begin; nothing if there was none.
    pub(super) heads: Vec<String>,
    /// The parts of the sheets, in their order.
    parts: Vec<String>,
    n_drawings: u32,
}

impl<'b> Book<'b> {
    /// Opens a package, if it is a workbook of this format.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Unmarked> {
        let mut package = Package::open(bytes, &Limits::STANDARD)?;
        let of_package = package.relations("").ok_or(Unmarked::Unusual)?;
        let office = of_package.of_kind("officeDocument").ok_or(Unmarked::Unusual)?;
        let base = office.kind.rsplit_once('/').map(|it| it.0.to_owned()).ok_or(Unmarked::Unusual)?;
        let main = office.part.clone().ok_or(Unmarked::Unusual)?;
        let tree =
            package.tree(&main)?.filter(|it| it.root().name() == "x:workbook").ok_or(Unmarked::Unusual)?;
        let related = package.relations(&main).ok_or(Unmarked::Unusual)?;
        let part = |it: Element<'_>| related.get(&it.attribute("id")?)?.part.clone();
        let sheets = tree.root().child("x:sheets").ok_or(Unmarked::Unusual)?;
        let parts: Option<Vec<String>> = sheets.children().map(part).collect();
        let parts = parts.ok_or(Unmarked::Unusual)?;
        let changes = Changes::default();
        Ok(Self {
            package,
            changes,
            base,
            main,
            tree,
            edits: Edits::default(),
            heads: Vec::new(),
            parts,
            n_drawings: 0,
        })
    }

    /// How cells look, as far as the workbook says.
    pub(super) fn styles(&mut self) -> Result<Styles, Unmarked> {
        let tree = match self.styles_part() {
            Some(part) => self.package.tree(&part)?.ok_or(Unmarked::Unusual)?,
            None => Tree::parse(ooxml::Styles::BARE.into(), &Limits::STANDARD)?,
        };
        Ok(Styles::new(ooxml::Styles::new(tree), Fills::told(&self.tree)))
    }

    fn styles_part(&mut self) -> Option<String> {
        self.package.relations(&self.main)?.of_kind("styles")?.part.clone()
    }

    /// The numbers of the sheets.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u16> + use<> {
        0..u16::try_from(self.parts.len()).unwrap_or(u16::MAX)
    }

    /// The part of a sheet.
    pub(super) fn part(&self, number: u16) -> Option<String> {
        self.parts.get(usize::from(number)).cloned()
    }

    /// A thousand numbers for the shapes of a drawing that no other has.
    pub(super) fn next_block(&mut self) -> u32 {
        const BEHIND_OTHERS: u32 = 40;
        const APART: u32 = 4;
        self.n_drawings += 1;
        let n_sheets = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        n_sheets.saturating_add(BEHIND_OTHERS).saturating_add(APART.saturating_mul(self.n_drawings))
    }

    /// The sheets that are selected when the workbook is opened: whatever is typed goes into all of them.
    pub(super) fn selected(&mut self) -> BTreeSet<u16> {
        let mut selected = BTreeSet::new();
        for (number, part) in self.numbers().zip(self.parts.clone()) {
            // A sheet that is no XML is not one that we change.
            let _ = each_event(&mut self.package, &part, &mut |event| match event {
                Event::Start(it) if it.local_name().as_ref() == "sheetView" => {
                    if attribute(it, "tabSelected").is_some_and(|it| it == "1" || it == "true") {
                        selected.insert(number);
                    }
                    Some(())
                }
                Event::Start(it) if it.local_name().as_ref() == "sheetData" => None,
                _ => Some(()),
            });
        }
        selected
    }

    /// Puts the list in front of all sheets, and to the fore if none but changed ones were there.
    pub(super) fn put_first(
        &mut self,
        list: &List,
        styles: &mut Styles,
        comes_first: bool,
    ) -> Result<(), Unmarked> {
        let part = self.changes.name(&self.package, ("xl/worksheets/sheet", "xml"), WORKSHEET);
        self.put_list(&part, list, styles, comes_first);
        let id = self.changes.relate(&self.main, format!("{}/worksheet", self.base), &format!("/{part}"));
        let root = self.tree.root();
        let sheets = root.child("x:sheets").ok_or(Unmarked::Unusual)?;
        let mut edits = std::mem::take(&mut self.edits);
        let numbers = sheets.children().filter_map(|it| it.attribute("sheetId")?.parse::<u32>().ok());
        let number = numbers.max().unwrap_or(0).saturating_add(1);
        let xml = format!(
            "<{}sheet xmlns:r=\"{}\" name=\"{}\" sheetId=\"{number}\" r:id=\"{id}\"/>",
            prefix(root),
            self.base,
            escaped(&free_name(sheets, &list.sheet))
        );
        match sheets.children().next() {
            Some(first) => edits.insert(first.range().start, xml),
            None => append(&mut edits, sheets, xml),
        }
        self.shift(comes_first, &mut edits)?;
        self.edits = edits;
        Ok(())
    }

    /// Puts names that tell a later round what marks cover; they stand behind the sheets and what belongs to these.
    fn remember(&mut self, fills: &Fills) -> Result<(), Unmarked> {
        let root = self.tree.root();
        let names = prefixed(&fills.names(&self.tree), prefix(root));
        if names.is_empty() {
            return Ok(());
        }
        match root.child("x:definedNames") {
            Some(known) => append(&mut self.edits, known, names),
            None => {
                let before = ["sheets", "functionGroups", "externalReferences"];
                let last = root.children().filter(|it| before.contains(&it.local())).last();
                let at = last.ok_or(Unmarked::Unusual)?.range().end;
                let prefix = prefix(root);
                self.edits.insert(at, format!("<{prefix}definedNames>{names}</{prefix}definedNames>"));
            }
        }
        Ok(())
    }

    /// What counts the sheets of the workbook counts one more.
    fn shift(&self, comes_first: bool, edits: &mut Edits) -> Result<(), Unmarked> {
        let root = self.tree.root();
        for name in root.child("x:definedNames").into_iter().flat_map(Element::children) {
            if let Some(sheet) = name.attribute("localSheetId").and_then(|it| it.parse::<u32>().ok()) {
                edits.set_attribute(name, "localSheetId", &sheet.saturating_add(1).to_string())?;
            }
        }
        let mut views = root.child("x:bookViews").into_iter().flat_map(Element::children).peekable();
        if views.peek().is_none() && !comes_first && root.child("x:bookViews").is_none() {
            let sheets = root.child("x:sheets").ok_or(Unmarked::Unusual)?;
            let prefix = prefix(root);
            let view =
                format!("<{prefix}bookViews><{prefix}workbookView activeTab=\"1\"/></{prefix}bookViews>");
            edits.insert(sheets.range().start, view);
        }
        for view in views {
            let active = view.attribute("activeTab").and_then(|it| it.parse::<u32>().ok()).unwrap_or(0);
            let active = if comes_first { 0 } else { active.saturating_add(1) };
            edits.set_attribute(view, "activeTab", &active.to_string())?;
            if view.attribute("firstSheet").is_some() {
                edits.set_attribute(view, "firstSheet", "0")?;
            }
        }
        Ok(())
    }

    /// Puts the list in place of one that was put there before.
    pub(super) fn replace(
        &mut self,
        number: u16,
        list: &List,
        styles: &mut Styles,
        is_selected: bool,
    ) -> Result<(), Unmarked> {
        let part = self.part(number).ok_or(Unmarked::Unusual)?;
        self.put_list(&part, list, styles, is_selected);
        // What belonged to the old list is no longer asked for.
        let relations = Relations::part_of(&part);
        if self.package.names().any(|it| it.eq_ignore_ascii_case(&relations)) {
            self.changes.put(&relations, Relations::written(&[]).part());
        }
        Ok(())
    }

    fn put_list(&mut self, part: &str, list: &List, styles: &mut Styles, is_selected: bool) {
        let space =
            if self.is_strict() { "http://purl.oclc.org/ooxml/spreadsheetml/main" } else { SPREADSHEET };
        let mut links = Vec::new();
        let xml = sheet_xml(list, styles, (space, &self.base, is_selected), &mut |target| {
            links.push(target.to_owned());
            format!("rId{}", links.len())
        });
        self.changes.put(part, xml.into_bytes());
        if !links.is_empty() {
            let bytes = outside(&links, &self.base).into_bytes();
            self.changes.put(&Relations::part_of(part), bytes);
        }
    }

    /// Whether it is in the strict form of the standard.
    pub(super) fn is_strict(&self) -> bool {
        self.base.starts_with("http://purl.oclc.org/")
    }

    /// The package with all changes.
    pub(super) fn finish(mut self, styles: Styles) -> Result<Vec<u8>, Unmarked> {
        self.remember(&styles.fills)?;
        let changed = std::mem::take(&mut self.edits).apply(&self.tree)?;
        if changed != self.tree.as_written().as_bytes() {
            self.changes.put(&self.main, changed);
        }
        let bytes = styles.finish()?;
        let part = match self.styles_part() {
            Some(part) => part,
            None => {
                let part = self.changes.name(&self.package, ("xl/styles", "xml"), ooxml::Styles::KIND);
                let kind = format!("{}/styles", self.base);
                self.changes.relate(&self.main, kind, &format!("/{part}"));
                part
            }
        };
        self.changes.put(&part, bytes);
        Ok(self.changes.finish(&mut self.package)?)
    }
}

/// A sheet is no longer among those that are selected.
pub(super) fn unselect(tree: &Tree, edits: &mut Edits) -> Result<(), Unmarked> {
    let views = tree.root().child("x:sheetViews").into_iter().flat_map(Element::children);
    for view in views.filter(|it| it.attribute("tabSelected").is_some()) {
        edits.set_attribute(view, "tabSelected", "0")?;
    }
    Ok(())
}

/// A name that no sheet has.
fn free_name(sheets: Element<'_>, wanted: &str) -> String {
    let known: BTreeSet<String> =
        sheets.children().filter_map(|it| Some(it.attribute("name")?.to_lowercase())).collect();
    let cut = |it: &str| it.chars().take(N_NAME - 4).collect::<String>();
    let names = std::iter::once(wanted.to_owned()).chain((2..).map(|it| format!("{}（{it}）", cut(wanted))));
    names.into_iter().find(|it| !known.contains(&it.to_lowercase())).unwrap_or_default()
}

/// The relations of a sheet to files beside its own.
fn outside(links: &[String], base: &str) -> String {
    let one = |(number, target): (usize, &String)| {
        let target = escaped(target);
        format!(
            "<Relationship Id=\"rId{number}\" Type=\"{base}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"
        )
    };
    let all: String = (1..).zip(links).map(one).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}
