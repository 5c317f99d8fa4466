//! `harvest webhooks replay`: deliveries that were saved, sent again.

use std::io::Write;

use harvest_generated::webhooks::PROTOCOL;

use super::deliver::{Labels, Target};
use super::{saved, secrets, verifier};
use crate::arguments::Replay;
use crate::failure::{Exit, Failure, printable};
use crate::output;

pub(super) async fn run(replay: Replay) -> Result<(), Failure> {
    let verifier = if replay.sign {
        Some(verifier(&secrets(&replay.secret)?)?)
    } else {
        None
    };
    let target = Target::new(&replay.to)?;
    let is_chosen = |list: &[String], value: Option<&str>| {
        list.is_empty() || value.is_some_and(|it| list.iter().any(|known| known == it))
    };
    let (mut sent, mut failed) = (0, 0);
    for saved in saved::all(&replay.file)? {
        let saved = saved?;
        let (id, action) = (saved.event_id.as_deref(), saved.action.as_deref());
        if !is_chosen(&replay.event_id, id) || !is_chosen(&replay.event, action) {
            continue;
        }
        let again = verifier
            .as_ref()
            .map(|it| it.signature(saved.body.as_bytes()));
        let labels = Labels {
            event_id: id,
            signature: again.as_deref().or(saved.signature.as_deref()),
        };
        let outcome = target.send(&labels, saved.body.clone().into_bytes()).await;
        sent += 1;
        if outcome != Ok(PROTOCOL.success) {
            failed += 1;
        }
        let outcome = outcome.map_or_else(|problem| problem, |status| status.to_string());
        let (action, id) = (action.unwrap_or("no event"), id.unwrap_or("without an id"));
        let mut out = output::standard();
        let line = printable(&format!("{action}  {id}  {outcome}"));
        writeln!(out, "{line}")?;
        out.flush()?;
    }
    match (sent, failed) {
        (0, _) => Err(Failure::usage("there is no such delivery in the file")),
        (_, 0) => Ok(()),
        _ => Err(Failure::new(
            Exit::Failed,
            format!("{failed} of {sent} were not answered with success"),
        )),
    }
}
