//! The client type: what a version says about itself to the runtime.

mod constants;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Item, parse_quote};

use super::acting::ActingUser;
use super::{ClientCode, Error, items};
use crate::conventions::Environment;
use crate::lower::{Api, Scheme};

/// The client of a description. Some of its models may say where files are to be fetched.
pub(super) fn client(
    api: &Api,
    acting_user: Option<&ActingUser>,
    fetches: bool,
) -> Result<ClientCode, Error> {
    let header = acting_user.map(|user| user.header.as_str());
    let acting_user = acting_user.and_then(|user| user.needed.as_ref());
    let parameters = Parameters::of(acting_user);
    let mut items = type_and_impls(api, header, acting_user, &parameters)?;
    if acting_user.is_some() {
        items.extend(deref()?);
    }
    if fetches {
        items.extend(downloads(acting_user.is_some())?);
    }
    Ok(ClientCode {
        items,
        names: names(acting_user)?,
        methods: {
            let used = &parameters.used;
            parse_quote!(impl #used Client #used {})
        },
    })
}

/// The generic parameters of the client.
struct Parameters {
    /// As they are declared.
    declared: TokenStream,
    /// As they are used.
    used: TokenStream,
    /// As the type of the client's marker.
    marked: TokenStream,
    /// As they are for a new client.
    new: TokenStream,
}

impl Parameters {
    fn of(acting_user: Option<&Ident>) -> Self {
        if acting_user.is_some() {
            Self {
                declared: quote!(<A = NoActingUser, M = Async>),
                used: quote!(<A, M>),
                marked: quote!((A, M)),
                new: quote!(<NoActingUser, M>),
            }
        } else {
            Self {
                declared: quote!(<M = Async>),
                used: quote!(<M>),
                marked: quote!(M),
                new: quote!(<M>),
            }
        }
    }
}

fn type_and_impls(
    api: &Api,
    header: Option<&str>,
    acting_user: Option<&Ident>,
    parameters: &Parameters,
) -> Result<Vec<Item>, Error> {
    let (title, base_url) = (&api.title, &api.base_url);
    let constants::Constants {
        imports,
        auth,
        conventions,
    } = constants::of(api, header);
    let constructor = constructor(&api.scheme);
    let variables = variables(&api.conventions.environment);
    let Parameters {
        declared,
        used,
        marked,
        new,
    } = parameters;
    let markers = acting_user.map(|_| {
        quote!(
            use harvest_runtime::{WithActingUser, NoActingUser};
        )
    });
    let says = if acting_user.is_some() {
        quote! {
            /// `A` says whether it acts for a user ([`WithActingUser`]) or not ([`NoActingUser`]), and `M` how it makes calls.
        }
    } else {
        quote! {
            /// `M` says how it makes calls.
        }
    };
    let (acting, view, bound) = match acting_user {
        Some(name) => (acting(), view(name), has_acting_user(name)),
        None if matches!(api.scheme, Scheme::OAuth { .. }) => {
            (TokenStream::new(), subject(), TokenStream::new())
        }
        None => Default::default(),
    };
    items(
        "the client",
        quote! {
            use std::marker::PhantomData;
            #markers
            use harvest_runtime::{Api, Async, Auth, CallOptions, ClientBuilder, Core, Error, Method,
                RawRequest #imports};

            /// Makes the requests of this version. Cheap to clone; clones share connections and the pace.
            ///
            #says
            ///
            /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
            pub struct Client #declared {
                pub(super) core: Core,
                state: PhantomData<fn() -> #marked>,
            }

            impl<M> Client #new {
                #constructor

                /// A client as the environment says.
                ///
                #variables
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

                #acting
            }

            impl #used Client #used {
                fn of(core: Core) -> Self {
                    Self { core, state: PhantomData }
                }

                /// The same client with other time limits, retries and pace. What the options leave open is as before.
                #[must_use]
                pub fn with_options(&self, options: CallOptions) -> Self {
                    Self::of(self.core.with_options(options))
                }

                #view

                /// A request that this client has no method for, carried out as all others are. The path begins with
                /// `/`, from the root of the API; `{name}` in it can be filled.
                pub fn request(&self, method: Method, path: &str) -> RawRequest<M> {
                    RawRequest::in_mode(&self.core, method, path)
                }
            }

            impl<M> Api for Client #new {
                const NAME: &'static str = #title;
                const BASE_URL: &'static str = #base_url;
                const AUTH: Auth = #auth;
                #conventions

                fn from_core(core: Core) -> Self {
                    Self::of(core)
                }

                fn core(&self) -> &Core {
                    &self.core
                }
            }

            impl #used Clone for Client #used {
                fn clone(&self) -> Self {
                    Self::of(self.core.clone())
                }
            }

            /// Prints the host of the base URL, and nothing else that is set.
            impl #used std::fmt::Debug for Client #used {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.debug_struct("Client")
                        .field("core", &self.core)
                        .finish_non_exhaustive()
                }
            }

            #bound
        },
    )
}

/// The constructor that takes a credential and nothing else.
fn constructor(scheme: &Scheme) -> TokenStream {
    let takes = |what: &str| {
        let says = format!(
            " A client that authenticates with {what}, and is otherwise as [`Client::builder`] \
             leaves it."
        );
        quote! {
            #[doc = #says]
            ///
            /// # Errors
            ///
            /// If there is no credential, or it cannot be sent in a header.
        }
    };
    let (says, argument) = match scheme {
        Scheme::Basic => (takes("an API key"), quote!(api_key)),
        Scheme::Bearer => (takes("an access token"), quote!(access_token)),
        Scheme::OAuth { .. } => {
            let says = takes("the id and the secret of a client of the token service");
            return quote! {
                #says
                pub fn new(client_id: impl Into<String>,
                    client_secret: impl Into<String>) -> Result<Self, Error> {
                    Self::builder().client_credentials(client_id, client_secret).build()
                }
            };
        }
    };
    quote! {
        #says
        pub fn new(#argument: impl Into<String>) -> Result<Self, Error> {
            Self::builder().credential(#argument).build()
        }
    }
}

/// The table of the environment variables that are read.
fn variables(environment: &Environment) -> TokenStream {
    let rows = [
        (
            &environment.credential,
            "the [credential](ClientBuilder::credential)",
        ),
        (
            &environment.client_id,
            "the id of a [client](ClientBuilder::client_credentials) of the token service",
        ),
        (&environment.client_secret, "the secret of that client"),
        (
            &environment.acting_user,
            "the id of the [acting user](ClientBuilder::acting_user)",
        ),
        (
            &environment.base_url,
            "the [base URL](ClientBuilder::base_url)",
        ),
        (
            &environment.token_url,
            "the [URL of the token service](ClientBuilder::token_url)",
        ),
    ];
    let rows = rows.iter().filter_map(|(name, what)| {
        let row = format!(" | `{}` | {what} |", name.as_ref()?);
        Some(quote!(#[doc = #row]))
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return quote!(
            /// The description names no variables.
            ///
        );
    }
    quote! {
        /// | variable | is |
        /// | --- | --- |
        #(#rows)*
        ///
        /// Any may be missing or empty, which is the same.
        ///
    }
}

/// A client that acts is a client: where `&Client` is asked for, `&ActingClient` can be passed.
fn deref() -> Result<Vec<Item>, Error> {
    items(
        "the view of an acting client",
        quote! {
            /// What asks for a client that need not act takes one that does.
            impl<M: 'static> std::ops::Deref for Client<WithActingUser, M> {
                type Target = Client<NoActingUser, M>;

                fn deref(&self) -> &Self::Target {
                    self.core.view(Client::of)
                }
            }
        },
    )
}

/// Fetching a file, in both modes. It needs no acting user.
fn downloads(acting: bool) -> Result<Vec<Item>, Error> {
    let (declared, futures, blocking) = if acting {
        (
            quote!(<A>),
            quote!(<A, Async>),
            quote!(<A, harvest_runtime::Blocking>),
        )
    } else {
        (
            TokenStream::new(),
            quote!(<Async>),
            quote!(<harvest_runtime::Blocking>),
        )
    };
    items(
        "the downloads of the client",
        quote! {
            impl #declared Client #futures {
                /// A file that a record names by a signed URL, or that URL itself. Nothing is sent before it has a destination, and
                /// then no credential.
                ///
                /// See [`Download`](harvest_runtime::attachment::Download): how large it may be, and what becomes of a link that
                /// has expired.
                pub fn download<'a>(
                    &self,
                    file: &(impl harvest_runtime::attachment::SignedFile + ?Sized),
                ) -> harvest_runtime::attachment::Download<'a> {
                    self.core.download(file)
                }
            }

            #[cfg(feature = "blocking")]
            #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
            impl #declared Client #blocking {
                /// A file that a record names by a signed URL, or that URL itself. Nothing is sent before it has a destination, and
                /// then no credential.
                ///
                /// See [`Download`](harvest_runtime::blocking::Download): how large it may be, and what becomes of a link that
                /// has expired.
                pub fn download<'a>(
                    &self,
                    file: &(impl harvest_runtime::attachment::SignedFile + ?Sized),
                ) -> harvest_runtime::blocking::Download<'a> {
                    self.core.download_blocking(file)
                }
            }
        },
    )
}

/// The view for the acting user that the client was set up with.
fn acting() -> TokenStream {
    quote! {
        /// The same client acting for the user that it was set up with, by [`ClientBuilder::acting_user`] or the
        /// environment: it can make changes, which need an acting user. Reads are as before.
        ///
        /// # Errors
        ///
        /// [`Error::is_configuration`] if it was set up with none.
        pub fn acting(&self) -> Result<Client<WithActingUser, M>, Error> {
            self.core.require_acting_user()?;
            Ok(Client::of(self.core.clone()))
        }
    }
}

/// The view for any user.
fn view(name: &Ident) -> TokenStream {
    let method = format_ident!("with_{name}");
    quote! {
        /// The same client acting for `user`: it can make changes, which need an acting user. Reads are as
        /// before. As cheap as a clone.
        #[must_use]
        pub fn #method(&self, user: impl Into<i64>) -> Client<WithActingUser, M> {
            Client::of(self.core.with_acting_user(user.into()))
        }
    }
}

/// The view for any user, where a token names the user for whom it acts.
fn subject() -> TokenStream {
    quote! {
        /// The same client acting for `user`, who is the subject of its tokens. As cheap as a clone; the token of the
        /// user is fetched for the first call, once for all copies of the client. Without it the user of the
        /// integration acts.
        #[must_use]
        pub fn with_acting_user(&self, user: impl Into<i64>) -> Self {
            Self::of(self.core.with_acting_user(user.into()))
        }
    }
}

/// What a request that needs an acting user asks of its type. It is here because its words are those of the
/// description, and because no other crate can then implement it for the types of the runtime.
fn has_acting_user(name: &Ident) -> TokenStream {
    let note = format!(
        "name one for this request with `.{name}(user)`, or make the request on a client that \
         acts: `client.with_{name}(user)`, or `client.acting()?` if the client was set up with one"
    );
    quote! {
        /// A request with an acting user: what makes a change can only be sent where this holds.
        #[diagnostic::on_unimplemented(
            message = "this request makes a change, and has no acting user",
            label = "cannot be sent without an acting user",
            note = #note
        )]
        pub trait HasActingUser: Send + Sync + 'static {}

        impl HasActingUser for WithActingUser {}
    }
}

/// A client a mode.
fn names(acting_user: Option<&Ident>) -> Result<Vec<Item>, Error> {
    let code = if acting_user.is_some() {
        quote! {
            /// The client whose calls are futures. It has no acting user, unless its type says so: see [`ActingClient`].
            pub type Client<A = harvest_runtime::NoActingUser> = client::Client<A,
            harvest_runtime::Async>;
            /// A client that acts for a user, and so can make changes.
            pub type ActingClient = Client<harvest_runtime::WithActingUser>;
            /// The client whose calls block the thread: see [`harvest_runtime::blocking`].
            #[cfg(feature = "blocking")]
            #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
            pub mod blocking {
                /// The client whose calls block. It has no acting user, unless its type says so: see [`ActingClient`].
                pub type Client<A = harvest_runtime::NoActingUser> = super::client::Client<A,
                harvest_runtime::Blocking>;
                /// A client that acts for a user, and so can make changes.
                pub type ActingClient = Client<harvest_runtime::WithActingUser>;
            }
        }
    } else {
        quote! {
            /// The client whose calls are futures.
            pub type Client = client::Client<harvest_runtime::Async>;
            /// The client whose calls block the thread: see [`harvest_runtime::blocking`].
            #[cfg(feature = "blocking")]
            #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
            pub mod blocking {
                /// The client whose calls block.
                pub type Client = super::client::Client<harvest_runtime::Blocking>;
            }
        }
    };
    items("the names of the client", code)
}
