//! What stands around the cell of a finding.

use super::World;
use crate::Excerpts;
use finding::{Finding, Severity, Target};

#[test]
fn the_cells_of_a_record_are_shown_around_that_of_a_finding() {
    let without_a_column = World::with(
        "返回/机械/机械三会.csv",
        "党支部,会议名称\n制造教工党支部,甲\n本科生党支部,乙\n制造教工支部,丙\n图书馆,丁\n",
    );
    let whole = World::new();
    for (world, row, field, wanted) in [
        (&whole, 0, "name", "党支部=制造教工党支部 *会议名称=甲 时长=1"),
        (&whole, 1, "minutes", "党支部=本科生党支部 会议名称=乙 *时长=1"),
        // Where there is no column, nothing stands around it.
        (&without_a_column, 0, "minutes", "-"),
    ] {
        let at = world.field(row, field);
        let finding = Finding::named("a", Severity::Query, "b").at(world.dataset.cell(at).origin);
        let excerpt = Excerpts::new(&world.dataset).of(&finding.about(Target::field(at)));
        let shown = excerpt.map_or("-".to_owned(), |it| {
            let cell = |it: &crate::ExcerptCell| {
                format!("{}{}={}", if it.is_meant { "*" } else { "" }, it.title, it.value)
            };
            it.cells.iter().map(cell).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(shown, wanted, "{row} {field}");
    }
    let nowhere = Finding::named("a", Severity::Query, "b").about(Target::field(whole.field(0, "name")));
    assert_eq!(Excerpts::new(&whole.dataset).of(&nowhere), None);
}
