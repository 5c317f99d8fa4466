//! Create New API Key, and the one time that the key is shown.

use askama::Template;

use super::permissions;
use crate::dev_center::layout::{Frame, Section, invalid, page};
use crate::dev_center::visit::{Visit, redirect};
use crate::domain::access::Keys;
use crate::http::refusal::Outcome;

/// The longest description, in characters.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "new_key.html")]
struct NewKey<'a> {
    frame: Frame,
    description: &'a str,
    problem: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "key.html")]
struct Shown<'a> {
    frame: Frame,
    id: i64,
    description: &'a str,
    /// None if it was shown before.
    key: Option<String>,
}

pub(in crate::dev_center) fn form(visit: &Visit<'_>) -> Outcome {
    page(&NewKey {
        frame: frame(visit)?,
        description: "",
        problem: None,
    })
}

pub(in crate::dev_center) fn create(visit: &Visit<'_>) -> Outcome {
    let description = visit.field("description");
    let problem = if visit.field("api_type") != "harvest" {
        Some("Choose an API type")
    } else if description.is_empty() {
        Some("Say what the key is for, so that you know later")
    } else if description.chars().count() > LONGEST {
        Some("Say it in 200 characters or less")
    } else {
        None
    };
    if problem.is_some() {
        return invalid(&NewKey {
            frame: frame(visit)?,
            description,
            problem,
        });
    }
    let (id, key) = visit.write(|edit| Keys::create(edit, description))?;
    visit.site.sessions.keep_key(&visit.visitor.token, id, key);
    redirect(&format!("/configure/dev_center/credentials/{id}/key"))
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    let known = permissions::key(visit, id)?;
    let key = if visit.is_head() {
        None
    } else {
        visit.site.sessions.take_key(&visit.visitor.token, id)
    };
    page(&Shown {
        frame: Frame::new(visit, "Copy your API key", Section::DevCenter)?,
        id,
        description: &known.description,
        key,
    })
}

fn frame(visit: &Visit<'_>) -> Outcome<Frame> {
    Frame::new(visit, "Create New API Key", Section::DevCenter)
}
