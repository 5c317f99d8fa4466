//! Requests that a description does not have.

mod operation;
mod path;

use std::fmt;
use std::marker::PhantomData;

use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, HOST, HeaderName,
    PROXY_AUTHORIZATION, TRANSFER_ENCODING, USER_AGENT,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{
    ActingUser, Async, Bytes, CallOptions, Core, Error, Items, Method, Pages, Param, Record,
    Request, Response, Sending, decode,
};

use self::operation::operation;
use crate::exchange::exchange_undecoded;

/// What the client itself sets, and what would take a request elsewhere.
const RESERVED: [HeaderName; 8] = [
    ACCEPT_ENCODING,
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    PROXY_AUTHORIZATION,
    TRANSFER_ENCODING,
    USER_AGENT,
];

/// A request that the description does not have: an endpoint that is newer than it, or was left out.
///
/// `client.request(method, path)` begins one. It is carried out as all others are: with the credential, in the pace of
/// the rate limit, with retries, with the same [`Error`]s and traces. What is not described has to be said here, or
/// is taken to be as it mostly is:
///
/// - GET, PUT, DELETE, HEAD and OPTIONS are repeated after a failure, others only where they cannot have been carried
///   out: [`idempotent`](Self::idempotent) says otherwise.
/// - POST, PUT, PATCH and DELETE are made in the name of a user, where the API knows such a thing: of the one named
///   [here](Self::on_behalf_of), or else the client's own. Without either they are not sent
///   ([`Error::is_missing_acting_user`]), unless it is said that [no acting user is needed](Self::without_acting_user).
///
/// Errors and traces call it `undescribed (GET /…)`: the path may hold ids, and is nowhere shown.
///
/// As with every [`Request`], filling never fails; the first mistake comes back in place of the answer
/// ([`Error::is_invalid_request`]).
///
/// ```
/// use harvest_runtime::{Core, Error, Method, RawRequest};
/// use serde_json::{Value, json};
///
/// # async fn run(core: &Core, candidate: i64) -> Result<(), Error> {
/// // Of a generated client: client.request(Method::Get, "/v1/candidates/{id}/labels")
/// let request = |method, path| RawRequest::new(core, method, path);
///
/// let labels = request(Method::Get, "/v1/candidates/{id}/labels").path("id", candidate);
/// let mut labels = labels.query("active", true).items::<Value>();
/// while let Some(label) = labels.next().await {
///     println!("{}", label?["name"]);
/// }
///
/// let made = request(Method::Post, "/v1/candidates/{id}/labels")
///     .path("id", candidate)
///     .json(&json!({"name": "Referred"}))
///     .on_behalf_of(1_049_756)
///     .send_as::<Value>()
///     .await?;
/// println!("{} {}", made.status(), made["id"]);
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest<M = Async> {
    pub(crate) request: Request,
    method: Method,
    idempotent: bool,
    acting_user: ActingUser,
    mode: PhantomData<fn() -> M>,
}

impl RawRequest {
    /// A request of a client whose calls are futures.
    ///
    /// It is not generic over the mode: a caller need not name a type, whatever features are on. A blocking client begins
    /// one by its `request`.
    ///
    /// The path begins with `/` and goes after the base URL. `{name}` in it is filled by [`path`](Self::path). Mistakes:
    /// anything that would lead elsewhere (another host, `..`), a query, and characters that a path cannot hold.
    pub fn new(core: &Core, method: Method, path: &str) -> Self {
        Self::in_mode(core, method, path)
    }
}

impl<M> RawRequest<M> {
    /// [`new`](RawRequest::new) of any mode. Generated clients call this, where the type of the answer says which.
    #[doc(hidden)]
    pub fn in_mode(core: &Core, method: Method, path: &str) -> Self {
        let is_read = matches!(method, Method::Get | Method::Head | Method::Options);
        let idempotent = is_read || matches!(method, Method::Put | Method::Delete);
        let acting_user = match core.shared().conventions.acting_user_header {
            None => ActingUser::None,
            Some(_) if is_read => ActingUser::Optional,
            Some(_) => ActingUser::Required,
        };
        let mut request = core.request(operation(method, idempotent, acting_user));
        match path::check(path) {
            Ok(()) => request.set_template(path.to_owned()),
            Err(reason) => request.refuse_call(reason),
        }
        Self {
            request,
            method,
            idempotent,
            acting_user,
            mode: PhantomData,
        }
    }

    /// Fills `{name}` in the path. The value stays one segment, whatever is in it. Mistakes: an empty value, or `.` or
    /// `..`, or a name that the path does not have.
    pub fn path(mut self, name: &str, value: impl Param) -> Self {
        self.request.fill_path(name, &value.to_param());
        self
    }

    /// Adds `name=value` to the query. A name can be given more than once.
    pub fn query(mut self, name: impl Into<String>, value: impl Param) -> Self {
        self.request.add_query(name.into(), &value.to_param());
        self
    }

    /// Sets a header. Mistakes: a name or value that no header can have, and headers that the client sets itself, such as
    /// `Authorization`.
    pub fn header(mut self, name: &str, value: impl Param) -> Self {
        match HeaderName::from_bytes(name.as_bytes()) {
            Ok(key) if RESERVED.contains(&key) || self.request.is_acting_user_header(&key) => {
                self.request
                    .refuse_call(format!("the header `{name}` is set by the client"));
            }
            Ok(key) => self.request.put_header(key, name, &value.to_param()),
            Err(_) => self
                .request
                .refuse_call("there is a header whose name is none"),
        }
        self
    }

    /// Sets the body, as JSON. Mistake: a value that JSON cannot hold, such as a map whose keys are not text.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.request.json(body);
        self
    }

    /// The id of the user in whose name the request is made. Mistake: an API that has no acting users.
    pub fn on_behalf_of(mut self, user: impl Into<i64>) -> Self {
        self.request.name_acting_user(user.into());
        self
    }

    /// No acting user is needed: a change is sent without the client's own acting user, or with none at all. One that is named
    /// [here](Self::on_behalf_of) is sent nevertheless.
    pub fn without_acting_user(mut self) -> Self {
        if self.acting_user == ActingUser::Required {
            self.acting_user = ActingUser::Optional;
            self.describe();
        }
        self
    }

    /// Whether the request sent twice leaves things as one does, so that it can be repeated after a failure.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self.describe();
        self
    }

    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.request.set_options(options);
        self
    }

    fn describe(&mut self) {
        let operation = operation(self.method, self.idempotent, self.acting_user);
        self.request.set_operation(operation);
    }
}

impl RawRequest {
    /// Sends the request. The answer is the body as it came, whatever it is.
    pub async fn send(self) -> Result<Response<Bytes>, Error> {
        let answer = exchange_undecoded(self.request.prepare()).await?;
        Ok(answer.undecoded())
    }

    /// Sends the request and decodes the answer from JSON. Where there may be none, `T` is an `Option`.
    pub async fn send_as<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.request.send(decode::nothing_is_null).await
    }

    /// Sends the request, and one for each further page: a stream of whole pages. It follows `Link`, as all lists do.
    pub fn pages<T: Record>(self) -> Pages<T> {
        self.request.pages()
    }

    /// Sends the request, and one for each further page: a stream of records.
    pub fn items<T: Record>(self) -> Items<T> {
        self.request.items()
    }
}

/// `request.await` is `request.send().await`.
impl IntoFuture for RawRequest {
    type Output = Result<Response<Bytes>, Error>;
    type IntoFuture = Sending<Bytes>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Prints the method, and nothing that was filled in.
impl<M> fmt::Debug for RawRequest<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
