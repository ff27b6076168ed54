//! Declarations of books are read and checked: every fault is reported with its place, all in one run.

mod catalogue;
mod flow;
mod scope;

use std::sync::Arc;

use crate::declaring::unknown_word;
use crate::handbook::declaration::{
    Appendix, By, Contents, Cover, Edition, EntryForm, Handbook, Holds, Index, Numbering, Part, Sheet,
};
use crate::kinds::Declaring;
use facts::project_scope;
use finding::{Finding, Report, Reported, Severity, codes};
use project::{Templates, Wanted};
use schema::Schemas;
use scope::{EntryScope, RepealedScope};
use source::{Fields, LocatedText, Node};
use words::{Scope, Template};

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
    let n_errors = report.count(Severity::Error);
    let loaded: Vec<_> = wanted.iter().map(|it| load_wanted(&it.id, templates, schemas, report)).collect();
    let loaded = loaded.into_iter().collect::<Result<_, _>>()?;
    // Faults that leave a declaration whole, such as an unknown key, are faults all the same.
    if report.count(Severity::Error) > n_errors {
        let finding = Finding::new(&codes::CONFIGURATION_UNUSABLE, "汇编声明有误，不能继续");
        return Err(report.error(finding.hint("请先改正上述汇编声明")));
    }
    Ok(loaded)
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
    load_handbook(&root, templates, &project_scope(schemas), report)
}

/// Reads a book's declaration.
///
/// # Errors
/// If anything in it is wrong; everything that is wrong has been reported.
fn load_handbook(
    root: &Node,
    files: &Templates,
    project: &dyn Scope,
    report: &mut Report,
) -> Result<Handbook, Reported> {
    let mut fields = Fields::new(root, "汇编声明", report)?;
    let origin = fields.origin();
    let (id, title) = (fields.required_text("id"), fields.required_text("title"));
    let texts = fields.text("texts");
    let editions = fields.required_node("editions").map(|_| fields.list("editions"));
    let (cover, front) = (fields.node("cover"), fields.texts("front"));
    let contents = fields.required_node("contents").and_then(|it| contents(it, fields.report()));
    let numbering = Numbering {
        part: fields.text("numbering").map(|it| it.text),
        appendix: fields.text("appendix_numbering").map(|it| it.text),
    };
    let parts = fields.required_node("parts").map(|_| fields.list("parts"));
    let (entry, listing) = (fields.node("entry"), fields.node("catalogue"));
    let (appendices, indexes) = (fields.list("appendices"), fields.list("indexes"));
    fields.finish();
    let editions = all(editions?, |it| edition(it, project, report));
    let cover = cover.map(|it| load_cover(it, project, report)).transpose();
    let parts = all(parts?, |it| part(it, report));
    let holds_texts = root_holds_texts(&parts);
    let entry = entry.map(|it| entry_form(it, &EntryScope { holds_texts, project }, report)).transpose();
    let appendices = all(appendices, |it| appendix(it, files, report));
    let indexes = all(indexes, |it| index(it, project, report));
    let catalogue = listing.map(|it| catalogue::load(it, project, files, report)).transpose();
    let handbook = Handbook {
        id: id?.text,
        title: title?.text,
        origin,
        texts,
        editions: editions?,
        cover: cover?.unwrap_or_default(),
        front,
        contents: contents?,
        numbering,
        parts: parts?,
        entry: entry?.unwrap_or_default(),
        appendices: appendices?,
        indexes: indexes?,
        catalogue: catalogue?,
    };
    check_whole(&handbook, report).map(|()| handbook)
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

fn root_holds_texts(parts: &Result<Vec<Part>, Reported>) -> bool {
    parts.as_ref().is_ok_and(|it| it.iter().any(|it| matches!(it.holds, Holds::Texts(..))))
}

fn edition(node: &Node, scope: &dyn Scope, report: &mut Report) -> Result<Edition, Reported> {
    let mut fields = Fields::new(node, "editions", report)?;
    let (paper, file_name) = (fields.required_text("paper"), fields.required_text("file_name"));
    fields.finish();
    let paper = paper.and_then(|it| {
        let found = Sheet::WORDS.iter().find(|(word, _)| *word == &*it.text);
        found.map(|it| it.1).ok_or_else(|| unknown_word(&it, "纸张", Sheet::WORDS.map(|it| it.0), report))
    });
    let file_name = file_name.and_then(|it| template(&it, scope, report));
    Ok(Edition { paper: paper?, file_name: file_name? })
}

fn load_cover(node: &Node, scope: &dyn Scope, report: &mut Report) -> Result<Cover, Reported> {
    let mut fields = Fields::new(node, "cover", report)?;
    let (above, below) = (fields.texts("above"), fields.texts("below"));
    fields.finish();
    let (above, below) = (templates(&above, scope, report), templates(&below, scope, report));
    Ok(Cover { above: above?, below: below? })
}

fn contents(node: &Node, report: &mut Report) -> Result<Contents, Reported> {
    let mut fields = Fields::new(node, "contents", report)?;
    let (title, levels) = (fields.required_text("title"), fields.count("levels").unwrap_or(3));
    fields.finish();
    Ok(Contents { title: title?.text, levels })
}

fn part(node: &Node, report: &mut Report) -> Result<Part, Reported> {
    let mut fields = Fields::new(node, "parts", report)?;
    let title = fields.required_text("title");
    let (category, texts) = (fields.text("category"), fields.node("texts"));
    let origin = fields.origin();
    fields.finish();
    let holds = match (category, texts) {
        (Some(category), None) => Holds::Category(category),
        (None, Some(texts)) => texts_by(texts, report)?,
        _ => {
            let message = "一编应以 category 写明收录的制度类别，或以 texts 写明收录的文稿";
            let hint = "如 category: 组织生活，或 texts: {stage: 申请入党}；二者只写其一";
            return Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(origin).hint(hint)));
        }
    };
    Ok(Part { title: title?.text, holds })
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

fn entry_form(node: &Node, scope: &dyn Scope, report: &mut Report) -> Result<EntryForm, Reported> {
    let mut fields = Fields::new(node, "entry", report)?;
    let (title, running) = (fields.text("title"), fields.text("running"));
    let (notes, facts) = (fields.texts("notes"), fields.list("facts"));
    fields.finish();
    let title = title.map(|it| template(&it, scope, report)).transpose();
    let running = running.map(|it| template(&it, scope, report)).transpose();
    let notes = templates(&notes, scope, report);
    let facts = all(facts, |it| fact(it, report));
    Ok(EntryForm { title: title?, running: running?, notes: notes?, facts: facts? })
}

fn fact(node: &Node, report: &mut Report) -> Result<(Arc<str>, LocatedText), Reported> {
    let mut fields = Fields::new(node, "facts", report)?;
    let (title, field) = (fields.required_text("title"), fields.required_text("field"));
    fields.finish();
    Ok((title?.text, field?))
}

fn appendix(node: &Node, files: &Templates, report: &mut Report) -> Result<Appendix, Reported> {
    let mut fields = Fields::new(node, "appendices", report)?;
    let (kind, title, flow) = (fields.text("kind"), fields.text("title"), fields.node("flow"));
    let origin = fields.origin();
    fields.finish();
    match (kind, title, flow) {
        (Some(kind), None, None) => Ok(Appendix::Texts(kind)),
        (None, Some(title), Some(flow)) => Ok(Appendix::Flow(title.text, flow::load(flow, files, report)?)),
        _ => {
            let message = "附录应以 kind 写明文稿的种类，或以 title 和 flow 写明流程图";
            Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(origin)))
        }
    }
}

fn index(node: &Node, project: &dyn Scope, report: &mut Report) -> Result<Index, Reported> {
    let mut fields = Fields::new(node, "indexes", report)?;
    let (title, by) = (fields.required_text("title"), fields.required_text("by"));
    let (most, note) = (fields.count("most").unwrap_or(MOST_ARTICLES), fields.text("note"));
    fields.finish();
    let note = note.map(|it| template(&it, &RepealedScope(project), report)).transpose();
    let all = [By::Number, By::Issued, By::Keyword(most), By::Repealed];
    let by = by.and_then(|it| {
        let found = all.into_iter().find(|by| by.id() == &*it.text);
        found.ok_or_else(|| unknown_word(&it, "索引", all.map(By::id), report))
    });
    Ok(Index { title: title?.text, by: by?, note: note? })
}

fn template(written: &LocatedText, scope: &dyn Scope, report: &mut Report) -> Result<Template, Reported> {
    Template::compile(&written.text, written.origin, scope, report)
}

fn templates(
    written: &[LocatedText],
    scope: &dyn Scope,
    report: &mut Report,
) -> Result<Vec<Template>, Reported> {
    all(written, |it| template(it, scope, report))
}

/// Reads every item before giving up, so that one run shows every mistake.
fn all<I, T>(items: &[I], read: impl FnMut(&I) -> Result<T, Reported>) -> Result<Vec<T>, Reported> {
    let read: Vec<_> = items.iter().map(read).collect();
    read.into_iter().collect()
}
