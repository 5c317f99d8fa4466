//! Rows of the table of operations, and the macros that make one a line.

use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::future::Future;
use std::pin::Pin;

use futures_util::TryStreamExt;
use harvest_generated::v1::{ActingClient, blocking};
use harvest_runtime::__private::count_unexpected;
use harvest_runtime::{
    Completeness, DecodeError, Error, Identity, Items, List, Pages, Response, StatusCode, decode,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::args::Args;

pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Walks a list, with everything that is optional set.
pub type Walk = fn(ActingClient, Args) -> BoxFuture<Result<Walked, Error>>;

/// The same, by iterators.
pub type BlockingWalk = fn(blocking::ActingClient, Args) -> Result<Walked, Error>;

/// One operation of the generated client, its types erased.
pub struct Row {
    pub id: &'static str,
    /// The type of the body, if one is sent.
    pub request: Option<Codec>,
    /// The type of the success.
    pub answer: Codec,
    pub call: fn(ActingClient, Call) -> BoxFuture<Called>,
    pub call_blocking: fn(blocking::ActingClient, Call) -> Called,
    /// The name of the type of the request.
    pub request_type: fn(ActingClient, Call) -> &'static str,
    /// All pages, if the generated client offers them.
    pub walk: Option<Walk>,
    pub walk_blocking: Option<BlockingWalk>,
}

/// How to call it.
#[derive(Clone)]
pub struct Call {
    pub args: Args,
    pub body: Option<String>,
    /// Whether to set what is optional.
    pub all: bool,
}

/// What came of a call.
pub struct Called {
    /// How the request printed itself before it was sent.
    pub request: String,
    pub outcome: Result<Success, Error>,
}

pub struct Success {
    pub status: u16,
    /// The value, written as JSON again.
    pub json: String,
    /// How response and value print themselves.
    pub debug: String,
}

/// A list from its first page to its last, in both ways.
pub struct Walked {
    pub pages: Vec<Vec<Value>>,
    pub items: Vec<Value>,
    /// Whether the items are the whole list.
    pub completeness: Completeness,
}

/// A type that JSON is read into and written from.
#[derive(Clone, Copy)]
pub struct Codec {
    /// Reads JSON as the client does, and writes it again.
    pub recode: fn(&str) -> Result<String, DecodeError>,
    /// Whether the type holds everything in its own fields, and nothing beside them.
    pub is_described: fn(&str) -> bool,
    /// Reads JSON and prints the value, in one line and in many.
    pub debug: fn(&str) -> Result<String, DecodeError>,
}

impl Codec {
    pub fn of<T: DeserializeOwned + Serialize + Debug>() -> Self {
        Self {
            recode: |json| {
                let value = read::<T>(json)?;
                Ok(serde_json::to_string(&value).expect("a model serializes"))
            },
            is_described: |json| {
                let (read, unexpected) = count_unexpected(|| read::<T>(json));
                read.is_ok() && unexpected == 0
            },
            debug: |json| Ok(debug(&read::<T>(json)?)),
        }
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, DecodeError> {
    decode::json(StatusCode::OK, json.as_bytes())
}

/// What a value prints for developers, in one line and in many.
pub fn debug(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// What an error prints, and what its sources print.
pub fn print(error: &Error) -> String {
    let mut text = format!("{error} {}", debug(error));
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, " {error} {error:?}");
        source = error.source();
    }
    text
}

/// Reads a body into the type that an operation takes.
pub fn body<T: DeserializeOwned>(call: &Call) -> T {
    let body = call
        .body
        .as_deref()
        .expect("the description has no example of the body");
    serde_json::from_str(body)
        .unwrap_or_else(|error| panic!("the example of the body does not decode: {error}"))
}

pub fn called<T: Serialize + Debug>(
    request: String,
    outcome: Result<Response<T>, Error>,
) -> Called {
    Called {
        request,
        outcome: outcome.map(|response| Success {
            status: response.status().as_u16(),
            json: serde_json::to_string(response.value()).expect("a model serializes"),
            debug: format!("{} {}", debug(&response), debug(response.value())),
        }),
    }
}

pub async fn walked<T>(pages: Pages<T>, mut items: Items<T>) -> Result<Walked, Error>
where
    T: Serialize + DeserializeOwned + Identity + Send + 'static,
{
    let pages: Vec<_> = pages.try_collect().await?;
    let found: Vec<_> = (&mut items).try_collect().await?;
    Ok(Walked::new(&pages, &found, items.completeness()))
}

pub fn walked_blocking<T>(
    pages: harvest_runtime::blocking::Pages<T>,
    mut items: harvest_runtime::blocking::Items<T>,
) -> Result<Walked, Error>
where
    T: Serialize + DeserializeOwned + Identity + Send + 'static,
{
    let pages: Vec<_> = pages.collect::<Result<_, _>>()?;
    let found: Vec<_> = items.by_ref().collect::<Result<_, _>>()?;
    Ok(Walked::new(&pages, &found, items.completeness()))
}

/// A model, as JSON.
pub fn value_of<T: Serialize>(model: &T) -> Value {
    serde_json::to_value(model).expect("a model serializes")
}

impl Walked {
    fn new<T: Serialize>(
        pages: &[Response<List<T>>],
        items: &[T],
        completeness: Completeness,
    ) -> Self {
        Self {
            pages: pages
                .iter()
                .map(|page| page.iter().map(value_of).collect())
                .collect(),
            items: items.iter().map(value_of).collect(),
            completeness,
        }
    }
}

/// A row: the operation with what it requires, the type of its body, the type of its success, and then what is optional.
///
/// A parameter is named by the builder's method (or, if required, as the documentation names it), followed by the method
/// of [`Args`] that fills it.
macro_rules! row {
    ($id:ident($($arg:ident $arg_kind:ident),*) $(: $body:ident)? => $answer:ty $(,
        $set:ident $kind:ident)* $(,)?) => {
        Row {
            id: stringify!($id),
            request: row!(@request $($body)?),
            answer: Codec::of::<$answer>(),
            call: |client, call| Box::pin(async move {
                let request = row!(@fill client, call,
                    $id($($arg $arg_kind),*) $(: $body)? $(, $set $kind)*);
                let printed = debug(&request);
                called(printed, request.send().await)
            }),
            call_blocking: |client, call| {
                let request = row!(@fill client, call,
                    $id($($arg $arg_kind),*) $(: $body)? $(, $set $kind)*);
                let printed = debug(&request);
                called(printed, request.send())
            },
            request_type: |client, call| std::any::type_name_of_val(
                &row!(@fill client, call, $id($($arg $arg_kind),*) $(: $body)? $(, $set $kind)*)
            ),
            walk: None,
            walk_blocking: None,
        }
    };
    (@fill $client:ident, $call:ident,
        $id:ident($($arg:ident $arg_kind:ident),*) $(: $body:ident)? $(,
            $set:ident $kind:ident)*) => {{
        let mut request = $client.$id(
            $(row!(@value $call.args, $arg $arg_kind),)*
            $(row!(@body $call, $body))?
        );
        if $call.all {
            request = request.on_behalf_of($call.args.id("On-Behalf-Of"));
            $(request = request.$set(row!(@value $call.args, $set $kind));)*
        }
        request
    }};
    (@list $client:ident, $args:ident,
        $id:ident($($arg:ident $arg_kind:ident),*) $(, $set:ident $kind:ident)*) => {
        $client
            .$id($(row!(@value $args, $arg $arg_kind)),*)
            .on_behalf_of($args.id("On-Behalf-Of"))
            $(.$set(row!(@value $args, $set $kind)))*
    };
    (@request) => { None };
    // Its method takes what the body selects by.
    (@body $call:ident, UserReference) => { body::<UserReference>(&$call).user };
    (@body $call:ident, $body:ident) => { &body::<$body>(&$call) };
    (@request $body:ty) => { Some(Codec::of::<$body>()) };
    (@value $args:expr, $name:ident ids) => { $args.ids(stringify!($name)) };
    (@value $args:expr, $name:ident texts) => { $args.texts(stringify!($name)) };
    (@value $args:expr, $name:ident $kind:ident) => { $args.$kind(stringify!($name)) };
}

/// A row whose success is a list, by the type of its records.
macro_rules! list {
    ($id:ident($($arg:ident $arg_kind:ident),*) => $item:ty $(, $set:ident $kind:ident)* $(,)?) => {
        Row {
            walk: Some(|client, args| Box::pin(async move {
                let request = || row!(@list client, args,
                    $id($($arg $arg_kind),*) $(, $set $kind)*);
                walked::<$item>(request().pages(), request().items()).await
            })),
            walk_blocking: Some(|client, args| {
                let request = || row!(@list client, args,
                    $id($($arg $arg_kind),*) $(, $set $kind)*);
                walked_blocking::<$item>(request().pages(), request().items())
            }),
            ..row!($id($($arg $arg_kind),*) => harvest_runtime::List<$item> $(, $set $kind)*)
        }
    };
}

pub(crate) use {list, row};
