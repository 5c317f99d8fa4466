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
        const NAME: &'static str = "Ready";
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
    pub static OPERATIONS: &[Operation] = &[CREATE_BOOK, GET_BOOK];
    /// Add a book.
    pub const CREATE_BOOK: Operation = Operation {
        id: "create_book",
        path: "/books",
        tag: "books",
        permission: "POST: Add a book",
        statuses: &[201],
        documentation: "https://bookshop.example/docs#create_book",
        ..Operation::POST
    };
    /// Get a book.
    pub const GET_BOOK: Operation = Operation {
        id: "get_book",
        path: "/books/{id}",
        tag: "books",
        permission: "GET: Get a book",
        documentation: "https://bookshop.example/docs#get_book",
        ..Operation::GET
    };
}
pub mod types {
    /// A book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// The id of a book.
        pub id: BookId,
        /// On the cover.
        pub title: Option<String>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Book[id; received] { 0 "id" => id : required, 1 "title" => title : nullable, }
    );
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
    /// A book that is perhaps not ready.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookDraft {
        /// The id of a book.
        pub id: BookId,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(BookDraft[id; received] { 0 "id" => id : required, });
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Add a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /books`
        /// - Permission that the key needs: `POST: Add a book`
        /// - Success: 201
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
        pub fn send(self) -> harvest_runtime::Sending<types::BookDraft> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and waits until what it creates can be read. The answer, which may hold no more than ids, is
        /// there in any case.
        ///
        /// # Errors
        ///
        /// If it was not created, or the outcome is unknown. What went wrong later is in
        /// [`Created::ready`](harvest_runtime::Created::ready).
        pub async fn send_and_wait(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<
            harvest_runtime::Created<types::BookDraft, types::Book>,
            harvest_runtime::Error,
        > {
            let target = self.request.poll_target(&operations::GET_BOOK, "id");
            let answer = self.send().await?;
            let id = harvest_runtime::Param::to_param(&answer.id).into_owned();
            Ok(target.poll(answer, id, harvest_runtime::decode::json, poll).await)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateBook<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::BookDraft>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::BookDraft>;
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
        ) -> Result<
            harvest_runtime::Response<types::BookDraft>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and waits until what it creates can be read. The answer, which may hold no more than ids, is
        /// there in any case.
        ///
        /// # Errors
        ///
        /// If it was not created, or the outcome is unknown. What went wrong later is in
        /// [`Created::ready`](harvest_runtime::Created::ready).
        pub fn send_and_wait(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<
            harvest_runtime::Created<types::BookDraft, types::Book>,
            harvest_runtime::Error,
        > {
            let target = self.request.poll_target(&operations::GET_BOOK, "id");
            let answer = self.send()?;
            let id = harvest_runtime::Param::to_param(&answer.id).into_owned();
            Ok(target.poll_blocking(answer, id, harvest_runtime::decode::json, poll))
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
        /// Sends the request until there is something to read: a record that was just created is answered with 404
        /// before it is ready.
        ///
        /// # Errors
        ///
        /// [`Error::is_not_ready`](harvest_runtime::Error::is_not_ready) if that took too long. Anything but 404 ends it
        /// at once.
        pub async fn wait_until_ready(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.wait_until_ready(harvest_runtime::decode::json, poll).await
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
        /// Sends the request until there is something to read: a record that was just created is answered with 404
        /// before it is ready.
        ///
        /// # Errors
        ///
        /// [`Error::is_not_ready`](harvest_runtime::Error::is_not_ready) if that took too long. Anything but 404 ends it
        /// at once.
        pub fn wait_until_ready(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.wait_until_ready_blocking(harvest_runtime::decode::json, poll)
        }
    }
}
pub use requests::*;
