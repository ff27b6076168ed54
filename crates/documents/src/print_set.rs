//! The print set (合订本): every form that was made, in volumes, opened by a list of those withheld.

use serde_json::{Value as Json, json};

use super::artefact::{Artefact, Body, Kind, Pages, Withheld};
use super::declaration::Form;
use super::form::{PlannedForm, page_data};
use super::names::{safe_name, stem};
use super::pictures::{Pictures, place};
use project::{Fonts, Project};

/// The most forms in one volume: layout time and memory grow with the volume, and a stapled one gets too thick.
const N_FORMS_MAX: usize = 40;

/// Plans the volumes; none if nothing was made.
pub fn print_set(
    form: &Form,
    made: &[&PlannedForm],
    withheld: &[Withheld],
    (project, fonts): (&Project, &Fonts),
    draft: Option<&String>,
) -> Vec<Artefact> {
    let n_volumes = made.len().div_ceil(N_FORMS_MAX);
    let volumes = made.chunks(N_FORMS_MAX).enumerate().map(|(idx, forms)| {
        let name = if n_volumes == 1 { form.print_set.to_string() } else { format!("{}-{:02}", form.print_set, idx + 1) };
        let title = format!("{}（{name}）", form.title);
        let mut parts: Vec<Json> = forms.iter().map(|it| it.part.clone()).collect();
        let marked: Pictures = forms.iter().flat_map(|it| it.pictures.clone()).collect();
        let pictures = place(&mut parts, &marked);
        let mut data = page_data(project, fonts, &title, draft, &parts);
        // The list of what is missing stands at the front of the first volume.
        let missing = if idx == 0 { withheld } else { &[] };
        data["volume"] = json!({
            "title": name,
            "entries": forms.iter().map(|it| json!({ "name": it.name, "committee": it.committee.as_deref() })).collect::<Vec<_>>(),
            "withheld": missing.iter().filter(|it| it.path.ends_with(".pdf")).map(|it| json!({
                "name": printable(&it.title, fonts),
                "committee": it.committee.as_deref().map(|it| printable(it, fonts)),
                "reasons": it.reasons.iter().map(|it| printable(it, fonts)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        });
        Artefact {
            path: format!("forms/{}/{}.pdf", safe_name(&form.id), stem(&name, &["pdf"])),
            kind: Kind::Forms,
            title,
            records: forms.iter().flat_map(|it| it.artefact.records.iter().cloned()).collect(),
            body: Body::Pages(Pages { layout: form.layout(), data, pictures, date: Some(project.as_of) }),
        }
    });
    volumes.collect()
}

/// A character outside every face becomes 〓, the printers' mark for a missing sort: what withheld one form must not
/// withhold the volume that says so.
fn printable(text: &str, fonts: &Fonts) -> String {
    text.chars().map(|it| if it.is_whitespace() || fonts.covers(it) { it } else { '〓' }).collect()
}
