//! Breaks of the description, one for each check, each of which has to be found.

use crate::breaks::Break;
use crate::report::{Aspect, Check, Place};

#[rustfmt::skip]
pub const BREAKS: &[Break] = &[
    (Check::Operation, "/paths/~1token", "post", None),
    (Check::Documented, "/paths", "/revoke", Some(r#"{"post": {}}"#)),
    (Check::Deprecated, "/paths/~1auth~1token/post", "deprecated", None),
    (Check::Authentication, "/components/securitySchemes/client", "scheme", Some(r#""bearer""#)),
    (Check::Status, "/paths/~1token/post/responses", "201", Some("{}")),
    (Check::ErrorStatus, "/paths/~1token/post/responses", "429", None),
    (Check::Of(Place::Body, Aspect::Present), "/components/schemas/TokenRequest/properties", "sub",
        None),
    (Check::Of(Place::Body, Aspect::Required), "/components/schemas/TokenRequest", "required",
        None),
    (Check::Of(Place::Body, Aspect::Type), "/components/schemas/TokenRequest/properties/code",
        "type", Some(r#""integer""#)),
    (Check::Of(Place::Body, Aspect::Null), "/components/schemas/TokenRequest/properties/code",
        "nullable", Some("true")),
    (Check::Of(Place::Body, Aspect::Format), "/components/schemas/TokenRequest/properties/code",
        "format", Some(r#""date""#)),
    (Check::Of(Place::Body, Aspect::Values), "/components/schemas/TokenGrant", "enum",
        Some(r#"["refresh_token"]"#)),
    (Check::Of(Place::Answer, Aspect::Present), "/components/schemas/AccessToken/properties",
        "expires_at", None),
    (Check::Of(Place::Answer, Aspect::Required), "/components/schemas/ExchangedToken", "required",
        None),
    (Check::Of(Place::Answer, Aspect::Type), "/components/schemas/Introspection/properties/active",
        "type", Some(r#""string""#)),
    (Check::Of(Place::Answer, Aspect::Null),
        "/components/schemas/ExchangedToken/properties/expires", "nullable", Some("true")),
    (Check::Of(Place::Answer, Aspect::Format),
        "/components/schemas/AccessToken/properties/expires_at", "format", Some(r#""date""#)),
    (Check::Of(Place::Answer, Aspect::Values),
        "/components/schemas/ExchangedToken/properties/token_type", "enum", Some(r#"["Bearer"]"#)),
];
