//! The one minijinja environment: strict, with fuel, and with our words only.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, Output, State, UndefinedBehavior, Value};

use super::objects::shown;
use super::prose;
use super::vocabulary::{FILTERS, FUNCTIONS, TESTS};

/// How many instructions one evaluation may take: a hundred times what our longest text needs.
const FUEL: u64 = 1_000_000;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(build);

/// The environment, built at its first use and never changed.
pub(super) fn environment() -> &'static Environment<'static> {
    &ENVIRONMENT
}

/// The syntax of templates: a line that holds only a block tag leaves no line behind.
pub(super) fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

fn build() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(false);
    environment.set_fuel(Some(FUEL));
    environment.set_syntax(syntax());
    environment.set_formatter(print);
    for word in FUNCTIONS {
        environment.add_function(word.name, |arguments: Rest<ValueOrKwargs>| word.answer(arguments));
    }
    for word in FILTERS {
        environment.add_filter(word.name, |arguments: Rest<ValueOrKwargs>| word.answer(arguments));
    }
    for word in TESTS {
        environment.add_test(word.name, |arguments: Rest<ValueOrKwargs>| word.answer(arguments));
    }
    prose::add_to(&mut environment);
    environment
}

/// Prints a value in a template: 是 and 否 for truth values; undefined stops the rendering.
fn print(output: &mut Output<'_>, _state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) => output.write_str(text)?,
        None => output.write_str(&shown(value)?)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syntax_swallows_the_lines_of_block_tags() {
        assert!(syntax().trim_blocks() && syntax().lstrip_blocks());
    }

    #[test]
    fn nothing_of_minijinjas_own_vocabulary_is_there_unexamined() {
        for source in ["range(3)", "dict()", "debug()", "namespace()", "1|tojson", "'a'|upper", "1 is number"]
        {
            let program = environment().compile_expression(source).unwrap();
            assert!(program.eval(()).is_err(), "{source}");
        }
    }
}
