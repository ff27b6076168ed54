//! What cells were filled with before they were marked, so that a later round can give it back.
//!
//! Each fill that was covered has a shade of the mark of its own, and hidden names of the workbook say which stands for
//! what: the colour goes along with its cell wherever rows are moved to, and names survive every program that writes this
//! format, also where the list itself was deleted.

use std::collections::{BTreeMap, BTreeSet};

use finding::Severity;
use ooxml::{Element, Limits, Tree, escaped};

/// Light red and light yellow: what stands in the cell stays legible.
const FILLS: [(Severity, [u8; 3]); 2] =
    [(Severity::Error, [0xFF, 0xB3, 0xB1]), (Severity::Query, [0xFF, 0xEE, 0xA8])];
/// How many steps two parts of a colour go down for its shades: nobody sees the difference.
const N_STEPS: u8 = 8;
/// How the names begin; the shade follows.
const NAME: &str = "_huibian_fill_";
/// What a name says where there was no fill.
const NONE: &str = "none";
/// A text in a formula has at most so many characters.
const N_TEXT: usize = 255;
/// What the standard says of fills (ECMA-376 part 1, 18.8.32 and what stands in it): nothing else is written anew.
const ELEMENTS: [&str; 6] = ["patternFill", "fgColor", "bgColor", "gradientFill", "stop", "color"];
const ATTRIBUTES: [&str; 13] = [
    "patternType",
    "rgb",
    "theme",
    "tint",
    "indexed",
    "auto",
    "type",
    "degree",
    "left",
    "right",
    "top",
    "bottom",
    "position",
];

/// The shades that are ours, and what each covers.
#[derive(Debug, Default)]
pub(super) struct Fills {
    /// By the shade: the fill as it is written, nothing where there was none.
    known: BTreeMap<String, String>,
    /// Colours that cells of the workbook have themselves.
    foreign: BTreeSet<String>,
}

impl Fills {
    /// What the names of a workbook say of earlier rounds.
    pub(super) fn told(book: &Tree) -> Self {
        let names = book.root().child("x:definedNames").into_iter().flat_map(Element::children);
        let told = names.filter_map(|it| {
            let shade = it.attribute("name")?.strip_prefix(NAME)?.to_ascii_uppercase();
            let said = it.text();
            Some((shade, read(said.trim().strip_prefix('"')?.strip_suffix('"')?)))
        });
        Self { known: told.collect(), foreign: BTreeSet::new() }
    }

    /// Whether there was an earlier round that told.
    pub(super) fn is_told(&self) -> bool {
        !self.known.is_empty()
    }

    /// An earlier round did not tell, as it was not done yet: what it covered is not known any more.
    pub(super) fn assume_bare(&mut self) {
        self.known = FILLS.iter().map(|it| (shade(it.1, 0), String::new())).collect();
    }

    /// Notes the colours that are there: those that are not ours are none of ours later.
    pub(super) fn note(&mut self, colours: impl Iterator<Item = String>) {
        self.foreign = colours.filter(|it| !self.known.contains_key(it)).collect();
    }

    /// What a shade covers; `None` if it is not ours.
    pub(super) fn covered(&self, shade: &str) -> Option<&str> {
        self.known.get(shade).map(|it| &**it)
    }

    /// The shade of a severity over a fill. Should all be taken, the fill is not given back later.
    pub(super) fn over(&mut self, severity: Severity, fill: &str) -> String {
        let base = mark(severity);
        let shades: Vec<String> = (0..N_STEPS * N_STEPS).map(|step| shade(base, step)).collect();
        if let Some(known) = shades.iter().find(|it| self.covered(it) == Some(fill)) {
            return known.clone();
        }
        let is_free = |it: &&String| !self.known.contains_key(*it) && !self.foreign.contains(*it);
        let Some(free) = shades.iter().find(is_free) else { return shade(base, 0) };
        self.known.insert(free.clone(), fill.to_owned());
        free.clone()
    }

    /// The names that tell a later round, as they stand in the workbook without a prefix; those in it already are left out.
    pub(super) fn names(&self, book: &Tree) -> String {
        let there = Self::told(book);
        let name = |(shade, fill): (&String, &String)| {
            let said = if fill.is_empty() { NONE } else { fill };
            let said = escaped(&format!("\"{said}\""));
            format!("<definedName name=\"{NAME}{shade}\" hidden=\"1\">{said}</definedName>")
        };
        self.known.iter().filter(|it| !there.known.contains_key(it.0)).map(name).collect()
    }
}

/// The colour of a severity itself.
pub(super) fn colour(severity: Severity) -> String {
    shade(mark(severity), 0)
}

fn mark(severity: Severity) -> [u8; 3] {
    FILLS.iter().find(|it| it.0 == severity).map_or([0xFF; 3], |it| it.1)
}

fn shade([red, green, blue]: [u8; 3], step: u8) -> String {
    let (across, down) = (step % N_STEPS, step / N_STEPS);
    format!("FF{red:02X}{:02X}{:02X}", green.saturating_sub(across), blue.saturating_sub(down))
}

/// A fill as it is kept: what is in it, without quotes that a text in a formula would have to double; nothing if it fills
/// nothing, or with something that is not known.
pub(super) fn kept(fill: Element<'_>) -> String {
    let Some(inner) = fill.children().next() else { return String::new() };
    let fills_nothing = inner.attribute("patternType").is_some_and(|it| it == "none");
    let said = written(inner).filter(|it| !fills_nothing && it.chars().count() <= N_TEXT);
    said.unwrap_or_default()
}

/// Such a text read again. It has been in the hands of others, so that it is written anew.
fn read(said: &str) -> String {
    let tree = Tree::parse(said.as_bytes().to_vec(), &Limits::STANDARD).ok();
    tree.and_then(|it| written(it.root())).unwrap_or_default()
}

fn written(element: Element<'_>) -> Option<String> {
    let name = element.local();
    ELEMENTS.contains(&name).then_some(())?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '+');
    let attribute = |it: ooxml::Attribute<'_>| {
        let is_known = ATTRIBUTES.contains(&it.name) && it.value.chars().all(is_plain);
        is_known.then(|| format!(" {}='{}'", it.name, it.value))
    };
    let said = element.attributes().map(attribute).collect::<Option<String>>()?;
    let inner = element.children().map(written).collect::<Option<String>>()?;
    Some(if inner.is_empty() {
        format!("<{name}{said}/>")
    } else {
        format!("<{name}{said}>{inner}</{name}>")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(xml: &str) -> Tree {
        Tree::parse(xml.as_bytes().to_vec(), &Limits::STANDARD).unwrap()
    }

    #[test]
    fn each_fill_has_a_shade_of_its_own_and_names_tell_it_to_the_next_round() {
        let fill = |inner: &str| kept(tree(&format!("<fill>{inner}</fill>")).root());
        let green =
            fill("<patternFill patternType=\"solid\"><fgColor theme=\"9\" tint=\"0.6\"/></patternFill>");
        assert_eq!(green, "<patternFill patternType='solid'><fgColor theme='9' tint='0.6'/></patternFill>");
        let blend = fill(
            "<gradientFill degree=\"90\"><stop position=\"0\"><color rgb=\"FF00FF00\"/></stop></gradientFill>",
        );
        assert!(blend.contains("position='0'"));
        assert_eq!(fill("<patternFill patternType=\"none\"/>"), "");
        assert_eq!(fill("<patternFill onload=\"1\"/>"), "", "nothing that the standard does not know");
        let mut fills = Fills::default();
        fills.note(["FFFFB3B1".to_owned()].into_iter());
        // The colour of the mark is one that the workbook has itself.
        let shades = ["", &green, &blend, &green].map(|it| fills.over(Severity::Error, it));
        assert_eq!(shades, ["FFFFB2B1", "FFFFB1B1", "FFFFB0B1", "FFFFB1B1"]);
        assert_eq!(fills.over(Severity::Query, &green), "FFFFEEA8");
        assert_eq!((fills.covered(&shades[1]), fills.covered("FFFFB3B1")), (Some(&*green), None));
        let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let book = |names: &str| {
            tree(&format!("<workbook xmlns=\"{space}\"><definedNames>{names}</definedNames></workbook>"))
        };
        let names = fills.names(&book(""));
        let told = Fills::told(&book(&names));
        assert_eq!(told.known, fills.known);
        assert_eq!(fills.names(&book(&names)), "");
        let forged = "<definedName name=\"_huibian_fill_FF000000\">\"&lt;script/&gt;\"</definedName>";
        assert_eq!(Fills::told(&book(forged)).covered("FF000000"), Some(""));
    }
}
