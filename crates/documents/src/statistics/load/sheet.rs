//! The file of one table: its sheet, its axes, its texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::axis::{Axis, Direction, flatten};
use super::entry::{Conditions, LineEntry, conditions};
use super::lines::{Compiled, Understanding};
use super::{formula, list};
use crate::book::{Paper, Zero};
use crate::declaring::{meant, paper, unknown_word};
use crate::kinds::Declaring;
use crate::statistics::declaration::{Body, COMMITTEE, Sheet};
use dataset::TableId;
use facts::{Criterion, Measure, frame_scope};
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, NodeKind, Parts, all};
use words::{Template, Type};

/// What the sheets of one workbook share.
pub(super) struct Workbook<'a> {
    pub(super) loading: Declaring<'a>,
    pub(super) compiled: Compiled,
    /// The rows and columns of the sheets read so far, for those that say `rows: t2`.
    stubs: BTreeMap<Arc<str>, (Vec<LineEntry>, Vec<LineEntry>)>,
    /// Who of each table is counted at all, on every sheet.
    wheres: BTreeMap<TableId, Vec<Criterion>>,
    /// The names of the lines of each sheet read so far, rows and columns.
    pub(super) axes: Vec<(Axis, Axis)>,
}

impl<'a> Workbook<'a> {
    /// A workbook of which nothing has been read.
    pub(super) fn new(loading: Declaring<'a>) -> Self {
        let (compiled, stubs, wheres) = (Compiled::default(), BTreeMap::new(), BTreeMap::new());
        Self { loading, compiled, stubs, wheres, axes: Vec::new() }
    }

    /// Reads who of each table is counted at all on the sheets to come: a mapping from tables to conditions.
    ///
    /// # Errors
    /// If anything in it is wrong; everything that is wrong has been reported.
    pub(super) fn counts_only(&mut self, node: &Node, report: &mut Report) -> Result<(), Reported> {
        match conditions(node, self.loading, report)? {
            written @ Conditions::ByTable(_) => self.wheres = self.wheres(Some(written), None, report)?,
            Conditions::Any(_) => {
                let message = "“where”应按数据表分别写条件";
                let finding = Finding::new(&codes::WRONG_KIND, message).at(node.origin);
                return Err(report.error(finding.hint("请写成 where: {members: 条件, branches: 条件}")));
            }
        }
        Ok(())
    }

    /// Reads the file of a table.
    ///
    /// # Errors
    /// If anything in it is wrong; everything that is wrong has been reported.
    pub(super) fn sheet(&mut self, root: &Node, report: &mut Report) -> Result<Sheet, Reported> {
        let mut fields = Fields::new(root, "统计表", report)?;
        let origin = fields.origin();
        let id = fields.required_text("id");
        let names = ["number", "title"].map(|it| fields.required_string(it));
        let schemas = self.loading.schemas;
        let of = fields.required_as("of", |it, report| facts::table(it, schemas, report));
        let [name, unverified] = ["name", "unverified"].map(|it| fields.string(it));
        let counts_some = fields.node("where").is_some();
        let wheres = fields.node("where").map(|it| conditions(it, self.loading, fields.report()));
        let layout = layout(&mut fields);
        let corner = fields.string("corner");
        let flags = ["numbering", "line_numbers", "rounded"].map(|it| fields.flag(it).unwrap_or_default());
        let texts = self.texts(&mut fields);
        let (id, of) = (id, of).whole()?;
        let body = match fields.text("kind") {
            Some(kind) if &*kind.text == "list" => self.list(&mut fields, of),
            Some(kind) if &*kind.text != "figures" => {
                Err(unknown_word(&kind, "统计表类型", ["figures", "list"], fields.report()))
            }
            _ => self.figures(&mut fields, &id, of),
        };
        let wheres = fields.whole(wheres.transpose())?;
        let wheres = self.wheres(wheres, Some(of), report);
        let (layout, texts, [number, title], body, wheres) = (layout, texts, names, body, wheres).whole()?;
        let ((paper, zero), (lines, signatures, notes)) = (layout, texts);
        Ok(Sheet {
            id: id.text,
            name: name.unwrap_or_else(|| number.clone()),
            number,
            title,
            of,
            counts_some,
            wheres,
            paper,
            zero,
            is_numbered: flags[0],
            has_line_numbers: flags[1],
            is_rounded: flags[2],
            corner,
            body,
            lines,
            signatures,
            unverified,
            notes,
            origin,
        })
    }

    fn figures(
        &mut self,
        fields: &mut Fields<'_, '_>,
        id: &LocatedText,
        of: TableId,
    ) -> Result<Body, Reported> {
        let table = &self.loading.schemas.tables[of];
        let measure = fields.text_as("measure", |it, report| Measure::load(it, table, report));
        let rows = self.axis(fields, "rows");
        let columns = self.axis(fields, "columns");
        let loading = self.loading;
        let flat = |entries: &[LineEntry], direction, report: &mut Report| {
            flatten(entries, direction, loading, report)
        };
        if rows.is_err() || columns.is_err() {
            for (entries, direction) in [(&rows, Direction::Rows), (&columns, Direction::Columns)] {
                if let Ok(entries) = entries {
                    formula::check_names(&flat(entries, direction, fields.report()), fields.report());
                }
            }
        }
        let (rows, columns) = (rows?, columns?);
        let row_axis = flat(&rows, Direction::Rows, fields.report());
        let column_axis = flat(&columns, Direction::Columns, fields.report());
        self.stubs.insert(id.text.clone(), (rows, columns));
        let mut understanding = Understanding { loading, compiled: &mut self.compiled, of };
        let lines = understanding.both(&row_axis, &column_axis, fields.report());
        self.axes.push((row_axis, column_axis));
        let (rows, columns) = lines?;
        Ok(Body::Figures { rows, columns, measure: measure?.unwrap_or(Measure::Number) })
    }

    /// The entries of an axis, or those of the sheet that it names.
    fn axis(&self, fields: &mut Fields<'_, '_>, key: &str) -> Result<Vec<LineEntry>, Reported> {
        let node = fields.required_node(key)?;
        let NodeKind::Scalar(text) = &node.kind else {
            let nodes = fields.list(key);
            return all(nodes.iter().map(|it| LineEntry::load(it, &self.loading, fields.report())));
        };
        let name = LocatedText { text: text.clone(), origin: node.origin };
        match self.stubs.get(&name.text) {
            Some((rows, columns)) => Ok(if key == "rows" { rows.clone() } else { columns.clone() }),
            None => {
                let known: Vec<&str> = self.stubs.keys().map(|it| &**it).collect();
                Err(unknown_word(&name, "（排在前面的）统计表", known, fields.report()))
            }
        }
    }

    fn list(&mut self, fields: &mut Fields<'_, '_>, of: TableId) -> Result<Body, Reported> {
        self.axes.push((Axis::default(), Axis::default()));
        list::load(fields, of, self.loading).map(Body::List)
    }

    /// Who of each table is counted at all: what holds for the workbook, and what the sheet says of its table or of several.
    fn wheres(
        &mut self,
        written: Option<Conditions>,
        of: Option<TableId>,
        report: &mut Report,
    ) -> Result<BTreeMap<TableId, Vec<Criterion>>, Reported> {
        let by_table = match written {
            None => Vec::new(),
            Some(Conditions::Any(texts)) => of.map(|it| (it, texts)).into_iter().collect(),
            Some(Conditions::ByTable(by_table)) => by_table,
        };
        let mut wheres = self.wheres.clone();
        for (table, texts) in by_table {
            let mut understanding =
                Understanding { loading: self.loading, compiled: &mut self.compiled, of: table };
            let criteria: Vec<_> =
                texts.iter().map(|it| understanding.criterion(it, table, report)).collect();
            wheres.entry(table).or_default().extend(criteria.into_iter().collect::<Result<Vec<_>, _>>()?);
        }
        Ok(wheres)
    }

    fn texts(&self, fields: &mut Fields<'_, '_>) -> Result<Texts, Reported> {
        let (has_lines, has_signatures) =
            (fields.node("lines").is_some(), fields.node("signatures").is_some());
        let texts = ["lines", "signatures", "notes"].map(|it| fields.texts(it));
        let [lines, signatures, notes] = texts.map(|it| self.templates(&it, fields.report()));
        Ok((has_lines.then_some(lines?), has_signatures.then_some(signatures?), notes?))
    }

    /// Compiles texts about the workbook as a whole.
    pub(super) fn templates(
        &self,
        texts: &[LocatedText],
        report: &mut Report,
    ) -> Result<Vec<Template>, Reported> {
        all(texts.iter().map(|it| self.template(it, report)))
    }

    /// Compiles a text about the workbook as a whole.
    pub(super) fn template(&self, text: &LocatedText, report: &mut Report) -> Result<Template, Reported> {
        book_template(self.loading, text, report)
    }
}

/// Compiles a text about a workbook as a whole.
pub(in crate::statistics) fn book_template(
    declaring: Declaring<'_>,
    text: &LocatedText,
    report: &mut Report,
) -> Result<Template, Reported> {
    let scope = frame_scope(declaring.schemas, None).with("facts", declaring.catalogue.types());
    let scope = scope.with(COMMITTEE, Type::Text);
    Template::compile(&text.text, text.origin, &scope, report)
}

type Texts = (Option<Vec<Template>>, Option<Vec<Template>>, Vec<Template>);

fn layout(fields: &mut Fields<'_, '_>) -> Result<(Paper, Zero), Reported> {
    let paper = fields.text_as("paper", paper);
    let ways = [("blank", Zero::Blank), ("zero", Zero::Shown), ("dash", Zero::Dash)];
    let zero = fields.text_as("zero", |it, report| meant(it, "零的写法", ways, report));
    let (paper, zero) = (paper, zero).whole()?;
    Ok((paper.unwrap_or_default(), zero.unwrap_or_default()))
}

/// A finding about a declaration that contradicts itself.
pub(super) fn inconsistent(message: String, at: Origin, hint: &str) -> Finding {
    Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(at).hint(hint)
}
