//! A form that has come back is bound by its marks: each column to the field that its mark names, wherever it stands now. What
//! was done to the headings is said.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{FormColumn, form_columns};
use super::{FormMark, Sent};
use crate::heading::{Columns, Heading, Labels, Lexicon, LikeColumn, Stranger};
use crate::layout::Layout;
use crate::table::{Schemas, Table};
use finding::{FieldId, Finding, Origin, Severity, TableId, cell_name, codes};
use source::{Grid, Row};
use value::{Raw, fold_label};

/// The heading stands in one of so many rows below the marks.
const N_ROWS_BELOW: u32 = 12;
/// So many rows stand between the marks and the heading of a form as it is sent out.
const N_ROWS_BETWEEN: u32 = 3;
/// Headings of which no more than this share is left are gone by as if there were no marks.
const SHARE_LEFT_MIN: f64 = 0.5;

/// The marks of a form.
pub(crate) struct Marked {
    mark: FormMark,
    row: u32,
    /// What each column holds.
    ids: Vec<(u16, String)>,
}

/// What became of them.
pub(crate) enum Binding {
    /// The columns are bound by them.
    Bound(Box<Bound>),
    /// The headings are others, and are gone by; the finding says so.
    Unlike(Sent, Box<Finding>),
    /// The table is none of ours.
    Unknown,
}

/// A form whose columns are known.
pub(crate) struct Bound {
    pub(crate) heading: Heading,
    pub(crate) sent: Sent,
    /// What is said of fields, and so of all records below.
    pub(crate) found: Vec<(Vec<FieldId>, Finding)>,
    /// Fields whose column was found and is not read, with the place in the heading that is to blame.
    pub(crate) unread: BTreeMap<FieldId, Origin>,
}

/// A column of a form as it has come back.
struct Returned<'f> {
    col: u16,
    wanted: &'f FormColumn,
    /// What its heading is now.
    label: String,
}

impl Marked {
    /// Takes the rows of marks out of a sheet, so that they are no rows of it any more. The first counts: others came with
    /// what was appended below.
    pub(crate) fn take(grid: &mut Grid) -> Option<Self> {
        let rows: Vec<u32> = grid.rows().iter().filter(|it| it.is_mark()).map(|it| it.number).collect();
        let taken: Vec<Row> =
            rows.iter().flat_map(|it| grid.take_within(*it..=*it).collect::<Vec<_>>()).collect();
        let marked = |row: &Row| {
            let ((_, first), others) = row.cells().split_first()?;
            let text = |it: &(u16, Raw)| match &it.1 {
                Raw::Text(text) => Some((it.0, text.to_string())),
                _ => None,
            };
            let mark = FormMark::parse(&first.display())?;
            Some(Self { mark, row: row.number, ids: others.iter().filter_map(text).collect() })
        };
        taken.iter().find_map(marked)
    }

    /// To whom the form was sent, by the key in the register.
    pub(crate) fn sent_to(&self) -> Option<&Arc<str>> {
        self.mark.sent_to.as_ref().map(|it| &it.key)
    }

    /// Binds the columns.
    pub(crate) fn bind(&self, layout: &Layout<'_>, schemas: &Schemas, lexicon: &Lexicon) -> Binding {
        let Some(table_id) = schemas.index(&self.mark.table) else { return Binding::Unknown };
        let table = &schemas.tables[table_id];
        let wanted = form_columns(table);
        let of = |it: &(u16, String)| Some((it.0, wanted.iter().find(|column| column.id == it.1)?));
        let known: Vec<(u16, &FormColumn)> = self.ids.iter().filter_map(of).collect();
        let n_levels = known.iter().map(|it| it.1.levels.len()).max().unwrap_or(1);
        let n_levels = u32::try_from(n_levels).unwrap_or(1);
        let (bottom, n_left) = self.heading_row(layout, lexicon, &known, n_levels);
        let band = (bottom.saturating_add(1).saturating_sub(n_levels), bottom);
        let sent = self.sent(layout, (table_id, table), band, &known);
        if (n_left as f64) < SHARE_LEFT_MIN * known.len() as f64 {
            let finding = unlike(table).at(sent.heading);
            return Binding::Unlike(sent, finding.into());
        }
        let label = |col: u16| label(layout, band, col).map(|it| it.1).unwrap_or_default();
        let columns: Vec<Returned<'_>> =
            known.iter().map(|(col, wanted)| Returned { col: *col, wanted, label: label(*col) }).collect();
        let binder = Binder { layout, lexicon, table_id, table, band, marked: self };
        binder.bound(&columns, sent).map_or(Binding::Unknown, |it| Binding::Bound(it.into()))
    }

    /// The lowest row of the heading: the one in which most columns have their own label, and how many have it.
    fn heading_row(
        &self,
        layout: &Layout<'_>,
        lexicon: &Lexicon,
        known: &[(u16, &FormColumn)],
        n_levels: u32,
    ) -> (u32, usize) {
        let n_own = |row: u32| {
            let own = known.iter().filter(|(col, wanted)| {
                let shown = layout.shown(row, *col).display();
                wanted.levels.last().is_some_and(|it| fold_label(it) == lexicon.fold(&shown))
            });
            own.count()
        };
        let rows = self.row.saturating_add(1)..=self.row.saturating_add(N_ROWS_BELOW);
        let best = rows.map(|row| (n_own(row), std::cmp::Reverse(row))).max();
        match best {
            // A label that stands over both levels is shown in the lower row as well.
            Some((n, std::cmp::Reverse(row))) if n > 0 => {
                let lower = (row..row.saturating_add(n_levels)).rev().find(|it| n_own(*it) == n);
                (lower.unwrap_or(row), n)
            }
            _ => (self.row.saturating_add(N_ROWS_BETWEEN).saturating_add(n_levels), 0),
        }
    }

    fn sent(
        &self,
        layout: &Layout<'_>,
        (table_id, table): (TableId, &Table),
        band: (u32, u32),
        known: &[(u16, &FormColumn)],
    ) -> Sent {
        let is_here = |wanted: &FormColumn| known.iter().any(|it| it.1.id == wanted.id);
        let columns = form_columns(table);
        let mut absent: Vec<FieldId> = columns.iter().filter(|it| !is_here(it)).map(|it| it.field).collect();
        absent.dedup();
        let is_unknown = |it: &&(u16, String)| !columns.iter().any(|column| column.id == it.1);
        let gone = self.ids.iter().filter(is_unknown);
        let gone = gone.filter_map(|it| label(layout, band, it.0)).map(|it| it.1.into()).collect();
        let first = known.first().map_or(layout.columns.0, |it| it.0);
        let sheet = Origin::sheet(layout.grid.file, layout.grid.sheet);
        let heading = layout.origin(band.1, first);
        Sent { sheet, table: table_id, mark: self.mark.clone(), heading, absent, gone }
    }
}

/// The label of a column within the rows of a heading, with its row: the lowest that there is.
fn label(layout: &Layout<'_>, (top, bottom): (u32, u32), col: u16) -> Option<(u32, String)> {
    let rows = (top..=bottom).rev().map(|row| (row, layout.shown(row, col).display()));
    rows.into_iter().find(|it| !it.1.trim().is_empty())
}

/// What columns are bound with.
struct Binder<'a> {
    layout: &'a Layout<'a>,
    lexicon: &'a Lexicon,
    table_id: TableId,
    table: &'a Table,
    /// First and last row of the heading.
    band: (u32, u32),
    marked: &'a Marked,
}

impl Binder<'_> {
    fn bound(&self, returned: &[Returned<'_>], sent: Sent) -> Option<Bound> {
        let (mut columns, mut found, mut unread) = (Columns::default(), Vec::new(), BTreeMap::new());
        for it in returned {
            let place = self.place(it.col);
            if let Some(finding) = self.renamed(it) {
                let is_unread = finding.severity == Severity::Error;
                found.push((vec![it.wanted.field], finding.at(place)));
                if is_unread {
                    unread.insert(it.wanted.field, place);
                    columns.nothing.insert(it.col);
                    continue;
                }
            }
            self.give(it, &mut columns);
        }
        found.extend(self.moved(returned));
        found.extend(self.removed(&sent));
        self.add_others(&mut columns);
        let labelled = (self.layout.columns.0..=self.layout.columns.1)
            .filter(|it| label(self.layout, self.band, *it).is_some());
        let all: Vec<u16> = labelled.chain(returned.iter().map(|it| it.col)).collect();
        let extent = (*all.iter().min()?, *all.iter().max()?);
        let heading = Heading::marked(self.table_id, self.band, extent, columns);
        Some(Bound { heading, sent, found, unread })
    }

    fn give(&self, it: &Returned<'_>, columns: &mut Columns) {
        let field = it.wanted.field;
        match it.wanted.like {
            Some((column, group)) => {
                let labels = Labels { column, group };
                if columns.unfolded.iter().any(|known| known.labels == labels) {
                    columns.repeated.push((it.col, it.label.clone(), field));
                } else {
                    columns.unfolded.push(LikeColumn { col: it.col, labels, year: None });
                }
            }
            None if columns.fields.contains_key(&field) => {
                columns.repeated.push((it.col, it.label.clone(), field));
            }
            None => drop(columns.fields.insert(field, it.col)),
        }
    }

    /// Columns without a mark, which were put in: one that names a field whose own column is not there holds that field.
    fn add_others(&self, columns: &mut Columns) {
        let marked: Vec<u16> = self.marked.ids.iter().map(|it| it.0).collect();
        for col in self.layout.columns.0..=self.layout.columns.1 {
            let Some((row, written)) = label(self.layout, self.band, col).filter(|_| !marked.contains(&col))
            else {
                continue;
            };
            let named = self.lexicon.field_named(self.table_id, &written);
            match named.filter(|it| !columns.fields.contains_key(it)) {
                Some(field) => drop(columns.fields.insert(field, col)),
                None if self.table.ignored.iter().any(|it| fold_label(it) == self.lexicon.fold(&written)) => {
                    columns.nothing.insert(col);
                }
                None => {
                    let above = (self.band.0..row).map(|row| self.layout.shown(row, col).display());
                    let above = above.filter(|it| !it.is_empty() && *it != written).collect();
                    columns.strangers.push(Stranger { col, label: written, above });
                }
            }
        }
    }

    /// What is said of a heading that is not as it was sent out: that it is another field's, or another word.
    fn renamed(&self, it: &Returned<'_>) -> Option<Finding> {
        let (field, own) = (it.wanted.field, it.wanted.levels.last()?);
        let is_own = fold_label(own) == self.lexicon.fold(&it.label);
        let named = self.lexicon.field_named(self.table_id, &it.label);
        let is_word_for_it = is_own || (it.wanted.like.is_none() && named == Some(field));
        if is_word_for_it || self.is_word_for_like(it) {
            return None;
        }
        let title = it.wanted.levels.join("/");
        let finding = |message: String| {
            let finding = Finding::new(&codes::FORM_HEADING_CHANGED, message);
            finding.field(title.clone()).value(&*it.label)
        };
        if it.label.is_empty() {
            let message = format!("下发的表样中这一列的表头是“{title}”，现在是空的；仍按“{title}”读取");
            return Some(finding(message).hint("请恢复下发时的表头"));
        }
        let other = named.filter(|it| *it != field).map(|it| &self.table.fields[it].title);
        Some(match other {
            Some(other) => {
                let message = format!(
                    "下发的表样中这一列是“{title}”，表头改成了“{other}”，说不清填的是哪一项，没有读取"
                );
                let hint = format!("请恢复下发时的表头，并核对这一列填的是“{title}”");
                Finding { severity: Severity::Error, ..finding(message).hint(hint) }
            }
            None => {
                let message =
                    format!("下发的表样中这一列是“{title}”，表头改成了“{}”；仍按“{title}”读取", it.label);
                finding(message).hint(format!("请核对这一列填的是否还是“{title}”，并恢复下发时的表头"))
            }
        })
    }

    /// Whether the heading of one of like columns is another spelling of its label.
    fn is_word_for_like(&self, it: &Returned<'_>) -> bool {
        let unfold = self.table.returned.unfold.as_ref().zip(it.wanted.like);
        let caption = unfold.and_then(|(unfold, (column, _))| unfold.columns.get(column));
        caption.is_some_and(|caption| {
            caption.names().any(|name| fold_label(name) == self.lexicon.fold(&it.label))
        })
    }

    /// Columns that stand behind one that was sent out after them.
    fn moved(&self, returned: &[Returned<'_>]) -> Option<(Vec<FieldId>, Finding)> {
        let wanted = form_columns(self.table);
        let place = |it: &Returned<'_>| wanted.iter().position(|column| column.id == it.wanted.id);
        let places: Vec<(usize, &Returned<'_>)> =
            returned.iter().filter_map(|it| Some((place(it)?, it))).collect();
        let kept = longest_rise(&places.iter().map(|it| it.0).collect::<Vec<_>>());
        let moved: Vec<&Returned<'_>> =
            places.iter().enumerate().filter(|it| !kept.contains(&it.0)).map(|it| it.1.1).collect();
        let first = moved.first()?;
        let letters = |col: u16| cell_name(0, col).trim_end_matches('1').to_owned();
        let named: Vec<String> = moved
            .iter()
            .map(|it| format!("“{}”现在{}列", it.wanted.levels.join("/"), letters(it.col)))
            .collect();
        let message = format!("表样的列移动过：{}；照常读取", named.join("，"));
        let finding = Finding::new(&codes::FORM_COLUMN_MOVED, message).at(self.place(first.col));
        Some((moved.iter().map(|it| it.wanted.field).collect(), finding))
    }

    /// Columns that were sent out and have been deleted. A column that must be there is missed in any case; and of an old
    /// edition nobody can say what it had.
    fn removed(&self, sent: &Sent) -> Option<(Vec<FieldId>, Finding)> {
        let is_missed_anyway = |it: &FieldId| {
            let field = &self.table.fields[*it];
            (field.required && field.default.is_none()) || field.notes_absence
        };
        let removed: Vec<FieldId> = sent.absent.iter().copied().filter(|it| !is_missed_anyway(it)).collect();
        if removed.is_empty() || *sent.mark.edition != super::edition(self.table, sent.mark.period) {
            return None;
        }
        let titles: Vec<&str> = removed.iter().map(|it| &*self.table.fields[*it].title).collect();
        let these = if titles.len() == 1 { "一列".to_owned() } else { format!("共{}列", titles.len()) };
        let message = format!("下发的表样中的“{}”{these}被删去了，这些内容没有收到", titles.join("”“"));
        let finding = Finding::new(&codes::FORM_COLUMN_REMOVED, message).at(sent.heading);
        let finding = finding.field(titles.join("、"));
        Some((removed, finding.hint("请用下发的表样补回；没有内容可填的，把列留空即可")))
    }

    fn place(&self, col: u16) -> Origin {
        let row = label(self.layout, self.band, col).map_or(self.band.1, |it| it.0);
        match self.layout.merge_at(row, col) {
            Some(area) => self.layout.origin(area.top, area.left),
            None => self.layout.origin(row, col),
        }
    }
}

/// The headings are those of another form.
fn unlike(table: &Table) -> Finding {
    let title = &table.title;
    let message = format!("这是下发的“{title}”表样，表头却大多改成了别的，按现在的表头读取");
    Finding::new(&codes::FORM_HEADING_CHANGED, message).hint("请用下发的表样填报，不要改动表头")
}

/// The places of a longest rising part of a list: what was not moved, as far as one can tell.
fn longest_rise(list: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (at, value) in list.iter().enumerate() {
        let before = best.iter().filter(|it| it.last().is_some_and(|last| list[*last] < *value));
        let mut rise = before.max_by_key(|it| it.len()).cloned().unwrap_or_default();
        rise.push(at);
        best.push(rise);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_moved_is_the_longest_part_that_still_rises() {
        for (list, kept) in [
            (vec![0, 1, 2, 3], vec![0, 1, 2, 3]),
            (vec![0, 2, 3, 1], vec![0, 1, 2]),
            (vec![3, 0, 1, 2], vec![1, 2, 3]),
            (vec![], vec![]),
        ] {
            assert_eq!(longest_rise(&list), kept, "{list:?}");
        }
    }
}
