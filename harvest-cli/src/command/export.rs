//! `harvest export`: lists into a folder, and the proof that they are whole.

mod listener;
mod place;
mod proof;

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use harvest_export::catalog::Catalog;
use harvest_export::{
    Attachments, Deletions, Drift, Export as Engine, ExportError, Privacy, Progressed, database,
};

use self::listener::{Listener, Manner};
use self::place::{Most, Place};
use crate::arguments::{Export, ExportCommand, ExportFormat, Global};
use crate::connection::Connection;
use crate::counted::counted;
use crate::failure::{Exit, Failure};
use crate::output::progress;

/// The most bytes of a key of pseudonyms.
const MOST_KEY: u64 = 4_096;

pub(crate) async fn run(global: &Global, catalog: &Catalog, export: Export) -> Result<(), Failure> {
    if let Some(ExportCommand::Verify {
        path,
        against,
        pseudonyms,
        max_copy_size,
    }) = export.command
    {
        let connection = if against {
            Some(Connection::open(global).await?)
        } else {
            None
        };
        let key = pseudonyms.as_deref().map(key).transpose()?;
        let other = connection.as_ref().map(|it| (&it.core, catalog));
        let most = Most {
            page_bytes: global.max_response_size,
            bytes: max_copy_size,
        };
        let place = Place::copy(&path, global.max_wait, most).await?;
        return proof::prove(&place, other, key).await;
    }
    let Some(to) = export.to.clone() else {
        return Err(Failure::usage(
            "name the folder, the database or the object store by --to",
        ));
    };
    let key = export.pseudonyms.as_deref().map(key).transpose()?;
    let privacy = Privacy::new(&export.without, &export.with, key)?;
    let connection = Connection::open(global).await?;
    let mut place = Place::open(&to, &export, global.max_wait).await?;
    let (folder, sqlite) = (place.folder.clone(), place.database.clone());
    let engine = Engine {
        streams: export.streams,
        since: export.since,
        privacy,
        deletions: match (export.deletions, export.allow_mass_delete) {
            (false, false) => Deletions::Ignore,
            (true, false) => Deletions::Find,
            (_, true) => Deletions::FindAll,
        },
        attachments: export
            .attachments
            .then(|| attachments(export.max_file_size)),
        ..Engine::new(&connection.core, catalog, &folder)
    };
    let manner = match (export.json, io::stderr().is_terminal() && !global.quiet) {
        (true, _) => Manner::Events,
        (false, true) => Manner::Terminal,
        (false, false) => Manner::Quiet,
    };
    let mut listener = Listener::new(manner);
    let plan = match engine.plan() {
        Ok(plan) => plan,
        Err(error) => return Err(place.leave_by(error).await),
    };
    if export.dry_run && !export.json {
        for line in listener::lines(&plan) {
            println!("{line}");
        }
        let name = connection.version.conventions.permission_name;
        for permission in &plan.permissions {
            println!("{name}: {permission}");
        }
        return Ok(());
    }
    listener.plan(&plan);
    if export.dry_run {
        return Ok(());
    }
    let outcome = {
        let mut progressed = |progressed: Progressed<'_>| listener.progressed(&progressed);
        tokio::select! {
            outcome = place.during(engine.run(&mut progressed)) => Some(outcome),
            _ = tokio::signal::ctrl_c() => None,
        }
    };
    progress::clear();
    let summary = match outcome {
        Some(Ok(summary)) => summary,
        Some(Err(error)) => return Err(place.leave_by(error).await),
        None => return Err(place.leave_by(interrupted(global.sandbox)).await),
    };
    let derived = derive(&folder, catalog, sqlite.as_deref(), &export.format);
    let drift = match derived {
        Ok(drift) => drift,
        Err(error) => return Err(place.leave_by(error).await),
    };
    place.finish().await?;
    listener.drifted(&drift);
    listener.done(&summary, &to.display().to_string());
    if !summary.refused.is_empty() {
        return Err(Failure::new(
            Exit::Permission,
            format!("not covered: {}", counted(summary.refused.len(), "stream")),
        ));
    }
    if summary.missing > 0 {
        return Err(Failure::new(
            Exit::Incomplete,
            format!(
                "incomplete: {} could not be fetched; run the same command to try again",
                counted(summary.missing, "file")
            ),
        ));
    }
    if export.strict && !drift.is_empty() {
        let drift = drift.len();
        return Err(Failure::new(
            Exit::Drift,
            format!(
                "not as described, and kept: {} in records",
                counted(drift, "place")
            ),
        ));
    }
    Ok(())
}

/// Makes what is made of the pages, and says what they have that is not described.
fn derive(
    folder: &Path,
    catalog: &Catalog,
    sqlite: Option<&Path>,
    formats: &[ExportFormat],
) -> Result<Vec<Drift>, ExportError> {
    let mut drift = Vec::new();
    if let Some(path) = sqlite {
        drift = database(folder, catalog, path)?.drift;
    }
    #[cfg(feature = "parquet")]
    let has_logs = formats.contains(&ExportFormat::Delta);
    #[cfg(feature = "parquet")]
    if has_logs || formats.contains(&ExportFormat::Parquet) {
        let columns = harvest_spec::columns(catalog.version).unwrap_or_default();
        let built = if has_logs {
            harvest_export::delta(folder, catalog, columns)?
        } else {
            harvest_export::parquet(folder, catalog, columns)?
        };
        drift.extend(built.drift);
        // What both have is said once.
        let place = |it: &Drift| (it.stream.clone(), it.path.clone(), it.what.clone());
        drift.sort_by_key(place);
        drift.dedup_by_key(|it| place(it));
    }
    #[cfg(not(feature = "parquet"))]
    let _ = formats;
    Ok(drift)
}

/// The message to the person who stopped it. Pages that were written are kept, as if the process had been killed.
fn interrupted(in_process: bool) -> Failure {
    let next = if in_process {
        "the sandbox of this command is gone, and so is what it held"
    } else {
        "what was read is kept, and the same command goes on"
    };
    Failure::new(Exit::Incomplete, format!("incomplete: interrupted; {next}"))
}

fn attachments(max_bytes: Option<u64>) -> Attachments {
    let mut attachments = Attachments::default();
    attachments.max_bytes = max_bytes.unwrap_or(attachments.max_bytes);
    attachments
}

/// The key of pseudonyms, without a line break at its end.
fn key(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: io::Error| Failure::usage(format!("{} cannot be read: {error}", path.display()));
    let mut key = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MOST_KEY).read_to_end(&mut key).map_err(failed)?;
    Ok(key.trim_ascii().to_vec())
}
