//! Rows of the table of v3, and the macros that make one an entry.

use harvest_generated::v3::{Client, blocking};
use harvest_runtime::{Error, Response};
use serde_json::Value;

use super::super::operation_row::{
    BoxFuture, Call, Called, Codec, Success, Walked, debug, value_of,
};

/// One operation of the generated client, its types erased.
pub struct Row {
    pub id: &'static str,
    /// The type of the body, if one is sent.
    pub request: Option<Codec>,
    /// The types of the successes: of one status, or of all others.
    pub answers: Vec<(Option<u16>, Codec)>,
    pub call: fn(Client, Call) -> BoxFuture<Called>,
    pub call_blocking: fn(blocking::Client, Call) -> Called,
    /// If it is a list.
    pub list: Option<Lists>,
    /// If it is the list in which records are found by their ids.
    pub find: Option<Finds>,
}

/// All pages of a list.
pub struct Lists {
    pub walk: fn(Client, Call) -> BoxFuture<Result<Walked, Error>>,
    pub walk_blocking: fn(blocking::Client, Call) -> Result<Walked, Error>,
}

/// One record of a list.
pub struct Finds {
    /// The name of the method.
    pub id: &'static str,
    pub find: fn(Client, i64) -> BoxFuture<Found>,
    pub find_blocking: fn(blocking::Client, i64) -> Found,
}

/// The record, as JSON.
pub type Found = Result<Option<Value>, Error>;

impl Row {
    /// The type of an answer with this status.
    pub fn answer(&self, status: u16) -> Codec {
        let is_of = |of: Option<u16>| of.is_none_or(|of| of == status);
        let found = self.answers.iter().find(|(of, _)| is_of(*of));
        found.expect("a type for each status").1
    }
}

/// A call whose answer is written by `write`.
pub fn called_by<T: std::fmt::Debug>(
    request: String,
    outcome: Result<Response<T>, Error>,
    write: impl Fn(&T) -> String,
) -> Called {
    Called {
        request,
        outcome: outcome.map(|response| Success {
            status: response.status().as_u16(),
            json: write(response.value()),
            debug: format!("{} {}", debug(&response), debug(response.value())),
        }),
    }
}

/// The record that was found.
pub fn found<T: serde::Serialize>(answer: Result<Response<Option<T>>, Error>) -> Found {
    Ok(answer?.into_value().as_ref().map(value_of))
}

/// A row: the operation with what it requires, the type of its body, the type of its success, and then what is optional.
macro_rules! row {
    (
        |$args:ident| $id:ident($($arg:ident: $of:ident),*) $([$body:ident])?
            => ($($answer:tt)+) {$($set:tt)*}
    ) => {
        Row {
            id: stringify!($id),
            request: row!(@request $($body)?),
            answers: row!(@answers $($answer)+),
            call: |client, call| Box::pin(async move {
                let $args = &call.args;
                // Not all operations have parameters.
                let _ = $args;
                let request = row!(@fill client, call, $args,
                    $id($($arg: $of),*) $([$body])? {$($set)*});
                let printed = debug(&request);
                row!(@called printed, request.send().await, $($answer)+)
            }),
            call_blocking: |client, call| {
                let $args = &call.args;
                let _ = $args;
                let request = row!(@fill client, call, $args,
                    $id($($arg: $of),*) $([$body])? {$($set)*});
                let printed = debug(&request);
                row!(@called printed, request.send(), $($answer)+)
            },
            list: None,
            find: None,
        }
    };
    (@fill $client:ident, $call:ident, $args:ident,
        $id:ident($($arg:ident: $of:ident),*) $([$body:ident])? {$($set:tt)*}) => {{
        let request = $client.$id(
            $($args.get::<$of>(stringify!($arg)),)*
            $(&body::<$body>(&$call))?
        );
        if $call.all { request$($set)* } else { request }
    }};
    (@request) => { None };
    (@request $body:ident) => { Some(Codec::of::<$body>()) };
    (@answers $name:ident: $($variant:ident = $status:literal),+) => {
        vec![$((Some($status), Codec::of::<$variant>())),+]
    };
    (@answers $answer:ty) => { vec![(None, Codec::of::<$answer>())] };
    (@called $printed:ident, $outcome:expr, $name:ident: $($variant:ident = $status:literal),+) => {
        called_by($printed, $outcome, |value| match value {
            $($name::$variant(value) => serde_json::to_string(value).unwrap(),)+
            other => panic!("{other:?}"),
        })
    };
    (@called $printed:ident, $outcome:expr,
        $answer:ty) => { called::<$answer>($printed, $outcome) };
}

/// A row whose success is a list, by the type of its records; then, if there is one, the method that finds a record.
macro_rules! list {
    (|$args:ident| $id:ident() => ($item:ty) {$($set:tt)*} $($find:ident)?) => {
        Row {
            list: Some(Lists {
                walk: |client, call| Box::pin(async move {
                    let $args = &call.args;
                    let request = || list!(@fill client, call, $id {$($set)*});
                    walked::<$item>(request().pages(), request().items()).await
                }),
                walk_blocking: |client, call| {
                    let $args = &call.args;
                    let request = || list!(@fill client, call, $id {$($set)*});
                    walked_blocking::<$item>(request().pages(), request().items())
                },
            }),
            find: list!(@find $($find)?),
            ..row!(|$args| $id() => (List<$item>) {$($set)*})
        }
    };
    (@fill $client:ident, $call:ident, $id:ident {$($set:tt)*}) => {{
        let request = $client.$id();
        if $call.all { request$($set)* } else { request.per_page(10) }
    }};
    (@find) => { None };
    (@find $find:ident) => {
        Some(Finds {
            id: stringify!($find),
            find: |client, id| Box::pin(async move { found(client.$find(id).send().await) }),
            find_blocking: |client, id| found(client.$find(id).send()),
        })
    };
}

pub(crate) use {list, row};
