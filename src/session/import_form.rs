//! A blank that others have issued becomes a form of the project: a draft beside a copy of the blank, for the clerk to
//! look through.

use std::path::{Path, PathBuf};

use annex::{Blank, Signs};
use documents::forms::prescribed::{
    self, Again, Drafted, DraftedPlace, Drafting, Match, Outcome, again, draft, load_signs, map,
};
use finding::TableId;
use project::Setup;
use render::Press;
use schema::Schemas;
use source::nearest;

use super::brought::{Brought, BroughtFault};
use super::{Failure, Session};

/// What becomes of a blank.
#[derive(Debug)]
pub struct FormWanted<'a> {
    /// The folder of the project.
    pub project: &'a Path,
    /// The blank.
    pub file: &'a Path,
    /// The table with one record for each form; its id or title. Not needed where a form is bound again.
    pub of: Option<&'a str>,
    /// The form that is bound to another blank.
    pub again: Option<&'a str>,
    /// Whether it is a list, one for all records.
    pub is_list: bool,
}

/// A form that was drafted.
#[derive(Debug)]
pub struct FormDrafted {
    /// The folder in which it stands.
    pub folder: PathBuf,
    /// Its name, for the project file.
    pub id: String,
    /// Its places, with what is proposed for each.
    pub places: Vec<DraftedPlace>,
    /// What became of the places of the earlier blank, if it was bound again.
    pub matches: Vec<Match>,
    /// Why there is no picture of its places, if there is none.
    pub unpictured: Option<String>,
}

/// Why a form was not drafted.
#[derive(Debug, thiserror::Error)]
pub enum FormFault {
    /// The blank could not be brought in.
    #[error(transparent)]
    Brought(#[from] BroughtFault),
    /// Nothing is to be filled in it.
    #[error("“{}”中没有找到要填的位置。要填的应是表格中的空格、带下划线的空白、方框或冒号后的空白", .0.display())]
    NoPlaces(PathBuf),
    /// The table is not known.
    #[error("没有“{0}”这张表{1}")]
    NoTable(String, String),
    /// The table was not named.
    #[error("请用 --of 写明一条什么记录填一份，如 --of 党员、--of 党支部")]
    NoTableNamed,
    /// The form that is to be bound again is not there, or has no blank.
    #[error("项目的 templates/forms 中没有用表样的表单“{0}”")]
    NoForm(String),
    /// Nothing could be read at all.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Session<'_> {
    /// Drafts a form from a blank, in the templates of a project. Nothing that is there is written over.
    ///
    /// # Errors
    /// Why there is no draft; nothing was written then.
    pub fn import_form(&mut self, wanted: &FormWanted<'_>) -> Result<FormDrafted, FormFault> {
        let kinds = documents::wanted_keys();
        let setup = project::open(wanted.project, &kinds, &mut self.sources, &mut self.report);
        let setup = setup.map_err(Failure::Open)?;
        let signs = load_signs(&setup.templates, &mut self.report).map_err(|_| Failure::Templates)?;
        let schemas = schema::load(&setup.templates.trees("schemas", &mut self.report), &mut self.report);
        let schemas = schemas.map_err(|_| Failure::Templates)?;
        let brought = Brought::read(wanted.file, &wanted.project.join("templates/forms"))?;
        let blank = brought.blank(&signs)?;
        if blank.places().is_empty() {
            return Err(FormFault::NoPlaces(wanted.file.to_owned()));
        }
        let drafting = Drafting {
            blank: &blank,
            file: &brought.file,
            sha256: &brought.sha256,
            id: &brought.id,
            schemas: &schemas,
            signs: &signs,
            is_list: wanted.is_list,
        };
        let (yaml, places, matches) = match wanted.again {
            Some(earlier) => self.bind_again(drafting, earlier, (&setup, &signs))?,
            None => {
                let of = table(&schemas, wanted.of.ok_or(FormFault::NoTableNamed)?)?;
                let Drafted { yaml, places } = draft(drafting, of, &setup.templates, &mut self.report)
                    .map_err(|_| Failure::Templates)?;
                (yaml, places, Vec::new())
            }
        };
        for finding in prescribed::remarked(&blank, &brought.file) {
            self.report.push(finding);
        }
        let (folder, id) = (brought.folder.clone(), brought.id.clone());
        let pages = map(&blank, &places, &id, (&setup.project, &setup.fonts));
        let press = Press::new(&setup.templates, &setup.fonts);
        let unpictured = brought.write(("form.yaml", yaml), (&press, &pages))?;
        Ok(FormDrafted { folder, id, places, matches, unpictured })
    }

    /// What was declared for an earlier blank, bound to the new one.
    fn bind_again(
        &mut self,
        drafting: Drafting<'_>,
        earlier: &str,
        (setup, signs): (&Setup, &Signs),
    ) -> Result<(String, Vec<DraftedPlace>, Vec<Match>), FormFault> {
        let no_form = || FormFault::NoForm(earlier.to_owned());
        let declared = setup.templates.tree(&format!("forms/{earlier}/form.yaml"), &mut self.report);
        let declared = declared.map_err(|_| Failure::Templates)?.ok_or_else(no_form)?;
        let file = prescribed::blank_of(&declared).ok_or_else(no_form)?;
        let path = format!("forms/{earlier}/{file}");
        let found = setup.templates.get(&path).ok_or_else(no_form)?;
        let old = Blank::read(found.bytes.to_vec(), signs)
            .map_err(|why| BroughtFault::Blank(PathBuf::from(&path), why))?;
        let Again { yaml, matches, left } = again(drafting, &declared, &old);
        let mut places: Vec<DraftedPlace> = matches.iter().filter_map(rebound).collect();
        for it in places.iter_mut().filter(|it| it.outcome == Outcome::Proposed && left.contains(&it.at)) {
            it.outcome = Outcome::Left;
        }
        Ok((yaml, places, matches))
    }
}

/// A place that was bound again, as the picture of the places shows it.
fn rebound(it: &Match) -> Option<DraftedPlace> {
    let (at, label, outcome, proposal) = match it {
        Match::Same(at, label) => (at, label, Outcome::Proposed, "同上次".to_owned()),
        Match::Moved { from, to, label } => (to, label, Outcome::Proposed, format!("同上次的{from}")),
        Match::Changed(at, label) => (at, label, Outcome::Open, "形式变了".to_owned()),
        Match::New(at, label) => (at, label, Outcome::Open, "新增".to_owned()),
        Match::Gone(..) => return None,
    };
    Some(DraftedPlace { at: *at, label: label.clone(), outcome, proposal })
}

/// A table by its id or by one of its names.
fn table(schemas: &Schemas, name: &str) -> Result<TableId, FormFault> {
    let by_name = || schemas.tables.position(|it| it.names().any(|it| it == name));
    schemas.index(name).or_else(by_name).ok_or_else(|| {
        let names = schemas.tables.iter().flat_map(|it| [&*it.title, &*it.id]);
        let near = nearest(name, names).map(|it| format!("；是否应为“{it}”？"));
        let all = || {
            let titles: Vec<&str> =
                schemas.tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title).collect();
            format!("；可用：{}", titles.join("、"))
        };
        FormFault::NoTable(name.to_owned(), near.unwrap_or_else(all))
    })
}
