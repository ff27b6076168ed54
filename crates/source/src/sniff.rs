//! What a file is, by its content; the extension only distinguishes text files.

use std::io::Read;

use super::compound::Compound;
use super::{Refusal, encoding, refusal};
use finding::codes;
use ooxml::{self, ContentTypes, Package};

/// A kind of file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// An xlsx or xlsm package.
    Workbook,
    /// A binary workbook in a package.
    Xlsb,
    /// An OpenDocument workbook.
    Ods,
    /// An old workbook: xls, or et of WPS.
    Xls,
    /// A web page with tables.
    Html,
    /// A Word document.
    Docx,
    /// Web pages in one file.
    Mht,
    /// An XML spreadsheet of Excel 2003.
    Xml2003,
    /// Separated text.
    Csv,
    /// A YAML document.
    Yaml,
}

const AS_XLSX: &str = "请用 WPS 或 Excel 打开该文件，另存为 xlsx 格式后重新提交";

/// How many bytes are looked at to distinguish text from binary content.
const HEAD: usize = 8 * 1024;

/// Recognises a file; the finding says why it is not read.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Result<FileKind, Refusal> {
    match bytes {
        [] => Err(refusal(
            &codes::FILE_EMPTY,
            "文件大小为0字节",
            "请核对是否选错文件，或文件没有传完，重新提交",
        )),
        [b'P', b'K', ..] => sniff_zip(bytes, name),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => sniff_compound(bytes),
        _ => match foreign(bytes) {
            Some(finding) => Err(finding),
            None => sniff_text(bytes, name),
        },
    }
}

fn sniff_zip(bytes: &[u8], name: &str) -> Result<FileKind, Refusal> {
    let Some(mut package) = Package::peek(bytes, &ooxml::Limits::STANDARD) else {
        return Err(refusal(
            &codes::FILE_DAMAGED,
            "文件不完整，无法打开",
            "文件多半没有传完。请确认它能用 WPS 或 Excel 打开，重新提交",
        ));
    };
    let has = |start: &str| package.names().any(|it| starts_with(it, start));
    if has("xl/workbook.bin") {
        return Ok(FileKind::Xlsb);
    }
    if has("xl/") && has(ContentTypes::PART) {
        return Ok(FileKind::Workbook);
    }
    if has("content.xml") && has("mimetype") {
        return sniff_open_document(&mut package);
    }
    if has("word/") {
        return Ok(FileKind::Docx);
    }
    if has("ppt/") {
        return Err(not_a_table("该文件是演示文稿，没有读取"));
    }
    if matches!(extension(name).as_str(), "xlsx" | "xlsm") {
        return Err(refusal(&codes::FILE_DAMAGED, "文件中没有工作簿", AS_XLSX));
    }
    Err(packed("该文件是压缩包，其中的文件没有读取"))
}

fn sniff_open_document(package: &mut Package<'_>) -> Result<FileKind, Refusal> {
    let mut kind = String::new();
    // A type is short; if it cannot be read, no table is found in it either.
    let _ = package.read("mimetype").map(|it| it.take(HEAD as u64).read_to_string(&mut kind));
    if kind.contains("opendocument.spreadsheet") {
        Ok(FileKind::Ods)
    } else {
        Err(not_a_table("该文件是 OpenDocument 文稿，不是工作簿，没有读取"))
    }
}

fn starts_with(name: &str, start: &str) -> bool {
    name.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
}

/// A compound file: an old workbook, a Word document, or the envelope of an encrypted package.
fn sniff_compound(bytes: &[u8]) -> Result<FileKind, Refusal> {
    let Some(file) = Compound::open(bytes) else {
        if contains_utf16(bytes, "EncryptedPackage") {
            return Err(encrypted());
        }
        return Err(refusal(&codes::FILE_DAMAGED, "文件不完整或内部的数据有误，无法打开", AS_XLSX));
    };
    let has = |names: &[&str]| names.iter().any(|it| file.has(it));
    if has(&["EncryptedPackage"]) {
        Err(encrypted())
    } else if has(&["Workbook", "Book"]) {
        Ok(FileKind::Xls)
    } else if has(&["WordDocument", "PowerPoint Document"]) {
        Err(not_a_table("该文件是 Word 文档或演示文稿，没有读取"))
    } else {
        Err(not_a_table("该文件不是工作簿，没有读取"))
    }
}

fn contains_utf16(bytes: &[u8], word: &str) -> bool {
    let wanted: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|it| it == wanted)
}

/// Files whose content shows a format that is never read.
fn foreign(bytes: &[u8]) -> Option<Refusal> {
    const ARCHIVES: [&[u8]; 4] = [b"Rar!", b"7z\xBC\xAF\x27\x1C", b"\x1F\x8B", b"BZh"];
    const OTHERS: [&[u8]; 7] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"{\\rtf", b"II*\0", b"MM\0*"];
    if ARCHIVES.iter().any(|it| bytes.starts_with(it)) {
        return Some(packed("该文件是压缩包，其中的文件没有读取"));
    }
    // The first record of a workbook older than compound files: BIFF2, 3 and 4.
    if matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]) {
        return Some(unsupported("该文件是 Excel 4.0 或更早的工作簿"));
    }
    if OTHERS.iter().any(|it| bytes.starts_with(it)) {
        return Some(not_a_table("该文件是图片、PDF 或文稿，没有读取"));
    }
    None
}

/// The beginning in lower case, without what may stand before the first mark of a page.
fn head(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    head.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{FEFF}').to_owned()
}

/// Whether text is a page: by its first mark, as systems that export tables often leave out the rest.
fn is_page(head: &str) -> bool {
    const FIRST: [&str; 8] =
        ["<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<style", "<div"];
    FIRST.iter().any(|it| head.starts_with(it))
        || head.starts_with("<?xml") && ["<html", "<table"].iter().any(|it| head.contains(it))
}

/// Whether text is a web page with all that belongs to it, in the form of a message.
fn is_message(head: &str) -> bool {
    head.starts_with("mime-version:") || head.starts_with("from:") && head.contains("\nmime-version:")
}

/// Whether text is an XML spreadsheet, in whatever encoding.
fn is_xml_workbook(bytes: &[u8]) -> bool {
    let text = encoding::decode(&bytes[..bytes.len().min(HEAD)]);
    let head = text.map(|it| head(it.as_bytes())).unwrap_or_else(|| head(bytes));
    head.starts_with('<') && head.contains("<workbook") || head.contains("<ss:workbook")
}

fn sniff_text(bytes: &[u8], name: &str) -> Result<FileKind, Refusal> {
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let binary = !utf16 && bytes[..bytes.len().min(HEAD)].contains(&0);
    match (extension(name).as_str(), binary) {
        ("yaml" | "yml", false) => Ok(FileKind::Yaml),
        (_, false) if is_message(&head(bytes)) => Ok(FileKind::Mht),
        (_, _) if is_xml_workbook(bytes) => Ok(FileKind::Xml2003),
        (_, false) if is_page(&head(bytes)) => Ok(FileKind::Html),
        ("csv" | "tsv" | "txt" | "xls" | "xlsx" | "xlsm" | "et", false) => Ok(FileKind::Csv),
        ("yaml" | "yml" | "csv" | "tsv" | "xls" | "xlsx" | "xlsm" | "et", true) => {
            Err(refusal(&codes::FILE_DAMAGED, "文件内容不是表格，也不是文字", AS_XLSX))
        }
        _ => Err(not_a_table("该文件不是程序读取的格式，没有读取")),
    }
}

/// The extension in lower case, without its dot.
pub(super) fn extension(name: &str) -> String {
    name.rsplit(['/', '\\'])
        .next()
        .and_then(|it| it.rsplit_once('.'))
        .map_or_else(String::new, |it| it.1.to_lowercase())
}

/// The finding for a file that wants a password.
pub(super) fn encrypted() -> Refusal {
    refusal(
        &codes::FILE_ENCRYPTED,
        "文件设有打开密码，无法读取",
        "请用 WPS 或 Excel 打开该文件，取消密码后保存，重新提交",
    )
}

fn unsupported(message: &str) -> Refusal {
    refusal(&codes::FORMAT_NOT_SUPPORTED, format!("{message}，程序不读取这种格式"), AS_XLSX)
}

fn packed(message: &str) -> Refusal {
    refusal(&codes::ARCHIVE_NOT_READ, message, "请解压到同一文件夹，并移走压缩包")
}

/// The finding for a file that holds no tables.
pub(super) fn not_a_table(message: &str) -> Refusal {
    refusal(&codes::FILE_NOT_A_TABLE, message, "若其中有应当汇总的数据，请填入 xlsx 后重新提交")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compound::tests::compound;

    fn code(bytes: &[u8], name: &str) -> String {
        sniff(bytes, name).unwrap_err().code.into_owned()
    }

    #[test]
    fn text_is_told_apart_by_its_extension_and_a_text_named_xls_is_a_csv() {
        assert_eq!(sniff("姓名,性别\n".as_bytes(), "a/党员.CSV").unwrap(), FileKind::Csv);
        assert_eq!(sniff("姓名\t性别\n".as_bytes(), "党员.xls").unwrap(), FileKind::Csv);
        assert_eq!(sniff(b"\xEF\xBB\xBF <HTML><table>", "a.xls").unwrap(), FileKind::Html);
        assert_eq!(sniff("项目: 1\n".as_bytes(), "申报.yml").unwrap(), FileKind::Yaml);
        assert_eq!(code(b"# readme", "README.md"), "file-not-a-table");
    }

    #[test]
    fn what_is_not_read_is_named_for_what_it_is() {
        assert_eq!(code(b"", "空.xlsx"), "file-empty");
        assert_eq!(code(&compound(&[("EncryptedPackage", b"")]), "a.xlsx"), "file-encrypted");
        assert_eq!(sniff(&compound(&[("Workbook", b"")]), "a.et").unwrap(), FileKind::Xls);
        assert_eq!(code(&compound(&[("WordDocument", b"")]), "a.doc"), "file-not-a-table");
        assert_eq!(code(&compound(&[])[..700], "a.xls"), "file-damaged");
        assert_eq!(code(b"PK\x03\x04truncated", "a.xlsx"), "file-damaged");
        assert_eq!(code(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a.zip"), "archive-not-read");
        assert_eq!(code(b"Rar!\x1a\x07", "a.rar"), "archive-not-read");
        assert_eq!(sniff(b"<?xml version='1.0'?>\n<Workbook>", "a.xls").unwrap(), FileKind::Xml2003);
        assert_eq!(sniff(b"MIME-Version: 1.0\r\n", "a.xls").unwrap(), FileKind::Mht);
        assert_eq!(code(b"\x09\x04\x06\0\0\0\x10\0\0\0", "a.xls"), "format-not-supported");
        assert_eq!(code(b"%PDF-1.7", "a.pdf"), "file-not-a-table");
        assert_eq!(code(b"a\0b", "a.xlsx"), "file-damaged");
    }
}
