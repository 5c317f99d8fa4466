//! Effects of a change of the description on those who use the client, from the description to the report.

use xtask::diff;

use crate::common::Sandbox;

const LIST: &str = "harvest-spec/v1/resources/things/list_things.yaml";
const CREATE: &str = "harvest-spec/v1/resources/things/create_thing.yaml";
const MODELS: &str = "harvest-spec/v1/resources/things/schemas.yaml";
const ROOT: &str = "harvest-spec/v1/openapi.yaml";

/// A committed description with some more to change.
fn base() -> Sandbox {
    let sandbox = Sandbox::described();
    sandbox.edit(
        MODELS,
        "    name: {type: string, description: What it is called., minLength: 1}\n",
        "    name: {type: string, description: What it is called., minLength: 1}
    note: {type: string, description: In words.}
    color:
      description: Its color.
      allOf: [{$ref: '#/Color'}]
Color:
  type: string
  description: A color.
  enum: [red]
",
    );
    let output = sandbox.xtask(&["regen"]);
    assert!(output.status.success(), "{}", crate::common::text(&output));
    sandbox.git(&["init", "--quiet"]);
    sandbox.git(&["add", "--all"]);
    sandbox.git(&["commit", "--quiet", "--message", "Start"]);
    sandbox
}

/// The changes, a line each, with `!` where they break: those of the API, and those of the client.
fn changes(sandbox: &Sandbox) -> [Vec<String>; 2] {
    let since = diff::since(&sandbox.workspace(), "HEAD", None).unwrap();
    assert!(since.without_rust.is_none(), "{:?}", since.without_rust);
    let line = |change: &diff::Change| {
        let mark = if change.breaking { "! " } else { "" };
        format!("{mark}{}: {}", change.subject, change.what)
    };
    let compared = since.compared.iter();
    let api = compared
        .clone()
        .flat_map(|c| &c.comparison.changes)
        .map(line);
    let rust = compared.flat_map(|c| &c.rust).map(line);
    [api.collect(), rust.collect()]
}

/// After some edits of files, each a path with old and new text, this is said about the API and about the client; and the
/// command fails exactly if something breaks.
#[track_caller]
fn says(edits: &[(&str, &str, &str)], api: &[&str], rust: &[&str]) {
    let sandbox = base();
    for (path, old, new) in edits {
        sandbox.edit(path, old, new);
    }
    assert_eq!(changes(&sandbox), [api, rust], "{edits:?}");
    let output = sandbox.xtask(&["diff", "HEAD", "--fail-on-breaking"]);
    let breaks = api.iter().chain(rust).any(|line| line.starts_with('!'));
    assert_eq!(output.status.success(), !breaks, "{edits:?}");
}

#[test]
fn paging_that_is_removed() {
    says(
        &[(
            LIST,
            "x-harvest-pagination: next-only",
            "x-harvest-pagination: none",
        )],
        &[
            "operation list_things: the operation: x-harvest-pagination is `none` now, was \
             `next-only`",
        ],
        &["! operation list_things: removed: `ListThings::items`, `ListThings::pages`"],
    );
}

#[test]
fn a_property_of_an_answer_that_is_required() {
    says(
        &[(
            MODELS,
            "  required: [id]\n  properties:\n    id: {$ref: '#/ThingId'}\n    name: {type: \
             string, nullable: true,",
            "  required: [id, name]\n  properties:\n    id: {$ref: '#/ThingId'}\n    name: {type: \
             string,",
        )],
        &[
            "schema Thing: field `name` may no longer be null",
            "schema Thing: field `name` is required now",
        ],
        &["! schema Thing: `Thing::name` is `String` now, was `Option<String>`"],
    );
}

#[test]
fn a_property_of_a_request_that_may_be_null() {
    says(
        &[(
            MODELS,
            "    note: {type: string,",
            "    note: {type: string, nullable: true,",
        )],
        &["schema ThingCreate: field `note` may be null now"],
        &[
            "! schema ThingCreate: `ThingCreate::note` is `Patch<String>` now, was \
             `Option<String>`",
            "schema ThingCreate: added: `ThingCreate::clear_note`",
        ],
    );
}

#[test]
fn a_value_of_an_enumeration_that_is_added() {
    says(
        &[(MODELS, "enum: [red]", "enum: [red, blue]")],
        &["schema Color: the model has a new value `blue`"],
        &["schema Color: added: `Color::Blue`"],
    );
    says(
        &[(MODELS, "enum: [red]", "enum: [blue]")],
        &[
            "schema Color: the model has a new value `blue`",
            "! schema Color: the model no longer has the value `red`",
        ],
        &[
            "! schema Color: removed: `Color::Red`",
            "schema Color: added: `Color::Blue`",
        ],
    );
}

#[test]
fn a_property_that_is_renamed() {
    says(
        &[
            (
                MODELS,
                "    made_by:\n      nullable: true",
                "    maker:\n      nullable: true",
            ),
            (LIST, "made_by: {", "maker: {"),
            (CREATE, "made_by: null", "maker: null"),
        ],
        &[
            "! schema Thing: field `made_by` removed, was `Maker`",
            "schema Thing: field `maker` added: `Maker`, optional",
        ],
        &[
            "! schema Thing: removed: `Thing::made_by`",
            "schema Thing: added: `Thing::maker`",
        ],
    );
}

#[test]
fn a_parameter_that_is_required() {
    says(
        &[(
            LIST,
            "    in: query\n",
            "    in: query\n    required: true\n",
        )],
        &["! operation list_things: query parameter `per_page` is required now"],
        &[
            "! operation list_things: removed: `ListThings::per_page`",
            "! operation list_things: `Client::list_things` is `fn(&self, i32) -> ListThings<M>` \
             now, was `fn(&self) -> ListThings<M>`",
        ],
    );
}

#[test]
fn a_required_property_of_a_body_that_is_added() {
    says(
        &[
            (
                MODELS,
                "  required: [name]\n  properties:\n    name: {type: string, description: What it \
                 is called., minLength: 1}",
                "  required: [name, size]\n  properties:\n    size: {type: integer, format: int32, \
                 description: In feet.}\n    name: {type: string, description: What it is called., \
                 minLength: 1}",
            ),
            (
                CREATE,
                "example: {name: Lamp}",
                "example: {name: Lamp, size: 3}",
            ),
        ],
        &["! schema ThingCreate: field `size` added: `integer` (int32), required"],
        &[
            "! schema ThingCreate: `ThingCreate::new` is `fn(impl Into<i32>, impl Into<String>) -> \
             Self` now, was `fn(impl Into<String>) -> Self`",
            "schema ThingCreate: added: `ThingCreate::size`",
        ],
    );
}

#[test]
fn an_operation_that_is_removed() {
    let sandbox = base();
    sandbox.edit(
        ROOT,
        "    post: {$ref: resources/things/create_thing.yaml}\n",
        "",
    );
    sandbox.remove(CREATE);
    let models = sandbox.read(MODELS);
    let (kept, _) = models.split_once("ThingCreate:").unwrap();
    sandbox.write(MODELS, kept);
    let [api, rust] = changes(&sandbox);
    assert!(
        api.contains(&"! operation create_thing: removed: POST /v1/things".to_owned()),
        "{api:?}"
    );
    assert!(
        rust.contains(
            &"! operation create_thing: removed: `Client::create_thing`, `CREATE_THING`, \
              `CreateThing`"
                .to_owned()
        ),
        "{rust:?}"
    );
}

#[test]
fn an_id_of_another_type() {
    says(
        &[
            (
                MODELS,
                "ThingId:\n  type: integer\n  format: int64\n  description: Identifies a thing.\n  \
                 x-harvest-id: true\n",
                "GadgetId:\n  type: integer\n  format: int64\n  description: Identifies a \
                 thing.\n  x-harvest-id: true\n",
            ),
            (
                MODELS,
                "id: {$ref: '#/ThingId'}",
                "id: {$ref: '#/GadgetId'}",
            ),
        ],
        &[
            "schema GadgetId: added",
            "! schema Thing: field `id` is `GadgetId` now, was `ThingId`",
            "schema ThingId: removed",
        ],
        &[
            "schema GadgetId: added: `GadgetId`",
            "! schema Thing: `Thing::id` is `GadgetId` now, was `ThingId`",
            "! schema ThingId: removed: `ThingId`",
        ],
    );
}

#[test]
fn a_feature_that_is_removed() {
    let sandbox = base();
    for (path, old, new) in [
        (ROOT, "  - name: things\n", "  - name: stuff\n"),
        (ROOT, "resources/things/list", "resources/stuff/list"),
        (ROOT, "resources/things/create", "resources/stuff/create"),
        (LIST, "tags: [things]", "tags: [stuff]"),
        (CREATE, "tags: [things]", "tags: [stuff]"),
    ] {
        sandbox.edit(path, old, new);
    }
    std::fs::rename(
        sandbox.root().join("harvest-spec/v1/resources/things"),
        sandbox.root().join("harvest-spec/v1/resources/stuff"),
    )
    .unwrap();
    let [api, rust] = changes(&sandbox);
    assert!(api.iter().all(|line| !line.starts_with('!')), "{api:?}");
    for line in [
        "! the client: the feature `full` no longer switches `things` on",
        "! the client: the feature `things` removed",
        "! operation list_things: `Client::list_things` needs the feature `stuff` now: `things` no \
         longer brings it",
        "! schema Thing: `Thing` needs the feature `stuff` now: `things` no longer brings it",
        "! the client: removed: `things`",
    ] {
        assert!(rust.iter().any(|found| found == line), "{line}: {rust:#?}");
    }
}

#[test]
fn an_operation_with_a_new_name_that_keeps_the_former_one() {
    let sandbox = base();
    std::fs::rename(
        sandbox.root().join(LIST),
        sandbox
            .root()
            .join(LIST.replace("list_things", "list_all_things")),
    )
    .unwrap();
    let path = LIST.replace("list_things", "list_all_things");
    sandbox.edit(
        &path,
        "operationId: list_things",
        "operationId: list_all_things",
    );
    sandbox.edit(
        &path,
        "security:",
        "x-harvest-formerly: [list_things]\nsecurity:",
    );
    sandbox.edit(ROOT, "list_things.yaml", "list_all_things.yaml");
    let [api, rust] = changes(&sandbox);
    assert_eq!(
        api,
        ["operation list_all_things: is called so now, was `list_things`"]
    );
    assert_eq!(
        rust,
        [
            "operation list_all_things: `Client::list_things` is deprecated",
            "operation list_all_things: `LIST_THINGS` is deprecated",
            "operation list_all_things: `ListThings` is called `ListAllThings` now, and still goes \
             by its former name",
            "operation list_all_things: `ListThings` is deprecated",
            "operation list_all_things: added: `Client::list_all_things`, `LIST_ALL_THINGS`",
        ]
    );
    let output = sandbox.xtask(&["diff", "HEAD", "--fail-on-breaking"]);
    assert!(output.status.success());

    // Without it, the name is gone, and nothing says what it became.
    sandbox.edit(&path, "x-harvest-formerly: [list_things]\n", "");
    let [api, rust] = changes(&sandbox);
    assert!(
        api.contains(&"! operation list_things: removed: GET /v1/things".to_owned()),
        "{api:?}"
    );
    assert!(
        rust.contains(
            &"! operation list_things: removed: `Client::list_things`, `LIST_THINGS`, `ListThings`"
                .to_owned()
        ),
        "{rust:?}"
    );
}

#[test]
fn what_does_not_compile_is_compared_as_far_as_it_goes() {
    let sandbox = base();
    sandbox.edit(LIST, "summary: List things\n", "");
    let output = sandbox.xtask(&["diff", "HEAD"]);
    let said = crate::common::text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("v1 since HEAD\n"), "{said}");
    assert!(said.contains("no summary [words]"), "{said}");
    assert!(
        said.ends_with("nothing is said about Rust: the descriptions do not compile\n"),
        "{said}"
    );
}
