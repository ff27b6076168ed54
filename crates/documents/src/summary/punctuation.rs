//! Punctuation of texts that are put together: of two marks that meet, because what stood between was left out, one stays.

use words::Runs;

/// Marks by how much they separate; where two meet, the stronger one stays.
const MARKS: [char; 5] = ['、', '，', '；', '：', '。'];

/// The text with one mark where several meet, none behind an opening bracket, none that goes on before a closing one or at
/// the end, and without brackets that hold nothing.
pub(super) fn tidied<F>(text: Runs<F>) -> Runs<F> {
    let text = without_empty_brackets(text);
    let all: Vec<char> = text.text().chars().collect();
    let mut is_kept = vec![true; all.len()];
    let mut at = 0;
    while at < all.len() {
        let end = (at..all.len()).find(|it| strength(all[*it]).is_none()).unwrap_or(all.len());
        if end == at {
            at += 1;
            continue;
        }
        let strongest = (at..end).max_by_key(|it| (strength(all[*it]), all.len() - it));
        (at..end).for_each(|it| is_kept[it] = Some(it) == strongest);
        let before = at.checked_sub(1).map(|it| all[it]);
        let is_open = before.is_none_or(|it| matches!(it, '（' | '“'));
        let is_shut = all.get(end).is_none_or(|it| matches!(it, '）'));
        if let Some(it) = strongest {
            is_kept[it] = !is_open && (!is_shut || matches!(all[it], '。' | '：'));
        }
        at = end;
    }
    text.keeping(&is_kept)
}

fn without_empty_brackets<F>(text: Runs<F>) -> Runs<F> {
    let all: Vec<char> = text.text().chars().collect();
    let is_bracket = |at: usize| all[at] == '（' && all.get(at + 1) == Some(&'）');
    let is_kept: Vec<bool> =
        (0..all.len()).map(|at| !(is_bracket(at) || at > 0 && is_bracket(at - 1))).collect();
    text.keeping(&is_kept)
}

fn strength(c: char) -> Option<usize> {
    MARKS.iter().position(|it| *it == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_marks_that_meet_the_stronger_one_stays() {
        for (text, expected) in [
            ("党课3次、，到会率高；。", "党课3次，到会率高。"),
            ("其中、省级2项、。", "其中、省级2项。"),
            ("（校内3对、）。。", "（校内3对）。"),
            ("共5次；其中：，党课2次、", "共5次；其中：党课2次"),
            ("主要有：", "主要有："),
            ("共2对（），，其中", "共2对，其中"),
            ("甲、乙，丙；丁。", "甲、乙，丙；丁。"),
        ] {
            assert_eq!(tidied(Runs::<()>::plain(text)).text(), expected);
        }
    }

    #[test]
    fn figures_are_found_where_they_are_now() {
        let mut text = Runs::plain("、、共，");
        text.push_figure("12", ());
        text.push_wording("次、");
        let text = tidied(text);
        assert_eq!((text.text(), text.figures().collect()), ("共，12次".to_owned(), vec![(2, "12", &())]));
    }
}
