//! Options and commands that are the same for every version of the API.

mod export;
mod import;
mod migrate;
mod privacy;
mod webhooks;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

pub(crate) use self::export::{Export, ExportCommand, ExportFormat};
pub(crate) use self::import::{Duplicates, Import, ImportCandidates};
pub(crate) use self::migrate::{Migrate, Scan, ScanFormat, Scopes};
pub(crate) use self::privacy::{PersonErase, PersonReport, PersonalData};
pub(crate) use self::webhooks::{Listen, PING, Replay, SecretFile, Trigger, Verify, Webhooks};
use crate::failure::EXIT_CODES;
use crate::profile::GrantKind;

/// The Greenhouse Harvest API on the command line
///
/// Data goes to standard output, everything else to standard error. Requests are paced by the service's rate limit,
/// and repeated where that is safe.
#[derive(Parser)]
#[command(name = "harvest", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Default)]
#[expect(clippy::doc_markdown, reason = "it is help for a terminal")]
pub(crate) struct Global {
    /// Start a sandbox in this process, and send everything to it
    #[arg(long, global = true, help_heading = "Connection")]
    pub sandbox: bool,

    /// The profile to use, of `harvest auth list` [default: HARVEST_PROFILE, then a credential in the environment, then the
    /// current profile]
    #[arg(
        long,
        short,
        global = true,
        value_name = "NAME",
        conflicts_with = "sandbox",
        help_heading = "Connection"
    )]
    pub profile: Option<String>,

    /// The version of the API [default: that of the profile or of the environment, otherwise the current one]
    #[arg(
        long,
        global = true,
        value_name = "VERSION",
        help_heading = "Connection"
    )]
    pub api_version: Option<String>,

    /// The user for whom changes are made, by id
    #[arg(long, global = true, value_name = "USER", help_heading = "Connection")]
    pub acting_user: Option<i64>,

    /// How long a request waits in pauses that the service, or an object store, asks for, and for a turn that it puts off,
    /// in all; all downloads of a command are as one request
    #[arg(long, global = true, value_name = "TIME", value_parser = duration, default_value = "5m",
          help_heading = "Connection")]
    pub max_wait: Duration,

    /// The most bytes of one answer: a number, or one of KiB, MiB or GiB
    #[arg(long, global = true, value_name = "SIZE", value_parser = size, default_value = "64MiB",
          help_heading = "Connection")]
    pub max_response_size: u64,

    /// Say nothing about waits
    #[arg(long, global = true, help_heading = "Connection")]
    pub quiet: bool,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make any request, and print the answer
    Api(Api),
    /// Keep credentials, and choose between them
    #[command(subcommand)]
    Auth(Auth),
    Export(Export),
    Doctor(Doctor),
    /// Add records from a table
    #[command(subcommand)]
    Import(Import),
    /// Find out what moving to the current version takes
    #[command(subcommand)]
    Migrate(Migrate),
    /// Read or erase what is kept about one person
    #[command(subcommand)]
    Privacy(PersonalData),
    /// Receive webhooks on this computer, and try a receiver
    #[command(subcommand)]
    Webhooks(Webhooks),
    /// Run a sandbox until it is stopped: a Harvest API on this computer, with an organization of invented people
    Sandbox(Box<harvest_sandbox::program::Options>),
    /// Print a script for a shell that completes commands and options
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write a manual page for each command
    Man {
        /// The folder to write them to
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print all commands as Markdown
    #[command(hide = true)]
    Reference,
}

/// Keep credentials, and choose between them
///
/// They are kept in a file that only its owner can read (`profiles.json` in HARVEST_CONFIG_DIR, or in the platform's
/// folder for settings), or in the system's keyring. A credential in the environment goes before the current profile.
#[derive(Subcommand)]
#[expect(clippy::doc_markdown, reason = "it is help for a terminal")]
pub(crate) enum Auth {
    Login(Login),
    /// List the profiles
    List,
    /// Use another profile where a command names none
    Switch {
        /// The profile
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Remove a profile and its secrets from this computer, from the keyring, too
    Logout {
        /// The profile [default: the current one]
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// Say what the next command would use; nothing is sent
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// Add a profile, and use it from now on
///
/// Secrets are asked for, or read from standard input, a line each: the key; or the secret of the client, and then the
/// refresh token. They are never arguments, which other programs can see.
#[derive(Args)]
#[command(after_help = "\
Examples:
  harvest auth login acme --client-id 12345              asks for the secret
  harvest auth login acme --client-id 12345 < secret     reads it
  harvest auth login acme --client-id 12345 --keyring    keeps it in the system's keyring
  harvest auth login old --api-version v1                asks for the key
  harvest auth login try --kind sandbox --data sandbox/")]
pub(crate) struct Login {
    /// A name for the profile: letters, digits, `-` and `_`
    #[arg(value_name = "NAME", default_value = "default", value_parser = profile_name)]
    pub name: String,

    /// What authorizes [default: client if the version has a token service, otherwise key]
    #[arg(long, value_enum)]
    pub kind: Option<GrantKind>,

    /// The id of the client of the token service
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,

    /// Another place of the API: a proxy, a sandbox
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Another place of the token service
    #[arg(long, value_name = "URL")]
    pub token_url: Option<String>,

    /// The folder of the sandbox's records
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// Keep the secrets in the system's keyring, if this program was built with it. The tokens that follow on a refresh token
    /// stay in a file, which processes share
    #[arg(long)]
    pub keyring: bool,
}

/// A name that can stand in the name of a file.
fn profile_name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if (1..=64).contains(&text.len()) && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("up to 64 letters, digits, `-` and `_`".to_owned())
    }
}

/// Make any request, and print the answer
///
/// The credential, the pace, retries and errors are those of every other command. The path is that of the API's
/// documentation, and may have a query.
#[derive(Args)]
#[command(
    override_usage = "harvest api [OPTIONS] [METHOD] PATH",
    after_help = "\
Examples:
  harvest api /v3/users
  harvest api /v3/candidates -f per_page=500 --paginate --jq '.[].id'
  harvest api PATCH /v3/candidates/123 -F can_email=false -f title='Field lead'"
)]
pub(crate) struct Api {
    /// The method [default: GET, or POST if there is a body], and the path
    #[arg(value_names = ["METHOD", "PATH"], num_args = 1..=2, required = true)]
    pub request: Vec<String>,

    /// A text: of the query if the request reads, otherwise of the body. `a[b]=…` is a property within one, `a[]=…` an
    /// item of a list
    #[arg(long, short = 'f', value_name = "NAME=TEXT")]
    pub raw_field: Vec<String>,

    /// The same, where `true`, `false`, `null` and numbers are JSON, and `@FILE` is what is in that file (`@-`: standard
    /// input)
    #[arg(long, short = 'F', value_name = "NAME=VALUE")]
    pub field: Vec<String>,

    /// A header
    #[arg(long, short = 'H', value_name = "NAME: VALUE")]
    pub header: Vec<String>,

    /// The body, as JSON in a file, or `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["raw_field", "field"])]
    pub input: Option<PathBuf>,

    /// Follow a list to its end, and print it as one array
    #[arg(long)]
    pub paginate: bool,

    /// Go on with a list where an earlier run ended, which said so
    #[arg(long, value_name = "URL", requires = "paginate")]
    pub resume_from: Option<String>,

    /// Print what this filter of jq makes of the answer; with --paginate, of the whole list
    #[arg(long, short = 'q', value_name = "FILTER")]
    pub jq: Option<String>,

    /// The most bytes of a list that --jq is given as a whole, whose values may take eight times as many in memory: a number, or
    /// one of KiB, MiB or GiB
    #[arg(
        long,
        value_name = "SIZE",
        value_parser = size,
        default_value = "256MiB",
        requires = "paginate",
        requires = "jq"
    )]
    pub max_list_size: u64,

    /// Print the status and the headers before the answer
    #[arg(long, short, conflicts_with_all = ["paginate", "jq"])]
    pub include: bool,

    /// Print the request as JSON, and do not send it
    #[arg(long)]
    pub dry_run: bool,
}

/// Say what an export with this credential could read, and what it lacks
///
/// Asks each list for one record. Names the permission or scope of each list that cannot be read, and the smallest set that
/// an export of these streams takes. Ends with 5 if one is missing.
#[derive(Args)]
pub(crate) struct Doctor {
    /// The streams to look at [default: all]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub streams: Vec<String>,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// A number and its unit: `90s`, `5m`, `1h`.
fn duration(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];
    let parsed = units.into_iter().find_map(|(unit, milliseconds)| {
        let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
        count.checked_mul(milliseconds).map(Duration::from_millis)
    });
    parsed.ok_or_else(|| "a number and its unit, such as 90s, 5m or 1h".to_owned())
}

/// A number of bytes, and its unit if it has one: `1000`, `64MiB`.
fn size(text: &str) -> Result<u64, String> {
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];
    let parsed = units.into_iter().find_map(|(unit, power)| {
        let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
        count.checked_mul(1 << power)
    });
    parsed.ok_or_else(|| "a number of bytes, such as 1000000, 64MiB or 1GiB".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn sizes() {
        assert_eq!(size("1000"), Ok(1000));
        assert_eq!(size("64MiB"), Ok(64 << 20));
        for wrong in [
            "",
            "MiB",
            "-1",
            "1.5GiB",
            "5 MiB",
            "18446744073709551615GiB",
        ] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("5m"), Ok(Duration::from_secs(300)));
        assert_eq!(duration("15ms"), Ok(Duration::from_millis(15)));
        for wrong in ["", "5", "m", "-1s", "18446744073709551615h"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
