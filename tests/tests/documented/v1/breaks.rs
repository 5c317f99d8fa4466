//! One way to break the description for each check, to see that the check notices.

use crate::breaks::Break;
use crate::report::Check;

#[rustfmt::skip]
pub const BREAKS: &[Break] = &[
    (Check::Operation, "/paths/~1v1~1users", "get", None),
    (Check::Documented, "/paths", "/v1/rivers", Some(r#"{"get": {}}"#)),
    (Check::Deprecated, "/paths/~1v1~1users/get", "deprecated", Some("true")),
    (Check::Permission, "/paths/~1v1~1users/get", "x-harvest-permission", Some(r#""GET: Users""#)),
    (Check::PermissionName, "/paths/~1v1~1jobs/get", "x-harvest-permission",
        Some(r#""GET: List Jobs""#)),
    (Check::Anchor, "/paths/~1v1~1users/get", "externalDocs", None),
    (Check::Pagination, "/paths/~1v1~1users/get", "x-harvest-pagination", Some(r#""next-only""#)),
    (Check::ActingUser, "/components/parameters/OnBehalfOf", "required", Some("false")),
    (Check::PathParameter, "/paths/~1v1~1users~1{id}/get/parameters/0", "name", Some(r#""user""#)),
    (Check::QueryParameter, "/components/parameters/PerPage", "name", Some(r#""limit""#)),
    (Check::QueryParameterFormat, "/components/parameters/CreatedAfter/schema", "format",
        Some(r#""date""#)),
    (Check::QueryParameterDefault, "/components/schemas/RenderAs", "default", Some(r#""tree""#)),
    (Check::QueryParameterBound, "/components/parameters/PerPage/schema", "maximum", Some("1000")),
    (Check::BodyField, "/components/schemas/UserCreate/properties", "employee_id", None),
    (Check::Values, "/components/schemas/JobStatus", "enum", Some(r#"["open", "closed"]"#)),
    (Check::Status, "/paths/~1v1~1users~1{id}~1email_addresses/post/responses", "204", None),
    (Check::AnswerExample, "/components/schemas/User/properties", "id",
        Some(r#"{"type": "string"}"#)),
    (Check::ErrorExample, "/components/schemas/ApiError/properties", "errors",
        Some(r#"{"type": "string"}"#)),
    (Check::RequestExample, "/components/schemas/UserCreate", "required", Some(r#"["boat"]"#)),
    (Check::Attribute, "/components/schemas/User/properties", "site_admin", None),
    (Check::AttributeValues, "/components/schemas/OfferStatusOpenOrNull", "x-extensible-enum",
        Some(r#"["accepted"]"#)),
    (Check::ObjectExample, "/components/schemas/Source/properties", "id",
        Some(r#"{"type": "string"}"#)),
];
