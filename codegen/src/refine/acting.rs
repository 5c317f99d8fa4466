//! The acting user as a type parameter: a request that needs one cannot be sent without.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type};

use super::{Error, OperationCode, docs, parameters};
use crate::lower::{OperationFacts, Parameter};
use crate::markdown;

/// What the type of a request builder says.
#[derive(Clone, Copy)]
pub(super) enum BuilderParams {
    /// How it is sent.
    Mode,
    /// Whether there is an acting user, and how it is sent.
    ActorAndMode,
}

impl BuilderParams {
    pub(super) fn of(facts: &OperationFacts) -> Self {
        if needs_acting_user(facts) {
            Self::ActorAndMode
        } else {
            Self::Mode
        }
    }

    /// The generic parameters of the builder: as they are used, as they are declared, and as the type of the marker.
    pub(super) fn generics(self) -> (TokenStream, TokenStream, TokenStream) {
        match self {
            Self::Mode => (quote!(<M>), quote!(<M = harvest_runtime::Async>), quote!(M)),
            Self::ActorAndMode => (
                quote!(<A, M>),
                quote!(<A = harvest_runtime::NoActingUser, M = harvest_runtime::Async>),
                quote!((A, M)),
            ),
        }
    }

    /// Of what sends a request in a mode: the generic parameters, the builder's arguments, and what has to hold. The
    /// bound is one of the methods, not of the impl: only then the compiler says in our words what is missing.
    pub(super) fn sender(self, mode: &TokenStream) -> (TokenStream, TokenStream, TokenStream) {
        match self {
            Self::Mode => (TokenStream::new(), quote!(<#mode>), TokenStream::new()),
            Self::ActorAndMode => (
                quote!(<A>),
                quote!(<A, #mode>),
                quote!(where A: HasActingUser),
            ),
        }
    }

    /// What is said about it in the documentation of the builder.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Mode => "",
            Self::ActorAndMode => " It can be sent once it has an acting user.",
        }
    }

    /// The method of the builder that names the acting user.
    pub(super) fn setter(
        self,
        parameter: &Parameter,
        builder: &Ident,
        ident: &Ident,
        ty: &Type,
    ) -> TokenStream {
        let prose = markdown::prose(&parameter.description);
        let (more, returned, result) = match self {
            Self::Mode => (
                "The client's own acting user is not sent along.",
                quote!(Self),
                quote!(self),
            ),
            Self::ActorAndMode => (
                "In place of the client's own acting user, if it has one.",
                quote!(#builder<harvest_runtime::WithActingUser, M>),
                quote!(#builder { request: self.request, state: PhantomData }),
            ),
        };
        let docs = docs::lines(&format!("{prose}\n\n{more}"));
        quote! {
            #docs
            pub fn #ident(mut self, user: impl Into<#ty>) -> #returned {
                let user: #ty = user.into();
                self.request.acting_user(user.into());
                #result
            }
        }
    }
}

/// Whether an operation cannot be called without an acting user.
pub(crate) fn needs_acting_user(facts: &OperationFacts) -> bool {
    facts.parameters.iter().any(|p| p.acting_user && p.required)
}

/// The acting user of a description whose operations name them in a header.
pub(super) struct ActingUser {
    /// The header.
    pub header: String,
    /// The parameter, in Rust, if any operation needs one: the client then has a type parameter for it.
    pub needed: Option<Ident>,
}

/// The acting user of a description, if any of its operations names them in a header.
///
/// # Errors
///
/// If operations call it differently: the client has one method for all of them.
pub(super) fn acting_user(operations: &[OperationCode]) -> Result<Option<ActingUser>, Error> {
    let mut names = operations
        .iter()
        .flat_map(|operation| &operation.facts.parameters)
        .filter(|parameter| parameter.acting_user)
        .map(|parameter| &parameter.name);
    let Some(first) = names.next() else {
        return Ok(None);
    };
    if let Some(other) = names.find(|name| *name != first) {
        return Err(Error::Unsupported(format!(
            "the acting user is called `{first}` by one operation and `{other}` by another"
        )));
    }
    let is_needed = operations.iter().any(|o| needs_acting_user(&o.facts));
    Ok(Some(ActingUser {
        header: first.clone(),
        needed: is_needed.then(|| parameters::ident(first)).transpose()?,
    }))
}
