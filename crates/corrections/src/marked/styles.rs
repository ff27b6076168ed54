//! The looks of marked cells: what a cell looks like already, with another fill.

use std::collections::BTreeMap;

use super::fills::{Fills, colour, kept};
use finding::Severity;
use ooxml::{EditFault, Element};

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
    part: ooxml::Styles,
    looks: BTreeMap<Look, u32>,
    /// What marks cover.
    pub(super) fills: Fills,
}

impl Styles {
    /// Takes over the part; `fills` are what earlier rounds told.
    pub(super) fn new(part: ooxml::Styles, mut fills: Fills) -> Self {
        fills.note((0..).map_while(|it| part.fill(it)).filter_map(shade));
        Self { part, looks: BTreeMap::new(), fills }
    }

    /// The number of a cell format like this one, but with the fill of a severity, which stands for what it covers.
    pub(super) fn marked(&mut self, like: u32, severity: Severity) -> u32 {
        let own = self.fill_of_cell(like);
        let ours = own.and_then(shade).and_then(|it| self.fills.covered(&it).map(str::to_owned));
        let covered = ours.or_else(|| own.map(kept)).unwrap_or_default();
        let shade = self.fills.over(severity, &covered);
        let fill = self.solid(&shade);
        self.part.like(like, &[("fillId", fill.to_string()), ("applyFill", "1".to_owned())])
    }

    /// The number of a cell format like this one, but with the fill that our mark covers; nothing if it has no mark.
    pub(super) fn without_mark(&mut self, like: u32) -> Option<u32> {
        let shade = self.fill_of_cell(like).and_then(shade)?;
        let fill = match self.fills.covered(&shade)? {
            "" => 0,
            covered => self.part.push("fills", &format!("<fill>{covered}</fill>")),
        };
        Some(self.part.like(like, &[("fillId", fill.to_string())]))
    }

    fn fill_of_cell(&self, like: u32) -> Option<Element<'_>> {
        let own = self.part.cell_format(like)?;
        self.part.fill(own.attribute("fillId")?.parse().ok()?)
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
        let xml = format!(
            "<xf numFmtId=\"49\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"{across}\" vertical=\"center\" wrapText=\"{wraps}\"/></xf>"
        );
        let number = self.part.push("cellXfs", &xml);
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
        self.part.push("fonts", &xml)
    }

    fn fill_of(&mut self, look: Look) -> u32 {
        match look {
            Look::Severity(severity) => self.solid(&colour(severity)),
            Look::Heading => self.solid("FFE7E6E6"),
            _ => 0,
        }
    }

    fn solid(&mut self, colour: &str) -> u32 {
        self.part.push(
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
        self.part.push("borders", &format!("<border>{sides}<diagonal/></border>"))
    }

    /// The part with everything that was asked for.
    pub(super) fn finish(self) -> Result<Vec<u8>, EditFault> {
        self.part.finish()
    }
}

/// The colour of a fill of one colour.
fn shade(fill: Element<'_>) -> Option<String> {
    let pattern = fill.children().next().filter(|it| it.local() == "patternFill")?;
    let is_solid = pattern.attribute("patternType").is_some_and(|it| it == "solid");
    let colour = pattern.children().find(|it| it.local() == "fgColor").filter(|_| is_solid)?;
    Some(colour.attribute("rgb")?.to_ascii_uppercase())
}
