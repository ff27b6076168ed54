//! What was made of a heading is said: columns left out, misspelt, repeated or absent, and doubts.

use std::collections::BTreeMap;

use super::rows::HeadingFaults;
use super::strangers::Strangers;
use crate::heading::{Doubt, Found, Heading, Lexicon};
use crate::layout::Layout;
use crate::table::{FieldKind, Schemas, Table};
use finding::{FieldId, Finding, Origin, Report, TableId, Target, cell_name, codes, row_ranges};
use value::Raw;

/// So many rows are shown when a heading is doubtful or not found.
const N_ROWS_SHOWN: usize = 4;
/// Of so many cells each.
const N_CELLS_SHOWN: usize = 6;
/// A label of more characters is a note beside the table.
const N_CHARS_OF_LABEL_MAX: usize = 30;

/// A heading and all that is known about it.
#[derive(Clone, Copy)]
pub(super) struct Explained<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) schemas: &'a Schemas,
    pub(super) lexicon: &'a Lexicon,
    pub(super) heading: &'a Heading,
    /// What the sheet's name says of fields without a column.
    pub(super) said: &'a BTreeMap<FieldId, Raw>,
}

impl Explained<'_> {
    /// Says what was made of the heading. What is wrong with single columns is left to whoever knows the records below.
    /// Columns of which all is `known` are not missed.
    pub(super) fn report(&self, report: &mut Report, known: Option<&HeadingFaults>) -> HeadingFaults {
        let table = self.table();
        let is_known = |it: FieldId| known.is_some_and(|known| known.absent.contains_key(&it));
        let absent: Vec<FieldId> = table.fields.ids().filter(|it| !self.has(*it) && !is_known(*it)).collect();
        let Strangers { mut faults, left_out } = self.strangers(&absent);
        self.left_out(&left_out, report);
        faults.found.extend(self.repeated());
        let lacks = |it: &FieldId| table.fields[*it].required && table.fields[*it].default.is_none();
        let place = self.origin(first_column(self.heading));
        let is_blamed = |it: &FieldId| faults.absent.contains_key(it);
        let absent: Vec<FieldId> = absent.into_iter().filter(|it| !is_blamed(it)).collect();
        faults.absent.extend(absent.iter().filter(|it| lacks(it)).map(|it| (*it, place)));
        let is_owner = |it: &FieldId| says_whose(self.schemas, table, *it);
        let (owners, others): (Vec<FieldId>, Vec<FieldId>) = absent.into_iter().partition(is_owner);
        for owner in owners {
            let title = &table.fields[owner].title;
            let hint = format!("请按表样补上这一列；整张表都是一个单位的，可在表头上面写明“{title}：某某”");
            let missing = lacks(&owner).then(|| self.missing(&[owner]).hint(hint));
            faults.unnamed.push((owner, missing));
        }
        let assumed = others.iter().filter(|it| table.fields[**it].notes_absence).copied().collect();
        faults.found.extend(self.assumed(assumed));
        let others: Vec<FieldId> = others.into_iter().filter(lacks).collect();
        if !others.is_empty() {
            let these = if others.len() == 1 { "这一列" } else { "这些列" };
            let finding = self.missing(&others).hint(format!("请按表样补上{these}"));
            faults.found.push((others, finding));
        }
        faults
    }

    /// What is said of fields without a column that must be filled in.
    fn missing(&self, fields: &[FieldId]) -> Finding {
        let table = self.table();
        let titles: Vec<&str> = fields.iter().map(|it| &*table.fields[*it].title).collect();
        let columns = if fields.len() == 1 { "一列".to_owned() } else { format!("共{}列", fields.len()) };
        let message = format!("“{}”表缺少“{}”{columns}", table.title, titles.join("”“"));
        let place = self.origin(first_column(self.heading));
        Finding::new(&codes::COLUMN_MISSING, message).at(place).field(titles.join("、"))
    }

    /// What is noted of fields without a column, of which every record now has the default.
    fn assumed(&self, fields: Vec<FieldId>) -> Option<(Vec<FieldId>, Finding)> {
        let defaults = fields.iter().filter_map(|it| {
            let field = &self.table().fields[*it];
            Some((&*field.title, &**field.default.as_ref()?))
        });
        let (titles, defaults): (Vec<&str>, Vec<&str>) = defaults.unzip();
        let (columns, these, each) = match titles.len() {
            0 => return None,
            1 => ("一列".to_owned(), "这一列", ""),
            n => (format!("共{n}列"), "这些列", "依次"),
        };
        let (named, assumed) = (titles.join("”“"), defaults.join("”“"));
        let message = format!("表中没有“{named}”{columns}，各条记录都{each}按“{assumed}”计");
        let hint = format!("各条记录确实都是“{assumed}”的，不必处理；不是的，请补上{these}");
        let finding =
            Finding::new(&codes::COLUMN_ASSUMED, message).at(self.origin(first_column(self.heading)));
        Some((fields, finding.field(titles.join("、")).hint(hint)))
    }

    pub(super) fn table(&self) -> &Table {
        &self.schemas.tables[self.heading.table]
    }

    fn has(&self, field_id: FieldId) -> bool {
        self.heading.columns.has(self.table(), field_id) || self.said.contains_key(&field_id)
    }

    /// Why nothing below the heading is read, if there is a doubt which table it is.
    pub(super) fn doubt(&self) -> Option<Finding> {
        let title = |table: TableId| &self.schemas.tables[table].title;
        let own = title(self.heading.table);
        let rows = |top: u32, bottom: u32| row_ranges(&(top..=bottom).collect::<Vec<_>>());
        let place = self.origin(first_column(self.heading));
        let finding = match self.heading.doubt.as_ref()? {
            Doubt::Rival(rival, top, bottom) => {
                let (of_own, of_rival) = (rows(self.heading.top, self.heading.bottom), rows(*top, *bottom));
                let rival_title = title(*rival);
                let message = format!(
                    "{of_own}像“{own}”表的表头，{of_rival}又像“{rival_title}”表的，没有把握，没有读取"
                );
                let names = if own == rival_title {
                    format!("“{own}”")
                } else {
                    format!("“{own}”或“{rival_title}”")
                };
                Finding::new(&codes::HEADING_UNCERTAIN, message)
                    .about(Target::part_with(place, [self.heading.table, *rival]))
                    .value(shown_rows(self.layout, self.heading.top.min(*top)))
                    .hint(format!(
                        "是哪张表，请把工作表命名为{names}；也可在表式中用 header_rows 写明表头所在的行"
                    ))
            }
            Doubt::Named(named) => {
                let message = format!("工作表名或标题写的是“{}”，表头却不像这张表，没有读取", title(*named));
                let hint = format!(
                    "{}。表头更像“{own}”表：确是该表的，请改工作表名和标题",
                    nearest_table(&self.schemas.tables[*named], &[])
                );
                Finding::new(&codes::HEADING_NOT_FOUND, message)
                    .about(Target::part_with(place, [self.heading.table, *named]))
                    .value(shown_rows(self.layout, self.heading.top))
                    .hint(hint)
            }
            Doubt::Other(word) => {
                let message = format!("工作表名或标题写着“{word}”，不像是“{own}”表，没有读取");
                Finding::new(&codes::SHEET_OF_ANOTHER_KIND, message)
                    .about(Target::part_with(place, [self.heading.table]))
                    .value(shown_rows(self.layout, self.heading.top))
                    .hint(format!("不是上报的表，请删去；确是“{own}”表，请改工作表名和标题"))
            }
        };
        Some(finding.at(place))
    }

    /// Columns without a field, in one note; they may have been left over from another form.
    fn left_out(&self, columns: &[(u16, &str)], report: &mut Report) {
        let is_note = |it: &(u16, &str)| {
            it.1.chars().count() > N_CHARS_OF_LABEL_MAX || self.schemas.customs.is_remark(it.1)
        };
        let (notes, columns): (Vec<_>, Vec<_>) = columns.iter().copied().partition(is_note);
        // What calls itself a note belongs to the form.
        if let Some((col, text)) = notes.iter().find(|it| !self.schemas.customs.is_remark(it.1)) {
            let message = "表旁的说明文字没有作为数据读取";
            report.push(
                Finding::new(&codes::COLUMN_IGNORED, message)
                    .at(self.origin(*col))
                    .value(text.chars().take(N_CHARS_OF_LABEL_MAX).collect::<String>()),
            );
        }
        let Some((first, label)) = columns.first() else { return };
        let labels: Vec<&str> = columns.iter().map(|it| it.1).collect();
        let message = match columns.len() {
            1 => format!("“{label}”一列不在表式中，没有读取"),
            n => format!(
                "{}共{n}列（{}）不在表式中，没有读取",
                column_ranges(self.layout, columns.iter().map(|it| it.0)),
                labels.join("、")
            ),
        };
        let mut finding =
            Finding::new(&codes::COLUMN_IGNORED, message).at(self.origin(*first)).value(labels.join("、"));
        if columns.len() > 1 && labels.iter().all(|it| self.lexicon.knows(it)) {
            finding = finding.hint("这些列是别的表样中的项目，多半是套用表样时留下的");
        } else {
            finding = finding.hint("其中如有应上报的内容，请移到表样中相应的列");
        }
        report.push(finding);
    }

    fn repeated(&self) -> Vec<(Vec<FieldId>, Finding)> {
        let repeated = self.heading.columns.repeated.iter().map(|(col, label, field_id)| {
            let title = &self.table().fields[*field_id].title;
            let message = format!("“{title}”在表头中出现了两次，只读取其中一列");
            let mut finding =
                Finding::new(&codes::HEADING_REPEATED, message).at(self.origin(*col)).value(label);
            if let Some(used) = self.heading.columns.fields.get(field_id) {
                finding = finding.related(self.origin(*used), "读取的是这一列");
            }
            (vec![*field_id], finding.hint("请删除多余的一列，或改正其表头"))
        });
        repeated.collect()
    }

    pub(super) fn origin(&self, col: u16) -> Origin {
        heading_origin(self.layout, self.heading, col)
    }
}

/// Whether a field says to which branch or committee a record belongs.
pub(super) fn says_whose(schemas: &Schemas, table: &Table, field_id: FieldId) -> bool {
    let paths = [&table.subject.branch, &table.subject.committee].into_iter().flatten();
    let FieldKind::Reference(reference) = &table.fields[field_id].kind else { return false };
    let leads = schemas.index(&reference.to);
    let is_body = leads.is_some() && [schemas.branches(), schemas.committees()].contains(&leads);
    is_body && paths.filter_map(|it| it.first()).any(|it| *it == field_id)
}

/// Whether a reference is named by its code, which is among these fields.
pub(super) fn is_named_by_code<T>(table: &Table, field: FieldId, among: &BTreeMap<FieldId, T>) -> bool {
    let FieldKind::Reference(reference) = &table.fields[field].kind else { return false };
    let code = reference.fallback.as_ref().and_then(|it| table.field(it));
    code.is_some_and(|it| among.contains_key(&it))
}

/// The place of a column's lowest heading: the visible cell, if it is merged.
pub(super) fn heading_origin(layout: &Layout<'_>, heading: &Heading, col: u16) -> Origin {
    match layout.merge_at(heading.bottom, col) {
        Some(area) => layout.origin(area.top, area.left),
        None => layout.origin(heading.bottom, col),
    }
}

/// The first column that holds data.
pub(super) fn first_column(heading: &Heading) -> u16 {
    heading.columns.data().first().copied().unwrap_or_default()
}

/// A sheet in which no table was recognised, with the best guess and the rows that were looked at.
pub(super) fn unrecognised(layout: &Layout<'_>, found: &Found, schemas: &Schemas) -> Finding {
    let place = Origin::sheet(layout.grid.file, layout.grid.sheet);
    let titles = schemas.tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title);
    let hint = match &found.guess {
        Some((table, fields)) => {
            let table = &schemas.tables[*table];
            format!("{}。请按下发的表样填写表头", nearest_table(table, fields))
        }
        None => {
            let titles: Vec<&str> = titles.collect();
            format!("请按下发的表样填写表头。可识别的表有：{}", titles.join("、"))
        }
    };
    let first = layout.grid.rows().first().map_or(0, |it| it.number);
    Finding::new(&codes::HEADING_NOT_FOUND, "没有找到可以识别的表头，本表未读取")
        .at(place)
        .value(shown_rows(layout, first))
        .hint(hint)
}

/// What of a table is known on a sheet, and what it lacks.
fn nearest_table(table: &Table, fields: &[FieldId]) -> String {
    let titles = |fields: Vec<FieldId>| {
        let titles: Vec<&str> = fields.iter().map(|it| &*table.fields[*it].title).collect();
        titles.join("”“")
    };
    let required = table.fields.with_ids().filter(|(id, it)| it.required && !fields.contains(id));
    let lacking = titles(required.map(|it| it.0).collect());
    match fields {
        [] => format!("“{}”表应有“{lacking}”", table.title),
        known => {
            format!("最接近的是“{}”表：只认得“{}”，不见“{lacking}”", table.title, titles(known.to_vec()))
        }
    }
}

/// The beginning of some rows, as findings show it.
fn shown_rows(layout: &Layout<'_>, from: u32) -> String {
    let rows = layout.grid.rows_within(from..=u32::MAX).iter().take(N_ROWS_SHOWN);
    let shown = rows.map(|row| {
        let texts: Vec<String> = row.cells().iter().take(N_CELLS_SHOWN).map(|it| it.1.display()).collect();
        format!("第{}行：{}", row.number + 1, texts.join(" | "))
    });
    shown.collect::<Vec<_>>().join(" ⏎ ")
}

/// Columns as the clerk names them: `M—R、T列`.
pub(super) fn column_ranges(layout: &Layout<'_>, columns: impl Iterator<Item = u16>) -> String {
    let columns: Vec<u16> = columns.collect();
    // The columns of a table in a text have no letters.
    let is_text = layout.grid.above.is_some();
    let letters = |col: u16| match is_text {
        true => col.saturating_add(1).to_string(),
        false => cell_name(0, col).trim_end_matches('1').to_owned(),
    };
    let runs = columns.chunk_by(|a, b| *b == *a + 1);
    let shown: Vec<String> = runs
        .map(|it| match it {
            [first, .., last] => format!("{}—{}", letters(*first), letters(*last)),
            _ => it.first().map(|it| letters(*it)).unwrap_or_default(),
        })
        .collect();
    format!("{}{}列", if is_text { "第" } else { "" }, shown.join("、"))
}
