//! The words by which places of blanks are known: `templates/forms/reading.yaml`.

use annex::{ByHand, Signs};

use finding::{Finding, Report, Reported, codes};
use project::Templates;
use source::{Declared, Fields};

/// Where they stand.
const FILE: &str = "forms/reading.yaml";

/// Reads them.
///
/// # Errors
/// If they are not there or anything in them is wrong.
pub fn load(templates: &Templates, report: &mut Report) -> Result<Signs, Reported> {
    let Some(root) = templates.tree(FILE, report)? else {
        let message = format!("缺少 templates/{FILE}");
        return Err(report.error(Finding::new(&codes::CONFIGURATION_UNUSABLE, message)));
    };
    Ok(Words::load(&root, &(), report)?.0)
}

struct Words(Signs);

impl Declared for Words {
    const WHAT: &'static str = "表样识别用词";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let by_hand = fields.required_parts::<Hand, ()>("by_hand", &());
        let boxes = strings(fields, "boxes");
        let (picture, measures) = (strings(fields, "picture"), strings(fields, "measures"));
        let (limits, numbers) = (strings(fields, "limits"), strings(fields, "numbers"));
        let [failing, samples] = ["failing", "samples"].map(|it| strings(fields, it));
        let (by_hand, boxes, picture, measures, limits, numbers, failing) =
            fields.whole((by_hand, boxes, picture, measures, limits, numbers, failing))?;
        let samples = samples?;
        let boxes = boxes.iter().filter_map(|it| it.chars().next()).collect();
        let by_hand = by_hand.into_iter().map(|it| it.0).collect();
        Ok(Self(Signs { by_hand, picture, boxes, measures, limits, numbers, failing, samples }))
    }
}

struct Hand(ByHand);

impl Declared for Hand {
    const WHAT: &'static str = "手填的栏";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let words = strings(fields, "words");
        let why = fields.required_string("why");
        let spreads = fields.flag("spreads").unwrap_or_default();
        let (words, why) = fields.whole((words, why))?;
        Ok(Self(ByHand { words, why: why.to_string(), spreads }))
    }
}

fn strings(fields: &mut Fields<'_, '_>, key: &str) -> Result<Vec<String>, Reported> {
    let texts: Vec<std::sync::Arc<str>> = fields.required_strings(key)?;
    Ok(texts.iter().map(ToString::to_string).collect())
}
