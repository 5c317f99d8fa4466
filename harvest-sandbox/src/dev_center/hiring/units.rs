//! Departments and offices.

use askama::Template;

use super::call::calls;
use super::frame::{self, Hiring};
use super::listing::{Listed, Listing};
use super::names::{name, user};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::departments::{DEPARTMENT, Department};
use crate::domain::offices::{OFFICE, Office};
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "hiring/units.html")]
struct Units {
    frame: Frame,
    hiring: Hiring,
    heading: &'static str,
    path: &'static str,
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
    frame::show(
        visit,
        "Departments",
        Section::Organization,
        |view, frame, mut hiring| {
            let before = visit.number("before");
            let Listed {
                records,
                older,
                is_later,
            } = Listing::of(&DEPARTMENT).page::<Department>(view, &hiring.viewer, before)?;
            let lines = records.into_iter().map(|(id, it)| {
                Ok(Line {
                    id,
                    name: it.name,
                    parent: name(view, &DEPARTMENT, it.parent_id)?,
                    external_id: it.external_id,
                    location: None,
                    contact: None,
                })
            });
            let lines = lines.collect::<Outcome<_>>()?;
            hiring.calls = calls(
                visit,
                ["/v1/departments".to_owned(), "/v3/departments".to_owned()],
            );
            Ok(Units {
                frame,
                hiring,
                heading: "Departments",
                path: "/configure/departments",
                lines,
                older,
                is_later,
            })
        },
    )
}

pub(in crate::dev_center) fn offices(visit: &Visit<'_>) -> Outcome {
    frame::show(
        visit,
        "Offices",
        Section::Organization,
        |view, frame, mut hiring| {
            let before = visit.number("before");
            let Listed {
                records,
                older,
                is_later,
            } = Listing::of(&OFFICE).page::<Office>(view, &hiring.viewer, before)?;
            let lines = records.into_iter().map(|(id, it)| {
                Ok(Line {
                    id,
                    name: it.name,
                    parent: name(view, &OFFICE, it.parent_id)?,
                    external_id: it.external_id,
                    location: it.location,
                    contact: user(view, it.primary_contact_user_id)?,
                })
            });
            let lines = lines.collect::<Outcome<_>>()?;
            hiring.calls = calls(visit, ["/v1/offices".to_owned(), "/v3/offices".to_owned()]);
            Ok(Units {
                frame,
                hiring,
                heading: "Offices",
                path: "/configure/offices",
                lines,
                older,
                is_later,
            })
        },
    )
}
