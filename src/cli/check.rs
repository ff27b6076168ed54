//! `huibian check`: read and check only.
#![expect(clippy::disallowed_methods, reason = "the command line asks whether it writes to a terminal")]

use std::io::IsTerminal;

use super::arguments::{CheckArguments, Format};
use super::build::{bundles_text, judging};
use super::progress::Bars;
use super::{COULD_NOT_RUN, exit_code, fail, published_text, show, show_findings, style};
use crate::session::{earlier_findings, write_synonyms};
use crate::{Checked, Failure, Session};

pub(super) fn run(arguments: &CheckArguments) -> u8 {
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    match check(&mut session, arguments) {
        Ok((checked, published)) => {
            show_findings(&session, Some(&checked), arguments.format);
            if arguments.format == Format::Text {
                show(&session.since_text(&checked, style(std::io::stdout().is_terminal())));
                show(&published);
            }
            if arguments.write_synonyms && !accept(arguments, &checked) {
                return COULD_NOT_RUN;
            }
            if arguments.write_answers && !ask(&session, arguments, &checked) {
                return COULD_NOT_RUN;
            }
            exit_code(&session)
        }
        Err(failure) => fail(&failure, &session, arguments.format),
    }
}

/// Checks, and publishes what was asked for; says what that was.
fn check(session: &mut Session<'_>, arguments: &CheckArguments) -> Result<(Checked, String), Failure> {
    // They are read before anything is written: it may be the same folder.
    let earlier = arguments.since.as_deref().map(earlier_findings).transpose()?;
    let judging = judging(&arguments.project, arguments.out.as_deref());
    let mut checked = session.check(&arguments.project, &judging)?;
    if let Some(earlier) = earlier {
        session.compare_with(&earlier, &mut checked);
    }
    let Some(out) = &arguments.out else { return Ok((checked, String::new())) };
    let done = session.publish_check(&checked, out)?;
    let report = format!("总报告：{}\n", out.join("report.html").display());
    let said = bundles_text(&done.bundles, out) + &report + &published_text(&done.published.report());
    Ok((checked, said))
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

/// Puts queries before the clerk in the project's file of answers; says how many. `false` if that fails.
fn ask(session: &Session<'_>, arguments: &CheckArguments, checked: &Checked) -> bool {
    match session.write_answers(&arguments.project, checked) {
        Ok((_, 0)) => eprintln!("没有新的核实项要答复，没有写入"),
        Ok((path, n)) => {
            eprintln!("已把{n}条核实项写入 {}，请逐条填写 who、when、why", path.display());
        }
        Err(error) => {
            eprintln!("核实项没有写入：{error}");
            return false;
        }
    }
    true
}
