//! Rows of the table of v3, and the macros that make one an entry.

use harvest_generated::v3::Client;
use harvest_runtime::{Error, Response};

use super::super::operation_row::{BoxFuture, Call, Called, Codec, Success, debug};

/// One operation of the generated client, its types erased.
pub struct Row {
    pub id: &'static str,
    /// The type of the body, if one is sent.
    pub request: Option<Codec>,
    /// The types of the successes: of one status, or of all others.
    pub answers: Vec<(Option<u16>, Codec)>,
    pub call: fn(Client, Call) -> BoxFuture<Called>,
    /// How many records all pages hold, if it is a list.
    pub walk: Option<Walk>,
}

/// Reads all pages of a list, and counts the records.
pub type Walk = fn(Client) -> BoxFuture<Result<usize, Error>>;

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

/// A row: the operation with what it requires, the type of its body, the type of its success, and then what is optional.
macro_rules! row {
    (|$args:ident| $id:ident($($arg:ident: $of:ident),*) $([$body:ident])? => ($($answer:tt)+) {$($set:tt)*}) => {
        Row {
            id: stringify!($id),
            request: row!(@request $($body)?),
            answers: row!(@answers $($answer)+),
            call: |client, call| Box::pin(async move {
                let $args = &call.args;
                // Not all operations have parameters.
                let _ = $args;
                let request = client.$id(
                    $($args.get::<$of>(stringify!($arg)),)*
                    $(&body::<$body>(&call))?
                );
                let request = if call.all { request$($set)* } else { request };
                let printed = debug(&request);
                row!(@called printed, request.send().await, $($answer)+)
            }),
            walk: None,
        }
    };
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
    (@called $printed:ident, $outcome:expr, $answer:ty) => { called::<$answer>($printed, $outcome) };
}

/// A row whose success is a list, by the type of its records.
macro_rules! list {
    (|$args:ident| $id:ident() => ($item:ty) {$($set:tt)*}) => {
        Row {
            walk: Some(|client| Box::pin(async move {
                let mut items = client.$id().per_page(10).items();
                let mut count = 0;
                while let Some(item) = items.next().await {
                    item?;
                    count += 1;
                }
                assert_eq!(items.completeness(), Completeness::Proven);
                Ok(count)
            })),
            ..row!(|$args| $id() => (List<$item>) {$($set)*})
        }
    };
}

pub(crate) use {list, row};
