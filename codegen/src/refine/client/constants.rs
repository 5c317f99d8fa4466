//! The constants by which a client describes its API to the runtime.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::conventions::{Environment, Jobs, RateWindow, Runtime};
use crate::lower::{Api, Scheme};

/// The limit of a token service that the description does not state.
const TOKEN_LIMIT: RateWindow = RateWindow {
    requests: 60,
    seconds: 60,
    aligned: false,
};

/// How many fields the conventions of the runtime have.
const FIELDS: usize = 10;

pub(super) struct Constants {
    /// More names of the runtime that they use.
    pub(super) imports: TokenStream,
    /// The way of authentication.
    pub(super) auth: TokenStream,
    /// The constant of the conventions, unless they are the default.
    pub(super) conventions: TokenStream,
}

/// `acting_user_header` is the header that names the acting user, if one does.
pub(super) fn of(api: &Api, acting_user_header: Option<&str>) -> Constants {
    let known = &api.conventions;
    let conventions = conventions(known, acting_user_header);
    let is_oauth = matches!(api.scheme, Scheme::OAuth { .. });
    let mut imports = TokenStream::new();
    if !conventions.is_empty() {
        imports.extend(quote!(, Conventions));
    }
    if known.environment != Environment::default() {
        imports.extend(quote!(, Environment));
    }
    if known.jobs.is_some() {
        imports.extend(quote!(, BulkJobs));
    }
    if is_oauth {
        imports.extend(quote!(, TokenService));
    }
    if is_oauth || known.limit.is_some() {
        imports.extend(quote!(, RateWindow));
    }
    Constants {
        imports,
        auth: auth(api),
        conventions,
    }
}

fn auth(api: &Api) -> TokenStream {
    match &api.scheme {
        Scheme::Basic => quote!(Auth::Basic),
        Scheme::Bearer => quote!(Auth::Bearer),
        Scheme::OAuth {
            token_url,
            authorization_url,
        } => {
            let authorization_url = optional(authorization_url.as_ref());
            let limit = window(api.conventions.token_limit.unwrap_or(TOKEN_LIMIT));
            quote! {
                Auth::OAuth(TokenService {
                    token_url: #token_url,
                    authorization_url: #authorization_url,
                    limit: #limit,
                })
            }
        }
    }
}

fn conventions(known: &Runtime, acting_user_header: Option<&str>) -> TokenStream {
    let environment = &known.environment;
    let variables = [
        ("credential", &environment.credential),
        ("client_id", &environment.client_id),
        ("client_secret", &environment.client_secret),
        ("acting_user", &environment.acting_user),
        ("base_url", &environment.base_url),
        ("token_url", &environment.token_url),
    ];
    let variables = variables.into_iter().map(|(field, name)| {
        let field = quote::format_ident!("{field}");
        let name = optional(name.as_ref());
        quote!(#field: #name)
    });
    let mut fields = Vec::new();
    if *environment != Environment::default() {
        fields.push(quote!(environment: Environment { #(#variables),* }));
    }
    if let Some(header) = acting_user_header {
        fields.push(quote!(acting_user_header: Some(#header)));
    }
    if let Some(limit) = known.limit {
        let limit = window(limit);
        fields.push(quote!(limit: #limit));
    }
    let texts = [
        ("credential_name", &known.credential_name),
        ("credential_hint", &known.credential_hint),
        ("permission_name", &known.permission_name),
        ("permission_hint", &known.permission_hint),
    ];
    fields.extend(texts.into_iter().filter_map(|(field, text)| {
        let field = quote::format_ident!("{field}");
        let text = text.as_ref()?;
        Some(quote!(#field: #text))
    }));
    let rows = known.missing_permission.iter();
    let rows = rows.map(|words| quote!(&[#(#words),*]));
    let words = &known.unknown_parameter;
    if !known.missing_permission.is_empty() {
        fields.push(quote!(missing_permission: &[#(#rows),*]));
    }
    if !words.is_empty() {
        fields.push(quote!(unknown_parameter: &[#(#words),*]));
    }
    if let Some(known) = &known.jobs {
        let known = jobs(known);
        fields.push(quote!(jobs: Some(&#known)));
    }
    if fields.is_empty() {
        return TokenStream::new();
    }
    let rest = (fields.len() < FIELDS).then(|| quote!(..Conventions::DEFAULT));
    quote! {
        const CONVENTIONS: &'static Conventions = &Conventions {
            #(#fields,)*
            #rest
        };
    }
}

fn jobs(known: &Jobs) -> TokenStream {
    let Jobs {
        rows,
        succeeded,
        failed,
        succeeded_count,
        failed_count,
        bytes,
        active,
        look_up,
    } = known;
    let succeeded_count = optional(succeeded_count.as_ref());
    let failed_count = optional(failed_count.as_ref());
    quote! {
        BulkJobs {
            rows: #rows,
            succeeded: #succeeded,
            failed: #failed,
            succeeded_count: #succeeded_count,
            failed_count: #failed_count,
            bytes: #bytes,
            active: #active,
            look_up: #look_up,
        }
    }
}

fn optional(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn window(limit: RateWindow) -> TokenStream {
    let RateWindow {
        requests,
        seconds,
        aligned,
    } = limit;
    quote! {
        RateWindow {
            requests: #requests,
            window: std::time::Duration::from_secs(#seconds),
            aligned: #aligned,
        }
    }
}
