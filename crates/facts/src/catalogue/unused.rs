//! Facts and dimensions that nothing under `templates/` asks for.

use std::collections::BTreeSet;

use super::Catalogue;
use finding::{Finding, Report, codes};
use project::Templates;

impl Catalogue {
    /// Reports every fact and dimension that no template names: forms, statistics, texts, other facts.
    pub fn report_unused(&self, templates: &Templates, report: &mut Report) {
        let mut named = BTreeSet::new();
        for (_, file) in templates.iter().filter(|(path, _)| path.ends_with(".yaml")) {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            for start in ["facts.", "dimension: "] {
                named.extend(text.split(start).skip(1).map(|it| (start, word(it).to_owned())));
            }
        }
        let facts = self.facts.iter().map(|it| ("facts.", &it.id, "数据项", it.origin));
        let dimensions = self.dimensions.iter().map(|it| ("dimension: ", &it.id, "分组", it.origin));
        for (start, id, what, origin) in facts.chain(dimensions) {
            if !named.contains(&(start, id.to_string())) {
                let finding = Finding::new(&codes::FACT_UNUSED, format!("{what}“{id}”没有用到")).at(origin);
                report.push(finding.hint("可以从模板中删去，或在统计表、文字中用上"));
            }
        }
    }
}

/// The id that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(text.len());
    &text[..end]
}
