//! What the names around a table say in place of a column: a sheet 主题党日 the kind of its activities, a register of
//! 入党积极分子 how far those are who stand in it.

use std::collections::BTreeMap;

use crate::heading::without_ordinal;
use crate::layout::Layout;
use crate::table::{FieldKind, Table};
use finding::FieldId;
use source::Row;
use value::{Choices, Raw, fold_label, parse_choice};

/// A row above a table with so many cells is more than a title.
const N_CELLS_OF_TITLE_MAX: usize = 2;

/// Of the fields that have no column: what the name of the sheet or of the file is, or what these or a title say. The row
/// in which the table begins is `top`.
pub(super) fn said_by_names(
    table: &Table,
    (names, layout, top): (&[&str], &Layout<'_>, u32),
    has: impl Fn(FieldId) -> bool,
) -> BTreeMap<FieldId, Raw> {
    let mut said = BTreeMap::new();
    let choices =
        table.fields.with_ids().filter(|it| !has(it.0)).filter_map(|(id, field)| match &field.kind {
            FieldKind::Choice(choices) => Some((id, field, &**choices)),
            _ => None,
        });
    for (id, field, choices) in choices {
        let mut names = names.iter().map(|it| without_ordinal(it));
        if field.named_by_sheet
            && let Some(named) = names.find(|it| parse_choice(&Raw::text(it), choices).is_ok())
        {
            said.insert(id, Raw::text(named));
        } else if !field.titled.is_empty()
            && let Some(titled) = titled(&field.titled, choices, &texts(names, layout, top))
        {
            said.insert(id, Raw::text(titled));
        }
    }
    said
}

/// The names, and the titles above the table.
fn texts<'n>(names: impl Iterator<Item = &'n str>, layout: &Layout<'_>, top: u32) -> Vec<String> {
    let above = layout.grid.rows_within(0..=top.saturating_sub(1)).iter().filter(|it| it.number < top);
    let titles = above.map(Row::cells).filter(|it| it.len() <= N_CELLS_OF_TITLE_MAX);
    let titles = titles.flatten().map(|it| it.1.display());
    let lines = layout.grid.above.iter().flatten().map(ToString::to_string);
    names.map(str::to_owned).chain(titles).chain(lines).collect()
}

/// The one of these choices that the texts name; nothing if they name several.
fn titled<'t>(of: &'t [std::sync::Arc<str>], choices: &Choices, texts: &[String]) -> Option<&'t str> {
    let texts: Vec<String> = texts.iter().map(|it| fold_label(it)).collect();
    let is_named = |value: &str| {
        let choice = choices.find(value);
        let mut words = choice.into_iter().flat_map(|it| [&it.value].into_iter().chain(&it.spellings));
        words.any(|word| texts.iter().any(|it| it.contains(&fold_label(word))))
    };
    let mut named = of.iter().filter(|it| is_named(it));
    named.next().filter(|_| named.next().is_none()).map(|it| &**it)
}
