//! A crate of what unmodified progenitor makes of the description: what ours is compared with.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use harvest_codegen::{generate, load, lower};

use super::Error;
use crate::workspace::Workspace;

/// The name of the crate.
pub const PACKAGE: &str = "progenitor-output";

/// The manifest, without the features. It stands alone, and has the profile of the workspace: procedural macros that are
/// compiled to run are faster, which matters to a crate full of derives.
const MANIFEST: &str = r#"# Written by `cargo xtask bench-compile`.
[package]
name = "progenitor-output"
version = "0.0.0"
edition = "2021"
publish = false

[workspace]

[dependencies]
bytes = "1"
chrono = { version = "0.4", default-features = false, features = ["serde", "std"] }
futures-core = "0.3"
indexmap = { version = "2", features = ["serde"] }
progenitor-client = "=0.15.1"
reqwest = { version = "0.13", default-features = false, features = ["json", "stream", "rustls"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
opt-level = 1

[features]
"#;

/// Writes the crate to `folder`: the output for each of `versions` is a module, and a feature.
pub fn write(workspace: &Workspace, versions: &[String], folder: &Path) -> Result<(), Error> {
    let source = folder.join("src");
    fs::create_dir_all(&source).map_err(|e| Error::Io(source.clone(), e))?;
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|e| Error::Io(path, e))
    };
    let (mut modules, mut manifest) = (String::new(), MANIFEST.to_owned());
    for version in workspace
        .versions()
        .map_err(|e| Error::Io(workspace.spec(), e))?
    {
        if !versions.contains(&version.name) {
            continue;
        }
        let fail =
            |error: harvest_codegen::Error| Error::Compile(version.name.clone(), Box::new(error));
        let bundle = load::load(&version.root, workspace.root()).map_err(|e| fail(e.into()))?;
        let lowered = lower::lower(&bundle.document).map_err(|e| fail(e.into()))?;
        // All of it: `generate` leaves out what no pass reads.
        let tokens = generate::tokens(&lowered.document).map_err(|e| fail(e.into()))?;
        let tree = syn::parse2(tokens).map_err(|e| fail(generate::Error::from(e).into()))?;
        let name = &version.name;
        put(&format!("src/{name}.rs"), &prettyplease::unparse(&tree))?;
        let _ = writeln!(modules, "#[cfg(feature = \"{name}\")]\npub mod {name};");
        let _ = writeln!(manifest, "{name} = []");
    }
    put("src/lib.rs", &modules)?;
    put("Cargo.toml", &manifest)?;
    // The versions of dependencies that the workspace has; cargo strikes out what is not needed.
    let lock = workspace.root().join("Cargo.lock");
    if lock.exists() {
        fs::copy(&lock, folder.join("Cargo.lock")).map_err(|e| Error::Io(lock, e))?;
    }
    Ok(())
}
