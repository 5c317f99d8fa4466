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
        const NAME: &'static str = "Queries";
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
    pub static OPERATIONS: &[Operation] = &[LIST_BOOKS];
    /// List books.
    pub const LIST_BOOKS: Operation = Operation {
        id: "list_books",
        path: "/books",
        tag: "books",
        permission: "GET: List books",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#list_books",
        ..Operation::GET
    };
}
pub mod types {
    /// The id of an author.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct AuthorId(pub i64);
    harvest_runtime::id!(AuthorId);
    /// The id of a shelf.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct ShelfId(pub i64);
    harvest_runtime::id!(ShelfId);
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// List books.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /books`
        /// - Permission that the key needs: `GET: List books`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#list_books)
        #[doc(alias = "/books")]
        pub fn list_books(
            &self,
            tags: impl IntoIterator<Item = impl Into<String>>,
            row: i32,
        ) -> ListBooks<M> {
            let mut request = self.core.request(&operations::LIST_BOOKS);
            request
                .query_repeat(
                    "tags",
                    &harvest_runtime::__private::list::<Vec<String>, _>(tags),
                );
            request.query_in("row", row, 0..=9);
            ListBooks {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::list_books`] makes, `GET /books`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListBooks<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListBooks<M> {
        /// Only books by these.
        ///
        /// One to 2 values; anything else is an error before it is sent.
        pub fn author_ids(
            mut self,
            values: impl IntoIterator<Item = impl Into<types::AuthorId>>,
        ) -> Self {
            self.request
                .query_csv(
                    "author_ids",
                    &harvest_runtime::__private::list::<Vec<types::AuthorId>, _>(values),
                    Some(2),
                );
            self
        }
        /// Only books with all of these words.
        pub fn words(
            mut self,
            values: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            self.request
                .query_csv(
                    "words",
                    &harvest_runtime::__private::list::<Vec<String>, _>(values),
                    None,
                );
            self
        }
        /// How many records a page holds.
        ///
        /// From 1 to 500; anything else is an error before it is sent.
        pub fn per_page(mut self, value: i32) -> Self {
            self.request.query_in("per_page", value, 1..=500);
            self
        }
        /// Which page.
        ///
        /// At least 1; sending anything else is an error before it is sent.
        pub fn page(mut self, value: i64) -> Self {
            self.request.query_in("page", value, 1..=i64::MAX);
            self
        }
        /// Only books that stand that cool.
        ///
        /// At most 30; sending anything else is an error before it is sent.
        pub fn temperature(mut self, value: i32) -> Self {
            self.request.query_in("temperature", value, i64::MIN..=30);
            self
        }
        /// On which shelf.
        ///
        /// At least 1; sending anything else is an error before it is sent.
        pub fn shelf_id(mut self, value: impl Into<types::ShelfId>) -> Self {
            self.request
                .query_in("shelf_id", Into::<types::ShelfId>::into(value), 1..=i64::MAX);
            self
        }
        /// A word of Rust.
        pub fn type_(mut self, value: &str) -> Self {
            self.request.query("type", value);
            self
        }
        /// Whether it is gone.
        pub fn sold(mut self, value: bool) -> Self {
            self.request.query("sold", &value);
            self
        }
        /// A number in a header.
        pub fn x_depth(mut self, value: i32) -> Self {
            self.request.header("X-Depth", &value);
            self
        }
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListBooks<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListBooks<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ListBooks<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
