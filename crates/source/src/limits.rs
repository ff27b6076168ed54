//! How much of a file is read before it is refused.

/// The limits of one reading, each far above any real return and far below what
/// would exhaust the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file on disk.
    pub file_bytes: u64,
    /// What a zip package may hold: workbooks and Word documents.
    pub package: ooxml::Limits,
    /// Cells of a sheet that hold anything.
    pub cells: usize,
    /// Rows of a sheet: those of the spreadsheet programs.
    pub rows: u32,
    /// Columns of a sheet: those of the spreadsheet programs.
    pub columns: u16,
    /// Characters of a cell: those of the spreadsheet programs.
    pub text_chars: usize,
    /// Bytes of a picture in a cell.
    pub picture_bytes: u64,
    /// Nodes of a YAML document.
    pub yaml_nodes: usize,
    /// Lines of a Markdown text; paragraphs and cells of a Word document.
    pub lines: usize,
}

impl Limits {
    /// The limits of a normal run: 50 MiB, packages as in [`ooxml::Limits::STANDARD`], 6 million cells of 32 767
    /// characters, pictures of 10 MiB, half a million YAML nodes, 200 000 lines of Markdown.
    pub fn standard() -> Self {
        Self {
            file_bytes: 50 << 20,
            package: ooxml::Limits::STANDARD,
            cells: 6_000_000,
            rows: 1_048_576,
            columns: 16_384,
            text_chars: 32_767,
            picture_bytes: 10 << 20,
            yaml_nodes: 500_000,
            lines: 200_000,
        }
    }
}
