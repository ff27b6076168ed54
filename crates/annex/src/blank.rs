//! A blank: a Word document or a workbook that was issued to be filled in, with the places that are to be filled.

use ooxml::Tree;

use super::address::{Address, Spot, Story};
use super::gaps::Gap;
use super::grid::Grid;
use super::places;
use super::reading::{any, read_package};
use super::signs::Signs;
use super::text::Paragraph;

/// A blank, read once and filled many times.
#[derive(Debug)]
pub struct Blank {
    /// The document as it was issued.
    pub(crate) bytes: Vec<u8>,
    /// Its texts.
    pub(crate) stories: Vec<Part>,
    /// The size of its letters where nothing else is said, in half points.
    pub(crate) letter_size: u32,
    /// What a check of the form says that comes out false.
    pub(crate) failing: Vec<String>,
    places: Vec<Place>,
    samples: Vec<(Address, String)>,
    remarks: Vec<Remark>,
}

/// A text of a blank.
pub(crate) struct Part {
    /// Its name in the package.
    pub(crate) name: String,
    pub(crate) story: Story,
    pub(crate) tree: Tree,
    /// Its paragraphs outside of tables.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Its tables.
    pub(crate) grids: Vec<Grid>,
}

/// A place that is to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it stands.
    pub at: Address,
    /// Its label as it is read, from the outermost to the nearest; blanks within words are left out.
    pub label: Vec<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// How many characters the form allows.
    pub limit: Option<usize>,
    /// Why it is left for hand and seal, if its label says so.
    pub by_hand: Option<String>,
}

/// What a place is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceKind {
    /// A blank cell.
    Cell,
    /// Gaps in the text of a cell or a paragraph.
    Text(Vec<Gap>),
    /// Blank rows below headings.
    Rows(Vec<Heading>),
    /// Where a photograph goes.
    Picture,
    /// Signatures, seals and dates that no gap tells apart.
    Signature,
}

/// The heading of a column of blank rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The label, from the outermost to the nearest.
    pub label: Vec<String>,
    /// Which cell of its row it is, from 0.
    pub cell: usize,
    /// Whether the rows bear numbers in it already, or are to bear some.
    pub numbers: Numbers,
}

/// Whether a column numbers its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// It does not.
    No,
    /// It is to.
    Blank,
    /// It does already.
    Given,
}

/// Why a blank cannot be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlankFault {
    /// An old document (.doc, .wps), or one that is locked by a password.
    #[error(
        "是 .doc、.xls、.wps、.et 等旧格式的文件，或加了打开密码。请用 WPS 或 Office 打开（取消密码），另存为 .docx 或 .xlsx 后使用"
    )]
    OldOrLocked,
    /// No Word document.
    #[error(
        "不是 Word 文档（.docx）或工作簿（.xlsx）。请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后使用"
    )]
    NoDocument,
    /// A template, or a file with macros.
    #[error(
        "是模板（.dotx、.xltx）或带宏的文件（.docm、.xlsm）。请用 WPS 或 Office 打开，另存为普通的 .docx 或 .xlsx 后使用"
    )]
    Template,
    /// It is broken, or too large.
    #[error("文件不完整或内部的数据有误，不能读取。请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后使用")]
    Broken,
    /// Its author has locked it.
    #[error("设置了“限制编辑”或“保护工作表”。请在 WPS 或 Office 中停止保护（在“审阅”中），保存后使用")]
    Protected,
    /// It holds changes that nobody has accepted.
    #[error("有未接受的修订。请在 WPS 或 Word 中接受全部修订，保存后使用")]
    Changes,
}

/// What a blank holds that cannot be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Text boxes.
    TextBox,
    /// Controls of old forms and ActiveX.
    Control,
    /// Tables within tables.
    Nested,
    /// Content controls.
    ContentControl,
}

impl Blank {
    /// Reads a blank.
    ///
    /// # Errors
    /// Why it cannot be filled.
    pub fn read(bytes: Vec<u8>, signs: &Signs) -> Result<Self, BlankFault> {
        let (stories, letter_size) = read_package(&bytes)?;
        let failing = signs.failing.clone();
        let mut blank = Self {
            bytes,
            stories,
            letter_size,
            failing,
            places: Vec::new(),
            samples: Vec::new(),
            remarks: Vec::new(),
        };
        blank.remarks = blank.remarked();
        let is_alone = blank.stories.len() == 1;
        for part in &blank.stories {
            let mut found = places::find(part, signs);
            // Of several sheets each has the same labels as a rule.
            if matches!(part.story, Story::Sheet(_)) && !is_alone {
                found.iter_mut().for_each(|it| it.label.insert(0, part.name.clone()));
            }
            blank.places.extend(found);
            blank.samples.extend(places::samples(part, signs));
        }
        Ok(blank)
    }

    /// The document as it was issued.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its places, in the order in which they are read.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Whether it is a workbook.
    pub fn is_book(&self) -> bool {
        self.stories.iter().any(|it| matches!(it.story, Story::Sheet(_)))
    }

    /// The names of its sheets, if it is a workbook, by the numbers in addresses.
    pub fn sheets(&self) -> Vec<(usize, &str)> {
        let name = |it: &'_ Part| match it.story {
            Story::Sheet(number) => Some(number),
            _ => None,
        };
        self.stories.iter().filter_map(|it| Some((name(it)?, it.name.as_str()))).collect()
    }

    /// A place by its address.
    pub fn place(&self, at: Address) -> Option<&Place> {
        self.places.iter().find(|it| it.at == at)
    }

    /// Cells in which somebody has left a sample or an instruction, with what they say: they are not blank.
    pub fn samples(&self) -> &[(Address, String)] {
        &self.samples
    }

    /// What it holds that cannot be filled.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// What stands at an address now; `None` if nothing has this address.
    pub fn text_at(&self, at: Address) -> Option<String> {
        let part = self.stories.iter().find(|it| it.story == at.story)?;
        match at.spot {
            Spot::Paragraph(number) => Some(part.paragraphs.get(number.checked_sub(1)?)?.text()),
            Spot::Cell { table, row, cell } => {
                let grid = part.grids.get(table.checked_sub(1)?)?;
                Some(grid.cell(grid.named(row, cell)?).text())
            }
            Spot::Rows { table, first, last } => {
                let rows = part.grids.get(table.checked_sub(1)?)?.rows.get(first.checked_sub(1)?..last)?;
                let cells = rows.iter().flat_map(|it| &it.cells);
                Some(cells.map(super::grid::Cell::text).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// Its texts as they would be shown in a sketch: paragraphs and tables in their order.
    pub fn sketch(&self) -> Vec<Sketched> {
        self.stories.iter().flat_map(sketched).collect()
    }

    fn remarked(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let roots = || self.stories.iter().map(|it| it.tree.root());
        let has = |name: &str| roots().any(|it| any(it, &|it| it.name() == name));
        if roots().any(|it| any(it, &|it| it.local() == "txbxContent")) {
            remarks.push(Remark::TextBox);
        }
        if has("w:control") || has("w:ffData") {
            remarks.push(Remark::Control);
        }
        if has("w:sdt") {
            remarks.push(Remark::ContentControl);
        }
        let mut tables = Vec::new();
        roots().for_each(|it| it.all("w:tbl", &mut tables));
        if tables.iter().any(|it| any(*it, &|it| it.name() == "w:tbl")) {
            remarks.push(Remark::Nested);
        }
        remarks
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a sketch of a blank shows.
#[derive(Debug, Clone)]
pub enum Sketched {
    /// A paragraph, with its address.
    Paragraph(Address, String),
    /// A table.
    Table {
        /// The relative widths of its columns.
        widths: Vec<u32>,
        /// Its cells, from the left and from above.
        cells: Vec<SketchedCell>,
    },
}

/// A cell of a sketch.
#[derive(Debug, Clone)]
pub struct SketchedCell {
    /// Its address.
    pub at: Address,
    /// The row that it begins in and how many it covers.
    pub rows: (usize, usize),
    /// The column that it begins in and how many it covers.
    pub columns: (usize, usize),
    /// What it says.
    pub text: String,
}

fn sketched(part: &Part) -> Vec<Sketched> {
    let said = part.paragraphs.iter().enumerate().filter(|it| !it.1.is_blank()).map(|(number, it)| {
        let at = Address { story: part.story, spot: Spot::Paragraph(number + 1) };
        (it.range.start, Sketched::Paragraph(at, it.text()))
    });
    let tables = part.grids.iter().enumerate().filter_map(|(table, grid)| {
        let start = grid.rows.first()?.range.start;
        Some((start, Sketched::Table { widths: grid.widths.clone(), cells: sketched_cells(part, table) }))
    });
    let mut all: Vec<_> = said.chain(tables).collect();
    all.sort_by_key(|it| it.0);
    all.into_iter().map(|it| it.1).collect()
}

fn sketched_cells(part: &Part, table: usize) -> Vec<SketchedCell> {
    let mut cells = Vec::new();
    for (row, it) in part.grids[table].rows.iter().enumerate() {
        for (place, cell) in it.cells.iter().enumerate().filter(|it| !it.1.goes_on) {
            let cell_number = part.grids[table].number((row, place));
            let spot = Spot::Cell { table: table + 1, row: row + 1, cell: cell_number };
            cells.push(SketchedCell {
                at: Address { story: part.story, spot },
                rows: (cell.rows.start, cell.rows.len()),
                columns: (cell.columns.start, cell.columns.len()),
                text: cell.text(),
            });
        }
    }
    cells
}
