//! Parameters: those that are required are arguments of the client's method, the others methods of the builder.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Ident, Type, parse_quote};

use super::split::argument;
use super::{Error, docs};
use crate::lower::{Bounds, Location, Parameter, Style};
use crate::{markdown, names};

/// The name that progenitor gives a field for a parameter.
pub(super) fn ident(parameter: &str) -> Result<Ident, Error> {
    super::name(&names::field(parameter))
}

/// The type of a parameter, where progenitor chose `chosen` for it.
pub(super) fn ty(parameter: &Parameter, chosen: &Type) -> Type {
    match parameter.style {
        Style::Range(Bounds::Times) => parse_quote!(harvest_runtime::TimeRange),
        Style::Range(Bounds::Days) => parse_quote!(harvest_runtime::DateRange),
        Style::Scalar | Style::Commas(_) | Style::Repeated => chosen.clone(),
    }
}

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(p) if p.path.is_ident(name))
}

fn is_copy(ty: &Type) -> bool {
    ["bool", "i32", "i64", "u32", "u64", "f64", "f32"]
        .iter()
        .any(|name| is(ty, name))
}

/// A required parameter: an argument, and the statement that puts it into the request.
pub(super) fn required(
    parameter: &Parameter,
    ident: &Ident,
    ty: &Type,
) -> (TokenStream, TokenStream) {
    let name = &parameter.name;
    let argument = if let Some(item) = argument(ty, "Vec") {
        quote!(#ident: impl IntoIterator<Item = impl Into<#item>>)
    } else if is(ty, "String") {
        quote!(#ident: &str)
    } else if is_copy(ty) {
        quote!(#ident: #ty)
    } else {
        quote!(#ident: impl Into<#ty>)
    };
    let value = match (argument_is_into(ty), bounds(parameter)) {
        (true, None) => quote!(&#ident.into()),
        (true, Some(_)) => quote!(Into::<#ty>::into(#ident)),
        (false, None) => quote!(&#ident),
        (false, Some(_)) => quote!(#ident),
    };
    let statement = match (parameter.location, parameter.style) {
        (Location::Path, _) => quote!(request.path(#name, #value);),
        (Location::Header, _) => quote!(request.header(#name, #value);),
        (Location::Query, Style::Scalar | Style::Range(_)) => {
            query(parameter, &quote!(request), &value)
        }
        (Location::Query, _) => list(parameter, ty, &quote!(request), &quote!(#ident)),
    };
    (argument, statement)
}

fn argument_is_into(ty: &Type) -> bool {
    argument(ty, "Vec").is_none() && !is(ty, "String") && !is_copy(ty)
}

/// An optional parameter: a method of the builder.
pub(super) fn setter(parameter: &Parameter, ident: &Ident, ty: &Type) -> TokenStream {
    let name = &parameter.name;
    let docs = docs::lines(&setter_words(parameter));
    let request = quote!(self.request);
    let bounded = bounds(parameter).is_some();
    let (argument, statement) = if let Some(item) = argument(ty, "Vec") {
        (
            quote!(values: impl IntoIterator<Item = impl Into<#item>>),
            list(parameter, ty, &request, &quote!(values)),
        )
    } else {
        let (argument, value) = if is(ty, "String") {
            (quote!(value: &str), quote!(value))
        } else if is_copy(ty) {
            let value = if bounded {
                quote!(value)
            } else {
                quote!(&value)
            };
            (quote!(value: #ty), value)
        } else {
            let value = if bounded {
                quote!(Into::<#ty>::into(value))
            } else {
                quote!(&value.into())
            };
            (quote!(value: impl Into<#ty>), value)
        };
        let statement = match parameter.location {
            Location::Header => quote!(#request.header(#name, #value);),
            _ => query(parameter, &request, &value),
        };
        (argument, statement)
    };
    quote! {
        #docs
        pub fn #ident(mut self, #argument) -> Self {
            #statement
            self
        }
    }
}

/// The bounds that are checked before sending: those of the query.
fn bounds(parameter: &Parameter) -> Option<(i64, i64)> {
    parameter
        .bounds
        .filter(|_| parameter.location == Location::Query)
}

fn setter_words(parameter: &Parameter) -> String {
    let mut text = markdown::prose(&parameter.description);
    match bounds(parameter) {
        Some((i64::MIN, high)) => {
            let _ = write!(
                text,
                "\n\nAt most {high}; sending anything else is an error before it is sent."
            );
        }
        Some((low, i64::MAX)) => {
            let _ = write!(
                text,
                "\n\nAt least {low}; sending anything else is an error before it is sent."
            );
        }
        Some((low, high)) => {
            let _ = write!(
                text,
                "\n\nFrom {low} to {high}; anything else is an error before it is sent."
            );
        }
        None => {}
    }
    if parameter.alone {
        text.push_str("\n\nAny other parameter beside it is an error before it is sent.");
    }
    match parameter.style {
        Style::Commas(Some(most)) if parameter.split => {
            let _ = write!(
                text,
                "\n\nAt least one value. `items` and `pages` take any number and send a request \
                 for each {most};\n`send` takes no more than those. A value that comes twice is \
                 sent once."
            );
        }
        Style::Commas(Some(most)) => {
            let _ = write!(
                text,
                "\n\nOne to {most} values; anything else is an error before it is sent."
            );
        }
        _ => {}
    }
    text
}

fn query(parameter: &Parameter, request: &TokenStream, value: &TokenStream) -> TokenStream {
    let name = &parameter.name;
    if let Some((low, high)) = bounds(parameter) {
        let low = if low == i64::MIN {
            quote!(i64::MIN)
        } else {
            let low = Literal::i64_unsuffixed(low);
            quote!(#low)
        };
        let high = if high == i64::MAX {
            quote!(i64::MAX)
        } else {
            let high = Literal::i64_unsuffixed(high);
            quote!(#high)
        };
        quote!(#request.query_in(#name, #value, #low..=#high);)
    } else if parameter.alone {
        quote!(#request.query_alone(#name, #value);)
    } else if let Style::Range(_) = parameter.style {
        quote!(#request.query_range(#name, #value);)
    } else {
        quote!(#request.query(#name, #value);)
    }
}

/// The statement that puts a list of values into the request.
fn list(
    parameter: &Parameter,
    ty: &Type,
    request: &TokenStream,
    values: &TokenStream,
) -> TokenStream {
    let name = &parameter.name;
    let values = quote!(&harvest_runtime::__private::list::<#ty, _>(#values));
    match parameter.style {
        Style::Commas(Some(most)) if parameter.split => {
            let most = Literal::usize_unsuffixed(most);
            quote!(#request.query_split(#name, #values, #most);)
        }
        Style::Commas(Some(most)) => {
            let most = Literal::usize_unsuffixed(most);
            quote!(#request.query_csv(#name, #values, Some(#most));)
        }
        Style::Commas(None) => quote!(#request.query_csv(#name, #values, None);),
        _ => quote!(#request.query_repeat(#name, #values);),
    }
}
