//! Errors about regulations and the texts of handbooks.

use super::project::{GUIDE, REGULATION, STEP};
use super::{case, hold, strict};

const RULES: &str = "rules/制度汇编";
const GUIDE_BOOK: &str = "guide/手册";
const TEXT: &str = "制度/谈话办法.md";

#[test]
fn an_error_in_a_text_withholds_the_books_that_print_it() {
    hold(&[
        case(
            "numbering-broken",
            "a regulation",
            |it| it.write(TEXT, REGULATION.replace("第二条", "第三条")),
            RULES,
        ),
        case(
            "unknown-key",
            "its head",
            |it| it.write(TEXT, REGULATION.replace("level:", "lewel: 学院\nlevel:")),
            RULES,
        ),
        case(
            "not-a-date",
            "its head",
            |it| it.write(TEXT, REGULATION.replace("issued: 2021-10-20", "issued: 去年")),
            RULES,
        ),
        case(
            "category-unknown",
            "a regulation without a part",
            |it| {
                it.write(TEXT, REGULATION.replace("category: 组织生活", "category: 其他"));
            },
            RULES,
        ),
        case(
            "footnote-unresolved",
            "a text of a handbook",
            |it| it.write("手册/手册甲/第一步.md", format!("{STEP}见此[^1]。\n")),
            GUIDE_BOOK,
        ),
        case(
            "character-not-printable",
            "a text of a handbook",
            |it| {
                it.write("手册/手册甲/第一步.md", STEP.replace("先申请", "先申\u{2A6D6}"));
            },
            GUIDE_BOOK,
        ),
        strict(
            "text-unused",
            "a text that the book does not print",
            |it| {
                it.write("手册/手册甲/多余.md", STEP.replace("stage: 步骤", "stage: 其他"));
            },
            GUIDE_BOOK,
        ),
    ]);
}

#[test]
fn an_unread_file_withholds_the_book_in_whose_folder_it_lies() {
    hold(&[
        case("front-matter-missing", "a regulation", |it| it.write("制度/坏.md", "没有文件头。\n"), RULES),
        case(
            "regulation-not-read",
            "beside the regulations",
            |it| it.write("制度/说明.pdf", "%PDF-1.7\n"),
            RULES,
        ),
        case(
            "front-matter-missing",
            "a text of the handbook",
            |it| it.write("手册/手册甲/坏.md", "没有文件头。\n"),
            GUIDE_BOOK,
        ),
        case(
            "regulation-not-read",
            "beside its texts",
            |it| it.write("手册/手册甲/说明.pdf", "%PDF-1.7\n"),
            GUIDE_BOOK,
        ),
        case("file-empty", "a text of the handbook", |it| it.write("手册/手册甲/空.md", ""), GUIDE_BOOK),
        case(
            "front-matter-missing",
            "a text of no handbook that is wanted",
            |it| it.write("手册/手册乙/坏.md", "没有文件头。\n"),
            "",
        ),
    ]);
}

#[test]
fn an_error_of_a_books_declaration_withholds_that_book() {
    hold(&[case(
        "schema-name-unknown",
        "a chart that leads to no text",
        |it| {
            it.write(
                "templates/handbooks/flows/way.yaml",
                "stages: [{title: 一, steps: [{title: 甲, text: 没有的文稿}]}]\n",
            );
            let appendix = "appendices: [{title: 流程图, flow: way}]\nentry:";
            it.write("templates/handbooks/guide/handbook.yaml", GUIDE.replace("entry:", appendix));
        },
        GUIDE_BOOK,
    )]);
}
