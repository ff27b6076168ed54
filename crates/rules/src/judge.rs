//! Conditions are put to records: met, not met, undecided, or not applicable.

use std::sync::Arc;

use super::Condition;
use super::lets::Let;
use super::undecided::Undecided;
use dataset::{FieldId, Lost, Meant, RecordId, RecordRef, Scene, SharedValues, Trace};
use facts::{Asker, Count, Figures, Tally, project_names};
use finding::{Finding, Report, Target, codes};
use project::Project;
use schema::FieldKind;
use value::{PartialDate, Value};
use words::{self, Template, Unanswered, Verdict};

/// With more combinations of undecided figures than this, a condition is not tried with each of them.
const N_COMBINATIONS_MAX: usize = 4096;

/// What is said where nothing tells why a figure is not certain.
const LACKING: &str = "所需的值缺失";

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
pub fn check(conditions: &[Condition], figures: &Arc<Figures>, project: &Project, report: &mut Report) {
    let dataset = figures.dataset();
    let mut open = Undecided::default();
    for condition in conditions {
        let shared = SharedValues::default();
        for record in dataset.rows_of(condition.of) {
            let scene = condition_scene(record, figures, Asker::Rule, project);
            let judgement = condition.judged(&condition.with_shared_lets(&scene, &shared), project);
            match judgement.outcome {
                Outcome::Undecided(why) => open.add(condition, why, &scene.record),
                _ => judgement.finding.into_iter().for_each(|it| report.push(it)),
            }
        }
    }
    open.report(report);
}

/// The scene around a record in which conditions are judged: they find `project` and `facts`.
pub fn condition_scene(id: RecordId, figures: &Arc<Figures>, asker: Asker, project: &Project) -> Scene {
    let trace = Arc::new(Trace::default());
    let facts = figures.as_value(asker, trace.clone());
    let record = RecordRef { dataset: figures.dataset(), id, trace };
    Scene::new(record).with("project", project_names(project)).with("facts", facts)
}

impl Condition {
    /// Puts the condition to the record of a scene, which knows `project` and `facts`.
    pub fn judge(&self, scene: &Scene, project: &Project) -> Judgement {
        self.judged(&self.with_lets(scene), project)
    }

    /// Puts the condition to the record of a scene that knows the names of `let:`, too.
    fn judged(&self, scene: &Scene, project: &Project) -> Judgement {
        let (outcome, scene) = match self.applies(scene, project) {
            Ok(true) => {
                let counted: Vec<Counted<'_>> =
                    self.counts.iter().map(|(name, it)| Counted::new(name, it, scene)).collect();
                let outcome = self.outcome(scene, &counted);
                (outcome, with_counts(scene, &counted, 0))
            }
            Ok(false) => (Ok(Outcome::NotApplicable), scene.clone()),
            Err(unanswered) => (Err(unanswered), scene.clone()),
        };
        let outcome = match outcome {
            Ok(Outcome::Unmet(why)) => self
                .unreadable(&scene)
                .or_else(|| lost(&scene))
                .map_or(Outcome::Unmet(why), Outcome::Undecided),
            Ok(outcome) => outcome,
            Err(Unanswered::Missing(why) | Unanswered::Undecided(why)) => Outcome::Undecided(why),
            Err(Unanswered::Fault(why)) => Outcome::Fault(why),
        };
        let finding = self.finding(&outcome, &scene);
        Judgement { outcome, finding }
    }

    /// Why the field that the condition is about has no value, if something is written there: that it cannot be read has
    /// been said, and is not a value that is lacking as well.
    fn unreadable(&self, scene: &Scene) -> Option<String> {
        let (dataset, record) = (&scene.record.dataset, scene.record.id);
        let own = record.field(self.at?);
        let at = dataset.written_at(own);
        let is_unread = match &dataset.field(own.column()).kind {
            // Who need not be listed, and who has left, is no mistake, and nothing was said.
            FieldKind::Reference(it) if it.may_be_unlisted || dataset.departed(own).is_some() => false,
            FieldKind::Reference(_) => dataset.cell(at).value != Value::Missing && !dataset.is_usable(own),
            _ => dataset.cell(at).value == Value::Invalid,
        };
        is_unread.then(|| dataset.absence(at).to_string())
    }

    /// The scene with the names of `let:`. What nothing reads is not evaluated: a condition is not undecided for want of
    /// a value that matters only to records which it is meant for.
    fn with_lets(&self, scene: &Scene) -> Scene {
        let lets = self.lets.iter();
        lets.fold(scene.clone(), |scene, it| scene.with_deferred(it.name.clone(), it.expression.clone()))
    }

    /// The same, with what belongs to a record that many refer to evaluated once for all of them.
    fn with_shared_lets(&self, scene: &Scene, values: &SharedValues) -> Scene {
        let record = &scene.record;
        let owner = |it: &Let| record.dataset.follow(record.id.field(it.belongs_to?));
        self.lets.iter().enumerate().fold(scene.clone(), |scene, (idx, it)| match owner(it) {
            Some(owner) => scene.with_shared((idx, it.name.clone()), &it.expression, (values, owner)),
            None => scene.with_deferred(it.name.clone(), it.expression.clone()),
        })
    }

    fn outcome(&self, scene: &Scene, counted: &[Counted<'_>]) -> Result<Outcome, Unanswered> {
        if let Some(fault) = counted.iter().find_map(Counted::fault) {
            return Err(Unanswered::Fault(fault));
        }
        let verdict = self.verdict(scene, counted);
        let scene = with_counts(scene, counted, 0);
        match verdict {
            Verdict::Holds => {
                Ok(Outcome::Met(self.met.as_ref().map_or(Ok(String::new()), |it| text(it, &scene))?))
            }
            Verdict::Fails => {
                let n_open: usize = counted.iter().map(|it| it.tally.n_open()).sum();
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
        let outside = || [is_early, is_late].into_iter().flatten();
        if outside().any(|it| it == Some(true)) {
            return Ok(false);
        }
        if outside().any(|it| it.is_none()) {
            return Err(Unanswered::Undecided(format!("“{date}”不足以确定是否在规定有效期内")));
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
    fn verdict(&self, scene: &Scene, counted: &[Counted<'_>]) -> Verdict {
        let n_combinations =
            counted.iter().map(|it| it.tally.n_values()).fold(1_usize, usize::saturating_mul);
        let undecided = || Verdict::Undecided(first_reason(counted));
        if n_combinations > N_COMBINATIONS_MAX {
            return undecided();
        }
        let mut verdicts =
            (0..n_combinations).map(|it| self.require.test(&with_counts(scene, counted, it).context()));
        let Some(first) = verdicts.next() else { return undecided() };
        if verdicts.all(|it| it == first) { first } else { undecided() }
    }

    fn finding(&self, outcome: &Outcome, scene: &Scene) -> Option<Finding> {
        let (severity, message) = match outcome {
            Outcome::NotApplicable | Outcome::Met(_) => return None,
            Outcome::Unmet(why) => (self.severity, why.clone()),
            Outcome::Undecided(why) => (finding::Severity::Query, format!("“{}”无法判定：{why}", self.title)),
            Outcome::Fault(why) => {
                let finding =
                    Finding::new(&codes::RULE_FAILED, format!("规则“{}”不能执行：{why}", self.title));
                let place = self.require.origin();
                let finding = finding.at(place).about(Target::Declaration(place));
                return Some(finding.hint("请检查该规则的写法"));
            }
        };
        let record = &scene.record;
        let dataset = &record.dataset;
        let at = |field: FieldId| record.id.field(field);
        let whole = || Target::record(record.id);
        let mut finding = Finding::named(self.code.to_string(), severity, message)
            .basis(&*self.basis)
            .subject(dataset.subject(record.id))
            .at(dataset.record(record.id).origin)
            .about(self.at.map_or_else(whole, |it| Target::field(at(it))));
        if let Some(field) = self.at {
            let declared = dataset.field(at(field).column());
            let cell = dataset.cell(at(field));
            finding = finding.at(cell.origin).field(declared.title.clone());
            // How many records a unit states to have is a matter of those records, too: some may be lacking.
            let counted = declared.counts.as_ref().and_then(|it| dataset.schemas.index(&it.text));
            finding.about.extend(counted.map(|it| Target::Return(it, Some(record.id))));
            if !declared.sensitive && cell.value.is_present() {
                finding = finding.value(cell.value.display());
            }
        }
        for (field, label) in &self.related {
            let field = at(*field);
            finding = finding.related(dataset.cell(field).origin, &**label).about(Target::field(field));
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
    let lists = record.trace.lists();
    let is_meant = |it: &Lost| matches!(it.meant, Meant::Near(_));
    let lost = lists.iter().find(|list| record.dataset.lost(**list).any(is_meant))?;
    let table = record.dataset.schema(lost.column.table);
    Some(format!("“{}”表中有记录的“{}”未能识别", table.title, table.fields[lost.column.field].title))
}

/// A count of a condition, counted.
struct Counted<'a> {
    name: &'a Arc<str>,
    count: &'a Count,
    tally: Tally,
}

impl<'a> Counted<'a> {
    fn new(name: &'a Arc<str>, count: &'a Count, scene: &Scene) -> Self {
        Self { name, count, tally: count.tally(scene) }
    }

    fn fault(&self) -> Option<String> {
        self.tally.faults.first().map(|it| it.1.clone())
    }

    /// Why it is not certain, if it is not.
    fn reason(&self) -> Option<&str> {
        self.tally.open.first().map(|it| it.why.as_str())
    }
}

fn first_reason(counted: &[Counted<'_>]) -> String {
    counted.iter().find_map(Counted::reason).unwrap_or(LACKING).to_owned()
}

/// The scene with every count. `combination` says which of its possible values each has: a number whose digits have as
/// many values as the count has.
fn with_counts(scene: &Scene, counted: &[Counted<'_>], combination: usize) -> Scene {
    let (mut scene, mut rest) = (scene.clone(), combination);
    for it in counted {
        let n_values = it.tally.n_values();
        let name = it.name.clone();
        scene = match it.tally.possible_value(rest % n_values, it.count.value_type()) {
            Some(value) => scene.with(name, value),
            None => scene.with_open(name, it.reason().unwrap_or(LACKING)),
        };
        rest /= n_values;
    }
    scene
}

fn text(template: &Template, scene: &Scene) -> Result<String, Unanswered> {
    template.render(&scene.context())
}
