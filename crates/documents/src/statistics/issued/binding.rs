//! The sheets of a binding: rows, columns and cells with the figures that go there, each looked for on the workbook and among
//! the declared lines.

use std::collections::BTreeMap;

use annex::{Address, Blank, PlaceKind, Story};

use super::anatomy::Anatomy;
use super::bound::{Bind, BoundBlock, BoundSheet, CellRule, TextRule};
use super::declaration::{decided, left};
use super::drafting::letters;
use super::words::Words;
use super::{UNDECIDED, complete};
use crate::declaring::unknown_word;
use crate::kinds::Declaring;
use crate::statistics::declaration::{Body, Statistics};
use crate::statistics::line::{Line, LineKind};
use crate::statistics::load::book_template;
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Entry, Fields, LocatedText, Node, NodeKind, all};

/// What a binding is read within.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    pub(super) blank: &'a Blank,
    pub(super) statistics: &'a Statistics,
    pub(super) declaring: Declaring<'a>,
    pub(super) words: &'a Words,
}

/// Reads all sheets; every place of the workbook has to be decided about.
pub(super) fn sheets(
    nodes: &[Node],
    within: Within<'_>,
    origin: Origin,
    report: &mut Report,
) -> Result<Vec<BoundSheet>, Reported> {
    let read = all(nodes.iter().map(|it| sheet(it, within, report)))?;
    let (mut bound, mut left) = (Vec::new(), Vec::new());
    for it in read {
        match it {
            Read::Bound(sheet) => bound.push(*sheet),
            Read::Left(name) => left.push(name),
        }
    }
    complete::check(&bound, &left, within, origin, report)?;
    Ok(bound)
}

/// A sheet as it was read.
enum Read {
    Bound(Box<BoundSheet>),
    /// One that is left as it is, by its name.
    Left(String),
}

fn sheet(node: &Node, within: Within<'_>, report: &mut Report) -> Result<Read, Reported> {
    let mut fields = Fields::new(node, "工作表", report)?;
    let origin = fields.origin();
    let name = fields.required_text("sheet")?;
    let sheets = within.blank.sheets();
    let Some((number, own)) = sheets.iter().find(|it| it.1.trim() == name.text.trim()) else {
        let known: Vec<&str> = sheets.iter().map(|it| it.1).collect();
        return Err(unknown_word(&name, "工作表", known, fields.report()));
    };
    if let Some(why) = fields.text("leave") {
        fields.finish();
        decided(&why, &format!("工作表“{own}”"), fields.report())?;
        return Ok(Read::Left((*own).to_owned()));
    }
    let anatomy = Anatomy::read(within.blank, (*number, own), within.words);
    let table = fields.text_as("table", |it, report| table_named(it, within.statistics, report))?;
    let reading = Reading { anatomy: &anatomy, within, table };
    let names = fields.text_as("names", |it, report| reading.column(it, report));
    let columns = reading.binds(&mut fields, "columns");
    let rows = reading.binds(&mut fields, "rows");
    let blocks = names.and_then(|names| reading.blocks(&mut fields, names));
    let cells = all(fields.map("cells").iter().map(|it| reading.cell(it, fields.report())));
    let texts = all(fields.map("texts").iter().map(|it| reading.text(it, fields.report())));
    let (columns, rows, blocks, cells, texts) = fields.whole((columns, rows, blocks, cells, texts))?;
    let (cells, texts) = (cells.into_iter().collect(), texts.into_iter().collect());
    Ok(Read::Bound(Box::new(BoundSheet { anatomy, table, rows, columns, cells, texts, blocks, origin })))
}

fn table_named(
    written: &LocatedText,
    statistics: &Statistics,
    report: &mut Report,
) -> Result<usize, Reported> {
    decided(written, "工作表", report)?;
    let is_named = |it: &crate::statistics::declaration::Sheet| {
        it.id == written.text && matches!(it.body, Body::Figures { .. })
    };
    statistics.sheets.iter().position(is_named).ok_or_else(|| {
        let known: Vec<&str> = statistics.sheets.iter().map(|it| &*it.id).collect();
        unknown_word(written, "统计表", known, report)
    })
}

/// Reads what is said of a sheet.
struct Reading<'a> {
    anatomy: &'a Anatomy,
    within: Within<'a>,
    table: Option<usize>,
}

impl Reading<'_> {
    /// The rows or the columns: each a line, several that are added up, or left. Rows of blocks are read by themselves.
    fn binds(&self, fields: &mut Fields<'_, '_>, key: &str) -> Result<BTreeMap<usize, Bind>, Reported> {
        let entries = fields.map(key).iter().filter(|it| !it.key.contains('-'));
        let read = entries.map(|it| {
            let name = LocatedText { text: it.key.clone(), origin: it.key_origin };
            let report = fields.report();
            let at = if key == "rows" { self.row(&name, report) } else { self.column(&name, report) };
            let bind = self.bind(&it.value, key == "rows", report);
            Ok((at?, bind?))
        });
        Ok(all(read.collect::<Vec<_>>())?.into_iter().collect())
    }

    fn bind(&self, node: &Node, is_row: bool, report: &mut Report) -> Result<Bind, Reported> {
        if let Some(left) = left(node, report) {
            return left.map(Bind::Left);
        }
        let items = if let NodeKind::List(items) = &node.kind { items } else { std::slice::from_ref(node) };
        let lines = all(items.iter().map(|it| {
            let name = text(it, report)?;
            decided(&name, if is_row { "这一行" } else { "这一列" }, report)?;
            let found = self.line(&name, is_row, report)?;
            let is_each = self.lines(is_row).is_some_and(|it| matches!(it[found].kind, LineKind::Each(..)));
            if is_each && is_row {
                let message = format!("“{}”是每条记录一行的，一行放不下", name.text);
                let finding = Finding::new(&codes::PLACE_UNFIT, message).at(name.origin);
                return Err(
                    report.error(finding.hint("请写成一段空行，如 5-12，并写明名称在哪一列：names: B"))
                );
            }
            Ok(found)
        }));
        Ok(Bind::Lines(lines?))
    }

    fn lines(&self, is_row: bool) -> Option<&[Line]> {
        match &self.within.statistics.sheets[self.table?].body {
            Body::Figures { rows, columns, .. } => Some(if is_row { rows } else { columns }),
            Body::List(_) => None,
        }
    }

    fn line(&self, name: &LocatedText, is_row: bool, report: &mut Report) -> Result<usize, Reported> {
        match self.lines(is_row) {
            Some(lines) => line_named(lines, name, report),
            None => {
                let finding =
                    Finding::new(&codes::PLACE_UNFIT, "这张工作表没有写明是哪一张统计表").at(name.origin);
                Err(report.error(finding.hint("请补上 table: 统计表的 id")))
            }
        }
    }

    /// The rows for records: `5-12: committees`.
    fn blocks(&self, fields: &mut Fields<'_, '_>, names: Option<usize>) -> Result<Vec<BoundBlock>, Reported> {
        let entries: Vec<&Entry> = fields.map("rows").iter().filter(|it| it.key.contains('-')).collect();
        all(entries.into_iter().map(|it| self.block(it, names, fields.report())))
    }

    fn block(
        &self,
        entry: &Entry,
        names: Option<usize>,
        report: &mut Report,
    ) -> Result<BoundBlock, Reported> {
        let key = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
        let written = |it: &super::anatomy::Block| format!("{}-{}", it.rows.0 + 1, it.rows.1 + 1);
        let Some(block) = self.anatomy.blocks.iter().position(|it| written(it) == *key.text) else {
            let known: Vec<String> = self.anatomy.blocks.iter().map(written).collect();
            return Err(unknown_word(
                &key,
                "空行",
                known.iter().map(String::as_str).collect::<Vec<_>>(),
                report,
            ));
        };
        let name = text(&entry.value, report)?;
        decided(&name, "这些行", report)?;
        let line = self.line(&name, true, report)?;
        if !self.lines(true).is_some_and(|it| matches!(it[line].kind, LineKind::Each(..))) {
            let finding =
                Finding::new(&codes::PLACE_UNFIT, format!("“{}”只有一行", name.text)).at(name.origin);
            return Err(report.error(finding.hint("一段空行应写每条记录一行的那一项（统计声明中的 each）")));
        }
        names.map(|names| BoundBlock { block, line, names }).ok_or_else(|| {
            let finding =
                Finding::new(&codes::PLACE_UNDECIDED, "没有写明各行的名称填在哪一列").at(key.origin);
            report.error(finding.hint("请补上 names: 列，如 names: B"))
        })
    }

    fn cell(&self, entry: &Entry, report: &mut Report) -> Result<((usize, usize), CellRule), Reported> {
        let key = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
        let at = self.address(&key, report)?;
        if let Some(left) = left(&entry.value, report) {
            return Ok((at, CellRule::Left(left?)));
        }
        let written = text(&entry.value, report)?;
        decided(&written, &format!("“{}”", key.text), report)?;
        if written.text.contains("{{") {
            return Ok((at, CellRule::Text(book_template(self.within.declaring, &written, report)?)));
        }
        let mut parts = written.text.splitn(2, '.');
        let (sheet, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let sheet = table_named(
            &LocatedText { text: sheet.into(), origin: written.origin },
            self.within.statistics,
            report,
        )?;
        let Body::Figures { rows, columns, .. } = &self.within.statistics.sheets[sheet].body else {
            return Err(no_figure(&written, report));
        };
        // Ids may be paths themselves: the last part that leaves two known names is the column.
        let named = |lines: &[Line], name: &str| lines.iter().position(|it| &*it.id == name);
        let split = rest.match_indices('.').map(|it| (&rest[..it.0], &rest[it.0 + 1..]));
        let found =
            split.filter_map(|(row, column)| Some((named(rows, row)?, named(columns, column)?))).next();
        let (row, column) = found.ok_or_else(|| no_figure(&written, report))?;
        Ok((at, CellRule::Figure(sheet, row, column)))
    }

    fn text(&self, entry: &Entry, report: &mut Report) -> Result<(Address, Vec<TextRule>), Reported> {
        let key = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
        let sheet = self.anatomy.sheet;
        let spelled = format!("工作表{sheet}!{}", key.text);
        let at = Address::read(&spelled).ok().filter(|it| it.story == Story::Sheet(sheet));
        let Some((at, place)) = at.and_then(|at| Some((at, self.within.blank.place(at)?))) else {
            return Err(unknown_place(&key, report));
        };
        let items = match &entry.value.kind {
            NodeKind::List(items) => items,
            _ => std::slice::from_ref(&entry.value),
        };
        let rule = |it: &Node, report: &mut Report| {
            if let Some(left) = left(it, report) {
                return left.map(TextRule::Left);
            }
            let written = text(it, report)?;
            decided(&written, &format!("“{}”", key.text), report)?;
            book_template(self.within.declaring, &written, report).map(TextRule::Template)
        };
        let rules = all(items.iter().map(|it| rule(it, report)))?;
        let n_wanted = if let PlaceKind::Text(gaps) = &place.kind { gaps.len() } else { 1 };
        let is_left = rules.iter().all(|it| matches!(it, TextRule::Left(_)));
        if rules.len() != n_wanted && !(is_left && rules.len() == 1) {
            let message = format!("“{}”有{n_wanted}处空白，写了{}项", key.text, rules.len());
            let finding = Finding::new(&codes::PLACE_UNFIT, message).at(key.origin);
            return Err(report.error(finding.hint("请按先后各写一项；不填的写 {leave: 原因}")));
        }
        Ok((at, rules))
    }

    fn row(&self, key: &LocatedText, report: &mut Report) -> Result<usize, Reported> {
        let found = self.anatomy.rows.iter().find(|it| (it.at + 1).to_string() == *key.text.trim());
        found.map(|it| it.at).ok_or_else(|| unknown_place(key, report))
    }

    fn column(&self, key: &LocatedText, report: &mut Report) -> Result<usize, Reported> {
        let own = self.anatomy.columns.iter().map(|it| it.at);
        let of_blocks =
            self.anatomy.blocks.iter().flat_map(|it| it.names.into_iter().chain(it.numbers.iter().copied()));
        let mut all = own.chain(of_blocks);
        all.find(|it| letters(*it) == *key.text.trim()).ok_or_else(|| unknown_place(key, report))
    }

    fn address(&self, key: &LocatedText, report: &mut Report) -> Result<(usize, usize), Reported> {
        let found = Address::read(&format!("工作表{}!{}", self.anatomy.sheet, key.text)).ok();
        let at = found.and_then(|it| match it.spot {
            annex::Spot::Cell { row, cell, .. } => Some((row - 1, cell - 1)),
            _ => None,
        });
        at.filter(|it| self.anatomy.cell(it.0, it.1).is_some()).ok_or_else(|| unknown_place(key, report))
    }
}

/// A line by its id, or by the end of one if no other ends so.
fn line_named(lines: &[Line], name: &LocatedText, report: &mut Report) -> Result<usize, Reported> {
    let wanted = name.text.trim();
    if let Some(found) = lines.iter().position(|it| &*it.id == wanted) {
        return Ok(found);
    }
    let ending = format!(".{wanted}");
    let found: Vec<usize> = (0..lines.len()).filter(|it| lines[*it].id.ends_with(&ending)).collect();
    match found[..] {
        [one] => Ok(one),
        [] => {
            let known: Vec<&str> = lines.iter().map(|it| &*it.id).collect();
            Err(report.error(facts::unknown("行或列", name, known.into_iter(), &codes::SCHEMA_NAME_UNKNOWN)))
        }
        _ => {
            let all: Vec<&str> = found.iter().map(|it| &*lines[*it].id).collect();
            let message = format!("“{wanted}”可以是{}", all.join("、"));
            let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(name.origin);
            Err(report.error(finding.hint("请写出完整的名称")))
        }
    }
}

fn text(node: &Node, report: &mut Report) -> Result<LocatedText, Reported> {
    match &node.kind {
        NodeKind::Scalar(text) => Ok(LocatedText { text: text.clone(), origin: node.origin }),
        _ => {
            let finding = Finding::new(&codes::WRONG_KIND, "应为文字").at(node.origin);
            Err(report
                .error(finding.hint(format!("请写填什么，或 {{leave: 原因}}；还没有决定的是“{UNDECIDED}”"))))
        }
    }
}

fn unknown_place(key: &LocatedText, report: &mut Report) -> Reported {
    let message = format!("表样的这张工作表上没有“{}”这个要填的位置", key.text);
    let finding = Finding::new(&codes::PLACE_UNKNOWN, message).at(key.origin);
    report.error(finding.hint("行写行号（8），列写列标（C），格写 C8，都是表样上的；请对照“填表位置.pdf”"))
}

fn no_figure(written: &LocatedText, report: &mut Report) -> Reported {
    let message = format!("“{}”不是统计表中的一个数", written.text);
    let finding = Finding::new(&codes::PLACE_UNKNOWN, message).at(written.origin);
    report.error(finding.hint("请写成 表.行.列，如 t2.total.women；文字写成 {{ … }}"))
}
