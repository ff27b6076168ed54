//! `huibian check`: read and check only.

use super::arguments::CheckArguments;
use super::build::judging;
use super::progress::Bars;
use super::{exit_code, fail, show_findings};
use crate::Session;

pub(super) fn run(arguments: &CheckArguments) -> u8 {
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    match session.check(&arguments.project, &judging(&arguments.project)) {
        Ok(_) => {
            show_findings(&session, arguments.format);
            exit_code(&session)
        }
        Err(failure) => fail(&failure, &session, arguments.format),
    }
}
