//! Changes of the whole document, and differences that are none.

use serde_json::json;
use xtask::diff;

use super::{LIST, SCHEMAS, UPDATE, base, both_ways, lines, set, take};

#[test]
fn the_api_as_a_whole() {
    both_ways(
        "/servers/0/url",
        json!("https://other.example.com"),
        &["! the API: is at `https://other.example.com` now, was at `https://things.example.com`"],
        &["! the API: is at `https://things.example.com` now, was at `https://other.example.com`"],
    );
    both_ways(
        "/components/securitySchemes/Key/scheme",
        json!("bearer"),
        &["! the API: security scheme `Key` changed"],
        &["! the API: security scheme `Key` changed"],
    );
}

#[test]
fn what_no_rule_knows_is_not_passed_over() {
    both_ways(
        &format!("{LIST}/callbacks"),
        json!({"done": {}}),
        &["! operation list_things: differs at `/callbacks`, in a way that no rule judges"],
        &["! operation list_things: differs at `/callbacks`, in a way that no rule judges"],
    );
    // A field that has the name of a keyword is a field.
    let mut old = base();
    let summary = format!("{SCHEMAS}/Thing/properties/summary");
    set(&mut old, &summary, json!({"type": "string"}));
    let mut new = old.clone();
    set(&mut new, &format!("{summary}/not"), json!({}));
    assert_eq!(
        lines(&old, &new),
        ["! schema Thing: differs at `/properties/summary/not`, in a way that no rule judges"]
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/description"),
        json!({"type": "string"}),
        &["schema Thing: field `description` added: `string`, optional"],
        &["! schema Thing: field `description` removed, was `string`"],
    );
}

#[test]
fn the_case_of_headers_is_not_on_the_wire() {
    let header = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
    let (mut old, mut new) = (base(), base());
    set(
        &mut old,
        &format!("{UPDATE}/parameters/-"),
        header("On-Behalf-Of"),
    );
    set(
        &mut new,
        &format!("{UPDATE}/parameters/-"),
        header("on-behalf-of"),
    );
    assert_eq!(
        lines(&old, &new),
        [
            "operation update_thing: header parameter `on-behalf-of`: name is `on-behalf-of` now, \
             was `On-Behalf-Of`"
        ]
    );
    let mut new = base();
    set(
        &mut new,
        &format!("{LIST}/responses/200/headers"),
        json!({"link": {"schema": {"type": "string"}}}),
    );
    assert_eq!(
        lines(&base(), &new),
        ["operation list_things: success 200 spells the header `link` so, not `Link`"]
    );
}

#[test]
fn order_is_no_change() {
    let mut new = base();
    let page = take(&mut new, &format!("{LIST}/parameters/0"));
    set(&mut new, &format!("{LIST}/parameters/-"), page);
    set(
        &mut new,
        &format!("{SCHEMAS}/State/enum"),
        json!(["used", "new"]),
    );
    set(
        &mut new,
        &format!("{SCHEMAS}/Thing/required"),
        json!(["state", "id"]),
    );
    let comparison = diff::compare(&base(), &new);
    assert_eq!((comparison.changes, comparison.reworded), (vec![], 3));
}

#[test]
fn words_are_counted_and_not_listed() {
    let mut new = base();
    set(
        &mut new,
        &format!("{LIST}/summary"),
        json!("List all things"),
    );
    set(
        &mut new,
        &format!("{LIST}/parameters/1/description"),
        json!("Up or down."),
    );
    set(
        &mut new,
        &format!("{LIST}/responses/200/content/application~1json/example"),
        json!([]),
    );
    set(
        &mut new,
        &format!("{SCHEMAS}/Thing/properties/name/description"),
        json!("What it is called."),
    );
    set(&mut new, "/info/title", json!("Stuff"));
    let comparison = diff::compare(&base(), &new);
    assert_eq!(comparison.changes, []);
    assert_eq!(comparison.reworded, 3);
    assert_eq!(
        diff::report(&comparison, &[]),
        "3 operations or schemas differ in nothing but words, examples or order\n0 changes, 0 \
         breaking\n"
    );
    // With a change beside them, the words go unmentioned.
    set(&mut new, &format!("{LIST}/deprecated"), json!(true));
    assert_eq!(diff::compare(&base(), &new).reworded, 2);
}
