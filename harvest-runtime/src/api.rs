//! What a generated client says about the API it speaks.

use crate::Core;

/// How the credential is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// HTTP Basic: the credential is the user name, the password is empty.
    Basic,
    /// `Authorization: Bearer <credential>`.
    Bearer,
}

/// The client of one version of an API. Generated code implements it, and [`ClientBuilder`](crate::ClientBuilder)
/// builds it.
///
/// ```
/// use harvest_runtime::{Api, ClientBuilder, Core, Scheme};
///
/// struct Harvest {
///     core: Core,
/// }
///
/// impl Api for Harvest {
///     const NAME: &'static str = "Harvest v1";
///     const BASE_URL: &'static str = "https://harvest.greenhouse.io";
///     const SCHEME: Scheme = Scheme::Basic;
///
///     fn from_core(core: Core) -> Self {
///         Self { core }
///     }
///
///     fn core(&self) -> &Core {
///         &self.core
///     }
/// }
///
/// # #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))] {
/// let harvest: Harvest = ClientBuilder::new().credential("a-key").build()?;
/// assert_eq!(harvest.core().base_url().as_str(), "https://harvest.greenhouse.io/");
/// # }
/// # Ok::<(), harvest_runtime::Error>(())
/// ```
pub trait Api: Sized {
    /// The name for people: `Harvest v1`.
    const NAME: &'static str;
    /// Where the API is, without the path of any operation: `https://harvest.greenhouse.io`.
    const BASE_URL: &'static str;
    /// How the credential is sent.
    const SCHEME: Scheme;

    /// Makes the client from what all its calls share.
    #[must_use]
    fn from_core(core: Core) -> Self;

    /// What all calls of this client share.
    fn core(&self) -> &Core;
}
