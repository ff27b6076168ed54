//! Dates are held against what their fields declare: the day of judging, the period, other dates of the record.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{ColumnId, Dataset, FieldRef};
use finding::{FileId, Finding, Report, Target, codes};
use project::Project;
use schema::{Customs, Earliest, Plausible};
use value::{PartialDate, Period, Value};

/// So many records of a file make a table of which can be said what it is.
const N_OF_A_TABLE: usize = 5;

/// Reports every date that cannot be, at its cell. A month or a year is judged only if all of its days lie outside. A date
/// with several faults is told of the first: what lies in the future lies outside the period, too.
pub fn check_dates(dataset: &Dataset, project: &Project, report: &mut Report) {
    let is_outside = |it: &Finding| it.code == codes::DATE_OUTSIDE_PERIOD.name;
    // Of a file that seems to be last year's as a whole that has been asked.
    let asked = report.findings().iter().filter(|it| it.code == codes::RETURN_FROM_OTHER_PERIOD.name);
    let asked: BTreeSet<FileId> = asked.filter_map(|it| it.origin).map(|it| it.file).collect();
    for (table_id, table) in dataset.schemas.tables.with_ids() {
        for (field_id, field) in table.fields.with_ids().filter(|(_, it)| !it.plausible.allows_all()) {
            let column =
                Column { dataset, project, id: table_id.column(field_id), plausible: &field.plausible };
            let records = || dataset.rows_of(table_id).map(|it| it.field(field_id));
            let found = records().filter_map(|it| column.check(it));
            let is_new =
                |it: &Finding| !(is_outside(it) && it.origin.is_some_and(|it| asked.contains(&it.file)));
            column.gathered(found.filter(is_new).collect()).into_iter().for_each(|it| report.push(it));
            let n_earlier = records().filter(|it| column.is_of_the_year_before(*it)).count();
            if n_earlier > 0 {
                report.push(column.earlier(n_earlier));
            }
        }
    }
}

/// A field whose dates are held against something.
struct Column<'a> {
    dataset: &'a Dataset,
    project: &'a Project,
    id: ColumnId,
    plausible: &'a Plausible,
}

impl Column<'_> {
    fn check(&self, at: FieldRef) -> Option<Finding> {
        let (cell, field) = (self.dataset.cell(at), self.dataset.field(self.id));
        let finding = dates(&cell.value).into_iter().find_map(|it| self.fault(at, it))?;
        let finding = finding.at(cell.origin).about(Target::field(at)).field(field.title.clone());
        let finding = finding.subject(self.dataset.subject(at.record()));
        Some(if field.sensitive { finding } else { finding.value(cell.value.display()) })
    }

    /// Puts what is said of a file of which all dates lie outside the period into one error: it will be last year's table,
    /// and what has not come for this year is not nothing.
    fn gathered(&self, found: Vec<Finding>) -> Vec<Finding> {
        let is_outside = |it: &Finding| it.code == codes::DATE_OUTSIDE_PERIOD.name;
        let file = |it: &Finding| it.origin.map(|it| it.file);
        let mut n_outside: BTreeMap<FileId, usize> = BTreeMap::new();
        for it in found.iter().filter(|it| is_outside(it)).filter_map(file) {
            *n_outside.entry(it).or_default() += 1;
        }
        n_outside.retain(|file, n| *n >= N_OF_A_TABLE && *n == self.n_dated(*file));
        let (of_tables, mut others): (Vec<Finding>, Vec<Finding>) = found
            .into_iter()
            .partition(|it| is_outside(it) && file(it).is_some_and(|it| n_outside.contains_key(&it)));
        for own in of_tables.chunk_by(|a, b| file(a) == file(b)) {
            others.push(self.whole(own));
        }
        others
    }

    /// How many records of a file have a date here.
    fn n_dated(&self, file: FileId) -> usize {
        let records =
            self.dataset.rows_of(self.id.table).map(|it| self.dataset.cell(it.field(self.id.field)));
        records.filter(|it| it.origin.file == file && !dates(&it.value).is_empty()).count()
    }

    fn whole(&self, own: &[Finding]) -> Finding {
        let (table, field) = (self.dataset.schema(self.id.table), self.dataset.field(self.id));
        let message = format!(
            "“{}”表{}条记录的{}都不在统计期间{}之内，没有计入，像是上年的表",
            table.title,
            own.len(),
            field.title,
            self.project.period
        );
        let first = own[0].clone();
        let place = first.origin.map(|it| Target::part_with(it, [self.id.table]));
        let mut finding = Finding { message, value: None, ..first.recoded(&codes::RETURN_OUTSIDE_PERIOD) };
        finding.severity = finding::Severity::Error;
        finding.about = own.iter().flat_map(|it| it.about.clone()).chain(place).collect();
        own.iter().for_each(|it| finding.subject.keep_common(&it.subject));
        finding.hint("交错了文件的，请换成本期的；年份写错的，请改正；本期确实没有的，请在表中填“无”")
    }

    fn fault(&self, at: FieldRef, date: PartialDate) -> Option<Finding> {
        let limits = || self.plausible.not_before.iter();
        self.late(date)
            .or_else(|| limits().find_map(|it| self.early(at, date, it)))
            .or_else(|| self.outside(date))
    }

    /// What has happened does not lie in the future.
    fn late(&self, date: PartialDate) -> Option<Finding> {
        let as_of = self.project.as_of;
        let message = || format!("{}晚于填报截止日{}", self.named(date), PartialDate::from(as_of));
        (self.plausible.happened && date.earliest() > as_of).then(|| {
            let finding =
                Finding::new(&codes::DATE_AFTER_CUTOFF, message()).basis(self.customs().cutoff_basis.clone());
            finding.hint("只报截止日以前已经发生的；年份写错的请改正")
        })
    }

    fn early(&self, at: FieldRef, date: PartialDate, limit: &Earliest) -> Option<Finding> {
        match limit {
            Earliest::Date(first) => (date.latest() < first.earliest()).then(|| {
                let message = format!("{}早于{first}，不合常理", self.named(date));
                Finding::new(&codes::DATE_TOO_EARLY, message).hint("多为年份写错，请对照原始材料核对")
            }),
            Earliest::Field(name) => {
                let other = at.record().field(self.dataset.schema(self.id.table).field(&name.text)?);
                let cell = self.dataset.cell(other);
                let Value::Date(first) = &cell.value else { return None };
                let title = &self.dataset.field(other.column()).title;
                (date.latest() < first.earliest()).then(|| {
                    let message = format!("{}早于{title}{first}，先后不对", self.named(date));
                    let finding =
                        Finding::new(&codes::DATES_REVERSED, message).hint("请对照原始材料核对两个时间");
                    finding.related(cell.origin, title.to_string()).about(Target::field(other))
                })
            }
        }
    }

    /// A record of a ledger that is left out because of its date is said.
    fn outside(&self, date: PartialDate) -> Option<Finding> {
        let is_left_out = self.is_outside(date) && !self.is_recent(date);
        is_left_out.then(|| {
            let message = format!("{}不在统计期间{}之内，没有计入", self.named(date), self.project.period);
            let finding =
                Finding::new(&codes::DATE_OUTSIDE_PERIOD, message).basis(self.customs().period_basis.clone());
            finding.hint("年份写错的请改正；确是别的时期的，请从本期的表中删去")
        })
    }

    fn is_outside(&self, date: PartialDate) -> bool {
        self.plausible.within_period && self.project.period.contains(&date) == Some(false)
    }

    /// Whether a date may lie in the years that end with the day of judging: conditions look back over them, whatever the
    /// period is, so that its records are rightly returned.
    fn is_recent(&self, date: PartialDate) -> bool {
        let years = Some(self.plausible.years_back).filter(|it| *it > 0);
        let looked_back = years.and_then(|it| Period::back(self.project.as_of, it.into()));
        looked_back.is_some_and(|it| it.contains(&date) != Some(false))
    }

    fn customs(&self) -> &Customs {
        &self.dataset.schemas.customs
    }

    fn is_of_the_year_before(&self, at: FieldRef) -> bool {
        let dates = dates(&self.dataset.cell(at).value);
        dates.into_iter().any(|it| self.is_outside(it) && self.is_recent(it))
    }

    /// Records that are rightly returned, and not counted in the period, are said in one note.
    fn earlier(&self, n_records: usize) -> Finding {
        let (table, field) = (self.dataset.schema(self.id.table), self.dataset.field(self.id));
        let message = format!(
            "“{}”表有{n_records}条记录的{}不在统计期间{}之内，而在截止日前{}年之内：只用于回看这段时间的条件，没有计入本期",
            table.title,
            field.title,
            self.project.period,
            value::chinese_number(self.plausible.years_back.into())
        );
        let finding = Finding::new(&codes::DATES_BEFORE_PERIOD, message)
            .basis(self.customs().period_basis.clone())
            .field(field.title.clone());
        finding.hint("无须处理；如应计入本期，请工程师核对项目文件中的统计期间（period）")
    }

    /// The field with the date that it gives.
    fn named(&self, date: PartialDate) -> String {
        let field = self.dataset.field(self.id);
        if field.sensitive { field.title.to_string() } else { format!("{}{date}", field.title) }
    }
}

/// The dates of a field: one, or those of a list.
fn dates(value: &Value) -> Vec<PartialDate> {
    match value {
        Value::Date(date) => vec![*date],
        Value::List(values) => values.iter().flat_map(dates).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::tests::tree;

    const EVENTS: &str = "\
id: events
title: 活动
key: [number]
label: number
fields:
  - {id: number, title: 序号, type: code, required: true}
  - {id: begun, title: 开始, type: date, not_after: as_of, not_before: 1921-07-01}
  - {id: ended, title: 结束, type: date, not_before: begun}
  - {id: held, title: 时间, type: date, not_after: as_of, not_before: [1949-10-01, begun], within: period, years_back: 1}
  - {id: due, title: 计划, type: date}
  - {id: seen, title: 考察, type: list, of: date, not_after: as_of}
";

    /// What is found in one record, as of 31 May 2024 in the year that ends on that day.
    fn found(fields: &str) -> Vec<String> {
        let mut report = Report::default();
        let schemas = Arc::new(schema::load(&[tree(EVENTS)], &mut report).unwrap());
        let records =
            schema::bind_tree(&tree(&format!("活动: [{{序号: A, {fields}}}]")), &schemas, &mut report);
        let dataset = Dataset::new(schemas, records, &mut report);
        check_dates(&dataset, &Project::example(date(2024, 5, 31)), &mut report);
        report.findings().iter().map(|it| format!("{} {}", it.code, it.message)).collect()
    }

    #[test]
    fn a_date_is_judged_where_every_day_of_it_lies_outside() {
        let cases = [
            ("开始: 2024-05-31, 结束: 2026-01-01, 时间: 2024-05-31, 计划: 2030年", None),
            ("开始: 2024年5月", None),
            ("开始: 2024年", None),
            ("开始: 2024年6月", Some("date-after-cutoff 开始2024年6月晚于填报截止日2024年5月31日")),
            ("开始: 2024-06-01", Some("date-after-cutoff 开始2024年6月1日晚于填报截止日2024年5月31日")),
            (
                "考察: 2024年4月、2024年6月",
                Some("date-after-cutoff 考察2024年6月晚于填报截止日2024年5月31日"),
            ),
            ("开始: 1921年7月", None),
            ("开始: 1921-07-01", None),
            ("开始: 1921-06-30", Some("date-too-early 开始1921年6月30日早于1921年7月1日，不合常理")),
            ("开始: 2024年3月, 结束: 2024-03-01", None),
            ("开始: 2024年3月, 结束: 2024年3月", None),
            (
                "开始: 2024-03-02, 结束: 2024年2月",
                Some("dates-reversed 结束2024年2月早于开始2024年3月2日，先后不对"),
            ),
            ("时间: 2023-06-01", None),
            (
                "时间: 2023年5月",
                Some(
                    "date-outside-period 时间2023年5月不在统计期间2023年6月1日至2024年5月31日之内，没有计入",
                ),
            ),
            ("时间: 2023年", None),
            // Of several faults the first is told.
            ("时间: 2027-05-07", Some("date-after-cutoff 时间2027年5月7日晚于填报截止日2024年5月31日")),
            ("时间: 1926-04-09", Some("date-too-early 时间1926年4月9日早于1949年10月1日，不合常理")),
            ("开始: 不详, 结束: 2024-03-01", Some("not-a-date “不详”不是日期")),
        ];
        for (fields, expected) in cases {
            assert_eq!(
                found(fields),
                expected.into_iter().map(str::to_owned).collect::<Vec<_>>(),
                "{fields}"
            );
        }
    }

    #[test]
    fn what_lies_before_the_period_but_in_the_last_year_is_told_in_one_note() {
        let mut report = Report::default();
        let schemas = Arc::new(schema::load(&[tree(EVENTS)], &mut report).unwrap());
        let records = "活动: [{序号: A, 时间: 2023-05-31}, {序号: B, 时间: 2023-06-01}, {序号: C, 时间: 2023-12-31}, {序号: D, 时间: 2024-01-01}]";
        let records = schema::bind_tree(&tree(records), &schemas, &mut report);
        let dataset = Dataset::new(schemas, records, &mut report);
        let period = Period::new(date(2024, 1, 1), date(2024, 12, 31)).unwrap();
        let project = Project { period, ..Project::example(date(2024, 5, 31)) };
        check_dates(&dataset, &project, &mut report);
        let found: Vec<_> = report.findings().iter().map(|it| (&*it.code, it.value.as_deref())).collect();
        assert_eq!(found, [("date-outside-period", Some("2023年5月31日")), ("dates-before-period", None)]);
        assert!(report.findings()[1].message.starts_with("“活动”表有2条记录的时间不在统计期间"));
    }

    #[test]
    fn what_lies_outside_the_period_is_not_said_of_a_file_of_another_year() {
        let records = "活动: [{序号: A, 时间: 2022-01-01}, {序号: B, 开始: 2030-01-01}]";
        for (known, wanted) in [
            (&codes::RETURN_FROM_OTHER_PERIOD, &["date-after-cutoff"][..]),
            (&codes::DATE_TOO_EARLY, &["date-outside-period", "date-after-cutoff"]),
        ] {
            let mut report = Report::default();
            let schemas = Arc::new(schema::load(&[tree(EVENTS)], &mut report).unwrap());
            let records = schema::bind_tree(&tree(records), &schemas, &mut report);
            let dataset = Dataset::new(schemas, records, &mut report);
            let place = dataset.record(dataset.rows().next().unwrap()).origin;
            report.push(Finding::new(known, "先说的").at(finding::Origin::file(place.file)));
            check_dates(&dataset, &Project::example(date(2024, 5, 31)), &mut report);
            let mut codes: Vec<&str> = report.findings().iter().skip(1).map(|it| &*it.code).collect();
            codes.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(codes, wanted, "{}", known.name);
        }
    }

    #[test]
    fn a_file_of_which_all_dates_lie_outside_the_period_is_one_error() {
        let record = |at: usize, year: &str| format!("{{序号: A{at}, 时间: {year}-03-0{at}}}");
        for (years, wanted) in [
            (&["2022"; 5][..], "return-outside-period 6 “活动”表5条记录的时间都不在统计期间"),
            (&["2022"; 4], "date-outside-period 1 时间2022年3月1日不在统计期间"),
            (
                &["2022", "2022", "2022", "2022", "2022", "2024"],
                "date-outside-period 1 时间2022年3月1日不在统计期间",
            ),
        ] {
            let mut report = Report::default();
            let schemas = Arc::new(schema::load(&[tree(EVENTS)], &mut report).unwrap());
            let records: Vec<String> = (1..).zip(years).map(|(at, year)| record(at, year)).collect();
            let records = format!("活动: [{}, {{序号: B}}]", records.join(", "));
            let records = schema::bind_tree(&tree(&records), &schemas, &mut report);
            let dataset = Dataset::new(schemas, records, &mut report);
            check_dates(&dataset, &Project::example(date(2024, 5, 31)), &mut report);
            let first = &report.findings()[0];
            let told = format!("{} {} {}", first.code, first.about.len(), first.message);
            assert!(told.starts_with(wanted), "{told}");
            let is_one = first.code == codes::RETURN_OUTSIDE_PERIOD.name;
            assert_eq!(report.findings().len() == 1, is_one, "{years:?}");
            assert_eq!(first.severity == finding::Severity::Error, is_one, "{years:?}");
        }
    }

    #[test]
    fn what_is_declared_is_checked() {
        let wrong = [
            ("not_after: today", "“not_after”只能是 as_of，实为“today”"),
            ("within: year", "“within”只能是 period，实为“year”"),
            ("not_before: begin", "“begin”既不是日期，也不是“活动”表的日期字段"),
            ("not_before: number", "“number”既不是日期，也不是“活动”表的日期字段"),
        ];
        for (key, message) in wrong {
            let mut report = Report::default();
            let text = EVENTS.replace(
                "title: 结束, type: date, not_before: begun",
                &format!("title: 结束, type: date, {key}"),
            );
            assert!(schema::load(&[tree(&text)], &mut report).is_err());
            assert_eq!(report.findings()[0].message, message);
        }
    }
}
