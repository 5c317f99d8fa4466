//! A sandbox that runs.

mod builder;
mod descriptions;
mod opened;
mod parity;
#[cfg(feature = "cli")]
pub mod program;
mod ranges;
mod rate_limit;
mod start;
mod versions;

pub use builder::Builder;
pub use parity::parity;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::control::{ClientCredentials, Control, ControlError, DevCenter, Records, SandboxClock};
use crate::domain::approvals::Decision;
use crate::faces::webhooks::deliveries::{Running, Webhooks};
use crate::http::fault::Faults;
use crate::http::log::LoggedRequest;
use crate::refusal::StartError;

/// How long [`Sandbox::stop`] waits for requests that are on their way.
const GRACE: Duration = Duration::from_secs(5);

/// A running sandbox. It stops when it is dropped.
///
/// ```
/// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
/// use harvest_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// assert!(sandbox.url().starts_with("http://127.0.0.1:"));
/// // Fit for `On-Behalf-Of`.
/// assert!(sandbox.user_id() > 0);
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
pub struct Sandbox {
    pub(crate) url: String,
    pub(crate) key: String,
    pub(crate) user_id: i64,
    pub(crate) operations: usize,
    pub(crate) emulated: Vec<String>,
    /// That of its version first.
    pub(crate) curl: Vec<String>,
    /// None if nothing is kept.
    pub(crate) credentials: Option<ClientCredentials>,
    pub(crate) control: Arc<Control>,
    /// The task that delivers webhooks, which ends with the sandbox.
    pub(crate) _delivering: Running,
    /// None if nothing is kept, or there are no pages.
    pub(crate) dev_center_url: Option<String>,
    /// Where tokens are issued, if the document wants them.
    pub(crate) token_url: Option<String>,
    /// The server stops when this is used or dropped.
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1, with a fresh key for v1 and fresh credentials for v3.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts a sandbox that differs from that in some way.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens, without a slash at the end: `http://127.0.0.1:49152`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A key of v1 with all permissions; in a sandbox of [`examples`](Builder::examples) of a document that wants them, a
    /// token.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The client id and the secret of a custom integration of v3 with all scopes. `None` in a sandbox of
    /// [`examples`](Builder::examples), whose token service goes by the [key](Self::key).
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// let credentials = sandbox.v3_credentials().expect("it keeps records");
    /// let token_url = sandbox.token_url().expect("v3 takes tokens");
    /// // … hand both to a client of v3.
    /// assert!(!format!("{credentials:?}").contains(&credentials.client_secret));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn v3_credentials(&self) -> Option<&ClientCredentials> {
        self.credentials.as_ref()
    }

    /// An access token of v3, for a test that asks no token service: of the [credentials](Self::v3_credentials), for a
    /// user or for their service user. It is good for one hour of the sandbox's clock.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoRecords`] in a sandbox of [`examples`](Builder::examples), and
    /// [`ControlError::NotGranted`] if there is no such active user, or the credentials were revoked.
    ///
    /// ```
    /// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// let header = format!("Bearer {}", sandbox.access_token(Some(sandbox.user_id()))?);
    /// assert!(sandbox.access_token(Some(0)).is_err());
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn access_token(&self, user_id: Option<i64>) -> Result<String, ControlError> {
        self.control.access_token(user_id)
    }

    /// The address of the token service: there if operations want a bearer token, as those of v3 do.
    ///
    /// Where records are kept, it issues tokens to the [credentials](Self::v3_credentials) and those that Dev Center makes,
    /// as the service does. In a sandbox of [`examples`](Builder::examples) it issues the [key](Self::key) as a token to
    /// any client whose secret is the key (`client_credentials`, with or without `sub`), and neither codes nor refresh
    /// tokens.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// use harvest_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().version("v3").examples().start().await?;
    /// assert_eq!(sandbox.token_url(), Some(format!("{}/token", sandbox.url()).as_str()));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn token_url(&self) -> Option<&str> {
        self.token_url.as_deref()
    }

    /// The id of a user that it knows, for `On-Behalf-Of`, or for the subject of a token.
    pub fn user_id(&self) -> i64 {
        self.user_id
    }

    /// How many operations of its [version](Builder::version) it answers.
    pub fn operations(&self) -> usize {
        self.operations
    }

    /// The ids of the operations of its [version](Builder::version) that change or read records, rather than being answered from examples. None in a sandbox
    /// of [`examples`](Builder::examples).
    pub fn emulated(&self) -> impl Iterator<Item = &str> {
        self.emulated.iter().map(String::as_str)
    }

    /// What an administrator does in Dev Center: keys, their permissions, and where requests may come from. `None` in a
    /// sandbox of [`examples`](Builder::examples), which has one key and no permissions.
    pub fn dev_center(&self) -> Option<DevCenter<'_>> {
        self.control.state.as_deref().map(DevCenter::new)
    }

    /// A line for a shell that sends it a first request, key included; `None` if the document has no GET that needs
    /// nothing but a key.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::builder().key("k").start().await?;
    /// let line = sandbox.curl().expect("v1 can list users");
    /// assert!(line.starts_with("curl -u k: http://127.0.0.1:"));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn curl(&self) -> Option<&str> {
        self.curl.first().map(String::as_str)
    }

    /// Such a line for each version that is served, that of its own [version](Builder::version) first. For v3 it asks for a
    /// token.
    pub fn curl_lines(&self) -> impl Iterator<Item = &str> {
        self.curl.iter().map(String::as_str)
    }

    /// The address of Dev Center for a browser; `None` if nothing is kept, and without the Cargo feature `dev-center`.
    ///
    /// Where a password has to be set first, that is the link that sets it. It works once, and only as long as this sandbox
    /// runs, so it is a secret.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// if let Some(url) = sandbox.dev_center_url() {
    ///     assert!(url.ends_with("/configure"));
    /// }
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn dev_center_url(&self) -> Option<&str> {
        self.dev_center_url.as_deref()
    }

    /// What goes wrong on purpose, to be changed while it runs.
    ///
    /// ```
    /// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
    /// use harvest_sandbox::{Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.faults().add(Fault::status(503).on("list_users").first(2))?;
    /// assert_eq!(sandbox.faults().all().len(), 1);
    /// sandbox.faults().clear();
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn faults(&self) -> &Faults {
        &self.control.faults
    }

    /// The requests that it has had, in the order in which they arrived. It remembers the latest 100,000.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// // … send a request that creates a user; then:
    /// let created = sandbox
    ///     .requests()
    ///     .iter()
    ///     .filter(|request| request.acted && request.operation.as_deref() == Some("create_user"))
    ///     .count();
    /// # assert_eq!(created, 0);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.control.log.all()
    }

    /// The webhooks that it sends, and to whom.
    pub fn webhooks(&self) -> &Webhooks {
        &self.control.webhooks
    }

    /// Forgets the requests that it has had, in the request log of Dev Center, too.
    pub fn forget_requests(&self) {
        self.control.log.clear();
    }

    /// Makes everything what it was after the first start: the organization with its ids and times, the key, and faults;
    /// other keys, allowed addresses, requests and webhooks are forgotten, and the clock follows the computer's time. Snapshots stay.
    ///
    /// With a [folder](Builder::data), that is how the organization in the folder began.
    ///
    /// ```
    /// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// // … one test; and before the next:
    /// sandbox.reset()?;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn reset(&self) -> Result<(), ControlError> {
        self.control.reset()
    }

    /// Keeps all records, keys and allowed addresses as they are now under a name, in place of what had it: in memory, or
    /// in the [folder](Builder::data). The name is of up to 64 letters, digits, `-` and `_`.
    ///
    /// ```
    /// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// sandbox.snapshot("before-the-merge")?;
    /// // … merge two candidates, and look at what became of them; then:
    /// sandbox.restore("before-the-merge")?;
    /// # assert_eq!(sandbox.snapshots()?, ["before-the-merge"]);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub fn snapshot(&self, name: &str) -> Result<(), ControlError> {
        self.control.snapshot(name)
    }

    /// Goes back to what was kept under a name. Clock, faults and the log of requests are left as they are.
    pub fn restore(&self, name: &str) -> Result<(), ControlError> {
        self.control.restore(name)
    }

    /// The names of the snapshots, in order.
    pub fn snapshots(&self) -> Result<Vec<String>, ControlError> {
        self.control.snapshots()
    }

    /// Drops a snapshot.
    pub fn forget_snapshot(&self, name: &str) -> Result<(), ControlError> {
        self.control.forget_snapshot(name)
    }

    /// The clock, to read and to set.
    pub fn clock(&self) -> SandboxClock<'_> {
        self.control.clock()
    }

    /// Invents more records. The same calls in the same order give the same records.
    pub fn seed(&self, records: Records) -> Result<(), ControlError> {
        self.control.seed(records)
    }

    /// Lets everyone approve an approval flow, by its id. Its approvals have to be requested, by the API; all that is done
    /// in its place by a person is done by this.
    ///
    /// # Errors
    ///
    /// If no decision is awaited: see [`ControlError::NotRequested`].
    pub fn approve(&self, flow: i64) -> Result<(), ControlError> {
        self.control.decide(flow, Decision::Approve)
    }

    /// The same, but those whose turn it is reject it.
    ///
    /// # Errors
    ///
    /// As [`approve`](Self::approve).
    pub fn reject(&self, flow: i64) -> Result<(), ControlError> {
        self.control.decide(flow, Decision::Reject)
    }

    /// Stops, and waits until requests that have begun are answered, though not longer than 5 seconds. Dropping does the
    /// same without waiting.
    ///
    /// ```
    /// # async fn demo() -> Result<(), harvest_sandbox::StartError> {
    /// let sandbox = harvest_sandbox::Sandbox::start().await?;
    /// sandbox.stop().await;
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
    /// ```
    pub async fn stop(self) {
        drop(self.stop);
        let abort = self.server.abort_handle();
        if tokio::time::timeout(GRACE, self.server).await.is_err() {
            abort.abort();
        }
    }
}

impl fmt::Debug for Sandbox {
    /// Leaves the key out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url)
            .field("user_id", &self.user_id)
            .field("operations", &self.operations)
            .finish_non_exhaustive()
    }
}
