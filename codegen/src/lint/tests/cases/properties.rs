//! Ways to break a property, and what models are for.

use serde_json::json;

use super::{Case, Change, Remove, Set, case};

pub(super) fn property_cases() -> Vec<Case> {
    vec![
        case(
            "nullable",
            None,
            "/components/schemas/Book/properties/title",
            [Remove("/components/schemas/Book/properties/title/nullable")],
        ),
        case(
            "nullable",
            None,
            "/components/schemas/Author/properties/mentor",
            [Set(
                "/components/schemas/Author/properties/mentor",
                json!({"$ref": "#/components/schemas/Author"}),
            )],
        ),
        case(
            "direction",
            None,
            "/components/schemas/Author/properties/name",
            [Set(
                "/components/schemas/BookCreate/properties/author",
                json!({"$ref": "#/components/schemas/Author"}),
            )],
        ),
        case(
            "words",
            None,
            "/components/schemas/Book/properties/title",
            [Remove(
                "/components/schemas/Book/properties/title/description",
            )],
        ),
        case(
            "id",
            None,
            "/components/schemas/Book/properties/author_id",
            [Set(
                "/components/schemas/Book/properties/author_id",
                json!({"type": "integer", "format": "int64", "nullable": true,
                    "description": "Whose."}),
            )],
        ),
        case(
            "id",
            None,
            "/components/schemas/BookCreate/properties/author_ids",
            [Set(
                "/components/schemas/BookCreate/properties/author_ids",
                json!({"type": "array", "description": "Whose.",
                    "items": {"type": "integer", "format": "int64"}}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/authorId",
            [Set(
                "/components/schemas/BookCreate/properties/authorId",
                json!({"type": "string", "description": "Written otherwise."}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/new",
            [Set(
                "/components/schemas/BookCreate/properties/new",
                json!({"type": "boolean", "description": "Taken."}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/BookCreate/properties/clear_subtitle",
            [Set(
                "/components/schemas/BookCreate/properties/clear_subtitle",
                json!({"type": "boolean", "description": "Taken."}),
            )],
        ),
        case(
            "property",
            None,
            "/components/schemas/Book/properties/received",
            [Set(
                "/components/schemas/Book/properties/received",
                json!({"type": "string", "nullable": true, "description": "Taken."}),
            )],
        ),
    ]
}

pub(super) fn role_cases() -> Vec<Case> {
    let role = |pointer, changes: Vec<Change>| case("runtime-type", None, pointer, changes);
    vec![
        role(
            "/components/schemas/Note/x-harvest-runtime-type",
            vec![Set(
                "/components/schemas/Note/x-harvest-runtime-type",
                json!("custom-field"),
            )],
        ),
        role(
            "/components/schemas/Note/x-harvest-runtime-type",
            vec![Set(
                "/components/schemas/Note/x-harvest-runtime-type",
                json!(true),
            )],
        ),
        role(
            "/components/schemas/Book/properties/extra",
            vec![Set(
                "/components/schemas/Book/properties/extra",
                json!({"x-harvest-runtime-type": "custom-field-value", "nullable": true,
                    "description": "Anything."}),
            )],
        ),
        role(
            "/components/schemas/NoteValue",
            vec![Set("/components/schemas/NoteValue/type", json!("string"))],
        ),
        role(
            "/components/schemas/Notes",
            vec![Set(
                "/components/schemas/Notes/additionalProperties",
                json!({"$ref": "#/components/schemas/NoteValue"}),
            )],
        ),
        role(
            "/components/schemas/Notes",
            vec![Remove("/components/schemas/Notes/additionalProperties")],
        ),
        role(
            "/components/schemas/Note/properties/colour",
            vec![Set(
                "/components/schemas/Note/properties/colour",
                json!({"type": "string", "nullable": true, "description": "Of the ink."}),
            )],
        ),
        role(
            "/components/schemas/Note",
            vec![
                Remove("/components/schemas/Note/type"),
                Remove("/components/schemas/Note/properties"),
            ],
        ),
        role(
            "/components/schemas/NoteKind",
            vec![Remove("/components/schemas/NoteKind/properties/value_type")],
        ),
    ]
}
