//! The end of a key.

use askama::Template;

use super::permissions;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::{ApiKey, Keys};
use crate::http::refusal::Outcome;

#[derive(Template)]
#[template(path = "revoke.html")]
struct Revoke {
    frame: Frame,
    key: ApiKey,
}

pub(in crate::dev_center) fn confirm(visit: &Visit<'_>, id: i64) -> Outcome {
    page(&Revoke {
        frame: Frame::new(visit, "Revoke API key", Section::DevCenter)?,
        key: permissions::key(visit, id)?,
    })
}

pub(in crate::dev_center) fn revoke(visit: &Visit<'_>, id: i64) -> Outcome {
    let key = permissions::key(visit, id)?;
    visit.write(|edit| Keys::revoke(edit, id))?;
    visit.done(
        "/configure/dev_center/credentials",
        format!("Revoked: {} opens nothing any more.", key.description),
    )
}
