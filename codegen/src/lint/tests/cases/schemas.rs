//! Ways to break a schema, and its type.

use serde_json::{Value, json};

use super::{Case, Remove, Set, case};

pub(super) fn schema_cases() -> Vec<Case> {
    let book = "/components/schemas/Book";
    vec![
        case(
            "reference",
            None,
            "/paths/~1books/get/responses/401/$ref",
            [Set(
                "/paths/~1books/get/responses/401/$ref",
                json!("#/components/schemas/Refusal"),
            )],
        ),
        case(
            "reference",
            None,
            "/components/responses/Refused/$ref",
            [Set(
                "/components/responses/Refused",
                json!({"$ref": "#/components/responses/Other"}),
            )],
        ),
        case(
            "schema",
            None,
            "/components/schemas/Shelf/oneOf/1/type",
            [Set("/components/schemas/Shelf/oneOf/1/type", json!("text"))],
        ),
        case(
            "reference",
            None,
            "/components/schemas/Book/properties/id/$ref",
            [Set(
                "/components/schemas/Book/properties/id/$ref",
                json!("#/components/responses/Refused"),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/book",
            [Set(
                "/components/schemas/book",
                json!({"type": "string", "description": "No type."}),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/Vec",
            [Set(
                "/components/schemas/Vec",
                json!({"type": "string", "description": "Taken."}),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/2Books",
            [Set(
                "/components/schemas/2Books",
                json!({"type": "string", "description": "No name."}),
            )],
        ),
        case(
            "schema-name",
            None,
            "/components/schemas/BookForMat",
            [Set(
                "/components/schemas/BookForMat",
                json!({"type": "string", "description": "Twice."}),
            )],
        ),
        case(
            "schema",
            None,
            "/components/schemas/Shelf",
            [Set("/components/schemas/Shelf", json!("shelf"))],
        ),
        case(
            "schema",
            None,
            "/components/schemas/Book/properties/title",
            [Set("/components/schemas/Book/properties/title", json!([]))],
        ),
        case(
            "schema",
            None,
            book,
            [Remove("/components/schemas/Book/type")],
        ),
        case(
            "words",
            None,
            book,
            [Remove("/components/schemas/Book/description")],
        ),
        case(
            "required",
            None,
            "/components/schemas/Book/required",
            [Set("/components/schemas/Book/required/-", json!("weight"))],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/Shelf/discriminator",
            [Set(
                "/components/schemas/Shelf/discriminator",
                json!({"propertyName": "kind"}),
            )],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/Labels/additionalProperties",
            [Set(
                "/components/schemas/Labels/additionalProperties",
                json!(true),
            )],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/Labels",
            [Set("/components/schemas/Labels/properties", json!({}))],
        ),
        case(
            "validation",
            None,
            "/components/schemas/Book/properties/title/maxLength",
            [Set(
                "/components/schemas/Book/properties/title/maxLength",
                json!(5),
            )],
        ),
        case(
            "validation",
            None,
            "/components/schemas/Labels/additionalProperties/minLength",
            [Set(
                "/components/schemas/Labels/additionalProperties/minLength",
                json!(1),
            )],
        ),
        case(
            "inline",
            None,
            "/components/schemas/Book/properties/title",
            [Set(
                "/components/schemas/Book/properties/title",
                json!({"type": "object", "nullable": true, "description": "Inline.",
                    "properties": {}}),
            )],
        ),
        case(
            "inline",
            None,
            "/components/schemas/Labels/additionalProperties",
            [Set(
                "/components/schemas/Labels/additionalProperties/enum",
                json!(["a"]),
            )],
        ),
    ]
}

pub(super) fn type_cases() -> Vec<Case> {
    let format = "/components/schemas/BookFormat";
    let values = |values: Value| {
        case(
            "enum",
            None,
            format,
            [Set("/components/schemas/BookFormat/enum", values)],
        )
    };
    let shelf = |members: Value| {
        case(
            "union",
            None,
            "/components/schemas/Shelf/oneOf",
            [Set("/components/schemas/Shelf/oneOf", members)],
        )
    };
    vec![
        case(
            "format",
            None,
            "/components/schemas/Book/properties/price/format",
            [Set(
                "/components/schemas/Book/properties/price/format",
                json!("decimal"),
            )],
        ),
        case(
            "format",
            None,
            "/components/schemas/Book/properties/price",
            [Remove("/components/schemas/Book/properties/price/type")],
        ),
        case(
            "format",
            None,
            "/components/schemas/Shelf/oneOf/0",
            [Remove("/components/schemas/Shelf/oneOf/0/format")],
        ),
        case(
            "id",
            None,
            "/components/schemas/BookId",
            [Set("/components/schemas/BookId/format", json!("int32"))],
        ),
        values(json!(["paperback", null])),
        values(json!(["paper back", "paperBack"])),
        values(json!(["unknown"])),
        values(json!(["+"])),
        values(json!([])),
        case(
            "enum",
            None,
            format,
            [Remove("/components/schemas/BookFormat/type")],
        ),
        case(
            "union",
            None,
            "/components/schemas/Book/properties/format/allOf",
            [Set(
                "/components/schemas/Book/properties/format/allOf/-",
                json!({"$ref": "#/components/schemas/Shelf"}),
            )],
        ),
        case(
            "union",
            None,
            "/components/schemas/Book/properties/format/allOf",
            [Set(
                "/components/schemas/Book/properties/format/allOf/0",
                json!({"type": "string"}),
            )],
        ),
        case(
            "union",
            None,
            "/components/schemas/Book/properties/format/allOf",
            [Set(
                "/components/schemas/Book/properties/format/type",
                json!("string"),
            )],
        ),
        shelf(json!([{"type": "string"}, {"type": "string", "format": "date"}])),
        shelf(json!([{"type": "integer", "format": "int64"}, {"type": "number"}])),
        shelf(json!([{"type": "string"}, {}])),
        shelf(json!([])),
        // Neither requires anything that the other does not.
        shelf(json!([{"$ref": "#/components/schemas/Refusal"},
                {"$ref": "#/components/schemas/Labels"}])),
    ]
}
