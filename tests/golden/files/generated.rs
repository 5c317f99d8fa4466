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
        const NAME: &'static str = "Files";
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
    impl Client<Async> {
        /// A file that a record names by a signed URL, or that URL itself. Nothing is sent before it has a destination, and
        /// then no credential.
        ///
        /// See [`Download`](harvest_runtime::attachment::Download): how large it may be, and what becomes of a link that
        /// has expired.
        pub fn download<'a>(
            &self,
            file: &(impl harvest_runtime::attachment::SignedFile + ?Sized),
        ) -> harvest_runtime::attachment::Download<'a> {
            self.core.download(file)
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl Client<harvest_runtime::Blocking> {
        /// A file that a record names by a signed URL, or that URL itself. Nothing is sent before it has a destination, and
        /// then no credential.
        ///
        /// See [`Download`](harvest_runtime::blocking::Download): how large it may be, and what becomes of a link that
        /// has expired.
        pub fn download<'a>(
            &self,
            file: &(impl harvest_runtime::attachment::SignedFile + ?Sized),
        ) -> harvest_runtime::blocking::Download<'a> {
            self.core.download_blocking(file)
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
    pub static OPERATIONS: &[Operation] = &[CREATE_COVER];
    /// Add a cover.
    pub const CREATE_COVER: Operation = Operation {
        id: "create_cover",
        path: "/books/{id}/covers",
        tag: "books",
        permission: "POST: Add a cover",
        statuses: &[201],
        documentation: "https://bookshop.example/docs#create_cover",
        ..Operation::POST
    };
}
pub mod types {
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
    /// A picture of a book.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Cover {
        /// What it is called.
        pub title: Option<String>,
        /// Where it is.
        pub link: Option<String>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Cover[; received] { 0 "title" => title : nullable, 1 "link" => link : nullable, }
    );
    impl harvest_runtime::attachment::SignedFile for Cover {
        fn url(&self) -> Option<&str> {
            self.link.as_deref()
        }
        fn filename(&self) -> Option<&str> {
            self.title.as_deref()
        }
    }
    /// A picture to add.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct CoverCreate {
        /// Where it goes.
        pub kind: CoverKind,
        /// What to call it.
        pub filename: String,
        /// Where it can be fetched.
        pub link: Option<String>,
        /// The picture.
        pub bytes: Option<String>,
        /// What kind of picture it is.
        pub type_: Option<CoverType>,
        /// What it shows.
        pub caption: Option<String>,
    }
    harvest_runtime::model!(
        CoverCreate[] { 0 "kind" => kind : plain, 1 "filename" => filename : plain, 2
        "link" => link : optional, 3 "bytes" => bytes : optional, 4 "type" => type_ :
        optional, 5 "caption" => caption : optional, }
    );
    impl CoverCreate {
        /// With what is required.
        pub fn new(kind: impl Into<CoverKind>, filename: impl Into<String>) -> Self {
            Self {
                kind: kind.into(),
                filename: filename.into(),
                ..Default::default()
            }
        }
        /// Where it can be fetched.
        #[must_use]
        pub fn link(mut self, value: impl Into<String>) -> Self {
            self.link = Some(value.into());
            self
        }
        /// The picture.
        #[must_use]
        pub fn bytes(mut self, value: impl Into<String>) -> Self {
            self.bytes = Some(value.into());
            self
        }
        /// What kind of picture it is.
        #[must_use]
        pub fn type_(mut self, value: impl Into<CoverType>) -> Self {
            self.type_ = Some(value.into());
            self
        }
        /// What it shows.
        #[must_use]
        pub fn caption(mut self, value: impl Into<String>) -> Self {
            self.caption = Some(value.into());
            self
        }
    }
    impl CoverCreate {
        /// With a file, or the URL of one, and what is required besides.
        ///
        /// # Errors
        ///
        /// [`Error::is_upload`](harvest_runtime::Error::is_upload), naming the content types that the service takes,
        /// if the file has none of them.
        pub fn from_upload(
            upload: harvest_runtime::attachment::Upload,
            kind: impl Into<CoverKind>,
        ) -> Result<Self, harvest_runtime::Error> {
            let file = upload.into_parts(CoverType::VALUES)?;
            Ok(Self {
                filename: file.filename,
                bytes: file.content,
                link: file.url,
                type_: file.content_type.map(Into::into),
                kind: kind.into(),
                ..Default::default()
            })
        }
    }
    /// Where it goes.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum CoverKind {
        /// `front`
        Front,
        /// `back`
        Back,
        /// A value that the description does not have.
        Unknown(harvest_runtime::UnknownValue),
    }
    harvest_runtime::open_enum!(CoverKind { Front = "front", Back = "back", });
    /// What kind of picture it is.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum CoverType {
        /// `image/png`
        ImagePng,
        /// `image/jpeg`
        ImageJpeg,
        /// A value that the description does not have.
        Unknown(harvest_runtime::UnknownValue),
    }
    harvest_runtime::open_enum!(
        CoverType { ImagePng = "image/png", ImageJpeg = "image/jpeg", }
    );
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Add a cover.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `POST /books/{id}/covers`
        /// - Permission that the key needs: `POST: Add a cover`
        /// - Success: 201
        /// - Errors described: 401, 403, 404, 422, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#create_cover)
        #[doc(alias = "/books/{id}/covers")]
        pub fn create_cover(
            &self,
            id: impl Into<types::BookId>,
            body: &types::CoverCreate,
        ) -> CreateCover<M> {
            let mut request = self.core.request(&operations::CREATE_COVER);
            request.path("id", &id.into());
            request.json(body);
            CreateCover {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::create_cover`] makes, `POST /books/{id}/covers`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct CreateCover<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> CreateCover<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl CreateCover<harvest_runtime::Async> {
        /// Sends the request.
        pub fn send(self) -> harvest_runtime::Sending<types::Cover> {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for CreateCover<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::Cover>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::Cover>;
        fn into_future(self) -> Self::IntoFuture {
            self.send()
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl CreateCover<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Cover>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
}
pub use requests::*;
