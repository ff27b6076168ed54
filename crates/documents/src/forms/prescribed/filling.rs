//! A blank is filled for a record: what goes into each place, where that comes from, and what does not fit.

use std::sync::Arc;

use annex::{Answer, Blank, Content, Date, GapKind, Image, ImageKind, PlaceKind, Wanted};
use minijinja::Value;

use super::places::{Placed, Rule, Slot};
use super::{Annex, RECORDS};
use crate::book::Cell;
use crate::forms::declaration::Form;
use crate::forms::plan::undecided;
use crate::leaf::{cell, leaf};
use crate::planning::Planning;
use dataset::{FieldRef, Reads, RecordId, RecordRef, Scene};
use facts::Asker;
use finding::{Finding, Origin, Report, Target, codes};
use rules::condition_scene;
use schema::FieldKind;
use value::PictureKind;
use words::{Expression, Unanswered};

/// A blank filled for a record.
pub(in crate::forms) struct FilledIn {
    /// What goes where.
    pub(super) wanted: Vec<Wanted>,
    /// Rows for which the form has no room, as they go into further copies of it.
    pub(super) carried: Vec<(annex::Address, Vec<Content>)>,
    /// Every place with what was written there.
    pub(in crate::forms) entries: Vec<FilledPlace>,
    /// What was read.
    pub(in crate::forms) reads: Reads,
    /// What does not fit, without the document that it is about.
    pub(in crate::forms) faults: Vec<Finding>,
    /// What cannot be determined.
    pub(in crate::forms) undecided: Vec<String>,
    /// What formulas have to give.
    pub(super) expected: Vec<(annex::Address, annex::Value)>,
}

impl FilledIn {
    /// Says what does not fit or cannot be determined, about the document of a path alone: what its record says may be
    /// right for others.
    pub(in crate::forms) fn reported(
        mut self,
        form: &Form,
        (path, origin): (&str, Origin),
        report: &mut Report,
    ) -> Self {
        for why in std::mem::take(&mut self.undecided) {
            report.push(undecided(form, &why, path).at(origin));
        }
        for fault in std::mem::take(&mut self.faults) {
            report.push(fault.about(Target::Document(path.into())));
        }
        self
    }
}

/// A form that others have issued, filled for a record.
#[derive(Debug)]
pub struct PlannedForm {
    /// Its path below the output folder.
    pub path: String,
    /// What the form is called.
    pub title: String,
    /// Its files: more than one if its rows go on in further copies.
    pub files: Vec<String>,
    /// Its blank, if the office suite of the machine is to print it.
    pub printed: Option<Arc<Blank>>,
    /// Its record, or the first of those that share it.
    pub record: RecordId,
    /// Its places, in the order of the declaration.
    pub places: Vec<FilledPlace>,
}

/// A place with what was written there.
#[derive(Debug, Clone)]
pub struct FilledPlace {
    /// Where it stands.
    pub at: annex::Address,
    /// Its label.
    pub label: String,
    /// What was written; nothing if there was no value.
    pub value: String,
    /// The fields that it was made from.
    pub sources: Vec<FieldRef>,
    /// Why nothing was written, if it is left for the hand.
    pub left: Option<String>,
    /// What was declared for it.
    pub declared: String,
    /// Where that is declared.
    pub origin: Origin,
}

/// Fills a blank for a record, or for those that share it, of which there is at least one.
pub(in crate::forms) fn fill(
    (annex, empty): (&Annex, &str),
    planning: Planning<'_>,
    records: &[RecordId],
) -> FilledIn {
    let mut filler = Filler {
        annex,
        empty,
        planning,
        records,
        filled: FilledIn {
            wanted: Vec::new(),
            carried: Vec::new(),
            entries: Vec::new(),
            reads: Reads::default(),
            faults: Vec::new(),
            undecided: Vec::new(),
            expected: Vec::new(),
        },
    };
    annex.places.iter().for_each(|it| filler.place(it));
    for it in &annex.expected {
        let scene = filler.scene(filler.first());
        match value_of(&it.value, &scene, "") {
            Ok(value) => filler.filled.expected.push((it.at, value)),
            Err(why) => filler.filled.undecided.push(format!("{}：{why}", it.at)),
        }
        filler.filled.reads.extend(&scene.record.trace.reads());
    }
    filler.filled
}

pub(super) struct Filler<'a> {
    annex: &'a Annex,
    /// Printed for a value that is not there.
    pub(super) empty: &'a str,
    planning: Planning<'a>,
    /// At least one.
    records: &'a [RecordId],
    pub(super) filled: FilledIn,
}

/// What was put together for a place.
pub(super) struct Put {
    pub(super) content: Option<Content>,
    /// What is written, as the check sheet shows it.
    pub(super) value: String,
    /// What of it is left for the hand.
    pub(super) left: Vec<String>,
}

impl Filler<'_> {
    /// The record, or the first of those that share the form.
    fn first(&self) -> RecordId {
        self.records[0]
    }

    /// Where findings about a form as a whole stand.
    pub(super) fn origin(&self) -> Origin {
        self.planning.dataset.record(self.first()).origin
    }

    /// What a place sees of a record, and of those that share the form; it traces what this place is made from.
    fn scene(&self, record: RecordId) -> Scene {
        let Planning { figures, project, .. } = self.planning;
        let scene = condition_scene(record, figures, Asker::Document, project);
        let beside = |id: &RecordId| Value::from_object(RecordRef { id: *id, ..scene.record.clone() });
        let all: Value = self.records.iter().map(beside).collect();
        scene.with(RECORDS, all)
    }

    fn place(&mut self, placed: &Placed) {
        let scene = self.scene(self.first());
        let put = self.put(placed, &scene).and_then(|put| {
            self.check_shared(placed, &put, &scene)?;
            Ok(put)
        });
        let reads = scene.record.trace.reads();
        let put = put.unwrap_or_else(|why| {
            self.filled.undecided.push(format!("{}：{why}", placed.label));
            Put { content: None, value: String::new(), left: Vec::new() }
        });
        self.check(placed, &put, &reads);
        let sources = self.sources(&reads);
        self.filled.reads.extend(&reads);
        let left = (!put.left.is_empty()).then(|| put.left.join("；"));
        let (at, label, declared, origin) =
            (placed.at, placed.label.clone(), placed.rule.told(), placed.origin);
        self.filled.entries.push(FilledPlace {
            at,
            label,
            value: put.value,
            sources,
            left,
            declared,
            origin,
        });
        self.filled.wanted.extend(put.content.map(|content| Wanted { at, content }));
    }

    fn put(&mut self, placed: &Placed, scene: &Scene) -> Result<Put, String> {
        match &placed.rule {
            Rule::Leave(why) => {
                let left = vec![why.to_string()];
                Ok(Put { content: self.left(placed.at), value: String::new(), left })
            }
            Rule::Cell(slot) => self.cell(slot, scene),
            Rule::Gaps(gaps) => self.gaps(gaps, scene),
            Rule::Rows(rule) => self.rows(rule, placed, scene),
            Rule::Picture(expression) => picture(expression, scene),
        }
    }

    /// What stands once on a form that several records share has to be the same for all of them; its rows are all of theirs.
    fn check_shared(&mut self, placed: &Placed, put: &Put, scene: &Scene) -> Result<(), String> {
        if matches!(placed.rule, Rule::Rows(_)) {
            return Ok(());
        }
        for record in self.records.iter().skip(1) {
            let other = scene.around(RecordRef { id: *record, ..scene.record.clone() });
            let other = self.put(placed, &other)?;
            if other.value != put.value {
                return Err(format!(
                    "同一份表中各条记录的值不同（“{}”和“{}”），只能填一个",
                    put.value, other.value
                ));
            }
        }
        Ok(())
    }

    /// Where what was read stands: cells with a value, each once. Fields by which the way led to another record are left
    /// out where there are others: references and keys.
    fn sources(&self, reads: &Reads) -> Vec<FieldRef> {
        let dataset = self.planning.dataset;
        let is_filled = |it: &&FieldRef| dataset.cell(**it).value != value::Value::Missing;
        let all: Vec<FieldRef> = reads.fields.iter().filter(is_filled).copied().collect();
        let is_way = |it: &FieldRef| {
            let table = dataset.schema(it.record().table);
            let is_reference = matches!(table.fields[it.field].kind, FieldKind::Reference(_));
            is_reference || table.key.contains(&it.field)
        };
        let own: Vec<FieldRef> = all.iter().filter(|it| !is_way(it)).copied().collect();
        if own.is_empty() { all } else { own }
    }

    fn cell(&self, slot: &Slot, scene: &Scene) -> Result<Put, String> {
        Ok(match slot {
            Slot::Leave(why) => Put { content: None, value: String::new(), left: vec![why.to_string()] },
            Slot::Value(expression, own) => {
                let value = value_of(expression, scene, own.as_deref().unwrap_or(self.empty))?;
                let text = value.text.clone();
                let content = (!text.is_empty()).then_some(Content::Text(value));
                Put { content, value: text, left: Vec::new() }
            }
        })
    }

    /// What a place that is left for the hand gets all the same: an expression may not stay in it.
    fn left(&self, at: annex::Address) -> Option<Content> {
        let Some(PlaceKind::Text(gaps)) = self.annex.blank.place(at).map(|it| &it.kind) else { return None };
        let answers: Vec<Option<Answer>> = gaps.iter().map(|it| cleared(&it.kind)).collect();
        answers.iter().any(Option::is_some).then_some(Content::Answers(answers))
    }

    fn gaps(&self, gaps: &[(GapKind, Slot)], scene: &Scene) -> Result<Put, String> {
        let (mut answers, mut values, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, slot) in gaps {
            match slot {
                Slot::Leave(why) => {
                    answers.push(cleared(kind));
                    left.push(why.to_string());
                }
                Slot::Value(expression, own) => {
                    let empty = own.as_deref().unwrap_or(self.empty);
                    let answer = answer(kind, (expression, empty), scene)?;
                    values.extend(answer.as_ref().map(told));
                    answers.push(answer.or_else(|| cleared(kind)));
                }
            }
        }
        left.dedup();
        let content = answers.iter().any(Option::is_some).then_some(Content::Answers(answers));
        Ok(Put { content, value: values.join("；"), left })
    }

    /// What does not fit: a value without a box, too many characters, more lines than a row of fixed height has.
    fn check(&mut self, placed: &Placed, put: &Put, reads: &Reads) {
        let mut faults = Vec::new();
        let n_letters = value::count_characters(&put.value);
        if let Some(limit) = placed.limit.filter(|it| n_letters > *it) {
            let message = format!("“{}”限{limit}字，现有{n_letters}字", placed.label);
            let hint = "请压缩文字后重新生成";
            faults.push(Finding::new(&codes::TEXT_EXCEEDS_BLANK, message).hint(hint));
        }
        let room = self.annex.blank.room(placed.at).filter(|_| matches!(placed.rule, Rule::Cell(_)));
        if let Some((room, lines)) = room.and_then(|it| Some((it, it.lines?)))
            && room.n_lines(&put.value) > lines
        {
            let fits = room.fits().unwrap_or_default();
            let message = format!("“{}”一格的高度固定，约可容{fits}字，现有{n_letters}字", placed.label);
            let hint = "多出的文字打印时看不见。请压缩文字，或请发表单位同意后把该行改为自动行高";
            faults.push(Finding::new(&codes::TEXT_EXCEEDS_BLANK, message).hint(hint));
        }
        let wanted = put.content.clone().map(|content| Wanted { at: placed.at, content });
        if let Some(Err(why)) = wanted.map(|it| self.annex.blank.check(&[it], &self.annex.mark)) {
            let hint = "请核对该值；说法与表样不同的，在表单声明中换算成表样上的说法";
            let message = format!("“{}”不能填：{why}", placed.label);
            faults.push(Finding::new(&codes::VALUE_NOT_ON_BLANK, message).hint(hint));
        }
        // The first field that was read is what the clerk looks at.
        let dataset = self.planning.dataset;
        let is_there = |it: &&FieldRef| dataset.cell(**it).value != value::Value::Missing;
        let field = reads.fields.iter().find(is_there);
        let origin = field.map_or(self.origin(), |it| dataset.cell(*it).origin);
        self.filled.faults.extend(faults.into_iter().map(|it| it.at(origin)));
    }
}

/// A value as it is printed, and as the number that it is: what is printed with a unit or in another form is none.
pub(super) fn value_of(expression: &Expression, scene: &Scene, empty: &str) -> Result<annex::Value, String> {
    let text = leaf(expression, scene, empty)?;
    let number = match cell(expression, scene)? {
        Cell::Integer(it) => Some(value::Amount::from(it).nearest_float()),
        Cell::Decimal(it) => Some(it.nearest_float()),
        _ => None,
    };
    Ok(annex::Value { text, number })
}

/// What takes the place of an expression that is not answered: it may not stay. A date leaves room to write one.
fn cleared(kind: &GapKind) -> Option<Answer> {
    let (GapKind::Expression(said) | GapKind::Statement(said)) = kind else { return None };
    let is_date = ["日期", "时间"].iter().any(|it| said.ends_with(it));
    Some(Answer::Text(if is_date { "    年  月  日".to_owned() } else { String::new() }))
}

/// What goes into a gap; nothing if there is no value.
fn answer(
    kind: &GapKind,
    (expression, empty): (&Expression, &str),
    scene: &Scene,
) -> Result<Option<Answer>, String> {
    if let GapKind::Date(_) = kind {
        return match expression.evaluate(&scene.context()) {
            Ok(value) => Ok(match words::date(&value) {
                Some(date) => Some(Answer::Date(of_date(date))),
                None if value.is_none() => None,
                None => Some(Answer::Text(value.to_string())),
            }),
            Err(Unanswered::Missing(_)) => Ok(None),
            Err(Unanswered::Undecided(why) | Unanswered::Fault(why)) => {
                Err(format!("{why}（{}）", expression.source()))
            }
        };
    }
    let text = leaf(expression, scene, empty)?;
    Ok(match kind {
        _ if text.is_empty() => None,
        GapKind::Choice(_) => Some(Answer::Chosen(text.split('、').map(str::to_owned).collect())),
        _ => Some(Answer::Text(text)),
    })
}

fn of_date(date: value::PartialDate) -> Date {
    Date { year: date.year(), month: date.month(), day: date.day() }
}

fn told(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Date(date) => date.to_string(),
        Answer::Chosen(words) => words.join("、"),
    }
}

fn picture(expression: &Expression, scene: &Scene) -> Result<Put, String> {
    let nothing = Put { content: None, value: String::new(), left: Vec::new() };
    match expression.evaluate(&scene.context()) {
        Ok(value) => Ok(match words::picture(&value) {
            Some((picture, about)) => {
                let kind = match picture.kind {
                    PictureKind::Png => ImageKind::Png,
                    PictureKind::Jpeg => ImageKind::Jpeg,
                };
                let bytes: Arc<[u8]> = picture.bytes.as_slice().into();
                let size = kind.size(&bytes).ok_or("照片的尺寸读不出")?;
                let image = Image { bytes, kind, size, about: about.to_string() };
                let value = format!("（照片，{}×{}像素）", size.0, size.1);
                Put { content: Some(Content::Picture(image)), value, left: Vec::new() }
            }
            None => nothing,
        }),
        Err(Unanswered::Missing(_)) => Ok(nothing),
        Err(Unanswered::Undecided(why) | Unanswered::Fault(why)) => {
            Err(format!("{why}（{}）", expression.source()))
        }
    }
}
