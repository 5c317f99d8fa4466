//! A sandbox to ask: a process of its own on a free port, which ends with this value.

use std::fmt::Display;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use harvest_codegen::conventions::Sandbox as Answers;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::Error;
use super::access::Access;
use super::unanswered::Example;
use crate::workspace::Workspace;

const PACKAGE: &str = "harvest-sandbox";
/// Opens nothing but a sandbox that ends with the run.
pub(crate) const KEY: &str = "conformance";

/// Builds the sandbox, and says where it is.
pub(crate) fn built(workspace: &Workspace) -> Result<PathBuf, Error> {
    let found = executable(workspace, PACKAGE)?;
    found.ok_or_else(|| Error::Sandbox("it does not build".to_owned()))
}

/// Builds a program of the workspace, and says where it is. Without `--package`, so that what `cargo test --workspace`
/// compiled is taken.
pub(crate) fn executable(workspace: &Workspace, name: &str) -> io::Result<Option<PathBuf>> {
    let output = Command::new("cargo")
        .current_dir(workspace.root())
        .args(["build", "--quiet", "--bin", name])
        .args(chosen_features())
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()?;
    let lines = output.stdout.split(|byte| *byte == b'\n');
    let found = lines
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from));
    Ok(found.filter(|_| output.status.success()))
}

/// The features that `.ci/run` builds everything with, so that what it compiled is taken.
fn chosen_features() -> Option<String> {
    let features = std::env::var("CI_FEATURES").ok()?;
    Some(format!("--features={features}"))
}

/// An integration with all scopes, as the sandbox prints it.
#[derive(Default)]
pub(crate) struct Integration {
    pub(crate) token_url: String,
    pub(crate) client_id: String,
    pub(crate) secret: String,
}

impl Integration {
    /// An access token by the grant of client credentials: for a user, or for the integration itself.
    pub(crate) fn token(&self, user: Option<i64>) -> Result<String, Error> {
        let wrong = |error: &dyn Display| Error::Sandbox(format!("no token is issued: {error}"));
        let answer = reqwest::blocking::Client::new()
            .post(&self.token_url)
            .basic_auth(&self.client_id, Some(&self.secret))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(match user {
                Some(user) => format!("grant_type=client_credentials&sub={user}"),
                None => "grant_type=client_credentials".to_owned(),
            })
            .send()
            .and_then(reqwest::blocking::Response::error_for_status)
            .and_then(reqwest::blocking::Response::json::<Value>)
            .map_err(|error| wrong(&error))?;
        let token = answer["access_token"].as_str();
        token
            .map(str::to_owned)
            .ok_or_else(|| wrong(&"the answer has none"))
    }
}

pub(crate) struct Sandbox {
    pub(crate) url: String,
    /// Who may do everything.
    pub(crate) user: i64,
    /// There if it has a service that issues tokens for its records.
    pub(crate) integration: Option<Integration>,
    client: reqwest::blocking::Client,
    process: Child,
    // What it prints later must have somewhere to go.
    output: BufReader<ChildStdout>,
}

impl Access {
    /// What a sandbox wants from a client of this document: its key, or an access token with all scopes where the document
    /// has bearer tokens and the sandbox a service that issues them.
    pub(crate) fn to(sandbox: &Sandbox, document: &Value) -> Result<Self, Error> {
        let schemes = document["components"]["securitySchemes"].as_object();
        let mut known = schemes.into_iter().flatten().filter_map(|(name, scheme)| {
            let bearer = match scheme["scheme"].as_str()? {
                "basic" => false,
                "bearer" => true,
                _ => return None,
            };
            Some((name.clone(), bearer))
        });
        let (scheme, bearer) = known.next().ok_or_else(|| {
            Error::Document("no security scheme is HTTP Basic or Bearer".to_owned())
        })?;
        let secret = match &sandbox.integration {
            Some(integration) if bearer => integration.token(Some(sandbox.user))?,
            _ => KEY.to_owned(),
        };
        Ok(Self {
            scheme,
            bearer,
            secret,
            user: sandbox.user,
        })
    }
}

impl Sandbox {
    /// Starts one that never says 429, which would hide all other answers, and that takes nothing but what is described.
    pub(crate) fn start(binary: &Path, version: &str, answers: Answers) -> Result<Self, Error> {
        let examples = (answers == Answers::Examples).then_some("--examples");
        let more: Vec<_> = ["--strict"].into_iter().chain(examples).collect();
        Self::start_with(binary, version, &more)
    }

    /// Starts one that never says 429, with more arguments.
    pub(crate) fn start_with(binary: &Path, version: &str, more: &[&str]) -> Result<Self, Error> {
        let mut process = Command::new(binary)
            .args(["--addr", "127.0.0.1:0", "--api-version", version])
            .args(["--key", KEY, "--rate-limit", "1000000/1s"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take();
        let output =
            output.ok_or_else(|| Error::Sandbox("its output cannot be read".to_owned()))?;
        let mut sandbox = Self {
            url: String::new(),
            user: 0,
            integration: None,
            client: reqwest::blocking::Client::new(),
            process,
            output: BufReader::new(output),
        };
        let mut integration = Integration::default();
        while sandbox.url.is_empty() || sandbox.user == 0 {
            let mut line = String::new();
            if sandbox.output.read_line(&mut line)? == 0 {
                return Err(Error::Sandbox(format!("it does not start with {version}")));
            }
            let after = |label: &str| line.trim().strip_prefix(label).map(str::trim);
            if let Some(url) = after("URL") {
                url.clone_into(&mut sandbox.url);
            }
            if let Some(url) = after("token URL") {
                url.clone_into(&mut integration.token_url);
            }
            if let Some(id) = after("client id") {
                id.clone_into(&mut integration.client_id);
            }
            if let Some(secret) = after("secret") {
                secret.clone_into(&mut integration.secret);
            }
            // The last of them.
            if let Some(user) = after("user id") {
                sandbox.user = user.parse().unwrap_or_default();
            }
        }
        // Where answers come from examples, its key is the token.
        sandbox.integration = Some(integration).filter(|it| !it.client_id.is_empty());
        Ok(sandbox)
    }

    /// The status of the answer to a request.
    pub(crate) fn status(
        &self,
        access: &Access,
        example: &Example<'_>,
    ) -> Result<StatusCode, Error> {
        let (method, path) = (example.method.to_uppercase(), &example.path);
        let wrong = |error: &dyn Display| Error::Sandbox(format!("{method} {path}: {error}"));
        let verb = Method::from_bytes(method.as_bytes()).map_err(|error| wrong(&error))?;
        let mut request = self.client.request(verb, format!("{}{path}", self.url));
        if let Some(header) = example.acting_user {
            request = request.header(header, access.user);
        }
        if let Some(body) = example.body {
            request = request.json(body);
        }
        let answer = access.sign(request).send().map_err(|error| wrong(&error))?;
        Ok(answer.status())
    }

    /// What a GET is answered; `None` if there is no such record, or the operation keeps none.
    pub(crate) fn get(&self, access: &Access, path: &str) -> Result<Option<Value>, Error> {
        let wrong = |error: reqwest::Error| Error::Sandbox(format!("GET {path}: {error}"));
        let request = self.client.get(format!("{}{path}", self.url));
        let answer = access.sign(request).send().map_err(wrong)?;
        match answer.status() {
            StatusCode::NOT_FOUND | StatusCode::NOT_IMPLEMENTED => Ok(None),
            status if status.is_success() => answer.json().map(Some).map_err(wrong),
            status => Err(Error::Sandbox(format!("GET {path} is answered {status}"))),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have exited already, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
