//! The command line: the only module that prints, asks the environment, and decides the exit code.
#![expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "this module is the one that talks to the terminal and its environment"
)]

mod arguments;
mod progress;
mod build;
mod check;
mod explain;
mod diff;
mod compare;
mod import;
mod init;
mod collect;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::finding::{Finding, Report};
use crate::render::Style;
use crate::{Checked, Failure, Session};
use arguments::{Arguments, Command, Format};

/// All was made, and there are no errors.
const DONE: u8 = 0;
/// The run was made, but the data have errors; what depends on them is withheld.
const FOUND_ERRORS: u8 = 1;
/// Nothing could be made.
const COULD_NOT_RUN: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    std::panic::set_hook(Box::new(say_panic));
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let code = match arguments.command {
        Command::Init(it) => init::run(&it),
        Command::Collect(it) => collect::run(&it),
        Command::Check(it) => check::run(&it),
        Command::Build(it) => build::run(&it),
        Command::Explain(it) => explain::run(&it),
        Command::Diff(it) => diff::run(&it),
        Command::Compare(it) => compare::run(&it),
        Command::Import(it) => import::run(&it),
    };
    ExitCode::from(code)
}

/// Says in one line where the program stumbled. The spreadsheet reader's panics are caught and become findings;
/// their message to the terminal would only confuse the clerk.
fn say_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let Some(place) = panic.location().filter(|it| !it.file().contains("calamine")) else { return };
    eprintln!("程序内部出错（{place}）。请把本提示告诉维护人员。");
}

/// Prints to the standard output; a reader that closed the pipe, such as `head`, has seen enough.
fn show(text: &str) {
    let _closed = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Shows the help that was asked for, or what is wrong with the arguments.
fn refuse(error: &clap::Error) -> ExitCode {
    match arguments::refusal(error) {
        None => {
            let _unwritable = error.print();
            ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { DONE })
        }
        Some(message) => {
            eprintln!("{message}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Shows the findings in the format asked for.
fn show_findings(session: &Session<'_>, checked: Option<&Checked>, format: Format) {
    match format {
        Format::Text => {
            let progress = checked.map(|it| &it.progress);
            show(&session.findings_text(progress, style(std::io::stdout().is_terminal())));
        }
        Format::Json => match session.compared_json(checked) {
            Ok(json) => show(&json),
            Err(error) => eprintln!("检查结果不能写成 JSON：{error}"),
        },
    }
}

/// Says what became of files in the output folder.
fn show_published(folder: &Report) {
    show(&published_text(folder));
}

/// The same as text.
fn published_text(folder: &Report) -> String {
    let line = |it: &Finding| {
        let (path, hint) = (it.value.as_deref().unwrap_or_default(), it.hint.as_deref().unwrap_or_default());
        format!("{}：{path}。{hint}\n", it.message)
    };
    folder.findings().iter().map(line).collect()
}

/// Says why the run could not be made, with the findings that explain it.
fn fail(failure: &Failure, session: &Session<'_>, format: Format) -> u8 {
    match format {
        Format::Json => show_findings(session, None, format),
        Format::Text if session.report.findings().is_empty() => {}
        Format::Text => {
            eprint!("{}", session.findings_text(None, style(std::io::stderr().is_terminal())));
        }
    }
    eprintln!("{failure}");
    COULD_NOT_RUN
}

/// Colours on a terminal only, and not if `NO_COLOR` is set.
fn style(is_terminal: bool) -> Style {
    if is_terminal && std::env::var_os("NO_COLOR").is_none() { Style::Coloured } else { Style::Plain }
}

fn exit_code(session: &Session<'_>) -> u8 {
    if session.report.has_errors() { FOUND_ERRORS } else { DONE }
}
