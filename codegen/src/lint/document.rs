//! Rules about the root: the version of `OpenAPI`, the service, and how requests are authenticated.

use harvest_openapi::extension;
use serde_json::Value;
use url::Url;

use super::link::is_as_sent;
use super::view::{View, items};
use super::{Findings, security};
use crate::conventions::Conventions;

pub(super) fn check(view: &View<'_>, out: &mut Findings<'_>) {
    let text = |pointer: &str| {
        view.document
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let version = text("/openapi");
    if !version.starts_with("3.0.") {
        out.add(
            "/openapi",
            "version",
            format!("the document says OpenAPI `{version}`"),
            "write it in OpenAPI 3.0.3; the generator takes no other",
        );
    }
    // By way of text: errors of the text reader say more, and references in unions resolve the same way as on disk.
    let read = serde_json::from_str::<openapiv3::OpenAPI>(&view.document.to_string());
    if let Err(error) = read {
        out.add(
            "",
            "openapi",
            format!("not an OpenAPI 3.0 document: {error}"),
            "compare with the OpenAPI 3.0.3 specification",
        );
    }
    let title = text("/info/title");
    if title.trim().is_empty() || title.contains('\n') {
        out.add(
            "/info/title",
            "words",
            "the API has no title of one line".to_owned(),
            "say what the API is called; the rest belongs into the description",
        );
    }
    let (_, mistakes) = Conventions::of(view.document);
    for mistake in mistakes {
        out.add(
            &mistake.pointer,
            "conventions",
            mistake.message,
            mistake.fix,
        );
    }
    let closed = view.document.get(extension::CLOSED_QUERY);
    if closed.is_some_and(|closed| closed != &Value::Bool(true)) {
        out.add(
            &format!("/{}", extension::CLOSED_QUERY),
            "value",
            "this is true, or not there".to_owned(),
            "write `true` if the service refuses query parameters that are not described, or \
             remove it",
        );
    }
    security::schemes(view, out);
    servers(view, out);
}

fn servers(view: &View<'_>, out: &mut Findings<'_>) {
    let servers = items(view.document.get("servers"));
    let first = servers
        .first()
        .map_or(&Value::Null, |server| &server["url"]);
    let first = first.as_str().unwrap_or_default();
    if !first.starts_with("https://") || first.contains('{') {
        out.add(
            "/servers",
            "server",
            format!("the first server is `{first}`"),
            "name the live service's https URL, without variables",
        );
        return;
    }
    if let Some(problem) = server(first) {
        out.add(
            "/servers/0/url",
            "server",
            format!("the server `{first}` {problem}"),
            "write scheme, host, port and path, as they are sent and nothing else: paths are put \
             after it, and the credential is the user's",
        );
    }
}

/// What is wrong with the URL of a server.
fn server(url: &str) -> Option<String> {
    let Ok(parsed) = Url::parse(url) else {
        return Some("is no URL".to_owned());
    };
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Some("holds a user or a password".to_owned());
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Some("holds a query or a fragment".to_owned());
    }
    (!is_as_sent(&parsed, url)).then(|| format!("would be sent as `{parsed}`"))
}
