//! A draft as it is written down: `issued.yaml`, with titles and open questions as comments.

use std::fmt::Write;

use annex::Address;
use serde_json::Value as Json;

use super::super::UNDECIDED;
use super::super::anatomy::Side;
use super::matching::Meant;
use super::{DraftingBinding, Part, SheetDraft, letters, rows_of};
use crate::statistics::declaration::{Body, Sheet};
use crate::statistics::line::Line;

/// The whole declaration.
pub(super) fn binding(drafting: DraftingBinding<'_>, sheets: &[SheetDraft<'_>]) -> String {
    let DraftingBinding { file, sha256, id, statistics, .. } = drafting;
    let mut text = format!(
        "# 由统计表样“{file}”起草，数取自统计“{}”。请对照“填表位置.pdf”逐行、逐列核对，\n\
         # 补上待定的，再删去下面的 draft: true。写法见使用说明“上级下发的统计表”。\n\
         draft: true\n\
         statistics: {}\n\
         title: {}\n\
         file_name: {}\n\
         blank: {}\n\
         sha256: {sha256}\n\
         sheets:\n",
        statistics.title,
        statistics.id,
        quoted(id),
        quoted(id),
        quoted(file),
    );
    for it in sheets {
        text.push('\n');
        sheet(it, &mut text);
    }
    text
}

fn sheet(draft: &SheetDraft<'_>, text: &mut String) {
    let _ = writeln!(text, "  - sheet: {}", quoted(&draft.anatomy.name));
    let has_body = !draft.anatomy.columns.is_empty();
    if !has_body && draft.texts.is_empty() {
        text.push_str("    leave: 没有要填的格\n");
        return;
    }
    match draft.table {
        Some(table) => {
            let how =
                if draft.is_by_lines { "；按行、列认出，请核对是不是这张表" } else { "" };
            let _ = writeln!(text, "    table: {}    # {} {}{how}", table.id, table.number, table.title);
        }
        None if has_body => {
            let _ = writeln!(
                text,
                "    table: {UNDECIDED}    # 请写是哪一张统计表；整张不填的，只写 leave: 原因"
            );
        }
        None => {}
    }
    for it in &draft.readings {
        let _ = writeln!(text, "    # 也可能是 {}：{} {}", it.id, it.number, it.title);
    }
    if let Some(table) = draft.table
        && let Body::Figures { rows, columns, .. } = &table.body
    {
        body(draft, (table, rows, columns), text);
    }
    texts(draft, text);
}

fn body(draft: &SheetDraft<'_>, (table, rows, columns): (&Sheet, &[Line], &[Line]), text: &mut String) {
    let anatomy = &draft.anatomy;
    if let Some(names) = anatomy.blocks.first().and_then(|it| it.names) {
        let _ = writeln!(text, "    names: {}    # 各行的名称", letters(names));
    }
    text.push_str("    columns:\n");
    for (side, meant) in anatomy.columns.iter().zip(&draft.columns) {
        // What the form computes itself and nobody declares is its own.
        if matches!(meant, Meant::Open(_)) && anatomy.is_computed(side, true) {
            continue;
        }
        line(&letters(side.at), side, (meant, columns), text);
    }
    text.push_str("    rows:\n");
    for (block, each) in anatomy.blocks.iter().zip(&draft.blocks) {
        let _ = match each {
            Some(each) => {
                writeln!(text, "      {}: {}    # 每条记录一行，不够时加行", rows_of(block), rows[*each].id)
            }
            None => writeln!(
                text,
                "      {}: {UNDECIDED}    # {}没有每条记录一行的项",
                rows_of(block),
                table.number
            ),
        };
    }
    for (side, meant) in anatomy.rows.iter().zip(&draft.rows) {
        if matches!(meant, Meant::Open(_)) && anatomy.is_computed(side, false) {
            continue;
        }
        line(&(side.at + 1).to_string(), side, (meant, rows), text);
    }
}

fn line(key: &str, side: &Side, (meant, lines): (&Meant, &[Line]), text: &mut String) {
    let code = side.code.as_ref().map(|it| format!("（{it}）")).unwrap_or_default();
    let label = format!("{}{code}", side.labels.join("/"));
    match meant {
        Meant::Line(found) => {
            let _ = writeln!(text, "      {key}: {}    # {label}", quoted(&lines[*found].id));
        }
        Meant::Open(readings) => {
            let _ = writeln!(text, "      {key}: {UNDECIDED}    # {label}");
            for (reading, why) in readings {
                let _ = writeln!(
                    text,
                    "      # 也可能是 {}：{}，{why}",
                    lines[*reading].id, lines[*reading].title
                );
            }
        }
    }
}

fn texts(draft: &SheetDraft<'_>, text: &mut String) {
    if draft.texts.is_empty() {
        return;
    }
    text.push_str("    texts:\n");
    for it in &draft.texts {
        let key = cell(it.at);
        if let [only] = &it.parts[..] {
            let _ = writeln!(text, "      {key}: {}    # {}", part(only), it.label);
            continue;
        }
        let _ = writeln!(text, "      {key}:    # {}", it.label);
        for one in &it.parts {
            let _ = writeln!(text, "        - {}", part(one));
        }
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Template(text) => quoted(text),
        Part::Leave(why) => format!("{{leave: {}}}", quoted(why)),
        Part::Open => format!("{{leave: {UNDECIDED}}}"),
    }
}

/// The cell of an address, or its rows.
fn cell(at: Address) -> String {
    let whole = at.to_string();
    whole.split_once('!').map_or(whole.clone(), |it| it.1.to_owned())
}

/// A text as YAML takes it: as it is if it is plain, else in quotes.
fn quoted(text: &str) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || matches!(it, '.' | '_' | '（' | '）' | '、');
    let starts = text.chars().next().is_some_and(char::is_alphabetic);
    let is_word = matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off");
    let plain = starts && !is_word && text.chars().all(is_plain);
    if plain { text.to_owned() } else { Json::String(text.to_owned()).to_string() }
}
