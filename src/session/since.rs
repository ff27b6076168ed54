//! The findings of an earlier run are read, and held against those of this one.

use std::path::Path;

use documents::{Earlier, Since};
use source::{Limits, read_bytes};

use super::{Checked, Failure, Session};

/// The file in an output folder that holds the findings of its run.
const FINDINGS: &str = "findings.json";

/// The findings of the run whose output folder this is, or whose manifest or list of findings.
///
/// # Errors
/// If there are none.
pub fn earlier_findings(path: &Path) -> Result<Vec<Earlier>, Failure> {
    let is_file = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
    let place = if is_file { path.with_file_name(FINDINGS) } else { path.join(FINDINGS) };
    let bytes = read_bytes(&place, &Limits::standard()).ok();
    bytes.and_then(|it| Earlier::read(&it)).ok_or_else(|| Failure::Earlier(path.to_owned()))
}

impl Session<'_> {
    /// Holds what was found against an earlier run, for the report and the terminal.
    pub fn compare_with(&self, earlier: &[Earlier], checked: &mut Checked) {
        checked.since = Some(Since::new(earlier, &self.report, &checked.dataset, &self.sources));
    }

    /// What became of the findings of the earlier run, as text.
    pub fn since_text(&self, checked: &Checked, style: render::Style) -> String {
        checked.since.as_ref().map(|it| render::since_text(it, style)).unwrap_or_default()
    }
}
