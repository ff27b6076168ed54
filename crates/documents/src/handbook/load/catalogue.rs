//! The catalogue of a book: its file, and the columns that all catalogues have.

use super::Around;
use crate::book::Align;
use crate::declaring::{align, meant, template};
use crate::handbook::declaration::{Catalogue, CatalogueColumn, CatalogueForm};
use finding::{Finding, Reported, codes};
use regulations::Item;
use source::{Declared, Fields, Parts};

/// Where the columns are declared.
const FORM: &str = "handbooks/catalogue.yaml";

impl Declared<Around<'_>> for Catalogue {
    const WHAT: &'static str = "catalogue";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let origin = fields.origin();
        let names = ["file_name", "title"]
            .map(|key| fields.required_as(key, |it, report| template(it, around.project, report)));
        fields.finish();
        let report = fields.report();
        let form = match around.files.tree(FORM, report)? {
            Some(tree) => CatalogueForm::load(&tree, &(), report),
            None => {
                let finding = Finding::new(&codes::MISSING_KEY, format!("没有模板文件 {FORM}")).at(origin);
                Err(report.error(finding))
            }
        };
        let ([file_name, title], form) = (names, form).whole()?;
        Ok(Self { file_name, title, form })
    }
}

impl Declared for CatalogueForm {
    const WHAT: &'static str = "制度目录的栏目";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let number = fields.required_string("number");
        let columns = fields.required_parts("columns", &());
        let pages = fields.below("pages", "pages", |it| {
            let (title, width) = (it.required_string("title"), width(it));
            Ok((it.whole(title)?, width))
        });
        let (number, columns, pages) = fields.whole((number, columns, pages))?;
        Ok(Self { number, columns, pages })
    }
}

impl Declared for CatalogueColumn {
    const WHAT: &'static str = "columns";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let items = Item::ALL.map(|it| (it.key(), it));
        let item = fields.required_as("item", |it, report| meant(it, "项目", items, report));
        let (width, align) = (width(fields), fields.text_as("align", align));
        let (item, align) = fields.whole((item, align))?;
        Ok(Self { item, width, align: align.unwrap_or(Align::Center) })
    }
}

fn width(fields: &mut Fields<'_, '_>) -> Option<u16> {
    fields.count("width").and_then(|it| u16::try_from(it).ok())
}
