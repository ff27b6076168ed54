//! The entries of an axis, flattened into lines: what is nested becomes one row or column after another.

use std::sync::Arc;

use super::entry::{Conditions, LineEntry, Made, WrittenGiven};
use crate::kinds::Declaring;
use dataset::TableId;
use finding::{Finding, Origin, Report, codes};
use source::LocatedText;

/// Which way the lines of an axis run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Rows,
    Columns,
}

/// The lines of an axis, and every name that stands for some of them.
#[derive(Debug, Default)]
pub(super) struct Axis {
    pub(super) lines: Vec<Flat>,
    /// The path of each entry, and the lines whose sum it is.
    pub(super) names: Vec<(String, Vec<usize>)>,
}

/// A line before its conditions and names are understood.
#[derive(Debug, Clone)]
pub(super) struct Flat {
    pub(super) id: Arc<str>,
    pub(super) title: LocatedText,
    pub(super) headings: Vec<Arc<str>>,
    pub(super) level: u8,
    pub(super) conditions: Vec<Condition>,
    pub(super) of: Option<TableId>,
    pub(super) measure: Option<LocatedText>,
    /// How it is made; none for a heading, or a line of which only single cells are given.
    pub(super) made: Option<Made>,
    pub(super) cells: Vec<(LocatedText, WrittenGiven)>,
    pub(super) is_of_which: bool,
    pub(super) origin: Origin,
}

/// A condition of a line or of a heading above it.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Written(Conditions),
    /// A group of a dimension, both by index.
    Group {
        dimension: usize,
        group: usize,
    },
}

/// What a heading hands down to the entries below it.
#[derive(Clone, Default)]
struct Above {
    path: String,
    headings: Vec<Arc<str>>,
    level: u8,
    conditions: Vec<Condition>,
    of: Option<TableId>,
    measure: Option<LocatedText>,
    is_of_which: bool,
}

/// Flattens the entries of an axis.
pub(super) fn flatten(
    entries: &[LineEntry],
    direction: Direction,
    loading: Declaring<'_>,
    report: &mut Report,
) -> Axis {
    let mut flattening = Flattening { axis: Axis::default(), direction, loading };
    flattening.add_all(entries, &Above::default(), report);
    flattening.axis
}

struct Flattening<'a> {
    axis: Axis,
    direction: Direction,
    loading: Declaring<'a>,
}

impl Flattening<'_> {
    /// Adds entries and gives the lines whose sum is that of all of them.
    fn add_all(&mut self, entries: &[LineEntry], above: &Above, report: &mut Report) -> Vec<usize> {
        entries.iter().flat_map(|it| self.add(it, above, report)).collect()
    }

    /// Adds an entry with what stands below it, and gives the lines that a total above it adds up.
    fn add(&mut self, entry: &LineEntry, above: &Above, report: &mut Report) -> Vec<usize> {
        let path = join(&above.path, &entry.id.text);
        if self.axis.names.iter().any(|(it, _)| *it == path) {
            let finding = Finding::new(&codes::DUPLICATE_KEY, format!("行或列“{path}”声明了两次"));
            report.push(finding.at(entry.id.origin).hint("请改用不同的 id"));
        }
        let name = self.axis.names.len();
        self.axis.names.push((path.clone(), Vec::new()));
        let is_heading = !entry.entries.is_empty() || matches!(entry.made, Made::Dimension(_));
        let own = (!is_heading || self.direction == Direction::Rows).then(|| self.push(entry, above, &path));
        let below = self.below(entry, above, path);
        let mut parts = self.add_all(&entry.entries, &below, report);
        if let Made::Dimension(dimension) = entry.made {
            parts.extend(self.add_groups(dimension, entry, &below));
        }
        // A line without figures of its own stands for itself if nothing stands below it: single cells may be given.
        let figure = own.filter(|it| self.axis.lines[*it].made.is_some() || parts.is_empty());
        let total = || self.total_of(&self.axis.names[name].0);
        let lines = figure.or_else(total).map_or(parts, |it| vec![it]);
        self.axis.names[name].1.clone_from(&lines);
        if entry.is_of_which { Vec::new() } else { lines }
    }

    /// The line `total` of a heading, which stands for it.
    fn total_of(&self, path: &str) -> Option<usize> {
        let id = join(path, "total");
        self.axis.lines.iter().position(|it| *it.id == *id)
    }

    fn push(&mut self, entry: &LineEntry, above: &Above, path: &str) -> usize {
        let is_blank = match &entry.made {
            Made::Counted | Made::Dimension(_) => {
                let is_plain =
                    matches!(&entry.when, Conditions::Any(it) if it.is_empty()) && entry.of.is_none();
                !entry.is_line || !entry.is_counted || (!entry.cells.is_empty() && is_plain)
            }
            _ => false,
        };
        let made = if let Made::Dimension(_) = entry.made { Made::Counted } else { entry.made.clone() };
        self.axis.lines.push(Flat {
            id: path.into(),
            title: entry.title.clone(),
            headings: above.headings.clone(),
            level: above.level.saturating_add(u8::from(entry.is_of_which)),
            conditions: conditions(entry, above),
            of: entry.of.or(above.of),
            measure: entry.measure.clone().or_else(|| above.measure.clone()),
            made: (!is_blank).then_some(made),
            cells: entry.cells.clone(),
            is_of_which: entry.is_of_which || above.is_of_which,
            origin: entry.origin,
        });
        self.axis.lines.len() - 1
    }

    fn below(&self, entry: &LineEntry, above: &Above, path: String) -> Above {
        // A heading that is computed from other lines holds no condition.
        let own = matches!(entry.made, Made::Counted | Made::Dimension(_));
        Above {
            path,
            headings: above.headings.iter().cloned().chain([entry.title.text.clone()]).collect(),
            level: above.level.saturating_add(1).saturating_add(u8::from(entry.is_of_which)),
            conditions: if own { conditions(entry, above) } else { above.conditions.clone() },
            of: entry.of.or(above.of),
            measure: entry.measure.clone().or_else(|| above.measure.clone()),
            is_of_which: entry.is_of_which || above.is_of_which,
        }
    }

    fn add_groups(&mut self, dimension: usize, entry: &LineEntry, below: &Above) -> Vec<usize> {
        let declared = &self.loading.catalogue.dimensions[dimension];
        let mut lines = Vec::new();
        for (idx, group) in declared.groups.iter().enumerate() {
            let path = join(&below.path, &group.id);
            let group_condition = Condition::Group { dimension, group: idx };
            lines.push(self.axis.lines.len());
            self.axis.names.push((path.clone(), vec![self.axis.lines.len()]));
            self.axis.lines.push(Flat {
                id: path.into(),
                title: LocatedText { text: group.title.clone(), origin: entry.origin },
                headings: below.headings.clone(),
                level: below.level,
                conditions: below.conditions.iter().cloned().chain([group_condition]).collect(),
                of: below.of,
                measure: below.measure.clone(),
                made: Some(Made::Counted),
                cells: Vec::new(),
                is_of_which: below.is_of_which,
                origin: entry.origin,
            });
        }
        lines
    }
}

impl Axis {
    /// The lines that a name stands for: that of an entry, by its path or by the end of it if no other ends so.
    pub(super) fn named(&self, name: &LocatedText, report: &mut Report) -> Vec<usize> {
        let wanted = name.text.trim();
        if let Some((_, lines)) = self.names.iter().find(|(path, _)| path == wanted) {
            return lines.clone();
        }
        let ending = format!(".{wanted}");
        let found: Vec<_> = self.names.iter().filter(|(path, _)| path.ends_with(&ending)).collect();
        match &found[..] {
            [(_, lines)] => lines.clone(),
            [] => {
                let known = self.names.iter().map(|(path, _)| path.as_str());
                report.push(facts::unknown("行或列", name, known, &codes::SCHEMA_NAME_UNKNOWN));
                Vec::new()
            }
            several => {
                let all: Vec<&str> = several.iter().map(|(path, _)| path.as_str()).collect();
                let message = format!("“{wanted}”可以是{}", all.join("、"));
                let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(name.origin);
                report.push(finding.hint("请写出完整的名称"));
                Vec::new()
            }
        }
    }

    /// The one line that a name stands for.
    pub(super) fn line(&self, name: &LocatedText, report: &mut Report) -> Option<usize> {
        let n_findings = report.findings().len();
        let lines = self.named(name, report);
        if lines.len() != 1 && report.findings().len() == n_findings {
            let finding =
                Finding::new(&codes::STATISTICS_INCONSISTENT, format!("“{}”不是单独的一行或一列", name.text));
            report.push(finding.at(name.origin).hint("请写其中某一行或列的完整名称"));
            return None;
        }
        lines.first().copied()
    }
}

fn conditions(entry: &LineEntry, above: &Above) -> Vec<Condition> {
    let own = match &entry.when {
        Conditions::Any(texts) if texts.is_empty() => None,
        written => Some(Condition::Written(written.clone())),
    };
    above.conditions.iter().cloned().chain(own).collect()
}

fn join(above: &str, id: &str) -> String {
    if above.is_empty() { id.to_owned() } else { format!("{above}.{id}") }
}
