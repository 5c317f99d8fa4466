//! An export of the candidates, as the command line makes one.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use harvest_export::catalog::Catalog;
use harvest_export::{Export, database};
use harvest_generated::v3;
use harvest_runtime::Api as _;

use super::{Found, authorized, peak_kib};

/// The list that is exported.
const STREAM: &str = "candidates";

/// What an export is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Files with a record a line, as they came.
    Ndjson,
    /// These, and the database that is made of them.
    Sqlite,
}

impl Form {
    /// As an argument.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Sqlite => "sqlite",
        }
    }
}

/// Exports all candidates of v3 to a folder, without a look at what was written.
///
/// # Errors
///
/// If the list breaks off, or a file cannot be written.
pub async fn export(
    url: &str,
    window: Duration,
    folder: &Path,
    form: Form,
) -> Result<Found, Box<dyn Error>> {
    let client: v3::Client = authorized(url, window).build()?;
    let document = harvest_spec::document("v3").ok_or("v3 is not embedded")?;
    let catalog = Catalog::read(document.version, v3::operations::OPERATIONS, document.json)?;
    let export = Export {
        streams: vec![STREAM.to_owned()],
        ..Export::new(client.core(), &catalog, folder)
    };
    let read = export.run(&mut |_| {}).await?.rows;
    let records = match form {
        Form::Ndjson => read,
        Form::Sqlite => {
            let built = database(folder, &catalog, &folder.join("export.sqlite"))?;
            built.rows.get(STREAM).copied().unwrap_or_default()
        }
    };
    Ok(Found {
        records,
        in_order: true,
        peak_kib: peak_kib(),
    })
}
