//! Changes of operations: their paths, parameters, bodies and answers.

use serde_json::json;

use super::{LIST, UPDATE, base, both_ways, lines, set, take};

#[test]
fn operations() {
    both_ways(
        UPDATE,
        None,
        &["! operation update_thing: removed: PATCH /v1/things/{id}"],
        &["operation update_thing: added: PATCH /v1/things/{id}"],
    );
    both_ways(
        &format!("{UPDATE}/operationId"),
        json!("edit_thing"),
        &[
            "operation edit_thing: added: PATCH /v1/things/{id}, until now `update_thing`",
            "! operation update_thing: removed: PATCH /v1/things/{id}",
        ],
        &[
            "! operation edit_thing: removed: PATCH /v1/things/{id}",
            "operation update_thing: added: PATCH /v1/things/{id}, until now `edit_thing`",
        ],
    );
    both_ways(
        &format!("{LIST}/deprecated"),
        json!(true),
        &["operation list_things: is deprecated"],
        &["operation list_things: is no longer deprecated"],
    );
    both_ways(
        &format!("{LIST}/tags"),
        json!(["stuff"]),
        &["operation list_things: the tag is `stuff` now, was `things`"],
        &["operation list_things: the tag is `things` now, was `stuff`"],
    );
    both_ways(
        &format!("{LIST}/security"),
        json!([{"Other": []}]),
        &["! operation list_things: takes other credentials now"],
        &["! operation list_things: takes other credentials now"],
    );
    both_ways(
        &format!("{LIST}/x-harvest-permission"),
        json!("GET: All"),
        &[
            "! operation list_things: the operation: x-harvest-permission is `GET: All` now, was \
             `GET: List Things`",
        ],
        &[
            "! operation list_things: the operation: x-harvest-permission is `GET: List Things` \
             now, was `GET: All`",
        ],
    );
    both_ways(
        &format!("{LIST}/x-harvest-pagination"),
        json!("next-only"),
        &[
            "! operation list_things: the operation: x-harvest-pagination is `next-only` now, was \
             `offset`",
        ],
        &[
            "operation list_things: the operation: x-harvest-pagination is `offset` now, was \
             `next-only`",
        ],
    );
    both_ways(
        &format!("{LIST}/x-harvest-pagination"),
        json!("none"),
        &["operation list_things: the operation: x-harvest-pagination is `none` now, was `offset`"],
        &[
            "! operation list_things: the operation: x-harvest-pagination is `offset` now, was \
             `none`",
        ],
    );
}

#[test]
fn a_deprecated_operation_names_what_replaces_it() {
    let mut new = base();
    set(&mut new, &format!("{LIST}/deprecated"), json!(true));
    set(
        &mut new,
        &format!("{LIST}/x-harvest-replaced-by"),
        json!("find_things"),
    );
    assert_eq!(
        lines(&base(), &new),
        ["operation list_things: is deprecated, replaced by `find_things`"]
    );
}

#[test]
fn methods_and_paths() {
    let mut new = base();
    let operation = take(&mut new, LIST);
    set(&mut new, "/paths/~1v1~1things/post", operation);
    assert_eq!(
        lines(&base(), &new),
        ["! operation list_things: is POST /v1/things now, was GET /v1/things"]
    );

    let mut new = base();
    let item = take(&mut new, "/paths/~1v1~1things~1{id}");
    set(&mut new, "/paths/~1v2~1things~1{id}", item);
    assert_eq!(
        lines(&base(), &new),
        ["! operation update_thing: is PATCH /v2/things/{id} now, was PATCH /v1/things/{id}"]
    );

    // The name of a placeholder is not on the wire.
    let mut new = base();
    let mut item = take(&mut new, "/paths/~1v1~1things~1{id}");
    set(&mut item, "/patch/parameters/0/name", json!("thing_id"));
    set(&mut new, "/paths/~1v1~1things~1{thing_id}", item);
    assert_eq!(
        lines(&base(), &new),
        ["operation update_thing: path parameter `thing_id`: name is `thing_id` now, was `id`"]
    );
}

#[test]
fn parameters() {
    both_ways(
        &format!("{LIST}/parameters/-"),
        json!({"name": "email", "in": "query", "schema": {"type": "string"}}),
        &["operation list_things: query parameter `email` added: `string`, optional"],
        &["! operation list_things: query parameter `email` removed"],
    );
    both_ways(
        &format!("{LIST}/parameters/-"),
        json!({"name": "On-Behalf-Of", "in": "header", "required": true,
            "schema": {"type": "string"}}),
        &["! operation list_things: header parameter `On-Behalf-Of` added: `string`, required"],
        &["! operation list_things: header parameter `On-Behalf-Of` removed"],
    );
    both_ways(
        &format!("{LIST}/parameters/1/required"),
        json!(true),
        &["! operation list_things: query parameter `order` is required now"],
        &["operation list_things: query parameter `order` is optional now"],
    );
    both_ways(
        &format!("{LIST}/parameters/1/schema"),
        json!({"type": "string"}),
        &["! operation list_things: query parameter `order` is `string` now, was `Order`"],
        &["! operation list_things: query parameter `order` is `Order` now, was `string`"],
    );
    both_ways(
        &format!("{LIST}/parameters/1/explode"),
        json!(false),
        &[
            "! operation list_things: query parameter `order`: explode is `false` now, was not \
             there",
        ],
        &["! operation list_things: query parameter `order`: explode is gone, was `false`"],
    );
    // Where the parameter is written down does not matter.
    let mut new = base();
    let page = take(&mut new, "/components/parameters/Page");
    set(&mut new, &format!("{LIST}/parameters/0"), page);
    assert_eq!(lines(&base(), &new), Vec::<String>::new());
}

#[test]
fn bounds_of_parameters() {
    let page = "/components/parameters/Page/schema";
    both_ways(
        &format!("{page}/maximum"),
        json!(100),
        &["! operation list_things: query parameter `page`: maximum is `100` now, was `500`"],
        &["operation list_things: query parameter `page`: maximum is `500` now, was `100`"],
    );
    both_ways(
        &format!("{page}/minimum"),
        json!(0),
        &["operation list_things: query parameter `page`: minimum is `0` now, was `1`"],
        &["! operation list_things: query parameter `page`: minimum is `1` now, was `0`"],
    );
    both_ways(
        &format!("{page}/minimum"),
        None,
        &["operation list_things: query parameter `page`: minimum is gone, was `1`"],
        &["! operation list_things: query parameter `page`: minimum is `1` now, was not there"],
    );
    both_ways(
        &format!("{page}/format"),
        json!("int64"),
        &[
            "! operation list_things: query parameter `page` is `integer` (int64) now, was \
             `integer` (int32)",
        ],
        &[
            "! operation list_things: query parameter `page` is `integer` (int32) now, was \
             `integer` (int64)",
        ],
    );
    let after = format!("{LIST}/parameters/2/schema");
    both_ways(
        &format!("{after}/default"),
        json!("then"),
        &["! operation list_things: query parameter `after`: default is `then` now, was `now`"],
        &["! operation list_things: query parameter `after`: default is `now` now, was `then`"],
    );
    both_ways(
        &format!("{after}/default"),
        None,
        &["operation list_things: query parameter `after`: default is gone, was `now`"],
        &["operation list_things: query parameter `after`: default is `now` now, was not there"],
    );
}

#[test]
fn request_bodies() {
    both_ways(
        &format!("{UPDATE}/requestBody"),
        None,
        &["! operation update_thing: the request body removed, was `ThingUpdate`"],
        &["! operation update_thing: the request body added: `ThingUpdate`, required"],
    );
    both_ways(
        &format!("{UPDATE}/requestBody/required"),
        json!(false),
        &["operation update_thing: the request body is optional now"],
        &["! operation update_thing: the request body is required now"],
    );
    both_ways(
        &format!("{UPDATE}/requestBody/content/application~1json/schema/$ref"),
        json!("#/components/schemas/Place"),
        &["! operation update_thing: the request body is `Place` now, was `ThingUpdate`"],
        &["! operation update_thing: the request body is `ThingUpdate` now, was `Place`"],
    );
    both_ways(
        &format!("{UPDATE}/requestBody/content"),
        json!({"text/plain": {"schema": {"$ref": "#/components/schemas/ThingUpdate"}}}),
        &[
            "! operation update_thing: the request body is `ThingUpdate` as text/plain now, was \
             `ThingUpdate`",
        ],
        &[
            "! operation update_thing: the request body is `ThingUpdate` now, was `ThingUpdate` as \
             text/plain",
        ],
    );
}

#[test]
fn answers() {
    let thing = json!({"description": "It.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}});
    both_ways(
        &format!("{UPDATE}/responses/201"),
        thing,
        &["operation update_thing: success 201 added: `Thing`"],
        &["operation update_thing: success 201 removed"],
    );
    // No success of this operation was without a body until now.
    both_ways(
        &format!("{LIST}/responses/204"),
        json!({"description": "Nothing."}),
        &["! operation list_things: success 204 added: nothing"],
        &["operation list_things: success 204 removed"],
    );
    both_ways(
        &format!("{UPDATE}/responses/200/content/application~1json/schema/$ref"),
        json!("#/components/schemas/Maker"),
        &["! operation update_thing: the body of success 200 is `Maker` now, was `Thing`"],
        &["! operation update_thing: the body of success 200 is `Thing` now, was `Maker`"],
    );
    both_ways(
        &format!("{LIST}/responses/200/content/application~1json/schema/items"),
        json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Thing"}]}),
        &[
            "! operation list_things: the body of success 200 is an array of (`Thing` or null) \
             now, was an array of `Thing`",
        ],
        &[
            "! operation list_things: the body of success 200 is an array of `Thing` now, was an \
             array of (`Thing` or null)",
        ],
    );
    both_ways(
        &format!("{LIST}/responses/200/headers"),
        json!({}),
        &["! operation list_things: success 200 no longer has the header `Link`"],
        &["operation list_things: success 200 has a new header `Link`"],
    );
    both_ways(
        &format!("{LIST}/responses/401"),
        None,
        &["operation list_things: error 401 removed"],
        &["operation list_things: error 401 added: `Problem`"],
    );
    both_ways(
        "/components/responses/Failed/content",
        None,
        &["! operation list_things: the body of error 401 is nothing now, was `Problem`"],
        &["! operation list_things: the body of error 401 is `Problem` now, was nothing"],
    );
}
