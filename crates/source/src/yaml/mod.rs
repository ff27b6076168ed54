//! YAML documents as trees with the place of every key and value.
//!
//! The events come from the parser beneath serde-saphyr: they keep how a scalar was written, where
//! serde's data model would already have made 20100.0 of `020100` and `true` of `yes`.

mod mistakes;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_saphyr::granit_parser::{self, Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

use self::mistakes::{explain, is_of_brackets, looks_like_key, suspect, suspect_in_brackets};
use super::{Entry, Limits, Node, NodeKind, Refusal, encoding, refusal};
use finding::{FileId, Finding, Origin, Report, Target, codes};

/// Reads a YAML file. The finding says why nothing could be read at all.
///
/// Of a key given twice the first value stays; aliases are reported and stand as nothing.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Node, Refusal> {
    let text = encoding::decode(bytes).ok_or_else(|| {
        refusal(
            &codes::TEXT_ENCODING,
            "文件的文字编码既不是 UTF-8，也不是 GB18030（GBK）",
            "请用文本编辑器另存为 UTF-8 后重新提交",
        )
    })?;
    let mut options = granit_parser::Options::default();
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    let parser = Parser::new_from_str_with_options(&text, options);
    YamlReader { text: &text, parser, file, n_left: limits.yaml_nodes, report }.document()
}

struct YamlReader<'t, 'r> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    file: FileId,
    /// Nodes that may still come.
    n_left: usize,
    report: &'r mut Report,
}

impl<'t> YamlReader<'t, '_> {
    fn document(mut self) -> Result<Node, Refusal> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => {
                    return Ok(Node { origin: Origin::text(self.file, 1, 1), kind: NodeKind::Null });
                }
                first => {
                    let node = self.node(first, span)?;
                    self.end()?;
                    return Ok(node);
                }
            }
        }
    }

    /// Makes sure that nothing follows the first document.
    fn end(&mut self) -> Result<(), Refusal> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(()),
                Event::DocumentStart(..) => {
                    let finding = unsupported("一个文件只能写一份文档，“---”之后的内容没有读取");
                    let place = self.origin(span);
                    self.report.push(finding.at(place).about(Target::part_at(place)));
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span) -> Result<Node, Refusal> {
        let origin = self.origin(span);
        self.n_left = self.n_left.checked_sub(1).ok_or_else(|| {
            refusal(&codes::FILE_TOO_LARGE, "YAML 的内容过多，没有读取", "请拆成几个文件").at(origin)
        })?;
        let kind = match event {
            Event::Scalar(text, style, _, tag) => {
                self.check_tag(tag.as_deref(), span);
                self.check_joined(style, span);
                scalar(&text, style)
            }
            Event::SequenceStart(_, _, tag) => {
                self.check_tag(tag.as_deref(), span);
                NodeKind::List(self.items()?)
            }
            Event::MappingStart(_, _, tag) => {
                self.check_tag(tag.as_deref(), span);
                NodeKind::Map(self.entries()?)
            }
            _ => {
                let written = span.slice(self.text).unwrap_or("*");
                let finding =
                    Finding::new(&codes::YAML_ALIAS, format!("“{written}”以 * 开头，被当作引用，没有读取"))
                        .hint("若是文字，请在两端加引号；若要重复别处的内容，请直接写出");
                self.report.push(finding.at(origin));
                NodeKind::Null
            }
        };
        Ok(Node { origin, kind })
    }

    fn items(&mut self) -> Result<Vec<Node>, Refusal> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(items),
                (event, span) => items.push(self.node(event, span)?),
            }
        }
    }

    fn entries(&mut self) -> Result<Vec<Entry>, Refusal> {
        let mut entries = Vec::new();
        let mut seen: BTreeMap<Arc<str>, Origin> = BTreeMap::new();
        loop {
            let (event, span) = self.next()?;
            let key_origin = self.origin(span);
            let key: Option<Arc<str>> = match event {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(text, ..) => Some((*text).into()),
                complex => {
                    self.unsupported(span, "键应为文字，该键及其内容没有读取");
                    self.node(complex, span)?;
                    None
                }
            };
            let (event, span) = self.next()?;
            let mut value = self.node(event, span)?;
            let Some(key) = key else { continue };
            if let Some(first) = seen.get(&key) {
                self.report.push(duplicate(&key, key_origin, *first));
                entries
                    .iter_mut()
                    .filter(|it: &&mut Entry| it.key == key)
                    .for_each(|it| it.is_doubled = true);
                continue;
            }
            if value.kind == NodeKind::Null {
                // An absent value has no place of its own; what is missing is looked for at its key.
                value.origin = key_origin;
            }
            seen.insert(key.clone(), key_origin);
            entries.push(Entry { key, key_origin, value, is_doubled: false });
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Refusal> {
        match self.parser.next_event() {
            Some(Ok(pair)) => Ok(pair),
            Some(Err(error)) => Err(self.syntax(&error).into()),
            // The stream ends with an event of its own, the last to be read.
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn origin(&self, span: Span) -> Origin {
        self.place(span.start.line(), span.start.col() + 1)
    }

    fn place(&self, line: usize, column: usize) -> Origin {
        let count = |it: usize| u32::try_from(it.max(1)).unwrap_or(u32::MAX);
        Origin::text(self.file, count(line), count(column))
    }

    fn unsupported(&mut self, span: Span, message: &str) {
        self.report.push(unsupported(message).at(self.origin(span)));
    }

    fn check_tag(&mut self, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag.filter(|it| !it.is_yaml_core_schema()) {
            let message = format!("“{}”以 ! 开头，被当作标签，没有采用", tag.original());
            self.unsupported(span.tag_span().unwrap_or(span), &message);
        }
    }

    /// Notes a line that was joined to the text before it though it looks like a key of its own.
    fn check_joined(&mut self, style: ScalarStyle, span: Span) {
        if style != ScalarStyle::Plain || span.start.line() == span.end.line() {
            return;
        }
        let lines = span.slice(self.text).unwrap_or_default().lines().enumerate().skip(1);
        for (offset, line) in lines.filter(|it| looks_like_key(it.1.trim())) {
            let indent = line.chars().take_while(|it| it.is_whitespace()).count();
            let message = format!(
                "“{}”接在上一行之后，被当作同一段文字",
                line.trim().chars().take(20).collect::<String>()
            );
            let finding = Finding::new(&codes::YAML_LINE_JOINED, message)
                .hint("若是另一个键，请与上面的键对齐，冒号用半角，其后加一个空格");
            self.report.push(finding.at(self.place(span.start.line() + offset, indent + 1)));
        }
    }

    /// A line above that looks like a key but for its colon, and stands no deeper than what could not be read: the parser has
    /// taken it, and what follows, for one text.
    fn suspect_above(&self, line: usize, indent: usize) -> Option<(usize, usize, String)> {
        let above: Vec<(usize, &str)> = (1..).zip(self.text.lines()).take(line).collect();
        let stands = |text: &str| text.chars().take_while(|it| it.is_whitespace()).count() <= indent;
        let mut keys = above.into_iter().rev().filter(|it| looks_like_key(it.1.trim()) && stands(it.1));
        keys.find_map(|(n, text)| suspect(text).map(|(column, hint)| (n, column, hint)))
    }

    fn syntax(&self, error: &ScanError) -> Finding {
        let line = error.marker().line();
        let suspect = [line, line.saturating_sub(1)].into_iter().find_map(|n| {
            let text = self.text.lines().nth(n.checked_sub(1)?)?;
            let in_brackets = || is_of_brackets(error.kind()).then(|| suspect_in_brackets(text)).flatten();
            in_brackets().or_else(|| suspect(text)).map(|(column, hint)| (n, column, hint))
        });
        let suspect = suspect.or_else(|| self.suspect_above(line, error.marker().col()));
        let finding = Finding::new(&codes::YAML_SYNTAX, format!("YAML 不合语法：{}", explain(error.kind())));
        match suspect {
            Some((line, column, hint)) => finding.hint(hint).at(self.place(line, column)),
            None => finding
                .hint("请检查该行及上一行的缩进、引号和冒号")
                .at(self.place(line, error.marker().col() + 1)),
        }
    }
}

fn unsupported(message: &str) -> Finding {
    Finding::new(&codes::YAML_UNSUPPORTED, message).hint("请改写为普通的键、值和列表")
}

fn scalar(text: &str, style: ScalarStyle) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" if style == ScalarStyle::Plain => NodeKind::Null,
        _ => NodeKind::Scalar(text.into()),
    }
}

fn duplicate(key: &str, second: Origin, first: Origin) -> Finding {
    Finding::new(&codes::DUPLICATE_KEY, format!("“{key}”重复，后写的没有采用"))
        .hint("请删去其中一处，或改用另外的键")
        .at(second)
        .related(first, "第一次写在这里")
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::{Place, Sources};

    fn read_text(text: &str) -> (Result<Node, Refusal>, Report) {
        let mut report = Report::default();
        let node = read(text.as_bytes(), Sources::default().add("a.yaml"), &Limits::standard(), &mut report);
        (node, report)
    }

    fn at(origin: Origin) -> (u32, u32) {
        match origin.place {
            Place::Text { line, column } => (line, column),
            other => panic!("{other:?}"),
        }
    }

    /// The tree in one line, each key and value with its line and column.
    fn show(node: &Node) -> String {
        let (line, column) = at(node.origin);
        let kind = match &node.kind {
            NodeKind::Null => "-".to_owned(),
            NodeKind::Scalar(text) => format!("{text:?}"),
            NodeKind::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
            NodeKind::Map(entries) => {
                let shown = entries.iter().map(|it| {
                    let (line, column) = at(it.key_origin);
                    format!("{}@{line}:{column}={}", it.key, show(&it.value))
                });
                format!("{{{}}}", shown.collect::<Vec<_>>().join(" "))
            }
        };
        format!("{kind}@{line}:{column}")
    }

    fn tree(text: &str) -> String {
        let (node, report) = read_text(text);
        assert!(report.findings().is_empty(), "{report:?}");
        show(&node.unwrap())
    }

    fn fault(text: &str) -> (String, (u32, u32), String) {
        let finding = read_text(text).0.unwrap_err();
        (finding.message, at(finding.origin.unwrap()), finding.hint.unwrap())
    }

    #[test]
    fn plain_scalars_stay_as_written_and_know_their_places_in_characters() {
        let text =
            "\u{FEFF}# 说明\n支部: 机械学院 # 注\n代码: 020100\n𬭼字: yes\n日期: 2019-07-01\n比例: 1_0.50\n";
        let wanted = "{支部@2:1=\"机械学院\"@2:5 代码@3:1=\"020100\"@3:5 𬭼字@4:1=\"yes\"@4:5 \
                      日期@5:1=\"2019-07-01\"@5:5 比例@6:1=\"1_0.50\"@6:5}@2:1";
        assert_eq!(tree(text), wanted);
    }

    #[test]
    fn nothing_is_nothing_only_if_it_is_not_quoted() {
        assert_eq!(
            tree("a: ~\nb: null\nc:\nd: ''\ne: \"null\"\n"),
            "{a@1:1=-@1:1 b@2:1=-@2:1 c@3:1=-@3:1 d@4:1=\"\"@4:4 e@5:1=\"null\"@5:4}@1:1"
        );
        assert_eq!(tree("# 只有说明\n"), "-@1:1");
    }

    #[test]
    fn quoted_and_block_scalars_are_resolved_and_flow_collections_have_places() {
        let text = "a: \"一\\t二\"\nb: |\n  甲\n  乙\nc: >-\n  甲\n  乙\nd: [一, {二: 三}]\ne:\n- x\n-   y\n";
        let wanted = "{a@1:1=\"一\\t二\"@1:4 b@2:1=\"甲\\n乙\\n\"@3:3 c@5:1=\"甲 乙\"@6:3 \
                      d@8:1=[\"一\"@8:5 {二@8:9=\"三\"@8:12}@8:8]@8:4 e@9:1=[\"x\"@10:3 \"y\"@11:5]@10:3}@1:1";
        assert_eq!(tree(text), wanted);
    }

    #[test]
    fn every_duplicate_key_is_reported_with_the_first_one_and_the_first_value_stays() {
        let (node, report) = read_text("甲: 1\n乙: {丙: 1, 丙: 2}\n甲: 2\n甲: 3\n");
        assert_eq!(show(&node.unwrap()), "{甲@1:1=\"1\"@1:4 乙@2:1={丙@2:5=\"1\"@2:8}@2:4}@1:1");
        let places: Vec<_> = report
            .findings()
            .iter()
            .map(|it| (&*it.code, at(it.origin.unwrap()), at(it.related[0].origin)))
            .collect();
        assert_eq!(
            places,
            [
                ("duplicate-key", (2, 11), (2, 5)),
                ("duplicate-key", (3, 1), (1, 1)),
                ("duplicate-key", (4, 1), (1, 1))
            ]
        );
    }

    #[test]
    fn aliases_tags_and_further_documents_are_reported_and_never_expanded() {
        let text = "a: &x [1, 2]\nb: *x\nc: *重点*\nd: !safe e\n? [k]\n: v\n---\nf: 1\n";
        let (node, report) = read_text(text);
        assert!(show(&node.unwrap()).contains("b@2:1=-@2:1 c@3:1=-@3:1 d@4:1=\"e\""));
        let found: Vec<_> = report.findings().iter().map(|it| (&*it.code, at(it.origin.unwrap()))).collect();
        let wanted = [
            ("yaml-alias", (2, 4)),
            ("yaml-alias", (3, 4)),
            ("yaml-unsupported", (4, 4)),
            ("yaml-unsupported", (5, 3)),
            ("yaml-unsupported", (7, 1)),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_usual_mistakes_are_found_at_their_line_with_their_remedy() {
        let (_, place, hint) = fault("名称: 甲\n级别：校级\n年度: 2024\n");
        assert_eq!((place, hint.contains("全角")), ((2, 3), true));
        let (_, place, hint) = fault("名称: 甲\n级别:校级\n年度: 2024\n");
        assert_eq!((place, hint.contains("空格")), ((2, 3), true));
        let (_, place, hint) = fault("名称:\n\t级别: 校级\n");
        assert_eq!((place, hint.contains("制表符")), ((2, 1), true));
        let (message, place, _) = fault("名称: 甲\n级别: \"校级\n年度: 2024\n");
        assert_eq!((message.contains("引号"), place.0 >= 2), (true, true));
        let (message, ..) = fault("级别: 校级\n名称: [甲, 乙\n");
        assert!(message.contains("括号"), "{message}");
    }

    #[test]
    fn a_key_swallowed_by_the_text_above_it_is_noted() {
        let (_, report) = read_text("名称: 甲\n  级别：校级\n网址: 见\n  https://a.cn\n正文: |\n  一：二\n");
        let found: Vec<_> = report.findings().iter().map(|it| (&*it.code, at(it.origin.unwrap()))).collect();
        assert_eq!(found, [("yaml-line-joined", (2, 3))]);
    }

    #[test]
    fn a_document_beyond_its_limits_is_refused() {
        let limits = Limits { yaml_nodes: 3, ..Limits::standard() };
        let file = Sources::default().add("a.yaml");
        assert!(read(b"[1, 2]", file, &limits, &mut Report::default()).is_ok());
        assert_eq!(
            read(b"[1, 2, 3]", file, &limits, &mut Report::default()).unwrap_err().code,
            "file-too-large"
        );
        assert_eq!(
            read("[".repeat(100_000).as_bytes(), file, &limits, &mut Report::default()).unwrap_err().code,
            "yaml-syntax"
        );
    }
}
