//! A text as its runs: wording, and what facts have printed, one beside the other.

/// A text, run by run. `F` is what is known of a run that facts have printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs<F>(Vec<Run<F>>);

/// A run of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<F> {
    /// What it says. Empty only where facts have printed nothing.
    pub text: String,
    /// The figure that it shows; `None` for wording.
    pub figure: Option<F>,
}

impl<F> Default for Runs<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F> Runs<F> {
    /// A text without figures.
    pub fn plain(text: impl Into<String>) -> Self {
        let mut runs = Self::default();
        runs.push_wording(&text.into());
        runs
    }

    /// Puts wording at the end.
    pub fn push_wording(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Run { text: last, figure: None }) => last.push_str(text),
            _ => self.0.push(Run { text: text.to_owned(), figure: None }),
        }
    }

    /// Puts at the end what facts have printed, which may be nothing.
    pub fn push_figure(&mut self, text: impl Into<String>, figure: F) {
        self.0.push(Run { text: text.into(), figure: Some(figure) });
    }

    /// The text, without a sign of where its runs begin.
    pub fn text(&self) -> String {
        self.0.iter().map(|it| it.text.as_str()).collect()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|it| it.text.is_empty())
    }

    /// How many characters it has.
    pub fn n_characters(&self) -> usize {
        self.0.iter().map(Run::n_characters).sum()
    }

    /// Its figures in their order, each with what it shows and with the place of its first character, counted from zero.
    pub fn figures(&self) -> impl Iterator<Item = (usize, &str, &F)> {
        let placed = self.0.iter().scan(0, |behind, it| {
            let from = *behind;
            *behind += it.n_characters();
            Some((from, it))
        });
        placed.filter_map(|(from, it)| it.figure.as_ref().map(|figure| (from, it.text.as_str(), figure)))
    }

    /// The figure that is the whole text.
    pub fn sole_figure(&self) -> Option<&F> {
        let [Run { figure, .. }] = &self.0[..] else { return None };
        figure.as_ref()
    }

    /// The same text, where more is known of its figures.
    pub fn map<G>(self, known: impl Fn(F) -> G) -> Runs<G> {
        let run = |it: Run<F>| Run { text: it.text, figure: it.figure.map(&known) };
        Runs(self.0.into_iter().map(run).collect())
    }

    /// The text without the characters that are not kept; whether one is, is said for each in its order. A figure of which
    /// nothing is left is still there.
    #[must_use]
    pub fn keeping(self, is_kept: &[bool]) -> Self {
        let (mut kept, mut is_kept) = (Self::default(), is_kept.iter());
        for Run { text, figure } in self.0 {
            let text: String = text.chars().filter(|_| is_kept.next().copied().unwrap_or(true)).collect();
            match figure {
                Some(figure) => kept.push_figure(text, figure),
                None => kept.push_wording(&text),
            }
        }
        kept
    }

    /// The text without some characters at its end. What is left of a figure that ended in them is wording.
    #[must_use]
    pub fn without_end(mut self, characters: &[char]) -> Self {
        while let Some(Run { text, figure }) = self.0.pop() {
            let left = text.trim_end_matches(characters);
            match figure {
                Some(figure) if left.len() == text.len() && !text.is_empty() => {
                    self.push_figure(text, figure);
                    break;
                }
                _ if !left.is_empty() => {
                    self.push_wording(left);
                    break;
                }
                _ => {}
            }
        }
        self
    }
}

impl<F: Clone> Runs<F> {
    /// The text with another behind it.
    #[must_use]
    pub fn then(mut self, other: &Self) -> Self {
        for Run { text, figure } in &other.0 {
            match figure {
                Some(figure) => self.push_figure(text.clone(), figure.clone()),
                None => self.push_wording(text),
            }
        }
        self
    }
}

impl<F> Run<F> {
    fn n_characters(&self) -> usize {
        self.text.chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(of: &[(&str, Option<u8>)]) -> Runs<u8> {
        let mut runs = Runs::default();
        for (text, figure) in of {
            match figure {
                Some(figure) => runs.push_figure(*text, *figure),
                None => runs.push_wording(text),
            }
        }
        runs
    }

    fn shown(runs: &Runs<u8>) -> (String, Vec<(usize, &str, u8)>) {
        (runs.text(), runs.figures().map(|(from, text, it)| (from, text, *it)).collect())
    }

    #[test]
    fn texts_are_joined_with_their_figures() {
        let text = Runs::plain("一是").then(&runs(&[("共", None), ("12", Some(1)), ("次。", None)]));
        assert_eq!(shown(&text), ("一是共12次。".to_owned(), vec![(3, "12", 1)]));
        assert_eq!(text.n_characters(), 7);
        assert_eq!((text.sole_figure(), runs(&[("12", Some(1))]).sole_figure()), (None, Some(&1)));
    }

    #[test]
    fn what_is_cut_off_at_the_end_takes_its_figure_along() {
        for (of, text, figures) in [
            (&[("共", None), ("12", Some(1)), ("次。", None)][..], "共12次", vec![(1, "12", 1)]),
            (&[("共", None), ("12。", Some(1))], "共12", vec![]),
            (&[("共", None), ("", Some(1)), ("。；", None)], "共", vec![]),
            (&[("；", Some(1)), ("", None)], "", vec![]),
        ] {
            let cut = runs(of).without_end(&['。', '；']);
            assert_eq!(shown(&cut), (text.to_owned(), figures), "{of:?}");
        }
    }

    #[test]
    fn a_figure_of_which_nothing_is_kept_is_still_there() {
        let text = runs(&[("、、共，", None), ("12", Some(1)), ("、", Some(2)), ("次", None)]);
        let kept = text.keeping(&[false, false, true, true, true, true, false, true]);
        assert_eq!(shown(&kept), ("共，12次".to_owned(), vec![(2, "12", 1), (4, "", 2)]));
    }
}
