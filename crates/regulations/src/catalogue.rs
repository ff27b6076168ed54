//! 制度目录.xlsx in a folder of regulations: what it says of each, and the heads that it gives to those without one.

use std::sync::Arc;

use super::diction::Diction;
use super::head::Reading;
use super::item::Item;
use super::model::{Dated, Head, Revision, Standing, State};
use finding::{Origin, Report};
use schema::{Cell, Record, read_file};
use source::{Listing, LocatedText};
use value::{PartialDate, Raw, Value, fold};

/// The rows of all workbooks 制度目录, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// The rows that name a regulation.
    pub rows: Vec<Row>,
}

/// A row: what it says, each with its cell; what it leaves empty is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub origin: Origin,
    /// Title.
    pub title: LocatedText,
    /// The file of the regulation, as written.
    pub file: Option<LocatedText>,
    /// Document number (文号).
    pub number: Option<LocatedText>,
    /// Issuing body.
    pub issuer: Option<LocatedText>,
    /// When it was adopted (通过).
    pub adopted: Option<Dated>,
    /// When it was issued (印发).
    pub issued: Option<Dated>,
    /// From when it is in force (施行).
    pub in_force: Option<Dated>,
    /// Level.
    pub level: Option<LocatedText>,
    /// Whether it is in force.
    pub standing: Option<Standing>,
    /// Category.
    pub category: Option<LocatedText>,
    /// Keywords.
    pub keywords: Vec<LocatedText>,
    /// Document numbers or titles of the regulations that it repeals.
    pub repeals: Vec<LocatedText>,
    /// Its revisions.
    pub history: Vec<Revision>,
}

impl Catalogue {
    /// Reads the workbooks. What is wrong with them has been reported.
    pub(super) fn read(books: Vec<Listing>, reading: &Reading, report: &mut Report) -> Self {
        let schemas = &reading.catalogue;
        let mut rows = Vec::new();
        for book in books {
            let records = read_file(&book.name, book.content, schemas, report)
                .tables
                .into_iter()
                .next()
                .unwrap_or_default();
            rows.extend(records.iter().filter_map(|it| RowItems { reading, record: it }.row()));
        }
        Self { rows }
    }

    /// The row of a regulation in a file of this path whose text begins with these lines: the one that names the file, or
    /// the only one whose title is that of the file or of the text.
    pub(super) fn row_of(&self, path: &str, lines: &[&str], diction: &Diction) -> Option<&Row> {
        /// Fewer characters may end many a title.
        const FEWEST: usize = 6;
        let stem = fold(unnumbered(stem(path)));
        let is_long = stem.chars().count() >= FEWEST;
        let is_titled = |it: &&Row| {
            let title = fold(&it.title.text);
            let bare = diction.bare_title(&title);
            let is_of_file = title == stem || is_long && (title.ends_with(&stem) || bare.ends_with(&stem));
            is_of_file || lines.iter().any(|line| fold(line) == title)
        };
        let named = self.rows.iter().find(|it| it.names(path));
        named.or_else(|| {
            let mut found = self.rows.iter().filter(|it| it.file.is_none()).filter(is_titled);
            found.next().filter(|_| found.next().is_none())
        })
    }
}

impl Row {
    /// Whether it names the file of this path; endings do not matter, nor folders that it leaves out.
    pub fn names(&self, path: &str) -> bool {
        let Some(file) = &self.file else { return false };
        let (path, written) = (fold(stem(path)), fold(stem(&file.text.replace('\\', "/"))));
        path == written || path.ends_with(&format!("/{written}"))
    }

    /// The head for a regulation without front matter; the caller reports what it lacks.
    pub(super) fn head(&self, diction: &Diction) -> Head {
        let it = self.clone();
        Head {
            origin: it.origin,
            title: it.title,
            number: it.number,
            issuer: it.issuer,
            adopted: it.adopted,
            issued: it.issued,
            in_force: it.in_force,
            level: it.level,
            standing: it.standing.unwrap_or_else(|| diction.standing(State::Current, it.origin)),
            category: it.category,
            keywords: it.keywords,
            repeals: it.repeals,
            history: it.history,
        }
    }
}

/// A record of the table, asked for item by item.
struct RowItems<'a> {
    reading: &'a Reading,
    record: &'a Record,
}

impl RowItems<'_> {
    fn row(&self) -> Option<Row> {
        let diction = &self.reading.diction;
        let standing = self.text(Item::State);
        let standing = standing.and_then(|it| Some(diction.standing(diction.state(&it.text)?, it.origin)));
        Some(Row {
            origin: self.record.origin,
            title: self.text(Item::Title)?,
            file: self.text(Item::File),
            number: self.text(Item::Number),
            issuer: self.text(Item::Issuer),
            adopted: self.date(Item::Adopted),
            issued: self.date(Item::Issued),
            in_force: self.date(Item::InForce),
            level: self.text(Item::Level),
            standing,
            category: self.text(Item::Category),
            keywords: self.texts(Item::Keywords, &SEPARATORS),
            repeals: self.texts(Item::Repeals, &SEPARATORS),
            history: self.texts(Item::History, &SEPARATORS[..3]).into_iter().map(revision).collect(),
        })
    }

    fn cell(&self, item: Item) -> Option<&Cell> {
        self.record.cells.get(self.reading.column(item)?.1)
    }

    fn text(&self, item: Item) -> Option<LocatedText> {
        let cell = self.cell(item)?;
        match &cell.value {
            Value::Text(text) | Value::Choice(text) => {
                Some(LocatedText { text: text.clone(), origin: cell.origin })
            }
            _ => None,
        }
    }

    fn date(&self, item: Item) -> Option<Dated> {
        let cell = self.cell(item)?;
        match cell.value {
            Value::Date(date) => Some(Dated { date, origin: cell.origin }),
            _ => None,
        }
    }

    fn texts(&self, item: Item, separators: &[char]) -> Vec<LocatedText> {
        let Some(LocatedText { text, origin }) = self.text(item) else { return Vec::new() };
        split(&text, separators).into_iter().map(|text| LocatedText { text, origin }).collect()
    }
}

/// What stands between the items of a list; between revisions only the first three.
const SEPARATORS: [char; 6] = ['；', ';', '\n', '、', '，', ','];

/// The items of a list; what stands between them may also stand within a title.
fn split(text: &str, separators: &[char]) -> Vec<Arc<str>> {
    let mut items = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && separators.contains(&c) {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(c);
        }
    }
    items.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).map(Arc::from).collect()
}

/// `2023年5月10日党委常委会会议修订`: the date, then what happened.
fn revision(written: LocatedText) -> Revision {
    let is_date = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '-' | '.' | '/');
    let end = written.text.find(|c| !is_date(c)).unwrap_or(written.text.len());
    let (date, note) = written.text.split_at(end);
    let note = note.trim_start_matches([' ', '　', '：', ':', '，']);
    match PartialDate::parse(&Raw::text(date)) {
        Ok(date) => Revision {
            date: Some(Dated { date: date.value, origin: written.origin }),
            note: LocatedText { text: note.into(), origin: written.origin },
        },
        Err(_) => Revision { date: None, note: written },
    }
}

/// A path without the ending of its file.
fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => stem,
        _ => path,
    }
}

/// The name of a file behind the number by which it is sorted: `10-谈心谈话实施办法`.
fn unnumbered(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let bare =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | '、' | ' '));
    if bare.is_empty() { name } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    fn text(text: &str) -> LocatedText {
        LocatedText {
            text: text.into(),
            origin: Origin::cell(Sources::default().add("制度目录.xlsx"), 0, 3, 2),
        }
    }

    #[test]
    fn lists_are_split_outside_titles_and_revisions_begin_with_their_date() {
        assert_eq!(
            split("《入党积极分子、发展对象培训办法》、示理工党〔2011〕7号；", &SEPARATORS),
            ["《入党积极分子、发展对象培训办法》".into(), "示理工党〔2011〕7号".into()]
        );
        let revised = revision(text("2023年5月10日党委常委会会议第一次修订"));
        assert_eq!(revised.date.unwrap().date.iso(), "2023-05-10");
        assert_eq!(&*revised.note.text, "党委常委会会议第一次修订");
        assert_eq!(revision(text("第一次修订")).date, None);
    }

    fn row(title: &str, file: Option<&str>) -> Row {
        Row {
            origin: text(title).origin,
            title: text(title),
            file: file.map(text),
            number: None,
            issuer: None,
            adopted: None,
            issued: None,
            in_force: None,
            level: None,
            standing: None,
            category: None,
            keywords: Vec::new(),
            repeals: Vec::new(),
            history: Vec::new(),
        }
    }

    #[test]
    fn a_file_is_known_by_its_name_and_else_by_its_title() {
        let rows = vec![
            row("示例理工大学谈心谈话办法（试行）", None),
            row("示例理工大学党费管理办法", Some("02-党费.docx")),
            row("党务公开规定", None),
            row("示例理工大学组织生活办法（修订）", None),
        ];
        let catalogue = Catalogue { rows };
        let diction = Diction::shipped();
        let found = |path: &str, lines: &[&str]| {
            catalogue.row_of(path, lines, &diction).map(|it| it.title.text.to_string())
        };
        assert_eq!(
            found("制度/01-谈心谈话办法.docx", &[]).as_deref(),
            Some("示例理工大学谈心谈话办法（试行）")
        );
        assert_eq!(
            found("制度/03-组织生活办法.docx", &[]).as_deref(),
            Some("示例理工大学组织生活办法（修订）")
        );
        assert_eq!(found("制度/02-党费.docx", &[]).as_deref(), Some("示例理工大学党费管理办法"));
        assert_eq!(found("制度/扫描件.docx", &["党务公开规定"]).as_deref(), Some("党务公开规定"));
        assert_eq!(found("制度/党费管理办法.docx", &[]), None, "its row names another file");
        assert_eq!(found("制度/办法.docx", &[]), None, "too little to go by");
    }
}
