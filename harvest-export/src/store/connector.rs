//! Connector of a store: the settings of the environment, and the HTTP client of the runtime.

use std::sync::Arc;
use std::time::Duration;

use harvest_runtime::reqwest::{Client, redirect};
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::{ClientConfigKey, ClientOptions, HttpClient, HttpConnector};
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::list::PaginatedListStore;
use object_store::{ObjectStore, RetryConfig};

use super::address::{Address, Kind};
use super::pauses::Pauses;
use super::sender::Sender;
use crate::error::ExportError;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may be silent.
const SILENCE: Duration = Duration::from_secs(60);
/// How long a request may take in all. A lease is trusted for longer than that.
pub(super) const REQUEST: Duration = Duration::from_secs(240);
/// How long a request that failed is repeated.
const REPEATS: Duration = Duration::from_secs(120);
const MOST_REPEATS: usize = 8;

/// A store that was set up.
pub(super) struct Opened {
    pub objects: Arc<dyn ObjectStore>,
    pub lists: Arc<dyn PaginatedListStore>,
}

impl<T: ObjectStore + PaginatedListStore> From<T> for Opened {
    fn from(store: T) -> Self {
        let store = Arc::new(store);
        Self {
            objects: Arc::clone(&store) as _,
            lists: store,
        }
    }
}

/// The objects of a bucket, with the settings of the environment.
pub(super) fn objects(address: &Address, pauses: &Pauses) -> Result<Opened, ExportError> {
    let connector = Connector::new(pauses);
    let made = match address.kind {
        Kind::S3 => s3(AmazonS3Builder::from_env(), address, connector),
        Kind::Google => google(GoogleCloudStorageBuilder::from_env(), address, connector),
        Kind::Azure => azure(MicrosoftAzureBuilder::from_env(), address, connector),
    };
    // The error may have the value of a variable.
    made.map_err(|_| ExportError::Store {
        place: address.of(""),
        problem: format!(
            "the settings of the environment cannot be used; check {}",
            address.kind.variables()
        ),
    })
}

/// Opens a store by its builder, which names its bucket by this method. The three have no trait in common.
macro_rules! opened {
    ($builder:expr, $name:ident, $address:expr, $connector:expr) => {
        $builder
            .$name(&$address.bucket)
            .with_http_connector($connector)
            .with_retry(retry())
            .build()
            .map(Opened::from)
    };
}

pub(super) fn s3(
    builder: AmazonS3Builder,
    address: &Address,
    connector: Connector,
) -> object_store::Result<Opened> {
    opened!(builder, with_bucket_name, address, connector)
}

pub(super) fn google(
    builder: GoogleCloudStorageBuilder,
    address: &Address,
    connector: Connector,
) -> object_store::Result<Opened> {
    opened!(builder, with_bucket_name, address, connector)
}

pub(super) fn azure(
    builder: MicrosoftAzureBuilder,
    address: &Address,
    connector: Connector,
) -> object_store::Result<Opened> {
    opened!(builder, with_container_name, address, connector)
}

fn retry() -> RetryConfig {
    RetryConfig {
        max_retries: MOST_REPEATS,
        retry_timeout: REPEATS,
        ..RetryConfig::default()
    }
}

#[derive(Debug)]
pub(super) struct Connector {
    pauses: Pauses,
}

impl Connector {
    pub(super) fn new(pauses: &Pauses) -> Self {
        Self {
            pauses: pauses.clone(),
        }
    }
}

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let allowed = options.get_config_value(&ClientConfigKey::AllowHttp);
        let allowed = allowed.map(|it| it.to_ascii_lowercase());
        let allows_http = matches!(allowed.as_deref(), Some("true" | "1" | "on" | "yes" | "y"));
        let mut builder = Client::builder()
            .https_only(!allows_http)
            // What signs a request would go along.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("harvest-export/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(REQUEST);
        if let Some(headers) = options.get_default_headers() {
            builder = builder.default_headers(headers.clone());
        }
        let client = builder
            .build()
            .map_err(|error| object_store::Error::Generic {
                store: "HTTP",
                source: Box::new(error),
            })?;
        let sender = Sender::new(client, self.pauses.clone());
        Ok(HttpClient::new(sender))
    }
}
