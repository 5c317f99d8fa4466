//! The records of the sandbox, read without any of the clients.

use std::collections::BTreeMap;

use reqwest::blocking::{Client, Response};
use reqwest::header::LINK;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::{Error, wrong};
use crate::conformance::sandbox::{KEY, Sandbox};

/// The place of a parent's id in the path of what is listed below it.
const ID: &str = "/{id}";
/// After the path of a list that was read for the acting user, which narrows it.
const ACTING: &str = " for the user";

pub(super) struct Held<'a> {
    sandbox: &'a Sandbox,
    /// The header that names the acting user.
    acting_user: &'a str,
    client: Client,
    /// For the integration itself, as clients with tokens read.
    token: String,
    lists: BTreeMap<String, Vec<Value>>,
}

impl<'a> Held<'a> {
    pub(super) fn of(sandbox: &'a Sandbox, acting_user: &'a str) -> Result<Self, Error> {
        Ok(Self {
            sandbox,
            acting_user,
            client: Client::new(),
            token: token(sandbox)?,
            lists: BTreeMap::new(),
        })
    }

    /// Makes everything what it was at first. Tokens end with it.
    pub(super) fn reset(&mut self) -> Result<(), Error> {
        self.control("POST", "reset")?;
        self.token = token(self.sandbox)?;
        Ok(())
    }

    /// All records of a list, or of all the lists below the records of another one.
    pub(super) fn list(&mut self, path: &str, bearer: bool) -> Result<&[Value], Error> {
        if !self.lists.contains_key(path) {
            let records = self.read(path, bearer)?;
            self.lists.insert(path.to_owned(), records);
        }
        Ok(self.lists.get(path).map_or(&[], Vec::as_slice))
    }

    fn read(&mut self, path: &str, bearer: bool) -> Result<Vec<Value>, Error> {
        let Some((parent, _)) = path.split_once(ID) else {
            return self.pages(path, bearer);
        };
        let parents: Vec<_> = self
            .list(parent, bearer)?
            .iter()
            .map(|it| it["id"].to_string())
            .collect();
        let mut records = Vec::new();
        for id in parents {
            records.extend(self.pages(&path.replace(ID, &format!("/{id}")), bearer)?);
        }
        Ok(records)
    }

    /// Follows `Link` to the end. What is no list is one record, and what is not there none.
    fn pages(&self, path: &str, bearer: bool) -> Result<Vec<Value>, Error> {
        let (path, acting) = match path.strip_suffix(ACTING) {
            Some(path) => (path, true),
            None => (path, false),
        };
        let mut url = format!("{}{path}?per_page=500", self.sandbox.url);
        let mut records = Vec::new();
        loop {
            let answer = self.get(&url, bearer, acting)?;
            if answer.status() == StatusCode::NOT_FOUND {
                return Ok(records);
            }
            let next = next(&answer);
            match answer.json().map_err(|error| wrong(path, &error))? {
                Value::Array(page) => records.extend(page),
                record => records.push(record),
            }
            match next {
                Some(next) => url = next,
                None => return Ok(records),
            }
        }
    }

    /// Whether a record has a value, or has it in a list.
    pub(super) fn shows(&self, path: &str, pointer: &str, value: &Value) -> Result<bool, Error> {
        let answer = self.get(&format!("{}{path}", self.sandbox.url), false, false)?;
        let record: Value = answer.json().map_err(|error| wrong(path, &error))?;
        Ok(record.pointer(pointer).is_some_and(|shown| {
            shown == value || shown.as_array().is_some_and(|items| items.contains(value))
        }))
    }

    fn get(&self, url: &str, bearer: bool, acting: bool) -> Result<Response, Error> {
        let mut request = self.client.get(url);
        if acting {
            request = request.header(self.acting_user, self.sandbox.user);
        }
        let request = if bearer {
            request.bearer_auth(&self.token)
        } else {
            request.basic_auth(KEY, Some(""))
        };
        let answer = request.send().map_err(|error| wrong(url, &error))?;
        match answer.status() {
            status if status.is_success() || status == StatusCode::NOT_FOUND => Ok(answer),
            status => Err(wrong(url, &status)),
        }
    }

    /// Asks for something under `/_sandbox/`; null if it has nothing to tell.
    pub(super) fn control(&self, method: &str, what: &str) -> Result<Value, Error> {
        let verb = Method::from_bytes(method.as_bytes()).map_err(|error| wrong(what, &error))?;
        let url = format!("{}/_sandbox/{what}", self.sandbox.url);
        let answer = self.client.request(verb, url).send();
        let answer = answer.and_then(Response::error_for_status);
        let text = answer
            .and_then(Response::text)
            .map_err(|error| wrong(what, &error))?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

fn token(sandbox: &Sandbox) -> Result<String, Error> {
    let integration = sandbox.integration.as_ref();
    Ok(integration.map_or(Ok(String::new()), |it| it.token(None))?)
}

/// The page that follows, as `Link` has it.
fn next(answer: &Response) -> Option<String> {
    let links = answer.headers().get(LINK)?.to_str().ok()?;
    let next = links
        .split(',')
        .find(|link| link.contains("rel=\"next\""))?;
    let (url, _) = next.trim().strip_prefix('<')?.split_once('>')?;
    Some(url.to_owned())
}
