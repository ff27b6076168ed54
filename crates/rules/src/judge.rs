//! Conditions are put to records: met, not met, undecided, or not applicable.

use std::sync::Arc;

use super::Condition;
use super::undecided::Undecided;
use dataset::{Dataset, FieldRef, RecordRef, Scene, Trace};
use facts::{Tally, project_names};
use finding::{Finding, Report, codes};
use project::Project;
use value::PartialDate;
use words::{self, Template, Unanswered, Verdict};

/// With more combinations of undecided figures than this, a condition is not tried with each of them.
const N_COMBINATIONS_MAX: usize = 4096;

/// What a condition says of a record, with its reason in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It does not apply: not yet or no longer in force, or meant for others.
    NotApplicable,
    /// It holds; the reason may be empty.
    Met(String),
    /// It does not hold.
    Unmet(String),
    /// The data do not decide.
    Undecided(String),
    /// The declaration failed.
    Fault(String),
}

/// A condition's outcome for one record, with the finding to be made of it.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// What it says.
    pub outcome: Outcome,
    /// The finding, if it does not hold; one for an undecided condition too, as a query.
    pub finding: Option<Finding>,
}

/// Puts every rule to every record of its table. Undecided records are counted in one note per rule, but for those of
/// which an error already says what is wrong.
pub fn check(conditions: &[Condition], dataset: &Arc<Dataset>, project: &Project, report: &mut Report) {
    let names = project_names(project);
    let mut open = Undecided::default();
    for condition in conditions {
        for row in 0..dataset.n_rows(condition.of) {
            let trace = Arc::new(Trace::default());
            let record = RecordRef { dataset: dataset.clone(), table: condition.of, row, trace };
            let scene = Scene::new(record).with("project", names.clone());
            let judgement = condition.judge(&scene, project);
            match judgement.outcome {
                Outcome::Undecided(why) => open.add(condition, why, &scene.record),
                _ => judgement.finding.into_iter().for_each(|it| report.push(it)),
            }
        }
    }
    open.report(report);
}

impl Condition {
    /// Puts the condition to the record of a scene, which knows `project`.
    pub fn judge(&self, scene: &Scene, project: &Project) -> Judgement {
        let scene = &self.with_lets(scene);
        let outcome = match self.outcome(scene, project) {
            Ok(Outcome::Unmet(why)) => lost(scene).map_or(Outcome::Unmet(why), Outcome::Undecided),
            Ok(outcome) => outcome,
            Err(Unanswered::Missing(why) | Unanswered::Undecided(why)) => Outcome::Undecided(why),
            Err(Unanswered::Fault(why)) => Outcome::Fault(why),
        };
        let finding = self.finding(&outcome, scene);
        Judgement { outcome, finding }
    }

    /// The scene with the names of `let:`. What nothing reads is not evaluated: a condition is not undecided for want of
    /// a value that matters only to records which it is meant for.
    fn with_lets(&self, scene: &Scene) -> Scene {
        let lets = self.lets.iter();
        lets.fold(scene.clone(), |scene, (name, it)| scene.with_deferred(name.clone(), it.clone()))
    }

    fn outcome(&self, scene: &Scene, project: &Project) -> Result<Outcome, Unanswered> {
        if !self.applies(scene, project)? {
            return Ok(Outcome::NotApplicable);
        }
        let mut tallies = Vec::new();
        for (name, count) in &self.counts {
            tallies.push((name, count.tally(scene)?));
        }
        let verdict = self.verdict(scene, &tallies);
        let scene = with_figures(scene, &tallies, 0);
        match verdict {
            Verdict::Holds => {
                Ok(Outcome::Met(self.met.as_ref().map_or(Ok(String::new()), |it| text(it, &scene))?))
            }
            Verdict::Fails => {
                let n_open: usize = tallies.iter().map(|(_, it)| it.undecided.len()).sum();
                let more = if n_open > 0 {
                    format!("（另有{n_open}条记录不能判定，未计入）")
                } else {
                    String::new()
                };
                Ok(Outcome::Unmet(text(&self.message, &scene)? + &more))
            }
            Verdict::Undecided(why) => Ok(Outcome::Undecided(why)),
            Verdict::Fault(why) => Ok(Outcome::Fault(why)),
        }
    }

    /// Whether the condition is in force on the record's own date, and meant for the record.
    fn applies(&self, scene: &Scene, project: &Project) -> Result<bool, Unanswered> {
        // A record that the condition is not meant for may well lack the date by which it would be judged.
        let meant = self.when.as_ref().map(|it| it.test(&scene.context()));
        if meant == Some(Verdict::Fails) {
            return Ok(false);
        }
        let date = match &self.on {
            Some(on) => words::date(&on.evaluate(&scene.context())?).unwrap_or_else(|| project.as_of.into()),
            None => project.as_of.into(),
        };
        let is_early = self.valid_from.map(|it| date.before(&it.into()));
        let is_late = self.valid_to.map(|it| PartialDate::from(it).before(&date));
        for outside in [is_early, is_late].into_iter().flatten() {
            match outside {
                Some(true) => return Ok(false),
                Some(false) => {}
                None => return Err(Unanswered::Undecided(format!("“{date}”不足以确定是否在规定有效期内"))),
            }
        }
        match meant {
            None | Some(Verdict::Holds) => Ok(true),
            Some(Verdict::Fails) => Ok(false),
            Some(Verdict::Undecided(why)) => Err(Unanswered::Undecided(why)),
            Some(Verdict::Fault(why)) => Err(Unanswered::Fault(why)),
        }
    }

    /// Tries every figure that the undecided records allow, from “none of them counts” to “all of them do”: only if all
    /// agree is the condition decided. So a certain “好” settles “at least one”, whatever another honour's date may be.
    fn verdict(&self, scene: &Scene, tallies: &[(&Arc<str>, Tally)]) -> Verdict {
        let ranges = tallies.iter().map(|(_, it)| it.undecided.len() + 1);
        let n_combinations = ranges.fold(1_usize, usize::saturating_mul);
        if n_combinations > N_COMBINATIONS_MAX {
            return Verdict::Undecided(first_reason(tallies));
        }
        let mut verdicts =
            (0..n_combinations).map(|it| self.require.test(&with_figures(scene, tallies, it).context()));
        let Some(first) = verdicts.next() else { return Verdict::Undecided(first_reason(tallies)) };
        if verdicts.all(|it| it == first) { first } else { Verdict::Undecided(first_reason(tallies)) }
    }

    fn finding(&self, outcome: &Outcome, scene: &Scene) -> Option<Finding> {
        let (severity, message) = match outcome {
            Outcome::NotApplicable | Outcome::Met(_) => return None,
            Outcome::Unmet(why) => (self.severity, why.clone()),
            Outcome::Undecided(why) => (finding::Severity::Query, format!("“{}”无法判定：{why}", self.title)),
            Outcome::Fault(why) => {
                let finding =
                    Finding::new(&codes::RULE_FAILED, format!("规则“{}”不能执行：{why}", self.title));
                return Some(finding.at(self.require.origin()).hint("请检查该规则的写法"));
            }
        };
        let record = &scene.record;
        let dataset = &record.dataset;
        let at = |field: usize| FieldRef { table: record.table, row: record.row, field };
        let mut finding = Finding::named(self.code.to_string(), severity, message)
            .basis(&*self.basis)
            .subject(dataset.subject(record.table, record.row))
            .at(dataset.record(record.table, record.row).origin);
        if let Some(field) = self.at {
            let declared = &dataset.schema(record.table).fields[field];
            let cell = dataset.cell(at(field));
            finding = finding.at(cell.origin).field(declared.title.clone());
            if !declared.sensitive && cell.value.is_present() {
                finding = finding.value(cell.value.display());
            }
        }
        for (field, label) in &self.related {
            finding = finding.related(dataset.cell(at(*field)).origin, &**label);
        }
        match self.hint.as_ref().map(|it| it.render(&scene.context())) {
            Some(Ok(hint)) => Some(finding.hint(hint)),
            _ => Some(finding),
        }
    }
}

/// Why the lists that a condition has read may be incomplete: records that were probably meant for them could not be
/// attributed. That error has been reported; what follows from it is not another one.
fn lost(scene: &Scene) -> Option<String> {
    let record = &scene.record;
    let reads = record.trace.reads();
    let lost = reads.lists.iter().find(|list| record.dataset.lost(**list).any(|it| it.near.is_some()))?;
    let table = record.dataset.schema(lost.table);
    Some(format!("“{}”表中有记录的“{}”未能识别", table.title, table.fields[lost.field].title))
}

fn first_reason(tallies: &[(&Arc<str>, Tally)]) -> String {
    let reason = tallies.iter().find_map(|(_, it)| it.undecided.first());
    reason.cloned().unwrap_or_else(|| "所需的值缺失".to_owned())
}

/// The scene with every figure. `combination` says of each how many of its undecided records count: a number whose
/// digits have as many values as the figure has.
fn with_figures(scene: &Scene, tallies: &[(&Arc<str>, Tally)], combination: usize) -> Scene {
    let mut scene = scene.clone();
    let mut rest = combination;
    for (name, tally) in tallies {
        let n_values = tally.undecided.len() + 1;
        scene = scene.with((*name).clone(), tally.value_with(rest % n_values, name));
        rest /= n_values;
    }
    scene
}

fn text(template: &Template, scene: &Scene) -> Result<String, Unanswered> {
    template.render(&scene.context())
}
