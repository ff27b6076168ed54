//! What a regulation is: its head, and its text as units within units.

use std::sync::Arc;

use finding::{FileId, Origin};
use source::{Footnote, LocatedText, Passage, Table};
use value::{PartialDate, chinese_number};

/// A regulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Regulation {
    /// Its file.
    pub file: FileId,
    /// What its front matter says.
    pub head: Head,
    /// The title that the text itself begins with, if it has one.
    pub printed_title: Option<Passage>,
    /// What stands below that title in brackets: number, dates, by whom it was adopted. It says what the front matter
    /// says, and is not printed a second time.
    pub head_note: Vec<Passage>,
    /// The text: units and tables in order, attachments apart.
    pub body: Vec<Node>,
    /// The attachments, in order.
    pub attachments: Vec<Attachment>,
    /// The footnotes.
    pub footnotes: Vec<Footnote>,
}

/// The front matter of a regulation, with the places of its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Where it begins.
    pub origin: Origin,
    /// Title.
    pub title: LocatedText,
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
    /// Level (学校, 省 …).
    pub level: Option<LocatedText>,
    /// Whether it is in force.
    pub standing: Standing,
    /// Category under which a book files it.
    pub category: Option<LocatedText>,
    /// Keywords.
    pub keywords: Vec<LocatedText>,
    /// Document numbers or titles of the regulations that it repeals.
    pub repeals: Vec<LocatedText>,
    /// Its revisions, as listed.
    pub history: Vec<Revision>,
}

/// A date and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub date: PartialDate,
    /// Where it is written.
    pub origin: Origin,
}

/// A line of a regulation's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// When.
    pub date: Option<Dated>,
    /// What happened.
    pub note: LocatedText,
}

/// Whether a regulation is in force, as its head says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What is meant.
    pub state: State,
    /// The word for it.
    pub word: Arc<str>,
    /// Where it is written; if it is not, where the head begins.
    pub origin: Origin,
}

/// Whether a regulation is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 现行: in force as it was issued.
    Current,
    /// 试行: in force on trial.
    Trial,
    /// 修订: in force as revised.
    Revised,
    /// 废止: no longer in force.
    Repealed,
}

impl State {
    /// The states, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Current, Self::Trial, Self::Revised, Self::Repealed];

    /// The key under which the templates say its word.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Trial => "trial",
            Self::Revised => "revised",
            Self::Repealed => "repealed",
        }
    }
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A unit with its own number or text.
    Unit(Unit),
    /// A table.
    Table(Table),
}

/// A unit of a text: a chapter, an article, a paragraph, an item …
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// What kind of unit it is.
    pub rank: Rank,
    /// Its number, if it bears one; the number of a paragraph is its place among its siblings and is not written.
    pub number: Option<u32>,
    /// Where it begins, label included.
    pub origin: Origin,
    /// Its text behind the label: the title of a chapter, the words of an item; `None` for an article, whose words are
    /// its paragraphs, and for a label that stands alone.
    pub text: Option<Passage>,
    /// What it holds.
    pub content: Vec<Node>,
}

/// The kinds of units; what can hold another stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// 编.
    Part,
    /// 章.
    Chapter,
    /// 节.
    Section,
    /// 条.
    Article,
    /// 一、 in a text without articles.
    Heading,
    /// 款, or a paragraph outside articles.
    Paragraph,
    /// 项: （一）.
    Item,
    /// 目: 1.
    Point,
    /// （1）.
    SubPoint,
}

impl Rank {
    /// The label of a unit of this rank as it is cited: 第三条, 第（三）项.
    pub fn cited(self, number: u32) -> String {
        let numeral = chinese_number(u64::from(number));
        match self {
            Self::Part => format!("第{numeral}编"),
            Self::Chapter => format!("第{numeral}章"),
            Self::Section => format!("第{numeral}节"),
            Self::Article => format!("第{numeral}条"),
            Self::Heading => format!("{numeral}、"),
            Self::Paragraph => format!("第{numeral}款"),
            Self::Item => format!("（{numeral}）"),
            Self::Point => format!("{number}."),
            Self::SubPoint => format!("（{number}）"),
        }
    }
}

/// An attachment, with a text of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Its number, if it bears one.
    pub number: Option<u32>,
    /// Where it begins.
    pub origin: Origin,
    /// Its title, if it has one.
    pub title: Option<Passage>,
    /// Its text.
    pub body: Vec<Node>,
}

impl Revision {
    /// The date as it is known, and what happened: 2023年5月10日修订.
    pub fn shown(&self) -> String {
        let date = self.date.map_or_else(String::new, |it| it.date.to_string());
        format!("{date}{}", self.note.text)
    }
}

impl Regulation {
    /// Whether it is no longer in force.
    pub fn is_repealed(&self) -> bool {
        self.head.standing.state == State::Repealed
    }

    /// Its title.
    pub fn title(&self) -> &Arc<str> {
        &self.head.title.text
    }

    /// Its words.
    pub fn words(&self) -> Words<'_> {
        Words {
            head_note: &self.head_note,
            body: &self.body,
            attachments: &self.attachments,
            footnotes: &self.footnotes,
        }
    }
}

/// The words of a regulation or a text of a handbook.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// What stands below the title in brackets; none in a text of a handbook.
    pub head_note: &'a [Passage],
    /// The text: units and tables in order, attachments apart.
    pub body: &'a [Node],
    /// The attachments, in order.
    pub attachments: &'a [Attachment],
    /// The footnotes.
    pub footnotes: &'a [Footnote],
}

impl<'a> Words<'a> {
    /// The bodies in which units are counted apart: the text, then each attachment.
    pub fn bodies(self) -> impl Iterator<Item = &'a [Node]> {
        std::iter::once(self.body).chain(self.attachments.iter().map(|it| &*it.body))
    }

    /// All running texts in order: the head note, the body, titles and bodies of the attachments, the footnotes.
    pub fn passages(self) -> Vec<&'a Passage> {
        let mut found: Vec<&Passage> = self.head_note.iter().collect();
        collect(self.body, &mut found);
        for it in self.attachments {
            found.extend(&it.title);
            collect(&it.body, &mut found);
        }
        found.extend(self.footnotes.iter().map(|it| &it.text));
        found
    }
}

impl Unit {
    /// The units directly within it.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        units(&self.content)
    }

    /// All running texts in it, its own first.
    pub fn passages(&self) -> Vec<&Passage> {
        let mut found: Vec<&Passage> = self.text.iter().collect();
        collect(&self.content, &mut found);
        found
    }
}

/// The units among the nodes.
pub fn units(nodes: &[Node]) -> impl Iterator<Item = &Unit> {
    nodes.iter().filter_map(|it| match it {
        Node::Unit(unit) => Some(unit),
        Node::Table(_) => None,
    })
}

/// All units of one rank, at whatever depth, in order.
pub fn of_rank(nodes: &[Node], rank: Rank) -> Vec<&Unit> {
    let mut found = Vec::new();
    for unit in units(nodes) {
        if unit.rank == rank {
            found.push(unit);
        } else if unit.rank < rank {
            found.extend(of_rank(&unit.content, rank));
        }
    }
    found
}

fn collect<'n>(nodes: &'n [Node], found: &mut Vec<&'n Passage>) {
    for node in nodes {
        match node {
            Node::Unit(unit) => {
                found.extend(&unit.text);
                collect(&unit.content, found);
            }
            Node::Table(table) => found.extend(table.passages()),
        }
    }
}
