//! An export of the candidates, as the command line makes one.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use harvest_export::catalog::Catalog;
use harvest_export::{Built, Export, database, parquet};
use harvest_generated::{v1, v3};
use harvest_runtime::{Api as _, Core};

use super::{Found, KEY, authorized, peak_kib, set_up};
use crate::service::Version;

/// The list that is exported.
const STREAM: &str = "candidates";

/// What an export is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Files with a record a line, as they came.
    Ndjson,
    /// These, and the tables that are made of them.
    Parquet,
    /// The files, and the database that is made of them.
    Sqlite,
}

impl Form {
    /// As an argument.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
            Self::Sqlite => "sqlite",
        }
    }
}

/// Exports all candidates to a folder, without a look at what was written.
///
/// # Errors
///
/// If the list breaks off, or a file cannot be written.
pub async fn export(
    url: &str,
    version: Version,
    window: Duration,
    folder: &Path,
    form: Form,
) -> Result<Found, Box<dyn Error>> {
    let name = version.name();
    let document = harvest_spec::document(name).ok_or("the version is not embedded")?;
    let read = |operations| Catalog::read(document.version, operations, document.json);
    match version {
        Version::V1 => {
            let client: v1::Client = set_up(url, window).credential(KEY).build()?;
            let catalog = read(v1::operations::OPERATIONS)?;
            export_by(client.core(), &catalog, folder, form).await
        }
        Version::V3 => {
            let client: v3::Client = authorized(url, window).build()?;
            let catalog = read(v3::operations::OPERATIONS)?;
            export_by(client.core(), &catalog, folder, form).await
        }
    }
}

async fn export_by(
    core: &Core,
    catalog: &Catalog,
    folder: &Path,
    form: Form,
) -> Result<Found, Box<dyn Error>> {
    let export = Export {
        streams: vec![STREAM.to_owned()],
        ..Export::new(core, catalog, folder)
    };
    let read = export.run(&mut |_| {}).await?.rows;
    let built = match form {
        Form::Ndjson => None,
        Form::Parquet => {
            let columns = harvest_spec::columns(catalog.version).unwrap_or_default();
            Some(parquet(folder, catalog, columns)?)
        }
        Form::Sqlite => Some(database(folder, catalog, &folder.join("export.sqlite"))?),
    };
    let of_form = |built: &Built| built.rows.get(STREAM).copied().unwrap_or_default();
    Ok(Found {
        records: built.as_ref().map_or(read, of_form),
        in_order: true,
        peak_kib: peak_kib(),
    })
}
