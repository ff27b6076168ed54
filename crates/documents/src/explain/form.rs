//! A place of a form that others have issued, explained: what was declared for it, and from which cells its value comes.

use super::target::is_named;
use super::{Asking, Clause, Counted, Explained, Role};
use crate::forms::{FilledPlace, PlannedForm};

/// A place of a form.
pub(super) struct InForm<'a> {
    form: &'a PlannedForm,
    place: &'a FilledPlace,
}

/// The form of this name: a whole path, or the end of one, with or without the ending.
pub(super) fn named<'a>(name: &str, asking: Asking<'a>) -> Option<&'a PlannedForm> {
    let name = name.replace('\\', "/");
    asking.forms.iter().find(|it| is_named(&it.path, &name))
}

/// The place at an address; what stands in a row belongs to the place of the rows.
pub(super) fn understand<'a>(form: &'a PlannedForm, rest: &[&str]) -> Result<InForm<'a>, String> {
    let asked = rest.join("!");
    let listed = || form.places.iter().map(|it| it.at.to_string()).collect::<Vec<_>>().join("、");
    let at: annex::Address = asked
        .parse()
        .map_err(|why| format!("“{asked}”不是表样中的位置：{why}。这份表的位置有：{}", listed()))?;
    let place =
        form.places.iter().find(|it| it.at == at).or_else(|| form.places.iter().find(|it| it.at.covers(at)));
    let place = place.ok_or_else(|| format!("“{asked}”不是要填的位置。这份表的位置有：{}", listed()))?;
    Ok(InForm { form, place })
}

/// Says what stands there and where it comes from.
pub(super) fn explain(InForm { form, place }: InForm<'_>, asking: Asking<'_>) -> Explained {
    let dataset = asking.dataset;
    let declared =
        Clause { of: "声明".to_owned(), expression: place.declared.clone(), origin: place.origin };
    let source = |at: &finding::FieldRef| {
        let (field, cell) = (dataset.field(at.column()), dataset.cell(*at));
        Clause {
            of: format!("来源“{}”", field.title),
            expression: cell.value.display().to_string(),
            origin: cell.origin,
        }
    };
    let definition = match &place.left {
        Some(why) => format!("留待手填、盖章：{why}"),
        None => format!("按表单声明，由“{}”的这一条记录填写", dataset.schema(form.record.table).title),
    };
    Explained {
        title: format!("《{}》{}·{}", form.title, dataset.label(form.record), place.label),
        place: format!("{}!{}", form.path, place.at),
        value: Some(place.value.clone()).filter(|it| !it.is_empty()),
        definition,
        conditions: std::iter::once(declared).chain(place.sources.iter().map(source)).collect(),
        records: vec![Counted::new(Role::ADDED, form.record)],
        ..Explained::default()
    }
}
