//! One text: the words before a citation say whose article it means.

use std::ops::Range;

use super::citation::{Citation, Cited, citations};
use super::{Place, Reference, Shelf, Target, Work, has};
use crate::model::Rank;
use source::Passage;

/// In which unit a text stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Here {
    pub(super) attachment: Option<usize>,
    pub(super) article: Option<u32>,
    pub(super) paragraph: Option<u32>,
}

/// Reads the texts of one work in their order, and remembers the short names that they give to others.
pub(super) struct CitationReader<'s> {
    shelf: &'s Shelf<'s>,
    from: Work,
    aliases: Vec<(String, Target)>,
}

/// Whose units a citation means.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    /// Those of the work itself.
    Own,
    /// Those of another one, or of one that is not there.
    Of(Target),
    /// Nobody can tell: 党章第十条.
    Unclear,
}

/// What came before in the same text.
struct Last {
    end: usize,
    whose: Whose,
    steps: Vec<(Rank, u32)>,
}

impl<'s> CitationReader<'s> {
    pub(super) fn new(shelf: &'s Shelf<'s>, from: Work) -> Self {
        Self { shelf, from, aliases: Vec::new() }
    }

    pub(super) fn read(&mut self, passage: &Passage, here: Here) -> Vec<Reference> {
        let chars: Vec<char> = passage.text().chars().collect();
        let diction = &self.shelf.ground.reading.diction;
        let mut references = Vec::new();
        let mut last: Option<Last> = None;
        for citation in citations(&chars) {
            let (target, now) = self.target(&citation, &chars, here, last.as_ref());
            last = Some(now);
            let Some(target) = target else { continue };
            references.push(Reference {
                from: self.from.index(),
                passage: passage.origin(),
                origin: passage.origin_at(citation.chars.start),
                written: chars[citation.chars.clone()].iter().collect(),
                target,
                speaks_of_repeal: diction.repeals(&sentence_around(&chars, citation.chars.start)),
                chars: citation.chars,
            });
        }
        references
    }

    /// What a citation means, if that is clear, and what the next one may refer to.
    fn target(
        &mut self,
        citation: &Citation,
        chars: &[char],
        here: Here,
        last: Option<&Last>,
    ) -> (Option<Target>, Last) {
        let Range { start, end } = citation.chars;
        let gap = last.map(|it| chars[it.end..start].iter().collect::<String>());
        let own = |target, steps| (target, Last { end, whose: Whose::Own, steps });
        match &citation.what {
            Cited::Title(title) => {
                let target = self.titled(title);
                if let (Some(last), Some(gap)) = (last, &gap)
                    && gap.contains("以下简称")
                    && let Whose::Of(named) = &last.whose
                {
                    self.aliases.push((title.clone(), named.clone()));
                    let whose = last.whose.clone();
                    return (None, Last { end, whose, steps: Vec::new() });
                }
                (Some(target.clone()), Last { end, whose: Whose::Of(target), steps: Vec::new() })
            }
            Cited::Before(rank, distance) => {
                let (target, steps) = self.before(*rank, *distance, here);
                own(target, steps)
            }
            Cited::Attachment(number) => {
                let whose = self.whose(&chars[..start], last, gap.as_deref());
                (self.attachment(*number, &whose), Last { end, whose, steps: Vec::new() })
            }
            Cited::Units(steps) => {
                let whose = self.whose(&chars[..start], last, gap.as_deref());
                let steps = complete(steps, last, gap.as_deref());
                let target = self.units(&steps, &whose, here);
                (target, Last { end, whose, steps })
            }
        }
    }

    fn titled(&self, title: &str) -> Target {
        let alias = self.aliases.iter().find(|it| it.0 == title);
        alias.map_or_else(|| self.shelf.titled(title), |it| it.1.clone())
    }

    /// Whose unit is cited behind these characters.
    fn whose(&self, before: &[char], last: Option<&Last>, gap: Option<&str>) -> Whose {
        if let (Some(last), Some(gap)) = (last, gap)
            && (gap.is_empty() || is_joint(gap) || is_parenthesis(gap))
        {
            return last.whose.clone();
        }
        let before: String = before[before.len().saturating_sub(12)..].iter().collect();
        let before = before.trim_end_matches(['的', ' ']);
        let Some(stem) = self.shelf.ground.reading.diction.before_work(before) else { return Whose::Own };
        match stem.chars().last() {
            Some('本') => Whose::Own,
            Some('该' | '同' | '述') => last.map_or(Whose::Unclear, |it| it.whose.clone()),
            _ => Whose::Unclear,
        }
    }

    fn before(&self, rank: Rank, distance: u32, here: Here) -> (Option<Target>, Vec<(Rank, u32)>) {
        let number = if rank == Rank::Article { here.article } else { here.paragraph };
        let (Some(article), Some(number)) = (here.article, number) else { return (None, Vec::new()) };
        let Some(wanted) = number.checked_sub(distance).filter(|it| *it > 0) else {
            return (Some(Target::NothingBefore(rank)), Vec::new());
        };
        let steps = match rank {
            Rank::Article => vec![(Rank::Article, wanted)],
            _ => vec![(Rank::Article, article), (Rank::Paragraph, wanted)],
        };
        let place = Place { work: self.from, attachment: here.attachment, steps: steps.clone() };
        (Some(self.shelf.place(place)), steps)
    }

    fn attachment(&self, number: u32, whose: &Whose) -> Option<Target> {
        let work = match whose {
            Whose::Own => self.from,
            Whose::Of(Target::Regulation(idx)) => Work::Regulation(*idx),
            Whose::Of(_) | Whose::Unclear => return None,
        };
        let attachments = self.shelf.words(work)?.attachments;
        let found = attachments.iter().position(|it| it.number == Some(number));
        let place = Place { work, attachment: found, steps: Vec::new() };
        Some(if found.is_some() { Target::Unit(place) } else { Target::Missing(place) })
    }

    fn units(&self, steps: &[(Rank, u32)], whose: &Whose, here: Here) -> Option<Target> {
        match whose {
            Whose::Of(Target::Regulation(idx)) => {
                let work = Work::Regulation(*idx);
                Some(self.shelf.place(Place { work, attachment: None, steps: steps.to_vec() }))
            }
            // What the title means has been said at the title.
            Whose::Of(_) | Whose::Unclear => None,
            Whose::Own => self.own(steps, here),
        }
    }

    /// A unit of the work itself: a 款 or 项 alone is one of the article in which it is cited.
    fn own(&self, steps: &[(Rank, u32)], here: Here) -> Option<Target> {
        let mut steps = steps.to_vec();
        if steps.first().is_some_and(|it| it.0 > Rank::Article) {
            let mut outer = vec![(Rank::Article, here.article?)];
            if steps[0].0 > Rank::Paragraph {
                outer.extend(here.paragraph.map(|it| (Rank::Paragraph, it)));
            }
            let within = [outer, steps.clone()].concat();
            let is_there = has(self.shelf.body(self.from, here.attachment), &within);
            // 第（三）项 may be one of another paragraph of the article.
            steps = if is_there { within } else { [vec![(Rank::Article, here.article?)], steps].concat() };
        }
        let is_in_attachment =
            here.attachment.is_some() && has(self.shelf.body(self.from, here.attachment), &steps);
        let attachment = here.attachment.filter(|_| is_in_attachment);
        Some(self.shelf.place(Place { work: self.from, attachment, steps }))
    }
}

/// 第五条第一款和第二款: what the second leaves out stands in the first.
fn complete(steps: &[(Rank, u32)], last: Option<&Last>, gap: Option<&str>) -> Vec<(Rank, u32)> {
    let Some(first) = steps.first() else { return Vec::new() };
    let outer = match (last, gap) {
        (Some(last), Some(gap)) if gap.is_empty() || is_joint(gap) => {
            last.steps.iter().copied().take_while(|it| it.0 < first.0).collect()
        }
        _ => Vec::new(),
    };
    // A chapter before 第三条 does not narrow it: articles are counted through.
    let outer = if first.0 <= Rank::Article { Vec::new() } else { outer };
    [outer, steps.to_vec()].concat()
}

fn is_joint(gap: &str) -> bool {
    matches!(gap, "、" | "和" | "至" | "到" | "或" | "或者" | "及" | "以及" | "与" | "，" | "—" | "-")
}

/// 《甲办法》（示理工党〔2022〕8号）第三条.
fn is_parenthesis(gap: &str) -> bool {
    gap.starts_with('（') && gap.ends_with('）') && !gap.contains('。')
}

/// The sentence around a character.
pub(crate) fn sentence_around(chars: &[char], at: usize) -> String {
    let is_end = |it: &char| *it == '。';
    let start = chars[..at].iter().rposition(is_end).map_or(0, |it| it + 1);
    let end = chars[at..].iter().position(is_end).map_or(chars.len(), |it| at + it);
    chars[start..end].iter().collect()
}
