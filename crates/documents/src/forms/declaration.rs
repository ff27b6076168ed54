//! The declaration of a form: `templates/forms/<id>/form.yaml`, with the conditions beside it.

use std::sync::Arc;

use super::data::Tree;
use crate::book::{Align, Paper};
use crate::declaring::{WIDEST, align, paper, unknown_word};
use crate::kinds::Declaring;
use crate::leaf::printable;
use crate::order::Order;
use dataset::{SchemaScope, TableId};
use finding::{Report, Reported};
use project::{Templates, Wanted};
use rules::Condition;
use schema::Schemas;
use source::{Fields, LocatedText, Node};
use words::{Expression, Template};

/// A form.
#[derive(Debug)]
pub struct Form {
    /// Its id: the name of its folder.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// The table with one record for each document.
    pub of: TableId,
    /// Name of the volume that holds all of them for the printer.
    pub print_set: Arc<str>,
    /// What must hold of an applicant.
    pub conditions: Vec<Condition>,
    /// The workbook with a row for each application.
    pub overview: Option<Overview>,
    pub(super) key: Expression,
    pub(super) name: Expression,
    pub(super) file_name: Template,
    pub(super) folder: Template,
    pub(super) empty: Arc<str>,
    pub(super) data: Tree,
}

/// A workbook over all records of a form: 申报汇总表.
#[derive(Debug, Clone)]
pub struct Overview {
    pub(super) file_name: Template,
    pub(super) title: Template,
    pub(super) lines: Vec<Template>,
    pub(super) notes: Vec<Template>,
    pub(super) paper: Paper,
    pub(super) columns: Vec<OverviewColumn>,
    /// Upper heading of the columns that hold the results of the conditions.
    pub(super) conditions: Option<Arc<str>>,
    /// The order of its rows; as the organisations were given if none is declared.
    pub(super) order: Order,
}

/// A column of the overview.
#[derive(Debug, Clone)]
pub(super) struct OverviewColumn {
    pub(super) heading: Vec<String>,
    pub(super) value: Expression,
    pub(super) width: Option<u16>,
    pub(super) align: Align,
}

/// Reads the declarations of the forms that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_forms(
    wanted: &[Wanted],
    Declaring { templates, schemas, catalogue }: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Form>, Reported> {
    let scope = catalogue.condition_scope(schemas);
    let forms: Vec<_> = wanted.iter().map(|it| load_wanted(&it.id, templates, &scope, report)).collect();
    forms.into_iter().collect()
}

fn load_wanted(
    id: &LocatedText,
    templates: &Templates,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Form, Reported> {
    let folder = format!("forms/{}", id.text);
    let Some(root) = templates.tree(&format!("{folder}/form.yaml"), report)? else {
        let known = templates.in_folder("forms", "/form.yaml").filter_map(|(path, _)| path.split('/').nth(1));
        return Err(unknown_word(id, "表单", known.collect::<Vec<_>>(), report));
    };
    let conditions = templates.tree(&format!("{folder}/conditions.yaml"), report)?;
    load_form(&root, conditions.as_ref(), scope, report)
}

/// Reads a form's declaration and the file with its conditions.
///
/// # Errors
/// If anything in them is wrong; everything that is wrong has been reported.
fn load_form(
    root: &Node,
    conditions: Option<&Node>,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Form, Reported> {
    let schemas = scope.schemas();
    let mut fields = Fields::new(root, "表单声明", report)?;
    let (id, title) = (fields.required_text("id"), fields.required_text("title"));
    let of = fields.required_text("of").and_then(|it| table(&it, schemas, fields.report()));
    let (key, name) = (fields.required_text("key"), fields.required_text("name"));
    let (file_name, folder) = (fields.required_text("file_name"), fields.required_text("folder"));
    let print_set = fields.required_text("print_set");
    let empty = fields.text("empty").map_or_else(|| "".into(), |it| it.text);
    let (data, overview) = (fields.required_node("data"), fields.node("overview"));
    fields.finish();
    let of = of?;
    let base = scope;
    let scope = base.around(of);
    let data = data.and_then(|it| Tree::load(it, schemas, &scope, report));
    let key = key.and_then(|it| printable(&it, &scope, report));
    let name = name.and_then(|it| printable(&it, &scope, report));
    let file_name = file_name.and_then(|it| template(&it, &scope, report));
    let folder = folder.and_then(|it| template(&it, &scope, report));
    let overview = overview.map(|it| load_overview(it, &scope, report)).transpose();
    let conditions = conditions
        .map(|it| rules::load_conditions(it, "conditions", base, Some(of), report))
        .unwrap_or_default();
    Ok(Form {
        id: id?.text,
        title: title?.text,
        of,
        print_set: print_set?.text,
        conditions,
        overview: overview?,
        key: key?,
        name: name?,
        file_name: file_name?,
        folder: folder?,
        empty,
        data: data?,
    })
}

fn load_overview(node: &Node, scope: &SchemaScope<'_>, report: &mut Report) -> Result<Overview, Reported> {
    let mut fields = Fields::new(node, "汇总表声明", report)?;
    let (file_name, title) = (fields.required_text("file_name"), fields.required_text("title"));
    let (lines, notes) = (fields.texts("lines"), fields.texts("notes"));
    let paper = fields.text("paper").map(|it| paper(&it, fields.report())).transpose();
    let conditions = fields.text("conditions").map(|it| it.text);
    let columns = fields.required_node("columns").map(|_| fields.list("columns"));
    let sort = fields.list("sort");
    fields.finish();
    let order = Order::load(sort, scope, report);
    let columns: Vec<_> = columns?.iter().map(|it| column(it, scope, report)).collect();
    let lines: Vec<_> = lines.iter().map(|it| template(it, scope, report)).collect();
    let notes: Vec<_> = notes.iter().map(|it| template(it, scope, report)).collect();
    Ok(Overview {
        file_name: template(&file_name?, scope, report)?,
        title: template(&title?, scope, report)?,
        lines: lines.into_iter().collect::<Result<_, _>>()?,
        notes: notes.into_iter().collect::<Result<_, _>>()?,
        paper: paper?.unwrap_or(Paper::A4Landscape),
        columns: columns.into_iter().collect::<Result<_, _>>()?,
        conditions,
        order: order?,
    })
}

fn column(node: &Node, scope: &SchemaScope<'_>, report: &mut Report) -> Result<OverviewColumn, Reported> {
    let mut fields = Fields::new(node, "列", report)?;
    let (title, value) = (fields.required_text("title"), fields.required_text("value"));
    let width = fields.count_to("width", WIDEST).and_then(|it| u16::try_from(it).ok());
    let align = fields.text("align").map(|it| align(&it, fields.report())).transpose();
    fields.finish();
    Ok(OverviewColumn {
        heading: title?.text.split('/').map(str::to_owned).collect(),
        value: printable(&value?, scope, report)?,
        width,
        align: align?.unwrap_or(Align::Center),
    })
}

fn template(
    written: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Template, Reported> {
    Template::compile(&written.text, written.origin, scope, report)
}

fn table(name: &LocatedText, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    let known = || schemas.tables.iter().map(|it| &*it.id);
    schemas.index(&name.text).ok_or_else(|| unknown_word(name, "表", known(), report))
}
