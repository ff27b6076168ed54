//! `huibian compare`: a table of a project held against another list, person by person.

use std::path::PathBuf;

use super::arguments::{CompareArguments, Format};
use super::progress::Bars;
use super::{COULD_NOT_RUN, DONE, FOUND_ERRORS, fail, show};
use crate::Session;
use crate::finding::Severity;
use crate::reconcile::Which;
use crate::session::{CompareFault, Comparing, Reconciled, Told};

/// Where the workbook goes if nothing else is said.
const OUT: &str = "output/名单对照";

/// So many findings of the other list are shown.
const N_SHOWN: usize = 10;

pub(super) fn run(arguments: &CompareArguments) -> u8 {
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    let comparing =
        Comparing { project: &arguments.project, with: &arguments.with, table: arguments.table.as_deref() };
    let reconciled = match session.reconcile(comparing) {
        Ok(reconciled) => reconciled,
        Err(CompareFault::Failure(failure)) => return fail(&failure, &session, Format::Text),
        Err(fault) => {
            if let CompareFault::Unread(_, lost) = &fault {
                eprint!("{}", text_of(lost));
            }
            eprintln!("{fault}");
            return COULD_NOT_RUN;
        }
    };
    show(&text(&reconciled, &session));
    if reconciled.held.is_same() {
        show("两份名单没有差别，没有生成文件。\n");
        return DONE;
    }
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{OUT}/{}.xlsx", reconciled.comparison.title)));
    if let Err(fault) = reconciled.write(&out) {
        eprintln!("{fault}");
        return COULD_NOT_RUN;
    }
    show(&format!("对照表：{}\n", out.display()));
    FOUND_ERRORS
}

/// What came of it, in a few lines.
fn text(reconciled: &Reconciled, session: &Session<'_>) -> String {
    let Reconciled { held, table, others, .. } = reconciled;
    let [n_here, n_there] = held.counts;
    let mut text = String::new();
    let n_errors = session.report.count(Severity::Error);
    if n_errors > 0 {
        text += &format!("本项目还有{n_errors}处错误，可用 huibian check 查看。\n");
    }
    let [errors, queries] =
        [Severity::Error, Severity::Query].map(|it| others.iter().filter(|told| told.severity == it).count());
    if !others.is_empty() {
        text += &format!("对方名单读取时发现错误{errors}处、需核实{queries}处：\n{}", text_of(others));
    }
    text += &format!("“{table}”：本表{n_here}条，对方{n_there}条，两边都有{}条。\n", held.pairs.len());
    for (name, which, n) in
        [("只在本表", Which::Here, held.came.len()), ("只在对方", Which::There, held.left.len())]
    {
        text += &format!("{name}{n}条{}\n", reasons(reconciled, which));
    }
    text += &format!(
        "不一致{}条、{}处；疑似同一人{}对；重复：本表{}条，对方{}条；有误未比较{}处。\n",
        held.n_different(),
        held.differences.len(),
        held.near.len(),
        held.n_twice(Which::Here),
        held.n_twice(Which::There),
        held.n_unread
    );
    let sum = if held.account() == n_here { "相符" } else { "不符" };
    text + &format!(
        "从对方到本表：{n_there} － 重复{} － 只在对方{} ＋ 只在本表{} ＋ 重复{} ＝ {}，与本表{n_here}{sum}。\n",
        held.n_twice(Which::There),
        held.left.len(),
        held.came.len(),
        held.n_twice(Which::Here),
        held.account()
    )
}

fn reasons(reconciled: &Reconciled, which: Which) -> String {
    let comparison = &reconciled.comparison;
    let parts = reconciled.held.by_reason(which, comparison).into_iter().filter(|it| it.1 > 0);
    let parts: Vec<String> = parts
        .map(|(at, n)| format!("{}{n}", at.map_or("未说明", |it| &*comparison.reasons[it].title)))
        .collect();
    if parts.is_empty() { "。".to_owned() } else { format!("：{}。", parts.join("、")) }
}

/// What was found in a list, errors first; no more than a few.
fn text_of(told: &[Told]) -> String {
    let mut told: Vec<&Told> = told.iter().collect();
    told.sort_by_key(|it| it.severity != Severity::Error);
    let shown: String = told.iter().take(N_SHOWN).map(|it| format!("  {}\n", it.text)).collect();
    let rest = told.len().saturating_sub(N_SHOWN);
    if rest > 0 { format!("{shown}  另有{rest}处\n") } else { shown }
}
