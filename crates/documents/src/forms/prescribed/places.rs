//! What goes where: the `places:` of a form whose blank was issued by others, held against the blank.

use std::collections::BTreeMap;
use std::sync::Arc;

use annex::{Address, Blank, Gap, GapKind, Place, PlaceKind};

use super::N_LISTED_MAX;
use super::rows::RowsRule;
use crate::leaf::check_printable;
use dataset::SchemaScope;
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node};
use words::{Expression, Type};

/// What a draft says where somebody has to decide.
pub(super) const UNDECIDED: &str = "待定";

/// A place with what goes there.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) at: Address,
    /// Its label as the blank says it.
    pub(super) label: String,
    /// How many characters the form allows.
    pub(super) limit: Option<usize>,
    pub(super) origin: Origin,
    pub(super) rule: Rule,
}

/// What goes into a place.
#[derive(Debug)]
pub(super) enum Rule {
    /// A value in a blank cell.
    Cell(Slot),
    /// A value for each gap of a text.
    Gaps(Vec<(GapKind, Slot)>),
    /// A row for each record of a list.
    Rows(RowsRule),
    /// A picture.
    Picture(Expression),
    /// Nothing: it is left for the hand, for this reason.
    Leave(Arc<str>),
}

impl Rule {
    /// What was declared, in one line.
    pub(super) fn told(&self) -> String {
        let slot = |it: &Slot| match it {
            Slot::Value(expression, _) => expression.source().to_owned(),
            Slot::Leave(why) => format!("（{why}）"),
        };
        match self {
            Self::Cell(it) => slot(it),
            Self::Gaps(all) => all.iter().map(|it| slot(&it.1)).collect::<Vec<_>>().join("；"),
            Self::Rows(rule) => rule.list.source().to_owned(),
            Self::Picture(expression) => expression.source().to_owned(),
            Self::Leave(why) => why.to_string(),
        }
    }
}

/// What goes into a cell or a gap.
#[derive(Debug)]
pub(super) enum Slot {
    /// A value, and what is printed if there is none.
    Value(Expression, Option<Arc<str>>),
    /// Nothing, for this reason.
    Leave(Arc<str>),
}

/// What places are read within.
pub(super) struct Around<'a> {
    pub(super) scope: &'a SchemaScope<'a>,
    /// That of the lists behind rows: where records share a form, it knows them and no single one.
    pub(super) of_lists: &'a SchemaScope<'a>,
    pub(super) blank: &'a Blank,
}

impl Declared<Around<'_>> for Placed {
    const WHAT: &'static str = "填写位置";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let origin = fields.origin();
        let at = fields.required_as("at", address);
        let label = fields.required_text("label");
        let place = match (at, &label) {
            (Ok(at), Ok(label)) => place(at, label, around, fields.report()),
            (Err(reported), _) => Err(reported),
            (_, Err(reported)) => Err(*reported),
        };
        let rule = match &place {
            Ok((_, place)) => rule(fields, place, around),
            // What would go there cannot be judged; its keys are no fault all the same.
            Err(reported) => {
                fields.others();
                Err(*reported)
            }
        };
        let ((at, place), rule) = fields.whole((place, rule))?;
        Ok(Self { at, label: shown(&place), limit: place.limit, origin, rule })
    }
}

fn address(written: &LocatedText, report: &mut Report) -> Result<(Address, Origin), Reported> {
    annex::Address::read(&written.text).map(|it| (it, written.origin)).map_err(|why: annex::NoAddress| {
        let finding = Finding::new(&codes::PLACE_UNKNOWN, format!("“{}”不是表样中的位置", written.text));
        report.error(finding.at(written.origin).hint(why.to_string()))
    })
}

/// The label of a place as a declaration says it.
pub fn shown(place: &Place) -> String {
    let mut label = place.label.join("/");
    if label.is_empty()
        && let PlaceKind::Rows(headings) = &place.kind
    {
        label = headings.iter().filter_map(|it| it.label.last().cloned()).collect::<Vec<_>>().join("、");
    }
    if label.is_empty() { "（无栏目名）".to_owned() } else { label }
}

/// The place of an address; its label has to be the one that is declared.
fn place(
    (at, origin): (Address, Origin),
    label: &LocatedText,
    around: &Around<'_>,
    report: &mut Report,
) -> Result<(Address, Place), Reported> {
    let Some(place) = around.blank.place(at) else {
        let said = around.blank.text_at(at).map(|it| it.split_whitespace().collect::<String>());
        let message = match said.filter(|it| !it.is_empty()) {
            Some(text) => format!("表样的“{at}”不是要填的位置，那里是“{}”", start(&text)),
            None => format!("表样中没有“{at}”这个要填的位置"),
        };
        let hint = "请对照“填表位置.pdf”改正；表样换过的，请用 huibian import … --again 重新对照";
        return Err(report.error(Finding::new(&codes::PLACE_UNKNOWN, message).at(origin).hint(hint)));
    };
    let compact = |it: &str| it.chars().filter(|it| !it.is_whitespace()).collect::<String>();
    if compact(&shown(place)) != compact(&label.text) {
        let message = format!("“{at}”的栏目是“{}”，声明中写的是“{}”", shown(place), label.text);
        let hint = "请核对该处应填什么，再改正 at 或 label";
        return Err(report.error(Finding::new(&codes::PLACE_UNKNOWN, message).at(label.origin).hint(hint)));
    }
    Ok((at, place.clone()))
}

fn start(text: &str) -> String {
    let mut start: String = text.chars().take(20).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

fn rule(fields: &mut Fields<'_, '_>, place: &Place, around: &Around<'_>) -> Result<Rule, Reported> {
    if let Some(why) = fields.text("leave") {
        fields.others();
        return left(&why, fields.report()).map(Rule::Leave);
    }
    match &place.kind {
        PlaceKind::Cell => fields.required_part("value", around).map(Rule::Cell),
        PlaceKind::Text(gaps) => gap_rule(fields, gaps, around),
        PlaceKind::Rows(headings) => RowsRule::read(fields, (place, headings), around).map(Rule::Rows),
        PlaceKind::Picture => {
            let scope = around.scope;
            fields.required_as("picture", |it, report| picture(it, scope, report)).map(Rule::Picture)
        }
        PlaceKind::Signature => {
            let message = "该处由手填、盖章，应写明 leave 及原因";
            let finding = Finding::new(&codes::PLACE_UNFIT, message).at(fields.origin());
            fields.others();
            Err(fields.report().error(finding.hint("如 leave: 由本人签字")))
        }
    }
}

/// Why something is left for the hand. A draft says 待定 where nobody has decided yet.
fn left(why: &LocatedText, report: &mut Report) -> Result<Arc<str>, Reported> {
    if why.text.trim() == UNDECIDED {
        let finding = Finding::new(&codes::PLACE_UNDECIDED, "该处还没有决定怎样填").at(why.origin);
        return Err(report.error(finding.hint("请改写为填什么，或写明由谁手填")));
    }
    Ok(why.text.clone())
}

/// One gap has a `value`, or a `choose` if it is boxes; several have `values`, one for each in their order.
fn gap_rule(fields: &mut Fields<'_, '_>, gaps: &[Gap], around: &Around<'_>) -> Result<Rule, Reported> {
    let is_choice = matches!(gaps, [Gap { kind: GapKind::Choice(_), .. }]);
    let slots = match gaps.len() {
        1 if is_choice => fields.required_part("choose", around).map(|it| vec![it]),
        1 => fields.required_part("value", around).map(|it| vec![it]),
        _ => fields.required_parts("values", around),
    };
    let slots: Vec<Slot> = slots?;
    if slots.len() != gaps.len() {
        let told: Vec<String> = gaps.iter().map(told).collect();
        let message =
            format!("该处有{}个空（{}），values 写了{}项", gaps.len(), told.join("、"), slots.len());
        let finding = Finding::new(&codes::PLACE_UNFIT, message).at(fields.origin());
        let hint = "请按顺序各写一项；不填的写 {leave: 原因}";
        return Err(fields.report().error(finding.hint(hint)));
    }
    Ok(Rule::Gaps(gaps.iter().map(|it| it.kind.clone()).zip(slots).collect()))
}

/// A gap as messages tell it.
pub fn told(gap: &Gap) -> String {
    let what = match &gap.kind {
        GapKind::Date(_) => "年月日".to_owned(),
        GapKind::Choice(choices) => choices.iter().map(|it| format!("□{}", it.word)).collect(),
        GapKind::Expression(it) => format!("{{{{{it}}}}}"),
        GapKind::Statement(it) => format!("{{%{it}%}}"),
        _ => "＿＿".to_owned(),
    };
    format!("{}{what}{}", gap.lead, gap.unit)
}

fn picture(
    written: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Expression, Reported> {
    let (expression, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    if given != Type::Picture {
        let message = format!("“{}”是{}，不是照片", written.text, given.title());
        return Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(written.origin)));
    }
    Ok(expression)
}

impl Declared<Around<'_>> for Slot {
    const WHAT: &'static str = "填写内容";

    fn lone(
        written: &LocatedText,
        around: &Around<'_>,
        report: &mut Report,
    ) -> Option<Result<Self, Reported>> {
        Some(value(written, None, around.scope, report))
    }

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        if let Some(why) = fields.text("leave") {
            fields.finish();
            return left(&why, fields.report()).map(Self::Leave);
        }
        let written = fields.required_text("value");
        let empty = fields.string("empty");
        let written = fields.whole(written)?;
        value(&written, empty, around.scope, fields.report())
    }
}

fn value(
    written: &LocatedText,
    empty: Option<Arc<str>>,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Slot, Reported> {
    let (expression, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    check_printable(written, &given, report)?;
    Ok(Slot::Value(expression, empty))
}

/// Every place of the blank has to be decided about, and none twice.
pub(super) fn check_decided(
    places: &[Placed],
    blank: &Blank,
    node: &Node,
    report: &mut Report,
) -> Result<(), Reported> {
    let mut outcome = Ok(());
    for (number, it) in places.iter().enumerate() {
        if places[..number].iter().any(|other| other.at == it.at) {
            let finding = Finding::new(&codes::PLACE_UNFIT, format!("“{}”写了两次", it.at));
            outcome = Err(report.error(finding.at(it.origin).hint("请只保留一项")));
        }
    }
    let open: Vec<String> = blank
        .places()
        .iter()
        .filter(|it| !places.iter().any(|placed| placed.at == it.at))
        .map(|it| format!("{}（{}）", it.at, shown(it)))
        .collect();
    if !open.is_empty() {
        let listed: Vec<&str> = open.iter().take(N_LISTED_MAX).map(String::as_str).collect();
        let more = if open.len() > listed.len() { "等" } else { "" };
        let message = format!("表样上有{}处没有决定怎样填：{}{more}", open.len(), listed.join("、"));
        let hint = "请在 places 中各补一项；不填的写 leave 和原因";
        outcome =
            Err(report.error(Finding::new(&codes::PLACE_UNDECIDED, message).at(node.origin).hint(hint)));
    }
    outcome
}

/// What is said of places of one label that get different values: that they are not changed for one another only a person can
/// see.
pub(super) fn labelled_alike(places: &[Placed]) -> Option<Finding> {
    let mut by_label: BTreeMap<&str, Vec<(String, Address)>> = BTreeMap::new();
    for it in places.iter().filter(|it| !matches!(it.rule, Rule::Leave(_))) {
        by_label.entry(&it.label).or_default().push((it.rule.told(), it.at));
    }
    let differ = |all: &&(&str, Vec<(String, Address)>)| all.1.iter().any(|it| it.0 != all.1[0].0);
    let by_label: Vec<_> = by_label.into_iter().collect();
    let told: Vec<String> = by_label
        .iter()
        .filter(differ)
        .map(|(label, all)| {
            let one = |it: &(String, Address)| format!("{}填{}", it.1, it.0);
            format!("“{label}”（{}）", all.iter().map(one).collect::<Vec<_>>().join("，"))
        })
        .collect();
    let message = format!("表样上有同名的栏目：{}", told.join("；"));
    let hint = "请对照“填表位置.pdf”核对各处填的是谁、是什么";
    (!told.is_empty()).then(|| Finding::new(&codes::LABEL_TWICE, message).hint(hint))
}
