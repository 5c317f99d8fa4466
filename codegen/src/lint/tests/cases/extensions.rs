//! Ways to break what is said by extensions about whole operations and models.

use serde_json::json;

use super::{Case, Change, Remove, Set, case};

const READY: &str = "/paths/~1authors/post/x-harvest-ready";
const SPLIT: &str = "/paths/~1books/get/parameters/2/x-harvest-split";
const COVER: &str = "/components/schemas/Cover/x-harvest-file";
const NEW_COVER: &str = "/components/schemas/CoverCreate/x-harvest-file";
const SELECTOR: &str = "/components/schemas/BookSelector/x-harvest-exclusive";
const SELECTED: &str = "/components/schemas/BookSelector/x-harvest-exclusive/0";
const GROUPS: &str = "/components/schemas/BookCreate/x-harvest-exclusive";
const GROUP: &str = "/components/schemas/BookCreate/x-harvest-exclusive/0";
const MEMBERS: &str = "/components/schemas/BookCreate/x-harvest-exclusive/0/of";

pub(super) fn extension_cases() -> Vec<Case> {
    let mut cases = ready_cases();
    cases.extend(split_cases());
    cases.extend(file_cases());
    cases.extend(exclusive_cases());
    cases.extend(mark_cases());
    cases
}

fn ready_cases() -> Vec<Case> {
    let ready = |changes: Vec<Change>| case("ready", "create_author", READY, changes);
    vec![
        ready(vec![Set(READY, json!(true))]),
        ready(vec![Remove("/paths/~1authors/post/x-harvest-ready/id")]),
        ready(vec![Set(
            "/paths/~1authors/post/x-harvest-ready/every",
            json!(30),
        )]),
        // There is no such operation; it reads no record.
        ready(vec![Set(
            READY,
            json!({"operation": "find_author", "id": "id"}),
        )]),
        ready(vec![Set(
            READY,
            json!({"operation": "list_books", "id": "id"}),
        )]),
        // The answer has another id, or need not have it, or there need not be one.
        ready(vec![Set(
            "/components/schemas/Author/properties/id",
            json!({"$ref": "#/components/schemas/BookId"}),
        )]),
        ready(vec![Set(
            READY,
            json!({"operation": "get_author", "id": "name"}),
        )]),
        // A property without values, values of another property, and one that no answer has.
        ready(vec![Set(
            READY,
            json!({"operation": "get_author", "id": "id", "property": "state"}),
        )]),
        ready(vec![Set(
            READY,
            json!({"operation": "get_author", "id": "id", "property": "id", "values": ["done"]}),
        )]),
        ready(vec![Set(
            READY,
            json!({"operation": "get_author", "id": "id", "property": "state", "values": ["done"]}),
        )]),
        ready(vec![Remove("/components/schemas/Author/required")]),
        ready(vec![Set(
            "/paths/~1authors/post/responses/204",
            json!({"description": "It was there already."}),
        )]),
        case(
            "ready",
            "list_books",
            "/paths/~1books/get/x-harvest-ready",
            [Set(
                "/paths/~1books/get/x-harvest-ready",
                json!({"operation": "get_author", "id": "id"}),
            )],
        ),
    ]
}

fn split_cases() -> Vec<Case> {
    let split = |change| case("split", "list_books", SPLIT, [change]);
    vec![
        split(Set(SPLIT, json!(50))),
        split(Remove("/paths/~1books/get/parameters/2/schema/maxItems")),
        split(Remove("/paths/~1books/get/parameters/2/explode")),
        split(Set(
            "/paths/~1books/get/x-harvest-pagination",
            json!("none"),
        )),
        case(
            "split",
            "list_books",
            "/paths/~1books/get/parameters/3/x-harvest-split",
            [Set(
                "/paths/~1books/get/parameters/3/x-harvest-split",
                json!(true),
            )],
        ),
    ]
}

fn file_cases() -> Vec<Case> {
    let file = |pointer, change| case("file", None, pointer, [change]);
    vec![
        file(COVER, Set(COVER, json!({"name": "filename"}))),
        file(
            COVER,
            Set(
                COVER,
                json!({"name": "filename", "url": "url", "size": "size"}),
            ),
        ),
        file(
            NEW_COVER,
            Remove("/components/schemas/CoverCreate/x-harvest-file/content"),
        ),
        // An answer that would be sent.
        file(
            COVER,
            Set(
                "/components/schemas/BookCreate/properties/cover",
                json!({"$ref": "#/components/schemas/Cover"}),
            ),
        ),
        file(
            "/components/schemas/Cover/x-harvest-file/url",
            Set(
                "/components/schemas/Cover/x-harvest-file/url",
                json!("link"),
            ),
        ),
        file(
            "/components/schemas/CoverCreate/x-harvest-file/name",
            Remove("/components/schemas/CoverCreate/required"),
        ),
        file(
            "/components/schemas/CoverCreate/x-harvest-file/content",
            Set(
                "/components/schemas/CoverCreate/properties/content/type",
                json!("integer"),
            ),
        ),
        file(
            "/components/schemas/CoverCreate/x-harvest-file/content_type",
            Set(
                "/components/schemas/CoverCreate/properties/content_type",
                json!({"type": "string", "description": "Any."}),
            ),
        ),
        file(
            "/components/schemas/CoverCreate/x-harvest-file/url",
            Set(
                "/components/schemas/CoverCreate/properties/url/nullable",
                json!(true),
            ),
        ),
        // Not in place: it becomes no type of its own.
        file(
            "/components/schemas/Book/properties/title/x-harvest-file",
            Set(
                "/components/schemas/Book/properties/title/x-harvest-file",
                json!({"name": "filename", "url": "url"}),
            ),
        ),
    ]
}

fn exclusive_cases() -> Vec<Case> {
    let groups = |pointer, value| case("exclusive", None, pointer, [Set(pointer, value)]);
    let group = |value| case("exclusive", None, GROUP, [Set(GROUPS, json!([value]))]);
    let members = |names: [&str; 2]| case("exclusive", None, GROUP, [Set(MEMBERS, json!(names))]);
    vec![
        groups(GROUPS, json!({"of": ["author_id", "extras"]})),
        groups(GROUPS, json!([])),
        // Not in place: it becomes no type of its own.
        groups(
            "/components/schemas/BookCreate/properties/title/x-harvest-exclusive",
            json!([{"of": ["author_id", "extras"]}]),
        ),
        // An answer.
        groups(
            "/components/schemas/Book/x-harvest-exclusive",
            json!([{"of": ["title", "cover"]}]),
        ),
        group(json!(["author_id", "extras"])),
        group(json!({"of": "author_id"})),
        group(json!({"of": ["author_id"]})),
        group(json!({"of": ["author_id", "author_id"]})),
        group(json!({"of": ["author_id", 7]})),
        group(json!({"of": ["author_id", "extras"], "required": "yes"})),
        group(json!({"of": ["author_id", "extras"], "several": "refused"})),
        group(json!({"of": ["author_id", "extras"], "one": true})),
        // Not there, always there.
        members(["author_id", "publisher"]),
        members(["author_id", "title"]),
        // One variant for two properties.
        case(
            "exclusive",
            None,
            SELECTED,
            [
                Set(
                    "/components/schemas/BookSelector/properties/book__id",
                    json!({"type": "string", "description": "As printed."}),
                ),
                Set(
                    SELECTOR,
                    json!([{"of": ["book_id", "isbn", "book__id"], "required": true}]),
                ),
            ],
        ),
        case("exclusive", None, SELECTED, [Set(SELECTED, json!({}))]),
    ]
}

fn accepts_text(property: &'static str) -> Case {
    case("accepts-text", None, property, [Set(property, json!(true))])
}

fn mark_cases() -> Vec<Case> {
    let text = |pointer: &'static str, removed: &'static str| {
        case("personal", None, pointer, [Remove(removed)])
    };
    vec![
        // A text, one of a union, a map of texts, and one of custom fields.
        text(
            "/components/schemas/Book/properties/title",
            "/components/schemas/Book/properties/title/x-harvest-personal",
        ),
        text(
            "/components/schemas/Book/properties/shelf",
            "/components/schemas/Book/properties/shelf/x-harvest-personal",
        ),
        text(
            "/components/schemas/Book/properties/labels",
            "/components/schemas/Book/properties/labels/x-harvest-personal",
        ),
        text(
            "/components/schemas/Book/properties/notes",
            "/components/schemas/Book/properties/notes/x-harvest-personal",
        ),
        // A text takes texts anyway, and what is answered takes nothing.
        accepts_text("/components/schemas/BookCreate/properties/title/x-harvest-accepts-text"),
        accepts_text("/components/schemas/Book/properties/title/x-harvest-accepts-text"),
        case(
            "confidence",
            "list_books",
            "/paths/~1books/get/x-harvest-confidence",
            [Set(
                "/paths/~1books/get/x-harvest-confidence",
                json!("sure"),
            )],
        ),
        // A list of texts that was not there before.
        case(
            "personal",
            None,
            "/components/schemas/Book/properties/reviews",
            [Set(
                "/components/schemas/Book/properties/reviews",
                json!({"type": "array", "nullable": true, "description": "Of readers.",
                    "items": {"type": "string"}}),
            )],
        ),
        case(
            "personal",
            None,
            "/components/schemas/Book/properties/title/x-harvest-personal",
            [Set(
                "/components/schemas/Book/properties/title/x-harvest-personal",
                json!("secret"),
            )],
        ),
        case(
            "personal",
            None,
            "/components/schemas/BookCreate/properties/title/x-harvest-personal",
            [Set(
                "/components/schemas/BookCreate/properties/title/x-harvest-personal",
                json!("none"),
            )],
        ),
        case(
            "personal",
            None,
            "/components/schemas/Author/x-harvest-personal",
            [Set(
                "/components/schemas/Author/x-harvest-personal",
                json!("identity"),
            )],
        ),
        case(
            "confidence",
            None,
            "/components/schemas/Book/properties/price/x-harvest-confidence",
            [Set(
                "/components/schemas/Book/properties/price/x-harvest-confidence",
                json!("high"),
            )],
        ),
    ]
}
