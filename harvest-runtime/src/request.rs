//! One call before it is sent.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::ops::RangeInclusive;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::auth::Actor;
use crate::prepared::Prepared;
use crate::{ActingUser, CallOptions, Core, Error, Operation, Param, Range};

/// All but the characters that RFC 3986 calls unreserved, so that a value never ends its segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One call before it is sent: an [`Operation`] and what fills it.
///
/// Generated builders fill it. Filling never fails; the first mistake is kept, and [`send`](Self::send),
/// [`pages`](Self::pages) or [`items`](Self::items) return it without sending anything
/// ([`Error::is_invalid_request`]).
///
/// ```
/// use harvest_runtime::{Core, Error, Response, Timestamp, decode};
/// # use harvest_runtime::{ActingUser, Method, Operation, Pagination};
/// # static GET_USER: Operation = Operation {
/// #     id: "get_user", method: Method::Get, path: "/v1/users/{id}", tag: "users",
/// #     permission: "GET: Get User", pagination: Pagination::None, idempotent: true,
/// #     acting_user: ActingUser::Optional, deprecated: false, replaced_by: None, statuses: &[200],
/// #     documentation: "https://developers.greenhouse.io/harvest.html",
/// # };
///
/// async fn user_name(core: &Core, id: i64) -> Result<Response<Option<String>>, Error> {
///     #[derive(serde::Deserialize)]
///     struct User {
///         name: Option<String>,
///     }
///
///     let mut request = core.request(&GET_USER);
///     request.path("id", &id);
///     let user = request.send(decode::json::<User>).await?;
///     Ok(user.map(|user| user.name))
/// }
/// ```
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    path: String,
    query: Vec<(Cow<'static, str>, String)>,
    split: Option<Split>,
    /// A parameter that takes no other beside it.
    alone: Option<&'static str>,
    headers: HeaderMap,
    /// The user who was named on the call.
    acting_user: Option<i64>,
    body: Option<Bytes>,
    mistake: Option<Error>,
}

/// A list that is too long for one request, in the parts that it is sent in.
struct Split {
    name: &'static str,
    most: usize,
    count: usize,
    parts: Vec<String>,
}

impl Core {
    /// Starts a call. Nothing is sent before [`Request::send`] and the like.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }
}

impl Request {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        Self {
            core,
            operation,
            path: operation.path.to_owned(),
            query: Vec::new(),
            split: None,
            alone: None,
            headers: HeaderMap::new(),
            acting_user: None,
            body: None,
            mistake: None,
        }
    }

    /// Fills `{name}` in the path. The value stays one segment, whatever is in it. Mistakes: an empty value, or `.` or
    /// `..` (which would name another path), or a name that the path does not have.
    pub fn path(&mut self, name: &'static str, value: &(impl Param + ?Sized)) {
        self.fill_path(name, &value.to_param());
    }

    pub(crate) fn fill_path(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return self.refuse(name, "is empty");
        }
        if matches!(value, "." | "..") {
            return self.refuse(name, "would name another path");
        }
        let place = format!("{{{name}}}");
        if !self.path.contains(&place) {
            return self.refuse(
                name,
                "is not in the path of this operation, or was given twice",
            );
        }
        // Braces in a value are encoded, so that no value can be taken for the place of another.
        let segment = utf8_percent_encode(value, SEGMENT).to_string();
        self.path = self.path.replace(&place, &segment);
    }

    /// Sets `name=value` in the query, in place of an earlier value.
    pub fn query(&mut self, name: &'static str, value: &(impl Param + ?Sized)) {
        self.set_query(name, value.to_param());
    }

    /// Sets `name=value` in a query that may hold nothing else. Mistake: another parameter beside it.
    pub fn query_alone(&mut self, name: &'static str, value: &(impl Param + ?Sized)) {
        self.alone = Some(name);
        self.query(name, value);
    }

    /// Sets a range in the query. One without bounds is no condition, and is not sent.
    pub fn query_range<T: Param>(&mut self, name: &'static str, range: &Range<T>) {
        if range.is_unbounded() {
            self.query.retain(|(other, _)| *other != name);
        } else {
            self.query(name, range);
        }
    }

    /// Sets a number in the query. Mistake: a number out of the documented bounds, both of which are allowed.
    pub fn query_in(
        &mut self,
        name: &'static str,
        value: impl Into<i64>,
        bounds: RangeInclusive<i64>,
    ) {
        self.set_number(name, value.into(), &bounds);
    }

    fn set_number(&mut self, name: &'static str, value: i64, bounds: &RangeInclusive<i64>) {
        if bounds.contains(&value) {
            self.set_query(name, Cow::Owned(value.to_string()));
        } else {
            let reason = match (*bounds.start(), *bounds.end()) {
                (least, i64::MAX) => format!("is {value}; it has to be {least} or more"),
                (i64::MIN, most) => format!("is {value}; it has to be {most} or less"),
                (least, most) => format!("is {value}; it has to be from {least} to {most}"),
            };
            self.refuse(name, reason);
        }
    }

    /// Sets a comma-separated list in the query.
    ///
    /// Mistakes: a list without items, which the service would take for no filter at all and answer with everything;
    /// more than `max_items`; an item that is empty or contains a comma, which would count as several.
    pub fn query_csv<T: Param>(
        &mut self,
        name: &'static str,
        values: &[T],
        max_items: Option<usize>,
    ) {
        self.set_csv(
            name,
            &values.iter().map(Param::to_param).collect::<Vec<_>>(),
            max_items,
        );
    }

    /// Sets a comma-separated list in the query of which one request takes no more than `most` items, and a value that
    /// comes twice only once. If there are more, [`pages`](Self::pages) and [`items`](Self::items) send a request for each
    /// `most` of them. One parameter of a request can be so.
    ///
    /// Mistakes: those of [`query_csv`](Self::query_csv); and more than `most`, if the call is [sent](Self::send) as one.
    pub fn query_split<T: Param>(&mut self, name: &'static str, values: &[T], most: usize) {
        self.set_split(name, values.iter().map(Param::to_param).collect(), most);
    }

    fn set_split(&mut self, name: &'static str, mut values: Vec<Cow<'_, str>>, most: usize) {
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
        // All of them are looked at, and stand there until they are taken apart.
        self.set_csv(name, &values, None);
        let most = most.max(1);
        self.split = (values.len() > most).then(|| Split {
            name,
            most,
            count: values.len(),
            parts: values.chunks(most).map(|part| part.join(",")).collect(),
        });
    }

    fn set_csv(&mut self, name: &'static str, values: &[Cow<'_, str>], max_items: Option<usize>) {
        if values.is_empty() {
            return self.refuse_empty_list(name);
        }
        if let Some(max) = max_items.filter(|max| values.len() > *max) {
            return self.refuse(
                name,
                format!("has {} items; at most {max} can be sent", values.len()),
            );
        }
        if values
            .iter()
            .any(|value| value.is_empty() || value.contains(','))
        {
            return self.refuse(name, "has an item that is empty or contains a comma");
        }
        self.set_query(name, Cow::Owned(values.join(",")));
    }

    /// Sets `name=value` in the query for each value. Mistake: a list without items, which the service would take for
    /// no filter at all and answer with everything.
    pub fn query_repeat<T: Param>(&mut self, name: &'static str, values: &[T]) {
        if values.is_empty() {
            return self.refuse_empty_list(name);
        }
        self.query.retain(|(other, _)| *other != name);
        self.query.extend(
            values
                .iter()
                .map(|value| (Cow::Borrowed(name), value.to_param().into_owned())),
        );
    }

    fn set_query(&mut self, name: &'static str, value: Cow<'_, str>) {
        let value = value.into_owned();
        match self.query.iter_mut().find(|(other, _)| *other == name) {
            Some(slot) => slot.1 = value,
            None => self.query.push((Cow::Borrowed(name), value)),
        }
    }

    /// Beside what there is, whatever it is called.
    pub(crate) fn add_query(&mut self, name: String, value: &str) {
        self.query.push((Cow::Owned(name), value.to_owned()));
    }

    /// Sets a header. Mistake: a value that a header cannot hold, such as one with a line break.
    pub fn header(&mut self, name: &'static str, value: &(impl Param + ?Sized)) {
        self.set_header(name, &value.to_param());
    }

    fn set_header(&mut self, name: &'static str, value: &str) {
        match HeaderName::from_bytes(name.as_bytes()) {
            Ok(key) => self.put_header(key, name, value),
            Err(_) => self.refuse(name, "is not the name of a header"),
        }
    }

    /// `name` is how the caller writes it.
    pub(crate) fn put_header(&mut self, key: HeaderName, name: &str, value: &str) {
        match HeaderValue::from_str(value) {
            Ok(mut value) => {
                // It may be about a person: `Debug` of the HTTP types then leaves it out.
                value.set_sensitive(true);
                self.headers.insert(key, value);
            }
            Err(_) => self.refuse(name, "has characters that a header cannot hold"),
        }
    }

    /// Names the user in whose name the call is made, in place of one named before. What is sent, in the
    /// [header](crate::Conventions::acting_user_header) of the API, follows the operation's [`ActingUser`]: if required,
    /// this one or else the client's default; if optional, only this one. Mistake: one is required and there is none
    /// ([`Error::is_missing_acting_user`]).
    pub fn acting_user(&mut self, user: i64) {
        self.acting_user = Some(user);
    }

    /// Returns who acts.
    fn set_acting_user(&mut self) -> Option<i64> {
        match self.core.shared().credential.actor() {
            Actor::Header => self.set_acting_user_header(),
            Actor::Subject => self.core.acting_user(),
            Actor::OfToken => {
                if self.core.acting_user().is_some() {
                    self.refuse_call(
                        "the token acts for the user whom it was issued for, and an acting user \
                         was named; with ClientBuilder::client_credentials, or a token_source, \
                         each has a token",
                    );
                }
                None
            }
        }
    }

    fn set_acting_user_header(&mut self) -> Option<i64> {
        let header = self.acting_user_header()?;
        let required = match self.operation.acting_user {
            ActingUser::None => return None,
            ActingUser::Optional => false,
            ActingUser::Required => true,
        };
        let default = || self.core.acting_user().filter(|_| required);
        let user = self.acting_user.or_else(default);
        match user {
            Some(user) => self.set_header(header, &user.to_string()),
            None if required => self.keep(Error::missing_acting_user(self.operation, header)),
            None => {}
        }
        user
    }

    fn acting_user_header(&self) -> Option<&'static str> {
        self.core.shared().conventions.acting_user_header
    }

    /// Names the user, as the API wants it: in its header, or as the subject of the token.
    pub(crate) fn name_acting_user(&mut self, user: i64) {
        if self.core.shared().credential.actor() != Actor::Header {
            self.core = self.core.with_acting_user(user);
        } else if self.acting_user_header().is_some() {
            self.acting_user(user);
        } else {
            self.refuse_call("the API has no acting users, and one was named");
        }
    }

    pub(crate) fn is_acting_user_header(&self, header: &HeaderName) -> bool {
        self.acting_user_header()
            .is_some_and(|name| name.eq_ignore_ascii_case(header.as_str()))
    }

    pub(crate) fn set_template(&mut self, path: String) {
        self.path = path;
    }

    pub(crate) fn set_operation(&mut self, operation: &'static Operation) {
        self.operation = operation;
    }

    /// Sets the body, as JSON. Mistake: a value that JSON cannot hold, such as a map whose keys are not text.
    pub fn json<B: Serialize + ?Sized>(&mut self, body: &B) {
        self.set_body(serde_json::to_vec(body));
    }

    fn set_body(&mut self, body: serde_json::Result<Vec<u8>>) {
        match body {
            Ok(body) => {
                self.headers
                    .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                self.body = Some(Bytes::from(body));
            }
            // What serde says can hold the value, so it is dropped.
            Err(_) => self.refuse_call("the body cannot be written as JSON"),
        }
    }

    /// Makes this call with other options than the client's. What they leave open is as before. Of a list, they are for
    /// each page.
    pub fn set_options(&mut self, options: CallOptions) {
        self.core = self.core.with_options(options);
    }

    /// Fills `{name}` with an id that an answer named. Models read 0 where there was none.
    pub(crate) fn path_of_answer(&mut self, name: &'static str, id: &str) {
        if id == "0" {
            return self.refuse(name, "is not known: the answer to the creation has no id");
        }
        self.fill_path(name, id);
    }

    /// The calls that the list takes: one, or as many as its ids need.
    pub(crate) fn prepare_parts(mut self) -> Result<(Prepared, Vec<Prepared>), Error> {
        let Some(split) = self.split.take() else {
            return Ok((self.prepare()?, Vec::new()));
        };
        let query = self.query.clone();
        let whole = self.prepare()?;
        let mut parts = split.parts.iter().map(|part| {
            let mut prepared = whole.clone();
            let pairs = query.iter().map(|(name, value)| {
                let is_split = *name == split.name;
                (name.as_ref(), if is_split { part } else { value })
            });
            prepared.url.query_pairs_mut().clear().extend_pairs(pairs);
            prepared
        });
        // There are at least two.
        Ok((parts.next().unwrap_or(whole.clone()), parts.collect()))
    }

    pub(crate) fn prepare(mut self) -> Result<Prepared, Error> {
        if let Some(Split {
            name, most, count, ..
        }) = self.split
        {
            self.refuse(
                name,
                format!(
                    "has {count} values, and one request takes {most}; get them by `items` or \
                     `pages`, which send several"
                ),
            );
        }
        if let Some(name) = self.alone.filter(|_| self.query.len() > 1) {
            self.refuse(name, "has to be the only parameter of the query");
        }
        let acting_user = self.set_acting_user();
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        if self.path.contains('{') {
            return Err(Error::invalid_request(
                self.operation,
                "a parameter of the path was not given",
            ));
        }
        let mut url = self.core.shared().base_url.join(&self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(Prepared {
            core: self.core,
            operation: self.operation,
            method: self.operation.method.to_http(),
            url,
            headers: self.headers,
            acting_user,
            body: self.body,
        })
    }

    fn refuse_empty_list(&mut self, name: &'static str) {
        self.refuse(
            name,
            "has no items, which would mean no filter at all; leave it out if that is meant",
        );
    }

    fn refuse(&mut self, parameter: &str, reason: impl fmt::Display) {
        self.refuse_call(format!("`{parameter}` {reason}"));
    }

    pub(crate) fn refuse_call(&mut self, reason: impl Into<Cow<'static, str>>) {
        self.keep(Error::invalid_request(self.operation, reason));
    }

    fn keep(&mut self, mistake: Error) {
        self.mistake.get_or_insert(mistake);
    }
}

/// Prints the operation, and nothing that was filled in.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
