//! `diff` as a command: where the old description comes from.

use xtask::diff;
use xtask::workspace::Workspace;

use crate::common::{Sandbox, text};

/// A workspace whose description is committed, and published, as `HEAD`.
fn committed() -> Sandbox {
    let sandbox = Sandbox::generated();
    sandbox.git(&["init", "--quiet"]);
    sandbox.git(&["add", "--all"]);
    sandbox.git(&["commit", "--quiet", "--message", "Start"]);
    sandbox
}

const MODELS: &str = "harvest-spec/v1/resources/things/schemas.yaml";

#[test]
fn since_a_revision() {
    let sandbox = committed();
    let output = sandbox.xtask(&["diff", "HEAD", "--fail-on-breaking"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(text(&output), "v1 since HEAD\nnothing changed\n");

    // The working tree counts, not what was made of it last.
    sandbox.edit(
        MODELS,
        "    name: {type: string, nullable: true,",
        "    name: {type: string, nullable: true, deprecated: true,",
    );
    sandbox.edit(
        MODELS,
        "required: [name]\n  properties:\n    name: {type: string, description: What it is \
         called., minLength: 1}",
        "properties:\n    name: {type: string, description: What it is called., minLength: 2}",
    );
    let expected = "\
v1 since HEAD
  API       Rust
schema Thing
  ok                  field `name` is deprecated
            ok        `Thing::name` is deprecated
schema ThingCreate
  BREAKING            field `name`: minLength is `2` now, was `1`
  ok                  field `name` is optional now
            BREAKING  removed: `ThingCreate::new`
            BREAKING  `ThingCreate::name` is `Option<String>` now, was `String`
            ok        added: `ThingCreate::name`
API: 3 changes, 1 breaking; Rust: 4 changes, 2 breaking
";
    let output = sandbox.xtask(&["diff", "HEAD", "--version", "v1"]);
    assert_eq!(text(&output), expected);
    assert_eq!(output.status.code(), Some(0));
    let output = sandbox.xtask(&["diff", "HEAD", "--fail-on-breaking"]);
    assert_eq!(text(&output), expected);
    assert_eq!(output.status.code(), Some(1));

    // Committed without regen: the published document is what counts, and has not changed.
    sandbox.git(&["commit", "--quiet", "--all", "--message", "Change"]);
    assert_eq!(
        text(&sandbox.xtask(&["diff", "HEAD~1"])),
        expected.replace("HEAD", "HEAD~1")
    );
    assert!(sandbox.xtask(&["regen"]).status.success());
    sandbox.git(&["commit", "--quiet", "--all", "--message", "Regenerate"]);
    assert_eq!(
        text(&sandbox.xtask(&["diff", "HEAD"])),
        "v1 since HEAD\nnothing changed\n"
    );
}

#[test]
fn a_workspace_inside_of_a_repository() {
    let outer = tempfile::tempdir().unwrap();
    let sandbox = committed();
    let inner = outer.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    let run = |folder: &std::path::Path, arguments: &[&str]| {
        let output = std::process::Command::new("git")
            .arg("-C")
            .arg(folder)
            .args([
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgSign=false",
            ])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output));
    };
    for path in sandbox.files() {
        let relative = path.strip_prefix(sandbox.root()).unwrap();
        if relative.starts_with(".git") {
            continue;
        }
        let to = inner.join(relative);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&path, to).unwrap();
    }
    run(outer.path(), &["init", "--quiet"]);
    run(outer.path(), &["add", "--all"]);
    run(outer.path(), &["commit", "--quiet", "--message", "Start"]);
    let compared = diff::since(&Workspace::new(&inner), "HEAD", None).unwrap();
    let compared = compared.compared;
    assert_eq!(compared.len(), 1);
    assert_eq!(compared[0].rust, []);
    assert_eq!(compared[0].remark, None);
    assert_eq!(compared[0].comparison, diff::Comparison::default());
}

#[test]
fn a_new_version_is_all_new_and_a_version_that_is_gone_is_all_gone() {
    let sandbox = committed();
    std::fs::rename(
        sandbox.root().join("harvest-spec/v1"),
        sandbox.root().join("harvest-spec/v9"),
    )
    .unwrap();
    let output = sandbox.xtask(&["diff", "HEAD"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let said = text(&output);
    let (v1, rest) = said.split_once("v9 since HEAD\n").unwrap();
    let (v9, features) = rest.split_once("harvest-generated since HEAD\n").unwrap();
    assert!(
        features.contains("BREAKING  the feature `v1` removed\n"),
        "{said}"
    );
    assert!(
        v1.starts_with("v1 since HEAD\nthis version was in HEAD, and is gone\n"),
        "{said}"
    );
    assert!(
        v1.contains("operation create_thing\n  BREAKING            removed: POST /v1/things\n"),
        "{said}"
    );
    assert!(
        v9.starts_with("HEAD does not have this version: all of it is new\n"),
        "{said}"
    );
    assert!(
        v9.contains("operation create_thing\n  ok                  added: POST /v1/things\n"),
        "{said}"
    );
    assert!(
        v9.ends_with(
            "schema Maker\n  ok                  added\nschema Thing\n  ok                  added\n\
             schema ThingCreate\n  ok                  added\nschema ThingId\n  \
             ok                  added\nAPI: 6 changes, 0 breaking; Rust: 1 change, 0 breaking\n"
        ),
        "{said}"
    );
}

/// Runs diff, which has to fail, and returns what it says.
#[track_caller]
fn refused(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let output = sandbox.xtask(arguments);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    text(&output)
}

#[test]
fn what_is_not_there_is_said() {
    let sandbox = committed();
    let said = refused(&sandbox, &["diff", "nowhere"]);
    assert!(
        said.starts_with("`nowhere` is no revision of this repository ("),
        "{said}"
    );
    let said = refused(&sandbox, &["diff", "HEAD", "--version", "v7"]);
    assert_eq!(said, "there is no version `v7`; there is v1\n");

    sandbox.remove("harvest-spec/dist/v1.json");
    sandbox.git(&["commit", "--quiet", "--all", "--message", "Unpublish"]);
    let said = refused(&sandbox, &["diff", "HEAD"]);
    assert!(
        said.starts_with("HEAD has harvest-spec/v1, but no harvest-spec/dist/v1.json"),
        "{said}"
    );

    sandbox.write("harvest-spec/dist/v1.json", "{");
    sandbox.git(&["add", "--all"]);
    sandbox.git(&["commit", "--quiet", "--message", "Break"]);
    let said = refused(&sandbox, &["diff", "HEAD"]);
    assert!(
        said.starts_with("HEAD:harvest-spec/dist/v1.json is no JSON"),
        "{said}"
    );

    sandbox.edit(MODELS, "ThingCreate:", "ThingMake:");
    let said = refused(&sandbox, &["diff", "HEAD~2"]);
    assert!(
        said.starts_with("harvest-spec/v1/resources/things/create_thing.yaml:13:7: "),
        "{said}"
    );
}

#[test]
fn a_folder_without_a_repository_is_said() {
    let said = refused(&Sandbox::described(), &["diff", "HEAD"]);
    assert!(
        said.starts_with("`HEAD` is no revision of this repository ("),
        "{said}"
    );
}
