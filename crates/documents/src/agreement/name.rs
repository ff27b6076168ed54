//! What a figure is called, when what every table says beside it is taken away.

use crate::captions::FigureWords;
use crate::statistics::bare;

/// The name of a title: without numbers, units and words that name nothing by themselves; empty if nothing else is left.
pub(super) fn plain(title: &str, words: &FigureWords) -> String {
    let mut rest = bare(title.trim());
    while let Some(shorter) = shortened(rest, words) {
        rest = shorter;
    }
    if words.generic.iter().any(|it| **it == *rest) { String::new() } else { rest.to_owned() }
}

/// The name of a line below its headings. A heading that the next title repeats says nothing more: 党员/学生党员 is 学生党员.
pub(super) fn path<'a>(titles: impl Iterator<Item = &'a str>, words: &FigureWords) -> String {
    let mut parts: Vec<String> = Vec::new();
    for title in titles.map(|it| plain(it, words)).filter(|it| !it.is_empty()) {
        if parts.last().is_some_and(|it| title.contains(&**it)) {
            parts.pop();
        }
        parts.push(title);
    }
    parts.concat()
}

/// The name without the records that are counted, if anything is left: among members 学生党员 is 学生.
pub(super) fn without(name: &str, noun: &str) -> String {
    name.strip_suffix(noun).filter(|it| !it.is_empty()).unwrap_or(name).to_owned()
}

fn shortened<'t>(title: &'t str, words: &FigureWords) -> Option<&'t str> {
    let leading = words.leading.iter().find_map(|it| title.strip_prefix(&**it));
    let trailing = || words.trailing.iter().find_map(|it| title.strip_suffix(&**it));
    let unit = || {
        let (before, unit) = title.strip_suffix('）')?.rsplit_once('（')?;
        words.units.iter().any(|it| **it == *unit).then_some(before)
    };
    leading.or_else(unit).or_else(trailing).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> FigureWords {
        let list = |it: &[&str]| it.iter().map(|it| (*it).into()).collect();
        FigureWords {
            leading: list(&["其中：", "本期"]),
            trailing: list(&["总数", "数"]),
            generic: list(&["合计", "总数", "数量"]),
            units: list(&["人", "个"]),
        }
    }

    #[test]
    fn titles_of_one_figure_have_one_name() {
        let words = words();
        for (titles, name) in [
            (&["学生党员数"][..], "学生党员"),
            (&["学生党员数", "总数"], "学生党员"),
            (&["党员", "学生党员", "本科生"], "学生党员本科生"),
            (&["四、学生"], "学生"),
            (&["其中：本期发展党员（人）"], "发展党员"),
            (&["学生党员数（正式党员）", "总数"], "学生党员数（正式党员）"),
            (&["合计"], ""),
            (&["总数"], ""),
            (&["数量"], ""),
        ] {
            assert_eq!(path(titles.iter().copied(), &words), name, "{titles:?}");
        }
        assert_eq!(
            (without("学生党员", "党员"), without("党员", "党员")),
            ("学生".to_owned(), "党员".to_owned())
        );
    }
}
