//! Columns whose label belongs to no field: misspelt, below a label that is split in another way, or simply further ones.

use super::explain::Explained;
use super::rows::HeadingFaults;
use crate::customs::Customs;
use crate::heading::Stranger;
use crate::table::{Field, FieldKind, Table};
use finding::{FieldId, Finding, Origin, codes};
use source::nearest;
use value::{Raw, fold_label};

/// A label below another that is part of the title of a field has at least so many characters: 教工 of 教工党员数.
const N_CHARS_OF_PART_MIN: usize = 2;
/// What stands between two labels in one.
const JOINTS: [char; 4] = ['/', '／', '、', '及'];
/// So many rows are looked at to see what stands in a column.
const N_ROWS_SEEN: usize = 200;

/// What was made of them.
pub(super) struct Strangers<'a> {
    /// What is said of fields that some of them may be meant for.
    pub(super) faults: HeadingFaults,
    /// The others.
    pub(super) left_out: Vec<(u16, &'a str)>,
}

impl<'a> Explained<'a> {
    /// Sorts them; `absent` are the fields without a column.
    pub(super) fn strangers(&self, absent: &[FieldId]) -> Strangers<'a> {
        let mut sorted = Strangers { faults: HeadingFaults::default(), left_out: Vec::new() };
        let mut rest: Vec<&'a Stranger> = self.heading.columns.strangers.iter().collect();
        for field_id in absent.iter().copied() {
            let field = &self.table().fields[field_id];
            let parts: Vec<&Stranger> =
                rest.iter().copied().filter(|it| self.is_part_of(it, field_id)).collect();
            let choices: Vec<&Stranger> =
                rest.iter().copied().filter(|it| self.is_choice_of(it, field_id)).collect();
            let (which, finding) = match (&parts[..], &choices[..]) {
                ([first, ..], _) if parts.iter().any(|it| self.is_filled(it.col, |_| true)) => {
                    (&parts, split(field, &parts, self.origin(first.col)))
                }
                // Of one that may be left empty, another table may have left a column or two.
                (_, [first, ..]) if choices.len() > 1 || field.default.is_some() => {
                    (&choices, not_ticked(field, &choices, self.origin(first.col)))
                }
                _ => continue,
            };
            sorted.faults.blame(field_id, finding, self.origin(which[0].col));
            rest.retain(|it| !which.contains(it));
        }
        for stranger in rest {
            let parts = self.parts(stranger, absent);
            if !parts.is_empty() {
                let origin = self.origin(stranger.col);
                let finding = combined(self.table(), stranger, &parts, origin);
                parts.iter().for_each(|it| {
                    sorted.faults.absent.insert(*it, origin);
                });
                sorted.faults.found.push((parts, finding));
                continue;
            }
            match self.meant_for(stranger, absent) {
                Some(field_id) => {
                    let origin = self.origin(stranger.col);
                    let finding = misspelt(&self.table().fields[field_id], stranger, origin);
                    sorted.faults.blame(field_id, finding, origin);
                    let heading = path(stranger);
                    let is_sure = is_sure(self.table(), absent, &stranger.label, &self.schemas.customs)
                        || self.is_only_part(stranger, absent);
                    if is_sure && !stranger.label.contains('/') {
                        sorted.faults.suggested.push((field_id, heading));
                    }
                }
                None => sorted.left_out.push((stranger.col, &stranger.label)),
            }
        }
        sorted
    }

    /// The field that a label was probably meant to name. A label of some table stands for what it says there, and is no
    /// slip for another: 入党时间 is not 办理时间.
    fn meant_for(&self, stranger: &Stranger, absent: &[FieldId]) -> Option<FieldId> {
        let (table, label) = (self.table(), &stranger.label);
        let near = || near_miss(table, absent, label, &self.schemas.customs);
        let alone = if self.lexicon.knows(label) { None } else { near() };
        alone.or_else(|| self.part_below(stranger, absent)).or_else(|| self.slip_below(stranger, absent))
    }

    /// The field one of whose names stands below the same label and differs by a slip: 教师工 below 党员人数.
    fn slip_below(&self, stranger: &Stranger, absent: &[FieldId]) -> Option<FieldId> {
        let above = stranger.above.last()?;
        let (above, own) =
            (self.lexicon.bare(above).unwrap_or_else(|| self.lexicon.fold(above)), &stranger.label);
        let is_meant = |name: &str| {
            let levels = name.rsplit_once('/');
            levels.is_some_and(|(upper, lowest)| {
                fold_label(upper) == above && is_slip(&self.lexicon.fold(own), &fold_label(lowest))
            })
        };
        let mut meant =
            absent.iter().filter(|it| self.table().fields[**it].synonyms.iter().any(|it| is_meant(it)));
        meant.next().copied()
    }

    /// The field of which a label below one that the table knows is a part: 教工 below 党员人数 is 教工党员数.
    fn part_below(&self, stranger: &Stranger, absent: &[FieldId]) -> Option<FieldId> {
        let table = self.heading.table;
        let is_known = |above: &String| {
            self.lexicon.field_named(table, above).is_some() || self.lexicon.heads(table, above)
        };
        let part = self.lexicon.fold(&stranger.label);
        if part.chars().count() < N_CHARS_OF_PART_MIN || !stranger.above.iter().any(is_known) {
            return None;
        }
        let is_whole = |it: &&FieldId| fold_label(&self.table().fields[**it].title).contains(&part);
        absent.iter().find(is_whole).copied()
    }

    /// Whether a label below a known one is a part of one field's title, and of no other.
    fn is_only_part(&self, stranger: &Stranger, absent: &[FieldId]) -> bool {
        let part = self.lexicon.fold(&stranger.label);
        let is_whole = |it: &&FieldId| fold_label(&self.table().fields[**it].title).contains(&part);
        self.part_below(stranger, absent).is_some() && absent.iter().filter(is_whole).count() == 1
    }

    /// The fields without a column that a label names beside others, if anything stands below it: 学历/学位.
    fn parts(&self, stranger: &Stranger, absent: &[FieldId]) -> Vec<FieldId> {
        let parts: Vec<&str> = stranger.label.split(JOINTS).filter(|it| !it.trim().is_empty()).collect();
        if parts.len() < 2 || !self.is_filled(stranger.col, |_| true) {
            return Vec::new();
        }
        let named = parts.iter().filter_map(|it| self.lexicon.field_named(self.heading.table, it));
        named.filter(|it| absent.contains(it)).collect()
    }

    /// Whether a column stands below the label of a field that it divides in a way of its own: 全日制 below 学历.
    fn is_part_of(&self, stranger: &Stranger, field: FieldId) -> bool {
        let above = stranger.above.last();
        above.is_some_and(|it| self.lexicon.field_named(self.heading.table, it) == Some(field))
    }

    /// Whether a label is one of the choices of a field, and something other than figures stands in its column.
    fn is_choice_of(&self, stranger: &Stranger, field: FieldId) -> bool {
        let FieldKind::Choice(choices) = &self.table().fields[field].kind else { return false };
        let is_word =
            |raw: &Raw| matches!(raw, Raw::Text(text) if !text.trim().chars().all(|it| it.is_ascii_digit()));
        choices.find(&stranger.label).is_some() && self.is_filled(stranger.col, is_word)
    }

    fn is_filled(&self, col: u16, with: impl Fn(&Raw) -> bool) -> bool {
        let below = self.layout.grid.rows_within(self.heading.bottom + 1..=u32::MAX);
        below.iter().take(N_ROWS_SEEN).map(|it| it.get(col)).any(|it| !it.is_empty() && with(it))
    }
}

fn quoted(columns: &[&Stranger]) -> String {
    let labels: Vec<String> = columns.iter().map(|it| format!("“{}”", it.label)).collect();
    labels.concat()
}

fn split(field: &Field, columns: &[&Stranger], origin: Origin) -> Finding {
    let code = if field.required { &codes::COLUMN_MISSING } else { &codes::HEADING_MISSPELT };
    let message = format!("“{}”下面分成了{}，不能确定以哪一列为准，都没有读取", field.title, quoted(columns));
    let hint = format!("请只留一列，表头写“{}”", field.title);
    Finding::new(code, message).at(origin).field(field.title.clone()).value(quoted(columns)).hint(hint)
}

fn combined(table: &Table, stranger: &Stranger, parts: &[FieldId], origin: Origin) -> Finding {
    let is_required = parts.iter().any(|it| table.fields[*it].required);
    let code = if is_required { &codes::COLUMN_MISSING } else { &codes::HEADING_MISSPELT };
    let titles: Vec<String> = parts.iter().map(|it| format!("“{}”", table.fields[*it].title)).collect();
    let message = format!("“{}”一列像是几项写在一起，没有读取", stranger.label);
    let finding = Finding::new(code, message).at(origin).field(titles.concat()).value(&*stranger.label);
    finding.hint(format!("请把{}单列出来", titles.concat()))
}

fn not_ticked(field: &Field, columns: &[&Stranger], origin: Origin) -> Finding {
    let code = if field.required { &codes::COLUMN_MISSING } else { &codes::HEADING_MISSPELT };
    let message = format!("{}像是“{}”的各种情形，其中填的不是“√”，没有读取", quoted(columns), field.title);
    let hint = format!("请在相应的一列打“√”，或改为“{}”一列", field.title);
    Finding::new(code, message).at(origin).field(field.title.clone()).value(quoted(columns)).hint(hint)
}

/// The absent field that a label was probably meant to name.
pub(super) fn near_miss(
    table: &Table,
    absent: &[FieldId],
    label: &str,
    customs: &Customs,
) -> Option<FieldId> {
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

/// A label with those above it.
fn path(stranger: &Stranger) -> String {
    [&stranger.above[..], std::slice::from_ref(&stranger.label)].concat().join("/")
}

/// Whether a label can only have been meant for one field: it is a slip for a name of that, and for none of another.
fn is_sure(table: &Table, absent: &[FieldId], label: &str, customs: &Customs) -> bool {
    let folded = customs.fold_label(label);
    let is_near = |it: &&FieldId| {
        let field = &table.fields[**it];
        [&field.title].into_iter().chain(&field.synonyms).any(|it| is_slip(&folded, &fold_label(it)))
    };
    absent.iter().filter(is_near).count() == 1
}

/// Whether two labels differ by so little that one is a slip of the pen: one character of up to four, two of five.
fn is_slip(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    3 * strsim::damerau_levenshtein(a, b) <= shorter + 1
}

/// A misspelt heading is never taken for the right one.
fn misspelt(field: &Field, stranger: &Stranger, origin: Origin) -> Finding {
    let label = path(stranger);
    let code = if field.required { &codes::COLUMN_MISSING } else { &codes::HEADING_MISSPELT };
    Finding::new(code, format!("表头“{label}”不在表式中，该列没有读取"))
        .at(origin)
        .field(field.title.clone())
        .value(&*label)
        .hint(format!("是否应为“{}”？请改正表头；确为表式之外的项目，请删去这一列", field.title))
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
