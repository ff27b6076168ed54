//! Decimals: comparisons, sums and ratios, exact and never through a floating point number.

use std::str::FromStr;

use minijinja::Value;

use super::{Answer, lists, undecided, unfit};
use crate::objects;
use value::Amount;

/// Whether two amounts are equal; trailing zeros do not count.
pub(super) fn same(args: &[Value]) -> Answer {
    Ok(Value::from(decimal(&args[0])? == decimal(&args[1])?))
}

/// Whether the first amount is less.
pub(super) fn less(args: &[Value]) -> Answer {
    Ok(Value::from(decimal(&args[0])? < decimal(&args[1])?))
}

/// Whether the first amount is less or equal.
pub(super) fn at_most(args: &[Value]) -> Answer {
    Ok(Value::from(decimal(&args[0])? <= decimal(&args[1])?))
}

/// The sum of two amounts.
pub(super) fn plus(args: &[Value]) -> Answer {
    given(decimal(&args[0])?.plus(decimal(&args[1])?), args)
}

/// The difference of two amounts.
pub(super) fn minus(args: &[Value]) -> Answer {
    given(decimal(&args[0])?.minus(decimal(&args[1])?), args)
}

/// The first amount divided by the second; undecided if that is zero.
pub(super) fn ratio(args: &[Value]) -> Answer {
    let (a, b) = (decimal(&args[0])?, decimal(&args[1])?);
    if b.is_zero() {
        return Err(undecided("比率的分母为0".to_owned()));
    }
    given(a.over(b), args)
}

/// The sum of a field over records: a whole number unless one of the values is a decimal.
pub(super) fn total(args: &[Value]) -> Answer {
    let mut sum = Amount::ZERO;
    let mut whole = true;
    for item in lists::items(&args[0])? {
        let value = lists::attribute(&item, &args[1])?;
        whole &= objects::number(&value).is_some();
        sum = sum.plus(decimal(&value)?).ok_or_else(|| unfit(&value, "可以相加的数"))?;
    }
    match sum.whole() {
        Some(number) if whole => Ok(Value::from(number)),
        _ => Ok(objects::decimal_value(sum)),
    }
}

/// An amount from its digits: `amount('12.50')`.
pub(super) fn amount(args: &[Value]) -> Answer {
    let text = args[0].to_string();
    Amount::from_str(&text).map(objects::decimal_value).map_err(|_| unfit(&args[0], "数字"))
}

/// The decimal or whole number in an argument.
pub(super) fn decimal(value: &Value) -> Result<Amount, minijinja::Error> {
    objects::decimal(value).ok_or_else(|| unfit(value, "数"))
}

fn given(result: Option<Amount>, args: &[Value]) -> Answer {
    result.map(objects::decimal_value).ok_or_else(|| unfit(&args[0], "可以计算的数"))
}

#[cfg(test)]
mod tests {
    use crate::example::{value, verdict};
    use crate::{Unanswered, Verdict};

    #[test]
    fn amounts_are_compared_exactly_and_with_whole_numbers() {
        assert_eq!(verdict("same_amount(branch.fund, amount('1234.500'))"), Verdict::Holds);
        assert_eq!(
            verdict("less_amount(branch.fund, 1235) and at_most_amount(1234, branch.fund)"),
            Verdict::Holds
        );
        assert_eq!(verdict("branch.fund is less_amount(1234)"), Verdict::Fails);
        assert_eq!(value("plus_amount(amount('0.1'), amount('0.2'))").as_deref(), Ok("0.3"));
        assert_eq!(value("minus_amount(0, branch.fund)").as_deref(), Ok("-1234.5"));
    }

    #[test]
    fn sums_are_whole_for_whole_numbers_and_exact_for_decimals() {
        let full = "total(branch.members|selectattr('full'), 'points') + 1";
        assert_eq!(value(full).as_deref(), Ok("8"));
        assert_eq!(value("total(branch.members, 'dues')").as_deref(), Ok("10.25"));
    }

    #[test]
    fn a_ratio_to_zero_is_undecided() {
        assert_eq!(value("ratio(1, 8)").as_deref(), Ok("0.125"));
        assert_eq!(value("ratio(1, 0)"), Err(Unanswered::Undecided("比率的分母为0".to_owned())));
    }
}
