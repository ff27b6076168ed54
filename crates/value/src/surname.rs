//! Surnames: which of them have two characters, and where a name divides.

/// Surnames of two characters that are still in use.
const DOUBLE_SURNAMES: [&str; 52] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文",
    "夏侯", "南宫", "端木", "百里", "呼延", "独孤", "轩辕", "西门", "东郭", "司空", "澹台", "万俟", "单于",
    "鲜于", "赫连", "濮阳", "淳于", "太叔", "申屠", "钟离", "闻人", "闾丘", "亓官", "仲孙", "司寇", "颛孙",
    "巫马", "漆雕", "乐正", "壤驷", "拓跋", "宰父", "谷梁", "段干", "梁丘", "左丘", "南门", "羊舌", "纳兰",
];

/// Whether this is a surname of two characters.
pub(super) fn is_double(text: &str) -> bool {
    DOUBLE_SURNAMES.contains(&text)
}

/// Surname and given name: of a Chinese name the first character, or the first two if they are a
/// surname and something is left behind them.
pub(super) fn divide(name: &str) -> (&str, &str) {
    let mut ends = name.char_indices().skip(1).map(|(at, _)| at);
    let (first, second) = (ends.next().unwrap_or(name.len()), ends.next());
    match second {
        Some(second) if is_double(&name[..second]) => name.split_at(second),
        _ => name.split_at(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_divides_behind_its_surname() {
        for (name, surname, given) in [
            ("张三", "张", "三"),
            ("张三丰", "张", "三丰"),
            ("欧阳修", "欧阳", "修"),
            ("欧阳", "欧", "阳"),
            ("欧广", "欧", "广"),
            ("尉迟小明", "尉迟", "小明"),
            ("", "", ""),
        ] {
            assert_eq!(divide(name), (surname, given), "{name}");
        }
    }
}
