//! Violations of a schema by a body, in words for the person who sent it.
//!
//! The words of the `jsonschema` crate repeat the offending value. These don't: a value may be someone's name.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError, Validator};

use super::instance::Ordered;
use crate::bounds::FIELD_NAME;
use crate::http::cut::cut;
use crate::http::refusal::worded;
use crate::http::reply::FieldError;
use crate::json::Value;
use crate::refusal::{Invalid, Problems, Why};

/// Faults reported about each form of which none fits.
const FAULTS_OF_A_FORM: usize = 10;

/// Finds each violation, in the order of the body.
pub(super) fn violations(validator: &Validator<Ordered>, body: &Value, problems: &mut Problems) {
    for error in validator.iter_errors(body).flat_map(|it| describe(&it)) {
        if problems.are_enough() {
            return;
        }
        problems.note(error);
    }
}

/// `user.emails.0`: names and places on the way to a value.
pub(super) fn dotted(path: &[String]) -> String {
    cut(&path.join("."), FIELD_NAME)
}

fn describe(error: &ValidationError<'_>) -> Vec<Invalid> {
    let path = path(error);
    let at = |message: String| {
        if path.is_empty() {
            Invalid::whole(worded(format!("The body {}", lower_first(&message))))
        } else {
            Invalid::at(dotted(&path), worded(message))
        }
    };
    let below = |name: &str| dotted(&[path.as_slice(), &[name.to_owned()]].concat());
    let message = match error.kind() {
        Kind::Required { property } => {
            let field = below(property.as_str().unwrap_or_default());
            return vec![Invalid::at(&field, Why::Missing)];
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            return unexpected
                .iter()
                .map(|name| below(name))
                .map(|field| Invalid::at(&field, worded(format!("Unknown field: {field}"))))
                .collect();
        }
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            return alternatives(error, context).unwrap_or_else(|message| vec![at(message)]);
        }
        Kind::Type { kind } => format!("Must be {}", types(kind)),
        Kind::Enum { options } => format!("Must be one of: {}", list(options)),
        Kind::Constant { expected_value } => format!("Must be {expected_value}"),
        Kind::Format { format } => match format.as_str() {
            "email" => "Must be an e-mail address".to_owned(),
            "date" | "date-time" => "Must be an ISO 8601 date or time".to_owned(),
            other => format!("Must be a valid {other}"),
        },
        Kind::Minimum { limit } => format!("Must be at least {limit}"),
        Kind::Maximum { limit } => format!("Must be at most {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("Must be greater than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("Must be less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("Must be a multiple of {multiple_of}"),
        Kind::MinLength { limit } => {
            format!("Must be at least {} long", counted(*limit, "character"))
        }
        Kind::MaxLength { limit } => {
            format!("Must be at most {} long", counted(*limit, "character"))
        }
        Kind::MinItems { limit } => format!("Must have at least {}", counted(*limit, "item")),
        Kind::MaxItems { limit } => format!("Must have at most {}", counted(*limit, "item")),
        Kind::MinProperties { limit } => format!("Must have at least {}", counted(*limit, "field")),
        Kind::MaxProperties { limit } => format!("Must have at most {}", counted(*limit, "field")),
        Kind::UniqueItems => "Must not have the same item twice".to_owned(),
        Kind::Pattern { pattern } => format!("Must match {pattern}"),
        // Of all keywords, only `additionalProperties: false` becomes this.
        Kind::FalseSchema => "Must have no fields".to_owned(),
        Kind::OneOfMultipleValid { .. } => {
            "Must fit one of the documented forms, and fits more than one".to_owned()
        }
        other => format!("Must obey `{}`", other.keyword()),
    };
    vec![at(message)]
}

/// A value that fits none of several forms. If its type leaves one form, that is the one that was meant, and what is
/// wrong with it is reported; otherwise a sentence about all of them.
fn alternatives(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
) -> Result<Vec<Invalid>, String> {
    // Paths in the context begin at the body, as that of the error does.
    let wrong_type = |error: &ValidationError<'_>, of: &ValidationError<'_>| match of.kind() {
        Kind::Type { .. } => of.instance_path().as_str() == error.instance_path().as_str(),
        _ => false,
    };
    let meant: Vec<_> = context
        .iter()
        .filter(|errors| !errors.iter().any(|of| wrong_type(error, of)))
        .collect();
    match meant.as_slice() {
        [] => {
            let mut names: Vec<String> = Vec::new();
            for of in context.iter().flatten().filter(|of| wrong_type(error, of)) {
                if let Kind::Type { kind } = of.kind() {
                    names.push(types(kind));
                }
            }
            names.dedup();
            Err(format!("Must be {}", names.join(" or ")))
        }
        [errors] => Ok(errors.iter().flat_map(describe).collect()),
        several => {
            let forms: Vec<String> = several
                .iter()
                .map(|errors| {
                    let mut faults = errors.iter().flat_map(describe).map(|it| named(&it));
                    let mut reported: Vec<_> = faults.by_ref().take(FAULTS_OF_A_FORM).collect();
                    if faults.next().is_some() {
                        reported.push("more".to_owned());
                    }
                    reported.join(" and ")
                })
                .collect();
            Err(format!(
                "Must fit one of the documented forms: {}",
                forms.join("; or ")
            ))
        }
    }
}

/// A fault with its place, for use inside a sentence.
fn named(error: &Invalid) -> String {
    let error = FieldError::from(error);
    match error.field {
        Some(field) if !error.message.contains(&field) => {
            format!("{field} {}", lower_first(&error.message))
        }
        _ => lower_first(&error.message),
    }
}

fn path(error: &ValidationError<'_>) -> Vec<String> {
    error
        .instance_path()
        .as_str()
        .split('/')
        .skip(1)
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect()
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => type_name(*one).to_owned(),
        TypeKind::Multiple(several) => {
            let names: Vec<_> = several.iter().map(type_name).collect();
            names.join(" or ")
        }
    }
}

fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "an integer",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}

fn list(options: &serde_json::Value) -> String {
    let options: Vec<String> = options
        .as_array()
        .into_iter()
        .flatten()
        .map(plain)
        .collect();
    options.join(", ")
}

fn plain(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn validator(schema: &Value) -> Validator<Ordered> {
        let schema = serde_json::Value::from(schema);
        jsonschema::options_for().build(&schema).unwrap()
    }

    fn errors_of(validator: &Validator<Ordered>, body: &Value) -> Vec<FieldError> {
        let mut problems = Problems::default();
        violations(validator, body, &mut problems);
        let refused = problems.check().err();
        refused.map_or_else(Vec::new, |refusal| refusal.into_reply().errors())
    }

    #[track_caller]
    fn found(schema: &Value, body: &Value, errors: &[(&str, &str)]) {
        let validator = validator(schema);
        let found: Vec<_> = errors_of(&validator, body)
            .into_iter()
            .map(|error| (error.field.unwrap_or_default(), error.message))
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(field, message)| (field.as_str(), message.as_str()))
            .collect();
        assert_eq!(found, errors);
    }

    #[test]
    fn fields_are_named_by_their_path() {
        let schema = json!({"required": ["a", "b"],
            "properties": {"a": {"required": ["c"], "properties": {
            "d": {"items": {"type": "integer"}}, "e/f": {"type": "string"}}}}});
        found(
            &schema,
            &json!({"a": {"d": [1, "x"], "e/f": 1}}),
            &[
                ("b", "Missing required field: b"),
                ("a.c", "Missing required field: a.c"),
                ("a.d.1", "Must be an integer"),
                ("a.e/f", "Must be a string"),
            ],
        );
    }

    #[test]
    fn words_do_not_repeat_the_value() {
        let schema = json!({"properties": {
            "type": {"type": ["string", "null"]},
            "enum": {"enum": ["basic", null]},
            "min": {"minimum": 1},
            "max": {"maximum": 1.5},
            "above": {"exclusiveMinimum": 0},
            "below": {"exclusiveMaximum": 0},
            "multiple": {"multipleOf": 5},
            "short": {"minLength": 1},
            "long": {"maxLength": 3},
            "few": {"minItems": 2},
            "many": {"maxItems": 1},
            "fewer": {"minProperties": 1},
            "more": {"maxProperties": 1},
            "twice": {"uniqueItems": true},
            "pattern": {"pattern": "^a$"},
            "closed": {"properties": {"y": {}}, "additionalProperties": false},
            "empty": {"additionalProperties": false},
            "not": {"not": {}},
        }});
        let body = json!({
            "type": 1, "enum": "secret", "min": 0, "max": 2, "above": 0, "below": 0, "multiple": 7,
            "short": "",
            "long": "secret", "few": ["secret"], "many": ["secret", 1], "fewer": {},
            "more": {"secret": 1, "x": 1},
            "twice": ["secret", "secret"], "pattern": "secret", "closed": {"x": "secret"},
            "empty": {"x": "secret"}, "not": "secret",
        });
        let validator = validator(&schema);
        let messages: std::collections::BTreeMap<String, String> = errors_of(&validator, &body)
            .into_iter()
            .map(|error| (error.field.unwrap(), error.message))
            .collect();
        assert!(
            messages.values().all(|message| !message.contains("secret")),
            "{messages:?}"
        );
        let expected = [
            ("above", "Must be greater than 0"),
            ("below", "Must be less than 0"),
            ("closed.x", "Unknown field: closed.x"),
            ("empty", "Must have no fields"),
            ("enum", "Must be one of: basic, null"),
            ("few", "Must have at least 2 items"),
            ("fewer", "Must have at least 1 field"),
            ("long", "Must be at most 3 characters long"),
            ("many", "Must have at most 1 item"),
            ("max", "Must be at most 1.5"),
            ("min", "Must be at least 1"),
            ("more", "Must have at most 1 field"),
            ("multiple", "Must be a multiple of 5"),
            ("not", "Must obey `not`"),
            ("pattern", "Must match ^a$"),
            ("short", "Must be at least 1 character long"),
            ("twice", "Must not have the same item twice"),
            ("type", "Must be null or a string"),
        ];
        let messages: Vec<_> = messages
            .iter()
            .map(|(field, message)| (field.as_str(), message.as_str()))
            .collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn the_form_that_was_meant_is_told() {
        let schema = json!({"properties": {"a": {"anyOf": [
            {"type": "object", "required": ["x"], "properties": {"y": {"type": "string"}}},
            {"type": "null"},
        ]}}});
        found(
            &schema,
            &json!({"a": {}}),
            &[("a.x", "Missing required field: a.x")],
        );
        found(
            &schema,
            &json!({"a": {"x": 1, "y": 1}}),
            &[("a.y", "Must be a string")],
        );
        found(
            &schema,
            &json!({"a": 7}),
            &[("a", "Must be an object or null")],
        );
    }

    #[test]
    fn several_forms_are_told_together() {
        let schema = json!({"oneOf": [
            {"type": "object", "required": ["job_id"]},
            {"type": "object", "required": ["prospect"],
                "properties": {"prospect": {"enum": ["true"]}}},
        ]});
        found(
            &schema,
            &json!({}),
            &[(
                "",
                "The body must fit one of the documented forms: missing required field: job_id; or \
                 missing required field: prospect",
            )],
        );
        found(
            &schema,
            &json!({"prospect": "x"}),
            &[(
                "",
                "The body must fit one of the documented forms: missing required field: job_id; or \
                 prospect must be one of: true",
            )],
        );
        found(
            &schema,
            &json!({"job_id": 1, "prospect": "true"}),
            &[(
                "",
                "The body must fit one of the documented forms, and fits more than one",
            )],
        );
        found(&schema, &json!([]), &[("", "The body must be an object")]);
    }
}
