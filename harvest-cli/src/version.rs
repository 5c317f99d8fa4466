//! Versions of the API, as the generated client has them.

use harvest_export::catalog::Catalog;
use harvest_generated::runtime::{
    Api, Auth, ClientBuilder, Conventions, Core, Error, FileTokenStore, Operation,
};
use harvest_generated::{v1, v3};

use crate::failure::{Exit, Failure};

/// A version of the API.
pub(crate) struct Version {
    /// The name that users give: `v3`.
    pub name: &'static str,
    pub operations: &'static [Operation],
    pub auth: Auth,
    pub conventions: &'static Conventions,
    connect: fn(Access<'_>) -> Result<Core, Error>,
}

/// Every version, the current one first.
pub(crate) const VERSIONS: [Version; 2] = [
    Version::of::<v3::Client>("v3", v3::operations::OPERATIONS),
    Version::of::<v1::Client>("v1", v1::operations::OPERATIONS),
];

/// By what a client is authorized, and where it sends.
pub(crate) struct Access<'a> {
    pub secrets: Secrets<'a>,
    pub base_url: Option<&'a str>,
    pub token_url: Option<&'a str>,
}

impl<'a> Access<'a> {
    /// At the places that the description names.
    pub(crate) fn of(secrets: Secrets<'a>) -> Self {
        Self {
            secrets,
            base_url: None,
            token_url: None,
        }
    }
}

/// What authorizes.
pub(crate) enum Secrets<'a> {
    /// The variables of the environment.
    Environment,
    /// A key or an access token.
    Credential(&'a str),
    /// A client of the token service.
    Client { id: &'a str, secret: &'a str },
    /// The consent of a user.
    Consent {
        id: &'a str,
        secret: &'a str,
        first: &'a str,
        store: FileTokenStore,
    },
}

impl Version {
    const fn of<A: Api>(name: &'static str, operations: &'static [Operation]) -> Self {
        Self {
            name,
            operations,
            auth: A::AUTH,
            conventions: A::CONVENTIONS,
            connect: connect::<A>,
        }
    }

    /// The version of this name.
    pub(crate) fn named(name: &str) -> Result<&'static Self, Failure> {
        let known = || VERSIONS.map(|version| version.name).join(", ");
        let mut all = (const { &VERSIONS }).iter();
        all.find(|version| version.name == name).ok_or_else(|| {
            Failure::usage(format!("there is no version {name}; known: {}", known()))
        })
    }

    /// The current version.
    pub(crate) fn current() -> &'static Self {
        const { &VERSIONS[0] }
    }

    /// Whether the environment has a credential of this version.
    pub(crate) fn is_in_environment(&self) -> bool {
        let names = self.conventions.environment;
        let is_set = |name: Option<&str>| {
            name.and_then(std::env::var_os)
                .is_some_and(|value| !value.is_empty())
        };
        is_set(names.credential) || (is_set(names.client_id) && is_set(names.client_secret))
    }

    /// A client of this version. Nothing is sent.
    pub(crate) fn connect(&self, access: Access<'_>) -> Result<Core, Error> {
        (self.connect)(access)
    }

    /// What the description says of it.
    pub(crate) fn catalog(&self) -> Result<Catalog, Failure> {
        let document = harvest_spec::document(self.name);
        let json = document.map_or("", |document| document.json);
        Catalog::read(self.name, self.operations, json)
            .map_err(|error| Failure::new(Exit::Failed, error.to_string()))
    }
}

fn connect<A: Api>(access: Access<'_>) -> Result<Core, Error> {
    let mut builder = match access.secrets {
        Secrets::Environment => ClientBuilder::<A>::from_env(),
        Secrets::Credential(key) => ClientBuilder::new().credential(key),
        Secrets::Client { id, secret } => ClientBuilder::new().client_credentials(id, secret),
        Secrets::Consent {
            id,
            secret,
            first,
            store,
        } => ClientBuilder::new()
            .client_credentials(id, secret)
            .refresh_token(first, store),
    };
    if let Some(url) = access.base_url {
        builder = builder.base_url(url);
    }
    if let Some(url) = access.token_url {
        builder = builder.token_url(url);
    }
    builder
        .user_agent(concat!("harvest-cli/", env!("CARGO_PKG_VERSION")))
        .build()
        .map(|client| client.core().clone())
}
