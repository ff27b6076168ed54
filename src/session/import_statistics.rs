//! A statistics workbook that others have issued is bound to declared figures: a draft beside a copy of the workbook, for the
//! clerk to look through.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::forms::prescribed::{load_signs, remarked};
use documents::statistics::issued::{
    DraftedBinding, DraftedSheet, DraftingBinding, FILE, draft_binding, map_binding,
};
use documents::statistics::{Statistics, load_statistics};
use documents::{Captions, Declaring};
use facts::Catalogue;
use finding::Origin;
use project::Templates;
use render::Press;
use source::LocatedText;

use super::brought::{Brought, BroughtFault};
use super::{Failure, Session};

/// What becomes of a workbook.
#[derive(Debug)]
pub struct BindingWanted<'a> {
    /// The folder of the project.
    pub project: &'a Path,
    /// The workbook as it was issued.
    pub file: &'a Path,
    /// The statistics that its figures are taken from; their id.
    pub of: Option<&'a str>,
}

/// A binding that was drafted.
#[derive(Debug)]
pub struct BindingDrafted {
    /// The folder in which it stands.
    pub folder: PathBuf,
    /// Its name, for the project file.
    pub id: String,
    /// The id of the statistics.
    pub statistics: String,
    /// What became of each sheet.
    pub sheets: Vec<DraftedSheet>,
    /// Why there is no picture of its places, if there is none.
    pub unpictured: Option<String>,
}

/// Why a binding was not drafted.
#[derive(Debug, thiserror::Error)]
pub enum BindingFault {
    /// The workbook could not be brought in.
    #[error(transparent)]
    Brought(#[from] BroughtFault),
    /// It is a Word document.
    #[error("“{}”不是工作簿（.xlsx）。Word 表样请用 --as form 导入", .0.display())]
    NoBook(PathBuf),
    /// The statistics were not named.
    #[error("请用 --of 写明数取自哪一套统计，如 --of {0}")]
    NoStatisticsNamed(String),
    /// The statistics are not known, or wrong; the report says why.
    #[error("统计“{0}”不能使用")]
    NoStatistics(String),
    /// Nothing could be read at all.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Session<'_> {
    /// Binds a statistics workbook to declared figures, as a draft in the templates of a project. Nothing that is there is
    /// written over.
    ///
    /// # Errors
    /// Why there is no draft; nothing was written then.
    pub fn import_statistics(&mut self, wanted: &BindingWanted<'_>) -> Result<BindingDrafted, BindingFault> {
        let kinds = documents::wanted_keys();
        let setup = project::open(wanted.project, &kinds, &mut self.sources, &mut self.report);
        let setup = setup.map_err(Failure::Open)?;
        let templates = &setup.templates;
        let statistics = self.statistics(wanted.of, templates)?;
        let brought = Brought::read(wanted.file, &wanted.project.join("templates/statistics"))?;
        // A folder of that name would also hide one of the statistics that are built in.
        if templates.in_folder(&format!("statistics/{}", brought.id), "").next().is_some() {
            return Err(BroughtFault::Taken(brought.folder).into());
        }
        let report = &mut self.report;
        let signs = load_signs(templates, report).map_err(|_| Failure::Templates)?;
        let blank = brought.blank(&signs)?;
        if !blank.is_book() {
            return Err(BindingFault::NoBook(wanted.file.to_owned()));
        }
        let (blank, statistics) = (&blank, &statistics);
        let Brought { file, sha256, id, folder, .. } = &brought;
        let (id, folder) = (id.clone(), folder.clone());
        let drafting = DraftingBinding { blank, file, sha256, id: &id, statistics, signs: &signs };
        let drafted = draft_binding(drafting, templates, report).map_err(|_| Failure::Templates)?;
        remarked(blank, file).into_iter().for_each(|it| report.push(it));
        let captions = Arc::new(Captions::load(templates, report).map_err(|_| Failure::Templates)?);
        let pages = map_binding(&drafted, &id, (&setup.project, &setup.fonts, &captions));
        let DraftedBinding { yaml, sheets, .. } = drafted;
        let press = Press::new(templates, &setup.fonts);
        let unpictured = brought.write((FILE, yaml), (&press, &pages))?;
        Ok(BindingDrafted { folder, id, statistics: statistics.id.to_string(), sheets, unpictured })
    }

    /// The statistics that figures are taken from.
    fn statistics(&mut self, of: Option<&str>, templates: &Templates) -> Result<Statistics, BindingFault> {
        let known = || {
            let all = templates.in_folder("statistics", "/statistics.yaml");
            all.filter_map(|it| it.0.split('/').nth(1)).collect::<Vec<_>>().join("、")
        };
        let of = of.ok_or_else(|| BindingFault::NoStatisticsNamed(known()))?;
        let schemas = schema::load(&templates.trees("schemas", &mut self.report), &mut self.report);
        let schemas = schemas.map_err(|_| Failure::Templates)?;
        let facts = templates.trees("facts", &mut self.report);
        let catalogue = Catalogue::load(&facts, &schemas, &mut self.report);
        let declaring = Declaring { templates, schemas: &schemas, catalogue: &catalogue };
        let asked = LocatedText { text: of.into(), origin: Origin::file(self.sources.add("--of")) };
        let loaded = load_statistics(&asked, declaring, &mut self.report);
        loaded.map_err(|_| BindingFault::NoStatistics(of.to_owned()))
    }
}
