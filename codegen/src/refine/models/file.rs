//! Models that hold a file: made from one that is to be sent, or telling where one is to be fetched.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::property::{FieldEncoding, Property};
use crate::lower::File;
use crate::refine::Error;

/// What the runtime needs of a model that holds a file.
pub(super) fn file(
    name: &Ident,
    file: &File,
    properties: &[Property<'_>],
) -> Result<TokenStream, Error> {
    let property = |wire: &str| {
        properties
            .iter()
            .find(|property| property.wire == wire)
            .ok_or_else(|| Error::Missing(format!("field for {name}.{wire}")))
    };
    let (filename, url) = (property(&file.name)?, property(&file.url)?);
    match &file.content {
        Some(content) => {
            let content_type = file.content_type.as_deref();
            let content_type = content_type.map(property).transpose()?;
            let content = property(content)?;
            Ok(sent(name, filename, url, content, content_type, properties))
        }
        None => Ok(fetched(name, &filename.ident, &url.ident)),
    }
}

/// `from_upload`: with the file, and what is required besides.
fn sent(
    name: &Ident,
    filename: &Property<'_>,
    url: &Property<'_>,
    content: &Property<'_>,
    content_type: Option<&Property<'_>>,
    properties: &[Property<'_>],
) -> TokenStream {
    let others: Vec<_> = properties
        .iter()
        .filter(|p| {
            matches!(p.slot, FieldEncoding::Plain | FieldEncoding::Null) && p.wire != filename.wire
        })
        .collect();
    let idents: Vec<_> = others.iter().map(|p| &p.ident).collect();
    let types = others.iter().map(|p| p.ty());
    let (filename, url, content) = (&filename.ident, &url.ident, &content.ident);
    let Some(content_type) = content_type else {
        return quote! {
            impl #name {
                /// With a file, or the URL of one, and what is required besides. It is of the type that its name says.
                pub fn from_upload(
                    upload: harvest_runtime::attachment::Upload,
                    #(#idents: impl Into<#types>),*
                ) -> Self {
                    let file = upload.into_untyped_parts();
                    Self {
                        #filename: file.filename,
                        #content: file.content,
                        #url: file.url,
                        #(#idents: #idents.into(),)*
                        ..Default::default()
                    }
                }
            }
        };
    };
    let (kinds, content_type) = (&content_type.inner, &content_type.ident);
    quote! {
        impl #name {
            /// With a file, or the URL of one, and what is required besides.
            ///
            /// # Errors
            ///
            /// [`Error::is_upload`](harvest_runtime::Error::is_upload), naming the content types that the service takes,
            /// if the file has none of them.
            pub fn from_upload(
                upload: harvest_runtime::attachment::Upload,
                #(#idents: impl Into<#types>),*
            ) -> Result<Self, harvest_runtime::Error> {
                let file = upload.into_parts(#kinds::VALUES)?;
                Ok(Self {
                    #filename: file.filename,
                    #content: file.content,
                    #url: file.url,
                    #content_type: file.content_type.map(Into::into),
                    #(#idents: #idents.into(),)*
                    ..Default::default()
                })
            }
        }
    }
}

fn fetched(name: &Ident, filename: &Ident, url: &Ident) -> TokenStream {
    quote! {
        impl harvest_runtime::attachment::SignedFile for #name {
            fn url(&self) -> Option<&str> {
                self.#url.as_deref()
            }
            fn filename(&self) -> Option<&str> {
                self.#filename.as_deref()
            }
        }
    }
}
