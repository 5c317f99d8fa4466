//! Manifest data and documentation of the generated crate.

use harvest_codegen::emit::Package;

/// The package that `regen` writes.
pub fn package() -> Package {
    Package {
        name: "harvest-generated".to_owned(),
        description:
            "A typed client for the Greenhouse Harvest API, generated from an OpenAPI description"
                .to_owned(),
        command: "cargo xtask regen".to_owned(),
        documentation: include_str!("package.md").to_owned(),
        readme: include_str!("package_readme.md").to_owned(),
        // The guide's snippets run against it.
        dev_dependencies: [
            "axum",
            "futures-util",
            "harvest-sandbox",
            "rusqlite",
            "serde_json",
            "tokio",
            "tracing-subscriber",
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}
