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
        const NAME: &'static str = "Selectors";
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
        LEND_BOOK,
        FIND_BOOK,
        UPDATE_BOOK,
        CREATE_ORDER,
    ];
    /// Lend a book.
    pub const LEND_BOOK: Operation = Operation {
        id: "lend_book",
        path: "/books/lend",
        tag: "books",
        permission: "POST: Lend a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#lend_book",
        ..Operation::POST
    };
    /// Find a book.
    pub const FIND_BOOK: Operation = Operation {
        id: "find_book",
        path: "/books/find",
        tag: "books",
        permission: "POST: Find a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#find_book",
        ..Operation::POST
    };
    /// Change a book.
    pub const UPDATE_BOOK: Operation = Operation {
        id: "update_book",
        path: "/books",
        tag: "books",
        permission: "PATCH: Change a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#update_book",
        ..Operation::PATCH
    };
    /// Order a book.
    pub const CREATE_ORDER: Operation = Operation {
        id: "create_order",
        path: "/orders",
        tag: "books",
        permission: "POST: Order a book",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#create_order",
        ..Operation::POST
    };
}
pub mod types {
    /// Of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// Which book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookReference {
        /// Picks a book.
        pub book: BookSelector,
    }
    harvest_runtime::model!(BookReference[] { 0 "book" => book : plain, });
    impl BookReference {
        /// With what is required.
        pub fn new(book: impl Into<BookSelector>) -> Self {
            Self { book: book.into() }
        }
    }
    /// Picks a book.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum BookSelector {
        /// Of a book.
        BookId(BookId),
        /// On the back.
        Isbn(String),
        /// On the cover.
        Title(String),
    }
    harvest_runtime::selector!(
        BookSelector { "book_id" => BookId, "isbn" => Isbn, "title" => Title, }
    );
    /// Selects by `book_id`.
    impl From<BookId> for BookSelector {
        fn from(value: BookId) -> Self {
            Self::BookId(value)
        }
    }
    /// Selects by `isbn`.
    impl From<String> for BookSelector {
        fn from(value: String) -> Self {
            Self::Isbn(value)
        }
    }
    /// Selects by `isbn`.
    impl From<&str> for BookSelector {
        fn from(value: &str) -> Self {
            Self::Isbn(value.to_owned())
        }
    }
    /// Selects by `book_id`.
    impl From<i64> for BookSelector {
        fn from(value: i64) -> Self {
            Self::BookId(value.into())
        }
    }
    /// Which book, and what of it.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookUpdate {
        /// Picks a book.
        pub book: BookSelector,
        /// How many.
        pub pages: Option<i32>,
        /// All who wrote it.
        pub authors: Option<Vec<String>>,
        /// Where it stands.
        pub shelves: Option<Vec<String>>,
    }
    harvest_runtime::model!(
        BookUpdate[] { 0 "book" => book : plain, 1 "pages" => pages : optional, 2
        "authors" => authors : optional, 3 "shelves" => shelves : optional, }
    );
    impl BookUpdate {
        /// With what is required.
        pub fn new(book: impl Into<BookSelector>) -> Self {
            Self {
                book: book.into(),
                ..Default::default()
            }
        }
        /// How many.
        #[must_use]
        pub fn pages(mut self, value: impl Into<i32>) -> Self {
            self.pages = Some(value.into());
            self
        }
        /// All who wrote it.
        #[must_use]
        pub fn authors(
            mut self,
            values: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            self.authors = Some(
                harvest_runtime::__private::list::<Vec<String>, _>(values),
            );
            self
        }
        /// Sends an empty list as `authors`.
        #[must_use]
        pub fn clear_authors(mut self) -> Self {
            self.authors = Some(Vec::new());
            self
        }
        /// Where it stands.
        #[must_use]
        pub fn shelves(
            mut self,
            values: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            self.shelves = Some(
                harvest_runtime::__private::list::<Vec<String>, _>(values),
            );
            self
        }
    }
    /// An order of a book, with switches.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct OrderCreate {
        /// How many.
        pub copies: i32,
        /// Of a book.
        pub book_id: Option<BookId>,
        /// On the back.
        pub isbn: Option<String>,
        /// On the cover.
        pub title: harvest_runtime::Patch<String>,
        /// Whether it is wrapped.
        pub gift: bool,
        /// Whether it is in a hurry.
        pub express: bool,
        /// When it could come.
        pub dates: Vec<harvest_runtime::Date>,
        /// Pays for it.
        pub voucher: Option<String>,
        /// Pays for it later.
        pub account: Option<String>,
    }
    harvest_runtime::model!(
        OrderCreate[] { 0 "copies" => copies : plain, 1 "book_id" => book_id : optional,
        2 "isbn" => isbn : optional, 3 "title" => title : patch, 4 "gift" => gift :
        plain, 5 "express" => express : plain, 6 "dates" => dates : plain, 7 "voucher" =>
        voucher : optional, 8 "account" => account : optional, }
    );
    impl OrderCreate {
        /// With what is required.
        pub fn new(
            book_selector: impl Into<BookSelector>,
            copies: impl Into<i32>,
            dates: impl IntoIterator<Item = impl Into<harvest_runtime::Date>>,
        ) -> Self {
            let mut new = Self {
                copies: copies.into(),
                dates: harvest_runtime::__private::list::<
                    Vec<harvest_runtime::Date>,
                    _,
                >(dates),
                ..Default::default()
            };
            match Into::<BookSelector>::into(book_selector) {
                BookSelector::BookId(value) => new.book_id = Some(value),
                BookSelector::Isbn(value) => new.isbn = Some(value),
                BookSelector::Title(value) => {
                    new.title = harvest_runtime::Patch::Set(value);
                }
            }
            new
        }
        /// Whether it is wrapped.
        ///
        /// False if it is not set.
        #[must_use]
        pub fn gift(mut self, value: bool) -> Self {
            self.gift = value;
            self
        }
        /// Whether it is in a hurry.
        ///
        /// False if it is not set.
        #[must_use]
        pub fn express(mut self, value: bool) -> Self {
            self.express = value;
            self
        }
        /// Pays for it.
        #[must_use]
        pub fn voucher(mut self, value: impl Into<String>) -> Self {
            self.voucher = Some(value.into());
            self
        }
        /// Pays for it later.
        #[must_use]
        pub fn account(mut self, value: impl Into<String>) -> Self {
            self.account = Some(value.into());
            self
        }
    }
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Lend a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /books/lend`
        /// - Permission that the key needs: `POST: Lend a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#lend_book)
        #[doc(alias = "/books/lend")]
        pub fn lend_book(&self, book: impl Into<types::BookSelector>) -> LendBook<M> {
            let mut request = self.core.request(&operations::LEND_BOOK);
            request.json(&types::BookReference::new(book));
            LendBook {
                request,
                state: PhantomData,
            }
        }
        /// Find a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /books/find`
        /// - Permission that the key needs: `POST: Find a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#find_book)
        #[doc(alias = "/books/find")]
        pub fn find_book(&self, body: impl Into<types::BookSelector>) -> FindBook<M> {
            let mut request = self.core.request(&operations::FIND_BOOK);
            request.json(&body.into());
            FindBook {
                request,
                state: PhantomData,
            }
        }
        /// Change a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `PATCH /books`
        /// - Permission that the key needs: `PATCH: Change a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#update_book)
        #[doc(alias = "/books")]
        pub fn update_book(&self, body: &types::BookUpdate) -> UpdateBook<M> {
            let mut request = self.core.request(&operations::UPDATE_BOOK);
            request.json(body);
            UpdateBook {
                request,
                state: PhantomData,
            }
        }
        /// Order a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /orders`
        /// - Permission that the key needs: `POST: Order a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#create_order)
        #[doc(alias = "/orders")]
        pub fn create_order(&self, body: &types::OrderCreate) -> CreateOrder<M> {
            let mut request = self.core.request(&operations::CREATE_ORDER);
            request.json(body);
            CreateOrder {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::lend_book`] makes, `POST /books/lend`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct LendBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> LendBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl LendBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for LendBook<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl LendBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
    /// A request that [`Client::find_book`] makes, `POST /books/find`.
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
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for FindBook<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
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
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
    /// A request that [`Client::update_book`] makes, `PATCH /books`.
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
    /// A request that [`Client::create_order`] makes, `POST /orders`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CreateOrder<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> CreateOrder<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl CreateOrder<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateOrder<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl CreateOrder<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
