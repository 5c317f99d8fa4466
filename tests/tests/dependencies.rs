//! Dependencies of the crates: their minimum Rust versions, what users get along with them, and what the crates of the
//! workspace may not know of each other.

#[path = "dependencies/circles.rs"]
mod circles;
#[path = "dependencies/extensions.rs"]
mod extensions;
#[path = "dependencies/features.rs"]
mod features;
#[path = "dependencies/headings.rs"]
mod headings;
#[path = "dependencies/install.rs"]
mod install;
#[path = "dependencies/knowledge.rs"]
mod knowledge;
#[path = "dependencies/layers.rs"]
mod layers;
#[path = "dependencies/lines.rs"]
mod lines;
#[path = "dependencies/paths.rs"]
mod paths;
#[path = "dependencies/resource_features.rs"]
mod resource_features;

use std::process::Command;

/// `1.88` or `1.88.0` as numbers that compare.
fn version(text: &str) -> Vec<u64> {
    let mut parts: Vec<u64> = text
        .split('.')
        .map(|part| part.parse().expect("a number"))
        .collect();
    parts.resize(3, 0);
    parts
}

/// What `cargo tree` prints, without its branches.
fn cargo_tree(edges: &str, arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--prefix", "none", "--edges", edges])
        .args(arguments)
        .output()
        .expect("cargo tree runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// The crates that a package is built with, where nothing but it asks for them.
fn tree(arguments: &[&str]) -> String {
    cargo_tree("normal,build", arguments)
}

#[test]
fn tls_with_ring_leaves_aws_lc_out() {
    for package in ["harvest-runtime", "harvest-generated"] {
        let with = |tls| {
            tree(&[
                "--package",
                package,
                "--no-default-features",
                "--features",
                tls,
            ])
        };
        let ring = with("rustls-ring");
        assert!(
            ring.contains("ring v0") && !ring.contains("aws-lc"),
            "{ring}"
        );
        let aws_lc = with("rustls");
        assert!(
            aws_lc.contains("aws-lc-rs v1") && !aws_lc.contains("ring v0"),
            "{aws_lc}"
        );
    }
}

#[test]
fn no_crate_in_the_lock_file_needs_a_newer_rust_than_the_workspace_declares() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--locked",
            "--all-features",
            "--format-version",
            "1",
        ])
        .output()
        .expect("cargo metadata runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let declared = packages
        .iter()
        .find(|package| package["name"] == env!("CARGO_PKG_NAME"))
        .and_then(|package| package["rust_version"].as_str())
        .expect("the workspace declares rust-version");
    let newer: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let needed = package["rust_version"].as_str()?;
            (version(needed) > version(declared)).then(|| {
                format!(
                    "{} {} needs Rust {needed}",
                    package["name"], package["version"]
                )
            })
        })
        .collect();
    assert!(
        newer.is_empty(),
        "rust-version is {declared}, but {newer:?}: choose an older version with `cargo update \
         --precise`, or raise rust-version in Cargo.toml and note it in CHANGELOG.md"
    );
}
