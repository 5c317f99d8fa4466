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
        const NAME: &'static str = "Deprecation";
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
    pub static OPERATIONS: &[Operation] = &[CREATE_BOOK_BY_NAME, CREATE_BOOK];
    /// Add a book by name.
    pub const CREATE_BOOK_BY_NAME: Operation = Operation {
        id: "create_book_by_name",
        path: "/v1/books",
        tag: "books",
        permission: "POST: Add a book by name",
        deprecated: true,
        replaced_by: Some("create_book"),
        statuses: &[204],
        documentation: "https://bookshop.example/docs#create_book_by_name",
        ..Operation::POST
    };
    /// Add a book.
    pub const CREATE_BOOK: Operation = Operation {
        id: "create_book",
        path: "/v2/books",
        tag: "books",
        permission: "POST: Add a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#create_book",
        ..Operation::POST
    };
}
pub mod types {
    /// A book to add.
    #[allow(deprecated)]
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookCreate {
        /// On the cover.
        pub title: String,
        /// The same as the title.
        #[deprecated]
        pub name: Option<String>,
        /// No longer looked at.
        #[deprecated]
        pub kind: harvest_runtime::Patch<String>,
        /// Still asked for.
        #[deprecated]
        pub code: String,
    }
    harvest_runtime::model!(
        BookCreate[] { 0 "title" => title : plain, 1 "name" => name : optional, 2 "kind"
        => kind : patch, 3 "code" => code : plain, }
    );
    impl BookCreate {
        /// With what is required.
        #[allow(deprecated)]
        pub fn new(title: impl Into<String>, code: impl Into<String>) -> Self {
            Self {
                title: title.into(),
                code: code.into(),
                ..Default::default()
            }
        }
        /// The same as the title.
        #[deprecated]
        #[allow(deprecated)]
        #[must_use]
        pub fn name(mut self, value: impl Into<String>) -> Self {
            self.name = Some(value.into());
            self
        }
        /// No longer looked at.
        #[deprecated]
        #[allow(deprecated)]
        #[must_use]
        pub fn kind(mut self, value: impl Into<String>) -> Self {
            self.kind = harvest_runtime::Patch::Set(value.into());
            self
        }
        /// Clears `kind`: sends null.
        #[deprecated]
        #[allow(deprecated)]
        #[must_use]
        pub fn clear_kind(mut self) -> Self {
            self.kind = harvest_runtime::Patch::Clear;
            self
        }
    }
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Add a book by name.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /v1/books`
        /// - Permission that the key needs: `POST: Add a book by name`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        /// - Replaced by: `create_book`
        ///
        /// [Official documentation](https://bookshop.example/docs#create_book_by_name)
        #[doc(alias = "/v1/books")]
        #[deprecated(note = "use `create_book`")]
        pub fn create_book_by_name(
            &self,
            body: &types::BookCreate,
        ) -> CreateBookByName<M> {
            let mut request = self.core.request(&operations::CREATE_BOOK_BY_NAME);
            request.json(body);
            CreateBookByName {
                request,
                state: PhantomData,
            }
        }
        /// Add a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /v2/books`
        /// - Permission that the key needs: `POST: Add a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#create_book)
        #[doc(alias = "/v2/books")]
        pub fn create_book(&self, body: &types::BookCreate) -> CreateBook<M> {
            let mut request = self.core.request(&operations::CREATE_BOOK);
            request.json(body);
            CreateBook {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::create_book_by_name`] makes, `POST /v1/books`.
    #[allow(deprecated)]
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CreateBookByName<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> CreateBookByName<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl CreateBookByName<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateBookByName<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl CreateBookByName<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
    /// A request that [`Client::create_book`] makes, `POST /v2/books`.
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
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateBook<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
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
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
