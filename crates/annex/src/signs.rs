//! By which words places are known: given from outside, as they are words of offices.

/// By which words and marks places are known.
#[derive(Debug, Clone, Default)]
pub struct Signs {
    /// What is left for hand and seal: words in a label, and why it is left.
    pub by_hand: Vec<ByHand>,
    /// Words by which the place of a photograph is known.
    pub picture: Vec<String>,
    /// Boxes to be ticked.
    pub boxes: Vec<char>,
    /// Units that stand behind a blank in a sentence: 人, 名, 票.
    pub measures: Vec<String>,
    /// What stands behind the number of characters that a label allows: 字以内.
    pub limits: Vec<String>,
    /// Titles of columns that number the rows.
    pub numbers: Vec<String>,
    /// What checks of a workbook say that come out false: 错误, 不符.
    pub failing: Vec<String>,
    /// By which words a sample or an instruction in a cell is known: 样例, 填写.
    pub samples: Vec<String>,
}

/// What is left for hand and seal.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// Words in a label.
    pub words: Vec<String>,
    /// Why it is left.
    pub why: String,
    /// Whether all that stands under such a label is left, or only what it labels itself.
    pub spreads: bool,
}

impl Signs {
    /// Why what bears this label is left for hand and seal; `None` if it is to be filled.
    pub fn by_hand(&self, label: &str) -> Option<&str> {
        let says = |it: &&ByHand| it.words.iter().any(|word| label.contains(word.as_str()));
        self.by_hand.iter().find(says).map(|it| it.why.as_str())
    }

    /// Whether a text is a sample or an instruction.
    pub(crate) fn is_sample(&self, text: &str) -> bool {
        self.samples.iter().any(|it| text.contains(it.as_str()))
    }

    /// Why what bears this path of labels is left: by its nearest label, or by one above that spreads.
    pub(crate) fn by_path(&self, label: &[String]) -> Option<&str> {
        let (last, above) = label.split_last()?;
        let says = |hand: &ByHand, it: &String| hand.words.iter().any(|word| it.contains(word.as_str()));
        let of_group =
            self.by_hand.iter().filter(|it| it.spreads).find(|hand| above.iter().any(|it| says(hand, it)));
        self.by_hand(last).or_else(|| of_group.map(|it| it.why.as_str()))
    }

    /// Whether a label asks for a photograph.
    pub(crate) fn is_picture(&self, label: &str) -> bool {
        self.picture.iter().any(|it| label.contains(it.as_str()))
    }

    /// Whether a text begins with a unit.
    pub(crate) fn starts_with_measure(&self, text: &[char]) -> bool {
        self.measures.iter().any(|it| {
            let mut unit = it.chars();
            let mut said = text.iter();
            unit.all(|it| said.next() == Some(&it))
        })
    }

    /// How many characters a label allows: 800 of “主要事迹（800字以内）”; `None` if it says nothing.
    pub(crate) fn limit(&self, label: &str) -> Option<usize> {
        let label: String = label.chars().filter(|it| !it.is_whitespace()).map(half_width).collect();
        self.limits.iter().filter(|it| !it.is_empty()).find_map(|behind| {
            let end = label.find(behind.as_str())?;
            let before = &label[..end];
            let digits = before.trim_end_matches(|it: char| it.is_ascii_digit());
            before[digits.len()..].parse().ok().filter(|it| *it > 0)
        })
    }
}

/// Full-width digits as half-width ones.
fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}
