//! `new-operation`: the files that it writes, the steps that it lists, and what it refuses.

mod common;

use common::{Sandbox, text};

fn run(sandbox: &Sandbox, arguments: [&str; 5]) -> (bool, String) {
    let output = sandbox.xtask(&[&["new-operation"][..], &arguments].concat());
    (output.status.success(), text(&output))
}

/// Writes something in place of each TODO.
fn fill(sandbox: &Sandbox) {
    for path in sandbox.files() {
        let relative = path.strip_prefix(sandbox.root()).unwrap();
        let relative = relative.to_string_lossy().into_owned();
        if path.extension().is_some_and(|it| it == "yaml") {
            let mut filled = String::new();
            for line in sandbox.read(&relative).lines() {
                let line = line.replace(
                    "TODO: its place in the official documentation, an https URL.",
                    "https://things.example.com/docs#new",
                );
                filled += &line.replace("TODO: ", "Something: ");
                filled.push('\n');
            }
            sandbox.write(&relative, &filled);
        }
    }
}

const OPERATIONS: [[&str; 5]; 5] = [
    [
        "v1",
        "meeting_rooms",
        "list_meeting_rooms",
        "get",
        "/v1/meeting_rooms",
    ],
    [
        "v1",
        "meeting_rooms",
        "create_meeting_room",
        "post",
        "/v1/meeting_rooms",
    ],
    [
        "v1",
        "meeting_rooms",
        "get_meeting_room",
        "GET",
        "/v1/meeting_rooms/{id}",
    ],
    [
        "v1",
        "meeting_rooms",
        "delete_meeting_room",
        "delete",
        "/v1/meeting_rooms/{id}",
    ],
    ["v1", "things", "update_thing", "patch", "/v1/things/{id}"],
];

#[test]
fn what_it_writes_compiles_once_it_is_filled() {
    let sandbox = Sandbox::generated();
    sandbox.write("harvest-spec/v1/shared/schemas.yaml", "# Ids.\n");
    for arguments in OPERATIONS {
        let (is_done, said) = run(&sandbox, arguments);
        assert!(is_done, "{said}");
        assert!(said.contains(&format!("{}.yaml\n", arguments[2])), "{said}");
    }
    let root = sandbox.read("harvest-spec/v1/openapi.yaml");
    let place = |text: &str| root.find(text).unwrap_or_else(|| panic!("{text}: {root}"));
    assert!(
        place("- name: meeting_rooms") < place("- name: things"),
        "{root}"
    );
    assert!(
        place("  /v1/meeting_rooms:") < place("  /v1/meeting_rooms/{id}:"),
        "{root}"
    );
    assert!(
        place("  /v1/meeting_rooms/{id}:") < place("  /v1/things:"),
        "{root}"
    );

    // Every text that is missing is a finding with a place, and there is nothing else to say.
    let said = text(&sandbox.xtask(&["lint"]));
    let findings = said
        .lines()
        .filter(|line| line.starts_with("harvest-spec/v1/"));
    for finding in findings {
        let is_placeholder = finding.contains("TODO") && finding.ends_with("[placeholder]");
        assert!(
            is_placeholder || finding.ends_with("[documentation]"),
            "{finding}"
        );
    }
    assert!(said.contains("list_meeting_rooms.yaml:"), "{said}");
    fill(&sandbox);
    let output = sandbox.xtask(&["lint"]);
    assert_eq!(text(&output), "v1: no findings\n");
    let output = sandbox.xtask(&["regen"]);
    assert!(output.status.success(), "{}", text(&output));
    let code = sandbox.read("harvest-generated/src/v1/meeting_rooms.rs");
    for method in [
        "list_meeting_rooms",
        "create_meeting_room",
        "get_meeting_room",
        "delete_meeting_room",
    ] {
        assert!(code.contains(&format!("pub fn {method}(")), "{method}");
    }
    assert!(
        sandbox
            .read("harvest-generated/src/v1/types/meeting_rooms.rs")
            .contains("pub struct MeetingRoomCreate")
    );
}

#[test]
fn it_works_for_another_version() {
    let sandbox = Sandbox::described();
    let folder = sandbox.root().join("harvest-spec");
    std::fs::rename(folder.join("v1"), folder.join("v9")).unwrap();
    let (is_done, said) = run(&sandbox, ["v9", "rooms", "list_rooms", "get", "/v9/rooms"]);
    assert!(is_done, "{said}");
    assert!(
        sandbox
            .read("harvest-spec/v9/openapi.yaml")
            .contains("resources/rooms/list_rooms.yaml")
    );
    assert!(!said.contains("v1"), "{said}");
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let sandbox = Sandbox::described();
    let before = sandbox.files();
    let good = ["v1", "rooms", "list_rooms", "get", "/v1/rooms"];
    for (place, bad, why) in [
        (0, "v7", "there is no version `v7`; there is v1"),
        (0, "../v1", "is no folder of a version"),
        (1, "Rooms", "is no resource"),
        (1, "../rooms", "is no resource"),
        (2, "list", "is no operation"),
        (2, "listRooms", "is no operation"),
        (2, "list_things", "list_things is there already: "),
        (3, "head", "is no method"),
        (4, "v1/rooms", "is no path"),
        (4, "/v1/rooms/", "is no path"),
        (4, "/v1/{rooms", "is no path"),
        (4, "/v1/things", "GET /v1/things is described already"),
    ] {
        let mut arguments = good;
        arguments[place] = bad;
        let (is_done, said) = run(&sandbox, arguments);
        assert!(!is_done && said.contains(why), "{bad}: {said}");
    }
    assert_eq!(sandbox.files(), before);
    let root = sandbox.read("harvest-spec/v1/openapi.yaml");
    assert!(!root.contains("rooms"), "{root}");
}
