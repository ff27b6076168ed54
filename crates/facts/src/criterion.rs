//! One condition on the records of a table, perhaps on a value that is worked out of each first.

use dataset::{Scene, SchemaScope};
use finding::{Origin, Report, Reported};
use source::LocatedText;
use words::{Expression, Type, Unanswered, Verdict};

/// The name by which the groups of a dimension see the value that is sorted.
pub(super) const VALUE: &str = "value";

/// A condition that decides whether a record is counted.
#[derive(Debug, Clone)]
pub struct Criterion {
    value: Option<Expression>,
    when: Expression,
}

impl Criterion {
    /// Reads a condition on a record.
    ///
    /// # Errors
    /// If it is wrong; every fault has been reported.
    pub fn load(
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        let when = Expression::condition(&written.text, written.origin, scope, report)?;
        Ok(Self { value: None, when })
    }

    /// Reads a condition on the `value` that an expression of this type gives for a record.
    ///
    /// # Errors
    /// If it is wrong; every fault has been reported.
    pub fn of_value(
        (value, given): (&Expression, &Type),
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        let scope = scope.clone().with(VALUE, given.clone());
        let when = Expression::condition(&written.text, written.origin, &scope, report)?;
        Ok(Self { value: Some(value.clone()), when })
    }

    /// The condition as it was written, with the value that it is about.
    pub fn source(&self) -> String {
        match &self.value {
            Some(value) => format!("{}（{VALUE} = {}）", self.when.source(), value.source()),
            None => self.when.source().to_owned(),
        }
    }

    /// Where it was written.
    pub fn origin(&self) -> Origin {
        self.when.origin()
    }

    /// Whether its expressions begin with a name, such as `period`.
    pub fn asks_for(&self, name: &str) -> bool {
        self.variables().iter().any(|it| it == name)
    }

    /// The names that its expressions begin with.
    pub(super) fn variables(&self) -> Vec<String> {
        let mut names = self.when.variables();
        names.extend(self.value.iter().flat_map(Expression::variables));
        names.into_iter().collect()
    }

    /// Puts it to the record of a scene.
    pub fn test(&self, scene: &Scene) -> Verdict {
        let Some(value) = &self.value else { return self.when.test(&scene.context()) };
        match value.evaluate(&scene.context()) {
            Ok(value) => self.when.test(&scene.clone().with(VALUE, value).context()),
            Err(Unanswered::Missing(why) | Unanswered::Undecided(why)) => Verdict::Undecided(why),
            Err(Unanswered::Fault(why)) => Verdict::Fault(why),
        }
    }
}
