//! Rows put into a sheet: every part of the workbook that tells cells of it follows.

use super::NewRows;
use super::beyond::{Beyond, boxes, names};
use super::book::{Book, Sheet};
use super::fault::{FillFault, Immovable};
use super::rows::Rows;
use super::sheet::Beside;
use crate::formula::{Insertion, LAST};
use crate::{Edits, Relations, Tree, rows};

/// What may belong to a sheet without standing in the way.
const FOLLOWED: [&str; 8] =
    ["printerSettings", "hyperlink", "drawing", "vmlDrawing", "comments", "table", "image", "customProperty"];
/// What stands in the way, as it is called; of a sheet, and of the workbook.
const CALLED: [(&str, &str); 16] = [
    ("pivotTable", "数据透视表"),
    ("slicer", "切片器"),
    ("timeline", "日程表"),
    ("threadedComment", "批注会话（新式批注）"),
    ("ctrlProp", "窗体控件"),
    ("control", "ActiveX 控件"),
    ("oleObject", "嵌入的对象"),
    ("package", "嵌入的对象"),
    ("queryTable", "外部数据查询"),
    ("tableSingleCells", "XML 映射"),
    ("xmlMaps", "XML 映射"),
    ("revisionHeaders", "共享工作簿的修订记录"),
    ("volatileDependencies", "实时数据"),
    ("xlMacrosheet", "宏表"),
    ("xlIntlMacrosheet", "宏表"),
    ("dialogsheet", "对话框表"),
];
/// The kinds of [`CALLED`] from here on are asked of the workbook.
const FIRST_OF_WORKBOOK: usize = 10;

const CHART: &str = "drawingml.chart+xml";
const NEWER_CHART: &str = "chartex+xml";

const PIVOT_CACHE: &str = "pivotCacheDefinition+xml";

/// Parts that have new bytes.
type Changed = Vec<(String, Vec<u8>)>;

/// Rows that come into a sheet.
pub(super) struct Moving<'m, 'b> {
    pub(super) book: &'m mut Book<'b>,
    pub(super) insertion: Insertion,
    pub(super) like: u32,
    pub(super) target: usize,
    changed: Changed,
}

impl<'m, 'b> Moving<'m, 'b> {
    pub(super) fn new(book: &'m mut Book<'b>, target: usize, new: NewRows) -> Self {
        let sheets: Vec<String> = book.sheets.iter().map(|it| it.name.clone()).collect();
        let sheet = sheets[target].clone();
        let insertion = Insertion { sheet, before: new.before, count: new.count, sheets };
        Self { book, insertion, like: new.like, target, changed: Vec::new() }
    }

    /// Works out all parts that change, and only then changes them.
    pub(super) fn run(mut self) -> Result<(), FillFault> {
        self.refuse()?;
        for (number, sheet) in self.book.sheets.clone().into_iter().enumerate() {
            self.sheet(&sheet, number == self.target)?;
        }
        let main = self.book.main.clone();
        self.edit(&main, |moving, tree, edits| names(&moving.insertion, tree, edits))?;
        for part in [CHART, NEWER_CHART].into_iter().flat_map(|it| self.book.of_type(it)).collect::<Vec<_>>()
        {
            self.beyond(&part, "", |it, tree, edits| it.chart(tree, edits))?;
        }
        for (part, bytes) in self.changed {
            self.book.put(&part, bytes);
        }
        Ok(())
    }

    fn sheet(&mut self, sheet: &Sheet, is_target: bool) -> Result<(), FillFault> {
        if sheet.has_cells {
            self.edit(&sheet.part, |moving, tree, edits| {
                let (insertion, like, own) = (&moving.insertion, moving.like, &*sheet.name);
                Rows { insertion, like, own, is_target }.edit(tree, edits)?;
                Beside { insertion, like, own, part: &sheet.part, is_target }.edit(tree, edits)
            })?;
        }
        for part in self.book.related(&sheet.part, "table") {
            self.beyond(&part, &sheet.name, |it, tree, edits| it.table(tree, edits))?;
        }
        for part in self.book.related(&sheet.part, "drawing") {
            self.beyond(&part, &sheet.name, |it, tree, edits| it.drawing(tree, edits))?;
            self.links(&part, &sheet.name)?;
        }
        self.links(&sheet.part, &sheet.name)?;
        if is_target {
            for part in self.book.related(&sheet.part, "comments") {
                self.beyond(&part, &sheet.name, |it, tree, edits| it.comments(tree, edits))?;
            }
            self.boxes(sheet)?;
        }
        Ok(())
    }

    /// Links of a part that lead to cells, written as if they led out of the file: `#表一!A15`.
    fn links(&mut self, of: &str, own: &str) -> Result<(), FillFault> {
        let part = Relations::part_of(of);
        if !self.book.has(&part) {
            return Ok(());
        }
        self.beyond(&part, own, |it, tree, edits| it.links(tree, edits))
    }

    fn beyond(
        &mut self,
        part: &str,
        own: &str,
        change: impl Fn(&Beyond<'_>, &Tree, &mut Edits) -> Result<(), FillFault>,
    ) -> Result<(), FillFault> {
        self.edit(part, |moving, tree, edits| {
            let is_target = crate::formula::is_same(own, &moving.insertion.sheet);
            change(&Beyond { insertion: &moving.insertion, part, own, is_target }, tree, edits)
        })
    }

    fn edit(
        &mut self,
        part: &str,
        change: impl FnOnce(&Self, &Tree, &mut Edits) -> Result<(), FillFault>,
    ) -> Result<(), FillFault> {
        let tree = self.book.tree(part)?;
        let mut edits = Edits::default();
        change(self, &tree, &mut edits)?;
        let bytes = edits.apply(&tree)?;
        if bytes != tree.as_written().as_bytes() {
            self.changed.push((part.to_owned(), bytes));
        }
        Ok(())
    }

    fn boxes(&mut self, sheet: &Sheet) -> Result<(), FillFault> {
        let tree = self.book.tree(&sheet.part)?;
        let drawing = tree.root().child("x:legacyDrawing").and_then(|it| it.attribute("id"));
        let relations = self.book.relations(&sheet.part);
        let Some(part) = drawing.and_then(|it| relations.get(&it)?.part.clone()) else { return Ok(()) };
        let text = String::from_utf8(self.book.bytes(&part)?).map_err(|_| FillFault::Unusual)?;
        let new = boxes(&self.insertion, &text)?;
        if new != text {
            self.changed.push((part, new.into_bytes()));
        }
        Ok(())
    }

    /// Looks for what cannot follow.
    fn refuse(&mut self) -> Result<(), FillFault> {
        let part = self.book.sheets[self.target].part.clone();
        let relations = self.book.relations(&part);
        let mut kinds = relations.iter().filter_map(|it| it.kind.rsplit('/').next());
        if let Some(kind) = kinds.find(|it| !FOLLOWED.contains(it)) {
            return Err(Immovable::Part(called(kind)).into());
        }
        let main = self.book.main.clone();
        let relations = self.book.relations(&main);
        if let Some(it) = CALLED[FIRST_OF_WORKBOOK..].iter().find(|it| relations.of_kind(it.0).is_some()) {
            return Err(Immovable::Part(it.1.to_owned()).into());
        }
        for part in self.book.of_type(PIVOT_CACHE) {
            let tree = self.book.tree(&part)?;
            let mut sources = Vec::new();
            for name in ["worksheetSource", "rangeSet"] {
                tree.root().all_local(name, &mut sources);
            }
            let is_own = |it: &str| crate::formula::is_same(it, &self.insertion.sheet);
            if sources.iter().any(|it| it.attribute("sheet").is_some_and(|it| is_own(&it))) {
                return Err(Immovable::Part("数据透视表的数据来源".to_owned()).into());
            }
        }
        let tree = self.book.tree(&part)?;
        let data = tree.root().child("x:sheetData").ok_or(FillFault::Unusual)?;
        let last = rows(data).map(|it| it.0).max().unwrap_or(0).max(self.insertion.before);
        if u64::from(last) + u64::from(self.insertion.count) > u64::from(LAST.0) {
            return Err(Immovable::End.into());
        }
        Ok(())
    }
}

fn called(kind: &str) -> String {
    CALLED.iter().find(|it| it.0 == kind).map_or(kind, |it| it.1).to_owned()
}
