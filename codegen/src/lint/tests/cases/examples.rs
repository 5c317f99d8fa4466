//! Examples that do not fit their schema.

use serde_json::{Value, json};

use super::{Case, Set, case};

const LIST: &str = "/paths/~1books/get/responses/200/content/application~1json/example";
const SMALL: &str =
    "/paths/~1books/post/requestBody/content/application~1json/examples/small/value";

pub(super) fn fit_cases() -> Vec<Case> {
    let example =
        |pointer: &'static str, value: Value| case("example", None, pointer, [Set(pointer, value)]);
    vec![
        example(LIST, json!({"id": 1})),
        example(LIST, json!([{"id": "one"}])),
        example(LIST, json!([{"title": "Sample"}])),
        example(LIST, json!([{"id": 1, "title": 5}])),
        // Described nowhere, so it is a mistake here or there.
        example(LIST, json!([{"id": 1, "titel": "Sample"}])),
        example(LIST, json!([{"id": 1, "format": "leather"}])),
        example(LIST, json!([{"id": 1, "added_at": "soon"}])),
        example(LIST, json!([{"id": 1, "added_at": "2026-13-01"}])),
        example(LIST, json!([{"id": 1, "shelf": true}])),
        example(LIST, json!([{"id": 1, "labels": {"a": 1}}])),
        example(SMALL, json!({"title": ""})),
        example(SMALL, json!({"title": null})),
        example("/components/examples/BookDraft/value", json!({})),
        example("/paths/~1books/get/parameters/1/example", json!("first")),
        example("/paths/~1books/get/parameters/1/example", json!(0)),
        example("/paths/~1books/get/parameters/2/example", json!(["1"])),
        example("/components/parameters/ActingUser/example", json!(7.5)),
        example("/components/schemas/BookFormat/example", json!("leather")),
        example(
            "/components/responses/Refused/content/application~1json/example",
            json!({"message": 5}),
        ),
    ]
}
