//! Words whose arguments name fields, tests or filters: `selectattr`, `map`, `sort`, `by_strokes`, `total`.

use super::Checker;
use super::calls::{Use, comparison, item, names};
use super::operators::Side;
use super::suggest::suggest;
use crate::types::Type;
use crate::vocabulary::{FILTERS, Gives, Need, TESTS, find};

impl Checker<'_> {
    /// The type of the field that an argument names.
    fn named_field(&mut self, used: &Use<'_>, index: usize) -> Option<Type> {
        let Some((path, at)) = used.literal(index) else {
            return self.misused(used.word, used.at(index), "的字段名应是引号内的固定文字");
        };
        let records = item(used.types[0].clone()?);
        self.path(&records, path, at)
    }

    pub(super) fn selection(&mut self, used: &Use<'_>) {
        let Some(field) = self.named_field(used, 1) else { return };
        let Some((name, at)) = used.literal(2) else {
            return match used.parts[2] {
                Some(_) => {
                    self.misused::<()>(used.word, used.at(2), "的判断应是引号内的固定文字");
                }
                None => self.truth(used.at(1), Some(&field)),
            };
        };
        let Some(test) = find(TESTS, name) else {
            self.unknown(at, format!("没有判断“{name}”"), suggest(name, &names(TESTS)));
            return;
        };
        if test.parameters.len() != 1 + usize::from(used.parts[3].is_some()) {
            self.misused::<()>(test, used.at(3), "的参数个数不对");
            return;
        }
        let left = Side { given: &field, part: None, at: used.at(1) };
        match (comparison(name), &used.types[3]) {
            (Some(asked), Some(value)) => {
                self.compare(asked, left, Side { given: value, part: used.parts[3], at: used.at(3) });
            }
            (_, value) => {
                self.fits(test.parameters[0].takes, &field, left.at);
                if let Some(value) = value {
                    self.fits(test.parameters[1].takes, value, used.at(3));
                }
            }
        }
    }

    pub(super) fn mapped(&mut self, used: &Use<'_>) -> Option<Type> {
        match (used.parts[1], used.parts[2]) {
            (None, Some(_)) => self.named_field(used, 2),
            (Some(_), None) => {
                let Some(word) = used.literal(1).and_then(|it| find(FILTERS, it.0)) else {
                    return self.misused(
                        used.word,
                        used.at(1),
                        "的过滤器不存在；取字段请写 map(attribute='…')",
                    );
                };
                let alone = word.parameters.iter().skip(1).all(|it| it.need == Need::Optional);
                let items = item(used.types[0].clone()?);
                if !alone {
                    return self.misused(word, used.at(1), "还需要其他参数，不能用于 map");
                }
                let fits = self.fits(word.parameters[0].takes, &items, used.at(1));
                fits.then(|| plain(word.gives, items)).flatten()
            }
            _ => self.misused(used.word, used.at, "应写 map(attribute='字段') 或 map('过滤器')"),
        }
    }

    pub(super) fn sortable(&mut self, used: &Use<'_>) -> Option<()> {
        let key = match used.parts[2] {
            Some(_) => self.named_field(used, 2)?,
            None => item(used.types[0].clone()?),
        };
        match key {
            Type::Number | Type::Decimal | Type::Date | Type::Text | Type::Choice(_) | Type::Any => Some(()),
            _ => {
                let message = format!("{}不能排序", key.title());
                self.misfit(used.at, message, "请写 sort(attribute='…')，以数、日期或文本字段排序");
                None
            }
        }
    }

    pub(super) fn nameable(&mut self, used: &Use<'_>) -> Option<()> {
        let key = match used.parts[1] {
            Some(_) => self.named_field(used, 1)?,
            None => item(used.types[0].clone()?),
        };
        if key.is_text() || key == Type::Any {
            return Some(());
        }
        let message = format!("{}没有笔画和拼音", key.title());
        self.misfit(used.at(1), message, "请写文本字段，如 by_strokes('name')");
        None
    }

    pub(super) fn summed(&mut self, used: &Use<'_>) -> Option<Type> {
        match self.named_field(used, 1)? {
            field @ (Type::Number | Type::Decimal) => Some(field),
            other => self.misfit(used.at(1), format!("{}不能相加", other.title()), "请选整数或小数字段"),
        }
    }
}

/// What a filter gives that looks only at its subject.
fn plain(gives: Gives, subject: Type) -> Option<Type> {
    match gives {
        Gives::YesNo => Some(Type::YesNo),
        Gives::Number => Some(Type::Number),
        Gives::Text => Some(Type::Text),
        Gives::Subject => Some(subject),
        Gives::Item => Some(item(subject)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::example::faults;

    #[test]
    fn names_inside_text_arguments_are_checked() {
        for (source, place) in [
            ("branch.members|selectattr('nmae', '==', '张三')|length", "unknown-field 10:32"),
            ("branch.members|selectattr('branch.nmae', '==', '张三')|length", "unknown-field 10:39"),
            ("branch.members|rejectattr('ful')|length", "unknown-field 10:32"),
            ("branch.members|map(attribute='nmae')|join_cn", "unknown-field 10:35"),
            ("branch.members|sort(attribute='jioned')|length", "unknown-field 10:36"),
            ("branch.members|by_strokes('nmae')|length", "unknown-field 10:32"),
            ("branch.members|by_pinyin('joined')|length", "expression-types 10:30"),
            ("branch.members|by_pinyin|length", "expression-types 10:20"),
            ("total(branch.members, 'point')", "unknown-field 10:28"),
            ("branch.members|selectattr('name', 'equals', '张三')|length", "unknown-name 10:40"),
        ] {
            let found = faults(source);
            assert!(found.len() == 1 && found[0].starts_with(place), "{source}: {found:?}");
        }
    }
}
