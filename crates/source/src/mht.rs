//! Web pages in one file (mht), as Excel saves them and some systems export them: the pages among their parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::book::Book;
use super::{Limits, Refusal, encoding, html, package};
use finding::{FileId, Report};

/// Parts within parts go no deeper.
const DEPTH: usize = 3;

/// Reads the tables of the pages in such a file, each page as a sheet. The finding says why nothing could be read at all.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let mut pages = Vec::new();
    collect(bytes, DEPTH, &mut pages);
    let mut book = Book::default();
    for page in pages {
        let sheet = u16::try_from(book.grids.len()).unwrap_or(u16::MAX);
        // A page that only frames others holds no table.
        let Ok(read) = html::read(&page, file, limits, report) else { continue };
        for mut grid in read.grids {
            grid.sheet = sheet;
            grid.name = format!("第{}页", sheet.saturating_add(1)).into();
            book.names.push(grid.name.clone());
            book.grids.push(grid);
        }
        book.asides.extend(read.asides.into_iter().map(|it| (sheet, it.1)));
    }
    if book.grids.is_empty() {
        Err(package::damaged("该文件是网页，其中没有表格"))
    } else {
        Ok(book)
    }
}

/// Collects the pages of a message and of its parts, decoded.
fn collect(message: &[u8], depth: usize, pages: &mut Vec<Vec<u8>>) {
    let (head, body) = split_head(message);
    let head = unfolded(&String::from_utf8_lossy(head));
    let kind = field(&head, "content-type").unwrap_or_default();
    if let Some(boundary) = parameter(&kind, "boundary").filter(|_| depth > 0) {
        let mark = format!("--{boundary}");
        let text = String::from_utf8_lossy(body);
        text.split(mark.as_str()).skip(1).for_each(|it| {
            collect(it.trim_start_matches(['\r', '\n']).as_bytes(), depth - 1, pages);
        });
    } else if kind.to_ascii_lowercase().contains("text/html") {
        let how = field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        let decoded = match how.trim() {
            "quoted-printable" => quoted_printable(body),
            "base64" => {
                let body: Vec<u8> = body.iter().copied().filter(|it| !it.is_ascii_whitespace()).collect();
                STANDARD.decode(body).unwrap_or_default()
            }
            _ => body.to_vec(),
        };
        // A page in another encoding than those of workbooks is left as it is, and refused.
        let as_text = encoding::decode(&decoded).map(|it| it.as_bytes().to_vec());
        pages.push(as_text.unwrap_or(decoded));
    }
}

/// The head and the body of a message: a blank line stands between them.
fn split_head(message: &[u8]) -> (&[u8], &[u8]) {
    for mark in [&b"\r\n\r\n"[..], b"\n\n"] {
        if let Some(at) = memchr::memmem::find(message, mark) {
            return (&message[..at], &message[at + mark.len()..]);
        }
    }
    (message, &[])
}

/// A head without its folds: a line that begins with a blank goes on with the one before.
fn unfolded(head: &str) -> String {
    head.replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " ")
}

fn field(head: &str, name: &str) -> Option<String> {
    let line = head
        .lines()
        .find(|it| it.split_once(':').is_some_and(|it| it.0.trim().eq_ignore_ascii_case(name)))?;
    line.split_once(':').map(|it| it.1.trim().to_owned())
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let at = value.to_ascii_lowercase().find(&format!("{name}="))?;
    let rest = value.get(at + name.len() + 1..)?;
    let found = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([';', ' ']).next()?,
    };
    (!found.is_empty()).then(|| found.to_owned())
}

/// `=E5=85=9A` and lines that go on behind `=` (RFC 2045, 6.7).
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'=' {
            decoded.push(*first);
            continue;
        }
        match behind {
            [b'\r', b'\n', ..] => rest = &behind[2..],
            [b'\n', ..] => rest = &behind[1..],
            [high, low, ..] => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    rest = &behind[2..];
                }
                _ => decoded.push(b'='),
            },
            _ => decoded.push(b'='),
        }
    }
    decoded
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|it| u8::try_from(it).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;
    use value::Raw;

    #[test]
    fn the_pages_of_a_file_are_found_in_every_encoding_and_frames_are_passed_over() {
        let page = |text: &str| format!("<html><table><tr><td>{text}</td></tr></table></html>");
        let quoted: String = page("党员").bytes().map(|it| format!("={it:02X}")).collect();
        let folded: Vec<String> =
            quoted.as_bytes().chunks(60).map(|it| String::from_utf8_lossy(it).into_owned()).collect();
        let text = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b 1\"\r\n\r\n--b 1\r\nContent-Type: text/html\r\n\r\n<html><frameset></html>\r\n\
             --b 1\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n\
             --b 1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b 1--\r\n",
            folded.join("=\r\n"),
            STANDARD.encode(page("支部"))
        );
        let mut report = Report::default();
        let book =
            read(text.as_bytes(), Sources::default().add("a.mht"), &Limits::standard(), &mut report).unwrap();
        let cells: Vec<&Raw> = book.grids.iter().map(|it| it.get(0, 0)).collect();
        assert_eq!(cells, [&Raw::text("党员"), &Raw::text("支部")]);
        assert_eq!(quoted_printable(b"a=3Db=\nc="), b"a=bc=");
    }
}
