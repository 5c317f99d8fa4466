//! The manifest, with its table of features, and the root of the crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Files, Header, Module, Package, events};
use crate::markdown;

/// The line of the documentation in place of which the versions are described.
const VERSIONS: &str = "[versions]";

/// The features that every crate has.
pub(super) const FEATURES: [&str; 12] = [
    "default",
    "full",
    "rustls",
    "rustls-ring",
    "native-tls",
    "shared-limiter",
    "redis",
    "axum",
    "blocking",
    "jiff",
    "rusqlite",
    "sqlx",
];

/// The crates that generated code may use: those that it does use are its dependencies.
const DEPENDENCIES: [&str; 4] = ["harvest-runtime", "indexmap", "serde", "serde_json"];

/// Writes the files of the whole crate, once the files of all modules are there.
pub(super) fn write(files: &mut Files, package: &Package, modules: &[Module]) {
    let header = Header {
        command: &package.command,
        source: "description",
        version: None,
    };
    let manifest = manifest(package, modules, files, &header);
    files.insert("Cargo.toml".to_owned(), manifest);
    files.insert("src/lib.rs".to_owned(), root(package, modules, &header));
    let readme = format!("{}\n{}", header.line("<!--", " -->"), package.readme);
    files.insert("README.md".to_owned(), readme);
}

/// The resources of all versions: a name that several have is one feature.
fn resources(modules: &[Module]) -> BTreeMap<&str, Vec<String>> {
    let mut out: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for module in modules {
        for resource in module.resources.iter().filter(|it| it.operations > 0) {
            let count = resource.operations;
            let text = format!(
                "{} ({}: {count} operation{})",
                resource.description.trim_end_matches('.'),
                module.name,
                if count == 1 { "" } else { "s" }
            );
            out.entry(&resource.feature).or_default().push(text);
        }
    }
    out
}

/// Whether code, apart from its comments, has a path into the crate.
fn names(sources: &Files, name: &str) -> bool {
    let path = format!("{}::", name.replace('-', "_"));
    sources
        .values()
        .flat_map(|text| text.lines())
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.contains(&path))
}

fn manifest(package: &Package, modules: &[Module], sources: &Files, header: &Header<'_>) -> String {
    let mut out = header.line("#", "");
    let mut dependencies = String::new();
    for name in DEPENDENCIES {
        if names(sources, name) {
            let _ = writeln!(dependencies, "{name}.workspace = true");
        }
    }
    let listed = |modules: &mut dyn Iterator<Item = &Module>| {
        let names: Vec<_> = modules.map(|it| string(it.feature())).collect();
        names.join(", ")
    };
    // Who receives no deliveries compiles none of their models.
    let names = listed(&mut modules.iter().filter(|it| it.events.is_none()));
    let all = listed(&mut modules.iter());
    let mut dev_dependencies = String::new();
    for name in &package.dev_dependencies {
        let _ = writeln!(dev_dependencies, "{name}.workspace = true");
    }
    let _ = write!(
        out,
        r#"
[package]
name = {}
description = {}
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
keywords.workspace = true
categories.workspace = true
readme = "README.md"

# Nothing here has unit tests: for them, the crate would be compiled a second time.
[lib]
test = false

[package.metadata.docs.rs]
all-features = false
features = ["full", "rustls", "blocking", {all}]
rustdoc-args = ["--cfg", "docsrs"]

[lints.rust]
unsafe_code = "forbid"
missing_docs = "warn"
unexpected_cfgs = {{ level = "warn", check-cfg = ["cfg(docsrs)"] }}

[lints.clippy]
# A union is as large as its largest shape; boxing it would be felt by everyone who takes it apart.
large_enum_variant = "allow"

[dependencies]
{dependencies}
[dev-dependencies]
{dev_dependencies}
[features]
default = ["full", "rustls", {names}]
## TLS by rustls with aws-lc, and with the platform's certificate verifier
rustls = ["harvest-runtime/rustls"]
## The same with ring in place of aws-lc, which is much quicker to compile; without effect beside `rustls`
rustls-ring = ["harvest-runtime/rustls-ring"]
## TLS by the platform's own library
native-tls = ["harvest-runtime/native-tls"]
## One allowance of requests for several processes (`runtime::Limiter::shared`)
shared-limiter = ["harvest-runtime/shared-limiter"]
## The same for processes of several machines, in Redis or Valkey (`runtime::Limiter::redis`)
redis = ["harvest-runtime/redis"]
## A client whose calls block the thread
blocking = ["harvest-runtime/blocking"]
## Times from and to those of jiff
jiff = ["harvest-runtime/jiff"]
## Ids, times and enumerations as parameters and columns of rusqlite
rusqlite = ["harvest-runtime/rusqlite"]
## Ids, times and enumerations as parameters and columns of sqlx
sqlx = ["harvest-runtime/sqlx"]
"#,
        string(&package.name),
        string(&package.description)
    );
    for module in modules {
        let (name, title, feature) = (&module.name, &module.title, module.feature());
        let needs = match module.events {
            Some(_) => r#"["harvest-runtime/webhooks"]"#,
            None => "[]",
        };
        let _ = writeln!(out, "## The module `{name}`: {title}\n{feature} = {needs}");
    }
    if modules.iter().any(|module| module.events.is_some()) {
        out.push_str(events::FEATURES);
    }
    let resources = resources(modules);
    let all = resources
        .keys()
        .map(|f| format!("\"{f}\""))
        .collect::<Vec<_>>()
        .join(",\n    ");
    let _ = write!(
        out,
        "## Every resource of the versions that are on\nfull = [\n    {all},\n]\n"
    );
    for (feature, texts) in resources {
        for text in texts {
            let _ = writeln!(out, "## {text}");
        }
        let _ = writeln!(out, "{feature} = []");
    }
    out
}

/// A text in TOML.
fn string(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            _ if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

fn root(package: &Package, modules: &[Module], header: &Header<'_>) -> String {
    let mut out = header.line("//", "");
    out.push('\n');
    let documentation = package
        .documentation
        .replace(VERSIONS, &about_versions(modules));
    for line in documentation.trim().lines() {
        out.push_str(format!("//! {line}").trim_end());
        out.push('\n');
    }
    out.push_str(
        "\n#![cfg_attr(docsrs, feature(doc_cfg))]\n\npub use harvest_runtime as runtime;\n",
    );
    for module in modules {
        let (name, feature) = (&module.name, module.feature());
        // What `prettyplease` prints is not what every rustfmt would print.
        let _ = write!(
            out,
            "\n#[cfg(feature = \"{feature}\")]\n#[cfg_attr(docsrs, doc(cfg(feature = \
             \"{feature}\")))]\n#[rustfmt::skip]\npub mod {name};\n"
        );
    }
    out
}

/// A section about each version, in the words of its description.
fn about_versions(modules: &[Module]) -> String {
    let mut out = String::new();
    for module in modules {
        let name = &module.name;
        let guide = module.guide_hash.as_ref().map_or_else(String::new, |_| {
            format!("\n\nNew here? Begin with the [guide of `{name}`]({name}::guide).")
        });
        if let Some(events) = &module.events {
            // No link: the module is not there without its feature, which is off by default.
            let _ = write!(
                out,
                "\n\n## `{name}`\n\n{}, with {} events. Needs the feature `{}`.\n\n{}",
                markdown::prose(&module.title),
                events.count,
                events.feature,
                markdown::prose(&module.about),
            );
            continue;
        }
        let _ = write!(
            out,
            "\n\n## [`{name}`]\n\n{}\n\n{}{guide}",
            markdown::prose(&format!("{}.", module.title)),
            markdown::prose(&module.about),
        );
    }
    out.trim().to_owned()
}
