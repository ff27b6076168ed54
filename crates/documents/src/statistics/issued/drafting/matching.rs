//! Which declared line a row or column of a form means: by its titles, and by its number where the form numbers its lines as
//! we do.
//!
//! What is bound wrongly is worse than what is not bound: where two readings are left, or titles and number disagree, the
//! line stays open, with all readings beside it.

use std::collections::BTreeMap;

use super::super::anatomy::Side;
use super::super::words::Words;
use crate::statistics::line::{Line, LineKind};

/// What a line of a form means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant {
    /// A declared line.
    Line(usize),
    /// It is not certain: what it might be, each with the reason.
    Open(Vec<(usize, &'static str)>),
}

/// Which way lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Rows,
    Columns,
}

/// A declared line as it is compared.
#[derive(Debug)]
pub(super) struct Known {
    path: Vec<String>,
    code: Option<String>,
    /// The line that it stands below.
    parent: Option<usize>,
    is_of_which: bool,
    /// Whether figures stand in it that one line of a form can take.
    is_single: bool,
}

/// The declared lines of an axis as they are compared; `is_numbered` if they bear numbers where we print them.
pub(super) fn known(lines: &[Line], way: Way, is_numbered: bool, words: &Words) -> Vec<Known> {
    let named = |id: &str| lines.iter().position(|it| &*it.id == id);
    let mut n_lines = 0_usize;
    let mut is_known = true;
    let mut all = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        let is_heading = matches!(line.kind, LineKind::Blank) && line.cells.is_empty() && way == Way::Rows;
        let is_each = matches!(line.kind, LineKind::Each(..));
        n_lines += usize::from(!is_heading);
        // How many lines of records there are differs from year to year.
        is_known &= !is_each;
        let last = line.id.rsplit('.').next().unwrap_or_default();
        let own =
            last.chars().all(|it| it.is_ascii_digit()) || last.chars().all(|it| it.is_ascii_uppercase());
        let counted = || (is_numbered && is_known && !is_heading).then(|| n_lines.to_string());
        let parent = match line.id.rsplit_once('.') {
            Some((above, _)) => named(above),
            None if line.is_of_which => lines[..idx].iter().rposition(|it| !it.is_of_which),
            None => None,
        };
        all.push(Known {
            path: words.path(line.headings.iter().chain([&line.title]).map(|it| &**it)),
            code: own.then(|| last.to_owned()).or_else(counted),
            parent,
            is_of_which: line.is_of_which || words.is_of_which(&line.title),
            is_single: !is_heading && !is_each,
        });
    }
    all
}

/// Which declared line each line of a form means.
pub(super) fn matched(sides: &[Side], known: &[Known], way: Way, words: &Words) -> Vec<Meant> {
    let matching = Matching { sides, known, way, words, paths: paths(sides, words) };
    let candidates: Vec<Vec<usize>> = (0..sides.len()).map(|it| matching.candidates(it)).collect();
    let mut found = matching.by_titles(&candidates);
    matching.by_codes(&candidates, &mut found);
    found
}

fn paths(sides: &[Side], words: &Words) -> Vec<Vec<String>> {
    sides.iter().map(|it| words.path(it.labels.iter().map(String::as_str))).collect()
}

struct Matching<'a> {
    sides: &'a [Side],
    known: &'a [Known],
    way: Way,
    words: &'a Words,
    /// The titles of the lines of the form, folded.
    paths: Vec<Vec<String>>,
}

impl Matching<'_> {
    /// The declared lines of the same title that the titles above do not rule out.
    fn candidates(&self, side: usize) -> Vec<usize> {
        let path = &self.paths[side];
        let Some((own, above)) = path.split_last() else { return Vec::new() };
        let says_part = self.sides[side].labels.last().is_some_and(|it| self.words.is_of_which(it));
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (idx, it) in self.known.iter().enumerate().filter(|it| it.1.is_single) {
            let Some((_, headings)) = it.path.split_last().filter(|it| it.0 == own) else { continue };
            // A row that is only a part of the one above is none of a table where it stands by itself.
            let is_alone = self.way == Way::Rows && says_part && !it.is_of_which;
            if let Some(n_missing) = self.missing(above, headings).filter(|_| !is_alone) {
                found.push((idx, n_missing));
            }
        }
        // Rows stand below each other, so that what they stand under need not be written beside them.
        let is_said = self.way == Way::Columns || !above.is_empty();
        let least = found.iter().map(|it| it.1).min().unwrap_or(0);
        found.into_iter().filter(|it| !is_said || it.1 == least).map(|it| it.0).collect()
    }

    /// How many of the headings of a declared line are not written above a line of the form; nothing if something else is
    /// written there.
    fn missing(&self, written: &[String], headings: &[String]) -> Option<usize> {
        let mut rest = headings.iter();
        let mut n_found = 0;
        for it in written.iter().filter(|it| *it != self.words.total()) {
            rest.find(|heading| *heading == it)?;
            n_found += 1;
        }
        Some(headings.len() - n_found)
    }

    fn by_titles(&self, candidates: &[Vec<usize>]) -> Vec<Meant> {
        let single = |it: &Vec<usize>| if let [one] = it[..] { Some(one) } else { None };
        let mut found: Vec<Option<usize>> = candidates.iter().map(single).collect();
        self.drop_twice(&mut found);
        // What stands below a line that is known by now can be told from its namesakes; outer ones first.
        for _ in 0..self.known.iter().map(|it| it.path.len()).max().unwrap_or(0) + 1 {
            let at: BTreeMap<usize, usize> = found
                .iter()
                .enumerate()
                .filter_map(|(side, it)| Some(((*it)?, self.sides[side].at)))
                .collect();
            for side in 0..self.sides.len() {
                if found[side].is_none() && self.way == Way::Rows {
                    found[side] = self.below(self.sides[side].at, &candidates[side], &at);
                }
            }
            self.drop_twice(&mut found);
        }
        let open = |it: &Vec<usize>| Meant::Open(it.iter().map(|it| (*it, "名称相同")).collect());
        found.iter().zip(candidates).map(|(it, all)| it.map_or_else(|| open(all), Meant::Line)).collect()
    }

    /// What two lines of the form would mean, neither does for certain.
    fn drop_twice(&self, found: &mut [Option<usize>]) {
        let mut n_times: BTreeMap<usize, usize> = BTreeMap::new();
        found.iter().flatten().for_each(|it| *n_times.entry(*it).or_default() += 1);
        found.iter_mut().for_each(|it| *it = it.filter(|it| n_times[it] == 1));
    }

    /// Of declared rows of one title the one below whose heading a row stands: the nearest above it. All of the headings have
    /// to be known.
    fn below(&self, row: usize, candidates: &[usize], at: &BTreeMap<usize, usize>) -> Option<usize> {
        let mut all = candidates.iter().map(|it| {
            let place = match self.known[*it].parent {
                None => Some(0),
                Some(parent) => at.get(&parent).map(|it| it + 1),
            };
            place.map(|place| (place, *it))
        });
        let known: Option<Vec<(usize, usize)>> = all.by_ref().collect();
        let mut above: Vec<(usize, usize)> = known?.into_iter().filter(|it| it.0 <= row).collect();
        above.sort_unstable();
        let (place, line) = above.pop()?;
        above.last().is_none_or(|it| it.0 < place).then_some(line)
    }

    /// Settles by the numbers of lines what titles leave open, and opens what they contradict; only where most numbers of the
    /// form are those of our own lines.
    fn by_codes(&self, candidates: &[Vec<usize>], found: &mut [Meant]) {
        let by_code = |side: usize| {
            let code = self.sides[side].code.as_ref()?;
            let mut bearing = (0..self.known.len())
                .filter(|it| self.known[*it].is_single && self.known[*it].code.as_ref() == Some(code));
            bearing.next().filter(|_| bearing.next().is_none())
        };
        let (mut n_same, mut n_other) = (0_usize, 0_usize);
        for (side, it) in found.iter().enumerate() {
            if let (Meant::Line(line), Some(coded)) = (it, by_code(side)) {
                *(if *line == coded { &mut n_same } else { &mut n_other }) += 1;
            }
        }
        if n_same <= n_other {
            return;
        }
        for (side, it) in found.iter_mut().enumerate() {
            let Some(coded) = by_code(side) else { continue };
            match it {
                Meant::Line(line) if *line != coded => {
                    *it = Meant::Open(vec![(*line, "名称相同"), (coded, "编号相同")]);
                }
                Meant::Open(readings) => match candidates[side].contains(&coded) {
                    true => *it = Meant::Line(coded),
                    false => readings.push((coded, "编号相同")),
                },
                Meant::Line(_) => {}
            }
        }
        let mut lines: Vec<Option<usize>> =
            found.iter().map(|it| if let Meant::Line(line) = it { Some(*line) } else { None }).collect();
        self.drop_twice(&mut lines);
        for (it, line) in found.iter_mut().zip(lines) {
            if let (Meant::Line(was), None) = (&*it, line) {
                *it = Meant::Open(vec![(*was, "另一行、列也像这一项")]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Declared lines, `title` or `heading/title`, with their numbers.
    fn declared(lines: &[(&str, Option<usize>)], words: &Words) -> Vec<Known> {
        let known = |(idx, (path, parent)): (usize, &(&str, Option<usize>))| Known {
            path: words.path(path.split('/')),
            code: Some((idx + 1).to_string()),
            parent: *parent,
            is_of_which: path.contains("其中"),
            is_single: true,
        };
        lines.iter().enumerate().map(known).collect()
    }

    fn sides(lines: &[(&str, &str)]) -> Vec<Side> {
        let side = |(at, (path, code)): (usize, &(&str, &str))| Side {
            at: at + 7,
            labels: path.split('/').map(str::to_owned).collect(),
            code: Some((*code).to_owned()).filter(|it| !it.is_empty()),
        };
        lines.iter().enumerate().map(side).collect()
    }

    /// What becomes of lines: the number of the declared one, or `?` with all readings.
    fn told(lines: &[(&str, &str)], known: &[Known], way: Way) -> Vec<String> {
        let told = |it: Meant| match it {
            Meant::Line(line) => line.to_string(),
            Meant::Open(all) => {
                format!("?{}", all.iter().map(|it| it.0.to_string()).collect::<Vec<_>>().join(","))
            }
        };
        matched(&sides(lines), known, way, &Words::sample()).into_iter().map(told).collect()
    }

    #[test]
    fn rows_are_known_by_their_titles_and_by_what_they_stand_under() {
        let words = Words::sample();
        let known = declared(
            &[
                ("总计", None),
                ("公有制", None),
                ("公有制/工人", Some(1)),
                ("公有制/其中：农民工", Some(1)),
                ("非公有制", None),
                ("非公有制/工人", Some(4)),
                ("非公有制/其中：农民工", Some(4)),
                ("学生", None),
            ],
            &words,
        );
        let flat = [
            ("合 计", ""),
            ("一、公有制", ""),
            ("工人", ""),
            ("其中：农民工", ""),
            ("二、非公有制", ""),
            ("工人", ""),
            ("其中：农民工", ""),
            ("学生", ""),
            ("军人", ""),
        ];
        assert_eq!(told(&flat, &known, Way::Rows), ["0", "1", "2", "3", "4", "5", "6", "7", "?"]);
        let grouped = [
            ("公有制/小计总数", ""),
            ("公有制/总计", ""),
            ("非公有制/工人", ""),
            ("公有制/工人", ""),
            ("军队/学生", ""),
        ];
        assert_eq!(told(&grouped, &known, Way::Rows), ["?", "1", "5", "2", "?"]);
        let twice = [("学生", ""), ("学生", ""), ("工人", "")];
        assert_eq!(told(&twice, &known, Way::Rows), ["?7", "?7", "?2,5"]);
        let alone = [("学生", ""), ("其中：学生", "")];
        assert_eq!(told(&alone, &known, Way::Rows), ["7", "?"], "a part of students is another figure");
    }

    #[test]
    fn numbers_settle_what_titles_leave_open_and_open_what_they_contradict() {
        let words = Words::sample();
        let known = declared(
            &[("总数", None), ("女", None), ("学历/其他", None), ("学位/其他", None), ("学生", None)],
            &words,
        );
        let columns = [("总数", "1"), ("女党员", "2"), ("其他", "4"), ("学生", "3"), ("军人", "5")];
        assert_eq!(told(&columns, &known, Way::Columns), ["0", "1", "3", "?4,2", "?4"]);
        let shifted = [("总数", "2"), ("女", "3"), ("其他", "4"), ("学生", "6")];
        assert_eq!(
            told(&shifted, &known, Way::Columns),
            ["0", "1", "?2,3", "4"],
            "numbers of another form say nothing"
        );
    }

    #[test]
    fn a_column_is_the_one_whose_headings_it_has() {
        let words = Words::sample();
        let known = declared(
            &[("总数", None), ("女", None), ("本年/总数", None), ("本年/女", None), ("年龄/30岁以下", None)],
            &words,
        );
        let columns = [
            ("合计", ""),
            ("女", ""),
            ("本年/小计", ""),
            ("本年/女", ""),
            ("按年龄分/30岁以下", ""),
            ("上年/女", ""),
        ];
        assert_eq!(told(&columns, &known, Way::Columns), ["0", "1", "?", "3", "4", "?"]);
    }
}
