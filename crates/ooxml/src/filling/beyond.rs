//! Parts beyond the sheets that tell cells: tables, notes, drawings, charts, defined names.

use super::fault::{FillFault, Immovable};
use super::rules::moved;
use super::sheet::change;
use crate::formula::{Insertion, Stuck};
use crate::{Edits, Element, Tree};

/// A part that follows rows of a sheet.
pub(super) struct Beyond<'m> {
    pub(super) insertion: &'m Insertion,
    /// The part.
    pub(super) part: &'m str,
    /// The name of the sheet to which it belongs.
    pub(super) own: &'m str,
    /// Whether that sheet gets the rows.
    pub(super) is_target: bool,
}

impl Beyond<'_> {
    fn stuck(&self, stuck: Stuck) -> Immovable {
        Immovable::Reference { part: self.part.to_owned(), stuck }
    }

    fn formula(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let new = self.insertion.formula(&element.text(), self.own).map_err(|it| self.stuck(it))?;
        change(element, &new, edits)
    }

    /// A table: its area, its filter, the formulas of its columns (ECMA-376 part 1, 18.5.1).
    pub(super) fn table(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        let mut formulas = Vec::new();
        for name in ["calculatedColumnFormula", "totalsRowFormula"] {
            tree.root().all_local(name, &mut formulas);
        }
        formulas.into_iter().try_for_each(|it| self.formula(it, edits))?;
        if !self.is_target {
            return Ok(());
        }
        let mut areas = vec![tree.root()];
        while let Some(element) = areas.pop() {
            self.address(element, edits)?;
            areas.extend(element.children());
        }
        Ok(())
    }

    /// The notes of a sheet.
    pub(super) fn comments(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        let mut notes = Vec::new();
        tree.root().all_local("comment", &mut notes);
        notes.into_iter().try_for_each(|it| self.address(it, edits))
    }

    fn address(&self, element: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let Some(said) = element.attributes().find(|it| it.name == "ref") else { return Ok(()) };
        let new = moved(self.insertion, &said.value)?;
        if new != said.value {
            edits.set_attribute(element, "ref", &new)?;
        }
        Ok(())
    }

    /// Links within the workbook among the relations of a sheet or drawing.
    pub(super) fn links(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        for it in tree.root().children() {
            let Some(aim) = it.attributes().find(|it| it.name == "Target" && it.value.starts_with('#'))
            else {
                continue;
            };
            let new = self.insertion.formula(&aim.value[1..], self.own).map_err(|it| self.stuck(it))?;
            if new != aim.value[1..] {
                edits.set_attribute(it, "Target", &format!("#{new}"))?;
            }
        }
        Ok(())
    }

    /// Charts, of whatever sheet: where their figures stand.
    pub(super) fn chart(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        let mut formulas = Vec::new();
        for name in ["f", "sqref"] {
            tree.root().all_local(name, &mut formulas);
        }
        formulas.into_iter().try_for_each(|it| self.formula(it, edits))
    }

    /// A drawing: shapes that show a cell, and where its pictures, charts and shapes stand (ECMA-376 part 1, 20.5).
    pub(super) fn drawing(&self, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
        let mut rest = vec![tree.root()];
        while let Some(element) = rest.pop() {
            match element.local() {
                "twoCellAnchor" | "oneCellAnchor" if self.is_target => self.anchor(element, edits)?,
                "cameraTool" => return Err(Immovable::Part("链接的图片".to_owned()).into()),
                "sp" => self.shown(element, edits)?,
                _ => {}
            }
            rest.extend(element.children());
        }
        Ok(())
    }

    fn shown(&self, shape: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let Some(cell) = shape.attributes().find(|it| it.name == "textlink") else { return Ok(()) };
        let new = self.insertion.formula(&cell.value, self.own).map_err(|it| self.stuck(it))?;
        if new != cell.value {
            edits.set_attribute(shape, "textlink", &new)?;
        }
        Ok(())
    }

    fn anchor(&self, anchor: Element<'_>, edits: &mut Edits) -> Result<(), FillFault> {
        let moves = anchor.attribute("editAs");
        if moves.as_deref() == Some("absolute") {
            return Ok(());
        }
        let corner = |name: &str| {
            let corner = anchor.children().find(|it| it.local() == name)?;
            let part = |name: &str| corner.children().find(|it| it.local() == name);
            let row = part("row")?;
            let beyond = part("rowOff").and_then(|it| it.text().trim().parse::<i64>().ok());
            Some((row, row.text().trim().parse::<u32>().ok()?, beyond.unwrap_or(0)))
        };
        let Some((from, first, _)) = corner("from") else { return Err(FillFault::Unusual) };
        change(from, &self.insertion.row(first).to_string(), edits)?;
        if let Some((to, last, beyond)) = corner("to") {
            // What ends where the rows come in does not reach into them; what keeps its size moves as a whole.
            let ends_above = first < self.insertion.before && last == self.insertion.before && beyond == 0;
            let stays = ends_above || moves.as_deref() == Some("oneCell") && first < self.insertion.before;
            if !stays {
                change(to, &self.insertion.row(last).to_string(), edits)?;
            }
        }
        Ok(())
    }
}

/// The defined names of a workbook.
pub(super) fn names(insertion: &Insertion, tree: &Tree, edits: &mut Edits) -> Result<(), FillFault> {
    let names = tree.root().child("x:definedNames").into_iter().flat_map(Element::children);
    for it in names {
        let name = it.attribute("name").unwrap_or_default().into_owned();
        let text = it.text();
        // What programs define themselves (what is printed, what is filtered) is meant as it stands.
        let new = if name.starts_with("_xlnm.") {
            let number = it.attribute("localSheetId").and_then(|it| it.parse::<usize>().ok());
            let own = number.and_then(|it| insertion.sheets.get(it)).map_or("", String::as_str);
            insertion.formula(&text, own)
        } else {
            insertion.name(&text)
        };
        change(it, &new.map_err(|stuck| Immovable::Name { name, stuck })?, edits)?;
    }
    Ok(())
}

/// The boxes of notes in old drawings, after rows were inserted. Such drawings are not always XML: they are changed as a
/// text.
pub(super) fn boxes(insertion: &Insertion, text: &str) -> Result<String, Immovable> {
    const START: &str = "ClientData";
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(START) {
        let end = rest[start + START.len()..].find(START).map(|it| start + START.len() + it);
        let end = end.ok_or_else(|| Immovable::Part("看不懂的旧式图形".to_owned()))?;
        let (before, body) = (&rest[..start], &rest[start..end]);
        if !body.contains("ObjectType=\"Note\"") && !body.contains("ObjectType='Note'") {
            return Err(Immovable::Part("窗体控件".to_owned()));
        }
        new.push_str(before);
        new.push_str(
            &moved_box(insertion, body).ok_or_else(|| Immovable::Part("看不懂的批注框".to_owned()))?,
        );
        new.push_str(START);
        rest = &rest[end + START.len()..];
    }
    new.push_str(rest);
    Ok(new)
}

/// What is said of one box: the row of its cell, and the corners of the box, which go with it.
fn moved_box(insertion: &Insertion, body: &str) -> Option<String> {
    let between = |name: &str| {
        let start = body.find(&format!(":{name}>"))? + name.len() + 2;
        Some((start, start + body[start..].find('<')?))
    };
    let row = between("Row")?;
    let number: u32 = body[row.0..row.1].trim().parse().ok()?;
    let new = insertion.row(number);
    if new == number {
        return Some(body.to_owned());
    }
    let mut parts = vec![(row, new.to_string())];
    if let Some(anchor) = between("Anchor") {
        let mut corners: Vec<u32> =
            body[anchor.0..anchor.1].split(',').map(|it| it.trim().parse().ok()).collect::<Option<_>>()?;
        for at in [2, 6] {
            let corner = corners.get_mut(at)?;
            *corner = corner.saturating_add(new - number);
        }
        let corners: Vec<String> = corners.iter().map(u32::to_string).collect();
        parts.push((anchor, corners.join(", ")));
    }
    parts.sort_by_key(|it| std::cmp::Reverse(it.0.0));
    let mut body = body.to_owned();
    parts.into_iter().for_each(|((from, to), text)| body.replace_range(from..to, &text));
    Some(body)
}
