//! What might go into a place: fields by their titles and synonyms, of the form's table or one or two relations away.

use std::collections::BTreeSet;

use super::asked::{Words, without_brackets};
use crate::forms::prescribed::RECORDS;
use dataset::SchemaScope;
use finding::{FieldId, TableId};
use schema::{Field, FieldKind, Schemas};
use value::fold_label;
use words::Scope;

/// What might go into a place, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::forms::prescribed) struct Candidate {
    /// The expression.
    pub(in crate::forms::prescribed) expression: String,
    /// Why it is proposed, in Chinese.
    pub(in crate::forms::prescribed) reason: String,
    /// How sure that is: from 100 for the very title of a field of the table.
    score: u32,
}

impl Candidate {
    /// Whether it is the same for all records: asked of the project, or of the figures.
    pub(super) fn is_of_all(&self) -> bool {
        ["project.", "facts.", RECORDS].iter().any(|it| self.expression.starts_with(it))
    }
}

/// A candidate of this score or less is mentioned, never proposed.
const THOUGHT: u32 = 10;

/// A title by which a value of the records can be asked for.
#[derive(Debug)]
struct Named<'a> {
    /// The title or synonym, as labels are compared.
    title: String,
    /// The path to the record that has the field: empty, `branch.`, `branch.organisation.`.
    path: String,
    table: TableId,
    field: FieldId,
    declared: &'a Field,
    score: u32,
    /// Whether the record is the one that the form is about, or the very one that it names: an application its branch.
    is_own: bool,
}

/// Looks for what a form about the records of a table wants.
pub(super) struct Wanting<'a> {
    schemas: &'a Schemas,
    of: TableId,
    named: Vec<Named<'a>>,
    words: &'a Words,
}

impl<'a> Wanting<'a> {
    pub(super) fn new(schemas: &'a Schemas, of: TableId, words: &'a Words) -> Self {
        let mut wanting = Self { schemas, of, named: Vec::new(), words };
        wanting.add(of, String::new(), (100, true));
        for (path, to) in references(schemas, of) {
            let is_own = wanting.is_key(&path);
            wanting.add(to, format!("{path}."), (80, is_own));
            for (further, to) in references(schemas, to) {
                wanting.add(to, format!("{path}.{further}."), (60, false));
            }
        }
        wanting
    }

    /// Whether a reference names the record of the form: it is part of the key.
    fn is_key(&self, path: &str) -> bool {
        let table = &self.schemas.tables[self.of];
        path == "parent" || table.key.iter().any(|it| &*table.fields[*it].id == path)
    }

    /// Whether a label names the table of a record: 支部类型 asks a branch, 电话 alone does not.
    fn is_named(&self, table: TableId, label: &str) -> bool {
        let id = &*self.schemas.tables[table].id;
        let words = self.words.named.iter().find(|it| it.0 == id).map(|it| &it.1);
        words.is_some_and(|it| it.is_empty() || it.iter().any(|word| label.contains(word.as_str())))
    }

    fn add(&mut self, table: TableId, path: String, (score, is_own): (u32, bool)) {
        for (field, declared) in self.schemas.tables[table].fields.with_ids() {
            let titles = [&declared.title].into_iter().chain(&declared.synonyms);
            for (number, title) in titles.enumerate() {
                let score = if number == 0 { score } else { score - 5 };
                let title = fold_label(title);
                self.named.push(Named { title, path: path.clone(), table, field, declared, score, is_own });
            }
        }
    }

    /// What a label asks for: the best, if there is one best, and the others.
    pub(super) fn value(&self, label: &[String]) -> (Option<Candidate>, Vec<Candidate>) {
        let dated = |it: &Named<'_>, label: &str| self.candidate(it, Some(label));
        self.best(self.matching(label, &|it| !is_list(&it.declared.kind), &dated))
    }

    /// What a blank in a sentence asks for by the words before it: 其中正式党员＿名 asks for 正式党员数.
    pub(super) fn counted(&self, lead: &str) -> (Option<Candidate>, Vec<Candidate>) {
        let mut name = lead;
        while let Some(rest) = self.words.loose.iter().find_map(|it| name.strip_prefix(it.as_str())) {
            name = rest;
        }
        let asked = self.words.counted.iter().map(|it| self.value(&[format!("{name}{it}")]));
        let found: Vec<Candidate> = asked.flat_map(|(best, others)| best.into_iter().chain(others)).collect();
        self.best(if name.is_empty() { Vec::new() } else { found })
    }

    /// A field of the form's own table that bears this very title.
    pub(super) fn own(&self, label: &[String]) -> Option<Candidate> {
        self.value(label).0.filter(|it| it.score >= 95)
    }

    /// What a label asks for whose last words others share: only the whole of it, or the words before, tell.
    pub(super) fn of_group(&self, label: &[String]) -> (Option<Candidate>, Vec<Candidate>) {
        let plain = |it: &Named<'_>, label: &str| self.candidate(it, Some(label));
        let is_value = |it: &Named<'_>| !is_list(&it.declared.kind);
        let whole = [label.join("/"), label.concat()];
        let is_mute = label.last().is_some_and(|it| self.words.mute.contains(&fold_label(it)));
        let before = label.len().checked_sub(2).filter(|_| is_mute).map(|it| label[it].clone());
        let asked: Vec<String> = whole.into_iter().chain(before).collect();
        let (best, mut others) = self.best(self.matching_any(&asked, &is_value, &plain));
        let (alone, more) = self.value(label);
        others.extend(alone.into_iter().chain(more).filter(|it| Some(it) != best.as_ref()));
        (best, others)
    }

    /// What a label asks for where year, month and day stand apart; `of` is the label of the place. The end of a span is asked
    /// for by its name and 结束.
    pub(super) fn date(&self, label: &[String], of: &[String]) -> (Option<Candidate>, Vec<Candidate>) {
        let is_date = |it: &Named<'_>| matches!(it.declared.kind, FieldKind::Date(_));
        let whole = |it: &Named<'_>, _: &str| self.candidate(it, None);
        let lead = label.last().map(|it| fold_label(it)).unwrap_or_default();
        let is_end = self.words.until.iter().any(|it| lead.starts_with(it.as_str()));
        let is_mute = of.last().is_some_and(|it| self.words.mute.contains(&fold_label(it)));
        let name = of.iter().rev().nth(usize::from(is_mute && of.len() > 1)).cloned().unwrap_or_default();
        let ends = if is_end { &self.words.ends } else { &self.words.starts };
        let spans: Vec<String> =
            ends.iter().map(|it| format!("{}{it}", name.trim_end_matches("时间"))).collect();
        let found = if is_end { Vec::new() } else { self.matching(label, &is_date, &whole) };
        let (best, others) = self.best(found);
        let (best, others) = match best {
            None if others.is_empty() => self.best(self.matching_any(&spans, &is_date, &whole)),
            best => (best, others),
        };
        // Year, month and day are put where they belong; a printed date would take the place of them all.
        let bare = |mut it: Candidate| {
            it.expression = it.expression.trim_end_matches(" | date_cn").to_owned();
            it
        };
        (best.map(bare), others.into_iter().map(bare).collect())
    }

    /// What boxes ask for: a field of whose choices one at least is such a word, best if its title is the label too.
    pub(super) fn choice(&self, label: &[String], words: &[&str]) -> (Option<Candidate>, Vec<Candidate>) {
        let holds = |it: &Named<'_>| match &it.declared.kind {
            FieldKind::Choice(choices) => {
                let is_choice = |word: &str| choices.iter().any(|choice| &*choice.value == word);
                words.iter().any(|word| is_choice(word))
            }
            FieldKind::YesNo => words.iter().all(|word| matches!(*word, "是" | "否")),
            _ => false,
        };
        let plain = |it: &Named<'_>, _: &str| self.candidate(it, None);
        let by_label = self.matching(label, &holds, &plain);
        if !by_label.is_empty() || words.iter().all(|word| matches!(*word, "是" | "否")) {
            return self.best(by_label);
        }
        // Without the label every word has to be a choice, and more than one: 其他 is a choice of many.
        let all = |it: &Named<'_>| match &it.declared.kind {
            FieldKind::Choice(choices) => {
                let is_choice = |word: &&str| choices.iter().any(|choice| &*choice.value == *word);
                words.len() > 1 && words.iter().all(is_choice)
            }
            _ => false,
        };
        let by_words = self.named.iter().filter(|it| all(it) && it.score == 100);
        let mut found: Vec<Candidate> = by_words.map(|it| self.candidate(it, None)).collect();
        for it in &mut found {
            it.reason = format!("选项与{}相同", it.reason);
        }
        self.best(found)
    }

    /// A field that holds a picture.
    pub(super) fn picture(&self) -> Option<Candidate> {
        let found = self.named.iter().filter(|it| matches!(it.declared.kind, FieldKind::Picture));
        self.best(found.map(|it| self.candidate(it, None)).collect()).0
    }

    /// What stands between `{{` and `}}`: an expression as it is, or a title; `党支部意见_会议日期` is a title behind a group.
    pub(super) fn expression(&self, said: &str) -> (Option<Candidate>, Vec<Candidate>) {
        let scope = SchemaScope::of(self.schemas, self.of);
        let first = said.split(['.', ' ', '|', '(']).next().unwrap_or_default();
        if scope.variable(first).is_some() || first == "project" {
            let reason = "表样上写的就是它".to_owned();
            return (Some(Candidate { expression: said.to_owned(), reason, score: 100 }), Vec::new());
        }
        let parts: Vec<String> = said.split('_').map(str::to_owned).collect();
        self.value(&parts)
    }

    /// The records that share a list.
    pub(super) fn all(&self) -> Candidate {
        let reason =
            format!("这份表中的全部“{}”记录；只要一部分的，另写 where", self.schemas.tables[self.of].title);
        Candidate { expression: RECORDS.to_owned(), reason, score: 100 }
    }

    /// The list whose fields have most of these headings, and what goes into each column.
    pub(super) fn rows(
        &self,
        label: &[String],
        headings: &[Vec<String>],
    ) -> (Option<Candidate>, Vec<Option<Candidate>>) {
        let label = fold_label(&label.concat());
        let mut best: Option<(u32, Candidate, Vec<Option<Candidate>>)> = None;
        for (path, table, is_own) in self.lists() {
            let own = Self::new(self.schemas, table, self.words);
            let columns: Vec<Option<Candidate>> = headings.iter().map(|it| own.value(it).0).collect();
            let n_found = columns.iter().flatten().count();
            let title = fold_label(&self.schemas.tables[table].title);
            let named = !label.is_empty() && (label.contains(&title) || title.contains(&label));
            // The honours of a branch are not those of its member, unless the label says so.
            if n_found * 2 < headings.len() || n_found == 0 || !(is_own || named) {
                continue;
            }
            let scores: u32 = columns.iter().flatten().map(|it| it.score).sum();
            let rank = scores + if named { 100 } else { 0 };
            if best.as_ref().is_none_or(|it| it.0 < rank) {
                let reason = format!("“{}”有其中{n_found}列", self.schemas.tables[table].title);
                best = Some((rank, Candidate { expression: path, reason, score: 0 }, columns));
            }
        }
        match best {
            Some((_, each, columns)) => (Some(each), columns),
            None => (None, headings.iter().map(|_| None).collect()),
        }
    }

    /// The lists of a record: what refers to it, its children, and those of whom it refers to; whether they are its own, as
    /// the lists of a branch are those of its application.
    fn lists(&self) -> Vec<(String, TableId, bool)> {
        let mut lists = Vec::new();
        let mut add = |path: &str, table: TableId, is_own: bool| {
            let back =
                self.schemas.reverse(table).map(|(name, from)| (format!("{path}{name}"), from.table, is_own));
            lists.extend(back);
            let children = self.schemas.children(table);
            lists.extend(children.map(|(id, it)| (format!("{path}{}", it.short_id()), id, is_own)));
        };
        add("", self.of, true);
        for (path, to) in references(self.schemas, self.of) {
            add(&format!("{path}."), to, self.is_key(&path));
        }
        lists
    }

    fn matching(
        &self,
        label: &[String],
        is_of: &dyn Fn(&Named<'_>) -> bool,
        candidate: &dyn Fn(&Named<'_>, &str) -> Candidate,
    ) -> Vec<Candidate> {
        // A matrix has the item before the heading: 提交申请书时间/完成时间. A heading that says something of its own does not
        // give way to it: what 备注 of 提交申请书时间 asks for is not the day.
        let is_mute = label.last().is_some_and(|it| self.words.mute.contains(&fold_label(it)));
        let before = label.len().checked_sub(2).filter(|_| is_mute).map(|it| label[it].clone());
        let asked: Vec<String> =
            [Some(label.join("/")), label.last().cloned(), before].into_iter().flatten().collect();
        self.matching_any(&asked, is_of, candidate)
    }

    /// What the first of these labels asks for that asks for anything.
    fn matching_any(
        &self,
        labels: &[String],
        is_of: &dyn Fn(&Named<'_>) -> bool,
        candidate: &dyn Fn(&Named<'_>, &str) -> Candidate,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        for raw in labels {
            let (asked, bare) = (fold_label(raw), fold_label(&without_brackets(raw)));
            let forms: BTreeSet<&str> = [asked.as_str(), bare.as_str()].into();
            let of_project =
                self.words.asked.iter().filter(|it| it.0.iter().any(|it| forms.contains(it.as_str())));
            found.extend(of_project.map(|it| Candidate {
                expression: it.1.clone(),
                reason: "栏目问的是本项目".to_owned(),
                score: 70,
            }));
            for named in self.named.iter().filter(|it| is_of(it)) {
                let is_same = forms.contains(named.title.as_str());
                // 本科生姓名 is 姓名 of whom the form is about.
                let before = bare.strip_suffix(named.title.as_str()).filter(|_| named.score >= 95);
                let ends = before.is_some_and(|it| self.words.whose.iter().any(|whose| whose == it));
                if is_same || ends {
                    let mut it = candidate(named, &asked);
                    it.score = if is_same { named.score } else { named.score - 60 };
                    // What is asked of another record has to name it; else it is but a thought.
                    if !named.is_own && !self.is_named(named.table, &asked) {
                        it.score = it.score.min(THOUGHT);
                    }
                    found.push(it);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    /// The best if no other is as good, and the rest.
    fn best(&self, mut found: Vec<Candidate>) -> (Option<Candidate>, Vec<Candidate>) {
        found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.expression.cmp(&b.expression)));
        let mut seen = BTreeSet::new();
        found.retain(|it| seen.insert(it.expression.clone()));
        let is_alone = found.get(1).is_none_or(|it| found[0].score > it.score)
            && found.first().is_some_and(|it| it.score > THOUGHT);
        if found.is_empty() || !is_alone {
            return (None, found);
        }
        (Some(found.remove(0)), found)
    }

    /// For a reference whose title is that of a field by which its record is named: this field, as 学工号 is a number.
    fn named_by(&self, named: &Named<'_>) -> Option<String> {
        let FieldKind::Reference(reference) = &named.declared.kind else { return None };
        let table = &self.schemas.tables[self.schemas.index(&reference.to)?];
        let bears = |it: &&std::sync::Arc<str>| {
            table.field(it).is_some_and(|it| {
                let field = &table.fields[it];
                [&field.title].into_iter().chain(&field.synonyms).any(|it| fold_label(it) == named.title)
            })
        };
        let by = reference.by.iter().find(bears)?;
        Some(format!("{}.{by}", named.declared.id))
    }

    /// The expression of a field; a date is printed as the label wants it, where a label is given.
    fn candidate(&self, named: &Named<'_>, label: Option<&str>) -> Candidate {
        let by = self.named_by(named).unwrap_or_else(|| printed(self.schemas, named.table, named.field));
        let mut expression = format!("{}{by}", named.path);
        if let (FieldKind::Date(_), Some(label)) = (&named.declared.kind, label) {
            let by_month = label.contains("年月") && !label.contains("年月日");
            expression.push_str(if by_month { " | month_cn" } else { " | date_cn" });
        }
        let table = &self.schemas.tables[named.table];
        let reason = format!("“{}”的“{}”", table.title, named.declared.title);
        Candidate { expression, reason, score: named.score }
    }
}

/// What a field of a record is printed by: a reference by the name of whom it names.
pub(super) fn printed(schemas: &Schemas, table: TableId, field: FieldId) -> String {
    let declared = &schemas.tables[table].fields[field];
    match &declared.kind {
        FieldKind::Reference(reference) => {
            let to = schemas.index(&reference.to);
            let label = to.map(|it| (it, schemas.tables[it].label));
            match label {
                Some((to, label)) if !is_reference(&schemas.tables[to].fields[label].kind) => {
                    format!("{}.{}", declared.id, schemas.tables[to].fields[label].id)
                }
                _ => declared.id.to_string(),
            }
        }
        FieldKind::List(_) => format!("{} | join_cn", declared.id),
        _ => declared.id.to_string(),
    }
}

/// The references of a table, with where they lead.
fn references(schemas: &Schemas, table: TableId) -> Vec<(String, TableId)> {
    let parent = schemas.tables[table].parent.map(|it| ("parent".to_owned(), it));
    let fields = schemas.tables[table].fields.iter().filter_map(|it| match &it.kind {
        FieldKind::Reference(reference) => Some((it.id.to_string(), schemas.index(&reference.to)?)),
        _ => None,
    });
    fields.chain(parent).collect()
}

fn is_reference(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Reference(_))
}

fn is_list(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Picture) || matches!(kind, FieldKind::List(of) if is_reference(of))
}
