//! `huibian import`: a Word document as Markdown, a blank that others have issued as a form, or a statistics workbook bound to
//! our own figures, for the clerk to review.

use std::fmt::Write;

use super::arguments::{Format, ImportArguments, ImportKind};
use super::{COULD_NOT_RUN, exit_code, fail, show, show_findings};
use crate::Session;
use crate::session::{
    BindingDrafted, BindingFault, BindingWanted, FormDrafted, FormFault, FormWanted, ImportFault, Imported,
};
use documents::forms::prescribed::{Match, Outcome};

pub(super) fn run(arguments: &ImportArguments) -> u8 {
    match arguments.kind {
        ImportKind::Form => form(arguments, false),
        ImportKind::Overview => form(arguments, true),
        ImportKind::Statistics if arguments.again.is_some() => {
            eprintln!(
                "--again 用于 Word、Excel 表样的表单（--as form）；统计表换了新表样的，改一个文件名重新导入"
            );
            COULD_NOT_RUN
        }
        ImportKind::Statistics => statistics(arguments),
        // Who names a table or a form means a blank, whatever else was forgotten.
        ImportKind::Regulation if arguments.of.is_some() || arguments.again.is_some() => {
            eprintln!(
                "--of 和 --again 用于上级下发的表样，请同时写 --as form 或 --as overview，统计表写 --as statistics"
            );
            COULD_NOT_RUN
        }
        ImportKind::Regulation => regulation(arguments),
    }
}

fn regulation(arguments: &ImportArguments) -> u8 {
    let mut session = Session::default();
    let imported = session.import(&arguments.file, arguments.out.as_deref());
    if let Err(ImportFault::Failure(failure)) = &imported {
        return fail(failure, &session, Format::Text);
    }
    if !session.report.findings().is_empty() {
        show_findings(&session, None, Format::Text);
    }
    match imported {
        Ok(Imported { out, remark }) => {
            show(&format!("已写入 {}。{remark}\n", out.display()));
            exit_code(&session)
        }
        Err(fault) => {
            eprintln!("{fault}");
            COULD_NOT_RUN
        }
    }
}

/// A form, or a list with a row for each record.
fn form(arguments: &ImportArguments, is_list: bool) -> u8 {
    let mut session = Session::default();
    let wanted = FormWanted {
        project: &arguments.project,
        file: &arguments.file,
        of: arguments.of.as_deref(),
        again: arguments.again.as_deref(),
        is_list,
    };
    let drafted = session.import_form(&wanted);
    if let Err(FormFault::Failure(failure)) = &drafted {
        return fail(failure, &session, Format::Text);
    }
    if !session.report.findings().is_empty() {
        show_findings(&session, None, Format::Text);
    }
    match drafted {
        Ok(drafted) => {
            show(&told(&drafted));
            exit_code(&session)
        }
        Err(fault) => {
            eprintln!("{fault}");
            COULD_NOT_RUN
        }
    }
}

fn statistics(arguments: &ImportArguments) -> u8 {
    let mut session = Session::default();
    let wanted =
        BindingWanted { project: &arguments.project, file: &arguments.file, of: arguments.of.as_deref() };
    let drafted = session.import_statistics(&wanted);
    if let Err(BindingFault::Failure(failure)) = &drafted {
        return fail(failure, &session, Format::Text);
    }
    if !session.report.findings().is_empty() {
        show_findings(&session, None, Format::Text);
    }
    match drafted {
        Ok(drafted) => {
            show(&told_of_binding(&drafted));
            exit_code(&session)
        }
        Err(fault) => {
            eprintln!("{fault}");
            COULD_NOT_RUN
        }
    }
}

/// What was bound, and what the clerk has still to do.
fn told_of_binding(drafted: &BindingDrafted) -> String {
    let mut text = format!("已写入 {}\n", drafted.folder.display());
    for it in &drafted.sheets {
        let _ = match &it.table {
            Some(table) => {
                writeln!(
                    text,
                    "  工作表“{}”：{table}，{}格已对应，{}处待定",
                    it.name,
                    it.n_bound,
                    it.open.len()
                )
            }
            None if it.open.is_empty() => writeln!(text, "  工作表“{}”：没有要填的数", it.name),
            None => writeln!(text, "  工作表“{}”：没有找到是哪一张统计表", it.name),
        };
        for open in it.open.iter().filter(|_| it.table.is_some()) {
            let _ = writeln!(text, "    待定：{open}");
        }
    }
    if let Some(why) = &drafted.unpictured {
        let _ = writeln!(text, "“填表位置.pdf”没有画成：{why}");
    }
    let _ = writeln!(
        text,
        "下一步：对照“填表位置.pdf”核对 issued.yaml，补上待定的，删去 draft: true；再在 huibian.yaml 的 documents: statistics: 中写 {{id: {}, issued: {}}}",
        drafted.statistics, drafted.id
    );
    text
}

/// What was drafted, and what the clerk has still to do.
fn told(drafted: &FormDrafted) -> String {
    let of = |outcome| drafted.places.iter().filter(|it| it.outcome == outcome).count();
    let (found, left, open) = (of(Outcome::Proposed), of(Outcome::Left), of(Outcome::Open));
    let mut text = format!(
        "已写入 {}：表样上有{}处要填，其中{found}处已找到填什么，{left}处留待手填、盖章，{open}处待定\n",
        drafted.folder.display(),
        drafted.places.len()
    );
    for it in drafted.places.iter().filter(|it| it.outcome == Outcome::Open) {
        let _ = writeln!(text, "  待定：{}（{}）", it.at, it.label);
    }
    for it in &drafted.matches {
        let _ = match it {
            Match::Same(..) => Ok(()),
            Match::Moved { from, to, label } => writeln!(text, "  移动：“{label}”由{from}移到{to}"),
            Match::Changed(at, label) => writeln!(text, "  形式变了：{at}（{label}）"),
            Match::Gone(at, label) => writeln!(text, "  取消：原{at}（{label}）"),
            Match::New(at, label) => writeln!(text, "  新增：{at}（{label}）"),
        };
    }
    if let Some(why) = &drafted.unpictured {
        let _ = writeln!(text, "“填表位置.pdf”没有画成：{why}");
    }
    let _ = writeln!(
        text,
        "下一步：对照“填表位置.pdf”核对 form.yaml，补上待定的，删去 draft: true；再在 huibian.yaml 的 documents: forms: 中加上“{}”",
        drafted.id
    );
    text
}
