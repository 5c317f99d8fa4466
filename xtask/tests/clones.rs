//! Two clones with one target folder, as worktrees with `build.target-dir` have: cargo takes the program that it built in
//! one for that of the other, so the program must not remember where it was built.

mod common;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{Sandbox, text};
use xtask::workspace::Workspace;

const OPERATIONS: &str = "harvest-generated/src/v1/things.rs";

/// A workspace that `cargo run` and a person would find.
fn clone() -> Sandbox {
    let sandbox = Sandbox::generated();
    sandbox.write("Cargo.toml", "[workspace]\n");
    sandbox.write("xtask/Cargo.toml", "");
    sandbox
}

/// Runs this program without `--root`, in `folder`.
fn check(folder: &Path, package: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["regen", "--check"]).current_dir(folder);
    command.env_remove("CARGO_MANIFEST_DIR");
    if let Some(package) = package {
        command.env("CARGO_MANIFEST_DIR", package);
    }
    command.output().unwrap()
}

#[test]
fn the_workspace_is_found_when_the_program_runs() {
    let (edited, clean) = (clone(), clone());
    edited.edit(OPERATIONS, "pub fn list_things", "pub fn list_all_things");
    let package = |clone: &Sandbox| clone.root().join("xtask");
    // Where `cargo run` says that the package is, wherever one stands.
    for (named, stood, code) in [(&edited, &clean, 1), (&clean, &edited, 0)] {
        let output = check(stood.root(), Some(&package(named)));
        assert_eq!(output.status.code(), Some(code), "{}", text(&output));
    }
    // Otherwise where one stands, at any depth.
    for (stood, code) in [(&edited, 1), (&clean, 0)] {
        for folder in [stood.root(), &stood.root().join("harvest-spec/v1")] {
            let output = check(folder, None);
            assert_eq!(output.status.code(), Some(code), "{}", text(&output));
        }
    }
    let nowhere = tempfile::tempdir().unwrap();
    let output = check(nowhere.path(), None);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output).contains("is in no workspace"),
        "{}",
        text(&output)
    );
}

/// Copies the sources of a folder with their times, so that cargo takes the copy for what it built already.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name());
        if ["target", ".git", "node_modules"]
            .iter()
            .any(|n| name == *n)
        {
            continue;
        }
        let target = to.join(&name);
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
            let modified = entry.metadata().unwrap().modified().unwrap();
            let file = File::options().write(true).open(&target).unwrap();
            file.set_modified(modified).unwrap();
        }
    }
}

/// Runs what `cargo xtask` stands for in a clone, with the target folder of this test. Without `--package`, so that the
/// features of third-party crates are those of the whole workspace, and what it compiled is taken.
fn cargo_xtask(clone: &Path, arguments: &[&str]) -> Output {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_xtask"));
    let built = program.parent().unwrap();
    let profile = match built.file_name().unwrap().to_str().unwrap() {
        "debug" => "dev",
        other => other,
    };
    // Those that `.ci/run` builds everything with.
    let features = std::env::var("CI_FEATURES").ok();
    Command::new(std::env::var_os("CARGO").unwrap())
        .args(["run", "--quiet", "--offline", "--bin", "xtask"])
        .args(features.map(|it| format!("--features={it}")))
        .args(["--profile", profile, "--"])
        .args(arguments)
        .env("CARGO_TARGET_DIR", built.parent().unwrap())
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(clone)
        .output()
        .unwrap()
}

#[test]
fn two_clones_share_a_target_folder() {
    let here = Workspace::here().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    copy(here.root(), &one);
    copy(here.root(), &two);
    let edited = "harvest-generated/src/v1/users.rs";
    let text_of = |clone: &Path| fs::read_to_string(clone.join(edited)).unwrap();
    let original = text_of(&one);
    fs::write(two.join(edited), format!("{original}// by hand\n")).unwrap();

    let output = cargo_xtask(&one, &["regen", "--check"]);
    assert!(output.status.success(), "{}", text(&output));
    let output = cargo_xtask(&two, &["regen", "--check"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(
        text(&output).contains(&format!("{edited}: differs")),
        "{}",
        text(&output)
    );

    fs::write(one.join(edited), "// by hand, too\n").unwrap();
    let output = cargo_xtask(&two, &["regen"]);
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(text_of(&two), original);
    assert_eq!(
        text_of(&one),
        "// by hand, too\n",
        "the other clone is untouched"
    );
}

/// Every Rust file of the workspace and of `fuzz`.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") && !path.ends_with("node_modules") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_source_compiles_a_path_of_the_clone_in() {
    let here = Workspace::here().unwrap();
    let mut found = Vec::new();
    sources(here.root(), &mut found);
    assert!(found.len() > 300, "the scan sees too little");
    let compiled = concat!("env!(\"CARGO_MANIFEST", "_DIR\")");
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains(compiled),
            "{} compiles the folder of the clone in: ask at run time, or use a path relative to \
             the package, in which cargo runs tests",
            path.display()
        );
    }
}
