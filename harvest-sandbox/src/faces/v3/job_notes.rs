//! Notes on jobs, as v3 shows and changes them.

use super::deleted::Deleted;
use super::list;
use super::list::{Meaning, Means};
use super::presentation::{dated, shown};
use crate::domain::job_notes::{self, JOB_NOTE};
use crate::faces::{Handler, Resource, Writing};
use crate::http::refusal::Outcome;

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&shown(&JOB_NOTE, |view, row| {
        dated(view, &JOB_NOTE, row, row.state()?)
    })],
    operations: &[
        (
            "list_job_notes",
            Handler::Read(|cx| list::list(cx, &JOB_NOTE, MEANINGS)),
        ),
        ("create_job_note", Handler::Write(create)),
        ("update_job_note", Handler::Write(update)),
        ("delete_job_note", Handler::Write(delete)),
    ],
};

const MEANINGS: &[Meaning] = &[
    ("job_ids", Means::Column("job_id")),
    ("user_ids", Means::Column("user_id")),
    ("visibility", Means::Column("visibility")),
];

fn create(cx: &mut Writing<'_, '_>) -> Outcome {
    let fields = cx.call.body()?;
    let actor = cx.user.clone();
    let id = job_notes::create(cx, &actor, fields)?;
    cx.created(&JOB_NOTE, id)
}

fn update(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&JOB_NOTE, "id")?;
    let fields = cx.call.body()?;
    let actor = cx.user.clone();
    job_notes::change(cx, &actor, id, fields)?;
    cx.changed(&JOB_NOTE, id)
}

fn delete(cx: &mut Writing<'_, '_>) -> Outcome {
    let id = cx.id_in_path(&JOB_NOTE, "id")?;
    let deleted = Deleted::of(cx, &JOB_NOTE, id)?;
    let actor = cx.user.clone();
    job_notes::delete(cx, &actor, id)?;
    Ok(deleted.answer("Job note"))
}
