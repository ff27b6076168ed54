//! The types of expressions, and what the schemas say about the names in them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What an expression gives, as far as it is known before there are any data.
///
/// The values must be what the type says, as [`to_words`](super::to_words) makes them: the
/// operators answer an object of another kind without complaint (any object is greater than any
/// number), so a number is a plain integer, a text a plain string, 是 a plain truth value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Nothing is known: such a value may be handed to functions, never to operators.
    Any,
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// An exact decimal: money, a rate, a score. Has functions, no operators.
    Decimal,
    /// 是 or 否.
    YesNo,
    /// A date of any precision. Has functions, no operators.
    Date,
    /// A span of days. Has functions, no operators.
    Period,
    /// A picture. Stands alone in a form's data; can only be asked whether it is there.
    Picture,
    /// One of these texts.
    Choice(Arc<[Arc<str>]>),
    /// A list whose items have one type.
    List(Box<Type>),
    /// A record of the table with this id.
    Record(Arc<str>),
    /// A plain namespace such as `facts` or `project`.
    Names(Arc<BTreeMap<Arc<str>, Type>>),
}

/// What an expression may name: the variables of its place and the fields of every table.
pub trait Scope {
    /// The type of a variable, if there is one of this name.
    fn variable(&self, name: &str) -> Option<Type>;
    /// The names of all variables, for suggestions.
    fn variables(&self) -> Vec<Arc<str>>;
    /// The type of a table's field or relation, if there is one of this name.
    fn field(&self, table: &str, name: &str) -> Option<Type>;
    /// The names of all fields and relations of a table, for suggestions.
    fn fields(&self, table: &str) -> Vec<Arc<str>>;
}

impl Type {
    /// A list of items of this type.
    #[must_use]
    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// The word for it in messages.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Any => "未声明类型的值",
            Self::Text => "文本",
            Self::Number => "整数",
            Self::Decimal => "小数",
            Self::YesNo => "是否",
            Self::Date => "日期",
            Self::Period => "期间",
            Self::Picture => "图片",
            Self::Choice(_) => "选项",
            Self::List(_) => "列表",
            Self::Record(_) => "记录",
            Self::Names(_) => "一组名称",
        }
    }

    /// Whether a template can print it as it is.
    pub fn is_printable(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Record(_) | Self::Names(_) | Self::Picture)
    }

    /// Whether it is text: free, or one of some choices.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Choice(_))
    }

    /// The one type of two branches, if they have one.
    pub(super) fn unify(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a.clone()),
            (Self::Any, b) => Some(b.clone()),
            (a, Self::Any) => Some(a.clone()),
            (a, b) if a.is_text() && b.is_text() => Some(Self::Text),
            (Self::List(a), Self::List(b)) => a.unify(b).map(Self::list),
            _ => None,
        }
    }
}
