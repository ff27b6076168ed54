//! Every built-in rule and condition does what its two cases say.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::sync::Arc;

use huibian::documents;
use huibian::finding::{Origin, Report, Sources, codes};
use huibian::project::Templates;
use huibian::rules::{self, Condition, Expected, Outcome};
use huibian::schema::{self, Schemas};
use huibian::source::LocatedText;
use jiff::civil::date;

/// The built-in rules and the conditions of the built-in forms.
fn built_in() -> (Arc<Schemas>, Vec<Condition>) {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let schemas = schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap();
    let mut conditions = rules::load(&templates.trees("rules", &mut report), &schemas, &mut report);
    let declarations = templates.in_folder("forms", "/form.yaml");
    let forms: Vec<LocatedText> = declarations
        .map(|(path, file)| LocatedText {
            text: path.split('/').nth(1).unwrap().into(),
            origin: Origin::file(file.file),
        })
        .collect();
    assert!(!forms.is_empty());
    let forms = documents::load_forms(&forms, &templates, &schemas, &mut report).unwrap();
    conditions.extend(forms.into_iter().flat_map(|it| it.conditions));
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    (Arc::new(schemas), conditions)
}

#[test]
fn a_case_that_fires_violates_its_condition_and_one_that_passes_meets_it() {
    let (schemas, conditions) = built_in();
    let mut faults = Vec::new();
    for condition in &conditions {
        for case in &condition.cases {
            let outcome = condition.try_case(case, &schemas, date(2024, 5, 31));
            let said = match (&outcome, case.expected) {
                (Some(Outcome::Unmet(message)), Expected::Fires) => !message.is_empty(),
                (Some(Outcome::Met(_)), Expected::Passes) => true,
                _ => false,
            };
            if !said {
                faults.push(format!("{} should be {:?}: {outcome:?}", condition.code, case.expected));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_condition_has_one_case_of_each_kind_and_a_basis() {
    let (_, conditions) = built_in();
    assert!(conditions.len() >= 20, "{} conditions", conditions.len());
    for condition in &conditions {
        let kinds: Vec<Expected> = condition.cases.iter().map(|it| it.expected).collect();
        assert_eq!(kinds, [Expected::Fires, Expected::Passes], "{}", condition.code);
        assert!(!condition.basis.is_empty() && !condition.title.is_empty(), "{}", condition.code);
    }
}

#[test]
fn no_two_conditions_share_a_code_nor_take_one_of_the_engine() {
    let (_, conditions) = built_in();
    let mut seen: BTreeSet<&str> = codes::ALL.iter().map(|it| it.name).collect();
    for condition in &conditions {
        assert!(seen.insert(&condition.code), "{} is taken", condition.code);
    }
}
