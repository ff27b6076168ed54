//! Declarations of books are read and checked: every fault is reported with its place, all in one run.

mod catalogue;
mod flow;
mod scope;

use std::sync::Arc;

use crate::declaring::{meant, template, unknown_word};
use crate::handbook::declaration::{
    Appendix, BookPart, BoundPaper, By, Contents, Cover, Edition, EntryForm, Handbook, Holds, Index,
    Numbering,
};
use crate::kinds::Declaring;
use facts::project_scope;
use finding::{Finding, Report, Reported, codes};
use project::{Templates, Wanted};
use schema::Schemas;
use scope::{EntryScope, RepealedScope};
use source::{Declared, Fields, LocatedText, Node, Parts, all};
use words::Scope;

/// In so many articles a keyword may stand if its index shall name them.
const MOST_ARTICLES: usize = 12;

/// Reads the declarations of the books that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_handbooks(
    wanted: &[Wanted],
    Declaring { templates, schemas, .. }: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Handbook>, Reported> {
    report.sound(|report| all(wanted.iter().map(|it| load_wanted(&it.id, templates, schemas, report))))
}

fn load_wanted(
    id: &LocatedText,
    templates: &Templates,
    schemas: &Schemas,
    report: &mut Report,
) -> Result<Handbook, Reported> {
    let Some(root) = templates.tree(&format!("handbooks/{}/handbook.yaml", id.text), report)? else {
        let known = templates.in_folder("handbooks", "/handbook.yaml");
        let known: Vec<&str> = known.filter_map(|(path, _)| path.split('/').nth(1)).collect();
        return Err(unknown_word(id, "汇编", known, report));
    };
    Handbook::load(&root, &Around { files: templates, project: &project_scope(schemas) }, report)
}

/// What a book is read within.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    files: &'a Templates,
    /// The names that all its texts find.
    project: &'a dyn Scope,
}

impl Declared<Around<'_>> for Handbook {
    const WHAT: &'static str = "汇编声明";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let origin = fields.origin();
        let names = ["id", "title"].map(|it| fields.required_string(it));
        let texts = fields.text("texts");
        let editions = fields.required_parts("editions", around);
        let (cover, front) = (fields.part("cover", around), fields.texts("front"));
        let contents = fields.required_part("contents", &());
        let numbering =
            Numbering { part: fields.string("numbering"), appendix: fields.string("appendix_numbering") };
        let parts = fields.required_parts("parts", &());
        let (holds_texts, project) = (root_holds_texts(&parts), around.project);
        let entry = fields.part("entry", &EntryScope { holds_texts, project });
        let catalogue = fields.part("catalogue", around);
        let (appendices, indexes) = (fields.parts("appendices", around), fields.parts("indexes", around));
        let front_parts = (names, editions, cover, contents);
        let ([id, title], editions, cover, contents) = fields.whole(front_parts)?;
        let (parts, entry, appendices, indexes, catalogue) =
            (parts, entry, appendices, indexes, catalogue).whole()?;
        let (cover, entry) = (cover.unwrap_or_default(), entry.unwrap_or_default());
        let handbook = Self {
            id,
            title,
            origin,
            texts,
            editions,
            cover,
            front,
            contents,
            numbering,
            parts,
            entry,
            appendices,
            indexes,
            catalogue,
        };
        check_whole(&handbook, fields.report()).map(|()| handbook)
    }
}

/// What the parts of a declaration must have in common.
fn check_whole(handbook: &Handbook, report: &mut Report) -> Result<(), Reported> {
    for (idx, it) in handbook.parts.iter().enumerate() {
        let earlier = || handbook.parts[..idx].iter().flat_map(|it| wanted(&it.holds));
        for (key, value) in wanted(&it.holds) {
            if earlier().any(|it| (it.0, &it.1.text) == (key, &value.text)) {
                let message = format!("“{}”已有一编收录", value.text);
                let finding = Finding::new(&codes::DUPLICATE_KEY, message).at(value.origin);
                return Err(report.error(finding.hint("请删去其一")));
            }
        }
    }
    let texts = handbook.parts.iter().find_map(|it| match &it.holds {
        Holds::Texts(key, _) => Some(key),
        Holds::Category(_) => None,
    });
    let needed = handbook.front.first().or(texts);
    match (needed, &handbook.texts) {
        (Some(needed), None) => {
            let finding = Finding::new(&codes::MISSING_KEY, "“汇编声明”缺少“texts”").at(needed.origin);
            Err(report.error(finding.hint("这里要用文稿，请以“texts: ”写明文稿所在的子文件夹")))
        }
        _ => Ok(()),
    }
}

/// What a part holds: the key, if it holds texts, and the values.
fn wanted(holds: &Holds) -> Vec<(Option<&str>, &LocatedText)> {
    match holds {
        Holds::Category(category) => vec![(None, category)],
        Holds::Texts(key, values) => values.iter().map(|it| (Some(&*key.text), it)).collect(),
    }
}

fn root_holds_texts(parts: &Result<Vec<BookPart>, Reported>) -> bool {
    parts.as_ref().is_ok_and(|it| it.iter().any(|it| matches!(it.holds, Holds::Texts(..))))
}

impl Declared<Around<'_>> for Edition {
    const WHAT: &'static str = "editions";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let paper = fields.required_as("paper", |it, report| meant(it, "纸张", BoundPaper::WORDS, report));
        let file_name = fields.required_as("file_name", |it, report| template(it, around.project, report));
        let (paper, file_name) = fields.whole((paper, file_name))?;
        Ok(Self { paper, file_name })
    }
}

impl Declared<Around<'_>> for Cover {
    const WHAT: &'static str = "cover";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let lines = ["above", "below"]
            .map(|key| fields.texts_as(key, |it, report| template(it, around.project, report)));
        let [above, below] = fields.whole(lines)?;
        Ok(Self { above, below })
    }
}

impl Declared for Contents {
    const WHAT: &'static str = "contents";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let (title, levels) = (fields.required_string("title"), fields.count("levels").unwrap_or(3));
        Ok(Self { title: fields.whole(title)?, levels })
    }
}

impl Declared for BookPart {
    const WHAT: &'static str = "parts";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let title = fields.required_string("title");
        let (category, texts) = (fields.text("category"), fields.node("texts"));
        fields.finish();
        let holds = match (category, texts) {
            (Some(category), None) => Holds::Category(category),
            (None, Some(texts)) => texts_by(texts, fields.report())?,
            _ => {
                let message = "一编应以 category 写明收录的制度类别，或以 texts 写明收录的文稿";
                let hint = "如 category: 组织生活，或 texts: {stage: 申请入党}；二者只写其一";
                let finding = Finding::new(&codes::WRONG_KIND, message).at(fields.origin());
                return Err(fields.report().error(finding.hint(hint)));
            }
        };
        Ok(Self { title: title?, holds })
    }
}

/// `{stage: 申请入党}`, or `{stage: [请示, 批复]}`.
fn texts_by(node: &Node, report: &mut Report) -> Result<Holds, Reported> {
    let mut fields = Fields::new(node, "texts", report)?;
    let keys = fields.others();
    let [key] = keys.as_slice() else {
        let finding = Finding::new(&codes::WRONG_KIND, "texts 应写明一个键和它的值").at(node.origin);
        return Err(report.error(finding.hint("如 texts: {stage: 申请入党}")));
    };
    Ok(Holds::Texts(key.clone(), fields.texts(&key.text)))
}

impl Declared<EntryScope<'_>> for EntryForm {
    const WHAT: &'static str = "entry";

    fn declared(fields: &mut Fields<'_, '_>, scope: &EntryScope<'_>) -> Result<Self, Reported> {
        let lines =
            ["title", "running"].map(|key| fields.text_as(key, |it, report| template(it, scope, report)));
        let notes = fields.texts_as("notes", |it, report| template(it, scope, report));
        let facts = fields.list("facts").iter().map(|it| fact(it, fields.report()));
        let facts = all(facts);
        let ([title, running], notes, facts) = fields.whole((lines, notes, facts))?;
        Ok(Self { title, running, notes, facts })
    }
}

fn fact(node: &Node, report: &mut Report) -> Result<(Arc<str>, LocatedText), Reported> {
    let mut fields = Fields::new(node, "facts", report)?;
    let (title, field) = (fields.required_string("title"), fields.required_text("field"));
    fields.whole((title, field))
}

impl Declared<Around<'_>> for Appendix {
    const WHAT: &'static str = "appendices";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let (kind, title, flow) = (fields.text("kind"), fields.string("title"), fields.node("flow"));
        fields.finish();
        match (kind, title, flow) {
            (Some(kind), None, None) => Ok(Self::Texts(kind)),
            (None, Some(title), Some(flow)) => {
                Ok(Self::Flow(title, flow::load(flow, around.files, fields.report())?))
            }
            _ => {
                let message = "附录应以 kind 写明文稿的种类，或以 title 和 flow 写明流程图";
                let finding = Finding::new(&codes::WRONG_KIND, message).at(fields.origin());
                Err(fields.report().error(finding))
            }
        }
    }
}

impl Declared<Around<'_>> for Index {
    const WHAT: &'static str = "indexes";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let (title, by) = (fields.required_string("title"), fields.required_text("by"));
        let most = fields.count("most").unwrap_or(MOST_ARTICLES);
        let note = fields.text_as("note", |it, report| template(it, &RepealedScope(around.project), report));
        let ways = [By::Number, By::Issued, By::Keyword(most), By::Repealed].map(|it| (it.id(), it));
        let by = by.and_then(|it| meant(&it, "索引", ways, fields.report()));
        let (title, by, note) = fields.whole((title, by, note))?;
        Ok(Self { title, by, note })
    }
}
