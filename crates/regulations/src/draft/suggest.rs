//! What a text without front matter says about itself: title, number and dates, as far as only one reading is possible.

use std::ops::Range;
use std::sync::Arc;

use crate::Notice;
use crate::diction::{Diction, Event};
use crate::model::{Dated, Head, Revision, State};
use crate::proof::mentions;
use crate::structure::is_head_note;
use finding::Origin;
use source::{Block, LocatedText, Manuscript, Passage};
use value::{PartialDate, Raw};

/// What leads from the beginning of a span of months to its end: neither is when something happened.
const TO: [char; 5] = ['至', '到', '—', '－', '-'];

/// What a text says about itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggested {
    /// Title.
    pub title: Option<LocatedText>,
    /// Document number (文号).
    pub number: Option<LocatedText>,
    /// Who issued it.
    pub issuer: Option<LocatedText>,
    /// When it was adopted (通过).
    pub adopted: Option<Dated>,
    /// When it was issued (印发).
    pub issued: Option<Dated>,
    /// From when it is in force (施行).
    pub in_force: Option<Dated>,
    /// State, where the title or a revision shows it.
    pub state: Option<State>,
    /// Its revisions.
    pub history: Vec<Revision>,
}

/// Looks at the notice by which the text was issued, which is taken away, at the title, at the head note below it, and at
/// what the text says about its coming into force.
pub fn suggest(manuscript: &mut Manuscript, diction: &Diction) -> (Suggested, Option<Notice>) {
    let notice = Notice::take(manuscript, diction);
    (of_text(manuscript, notice.as_ref(), diction), notice)
}

/// As [`suggest`], of a text from which the notice has been taken.
pub(crate) fn of_text(manuscript: &Manuscript, notice: Option<&Notice>, diction: &Diction) -> Suggested {
    let (title, rest) = title(&manuscript.blocks, diction);
    let notes = rest.iter().map_while(|it| match it {
        Block::Paragraph(lines) if is_head_note(lines, diction) => Some(lines),
        _ => None,
    });
    let notes: Vec<&Passage> = notes.flatten().collect();
    let dated = |it: &&Passage| events_to(it, Precision::Month, diction);
    let events: Vec<(Event, Dated, String)> = notes.iter().flat_map(dated).collect();
    let only = |wanted: Event| {
        let mut them = events.iter().filter(|it| it.0 == wanted);
        them.next().filter(|_| them.next().is_none()).map(|it| it.1)
    };
    let revised = events.iter().filter(|it| it.0 == Event::Revised);
    let history: Vec<Revision> = revised.map(|it| revision(it.1, &it.2)).collect();
    let is_trial = title.as_ref().is_some_and(|it| diction.is_on_trial(it.text()));
    let issued = only(Event::Issued).or_else(|| notice?.issued);
    Suggested {
        number: number(&notes).or_else(|| notice?.number.clone()),
        issuer: notice.and_then(|it| it.issuer.clone()),
        adopted: only(Event::Adopted).or_else(|| notice?.adopted),
        issued,
        in_force: only(Event::InForce).or_else(|| in_force(&manuscript.blocks, issued, diction)),
        state: match (is_trial, history.is_empty()) {
            (true, _) => Some(State::Trial),
            (false, false) => Some(State::Revised),
            (false, true) => None,
        },
        history,
        title: title.map(|it| located(it.text(), it.origin())),
    }
}

impl Suggested {
    /// A head with these values only; a text without a title gets the given name.
    pub(crate) fn head(self, origin: Origin, name: &str, diction: &Diction) -> Head {
        Head {
            origin,
            title: self.title.unwrap_or_else(|| located(name, origin)),
            number: self.number,
            issuer: self.issuer,
            adopted: self.adopted,
            issued: self.issued,
            in_force: self.in_force,
            level: None,
            standing: diction.standing(self.state.unwrap_or(State::Current), origin),
            category: None,
            keywords: Vec::new(),
            repeals: Vec::new(),
            history: self.history,
        }
    }
}

fn located(text: &str, origin: Origin) -> LocatedText {
    LocatedText { text: text.into(), origin }
}

/// The title, which may be broken over lines and paragraphs, and what follows it.
fn title<'b>(blocks: &'b [Block], diction: &Diction) -> (Option<Passage>, &'b [Block]) {
    const N_PARAGRAPHS_MAX: usize = 3;
    const LONGEST: usize = 80;
    let mut joined: Option<Passage> = None;
    for (at, block) in blocks.iter().take(N_PARAGRAPHS_MAX).enumerate() {
        let Block::Paragraph(lines) = block else { break };
        if is_head_note(lines, diction) {
            break;
        }
        for line in lines {
            match &mut joined {
                Some(joined) => joined.append(line),
                None => joined = Some(line.clone()),
            }
        }
        let is_short =
            |it: &&Passage| it.text().chars().count() <= LONGEST && !it.text().contains(['。', '：', '；']);
        let Some(text) = joined.as_ref().filter(is_short) else { break };
        if diction.is_title(text.text()) {
            return (joined, blocks.get(at + 1..).unwrap_or_default());
        }
    }
    (None, &[])
}

/// The document number, if the notes have one and only one.
pub(crate) fn number(notes: &[&Passage]) -> Option<LocatedText> {
    let mut found = notes.iter().flat_map(|passage| {
        let chars: Vec<char> = passage.text().chars().collect();
        let text = |it: Range<usize>| chars.get(it).unwrap_or_default().iter().collect::<String>();
        let origin = |it: &Range<usize>| passage.origin_at(it.start);
        mentions(&chars).into_iter().map(|it| located(&text(it.clone()), origin(&it))).collect::<Vec<_>>()
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The days of a note, each with what happened and the words behind it that say so.
pub(crate) fn events(note: &Passage, diction: &Diction) -> Vec<(Event, Dated, String)> {
    events_to(note, Precision::Day, diction)
}

fn events_to(note: &Passage, least: Precision, diction: &Diction) -> Vec<(Event, Dated, String)> {
    let chars: Vec<char> = note.text().chars().collect();
    let dates = dates(&chars, least);
    let ends = dates.iter().skip(1).map(|it| it.0.start).chain([chars.len()]);
    let event = |((at, date), next): (&(Range<usize>, PartialDate), usize)| {
        let words: String = chars.get(at.end..next).unwrap_or_default().iter().collect();
        let words =
            words.trim_matches(|it: char| it.is_whitespace() || "，；、（）()。".contains(it)).to_owned();
        let dated = Dated { date: *date, origin: note.origin_at(at.start) };
        Some((diction.happened(&words)?, dated, words))
    };
    dates.iter().zip(ends).filter_map(event).collect()
}

fn revision(date: Dated, words: &str) -> Revision {
    Revision { date: Some(date), note: located(words, date.origin) }
}

/// 自2023年3月8日起施行, or 自印发之日起施行; nothing if the text says both, or names two days.
fn in_force(blocks: &[Block], issued: Option<Dated>, diction: &Diction) -> Option<Dated> {
    let mut found: Vec<Option<Dated>> = Vec::new();
    for passage in blocks.iter().flat_map(Block::passages) {
        let text = passage.text();
        let from_issue = diction.words_for(Event::Issued).any(|it| text.contains(&format!("{it}之日起")));
        if from_issue && diction.words_for(Event::InForce).any(|it| text.contains(it)) {
            found.push(issued);
        }
        let chars: Vec<char> = text.chars().collect();
        for (Range { start, end }, date) in dates(&chars, Precision::Month) {
            let behind: String = chars.get(end..).unwrap_or_default().iter().collect();
            let begins = |it: &str| behind.strip_prefix('起').is_some_and(|behind| behind.starts_with(it));
            let is_beginning = start.checked_sub(1).and_then(|it| chars.get(it)) == Some(&'自')
                && diction.words_for(Event::InForce).any(begins);
            if is_beginning {
                found.push(Some(Dated { date, origin: passage.origin_at(start) }));
            }
        }
    }
    match &*found {
        [only] => *only,
        _ => None,
    }
}

/// How much of a date a text must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Precision {
    /// 2023年3月 will do.
    Month,
    /// 2023年3月8日.
    Day,
}

/// Dates (2023年3月8日) with the places of their characters.
fn dates(chars: &[char], least: Precision) -> Vec<(Range<usize>, PartialDate)> {
    (0..chars.len()).filter_map(|at| date(chars, at, least)).collect()
}

fn date(chars: &[char], at: usize, least: Precision) -> Option<(Range<usize>, PartialDate)> {
    let mut end = at;
    for (unit, most) in [('年', 4), ('月', 2), ('日', 2)] {
        let n_digits = chars.get(end..)?.iter().take_while(|it| it.is_ascii_digit()).count();
        let is_number = (1..=most).contains(&n_digits) && (unit != '年' || n_digits == most);
        if !is_number || chars.get(end + n_digits) != Some(&unit) {
            let will_do = unit == '日' && least == Precision::Month && n_digits == 0;
            if will_do && !chars.get(end).is_some_and(|it| TO.contains(it)) {
                break;
            }
            return None;
        }
        end += n_digits + 1;
    }
    let is_inside = at.checked_sub(1).and_then(|it| chars.get(it)).is_some_and(char::is_ascii_digit);
    let text: Arc<str> = chars.get(at..end)?.iter().collect::<String>().into();
    let parsed = PartialDate::parse(&Raw::Text(text)).ok()?;
    (!is_inside).then_some((at..end, parsed.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    fn suggested(paragraphs: &[&str]) -> Suggested {
        let file = Sources::default().add("a.docx");
        let block = |(at, text): (usize, &&str)| {
            let lines =
                text.split('/').map(|it| Passage::line(it, file, (u32::try_from(at).unwrap() + 1, 1)));
            Block::Paragraph(lines.collect())
        };
        let blocks = paragraphs.iter().enumerate().map(block).collect();

        let manuscript = Manuscript { front: None, blocks, footnotes: Vec::new() };
        of_text(&manuscript, None, &Diction::shipped())
    }

    fn shown(it: &Suggested) -> String {
        let date = |it: Option<Dated>| it.map_or_else(|| "-".to_owned(), |it| it.date.to_string());
        let text =
            |it: &Option<LocatedText>| it.as_ref().map_or_else(|| "-".to_owned(), |it| it.text.to_string());
        let history: String =
            it.history.iter().map(|it| format!(" {}{}", date(it.date), it.note.text)).collect();
        let diction = Diction::shipped();
        let state = it.state.map_or("-", |it| &**diction.word(it));
        let dates = [it.adopted, it.issued, it.in_force].map(date).join(" ");
        format!("{} {} {dates} {state}{history}", text(&it.title), text(&it.number))
    }

    #[test]
    fn title_head_note_and_the_last_article_are_read() {
        for (paragraphs, wanted) in [
            (
                &[
                    "示例理工大学/活动室管理办法（试行）",
                    "（示理工党〔2021〕12号　2021年10月20日印发）",
                    "本办法自印发之日起施行。",
                ][..],
                "示例理工大学活动室管理办法（试行） 示理工党〔2021〕12号 - 2021年10月20日 2021年10月20日 试行",
            ),
            (
                &[
                    "示例理工大学",
                    "章程",
                    "示理工〔2001〕3号",
                    "（2001年1月5日通过，2003年2月6日第一次修订）",
                    "自2001年2月1日起施行。",
                ],
                "示例理工大学章程 示理工〔2001〕3号 2001年1月5日 - 2001年2月1日 修订 2003年2月6日第一次修订",
            ),
            (
                &["党员活动室工作指引(试行)", "2021年1月1日颁布", "本指引自颁布之日起执行。"],
                "党员活动室工作指引(试行) - - 2021年1月1日 2021年1月1日 试行",
            ),
            (&["活动室规则", "第一条　活动室。", "（2001年1月5日通过）"], "活动室规则 - - - - -"),
            (&["关于活动室的通知", "各党支部：", "附活动室规则"], "- - - - - -"),
        ] {
            assert_eq!(shown(&suggested(paragraphs)), wanted);
        }
    }

    #[test]
    fn a_month_stays_a_month_and_a_span_of_months_is_no_date() {
        let month = ["规则", "（2023年3月印发）", "本规则自印发之日起施行。"];
        assert_eq!(shown(&suggested(&month)), "规则 - - 2023年3月 2023年3月 -");
        let span = ["规则", "（2023年3月至5月讨论，2023年6月8日通过）", "自2023年7月起施行。"];
        assert_eq!(shown(&suggested(&span)), "规则 - 2023年6月8日 - 2023年7月 -");
    }

    #[test]
    fn what_has_two_readings_is_left_to_the_clerk() {
        let two = [
            "规则",
            "（甲〔2021〕1号、乙〔2021〕2号）",
            "（2021年1月1日印发，2021年1月2日发布，2021年1月3日）",
        ];
        assert_eq!(shown(&suggested(&two)), "规则 - - - - -");
        let both = ["规则", "（2021年1月1日印发）", "自2021年2月1日起施行。", "自印发之日起施行。"];
        assert_eq!(shown(&suggested(&both)), "规则 - - 2021年1月1日 - -");
        let old = ["规则", "2011年5月1日起施行的旧规则、自2012年1月1日起设立的活动室，执行本规则。"];
        assert_eq!(shown(&suggested(&old)), "规则 - - - - -");
    }
}
