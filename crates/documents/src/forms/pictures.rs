//! The pictures of a document: marked in its data when it is filled in, and numbered when it is put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use dataset::{Dataset, Reads};
use value::{Picture, Value};

/// The key of a picture's place in the data.
const PATH: &str = "path";

/// Pictures by what stands for them: a mark while a form is planned, in the end a path.
pub(super) type Pictures = BTreeMap<String, Arc<Picture>>;

/// What stands in the data for a picture: its path, for now a mark, and its description.
pub(super) fn leaf(picture: &Picture, description: &str) -> Json {
    json!({ PATH: mark(picture), "alt": description })
}

/// The pictures among the fields that a document has read, by their marks.
pub(super) fn read(dataset: &Dataset, reads: &Reads) -> Pictures {
    let cells = reads.fields.iter().map(|it| &dataset.cell(*it).value);
    let pictures = cells.filter_map(|it| match it {
        Value::Picture(picture) => Some((mark(picture), Arc::clone(picture))),
        _ => None,
    });
    pictures.collect()
}

/// Puts paths in place of the marks, and gives the pictures by their paths. They are numbered within the document:
/// Typst remembers every path of a run and knows no more than some 65,000.
pub(super) fn place(forms: &mut [Json], marked: &Pictures) -> Pictures {
    let mut paths = BTreeMap::new();
    forms.iter_mut().for_each(|it| place_in(it, marked, &mut paths));
    let placed = paths.into_iter().filter_map(|(mark, path)| Some((path, Arc::clone(marked.get(&mark)?))));
    placed.collect()
}

fn place_in(data: &mut Json, marked: &Pictures, paths: &mut BTreeMap<String, String>) {
    match data {
        Json::Array(items) => items.iter_mut().for_each(|it| place_in(it, marked, paths)),
        Json::Object(parts) => {
            let marked_here = parts.get(PATH).and_then(Json::as_str).and_then(|it| marked.get_key_value(it));
            if let Some((mark, picture)) = marked_here {
                let next = paths.len() + 1;
                let new = || format!("/picture-{next}.{}", picture.kind.extension());
                let path = paths.entry(mark.clone()).or_insert_with(new);
                parts.insert(PATH.to_owned(), Json::String(path.clone()));
            } else {
                parts.values_mut().for_each(|it| place_in(it, marked, paths));
            }
        }
        _ => {}
    }
}

/// A picture's mark: the hash of its bytes, which nothing that a clerk writes is taken for.
fn mark(picture: &Picture) -> String {
    Sha256::digest(&picture.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
