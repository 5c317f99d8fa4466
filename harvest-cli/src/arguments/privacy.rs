//! Options of `harvest privacy`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What is kept about one person
#[derive(Subcommand)]
pub(crate) enum PersonalData {
    Report(PersonReport),
    Erase(PersonErase),
}

/// Read everything about a candidate into a folder
///
/// The candidate, and the records of each list that can be narrowed to the candidate, to the applications of the candidate,
/// or to what belongs to those; with the files that they name. A list that this credential may not read is listed in
/// report.json, as are lists about people that cannot be narrowed, and ends with 5.
#[derive(Args)]
pub(crate) struct PersonReport {
    /// The candidate, by id
    #[arg(value_name = "CANDIDATE")]
    pub candidate: i64,

    /// A folder that is not there yet
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,

    /// Leave out the files
    #[arg(long)]
    pub without_files: bool,

    /// The most bytes of a file [default: 100 MiB]
    #[arg(long, value_name = "BYTES", conflicts_with = "without_files")]
    pub max_file_size: Option<u64>,
}

/// Anonymize a candidate, and read back what is left
///
/// It cannot be undone. What is read before and after is compared: a text about the person that is still there is named by its
/// place, and ends with 3.
#[derive(Args)]
pub(crate) struct PersonErase {
    /// The candidate, by id
    #[arg(value_name = "CANDIDATE")]
    pub candidate: i64,

    /// What to erase, as the service calls it [default: all that it can]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub fields: Vec<String>,

    /// Print the request, and do not send it
    #[arg(long)]
    pub dry_run: bool,

    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}
