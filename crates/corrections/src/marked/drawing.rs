//! The boxes in which notes are shown: old drawings (VML), as spreadsheet programs still want them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Unmarked;
use super::book::Book;
use super::notes::Boxes;
use ooxml::{Cell, Edits, Element, Tree, append, prefix};

const KIND: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// The namespaces that a drawing has to know.
const SPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];
/// The type of a box with a text, which every program calls so.
const TYPE: &str = "_x0000_t202";
/// What may stand behind the drawing of a sheet (ECMA-376 part 1, 18.3.1.99).
const BEHIND: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];
/// The numbers of shapes are given out by the thousand.
const BLOCK: u32 = 1024;

/// Puts boxes into the drawing of a sheet, which is made if there is none.
pub(super) fn put(
    book: &mut Book<'_>,
    sheet: &str,
    (tree, edits): (&Tree, &mut Edits),
    boxes: &Boxes,
) -> Result<(), Unmarked> {
    if boxes.new.is_empty() && boxes.gone.is_empty() {
        return Ok(());
    }
    let known = tree.root().child("x:legacyDrawing").and_then(|it| it.attribute("id"));
    let Some(id) = known else {
        let part = book.changes.name(&book.package, ("xl/drawings/vmlDrawing", "vml"), KIND);
        let number = book.next_block();
        book.changes.put(&part, fresh(&boxes.new, number).into_bytes());
        let id = book.changes.relate(sheet, format!("{}/vmlDrawing", book.base), &format!("/{part}"));
        refer(tree, edits, &id, &book.base);
        return Ok(());
    };
    let part = book.package.relations(sheet).and_then(|it| it.get(&id)?.part.clone());
    let part = part.ok_or(Unmarked::Unusual)?;
    let bytes = book.package.bytes(&part).ok_or(Unmarked::Unusual)?;
    let text = String::from_utf8(bytes).map_err(|_| Unmarked::Unusual)?;
    book.changes.put(&part, added(&text, boxes)?.into_bytes());
    Ok(())
}

/// Says in the sheet which drawing it has.
fn refer(tree: &Tree, edits: &mut Edits, id: &str, base: &str) {
    let root = tree.root();
    let prefix = prefix(root);
    let xml = format!("<{prefix}legacyDrawing xmlns:r=\"{base}\" r:id=\"{id}\"/>");
    let next = root.children().find(|it: &Element<'_>| BEHIND.contains(&it.local()));
    match next {
        Some(next) => edits.insert(next.range().start, xml),
        None => append(edits, root, xml),
    }
}

/// A drawing with more boxes. Such drawings are not always XML, so that it is changed as a text.
fn added(text: &str, boxes: &Boxes) -> Result<String, Unmarked> {
    let end = text.rfind("</xml>").ok_or(Unmarked::Unusual)?;
    let start = text.find("<xml").ok_or(Unmarked::Unusual)? + "<xml".len();
    let lacking = SPACES.iter().filter(|it| !text.contains(&format!("xmlns:{}=", it.0)));
    let spaces: String = lacking.map(|it| format!(" xmlns:{}=\"{}\"", it.0, it.1)).collect();
    let first = numbers(text).max().map_or(BLOCK + 1, |it| it.saturating_add(1));
    let kind = if text.contains(&format!("id=\"{TYPE}\"")) { "" } else { SHAPE_TYPE };
    let kept = without(&text[start..end], &boxes.gone);
    let new = shapes(&boxes.new, first);
    Ok(format!("{}{spaces}{kept}{kind}{new}{}", &text[..start], &text[end..]))
}

/// A drawing without the boxes of some cells. One that is written in an unusual way stays: it shows nothing.
fn without(text: &str, gone: &BTreeSet<Cell>) -> String {
    const SHAPE: &str = "<v:shape ";
    const END: &str = "</v:shape>";
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SHAPE) {
        let Some(len) = rest[at..].find(END).map(|it| it + END.len()) else { break };
        let shape = &rest[at..at + len];
        let number = |name: &str| {
            let (_, said) = shape.split_once(&format!("<x:{name}>"))?;
            said.split('<').next()?.trim().parse::<u32>().ok()
        };
        let place = number("Row").zip(number("Column"));
        kept.push_str(&rest[..at]);
        if !place.is_some_and(|it| gone.contains(&it)) {
            kept.push_str(shape);
        }
        rest = &rest[at + len..];
    }
    kept + rest
}

/// The numbers that shapes have.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split("_x0000_s").skip(1).filter_map(|it| {
        let end = it.find(|it: char| !it.is_ascii_digit()).unwrap_or(it.len());
        it[..end].parse().ok()
    })
}

/// A drawing of its own: the blocks of numbers that it takes begin with this one.
fn fresh(cells: &BTreeSet<Cell>, block: u32) -> String {
    let n_blocks = u32::try_from(cells.len()).unwrap_or(u32::MAX) / BLOCK + 1;
    let blocks: Vec<String> = (block..block.saturating_add(n_blocks)).map(|it| it.to_string()).collect();
    let spaces: String = SPACES.iter().map(|it| format!(" xmlns:{}=\"{}\"", it.0, it.1)).collect();
    format!(
        "<xml{spaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout>{SHAPE_TYPE}{}</xml>",
        blocks.join(","),
        shapes(cells, block.saturating_mul(BLOCK).saturating_add(1))
    )
}

const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The boxes: hidden until somebody points at the cell.
fn shapes(cells: &BTreeSet<Cell>, first: u32) -> String {
    let mut shapes = String::new();
    for (number, (row, col)) in (first..).zip(cells) {
        // Right of the cell and four columns wide, six rows high.
        let (left, top) = (col + 1, row.saturating_sub(1));
        let _infallible = write!(
            shapes,
            "<v:shape id=\"_x0000_s{number}\" type=\"#{TYPE}\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;width:240pt;height:100pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 10, {}, 15, {}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
            left + 4,
            top + 7
        );
    }
    shapes
}
