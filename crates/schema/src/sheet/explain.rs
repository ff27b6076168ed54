//! What was made of a heading is said: columns left out, misspelt, repeated or absent, and doubts.

use std::collections::BTreeMap;

use super::rows::HeadingFaults;
use crate::customs::Customs;
use crate::heading::{Found, Heading, Lexicon};
use crate::layout::Layout;
use crate::table::{Field, Schemas, Table};
use finding::{FieldId, Finding, Origin, Report, TableId, Target, cell_name, codes, row_ranges};
use source::nearest;
use value::{Raw, fold_label};

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
    pub(super) fn report(&self, report: &mut Report) -> HeadingFaults {
        self.doubt(report);
        let table = self.table();
        let absent: Vec<FieldId> = table.fields.ids().filter(|it| !self.has(*it)).collect();
        let mut faults = HeadingFaults::default();
        let HeadingFaults { absent: blamed, found } = &mut faults;
        let mut left_out = Vec::new();
        for (col, label) in &self.heading.columns.strangers {
            let near = near_miss(table, &absent, label, &self.schemas.customs);
            match near.filter(|_| self.is_misspelt(label)) {
                Some(field_id) => {
                    blamed.insert(field_id, self.origin(*col));
                    found.push((field_id, misspelt(&table.fields[field_id], label, self.origin(*col))));
                }
                None => left_out.push((*col, label.as_str())),
            }
        }
        self.left_out(&left_out, report);
        found.extend(self.repeated());
        for field_id in absent {
            if blamed.contains_key(&field_id) {
                continue;
            }
            let field = &table.fields[field_id];
            if field.required && field.default.is_none() {
                let message = format!("“{}”表缺少“{}”一列", table.title, field.title);
                blamed.insert(field_id, self.origin(first_column(self.heading)));
                let finding = Finding::new(&codes::COLUMN_MISSING, message)
                    .at(self.origin(first_column(self.heading)))
                    .field(field.title.clone())
                    .hint("请按表样补上这一列");
                found.push((field_id, finding));
            }
        }
        faults
    }

    fn table(&self) -> &Table {
        &self.schemas.tables[self.heading.table]
    }

    fn has(&self, field_id: FieldId) -> bool {
        self.heading.columns.has(self.table(), field_id) || self.said.contains_key(&field_id)
    }

    /// A label of some table stands for what it says there, and is no slip for another: 入党时间 is not 办理时间.
    fn is_misspelt(&self, label: &str) -> bool {
        !self.lexicon.knows(label)
    }

    fn doubt(&self, report: &mut Report) {
        let Some((rival, top, bottom)) = self.heading.rival else { return };
        let title = |table: TableId| &self.schemas.tables[table].title;
        let rows = |top: u32, bottom: u32| row_ranges(&(top..=bottom).collect::<Vec<_>>());
        let message = format!(
            "表头认作{}的“{}”表，但也像{}的“{}”表，没有把握",
            rows(self.heading.top, self.heading.bottom),
            title(self.heading.table),
            rows(top, bottom),
            title(rival)
        );
        let place = self.origin(first_column(self.heading));
        report.push(
            Finding::new(&codes::HEADING_UNCERTAIN, message)
                .at(place)
                .about(Target::part_with(place, [self.heading.table]))
                .value(shown_rows(self.layout, self.heading.top.min(top)))
                .hint("请核对读取结果；把工作表命名为表名，或在表式中用 header_rows 写明表头所在的行，即可消除疑问"),
        );
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
                column_ranges(columns.iter().map(|it| it.0)),
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

    fn repeated(&self) -> Vec<(FieldId, Finding)> {
        let repeated = self.heading.columns.repeated.iter().map(|(col, label, field_id)| {
            let title = &self.table().fields[*field_id].title;
            let message = format!("“{title}”在表头中出现了两次，只读取其中一列");
            let mut finding =
                Finding::new(&codes::HEADING_REPEATED, message).at(self.origin(*col)).value(label);
            if let Some(used) = self.heading.columns.fields.get(field_id) {
                finding = finding.related(self.origin(*used), "读取的是这一列");
            }
            (*field_id, finding.hint("请删除多余的一列，或改正其表头"))
        });
        repeated.collect()
    }

    fn origin(&self, col: u16) -> Origin {
        heading_origin(self.layout, self.heading, col)
    }
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

/// The absent field that a label was probably meant to name.
fn near_miss(table: &Table, absent: &[FieldId], label: &str, customs: &Customs) -> Option<FieldId> {
    let folded = customs.fold_label(label);
    let names: Vec<(String, FieldId)> = absent
        .iter()
        .flat_map(|idx| {
            let field = &table.fields[*idx];
            [&field.title].into_iter().chain(&field.synonyms).map(move |it| (fold_label(it), *idx))
        })
        .collect();
    let found = nearest(&folded, names.iter().map(|(name, _)| name.as_str()))?;
    let field_id = names.iter().find(|(name, _)| name == found).map(|(_, idx)| *idx)?;
    // A required column is missed in any case; who has left out another may well have meant what he wrote.
    (table.fields[field_id].required || is_slip(&folded, found)).then_some(field_id)
}

/// Whether two labels differ by so little that one is a slip of the pen: one character of up to four, two of five.
fn is_slip(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    3 * strsim::damerau_levenshtein(a, b) <= shorter + 1
}

/// A misspelt heading is never taken for the right one.
fn misspelt(field: &Field, label: &str, origin: Origin) -> Finding {
    let code = if field.required { &codes::COLUMN_MISSING } else { &codes::HEADING_MISSPELT };
    Finding::new(code, format!("表头“{label}”不在表式中，该列没有读取"))
        .at(origin)
        .field(field.title.clone())
        .value(label)
        .hint(format!("是否应为“{}”？请改正表头；确为表式之外的项目，请删去这一列", field.title))
}

/// A sheet in which no table was recognised, with the best guess and the rows that were looked at.
pub(super) fn unrecognised(layout: &Layout<'_>, found: &Found, schemas: &Schemas) -> Finding {
    let place = Origin::sheet(layout.grid.file, layout.grid.sheet);
    let titles = schemas.tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title);
    let hint = match &found.guess {
        Some((table, fields)) => {
            let table = &schemas.tables[*table];
            let known: Vec<&str> = fields.iter().map(|it| &*table.fields[*it].title).collect();
            let wanted = table.fields.with_ids().filter(|(id, it)| it.required && !fields.contains(id));
            let wanted: Vec<&str> = wanted.map(|(_, it)| &*it.title).collect();
            format!(
                "最接近的是“{}”表：只认得“{}”，不见“{}”。请按下发的表样填写表头",
                table.title,
                known.join("”“"),
                wanted.join("”“")
            )
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
pub(super) fn column_ranges(columns: impl Iterator<Item = u16>) -> String {
    let columns: Vec<u16> = columns.collect();
    let letters = |col: u16| cell_name(0, col).trim_end_matches('1').to_owned();
    let runs = columns.chunk_by(|a, b| *b == *a + 1);
    let shown: Vec<String> = runs
        .map(|it| match it {
            [first, .., last] => format!("{}—{}", letters(*first), letters(*last)),
            _ => it.first().map(|it| letters(*it)).unwrap_or_default(),
        })
        .collect();
    format!("{}列", shown.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_word_by_how_little_differs() {
        for (written, meant) in
            [("籍惯", "籍贯"), ("专业技术职物", "专业技术职务"), ("应换介时问", "应换届时间")]
        {
            assert!(is_slip(written, meant), "{written}");
        }
        for (written, other) in
            [("联系地址", "联系电话"), ("编制类别", "人才类别"), ("从事专业技术服务", "专业技术职务")]
        {
            assert!(!is_slip(written, other), "{written}");
        }
    }
}
