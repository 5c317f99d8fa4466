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
        const NAME: &'static str = "Recursion";
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
    pub static OPERATIONS: &[Operation] = &[LIST_SHELVES, CREATE_SHELF];
    /// List shelves.
    pub const LIST_SHELVES: Operation = Operation {
        id: "list_shelves",
        path: "/shelves",
        tag: "books",
        permission: "GET: List shelves",
        documentation: "https://bookshop.example/docs#list_shelves",
        ..Operation::GET
    };
    /// Add a shelf.
    pub const CREATE_SHELF: Operation = Operation {
        id: "create_shelf",
        path: "/shelves",
        tag: "books",
        permission: "POST: Add a shelf",
        statuses: &[204],
        documentation: "https://bookshop.example/docs#create_shelf",
        ..Operation::POST
    };
}
pub mod types {
    /// A word, or a shelf in the shelf.
    #[derive(Clone, PartialEq)]
    #[non_exhaustive]
    pub enum Content {
        /// As string.
        String(String),
        /// As crate.
        Crate(Crate),
        /// Something that the description does not have, as it came.
        Other(harvest_runtime::Json),
    }
    harvest_runtime::union!(
        Content { Crate = Object("lid"), String = String, _ = Other, }
    );
    impl From<Crate> for Content {
        fn from(value: Crate) -> Self {
            Self::Crate(value)
        }
    }
    impl From<&str> for Content {
        fn from(value: &str) -> Self {
            Self::String(value.to_owned())
        }
    }
    impl From<String> for Content {
        fn from(value: String) -> Self {
            Self::String(value)
        }
    }
    /// A crate.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Crate {
        /// Whether it has one.
        pub lid: bool,
        /// A word, or a shelf in the shelf.
        pub content: Option<Box<Content>>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Crate[; received] { 0 "lid" => lid : required, 1 "content" => content : nullable,
        }
    );
    /// A shelf.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Shelf {
        /// As it is written on it.
        pub name: Option<String>,
        /// A shelf.
        pub above: Option<Box<Shelf>>,
        /// What stands under it.
        pub below: Option<harvest_runtime::List<Shelf>>,
        /// A word, or a shelf in the shelf.
        pub content: Option<Content>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Shelf[; received] { 0 "name" => name : nullable, 1 "above" => above : nullable, 2
        "below" => below : nullable, 3 "content" => content : nullable, }
    );
    /// A shelf to add.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct ShelfCreate {
        /// As it is written on it.
        pub name: String,
        /// A shelf to add.
        pub above: Option<Box<ShelfCreate>>,
    }
    harvest_runtime::model!(
        ShelfCreate[] { 0 "name" => name : plain, 1 "above" => above : optional, }
    );
    impl ShelfCreate {
        /// With what is required.
        pub fn new(name: impl Into<String>) -> Self {
            Self {
                name: name.into(),
                ..Default::default()
            }
        }
        /// A shelf to add.
        #[must_use]
        pub fn above(mut self, value: impl Into<Box<ShelfCreate>>) -> Self {
            self.above = Some(value.into());
            self
        }
    }
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
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
        /// Add a shelf.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /shelves`
        /// - Permission that the key needs: `POST: Add a shelf`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#create_shelf)
        #[doc(alias = "/shelves")]
        pub fn create_shelf(&self, body: &types::ShelfCreate) -> CreateShelf<M> {
            let mut request = self.core.request(&operations::CREATE_SHELF);
            request.json(body);
            CreateShelf {
                request,
                state: PhantomData,
            }
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
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Shelf>> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListShelves<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Shelf>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Shelf>>;
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
            harvest_runtime::Response<harvest_runtime::List<types::Shelf>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
    /// A request that [`Client::create_shelf`] makes, `POST /shelves`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CreateShelf<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> CreateShelf<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl CreateShelf<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateShelf<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl CreateShelf<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
