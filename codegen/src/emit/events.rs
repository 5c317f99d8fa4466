//! Modules of deliveries, which have events instead of a client.

use quote::quote;
use syn::Item;

use super::source::items;
use crate::refine::Events;

/// What is said of such a module in the files about the whole crate.
#[derive(Clone, Debug)]
pub(super) struct EventModule {
    /// The cargo feature with which it is compiled.
    pub feature: String,
    /// How many events there are.
    pub count: usize,
}

impl EventModule {
    pub(super) fn of(events: &Events) -> Self {
        Self {
            feature: events.feature.clone(),
            count: events.count,
        }
    }
}

/// The root of such a module.
pub(super) fn root() -> syn::Result<Vec<Item>> {
    items(quote! {
        mod event;
        pub mod types;
        pub use event::{Event, PROTOCOL};
    })
}

/// The features that only a crate with such a module has.
pub(super) const FEATURES: &str = r#"## Verified deliveries as an extractor of axum
axum = ["harvest-runtime/axum"]
"#;
