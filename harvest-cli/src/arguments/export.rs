//! Options of `harvest export`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::moment::moment;

/// Read every list into a folder, provably as a whole
///
/// Records are written as they came, a file a page. A run may be stopped at any moment, and goes on when it is started
/// again; a later run reads what changed since. What the credential may not read is listed, and ends with 5.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    override_usage = "harvest export --to PLACE [OPTIONS]\n       harvest export verify PLACE",
    after_help = "\
Examples:
  harvest export --to out                                every list that the credential may read
  harvest export --to out --deletions                    what changed since, and what is gone
  harvest export --to people.sqlite --streams candidates,applications
  harvest export --to out --format parquet               tables for DuckDB, Spark, Trino and others
  harvest export --to out --attachments                  the files that records name, once each
  harvest export --to out --without contact,free_text    no addresses, no notes
  harvest export --to s3://people/greenhouse             into an object store
  harvest export verify out                              the proof"
)]
#[expect(clippy::doc_markdown, reason = "it is help for a terminal")]
pub(crate) struct Export {
    /// The folder to write to; a database (`FILE.sqlite`), beside which a folder has the pages that it is made of; or an
    /// object store (`s3://BUCKET/PREFIX`, `gs://…`, `az://…`) with the credential of the environment
    #[arg(long, value_name = "PLACE", required = true)]
    pub to: Option<PathBuf>,

    /// What to make in the folder
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["ndjson"])]
    pub format: Vec<ExportFormat>,

    /// The streams to read [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub streams: Vec<String>,

    /// Every stream, which is the default
    #[arg(long, conflicts_with = "streams")]
    pub all: bool,

    /// In the first run, only what changed since: a moment, a day, or a time ago such as 7d
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub since: Option<String>,

    /// Look for records that are gone, and list them in deleted.ndjson: takes a walk over all ids
    #[arg(long)]
    pub deletions: bool,

    /// The same, where more than 1% of a stream is gone
    #[arg(long)]
    pub allow_mass_delete: bool,

    /// The folder that an export into an object store works in [default: one for the address, in the state folder of the
    /// user]
    #[arg(long, value_name = "FOLDER", help_heading = "Object stores")]
    pub work: Option<PathBuf>,

    /// Write to an object store although another export seems to: it is known to have ended
    #[arg(long, help_heading = "Object stores")]
    pub take_over: bool,

    /// Fetch the files that records name, too: attachments, recordings
    #[arg(long, help_heading = "Files")]
    pub attachments: bool,

    /// The most bytes of a file [default: 100 MiB]
    #[arg(
        long,
        value_name = "BYTES",
        requires = "attachments",
        help_heading = "Files"
    )]
    pub max_file_size: Option<u64>,

    /// Classes of personal data to leave out: identity, contact, free_text, demographic, compensation, document
    #[arg(
        long,
        value_name = "CLASS,…",
        value_delimiter = ',',
        help_heading = "Personal data"
    )]
    pub without: Vec<String>,

    /// Classes to read that are left out unless asked for: demographic, and with pseudonyms free_text and document
    #[arg(
        long,
        value_name = "CLASS,…",
        value_delimiter = ',',
        help_heading = "Personal data"
    )]
    pub with: Vec<String>,

    /// Write the same pseudonym for the same name, number or address, made with the key in this file
    #[arg(long, value_name = "FILE", help_heading = "Personal data")]
    pub pseudonyms: Option<PathBuf>,

    /// End with 7 if records of the database or the tables have what is not described
    #[arg(long)]
    pub strict: bool,

    /// Print what would be read, and send nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Print events as JSON, one a line
    #[arg(long)]
    pub json: bool,

    #[command(subcommand)]
    pub command: Option<ExportCommand>,
}

/// A format of an export.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Files of records as they came, which there are in any case
    Ndjson,
    /// A database with a table a stream, `export.sqlite`
    Sqlite,
    /// Nested tables that grow by what changed, with views for databases that read them, `parquet`
    #[cfg(feature = "parquet")]
    Parquet,
    /// The same tables with a log of Delta Lake, for Spark, Trino, Databricks and others
    #[cfg(feature = "parquet")]
    Delta,
}

#[derive(Subcommand)]
pub(crate) enum ExportCommand {
    /// Compute everything again from the files and the ledger; ends with 3 if the export is not whole
    Verify {
        /// The folder, the database or the object store
        #[arg(value_name = "PLACE")]
        path: PathBuf,

        /// Read every list again, and compare: a record that is missing or another one, though it did not change since, is
        /// a problem
        #[arg(long)]
        against: bool,

        /// The key of the pseudonyms, to compare with
        #[arg(long, value_name = "FILE", requires = "against")]
        pseudonyms: Option<PathBuf>,

        /// The most bytes of an export in an object store, which is copied to be proven: a number, or one of KiB, MiB or GiB
        #[arg(long, value_name = "SIZE", value_parser = super::size, default_value = "64GiB")]
        max_copy_size: u64,
    },
}
