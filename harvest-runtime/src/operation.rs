//! The facts of one operation. Generated code holds a constant for each.

use std::fmt;

/// What is known of one operation before it is called.
///
/// Every [`Error`](crate::Error) of a call carries its operation, so that a refusal can say which permission is
/// missing.
///
/// ```
/// use harvest_runtime::{ActingUser, Method, Operation, Pagination};
///
/// static LIST_USERS: Operation = Operation {
///     id: "list_users",
///     method: Method::Get,
///     path: "/v1/users",
///     tag: "users",
///     permission: "GET: List Users",
///     pagination: Pagination::Offset,
///     idempotent: true,
///     acting_user: ActingUser::Optional,
///     deprecated: false,
///     replaced_by: None,
///     statuses: &[200],
///     documentation: "https://developers.greenhouse.io/harvest.html#get-list-users",
/// };
/// assert_eq!(LIST_USERS.to_string(), "list_users (GET /v1/users)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The name, verb first: `list_users`. Unique in its API.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path with its parameters in braces, from the root of the API: `/v1/users/{id}`.
    pub path: &'static str,
    /// The resource it belongs to: `users`.
    pub tag: &'static str,
    /// The endpoint permission that the key needs, or the scope of its token: `GET: List Users`.
    pub permission: &'static str,
    /// How the answers are paged.
    pub pagination: Pagination,
    /// Whether the same call twice leaves things as one call does, so that it may be repeated after a broken
    /// connection.
    pub idempotent: bool,
    /// Whether the call is made in the name of a user.
    pub acting_user: ActingUser,
    /// Whether another operation took its place.
    pub deprecated: bool,
    /// The id of the operation that took its place.
    pub replaced_by: Option<&'static str>,
    /// The documented success statuses. Any other 2xx is taken as a success too.
    pub statuses: &'static [u16],
    /// Where the official documentation describes it.
    pub documentation: &'static str,
}

impl Operation {
    /// The facts that most operations of this method share; generated code names what differs.
    pub const GET: Self = Self::usual(Method::Get, true);
    /// As [`GET`](Self::GET).
    pub const POST: Self = Self::usual(Method::Post, false);
    /// As [`GET`](Self::GET).
    pub const PUT: Self = Self::usual(Method::Put, true);
    /// As [`GET`](Self::GET).
    pub const PATCH: Self = Self::usual(Method::Patch, false);
    /// As [`GET`](Self::GET).
    pub const DELETE: Self = Self::usual(Method::Delete, true);

    /// One answer with status 200, without an acting user.
    const fn usual(method: Method, idempotent: bool) -> Self {
        Self {
            id: "",
            method,
            path: "",
            tag: "",
            permission: "",
            pagination: Pagination::None,
            idempotent,
            acting_user: ActingUser::None,
            deprecated: false,
            replaced_by: None,
            statuses: &[200],
            documentation: "",
        }
    }
}

/// `list_users (GET /v1/users)`: the template of the path, never the ids in it.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.id, self.method, self.path)
    }
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or acts on something.
    Post,
    /// Replaces.
    Put,
    /// Changes what is sent and leaves the rest.
    Patch,
    /// Removes.
    Delete,
    /// Reads the headers only.
    Head,
    /// Asks what is possible.
    Options,
}

impl Method {
    /// The name on the wire: `GET`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    pub(crate) fn to_http(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Post => http::Method::POST,
            Self::Put => http::Method::PUT,
            Self::Patch => http::Method::PATCH,
            Self::Delete => http::Method::DELETE,
            Self::Head => http::Method::HEAD,
            Self::Options => http::Method::OPTIONS,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How the answers of an operation are paged. All but `None` name the next page in the `Link` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pagination {
    /// Everything comes in one answer.
    None,
    /// Pages are counted; `Link` names the next, the previous and (unless the count was skipped) the last one.
    Offset,
    /// `Link` names the next page and nothing else.
    NextOnly,
    /// `Link` names the next page by a cursor that replaces all other parameters.
    Cursor,
}

impl Pagination {
    /// The name in the API description: `next-only`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Offset => "offset",
            Self::NextOnly => "next-only",
            Self::Cursor => "cursor",
        }
    }

    /// Whether there can be a next page.
    #[must_use]
    pub const fn is_paginated(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// Whether an operation is called in the name of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActingUser {
    /// Always: the call's own, or else the client's default. Without either nothing is sent.
    Required,
    /// Only if the call itself names one. The client's default is not sent: a read that names a user who no longer
    /// exists fails.
    Optional,
    /// Never.
    None,
}
