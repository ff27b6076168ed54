//! Changes to a part: new text at byte ranges, everything else unchanged.

use std::ops::Range;

use quick_xml::escape::{escape, partial_escape};

use super::{Element, Tree};

/// Changes to a part, in any order. They refer to the part as it is, not to each other.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    edits: Vec<(Range<usize>, String)>,
}

/// Why changes cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// Two of them want the same bytes.
    #[error("两处修改相互重叠，在第{0}字节")]
    Overlap(usize),
    /// A range does not lie within the part, or cuts a character.
    #[error("修改的范围不对，在第{0}字节")]
    Outside(usize),
    /// XML cannot hold a character: a control character, for one.
    #[error("文字中有 XML 不能写的字符 U+{0:04X}")]
    Letter(u32),
}

impl Edits {
    /// Puts XML in place of a range.
    pub fn replace(&mut self, range: Range<usize>, xml: impl Into<String>) {
        self.edits.push((range, xml.into()));
    }

    /// Puts XML before a byte; what is put before the same one stands in the order of the calls.
    pub fn insert(&mut self, at: usize, xml: impl Into<String>) {
        self.replace(at..at, xml);
    }

    /// Takes a range out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Puts a text in place of all that stands in an element. Blanks at its ends are kept by programs only if the
    /// element says `xml:space="preserve"`.
    ///
    /// # Errors
    /// If XML cannot hold a character of it.
    pub fn set_text(&mut self, element: Element<'_>, text: &str) -> Result<(), EditFault> {
        check(text)?;
        let text = partial_escape(text);
        match element.content_range() {
            Some(content) => self.replace(content, text),
            None => {
                let end = element.range().end;
                self.replace(end - "/>".len()..end, format!(">{text}</{}>", element.written_name()));
            }
        }
        Ok(())
    }

    /// Gives an attribute a value. One of this name as it is written keeps its place and quotes; else it is put behind
    /// the name of the element.
    ///
    /// # Errors
    /// If XML cannot hold a character of it.
    pub fn set_attribute(&mut self, element: Element<'_>, name: &str, value: &str) -> Result<(), EditFault> {
        check(value)?;
        let value = escape(value).replace('\n', "&#10;").replace('\t', "&#9;");
        match element.attributes().find(|it| it.name == name) {
            Some(it) => self.replace(it.value_range, value),
            None => {
                let at = element.range().start + 1 + element.written_name().len();
                self.insert(at, format!(" {name}=\"{value}\""));
            }
        }
        Ok(())
    }

    /// The part with all changes.
    ///
    /// # Errors
    /// If two changes want the same bytes, or one does not lie within the part.
    pub fn apply(mut self, tree: &Tree) -> Result<Vec<u8>, EditFault> {
        let text = tree.as_written();
        // Insertions come before what is replaced from the same byte on.
        self.edits.sort_by_key(|it| (it.0.start, it.0.end));
        let mut changed = String::with_capacity(text.len());
        let mut kept = 0;
        for (range, xml) in &self.edits {
            if range.start < kept {
                return Err(EditFault::Overlap(range.start));
            }
            let before = text.get(kept..range.start).ok_or(EditFault::Outside(range.start))?;
            text.get(range.clone()).ok_or(EditFault::Outside(range.start))?;
            changed.push_str(before);
            changed.push_str(xml);
            kept = range.end;
        }
        changed.push_str(&text[kept..]);
        Ok(changed.into_bytes())
    }
}

/// The characters of XML 1.0, 2.2.
pub(super) fn check(text: &str) -> Result<(), EditFault> {
    let cannot = |it: char| {
        it.is_ascii_control() && !matches!(it, '\t' | '\n' | '\r' | '\u{7F}')
            || matches!(it, '\u{FFFE}' | '\u{FFFF}')
    };
    text.chars().find(|it| cannot(*it)).map_or(Ok(()), |it| Err(EditFault::Letter(it.into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, markup};

    fn tree(text: &str) -> Tree {
        Tree::parse(text.into(), &Limits::STANDARD).unwrap()
    }

    fn edited(text: &str, edit: impl FnOnce(&Tree, &mut Edits)) -> Result<String, EditFault> {
        let tree = tree(text);
        let mut edits = Edits::default();
        edit(&tree, &mut edits);
        edits.apply(&tree).map(|it| String::from_utf8(it).unwrap())
    }

    #[test]
    fn what_is_not_changed_stays_as_it_was_written() {
        let text = "<?xml version='1.0'?>\r\n<w:a  b = '1'><!-- c --><w:t >旧</w:t ><w:t/><d></d></w:a>\n";
        let changed = edited(text, |tree, edits| {
            let children: Vec<_> = tree.root().children().collect();
            edits.set_text(children[1], "新<&>\"").unwrap();
            edits.set_text(children[0], "").unwrap();
            edits.replace(children[2].range(), markup("e").attribute("f", "\"").fragment());
            edits.set_attribute(tree.root(), "b", "2'").unwrap();
            edits.set_attribute(tree.root(), "g", "甲\n").unwrap();
        });
        let wanted = "<?xml version='1.0'?>\r\n<w:a g=\"甲&#10;\"  b = '2&apos;'><!-- c --><w:t ></w:t ><w:t>新&lt;&amp;&gt;\"</w:t><e f=\"&quot;\"/></w:a>\n";
        assert_eq!(changed.as_deref(), Ok(wanted));
        assert_eq!(edited(text, |_, _| {}).as_deref(), Ok(text));
    }

    #[test]
    fn texts_and_attributes_that_were_set_are_read_again() {
        for said in [" 甲\t乙\r\n丙 ", "a&amp;b", "]]>", "'\"<>&", "", "\u{85}\u{2028}"] {
            let changed = edited("<a b='1'><c/></a>", |tree, edits| {
                edits.set_text(tree.root(), said).unwrap();
                edits.set_attribute(tree.root(), "b", said).unwrap();
            });
            let tree = tree(&changed.unwrap());
            assert_eq!(tree.root().text(), said);
            assert_eq!(tree.root().attribute("b").as_deref(), Some(said));
        }
    }

    #[test]
    fn insertions_at_one_place_stand_in_the_order_of_the_calls_before_what_is_replaced_there() {
        let changed = edited("<a><b/><c/></a>", |tree, edits| {
            let b = tree.root().children().next().unwrap().range();
            edits.replace(b.clone(), "<x/>");
            edits.insert(b.start, "<y/>");
            edits.insert(b.start, "<z/>");
            edits.insert(b.end, "<v/>");
        });
        assert_eq!(changed.as_deref(), Ok("<a><y/><z/><x/><v/><c/></a>"));
        let removed = edited("<a><b/><c/></a>", |_, edits| edits.remove(3..7));
        assert_eq!(removed.as_deref(), Ok("<a><c/></a>"));
    }

    #[test]
    fn changes_that_contradict_each_other_or_the_part_are_refused() {
        // 甲 takes the bytes from 3 to 6.
        let cases = [
            ((1..3, 2..6), EditFault::Overlap(2)),
            ((1..3, 2..2), EditFault::Overlap(2)),
            ((0..1, 4..5), EditFault::Outside(4)),
            ((0..1, 9..40), EditFault::Outside(9)),
            ((0..1, 40..40), EditFault::Outside(40)),
        ];
        for ((first, second), fault) in cases {
            let changed = edited("<a>甲</a>", |_, edits| {
                edits.replace(first, "b");
                edits.replace(second, "b");
            });
            assert_eq!(changed, Err(fault));
        }
        let tree = tree("<a/>");
        assert_eq!(Edits::default().set_text(tree.root(), "甲\u{0}"), Err(EditFault::Letter(0)));
        assert_eq!(
            Edits::default().set_attribute(tree.root(), "b", "\u{FFFE}"),
            Err(EditFault::Letter(0xFFFE))
        );
    }
}
