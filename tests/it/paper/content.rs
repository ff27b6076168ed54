//! The content of a page: what is written on it, and which straight lines are drawn.

use std::collections::BTreeMap;

use hayro_syntax::content::Instruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Text};
use hayro_syntax::page::Page;

use super::{MM, decode, utf_16};

/// A straight line, in millimetres from the page's left top corner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Its beginning.
    pub(crate) from: (f64, f64),
    /// Its end.
    pub(crate) to: (f64, f64),
    /// Its thickness in points.
    pub(crate) width: f64,
}

impl Line {
    /// Whether it stands upright.
    pub(crate) fn is_upright(&self) -> bool {
        (self.from.0 - self.to.0).abs() < 0.01 && (self.from.1 - self.to.1).abs() > 1.0
    }

    /// Its upper and lower end.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (self.from.1.min(self.to.1), self.from.1.max(self.to.1))
    }
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) lines: Vec<Line>,
    pub(super) text: String,
    pub(super) n_pictures: usize,
}

/// A matrix of the PDF's kind, applied to a point from the left.
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

#[derive(Clone, Copy)]
struct State {
    place: Matrix,
    width: f64,
}

/// The glyphs of a face: from its two-byte codes to text.
type Alphabet = BTreeMap<u16, String>;

struct Reader<'a> {
    page: &'a Page<'a>,
    height: f64,
    state: State,
    saved: Vec<State>,
    text_place: Matrix,
    path: Vec<((f64, f64), (f64, f64))>,
    start: (f64, f64),
    pen: (f64, f64),
    faces: BTreeMap<String, Alphabet>,
    face: String,
    /// Depth of marked content, and the depth at which text was replaced by what it stands for.
    depth: usize,
    replaced: Option<usize>,
    baseline: Option<f64>,
    drawn: Drawn,
}

/// Reads the content of a page.
pub(super) fn read(page: &Page<'_>) -> Drawn {
    let mut reader = Reader {
        page,
        height: page.media_box().height(),
        state: State { place: IDENTITY, width: 1.0 },
        saved: Vec::new(),
        text_place: IDENTITY,
        path: Vec::new(),
        start: (0.0, 0.0),
        pen: (0.0, 0.0),
        faces: BTreeMap::new(),
        face: String::new(),
        depth: 0,
        replaced: None,
        baseline: None,
        drawn: Drawn::default(),
    };
    let mut operations = page.operations();
    while let Some(instruction) = operations.next() {
        reader.follow(&instruction);
    }
    reader.drawn.text.push('\n');
    reader.drawn
}

impl Reader<'_> {
    fn follow(&mut self, instruction: &Instruction<'_, '_>) {
        let operands: Vec<&Object<'_>> = instruction.operands().collect();
        let numbers: Vec<f64> = operands.iter().filter_map(|it| number(it)).collect();
        match (&**instruction.operator, &numbers[..]) {
            (b"q", _) => self.saved.push(self.state),
            (b"Q", _) => self.state = self.saved.pop().unwrap(),
            (b"cm", n) => self.state.place = product(matrix(n), self.state.place),
            (b"w", [width]) => self.state.width = *width,
            (b"m" | b"l" | b"c" | b"re" | b"h", n) => self.extend(&instruction.operator[..], n),
            (b"S", _) => self.stroke(),
            (b"f" | b"f*" | b"n" | b"B", _) => self.path.clear(),
            (b"BT", _) => self.text_place = IDENTITY,
            (b"Tm", n) => self.text_place = matrix(n),
            (b"Tf", _) => self.choose(operands[0]),
            (b"BDC", _) => self.begin(operands[1]),
            (b"BMC", _) => self.depth += 1,
            (b"EMC", _) => self.end(),
            (b"Tj" | b"TJ", _) => self.write(operands[0]),
            // Our layouts draw nothing but pictures this way.
            (b"Do", _) => self.drawn.n_pictures += 1,
            (b"Td" | b"TD" | b"T*" | b"'" | b"\"" | b"s", _) => {
                panic!("the reader does not know {:?}", instruction.operator)
            }
            _ => {}
        }
    }

    /// Extends the path that is being drawn; curves are no straight lines.
    fn extend(&mut self, operator: &[u8], n: &[f64]) {
        match (operator, n) {
            (b"m", [x, y]) => (self.start, self.pen) = ((*x, *y), (*x, *y)),
            (b"l", [x, y]) => self.line_to((*x, *y)),
            (b"c", [.., x, y]) => self.pen = (*x, *y),
            (b"h", _) => self.line_to(self.start),
            (b"re", [x, y, w, h]) => {
                (self.start, self.pen) = ((*x, *y), (*x, *y));
                let corners = [(x + w, *y), (x + w, y + h), (*x, y + h), (*x, *y)];
                corners.into_iter().for_each(|it| self.line_to(it));
            }
            _ => panic!("a path of an unknown kind"),
        }
    }

    fn line_to(&mut self, to: (f64, f64)) {
        self.path.push((self.pen, to));
        self.pen = to;
    }

    fn stroke(&mut self) {
        let width = self.state.width;
        for (from, to) in std::mem::take(&mut self.path) {
            let (from, to) = (self.on_page(from), self.on_page(to));
            self.drawn.lines.push(Line { from, to, width });
        }
    }

    /// A point in millimetres from the left top corner.
    fn on_page(&self, point: (f64, f64)) -> (f64, f64) {
        let (x, y) = apply(self.state.place, point);
        (x / MM, (self.height - y) / MM)
    }

    fn choose(&mut self, face: &Object<'_>) {
        let Object::Name(name) = face else { panic!("a face has a name") };
        self.face = name.as_str().to_owned();
        if !self.faces.contains_key(&self.face) {
            let dict = self.page.resources().get_font(name).unwrap();
            self.faces.insert(self.face.clone(), alphabet(&dict));
        }
    }

    /// Marked content may say what its glyphs stand for.
    fn begin(&mut self, properties: &Object<'_>) {
        self.depth += 1;
        let Object::Dict(properties) = properties else { return };
        if let Some(meant) = properties.get::<Text<'_>>("ActualText")
            && self.replaced.is_none()
        {
            self.replaced = Some(self.depth);
            self.put(&decode(meant.as_bytes()));
        }
    }

    fn end(&mut self) {
        if self.replaced == Some(self.depth) {
            self.replaced = None;
        }
        self.depth -= 1;
    }

    fn write(&mut self, operand: &Object<'_>) {
        if self.replaced.is_some() {
            return;
        }
        let strings: Vec<Vec<u8>> = match operand {
            Object::Array(parts) => strings(parts),
            Object::String(it) => vec![it.as_bytes().to_vec()],
            _ => panic!("text is a string or a list"),
        };
        let alphabet = &self.faces[&self.face];
        let codes = strings.concat();
        let text: String =
            codes.chunks_exact(2).map(|it| alphabet[&u16::from_be_bytes([it[0], it[1]])].as_str()).collect();
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        let (_, y) = apply(product(self.text_place, self.state.place), (0.0, 0.0));
        if let Some(before) = self.baseline {
            self.drawn.text.push_str(if (before - y).abs() > 1.0 { "\n" } else { " " });
        }
        self.baseline = Some(y);
        self.drawn.text.push_str(text);
    }
}

fn strings(parts: &Array<'_>) -> Vec<Vec<u8>> {
    let objects = parts.iter::<Object<'_>>();
    objects.filter_map(Object::into_string).map(|it| it.as_bytes().to_vec()).collect()
}

/// The ToUnicode table of a face, as far as our writer uses the language.
fn alphabet(face: &Dict<'_>) -> Alphabet {
    let subtype: Name<'_> = face.get("Subtype").unwrap();
    assert_eq!(subtype.as_str(), "Type0", "codes have two bytes");
    let stream: Stream<'_> = face.get("ToUnicode").unwrap();
    let table = String::from_utf8(stream.decoded().unwrap().into_owned()).unwrap();
    let mut alphabet = Alphabet::new();
    for block in table.split("beginbfchar").skip(1) {
        let lines = block.split("endbfchar").next().unwrap().lines();
        alphabet.extend(lines.filter_map(|line| {
            let [from, to] = tokens(line)[..] else { return None };
            Some((code(from), utf_16(&hexadecimal(to))))
        }));
    }
    assert!(!table.contains("beginbfrange"), "the reader does not know ranges");
    alphabet
}

fn tokens(line: &str) -> Vec<&str> {
    line.split(['<', '>']).map(str::trim).filter(|it| !it.is_empty()).collect()
}

fn code(digits: &str) -> u16 {
    u16::from_str_radix(digits, 16).unwrap()
}

fn hexadecimal(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs.map(|it| u8::from_str_radix(str::from_utf8(it).unwrap(), 16).unwrap()).collect()
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(it) => Some(Number::as_f64(it)),
        _ => None,
    }
}

fn matrix(n: &[f64]) -> Matrix {
    n.try_into().unwrap()
}

/// First `a`, then `b`.
fn product(a: Matrix, b: Matrix) -> Matrix {
    let (x, y) = apply(b, (a[4], a[5]));
    let row = |u: f64, v: f64| (u * b[0] + v * b[2], u * b[1] + v * b[3]);
    let ((p, q), (r, s)) = (row(a[0], a[1]), row(a[2], a[3]));
    [p, q, r, s, x, y]
}

fn apply(m: Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
}
