//! Attachments of databases in which a file of the sandbox was named by a text in `url`.
//!
//! That text, `harvest-file:7700016/resume%2Etxt`, could be written by a client just as well. So it is taken for the file
//! only where it can be nothing else, and stays the text that it is otherwise.

use std::collections::HashMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::applications::APPLICATION;
use crate::domain::candidates::CANDIDATE;
use crate::domain::files;
use crate::json::{Map, Value};
use crate::refusal::Outcome;
use crate::store::{Edit, FileId, Kind, View};

const MARK: &str = "harvest-file:";

/// The records that have attachments, and SQL that selects their ids and the candidates whose they are.
const OWNERS: [(&Kind, &str); 2] = [
    (
        &CANDIDATE,
        "SELECT id, id FROM candidate WHERE instr(state, '\"harvest-file:') > 0",
    ),
    (
        &APPLICATION,
        "SELECT id, candidate_id FROM application WHERE instr(state, '\"harvest-file:') > 0",
    ),
];

/// Files and outside addresses become different things in the states of candidates and applications.
pub(crate) fn name_files_by_id(edit: &mut Edit<'_>) -> Outcome<()> {
    let mut records = Vec::new();
    let mut claims = Claims::default();
    for (kind, sql) in OWNERS {
        let mut statement = edit.sql().prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, candidate_id): (i64, i64) = (row.get(0)?, row.get(1)?);
            for attachment in attachments(&mut edit.get(kind, id)?) {
                if let Some(file) = named(edit, attachment)? {
                    claims.add(file, candidate_id);
                }
            }
            records.push((kind, id));
        }
    }
    for (kind, id) in records {
        let mut state: Map = edit.get(kind, id)?;
        let mut changed = false;
        for attachment in attachments(&mut state) {
            if let Some(file) = named(edit, attachment)?.filter(|file| claims.are_clear(*file)) {
                attachment.shift_remove("url");
                attachment.insert("file".to_owned(), file.to_json());
                changed = true;
            }
        }
        if changed {
            edit.save(kind, id, &state)?;
        }
    }
    Ok(())
}

fn attachments(state: &mut Map) -> impl Iterator<Item = &mut Map> {
    let attachments = state.get_mut("attachments").and_then(Value::as_array_mut);
    attachments
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
}

/// The file that an attachment names: one that is there, by its id and by its name, as the sandbox wrote it.
fn named(view: &View<'_>, attachment: &Map) -> Outcome<Option<FileId>> {
    let text = |field: &str| attachment.get(field).and_then(Value::as_str);
    let (Some(url), Some(filename)) = (text("url"), text("filename")) else {
        return Ok(None);
    };
    let Some((id, name)) = url.strip_prefix(MARK).and_then(|it| it.split_once('/')) else {
        return Ok(None);
    };
    let Some(file) = FileId::parse(id).filter(|file| file.to_string() == id) else {
        return Ok(None);
    };
    let is_named_so = utf8_percent_encode(filename, NON_ALPHANUMERIC).to_string() == name;
    let known = files::filename(view, file)?;
    Ok((is_named_so && known.as_deref() == Some(filename)).then_some(file))
}

/// The candidate who has each file; none where several do, which is impossible unless one of them was made to look so.
#[derive(Default)]
struct Claims(HashMap<FileId, Option<i64>>);

impl Claims {
    fn add(&mut self, file: FileId, candidate_id: i64) {
        let claim = self.0.entry(file).or_insert(Some(candidate_id));
        if *claim != Some(candidate_id) {
            *claim = None;
        }
    }

    fn are_clear(&self, file: FileId) -> bool {
        self.0.get(&file).is_some_and(Option::is_some)
    }
}
