//! Rules about how requests are authenticated, and what their credential has to be allowed.

use std::collections::{BTreeMap, BTreeSet};

use harvest_openapi::extension;
use serde_json::Value;

use super::Findings;
use super::link::is_link;
use super::view::{Operation, View, entries, items, text};
use crate::conventions::Permission;
use crate::load::escape;

const SCHEMES: &str = "/components/securitySchemes";
/// The flows of `oauth2` that are understood, with the addresses that each needs.
const FLOWS: [(&str, &[&str]); 2] = [
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

fn kind(scheme: &Value) -> (&str, &str) {
    let text = |key| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    (text("type"), text("scheme"))
}

/// Checks the schemes: plain HTTP ones, and one of OAuth 2.0.
pub(super) fn schemes(view: &View<'_>, out: &mut Findings<'_>) {
    let (tokens, plain): (Vec<_>, Vec<_>) = view
        .schemes()
        .into_iter()
        .partition(|(_, scheme)| kind(scheme).0 == "oauth2");
    // A version without a client is described for others, who may know more.
    let fits = !plain.is_empty() && (plain.len() == 1 || !view.conventions.client);
    if !fits || tokens.len() > 1 {
        out.add(
            SCHEMES,
            "security-scheme",
            format!(
                "{} security schemes of HTTP and {} of OAuth 2.0 are described",
                plain.len(),
                tokens.len()
            ),
            "describe one of type http, with the scheme basic or bearer, and beside it at most one \
             of type oauth2: the client speaks one",
        );
    }
    for (name, scheme) in plain {
        if !matches!(kind(scheme), ("http", "basic" | "bearer")) {
            out.add(
                &format!("{SCHEMES}/{}", escape(name)),
                "security-scheme",
                format!("the security scheme {name} is of a kind that the client cannot speak"),
                "describe it as type http with the scheme basic or bearer, or as type oauth2",
            );
        } else if !tokens.is_empty() && kind(scheme).1 != "bearer" {
            out.add(
                &format!("{SCHEMES}/{}", escape(name)),
                "security-scheme",
                format!("{name} does not send the token that OAuth 2.0 gives"),
                "describe it as type http with the scheme bearer",
            );
        }
    }
    for (name, scheme) in tokens {
        flows(view, scheme, &format!("{SCHEMES}/{}", escape(name)), out);
    }
}

fn flows(view: &View<'_>, scheme: &Value, at: &str, out: &mut Findings<'_>) {
    let flows: Vec<_> = entries(scheme.get("flows")).collect();
    for (name, flow) in &flows {
        let needed = FLOWS.iter().find(|(known, _)| known == name);
        let is_address = |key: &&str| {
            let url = flow.get(*key).and_then(Value::as_str);
            url.is_some_and(is_link)
        };
        if !needed.is_some_and(|(_, keys)| keys.iter().all(is_address)) {
            out.add(
                &format!("{at}/flows/{}", escape(name)),
                "security-scheme",
                format!("the flow {name} is not known, or lacks an address"),
                "describe clientCredentials with tokenUrl, and authorizationCode with \
                 authorizationUrl and tokenUrl, all of them https URLs",
            );
        }
    }
    if flows.is_empty() {
        out.add(
            at,
            "security-scheme",
            "no flow is described".to_owned(),
            "describe clientCredentials, authorizationCode, or both",
        );
    }
    scopes(view, &flows, at, out);
}

/// Every flow declares the same scopes, all of which are described and used.
fn scopes(view: &View<'_>, flows: &[(&String, &Value)], at: &str, out: &mut Findings<'_>) {
    let operations = view.operations();
    let used: BTreeSet<&str> = operations
        .iter()
        .flat_map(|operation| items(operation.value.get("security")))
        .flat_map(|alternative| entries(Some(alternative)))
        .flat_map(|(_, scopes)| items(Some(scopes)))
        .filter_map(Value::as_str)
        .collect();
    let unused: BTreeSet<&str> = view
        .conventions
        .unused_scopes
        .iter()
        .map(String::as_str)
        .collect();
    let mut declared: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, flow) in flows {
        for (scope, words) in entries(flow.get("scopes")) {
            *declared.entry(scope).or_default() += 1;
            let is_scope = !scope.is_empty() && scope.bytes().all(|b| b.is_ascii_graphic());
            let is_described = words.as_str().is_some_and(|words| !words.trim().is_empty());
            let is_wanted = used.contains(scope.as_str()) != unused.contains(scope.as_str());
            if !is_scope || !is_described || !is_wanted {
                out.add(
                    &format!("{at}/flows/{}/scopes/{}", escape(name), escape(scope)),
                    "scope",
                    format!("`{scope}` is no scope that is described, and wanted by an operation"),
                    format!(
                        "say what it allows, and use it; or list it under unused-scopes in {}, if \
                         no operation is known that wants it",
                        extension::CONVENTIONS
                    ),
                );
            }
        }
    }
    for (scope, times) in &declared {
        if *times != flows.len() {
            out.add(
                at,
                "scope",
                format!("`{scope}` is not declared in each flow"),
                "declare the same scopes in all flows: operations do not depend on how a token was \
                 got",
            );
        }
    }
    for scope in unused.iter().filter(|scope| !declared.contains_key(*scope)) {
        out.add(
            &format!("/{}/unused-scopes", extension::CONVENTIONS),
            "scope",
            format!("`{scope}` is not declared"),
            "declare it under components/securitySchemes, or take it off the list",
        );
    }
}

/// Checks what an operation says under `security`.
pub(super) fn requirement(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    let alternatives = items(operation.value.get("security"));
    let schemes = view.schemes();
    let scheme = |name: &str| schemes.iter().find(|(known, _)| *known == name);
    // Alternatives of one scheme each; scopes are of OAuth 2.0 only.
    let mut named = BTreeMap::new();
    let mut is_sound = operation.value.get("security").is_some_and(Value::is_array);
    for alternative in alternatives {
        let members: Vec<_> = entries(Some(alternative)).collect();
        let [(name, scopes)] = members[..] else {
            is_sound = false;
            continue;
        };
        let of_tokens = scheme(name).is_some_and(|(_, scheme)| kind(scheme).0 == "oauth2");
        let fits = scopes.as_array().is_some_and(|s| s.is_empty() || of_tokens);
        is_sound &= scheme(name).is_some() && fits && named.insert(name, of_tokens).is_none();
    }
    let plain = named.values().filter(|of_tokens| !**of_tokens).count();
    let tokens = named.len() - plain;
    let fix = match view.conventions.permission {
        Permission::Name if is_sound && (plain, tokens) == (1, 0) => {
            return scope(view, operation, out);
        }
        Permission::Name => {
            "write `security` with one item, the name of the scheme under \
             components/securitySchemes"
        }
        Permission::Scope if is_sound && (plain, tokens) == (1, 1) => {
            return scope(view, operation, out);
        }
        Permission::Scope => {
            "write `security` with two items: the oauth2 scheme with the one scope of the \
             operation, and the bearer scheme"
        }
        Permission::None if is_sound && plain <= 1 && tokens == 0 => return,
        Permission::None => "write `security` with one item, or `[]` where anyone may call",
    };
    out.add(
        &operation.pointer,
        "security",
        "`security` does not say which scheme of the document the operation takes".to_owned(),
        fix,
    );
}

/// The one scope of an operation is its permission, and declared.
fn scope(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    if view.conventions.permission != Permission::Scope {
        return;
    }
    let wanted: Vec<_> = items(operation.value.get("security"))
        .iter()
        .flat_map(|alternative| entries(Some(alternative)))
        .flat_map(|(_, scopes)| items(Some(scopes)))
        .map(|scope| scope.as_str().unwrap_or_default())
        .collect();
    let schemes = view.schemes();
    let is_declared = |wanted: &str| {
        schemes.iter().any(|(_, scheme)| {
            entries(scheme.get("flows")).any(|(_, flow)| {
                flow.get("scopes")
                    .is_some_and(|all| all.get(wanted).is_some())
            })
        })
    };
    if !matches!(wanted[..], [scope] if is_declared(scope)) {
        out.add(
            &format!("{}/security", operation.pointer),
            "scope",
            "not one scope that the security scheme declares".to_owned(),
            "write the one scope that a token needs for this, and declare it in each flow of the \
             scheme",
        );
    }
}

/// Checks that an operation names what its caller needs, as the conventions say.
pub(super) fn permission(view: &View<'_>, operation: &Operation<'_>, out: &mut Findings<'_>) {
    let permission = text(operation.value, extension::PERMISSION).trim();
    if view.conventions.permission == Permission::Name {
        if permission.is_empty() || permission.contains(['\n', '`']) {
            out.add(
                &operation.pointer,
                "permission",
                "no x-harvest-permission of one line".to_owned(),
                "name the permission that a key needs, as the service's settings name it, such as \
                 `GET: List Users`",
            );
        }
    } else if operation.value.contains_key(extension::PERMISSION) {
        out.add(
            &format!("{}/{}", operation.pointer, extension::PERMISSION),
            "permission",
            "x-harvest-permission in a version whose permissions have no names".to_owned(),
            "remove it: the scope under `security` says what is needed, if anything; or change \
             `permission` in x-harvest-conventions",
        );
    }
}
