//! 退改通知: one page that goes with what is given back, to print and to edit.

use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::words::Words;
use documents::summary::{Block, CellColumn, Cells, Phrase, Placed, Text};
use documents::{Align, Captions, Script};
use finding::Severity;
use project::Project;
use source::LocatedText;
use value::PartialDate;

/// So many files are named; the page has room for no more.
const N_FILES: usize = 8;

/// What the notice says.
pub(crate) struct Notice<'a> {
    /// Who gets it.
    pub(crate) unit: &'a str,
    /// The files that go back, with the findings in each.
    pub(crate) files: Vec<(String, [usize; 2])>,
    /// How many errors and queries there are in all.
    pub(crate) counts: [usize; 2],
    /// The day by which they are to be back, if the project says so.
    pub(crate) due: Option<Date>,
}

/// Errors and queries.
pub(crate) fn counts<'f>(severities: impl Iterator<Item = &'f Severity>) -> [usize; 2] {
    severities.fold([0, 0], |[errors, queries], it| match it {
        Severity::Error => [errors + 1, queries],
        Severity::Query => [errors, queries + 1],
        Severity::Note => [errors, queries],
    })
}

impl Notice<'_> {
    /// Its text.
    ///
    /// # Errors
    /// If one of the templates among the words is wrong; where it stands comes with it.
    pub(crate) fn text(&self, project: &Project, words: &Words) -> Result<Text, (LocatedText, String)> {
        let own = &words.notice;
        let [errors, queries] = self.counts;
        let said = context! {
            unit => self.unit,
            period => project.period.to_string(),
            errors,
            queries,
            due => self.due.map(|it| PartialDate::from(it).to_string()),
            n_files => self.files.len(),
            institution => &*project.institution,
            department => &*project.department,
        };
        let all =
            |texts: &[LocatedText]| texts.iter().map(|it| filled(it, &said)).collect::<Result<Vec<_>, _>>();
        let paragraphs = all(&own.paragraphs)?.into_iter().filter(|it| !it.is_empty());
        let paragraph = |it: String| Block::Paragraph { lead: None, text: Phrase::plain(it) };
        let blocks = paragraphs.map(paragraph).chain(self.table(words).map(Block::Table));
        let part: Arc<str> = "notice".into();
        let placed = |(at, block)| Placed { id: format!("notice-{at}"), part: part.clone(), block };
        Ok(Text {
            title: filled(&own.title, &said)?,
            has_contents: false,
            blocks: (1..).zip(blocks).map(placed).collect(),
            appendices: Vec::new(),
            signature: all(&own.signature)?,
        })
    }

    /// The files with the numbers of findings in them; none if nothing goes back but the list.
    fn table(&self, words: &Words) -> Option<Cells> {
        if self.files.is_empty() {
            return None;
        }
        let own = &words.notice;
        let is_shown = |at: usize| at < N_FILES || self.files.len() == N_FILES + 1;
        let shown = self.files.iter().enumerate().filter(|it| is_shown(it.0)).map(|it| it.1);
        let mut rows: Vec<(String, [usize; 2])> = shown.cloned().collect();
        let rest = &self.files[rows.len()..];
        let sum = |rows: &[(String, [usize; 2])]| {
            rows.iter().fold([0, 0], |sum, it| [sum[0] + it.1[0], sum[1] + it.1[1]])
        };
        if !rest.is_empty() {
            rows.push((own.more.filled(&[&rest.len().to_string()]), sum(rest)));
        }
        let within = sum(&self.files);
        let elsewhere = [0, 1].map(|it| self.counts[it].saturating_sub(within[it]));
        if elsewhere != [0, 0] {
            rows.push((own.elsewhere.to_string(), elsewhere));
        }
        let row = |(name, counts): &(String, [usize; 2])| {
            let counts = counts.map(|it| Phrase::plain(it.to_string()));
            std::iter::once(Phrase::plain(name.clone())).chain(counts).collect()
        };
        let aligns = [Align::Left, Align::Center, Align::Center];
        let column =
            |(title, align): (&Arc<str>, Align)| CellColumn { title: title.to_string(), align, width: None };
        Some(Cells {
            title: None,
            columns: own.columns.iter().zip(aligns).map(column).collect(),
            rows: rows.iter().map(row).collect(),
            total: None,
        })
    }
}

/// The notice as a document to be edited.
pub(crate) fn script(text: Text, project: &Project, captions: &Arc<Captions>) -> Script {
    Script {
        text,
        author: format!("{}{}", project.institution, project.department),
        date: project.as_of,
        draft: None,
        captions: captions.clone(),
    }
}

fn filled(written: &LocatedText, said: &Value) -> Result<String, (LocatedText, String)> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let text = environment.render_str(&written.text, said.clone());
    text.map(|it| it.trim().to_owned()).map_err(|it| (written.clone(), it.to_string()))
}
