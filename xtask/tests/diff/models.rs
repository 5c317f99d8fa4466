//! Changes of models and their fields.

use serde_json::json;

use super::{SCHEMAS, base, both_ways, lines, set};

#[test]
fn models() {
    both_ways(
        &format!("{SCHEMAS}/Gadget"),
        json!({"type": "object"}),
        &["schema Gadget: added"],
        &["schema Gadget: removed"],
    );
    both_ways(
        &format!("{SCHEMAS}/State"),
        json!({"type": "integer", "format": "int32"}),
        &["! schema State: the model is `integer` (int32) now, was `string`"],
        &["! schema State: the model is `string` now, was `integer` (int32)"],
    );
}

#[test]
fn fields() {
    let field = json!({"type": "string"});
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/size"),
        field.clone(),
        &["schema Thing: field `size` added: `string`, optional"],
        &["! schema Thing: field `size` removed, was `string`"],
    );
    both_ways(
        &format!("{SCHEMAS}/ThingUpdate/properties/size"),
        field.clone(),
        &["schema ThingUpdate: field `size` added: `string`, optional"],
        &["! schema ThingUpdate: field `size` removed, was `string`"],
    );
    for (model, mark) in [("Thing", ""), ("ThingUpdate", "! "), ("Place", "! ")] {
        let mut new = base();
        set(
            &mut new,
            &format!("{SCHEMAS}/{model}/properties/size"),
            field.clone(),
        );
        set(
            &mut new,
            &format!("{SCHEMAS}/{model}/required/-"),
            json!("size"),
        );
        assert_eq!(
            lines(&base(), &new),
            [format!(
                "{mark}schema {model}: field `size` added: `string`, required"
            )]
        );
    }
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/id/type"),
        json!("number"),
        &["! schema Thing: field `id` is `number` (int64) now, was `integer` (int64)"],
        &["! schema Thing: field `id` is `integer` (int64) now, was `number` (int64)"],
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/notes/items/type"),
        json!("boolean"),
        &["! schema Thing: field `notes` is an array of `boolean` now, was an array of `string`"],
        &["! schema Thing: field `notes` is an array of `string` now, was an array of `boolean`"],
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/name/deprecated"),
        json!(true),
        &["schema Thing: field `name` is deprecated"],
        &["schema Thing: field `name` is no longer deprecated"],
    );
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/id/x-harvest-id"),
        json!(true),
        &["schema Thing: field `id`: x-harvest-id is `true` now, was not there"],
        &["schema Thing: field `id`: x-harvest-id is gone, was `true`"],
    );
}

#[test]
fn required_and_optional_depend_on_the_direction() {
    // Received: it may be missing now. Sent: it may be left out now.
    both_ways(
        &format!("{SCHEMAS}/Thing/required"),
        json!(["id"]),
        &["! schema Thing: field `state` is optional now"],
        &["schema Thing: field `state` is required now"],
    );
    both_ways(
        &format!("{SCHEMAS}/ThingUpdate/required"),
        json!([]),
        &["schema ThingUpdate: field `name` is optional now"],
        &["! schema ThingUpdate: field `name` is required now"],
    );
    // Sent and received.
    both_ways(
        &format!("{SCHEMAS}/Place/required"),
        json!([]),
        &["! schema Place: field `street` is optional now"],
        &["! schema Place: field `street` is required now"],
    );
}

#[test]
fn null_depends_on_the_direction() {
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/name/nullable"),
        None,
        &["schema Thing: field `name` may no longer be null"],
        &["! schema Thing: field `name` may be null now"],
    );
    both_ways(
        &format!("{SCHEMAS}/ThingUpdate/properties/weight/nullable"),
        json!(false),
        &["! schema ThingUpdate: field `weight` may no longer be null"],
        &["schema ThingUpdate: field `weight` may be null now"],
    );
    // A reference that may be null is the same reference.
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/maker"),
        json!({"$ref": "#/components/schemas/Maker"}),
        &["schema Thing: field `maker` may no longer be null"],
        &["! schema Thing: field `maker` may be null now"],
    );
}

#[test]
fn enumerations() {
    both_ways(
        &format!("{SCHEMAS}/State/enum"),
        json!(["used", "new", "lost"]),
        &["schema State: the model has a new value `lost`"],
        &["schema State: the model no longer has the value `lost`"],
    );
    both_ways(
        &format!("{SCHEMAS}/Color/enum"),
        json!(["red", "green"]),
        &[
            "schema Color: the model has a new value `green`",
            "! schema Color: the model no longer has the value `blue`",
        ],
        &[
            "schema Color: the model has a new value `blue`",
            "! schema Color: the model no longer has the value `green`",
        ],
    );
    // A parameter is sent, too.
    both_ways(
        &format!("{SCHEMAS}/Order/enum"),
        json!(["up"]),
        &["! schema Order: the model no longer has the value `down`"],
        &["schema Order: the model has a new value `down`"],
    );
    both_ways(
        &format!("{SCHEMAS}/Color/enum"),
        None,
        &["schema Color: the model is no longer an enumeration"],
        &["! schema Color: the model is an enumeration now"],
    );
    both_ways(
        &format!("{SCHEMAS}/State/enum"),
        None,
        &["schema State: the model is no longer an enumeration"],
        &["schema State: the model is an enumeration now"],
    );
}

#[test]
fn bounds_of_fields() {
    let name = format!("{SCHEMAS}/ThingUpdate/properties/name");
    both_ways(
        &format!("{name}/minLength"),
        json!(3),
        &["! schema ThingUpdate: field `name`: minLength is `3` now, was `2`"],
        &["schema ThingUpdate: field `name`: minLength is `2` now, was `3`"],
    );
    both_ways(
        &format!("{name}/maxLength"),
        json!(5),
        &["! schema ThingUpdate: field `name`: maxLength is `5` now, was `9`"],
        &["schema ThingUpdate: field `name`: maxLength is `9` now, was `5`"],
    );
    both_ways(
        &format!("{name}/maxLength"),
        None,
        &["schema ThingUpdate: field `name`: maxLength is gone, was `9`"],
        &["! schema ThingUpdate: field `name`: maxLength is `9` now, was not there"],
    );
    both_ways(
        &format!("{name}/pattern"),
        json!("^b"),
        &["! schema ThingUpdate: field `name`: pattern is `^b` now, was `^a`"],
        &["! schema ThingUpdate: field `name`: pattern is `^a` now, was `^b`"],
    );
    both_ways(
        &format!("{name}/pattern"),
        None,
        &["schema ThingUpdate: field `name`: pattern is gone, was `^a`"],
        &["! schema ThingUpdate: field `name`: pattern is `^a` now, was not there"],
    );
    // What is received was sent already, whatever its bounds.
    both_ways(
        &format!("{SCHEMAS}/Thing/properties/name/maxLength"),
        json!(9),
        &["schema Thing: field `name`: maxLength is `9` now, was not there"],
        &["schema Thing: field `name`: maxLength is gone, was `9`"],
    );
}
