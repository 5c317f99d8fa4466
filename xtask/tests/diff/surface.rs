//! The public API of a crate, by its sources alone: what is in it, and what breaks those who use it.

use std::collections::BTreeMap;

use xtask::diff::rust::{Surface, What, compare};

/// A crate of one file, or of more.
fn surface(files: &[(&str, &str)]) -> Surface {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Surface::read(&files.collect::<BTreeMap<_, _>>()).unwrap_or_else(|error| panic!("{error}"))
}

/// The changes between two crates, `!` before those that break, `-` and `+` for what is gone and new.
fn lines(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let changes = compare(&surface(old), &surface(new));
    let line = |change: &xtask::diff::rust::Change| {
        let mark = if change.breaking { "! " } else { "" };
        let what = match &change.what {
            What::Added(name) => format!("+{name}"),
            What::Removed(name) => format!("-{name}"),
            What::Changed(text) => text.clone(),
        };
        format!("{mark}{what}")
    };
    changes.iter().map(line).collect()
}

#[track_caller]
fn both_ways(old: &str, new: &str, forth: &[&str], back: &[&str]) {
    let (old, new) = ([("src/lib.rs", old)], [("src/lib.rs", new)]);
    assert_eq!(lines(&old, &new), forth, "{new:?}");
    assert_eq!(lines(&new, &old), back, "{new:?}, undone");
}

#[test]
fn items_come_and_go() {
    for (code, name) in [
        ("pub struct A;", "A"),
        ("pub enum A { B }", "A"),
        ("pub trait A { fn b(&self); }", "A"),
        ("pub type A = u8;", "A"),
        ("pub const A: u8 = 1;", "A"),
        ("pub static A: u8 = 1;", "A"),
        ("pub fn a() {}", "a"),
        ("pub mod a { pub struct B; }", "a"),
        ("pub use other::A;", "A"),
    ] {
        both_ways("", code, &[&format!("+{name}")], &[&format!("! -{name}")]);
    }
    for code in [
        "struct A;",
        "mod a { pub struct B; }",
        "pub(crate) fn a() {}",
        "#[doc(hidden)] pub struct A;",
        "#[cfg(test)] pub struct A;",
    ] {
        both_ways("", code, &[], &[]);
    }
}

#[test]
fn what_is_in_a_type() {
    both_ways(
        "#[non_exhaustive] pub struct A { pub b: u8 }",
        "#[non_exhaustive] pub struct A { pub b: u8, pub c: u8 }",
        &["+A::c"],
        &["! -A::c"],
    );
    // Others can write it in full.
    both_ways(
        "pub struct A { pub b: u8 }",
        "pub struct A { pub b: u8, pub c: u8 }",
        &["! `A::c` added, where others can have written or matched all that there was"],
        &["! -A::c"],
    );
    both_ways(
        "pub struct A { pub b: u8 }",
        "pub struct A { pub b: u8, c: u8 }",
        &["! the struct `A` can no longer be written or matched in full"],
        &[],
    );
    both_ways(
        "pub struct A(pub u8);",
        "pub struct A(pub u16);",
        &["! `A::0` is `u16` now, was `u8`"],
        &["! `A::0` is `u8` now, was `u16`"],
    );
    both_ways(
        "#[non_exhaustive] pub enum A { B }",
        "#[non_exhaustive] pub enum A { B, C(u8) }",
        &["+A::C"],
        &["! -A::C"],
    );
    both_ways(
        "pub enum A { B }",
        "pub enum A { B, C(u8) }",
        &["! `A::C` added, where others can have written or matched all that there was"],
        &["! -A::C"],
    );
    both_ways(
        "pub enum A { B }",
        "#[non_exhaustive] pub enum A { B }",
        &["! the enum `A` can no longer be written or matched in full"],
        &[],
    );
    both_ways(
        "pub struct A;",
        "pub enum A { B }",
        &[
            // They differ in what can be said of them at all.
            "! `A` is of another kind: enum now, was struct",
            "! `A::B` added, where others can have written or matched all that there was",
        ],
        &["! `A` is of another kind: struct now, was enum", "! -A::B"],
    );
}

#[test]
fn signatures() {
    let method = |code: &str| format!("pub struct A; impl A {{ {code} }}");
    for (old, new, what) in [
        (
            "pub fn b(&self) {}",
            "pub fn b(self) {}",
            Some("`A::b` is `fn(self)` now, was `fn(&self)`"),
        ),
        ("pub fn b(self) {}", "pub fn b(mut self) {}", None),
        ("pub fn b(c: u8) {}", "pub fn b(d: u8) {}", None),
        (
            "pub fn b(c: u8, d: u8) {}",
            "pub fn b(d: u8, c: u8) {}",
            Some("`A::b` takes (d, c) now, was (c, d)"),
        ),
        (
            "pub fn b() {}",
            "pub async fn b() {}",
            Some("`A::b` is `async fn()` now, was `fn()`"),
        ),
        ("pub fn b() -> u8 { 0 }", "pub fn b() -> u8 { 1 }", None),
        (
            "pub fn b() -> x::B {}",
            "pub fn b() -> y::B {}",
            Some("`A::b` is `fn() -> y::B` now, was `fn() -> x::B`"),
        ),
        (
            "pub fn b<T>(c: T) {}",
            "pub fn b<T>(c: T) where T: Copy {}",
            Some("`A::b` is `fn<T>(T) where T: Copy` now, was `fn<T>(T)`"),
        ),
        (
            "pub const B: u8 = 0;",
            "pub const B: u16 = 0;",
            Some("`A::B` is `u16` now, was `u8`"),
        ),
    ] {
        let (old, new) = (method(old), method(new));
        let found = lines(&[("src/lib.rs", &old)], &[("src/lib.rs", &new)]);
        let expected: Vec<_> = what.iter().map(|what| format!("! {what}")).collect();
        assert_eq!(found, expected, "{new}");
    }
}

#[test]
fn what_is_implemented() {
    both_ways(
        "#[derive(Clone, Copy)] pub struct A;",
        "#[derive(Clone)] pub struct A;",
        &["! -Copy for A"],
        &["+Copy for A"],
    );
    both_ways(
        "pub struct A; impl From<u8> for A {}",
        "pub struct A; impl From<u16> for A {}",
        &["! -From<u8> for A", "+From<u16> for A"],
        &["! -From<u16> for A", "+From<u8> for A"],
    );
    both_ways(
        "pub struct A; impl Iterator for A { type Item = u8; }",
        "pub struct A; impl Iterator for A { type Item = u16; }",
        &["! `Iterator for A` by `type Item = u16;` now, was `type Item = u8;`"],
        &["! `Iterator for A` by `type Item = u8;` now, was `type Item = u16;`"],
    );
    both_ways(
        "pub struct A; runtime::model!(A [id; received] { a => b });",
        "pub struct A; runtime::model!(A [id; received] { a => c });",
        &[],
        &[],
    );
    both_ways(
        "pub struct A; runtime::model!(A [id; received] { a => b });",
        "pub struct A; runtime::model!(A [id] { a => b });",
        &["! `model! for A` by `[id]` now, was `[id; received]`"],
        &["! `model! for A` by `[id; received]` now, was `[id]`"],
    );
    both_ways(
        "pub struct A; runtime::id!(A);",
        "pub struct A;",
        &["! -id! for A"],
        &["+id! for A"],
    );
    // One for each mode: a method that only one of them has any more.
    both_ways(
        "pub struct A<M>(M); impl A<Async> { pub fn b() {} } impl A<Blocking> { pub fn b() {} }",
        "pub struct A<M>(M); impl A<Async> { pub fn b() {} }",
        &["! -A::b"],
        &["+A::b"],
    );
    both_ways(
        "pub trait A { fn b(&self) {} }",
        "pub trait A { fn b(&self) {} fn c(&self); }",
        &["! `A::c` added, where others can have written or matched all that there was"],
        &["! -A::c"],
    );
}

#[test]
fn modules_are_where_others_reach_them() {
    let old = [
        ("src/lib.rs", "pub mod v1;"),
        (
            "src/v1.rs",
            "pub mod client; pub mod tags; pub mod types; pub use client::Client as Http;",
        ),
        ("src/v1/client.rs", "pub struct Client;"),
        (
            "src/v1/tags.rs",
            "use super::{client::Client, types}; impl Client { pub fn list(&self) -> types::Tag {} \
             }",
        ),
        (
            "src/v1/types.rs",
            "mod tags; pub use tags::*; mod shared; pub use shared::*;",
        ),
        (
            "src/v1/types/tags.rs",
            "use super::*; pub struct Tag; impl Tag { pub fn a() {} } impl From<Id> for Tag {}",
        ),
        ("src/v1/types/shared.rs", "pub struct Id;"),
    ];
    let mut new = old;
    // Moved to where it is reached by the same path.
    new[5].1 = "use super::*;";
    new[6].1 = "pub struct Id; pub struct Tag; impl Tag { pub fn a() {} } impl From<Id> for Tag {}";
    assert_eq!(lines(&old, &new), [""; 0]);
    new[3].1 = "";
    assert_eq!(lines(&old, &new), ["! -Client::list"]);
    new[4].1 = "mod tags; mod shared; pub use shared::*;";
    new[5].1 = old[5].1;
    new[6].1 = old[6].1;
    assert_eq!(lines(&old, &new), ["! -Client::list", "! -Tag"]);
}

#[test]
fn features() {
    let manifest = |features: &str| format!("[package]\nname = \"a\"\n[features]\n{features}");
    let with = |features: &str, code: &str| {
        [
            ("Cargo.toml".to_owned(), manifest(features)),
            ("src/lib.rs".to_owned(), code.to_owned()),
        ]
    };
    let lines = |old: [(String, String); 2], new: [(String, String); 2]| {
        let files = |files: &[(String, String); 2]| {
            surface(&[(&files[0].0, &files[0].1), (&files[1].0, &files[1].1)])
        };
        let changes = compare(&files(&old), &files(&new));
        changes
            .into_iter()
            .map(|change| {
                format!(
                    "{}{:?}",
                    if change.breaking { "! " } else { "" },
                    change.what
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        lines(with("a = []\nb = [\"a\"]", ""), with("b = []\nc = []", "")),
        [
            "! Changed(\"the feature `a` removed\")",
            "! Changed(\"the feature `b` no longer switches `a` on\")",
            "Changed(\"the feature `c` added\")",
        ]
    );
    let gated = |condition: &str| format!("{condition} pub struct A;");
    let any = gated("#[cfg(any(feature = \"a\", feature = \"b\"))]");
    let one = gated("#[cfg(feature = \"a\")]");
    let none = gated("");
    for (old, new, what) in [
        (&none, &one, Some("`A` needs the feature `a` now")),
        (
            &any,
            &one,
            Some("`A` needs the feature `a` now: `b` no longer brings it"),
        ),
        (&one, &any, None),
        (&one, &none, None),
    ] {
        let expected: Vec<_> = what
            .iter()
            .map(|what| format!("! Changed({what:?})"))
            .collect();
        assert_eq!(lines(with("", old), with("", new)), expected, "{new}");
    }
}

#[test]
fn a_former_name_that_is_an_alias_breaks_nothing() {
    let old = "pub struct Old<M>(M); impl<M> Old<M> { pub fn a(self) -> Self {} } impl Old<Async> \
               { pub fn send(self) {} } pub struct C; impl C { pub fn old(&self) -> Old<u8> {} } \
               pub const OLD: u8 = 1;";
    let new = "pub struct New<M>(M); impl<M> New<M> { pub fn a(self) -> Self {} } impl New<Async> \
               { pub fn send(self) {} } #[deprecated] pub type Old<M> = New<M>; pub struct C; impl \
               C { pub fn new(&self) -> New<u8> {} #[deprecated] pub fn old(&self) -> New<u8> {} } \
               pub const NEW: u8 = 1; #[deprecated] pub const OLD: u8 = NEW;";
    assert_eq!(
        lines(&[("src/lib.rs", old)], &[("src/lib.rs", new)]),
        [
            "`C::old` is deprecated",
            "`OLD` is deprecated",
            "`Old` is called `New` now, and still goes by its former name",
            "`Old` is deprecated",
            "+C::new",
            "+NEW",
        ]
    );
    // What went by the alias is compared all the same.
    let without = new.replace("impl New<Async> { pub fn send(self) {} }", "");
    let found = lines(&[("src/lib.rs", old)], &[("src/lib.rs", &without)]);
    assert!(found.contains(&"! -Old::send".to_owned()), "{found:?}");
}

#[test]
fn what_is_no_rust_is_an_error() {
    let read = |files: &[(&str, &str)]| {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Surface::read(&files.collect()).unwrap_err().to_string()
    };
    assert!(read(&[("src/lib.rs", "pub struct")]).starts_with("src/lib.rs is no Rust: "));
    assert_eq!(
        read(&[("src/lib.rs", "mod a;")]),
        "the module a has no file"
    );
    assert!(read(&[("src/lib.rs", ""), ("Cargo.toml", "[")]).starts_with("Cargo.toml is no TOML"));
    // A revision without the crate.
    assert_eq!(Surface::read(&BTreeMap::new()).unwrap(), Surface::default());
}
