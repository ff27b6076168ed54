//! What the mappings of a configuration declare: read key by key, with every fault in one report.

use std::sync::Arc;

use super::config::{Fields, LocatedText};
use super::{Node, NodeKind};
use finding::{Report, Reported};

/// Something that a mapping of a configuration declares, read within what it may name: tables, or a scope.
pub trait Declared<S: ?Sized = ()>: Sized {
    /// What complaints call the mapping: “字段”, “列”.
    const WHAT: &'static str;

    /// Reads it from the keys of the mapping. It asks for all of them before it gives up, so that one run shows every
    /// mistake; [`Fields::whole`] is the place to do so.
    ///
    /// # Errors
    /// If anything in it is wrong; everything that is wrong has been reported.
    fn declared(fields: &mut Fields<'_, '_>, within: &S) -> Result<Self, Reported>;

    /// What a lone text declares in place of the mapping; nothing where none may stand there.
    fn lone(_written: &LocatedText, _within: &S, _report: &mut Report) -> Option<Result<Self, Reported>> {
        None
    }

    /// Reads it from a node.
    ///
    /// # Errors
    /// If the node is not a mapping, or anything in it is wrong; that has been reported.
    fn load(node: &Node, within: &S, report: &mut Report) -> Result<Self, Reported> {
        if let NodeKind::Scalar(text) = &node.kind {
            let written = LocatedText { text: text.clone(), origin: node.origin };
            if let Some(read) = Self::lone(&written, within, report) {
                return read;
            }
        }
        Self::declared(&mut Fields::new(node, Self::WHAT, report)?, within)
    }
}

impl<'n> Fields<'n, '_> {
    /// Reports every key that was never asked for, and puts together what was read: the parts, if all are there.
    ///
    /// # Errors
    /// If one of them is not; why has been reported.
    pub fn whole<P: Parts>(&mut self, parts: P) -> Result<P::Whole, Reported> {
        self.finish();
        parts.whole()
    }

    /// A plain text, if given.
    pub fn string(&mut self, key: &str) -> Option<Arc<str>> {
        self.text(key).map(|it| it.text)
    }

    /// A plain text that has to be there.
    ///
    /// # Errors
    /// As [`Fields::required_text`].
    pub fn required_string(&mut self, key: &str) -> Result<Arc<str>, Reported> {
        self.required_text(key).map(|it| it.text)
    }

    /// The plain texts of a list; empty if it is absent.
    pub fn strings<T: FromIterator<Arc<str>>>(&mut self, key: &str) -> T {
        self.texts(key).into_iter().map(|it| it.text).collect()
    }

    /// What a text means, if it is given.
    ///
    /// # Errors
    /// If it means nothing; that has been reported.
    pub fn text_as<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&LocatedText, &mut Report) -> Result<T, Reported>,
    ) -> Result<Option<T>, Reported> {
        let written = self.text(key);
        written.map(|it| read(&it, self.report())).transpose()
    }

    /// What a text means that has to be there.
    ///
    /// # Errors
    /// If it is absent, or means nothing; that has been reported.
    pub fn required_as<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&LocatedText, &mut Report) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let written = self.required_text(key);
        written.and_then(|it| read(&it, self.report()))
    }

    /// What the texts of a list mean; nothing if it is absent.
    ///
    /// # Errors
    /// If one of them means nothing; each of those has been reported.
    pub fn texts_as<T>(
        &mut self,
        key: &str,
        mut read: impl FnMut(&LocatedText, &mut Report) -> Result<T, Reported>,
    ) -> Result<Vec<T>, Reported> {
        let written = self.texts(key);
        all(written.iter().map(|it| read(it, self.report())))
    }

    /// What a node declares, if it is given.
    ///
    /// # Errors
    /// If anything in it is wrong; that has been reported.
    pub fn part<T: Declared<S>, S: ?Sized>(&mut self, key: &str, within: &S) -> Result<Option<T>, Reported> {
        let node = self.node(key);
        node.map(|it| T::load(it, within, self.report())).transpose()
    }

    /// What a node declares that has to be there.
    ///
    /// # Errors
    /// If it is absent, or anything in it is wrong; that has been reported.
    pub fn required_part<T: Declared<S>, S: ?Sized>(&mut self, key: &str, within: &S) -> Result<T, Reported> {
        let node = self.required_node(key);
        node.and_then(|it| T::load(it, within, self.report()))
    }

    /// What the items of a list declare; nothing if it is absent.
    ///
    /// # Errors
    /// If anything in one of them is wrong; everything that is wrong has been reported.
    pub fn parts<T: Declared<S>, S: ?Sized>(&mut self, key: &str, within: &S) -> Result<Vec<T>, Reported> {
        let nodes = self.list(key);
        all(nodes.iter().map(|it| T::load(it, within, self.report())))
    }

    /// What the items of a list declare that has to be there.
    ///
    /// # Errors
    /// If it is absent or empty, or anything in one of them is wrong; everything that is wrong has been reported.
    pub fn required_parts<T: Declared<S>, S: ?Sized>(
        &mut self,
        key: &str,
        within: &S,
    ) -> Result<Vec<T>, Reported> {
        self.required_node(key).and_then(|_| self.parts(key, within))
    }

    /// What a mapping says that has to be there; `what` names it to the reader of complaints.
    ///
    /// # Errors
    /// If it is absent or no mapping, or what reads it gives up; that has been reported.
    pub fn below<T>(
        &mut self,
        key: &str,
        what: &str,
        read: impl FnOnce(&mut Fields<'n, '_>) -> Result<T, Reported>,
    ) -> Result<T, Reported> {
        let node = self.required_node(key)?;
        read(&mut Fields::new(node, what, self.report())?)
    }

    /// The plain texts of a list that has to be there.
    ///
    /// # Errors
    /// If it is absent or empty.
    pub fn required_strings<T: FromIterator<Arc<str>>>(&mut self, key: &str) -> Result<T, Reported> {
        self.required_node(key).map(|_| self.strings(key))
    }

    /// The items of a list that has to be there.
    ///
    /// # Errors
    /// If it is absent or empty.
    pub fn required_list(&mut self, key: &str) -> Result<&'n [Node], Reported> {
        Ok(match self.required_node(key)? {
            Node { kind: NodeKind::List(items), .. } => items,
            node => std::slice::from_ref(node),
        })
    }
}

/// All of them, or that one is lacking; each is looked at before anybody gives up.
///
/// # Errors
/// If one of them is.
pub fn all<T>(read: impl IntoIterator<Item = Result<T, Reported>>) -> Result<Vec<T>, Reported> {
    let read: Vec<_> = read.into_iter().collect();
    read.into_iter().collect()
}

/// Parts of a declaration, each of which may be lacking.
pub trait Parts {
    /// What they are if none is lacking.
    type Whole;

    /// Puts them together.
    ///
    /// # Errors
    /// If one of them is lacking.
    fn whole(self) -> Result<Self::Whole, Reported>;
}

impl<T> Parts for Result<T, Reported> {
    type Whole = T;

    fn whole(self) -> Result<T, Reported> {
        self
    }
}

/// Lets tuples of parts, and arrays of parts of one kind, be put together.
macro_rules! parts {
    ($($name:ident $part:ident),+; $n:literal) => {
        impl<$($name: Parts),+> Parts for ($($name,)+) {
            type Whole = ($($name::Whole,)+);

            fn whole(self) -> Result<Self::Whole, Reported> {
                let ($($part,)+) = self;
                Ok(($($part.whole()?,)+))
            }
        }

        impl<T> Parts for [Result<T, Reported>; $n] {
            type Whole = [T; $n];

            fn whole(self) -> Result<[T; $n], Reported> {
                let [$($part),+] = self;
                Ok([$($part?),+])
            }
        }
    };
}

parts!(A a, B b; 2);
parts!(A a, B b, C c; 3);
parts!(A a, B b, C c, D d; 4);
parts!(A a, B b, C c, D d, E e; 5);
parts!(A a, B b, C c, D d, E e, F f; 6);
parts!(A a, B b, C c, D d, E e, F f, G g; 7);
parts!(A a, B b, C c, D d, E e, F f, G g, H h; 8);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Limits, read};
    use finding::{Finding, Sources, codes};

    #[derive(Debug, PartialEq)]
    struct Column {
        title: Arc<str>,
        width: u8,
    }

    impl Declared for Column {
        const WHAT: &'static str = "列";

        fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
            let title = fields.required_string("title");
            let width = fields.text_as("width", |it, report| {
                let unknown = Finding::new(&codes::WRONG_KIND, "不是宽度").at(it.origin);
                it.text.parse().map_err(|_| report.error(unknown))
            });
            let (title, width) = fields.whole((title, width))?;
            Ok(Self { title, width: width.unwrap_or(1) })
        }
    }

    fn columns(text: &str) -> (Option<Vec<Column>>, Vec<String>) {
        let file = Sources::default().add("a.yaml");
        let Some(Content::Tree(node)) = read(text.as_bytes(), "a.yaml", file, &Limits::standard()).content
        else {
            panic!("{text}");
        };
        let mut report = Report::default();
        let mut fields = Fields::new(&node, "表", &mut report).unwrap();
        let columns = fields.parts("columns", &());
        fields.finish();
        (columns.ok(), report.findings().iter().map(|it| it.code.to_string()).collect())
    }

    #[test]
    fn what_is_whole_is_read_and_an_unknown_key_spoils_nothing() {
        let (read, codes) = columns("columns: [{title: 甲, width: 2}, {title: 乙, color: 红}]");
        let column = |title: &str, width| Column { title: title.into(), width };
        assert_eq!(read, Some(vec![column("甲", 2), column("乙", 1)]));
        assert_eq!(codes, ["unknown-key"]);
    }

    #[test]
    fn nothing_is_read_if_a_part_is_lacking_but_every_part_has_been_looked_at() {
        let (read, codes) = columns("columns: [{width: x, color: 红}, 甲, {title: [乙]}]");
        assert_eq!(read, None);
        assert_eq!(codes, ["missing-key", "wrong-kind", "unknown-key", "wrong-kind", "wrong-kind"]);
    }
}
