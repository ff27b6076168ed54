//! The orders in which documents list people: by strokes and by pinyin.

mod initial;
mod pinyin;
mod strokes;

pub use initial::{SoundKey, initial, sound_key};

use super::surname::divide;

/// An order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOrder {
    /// 姓氏笔画: surnames by strokes; under one surname the given names of one character come first,
    /// then each character of the given name by strokes. The order of lists of committee members.
    SurnameStrokes,
    /// 姓名笔画: every character by strokes, whatever the length of the given name.
    NameStrokes,
    /// By pinyin; surnames have their own readings (曾 zēng, 单 shàn), and one surname stays together.
    Pinyin,
}

/// What names are compared by; only keys of one order can be compared sensibly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey(Key);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Strokes {
        surname: Vec<strokes::Weight>,
        /// 单名在前.
        is_given_long: bool,
        given: Vec<strokes::Weight>,
    },
    Pinyin(pinyin::Pronunciation),
}

impl NameOrder {
    /// The orders by the words for them in declarations.
    pub const WORDS: [(&str, Self); 3] =
        [("strokes", Self::SurnameStrokes), ("name-strokes", Self::NameStrokes), ("pinyin", Self::Pinyin)];

    /// What a name is compared by. Blanks inside it do not count.
    pub fn key(self, name: &str) -> NameKey {
        let name: String = name.chars().filter(|it| !it.is_whitespace()).collect();
        NameKey(match self {
            Self::SurnameStrokes => {
                let (surname, given) = divide(&name);
                Key::Strokes {
                    surname: strokes::weights(surname),
                    is_given_long: given.chars().nth(1).is_some(),
                    given: strokes::weights(given),
                }
            }
            Self::NameStrokes => {
                Key::Strokes { surname: strokes::weights(&name), is_given_long: false, given: Vec::new() }
            }
            Self::Pinyin => Key::Pinyin(pinyin::reading(&name)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(order: NameOrder, names: &str) -> String {
        let mut names: Vec<&str> = names.split(' ').collect();
        names.sort_by_cached_key(|it| order.key(it));
        names.join(" ")
    }

    #[test]
    fn surnames_go_by_strokes_then_by_the_order_of_strokes() {
        use NameOrder::SurnameStrokes as Order;
        assert_eq!(sorted(Order, "张三 王五 丁一 李四 马六"), "丁一 马六 王五 李四 张三");
        // Four strokes each; 王 一一丨一, 井 一一丿丨, 尹 opens with 折 though it is in the second level.
        assert_eq!(sorted(Order, "尹甲 井甲 王甲 毛甲 方甲 亓甲"), "王甲 亓甲 井甲 毛甲 方甲 尹甲");
        // Seven strokes each: 李 一丨, 吴 丨フ, 何 丿丨, 宋 丶丶, 陈 フ丨.
        assert_eq!(sorted(Order, "陈甲 宋甲 何甲 吴甲 李甲"), "李甲 吴甲 何甲 宋甲 陈甲");
    }

    #[test]
    fn given_names_of_one_character_come_first_under_a_surname() {
        use NameOrder::SurnameStrokes as Order;
        assert_eq!(sorted(Order, "张三丰 张三"), "张三 张三丰");
        assert_eq!(sorted(Order, "王小洪 王毅 王凯 王文全"), "王凯 王毅 王小洪 王文全");
        assert_eq!(sorted(NameOrder::NameStrokes, "王小洪 王毅 王凯 王文全"), "王小洪 王文全 王凯 王毅");
        assert_eq!(sorted(Order, "张　三 张一"), "张一 张　三");
    }

    #[test]
    fn a_double_surname_is_one_surname() {
        use NameOrder::SurnameStrokes as Order;
        assert_eq!(sorted(Order, "欧阳一 欧广文 欧龙"), "欧龙 欧广文 欧阳一");
        assert_eq!(sorted(Order, "司马光 司小天 叶小天"), "叶小天 司小天 司马光");
    }

    #[test]
    fn characters_outside_the_table_come_after_those_with_as_many_strokes() {
        use NameOrder::SurnameStrokes as Order;
        // 陳 has ten strokes and is not in 通用规范汉字表.
        assert_eq!(sorted(Order, "黄甲 陳甲 高甲 陶甲 赵甲"), "赵甲 高甲 陶甲 陳甲 黄甲");
        assert_eq!(sorted(Order, "\u{E000}甲 Zoe 王甲 𪚥甲"), "王甲 𪚥甲 Zoe \u{E000}甲");
        assert_eq!(sorted(Order, "  王甲"), "  王甲");
    }

    #[test]
    fn pinyin_knows_the_readings_of_surnames() {
        use NameOrder::Pinyin as Order;
        assert_eq!(sorted(Order, "张三 李四 王五 丁一"), "丁一 李四 王五 张三");
        for (before, surname, after) in [
            ("袁", "曾", "张"),
            ("沙", "单", "沈"),
            ("齐", "仇", "曲"),
            ("夏", "解", "徐"),
            ("岳", "查", "张"),
            ("聂", "区", "潘"),
            ("胡", "华", "江"),
            ("曲", "任", "荣"),
            ("潘", "朴", "秦"),
            ("于", "尉迟", "袁"),
            ("蒙", "万俟", "穆"),
        ] {
            let names = format!("{before}甲 {surname}甲 {after}甲");
            assert_eq!(sorted(Order, &names), names);
        }
    }

    #[test]
    fn one_surname_stays_together_in_pinyin() {
        use NameOrder::Pinyin as Order;
        // 解 and 谢 are both xiè.
        assert_eq!(sorted(Order, "解二 谢三 解四 谢一"), "谢三 谢一 解二 解四");
        assert_eq!(sorted(Order, "张三丰 张三 章三"), "张三 张三丰 章三");
        // Inside a given name, and in what is no person's name, the common reading holds.
        assert_eq!(sorted(Order, "王单 王大 王杉"), "王大 王单 王杉");
        assert_eq!(
            sorted(Order, "单片机教研室党支部 沈阳校区党支部 大学生党支部"),
            "大学生党支部 单片机教研室党支部 沈阳校区党支部"
        );
    }
}
