//! The state that all calls of a client share.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use http::HeaderValue;
use reqwest::Url;

use crate::auth::Credential;
use crate::base_url::BaseUrl;
use crate::conventions::or_set;
use crate::error::Delivery;
use crate::options::Settings;
use crate::retry::RetryBudget;
use crate::{CallOptions, Conventions, Error};

/// What all calls of a client share: connections, base URL, credential, the pace, and the user who acts. A copy is cheap
/// and uses the same connections and the same allowance of requests.
///
/// A connection belongs to the tokio runtime whose call opened it, and makes no progress while that runtime is not driven.
/// Programs that have several, of which some rest, build a client for each; a [`Limiter`](crate::Limiter) may be common
/// to all.
#[derive(Clone)]
pub struct Core {
    shared: Arc<Shared>,
    settings: Arc<Settings>,
    acting_user: Option<i64>,
    view: View,
}

/// Another type of client over the same core, made when it is first asked for. A copy begins without one.
#[derive(Default)]
struct View(OnceLock<Box<dyn Any + Send + Sync>>);

impl Clone for View {
    fn clone(&self) -> Self {
        Self::default()
    }
}

pub(crate) struct Shared {
    pub(crate) http_client: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) credential: Credential,
    pub(crate) user_agent: HeaderValue,
    pub(crate) conventions: &'static Conventions,
    pub(crate) retry_budget: RetryBudget,
    /// What it means if the HTTP client could not connect.
    pub(crate) unconnected: Delivery,
    #[cfg(feature = "blocking")]
    pub(crate) background: crate::background::Background,
}

impl Core {
    pub(crate) fn new(shared: Shared, settings: Settings, acting_user: Option<i64>) -> Self {
        Self {
            shared: Arc::new(shared),
            settings: Arc::new(settings),
            acting_user,
            view: View::default(),
        }
    }

    /// Another type of client over this core, for a generated client that can stand where another one is asked for. The
    /// first call decides which type it is; a core is in one client, so there is no other.
    ///
    /// # Panics
    ///
    /// If a later call asks for another type.
    #[doc(hidden)]
    pub fn view<T: Any + Send + Sync>(&self, make: fn(Self) -> T) -> &T {
        let view = self.view.0.get_or_init(|| Box::new(make(self.clone())));
        let Some(view) = view.downcast_ref() else {
            unreachable!("a client is seen as clients of two types");
        };
        view
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The id of the user in whose name changes are made where a call names no other.
    pub fn acting_user(&self) -> Option<i64> {
        self.acting_user
    }

    /// That there is such a user.
    ///
    /// # Errors
    ///
    /// [`Error::is_configuration`] if there is none.
    pub fn require_acting_user(&self) -> Result<(), Error> {
        if self.acting_user.is_some() {
            return Ok(());
        }
        let variable = self.shared.conventions.environment.acting_user;
        Err(Error::configuration(format!(
            "it has no acting user of its own; pass the id of one to ClientBuilder::acting_user{}",
            or_set(&[variable])
        )))
    }

    /// A copy that acts in the name of another user.
    #[must_use]
    pub fn with_acting_user(&self, user: i64) -> Self {
        Self {
            acting_user: Some(user),
            ..self.clone()
        }
    }

    /// A copy that makes its calls with other options. What they leave open is as before.
    ///
    /// ```
    /// use std::time::Duration;
    /// use harvest_runtime::{CallOptions, Core};
    ///
    /// fn for_a_web_page(core: &Core) -> Core {
    ///     core.with_options(CallOptions::new().timeout(Duration::from_secs(5)))
    /// }
    /// ```
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        Self {
            settings: Arc::new(self.settings.with(options)),
            ..self.clone()
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
