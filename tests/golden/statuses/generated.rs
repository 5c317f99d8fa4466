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
        const NAME: &'static str = "Statuses";
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
        FIND_BOOK,
        CREATE_BOOK,
        REPLACE_BOOK,
        DELETE_BOOKS,
    ];
    /// Find a book.
    pub const FIND_BOOK: Operation = Operation {
        id: "find_book",
        path: "/books",
        tag: "books",
        permission: "GET: Find a book",
        statuses: &[200, 204],
        documentation: "https://bookshop.example/docs#find_book",
        ..Operation::GET
    };
    /// Add a book.
    pub const CREATE_BOOK: Operation = Operation {
        id: "create_book",
        path: "/books",
        tag: "books",
        permission: "POST: Add a book",
        statuses: &[200, 201],
        documentation: "https://bookshop.example/docs#create_book",
        ..Operation::POST
    };
    /// Replace a book.
    pub const REPLACE_BOOK: Operation = Operation {
        id: "replace_book",
        path: "/books",
        tag: "books",
        permission: "PUT: Replace a book",
        statuses: &[200, 202, 203, 204],
        documentation: "https://bookshop.example/docs#replace_book",
        ..Operation::PUT
    };
    /// Delete all books.
    pub const DELETE_BOOKS: Operation = Operation {
        id: "delete_books",
        path: "/books",
        tag: "books",
        permission: "DELETE: Delete all books",
        statuses: &[202, 204],
        documentation: "https://bookshop.example/docs#delete_books",
        ..Operation::DELETE
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
    /// A book to add.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookCreate {
        /// On the cover.
        pub title: String,
    }
    harvest_runtime::model!(BookCreate[] { 0 "title" => title : plain, });
    impl BookCreate {
        /// With what is required.
        pub fn new(title: impl Into<String>) -> Self {
            Self { title: title.into() }
        }
    }
    /// Something that takes a while.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Job {
        /// To ask with.
        pub ticket: Option<String>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(Job[; received] { 0 "ticket" => ticket : nullable, });
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Find a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /books`
        /// - Permission that the key needs: `GET: Find a book`
        /// - Success: 200, 204
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#find_book)
        #[doc(alias = "/books")]
        pub fn find_book(&self) -> FindBook<M> {
            let request = self.core.request(&operations::FIND_BOOK);
            FindBook {
                request,
                state: PhantomData,
            }
        }
        /// Add a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /books`
        /// - Permission that the key needs: `POST: Add a book`
        /// - Success: 200, 201
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#create_book)
        #[doc(alias = "/books")]
        pub fn create_book(&self, body: &types::BookCreate) -> CreateBook<M> {
            let mut request = self.core.request(&operations::CREATE_BOOK);
            request.json(body);
            CreateBook {
                request,
                state: PhantomData,
            }
        }
        /// Replace a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `PUT /books`
        /// - Permission that the key needs: `PUT: Replace a book`
        /// - Success: 200, 202, 203, 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#replace_book)
        #[doc(alias = "/books")]
        pub fn replace_book(&self, body: &types::BookCreate) -> ReplaceBook<M> {
            let mut request = self.core.request(&operations::REPLACE_BOOK);
            request.json(body);
            ReplaceBook {
                request,
                state: PhantomData,
            }
        }
        /// Delete all books.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `DELETE /books`
        /// - Permission that the key needs: `DELETE: Delete all books`
        /// - Success: 202, 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#delete_books)
        #[doc(alias = "/books")]
        pub fn delete_books(&self) -> DeleteBooks<M> {
            let request = self.core.request(&operations::DELETE_BOOKS);
            DeleteBooks {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::find_book`] makes, `GET /books`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct FindBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> FindBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl FindBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<Option<types::Book>> {
            self.request.sending(harvest_runtime::decode::optional)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for FindBook<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<Option<types::Book>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<Option<types::Book>>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl FindBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<Option<types::Book>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::optional)
        }
    }
    /// A request that [`Client::create_book`] makes, `POST /books`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CreateBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> CreateBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl CreateBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<types::Book> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateBook<harvest_runtime::Async> {
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
    impl CreateBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
    /// What the operation answers, by status.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum ReplaceBookAnswer {
        /// Status 200, 203.
        Book(types::Book),
        /// Status 202.
        Job(types::Job),
        /// Status 204.
        Empty,
        /// A success that the description does not have.
        Other(harvest_runtime::UnknownValue),
    }
    impl ReplaceBookAnswer {
        fn decode(
            status: harvest_runtime::StatusCode,
            body: &[u8],
        ) -> Result<Self, harvest_runtime::DecodeError> {
            match status.as_u16() {
                200 | 203 => harvest_runtime::decode::json(status, body).map(Self::Book),
                202 => harvest_runtime::decode::json(status, body).map(Self::Job),
                204 => Ok(Self::Empty),
                _ => harvest_runtime::decode::unknown(status, body).map(Self::Other),
            }
        }
    }
    /// A request that [`Client::replace_book`] makes, `PUT /books`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ReplaceBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ReplaceBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ReplaceBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<ReplaceBookAnswer> {
            self.request.sending(ReplaceBookAnswer::decode)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ReplaceBook<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<ReplaceBookAnswer>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<ReplaceBookAnswer>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ReplaceBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<ReplaceBookAnswer>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(ReplaceBookAnswer::decode)
        }
    }
    /// A request that [`Client::delete_books`] makes, `DELETE /books`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct DeleteBooks<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> DeleteBooks<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl DeleteBooks<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for DeleteBooks<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl DeleteBooks<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
