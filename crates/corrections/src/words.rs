//! What the files that are given back call their parts, from `templates/returns/words.yaml`.

use std::sync::Arc;

use documents::{CoverWords, Pattern};
use finding::{Finding, Report, Reported, codes};
use project::Templates;
use source::{Fields, LocatedText, Node};

/// The words.
#[derive(Debug, Clone)]
pub struct Words {
    /// The folder of the bundles.
    pub(crate) folder: Arc<str>,
    pub(crate) list: ListWords,
    pub(crate) note: NoteWords,
    /// What is said of a workbook that was written anew.
    pub(crate) fresh: Arc<str>,
    /// What is said of a workbook that was encrypted.
    pub(crate) unlocked: Arc<str>,
    /// What is said of a file that cannot be marked.
    pub(crate) plain: Arc<str>,
    /// What a sheet without a name is called.
    pub(crate) untitled: Arc<str>,
    /// Who is meant where no committee is.
    pub(crate) office: Arc<str>,
    pub(crate) cover: CoverWords,
    pub(crate) notice: NoticeWords,
}

/// The words of the list.
#[derive(Debug, Clone)]
pub(crate) struct ListWords {
    /// The name of the sheet, and of the file.
    pub(crate) name: Arc<str>,
    /// The title, of a unit or a file.
    pub(crate) title: Pattern,
    /// How many errors and queries there are.
    pub(crate) counts: Pattern,
    /// What is to be done with the list.
    pub(crate) remarks: Arc<str>,
    /// The headings.
    pub(crate) columns: [Arc<str>; 12],
    /// The first of several places, and how many there are.
    pub(crate) several: Pattern,
    /// The same, and how many of them are marked.
    pub(crate) too_many: Pattern,
    /// A line of a text.
    pub(crate) line: Pattern,
    /// What is said in place of what concerns others too.
    pub(crate) across: Pattern,
    /// What is to be done about a table that has not come.
    pub(crate) missing: Arc<str>,
}

/// The words of a note.
#[derive(Debug, Clone)]
pub(crate) struct NoteWords {
    pub(crate) head: Pattern,
    pub(crate) remedy: Pattern,
    pub(crate) basis: Pattern,
}

/// The words of the notice; those with expressions are templates.
#[derive(Debug, Clone)]
pub(crate) struct NoticeWords {
    pub(crate) name: Arc<str>,
    pub(crate) title: LocatedText,
    pub(crate) paragraphs: Vec<LocatedText>,
    /// File, errors, queries.
    pub(crate) columns: [Arc<str>; 3],
    /// The row of what is in no file.
    pub(crate) elsewhere: Arc<str>,
    /// The row of files that are not named.
    pub(crate) more: Pattern,
    pub(crate) signature: Vec<LocatedText>,
}

impl Words {
    const PATH: &'static str = "returns/words.yaml";

    /// Reads the words from the templates.
    ///
    /// # Errors
    /// If a key is missing or unknown, or a text lacks a gap; all of that has been reported with its place.
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let Some(tree) = templates.tree(Self::PATH, report)? else {
            let message = format!("没有模板文件 {}", Self::PATH);
            return Err(report.error(Finding::new(&codes::MISSING_KEY, message)));
        };
        let mut fields = Fields::new(&tree, "退改件的叫法", report)?;
        let [folder, fresh, unlocked, plain, untitled, office] =
            ["folder", "fresh", "unlocked", "plain", "untitled", "office"]
                .map(|it| fields.required_string(it));
        let [list, note, cover, notice] =
            ["list", "note", "cover", "notice"].map(|it| fields.required_node(it));
        fields.finish();
        let list = list.and_then(|it| read_list(it, report));
        let note = note.and_then(|it| read_note(it, report));
        let cover = cover.and_then(|it| read_cover(it, report));
        let notice = notice.and_then(|it| read_notice(it, report));
        Ok(Self {
            folder: folder?,
            list: list?,
            note: note?,
            fresh: fresh?,
            unlocked: unlocked?,
            plain: plain?,
            untitled: untitled?,
            office: office?,
            cover: cover?,
            notice: notice?,
        })
    }
}

fn read_list(node: &Node, report: &mut Report) -> Result<ListWords, Reported> {
    let mut fields = Fields::new(node, "list", report)?;
    let [name, remarks, missing] = ["name", "remarks", "missing"].map(|it| fields.required_string(it));
    let [title, line, across] = ["title", "line", "across"].map(|it| pattern(&mut fields, it, 1));
    let [counts, several] = ["counts", "several"].map(|it| pattern(&mut fields, it, 2));
    let too_many = pattern(&mut fields, "too_many", 3);
    let columns = listed(&mut fields, "columns");
    fields.finish();
    Ok(ListWords {
        name: name?,
        title: title?,
        counts: counts?,
        remarks: remarks?,
        columns: columns?,
        several: several?,
        too_many: too_many?,
        line: line?,
        across: across?,
        missing: missing?,
    })
}

fn read_note(node: &Node, report: &mut Report) -> Result<NoteWords, Reported> {
    let mut fields = Fields::new(node, "note", report)?;
    let head = pattern(&mut fields, "head", 2);
    let [remedy, basis] = ["remedy", "basis"].map(|it| pattern(&mut fields, it, 1));
    fields.finish();
    Ok(NoteWords { head: head?, remedy: remedy?, basis: basis? })
}

fn read_cover(node: &Node, report: &mut Report) -> Result<CoverWords, Reported> {
    let mut fields = Fields::new(node, "cover", report)?;
    let [name, line] = ["name", "line"].map(|it| fields.required_string(it));
    let title = pattern(&mut fields, "title", 1);
    fields.finish();
    Ok(CoverWords { name: name?, title: title?, line: line? })
}

fn read_notice(node: &Node, report: &mut Report) -> Result<NoticeWords, Reported> {
    let mut fields = Fields::new(node, "notice", report)?;
    let [name, elsewhere] = ["name", "elsewhere"].map(|it| fields.required_string(it));
    let title = fields.required_text("title");
    let more = pattern(&mut fields, "more", 1);
    let columns = listed(&mut fields, "columns");
    let [paragraphs, signature] = ["paragraphs", "signature"].map(|it| fields.texts(it));
    fields.finish();
    Ok(NoticeWords {
        name: name?,
        title: title?,
        paragraphs,
        columns: columns?,
        elsewhere: elsewhere?,
        more: more?,
        signature,
    })
}

/// A list of so many texts.
fn listed<const N: usize>(fields: &mut Fields<'_, '_>, key: &str) -> Result<[Arc<str>; N], Reported> {
    let texts: Vec<Arc<str>> = fields.strings(key);
    let origin = fields.origin();
    texts.try_into().map_err(|_| {
        let finding = Finding::new(&codes::WRONG_KIND, format!("“{key}”应有{N}项")).at(origin);
        fields.report().error(finding.hint("请对照内置的 templates/returns/words.yaml 改正"))
    })
}

/// A text with so many gaps.
fn pattern(fields: &mut Fields<'_, '_>, key: &str, n_gaps: usize) -> Result<Pattern, Reported> {
    fields.required_as(key, |written, report| Pattern::read(written, (Words::PATH, n_gaps), report))
}
