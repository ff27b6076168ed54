//! Three hundred tables at random, with merged cells: drafted, filled, read back.

use super::blanks::{docx, signs, table};
use crate::{Blank, Content, PlaceKind, Wanted};

/// A row of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A table of random size: labels, blanks, cells that go on with others.
fn random_table(dice: &mut Dice) -> Vec<String> {
    let (rows, columns) = (2 + dice.roll(6), 2 + dice.roll(6));
    let mut grid: Vec<Vec<String>> = Vec::new();
    for row in 0..rows {
        let mut cells: Vec<String> = Vec::new();
        for column in 0..columns {
            let above = grid.last().map(|it: &Vec<String>| it[usize::try_from(column).unwrap()].as_str());
            // A cell that goes on must be as wide as the one above; single columns are enough to try that.
            let is_single = |it: &str| it != "<";
            let next_single = grid
                .last()
                .is_none_or(|it| it.get(usize::try_from(column + 1).unwrap()).is_none_or(|it| is_single(it)));
            cells.push(match dice.roll(10) {
                0 if column > 0 && cells.last().is_some_and(|it| it != "^") => "<".into(),
                1 if above.is_some_and(is_single) && next_single => "^".into(),
                2..=5 => format!("栏{row}{column}"),
                6 => "  ".into(),
                _ => String::new(),
            });
        }
        // A cell that goes on is not widened.
        for at in 1..cells.len() {
            if cells[at] == "<" && cells[at - 1] == "^" {
                cells[at] = String::new();
            }
        }
        grid.push(cells);
    }
    grid.into_iter().map(|it| it.join("|")).collect()
}

#[test]
fn what_is_filled_in_is_read_back_whatever_the_table() {
    let mut dice = Dice(20_241_231);
    let mut n_filled = 0;
    for case in 0..300 {
        let rows = random_table(&mut dice);
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let blank = Blank::read(docx(&table(&rows)), &signs()).unwrap();
        let mut wanted = Vec::new();
        for (number, place) in blank.places().iter().enumerate() {
            let value = format!("值{number}&<{}>", dice.roll(1000));
            let content = match &place.kind {
                PlaceKind::Rows(headings) => {
                    let n_rows = 1 + dice.roll(5);
                    let row = |it| headings.iter().map(|_| format!("{value}-{it}").into()).collect();
                    Content::Rows((0..n_rows).map(row).collect())
                }
                _ => Content::Text(value.into()),
            };
            wanted.push(Wanted { at: place.at, content });
        }
        let filled = blank.fill(&wanted, "☑").unwrap();
        assert_eq!(blank.prove(&filled), [], "{case}: {rows:?}");
        let again = Blank::read(filled.bytes.clone(), &signs()).unwrap();
        let first_rows = wanted.iter().position(|it| matches!(it.content, Content::Rows(_)));
        // Rows that are put in move what stands below; what stands above has to be where it was.
        for it in &wanted[..first_rows.unwrap_or(wanted.len())] {
            let Content::Text(text) = &it.content else { continue };
            assert_eq!(again.text_at(it.at).as_deref(), Some(text.text.as_str()), "{case}: {rows:?}");
            n_filled += 1;
        }
    }
    assert!(n_filled > 1000, "{n_filled}");
}
