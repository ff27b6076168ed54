//! Files become records; those that are no returns are told apart: sent twice, sent back empty, last year's.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::around::Marks;
use super::copies::{self, Likeness};
use super::filed::Nothing;
use super::gather::gather;
use super::heading::Lexicon;
use super::reading::FileRecords;
use super::sent;
use super::table::{Records, Schemas};
use super::{defaults, mapping, sheet, whose};
use finding::{FileId, Finding, Origin, Report, Sources, TableId, Target, codes};
use source::{Content, Digest, Grid, Source};
use value::Period;

/// What the returns are held against.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The period that they report on.
    pub period: Period,
    /// Files of last year's project by what they hold, with their paths.
    pub earlier: &'a BTreeMap<Digest, Arc<str>>,
    /// Where the files lie.
    pub sources: &'a Sources,
}

/// Reads every record of every file.
pub(super) fn bind(
    files: Vec<Source>,
    schemas: &Schemas,
    expected: &Expected<'_>,
    report: &mut Report,
) -> Records {
    let lexicon = Lexicon::new(schemas);
    let read = |it: Source| {
        let Source { file, digest, repeats, name, content, .. } = it;
        let source = Sent { file, digest, repeats, name, is_tree: matches!(content, Content::Tree(_)) };
        let reading = read(&source.name, content, schemas, &lexicon);
        (source, reading)
    };
    let mut readings: Vec<(Sent, FileRecords)> = files.into_iter().map(read).collect();
    let placed = readings
        .iter_mut()
        .map(|(sent, reading)| (expected.sources.path(sent.file), Origin::file(sent.file), reading));
    whose::settle(&mut placed.collect::<Vec<_>>(), schemas);
    let ids: Vec<FileId> = readings.iter().map(|it| it.0.file).collect();
    let copies = copies::find(&readings, schemas);
    let mut records = Records::empty(schemas);
    for ((source, reading), copy) in readings.into_iter().zip(copies) {
        let place = Origin::file(source.file);
        let before = records.n_rows();
        if let Some((used, likeness)) = copy {
            Marks::default().settle(source.file, &before, report);
            report.push(copies::finding(place, reading.held(), Origin::file(ids[used]), likeness));
            continue;
        }
        let findings = judge(&source, &reading, schemas, expected);
        let is_other = |it: &Finding| it.code == codes::RETURN_FROM_OTHER_PERIOD.name;
        let filed = reading.filed(findings.iter().any(is_other));
        reading.marks.settle(source.file, &before, report);
        report.append_behind(reading.report, &before);
        findings.into_iter().for_each(|it| report.push(it));
        records.append(reading.records, schemas);
        records.files.insert(source.file, filed);
    }
    defaults::fill(&mut records.tables, schemas);
    records
}

/// Reads every record of one file.
pub(super) fn read_file(name: &str, content: Content, schemas: &Schemas, report: &mut Report) -> Records {
    let mut reading = read(name, content, schemas, &Lexicon::new(schemas));
    if let Some(file) = reading.unnamed.first().map(|it| Origin::file(it.sheet.file)) {
        whose::settle(&mut [(name, file, &mut reading)], schemas);
    }
    report.append(reading.report);
    defaults::fill(&mut reading.records.tables, schemas);
    reading.records
}

/// A file whose content has become records.
pub(super) struct Sent {
    /// The file.
    pub(super) file: FileId,
    digest: Digest,
    /// Files with the same bytes.
    repeats: Vec<FileId>,
    /// Its name without folder and ending.
    pub(super) name: String,
    is_tree: bool,
}

/// Reads one file, whose cells are let go as they become records.
fn read(file_name: &str, content: Content, schemas: &Schemas, lexicon: &Lexicon) -> FileRecords {
    let mut reading = FileRecords::new(schemas);
    match content {
        Content::Sheets(grids) => {
            let n_sheets = grids.iter().filter(|it| !it.is_empty()).count();
            let context = sheet::Context { schemas, lexicon, file_name, n_sheets };
            let text = grids.iter().find(|it| it.above.is_some()).map(|it| it.file);
            let is_text = n_sheets > 1 && grids.iter().all(|it| it.above.is_some());
            let stacked = is_text.then(|| Grid::stack(&grids)).flatten();
            match stacked.filter(|it| sheet::is_form_with_lists(it, context)) {
                Some(whole) => sheet::read(whole, context, &mut reading),
                None => grids.into_iter().for_each(|it| sheet::read(it, context, &mut reading)),
            }
            if let Some(file) = text.filter(|_| reading.tables.is_empty()) {
                reading.report = Report::default();
                reading.report.push(without_tables(file));
            }
        }
        Content::Tree(root) => {
            reading.marks = mapping::read(&root, schemas, &mut reading.records, &mut reading.report);
            let FileRecords { marks, tables, nothing, .. } = &mut reading;
            tables.extend(marks.named.iter().map(|it| it.0));
            let said = marks.named.iter().filter(|it| it.1).map(|it| it.0);
            nothing.extend(said.map(|table| Nothing { table, names: Vec::new() }));
        }
    }
    let FileRecords { hidden, tables, report, .. } = &mut reading;
    hidden.iter().for_each(|it| report.push(it.finding(|table| tables.contains(&table), schemas)));
    let mut settled = Report::default();
    let report = gather(std::mem::take(report));
    settled.append_about(report, |it| it.origin.filter(|_| it.about.is_empty()).map(Target::part_at));
    FileRecords { report: settled, ..reading }
}

/// A text of whose tables none is known counts as one that was not read.
fn without_tables(file: FileId) -> Finding {
    Finding::new(&codes::FILE_NOT_A_TABLE, "该文件是 Word 文档，其中的表格没有可以识别的表头，没有读取")
        .at(Origin::file(file))
        .hint("若其中有应当汇总的数据，请按表样写表头，或填入 xlsx 后重新提交")
}

/// What is to be said about the file as a whole, and about those with the same bytes.
fn judge(source: &Sent, reading: &FileRecords, schemas: &Schemas, expected: &Expected<'_>) -> Vec<Finding> {
    let place = Origin::file(source.file);
    let repeats = source.repeats.iter().map(|it| Origin::file(*it));
    if reading.n_records() == 0 {
        let is_said = |table: &TableId| reading.nothing.iter().any(|it| it.table == *table);
        let is_usual =
            reading.tables.iter().all(|it| schemas.tables[*it].returned.may_be_empty || is_said(it));
        // An empty key of a tree has been asked about where it stands.
        let places = [place].into_iter().chain(repeats).filter(|_| !is_usual && !source.is_tree);
        return places.map(|it| empty(it, reading)).collect();
    }
    let copy = |it: Origin| copies::finding(it, reading.held(), place, Likeness::Same);
    let mut findings: Vec<Finding> = repeats.map(copy).collect();
    let other = other_period(source, reading, expected).filter(|_| !source.is_tree);
    if other.is_none() {
        findings.extend(sent::old(&reading.sent, schemas, expected.period));
    }
    findings.extend(other);
    findings
}

fn empty(place: Origin, reading: &FileRecords) -> Finding {
    Finding::new(&codes::RETURN_EMPTY, "文件里有表头，但一条记录也没有")
        .at(place)
        .about(Target::part_with(place, reading.tables.iter().copied()))
        .hint("请向报送单位核实是否交错了空表；确无内容可报的，请写明理由")
}

/// The first sign that a file belongs to another year.
fn other_period(source: &Sent, reading: &FileRecords, expected: &Expected<'_>) -> Option<Finding> {
    let (first, last) = (expected.period.first(), expected.period.last());
    let file = Origin::file(source.file);
    let is_outside = |years: &[i16]| {
        let (min, max) = (years.iter().min(), years.iter().max());
        max.is_some_and(|it| *it < first.year()) || min.is_some_and(|it| *it > last.year())
    };
    let finding = |origin: Origin, message: String| {
        Finding::new(&codes::RETURN_FROM_OTHER_PERIOD, message)
            .at(origin)
            .about(Target::part_with(file, reading.held()))
            .hint("请核实是否交错了文件；确系本次材料的，请改正标题、日期或写明理由")
    };
    let period = format!("不在本次的期间（{first}至{last}）内");
    if let Some(path) = expected.earlier.get(&source.digest) {
        let message = format!("与上年项目中的文件“{path}”完全相同，疑为上年的材料");
        return Some(finding(file, message));
    }
    if let Some((origin, sent_for)) = sent::is_of_other_period(&reading.sent, expected.period) {
        return Some(finding(origin, format!("表样是为{sent_for}下发的，{period}")).value(sent_for));
    }
    let date = reading.facts.iter().find_map(|it| it.date.filter(|(date, _)| date.latest() < first));
    if let Some((date, origin)) = date {
        return Some(finding(origin, format!("填报日期为{date}，{period}")).value(date.to_string()));
    }
    let titled = reading.facts.iter().filter(|it| !it.expects_earlier_years).flat_map(|it| &it.years);
    let named = sheet::years_in(&source.name);
    let expects_earlier_years = reading.facts.iter().any(|it| it.expects_earlier_years);
    let by_name = [(named, file)].into_iter().filter(|_| !expects_earlier_years);
    let (years, origin) = titled.cloned().chain(by_name).find(|(years, _)| is_outside(years))?;
    let years: Vec<String> = years.iter().map(|it| format!("{it}年")).collect();
    Some(finding(origin, format!("标题或文件名写的是{}，{period}", years.join("、"))).value(years.join("、")))
}
