// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.

pub mod client {
    use std::marker::PhantomData;
    use harvest_runtime::{
        Api, Async, Auth, CallOptions, ClientBuilder, Core, Error, Method, RawRequest,
        Conventions, Environment, TokenService, RateWindow,
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
        /// A client that authenticates with the id and the secret of a client of the token service, and is otherwise as [`Client::builder`] leaves it.
        ///
        /// # Errors
        ///
        /// If there is no credential, or it cannot be sent in a header.
        pub fn new(
            client_id: impl Into<String>,
            client_secret: impl Into<String>,
        ) -> Result<Self, Error> {
            Self::builder().client_credentials(client_id, client_secret).build()
        }
        /// A client as the environment says.
        ///
        /// | variable | is |
        /// | --- | --- |
        /// | `CHATTER_CLIENT` | the id of a [client](ClientBuilder::client_credentials) of the token service |
        /// | `CHATTER_SECRET` | the secret of that client |
        /// | `CHATTER_TOKENS` | the [URL of the token service](ClientBuilder::token_url) |
        ///
        /// Any may be missing or empty, which is the same.
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
        /// The same client acting for `user`, who is the subject of its tokens. As cheap as a clone; the token of the
        /// user is fetched for the first call, once for all copies of the client. Without it the user of the
        /// integration acts.
        #[must_use]
        pub fn with_acting_user(&self, user: impl Into<i64>) -> Self {
            Self::of(self.core.with_acting_user(user.into()))
        }
        /// A request that this client has no method for, carried out as all others are. The path begins with
        /// `/`, from the root of the API; `{name}` in it can be filled.
        pub fn request(&self, method: Method, path: &str) -> RawRequest<M> {
            RawRequest::in_mode(&self.core, method, path)
        }
    }
    impl<M> Api for Client<M> {
        const NAME: &'static str = "Chatter";
        const BASE_URL: &'static str = "https://chatter.example/api";
        const AUTH: Auth = Auth::OAuth(TokenService {
            token_url: "https://tokens.chatter.example/new",
            authorization_url: Some("https://tokens.chatter.example/ask"),
            limit: RateWindow {
                requests: 5u32,
                window: std::time::Duration::from_secs(1u64),
                aligned: false,
            },
        });
        const CONVENTIONS: &'static Conventions = &Conventions {
            environment: Environment {
                credential: None,
                client_id: Some("CHATTER_CLIENT"),
                client_secret: Some("CHATTER_SECRET"),
                acting_user: None,
                base_url: None,
                token_url: Some("CHATTER_TOKENS"),
            },
            ..Conventions::DEFAULT
        };
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
        LIST_ROOMS,
        CLOSE_ROOM,
        LIST_MESSAGES,
        SEND_MESSAGE,
    ];
    /// List rooms.
    pub const LIST_ROOMS: Operation = Operation {
        id: "list_rooms",
        path: "/rooms",
        tag: "rooms",
        permission: "rooms.read",
        pagination: Pagination::Cursor,
        documentation: "https://chatter.example/docs/rooms",
        ..Operation::GET
    };
    /// Close a room.
    pub const CLOSE_ROOM: Operation = Operation {
        id: "close_room",
        path: "/rooms/{room}",
        tag: "rooms",
        permission: "rooms.close",
        statuses: &[202, 204],
        documentation: "https://chatter.example/docs/rooms#close",
        ..Operation::DELETE
    };
    /// List messages.
    pub const LIST_MESSAGES: Operation = Operation {
        id: "list_messages",
        path: "/rooms/{room}/messages",
        tag: "chat_messages",
        permission: "messages.read",
        pagination: Pagination::Cursor,
        documentation: "https://chatter.example/docs/messages",
        ..Operation::GET
    };
    /// Send a message.
    pub const SEND_MESSAGE: Operation = Operation {
        id: "send_message",
        path: "/rooms/{room}/messages",
        tag: "chat_messages",
        permission: "messages.write",
        statuses: &[201, 202],
        documentation: "https://chatter.example/docs/messages#send",
        ..Operation::POST
    };
}
pub mod types {
    /// What someone said.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Message {
        /// In plain text.
        pub text: String,
        /// Someone who talks.
        pub from: Option<Person>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Message[; received] { 0 "text" => text : required, 1 "from" => from : nullable, }
    );
    /// What to say.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct MessageCreate {
        /// In plain text.
        pub text: String,
        /// The message that it answers.
        pub reply_to: harvest_runtime::Patch<String>,
    }
    harvest_runtime::model!(
        MessageCreate[] { 0 "text" => text : plain, 1 "reply_to" => reply_to : patch, }
    );
    impl MessageCreate {
        /// With what is required.
        pub fn new(text: impl Into<String>) -> Self {
            Self {
                text: text.into(),
                ..Default::default()
            }
        }
        /// The message that it answers.
        #[must_use]
        pub fn reply_to(mut self, value: impl Into<String>) -> Self {
            self.reply_to = harvest_runtime::Patch::Set(value.into());
            self
        }
        /// Clears `reply_to`: sends null.
        #[must_use]
        pub fn clear_reply_to(mut self) -> Self {
            self.reply_to = harvest_runtime::Patch::Clear;
            self
        }
    }
    /// Someone who talks.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Person {
        /// The id of a person.
        pub id: PersonId,
        /// As others see it.
        pub nick: Option<String>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Person[id; received] { 0 "id" => id : required, 1 "nick" => nick : nullable, }
    );
    /// The id of a person.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct PersonId(pub i64);
    harvest_runtime::id!(PersonId);
    /// A message that is on its way.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Receipt {
        /// To ask with.
        pub ticket: String,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(Receipt[; received] { 0 "ticket" => ticket : required, });
    /// Where people meet.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Room {
        /// As it is called.
        pub name: String,
        /// Who may enter.
        pub kind: Option<RoomKind>,
        /// Who is there.
        pub people: Option<harvest_runtime::List<Person>>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Room[; received] { 0 "name" => name : required, 1 "kind" => kind : nullable, 2
        "people" => people : nullable, }
    );
    /// Who may enter.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum RoomKind {
        /// `open`
        Open,
        /// `by_invitation`
        ByInvitation,
        /// A value that the description does not have.
        Unknown(harvest_runtime::UnknownValue),
    }
    harvest_runtime::open_enum!(
        RoomKind { Open = "open", ByInvitation = "by_invitation", }
    );
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// List rooms.
        ///
        /// Every room that the token may see.
        ///
        /// - Request: `GET /rooms`
        /// - Scope that the token needs: `rooms.read`
        /// - Paged: by cursor, with the next page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 422, 429, 500
        ///
        /// [Official documentation](https://chatter.example/docs/rooms)
        #[doc(alias = "/rooms")]
        pub fn list_rooms(&self) -> ListRooms<M> {
            let request = self.core.request(&operations::LIST_ROOMS);
            ListRooms {
                request,
                state: PhantomData,
            }
        }
        /// Close a room.
        ///
        /// People can no longer enter. While people are in it, it is closed as soon as they have left.
        ///
        /// - Request: `DELETE /rooms/{room}`
        /// - Scope that the token needs: `rooms.close`
        /// - Success: 202, 204
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://chatter.example/docs/rooms#close)
        #[doc(alias = "/rooms/{room}")]
        pub fn close_room(&self, room: &str) -> CloseRoom<M> {
            let mut request = self.core.request(&operations::CLOSE_ROOM);
            request.path("room", &room);
            CloseRoom {
                request,
                state: PhantomData,
            }
        }
        /// List messages.
        ///
        /// What was said in a room, the latest first.
        ///
        /// - Request: `GET /rooms/{room}/messages`
        /// - Scope that the token needs: `messages.read`
        /// - Paged: by cursor, with the next page in `Link`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://chatter.example/docs/messages)
        #[doc(alias = "/rooms/{room}/messages")]
        pub fn list_messages(&self, room: &str) -> ListMessages<M> {
            let mut request = self.core.request(&operations::LIST_MESSAGES);
            request.path("room", &room);
            ListMessages {
                request,
                state: PhantomData,
            }
        }
        /// Send a message.
        ///
        /// Says something in a room, at once or as soon as there is time.
        ///
        /// - Request: `POST /rooms/{room}/messages`
        /// - Scope that the token needs: `messages.write`
        /// - Success: 201, 202
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://chatter.example/docs/messages#send)
        #[doc(alias = "/rooms/{room}/messages")]
        pub fn send_message(
            &self,
            room: &str,
            body: &types::MessageCreate,
        ) -> SendMessage<M> {
            let mut request = self.core.request(&operations::SEND_MESSAGE);
            request.path("room", &room);
            request.json(body);
            SendMessage {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::list_rooms`] makes, `GET /rooms`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListRooms<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListRooms<M> {
        /// Where to go on, as the page before said.
        pub fn cursor(mut self, value: &str) -> Self {
            self.request.query("cursor", value);
            self
        }
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListRooms<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Room>> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<types::Room> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<types::Room> {
            self.request.items()
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListRooms<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Room>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<harvest_runtime::List<types::Room>>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ListRooms<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<harvest_runtime::List<types::Room>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: an iterator over whole pages.
        pub fn pages(self) -> harvest_runtime::blocking::Pages<types::Room> {
            self.request.pages_blocking()
        }
        /// Sends the request, and one for each further page: an iterator over records.
        pub fn items(self) -> harvest_runtime::blocking::Items<types::Room> {
            self.request.items_blocking()
        }
    }
    /// A request that [`Client::close_room`] makes, `DELETE /rooms/{room}`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CloseRoom<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> CloseRoom<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl CloseRoom<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<()> {
            self.request.sending(harvest_runtime::decode::empty)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CloseRoom<harvest_runtime::Async> {
        type Output = Result<harvest_runtime::Response<()>, harvest_runtime::Error>;
        type IntoFuture = harvest_runtime::Sending<()>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl CloseRoom<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::empty)
        }
    }
    /// A request that [`Client::list_messages`] makes, `GET /rooms/{room}/messages`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListMessages<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> ListMessages<M> {
        /// Where to go on, as the page before said.
        pub fn cursor(mut self, value: &str) -> Self {
            self.request.query("cursor", value);
            self
        }
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl ListMessages<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(
            self,
        ) -> harvest_runtime::Sending<harvest_runtime::List<types::Message>> {
            self.request.sending(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<types::Message> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<types::Message> {
            self.request.items()
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for ListMessages<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<harvest_runtime::List<types::Message>>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<
            harvest_runtime::List<types::Message>,
        >;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl ListMessages<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<harvest_runtime::List<types::Message>>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
        /// Sends the request, and one for each further page: an iterator over whole pages.
        pub fn pages(self) -> harvest_runtime::blocking::Pages<types::Message> {
            self.request.pages_blocking()
        }
        /// Sends the request, and one for each further page: an iterator over records.
        pub fn items(self) -> harvest_runtime::blocking::Items<types::Message> {
            self.request.items_blocking()
        }
    }
    /// What the operation answers, by status.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum SendMessageAnswer {
        /// Status 201.
        Message(types::Message),
        /// Status 202.
        Receipt(types::Receipt),
        /// A success that the description does not have.
        Other(harvest_runtime::UnknownValue),
    }
    impl SendMessageAnswer {
        fn decode(
            status: harvest_runtime::StatusCode,
            body: &[u8],
        ) -> Result<Self, harvest_runtime::DecodeError> {
            match status.as_u16() {
                201 => harvest_runtime::decode::json(status, body).map(Self::Message),
                202 => harvest_runtime::decode::json(status, body).map(Self::Receipt),
                _ => harvest_runtime::decode::unknown(status, body).map(Self::Other),
            }
        }
    }
    /// A request that [`Client::send_message`] makes, `POST /rooms/{room}/messages`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct SendMessage<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> SendMessage<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl SendMessage<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<SendMessageAnswer> {
            self.request.sending(SendMessageAnswer::decode)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for SendMessage<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<SendMessageAnswer>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<SendMessageAnswer>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl SendMessage<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<
            harvest_runtime::Response<SendMessageAnswer>,
            harvest_runtime::Error,
        > {
            self.request.send_blocking(SendMessageAnswer::decode)
        }
    }
}
pub use requests::*;
