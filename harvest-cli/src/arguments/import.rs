//! Options of `harvest import`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(crate) enum Import {
    Candidates(ImportCandidates),
}

/// Add candidates from a table, each once
///
/// The first line names the columns: properties of a candidate (`first_name`, `title`), `email`, `phone`, `address`, `website`
/// and `social`, with a kind where it matters (`email:work`), `tags`; custom fields by their key or name; `job_id`,
/// `source_id` and other ids of the application; and kinds of attachments (`resume`, `cover_letter`) with the path of a file or
/// an https URL. Several values of a cell have `;` between them. Texts become values of custom fields by their definitions.
///
/// All rows are checked before anything is sent. A journal beside the table has what was done, so that the same command goes
/// on where one was stopped, and asks before it sends again what was under way. Ends with 3 if rows are left.
#[derive(Args)]
#[command(after_help = "\
Examples:
  harvest import candidates people.csv --dry-run         what would be done
  harvest import candidates people.csv --job 5310447002 --yes
  harvest import candidates people.csv --ignore notes,score")]
pub(crate) struct ImportCandidates {
    /// The table: comma-separated values in UTF-8
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The character between two cells
    #[arg(long, value_name = "CHARACTER", default_value = ",")]
    pub delimiter: char,

    /// Columns to leave out
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// The job that all apply for, if there is no column `job_id`
    #[arg(long, value_name = "ID", conflicts_with = "prospects")]
    pub job: Option<i64>,

    /// Add prospects: candidates who are considered for no job yet
    #[arg(long)]
    pub prospects: bool,

    /// What is done about a row whose e-mail address a candidate has
    #[arg(long, value_enum, default_value = "skip")]
    pub duplicates: Duplicates,

    /// The folder that paths of files are relative to [default: that of the table]
    #[arg(long, value_name = "DIR")]
    pub files: Option<PathBuf>,

    /// Where it is kept what was done [default: FILE.journal.ndjson]
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,

    /// Check the rows and look for duplicates, and send nothing that changes anything
    #[arg(long)]
    pub dry_run: bool,

    /// Do not ask before it begins
    #[arg(long)]
    pub yes: bool,
}

/// What is done about duplicates.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Duplicates {
    /// The row is done
    Skip,
    /// The row is refused
    Refuse,
    /// Another candidate is added
    Add,
}
