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
        const NAME: &'static str = "Roles";
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
    pub static OPERATIONS: &[Operation] = &[UPDATE_BOOK];
    /// Change a book.
    pub const UPDATE_BOOK: Operation = Operation {
        id: "update_book",
        path: "/books/{id}",
        tag: "books",
        permission: "PATCH: Change a book",
        documentation: "https://bookshop.example/docs#update_book",
        ..Operation::PATCH
    };
}
pub mod types {
    /// A book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// Notes by name.
        pub notes: Option<Notes>,
        /// Notes by key.
        pub keyed_notes: Option<KeyedNotes>,
        /// Whatever was noted.
        pub best_note: Option<Note>,
        /// What can be noted about it.
        pub kinds: Option<harvest_runtime::List<NoteKind>>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Book[; received] { 0 "notes" => notes : nullable, 1 "keyed_notes" => keyed_notes
        : nullable, 2 "best_note" => best_note : nullable, 3 "kinds" => kinds : nullable,
        }
    );
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// What to change about a book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct BookUpdate {
        /// Notes to make.
        pub notes: Option<Vec<NoteInput>>,
    }
    harvest_runtime::model!(BookUpdate[] { 0 "notes" => notes : optional, });
    impl BookUpdate {
        /// Notes to make.
        #[must_use]
        pub fn notes(
            mut self,
            values: impl IntoIterator<Item = impl Into<NoteInput>>,
        ) -> Self {
            self.notes = Some(
                harvest_runtime::__private::list::<Vec<NoteInput>, _>(values),
            );
            self
        }
    }
    /// Notes by key.
    pub type KeyedNotes = harvest_runtime::custom_field::KeyedCustomFields;
    /// Whatever was noted.
    pub type Note = harvest_runtime::custom_field::CustomFieldValue;
    /// A note to make.
    pub type NoteInput = harvest_runtime::custom_field::CustomFieldInput;
    /// What can be noted.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct NoteKind {
        /// The id of a kind of note.
        pub id: NoteKindId,
        /// Its key.
        pub name_key: Option<String>,
        /// What it is noted about.
        pub field_type: Option<String>,
        /// What kind of note it is.
        pub value_type: Option<NoteType>,
        /// Whether it has to be noted.
        pub required: Option<bool>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        NoteKind[id; received] { 0 "id" => id : required, 1 "name_key" => name_key :
        nullable, 2 "field_type" => field_type : nullable, 3 "value_type" => value_type :
        nullable, 4 "required" => required : nullable, }
    );
    impl harvest_runtime::custom_field::FieldDefinition for NoteKind {}
    /// The id of a kind of note.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct NoteKindId(pub i64);
    harvest_runtime::id!(NoteKindId);
    /// What kind of note it is.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum NoteType {
        /// `short_text`
        ShortText,
        /// `number`
        Number,
        /// A value that the description does not have.
        Unknown(harvest_runtime::UnknownValue),
    }
    harvest_runtime::open_enum!(
        NoteType { ShortText = "short_text", Number = "number", }
    );
    /// Notes by name.
    pub type Notes = harvest_runtime::custom_field::CustomFieldValues;
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Change a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `PATCH /books/{id}`
        /// - Permission that the key needs: `PATCH: Change a book`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#update_book)
        #[doc(alias = "/books/{id}")]
        pub fn update_book(
            &self,
            id: impl Into<types::BookId>,
            body: &types::BookUpdate,
        ) -> UpdateBook<M> {
            let mut request = self.core.request(&operations::UPDATE_BOOK);
            request.path("id", &id.into());
            request.json(body);
            UpdateBook {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::update_book`] makes, `PATCH /books/{id}`.
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
        pub fn send(self) -> harvest_runtime::Sending<types::Book> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for UpdateBook<harvest_runtime::Async> {
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
    impl UpdateBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
}
pub use requests::*;
