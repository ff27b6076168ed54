//! What a resident identity number states of its holder (GB 11643-1999).

use minijinja::{Error, Value};

use super::{Answer, unfit};
use crate::objects;
use value::{IdentityNumber, Raw};

/// The date of birth: positions 7 to 14.
pub(super) fn identity_born(args: &[Value]) -> Answer {
    Ok(objects::date_value(number(&args[0])?.birthday()))
}

/// 男 or 女: whether the 17th digit is odd.
pub(super) fn identity_sex(args: &[Value]) -> Answer {
    Ok(Value::from(if number(&args[0])?.is_male() { "男" } else { "女" }))
}

/// The number in an argument. A message about one that is none does not show it.
fn number(value: &Value) -> Result<IdentityNumber, Error> {
    let parsed = IdentityNumber::parse(&Raw::text(&value.to_string()));
    parsed.map(|it| it.value).map_err(|_| unfit(&Value::from("所给的值"), "公民身份号码"))
}

#[cfg(test)]
mod tests {
    use crate::Unanswered;
    use crate::example::value;

    #[test]
    fn a_number_states_birthday_and_sex_and_is_not_shown_where_it_is_none() {
        let text = "'999901199001011234'";
        let made = |check: char| text.replace("4'", &format!("{check}'"));
        let valid = "0123456789X".chars().map(made).find(|it| value(&format!("identity_sex({it})")).is_ok());
        let valid = valid.unwrap();
        assert_eq!(value(&format!("identity_born({valid})|date_iso")).as_deref(), Ok("1990-01-01"));
        assert_eq!(value(&format!("identity_sex({valid})")).as_deref(), Ok("男"));
        let Err(Unanswered::Fault(why) | Unanswered::Undecided(why)) = value("identity_sex('123456')") else {
            panic!("it is a number");
        };
        assert!(!why.contains("123456"), "{why}");
    }
}
