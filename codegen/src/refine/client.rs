//! The client type: what a version says about itself to the runtime.

use quote::quote;
use syn::Item;

use super::{Error, items};
use crate::lower::{Api, Scheme};

pub(super) fn client(api: &Api) -> Result<Vec<Item>, Error> {
    let (title, base_url) = (&api.title, &api.base_url);
    let (scheme, what, argument) = match api.scheme {
        Scheme::Basic => (quote!(Basic), "an API key", quote!(api_key)),
        Scheme::Bearer => (quote!(Bearer), "an access token", quote!(access_token)),
    };
    let new = format!(
        " A client that authenticates with {what}, and is otherwise as [`Client::builder`] leaves it."
    );
    items(
        "the client",
        quote! {
            use harvest_runtime::{Api, ClientBuilder, Core, Error, Scheme};

            /// Makes the requests of this version. Cheap to clone; clones share connections.
            ///
            /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
            #[derive(Clone, Debug)]
            pub struct Client {
                pub(super) core: Core,
            }

            impl Client {
                #[doc = #new]
                ///
                /// # Errors
                ///
                /// If there is no credential, or it cannot be sent in a header.
                pub fn new(#argument: impl Into<String>) -> Result<Self, Error> {
                    Self::builder().credential(#argument).build()
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
                const NAME: &'static str = #title;
                const BASE_URL: &'static str = #base_url;
                const SCHEME: Scheme = Scheme::#scheme;

                fn from_core(core: Core) -> Self {
                    Self { core }
                }

                fn core(&self) -> &Core {
                    &self.core
                }
            }
        },
    )
}
