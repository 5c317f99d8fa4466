//! Operations: a method of the client that takes what is required, and a request builder for the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use heck::{ToPascalCase, ToShoutySnakeCase};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, ImplItemFn, Type, parse_quote};

use super::acting::BuilderParams;
use super::answer::Answer;
use super::formerly::Renamed;
use super::parameters::{self, ident};
use super::ready::Polling;
use super::selected::Selected;
use super::sends;
use super::split::{BuilderPart, argument};
use super::{Error, OperationCode, docs, items, paths};
use crate::lower::{OperationFacts, Pagination, Success};
use crate::markdown;

pub(super) fn refine(
    facts: OperationFacts,
    builders: &BTreeMap<String, BuilderPart>,
    names: &BTreeSet<String>,
    selected: &BTreeMap<String, Selected>,
) -> Result<OperationCode, Error> {
    let builder = super::name(&facts.id.to_pascal_case())?;
    let part = builders
        .get(&builder.to_string())
        .ok_or_else(|| Error::Missing(format!("builder {builder}")))?;
    let mut uses = BTreeSet::new();
    let mut arguments = Vec::new();
    let mut argument_names = Vec::new();
    let mut fill = Vec::new();
    let mut setters = Vec::new();
    let params = BuilderParams::of(&facts);
    for parameter in &facts.parameters {
        let ident = ident(&parameter.name)?;
        let ty = part
            .fields
            .get(&ident.to_string())
            .ok_or_else(|| Error::Missing(format!("field {ident} of {builder}")))?;
        let ty = &parameters::ty(parameter, ty);
        uses.extend(paths::uses(ty, names));
        if parameter.acting_user {
            setters.push(params.setter(parameter, &builder, &ident, ty));
        } else if parameter.required {
            let (argument, statement) = parameters::required(parameter, &ident, ty);
            arguments.push(argument);
            argument_names.push(ident);
            fill.push(statement);
        } else {
            setters.push(parameters::setter(parameter, &ident, ty));
        }
    }
    if let Some(body) = &facts.body {
        let name = super::name(&body.schema.to_pascal_case())?;
        if body.empty {
            fill.push(quote!(request.json(&harvest_runtime::model::EMPTY);));
        } else if let Some(selected) = selected.get(&name.to_string()) {
            let is_taken =
                selected.argument == "request" || argument_names.contains(&selected.argument);
            let argument = if is_taken {
                format_ident!("body")
            } else {
                selected.argument.clone()
            };
            let selector = super::name(&selected.selector)?;
            uses.extend([name.to_string(), selector.to_string()]);
            arguments.push(quote!(#argument: impl Into<types::#selector>));
            argument_names.push(argument.clone());
            fill.push(if selected.is_wrapped {
                quote!(request.json(&types::#name::new(#argument));)
            } else {
                quote!(request.json(&#argument.into());)
            });
        } else {
            uses.insert(name.to_string());
            arguments.push(quote!(body: &types::#name));
            argument_names.push(format_ident!("body"));
            fill.push(quote!(request.json(body);));
        }
    }
    let mut answers = paths::uses(&part.success, names);
    let mut extra = TokenStream::new();
    let success = paths::take_nulls_in(&part.success);
    let (success, decode) = answer(&facts, &success, &builder, &mut extra, &mut answers)?;
    let polling = Polling::of(&facts, builders)?;
    answers.extend(polling.uses(names));
    uses.extend(answers.iter().cloned());
    let record = argument(&part.success, "Vec").filter(|_| facts.pagination != Pagination::None);
    let answer = Answer {
        success,
        decode,
        record: record.cloned(),
    };
    let sends = sends::impls(&builder, params, &answer, &polling);

    let id = super::name(&facts.id)?;
    let constant = super::name(&facts.id.to_shouty_snake_case())?;
    let docs = docs::lines(&words(&facts));
    let deprecated = deprecated(&facts);
    let allow = facts.deprecated.then(|| quote!(#[allow(deprecated)]));
    let mutable = (!fill.is_empty()).then(|| quote!(mut));
    let (generics, defaults, marked) = params.generics();
    let alias = docs::alias(&facts.path);
    let method: ImplItemFn = parse_quote! {
        #docs
        #alias
        #deprecated
        pub fn #id(&self, #(#arguments),*) -> #builder #generics {
            let #mutable request = self.core.request(&operations::#constant);
            #(#fill)*
            #builder { request, state: PhantomData }
        }
    };
    let link = docs::lines(&format!(
        "A request that [`Client::{id}`] makes, {}.{}",
        markdown::code(&format!("{} {}", facts.method, facts.path)),
        params.words()
    ));
    let renamed = Renamed {
        facts: &facts,
        method: &method,
        arguments: &argument_names,
        builder: &builder,
    };
    let (aliases, types) = renamed.aliases(params)?;
    let methods = std::iter::once(method.clone()).chain(aliases).collect();
    let items = items(
        &facts.id,
        quote! {
            #extra
            #types
            #link
            #allow
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder #defaults {
                request: harvest_runtime::Request,
                state: PhantomData<#marked>,
            }
            impl #generics #builder #generics {
                #(#setters)*
                /// Time limits, retries and pacing of this call, in place of the client's own.
                pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
                    self.request.set_options(options);
                    self
                }
            }
            #sends
        },
    )?;
    Ok(OperationCode {
        facts,
        methods,
        items,
        uses,
        answers,
    })
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
            arms.push(
                quote!(#(#patterns)|* => harvest_runtime::decode::json(status,
                body).map(Self::#variant)),
            );
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

/// The request that an operation is, and the permission that it needs, as items of a list.
pub(super) fn needs(facts: &OperationFacts, request: &str) -> String {
    let mut text = format!("- Request: {request}");
    let documented = facts.documented_permission.as_deref();
    let documented = documented.map_or_else(String::new, |name| {
        format!(" (in the documentation: {})", markdown::code(name))
    });
    let permission = markdown::code(&facts.permission);
    let _ = match facts.permission.as_str() {
        "" => Ok(()),
        _ if facts.is_scope => write!(text, "\n- Scope that the token needs: {permission}"),
        _ => write!(
            text,
            "\n- Permission that the key needs: {permission}{documented}"
        ),
    };
    text
}

fn words(facts: &OperationFacts) -> String {
    let mut text = format!("{}\n\n", docs::headline(&facts.summary));
    if !facts.description.trim().is_empty() {
        let _ = write!(text, "{}\n\n", markdown::prose(facts.description.trim()));
    }
    let request = markdown::code(&format!("{} {}", facts.method, facts.path));
    let _ = writeln!(text, "{}", needs(facts, &request));
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
