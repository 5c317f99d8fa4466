//! Departments and offices.

use askama::Template;
use serde::de::DeserializeOwned;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing};
use super::names::{name, user};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::departments::{DEPARTMENT, Department};
use crate::domain::offices::{OFFICE, Office};
use crate::http::refusal::Outcome;
use crate::store::{Kind, View};

#[derive(Template)]
#[template(path = "hiring/units.html")]
struct Units {
    frame: Frame,
    hiring: Hiring,
    heading: &'static str,
    path: String,
    lines: Vec<Line>,
    older: Option<i64>,
    is_later: bool,
}

/// A department or an office.
struct Line {
    id: i64,
    name: String,
    parent: Option<String>,
    external_id: Option<String>,
    /// Of an office.
    location: Option<String>,
    contact: Option<String>,
}

pub(in crate::dev_center) fn departments(visit: &Visit<'_>) -> Outcome {
    show(
        visit,
        &DEPARTMENT,
        "Departments",
        |view, id, it: Department| {
            Ok(Line {
                id,
                name: it.name,
                parent: name(view, &DEPARTMENT, it.parent_id)?,
                external_id: it.external_id,
                location: None,
                contact: None,
            })
        },
    )
}

pub(in crate::dev_center) fn offices(visit: &Visit<'_>) -> Outcome {
    show(visit, &OFFICE, "Offices", |view, id, it: Office| {
        Ok(Line {
            id,
            name: it.name,
            parent: name(view, &OFFICE, it.parent_id)?,
            external_id: it.external_id,
            location: it.location,
            contact: user(view, it.primary_contact_user_id)?,
        })
    })
}

/// The page of one of the two kinds, whose addresses are called as its heading is.
fn show<T: DeserializeOwned>(
    visit: &Visit<'_>,
    kind: &'static Kind,
    heading: &'static str,
    line: impl Fn(&View<'_>, i64, T) -> Outcome<Line>,
) -> Outcome {
    let section = Section::Organization;
    frame::show(visit, heading, section, |view, frame, mut hiring| {
        let before = visit.number("before");
        let Listed {
            lines,
            older,
            is_later,
        } = Listing::of(kind).page(view, &hiring.viewer, before, |id, it| line(view, id, it))?;
        let plural = heading.to_lowercase();
        hiring.calls = calls(visit, [format!("/v1/{plural}"), format!("/v3/{plural}")]);
        Ok(Units {
            frame,
            hiring,
            heading,
            path: format!("/configure/{plural}"),
            lines,
            older,
            is_later,
        })
    })
}
