//! Custom fields.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField, TYPES};
use crate::http::query::encode;
use crate::http::refusal::Outcome;

/// Options in a line.
const MOST_OPTIONS: usize = 12;

#[derive(Template)]
#[template(path = "hiring/custom_fields.html")]
struct CustomFields<'a> {
    frame: Frame,
    hiring: Hiring,
    field_type: &'a str,
    types: &'static [&'static str],
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
}

struct Line {
    id: i64,
    field: CustomField,
    of: String,
    value_type: String,
    options: String,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let field_type = visit.query.last("of").unwrap_or_default();
    frame::show(
        visit,
        "Custom fields",
        Section::Organization,
        |view, frame, mut hiring| {
            let mut listing = Listing::of(&CUSTOM_FIELD);
            let known = listing.one_of("field_type", TYPES, field_type);
            let Listed {
                lines,
                older,
                is_later,
            } = listing.page(view, &hiring.viewer, visit.number("before"), |id, field| {
                Ok(Line::of(id, field))
            })?;
            let v1 = match known {
                Some(of) => format!("/v1/custom_fields/{of}"),
                None => "/v1/custom_fields".to_owned(),
            };
            let v3 = "/v3/custom_fields".to_owned();
            hiring.calls = calls(visit, [v1, v3]);
            Ok(CustomFields {
                frame,
                hiring,
                field_type,
                types: TYPES,
                lines,
                older,
                is_later,
            })
        },
    )
}

impl CustomFields<'_> {
    fn at(&self, before: Option<i64>) -> String {
        let before = before.map(|id| id.to_string()).unwrap_or_default();
        let all = [("of", self.field_type), ("before", &before)];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/configure/custom_fields?{}", encode(given))
    }
}

impl Line {
    fn of(id: i64, field: CustomField) -> Self {
        let active = field.active_options().map(|it| it.name.as_str());
        let first: Vec<&str> = active.take(MOST_OPTIONS).collect();
        let more = field.active_options().count() - first.len();
        let first = first.join(", ");
        let options = if more > 0 {
            format!("{first} and {more} more")
        } else {
            first
        };
        let value_type = serde_json::to_value(field.value_type).unwrap_or_default();
        let value_type = value_type.as_str().unwrap_or_default().replace('_', " ");
        Self {
            id,
            of: field.field_type.replace('_', " "),
            value_type,
            options,
            field,
        }
    }
}
