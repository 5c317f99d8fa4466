//! Features of the generated crate: what a resource's code names is there whenever the resource is.
//!
//! Compiling each feature of each version alone takes minutes. Gates in generated code are `any` of features, so it
//! is enough that each feature under which something is compiled also compiles what that names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// The features of which one is enough; nothing if it is always compiled.
type Gate = Option<BTreeSet<String>>;

/// The gate that `#[cfg(feature = "a")]` or `#[cfg(any(feature = "a", feature = "b"))]` is.
fn gate(attrs: &[syn::Attribute]) -> Gate {
    let attribute = attrs.iter().find(|a| a.path().is_ident("cfg"))?;
    let text = attribute
        .meta
        .require_list()
        .expect("a list")
        .tokens
        .to_string();
    let is_so = |function: &str| text.starts_with(&format!("{function} ("));
    assert!(!is_so("not") && !is_so("all"), "{text}");
    let names = text.split('"').skip(1).step_by(2).map(str::to_owned);
    Some(names.collect()).filter(|names: &BTreeSet<String>| !names.contains("blocking"))
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The narrower of the gate of a file and that of an item in it.
fn within(outer: &Gate, inner: Gate) -> Gate {
    match (outer, inner) {
        (Some(outer), Some(inner)) => Some(outer.intersection(&inner).cloned().collect()),
        (outer, None) => outer.clone(),
        (None, inner) => inner,
    }
}

/// Every identifier in code, and in the calls of macros.
#[derive(Default)]
struct Words(BTreeSet<String>);

impl Words {
    fn of(item: &syn::Item) -> BTreeSet<String> {
        let mut words = Self::default();
        words.visit_item(item);
        words.0
    }

    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                proc_macro2::TokenTree::Ident(ident) => {
                    // `Job = Object("job_id")` names a variant.
                    let is_variant = matches!(
                        tokens.peek(),
                        Some(proc_macro2::TokenTree::Punct(next)) if next.as_char() == '='
                    );
                    if !is_variant {
                        self.0.insert(ident.to_string());
                    }
                }
                proc_macro2::TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Words {
    // A path of another crate names no model of this one.
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path.segments.first().map(|s| s.ident.to_string());
        if matches!(
            first.as_deref(),
            // What follows `Self` is a variant or a function.
            Some("harvest_runtime" | "std" | "serde_json" | "Self")
        ) {
            for segment in &path.segments {
                self.visit_path_arguments(&segment.arguments);
            }
        } else {
            syn::visit::visit_path(self, path);
        }
    }

    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        self.0.insert(ident.to_string());
    }

    // Names of variants and fields are no models.
    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.visit_fields(&variant.fields);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // The first word is what the macro is about; values of enumerations follow.
        if call
            .path
            .segments
            .last()
            .is_some_and(|s| s.ident == "open_enum")
        {
            let first = call.tokens.clone().into_iter().next();
            self.tokens(first.into_iter().collect());
        } else {
            self.tokens(call.tokens.clone());
        }
    }
}

fn parse(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).expect("a file");
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The items of the files beside a module, each with its gate, the file's own included.
fn items(root: &Path) -> Vec<(String, Gate, syn::Item)> {
    let folder = root.with_extension("");
    let mut out = Vec::new();
    for item in parse(root).items {
        let syn::Item::Mod(module) = &item else {
            continue;
        };
        let file = folder.join(format!("{}.rs", module.ident));
        if module.content.is_some() || module.ident == "guide" || module.ident == "types" {
            continue;
        }
        let outer = gate(&module.attrs);
        for item in parse(&file).items {
            let gate = within(&outer, gate(attributes(&item)));
            out.push((file.display().to_string(), gate, item));
        }
    }
    out
}

/// What code names that is not there when it is.
fn missing(root: &Path) -> Vec<String> {
    let models = items(&root.with_extension("").join("types.rs"));
    let defined: BTreeMap<String, &Gate> = models
        .iter()
        .filter_map(|(_, gate, item)| {
            let name = match item {
                syn::Item::Struct(item) => &item.ident,
                syn::Item::Enum(item) => &item.ident,
                syn::Item::Type(item) => &item.ident,
                _ => return None,
            };
            Some((name.to_string(), gate))
        })
        .collect();
    assert!(!defined.is_empty(), "{} has no models", root.display());
    let mut out = Vec::new();
    for (file, gate, item) in models.iter().chain(&items(root)) {
        for name in Words::of(item) {
            let Some(Some(needed)) = defined.get(&name) else {
                continue;
            };
            let is_there = gate.as_ref().is_some_and(|gate| gate.is_subset(needed));
            if !is_there {
                out.push(format!(
                    "{file}: `{name}` is behind {needed:?}, what names it behind {gate:?}"
                ));
            }
        }
    }
    out
}

fn versions() -> Vec<PathBuf> {
    let root = Path::new("../harvest-generated/src/lib.rs");
    let modules = parse(root).items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(root.with_file_name(format!("{}.rs", module.ident))),
        _ => None,
    });
    modules.collect()
}

#[test]
fn each_feature_compiles_what_its_code_names() {
    let versions = versions();
    assert!(!versions.is_empty());
    for version in versions {
        let missing = missing(&version);
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }
}

#[test]
fn a_model_behind_another_feature_is_missed() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    put(
        "one.rs",
        "#[cfg(feature = \"books\")] pub mod books; pub mod types;",
    );
    put("one/types.rs", "mod shared; pub use shared::*;");
    let check = |gate: &str, code: &str| {
        put(
            "one/types/shared.rs",
            &format!("{gate} pub struct Book {{}} pub struct BookId(pub i64);"),
        );
        put("one/books.rs", code);
        missing(&folder.path().join("one.rs")).len()
    };
    let code = "pub fn a() -> types::Book { loop {} }";
    for good in [
        "",
        "#[cfg(feature = \"books\")]",
        "#[cfg(any(feature = \"a\", feature = \"books\"))]",
    ] {
        assert_eq!(check(good, code), 0, "{good}");
    }
    assert_eq!(check("#[cfg(feature = \"authors\")]", code), 1);
    assert_eq!(
        check(
            "#[cfg(feature = \"authors\")]",
            "harvest_runtime::model!(X { \"b\" => b: Book });"
        ),
        1
    );
    // In both, what is named has to be there.
    let wide =
        "#[cfg(any(feature = \"books\", feature = \"authors\"))] pub struct Shelf { b: Book }";
    put("one/books.rs", code);
    put(
        "one/types/shared.rs",
        &format!("#[cfg(feature = \"books\")] pub struct Book {{}} {wide}"),
    );
    assert_eq!(missing(&folder.path().join("one.rs")).len(), 1);
}
