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
        const NAME: &'static str = "Names of path parameters";
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
    pub static OPERATIONS: &[Operation] = &[LIST_FIELDS, DELETE_FIELD];
    /// List fields.
    pub const LIST_FIELDS: Operation = Operation {
        id: "list_fields",
        method: Method::Get,
        path: "/fields/{field_type}",
        tag: "books",
        permission: "GET: List fields",
        pagination: Pagination::None,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[204],
        documentation: "https://bookshop.example/docs#list_fields",
    };
    /// Delete a field.
    pub const DELETE_FIELD: Operation = Operation {
        id: "delete_field",
        method: Method::Delete,
        path: "/fields/{id}",
        tag: "books",
        permission: "DELETE: Delete a field",
        pagination: Pagination::None,
        idempotent: true,
        acting_user: ActingUser::None,
        deprecated: false,
        replaced_by: None,
        statuses: &[204],
        documentation: "https://bookshop.example/docs#delete_field",
    };
}
pub mod types {}
impl Client {
    /// List fields.
    ///
    /// An operation to try something with.
    ///
    /// - Request: `GET /fields/{field_type}`
    /// - Permission that the key needs: `GET: List fields`
    /// - Success: 204
    /// - Errors described: 401, 403, 404, 429, 500
    ///
    /// [Official documentation](https://bookshop.example/docs#list_fields)
    pub fn list_fields(&self, field_type: &str) -> ListFields {
        let mut request = self.core.request(&operations::LIST_FIELDS);
        request.path("field_type", &field_type);
        ListFields { request }
    }
    /// Delete a field.
    ///
    /// An operation to try something with.
    ///
    /// - Request: `DELETE /fields/{id}`
    /// - Permission that the key needs: `DELETE: Delete a field`
    /// - Success: 204
    /// - Errors described: 401, 403, 404, 422, 429, 500
    ///
    /// [Official documentation](https://bookshop.example/docs#delete_field)
    pub fn delete_field(&self, id: i64, x_reason: &str) -> DeleteField {
        let mut request = self.core.request(&operations::DELETE_FIELD);
        request.path("id", &id);
        request.header("X-Reason", &x_reason);
        DeleteField { request }
    }
}
/// A request that [`Client::list_fields`] makes, `GET /fields/{field_type}`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListFields {
    request: harvest_runtime::Request,
}
impl ListFields {
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::empty).await
    }
}
/// A request that [`Client::delete_field`] makes, `DELETE /fields/{id}`.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteField {
    request: harvest_runtime::Request,
}
impl DeleteField {
    /// Who asks.
    pub fn x_clerk(mut self, value: &str) -> Self {
        self.request.header("X-Clerk", value);
        self
    }
    /// Time limits, retries and pacing of this call, in place of the client's own.
    pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
        self.request.set_options(options);
        self
    }
    /// Sends the request.
    pub async fn send(
        self,
    ) -> Result<harvest_runtime::Response<()>, harvest_runtime::Error> {
        self.request.send(harvest_runtime::decode::empty).await
    }
}
