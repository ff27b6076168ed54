//! The report of a run: all findings, in the order in which they were made.

use super::identity::{ById, TableId};
use super::{Finding, Severity, Target, mask};

/// Proof that an error was reported. Only [`Report::error`] makes one, so a reader that gives up
/// on something cannot do so in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported(());

/// All findings of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// Adds a finding of any severity.
    pub fn push(&mut self, mut finding: Finding) {
        mask::mask(&mut finding);
        self.findings.push(finding);
    }

    /// Adds a finding as an error and gives the proof that this was done.
    pub fn error(&mut self, mut finding: Finding) -> Reported {
        finding.severity = Severity::Error;
        self.push(finding);
        Reported(())
    }

    /// What a reader gives that reports no error meanwhile. One that goes on after an error, such as an unknown key, gives
    /// something that cannot be used.
    ///
    /// # Errors
    /// If it gives up, or reports an error.
    pub fn sound<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Reported>) -> Result<T, Reported> {
        let n_before = self.findings.len();
        let read = read(self)?;
        let mut own = self.findings.iter().skip(n_before);
        if own.any(|it| it.severity == Severity::Error) { Err(Reported(())) } else { Ok(read) }
    }

    /// Takes over the findings of another report, after those already here.
    pub fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// Takes over the findings of another report.
    ///
    /// # Errors
    /// If there is an error among them, which then needs no other to be said.
    pub fn append_sound(&mut self, other: Self) -> Result<(), Reported> {
        let is_sound = !other.has_errors();
        self.append(other);
        if is_sound { Ok(()) } else { Err(Reported(())) }
    }

    /// Takes over the findings of another report, each of them about this and nothing else; where this is nothing, about what
    /// it says itself.
    pub fn append_about(&mut self, other: Self, about: impl Fn(&Finding) -> Option<Target>) {
        let settled = |it: Finding| match about(&it) {
            Some(target) => Finding { about: vec![target], ..it },
            None => it,
        };
        self.findings.extend(other.findings.into_iter().map(settled));
    }

    /// Takes over the findings about the records of one file, which stand behind those read before: their number is given
    /// by table.
    pub fn append_behind(&mut self, other: Self, before: &ById<TableId, usize>) {
        let shifted = |mut it: Finding| {
            it.about.iter_mut().for_each(|target| target.shift(before));
            it
        };
        self.findings.extend(other.findings.into_iter().map(shifted));
    }

    /// The findings, in order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Changes the findings in place: later stages add the subject, or put them in order.
    pub fn findings_mut(&mut self) -> &mut Vec<Finding> {
        &mut self.findings
    }

    /// Makes every query an error: the run is strict.
    pub fn make_queries_errors(&mut self) {
        for finding in self.findings.iter_mut().filter(|it| it.severity == Severity::Query) {
            finding.severity = Severity::Error;
        }
    }

    /// How many findings there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|it| it.severity == severity).count()
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_report_holds_is_taken_over_and_an_error_in_it_is_proof_enough() {
        let mut report = Report::default();
        for (severity, is_sound) in
            [(Severity::Note, true), (Severity::Query, true), (Severity::Error, false)]
        {
            let mut other = Report::default();
            other.push(Finding::named("other", severity, "other"));
            assert_eq!(report.append_sound(other).is_ok(), is_sound, "{severity:?}");
        }
        assert_eq!(report.findings().len(), 3);
    }

    #[test]
    fn what_was_read_with_an_error_behind_it_is_refused_and_one_that_gave_up_says_so_itself() {
        let finding = |code: &'static str, severity| Finding::named(code, severity, code);
        let mut report = Report::default();
        report.push(finding("earlier", Severity::Error));
        let mut sound = |code, severity, read: Option<u8>| {
            report.sound(|report| {
                report.push(finding(code, severity));
                read.ok_or_else(|| report.error(finding("gave-up", Severity::Error)))
            })
        };
        assert_eq!(sound("note", Severity::Note, Some(1)), Ok(1));
        assert!(sound("unknown-key", Severity::Error, Some(2)).is_err());
        assert!(sound("query", Severity::Query, None).is_err());
        let codes: Vec<_> = report.findings().iter().map(|it| &*it.code).collect();
        assert_eq!(codes, ["earlier", "note", "unknown-key", "query", "gave-up"]);
    }
}
