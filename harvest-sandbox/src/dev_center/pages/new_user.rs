//! + New Users: an integration system user.

use std::collections::HashMap;

use askama::Template;
use axum::http::StatusCode;

use crate::dev_center::hiring::looking;
use crate::dev_center::layout::{Frame, Section, page_with};
use crate::dev_center::visit::Visit;
use crate::domain::users::directory;
use crate::domain::users::directory::{Choice, Level, NewUser};
use crate::http::refusal::Outcome;
use crate::refusal::{Invalid, Refusal, Rule, UserRule, Why};

#[derive(Template)]
#[template(path = "new_user.html")]
struct Form<'a> {
    frame: Frame,
    roles: Vec<Choice>,
    jobs: Vec<Choice>,
    levels: [(Level, &'static str); 3],
    user: &'a NewUser<'a>,
    /// What is wrong, by field.
    problems: HashMap<String, String>,
}

const LEVELS: [(Level, &str); 3] = [
    (
        Level::Basic,
        "Can be named in On-Behalf-Of, but may change nothing.",
    ),
    (
        Level::JobAdmin,
        "Manages the jobs that you choose, and those who apply for them.",
    ),
    (
        Level::SiteAdmin,
        "Manages everything that is not private or confidential.",
    ),
];

pub(in crate::dev_center) fn form(visit: &Visit<'_>) -> Outcome {
    let user = NewUser {
        first_name: "",
        last_name: "",
        email: "",
        employee_id: "",
        level: Level::Basic,
        role_id: None,
        job_ids: Vec::new(),
    };
    show(visit, StatusCode::OK, &user, HashMap::new())
}

pub(in crate::dev_center) fn create(visit: &Visit<'_>) -> Outcome {
    let ids = visit.form.all("job_ids").filter_map(|id| id.parse().ok());
    let user = NewUser {
        first_name: visit.field("first_name"),
        last_name: visit.field("last_name"),
        email: visit.field("email"),
        employee_id: visit.field("employee_id"),
        level: Level::read(visit.field("level")).unwrap_or(Level::Basic),
        role_id: visit.field("role_id").parse().ok(),
        job_ids: ids.collect(),
    };
    let added = visit.write(|edit| {
        let actor = looking::actor(visit, edit)?;
        directory::add(edit, &actor, &user)
    });
    match added {
        Ok(id) => visit.done(
            &format!("/configure/users/{id}"),
            format!("Created. The user id for On-Behalf-Of is {id}."),
        ),
        Err(refusal @ Refusal::Invalid(_)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(visit, status, &user, refusal.by_field(words))
        }
        Err(broken) => Err(broken),
    }
}

/// What to do about a field of the form.
fn words(one: &Invalid) -> Option<String> {
    let plain = match (one.at.as_deref()?, &one.why) {
        ("first_name" | "last_name", Why::Blank) => "Enter a name",
        ("email", Why::Rule(Rule::User(UserRule::NoAddress))) => {
            "Enter an e-mail address, such as integration@example.com"
        }
        ("role_id", Why::Missing) => "Choose a role",
        ("job_ids", Why::Missing) => "Choose at least one job",
        _ => return None,
    };
    Some(plain.to_owned())
}

fn show(
    visit: &Visit<'_>,
    status: StatusCode,
    user: &NewUser<'_>,
    problems: HashMap<String, String>,
) -> Outcome {
    let (roles, jobs) = visit.read(|view| {
        let actor = looking::actor(visit, view)?;
        Ok((directory::roles(view)?, directory::jobs(view, &actor)?))
    })?;
    page_with(
        status,
        &Form {
            frame: Frame::new(visit, "New integration system user", Section::Users)?,
            roles,
            jobs,
            levels: LEVELS,
            user,
            problems,
        },
    )
}
