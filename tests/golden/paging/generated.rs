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
        const NAME: &'static str = "Paging";
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
    pub static OPERATIONS: &[Operation] = &[
        LIST_BOOKS,
        LIST_AUTHORS,
        LIST_READERS,
        LIST_SHELVES,
    ];
    /// List books.
    pub const LIST_BOOKS: Operation = Operation {
        id: "list_books",
        method: Method::Get,
        path: "/books",
        tag: "books",
        permission: "GET: List books",
        pagination: Pagination::Offset,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#list_books",
    };
    /// List authors.
    pub const LIST_AUTHORS: Operation = Operation {
        id: "list_authors",
        method: Method::Get,
        path: "/authors",
        tag: "books",
        permission: "GET: List authors",
        pagination: Pagination::NextOnly,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#list_authors",
    };
    /// List readers.
    pub const LIST_READERS: Operation = Operation {
        id: "list_readers",
        method: Method::Get,
        path: "/readers",
        tag: "books",
        permission: "GET: List readers",
        pagination: Pagination::Cursor,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#list_readers",
    };
    /// List shelves.
    pub const LIST_SHELVES: Operation = Operation {
        id: "list_shelves",
        method: Method::Get,
        path: "/shelves",
        tag: "books",
        permission: "GET: List shelves",
        pagination: Pagination::None,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#list_shelves",
    };
}
pub mod types {
    /// A book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// On the cover.
        pub title: Option<String>,
        nulls: harvest_runtime::model::Nulls,
    }
    harvest_runtime::model!(Book[] { "title" => title : nullable(0), });
}
impl Client {
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
    pub fn list_books(&self) -> ListBooks {
        let request = self.core.request(&operations::LIST_BOOKS);
        ListBooks { request }
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
    pub fn list_authors(&self) -> ListAuthors {
        let request = self.core.request(&operations::LIST_AUTHORS);
        ListAuthors { request }
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
    pub fn list_readers(&self) -> ListReaders {
        let request = self.core.request(&operations::LIST_READERS);
        ListReaders { request }
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
    pub fn list_shelves(&self) -> ListShelves {
        let request = self.core.request(&operations::LIST_SHELVES);
        ListShelves { request }
    }
}
/// A request that [`Client::list_books`] makes, `GET /books`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListBooks {
    request: harvest_runtime::Request,
}
impl ListBooks {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<Vec<types::Book>>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
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
/// A request that [`Client::list_authors`] makes, `GET /authors`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListAuthors {
    request: harvest_runtime::Request,
}
impl ListAuthors {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<Vec<types::Book>>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
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
/// A request that [`Client::list_readers`] makes, `GET /readers`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListReaders {
    request: harvest_runtime::Request,
}
impl ListReaders {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<Vec<types::Book>>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
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
/// A request that [`Client::list_shelves`] makes, `GET /shelves`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListShelves {
    request: harvest_runtime::Request,
}
impl ListShelves {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<Vec<types::Book>>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
    }
}
