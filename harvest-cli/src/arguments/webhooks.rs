//! Options of `harvest webhooks`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use harvest_generated::webhooks::Event;

/// The event that no webhook is for: each new one is tried with it.
pub(crate) const PING: &str = "ping";

/// Receive webhooks on this computer, and try a receiver
///
/// The secret is that of the webhook: in HARVEST_WEBHOOK_SECRET, or in a file. While it is being replaced,
/// HARVEST_WEBHOOK_FORMER_SECRET is the one before. It is never an argument, which other programs can see.
#[derive(Subcommand)]
#[expect(clippy::doc_markdown, reason = "it is help for a terminal")]
pub(crate) enum Webhooks {
    Listen(Listen),
    Verify(Verify),
    Trigger(Trigger),
    Replay(Replay),
}

/// The secret of a webhook.
#[derive(Args)]
#[expect(clippy::doc_markdown, reason = "it is help for a terminal")]
pub(crate) struct SecretFile {
    /// The secret, in the first line of a file [default: HARVEST_WEBHOOK_SECRET]
    #[arg(long, value_name = "FILE")]
    pub secret_file: Option<PathBuf>,
}

/// Receive deliveries, and print a line for each
///
/// What is not signed with the secret is refused. With --sandbox a sandbox delivers here: change a record there, and its event
/// arrives. What is delivered is about people, so only its name is printed unless --body is given.
#[derive(Args)]
#[command(after_help = "\
Examples:
  harvest --sandbox webhooks listen                      the sandbox delivers all of its events here
  harvest webhooks listen --forward-to http://127.0.0.1:3000/hooks --save deliveries.ndjson
  harvest webhooks listen --save deliveries.ndjson --limit 1")]
pub(crate) struct Listen {
    /// Where to listen; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8081")]
    pub address: SocketAddr,

    /// Send each delivery on to a receiver as it came, and answer what that answers
    #[arg(long, value_name = "URL")]
    pub forward_to: Option<String>,

    /// Write each delivery to the end of a file, for `harvest webhooks replay`
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,

    /// Print what was delivered, too
    #[arg(long)]
    pub body: bool,

    /// Print JSON, a delivery a line [default: if there is no terminal]
    #[arg(long)]
    pub json: bool,

    /// End after so many deliveries
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<u64>,

    /// Take what is not signed; for a receiver that only this computer reaches
    #[arg(long, conflicts_with = "secret_file")]
    pub unverified: bool,

    #[command(flatten)]
    pub secret: SecretFile,
}

/// Say whether a body was signed with the secret
///
/// Ends with 1 if it was not.
#[derive(Args)]
#[command(after_help = "\
Example:
  harvest webhooks verify body.json --signature 'sha256 9f86d0…'")]
pub(crate) struct Verify {
    /// The body, byte by byte as it came, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub body: PathBuf,

    /// The header `Signature`
    #[arg(long, value_name = "TEXT")]
    pub signature: String,

    #[command(flatten)]
    pub secret: SecretFile,
}

/// Send an event to a receiver, as the service does it
///
/// A sandbox in the process signs and sends it: first the ping that each new webhook is tried with, then the event with the
/// payload of the description, or with one of your own.
#[derive(Args)]
pub(crate) struct Trigger {
    /// The event
    #[arg(value_name = "EVENT", value_parser = events(), hide_possible_values = true)]
    pub event: String,

    /// The receiver: a URL over plain http
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8081/")]
    pub to: String,

    /// The payload, an object of JSON in a file, or `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub payload: Option<String>,

    #[command(flatten)]
    pub secret: SecretFile,
}

/// Send deliveries again that were saved, byte by byte as they came
///
/// With the same ids, so that a receiver that handles each event once does nothing. Ends with 1 if one was not answered with
/// success.
#[derive(Args)]
pub(crate) struct Replay {
    /// The file of `harvest webhooks listen --save`
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The receiver
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8081/")]
    pub to: String,

    /// Only those with these ids
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub event_id: Vec<String>,

    /// Only those of these events
    #[arg(long, value_name = "EVENT", value_delimiter = ',')]
    pub event: Vec<String>,

    /// Sign them again with the secret, which may be another one now
    #[arg(long)]
    pub sign: bool,

    #[command(flatten)]
    pub secret: SecretFile,
}

/// The events that can be sent.
fn events() -> PossibleValuesParser {
    let all = Event::ACTIONS.iter().filter(|it| **it != PING);
    PossibleValuesParser::new(all)
}
