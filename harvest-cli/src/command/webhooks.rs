//! `harvest webhooks`: deliveries received, checked, made and sent again.

mod deliver;
mod listen;
mod receiver;
mod replay;
mod saved;
mod trigger;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use harvest_generated::runtime::Bytes;
use harvest_generated::runtime::reqwest::header::{HeaderMap, HeaderValue};
use harvest_generated::runtime::webhook::{Secrets, Verifier};
use harvest_generated::webhooks::PROTOCOL;

use crate::arguments::{Global, SecretFile, Verify, Webhooks};
use crate::failure::{Exit, Failure, printable};

const SECRET: &str = "HARVEST_WEBHOOK_SECRET";
const FORMER_SECRET: &str = "HARVEST_WEBHOOK_FORMER_SECRET";
/// The most bytes of a secret.
const MOST_SECRET: u64 = 4_096;
/// The most bytes of a delivery.
const MOST_BODY: u64 = 10 * 1024 * 1024;

pub(crate) async fn run(global: &Global, webhooks: Webhooks) -> Result<(), Failure> {
    match webhooks {
        Webhooks::Listen(listen) => listen::run(global, listen).await,
        Webhooks::Verify(verify) => check(&verify),
        Webhooks::Trigger(trigger) => trigger::run(trigger).await,
        Webhooks::Replay(replay) => replay::run(replay).await,
    }
}

/// The secrets, the newest first. Their text is kept in no place that is printed.
fn secrets(file: &SecretFile) -> Result<Vec<String>, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    if let Some(path) = &file.secret_file {
        return Ok(vec![first_line(path)?]);
    }
    let found: Vec<_> = [SECRET, FORMER_SECRET]
        .into_iter()
        .filter_map(variable)
        .collect();
    if found.is_empty() {
        return Err(Failure::new(
            Exit::Credential,
            format!(
                "there is no secret of the webhook; set {SECRET}, or name a file by --secret-file"
            ),
        ));
    }
    Ok(found)
}

fn first_line(path: &Path) -> Result<String, Failure> {
    let bytes = read(path, MOST_SECRET)?;
    let text = String::from_utf8(bytes).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        let message = format!("{} has no secret in its first line", path.display());
        return Err(Failure::new(Exit::Credential, message));
    }
    Ok(line.to_owned())
}

fn verifier(secrets: &[String]) -> Result<Verifier, Failure> {
    let secrets =
        Secrets::new(secrets).map_err(|error| Failure::new(Exit::Credential, error.to_string()))?;
    Ok(Verifier::new(PROTOCOL, secrets))
}

/// What is in a file, or comes by standard input, up to so many bytes.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: io::Error| Failure::usage(format!("{} cannot be read: {error}", path.display()));
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        let file = File::open(path).map_err(failed)?;
        file.take(most + 1).read_to_end(&mut bytes)
    }
    .map_err(failed)?;
    if bytes.len() as u64 > most {
        let message = format!("{} has more than {most} bytes", path.display());
        return Err(Failure::usage(message));
    }
    Ok(bytes)
}

/// The action that a body names.
fn action(body: &[u8]) -> Option<String> {
    /// Of an event of any shape.
    #[derive(serde::Deserialize)]
    struct Head {
        action: String,
    }
    let head: Head = serde_json::from_slice(body).ok()?;
    Some(head.action)
}

fn check(verify: &Verify) -> Result<(), Failure> {
    let verifier = verifier(&secrets(&verify.secret)?)?;
    let body = read(&verify.body, MOST_BODY)?;
    let mut headers = HeaderMap::new();
    let signature = HeaderValue::from_str(verify.signature.trim());
    let signature =
        signature.map_err(|_| Failure::usage("the signature has what no header has"))?;
    headers.insert(PROTOCOL.signature_header, signature);
    let checked = verifier.verify(&headers, Bytes::from(body));
    let delivery = checked
        .map_err(|rejected| Failure::new(Exit::Failed, format!("not verified: {rejected}")))?;
    let action = action(delivery.body()).unwrap_or_else(|| "no event by its body".to_owned());
    println!("verified: {}", printable(&action));
    Ok(())
}
