//! What may be given for a parameter.

use super::Checker;
use crate::types::Type;
use crate::vocabulary::Takes;

impl Checker<'_> {
    /// Whether a value of this type can be given where this is taken; reports it if not.
    pub(super) fn fits(&mut self, takes: Takes, given: &Type, at: usize) -> bool {
        let fits = *given == Type::Any || accepts(takes, given);
        if !fits {
            let hint = if matches!((takes, given), (Takes::Amount, Type::Text)) {
                "固定的数请写作 amount('…')"
            } else {
                "请核对参数"
            };
            self.misfit(at, format!("此处应为{}，而不是{}", title(takes), given.title()), hint);
        }
        fits
    }
}

fn accepts(takes: Takes, given: &Type) -> bool {
    let printables = |it: &Type| matches!(it, Type::List(item) if item.is_printable());
    match takes {
        Takes::Date => *given == Type::Date,
        Takes::Period => *given == Type::Period,
        Takes::DateOrPeriod => matches!(given, Type::Date | Type::Period),
        Takes::Amount => matches!(given, Type::Decimal | Type::Number),
        Takes::Number => *given == Type::Number,
        Takes::YesNo => *given == Type::YesNo,
        Takes::Text => given.is_text(),
        Takes::NumberOrText => given.is_text() || *given == Type::Number,
        Takes::PrintableOrList => given.is_printable() || printables(given),
        Takes::List => matches!(given, Type::List(_)),
        Takes::Dates => matches!(given, Type::List(item) if **item == Type::Date || **item == Type::Any),
        Takes::Printables => printables(given),
        Takes::Lists => matches!(given, Type::List(item) if matches!(**item, Type::List(_) | Type::Any)),
        Takes::Field | Takes::Name | Takes::Anything => true,
    }
}

fn title(takes: Takes) -> &'static str {
    match takes {
        Takes::Date => "日期",
        Takes::Period => "期间",
        Takes::DateOrPeriod => "日期或期间",
        Takes::Amount => "小数或整数",
        Takes::Number => "整数",
        Takes::YesNo => "true 或 false",
        Takes::Text => "文本",
        Takes::NumberOrText => "整数或文本",
        Takes::PrintableOrList => "可以输出的值或列表",
        Takes::List => "列表",
        Takes::Dates => "日期的列表",
        Takes::Printables => "可以输出的值的列表",
        Takes::Lists => "列表的列表",
        Takes::Field | Takes::Name | Takes::Anything => "值",
    }
}

#[cfg(test)]
mod tests {
    use crate::example::faults;

    #[test]
    fn arguments_of_another_type_are_found_at_their_place() {
        for (source, place) in [
            ("before(branch.name, as_of)", "10:12"),
            ("years_between(as_of, 3)", "10:26"),
            ("in_period(as_of, as_of)", "10:22"),
            ("less_amount(branch.fund, '3')", "10:30"),
            ("branch.name|length", "10:5"),
            ("branch.members|join_cn", "10:5"),
            ("branch.total|date_cn", "10:5"),
            ("branch.total|default('无')", "10:26"),
            ("branch.members|selectattr('name')", "10:31"),
            ("branch.members|selectattr('joined', 'in_period', as_of)", "10:54"),
            ("branch.members|sort", "10:20"),
            ("total(branch.members, 'name')", "10:27"),
        ] {
            let found = faults(source);
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("expression-types {place} ")),
                "{source}: {found:?}"
            );
        }
    }
}
