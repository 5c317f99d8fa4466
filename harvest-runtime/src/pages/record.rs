//! Records, as functions over lists need them.

use serde::de::DeserializeOwned;

use crate::Identity;

/// A record of a list: it decodes from JSON, and has an [`Identity`].
///
/// It is the one bound that functions over lists need. It is implemented for every type that fits; a type of your own
/// needs `Deserialize` and [`Identity`].
///
/// ```
/// use harvest_runtime::{Error, Pages, Record};
///
/// async fn sync<T: Record>(mut pages: Pages<T>, mut store: impl FnMut(T)) -> Result<(), Error> {
///     while let Some(page) = pages.next().await {
///         page?.into_value().into_iter().for_each(&mut store);
///     }
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a record of a list",
    note = "a record implements `serde::de::DeserializeOwned` and `harvest_runtime::Identity`, and \
            is `Send + 'static`"
)]
pub trait Record: DeserializeOwned + Identity + Send + 'static {}

impl<T: DeserializeOwned + Identity + Send + 'static> Record for T {}
