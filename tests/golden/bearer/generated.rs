// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.

pub mod client {
    use std::marker::PhantomData;
    use harvest_runtime::{WithActingUser, NoActingUser};
    use harvest_runtime::{
        Api, Async, Auth, CallOptions, ClientBuilder, Core, Error, Method, RawRequest,
        Conventions,
    };
    /// Makes the requests of this version. Cheap to clone; clones share connections and the pace.
    ///
    /// `A` says whether it acts for a user ([`WithActingUser`]) or not ([`NoActingUser`]), and `M` how it makes calls.
    ///
    /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
    pub struct Client<A = NoActingUser, M = Async> {
        pub(super) core: Core,
        state: PhantomData<fn() -> (A, M)>,
    }
    impl<M> Client<NoActingUser, M> {
        /// A client that authenticates with an access token, and is otherwise as [`Client::builder`] leaves it.
        ///
        /// # Errors
        ///
        /// If there is no credential, or it cannot be sent in a header.
        pub fn new(access_token: impl Into<String>) -> Result<Self, Error> {
            Self::builder().credential(access_token).build()
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
        /// The same client acting for the user that it was set up with, by [`ClientBuilder::acting_user`] or the
        /// environment: it can make changes, which need an acting user. Reads are as before.
        ///
        /// # Errors
        ///
        /// [`Error::is_configuration`] if it was set up with none.
        pub fn acting(&self) -> Result<Client<WithActingUser, M>, Error> {
            self.core.require_acting_user()?;
            Ok(Client::of(self.core.clone()))
        }
    }
    impl<A, M> Client<A, M> {
        fn of(core: Core) -> Self {
            Self { core, state: PhantomData }
        }
        /// The same client with other time limits, retries and pace. What the options leave open is as before.
        #[must_use]
        pub fn with_options(&self, options: CallOptions) -> Self {
            Self::of(self.core.with_options(options))
        }
        /// The same client acting for `user`: it can make changes, which need an acting user. Reads are as
        /// before. As cheap as a clone.
        #[must_use]
        pub fn with_x_clerk(&self, user: impl Into<i64>) -> Client<WithActingUser, M> {
            Client::of(self.core.with_acting_user(user.into()))
        }
        /// A request that this client has no method for, carried out as all others are. The path begins with
        /// `/`, from the root of the API; `{name}` in it can be filled.
        pub fn request(&self, method: Method, path: &str) -> RawRequest<M> {
            RawRequest::in_mode(&self.core, method, path)
        }
    }
    impl<M> Api for Client<NoActingUser, M> {
        const NAME: &'static str = "Bearer tokens";
        const BASE_URL: &'static str = "https://bookshop.example";
        const AUTH: Auth = Auth::Bearer;
        const CONVENTIONS: &'static Conventions = &Conventions {
            acting_user_header: Some("X-Clerk"),
            ..Conventions::DEFAULT
        };
        fn from_core(core: Core) -> Self {
            Self::of(core)
        }
        fn core(&self) -> &Core {
            &self.core
        }
    }
    impl<A, M> Clone for Client<A, M> {
        fn clone(&self) -> Self {
            Self::of(self.core.clone())
        }
    }
    /// Prints the host of the base URL, and nothing else that is set.
    impl<A, M> std::fmt::Debug for Client<A, M> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Client").field("core", &self.core).finish_non_exhaustive()
        }
    }
    /// A request with an acting user: what makes a change can only be sent where this holds.
    #[diagnostic::on_unimplemented(
        message = "this request makes a change, and has no acting user",
        label = "cannot be sent without an acting user",
        note = "name one for this request with `.x_clerk(user)`, or make the request on a client that acts: `client.with_x_clerk(user)`, or `client.acting()?` if the client was set up with one"
    )]
    pub trait HasActingUser: Send + Sync + 'static {}
    impl HasActingUser for WithActingUser {}
    /// What asks for a client that need not act takes one that does.
    impl<M: 'static> std::ops::Deref for Client<WithActingUser, M> {
        type Target = Client<NoActingUser, M>;
        fn deref(&self) -> &Self::Target {
            self.core.view(Client::of)
        }
    }
}
/// The client whose calls are futures. It has no acting user, unless its type says so: see [`ActingClient`].
pub type Client<A = harvest_runtime::NoActingUser> = client::Client<
    A,
    harvest_runtime::Async,
>;
/// A client that acts for a user, and so can make changes.
pub type ActingClient = Client<harvest_runtime::WithActingUser>;
/// The client whose calls block the thread: see [`harvest_runtime::blocking`].
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking {
    /// The client whose calls block. It has no acting user, unless its type says so: see [`ActingClient`].
    pub type Client<A = harvest_runtime::NoActingUser> = super::client::Client<
        A,
        harvest_runtime::Blocking,
    >;
    /// A client that acts for a user, and so can make changes.
    pub type ActingClient = Client<harvest_runtime::WithActingUser>;
}
pub mod operations {
    #[allow(unused_imports)]
    use harvest_runtime::{ActingUser, Operation, Pagination};
    /// Every operation of this version, whether its feature is on or off.
    pub static OPERATIONS: &[Operation] = &[GET_BOOK, DELETE_BOOK];
    /// Get a book.
    pub const GET_BOOK: Operation = Operation {
        id: "get_book",
        path: "/books/{id}",
        tag: "books",
        permission: "GET: Get a book",
        acting_user: ActingUser::Optional,
        statuses: &[204],
        documentation: "https://bookshop.example/docs#get_book",
        ..Operation::GET
    };
    /// Delete a book.
    pub const DELETE_BOOK: Operation = Operation {
        id: "delete_book",
        path: "/books/{id}",
        tag: "books",
        permission: "DELETE: Delete a book",
        acting_user: ActingUser::Required,
        statuses: &[204],
        documentation: "https://bookshop.example/docs#delete_book",
        ..Operation::DELETE
    };
}
pub mod types {
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// The id of a clerk.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct ClerkId(pub i64);
    harvest_runtime::id!(ClerkId);
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<A, M> Client<A, M> {
        /// Get a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /books/{id}`
        /// - Permission that the key needs: `GET: Get a book`
        /// - Success: 204
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
        /// Delete a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `DELETE /books/{id}`
        /// - Permission that the key needs: `DELETE: Delete a book`
        /// - Success: 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#delete_book)
        #[doc(alias = "/books/{id}")]
        pub fn delete_book(&self, id: impl Into<types::BookId>) -> DeleteBook<A, M> {
            let mut request = self.core.request(&operations::DELETE_BOOK);
            request.path("id", &id.into());
            DeleteBook {
                request,
                state: PhantomData,
            }
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
        /// Who asks.
        ///
        /// The client's own acting user is not sent along.
        pub fn x_clerk(mut self, user: impl Into<types::ClerkId>) -> Self {
            let user: types::ClerkId = user.into();
            self.request.acting_user(user.into());
            self
        }
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl GetBook<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for GetBook<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
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
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
    /// A request that [`Client::delete_book`] makes, `DELETE /books/{id}`. It can be sent once it has an acting user.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct DeleteBook<
        A = harvest_runtime::NoActingUser,
        M = harvest_runtime::Async,
    > {
        request: harvest_runtime::Request,
        state: PhantomData<(A, M)>,
    }
    impl<A, M> DeleteBook<A, M> {
        /// Who does it.
        ///
        /// In place of the client's own acting user, if it has one.
        pub fn x_clerk(
            mut self,
            user: impl Into<types::ClerkId>,
        ) -> DeleteBook<harvest_runtime::WithActingUser, M> {
            let user: types::ClerkId = user.into();
            self.request.acting_user(user.into());
            DeleteBook {
                request: self.request,
                state: PhantomData,
            }
        }
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl<A> DeleteBook<A, harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()>
        where
            A: HasActingUser,
        {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl<A> IntoFuture for DeleteBook<A, harvest_runtime::Async>
    where
        A: HasActingUser,
    {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl<A> DeleteBook<A, harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error>
        where
            A: HasActingUser,
        {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
}
pub use requests::*;
