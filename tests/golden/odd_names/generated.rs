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
        const NAME: &'static str = "Odd names";
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
    pub static OPERATIONS: &[Operation] = &[LIST_BOOKS, CREATE_BOOK];
    /// List books.
    pub const LIST_BOOKS: Operation = Operation {
        id: "list_books",
        path: "/books/{type}",
        tag: "books",
        permission: "GET: List | books",
        pagination: Pagination::NextOnly,
        documentation: "https://bookshop.example/docs#list_books",
        ..Operation::GET
    };
    /// Add a book.
    pub const CREATE_BOOK: Operation = Operation {
        id: "create_book",
        path: "/books/{type}",
        tag: "books",
        permission: "POST: Add book",
        deprecated: true,
        replaced_by: Some("list_books"),
        statuses: &[200, 202],
        documentation: "https://bookshop.example/docs#create_book",
        ..Operation::POST
    };
    /// [`LIST_BOOKS`], as it was called before.
    #[deprecated(note = "renamed to `list_books`")]
    pub const FIND_BOOKS: Operation = LIST_BOOKS;
    /// [`LIST_BOOKS`], as it was called before.
    #[deprecated(note = "renamed to `list_books`")]
    pub const SEARCH_BOOKS: Operation = LIST_BOOKS;
    /// [`CREATE_BOOK`], as it was called before.
    #[deprecated(note = "renamed to `create_book`")]
    pub const ADD_BOOK: Operation = CREATE_BOOK;
}
pub mod types {
    /// A model that is called like a type of the runtime.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Date {
        /// The day.
        pub day: i32,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(Date[; received] { 0 "day" => day : required, });
    /// A book, whatever it is called.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Error {
        /// A word of Rust.
        pub type_: String,
        /// Words of `Rust`: \[x\].
        pub word: Option<Word>,
        /// A date, or a text.
        pub when: Option<Value>,
        /// Not a name in Rust.
        pub odd_name_here: Option<String>,
        /// Whatever it is.
        pub any: Option<::serde_json::Value>,
        /// Its title is a text, and names no type.
        pub titled: Option<ErrorTitled>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Error[; received] { 0 "type" => type_ : required, 1 "word" => word : nullable, 2
        "when" => when : nullable, 3 "odd : name (here" => odd_name_here : nullable, 4
        "any" => any : any_nullable, 5 "titled" => titled : nullable, }
    );
    /// A book to add.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct ErrorCreate {
        /// A method that every model has.
        pub clone: Option<String>,
        /// Another:
        ///
        /// ```text
        /// let x = 1;
        /// ```
        pub default: harvest_runtime::Patch<String>,
    }
    harvest_runtime::model!(
        ErrorCreate[] { 0 "clone" => clone : optional, 1 "default" => default : patch, }
    );
    impl ErrorCreate {
        /// A method that every model has.
        #[must_use]
        pub fn clone(mut self, value: impl Into<String>) -> Self {
            self.clone = Some(value.into());
            self
        }
        /// Another:
        ///
        /// ```text
        /// let x = 1;
        /// ```
        #[must_use]
        pub fn default(mut self, value: impl Into<String>) -> Self {
            self.default = harvest_runtime::Patch::Set(value.into());
            self
        }
        /// Clears `default`: sends null.
        #[must_use]
        pub fn clear_default(mut self) -> Self {
            self.default = harvest_runtime::Patch::Clear;
            self
        }
    }
    /// One of several shapes.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum ErrorTitled {
        /// As string.
        String(String),
        /// As boolean.
        Boolean(bool),
        /// Something that the description does not have, as it came.
        Other(harvest_runtime::Json),
    }
    harvest_runtime::union!(
        ErrorTitled { String = String, Boolean = Boolean, _ = Other, }
    );
    impl From<bool> for ErrorTitled {
        fn from(value: bool) -> Self {
            Self::Boolean(value)
        }
    }
    impl From<&str> for ErrorTitled {
        fn from(value: &str) -> Self {
            Self::String(value.to_owned())
        }
    }
    impl From<String> for ErrorTitled {
        fn from(value: String) -> Self {
            Self::String(value)
        }
    }
    /// A date, or a text.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum Value {
        /// As date.
        Date(Date),
        /// As string.
        String(String),
        /// Something that the description does not have, as it came.
        Other(harvest_runtime::Json),
    }
    harvest_runtime::union!(Value { Date = Object("day"), String = String, _ = Other, });
    impl From<Date> for Value {
        fn from(value: Date) -> Self {
            Self::Date(value)
        }
    }
    impl From<&str> for Value {
        fn from(value: &str) -> Self {
            Self::String(value.to_owned())
        }
    }
    impl From<String> for Value {
        fn from(value: String) -> Self {
            Self::String(value)
        }
    }
    /// Words of `Rust`: \[x\].
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Word {
        /// `err`
        Err,
        /// `Self`
        Self_,
        /// `ok`
        Ok,
        /// `a , b (c : d`
        ABCD,
        /// A value that the description does not have.
        Unknown(harvest_runtime::UnknownValue),
    }
    harvest_runtime::open_enum!(
        Word { Err = "err", Self_ = "Self", Ok = "ok", ABCD = "a , b (c : d", }
    );
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// List books.
        ///
        /// Answers:
        ///
        /// ```text
        /// {"err": 1} and no Rust
        /// ```
        ///
        /// See <https://bookshop.example/docs> and \[the shelf\](other.md).
        ///
        /// - Request: `GET /books/{type}`
        /// - Permission that the key needs: `GET: List | books`
        /// - Paged: with the next page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#list_books)
        #[doc(alias = "/books/{type}")]
        pub fn list_books(&self, type_: &str) -> ListBooks<M> {
            let mut request = self.core.request(&operations::LIST_BOOKS);
            request.path("type", &type_);
            ListBooks {
                request,
                state: PhantomData,
            }
        }
        /// [`Client::list_books`], as it was called before.
        #[deprecated(note = "renamed to `list_books`")]
        #[allow(deprecated)]
        pub fn find_books(&self, type_: &str) -> ListBooks<M> {
            self.list_books(type_)
        }
        /// [`Client::list_books`], as it was called before.
        #[deprecated(note = "renamed to `list_books`")]
        #[allow(deprecated)]
        pub fn search_books(&self, type_: &str) -> ListBooks<M> {
            self.list_books(type_)
        }
        /// Add a book.
        ///
        /// Answers by status.
        ///
        /// - Request: `POST /books/{type}`
        /// - Permission that the key needs: `POST: Add book`
        /// - Success: 200, 202
        /// - Errors described: 401, 403, 404, 422, 429, 500
        /// - Replaced by: `list_books`
        ///
        /// [Official documentation](https://bookshop.example/docs#create_book)
        #[doc(alias = "/books/{type}")]
        #[deprecated(note = "use `list_books`")]
        pub fn create_book(
            &self,
            type_: &str,
            body: &types::ErrorCreate,
        ) -> CreateBook<M> {
            let mut request = self.core.request(&operations::CREATE_BOOK);
            request.path("type", &type_);
            request.json(body);
            CreateBook {
                request,
                state: PhantomData,
            }
        }
        /// [`Client::create_book`], as it was called before.
        #[deprecated(note = "renamed to `create_book`")]
        #[allow(deprecated)]
        pub fn add_book(&self, type_: &str, body: &types::ErrorCreate) -> CreateBook<M> {
            self.create_book(type_, body)
        }
    }
    /// [`ListBooks`], as it was called before.
    #[deprecated(note = "renamed to `list_books`")]
    #[allow(deprecated)]
    pub type FindBooks<M = harvest_runtime::Async> = ListBooks<M>;
    /// [`ListBooks`], as it was called before.
    #[deprecated(note = "renamed to `list_books`")]
    #[allow(deprecated)]
    pub type SearchBooks<M = harvest_runtime::Async> = ListBooks<M>;
    /// A request that [`Client::list_books`] makes, `GET /books/{type}`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListBooks<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListBooks<M> {
        /// A word of Rust.
        pub fn self_(mut self, value: impl Into<types::Word>) -> Self {
            self.request.query("self", &value.into());
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
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Error>> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<types::Error> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<types::Error> {
            self.request.items()
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListBooks<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Error>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Error>>;
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
            harvest_runtime::Response<harvest_runtime::List<types::Error>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: an iterator over whole pages.
        pub fn pages(self) -> harvest_runtime::blocking::Pages<types::Error> {
            self.request.pages_blocking()
        }
        /// Sends the request, and one for each further page: an iterator over records.
        pub fn items(self) -> harvest_runtime::blocking::Items<types::Error> {
            self.request.items_blocking()
        }
    }
    /// What the operation answers, by status.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum CreateBookAnswer {
        /// Status 200.
        Error(types::Error),
        /// Status 202.
        Date(types::Date),
        /// A success that the description does not have.
        Other(harvest_runtime::UnknownValue),
    }
    impl CreateBookAnswer {
        fn decode(
            status: harvest_runtime::StatusCode,
            body: &[u8],
        ) -> Result<Self, harvest_runtime::DecodeError> {
            match status.as_u16() {
                200 => harvest_runtime::decode::json(status, body).map(Self::Error),
                202 => harvest_runtime::decode::json(status, body).map(Self::Date),
                _ => harvest_runtime::decode::unknown(status, body).map(Self::Other),
            }
        }
    }
    /// [`CreateBook`], as it was called before.
    #[deprecated(note = "renamed to `create_book`")]
    #[allow(deprecated)]
    pub type AddBook<M = harvest_runtime::Async> = CreateBook<M>;
    /// [`CreateBookAnswer`], as it was called before.
    #[deprecated(note = "renamed to `create_book`")]
    pub type AddBookAnswer = CreateBookAnswer;
    /// A request that [`Client::create_book`] makes, `POST /books/{type}`.
    #[allow(deprecated)]
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
        pub fn send(self) -> harvest_runtime::Sending<CreateBookAnswer> {
            self.request.sending(CreateBookAnswer::decode)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateBook<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<CreateBookAnswer>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<CreateBookAnswer>;
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
            harvest_runtime::Response<CreateBookAnswer>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(CreateBookAnswer::decode)
        }
    }
}
pub use requests::*;
