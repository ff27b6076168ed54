//! New XML: an element put together from the outside in, to become a part or to be put into one.

use std::fmt::Write;

use quick_xml::escape::escape;

/// A new element, already as the text that it will be.
#[derive(Debug, Clone)]
pub struct Markup {
    name: &'static str,
    attributes: String,
    content: String,
    /// Whether it has an end tag: once anything was put into it, though it be an empty text.
    is_open: bool,
}

/// An element without attributes or children; the name with its prefix.
pub fn markup(name: &'static str) -> Markup {
    Markup { name, attributes: String::new(), content: String::new(), is_open: false }
}

/// An element that says something with its attribute `w:val` only.
pub fn valued(name: &'static str, value: impl ToString) -> Markup {
    markup(name).attribute("w:val", value)
}

/// A text as it is written in content or in an attribute.
pub fn escaped(text: &str) -> String {
    escape(text).into_owned()
}

impl Markup {
    /// With an attribute, behind those it has.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        self.attributes.extend([" ", name, "=\"", &escape(value.as_str()), "\""]);
        self
    }

    /// With a child, behind those it has.
    #[must_use]
    pub fn with(mut self, child: Self) -> Self {
        child.write(&mut self.content);
        self.is_open = true;
        self
    }

    /// With several children.
    #[must_use]
    pub fn with_all(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::with)
    }

    /// With a text. What no XML can hold (control characters, which no face prints either) is left out.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        let may_stand = |it: &char| !it.is_control() && !matches!(it, '\u{FFFE}' | '\u{FFFF}');
        self.content.push_str(&escape(text.chars().filter(may_stand).collect::<String>()));
        self.is_open = true;
        self
    }

    /// The part whose root it is.
    pub fn part(&self) -> Vec<u8> {
        let mut part = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
        self.write(&mut part);
        part.into_bytes()
    }

    /// The element as it is written, to be put into a part: see [`Edits`](super::Edits).
    pub fn fragment(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        let Self { name, attributes, content, .. } = self;
        // Writing into a string cannot fail.
        let _ = if self.is_open {
            write!(text, "<{name}{attributes}>{content}</{name}>")
        } else {
            write!(text, "<{name}{attributes}/>")
        };
    }
}
