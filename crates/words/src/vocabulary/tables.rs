//! The tables of functions, filters and tests.

use super::Need::{MayBeAbsent, Optional, Required};
use super::{Gives, Need, Parameter, Takes, Word};
use super::{amounts, calendar, dates, identity, lists, print};

const fn p(name: &'static str, takes: Takes, need: Need) -> Parameter {
    Parameter { name, takes, need }
}

/// The functions.
pub(crate) static FUNCTIONS: &[Word] = &[
    BEFORE,
    ON_OR_BEFORE,
    AFTER,
    ON_OR_AFTER,
    SAME_DAY,
    IN_PERIOD,
    Word { name: "years_between", parameters: FROM_TO, gives: Gives::Number, run: dates::years_between },
    Word { name: "months_between", parameters: FROM_TO, gives: Gives::Number, run: dates::months_between },
    Word { name: "days", parameters: FROM_TO, gives: Gives::Number, run: dates::days },
    Word { name: "weekdays", parameters: FROM_TO, gives: Gives::Number, run: dates::weekdays },
    Word {
        name: "period_back",
        parameters: &[p("date", Takes::Date, Required), p("years", Takes::Number, Required)],
        gives: Gives::Period,
        run: dates::period_back,
    },
    Word { name: "period", parameters: FROM_TO, gives: Gives::Period, run: dates::period },
    Word {
        name: "years_before",
        parameters: &[p("date", Takes::Date, Required), p("years", Takes::Number, Required)],
        gives: Gives::Date,
        run: dates::years_before,
    },
    Word {
        name: "months_before",
        parameters: &[p("date", Takes::Date, Required), p("months", Takes::Number, Required)],
        gives: Gives::Date,
        run: dates::months_before,
    },
    Word {
        name: "years_after",
        parameters: &[p("date", Takes::Date, Required), p("years", Takes::Number, Required)],
        gives: Gives::Date,
        run: dates::years_after,
    },
    Word {
        name: "months_after",
        parameters: &[p("date", Takes::Date, Required), p("months", Takes::Number, Required)],
        gives: Gives::Date,
        run: dates::months_after,
    },
    Word { name: "first_day", parameters: DATED, gives: Gives::Date, run: dates::first_day },
    Word { name: "last_day", parameters: DATED, gives: Gives::Date, run: dates::last_day },
    Word { name: "date", parameters: TEXT, gives: Gives::Date, run: dates::written },
    Word { name: "year", parameters: DATE, gives: Gives::Number, run: dates::year },
    Word { name: "month", parameters: DATE, gives: Gives::Number, run: dates::month },
    Word {
        name: "months_without",
        parameters: &[p("dates", Takes::Dates, Required), p("span", Takes::Period, Required)],
        gives: Gives::Texts,
        run: calendar::months_without,
    },
    Word {
        name: "quarters_without",
        parameters: &[p("dates", Takes::Dates, Required), p("span", Takes::Period, Required)],
        gives: Gives::Texts,
        run: calendar::quarters_without,
    },
    Word { name: "identity_born", parameters: TEXT, gives: Gives::Date, run: identity::identity_born },
    Word { name: "identity_sex", parameters: TEXT, gives: Gives::Text, run: identity::identity_sex },
    Word { name: "pair", parameters: SIDES, gives: Gives::Text, run: lists::pair },
    SAME_AMOUNT,
    LESS_AMOUNT,
    AT_MOST_AMOUNT,
    Word { name: "plus_amount", parameters: AMOUNTS, gives: Gives::Decimal, run: amounts::plus },
    Word { name: "minus_amount", parameters: AMOUNTS, gives: Gives::Decimal, run: amounts::minus },
    Word { name: "ratio", parameters: AMOUNTS, gives: Gives::Decimal, run: amounts::ratio },
    Word {
        name: "total",
        parameters: &[p("list", Takes::List, Required), p("field", Takes::Field, Required)],
        gives: Gives::FieldSum,
        run: amounts::total,
    },
    Word {
        name: "amount",
        parameters: &[p("text", Takes::Text, Required)],
        gives: Gives::Decimal,
        run: amounts::amount,
    },
];

/// The filters.
pub(crate) static FILTERS: &[Word] = &[
    Word { name: "length", parameters: LIST, gives: Gives::Number, run: lists::length },
    Word { name: "selectattr", parameters: SELECTION, gives: Gives::Subject, run: lists::selectattr },
    Word { name: "rejectattr", parameters: SELECTION, gives: Gives::Subject, run: lists::rejectattr },
    Word {
        name: "map",
        parameters: &[
            p("list", Takes::List, Required),
            p("filter", Takes::Name, Optional),
            p("attribute", Takes::Field, Optional),
        ],
        gives: Gives::Mapped,
        run: lists::map,
    },
    Word {
        name: "sort",
        parameters: &[
            p("list", Takes::List, Required),
            p("reverse", Takes::YesNo, Optional),
            p("attribute", Takes::Field, Optional),
        ],
        gives: Gives::Subject,
        run: lists::sort,
    },
    Word { name: "by_strokes", parameters: NAMED, gives: Gives::Subject, run: lists::by_strokes },
    Word { name: "by_name_strokes", parameters: NAMED, gives: Gives::Subject, run: lists::by_name_strokes },
    Word { name: "by_pinyin", parameters: NAMED, gives: Gives::Subject, run: lists::by_pinyin },
    Word { name: "reverse", parameters: LIST, gives: Gives::Subject, run: lists::reverse },
    Word { name: "first", parameters: LIST, gives: Gives::Item, run: lists::first },
    Word { name: "last", parameters: LIST, gives: Gives::Item, run: lists::last },
    Word {
        name: "unique",
        parameters: &[p("list", Takes::Printables, Required)],
        gives: Gives::Subject,
        run: lists::unique,
    },
    Word {
        name: "repeated",
        parameters: &[p("list", Takes::Printables, Required)],
        gives: Gives::Subject,
        run: lists::repeated,
    },
    Word {
        name: "flatten",
        parameters: &[p("list", Takes::Lists, Required)],
        gives: Gives::Item,
        run: lists::flatten,
    },
    Word {
        name: "join",
        parameters: &[p("list", Takes::Printables, Required), p("separator", Takes::Text, Optional)],
        gives: Gives::Text,
        run: lists::join,
    },
    Word {
        name: "join_cn",
        parameters: &[p("list", Takes::Printables, Required)],
        gives: Gives::Text,
        run: lists::join_cn,
    },
    Word {
        name: "join_etc",
        parameters: &[p("list", Takes::Printables, Required), p("at_most", Takes::Number, Required)],
        gives: Gives::Text,
        run: lists::join_etc,
    },
    Word {
        name: "default",
        parameters: &[p("value", Takes::Anything, MayBeAbsent), p("otherwise", Takes::Anything, Required)],
        gives: Gives::Either,
        run: lists::default,
    },
    Word {
        name: "or_none",
        parameters: &[p("value", Takes::PrintableOrList, MayBeAbsent)],
        gives: Gives::Text,
        run: print::or_none,
    },
    Word { name: "date_cn", parameters: DATE, gives: Gives::Text, run: print::date_cn },
    Word { name: "date_dot", parameters: DATE, gives: Gives::Text, run: print::date_dot },
    Word { name: "date_iso", parameters: DATE, gives: Gives::Text, run: print::date_iso },
    Word { name: "month_cn", parameters: DATE, gives: Gives::Text, run: print::month_cn },
    Word {
        name: "chinese",
        parameters: &[p("number", Takes::Number, Required)],
        gives: Gives::Text,
        run: print::chinese,
    },
    Word {
        name: "chinese_digits",
        parameters: &[p("number", Takes::NumberOrText, Required)],
        gives: Gives::Text,
        run: print::chinese_digits,
    },
    Word { name: "amount", parameters: PLACED, gives: Gives::Text, run: print::amount },
    Word { name: "percent", parameters: PLACED, gives: Gives::Text, run: print::percent },
    Word { name: "spaced_name", parameters: TEXT, gives: Gives::Text, run: print::spaced_name },
    Word { name: "mask_identity", parameters: TEXT, gives: Gives::Text, run: print::mask_identity },
    Word { name: "mask_phone", parameters: TEXT, gives: Gives::Text, run: print::mask_phone },
    Word { name: "sentence", parameters: TEXT, gives: Gives::Text, run: print::sentence },
    Word { name: "clause", parameters: TEXT, gives: Gives::Text, run: print::clause },
    Word { name: "characters", parameters: TEXT, gives: Gives::Number, run: print::characters },
];

/// The tests: for `is`, and by name inside `selectattr` and `rejectattr`. The checker holds the
/// comparisons among them to the rules of the operators.
pub(crate) static TESTS: &[Word] = &[
    Word { name: "defined", parameters: HATCH, gives: Gives::YesNo, run: lists::is_defined },
    Word { name: "undefined", parameters: HATCH, gives: Gives::YesNo, run: lists::is_undefined },
    compared("==", lists::is_equal),
    compared("eq", lists::is_equal),
    compared("equalto", lists::is_equal),
    compared("!=", lists::is_unequal),
    compared("ne", lists::is_unequal),
    compared(">", lists::is_greater),
    compared("gt", lists::is_greater),
    compared("greaterthan", lists::is_greater),
    compared(">=", lists::is_at_least),
    compared("ge", lists::is_at_least),
    compared("<", lists::is_less),
    compared("lt", lists::is_less),
    compared("lessthan", lists::is_less),
    compared("<=", lists::is_at_most),
    compared("le", lists::is_at_most),
    compared("in", lists::is_in),
    Word { name: "startingwith", parameters: TEXTS, gives: Gives::YesNo, run: lists::starts_with },
    Word { name: "endingwith", parameters: TEXTS, gives: Gives::YesNo, run: lists::ends_with },
    Word { name: "containing", parameters: TEXTS, gives: Gives::YesNo, run: lists::contains },
    BEFORE,
    ON_OR_BEFORE,
    AFTER,
    ON_OR_AFTER,
    SAME_DAY,
    IN_PERIOD,
    SAME_AMOUNT,
    LESS_AMOUNT,
    AT_MOST_AMOUNT,
];

const SIDES: &[Parameter] = &[p("one", Takes::Text, Required), p("other", Takes::Text, Required)];
const LIST: &[Parameter] = &[p("list", Takes::List, Required)];
const NAMED: &[Parameter] = &[p("list", Takes::List, Required), p("name", Takes::Field, Optional)];
const TEXT: &[Parameter] = &[p("text", Takes::Text, Required)];
const TEXTS: &[Parameter] = &[p("text", Takes::Text, Required), p("part", Takes::Text, Required)];
const HATCH: &[Parameter] = &[p("value", Takes::Anything, MayBeAbsent)];
const DATE: &[Parameter] = &[p("date", Takes::Date, Required)];
const DATED: &[Parameter] = &[p("date", Takes::DateOrPeriod, Required)];
const DATES: &[Parameter] = &[p("a", Takes::Date, Required), p("b", Takes::Date, Required)];
const FROM_TO: &[Parameter] = &[p("from", Takes::Date, Required), p("to", Takes::Date, Required)];
const AMOUNTS: &[Parameter] = &[p("a", Takes::Amount, Required), p("b", Takes::Amount, Required)];
const PLACED: &[Parameter] = &[p("number", Takes::Amount, Required), p("places", Takes::Number, Optional)];
const SELECTION: &[Parameter] = &[
    p("list", Takes::List, Required),
    p("attribute", Takes::Field, Required),
    p("test", Takes::Name, Optional),
    p("value", Takes::Anything, Optional),
];

const BEFORE: Word = Word { name: "before", parameters: DATES, gives: Gives::YesNo, run: dates::before };
const ON_OR_BEFORE: Word =
    Word { name: "on_or_before", parameters: DATES, gives: Gives::YesNo, run: dates::on_or_before };
const AFTER: Word = Word { name: "after", parameters: DATES, gives: Gives::YesNo, run: dates::after };
const ON_OR_AFTER: Word =
    Word { name: "on_or_after", parameters: DATES, gives: Gives::YesNo, run: dates::on_or_after };
const SAME_DAY: Word =
    Word { name: "same_day", parameters: DATES, gives: Gives::YesNo, run: dates::same_day };
const IN_PERIOD: Word = Word {
    name: "in_period",
    parameters: &[p("date", Takes::Date, Required), p("period", Takes::Period, Required)],
    gives: Gives::YesNo,
    run: dates::in_period,
};
const SAME_AMOUNT: Word =
    Word { name: "same_amount", parameters: AMOUNTS, gives: Gives::YesNo, run: amounts::same };
const LESS_AMOUNT: Word =
    Word { name: "less_amount", parameters: AMOUNTS, gives: Gives::YesNo, run: amounts::less };
const AT_MOST_AMOUNT: Word =
    Word { name: "at_most_amount", parameters: AMOUNTS, gives: Gives::YesNo, run: amounts::at_most };

const fn compared(
    name: &'static str,
    run: fn(&[minijinja::Value]) -> Result<minijinja::Value, minijinja::Error>,
) -> Word {
    const BOTH: &[Parameter] = &[p("a", Takes::Anything, Required), p("b", Takes::Anything, Required)];
    Word { name, parameters: BOTH, gives: Gives::YesNo, run }
}
