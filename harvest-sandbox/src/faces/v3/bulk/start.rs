//! Starting bulk jobs: rows are done one by one, by the operation on a single record.

use axum::http::StatusCode;

use super::callback;
use crate::bounds::{JOB_READ_BYTES, JOB_RECORDS, JOB_ROWS, JOB_WRITTEN_BYTES};
use crate::domain::bulk::{self, ACTIVE, BULK_REQUEST, Done, Job, Rows};
use crate::faces::v3::{FACE, RESOURCES};
use crate::faces::{Call, Handler, Handlers, Writing};
use crate::http::refusal::{Outcome, worded};
use crate::http::reply::Reply;
use crate::json::{Map, Value, json};
use crate::refusal::{Refusal, broken};
use crate::store::Kind;

/// Rows that are bodies of new records.
pub(super) fn create(cx: &mut Writing<'_, '_>, single: &str, kind: &Kind) -> Outcome {
    start(cx, single, Rows::making(kind), |row| (None, Some(row)))
}

/// Rows that are bodies of changes, with the ids of the records.
pub(super) fn update(cx: &mut Writing<'_, '_>, single: &str, kind: &Kind) -> Outcome {
    start(cx, single, Rows::naming(kind), |row| {
        let id = row["id"].as_i64();
        let mut fields: Map = match row {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        fields.shift_remove("id");
        (id, Some(fields.into()))
    })
}

/// Rows that are ids.
pub(super) fn on_ids(cx: &mut Writing<'_, '_>, single: &str, kind: &Kind) -> Outcome {
    start(cx, single, Rows::naming(kind), id_alone)
}

/// A row that is an id.
#[expect(clippy::needless_pass_by_value, reason = "is a `Split`")]
pub(super) fn id_alone(row: Value) -> (Option<i64>, Option<Value>) {
    (row.as_i64(), None)
}

/// The record and the body of a row.
pub(super) type Split = fn(Value) -> (Option<i64>, Option<Value>);

/// A row that was done or refused: the id that it names, and that of its record.
pub(super) struct Row {
    pub(super) named: Option<i64>,
    pub(super) outcome: Outcome<Option<i64>>,
}

/// Rows of which each is what the operation on a single record does.
fn start(cx: &mut Writing<'_, '_>, single: &str, about: Rows, split: Split) -> Outcome {
    let Some(Handler::Write(write)) = Handlers::of(RESOURCES).get(single) else {
        return Err(broken(format!("{single} has no handler")));
    };
    job(cx, about, |cx, rows| each(cx, rows, split, write))
}

/// Does rows, each in a savepoint: one that is refused changes nothing. A failure ends the job, and nothing of it stays.
pub(super) fn each(
    cx: &mut Writing<'_, '_>,
    rows: Vec<Value>,
    split: Split,
    mut write: impl FnMut(&mut Writing<'_, '_>) -> Outcome,
) -> Outcome<Vec<Row>> {
    let rows = rows.into_iter().map(|row| {
        let (named, body) = split(row);
        let call = Call {
            body,
            row: named,
            is_row: true,
            ..*cx.call
        };
        let user = cx.user.clone();
        let has_room = cx.written() < JOB_RECORDS
            && cx.written_bytes() < JOB_WRITTEN_BYTES
            && cx.read_bytes() < JOB_READ_BYTES;
        let outcome = if has_room {
            cx.edit.attempt(|edit| {
                write(&mut Writing {
                    edit,
                    call: &call,
                    user,
                })
            })
        } else {
            let message = format!(
                "The rows of a job write up to {JOB_RECORDS} records and {} MiB and read up to {} \
                 MiB here, and those before this one did: send it in another job",
                JOB_WRITTEN_BYTES >> 20,
                JOB_READ_BYTES >> 20
            );
            Err(Refusal::field("data", worded(message)))
        };
        match outcome {
            Err(failure) if failure.is_failure() => Err(failure),
            outcome => Ok(Row {
                named,
                outcome: outcome.map(|reply| made(&reply)),
            }),
        }
    });
    rows.collect()
}

/// Starts a job whose rows are done by `act`, and are about these records.
pub(super) fn job(
    cx: &mut Writing<'_, '_>,
    about: Rows,
    act: impl FnOnce(&mut Writing<'_, '_>, Vec<Value>) -> Outcome<Vec<Row>>,
) -> Outcome {
    let callback_url = callback::url(cx.call)?;
    let rows = cx.call.json()["data"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    if rows.len() > JOB_ROWS {
        let message = format!("A job has at most {JOB_ROWS} rows here");
        return Err(Refusal::field("data", worded(message)));
    }
    if bulk::active(cx, cx.call.credential)? >= ACTIVE {
        let words = format!("There are {ACTIVE} active bulk jobs already");
        let reply = cx
            .call
            .operation
            .refusal(StatusCode::TOO_MANY_REQUESTS, &words);
        return Err(reply.into());
    }
    let mut done = Done {
        credential: cx.call.credential,
        api_endpoint: endpoint(cx.call),
        callback_url,
        rows: about,
        succeeded: Vec::new(),
        failed: Vec::new(),
    };
    for (index, Row { named, outcome }) in act(cx, rows)?.into_iter().enumerate() {
        match outcome {
            Ok(made) => done
                .succeeded
                .push(json!({"index": index, "id": named.or(made)})),
            Err(refusal) => done.failed.push(refused(index, named, refusal)),
        }
    }
    let actor = cx.user.clone();
    let id = bulk::keep(cx, &actor, done)?;
    let job: Job = cx.get(&BULK_REQUEST, id)?;
    callback::queue(cx, id, &job)?;
    let accepted = json!({
        "bulk_action_uuid": job.uuid,
        "status": job.stage(cx.now()).name(),
        "status_url": format!("v3/bulk_requests/{}", job.uuid),
    });
    Ok(Reply::json(StatusCode::ACCEPTED, &accepted))
}

/// The id of the record that an answer shows.
fn made(reply: &Reply) -> Option<i64> {
    let shown: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    // A candidate is answered along with an application.
    shown["id"].as_i64().or(shown["candidate"]["id"].as_i64())
}

/// The entry of a row that was refused.
fn refused(index: usize, id: Option<i64>, refusal: Refusal) -> Value {
    // In the words that it would have on its own.
    let reply = FACE.worded(refusal).into_reply();
    let mut entry = Map::new();
    entry.insert("index".to_owned(), json!(index));
    entry.insert("id".to_owned(), json!(id));
    entry.insert("status".to_owned(), json!(reply.status.as_u16()));
    let message = reply.words().unwrap_or_default();
    entry.insert("message".to_owned(), message.into());
    let said: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    if said["errors"].is_array() {
        entry.insert("errors".to_owned(), said["errors"].clone());
    }
    entry.into()
}

/// `post_v3_openings` of `POST /v3/openings/bulk`.
fn endpoint(call: &Call<'_>) -> String {
    let path = call.operation.path.trim_end_matches("/bulk");
    let method = call.operation.method.as_str().to_lowercase();
    format!("{method}{}", path.replace('/', "_"))
}
