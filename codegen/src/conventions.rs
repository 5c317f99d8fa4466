//! House rules that are the policy of one version of an API: which errors its operations describe, who acts, how a
//! permission is named.
//!
//! The root document says them under `x-harvest-conventions`. `harvest-spec/README.md` documents each key.

mod deliveries;
mod runtime;

pub use deliveries::Deliveries;
use harvest_openapi::extension;
pub use runtime::{Environment, Jobs, RateWindow, Runtime};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The conventions of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conventions {
    /// Whether a client is generated. A version without one is checked and published only.
    pub client: bool,
    /// What the sandbox answers this version from.
    pub sandbox: Sandbox,
    /// How a request names the user who acts.
    pub acting_user: ActingUser,
    /// How an operation names what its caller needs.
    pub permission: Permission,
    /// How properties of answers are described that need not be there.
    pub optional: Optional,
    /// The errors that operations describe.
    pub errors: Errors,
    /// The statuses of errors whose body is a plain text.
    pub plain_text: Vec<u16>,
    /// The media types of request bodies.
    pub requests: Vec<Media>,
    /// Whether operations may be answered with a redirect, for a browser.
    pub redirects: bool,
    /// Whether operations may name servers of their own.
    pub servers: bool,
    /// The file in `dist/` that holds the document in `OpenAPI` 3.1, if there is to be one.
    pub openapi_3_1: Option<String>,
    /// Scopes that are declared although no operation wants them.
    pub unused_scopes: Vec<String>,
    /// How the service delivers, if the operations are requests that it makes.
    pub deliveries: Option<Deliveries>,
    /// What its client is set up with.
    pub runtime: Runtime,
}

/// What the sandbox answers a version from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sandbox {
    /// Records, which requests read and change.
    Records,
    /// The examples of the description.
    Examples,
    /// Nothing: it does not speak the version.
    None,
}

/// How a request names the user who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActingUser {
    /// By a header, marked with `x-harvest-acting-user`: if one operation has it, all have.
    Header,
    /// As the subject of its token: no parameter names them.
    Token,
}

/// How an operation names what its caller needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// By `x-harvest-permission`.
    Name,
    /// By the one scope under `security`.
    Scope,
    /// Nothing is needed beyond the credential.
    None,
}

/// How properties of answers are described that need not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Optional {
    /// They are nullable as well.
    Nullable,
    /// They are nullable only where null was seen or is documented.
    Plain,
}

/// A media type of request bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Media {
    /// JSON.
    #[serde(rename = "application/json")]
    Json,
    /// A form, as browsers send it.
    #[serde(rename = "application/x-www-form-urlencoded")]
    Form,
}

/// The statuses of errors that operations describe, by what the operation is. Several can apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Errors {
    /// Every operation.
    pub every: Vec<u16>,
    /// Whatever is no GET.
    pub change: Vec<u16>,
    /// Whatever has a parameter in its path.
    pub path: Vec<u16>,
    /// Whatever has a parameter in its query.
    pub query: Vec<u16>,
    /// Whatever has the header that names the acting user.
    pub acting_user: Vec<u16>,
    /// Whatever starts a job: what has `x-harvest-ready` with a `property`.
    pub job: Vec<u16>,
}

impl Errors {
    fn all(&self) -> impl Iterator<Item = u16> {
        let lists = [
            &self.every,
            &self.change,
            &self.path,
            &self.query,
            &self.acting_user,
            &self.job,
        ];
        lists.into_iter().flatten().copied()
    }
}

/// What `x-harvest-conventions` says wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The JSON pointer to it.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            client: true,
            sandbox: Sandbox::Records,
            acting_user: ActingUser::Header,
            permission: Permission::Name,
            optional: Optional::Nullable,
            errors: Errors::default(),
            plain_text: Vec::new(),
            requests: vec![Media::Json],
            redirects: false,
            servers: false,
            openapi_3_1: None,
            unused_scopes: Vec::new(),
            deliveries: None,
            runtime: Runtime::default(),
        }
    }
}

impl Conventions {
    /// The conventions of a document; each one that is not there, or has a mistake, is as by default.
    pub fn of(document: &Value) -> (Self, Vec<Mistake>) {
        let mut conventions = Self::default();
        let mut mistakes = Vec::new();
        match document.get(extension::CONVENTIONS) {
            None => {}
            Some(Value::Object(map)) => conventions.read(map, &mut mistakes),
            Some(_) => mistakes.push(Mistake {
                pointer: format!("/{}", extension::CONVENTIONS),
                message: "the conventions are no map".to_owned(),
                fix: "write one key a line, as harvest-spec/README.md lists them".to_owned(),
            }),
        }
        (conventions, mistakes)
    }

    fn named(&self) -> Result<(), String> {
        match &self.openapi_3_1 {
            Some(name) if !is_file(name) => Err(format!("`{name}` is no name of such a file")),
            _ => Ok(()),
        }
    }

    fn read(&mut self, map: &Map<String, Value>, mistakes: &mut Vec<Mistake>) {
        for (key, value) in map {
            let read = match key.as_str() {
                "client" => set(&mut self.client, value),
                "sandbox" => set(&mut self.sandbox, value),
                "acting-user" => set(&mut self.acting_user, value),
                "permission" => set(&mut self.permission, value),
                "optional" => set(&mut self.optional, value),
                "errors" => set(&mut self.errors, value),
                "plain-text" => set(&mut self.plain_text, value),
                "requests" => set(&mut self.requests, value),
                "redirects" => set(&mut self.redirects, value),
                "servers" => set(&mut self.servers, value),
                "openapi-3.1" => set(&mut self.openapi_3_1, value).and_then(|()| self.named()),
                "unused-scopes" => set(&mut self.unused_scopes, value),
                "deliveries" => set(&mut self.deliveries, value),
                "runtime" => set(&mut self.runtime, value),
                _ => Err("there is no such convention".to_owned()),
            };
            if let Err(message) = read {
                mistakes.push(mistake(key, &message));
            }
        }
        if let Some(status) = self.errors.all().find(|s| !(400..600).contains(s)) {
            mistakes.push(mistake(
                "errors",
                &format!("{status} is no status of an error"),
            ));
        }
        if let Some(status) = self.plain_text.iter().find(|s| !(400..600).contains(*s)) {
            mistakes.push(mistake(
                "plain-text",
                &format!("{status} is no status of an error"),
            ));
        }
        if let Some(problem) = self.deliveries.as_ref().and_then(Deliveries::problem) {
            mistakes.push(mistake("deliveries", problem));
        }
        // The generator has no form for these, so a version that has them cannot have a client.
        let beyond = [
            ("requests", self.requests != [Media::Json]),
            ("redirects", self.redirects),
            ("servers", self.servers),
            ("permission", self.permission == Permission::None),
            ("deliveries", self.deliveries.is_some()),
        ];
        for (key, is_beyond) in beyond {
            if self.client && is_beyond {
                mistakes.push(mistake(key, "the generator cannot make a client with this"));
            }
        }
    }
}

/// Whether a text can be the name of a file beside `v1.json`, and of no version.
fn is_file(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let stem = name.strip_suffix(".json").unwrap_or_default();
    stem.contains('.') && !stem.starts_with('.') && stem.chars().all(is_plain)
}

fn mistake(key: &str, message: &str) -> Mistake {
    Mistake {
        pointer: format!("/{}/{}", extension::CONVENTIONS, crate::load::escape(key)),
        message: format!("{key}: {message}"),
        fix: fix(key),
    }
}

fn set<T: DeserializeOwned>(place: &mut T, value: &Value) -> Result<(), String> {
    *place = T::deserialize(value).map_err(|error| error.to_string())?;
    Ok(())
}

/// What can be written under a key.
fn fix(key: &str) -> String {
    let fix = match key {
        "client" => "write true, or false for a version that is published without a client",
        "sandbox" => "write records, examples or none: what the sandbox answers this version from",
        "acting-user" => "write header or token",
        "permission" => "write name or scope; or none, with `client: false`",
        "optional" => "write nullable or plain",
        "errors" => {
            "write lists of statuses from 400 to 599 under every, change, path, query, acting-user \
             and job"
        }
        "plain-text" => "write a list of statuses from 400 to 599",
        "requests" => {
            "write [application/json]; with `client: false` application/x-www-form-urlencoded is \
             understood, too"
        }
        "redirects" | "servers" => "write false; or true, with `client: false`",
        "openapi-3.1" => {
            "write the name of a file, such as `name.openapi-3.1.json`, with a dot before `.json`"
        }
        "unused-scopes" => "write a list of scopes",
        "deliveries" => {
            "write feature, signature, algorithm (sha256), event-id, success and waits, with \
             `client: false`"
        }
        "runtime" => {
            "write environment, limit, token-limit, credential-name, credential-hint, \
             permission-name, permission-hint, missing-permission and unknown-parameter, as \
             harvest-spec/README.md has them"
        }
        _ => {
            "write client, sandbox, acting-user, permission, optional, errors, plain-text, \
             requests, redirects, servers, openapi-3.1, unused-scopes, deliveries or runtime"
        }
    };
    fix.to_owned()
}
