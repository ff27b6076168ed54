//! Document numbers in running text belong to the regulation that they are cited for, and to one of the collection.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{OPEN, mentions, written_wrong};
use crate::model::{Regulation, Words};
use crate::proof::Ground;
use crate::references::{Reference, Target, sentence_around};
use finding::{Finding, Origin, codes};
use source::Passage;
use value::fold;

/// The document numbers of the collection, and where titles are cited.
pub(in crate::proof) struct Known<'a> {
    regulations: &'a [Regulation],
    ground: Ground<'a>,
    numbers: BTreeSet<String>,
    /// 机关代字 of the university, which distinguish its document numbers from others.
    issuers: BTreeSet<String>,
    /// Citations by the text in which they stand.
    cited: BTreeMap<Origin, Vec<&'a Reference>>,
}

impl<'a> Known<'a> {
    /// Takes the collection and all citations in what is proof-read.
    pub(in crate::proof) fn new(
        regulations: &'a [Regulation],
        references: impl Iterator<Item = &'a Reference>,
        ground: Ground<'a>,
    ) -> Self {
        let numbers = || regulations.iter().filter_map(|it| Some((it, it.head.number.as_ref()?)));
        let is_own =
            |it: &Regulation| it.head.issuer.as_ref().is_some_and(|it| it.text.contains(ground.institution));
        let own = numbers().filter(|it| is_own(it.0)).filter_map(|it| issuer(&it.1.text));
        let issuers = own.map(fold).collect();
        let mut cited: BTreeMap<Origin, Vec<&Reference>> = BTreeMap::new();
        for it in references {
            cited.entry(it.passage).or_default().push(it);
        }
        let numbers = numbers().map(|it| fold(&it.1.text)).collect();
        Self { regulations, ground, numbers, issuers, cited }
    }

    /// Looks through the words of a text that is in force.
    pub(in crate::proof) fn check(&self, words: Words<'_>, found: &mut Vec<Finding>) {
        for passage in words.passages() {
            let chars: Vec<char> = passage.text().chars().collect();
            let numbers = mentions(&chars).into_iter();
            found.extend(numbers.filter_map(|it| self.fault(passage, &chars, it)));
        }
    }

    fn fault(&self, passage: &Passage, chars: &[char], at: Range<usize>) -> Option<Finding> {
        let (start, number) = (at.start, chars[at.clone()].iter().collect::<String>());
        let repeals = || self.ground.reading.diction.repeals(&sentence_around(chars, start));
        if written_wrong(&number).is_some() || repeals() {
            return None;
        }
        match self.title_before(passage, chars, start) {
            Some(Target::Regulation(idx)) => self.differs(*idx, &number, passage.origin_at(start)),
            // What is the matter with the title has been said at the title.
            Some(_) => None,
            None => self.unknown(passage, chars, at),
        }
    }

    /// 《甲办法》（示理工党〔2022〕8号): what the title before a number means.
    fn title_before(&self, passage: &Passage, chars: &[char], start: usize) -> Option<&Target> {
        let bracket = start.checked_sub(1).filter(|it| matches!(chars[*it], '（' | '('))?;
        let cited = self.cited.get(&passage.origin())?;
        cited.iter().find(|it| it.chars.end == bracket).map(|it| &it.target)
    }

    fn differs(&self, regulation: usize, number: &str, origin: Origin) -> Option<Finding> {
        let cited = self.regulations.get(regulation)?;
        let own = cited.head.number.as_ref().filter(|it| fold(&it.text) != fold(number))?;
        let message = format!("《{}》的文号是“{}”，此处写作“{number}”", cited.title(), own.text);
        let finding = Finding::new(&codes::DOCUMENT_NUMBER_DIFFERS, message).value(number).at(origin);
        Some(finding.hint("请对照原文改正").related(own.origin, "它的文号"))
    }

    /// A number of the university's own that no regulation bears. Words may stand close before it: 依据示理工党〔2022〕8号.
    fn unknown(&self, passage: &Passage, chars: &[char], at: Range<usize>) -> Option<Finding> {
        let bracket = at.start + chars[at.clone()].iter().position(|it| OPEN.contains(*it))?;
        let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        let is_issuer = |from: &usize| self.issuers.contains(&fold(&text(*from, bracket)));
        let start = (at.start..bracket).find(is_issuer)?;
        let number = text(start, at.end);
        (!self.numbers.contains(&fold(&number))).then(|| {
            let message = format!("制度文件夹中没有文号为“{number}”的制度");
            let finding = Finding::new(&codes::DOCUMENT_NUMBER_UNKNOWN, message).value(number);
            finding.hint("请核对文号；确有该制度的，请补入文件夹").at(passage.origin_at(start))
        })
    }
}

/// What stands before the year: 机关代字.
fn issuer(number: &str) -> Option<&str> {
    number.find(|it| OPEN.contains(it)).map(|it| &number[..it]).filter(|it| !it.is_empty())
}
