//! The words by which a text is read as a regulation: kinds, states, what happened on a date, what ends its force.
//!
//! `templates/regulations/diction.yaml` lists them; another province or office may have others.

use std::sync::Arc;

use super::model::{Standing, State};
#[cfg(test)]
use finding::Report;
use finding::{Origin, Reported};
use source::{Declared, Fields};
use value::fold;

/// What a date in a head note is the date of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Event {
    /// 通过.
    #[default]
    Adopted,
    /// 印发.
    Issued,
    /// 施行.
    InForce,
    /// 修订.
    Revised,
}

/// The words for what happened on a date, each with what it means.
type Events = [(Event, Vec<Arc<str>>); 4];

/// The words by which texts are read; as written, unless it says otherwise.
#[derive(Debug, Clone, Default)]
pub struct Diction {
    /// 办法, 细则: the kinds of regulations, with which their titles end.
    kinds: Vec<Arc<str>>,
    /// 通知, 党章: what a sentence may call a work besides.
    other_works: Vec<Arc<str>>,
    /// (试行): what may follow a title without being part of it; folded, with its brackets.
    title_suffixes: Vec<String>,
    /// 现行 …: the words for the states, in the order of [`State::ALL`].
    states: [Arc<str>; 4],
    /// 修订 …: what happened on a date; the words looked for first stand first.
    events: Events,
    /// 废止: the words for a work that is no longer in force.
    repealing: Vec<Arc<str>>,
    /// 印发; 的通知: what the title of a notice that issues a regulation says before it, and behind it.
    notice: [Vec<Arc<str>>; 2],
    /// 抄送: what the lines behind a text begin with that only say who gets it.
    foot: Vec<Arc<str>>,
}

impl Declared for Diction {
    const WHAT: &'static str = "制度的用词";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let lists = ["kinds", "other_works", "title_suffixes", "repealing"];
        let lists = lists.map(|it| fields.required_strings::<Vec<_>>(it));
        let notice = [fields.strings("notice_before"), fields.strings("notice_behind")];
        let foot = fields.strings("foot");
        let states = fields.below("states", "states", |it| {
            let words = State::ALL.map(|state| it.required_string(state.key()));
            it.whole(words)
        });
        let events = fields.below("events", "events", |it| {
            let words = ["revised", "issued", "in_force", "adopted"].map(|key| it.required_strings(key));
            it.whole(words)
        });
        let (lists, states, [revised, issued, in_force, adopted]) = fields.whole((lists, states, events))?;
        let [kinds, other_works, title_suffixes, repealing] = lists;
        let title_suffixes = title_suffixes.iter().map(|it| format!("({})", fold(it))).collect();
        let events = [
            (Event::Revised, revised),
            (Event::Issued, issued),
            (Event::InForce, in_force),
            (Event::Adopted, adopted),
        ];
        Ok(Self { kinds, other_works, title_suffixes, states, events, repealing, notice, foot })
    }
}

impl Diction {
    /// Whether a title names a kind of regulation at its end, brackets apart.
    pub(super) fn is_title(&self, title: &str) -> bool {
        let bare = title.split(['（', '(']).next().unwrap_or_default().trim_end();
        self.kinds.iter().any(|it| bare.ends_with(&**it))
    }

    /// If a text ends with what a work is called (本办法, 该条例, 党章): what stands before it.
    pub(super) fn before_work<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.kinds.iter().chain(&self.other_works).find_map(|it| text.strip_suffix(&**it))
    }

    /// A folded title without what may follow it in brackets.
    pub(super) fn bare_title(&self, folded: &str) -> String {
        self.title_suffixes.iter().fold(folded.to_owned(), |title, it| title.replace(it.as_str(), ""))
    }

    /// Whether a title says that the regulation is on trial: …（试行）.
    pub(super) fn is_on_trial(&self, title: &str) -> bool {
        fold(title).ends_with(&format!("{})", fold(self.word(State::Trial))))
    }

    /// The word for a state.
    pub fn word(&self, state: State) -> &Arc<str> {
        &self.states[state as usize]
    }

    /// The words for the states, in the order of [`State::ALL`].
    pub(super) fn state_words(&self) -> &[Arc<str>] {
        &self.states
    }

    /// The state that a word means.
    pub(super) fn state(&self, word: &str) -> Option<State> {
        State::ALL.into_iter().find(|it| fold(self.word(*it)) == fold(word))
    }

    /// A state with its word.
    pub(super) fn standing(&self, state: State, origin: Origin) -> Standing {
        Standing { state, word: self.word(state).clone(), origin }
    }

    /// What the words behind a date say: 第一次修订通过 is a revision all the same.
    pub(super) fn happened(&self, words: &str) -> Option<Event> {
        self.events.iter().find(|(_, any)| any.iter().any(|it| words.contains(&**it))).map(|it| it.0)
    }

    /// Whether a text ends with what happened on a date.
    pub(super) fn ends_with_event(&self, text: &str) -> bool {
        self.events.iter().flat_map(|it| &it.1).any(|it| text.ends_with(&**it))
    }

    /// The words for what happened.
    pub(super) fn words_for(&self, event: Event) -> impl Iterator<Item = &str> {
        self.events.iter().filter(move |it| it.0 == event).flat_map(|it| &it.1).map(|it| &**it)
    }

    /// Whether a text ends with what a notice says before the title of what it issues: 关于印发.
    pub(super) fn issues(&self, text: &str) -> bool {
        self.notice[0].iter().any(|it| text.ends_with(&**it))
    }

    /// Whether what stands behind that title says that it is a notice.
    pub(super) fn is_notice(&self, behind: &str) -> bool {
        self.notice[1].iter().any(|it| behind == &**it)
    }

    /// Whether a line behind a text only says who gets it.
    pub(super) fn begins_foot(&self, line: &str) -> bool {
        self.foot.iter().any(|it| line.starts_with(&**it))
    }

    /// Whether a sentence says that something is no longer in force.
    pub(super) fn repeals(&self, sentence: &str) -> bool {
        self.repealing.iter().any(|it| sentence.contains(&**it))
    }
}

#[cfg(test)]
impl Diction {
    /// Those that are shipped.
    pub(super) fn shipped() -> Self {
        Self::of(include_str!("../../../templates/regulations/diction.yaml"), &mut Report::default()).unwrap()
    }

    fn of(text: &str, report: &mut Report) -> Result<Self, Reported> {
        let file = finding::Sources::default().add("diction.yaml");
        let read = source::read(text.as_bytes(), "a.yaml", file, &source::Limits::standard());
        let Some(source::Content::Tree(tree)) = read.content else { panic!("no YAML: {text}") };
        Self::load(&tree, &(), report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_with_a_kind_and_may_have_something_in_brackets_behind_it() {
        let diction = Diction::shipped();
        for (title, is_title) in [
            ("示例理工大学谈心谈话办法", true),
            ("示例理工大学章程（2021年修订）", true),
            ("党支部工作指引(试行)", true),
            ("关于召开会议的通知", false),
            ("办法的说明", false),
        ] {
            assert_eq!(diction.is_title(title), is_title, "{title}");
        }
        assert_eq!(diction.bare_title("谈心谈话办法(修订)"), "谈心谈话办法");
        assert!(diction.is_on_trial("谈心谈话办法（试行）") && !diction.is_on_trial("试行办法"));
    }

    #[test]
    fn the_words_behind_a_date_say_what_happened_and_a_revision_comes_first() {
        let diction = Diction::shipped();
        for (words, event) in [
            ("党委常委会会议第一次修订通过", Some(Event::Revised)),
            ("颁布", Some(Event::Issued)),
            ("起试行", Some(Event::InForce)),
            ("审议通过", Some(Event::Adopted)),
            ("召开", None),
        ] {
            assert_eq!(diction.happened(words), event, "{words}");
        }
    }

    #[test]
    fn a_list_that_is_missing_is_an_error_and_a_state_without_a_word_too() {
        let mut report = Report::default();
        assert!(Diction::of("kinds: [办法]\nstates: {current: 有效}\nevents: {}\n", &mut report).is_err());
        let lacking =
            |key: &str| report.findings().iter().any(|it| it.message.ends_with(&format!("“{key}”")));
        for key in ["other_works", "title_suffixes", "repealing", "trial", "revised", "repealed", "adopted"] {
            assert!(lacking(key), "{key}");
        }
    }
}
