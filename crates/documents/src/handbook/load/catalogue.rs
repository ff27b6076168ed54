//! The catalogue of a book: its file, and the columns that all catalogues have.

use super::{all, template};
use crate::book::Align;
use crate::declaring::{align, unknown_word};
use crate::handbook::declaration::{Catalogue, CatalogueColumn, CatalogueForm};
use finding::{Finding, Report, Reported, codes};
use project::Templates;
use regulations::Item;
use source::{Fields, Node};
use words::Scope;

/// Where the columns are declared.
const FORM: &str = "handbooks/catalogue.yaml";

/// Reads what a book says about its catalogue.
///
/// # Errors
/// If it, or the declaration of the columns, is not what it should be; that has been reported.
pub(super) fn load(
    node: &Node,
    scope: &dyn Scope,
    files: &Templates,
    report: &mut Report,
) -> Result<Catalogue, Reported> {
    let mut fields = Fields::new(node, "catalogue", report)?;
    let origin = fields.origin();
    let (file_name, title) = (fields.required_text("file_name"), fields.required_text("title"));
    fields.finish();
    let file_name = file_name.and_then(|it| template(&it, scope, report));
    let title = title.and_then(|it| template(&it, scope, report));
    let form = match files.tree(FORM, report)? {
        Some(tree) => form(&tree, report),
        None => {
            let finding = Finding::new(&codes::MISSING_KEY, format!("没有模板文件 {FORM}")).at(origin);
            Err(report.error(finding))
        }
    };
    Ok(Catalogue { file_name: file_name?, title: title?, form: form? })
}

fn form(tree: &Node, report: &mut Report) -> Result<CatalogueForm, Reported> {
    let mut fields = Fields::new(tree, "制度目录的栏目", report)?;
    let number = fields.required_text("number");
    let columns = fields.required_node("columns").map(|_| fields.list("columns"));
    let pages = fields.required_node("pages");
    fields.finish();
    let columns = columns.and_then(|it| all(it, |it| column(it, report)));
    let mut fields = Fields::new(pages?, "pages", report)?;
    let (title, width) = (fields.required_text("title"), width(&mut fields));
    fields.finish();
    Ok(CatalogueForm { number: number?.text, columns: columns?, pages: (title?.text, width) })
}

fn column(node: &Node, report: &mut Report) -> Result<CatalogueColumn, Reported> {
    let mut fields = Fields::new(node, "columns", report)?;
    let (item, width) = (fields.required_text("item"), width(&mut fields));
    let align = fields.text("align").map(|it| align(&it, fields.report())).transpose();
    fields.finish();
    let item = item.and_then(|it| {
        let found = Item::ALL.into_iter().find(|item| item.key() == &*it.text);
        found.ok_or_else(|| unknown_word(&it, "项目", Item::ALL.map(Item::key), report))
    });
    Ok(CatalogueColumn { item: item?, width, align: align?.unwrap_or(Align::Center) })
}

fn width(fields: &mut Fields<'_, '_>) -> Option<u16> {
    fields.count("width").and_then(|it| u16::try_from(it).ok())
}
