//! `huibian import`: a Word document as Markdown, for the clerk to review.

use super::arguments::{Format, ImportArguments};
use super::{COULD_NOT_RUN, exit_code, fail, show, show_findings};
use crate::Session;
use crate::session::{ImportFault, Imported};

pub(super) fn run(arguments: &ImportArguments) -> u8 {
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
