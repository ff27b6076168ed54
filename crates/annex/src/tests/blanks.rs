//! Small documents to try.

use std::fmt::Write;

use crate::{ByHand, Signs};
use ooxml::{PackageWriter, escaped};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document with this body.
pub(super) fn docx(body: &str) -> Vec<u8> {
    let mut writer = PackageWriter::new();
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let document = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>");
    for (name, content) in
        [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", &document)]
    {
        writer.add(name, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}

/// A paragraph of one run; `_` begins and ends what is underlined.
pub(super) fn paragraph(text: &str) -> String {
    let runs = text.split('_').enumerate().filter(|it| !it.1.is_empty()).map(|(idx, it)| {
        let line = if idx % 2 == 1 { "<w:rPr><w:u w:val=\"single\"/></w:rPr>" } else { "" };
        format!("<w:r>{line}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(it))
    });
    format!("<w:p>{}</w:p>", runs.collect::<String>())
}

/// A table: rows by lines, cells between `|`; `/` begins another paragraph; `^` goes on with the cell above and `<` with
/// the one at the left.
pub(super) fn table(rows: &[&str]) -> String {
    let grid: Vec<Vec<&str>> = rows.iter().map(|it| it.split('|').map(str::trim).collect()).collect();
    let mut xml = "<w:tbl><w:tblGrid>".to_owned();
    (0..grid[0].len()).for_each(|_| xml.push_str("<w:gridCol w:w=\"1400\"/>"));
    xml.push_str("</w:tblGrid>");
    for (number, row) in grid.iter().enumerate() {
        xml.push_str("<w:tr>");
        for (column, cell) in row.iter().enumerate().filter(|it| *it.1 != "<") {
            let span = 1 + row[column + 1..].iter().take_while(|it| **it == "<").count();
            let below = grid.get(number + 1).is_some_and(|it| it[column] == "^");
            let merge = match (*cell, below) {
                ("^", _) => "<w:vMerge/>",
                (_, true) => "<w:vMerge w:val=\"restart\"/>",
                _ => "",
            };
            let text = if *cell == "^" { "" } else { cell };
            let paragraphs: String = text.split('/').map(paragraph).collect();
            let _ = write!(
                xml,
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr>{paragraphs}</w:tc>"
            );
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    xml
}

/// The words of the tests.
pub(super) fn signs() -> Signs {
    let words = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    Signs {
        by_hand: vec![ByHand {
            words: words(&["意见", "签字", "签名", "盖章"]),
            why: "由人签字".into(),
            spreads: true,
        }],
        picture: words(&["照片"]),
        boxes: vec!['□', '☐'],
        measures: words(&["人", "名", "票", "岁", "次"]),
        limits: words(&["字以内", "字左右"]),
        numbers: words(&["序号"]),
        samples: words(&["样例"]),
        failing: words(&["FALSE", "不符"]),
    }
}

/// A workbook of one sheet: rows by lines, framed cells between `|`; `=` begins a formula, `<` goes on with the cell at the
/// left; a line that begins with `~` has no frame.
pub(super) fn xlsx(rows: &[&str]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut data, mut merges) = (String::new(), String::new());
    for (row, line) in rows.iter().enumerate() {
        let style = u8::from(!line.starts_with('~'));
        let cells: Vec<&str> = line.trim_start_matches('~').split('|').collect();
        let _ = write!(data, "<row r=\"{}\">", row + 1);
        for (column, text) in cells.iter().enumerate() {
            let at = ooxml::cell_name((u32::try_from(row).unwrap(), u32::try_from(column).unwrap()));
            let n_more = cells[column + 1..].iter().take_while(|it| **it == "<").count();
            if *text != "<" && n_more > 0 {
                let end = u32::try_from(column + n_more).unwrap();
                let _ = write!(
                    merges,
                    "<mergeCell ref=\"{at}:{}\"/>",
                    ooxml::cell_name((u32::try_from(row).unwrap(), end))
                );
            }
            let _ = match text.strip_prefix('=') {
                _ if text.is_empty() || *text == "<" => write!(data, "<c r=\"{at}\" s=\"{style}\"/>"),
                Some(formula) => write!(data, "<c r=\"{at}\" s=\"{style}\"><f>{formula}</f></c>"),
                None => write!(
                    data,
                    "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ),
            };
        }
        data.push_str("</row>");
    }
    let n_merges = merges.matches("<mergeCell ").count();
    let merges = if n_merges == 0 {
        merges
    } else {
        format!("<mergeCells count=\"{n_merges}\">{merges}</mergeCells>")
    };
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>")),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"2\"><border><left/><right/><top/><bottom/></border><border><left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyBorder=\"1\"/></cellXfs></styleSheet>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData>{merges}</worksheet>")),
    ];
    let mut writer = PackageWriter::new();
    for (name, content) in parts {
        writer.add(name, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}
