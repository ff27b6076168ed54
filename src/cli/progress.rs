//! A progress bar for each stage, on a terminal only.

use std::io::IsTerminal;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::Stage;

/// The bar of the stage that is running.
pub(super) struct Bars {
    current: Mutex<Option<(Stage, ProgressBar)>>,
    is_shown: bool,
}

impl Bars {
    /// No bar yet; none ever if the terminal does not listen.
    pub(super) fn new() -> Self {
        Self { current: Mutex::new(None), is_shown: std::io::stderr().is_terminal() }
    }

    /// Shows how far a stage has come.
    pub(super) fn show(&self, stage: Stage, done: usize, all: usize) {
        if !self.is_shown {
            return;
        }
        let mut current = self.current.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_new =
            current.as_ref().is_none_or(|(it, bar)| *it != stage || bar.length() != Some(all as u64));
        if is_new {
            let bar = ProgressBar::new(all as u64).with_message(title(stage));
            if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
                bar.set_style(style);
            }
            *current = Some((stage, bar));
        }
        if let Some((_, bar)) = current.as_ref() {
            bar.set_position(done as u64);
            if done == all {
                bar.finish_and_clear();
            }
        }
    }
}

fn title(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "读取",
        Stage::Printing => "排版",
    }
}
