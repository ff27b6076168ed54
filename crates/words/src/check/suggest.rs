//! Suggestions: the nearest known name, and what a text that cannot be parsed probably meant.

use std::sync::Arc;

/// How many names a hint lists at most.
const LISTED: usize = 12;

/// “是否应为“…”？” if a known name is near, else a list of the known names, those that look most like it first.
pub(super) fn suggest(name: &str, known: &[Arc<str>]) -> String {
    if let Some(near) = nearest(name, known) {
        return format!("是否应为“{near}”？");
    }
    if known.is_empty() {
        return "此处没有可用的名称".to_owned();
    }
    let mut known: Vec<&str> = known.iter().map(|it| &**it).collect();
    known.sort_by(|a, b| strsim::jaro_winkler(name, b).total_cmp(&strsim::jaro_winkler(name, a)));
    let listed: Vec<&str> = known.iter().take(LISTED).copied().collect();
    let more = if known.len() > LISTED { "等" } else { "" };
    format!("可用的有：{}{more}", listed.join("、"))
}

/// What is probably wrong with a text that cannot be parsed.
pub(super) fn syntax_hint(source: &str) -> Option<&'static str> {
    let has = |signs: &[&str]| signs.iter().any(|it| source.contains(it));
    if has(&["&&", "||"]) {
        Some("“且”“或”“非”请写作 and、or、not")
    } else if has(&["“", "”", "‘", "’", "（", "）", "，", "：", "＝", "｜"]) {
        Some("其中有全角标点：引号之外的括号、逗号、引号请用半角")
    } else if source.replace("==", "").replace("!=", "").replace(">=", "").replace("<=", "").contains('=') {
        Some("判断相等请写 ==")
    } else {
        None
    }
}

fn nearest<'k>(name: &str, known: &'k [Arc<str>]) -> Option<&'k Arc<str>> {
    let limit = (name.chars().count() / 3).max(1);
    let distance = |it: &&Arc<str>| strsim::osa_distance(name, it);
    known.iter().filter(|it| distance(it) <= limit && ***it != *name).min_by_key(distance)
}
