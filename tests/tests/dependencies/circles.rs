//! Circles between modules: in each folder, what the modules in it use of each other has to run one way.
//!
//! A module stands for itself and all that is below it. What a folder's own file uses of its modules, and they of it, is
//! no circle here: a folder and its parts are one thing to its neighbours.

use std::collections::{BTreeMap, BTreeSet};

use super::knowledge::{Source, root, sources};

/// The path of a module in its crate.
type Module = Vec<String>;

/// What the parts of a folder use of each other.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Crates whose modules have no circles, but for those of [`KNOWN`].
const CRATES: [&str; 11] = [
    "benches",
    "codegen",
    "examples",
    "fuzz",
    "harvest-cli",
    "harvest-export",
    "harvest-openapi",
    "harvest-runtime",
    "harvest-sandbox",
    "harvest-spec",
    "xtask",
];

/// The circles that are left: the folder, and how many modules of it are in the circle. The list only gets shorter.
const KNOWN: [(&str, usize); 1] = [("harvest-export", 15)];

/// A crate's modules, with the names that each makes known as its own.
struct Crate {
    modules: BTreeMap<Module, Source>,
    exports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Crate {
    fn of(sources: Vec<Source>) -> Self {
        let modules: BTreeMap<_, _> = sources
            .into_iter()
            .map(|source| (module(&source), source))
            .collect();
        let mut own = Self {
            modules,
            exports: BTreeMap::new(),
        };
        let exports = own.modules.iter().map(|(at, source)| {
            let paths = own.paths(at, &source.tokens).into_iter();
            let exported = paths.filter(|(_, exported)| *exported);
            let names = exported.filter_map(|(path, _)| Some((path.last()?.clone(), path.clone())));
            (at.clone(), names.collect())
        });
        own.exports = exports.collect();
        own
    }

    /// The paths within the crate that the tokens of a module name, and whether they are exported from it.
    fn paths(&self, at: &[String], tokens: &[String]) -> Vec<(Module, bool)> {
        let mut out = Vec::new();
        let is = |place: usize, text: &str| tokens.get(place).is_some_and(|it| it == text);
        for (place, token) in tokens.iter().enumerate() {
            if !is(place + 1, ":") || !is(place + 2, ":") || place > 0 && is(place - 1, ":") {
                continue;
            }
            let mut rest = place + 3;
            let mut base = match token.as_str() {
                "crate" => Vec::new(),
                "self" => at.to_vec(),
                "super" => parent(at),
                name if self.modules.contains_key(&joined(at, name)) => joined(at, name),
                _ => continue,
            };
            while is(rest, "super") && is(rest + 1, ":") {
                base = parent(&base);
                rest += 3;
            }
            let exported = exports(&tokens[..place]);
            let mut found = Vec::new();
            tree(tokens, &mut rest, &base, &mut found);
            out.extend(found.into_iter().map(|path| (path, exported)));
        }
        out
    }

    /// The module in which what a path names stands, through what others export.
    fn resolve(&self, path: &[String], depth: usize) -> Module {
        let ends = (0..=path.len()).rev();
        let end = ends
            .into_iter()
            .find(|end| self.modules.contains_key(&path[..*end]));
        let end = end.unwrap_or(0);
        let exported = path
            .get(end)
            .and_then(|name| self.exports.get(&path[..end])?.get(name));
        match exported {
            Some(other) if depth < 8 => {
                let further = [other, &path[end + 1..]].concat();
                self.resolve(&further, depth + 1)
            }
            _ => path[..end].to_vec(),
        }
    }

    /// The folders with more than one part, and what the parts use of each other.
    fn folders(&self) -> BTreeMap<Module, Uses> {
        let mut folders: BTreeMap<Module, Uses> = BTreeMap::new();
        for (at, source) in &self.modules {
            for (path, exported) in self.paths(at, &source.tokens) {
                let other = self.resolve(&path, 0);
                let same = at.iter().zip(&other).take_while(|(a, b)| a == b).count();
                // Where one is above the other, they have no folder in common in which both are parts.
                if let (false, Some(part), Some(used)) = (exported, at.get(same), other.get(same)) {
                    let folder = folders.entry(at[..same].to_vec()).or_default();
                    folder.entry(part.clone()).or_default().insert(used.clone());
                    folder.entry(used.clone()).or_default();
                }
            }
        }
        folders
    }
}

/// Where a source stands in its crate.
fn module(source: &Source) -> Module {
    let path = source.path.with_extension("");
    let path = path.to_string_lossy().replace('\\', "/");
    let (_, inside) = path.rsplit_once("src/").unwrap_or(("", &path));
    let mut module: Module = inside.split('/').map(str::to_owned).collect();
    let last = module.last().map(String::as_str);
    if last == Some("mod") || module.len() == 1 && matches!(last, Some("lib" | "main")) {
        module.pop();
    }
    module
}

fn parent(module: &[String]) -> Module {
    module[..module.len().saturating_sub(1)].to_vec()
}

fn joined(module: &[String], name: &str) -> Module {
    let mut joined = module.to_vec();
    joined.push(name.to_owned());
    joined
}

/// Whether the tokens end with `pub use` or `pub(…) use`. (They hold no parentheses.)
fn exports(before: &[String]) -> bool {
    before.last().is_some_and(|last| last == "use")
        && before
            .iter()
            .rev()
            .take_while(|token| ![";", "{", "}"].contains(&token.as_str()))
            .any(|token| token == "pub")
}

/// The paths of a tree of imports, or of a single path.
fn tree(tokens: &[String], place: &mut usize, base: &[String], out: &mut Vec<Module>) {
    let Some(token) = tokens.get(*place) else {
        return;
    };
    if token == "{" {
        *place += 1;
        while tokens.get(*place).is_some_and(|it| it != "}") {
            tree(tokens, place, base, out);
            while tokens.get(*place).is_some_and(|it| it != "," && it != "}") {
                *place += 1;
            }
            *place += usize::from(tokens.get(*place).is_some_and(|it| it == ","));
        }
        *place += 1;
        return;
    }
    *place += 1;
    let path = if token == "self" {
        base.to_vec()
    } else {
        joined(base, token)
    };
    let goes_on = tokens.get(*place).is_some_and(|it| it == ":")
        && tokens.get(*place + 1).is_some_and(|it| it == ":")
        && tokens.get(*place + 2).is_some_and(|it| it != "<");
    if goes_on {
        *place += 2;
        tree(tokens, place, &path, out);
    } else {
        out.push(path);
    }
}

/// All that can be reached from a part.
fn reached(uses: &Uses, from: &str) -> BTreeSet<String> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(part) = next.pop() {
        for used in uses.get(part).into_iter().flatten() {
            if seen.insert(used.clone()) {
                next.push(used);
            }
        }
    }
    seen
}

/// Parts that can all be reached from each other.
fn circles(uses: &Uses) -> BTreeSet<BTreeSet<String>> {
    let all: BTreeMap<_, _> = uses
        .keys()
        .map(|part| (part, reached(uses, part)))
        .collect();
    let around = |part: &String| -> BTreeSet<String> {
        let both = all[part].iter().filter(|other| all[*other].contains(part));
        both.cloned().collect()
    };
    uses.keys()
        .map(around)
        .filter(|circle| circle.len() > 1)
        .collect()
}

/// The circles of a crate: the folder, and what uses what in them.
fn found(name: &str, sources: Vec<Source>) -> Vec<(String, usize, String)> {
    let folders = Crate::of(sources).folders();
    let mut out = Vec::new();
    for (folder, uses) in &folders {
        for circle in circles(uses) {
            let inside = |part: &String| -> Vec<_> {
                uses[part]
                    .iter()
                    .filter(|it| circle.contains(*it))
                    .collect()
            };
            let lines: Vec<_> = circle
                .iter()
                .map(|part| format!("  {part} uses {:?}", inside(part)))
                .collect();
            let folder = [&[name.to_owned()], &folder[..]].concat().join("/");
            out.push((folder, circle.len(), lines.join("\n")));
        }
    }
    out
}

#[test]
fn modules_use_each_other_in_one_direction() {
    let mut left: Vec<_> = KNOWN.to_vec();
    let mut problems = Vec::new();
    for name in CRATES {
        for (folder, parts, lines) in found(name, sources(&root().join(name).join("src"))) {
            match left.iter().position(|known| *known == (&*folder, parts)) {
                Some(at) => drop(left.remove(at)),
                None => problems.push(format!("{folder}: a circle of {parts}\n{lines}")),
            }
        }
    }
    assert!(
        problems.is_empty(),
        "put what two modules need into a third one, below both:\n{}",
        problems.join("\n")
    );
    assert!(
        left.is_empty(),
        "no longer there, so not to be listed: {left:?}"
    );
}

#[test]
fn a_circle_is_found() {
    let of = |files: &[(&str, &str)]| {
        let sources = files
            .iter()
            .map(|(path, code)| Source::of(std::path::Path::new(&format!("src/{path}.rs")), code));
        found("a", sources.collect())
            .into_iter()
            .map(|(folder, parts, _)| (folder, parts))
            .collect::<Vec<_>>()
    };
    let two = [("a".to_owned(), 2)];
    for other in [
        "use crate::one::One;",
        "use crate::{lib::C, one::{self, One}};",
        "fn a() { super::one::a() }",
        "use crate::One;",
    ] {
        let lib = ("lib", "mod one; mod two; pub use one::One;");
        assert_eq!(
            of(&[lib, ("one", "use super::two::Two;"), ("two", other)]),
            two,
            "{other}"
        );
        assert_eq!(
            of(&[lib, ("one", "fn a() { b::two::c() }"), ("two", other)]),
            []
        );
    }
    // Of modules below, those are compared that lie in one folder.
    let deep = [
        ("one/mod", "mod a;"),
        ("one/a", "use crate::two::b::B;"),
        ("two/b", "use crate::one::A;"),
    ];
    assert_eq!(of(&deep), two);
    let within = [
        ("one/mod", "mod a; use self::a::A;"),
        ("one/a", "use super::B;"),
    ];
    assert_eq!(of(&within), []);
}
