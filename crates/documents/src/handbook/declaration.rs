//! The declaration of a book: what stands in it, in which order, and under which headings.

use std::sync::Arc;

use crate::book::Align;
use finding::Origin;
use regulations::Item;
use source::LocatedText;
use words::Template;

/// A book, as `templates/handbooks/<id>/handbook.yaml` declares it.
#[derive(Debug, Clone)]
pub struct Handbook {
    /// Its id: the name of its folder.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Where its declaration begins.
    pub origin: Origin,
    /// The sub-folder with its texts among the project's folders of handbooks.
    pub texts: Option<LocatedText>,
    pub(super) editions: Vec<Edition>,
    pub(super) cover: Cover,
    /// The texts before the contents, by their `kind`.
    pub(super) front: Vec<LocatedText>,
    pub(super) contents: Contents,
    pub(super) numbering: Numbering,
    pub(super) parts: Vec<BookPart>,
    pub(super) entry: EntryForm,
    pub(super) appendices: Vec<Appendix>,
    pub(super) indexes: Vec<Index>,
    pub(super) catalogue: Option<Catalogue>,
}

/// An edition: the same pages on other paper.
#[derive(Debug, Clone)]
pub(super) struct Edition {
    pub(super) paper: BoundPaper,
    pub(super) file_name: Template,
}

/// The paper of a bound book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoundPaper {
    A5,
    A4,
}

/// The lines of the cover, above and below the title.
#[derive(Debug, Clone, Default)]
pub(super) struct Cover {
    pub(super) above: Vec<Template>,
    pub(super) below: Vec<Template>,
}

/// The table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) title: Arc<str>,
    pub(super) levels: usize,
}

/// The labels of parts and appendices, if they are declared; `{}` stands for a Chinese numeral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbering {
    pub(super) part: Option<Arc<str>>,
    pub(super) appendix: Option<Arc<str>>,
}

/// A part.
#[derive(Debug, Clone)]
pub(super) struct BookPart {
    pub(super) title: Arc<str>,
    pub(super) holds: Holds,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holds {
    /// The regulations of a category.
    Category(LocatedText),
    /// The texts whose front matter has one of these values under this key.
    Texts(LocatedText, Vec<LocatedText>),
}

/// What stands at the head of each entry of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct EntryForm {
    pub(super) title: Option<Template>,
    pub(super) running: Option<Template>,
    pub(super) notes: Vec<Template>,
    /// Labels, and the keys of the front matter whose values stand beside them.
    pub(super) facts: Vec<(Arc<str>, LocatedText)>,
}

/// What an appendix is made from.
#[derive(Debug, Clone)]
pub(super) enum Appendix {
    /// Each text of this kind is an appendix of its own.
    Texts(LocatedText),
    /// A flow chart under a title.
    Flow(Arc<str>, FlowSource),
}

/// Where the steps of a flow chart come from.
#[derive(Debug, Clone)]
pub(super) enum FlowSource {
    /// From the front matter of the texts of a folder.
    Texts {
        folder: LocatedText,
        stage: LocatedText,
        number: LocatedText,
        who: Option<LocatedText>,
        when: Option<LocatedText>,
    },
    /// As declared.
    Stages(Vec<(Arc<str>, Vec<Step>)>),
}

/// A step of a flow chart.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) number: Option<Arc<str>>,
    pub(super) title: Arc<str>,
    pub(super) who: Option<Arc<str>>,
    pub(super) when: Option<Arc<str>>,
    /// What happens instead, if the step decides something.
    pub(super) otherwise: Option<Arc<str>>,
    /// The title of the text of this book that it leads to.
    pub(super) text: Option<LocatedText>,
}

/// An index.
#[derive(Debug, Clone)]
pub(super) struct Index {
    pub(super) title: Arc<str>,
    pub(super) by: By,
    /// What is said of each regulation that is no longer in force.
    pub(super) note: Option<Template>,
}

/// What an index goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Document numbers.
    Number,
    /// Dates of issue.
    Issued,
    /// Keywords; one whose words stand in more articles than this leads to its regulations only.
    Keyword(usize),
    /// Regulations that are no longer in force.
    Repealed,
}

/// The workbook that lists all regulations with their pages.
#[derive(Debug, Clone)]
pub(super) struct Catalogue {
    pub(super) file_name: Template,
    pub(super) title: Template,
    pub(super) form: CatalogueForm,
}

/// The columns of that workbook. Its name and theirs are those of the table as which it is read back.
#[derive(Debug, Clone)]
pub(super) struct CatalogueForm {
    /// Heading of the column that counts the rows.
    pub(super) number: Arc<str>,
    pub(super) columns: Vec<CatalogueColumn>,
    /// Heading of the columns with pages, in which `{}` stands for the paper, and their width.
    pub(super) pages: (Arc<str>, Option<u16>),
}

/// A column that says an item of a regulation's head.
#[derive(Debug, Clone)]
pub(super) struct CatalogueColumn {
    pub(super) item: Item,
    /// In Chinese characters.
    pub(super) width: Option<u16>,
    pub(super) align: Align,
}

impl Handbook {
    /// The categories of regulations that its parts hold.
    pub fn categories(&self) -> impl Iterator<Item = &LocatedText> {
        self.parts.iter().filter_map(|it| match &it.holds {
            Holds::Category(category) => Some(category),
            Holds::Texts(..) => None,
        })
    }

    /// The folders of texts whose steps its flow charts draw.
    pub(super) fn flow_folders(&self) -> impl Iterator<Item = &LocatedText> {
        self.appendices.iter().filter_map(|it| match it {
            Appendix::Flow(_, FlowSource::Texts { folder, .. }) => Some(folder),
            Appendix::Flow(_, FlowSource::Stages(_)) | Appendix::Texts(_) => None,
        })
    }

    /// Whether it prints regulations, and not only texts of its own.
    pub fn holds_regulations(&self) -> bool {
        self.categories().next().is_some()
    }
}

impl BoundPaper {
    pub(super) const WORDS: [(&str, Self); 2] = [("a5", Self::A5), ("a4", Self::A4)];

    /// The word of declarations and layouts.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::A5 => "a5",
            Self::A4 => "a4",
        }
    }
}

impl By {
    /// The word of declarations and layouts.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Issued => "issued",
            Self::Keyword(_) => "keyword",
            Self::Repealed => "repealed",
        }
    }
}
