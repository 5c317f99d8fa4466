//! Operations: a method of the client that takes what is required, and a request builder for the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, Type, parse_quote};

use super::split::{BuilderPart, argument};
use super::{Error, OperationCode, docs, items, paths};
use crate::lower::{Location, OperationFacts, Pagination, Parameter, Style, Success};

pub(super) fn refine(
    facts: OperationFacts,
    builders: &BTreeMap<String, BuilderPart>,
    names: &BTreeSet<String>,
) -> Result<OperationCode, Error> {
    let builder = super::name(&facts.id.to_pascal_case())?;
    let part = builders
        .get(&builder.to_string())
        .ok_or_else(|| Error::Missing(format!("builder {builder}")))?;
    let mut uses = BTreeSet::new();
    let mut arguments = Vec::new();
    let mut fill = Vec::new();
    let mut setters = Vec::new();
    for parameter in &facts.parameters {
        let ident = ident(&parameter.name)?;
        let ty = part
            .fields
            .get(&ident.to_string())
            .ok_or_else(|| Error::Missing(format!("field {ident} of {builder}")))?;
        uses.extend(paths::uses(ty, names));
        if parameter.acting_user {
            let name = &parameter.name;
            fill.push(quote!(request.acting_user(#name, None);));
            setters.push(acting_user(parameter, &ident, ty));
        } else if parameter.required {
            let (argument, statement) = required(parameter, &ident, ty);
            arguments.push(argument);
            fill.push(statement);
        } else {
            setters.push(setter(parameter, &ident, ty));
        }
    }
    if let Some(body) = &facts.body {
        let name = super::name(&body.schema.to_pascal_case())?;
        if body.empty {
            fill.push(quote!(request.json(&harvest_runtime::model::EMPTY);));
        } else {
            uses.insert(name.to_string());
            arguments.push(quote!(body: &types::#name));
            fill.push(quote!(request.json(body);));
        }
    }
    let mut answers = paths::uses(&part.success, names);
    let mut extra = TokenStream::new();
    let (success, decode) = answer(&facts, &part.success, &builder, &mut extra, &mut answers)?;
    uses.extend(answers.iter().cloned());
    let paging = paging(&facts, &part.success);

    let id = super::name(&facts.id)?;
    let constant = super::name(&facts.id.to_shouty_snake_case())?;
    let docs = docs::lines(&words(&facts));
    let deprecated = deprecated(&facts);
    let allow = facts.deprecated.then(|| quote!(#[allow(deprecated)]));
    let mutable = (!fill.is_empty()).then(|| quote!(mut));
    let method = parse_quote! {
        #docs
        #deprecated
        pub fn #id(&self, #(#arguments),*) -> #builder {
            let #mutable request = self.core.request(&operations::#constant);
            #(#fill)*
            #builder { request }
        }
    };
    let link = docs::lines(&format!(
        "A request that [`Client::{id}`] makes, `{} {}`.",
        facts.method, facts.path
    ));
    let items = items(
        &facts.id,
        quote! {
            #extra
            #link
            #allow
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder {
                request: harvest_runtime::Request,
            }
            impl #builder {
                #(#setters)*
                /// Time limits, retries and pacing of this call, in place of the client's own.
                pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
                    self.request.set_options(options);
                    self
                }
                /// Sends the request.
                pub async fn send(self) -> Result<harvest_runtime::Response<#success>, harvest_runtime::Error> {
                    self.request.send(#decode).await
                }
                #paging
            }
        },
    )?;
    Ok(OperationCode {
        facts,
        method,
        items,
        uses,
        answers,
    })
}

/// The name that progenitor gives a field for a parameter.
fn ident(parameter: &str) -> Result<Ident, Error> {
    let snake = parameter.to_snake_case();
    // `gen` is a keyword since the edition of 2024, which `syn` does not go by.
    if snake != "gen"
        && let Ok(ident) = syn::parse_str(&snake)
    {
        return Ok(ident);
    }
    super::name(&format!("{snake}_"))
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
fn required(parameter: &Parameter, ident: &Ident, ty: &Type) -> (TokenStream, TokenStream) {
    let name = &parameter.name;
    let argument = if let Some(item) = argument(ty, "Vec") {
        quote!(#ident: &[#item])
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
        (Location::Query, Style::Scalar) => query(parameter, &quote!(request), &value),
        (Location::Query, style) => list(style, name, &quote!(request), &quote!(#ident)),
    };
    (argument, statement)
}

fn argument_is_into(ty: &Type) -> bool {
    argument(ty, "Vec").is_none() && !is(ty, "String") && !is_copy(ty)
}

/// An optional parameter: a method of the builder.
fn setter(parameter: &Parameter, ident: &Ident, ty: &Type) -> TokenStream {
    let name = &parameter.name;
    let docs = docs::lines(&setter_words(parameter));
    let request = quote!(self.request);
    let bounded = bounds(parameter).is_some();
    let (argument, statement) = if let Some(item) = argument(ty, "Vec") {
        (
            quote!(values: &[#item]),
            list(parameter.style, name, &request, &quote!(values)),
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
    let mut text = docs::prose(&parameter.description);
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
    if let Style::Commas(Some(most)) = parameter.style {
        let _ = write!(
            text,
            "\n\nOne to {most} values; anything else is an error before it is sent."
        );
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
    } else {
        quote!(#request.query(#name, #value);)
    }
}

fn list(style: Style, name: &str, request: &TokenStream, values: &TokenStream) -> TokenStream {
    match style {
        Style::Commas(Some(most)) => {
            let most = Literal::usize_unsuffixed(most);
            quote!(#request.query_csv(#name, #values, Some(#most));)
        }
        Style::Commas(None) => quote!(#request.query_csv(#name, #values, None);),
        _ => quote!(#request.query_repeat(#name, #values);),
    }
}

fn acting_user(parameter: &Parameter, ident: &Ident, ty: &Type) -> TokenStream {
    let name = &parameter.name;
    let docs = docs::lines(&if parameter.required {
        format!(
            "{}\n\nIn place of the client's own acting user; without either, sending is an error.",
            docs::prose(&parameter.description)
        )
    } else {
        format!(
            "{}\n\nThe client's own acting user is not sent along.",
            docs::prose(&parameter.description)
        )
    });
    quote! {
        #docs
        pub fn #ident(mut self, user: #ty) -> Self {
            self.request.acting_user(#name, Some(user.into()));
            self
        }
    }
}

/// What `send` returns, and the function that reads it.
fn answer(
    facts: &OperationFacts,
    success: &Type,
    builder: &Ident,
    extra: &mut TokenStream,
    uses: &mut BTreeSet<String>,
) -> Result<(TokenStream, TokenStream), Error> {
    Ok(match &facts.success {
        Success::Empty => (quote!(()), quote!(harvest_runtime::decode::empty)),
        Success::Json => (quote!(#success), quote!(harvest_runtime::decode::json)),
        Success::Optional => (
            quote!(Option<#success>),
            quote!(harvest_runtime::decode::optional),
        ),
        Success::ByStatus(answers) => {
            let name = format_ident!("{builder}Answer");
            *extra = by_status(&name, answers, uses)?;
            (quote!(#name), quote!(#name::decode))
        }
    })
}

/// An enumeration of what an operation answers, by status.
fn by_status(
    name: &Ident,
    answers: &[(u16, Option<String>)],
    uses: &mut BTreeSet<String>,
) -> Result<TokenStream, Error> {
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    let mut kinds: Vec<Option<&String>> = Vec::new();
    for (_, schema) in answers {
        if !kinds.contains(&schema.as_ref()) {
            kinds.push(schema.as_ref());
        }
    }
    for kind in kinds {
        let statuses: Vec<u16> = answers
            .iter()
            .filter(|(_, s)| s.as_ref() == kind)
            .map(|(c, _)| *c)
            .collect();
        let listed = statuses
            .iter()
            .map(u16::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        let docs = docs::lines(&format!("Status {listed}."));
        let patterns: Vec<_> = statuses
            .iter()
            .map(|s| Literal::u16_unsuffixed(*s))
            .collect();
        if let Some(schema) = kind {
            let variant = super::name(&schema.to_pascal_case())?;
            uses.insert(variant.to_string());
            variants.push(quote!(#docs #variant(types::#variant)));
            arms.push(quote!(#(#patterns)|* => harvest_runtime::decode::json(status, body).map(Self::#variant)));
        } else {
            variants.push(quote!(#docs Empty));
            arms.push(quote!(#(#patterns)|* => Ok(Self::Empty)));
        }
    }
    let docs = docs::lines("What the operation answers, by status.");
    let other = docs::lines("A success that the description does not have.");
    Ok(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #other
            Other(harvest_runtime::UnknownValue),
        }
        impl #name {
            fn decode(
                status: harvest_runtime::StatusCode,
                body: &[u8],
            ) -> Result<Self, harvest_runtime::DecodeError> {
                match status.as_u16() {
                    #(#arms,)*
                    _ => harvest_runtime::decode::unknown(status, body).map(Self::Other),
                }
            }
        }
    })
}

/// `pages` and `items` of a paged list.
fn paging(facts: &OperationFacts, success: &Type) -> TokenStream {
    if facts.pagination == Pagination::None {
        return TokenStream::new();
    }
    let Some(item) = argument(success, "Vec") else {
        return TokenStream::new();
    };
    quote! {
        /// Sends the request, and one for each further page: a stream of whole pages.
        pub fn pages(self) -> harvest_runtime::Pages<#item> {
            self.request.pages()
        }
        /// Sends the request, and one for each further page: a stream of records.
        pub fn items(self) -> harvest_runtime::Items<#item> {
            self.request.items()
        }
    }
}

fn deprecated(facts: &OperationFacts) -> TokenStream {
    if !facts.deprecated {
        return TokenStream::new();
    }
    if let Some(other) = &facts.replaced_by {
        let note = format!("use `{other}`");
        quote!(#[deprecated(note = #note)])
    } else {
        quote!(#[deprecated])
    }
}

fn words(facts: &OperationFacts) -> String {
    let mut text = format!("{}.\n\n", docs::prose(facts.summary.trim_end_matches('.')));
    if !facts.description.trim().is_empty() {
        let _ = write!(text, "{}\n\n", docs::prose(facts.description.trim()));
    }
    let _ = writeln!(text, "- Request: `{} {}`", facts.method, facts.path);
    if !facts.permission.is_empty() {
        let _ = writeln!(
            text,
            "- Permission that the key needs: `{}`",
            facts.permission
        );
    }
    let _ = match facts.pagination {
        Pagination::None => Ok(()),
        Pagination::Offset => writeln!(
            text,
            "- Paged: by number, with the next, previous and last page in `Link`"
        ),
        Pagination::NextOnly => writeln!(text, "- Paged: with the next page in `Link`"),
        Pagination::Cursor => writeln!(text, "- Paged: by cursor, with the next page in `Link`"),
    };
    let list = |statuses: &[u16]| {
        statuses
            .iter()
            .map(u16::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let _ = writeln!(text, "- Success: {}", list(&facts.statuses));
    let _ = writeln!(text, "- Errors described: {}", list(&facts.errors));
    if let Some(other) = &facts.replaced_by {
        let _ = writeln!(text, "- Replaced by: `{other}`");
    }
    let _ = write!(text, "\n[Official documentation]({})", facts.documentation);
    text
}
