//! Tags of interviewers, as v3 shows them.

use super::list;
use super::presentation::{dated, shown};
use crate::domain::interviewer_tags::{INTERVIEWER_TAG, InterviewerTag};
use crate::faces::{Handler, Resource};
use crate::json::json;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&INTERVIEWER_TAG, |view, row| {
        let tag: InterviewerTag = row.state()?;
        dated(view, &INTERVIEWER_TAG, row, json!({"name": tag.name}))
    })],
    operations: &[(
        "list_interviewer_tags",
        Handler::Read(|cx| list::list(cx, &INTERVIEWER_TAG, &[])),
    )],
};
