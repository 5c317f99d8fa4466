//! Options of `harvest migrate`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Find out what moving to the current version takes
///
/// Nothing is sent.
#[derive(Subcommand)]
pub(crate) enum Migrate {
    Scan(Scan),
    Scopes(Scopes),
}

/// Find calls of the older version in a code base, and what takes their place
///
/// Sources are read as text: URLs and paths in any language, with what is put in at run time, and calls of the known clients
/// of Ruby, Python, PHP, Go, TypeScript, JavaScript, Kotlin and Rust. Of each call the report has what to call in its place,
/// and the parameters and fields that change; those that the file mentions come first. Hidden folders, those of dependencies
/// and symbolic links are left out. Ends with 8 if something is to be changed, and with 3 if something was not read.
#[derive(Args)]
#[command(after_help = "\
Examples:
  harvest migrate scan src
  harvest migrate scan . --output sarif > harvest.sarif  for a review in the code host
  harvest migrate scan . --output json | jq -r '.scopes[]'")]
pub(crate) struct Scan {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// How to print it
    #[arg(
        long,
        short,
        value_enum,
        value_name = "FORMAT",
        default_value = "table"
    )]
    pub output: ScanFormat,

    /// Leave out what is not sure
    #[arg(long)]
    pub certain: bool,

    /// The most bytes of a file that is read
    #[arg(long, value_name = "BYTES", default_value_t = 1_048_576)]
    pub max_file_size: u64,

    /// The most files that are read
    #[arg(long, value_name = "COUNT", default_value_t = 50_000)]
    pub max_files: usize,
}

/// A format of a scan.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScanFormat {
    /// For people, by operation
    Table,
    /// One object
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// Say which scopes of the current version do what the permissions of an older key do
///
/// Permissions are those of the page of the key: `GET: List Candidates`. A permission that does not exist ends with 2.
#[derive(Args)]
#[command(after_help = "\
Examples:
  harvest migrate scopes 'GET: List Candidates' 'GET: Retrieve Job'
  harvest migrate scopes --input permissions.txt
  harvest migrate scopes --all --json")]
pub(crate) struct Scopes {
    /// The permissions of the key
    #[arg(
        value_name = "PERMISSION",
        required_unless_present_any = ["input", "all"]
    )]
    pub permissions: Vec<String>,

    /// A file with a permission a line, or `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub input: Option<String>,

    /// Every permission that there is
    #[arg(long, conflicts_with_all = ["permissions", "input"])]
    pub all: bool,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}
