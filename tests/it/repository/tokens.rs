//! Rust as the compiler reads it: tokens without comments, those of the engine apart from those of its tests.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::text_files;

/// A file of Rust.
pub(crate) struct Rust {
    /// Relative to the repository, with `/` between folders.
    pub(crate) path: String,
    /// What is compiled into the program, in its order.
    pub(crate) engine: Vec<Token>,
    /// What is compiled for tests only: the files under `tests/`, and what stands behind `#[cfg(test)]`.
    pub(crate) tests: Vec<Token>,
}

/// A token. Groups are opened and closed by marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A name, a keyword, a lifetime's name.
    Name(String),
    /// What stands between the quotes of a text, as it is written.
    Text(String),
    /// A character, or a number as it is written.
    Value(String),
    /// A mark; the signs of an operator are single marks.
    Mark(char),
}

/// All Rust under the folders, sorted by path.
pub(crate) fn rust(folders: &[&str]) -> Vec<Rust> {
    let files = text_files(folders).into_iter().filter(|it| it.path.ends_with(".rs"));
    let mut sorting = Sorting::default();
    let mut files: Vec<Rust> = files.map(|it| sorting.read(&it.path, &it.text)).collect();
    for file in &mut files {
        let is_test =
            |it: &String| file.path == format!("{it}.rs") || file.path.starts_with(&format!("{it}/"));
        if sorting.test_modules.iter().any(is_test) {
            let engine = std::mem::take(&mut file.engine);
            file.tests.splice(0..0, engine);
        }
    }
    files
}

impl Rust {
    /// The tokens of a text.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        Sorting::default().read(path, text)
    }

    /// All tokens.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Token> {
        self.engine.iter().chain(&self.tests)
    }
}

impl Token {
    /// Whether it is this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Name(it) if it == name)
    }

    /// The name that it is.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(it) => Some(it),
            _ => None,
        }
    }

    /// The text that it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(it) => Some(it),
            _ => None,
        }
    }
}

/// What a token is compiled into.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Engine,
    Tests,
}

/// Sorts the tokens of files.
#[derive(Default)]
struct Sorting {
    /// The modules that are compiled for tests only, as paths without an ending.
    test_modules: Vec<String>,
}

impl Sorting {
    fn read(&mut self, path: &str, text: &str) -> Rust {
        let mut file = Rust { path: path.to_owned(), engine: Vec::new(), tests: Vec::new() };
        let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let part = if path.starts_with("tests/") { Part::Tests } else { Part::Engine };
        self.sort(&trees(stream), part, &mut file);
        file
    }

    fn sort(&mut self, trees: &[TokenTree], part: Part, file: &mut Rust) {
        let mut rest = trees;
        while let Some(first) = rest.first() {
            let attributes = attributes(rest);
            let for_tests = attributes.iter().find(|it| is_for_tests(&it.0));
            if let (Part::Engine, Some((_, n_trees))) = (part, for_tests) {
                let n_before: usize = attributes.iter().map(|it| it.1).sum();
                let item = &rest[n_before..];
                // `#![cfg(test)]` is about all that is around it.
                let n_own = if *n_trees == 3 { item.len() } else { length(item) };
                self.test_modules.extend(module(&item[..n_own], &file.path));
                self.sort(&rest[..n_before + n_own], Part::Tests, file);
                rest = &rest[n_before + n_own..];
            } else if let Some((attribute, n_own)) = attributes.first() {
                // Documentation is an attribute too.
                if !matches!(attribute.first(), Some(TokenTree::Ident(it)) if it == "doc") {
                    file.push(part, Token::Mark('#'));
                    self.inner(attribute, ('[', ']'), part, file);
                }
                rest = &rest[*n_own..];
            } else {
                self.one(first, part, file);
                rest = &rest[1..];
            }
        }
    }

    fn one(&mut self, tree: &TokenTree, part: Part, file: &mut Rust) {
        match tree {
            TokenTree::Group(it) => {
                let marks = match it.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => (' ', ' '),
                };
                self.inner(&trees(it.stream()), marks, part, file);
            }
            TokenTree::Ident(it) => file.push(part, Token::Name(it.to_string())),
            TokenTree::Punct(it) => file.push(part, Token::Mark(it.as_char())),
            TokenTree::Literal(it) => file.push(part, literal(&it.to_string())),
        }
    }

    fn inner(&mut self, trees: &[TokenTree], marks: (char, char), part: Part, file: &mut Rust) {
        file.push(part, Token::Mark(marks.0));
        self.sort(trees, part, file);
        file.push(part, Token::Mark(marks.1));
    }
}

impl Rust {
    fn push(&mut self, part: Part, token: Token) {
        match part {
            Part::Engine => self.engine.push(token),
            Part::Tests => self.tests.push(token),
        }
    }
}

fn trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

/// The attributes that tokens begin with: what stands in the brackets of each, and how many tokens it takes.
fn attributes(mut rest: &[TokenTree]) -> Vec<(Vec<TokenTree>, usize)> {
    let mut found = Vec::new();
    while let [TokenTree::Punct(hash), behind @ ..] = rest
        && hash.as_char() == '#'
    {
        let (group, n_own) = match behind {
            [TokenTree::Group(it), ..] => (it, 2),
            [TokenTree::Punct(mark), TokenTree::Group(it), ..] if mark.as_char() == '!' => (it, 3),
            _ => break,
        };
        found.push((trees(group.stream()), n_own));
        rest = &rest[n_own..];
    }
    found
}

/// Whether it is `cfg(test)` or `cfg(all(test, …))`.
fn is_for_tests(attribute: &[TokenTree]) -> bool {
    let names_test =
        |inner: &[TokenTree]| inner.iter().any(|it| matches!(it, TokenTree::Ident(it) if it == "test"));
    let [TokenTree::Ident(name), TokenTree::Group(group)] = attribute else { return false };
    let inner = trees(group.stream());
    match &inner[..] {
        _ if name != "cfg" => false,
        [TokenTree::Ident(it)] => it == "test",
        [TokenTree::Ident(all), TokenTree::Group(it)] if all == "all" => names_test(&trees(it.stream())),
        _ => false,
    }
}

/// How many tokens the item, statement, field or arm takes that tokens begin with.
fn length(item: &[TokenTree]) -> usize {
    const WITH_A_SEMICOLON: [&str; 5] = ["use", "const", "static", "type", "let"];
    const WITH_A_BODY: [&str; 9] =
        ["fn", "struct", "enum", "union", "impl", "mod", "trait", "extern", "macro_rules"];
    // Names and the parentheses of `pub(crate)`: `pub(crate) const fn name`.
    let is_begin = |it: &&TokenTree| matches!(it, TokenTree::Ident(_) | TokenTree::Group(_));
    let begin: Vec<String> = item.iter().take_while(is_begin).map(ToString::to_string).collect();
    let begins_with = |words: &[&str]| begin.iter().any(|it| words.contains(&&**it));
    let has_body = begins_with(&WITH_A_BODY);
    let has_semicolon = !has_body && begins_with(&WITH_A_SEMICOLON);
    let ends = |it: &TokenTree| match it {
        TokenTree::Punct(it) if it.as_char() == ';' => true,
        TokenTree::Punct(it) if it.as_char() == ',' => !has_body && !has_semicolon,
        TokenTree::Group(it) => it.delimiter() == Delimiter::Brace && !has_semicolon,
        _ => false,
    };
    item.iter().position(ends).map_or(item.len(), |it| it + 1)
}

/// The path of the module that an item declares without giving its body.
fn module(item: &[TokenTree], path: &str) -> Option<String> {
    let is_mod = |it: &TokenTree| matches!(it, TokenTree::Ident(it) if it == "mod");
    let at = item.iter().position(is_mod)?;
    let [TokenTree::Ident(name), TokenTree::Punct(_)] = &item[at + 1..] else { return None };
    let folder = path.rsplit_once('/').unwrap().0;
    Some(format!("{folder}/{name}"))
}

fn literal(written: &str) -> Token {
    let behind_prefix = written.trim_start_matches(['b', 'c', 'r']).trim_matches('#');
    match behind_prefix.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(text) => Token::Text(text.to_owned()),
        None => Token::Value(written.to_owned()),
    }
}

#[test]
fn what_is_compiled_for_tests_only_is_told_from_the_engine() {
    let source = "
        //! words
        #[cfg(test)] use a::{b, c};
        /// words
        #[derive(X)]
        #[cfg(test)]
        pub(crate) const fn f<A, B>() -> [u8; 2] { g(\"words\") }
        #[cfg(all(test, unix))] static S: T = T { a: 1 };
        #[cfg(test)] mod tests;
        #[cfg(not(test))] const MINE: &str = r#\"mine\"#; // words
        struct Own { #[cfg(test)] a: u8, own: u8 }
        fn own() { #[cfg(test)] let a = [1; 2]; \"own\" }
        #[cfg(test)] mod more { fn h() {} }
        impl Own {}
    ";
    let mut sorting = Sorting::default();
    let file = sorting.read("crates/a/src/b/mod.rs", source);
    let names = |tokens: &[Token]| {
        let names = tokens.iter().filter_map(|it| match it {
            Token::Name(it) | Token::Text(it) => Some(it.clone()),
            _ => None,
        });
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&file.engine), "cfg not test const MINE str mine struct Own own u8 fn own own impl Own");
    assert!(!names(&file.tests).to_lowercase().contains("own"));
    assert_eq!(sorting.test_modules, ["crates/a/src/b/tests"]);
}
