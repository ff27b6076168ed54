//! `huibian check`: read and check only.

use super::arguments::CheckArguments;
use super::progress::Bars;
use super::{exit_code, fail, show_findings};
use crate::documents::Draft;
use crate::{Judging, Run};

pub(super) fn run(arguments: &CheckArguments) -> u8 {
    let mut run = Run::default();
    let bars = Bars::new();
    let judging = Judging { draft: Draft::No, strict: false, excluded: Vec::new() };
    let checked =
        crate::check(&arguments.project, &judging, &mut run, &|stage, done, all| bars.show(stage, done, all));
    match checked {
        Ok(_) => {
            show_findings(&run, arguments.format);
            exit_code(&run)
        }
        Err(failure) => fail(&failure, &run),
    }
}
