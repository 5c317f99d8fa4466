//! Sending of a request: as a future, and as a call that blocks.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::acting::BuilderParams;
use super::answer::Answer;
use super::ready::Polling;

/// The impls of a builder that send it, one a mode.
pub(super) fn impls(
    builder: &Ident,
    params: BuilderParams,
    answer: &Answer,
    polling: &Polling,
) -> TokenStream {
    let futures = futures(builder, params, answer, polling);
    let blocking = blocking(builder, params, answer, polling);
    quote!(#futures #blocking)
}

fn futures(
    builder: &Ident,
    params: BuilderParams,
    answer: &Answer,
    polling: &Polling,
) -> TokenStream {
    let Answer {
        success, decode, ..
    } = answer;
    let (own, arguments, bound) = params.sender(&quote!(harvest_runtime::Async));
    let waits = polling.futures(answer, &bound);
    let lists = answer.record.as_ref().map(|record| {
        quote! {
            /// Sends the request, and one for each further page: a stream of whole pages.
            pub fn pages(self) -> harvest_runtime::Pages<#record> #bound {
                self.request.pages()
            }
            /// Sends the request, and one for each further page: a stream of records.
            pub fn items(self) -> harvest_runtime::Items<#record> #bound {
                self.request.items()
            }
        }
    });
    quote! {
        impl #own #builder #arguments {
            /// Sends the request.
            pub fn send(self) -> harvest_runtime::Sending<#success> #bound {
                self.request.sending(#decode)
            }
            #waits
            #lists
        }

        /// `request.await` is `request.send().await`.
        impl #own IntoFuture for #builder #arguments #bound {
            type Output = Result<harvest_runtime::Response<#success>, harvest_runtime::Error>;
            type IntoFuture = harvest_runtime::Sending<#success>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    }
}

fn blocking(
    builder: &Ident,
    params: BuilderParams,
    answer: &Answer,
    polling: &Polling,
) -> TokenStream {
    let Answer {
        success, decode, ..
    } = answer;
    let (own, arguments, bound) = params.sender(&quote!(harvest_runtime::Blocking));
    let waits = polling.blocking(answer, &bound);
    let lists = answer.record.as_ref().map(|record| {
        quote! {
            /// Sends the request, and one for each further page: an iterator over whole pages.
            pub fn pages(self) -> harvest_runtime::blocking::Pages<#record> #bound {
                self.request.pages_blocking()
            }
            /// Sends the request, and one for each further page: an iterator over records.
            pub fn items(self) -> harvest_runtime::blocking::Items<#record> #bound {
                self.request.items_blocking()
            }
        }
    });
    quote! {
        #[cfg(feature = "blocking")]
        #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
        impl #own #builder #arguments {
            /// Sends the request, and waits for the answer.
            pub fn send(self) -> Result<harvest_runtime::Response<#success>, harvest_runtime::Error>
            #bound
            {
                self.request.send_blocking(#decode)
            }
            #waits
            #lists
        }
    }
}
