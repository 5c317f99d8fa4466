//! The client of one version of an API.

use crate::conventions::{Auth, Conventions};
use crate::core::Core;

/// The client of one version of an API. Generated code implements it, and [`ClientBuilder`](crate::ClientBuilder)
/// builds it.
///
/// ```
/// use harvest_runtime::{Api, Auth, ClientBuilder, Core};
///
/// struct Harvest {
///     core: Core,
/// }
///
/// impl Api for Harvest {
///     const NAME: &'static str = "Harvest v1";
///     const BASE_URL: &'static str = "https://harvest.greenhouse.io";
///     const AUTH: Auth = Auth::Basic;
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
    /// The place of the API, without the path of any operation: `https://harvest.greenhouse.io`.
    const BASE_URL: &'static str;
    /// The way in which requests are authenticated.
    const AUTH: Auth;
    /// The policy of this version.
    const CONVENTIONS: &'static Conventions = &Conventions::DEFAULT;

    /// Makes the client from what all its calls share.
    #[must_use]
    fn from_core(core: Core) -> Self;

    /// What all calls of this client share.
    fn core(&self) -> &Core;
}
