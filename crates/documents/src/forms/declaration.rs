//! The declaration of a form: `templates/forms/<id>/form.yaml`, with the conditions beside it.

use std::sync::Arc;

use serde_json::Value as Json;

use super::body::Body;
use super::data::Tree;
use super::prescribed::{Annex, Declaration, RECORDS, blank_of, said};
use crate::book::{Align, Paper};
use crate::declaring::{align, paper, template, unknown_word, width};
use crate::kinds::Declaring;
use crate::leaf::printable;
use crate::order::Order;
use dataset::{Scene, SchemaScope, TableId};
use finding::{Finding, Report, Reported, codes};
use project::{Templates, Wanted};
use rules::Condition;
use schema::Schemas;
use source::{Declared, Fields, LocatedText, Node, Parts, all};
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
    /// Name of the volume that holds all of them for the printer, if there is one.
    pub print_set: Option<Arc<str>>,
    /// Whether the forms of each committee are wanted in a bundle as well.
    pub is_bundled: bool,
    /// What must hold of an applicant.
    pub conditions: Vec<Condition>,
    /// The workbook with a row for each application.
    pub overview: Option<Overview>,
    /// Which records get one: all of these hold.
    pub(super) wheres: Vec<Expression>,
    /// Whether records of one file name share a file.
    pub(super) sharing: Sharing,
    pub(super) key: Expression,
    pub(super) name: Expression,
    pub(super) file_name: Template,
    pub(super) folder: Template,
    pub(super) empty: Arc<str>,
    pub(super) content: Content,
}

/// Whether several records are in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharing {
    /// Each has a file of its own.
    Single,
    /// Those of one path stand one after the other in one file.
    Shared,
}

/// What of a record gets into a form.
#[derive(Debug)]
pub(super) enum Content {
    /// Data for a layout of the form's own.
    Data(Tree),
    /// Blocks for the layout that all forms share.
    Body(Body),
    /// Values for the places of a blank that others have issued.
    Blank(Annex),
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

/// The forms that a project wants.
#[derive(Debug, Default)]
pub struct Forms {
    /// Those that can be filled in.
    pub forms: Vec<Form>,
    /// Those that others have issued and that are not bound rightly, or not yet.
    pub(super) unbound: Vec<Unbound>,
}

/// A form that others have issued whose declaration cannot be used. Binding is the clerk's work: a fault of it is about
/// that form and withholds no other document.
#[derive(Debug)]
pub(super) struct Unbound {
    pub(super) id: Arc<str>,
    pub(super) title: Arc<str>,
    /// What is wrong.
    pub(super) report: Report,
}

/// Reads the declarations of the forms that a project wants.
///
/// # Errors
/// If one does not exist or anything in one that has no blank is wrong; everything that is wrong has been reported.
pub fn load_forms(
    wanted: &[Wanted],
    Declaring { templates, schemas, catalogue }: Declaring<'_>,
    report: &mut Report,
) -> Result<Forms, Reported> {
    let scope = catalogue.condition_scope(schemas);
    let load = |it| load_wanted(it, templates, &scope, report);
    let loaded: Vec<_> = wanted.iter().map(load).collect();
    let mut forms = Forms::default();
    for it in loaded {
        match it? {
            Ok(form) => forms.forms.push(form),
            Err(unbound) => forms.unbound.push(unbound),
        }
    }
    Ok(forms)
}

fn load_wanted(
    Wanted { id, is_bundled, .. }: &Wanted,
    templates: &Templates,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Result<Form, Unbound>, Reported> {
    let folder = format!("forms/{}", id.text);
    let Some(root) = templates.tree(&format!("{folder}/form.yaml"), report)? else {
        let known = templates.in_folder("forms", "/form.yaml").filter_map(|(path, _)| path.split('/').nth(1));
        return Err(unknown_word(id, "表单", known.collect::<Vec<_>>(), report));
    };
    let conditions = templates.tree(&format!("{folder}/conditions.yaml"), report)?;
    let around = Around { scope, conditions: conditions.as_ref(), folder: &folder, templates };
    if blank_of(&root).is_none() {
        let form = Form::load(&root, &around, report)?;
        return Ok(Ok(Form { is_bundled: *is_bundled, ..form }));
    }
    let mut own = Report::default();
    let form = own.sound(|own| Form::load(&root, &around, own));
    Ok(if let Ok(form) = form {
        report.append(own);
        Ok(Form { is_bundled: *is_bundled, ..form })
    } else {
        let title = said(&root, "title").map_or_else(|| id.text.clone(), Into::into);
        Err(Unbound { id: id.text.clone(), title, report: own })
    })
}

/// What a form is read within.
struct Around<'a> {
    scope: &'a SchemaScope<'a>,
    /// The file with its conditions.
    conditions: Option<&'a Node>,
    /// Its folder among the templates.
    folder: &'a str,
    templates: &'a Templates,
}

impl Declared<Around<'_>> for Form {
    const WHAT: &'static str = "表单声明";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let schemas = around.scope.schemas();
        let names = ["id", "title"].map(|it| fields.required_string(it));
        let of = fields.required_as("of", |it, report| table(it, schemas, report));
        let leaves = ["key", "name"].map(|it| fields.required_text(it));
        let paths = ["file_name", "folder"].map(|it| fields.required_text(it));
        let print_set = fields.text("print_set");
        let empty = fields.string("empty").unwrap_or_default();
        let is_shared = fields.flag("shared").unwrap_or_default();
        let (wheres, overview) = (fields.texts("where"), fields.node("overview"));
        let written = Written::read(fields);
        let print_set = print_set.map(|it| alone(it, is_shared, fields.report())).transpose();
        let (of, print_set) = fields.whole((of, print_set))?;
        let (scope, report) = (around.scope.around(of), fields.report());
        let sharing = if is_shared { Sharing::Shared } else { Sharing::Single };
        let content = written.load(around, (&scope, sharing), report);
        let wheres = all(wheres.iter().map(|it| Expression::condition(&it.text, it.origin, &scope, report)));
        let leaves = leaves.map(|it| it.and_then(|it| printable(&it, &scope, report)));
        let paths = paths.map(|it| it.and_then(|it| template(&it, &scope, report)));
        let overview = overview.map(|it| Overview::load(it, &scope, report)).transpose();
        let conditions = around
            .conditions
            .map(|it| rules::load_conditions(it, "conditions", around.scope, Some(of), report));
        let (names, leaves, paths, wheres, content, overview) =
            (names, leaves, paths, wheres, content, overview).whole()?;
        let ([id, title], [key, name], [file_name, folder]) = (names, leaves, paths);
        let conditions = conditions.unwrap_or_default();
        Ok(Self {
            id,
            title,
            of,
            print_set,
            is_bundled: false,
            conditions,
            overview,
            wheres,
            sharing,
            key,
            name,
            file_name,
            folder,
            empty,
            content,
        })
    }
}

/// The name of a print set, where each record has a file of its own: what a branch has in one file is printed from that.
fn alone(print_set: LocatedText, is_shared: bool, report: &mut Report) -> Result<Arc<str>, Reported> {
    if !is_shared {
        return Ok(print_set.text);
    }
    let message = "shared（同一支部的各份印在一个文件里）与 print_set（另外合订成册）不能同时用";
    let finding = Finding::new(&codes::WRONG_KIND, message).at(print_set.origin);
    Err(report.error(finding.hint("只留一项：按支部打印的留 shared，合订成册的留 print_set")))
}

/// What of a record gets into a form, as it is declared.
enum Written<'n> {
    Data(Result<&'n Node, Reported>),
    Body(&'n [Node]),
    Blank(Declaration<'n>),
}

impl<'n> Written<'n> {
    /// Asks for the keys: those of a blank if there is one, else `body:`, else `data:`.
    fn read(fields: &mut Fields<'n, '_>) -> Self {
        if let Some(blank) = Declaration::read(fields) {
            return Self::Blank(blank);
        }
        match fields.list("body") {
            [] => Self::Data(fields.required_node("data")),
            body => Self::Body(body),
        }
    }

    fn load<'a>(
        self,
        around: &Around<'a>,
        (scope, sharing): (&SchemaScope<'a>, Sharing),
        report: &mut Report,
    ) -> Result<Content, Reported> {
        match self {
            Self::Data(data) => Tree::load(data?, scope, report).map(Content::Data),
            Self::Body(body) => Body::load(body, scope, report).map(Content::Body),
            Self::Blank(blank) => {
                // Rows of what several records share are those of a list of the records, not of the first of them.
                let gathered = |it: &SchemaScope<'a>| it.clone().with(RECORDS, scope.record_type().list());
                let is_shared = sharing == Sharing::Shared;
                let scopes = if is_shared {
                    (gathered(scope), gathered(around.scope))
                } else {
                    (scope.clone(), scope.clone())
                };
                let scopes = (&scopes.0, &scopes.1);
                blank.load(around.folder, around.templates, scopes, report).map(Content::Blank)
            }
        }
    }
}

impl Content {
    /// The blank that others have issued, if it is one.
    pub(super) fn blank(&self) -> Option<&Annex> {
        match self {
            Self::Blank(annex) => Some(annex),
            Self::Data(_) | Self::Body(_) => None,
        }
    }
    /// Fills in the values for the record of a scene.
    ///
    /// # Errors
    /// Why one of them cannot be determined.
    pub(super) fn fill(&self, scene: &Scene, empty: &str) -> Result<Json, String> {
        match self {
            Self::Data(tree) => tree.fill(scene, empty),
            Self::Body(body) => body.fill(scene, empty),
            // Its places are filled one by one, since it is told of each where its value comes from.
            Self::Blank(_) => Ok(Json::Null),
        }
    }
}

impl Declared<SchemaScope<'_>> for Overview {
    const WHAT: &'static str = "汇总表声明";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let names = ["file_name", "title"]
            .map(|key| fields.required_as(key, |it, report| template(it, scope, report)));
        let texts =
            ["lines", "notes"].map(|key| fields.texts_as(key, |it, report| template(it, scope, report)));
        let paper = fields.text_as("paper", paper);
        let conditions = fields.string("conditions");
        let columns = fields.required_parts("columns", scope);
        let order = Order::load(fields.list("sort"), scope, fields.report());
        let (names, texts, paper, columns, order) = fields.whole((names, texts, paper, columns, order))?;
        let ([file_name, title], [lines, notes]) = (names, texts);
        let paper = paper.unwrap_or(Paper::A4Landscape);
        Ok(Self { file_name, title, lines, notes, paper, columns, conditions, order })
    }
}

impl Declared<SchemaScope<'_>> for OverviewColumn {
    const WHAT: &'static str = "列";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let title = fields.required_string("title");
        let value = fields.required_as("value", |it, report| printable(it, scope, report));
        let (width, align) = (width(fields), fields.text_as("align", align));
        let (title, value, align) = fields.whole((title, value, align))?;
        let heading = title.split('/').map(str::to_owned).collect();
        Ok(Self { heading, value, width, align: align.unwrap_or(Align::Center) })
    }
}

fn table(name: &LocatedText, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    let known = || schemas.tables.iter().map(|it| &*it.id);
    schemas.index(&name.text).ok_or_else(|| unknown_word(name, "表", known(), report))
}
