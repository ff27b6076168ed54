//! The filled cells of like columns, such as 1月 … 12月 or the posts of a committee, become one record each.

use super::Rows;
use crate::cell::{each, parse, says_nothing};
use crate::heading::LikeColumn;
use crate::table::{Cell, Record};
use crate::unfold::Unfold;
use finding::{ById, FieldId, Finding, Origin, Report, RowSpan, Target, codes};
use source::Row;
use value::{Amount, Epoch, Raw, Value, fold};

impl Rows<'_> {
    /// What stands in the like columns of a row; several of one column if its cell holds several values. What stands there
    /// again, and is to be counted once, is noted.
    pub(super) fn filled_cells(
        &self,
        row: &Row,
        unfold: &Unfold,
        report: &mut Report,
    ) -> Vec<(LikeColumn, Raw)> {
        let field = &self.table.fields[unfold.value_field];
        let filled = self.heading.columns.unfolded.iter().flat_map(|it| {
            let raw = self.get(row, it.col);
            let all = match unfold.holds_several {
                true => each(&field.kind, raw),
                false => vec![raw.clone()],
            };
            all.into_iter().map(|raw| (*it, raw))
        });
        let mut filled: Vec<(LikeColumn, Raw)> = filled.filter(|it| !says_nothing(field, &it.1)).collect();
        let mut seen: Vec<(String, LikeColumn)> = Vec::new();
        filled.retain(|(column, raw)| {
            let text = fold(&raw.display());
            let Some((_, first)) = seen.iter().find(|it| it.0 == text).filter(|_| unfold.is_once) else {
                seen.push((text, *column));
                return true;
            };
            report.push(self.again(row, unfold, [*first, *column], raw));
            false
        });
        filled
    }

    /// What is noted of a value that stands in two of the columns.
    fn again(&self, row: &Row, unfold: &Unfold, columns: [LikeColumn; 2], raw: &Raw) -> Finding {
        let [first, second] =
            columns.map(|it| unfold.columns.get(it.labels.column).map_or("", |it| &it.value));
        let message = format!("“{}”在“{first}”“{second}”两列都有，按“{first}”记一条", raw.display());
        let origin = self.page.origin(row.number, columns[1].col);
        Finding::new(&codes::VALUE_AGAIN_IN_ROW, message)
            .at(origin)
            .about(Target::part_with(origin, [self.heading.table]))
            .value(raw.display())
    }

    /// One record for each of them.
    pub(super) fn unfolded(
        &mut self,
        row: &Row,
        (unfold, filled): (&Unfold, Vec<(LikeColumn, Raw)>),
        cells: &ById<FieldId, Cell>,
        report: &mut Report,
    ) -> Vec<Record> {
        let mut records = Vec::new();
        let own = self.state.own;
        for (idx, (column, raw)) in filled.into_iter().enumerate() {
            let origin = self.page.origin(row.number, column.col);
            let mut cells = cells.clone();
            for (field_id, cell) in self.captions(unfold, column) {
                cells[field_id] = cell;
            }
            let rows = RowSpan::one(own.table.record(own.first.behind(idx)));
            cells[unfold.value_field] =
                self.fields.bind(self.fields.slot(unfold.value_field, rows, origin), &raw, report);
            for lent in self.lent(unfold) {
                let is_read = cells[unfold.value_field].value != Value::Invalid;
                cells[lent] = match is_read {
                    true => self.fields.bind(self.fields.slot(lent, rows, origin), &raw, report),
                    false => Cell { value: Value::Invalid, origin },
                };
            }
            records.push(Record { origin, cells, parent: None });
        }
        self.hold_total(row, unfold, &records, report);
        records
    }

    /// The fields that are read from the cells beside the value's own.
    fn lent(&self, unfold: &Unfold) -> Vec<FieldId> {
        let has_column = |it: &FieldId| self.fields.columns[*it].is_some();
        let lent = self.table.fields.ids().filter(|it| unfold.lends_to(self.table, *it));
        lent.filter(|it| !has_column(it)).collect()
    }

    /// What the label of a column and that of its group mean: read once, at the place of the heading.
    fn captions(&mut self, unfold: &Unfold, column: LikeColumn) -> Vec<(FieldId, Cell)> {
        let LikeColumn { col, labels, .. } = column;
        if let Some(captions) = self.state.captions.get(&col) {
            return captions.clone();
        }
        let origin =
            self.labels.get(&col).copied().unwrap_or_else(|| self.page.origin(self.heading.bottom, col));
        let group = unfold
            .group_field
            .and_then(|it| Some((it, Some(unfold.groups.get(labels.group)?.value.to_string()))));
        let label = self.label(unfold, column);
        if label.is_none() {
            self.blame_year(unfold, origin);
        }
        let said = unfold.column_fields.iter().map(|it| (*it, label.clone())).chain(group);
        let captions: Vec<(FieldId, Cell)> =
            said.map(|(field_id, text)| (field_id, self.caption(field_id, text, origin))).collect();
        self.state.captions.insert(col, captions.clone());
        captions
    }

    /// What a column's label says; `None` of a month of which nobody says the year.
    fn label(&self, unfold: &Unfold, LikeColumn { labels, year, .. }: LikeColumn) -> Option<String> {
        let label = &unfold.columns.get(labels.column)?.value;
        match unfold.is_of_year {
            true => year.or(self.year).map(|it| format!("{it}年{label}")),
            false => Some(label.to_string()),
        }
    }

    fn caption(&mut self, field_id: FieldId, text: Option<String>, origin: Origin) -> Cell {
        let Some(text) = text else { return Cell { value: Value::Invalid, origin } };
        let mut said = Report::default();
        let slot = self.fields.slot(field_id, self.state.own, origin);
        let cell = self.fields.bind(slot, &Raw::text(&text), &mut said);
        let faults = said.findings().iter().map(|it| Finding { about: Vec::new(), ..it.clone() });
        self.faults.found.extend(faults.map(|it| (vec![field_id], it)));
        cell
    }

    /// Says once that nothing tells of which year the months are.
    fn blame_year(&mut self, unfold: &Unfold, heading: Origin) {
        let fields = &unfold.column_fields;
        if fields.iter().any(|it| self.faults.absent.contains_key(it)) {
            return;
        }
        let titles: Vec<&str> = fields.iter().map(|it| &*self.table.fields[*it].title).collect();
        let titles = titles.join("”“");
        let message = format!("各月上面、标题、工作表名和文件名都没有写是哪一年，“{titles}”不能确定");
        let finding = Finding::new(&codes::COLUMN_MISSING, message).at(heading);
        let finding = finding.field(titles).hint("请在标题里或各月上面写明年度，如“2025年度”");
        self.faults.absent.extend(fields.iter().map(|it| (*it, heading)));
        self.faults.found.push((fields.clone(), finding));
    }

    /// Holds the column that adds up a row against the cells that it adds up.
    fn hold_total(&self, row: &Row, unfold: &Unfold, records: &[Record], report: &mut Report) {
        let Some(col) = self.heading.columns.total else { return };
        let field = &self.table.fields[unfold.value_field];
        let raw = self.get(row, col);
        let amount = |value: &Value| match value {
            Value::Decimal(amount) => Some(*amount),
            Value::Integer(number) => Some(Amount::from(*number)),
            _ => None,
        };
        // What cannot be read has been said at its own cell.
        let mut cells = records.iter().map(|it| amount(&it.cells[unfold.value_field].value));
        let Some(sum) = cells.try_fold(Amount::from(0_usize), |sum, next| sum.plus(next?)) else { return };
        let stated = parse(&field.kind, field, raw, Epoch::USUAL).ok().and_then(|it| amount(&it.value));
        let Some(stated) = stated.filter(|it| *it != sum) else { return };
        let message = format!("合计填{}，这一行各格相加为{}", stated.trimmed(), sum.trimmed());
        let finding = Finding::new(&codes::ROW_TOTAL_DIFFERS, message).at(self.page.origin(row.number, col));
        let finding = finding.about(Target::Field(self.state.own, unfold.value_field)).value(raw.display());
        report.push(finding.hint("请核对各格和合计；没有录全的，请补录"));
    }
}
