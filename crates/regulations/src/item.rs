//! What a head can say of a regulation, item by item: front matter and 制度目录 name the items by the same keys.

/// An item of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Title.
    Title,
    /// Document number (文号).
    Number,
    /// Category.
    Category,
    /// Issuing body.
    Issuer,
    /// When it was adopted.
    Adopted,
    /// When it was issued.
    Issued,
    /// From when it is in force.
    InForce,
    /// Level.
    Level,
    /// Whether it is in force.
    State,
    /// Its revisions.
    History,
    /// Keywords.
    Keywords,
    /// What it repeals.
    Repeals,
    /// The file of the regulation; in a catalogue only.
    File,
}

impl Item {
    /// All items, in the order of [`Item`].
    pub const ALL: [Self; 13] = [
        Self::Title,
        Self::Number,
        Self::Category,
        Self::Issuer,
        Self::Adopted,
        Self::Issued,
        Self::InForce,
        Self::Level,
        Self::State,
        Self::History,
        Self::Keywords,
        Self::Repeals,
        Self::File,
    ];

    /// The key of a front matter, the id of a catalogue's column, and the name in texts of a book.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Number => "number",
            Self::Category => "category",
            Self::Issuer => "issuer",
            Self::Adopted => "adopted",
            Self::Issued => "issued",
            Self::InForce => "in_force",
            Self::Level => "level",
            Self::State => "state",
            Self::History => "history",
            Self::Keywords => "keywords",
            Self::Repeals => "repeals",
            Self::File => "file",
        }
    }
}
