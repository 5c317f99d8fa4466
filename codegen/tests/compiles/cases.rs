//! Descriptions of which each was accepted once and broke afterwards: what becomes of them now.

use serde_json::{Map, Value, json};

/// A description, and what the linter says about it.
pub struct Case {
    /// What is odd about it.
    pub name: &'static str,
    /// The whole description.
    pub document: Value,
    /// The rule that refuses it, and where; nothing if it is accepted.
    pub refused: Option<(&'static str, &'static str)>,
}

fn case(
    name: &'static str,
    refused: impl Into<Option<(&'static str, &'static str)>>,
    change: impl FnOnce(&mut Value),
) -> Case {
    let mut document = base();
    change(&mut document);
    Case {
        name,
        document,
        refused: refused.into(),
    }
}

/// Text that is more than text to a reader of Markdown.
const BRACKETS: &str = "Use [brackets] and [List<Foo>](x) and <script>alert(1)</script> and \
                        Vec<String> and https://bare.example/x and `unclosed and */ and #[attr] \
                        and [`Nope`].";

/// All of them.
pub fn cases() -> Vec<Case> {
    let text = |description: &'static str| {
        move |document: &mut Value| {
            document["components"]["schemas"]["Thing"]["properties"]["x"] = nullable(description);
        }
    };
    vec![
        case(
            "fenced_text",
            None,
            text("Send:\n\n```\n{\"a\": 1} not rust\n```\n"),
        ),
        case(
            "indented_text",
            None,
            text("Send:\n\n    {\"a\": 1} not rust at all\n\nthen"),
        ),
        case("brackets_in_text", None, |document| {
            text(BRACKETS)(document);
            document["info"]["description"] = BRACKETS.into();
            document["tags"][0]["description"] = BRACKETS.into();
            document["components"]["schemas"]["Thing"]["description"] = BRACKETS.into();
            let list = &mut document["paths"]["/things"]["get"];
            list["summary"] = "A [summary] <T>".into();
            list["description"] = BRACKETS.into();
            list["parameters"] = json!([{"name": "x", "in": "query", "description": BRACKETS,
                "example": "x",
                "schema": {"type": "string"}}]);
        }),
        case("tag_two_lines", None, |document| {
            document["tags"][0]["description"] = "Things that\nare kept in a box.".into();
        }),
        case("tag_adds_to_manifest", None, |document| {
            document["tags"][0]["description"] =
                "Things\nextra = []\n[dependencies.left-pad]\nversion = \"1\"".into();
        }),
        case("tag_harvest_runtime", ("tag", "/tags/1"), |d| {
            tagged(d, "harvest_runtime");
        }),
        case("tag_named_like_a_feature", ("tag", "/tags/1"), |d| {
            tagged(d, "shared_limiter");
        }),
        case("enum_err", None, |document| {
            word(document, &["err", "x"]);
            document["components"]["schemas"]["Thing"]["properties"]["word"] =
                json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Word"}]});
        }),
        case(
            "nullable_enum",
            ("nullable", "/components/schemas/Word/nullable"),
            |document| {
                word(document, &["a"]);
                document["components"]["schemas"]["Word"]["nullable"] = true.into();
                document["components"]["schemas"]["Thing"]["properties"]["e"] =
                    json!({"$ref": "#/components/schemas/Word"});
            },
        ),
        case(
            "nullable_moment",
            ("nullable", "/components/schemas/Moment/nullable"),
            |document| {
                let schemas = &mut document["components"]["schemas"];
                schemas["Moment"] = json!({"type": "string", "format": "date-time",
                    "nullable": true, "description": "d"});
                schemas["Thing"]["properties"]["m"] =
                    json!({"$ref": "#/components/schemas/Moment"});
            },
        ),
        case(
            "schema_into",
            ("schema-name", "/components/schemas/Into"),
            |document| {
                let schemas = &mut document["components"]["schemas"];
                schemas["Into"] = json!({"type": "object", "description": "d",
                    "properties": {"x": nullable("d")}});
                schemas["Thing"]["properties"]["p"] =
                    json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Into"}]});
            },
        ),
        case(
            "operation_phantom_data",
            ("operation-id", "/paths/~1w/get/operationId"),
            |document| {
                document["paths"]["/w"] = json!({"get": operation("phantom_data", "things")});
            },
        ),
        case("path_unbalanced", ("path", "/paths/~1w~1{a"), |document| {
            document["paths"]["/w/{a"] = json!({"get": operation("get_w", "things")});
        }),
        case("path_dots", ("path", "/paths/~1w~1..~1x"), |document| {
            document["paths"]["/w/../x"] = json!({"get": operation("get_w", "things")});
        }),
        case(
            "server_with_user",
            ("server", "/servers/0/url"),
            |document| {
                document["servers"][0]["url"] =
                    "https://user:pw@tiny.example:8443/api?x=1#y".into();
            },
        ),
        case(
            "default_not_in_enum",
            (
                "default",
                "/components/schemas/ThingChange/properties/word/default",
            ),
            |document| {
                word(document, &["a", "b"]);
                document["components"]["schemas"]["ThingChange"]["properties"]["word"] =
                    json!({"allOf": [{"$ref": "#/components/schemas/Word"}], "default": "zzz"});
            },
        ),
        case(
            "default_of_other_type",
            (
                "default",
                "/components/schemas/ThingChange/properties/n/default",
            ),
            |document| {
                let properties =
                    &mut document["components"]["schemas"]["ThingChange"]["properties"];
                properties["n"] = json!({
                    "type": "integer", "format": "int64", "default": "five", "description": "d"
                });
            },
        ),
        case("many_nullables", None, |document| {
            let many: Map<String, Value> =
                (0..400).map(|n| (format!("p{n}"), nullable("d"))).collect();
            document["components"]["schemas"]["Thing"] =
                json!({"type": "object", "description": "d", "properties": many});
            document["paths"]["/things"]["get"]["responses"]["200"]["content"]["application/json"]
                ["example"] = json!([{}]);
            let answer = &mut document["paths"]["/things/{thing}"]["post"]["responses"]["200"];
            answer["content"]["application/json"]["example"] = json!({});
        }),
        // The field that remembers what came has this name.
        case(
            "property_received",
            ("property", "/components/schemas/Thing/properties/received"),
            |document| {
                document["components"]["schemas"]["Thing"]["properties"]["received"] =
                    nullable("d");
            },
        ),
        case("property_nulls", None, |document| {
            document["components"]["schemas"]["Thing"]["properties"]["nulls"] = nullable("d");
        }),
    ]
}

fn nullable(description: &str) -> Value {
    json!({"type": "string", "nullable": true, "description": description})
}

fn word(document: &mut Value, values: &[&str]) {
    document["components"]["schemas"]["Word"] =
        json!({"type": "string", "description": "s", "enum": values});
}

fn tagged(document: &mut Value, tag: &str) {
    let tags = document["tags"].as_array_mut().expect("tags");
    tags.push(json!({"name": tag, "description": "T."}));
    document["paths"]["/w"] = json!({"get": operation("get_w", tag)});
}

fn operation(id: &str, tag: &str) -> Value {
    let mut operation = json!({
        "operationId": id, "tags": [tag], "summary": "Does it", "description": "Does it.",
        "externalDocs": {"url": "https://tiny.example/docs"}, "security": [{"token": []}],
        "x-harvest-permission": "p", "x-harvest-pagination": "none", "parameters": [],
        "responses": {"200": {"description": "Yes.", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Thing"}, "example": {"name": "a"},
        }}}},
    });
    for status in ["401", "403", "404", "422", "429", "500"] {
        operation["responses"][status] = json!({"description": "No.",
            "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Problem"}, "example": {"title": "x"},
        }}});
    }
    operation
}

/// A description without findings.
fn base() -> Value {
    let mut list = operation("list_things", "things");
    list["responses"]["200"]["content"]["application/json"] = json!({
        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
        "example": [{"name": "a"}],
    });
    let mut change = operation("change_thing", "things");
    change["parameters"] = json!([{"name": "thing", "in": "path", "required": true,
        "description": "d",
        "example": "x", "schema": {"type": "string"}}]);
    change["requestBody"] = json!({"required": true, "content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/ThingChange"}, "example": {},
    }}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Tiny", "version": "1", "description": "A tiny API."},
        "servers": [{"url": "https://tiny.example/api"}],
        "tags": [{"name": "things", "description": "Things."}],
        "paths": {"/things": {"get": list}, "/things/{thing}": {"post": change}},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Problem": {"type": "object", "description": "Why.",
                    "properties": {"title": nullable("Words.")}},
                "Thing": {"type": "object", "description": "A thing.", "required": ["name"],
                    "properties": {
                    "name": {"type": "string", "description": "Its name."},
                }},
                "ThingChange": {"type": "object", "description": "A change.", "properties": {
                    "name": {"type": "string", "description": "Its name."},
                }},
            },
        },
    })
}
