//! `huibian check`: read and check only.

use super::arguments::CheckArguments;
use super::build::output_folder;
use super::progress::Bars;
use super::{exit_code, fail, show_findings};
use crate::documents::Draft;
use crate::{Judging, Run};

pub(super) fn run(arguments: &CheckArguments) -> u8 {
    let mut run = Run::default();
    let bars = Bars::new();
    let excluded = output_folder(&arguments.project, None).into_iter().collect();
    let judging = Judging { draft: Draft::No, strict: false, excluded };
    let progress = |stage, done, all| bars.show(stage, done, all);
    match crate::check(&arguments.project, &judging, &mut run, &progress) {
        Ok(_) => {
            show_findings(&run, arguments.format);
            exit_code(&run)
        }
        Err(failure) => fail(&failure, &run, arguments.format),
    }
}
