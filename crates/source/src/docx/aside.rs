//! What a Word document holds beside the text that is taken over: each kind is said once, with its places.

use std::collections::BTreeMap;

use finding::{Code, FileId, Finding, Origin, Report, codes};

/// A kind of what stands beside the text, or was taken over otherwise than it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AsideKind {
    /// Tracked insertions, deletions and moves.
    Change,
    Comment,
    Header,
    Footer,
    /// A picture, a drawing or an embedded object.
    Picture,
    /// Hidden text.
    Hidden,
    /// A table of contents.
    Contents,
    /// Marks of pronunciation above the text.
    Ruby,
    /// Text in a box, which is put behind its paragraph.
    TextBox,
    /// Merged cells.
    Merged,
    /// A table within a cell.
    Nested,
    Equation,
    /// A letter of a symbol face.
    Symbol,
    /// A field that Word works out while it shows it.
    Field,
    /// Another document within the document.
    Embedded,
    /// A shape of numbers that is not known.
    Shape,
}

/// The places of each kind.
#[derive(Debug, Default)]
pub(super) struct Aside {
    places: BTreeMap<AsideKind, Vec<Origin>>,
}

/// More places of one kind nobody looks up.
const N_PLACES_SHOWN: usize = 20;

impl Aside {
    /// Notes one of a kind; those that stand side by side in one paragraph count once.
    pub(super) fn note(&mut self, kind: AsideKind, origin: Origin) {
        let places = self.places.entry(kind).or_default();
        if places.last() != Some(&origin) {
            places.push(origin);
        }
    }

    /// Forgets all kinds but these.
    pub(super) fn keep(&mut self, kinds: &[AsideKind]) {
        self.places.retain(|kind, _| kinds.contains(kind));
    }

    /// Says what there was in a document of which only the tables are read, whose paragraphs have no places.
    pub(super) fn report_at_file(self, file: FileId, report: &mut Report) {
        for (kind, places) in self.places {
            let (code, message, hint) = words(kind, places.len());
            report.push(Finding::new(code, message).hint(hint).at(Origin::file(file)));
        }
    }

    /// Says what there was.
    pub(super) fn report(self, file: FileId, report: &mut Report) {
        for (kind, places) in self.places {
            let (code, message, hint) = words(kind, places.len());
            let first = places.first().copied().unwrap_or(Origin::file(file));
            let finding = Finding::new(code, message).hint(hint).at(first);
            let others = places.iter().skip(1).take(N_PLACES_SHOWN);
            report.push(others.fold(finding, |it, place| it.related(*place, "另一处")));
        }
    }
}

fn words(kind: AsideKind, n: usize) -> (&'static Code, String, &'static str) {
    use codes::{WORD_CHANGES_ACCEPTED, WORD_LEFT_OUT, WORD_NOT_READABLE, WORD_REARRANGED};
    let left_out =
        |what: &str| (&WORD_LEFT_OUT, format!("{n}处{what}没有采用"), "属于正文的，请用文字写在文中");
    let lost = |what: &str, hint| (&WORD_NOT_READABLE, format!("{n}处{what}读不出来，没有采用"), hint);
    let rearranged = |message: String, hint| (&WORD_REARRANGED, message, hint);
    match kind {
        AsideKind::Change => (
            &WORD_CHANGES_ACCEPTED,
            format!("{n}段有修订痕迹，按接受全部修订后的内容采用"),
            "请确认这些修订都应当接受",
        ),
        AsideKind::Comment => left_out("批注"),
        AsideKind::Header => left_out("页眉"),
        AsideKind::Footer => left_out("页脚"),
        AsideKind::Picture => left_out("图片或图形"),
        AsideKind::Hidden => left_out("隐藏文字"),
        AsideKind::Contents => (&WORD_LEFT_OUT, format!("{n}处目录没有采用"), "汇编另行编制目录，不必处理"),
        AsideKind::Ruby => left_out("拼音"),
        AsideKind::TextBox => {
            rearranged(format!("{n}段带有文本框，其中的文字接在该段之后"), "请核对先后次序")
        }
        AsideKind::Merged => {
            let message = format!("{n}行表格有合并的单元格，拆开后内容只在第一格");
            rearranged(message, "请核对表格是否仍然明白")
        }
        AsideKind::Nested => rearranged(format!("{n}格中另有表格，其中的文字连成了一段"), "请改为单独的表格"),
        AsideKind::Equation => lost("公式", "请用文字写出该公式"),
        AsideKind::Symbol => lost("特殊符号", "请改用通用的符号，如“□”“√”"),
        AsideKind::Field => lost("域", "请在 Word 中选中该处，按 Ctrl+Shift+F9 转为文字"),
        AsideKind::Embedded => lost("插入的文件", "请把内容粘贴到文中"),
        AsideKind::Shape => {
            (&WORD_NOT_READABLE, format!("{n}处自动编号用了少见的样式，改用阿拉伯数字"), "请核对这些编号")
        }
    }
}
