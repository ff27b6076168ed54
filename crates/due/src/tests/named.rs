//! What a part of a file that was not read will have held, and whose records belong together.

use std::collections::BTreeSet;

use super::{World, row};
use crate::{Kinds, overlap};
use finding::{Held, Part, TableId};

#[test]
fn a_file_held_what_its_name_says_and_what_others_of_its_name_hold() {
    let mut told = World::of(&[
        ("返回/机械党委/机械党委三会.csv", "党支部,会议名称\n制造支部,甲\n"),
        ("返回/外语党委/杂项.csv", "党委,意见内容\n外语党委,甲\n"),
    ])
    .told();
    let [meetings, gifts, remarks] = ["meetings", "gifts", "remarks"].map(|it| told.table(it));
    let some = |tables: &[TableId]| Some(tables.iter().copied().collect::<BTreeSet<_>>());
    let cases = [
        ("返回/外语党委/外语党委三会.xlsx", Held::Named, some(&[meetings])),
        ("返回/外语党委/慰问.xlsx", Held::Named, some(&[gifts])),
        ("返回/机械党委/杂项.xlsx", Held::Named, some(&[remarks])),
        ("返回/外语党委/附件.xlsx", Held::Named, None),
        ("返回/外语党委/慰问.xlsx", Held::Unknown, None),
        ("返回/外语党委/慰问.xlsx", Held::Tables(vec![meetings, remarks]), some(&[meetings, remarks])),
    ];
    for (path, held, wanted) in cases {
        let part = Part { file: told.sources.add(path), sheet: None, held };
        assert_eq!(Kinds::new(&told.dataset, &told.sources).tables(&part), wanted, "{path} {part:?}");
    }
    let file = told.sources.add("返回/外语党委/材料.xlsx");
    told.sources.set_sheets(file, vec!["慰问".into(), "附注".into()]);
    for (sheet, wanted) in [(0, some(&[gifts])), (1, None)] {
        let part = Part { file, sheet: Some(sheet), held: Held::Named };
        assert_eq!(Kinds::new(&told.dataset, &told.sources).tables(&part), wanted, "sheet {sheet}");
    }
}

#[test]
fn what_belongs_to_a_branch_belongs_to_its_committee() {
    let told = World::of(&[]).told();
    let [machines, makers, others, languages] =
        ["机械党委", "制造支部", "本科支部", "外语党委"].map(|it| told.unit(it));
    assert_eq!(makers, row(told.table("branches"), 0));
    for (a, b, wanted) in [
        (makers, makers, true),
        (makers, machines, true),
        (machines, makers, true),
        (makers, others, false),
        (makers, languages, false),
        (languages, machines, false),
    ] {
        assert_eq!(overlap(&told.dataset, a, b), wanted, "{a:?} {b:?}");
    }
}
