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
        const NAME: &'static str = "Requests";
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
    pub static OPERATIONS: &[Operation] = &[CREATE_BOOK, UPDATE_BOOKS];
    /// Add a book.
    pub const CREATE_BOOK: Operation = Operation {
        id: "create_book",
        path: "/books",
        tag: "books",
        permission: "POST: Add a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#create_book",
        ..Operation::POST
    };
    /// Change books.
    pub const UPDATE_BOOKS: Operation = Operation {
        id: "update_books",
        path: "/books",
        tag: "books",
        permission: "PATCH: Change books",
        documentation: "https://bookshop.example/docs#update_books",
        ..Operation::PATCH
    };
}
pub mod types {
    /// A book to add.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookCreate {
        /// On the cover.
        pub title: String,
        /// Null for none.
        pub shelf: Option<String>,
        /// How many.
        pub pages: Option<i32>,
        /// A word of Rust.
        pub type_: Option<String>,
        /// The name of something that every type has.
        pub default: Option<bool>,
        /// Where it is. Sent and received.
        pub place: Option<Place>,
    }
    harvest_runtime::model!(
        BookCreate[] { 0 "title" => title : plain, 1 "shelf" => shelf : null, 2 "pages"
        => pages : optional, 3 "type" => type_ : optional, 4 "default" => default :
        optional, 5 "place" => place : optional, }
    );
    impl BookCreate {
        /// With what is required.
        pub fn new(title: impl Into<String>, shelf: impl Into<Option<String>>) -> Self {
            Self {
                title: title.into(),
                shelf: shelf.into(),
                ..Default::default()
            }
        }
        /// How many.
        #[must_use]
        pub fn pages(mut self, value: impl Into<i32>) -> Self {
            self.pages = Some(value.into());
            self
        }
        /// A word of Rust.
        #[must_use]
        pub fn type_(mut self, value: impl Into<String>) -> Self {
            self.type_ = Some(value.into());
            self
        }
        /// The name of something that every type has.
        #[must_use]
        pub fn default(mut self, value: impl Into<bool>) -> Self {
            self.default = Some(value.into());
            self
        }
        /// Where it is. Sent and received.
        #[must_use]
        pub fn place(mut self, value: impl Into<Place>) -> Self {
            self.place = Some(value.into());
            self
        }
    }
    /// A change to all books. What is left out stays as it is.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookUpdate {
        /// On the cover.
        pub title: Option<String>,
        /// On the back.
        pub blurb: harvest_runtime::Patch<String>,
        /// A word of Rust.
        pub type_: harvest_runtime::Patch<String>,
        /// Where it is. Sent and received.
        pub place: harvest_runtime::Patch<Place>,
        /// Words for it.
        pub tags: Option<Vec<String>>,
    }
    harvest_runtime::model!(
        BookUpdate[] { 0 "title" => title : optional, 1 "blurb" => blurb : patch, 2
        "type" => type_ : patch, 3 "place" => place : patch, 4 "tags" => tags : optional,
        }
    );
    impl BookUpdate {
        /// On the cover.
        #[must_use]
        pub fn title(mut self, value: impl Into<String>) -> Self {
            self.title = Some(value.into());
            self
        }
        /// On the back.
        #[must_use]
        pub fn blurb(mut self, value: impl Into<String>) -> Self {
            self.blurb = harvest_runtime::Patch::Set(value.into());
            self
        }
        /// Clears `blurb`: sends null.
        #[must_use]
        pub fn clear_blurb(mut self) -> Self {
            self.blurb = harvest_runtime::Patch::Clear;
            self
        }
        /// A word of Rust.
        #[must_use]
        pub fn type_(mut self, value: impl Into<String>) -> Self {
            self.type_ = harvest_runtime::Patch::Set(value.into());
            self
        }
        /// Clears `type`: sends null.
        #[must_use]
        pub fn clear_type(mut self) -> Self {
            self.type_ = harvest_runtime::Patch::Clear;
            self
        }
        /// Where it is. Sent and received.
        #[must_use]
        pub fn place(mut self, value: impl Into<Place>) -> Self {
            self.place = harvest_runtime::Patch::Set(value.into());
            self
        }
        /// Clears `place`: sends null.
        #[must_use]
        pub fn clear_place(mut self) -> Self {
            self.place = harvest_runtime::Patch::Clear;
            self
        }
        /// Words for it.
        #[must_use]
        pub fn tags(
            mut self,
            values: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            self.tags = Some(harvest_runtime::__private::list::<Vec<String>, _>(values));
            self
        }
        /// Sends an empty list as `tags`.
        #[must_use]
        pub fn clear_tags(mut self) -> Self {
            self.tags = Some(Vec::new());
            self
        }
    }
    /// Where it is. Sent and received.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Place {
        /// Counted from the door.
        pub row: i32,
        /// Left or right.
        pub side: String,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Place[; received] { 0 "row" => row : required, 1 "side" => side : required, }
    );
    impl Place {
        /// With what is required.
        pub fn new(row: impl Into<i32>, side: impl Into<String>) -> Self {
            Self {
                row: row.into(),
                side: side.into(),
                ..Default::default()
            }
        }
    }
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
        /// - Success: 204
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
        /// Change books.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `PATCH /books`
        /// - Permission that the key needs: `PATCH: Change books`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#update_books)
        #[doc(alias = "/books")]
        pub fn update_books(&self, body: &types::BookUpdate) -> UpdateBooks<M> {
            let mut request = self.core.request(&operations::UPDATE_BOOKS);
            request.json(body);
            UpdateBooks {
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
    /// A request that [`Client::update_books`] makes, `PATCH /books`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct UpdateBooks<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> UpdateBooks<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl UpdateBooks<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<types::Place> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for UpdateBooks<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::Place>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::Place>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl UpdateBooks<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Place>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
}
pub use requests::*;
