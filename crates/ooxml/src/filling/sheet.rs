//! What a sheet says beside its cells, after rows were inserted.

use super::fault::{FillFault, Immovable};
use super::rules::{Rule, moved, read};
use crate::formula::{Insertion, Stuck};
use crate::{Cell, Edits, Element, Tree, append, area_name, prefix};

/// What a sheet may say without anything standing in the way (ECMA-376 part 1, 18.3.1.99).
const FOLLOWED: [&str; 31] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
];
/// The same for what newer programs add, and the last of the above.
const FOLLOWED_NEWER: [&str; 7] = [
    "drawingHF",
    "tableParts",
    "conditionalFormattings",
    "dataValidations",
    "sparklineGroups",
    "protectedRanges",
    "ignoredErrors",
];
/// What stands in the way, as it is called.
const CALLED: [(&str, &str); 6] = [
    ("oleObjects", "嵌入的对象"),
    ("controls", "窗体控件"),
    ("AlternateContent", "窗体控件或嵌入的对象"),
    ("dataConsolidate", "合并计算的来源"),
    ("smartTags", "智能标记"),
    ("webPublishItems", "发布为网页的区域"),
];

/// A sheet that follows.
pub(super) struct Beside<'m> {
    pub(super) insertion: &'m Insertion,
    pub(super) like: u32,
    /// The name of this sheet, and its part.
    pub(super) own: &'m str,
    pub(super) part: &'m str,
    /// Whether this is the sheet that gets the rows.
    pub(super) is_target: bool,
}

impl Beside<'_> {
    /// Moves everything but the cells.
    pub(super) fn edit(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        for child in tree.root().children().filter(|it| it.local() != "sheetData") {
            if self.is_target {
                followed(child)?;
            }
            self.walk(child, edits)?;
        }
        Ok(())
    }

    fn walk(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        match element.local() {
            "conditionalFormatting" | "dataValidation" => return self.rule(element, edits),
            "hyperlink" => self.link(element, edits)?,
            "sparkline" | "sparklineGroup" => self.sparkline(element, edits)?,
            _ if !self.is_target => {}
            "mergeCells" => self.merge(element, edits)?,
            "rowBreaks" => self.breaks(element, edits)?,
            "sheetView" | "customSheetView" => self.view(element, edits)?,
            "dimension" => return self.dimension(element, edits),
            "selection" => return Ok(()),
            _ => {}
        }
        if self.is_target {
            for name in ["ref", "sqref", "r"] {
                let written = element.attributes().find(|it| it.name == name);
                // `r` is a cell in scenarios and watches only.
                let is_cell = name != "r" || matches!(element.local(), "inputCells" | "cellWatch");
                let Some(it) = written.filter(|_| is_cell) else { continue };
                let new = moved(self.insertion, &it.value)?;
                if new != it.value {
                    edits.set_attribute(element, name, &new)?;
                }
            }
        }
        for child in element.children() {
            if child.local() == "sqref" && self.is_target {
                change(child, &moved(self.insertion, &child.text())?, edits)?;
            } else {
                self.walk(child, edits)?;
            }
        }
        Ok(())
    }

    /// A validation or a conditional format; newer ones tell their areas in an element of their own.
    fn rule(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let inner = element.children().find(|it| it.local() == "sqref");
        let attribute = element.attributes().find(|it| it.name == "sqref");
        let areas = inner.map(|it| it.text()).or(attribute.map(|it| it.value));
        let areas = areas.ok_or(FillFault::Unusual)?;
        let rule = Rule::new(self.insertion, (self.own, self.is_target), &areas, self.like)?;
        if let Some(new) = rule.areas() {
            match inner {
                Some(inner) => edits.set_text(inner, &new)?,
                None => edits.set_attribute(element, "sqref", &new)?,
            }
        }
        let fault =
            |stuck| Immovable::Rule { sheet: self.own.to_owned(), area: areas.clone().into_owned(), stuck };
        let mut formulas = Vec::new();
        for name in ["formula", "formula1", "formula2", "f"] {
            element.all_local(name, &mut formulas);
        }
        // Newer validations put the formula into an element within.
        for it in formulas.into_iter().filter(|it| it.children().next().is_none()) {
            change(it, &rule.formula(&it.text()).map_err(fault)?, edits)?;
        }
        let mut values = Vec::new();
        element.all_local("cfvo", &mut values);
        for it in values.into_iter().filter(|it| it.attribute("type").as_deref() == Some("formula")) {
            if let Some(said) = it.attribute("val") {
                edits.set_attribute(it, "val", &rule.formula(&said).map_err(fault)?)?;
            }
        }
        Ok(())
    }

    /// A link within the workbook leads to where its aim has gone.
    fn link(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let Some(aim) = element.attributes().find(|it| it.name == "location") else { return Ok(()) };
        let new = self.insertion.formula(&aim.value, self.own).map_err(|it| self.stuck(it))?;
        if new != aim.value {
            edits.set_attribute(element, "location", &new)?;
        }
        Ok(())
    }

    fn sparkline(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        for it in element.children().filter(|it| it.local() == "f") {
            let new = self.insertion.formula(&it.text(), self.own).map_err(|it| self.stuck(it))?;
            change(it, &new, edits)?;
        }
        Ok(())
    }

    fn stuck(&self, stuck: Stuck) -> Immovable {
        Immovable::Reference { part: self.part.to_owned(), stuck }
    }

    /// New rows are merged as the row is that they are like, as far as its merged areas lie within it.
    fn merge(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let prefix = prefix(element);
        let mut areas = Vec::new();
        for it in element.children() {
            areas.extend(read(&it.attribute("ref").unwrap_or_default())?);
        }
        let first = self.insertion.before;
        let mut new = String::new();
        let mut n = areas.len();
        for row in first..first.saturating_add(self.insertion.count) {
            for [from, to] in areas.iter().filter(|it| it[0].0 == self.like && it[1].0 == self.like) {
                let area: [Cell; 2] = [(row, from.1), (row, to.1)];
                new.push_str(&format!("<{prefix}mergeCell ref=\"{}\"/>", area_name(area)));
                n += 1;
            }
        }
        if !new.is_empty() {
            append(edits, element, new);
            if element.attribute("count").is_some() {
                edits.set_attribute(element, "count", &n.to_string())?;
            }
        }
        Ok(())
    }

    /// A break above a row moves with the row. Its number counts the rows above it.
    fn breaks(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        for it in element.children().filter(|it| it.local() == "brk") {
            let Some(id) = it.attribute("id").and_then(|it| it.parse::<u32>().ok()) else { continue };
            let new = self.insertion.row(id);
            if new != id {
                edits.set_attribute(it, "id", &new.to_string())?;
            }
        }
        Ok(())
    }

    /// Rows that come among those that stay in sight make these more.
    fn view(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let Some(pane) = element.children().find(|it| it.local() == "pane") else { return Ok(()) };
        let is_frozen = pane.attribute("state").is_some_and(|it| it.starts_with("frozen"));
        let row = |it: Element<'_>| Some(crate::cell(&it.attribute("topLeftCell")?)?.0);
        let n_rows = pane.attribute("ySplit").and_then(|it| it.parse::<u32>().ok()).unwrap_or(0);
        let below = row(element).unwrap_or(0).saturating_add(n_rows);
        if is_frozen && n_rows > 0 && self.insertion.before < below {
            let n_rows = n_rows.saturating_add(self.insertion.count);
            edits.set_attribute(pane, "ySplit", &n_rows.to_string())?;
            if let Some(first) = pane.attribute("topLeftCell") {
                edits.set_attribute(pane, "topLeftCell", &moved(self.insertion, &first)?)?;
            }
        }
        Ok(())
    }

    fn dimension(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let Some(said) = element.attribute("ref") else { return Ok(()) };
        let Some(area) = read(&said)?.into_iter().next() else { return Ok(()) };
        let [from, to] = self.insertion.area(area);
        let (before, count) = (self.insertion.before, self.insertion.count);
        let has_like = (area[0].0..=area[1].0).contains(&self.like);
        let last = if has_like { to.0.max(before.saturating_add(count).saturating_sub(1)) } else { to.0 };
        let first = if has_like { from.0.min(before) } else { from.0 };
        edits.set_attribute(element, "ref", &area_name([(first, from.1), (last, to.1)]))?;
        Ok(())
    }
}

/// Puts a text in place of another, if it is another.
pub(super) fn change(element: Element<'_>, text: &str, edits: &mut Edits) -> Result<(), FillFault> {
    if element.text() != text {
        edits.set_text(element, text)?;
    }
    Ok(())
}

/// Whether what a sheet says can be followed.
fn followed(element: Element<'_>) -> Result<(), Immovable> {
    let name = element.local();
    let part = |name: &str| {
        let called = CALLED.iter().find(|it| it.0 == name).map_or(name, |it| it.1);
        Err(Immovable::Part(called.to_owned()))
    };
    if name == "extLst" {
        let newer = element.children().flat_map(Element::children);
        return newer.map(Element::local).find(|it| !FOLLOWED_NEWER.contains(it)).map_or(Ok(()), part);
    }
    if FOLLOWED.contains(&name) || FOLLOWED_NEWER.contains(&name) { Ok(()) } else { part(name) }
}
