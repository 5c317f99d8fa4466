//! A second version without a client, and the page about moving to it.

mod common;

use common::{Sandbox, text};
use xtask::regen::Change;

const PAGE: &str = "docs/migrating.md";
const MIGRATION: &str = "harvest-spec/migration.yaml";

/// Two versions, of which the second is published without a client, and what becomes of the first.
fn described() -> Sandbox {
    let sandbox = Sandbox::described();
    let first = sandbox.root().join("harvest-spec/v1");
    for path in sandbox.files() {
        let inner = path.strip_prefix(&first).unwrap().display().to_string();
        let content = std::fs::read_to_string(&path).unwrap();
        sandbox.write(&format!("harvest-spec/v2/{inner}"), &content);
    }
    sandbox.edit(
        "harvest-spec/v2/openapi.yaml",
        "paths:\n",
        "x-harvest-conventions: {client: false, openapi-3.1: v2.openapi-3.1.json}\npaths:\n",
    );
    sandbox.write(
        MIGRATION,
        "\
from: v1
to: v2
parameters: {}
operations:
  list_things:
    to: [list_things]
    basis: pattern
    note: Nothing else.
    parameters:
      per_page: {renamed: per_page, note: As a | b.}
  create_thing: {to: [], basis: pattern}
models:
  Thing:
    to: [Thing]
    properties:
      made_by: {moved: [Maker.name]}
enumerations: {}
",
    );
    sandbox
}

#[test]
fn a_version_without_a_client_is_published_and_nothing_else() {
    let sandbox = described();
    let output = sandbox.xtask(&["regen"]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(
        text(&output).contains("v2: 2 operations, 4 schemas, 1 resources; no client"),
        "{}",
        text(&output)
    );
    assert!(
        sandbox
            .read("harvest-spec/dist/v2.json")
            .contains("\"3.0.3\"")
    );
    assert!(
        sandbox
            .read("harvest-spec/dist/v2.openapi-3.1.json")
            .contains("\"3.1.0\"")
    );
    // The policy of the source is no part of what is published.
    assert!(
        !sandbox
            .read("harvest-spec/dist/v2.json")
            .contains("conventions")
    );
    let modules: Vec<_> = sandbox.files();
    assert!(
        !modules
            .iter()
            .any(|path| path.ends_with("harvest-generated/src/v2"))
    );
    assert!(!sandbox.read("harvest-generated/src/lib.rs").contains("v2"));
    assert_eq!(sandbox.changes(), []);
}

#[test]
fn the_page_and_the_code_say_what_takes_the_place() {
    let sandbox = described();
    assert!(sandbox.xtask(&["regen"]).status.success());
    let page = sandbox.read(PAGE);
    for line in [
        "# Moving from v1 to v2",
        "| `list_things` (`GET /v1/things`) | `list_things` (`GET /v1/things`) | Nothing \
         else.<br>`per_page`: `per_page`. As a \\| b. | pattern |",
        "| `create_thing` (`POST /v1/things`) | nothing |  | pattern |",
        "| `made_by` | `Maker.name` |",
    ] {
        assert!(page.lines().any(|it| it == line), "{line}\n{page}");
    }
    let code = sandbox.read("harvest-generated/src/v1/things.rs");
    assert!(
        code.contains("/// In v2: `list_things` (`GET /v1/things`)."),
        "{code}"
    );
    assert!(
        code.contains("/// In v2 nothing takes its place."),
        "{code}"
    );
    // Programs read the same.
    let table: serde_json::Value =
        serde_json::from_str(&sandbox.read("harvest-spec/dist/v1.migration.json")).unwrap();
    assert_eq!(
        table["operations"]["list_things"]["to"][0], "list_things",
        "{table}"
    );
    assert_eq!(
        table["models"]["Thing"]["properties"]["made_by"]["moved"][0],
        "Maker.name"
    );
    assert!(table["operations"]["create_thing"].get("note").is_none());
    // A page that was edited by hand is noticed.
    sandbox.edit(PAGE, "Nothing else.", "Something else.");
    assert_eq!(sandbox.changes(), [Change::Differs(PAGE.to_owned())]);
}

#[test]
fn what_is_not_described_cannot_be_named() {
    for (old, new, said) in [
        (
            "to: [list_things]",
            "to: [find_things]",
            "list_things: v2 has no operation `find_things`",
        ),
        (
            "  create_thing: {",
            "  make_thing: {",
            "make_thing: v1 has no operation `make_thing`",
        ),
        (
            "to: [Thing]",
            "to: [Item]",
            "Thing: v2 has no schema `Item`",
        ),
        (
            "[Maker.name]",
            "[Maker.title]",
            "Thing: v2 has no `Maker.title`",
        ),
        (
            "      made_by:",
            "      maker:",
            "Thing: v1 has no property `maker`",
        ),
        ("to: v2", "to: v4", "there is no version `v4`"),
        ("to: v2", "towards: v2", "unknown field `towards`"),
    ] {
        let sandbox = described();
        sandbox.edit(MIGRATION, old, new);
        let output = sandbox.xtask(&["regen"]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output));
        let output = text(&output);
        assert!(output.contains("harvest-spec/migration.yaml: "), "{output}");
        assert!(output.contains(said), "{output}");
    }
}
