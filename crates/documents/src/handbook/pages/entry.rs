//! An entry of a book: its title, what stands below it, and its text.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;
use serde_json::{Value as Json, json};

use super::blocks::Setter;
use super::labels::Labels;
use super::reason;
use crate::captions::Captions;
use crate::handbook::declaration::EntryForm;
use crate::handbook::shelf::{Piece, Placed, joined};
use facts::project_names;
use finding::{Finding, Report, codes};
use project::Project;
use regulations::{Dated, Item, Regulation};
use source::Passage;
use words::{Template, date_value};

/// Makes the entries of a book.
pub(super) struct Entries<'a> {
    pub(super) labels: &'a Labels,
    pub(super) captions: &'a Captions,
    pub(super) project: &'a Project,
    pub(super) report: &'a mut Report,
}

impl Entries<'_> {
    /// The entry of a piece, with the texts at its head as declared.
    pub(super) fn entry(&mut self, placed: &Placed<'_>, form: &EntryForm) -> Json {
        let piece = placed.piece;
        let context = context(piece, self.project);
        let own = piece.title().text.to_string();
        let title = self.text(form.title.as_ref(), &context, piece).unwrap_or_else(|| own.clone());
        let running = self.text(form.running.as_ref(), &context, piece);
        let short = || own.strip_prefix(&*self.project.institution).filter(|it| !it.is_empty());
        let running = running.unwrap_or_else(|| short().unwrap_or(&own).to_owned());
        let notes = form.notes.iter().filter_map(|it| self.text(Some(it), &context, piece));
        let notes: Vec<String> = notes.filter(|it| !it.trim().is_empty()).collect();
        let words = piece.words();
        let setter = Setter { labels: self.labels, captions: self.captions, footnotes: words.footnotes };
        json!({
            "label": placed.label,
            "title": title,
            "running": running,
            "notes": notes,
            "facts": facts(piece, form, &setter),
            "blocks": setter.blocks(words.body),
            "attachments": words.attachments.iter().map(|it| setter.attachment(it)).collect::<Vec<_>>(),
        })
    }

    /// A declared text. One that cannot be made is reported at the piece, and nothing stands for it.
    fn text(&mut self, template: Option<&Template>, context: &Value, piece: Piece<'_>) -> Option<String> {
        match template?.render(context) {
            Ok(text) => Some(text),
            Err(why) => {
                let message = format!("《{}》标题下的说明不能确定：{}", piece.title().text, reason(why));
                let finding = Finding::new(&codes::FORM_UNDECIDED, message).at(piece.origin());
                self.report.push(finding.hint("请在文件头中补上所说的内容，或请工程师检查汇编声明"));
                None
            }
        }
    }
}

/// What the texts at the head of an entry may name.
fn context(piece: Piece<'_>, project: &Project) -> Value {
    let mut names = match piece {
        Piece::Regulation(it) => head(it),
        Piece::Text(it) => {
            let keys = it.fields.iter().map(|it| &it.key.text);
            let names = keys.filter_map(|key| Some((key.clone(), Value::from(joined(it, key)?))));
            names.chain([(Item::Title.key().into(), Value::from(&*it.title.text))]).collect()
        }
    };
    names.insert("project".into(), project_names(project));
    Value::from(names)
}

/// The names of a regulation's head; what it does not say is missing.
pub(super) fn head(regulation: &Regulation) -> BTreeMap<Arc<str>, Value> {
    let head = &regulation.head;
    let text = |it: &Option<source::LocatedText>| it.as_ref().map(|it| Value::from(&*it.text));
    let date = |it: Option<Dated>| it.map(|it| date_value(it.date));
    let revision = |it: &regulations::Revision| {
        let date = it.date.map_or(Value::UNDEFINED, |it| date_value(it.date));
        Value::from(BTreeMap::from([("date", date), ("note", Value::from(&*it.note.text))]))
    };
    let names = [
        (Item::Title, Some(Value::from(&*head.title.text))),
        (Item::Number, text(&head.number)),
        (Item::Issuer, text(&head.issuer)),
        (Item::Level, text(&head.level)),
        (Item::Category, text(&head.category)),
        (Item::State, Some(Value::from(&*head.standing.word))),
        (Item::Adopted, date(head.adopted)),
        (Item::Issued, date(head.issued)),
        (Item::InForce, date(head.in_force)),
        (Item::History, Some(head.history.iter().map(revision).collect())),
    ];
    names.into_iter().filter_map(|(name, it)| Some((name.key().into(), it?))).collect()
}

/// The declared facts: values of the front matter, with the links that they hold.
fn facts(piece: Piece<'_>, form: &EntryForm, setter: &Setter<'_>) -> Vec<Json> {
    let Piece::Text(text) = piece else { return Vec::new() };
    let fact = |(title, key): &(Arc<str>, source::LocatedText)| {
        let mut runs = Vec::new();
        for value in text.field(&key.text).iter().filter(|it| !it.text.trim().is_empty()) {
            if !runs.is_empty() {
                runs.push(json!({ "text": "、" }));
            }
            runs.extend(setter.runs(&Passage::of(value)));
        }
        (!runs.is_empty()).then(|| json!([&**title, runs]))
    };
    form.facts.iter().filter_map(fact).collect()
}
