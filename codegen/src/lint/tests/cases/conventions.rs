//! Ways to break what a version can have by its conventions: scopes, plain texts, ranges, jobs, closed objects.

use serde_json::{Value, json};

use super::{Case, Remove, Set, case};

const CONVENTIONS: &str = "/x-harvest-conventions";
const LOANS: &str = "/paths/~1loans/get";
const BULK: &str = "/paths/~1loans~1bulk/post";
const READY: &str = "/paths/~1loans~1bulk/post/x-harvest-ready";
const SCHEME: &str = "/components/securitySchemes/oauth2";
const CURSOR: &str = "/paths/~1loans/get/parameters/0";
const RANGE: &str = "/paths/~1loans/get/parameters/1";

pub(super) fn convention_cases() -> Vec<Case> {
    let mut cases = key_cases();
    cases.extend(scheme_cases());
    cases.extend(scope_cases());
    cases.extend(body_cases());
    cases.extend(parameter_cases());
    cases.extend(object_cases());
    cases.extend(ready_cases());
    cases.into_iter().map(Case::with_tokens).collect()
}

fn key_cases() -> Vec<Case> {
    let key = |pointer: &'static str, value: Value| {
        case("conventions", None, pointer, [Set(pointer, value)])
    };
    vec![
        key(CONVENTIONS, json!(true)),
        key("/x-harvest-conventions/clients", json!(false)),
        key("/x-harvest-conventions/client", json!("no")),
        key("/x-harvest-conventions/sandbox", json!(false)),
        case(
            "value",
            None,
            "/x-harvest-closed-query",
            [Set("/x-harvest-closed-query", json!(false))],
        ),
        key("/x-harvest-conventions/acting-user", json!("cookie")),
        key("/x-harvest-conventions/permission", json!("role")),
        key("/x-harvest-conventions/optional", json!(true)),
        key("/x-harvest-conventions/errors", json!({"all": [401]})),
        key("/x-harvest-conventions/errors", json!({"every": [200]})),
        key("/x-harvest-conventions/plain-text", json!([200])),
        key("/x-harvest-conventions/requests", json!(["text/csv"])),
        key("/x-harvest-conventions/redirects", json!("rarely")),
        key(
            "/x-harvest-conventions/servers",
            json!(["https://other.example"]),
        ),
        key("/x-harvest-conventions/openapi-3.1", json!("../v2.json")),
        key("/x-harvest-conventions/unused-scopes", json!("loans:print")),
        key("/x-harvest-conventions/runtime", json!({"limit": 50})),
        // What the generator has no form for.
        case(
            "conventions",
            None,
            "/x-harvest-conventions/requests",
            [
                Remove("/x-harvest-conventions/client"),
                Set(
                    "/x-harvest-conventions/requests",
                    json!(["application/x-www-form-urlencoded"]),
                ),
            ],
        ),
    ]
}

fn scheme_cases() -> Vec<Case> {
    let scheme = |pointer, change| case("security-scheme", None, pointer, [change]);
    vec![
        scheme(
            "/components/securitySchemes",
            Remove("/components/securitySchemes/bearer"),
        ),
        scheme(
            "/components/securitySchemes/bearer",
            Set("/components/securitySchemes/bearer/scheme", json!("basic")),
        ),
        scheme(
            SCHEME,
            Set("/components/securitySchemes/oauth2/flows", json!({})),
        ),
        scheme(
            "/components/securitySchemes/oauth2/flows/clientCredentials",
            Remove("/components/securitySchemes/oauth2/flows/clientCredentials/tokenUrl"),
        ),
        scheme(
            "/components/securitySchemes/oauth2/flows/implicit",
            Set(
                "/components/securitySchemes/oauth2/flows/implicit",
                json!({"authorizationUrl": "https://tokens.example/authorize"}),
            ),
        ),
    ]
}

fn scope_cases() -> Vec<Case> {
    let security = "/paths/~1loans/get/security";
    let list = |change| case("scope", "list_loans", security, [change]);
    vec![
        // One that is not declared, none, and two.
        list(Set(
            "/paths/~1loans/get/security/0/oauth2/0",
            json!("loans:read"),
        )),
        list(Set("/paths/~1loans/get/security/0/oauth2", json!([]))),
        list(Set(
            "/paths/~1loans/get/security/0/oauth2/-",
            json!("loans:create"),
        )),
        // One that nothing wants, and one that is wanted after all.
        case(
            "scope",
            None,
            "/components/securitySchemes/oauth2/flows/clientCredentials/scopes/loans:print",
            [Remove("/x-harvest-conventions/unused-scopes")],
        ),
        case(
            "scope",
            None,
            "/components/securitySchemes/oauth2/flows/clientCredentials/scopes/loans:list",
            [Set(
                "/x-harvest-conventions/unused-scopes/-",
                json!("loans:list"),
            )],
        ),
        case(
            "scope",
            None,
            SCHEME,
            [Remove(
                "/components/securitySchemes/oauth2/flows/authorizationCode/scopes/loans:list",
            )],
        ),
        case(
            "scope",
            None,
            "/x-harvest-conventions/unused-scopes",
            [Set(
                "/x-harvest-conventions/unused-scopes/-",
                json!("loans:burn"),
            )],
        ),
        // A key alone, an unknown scheme, and scopes of a scheme that has none.
        case(
            "security",
            "list_loans",
            LOANS,
            [Remove("/paths/~1loans/get/security/0")],
        ),
        case(
            "security",
            "list_loans",
            LOANS,
            [Set("/paths/~1loans/get/security/1", json!({"basic": []}))],
        ),
        case(
            "security",
            "list_loans",
            LOANS,
            [Set(
                "/paths/~1loans/get/security/1",
                json!({"bearer": ["loans:list"]}),
            )],
        ),
        case(
            "permission",
            "list_loans",
            "/paths/~1loans/get/x-harvest-permission",
            [Set(
                "/paths/~1loans/get/x-harvest-permission",
                json!("GET: List Loans"),
            )],
        ),
    ]
}

fn body_cases() -> Vec<Case> {
    let text = |change| {
        case(
            "media-type",
            "list_loans",
            "/components/responses/TooMany",
            [change],
        )
    };
    vec![
        text(Remove(
            "/components/responses/TooMany/content/text~1plain/example",
        )),
        text(Set(
            "/components/responses/TooMany/content/text~1plain/schema",
            json!({"$ref": "#/components/schemas/Refusal"}),
        )),
        case(
            "media-type",
            "bulk_create_loans",
            "/paths/~1loans~1bulk/post/requestBody",
            [Set(
                "/paths/~1loans~1bulk/post/requestBody/content",
                json!({"application/x-www-form-urlencoded": {
                    "schema": {"$ref": "#/components/schemas/Picture"},
                    "example": {"filename": "a"},
                }}),
            )],
        ),
        case(
            "errors",
            "bulk_create_loans",
            "/paths/~1loans~1bulk/post/responses",
            [Remove("/paths/~1loans~1bulk/post/responses/413")],
        ),
        case(
            "errors",
            "get_job",
            "/paths/~1jobs~1{id}/get/responses",
            [Remove("/paths/~1jobs~1{id}/get/responses/404")],
        ),
        case(
            "confidence",
            "list_loans",
            "/components/responses/Refused/x-harvest-confidence",
            [Set(
                "/components/responses/Refused/x-harvest-confidence",
                json!("sure"),
            )],
        ),
        case(
            "extension",
            "list_loans",
            "/paths/~1loans/get/x-harvest-site-admin",
            [Set("/paths/~1loans/get/x-harvest-site-admin", json!("yes"))],
        ),
        case(
            "key",
            None,
            "/paths/~1loans/get/servers",
            [Set(
                "/paths/~1loans/get/servers",
                json!([{"url": "https://other.example"}]),
            )],
        ),
    ]
}

fn parameter_cases() -> Vec<Case> {
    let range = |change| case("range", "list_loans", RANGE, [change]);
    let alone = |change| {
        case(
            "alone",
            "list_loans",
            "/paths/~1loans/get/parameters/0/x-harvest-alone",
            [change],
        )
    };
    vec![
        range(Remove("/paths/~1loans/get/parameters/1/explode")),
        range(Remove("/components/schemas/TimeRange/properties/lt")),
        range(Set(
            "/components/schemas/TimeRange/properties/lt/format",
            json!("date"),
        )),
        range(Set(
            "/components/schemas/TimeRange/required",
            json!(["gte"]),
        )),
        range(Set(
            "/paths/~1loans/get/parameters/1/schema",
            json!({"type": "string"}),
        )),
        alone(Set("/paths/~1loans/get/parameters/0/required", json!(true))),
        alone(Set(
            "/paths/~1loans/get/x-harvest-pagination",
            json!("offset"),
        )),
        alone(Set(
            "/paths/~1loans/get/parameters/0/x-harvest-alone",
            json!(1),
        )),
        case(
            "confidence",
            "list_loans",
            "/paths/~1loans/get/parameters/1/x-harvest-confidence",
            [Set(
                "/paths/~1loans/get/parameters/1/x-harvest-confidence",
                json!("sure"),
            )],
        ),
        // The token names the acting user.
        case(
            "acting-user",
            "list_loans",
            CURSOR,
            [
                Set("/paths/~1loans/get/parameters/0/in", json!("header")),
                Set(
                    "/paths/~1loans/get/parameters/0/x-harvest-acting-user",
                    json!(true),
                ),
            ],
        ),
    ]
}

fn object_cases() -> Vec<Case> {
    let exclusive = "/components/schemas/LoanBulkCreate/x-harvest-exclusive/0";
    let group = |change| case("exclusive", None, exclusive, [change]);
    vec![
        case(
            "closed",
            None,
            "/components/schemas/Loan/additionalProperties",
            [Set(
                "/components/schemas/Loan/additionalProperties",
                json!(false),
            )],
        ),
        case(
            "closed",
            None,
            "/components/schemas/LoanBulkCreate/additionalProperties",
            [Remove("/components/schemas/LoanBulkCreate/type")],
        ),
        case(
            "keyword",
            None,
            "/components/schemas/LoanBulkCreate/additionalProperties",
            [Set(
                "/components/schemas/LoanBulkCreate/additionalProperties",
                json!(true),
            )],
        ),
        // A property that is not described, one that is required, one alone, a key that says nothing.
        group(Set(
            "/components/schemas/LoanBulkCreate/x-harvest-exclusive/0/of/-",
            json!("isbn"),
        )),
        group(Set(
            "/components/schemas/LoanBulkCreate/required",
            json!(["title"]),
        )),
        group(Remove(
            "/components/schemas/LoanBulkCreate/x-harvest-exclusive/0/of/1",
        )),
        group(Set(
            "/components/schemas/LoanBulkCreate/x-harvest-exclusive/0/unless",
            json!("lent"),
        )),
        case(
            "exclusive",
            None,
            "/components/schemas/Loan/x-harvest-exclusive",
            [Set(
                "/components/schemas/Loan/x-harvest-exclusive",
                json!([{"of": ["id", "shelf"]}]),
            )],
        ),
        case(
            "file",
            None,
            "/components/schemas/Picture/x-harvest-file",
            [Set(
                "/components/schemas/Picture/x-harvest-file",
                json!({"name": "filename", "url": "url", "content_type": "content"}),
            )],
        ),
        case(
            "runtime-type",
            None,
            "/components/schemas/Extra/properties/unit",
            [Set(
                "/components/schemas/Extra/properties/unit",
                json!({"type": "string", "description": "Of what."}),
            )],
        ),
        case(
            "id",
            None,
            "/components/schemas/JobUuid",
            [Set("/components/schemas/JobUuid/format", json!("byte"))],
        ),
    ]
}

fn ready_cases() -> Vec<Case> {
    let ready = |change| case("ready", "bulk_create_loans", READY, [change]);
    vec![
        ready(Remove("/paths/~1loans~1bulk/post/x-harvest-ready/values")),
        ready(Set(
            "/paths/~1loans~1bulk/post/x-harvest-ready/values/-",
            json!("burnt"),
        )),
        ready(Set(
            "/paths/~1loans~1bulk/post/x-harvest-ready/property",
            json!("id"),
        )),
        ready(Remove("/components/schemas/Accepted/required")),
        case(
            "words",
            "bulk_create_loans",
            BULK,
            [Remove("/paths/~1loans~1bulk/post/summary")],
        ),
    ]
}
