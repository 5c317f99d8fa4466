// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.

pub mod client {
    use harvest_runtime::{Api, ClientBuilder, Core, Error, Scheme};
    /// Makes the requests of this version. Cheap to clone; clones share connections.
    ///
    /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
    #[derive(Clone, Debug)]
    pub struct Client {
        pub(super) core: Core,
    }
    impl Client {
        /// A client that authenticates with an API key, and is otherwise as [`Client::builder`] leaves it.
        ///
        /// # Errors
        ///
        /// If there is no credential, or it cannot be sent in a header.
        pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
            Self::builder().credential(api_key).build()
        }
        /// A client as the environment says; [`ClientBuilder::from_env`] names the variables.
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
        /// The same client acting as `user`: what is sent by operations that need an acting user and are given
        /// none.
        #[must_use]
        pub fn with_acting_user(&self, user: impl Into<i64>) -> Self {
            Self {
                core: self.core.with_acting_user(user.into()),
            }
        }
    }
    impl Api for Client {
        const NAME: &'static str = "Roles";
        const BASE_URL: &'static str = "https://bookshop.example";
        const SCHEME: Scheme = Scheme::Basic;
        fn from_core(core: Core) -> Self {
            Self { core }
        }
        fn core(&self) -> &Core {
            &self.core
        }
    }
}
pub use client::Client;
pub mod operations {
    use harvest_runtime::{ActingUser, Method, Operation, Pagination};
    /// Every operation of this version, whether its feature is on or off.
    pub static OPERATIONS: &[Operation] = &[UPDATE_BOOK];
    /// Change a book.
    pub const UPDATE_BOOK: Operation = Operation {
        id: "update_book",
        method: Method::Patch,
        path: "/books/{id}",
        tag: "books",
        permission: "PATCH: Change a book",
        pagination: Pagination::None,
        idempotent: false,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[200],
        documentation: "https://bookshop.example/docs#update_book",
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
        pub kinds: Option<Vec<NoteKind>>,
        nulls: harvest_runtime::model::Nulls,
    }
    harvest_runtime::model!(
        Book[] { "notes" => notes : nullable(0), "keyed_notes" => keyed_notes :
        nullable(1), "best_note" => best_note : nullable(2), "kinds" => kinds :
        nullable(3), }
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
    harvest_runtime::model!(BookUpdate[] { "notes" => notes : optional, });
    impl BookUpdate {
        /// Notes to make.
        #[must_use]
        pub fn notes(mut self, value: impl Into<Vec<NoteInput>>) -> Self {
            self.notes = Some(value.into());
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
        nulls: harvest_runtime::model::Nulls,
    }
    harvest_runtime::model!(
        NoteKind[id] { "id" => id : plain, "name_key" => name_key : nullable(0),
        "field_type" => field_type : nullable(1), "value_type" => value_type :
        nullable(2), "required" => required : nullable(3), }
    );
    impl harvest_runtime::custom_field::Defines for NoteKind {}
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
impl Client {
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
    pub fn update_book(
        &self,
        id: impl Into<types::BookId>,
        body: &types::BookUpdate,
    ) -> UpdateBook {
        let mut request = self.core.request(&operations::UPDATE_BOOK);
        request.path("id", &id.into());
        request.json(body);
        UpdateBook { request }
    }
}
/// A request that [`Client::update_book`] makes, `PATCH /books/{id}`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateBook {
    request: harvest_runtime::Request,
}
impl UpdateBook {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::json).await
    }
}
