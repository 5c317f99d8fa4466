//! Results of bulk jobs, as their readers may see them.
//!
//! A result names a record by its id. Whoever reads a job is shown the ids of records that they may see when they open the
//! file, as they are in every list: the user of an integration, who reads the jobs that were started in the names of others,
//! would learn of confidential jobs and private candidates otherwise. A result without its id keeps its place and its
//! outcome, so that results and rows can be counted against each other.
//!
//! To the user who started the job, an id that the rows have themselves is only repeated: with a rule of its own for hidden
//! records, a row would tell one of them from none. What the rows made stays theirs, too, when it is gone; not when it has
//! been hidden from them.

use serde::{Deserialize, Serialize};

use super::{BULK_REQUEST, Job};
use crate::domain::RESOURCES;
use crate::domain::access::{Actor, ClientId};
use crate::domain::users::subject;
use crate::json::Value;
use crate::refusal::{Outcome, Refusal, broken};
use crate::store::{FileId, Kind, View};

/// The records that the rows of a job are about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Rows {
    table: String,
    /// Whether the rows made them. Otherwise the rows name them.
    made: bool,
}

impl Rows {
    /// Rows that make records of a kind.
    pub(crate) fn making(kind: &Kind) -> Self {
        let table = kind.table.to_owned();
        Self { table, made: true }
    }

    /// Rows that name records of a kind.
    pub(crate) fn naming(kind: &Kind) -> Self {
        let table = kind.table.to_owned();
        Self { table, made: false }
    }

    fn kind(&self) -> Option<&'static Kind> {
        let kinds = RESOURCES.iter().flat_map(|it| it.kinds);
        let mut kinds = kinds.copied();
        kinds.find(|kind| kind.table == self.table)
    }
}

/// The results in a file, without the ids of records that a reader may not see.
pub(crate) fn results_for(
    view: &View<'_>,
    reader: i64,
    file: FileId,
    content: Vec<u8>,
) -> Outcome<Vec<u8>> {
    let condition = "?1 IN (state ->> 'succeeded', state ->> 'failed')";
    let mut jobs = view.states::<Job>(&BULK_REQUEST, condition, [file])?;
    let (_, job) = jobs.pop().ok_or(Refusal::NotFound)?;
    let reader = subject(view, reader)?;
    let mut results: Vec<Value> =
        serde_json::from_slice(&content).map_err(|_| broken("results of a job are misread"))?;
    let mut is_hidden_any = false;
    for result in &mut results {
        if let Some(id) = result["id"].as_i64()
            && !job.shows(view, &reader, id)?
        {
            result["id"] = Value::Null;
            is_hidden_any = true;
        }
    }
    if !is_hidden_any {
        return Ok(content);
    }
    Ok(Value::from(results).to_string().into_bytes())
}

impl Job {
    /// Whether a reader is shown an id in the results.
    fn shows(&self, view: &View<'_>, reader: &Actor, id: i64) -> Outcome<bool> {
        let is_starter = reader.id == self.requested_by_user_id;
        let rows = self.rows.as_ref();
        let Some((rows, kind)) = rows.and_then(|rows| Some((rows, rows.kind()?))) else {
            return Ok(is_starter);
        };
        if is_starter && !rows.made {
            return Ok(true);
        }
        let is_seen = ClientId::new(id)
            .seen_by(view, Some(reader), kind)?
            .is_some();
        Ok(is_seen || is_starter && !view.exists(kind, id)?)
    }
}
