//! Words by their sound, and the letter that an index files them under.

use super::pinyin::collated;

/// What words are compared by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SoundKey(Vec<u8>, String);

/// The characters with which the syllables of each letter begin in Unicode's order by pinyin; none begins with i, u or v.
const FIRST: [(char, char); 23] = [
    ('A', '阿'),
    ('B', '八'),
    ('C', '嚓'),
    ('D', '哒'),
    ('E', '妸'),
    ('F', '发'),
    ('G', '旮'),
    ('H', '哈'),
    ('J', '讥'),
    ('K', '咔'),
    ('L', '垃'),
    ('M', '痳'),
    ('N', '拏'),
    ('O', '噢'),
    ('P', '妑'),
    ('Q', '七'),
    ('R', '呥'),
    ('S', '扨'),
    ('T', '它'),
    ('W', '穵'),
    ('X', '夕'),
    ('Y', '丫'),
    ('Z', '帀'),
];

/// What a word is compared by: its pinyin, each character in its common reading; of one sound by code point.
pub fn sound_key(word: &str) -> SoundKey {
    SoundKey(collated(word), word.to_owned())
}

/// The letter of a word: of its pinyin, or its own; `#` for what begins with neither.
pub fn initial(word: &str) -> char {
    let Some(first) = word.trim_start_matches(['“', '《', '〈', '‘']).chars().next() else {
        return '#';
    };
    if first.is_ascii_alphabetic() {
        return first.to_ascii_uppercase();
    }
    if !('\u{3400}'..='\u{9FFF}').contains(&first) {
        return '#';
    }
    let key = collated(&first.to_string());
    let found = FIRST.iter().rev().find(|(_, it)| collated(&it.to_string()) <= key);
    found.map_or('A', |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_has_its_words() {
        let words = "安全 班子 差额选举 党费 额度 发展党员 干部 换届选举 积极分子 考核 联系人 民主评议 年度 偶数 培训 七一 任期 三会一课 谈心谈话 委员会 选票 预备党员 组织生活";
        let letters: String = words.split(' ').map(initial).collect();
        assert_eq!(letters, "ABCDEFGHJKLMNOPQRSTWXYZ");
        assert_eq!(["“两优一先”", "app", "2024", ""].map(initial), ['L', 'A', '#', '#']);
    }

    #[test]
    fn words_go_by_sound_and_not_by_the_readings_of_surnames() {
        let mut words = ["组织", "单位", "任期", "党员", "查阅"];
        words.sort_by_key(|it| sound_key(it));
        assert_eq!(words, ["查阅", "单位", "党员", "任期", "组织"]);
    }
}
