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
        const NAME: &'static str = "Paging";
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
    pub static OPERATIONS: &[Operation] = &[
        LIST_BOOKS,
        LIST_AUTHORS,
        LIST_READERS,
        LIST_SHELVES,
    ];
    /// List books.
    pub const LIST_BOOKS: Operation = Operation {
        id: "list_books",
        path: "/books",
        tag: "books",
        permission: "GET: List books",
        pagination: Pagination::Offset,
        documentation: "https://bookshop.example/docs#list_books",
        ..Operation::GET
    };
    /// List authors.
    pub const LIST_AUTHORS: Operation = Operation {
        id: "list_authors",
        path: "/authors",
        tag: "books",
        permission: "GET: List authors",
        pagination: Pagination::NextOnly,
        documentation: "https://bookshop.example/docs#list_authors",
        ..Operation::GET
    };
    /// List readers.
    pub const LIST_READERS: Operation = Operation {
        id: "list_readers",
        path: "/readers",
        tag: "books",
        permission: "GET: List readers",
        pagination: Pagination::Cursor,
        documentation: "https://bookshop.example/docs#list_readers",
        ..Operation::GET
    };
    /// List shelves.
    pub const LIST_SHELVES: Operation = Operation {
        id: "list_shelves",
        path: "/shelves",
        tag: "books",
        permission: "GET: List shelves",
        documentation: "https://bookshop.example/docs#list_shelves",
        ..Operation::GET
    };
}
pub mod types {
    /// A book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// On the cover.
        pub title: Option<String>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(Book[; received] { 0 "title" => title : nullable, });
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
        /// - Paged: by number, with the next, previous and last page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#list_books)
        #[doc(alias = "/books")]
        pub fn list_books(&self) -> ListBooks<M> {
            let request = self.core.request(&operations::LIST_BOOKS);
            ListBooks {
                request,
                state: PhantomData,
            }
        }
        /// List authors.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /authors`
        /// - Permission that the key needs: `GET: List authors`
        /// - Paged: with the next page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#list_authors)
        #[doc(alias = "/authors")]
        pub fn list_authors(&self) -> ListAuthors<M> {
            let request = self.core.request(&operations::LIST_AUTHORS);
            ListAuthors {
                request,
                state: PhantomData,
            }
        }
        /// List readers.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /readers`
        /// - Permission that the key needs: `GET: List readers`
        /// - Paged: by cursor, with the next page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#list_readers)
        #[doc(alias = "/readers")]
        pub fn list_readers(&self) -> ListReaders<M> {
            let request = self.core.request(&operations::LIST_READERS);
            ListReaders {
                request,
                state: PhantomData,
            }
        }
        /// List shelves.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /shelves`
        /// - Permission that the key needs: `GET: List shelves`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#list_shelves)
        #[doc(alias = "/shelves")]
        pub fn list_shelves(&self) -> ListShelves<M> {
            let request = self.core.request(&operations::LIST_SHELVES);
            ListShelves {
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
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListBooks<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Book>> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<types::Book> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<types::Book> {
            self.request.items()
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListBooks<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Book>>;
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
        ) -> Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: an iterator over whole pages.
        pub fn pages(self) -> harvest_runtime::blocking::Pages<types::Book> {
            self.request.pages_blocking()
        }
        /// Sends the request, and one for each further page: an iterator over records.
        pub fn items(self) -> harvest_runtime::blocking::Items<types::Book> {
            self.request.items_blocking()
        }
    }
    /// A request that [`Client::list_authors`] makes, `GET /authors`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListAuthors<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListAuthors<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListAuthors<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Book>> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<types::Book> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<types::Book> {
            self.request.items()
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListAuthors<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Book>>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ListAuthors<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: an iterator over whole pages.
        pub fn pages(self) -> harvest_runtime::blocking::Pages<types::Book> {
            self.request.pages_blocking()
        }
        /// Sends the request, and one for each further page: an iterator over records.
        pub fn items(self) -> harvest_runtime::blocking::Items<types::Book> {
            self.request.items_blocking()
        }
    }
    /// A request that [`Client::list_readers`] makes, `GET /readers`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListReaders<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListReaders<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListReaders<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Book>> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<types::Book> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<types::Book> {
            self.request.items()
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListReaders<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Book>>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ListReaders<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: an iterator over whole pages.
        pub fn pages(self) -> harvest_runtime::blocking::Pages<types::Book> {
            self.request.pages_blocking()
        }
        /// Sends the request, and one for each further page: an iterator over records.
        pub fn items(self) -> harvest_runtime::blocking::Items<types::Book> {
            self.request.items_blocking()
        }
    }
    /// A request that [`Client::list_shelves`] makes, `GET /shelves`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListShelves<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListShelves<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListShelves<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Book>> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListShelves<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Book>>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ListShelves<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<harvest_runtime::List<types::Book>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
}
pub use requests::*;
