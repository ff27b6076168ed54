//! The words on the forms: `templates/collection/words.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use documents::{CoverWords, Pattern};
use finding::{Finding, Report, Reported, codes};
use project::Templates;
use source::{Fields, LocatedText};

/// The words, by section and key.
#[derive(Debug, Clone, Default)]
pub struct Words {
    texts: BTreeMap<(&'static str, &'static str), Pattern>,
    /// How forms are filled in.
    pub(crate) lines: Vec<Arc<str>>,
}

/// A section and its keys, each with how many gaps its text has.
type Section = (&'static str, &'static [(&'static str, usize)]);

const SECTIONS: [Section; 7] = [
    (
        "files",
        &[
            ("folder", 0),
            ("committee", 1),
            ("branch", 1),
            ("branches", 0),
            ("office", 0),
            ("blank", 0),
            ("blank_committee", 0),
            ("blank_branch", 0),
            ("blank_office", 0),
        ],
    ),
    ("cover", &[("name", 0), ("title", 1), ("line", 0)]),
    (
        "sheet",
        &[("title", 1), ("unit", 1), ("period", 2), ("due", 1), ("how", 1), ("serial", 0), ("required", 1)],
    ),
    ("lists", &[("name", 0)]),
    (
        "guide",
        &[
            ("name", 0),
            ("title", 1),
            ("blank_title", 0),
            ("tables", 0),
            ("columns", 0),
            ("rules", 0),
            ("rule", 2),
            ("required", 0),
            ("optional", 0),
            ("prefilled", 0),
            ("unfilled", 0),
            ("by_branch", 0),
            ("by_committee", 0),
            ("by_office", 0),
            ("no_due", 0),
            ("table_heading", 0),
            ("by_heading", 0),
            ("due_heading", 0),
            ("state_heading", 0),
            ("column_heading", 0),
            ("required_heading", 0),
            ("how_heading", 0),
            ("values_heading", 0),
        ],
    ),
    (
        "types",
        &[
            ("text", 0),
            ("long_text", 0),
            ("integer", 0),
            ("decimal", 0),
            ("percent", 0),
            ("day", 1),
            ("month", 2),
            ("year", 2),
            ("yes_no", 0),
            ("choice", 0),
            ("code", 0),
            ("name", 0),
            ("phone", 0),
            ("identity", 0),
            ("reference", 1),
            ("reference_free", 1),
            ("reference_any", 1),
            ("several", 1),
        ],
    ),
    (
        "rules",
        &[
            ("unit", 1),
            ("limit", 1),
            ("length", 1),
            ("between", 2),
            ("at_least", 1),
            ("at_most", 1),
            ("not_after", 1),
            ("not_before", 1),
            ("not_before_field", 1),
            ("within", 2),
            ("default", 1),
            ("unique", 0),
            ("checked", 1),
            ("error", 1),
        ],
    ),
];

impl Words {
    const PATH: &'static str = "collection/words.yaml";

    /// Reads the words from the templates.
    ///
    /// # Errors
    /// If a key is missing or unknown, or a text lacks a gap; all of that has been reported with its place.
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let Some(tree) = templates.tree(Self::PATH, report)? else {
            let message = format!("没有模板文件 {}", Self::PATH);
            return Err(report.error(Finding::new(&codes::MISSING_KEY, message)));
        };
        report.sound(|report| {
            let mut words = Self::default();
            let mut file = Fields::new(&tree, "表样的叫法", report)?;
            let nodes = SECTIONS.map(|it| (it, file.required_node(it.0)));
            words.lines = file.required_strings("lines")?;
            file.finish();
            for ((section, keys), node) in nodes {
                let mut fields = Fields::new(node?, section, report)?;
                for (key, n_gaps) in keys {
                    let read = |it: &LocatedText, report: &mut Report| {
                        Pattern::read(it, (Self::PATH, *n_gaps), report)
                    };
                    if let Ok(text) = fields.required_as(key, read) {
                        words.texts.insert((section, *key), text);
                    }
                }
                fields.finish();
            }
            Ok(words)
        })
    }

    /// A text without gaps.
    pub(crate) fn plain(&self, section: &'static str, key: &'static str) -> &str {
        self.texts.get(&(section, key)).map_or("", Pattern::text)
    }

    /// The words of the list of files in a bundle.
    pub(crate) fn cover(&self) -> CoverWords {
        let text = |key| self.texts.get(&("cover", key)).cloned().unwrap_or_default();
        let [name, line] = ["name", "line"].map(|it| text(it).text().into());
        CoverWords { name, title: text("title"), line }
    }

    /// A text with its gaps filled, in order.
    pub(crate) fn filled(&self, section: &'static str, key: &'static str, with: &[&str]) -> String {
        self.texts.get(&(section, key)).map(|it| it.filled(with)).unwrap_or_default()
    }
}
