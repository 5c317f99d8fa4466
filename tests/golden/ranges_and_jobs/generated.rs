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
        const NAME: &'static str = "Ranges and jobs";
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
    pub static OPERATIONS: &[Operation] = &[LIST_BOOKS, BULK_CREATE_BOOKS, GET_TASK];
    /// List books.
    pub const LIST_BOOKS: Operation = Operation {
        id: "list_books",
        path: "/books",
        tag: "books",
        permission: "GET: List books",
        pagination: Pagination::Cursor,
        documentation: "https://bookshop.example/docs#list_books",
        ..Operation::GET
    };
    /// Add many books.
    pub const BULK_CREATE_BOOKS: Operation = Operation {
        id: "bulk_create_books",
        path: "/books/bulk",
        tag: "books",
        permission: "POST: Add many books",
        statuses: &[202],
        documentation: "https://bookshop.example/docs#bulk_create_books",
        ..Operation::POST
    };
    /// Get a task.
    pub const GET_TASK: Operation = Operation {
        id: "get_task",
        path: "/tasks/{task_id}",
        tag: "tasks",
        permission: "GET: Get a task",
        documentation: "https://bookshop.example/docs#get_task",
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
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(Book[id; received] { 0 "id" => id : required, });
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// Books to add.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BooksCreate {
        /// On the covers.
        pub titles: Vec<String>,
    }
    harvest_runtime::model!(BooksCreate[] { 0 "titles" => titles : plain, });
    impl BooksCreate {
        /// With what is required.
        pub fn new(titles: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self {
                titles: harvest_runtime::__private::list::<Vec<String>, _>(titles),
            }
        }
    }
    /// A task.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Task {
        /// The id of a task.
        pub task_id: TaskId,
        /// How far it is.
        pub status: Option<TaskStatus>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Task[; received] { 0 "task_id" => task_id : required, 1 "status" => status :
        nullable, }
    );
    /// A task, alone or in a list.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum TaskAnswer {
        /// As array.
        Array(harvest_runtime::List<Task>),
        /// As task.
        Task(Task),
        /// Something that the description does not have, as it came.
        Other(harvest_runtime::Json),
    }
    harvest_runtime::union!(
        TaskAnswer { Task = Object("task_id"), Array = Array, _ = Other, }
    );
    impl From<harvest_runtime::List<Task>> for TaskAnswer {
        fn from(value: harvest_runtime::List<Task>) -> Self {
            Self::Array(value)
        }
    }
    impl From<Task> for TaskAnswer {
        fn from(value: Task) -> Self {
            Self::Task(value)
        }
    }
    /// A task that was begun.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct TaskBegun {
        /// The id of a task.
        pub task_id: TaskId,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        TaskBegun[; received] { 0 "task_id" => task_id : required, }
    );
    /// The id of a task.
    #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct TaskId(pub String);
    harvest_runtime::text_id!(TaskId);
    /// How far a task is.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskStatus {
        /// `begun`
        Begun,
        /// `done`
        Done,
        /// `failed`
        Failed,
        /// A value that the description does not have.
        Unknown(harvest_runtime::UnknownValue),
    }
    harvest_runtime::open_enum!(
        TaskStatus { Begun = "begun", Done = "done", Failed = "failed", }
    );
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
        /// - Paged: by cursor, with the next page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 422, 429, 500
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
        /// The record with this id, by [`list_books`](Self::list_books): there is no operation that reads one alone.
        ///
        /// The answer is nothing where there is no such record, or none that may be read.
        ///
        /// - Request: `GET /books`
        /// - Permission that the key needs: `GET: List books`
        pub fn find_book(
            &self,
            id: impl Into<types::BookId>,
        ) -> harvest_runtime::Find<types::Book, M> {
            let mut request = self.core.request(&operations::LIST_BOOKS);
            request.query_csv("ids", &[id.into()], Some(50));
            harvest_runtime::Find::new(request)
        }
        /// Add many books.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /books/bulk`
        /// - Permission that the key needs: `POST: Add many books`
        /// - Success: 202
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#bulk_create_books)
        #[doc(alias = "/books/bulk")]
        pub fn bulk_create_books(
            &self,
            body: &types::BooksCreate,
        ) -> BulkCreateBooks<M> {
            let mut request = self.core.request(&operations::BULK_CREATE_BOOKS);
            request.json(body);
            BulkCreateBooks {
                request,
                state: PhantomData,
            }
        }
        /// Get a task.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /tasks/{task_id}`
        /// - Permission that the key needs: `GET: Get a task`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#get_task)
        #[doc(alias = "/tasks/{task_id}")]
        pub fn get_task(&self, task_id: impl Into<types::TaskId>) -> GetTask<M> {
            let mut request = self.core.request(&operations::GET_TASK);
            request.path("task_id", &task_id.into());
            GetTask {
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
        /// Where the page begins.
        ///
        /// Any other parameter beside it is an error before it is sent.
        pub fn cursor(mut self, value: &str) -> Self {
            self.request.query_alone("cursor", value);
            self
        }
        /// Only these.
        ///
        /// At least one value. `items` and `pages` take any number and send a request for each 50;
        /// `send` takes no more than those. A value that comes twice is sent once.
        pub fn ids(
            mut self,
            values: impl IntoIterator<Item = impl Into<types::BookId>>,
        ) -> Self {
            self.request
                .query_split(
                    "ids",
                    &harvest_runtime::__private::list::<Vec<types::BookId>, _>(values),
                    50,
                );
            self
        }
        /// Only those added in this range.
        pub fn added_at(mut self, value: impl Into<harvest_runtime::TimeRange>) -> Self {
            self.request.query_range("added_at", &value.into());
            self
        }
        /// Only those printed in this range.
        pub fn printed_on(
            mut self,
            value: impl Into<harvest_runtime::DateRange>,
        ) -> Self {
            self.request.query_range("printed_on", &value.into());
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
    /// A request that [`Client::bulk_create_books`] makes, `POST /books/bulk`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct BulkCreateBooks<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> BulkCreateBooks<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl BulkCreateBooks<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<types::TaskBegun> {
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
            harvest_runtime::Created<types::TaskBegun, types::TaskAnswer>,
            harvest_runtime::Error,
        > {
            let target = self.request.poll_target(&operations::GET_TASK, "task_id");
            let answer = self.send().await?;
            let id = harvest_runtime::Param::to_param(&answer.task_id).into_owned();
            Ok(
                target
                    .poll(
                        answer,
                        id,
                        harvest_runtime::decode::json,
                        poll.until_property("status", &["done", "failed"]),
                    )
                    .await,
            )
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for BulkCreateBooks<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::TaskBegun>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::TaskBegun>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl BulkCreateBooks<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<types::TaskBegun>,
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
            harvest_runtime::Created<types::TaskBegun, types::TaskAnswer>,
            harvest_runtime::Error,
        > {
            let target = self.request.poll_target(&operations::GET_TASK, "task_id");
            let answer = self.send()?;
            let id = harvest_runtime::Param::to_param(&answer.task_id).into_owned();
            Ok(
                target
                    .poll_blocking(
                        answer,
                        id,
                        harvest_runtime::decode::json,
                        poll.until_property("status", &["done", "failed"]),
                    ),
            )
        }
    }
    /// A request that [`Client::get_task`] makes, `GET /tasks/{task_id}`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct GetTask<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> GetTask<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl GetTask<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<types::TaskAnswer> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request until `status` of what it answers is `done` or `failed`.
        ///
        /// # Errors
        ///
        /// [`Error::is_not_ready`](harvest_runtime::Error::is_not_ready) if that took too long. An answer that is an
        /// error ends it at once.
        pub async fn wait_until_ready(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<
            harvest_runtime::Response<types::TaskAnswer>,
            harvest_runtime::Error,
        > {
            self.request
                .wait_until_ready(
                    harvest_runtime::decode::json,
                    poll.until_property("status", &["done", "failed"]),
                )
                .await
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for GetTask<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::TaskAnswer>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::TaskAnswer>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl GetTask<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<types::TaskAnswer>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request until `status` of what it answers is `done` or `failed`.
        ///
        /// # Errors
        ///
        /// [`Error::is_not_ready`](harvest_runtime::Error::is_not_ready) if that took too long. An answer that is an
        /// error ends it at once.
        pub fn wait_until_ready(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<
            harvest_runtime::Response<types::TaskAnswer>,
            harvest_runtime::Error,
        > {
            self.request
                .wait_until_ready_blocking(
                    harvest_runtime::decode::json,
                    poll.until_property("status", &["done", "failed"]),
                )
        }
    }
}
pub use requests::*;
