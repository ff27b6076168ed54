//! A draft as it is written down: `form.yaml`, with reasons and open questions as comments.

use std::fmt::Write;

use annex::Place;
use serde_json::Value as Json;

use super::candidates::{Candidate, printed};
use super::{Drafting, ForGap, Proposal};
use crate::forms::prescribed::places::UNDECIDED;
use finding::{FieldId, TableId};
use schema::{Schemas, Table};

/// The folder of what belongs to no committee.
const WHOLE: &str = "全部";
/// More candidates than this are not listed.
const N_OTHERS_MAX: usize = 4;

/// The whole declaration.
pub(super) fn form(drafting: Drafting<'_>, of: TableId, proposed: &[(Place, Proposal)]) -> String {
    let mut text = head(drafting, of);
    text.push_str("places:\n");
    for (place, proposal) in proposed {
        text.push('\n');
        text.push_str(&entry(place, proposal));
    }
    text
}

/// What stands before the places.
fn head(Drafting { blank, file, sha256, id, schemas, is_list, .. }: Drafting<'_>, of: TableId) -> String {
    let table = &schemas.tables[of];
    let title = title(blank).unwrap_or_else(|| id.to_owned());
    let label = printed(schemas, of, table.label);
    let key = table.key.first().map_or_else(|| label.clone(), |it| printed(schemas, of, *it));
    let both = if key == label || is_reference(table, table.label) {
        String::new()
    } else {
        format!("{{{{ {key} }}}}")
    };
    let of_what = if is_list {
        format!("全部“{}”记录一份，一条一行", table.title)
    } else {
        format!("一条“{}”记录一份", table.title)
    };
    let own_folder = folder(schemas, of);
    let (file_name, folder, sharing) = if is_list {
        let shared = format!(
            "shared: true    # 文件名和文件夹相同的记录在一份表中；各二级党组织各一份的，folder 写 {own_folder}"
        );
        (id.to_owned(), WHOLE.to_owned(), Some(shared))
    } else {
        (format!("{id}-{{{{ {label} }}}}{both}"), own_folder, None)
    };
    let mut lines = vec![
        format!("# 由表样“{file}”起草，{of_what}。请逐处核对填什么（位置见“填表位置.pdf”），"),
        "# 补上待定的，再删去下面的 draft: true。写法见使用说明“上级下发的表样”。".to_owned(),
        "draft: true".to_owned(),
        format!("id: {}", quoted(id)),
        format!("title: {}", quoted(&title)),
        format!("of: {}", table.id),
        format!("key: {}", quoted(&key)),
        format!("name: {}", quoted(&label)),
        format!("file_name: {}", quoted(&file_name)),
        format!("folder: {}", quoted(&folder)),
        format!("blank: {}", quoted(file)),
        format!("sha256: {sha256}"),
        "# mark: ☑      # 选中的方框印成什么".to_owned(),
        "# copies: 2    # 一式几份，用于用印清单".to_owned(),
        "# empty: 无    # 没有内容的格印什么；不写则留空".to_owned(),
    ];
    lines.extend(sharing);
    lines.push(String::new());
    lines.join("\n")
}

fn is_reference(table: &Table, field: FieldId) -> bool {
    matches!(table.fields[field].kind, schema::FieldKind::Reference(_))
}

/// What a blank is called: its first line that is no number of an annex.
fn title(blank: &annex::Blank) -> Option<String> {
    let lines = blank.sketch().into_iter().filter_map(|it| match it {
        annex::Sketched::Paragraph(_, text) => Some(text.split_whitespace().collect::<String>()),
        annex::Sketched::Table { .. } => None,
    });
    let is_title = |it: &String| (4..=40).contains(&it.chars().count()) && !it.contains(['：', ':', '{']);
    lines.take(6).map(|it| without_number(&it)).find(is_title)
}

/// A line without the number of an annex before it: 附件2：.
fn without_number(line: &str) -> String {
    let Some(rest) = line.strip_prefix("附件") else { return line.to_owned() };
    let is_number =
        |it: char| it.is_ascii_digit() || "一二三四五六七八九十-".contains(it) || ('０'..='９').contains(&it);
    rest.trim_start_matches(is_number).trim_start_matches(['：', ':', '、', '.']).to_owned()
}

/// The folder of a document: its committee, if the table says whose its records are.
fn folder(schemas: &Schemas, of: TableId) -> String {
    let table = &schemas.tables[of];
    let committees = schemas.committees();
    let path = table.subject.committee.as_ref().zip(committees).map(|(path, committees)| {
        let mut at = of;
        let mut names = Vec::new();
        for field in path {
            let declared = &schemas.tables[at].fields[*field];
            names.push(declared.id.to_string());
            if let schema::FieldKind::Reference(reference) = &declared.kind {
                at = schemas.index(&reference.to).unwrap_or(at);
            }
        }
        let committees = &schemas.tables[committees];
        names.push(committees.fields[committees.label].id.to_string());
        format!("{{{{ {} }}}}", names.join("."))
    });
    path.unwrap_or_else(|| WHOLE.to_owned())
}

fn entry(place: &Place, proposal: &Proposal) -> String {
    let mut text =
        format!("  - at: {}\n    label: {}\n", place.at, quoted(&crate::forms::prescribed::shown(place)));
    match proposal {
        Proposal::One(key, best, others) => one(key, (best.as_ref(), others), &mut text),
        Proposal::Several(all) => several(all, &mut text),
        Proposal::Rows { each, columns } => rows(each.as_ref(), columns, &mut text),
        Proposal::Leave(why) => {
            let _ = writeln!(text, "    leave: {}", quoted(why));
        }
    }
    text
}

fn one(key: &str, (best, others): (Option<&Candidate>, &[Candidate]), text: &mut String) {
    match best {
        Some(it) => {
            let _ = writeln!(text, "    {key}: {}    # {}", quoted(&it.expression), it.reason);
        }
        None => {
            let _ = writeln!(text, "    leave: {UNDECIDED}    # 请改为 {key}: 填什么，或写明由谁手填");
        }
    }
    also(others, "    ", text);
}

/// Other candidates, as comments.
fn also(others: &[Candidate], indent: &str, text: &mut String) {
    for it in others.iter().take(N_OTHERS_MAX) {
        let _ = writeln!(text, "{indent}# 也可能是 {}：{}", it.expression, it.reason);
    }
}

fn several(all: &[(String, ForGap)], text: &mut String) {
    text.push_str("    values:\n");
    for (told, found) in all {
        let _ = match found {
            ForGap::Leave(why) => writeln!(text, "      - {{leave: {}}}    # {told}", quoted(why)),
            ForGap::Found(Some(it), _) => {
                writeln!(text, "      - {}    # {told}：{}", quoted(&it.expression), it.reason)
            }
            ForGap::Found(None, _) => {
                writeln!(text, "      - {{leave: {UNDECIDED}}}    # {told}：请写填什么，或由谁手填")
            }
        };
        if let ForGap::Found(_, others) = found {
            also(others, "        ", text);
        }
    }
}

fn rows(each: Option<&Candidate>, columns: &[(String, Option<Candidate>)], text: &mut String) {
    match each {
        Some(it) => {
            let _ = writeln!(text, "    each: {}    # {}", quoted(&it.expression), it.reason);
        }
        None => {
            let _ = writeln!(
                text,
                "    leave: {UNDECIDED}    # 请改为 each: 哪些记录（如 branch.honours）和下面的 row，或写明由谁手填"
            );
        }
    }
    text.push_str("    row:\n");
    for (heading, best) in columns {
        let _ = match best {
            Some(it) => {
                writeln!(text, "      {}: {}    # {}", quoted(heading), quoted(&it.expression), it.reason)
            }
            None => writeln!(text, "      {}: {{leave: {UNDECIDED}}}", quoted(heading)),
        };
    }
    text.push_str("    more: insert    # 记录多于预留的行时加行；另填续表的写 attach，不许多的写 error\n");
    text.push_str(
        "    # less: keep    # 空余的行留空；删去的写 remove，第一行注明的写要写的字，如 以下空白\n",
    );
}

/// A text as YAML takes it: as it is if it is plain, else in quotes.
pub(super) fn quoted(text: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || matches!(it, '.' | '_' | '（' | '）' | '、' | '/');
    let is_plain = text.chars().all(plain)
        && text
            .chars()
            .next()
            .is_some_and(|it| it.is_alphabetic() || ('\u{4E00}'..='\u{9FFF}').contains(&it));
    let is_word = matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    if is_plain && !is_word { text.to_owned() } else { Json::String(text.to_owned()).to_string() }
}
