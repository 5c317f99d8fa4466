// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.

pub mod client {
    use std::marker::PhantomData;
    use harvest_runtime::{
        Api, Async, Auth, CallOptions, ClientBuilder, Core, Error, Method, RawRequest,
    };
    /// Makes the requests of this version. Cheap to clone; clones share connections and the pace.
    ///
    /// `M` says how it makes calls.
    ///
    /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
    pub struct Client<M = Async> {
        pub(super) core: Core,
        state: PhantomData<fn() -> M>,
    }
    impl<M> Client<M> {
        /// A client that authenticates with an API key, and is otherwise as [`Client::builder`] leaves it.
        ///
        /// # Errors
        ///
        /// If there is no credential, or it cannot be sent in a header.
        pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
            Self::builder().credential(api_key).build()
        }
        /// A client as the environment says.
        ///
        /// The description names no variables.
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
    }
    impl<M> Client<M> {
        fn of(core: Core) -> Self {
            Self { core, state: PhantomData }
        }
        /// The same client with other time limits, retries and pace. What the options leave open is as before.
        #[must_use]
        pub fn with_options(&self, options: CallOptions) -> Self {
            Self::of(self.core.with_options(options))
        }
        /// A request that this client has no method for, carried out as all others are. The path begins with
        /// `/`, from the root of the API; `{name}` in it can be filled.
        pub fn request(&self, method: Method, path: &str) -> RawRequest<M> {
            RawRequest::in_mode(&self.core, method, path)
        }
    }
    impl<M> Api for Client<M> {
        const NAME: &'static str = "Unions";
        const BASE_URL: &'static str = "https://bookshop.example";
        const AUTH: Auth = Auth::Basic;
        fn from_core(core: Core) -> Self {
            Self::of(core)
        }
        fn core(&self) -> &Core {
            &self.core
        }
    }
    impl<M> Clone for Client<M> {
        fn clone(&self) -> Self {
            Self::of(self.core.clone())
        }
    }
    /// Prints the host of the base URL, and nothing else that is set.
    impl<M> std::fmt::Debug for Client<M> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Client").field("core", &self.core).finish_non_exhaustive()
        }
    }
}
/// The client whose calls are futures.
pub type Client = client::Client<harvest_runtime::Async>;
/// The client whose calls block the thread: see [`harvest_runtime::blocking`].
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking {
    /// The client whose calls block.
    pub type Client = super::client::Client<harvest_runtime::Blocking>;
}
pub mod operations {
    #[allow(unused_imports)]
    use harvest_runtime::{ActingUser, Operation, Pagination};
    /// Every operation of this version, whether its feature is on or off.
    pub static OPERATIONS: &[Operation] = &[GET_BOOK, UPDATE_BOOK];
    /// Get a book.
    pub const GET_BOOK: Operation = Operation {
        id: "get_book",
        path: "/books/{id}",
        tag: "books",
        permission: "GET: Get a book",
        documentation: "https://bookshop.example/docs#get_book",
        ..Operation::GET
    };
    /// Change a book.
    pub const UPDATE_BOOK: Operation = Operation {
        id: "update_book",
        path: "/books/{id}",
        tag: "books",
        permission: "PATCH: Change a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#update_book",
        ..Operation::PATCH
    };
}
pub mod types {
    /// A book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// A shelf by number, by name or by place.
        pub shelf: Option<Shelf>,
        /// Whether, or to whom.
        pub sold: Option<BookSold>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Book[; received] { 0 "shelf" => shelf : nullable, 1 "sold" => sold : nullable, }
    );
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// One of several shapes.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum BookSold {
        /// As boolean.
        Boolean(bool),
        /// As string.
        String(String),
        /// Something that the description does not have, as it came.
        Other(harvest_runtime::Json),
    }
    harvest_runtime::union!(BookSold { Boolean = Boolean, String = String, _ = Other, });
    impl From<bool> for BookSold {
        fn from(value: bool) -> Self {
            Self::Boolean(value)
        }
    }
    impl From<&str> for BookSold {
        fn from(value: &str) -> Self {
            Self::String(value.to_owned())
        }
    }
    impl From<String> for BookSold {
        fn from(value: String) -> Self {
            Self::String(value)
        }
    }
    /// A change.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookUpdate {
        /// A shelf by name, or the tags to choose one by.
        pub shelf: ShelfDraft,
    }
    harvest_runtime::model!(BookUpdate[] { 0 "shelf" => shelf : plain, });
    impl BookUpdate {
        /// With what is required.
        pub fn new(shelf: impl Into<ShelfDraft>) -> Self {
            Self { shelf: shelf.into() }
        }
    }
    /// A place on either side.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Row {
        /// Counted from the door.
        pub row: i32,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(Row[; received] { 0 "row" => row : required, });
    /// A place.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct RowAndSide {
        /// Counted from the door.
        pub row: i32,
        /// Left or right.
        pub side: String,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        RowAndSide[; received] { 0 "row" => row : required, 1 "side" => side : required,
        }
    );
    /// A shelf by number, by name or by place.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum Shelf {
        /// As int64.
        Int64(i64),
        /// As string.
        String(String),
        /// As row and side.
        RowAndSide(RowAndSide),
        /// As row.
        Row(Row),
        /// Something that the description does not have, as it came.
        Other(harvest_runtime::Json),
    }
    harvest_runtime::union!(
        Shelf { RowAndSide = Object("row" "side"), Row = Object("row"), Int64 = Number,
        String = String, _ = Other, }
    );
    impl From<i64> for Shelf {
        fn from(value: i64) -> Self {
            Self::Int64(value)
        }
    }
    impl From<RowAndSide> for Shelf {
        fn from(value: RowAndSide) -> Self {
            Self::RowAndSide(value)
        }
    }
    impl From<Row> for Shelf {
        fn from(value: Row) -> Self {
            Self::Row(value)
        }
    }
    impl From<&str> for Shelf {
        fn from(value: &str) -> Self {
            Self::String(value.to_owned())
        }
    }
    impl From<String> for Shelf {
        fn from(value: String) -> Self {
            Self::String(value)
        }
    }
    /// A shelf by name, or the tags to choose one by.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum ShelfDraft {
        /// As string.
        String(String),
        /// As array.
        Array(Vec<String>),
    }
    harvest_runtime::union!(ShelfDraft { String = String, Array = Array, });
    impl Default for ShelfDraft {
        fn default() -> Self {
            Self::String(Default::default())
        }
    }
    impl From<Vec<String>> for ShelfDraft {
        fn from(value: Vec<String>) -> Self {
            Self::Array(value)
        }
    }
    impl From<&str> for ShelfDraft {
        fn from(value: &str) -> Self {
            Self::String(value.to_owned())
        }
    }
    impl From<String> for ShelfDraft {
        fn from(value: String) -> Self {
            Self::String(value)
        }
    }
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
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
        #[doc(alias = "/books/{id}")]
        pub fn get_book(&self, id: impl Into<types::BookId>) -> GetBook<M> {
            let mut request = self.core.request(&operations::GET_BOOK);
            request.path("id", &id.into());
            GetBook {
                request,
                state: PhantomData,
            }
        }
        /// Change a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `PATCH /books/{id}`
        /// - Permission that the key needs: `PATCH: Change a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#update_book)
        #[doc(alias = "/books/{id}")]
        pub fn update_book(
            &self,
            id: impl Into<types::BookId>,
            body: &types::BookUpdate,
        ) -> UpdateBook<M> {
            let mut request = self.core.request(&operations::UPDATE_BOOK);
            request.path("id", &id.into());
            request.json(body);
            UpdateBook {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::get_book`] makes, `GET /books/{id}`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct GetBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> GetBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl GetBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<types::Book> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for GetBook<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::Book>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::Book>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl GetBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
    /// A request that [`Client::update_book`] makes, `PATCH /books/{id}`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct UpdateBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> UpdateBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl UpdateBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for UpdateBook<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl UpdateBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
