//! What all calls of a client share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use reqwest::Url;

use crate::base_url::BaseUrl;
use crate::credential::Credential;
use crate::{Operation, Request};

/// What all calls of a client share: connections, base URL, credential, and the user who acts. A copy is cheap and uses
/// the same connections.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Shared>,
    acting_user: Option<i64>,
}

pub(crate) struct Shared {
    pub(crate) http_client: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) credential: Credential,
    pub(crate) user_agent: HeaderValue,
    /// Of one attempt; `None` leaves it to the HTTP client.
    pub(crate) timeout: Option<Duration>,
}

impl Core {
    pub(crate) fn new(shared: Shared, acting_user: Option<i64>) -> Self {
        Self {
            shared: Arc::new(shared),
            acting_user,
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Starts a call. Nothing is sent before [`Request::send`] and the like.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }

    /// The id of the user in whose name changes are made where a call names no other.
    pub fn acting_user(&self) -> Option<i64> {
        self.acting_user
    }

    /// A copy that acts in the name of another user.
    #[must_use]
    pub fn with_acting_user(&self, user: i64) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            acting_user: Some(user),
        }
    }

    /// Where the API is.
    pub fn base_url(&self) -> &Url {
        self.shared.base_url.url()
    }
}

/// Prints the host of the base URL, and nothing else.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("host", &self.base_url().host_str().unwrap_or("?"))
            .finish_non_exhaustive()
    }
}
