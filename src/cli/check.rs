//! `huibian check`: read and check only.

use super::arguments::{CheckArguments, Format};
use super::build::{bundles_text, judging};
use super::progress::Bars;
use super::{COULD_NOT_RUN, exit_code, fail, show, show_findings, show_published};
use crate::session::write_synonyms;
use crate::{Checked, Session};

pub(super) fn run(arguments: &CheckArguments) -> u8 {
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    match session.check(&arguments.project, &judging(&arguments.project, arguments.out.as_deref())) {
        Ok(checked) => {
            let published = match &arguments.out {
                Some(out) => match session.publish_check(&checked, out) {
                    Ok(published) => Some((out, published)),
                    Err(failure) => return fail(&failure, &session, arguments.format),
                },
                None => None,
            };
            show_findings(&session, Some(&checked.progress), arguments.format);
            if let Some((out, it)) = published.filter(|_| arguments.format == Format::Text) {
                show(&bundles_text(&it.bundles, out));
                show(&format!("总报告：{}\n", out.join("report.html").display()));
                show_published(&it.published.report());
            }
            if arguments.write_synonyms && !accept(arguments, &checked) {
                return COULD_NOT_RUN;
            }
            exit_code(&session)
        }
        Err(failure) => fail(&failure, &session, arguments.format),
    }
}

/// Keeps headings in the project; says which. It is no part of the findings, and so goes beside them. `false` if that fails.
fn accept(arguments: &CheckArguments, checked: &Checked) -> bool {
    match write_synonyms(&arguments.project, checked) {
        Ok(written) if written.headings.is_empty() => eprintln!("没有可以认定的同义表头，没有写入"),
        Ok(written) => {
            eprintln!("已记入 {}，请核对，再运行一次 huibian check：", written.path.display());
            for [table, field, heading] in written.headings {
                eprintln!("  {table}：“{heading}”就是“{field}”");
            }
        }
        Err(error) => {
            eprintln!("同义表头没有写入：{error}");
            return false;
        }
    }
    true
}
