//! The first build of a user's crate: everything that it takes, from nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::case::RESOURCE;
use super::{Case, Error, Sample, Tls};
use crate::workspace::Workspace;

/// A crate with one choice of TLS.
pub(super) struct FirstBuild {
    tls: Tls,
    folder: PathBuf,
}

impl FirstBuild {
    /// Writes the crate, and fetches what it needs: the network is not measured.
    pub(super) fn prepare(
        workspace: &Workspace,
        versions: &[String],
        bench: &Path,
        tls: Tls,
    ) -> Result<Self, Error> {
        let folder = bench.join(format!("first-{}", tls.feature()));
        let source = folder.join("src");
        fs::create_dir_all(&source).map_err(|e| Error::Io(source.clone(), e))?;
        let put = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|e| Error::Io(path, e))
        };
        put("src/main.rs", program(versions))?;
        put(
            "Cargo.toml",
            manifest(workspace.root(), versions, tls.feature()),
        )?;
        let lock = workspace.root().join("Cargo.lock");
        if lock.exists() {
            fs::copy(&lock, folder.join("Cargo.lock")).map_err(|e| Error::Io(lock, e))?;
        }
        let first = Self { tls, folder };
        if !first
            .cargo("fetch")
            .arg("--offline")
            .output()
            .is_ok_and(|o| o.status.success())
        {
            first.succeed(first.cargo("fetch"))?;
        }
        Ok(first)
    }

    /// Builds it from nothing, for debugging, with as many jobs as cargo chooses.
    pub(super) fn run(&self) -> Result<Sample, Error> {
        let target = self.folder.join("target");
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|e| Error::Io(target, e))?;
        }
        let mut build = self.cargo("build");
        build.arg("--offline");
        let start = Instant::now();
        self.succeed(build)?;
        Ok(Sample {
            seconds: start.elapsed().as_secs_f64(),
            mebibytes: None,
        })
    }

    fn cargo(&self, command: &str) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut out = Command::new(cargo);
        out.args([command, "--quiet", "--manifest-path"]);
        out.arg(self.folder.join("Cargo.toml"));
        // Wherever the user's own setting leads.
        out.env("CARGO_TARGET_DIR", self.folder.join("target"));
        out
    }

    fn succeed(&self, mut command: Command) -> Result<(), Error> {
        let output = command
            .output()
            .map_err(|e| Error::Io(self.folder.clone(), e))?;
        if output.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Error::Cargo(Case::FirstBuild(self.tls), text))
    }
}

/// A program that reads one list, as a user begins: of the newest version.
fn program(versions: &[String]) -> String {
    let newest = versions.last().map_or("", String::as_str);
    format!(
        r#"//! Written by `cargo xtask bench-compile`.

use harvest_generated::{newest}::Client;

#[tokio::main]
async fn main() -> Result<(), harvest_generated::runtime::Error> {{
    let client = Client::from_env()?;
    let {RESOURCE} = client.list_{RESOURCE}().send().await?;
    println!("{{}} {RESOURCE}", {RESOURCE}.len());
    Ok(())
}}
"#
    )
}

/// A manifest that stands alone, with every resource.
fn manifest(workspace: &Path, versions: &[String], tls: &str) -> String {
    let versions = versions.join("\", \"");
    let path = workspace.join("harvest-generated");
    // Quoted as Rust quotes it, which TOML reads alike.
    let path = path.to_string_lossy();
    format!(
        r#"# Written by `cargo xtask bench-compile`.
[package]
name = "first-build"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
harvest-generated = {{ path = {path:?}, default-features = false, features = ["full", "{versions}", "{tls}"] }}
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
"#
    )
}
