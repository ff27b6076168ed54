//! The page that shows two versions side by side, what differs marked in the text.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::visible::visible;
use regulations::{Change, ChangeKind, Comparison, ComparisonForm, Mark, Pair, Side};

/// Renders the page from its template, which is given as text: one self-contained HTML document.
///
/// `versions` names the two versions, the old one first. Errors are the template's.
pub fn comparison_page(
    template: &str,
    (comparison, form): (&Comparison, &ComparisonForm),
    versions: (&str, &str),
) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    let count = |kind| comparison.count(kind);
    let data = context! {
        old => visible(versions.0),
        new => visible(versions.1),
        changed => count(ChangeKind::Changed),
        moved => count(ChangeKind::Moved),
        added => count(ChangeKind::Added),
        removed => count(ChangeKind::Removed),
        same => comparison.pairs.iter().filter(|it| it.changes.is_empty()).map(|it| visible(&it.title)).collect::<Value>(),
        pairs => comparison.pairs.iter().filter(|it| !it.changes.is_empty()).map(|it| pair(it, form)).collect::<Value>(),
    };
    environment.render_named_str("report/comparison.html", template, data)
}

fn pair(pair: &Pair, form: &ComparisonForm) -> Value {
    context! {
        title => visible(&pair.title),
        is_new => pair.kind == ChangeKind::Added,
        is_gone => pair.kind == ChangeKind::Removed,
        same => pair.n_same,
        changes => pair.changes.iter().map(|it| change(it, form)).collect::<Value>(),
    }
}

fn change(change: &Change, form: &ComparisonForm) -> Value {
    context! {
        kind => &**form.kind(change.kind),
        old => change.old.as_ref().map(side),
        new => change.new.as_ref().map(side),
        note => visible(&change.note),
    }
}

fn side(side: &Side) -> Value {
    let stretch = |it: &regulations::Marked| {
        let lines: Vec<String> = it.text.split('\n').map(|it| visible(it).into_owned()).collect();
        context! { same => it.mark == Mark::Same, removed => it.mark == Mark::Removed, text => lines.join("\n") }
    };
    context! { label => visible(&side.label), text => side.text.iter().map(stretch).collect::<Value>() }
}
