//! Numbers of lists in the shapes that Word gives them (ST_NumberFormat, ISO/IEC 29500-1, 17.18.59).

use value::{chinese_digit, chinese_number};

/// A number in a shape; `None` for a shape that is not known.
pub(super) fn written(number: u32, shape: &str) -> Option<String> {
    Some(match shape {
        "decimal" | "decimalHalfWidth" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(number),
        "chineseCounting" | "taiwaneseCounting" | "koreanDigital2" => counted(number),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => chinese_number(number.into()),
        "japaneseCounting" => {
            chinese_number(number.into()).replace('零', "").replace("一百", "百").replace("一千", "千")
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => digits(number),
        "chineseLegalSimplified" => legal(number, "壹贰叁肆伍陆柒捌玖", ['拾', '佰', '仟', '万']),
        "ideographLegalTraditional" => legal(number, "壹貳參肆伍陸柒捌玖", ['拾', '佰', '仟', '萬']),
        "ideographTraditional" => one_of(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => one_of(number, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => from_row(number, 0x2488, "."),
        "decimalEnclosedParen" => from_row(number, 0x2474, ""),
        "ideographEnclosedCircle" => enclosed(number, 0x3280),
        "ideographParenthesized" | "ideographEnclosedParen" => enclosed(number, 0x3220),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        "numberInDash" => format!("- {number} -"),
        "none" | "bullet" => String::new(),
        _ => return None,
    })
}

/// 一 … 九十九, from there on figure by figure: 一〇〇.
fn counted(number: u32) -> String {
    if number < 100 { chinese_number(number.into()) } else { digits(number) }
}

fn digits(number: u32) -> String {
    number.to_string().chars().filter_map(|it| it.to_digit(10)).map(chinese_digit).collect()
}

fn full_width(number: u32) -> String {
    let wide = |it: char| char::from_u32(u32::from(it) - u32::from('0') + u32::from('０')).unwrap_or(it);
    number.to_string().chars().map(wide).collect()
}

fn legal(number: u32, figures: &str, units: [char; 4]) -> String {
    let plain = chinese_number(number.into());
    let plain = if plain.starts_with('十') { format!("一{plain}") } else { plain };
    let letter = |it: char| match it {
        '十' => units[0],
        '百' => units[1],
        '千' => units[2],
        '万' => units[3],
        it => {
            "一二三四五六七八九".chars().zip(figures.chars()).find(|pair| pair.0 == it).map_or(it, |it| it.1)
        }
    };
    plain.chars().map(letter).collect()
}

/// One of these letters; beyond them plain figures.
fn one_of(number: u32, letters: &str) -> String {
    let letter = (number as usize).checked_sub(1).and_then(|it| letters.chars().nth(it));
    letter.map_or_else(|| number.to_string(), |it| it.to_string())
}

/// ① … ⑳, ㉑ … ㊿; beyond them plain figures, as Word writes them.
fn circled(number: u32) -> String {
    let letter = match number {
        0 => Some('⓪'),
        1..=20 => char::from_u32(0x2460 + number - 1),
        21..=35 => char::from_u32(0x3251 + number - 21),
        36..=50 => char::from_u32(0x32B1 + number - 36),
        _ => None,
    };
    letter.map_or_else(|| number.to_string(), |it| it.to_string())
}

/// One of twenty letters that follow each other; beyond them plain figures.
fn from_row(number: u32, first: u32, mark: &str) -> String {
    let letter = (1..=20).contains(&number).then(|| char::from_u32(first + number - 1)).flatten();
    letter.map_or_else(|| format!("{number}{mark}"), |it| it.to_string())
}

/// One of ten Chinese numerals that follow each other; beyond them the numeral itself.
fn enclosed(number: u32, first: u32) -> String {
    let letter = (1..=10).contains(&number).then(|| char::from_u32(first + number - 1)).flatten();
    letter.map_or_else(|| counted(number), |it| it.to_string())
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Word writes none greater, and a made-up number must not fill the memory with letters.
    let mut rest = number % 32_768;
    let mut text = String::new();
    for (size, letters) in STEPS {
        while rest >= size {
            text.push_str(letters);
            rest -= size;
        }
    }
    text
}

/// A … Z, AA, BB … ZZ, AAA …
fn letters(number: u32) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from_u32(u32::from('A') + at % 26).unwrap_or('A');
    std::iter::repeat_n(letter, (at / 26 % 30 + 1) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_shapes_of_word() {
        for (number, shape, wanted) in [
            (12, "decimal", "12"),
            (3, "decimalZero", "03"),
            (12, "decimalFullWidth", "１２"),
            (11, "chineseCounting", "十一"),
            (100, "chineseCounting", "一〇〇"),
            (20, "chineseCountingThousand", "二十"),
            (101, "chineseCountingThousand", "一百零一"),
            (101, "japaneseCounting", "百一"),
            (210, "ideographDigital", "二一〇"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (3, "ideographLegalTraditional", "參"),
            (10, "ideographTraditional", "癸"),
            (11, "ideographTraditional", "11"),
            (12, "ideographZodiac", "亥"),
            (10, "decimalEnclosedCircle", "⑩"),
            (21, "decimalEnclosedCircleChinese", "㉑"),
            (2, "decimalEnclosedFullstop", "⒉"),
            (2, "decimalEnclosedParen", "⑵"),
            (3, "ideographEnclosedCircle", "㊂"),
            (1994, "upperRoman", "MCMXCIV"),
            (28, "lowerLetter", "bb"),
            (5, "none", ""),
        ] {
            assert_eq!(written(number, shape).as_deref(), Some(wanted), "{shape}");
        }
        assert_eq!(written(1, "hebrew1"), None);
    }
}
