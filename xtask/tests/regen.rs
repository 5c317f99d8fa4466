//! `regen` and `regen --check`: what they write, what they notice, and what they say.

mod common;

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use common::{Sandbox, text};
use xtask::regen::{self, Change};
use xtask::workspace::Workspace;

const DIST: &str = "harvest-spec/dist/v1.json";
const MODELS: &str = "harvest-generated/src/v1/types/things.rs";
const OPERATIONS: &str = "harvest-generated/src/v1/things.rs";

/// Runs the check, which has to fail, and returns what it says.
fn refused(sandbox: &Sandbox) -> String {
    let output = sandbox.xtask(&["regen", "--check"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    text(&output)
}

#[test]
fn what_regen_wrote_is_clean() {
    let sandbox = Sandbox::generated();
    assert!(sandbox.read(MODELS).contains("pub struct Thing "));
    assert!(sandbox.read(OPERATIONS).contains("pub fn list_things"));
    assert_eq!(sandbox.changes(), []);
    let output = sandbox.xtask(&["regen", "--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        text(&output).contains("v1: 2 operations, 4 schemas, 1 resources"),
        "{}",
        text(&output)
    );
}

#[test]
fn a_check_writes_nothing() {
    let sandbox = Sandbox::described();
    let before = sandbox.files();
    refused(&sandbox);
    assert_eq!(sandbox.files(), before);
}

#[test]
fn an_edit_by_hand_is_noticed_and_undone() {
    let sandbox = Sandbox::generated();
    let original = sandbox.read(OPERATIONS);
    sandbox.edit(OPERATIONS, "pub fn list_things", "pub fn list_all_things");
    assert_eq!(sandbox.changes(), [Change::Differs(OPERATIONS.to_owned())]);
    let said = refused(&sandbox);
    assert!(
        said.lines()
            .any(|l| l.starts_with(&format!("{OPERATIONS}: differs")) && l.contains("regen")),
        "{said}"
    );
    assert!(
        said.lines()
            .any(|l| l.starts_with('-') && l.contains("pub fn list_all_things")),
        "{said}"
    );
    assert!(
        said.lines()
            .any(|l| l.starts_with('+') && l.contains("pub fn list_things")),
        "{said}"
    );
    assert!(said.contains("cargo xtask regen"), "{said}");

    assert!(sandbox.xtask(&["regen"]).status.success());
    assert_eq!(sandbox.read(OPERATIONS), original);
}

#[test]
fn a_missing_file_is_noticed_and_written() {
    let sandbox = Sandbox::generated();
    sandbox.remove(MODELS);
    assert_eq!(sandbox.changes(), [Change::Missing(MODELS.to_owned())]);
    assert!(refused(&sandbox).contains(&format!("{MODELS}: missing")));
    let output = sandbox.xtask(&["regen"]);
    assert!(
        text(&output).contains(&format!("wrote (new) {MODELS}")),
        "{}",
        text(&output)
    );
    assert_eq!(sandbox.changes(), []);
}

#[test]
fn stale_files_are_noticed_and_removed() {
    let sandbox = Sandbox::generated();
    let stale = [
        "harvest-generated/src/v1/gadgets.rs",
        "harvest-spec/dist/v0.json",
    ];
    for path in stale {
        sandbox.write(path, "// not written any more\n");
    }
    let expected: Vec<_> = stale
        .iter()
        .map(|p| Change::Stale((*p).to_owned()))
        .collect();
    assert_eq!(sandbox.changes(), expected);
    let said = refused(&sandbox);
    for path in stale {
        assert!(
            said.lines()
                .any(|l| l.starts_with(&format!("{path}: stale")) && l.contains("regen")),
            "{said}"
        );
    }
    assert!(sandbox.xtask(&["regen"]).status.success());
    for path in stale {
        assert!(!sandbox.root().join(path).exists(), "{path}");
    }
}

#[test]
fn what_a_build_leaves_behind_is_not_stale() {
    let sandbox = Sandbox::generated();
    sandbox.write("harvest-generated/Cargo.lock", "");
    sandbox.write("harvest-generated/target/debug/thing", "");
    assert_eq!(sandbox.changes(), []);
}

#[test]
fn a_description_that_changed_without_regen_is_noticed() {
    let sandbox = Sandbox::generated();
    sandbox.edit(
        "harvest-spec/v1/resources/things/schemas.yaml",
        "    name: {type: string, description: What it is called., minLength: 1}",
        "    name: {type: string, description: What it is called., minLength: 1}\n    weight: \
         {type: number, description: In kilograms.}",
    );
    let found = sandbox.changes();
    for path in [DIST, MODELS] {
        assert!(
            found.contains(&Change::Differs(path.to_owned())),
            "{found:?}"
        );
    }
    let said = refused(&sandbox);
    assert!(
        said.lines()
            .any(|l| l.starts_with('+') && l.contains("pub weight:")),
        "{said}"
    );
}

#[test]
fn a_second_run_touches_nothing() {
    let sandbox = Sandbox::generated();
    // A moment long ago: any write would show, however coarse the clock of the file system.
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in sandbox.files() {
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(past)
            .unwrap();
    }
    let files = sandbox.files();
    let output = sandbox.xtask(&["regen"]);
    let said = text(&output);
    assert!(
        said.contains("\n0 written, 0 removed, ") && said.contains(" unchanged, in "),
        "{said}"
    );
    assert_eq!(said.lines().count(), 2, "{said}");
    assert_eq!(sandbox.files(), files);
    for path in files {
        assert_eq!(
            fs::metadata(&path).unwrap().modified().unwrap(),
            past,
            "{}",
            path.display()
        );
    }
}

#[test]
fn one_change_touches_only_what_it_concerns() {
    let sandbox = Sandbox::generated();
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let manifest = sandbox.root().join("harvest-generated/Cargo.toml");
    sandbox.remove(MODELS);
    File::options()
        .write(true)
        .open(&manifest)
        .unwrap()
        .set_modified(past)
        .unwrap();
    let workspace = sandbox.workspace();
    let written = regen::plan(&workspace).unwrap().write(&workspace).unwrap();
    assert_eq!(written, [Change::Missing(MODELS.to_owned())]);
    assert_eq!(fs::metadata(&manifest).unwrap().modified().unwrap(), past);
}

fn to_crlf(path: &Path) {
    let text = fs::read_to_string(path)
        .unwrap()
        .replace("\r\n", "\n")
        .replace('\n', "\r\n");
    fs::write(path, text).unwrap();
}

#[test]
fn a_checkout_with_other_line_ends_is_clean() {
    let sandbox = Sandbox::generated();
    let hash = |sandbox: &Sandbox| {
        let root = sandbox.root().join("harvest-spec/v1/openapi.yaml");
        harvest_codegen::load::load(&root, sandbox.root())
            .unwrap()
            .hash()
            .to_owned()
    };
    let before = (
        hash(&sandbox),
        regen::plan(&sandbox.workspace()).unwrap().files,
    );
    for path in sandbox.files() {
        to_crlf(&path);
    }
    assert!(sandbox.read(MODELS).contains("\r\n"));
    assert!(
        sandbox
            .read("harvest-spec/v1/resources/things/list_things.yaml")
            .contains("|-\r\n")
    );
    assert_eq!(
        (
            hash(&sandbox),
            regen::plan(&sandbox.workspace()).unwrap().files
        ),
        before
    );
    assert_eq!(sandbox.changes(), []);
    let output = sandbox.xtask(&["regen", "--check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
}

#[test]
fn our_own_description_hashes_the_same_with_other_line_ends() {
    let here = Workspace::here().unwrap().versions().unwrap();
    let copy = tempfile::tempdir().unwrap();
    for version in here {
        let from = version.root.parent().unwrap();
        let to = copy.path().join(&version.name);
        copy_as_crlf(from, &to);
        let hash = |root: &Path| {
            harvest_codegen::load::load(root, root.parent().unwrap())
                .unwrap()
                .hash()
                .to_owned()
        };
        assert_eq!(
            hash(&to.join("openapi.yaml")),
            hash(&version.root),
            "{}",
            version.name
        );
    }
}

fn copy_as_crlf(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_as_crlf(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
            to_crlf(&target);
        }
    }
}

#[test]
fn broken_rules_are_reported_with_file_and_operation() {
    let sandbox = Sandbox::generated();
    let generated = sandbox.read(OPERATIONS);
    sandbox.edit(
        "harvest-spec/v1/resources/things/create_thing.yaml",
        "summary: Add a thing\n",
        "",
    );
    for arguments in [&["regen"][..], &["regen", "--check"], &["lint"]] {
        let output = sandbox.xtask(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = text(&output);
        assert!(
            said.contains("harvest-spec/v1/resources/things/create_thing.yaml:1:1: "),
            "{said}"
        );
        assert!(said.contains("create_thing: no summary [words]"), "{said}");
        assert!(said.contains("1 finding"), "{said}");
    }
    assert_eq!(sandbox.read(OPERATIONS), generated);
}

#[test]
fn references_to_nothing_are_reported_with_file_and_place() {
    let sandbox = Sandbox::described();
    sandbox.edit(
        "harvest-spec/v1/resources/things/create_thing.yaml",
        "schemas.yaml#/ThingCreate",
        "schemas.yaml#/ThingMake",
    );
    let output = sandbox.xtask(&["regen"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    assert!(
        said.starts_with("harvest-spec/v1/resources/things/create_thing.yaml:13:7: "),
        "{said}"
    );
    assert!(said.contains("schemas.yaml#/ThingMake"), "{said}");
    assert!(!sandbox.root().join("harvest-generated").exists());
}

#[test]
fn yaml_that_does_not_parse_is_reported_with_file_and_line() {
    let sandbox = Sandbox::described();
    sandbox.write(
        "harvest-spec/v1/resources/things/list_things.yaml",
        "operationId: list_things\ntags: [things\n",
    );
    let output = sandbox.xtask(&["regen"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    assert!(
        said.starts_with("harvest-spec/v1/resources/things/list_things.yaml:3:1: not YAML"),
        "{said}"
    );
    assert!(said.contains("line"), "{said}");
}

#[test]
fn a_workspace_without_descriptions_is_an_error() {
    let empty = tempfile::tempdir().unwrap();
    let error = regen::plan(&Workspace::new(empty.path()))
        .unwrap_err()
        .to_string();
    assert!(error.contains("harvest-spec"), "{error}");
}

#[test]
fn a_description_without_findings_passes_lint() {
    let output = Sandbox::described().xtask(&["lint"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(text(&output), "v1: no findings\n");
}
