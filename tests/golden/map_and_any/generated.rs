// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.

pub mod client {
    use harvest_runtime::{Api, ClientBuilder, Core, Error, Scheme};
    /// Makes the requests of this version. Cheap to clone; clones share connections.
    ///
    /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
    #[derive(Clone, Debug)]
    pub struct Client {
        pub(super) core: Core,
    }
    impl Client {
        /// A client that authenticates with an API key, and is otherwise as [`Client::builder`] leaves it.
        ///
        /// # Errors
        ///
        /// If there is no credential, or it cannot be sent in a header.
        pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
            Self::builder().credential(api_key).build()
        }
        /// A client as the environment says; [`ClientBuilder::from_env`] names the variables.
        ///
        /// # Errors
        ///
        /// If there is no credential, or one of the variables makes no sense.
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env().build()
        }
        /// A client with settings of your own: where it sends, for whom it acts, how long it waits.
        pub fn builder() -> ClientBuilder<Self> {
            ClientBuilder::new()
        }
        /// The same client acting as `user`: what is sent by operations that need an acting user and are given
        /// none.
        #[must_use]
        pub fn with_acting_user(&self, user: impl Into<i64>) -> Self {
            Self {
                core: self.core.with_acting_user(user.into()),
            }
        }
    }
    impl Api for Client {
        const NAME: &'static str = "Maps and values of any shape";
        const BASE_URL: &'static str = "https://bookshop.example";
        const SCHEME: Scheme = Scheme::Basic;
        fn from_core(core: Core) -> Self {
            Self { core }
        }
        fn core(&self) -> &Core {
            &self.core
        }
    }
}
pub use client::Client;
pub mod operations {
    use harvest_runtime::{ActingUser, Method, Operation, Pagination};
    /// Every operation of this version, whether its feature is on or off.
    pub static OPERATIONS: &[Operation] = &[GET_BOOK, REPLACE_LABELS];
    /// Get a book.
    pub const GET_BOOK: Operation = Operation {
        id: "get_book",
        method: Method::Get,
        path: "/books/{id}",
        tag: "books",
        permission: "GET: Get a book",
        pagination: Pagination::None,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#get_book",
    };
    /// Replace labels.
    pub const REPLACE_LABELS: Operation = Operation {
        id: "replace_labels",
        method: Method::Put,
        path: "/books/{id}",
        tag: "books",
        permission: "PUT: Replace labels",
        pagination: Pagination::None,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#replace_labels",
    };
}
pub mod types {
    /// Whatever the shop thinks of.
    #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    #[serde(transparent)]
    pub struct Anything(pub ::serde_json::Value);
    impl ::std::ops::Deref for Anything {
        type Target = ::serde_json::Value;
        fn deref(&self) -> &::serde_json::Value {
            &self.0
        }
    }
    impl From<Anything> for ::serde_json::Value {
        fn from(value: Anything) -> Self {
            value.0
        }
    }
    impl From<::serde_json::Value> for Anything {
        fn from(value: ::serde_json::Value) -> Self {
            Self(value)
        }
    }
    harvest_runtime::redacted_debug!(Anything {});
    /// A book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// Prices by currency.
        pub prices: Option<Prices>,
        /// Comments by reader.
        pub labels: Option<CommentsByReader>,
        /// Whatever the shop thinks of.
        pub extra: Option<Anything>,
        /// Of any shape.
        pub loose: Option<::serde_json::Value>,
        nulls: harvest_runtime::model::Nulls,
    }
    harvest_runtime::model!(
        Book[] { "prices" => prices : nullable(0), "labels" => labels : nullable(1),
        "extra" => extra : nullable(2), "loose" => loose : nullable(3), }
    );
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// What someone said.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Comment {
        /// In plain text.
        pub text: Option<String>,
        nulls: harvest_runtime::model::Nulls,
    }
    harvest_runtime::model!(Comment[] { "text" => text : nullable(0), });
    /// Comments by reader.
    #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    #[serde(transparent)]
    pub struct CommentsByReader(pub ::indexmap::IndexMap<String, Comment>);
    impl ::std::ops::Deref for CommentsByReader {
        type Target = ::indexmap::IndexMap<String, Comment>;
        fn deref(&self) -> &::indexmap::IndexMap<String, Comment> {
            &self.0
        }
    }
    impl From<CommentsByReader> for ::indexmap::IndexMap<String, Comment> {
        fn from(value: CommentsByReader) -> Self {
            value.0
        }
    }
    impl From<::indexmap::IndexMap<String, Comment>> for CommentsByReader {
        fn from(value: ::indexmap::IndexMap<String, Comment>) -> Self {
            Self(value)
        }
    }
    harvest_runtime::redacted_debug!(CommentsByReader {});
    /// Words by kind.
    #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    #[serde(transparent)]
    pub struct Labels(pub ::indexmap::IndexMap<String, String>);
    impl ::std::ops::Deref for Labels {
        type Target = ::indexmap::IndexMap<String, String>;
        fn deref(&self) -> &::indexmap::IndexMap<String, String> {
            &self.0
        }
    }
    impl From<Labels> for ::indexmap::IndexMap<String, String> {
        fn from(value: Labels) -> Self {
            value.0
        }
    }
    impl From<::indexmap::IndexMap<String, String>> for Labels {
        fn from(value: ::indexmap::IndexMap<String, String>) -> Self {
            Self(value)
        }
    }
    harvest_runtime::redacted_debug!(Labels {});
    /// Prices by currency.
    #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    #[serde(transparent)]
    pub struct Prices(pub ::indexmap::IndexMap<String, f64>);
    impl ::std::ops::Deref for Prices {
        type Target = ::indexmap::IndexMap<String, f64>;
        fn deref(&self) -> &::indexmap::IndexMap<String, f64> {
            &self.0
        }
    }
    impl From<Prices> for ::indexmap::IndexMap<String, f64> {
        fn from(value: Prices) -> Self {
            value.0
        }
    }
    impl From<::indexmap::IndexMap<String, f64>> for Prices {
        fn from(value: ::indexmap::IndexMap<String, f64>) -> Self {
            Self(value)
        }
    }
    harvest_runtime::redacted_debug!(Prices {});
}
impl Client {
    /// Get a book.
    ///
    /// An operation to try something with.
    ///
    /// - Request: `GET /books/{id}`
    /// - Permission that the key needs: `GET: Get a book`
    /// - Success: 200
    /// - Errors described: 401, 403, 404, 429, 500
    ///
    /// [Official documentation](https://bookshop.example/docs#get_book)
    pub fn get_book(&self, id: impl Into<types::BookId>) -> GetBook {
        let mut request = self.core.request(&operations::GET_BOOK);
        request.path("id", &id.into());
        GetBook { request }
    }
    /// Replace labels.
    ///
    /// An operation to try something with.
    ///
    /// - Request: `PUT /books/{id}`
    /// - Permission that the key needs: `PUT: Replace labels`
    /// - Success: 200
    /// - Errors described: 401, 403, 404, 422, 429, 500
    ///
    /// [Official documentation](https://bookshop.example/docs#replace_labels)
    pub fn replace_labels(
        &self,
        id: impl Into<types::BookId>,
        body: &types::Labels,
    ) -> ReplaceLabels {
        let mut request = self.core.request(&operations::REPLACE_LABELS);
        request.path("id", &id.into());
        request.json(body);
        ReplaceLabels { request }
    }
}
/// A request that [`Client::get_book`] makes, `GET /books/{id}`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetBook {
    request: harvest_runtime::Request,
}
impl GetBook {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
    }
}
/// A request that [`Client::replace_labels`] makes, `PUT /books/{id}`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ReplaceLabels {
    request: harvest_runtime::Request,
}
impl ReplaceLabels {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<types::Anything>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
    }
}
