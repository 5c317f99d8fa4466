//! Signature of an item: what has to stay for those who use it, token by token.

use proc_macro2::{Delimiter, Spacing, TokenTree};
use quote::ToTokens;
use syn::{FnArg, GenericParam, Generics, Pat, Signature, Type};

/// The tokens of something, flat. Signs that belong together are one token.
pub(super) fn tokens(code: &impl ToTokens) -> Vec<String> {
    let mut out = Vec::new();
    flatten(code.to_token_stream(), &mut out);
    // A comma before a closing bracket says nothing.
    let mut kept: Vec<String> = Vec::with_capacity(out.len());
    for token in out {
        if [")", "]", "}", ">"].contains(&token.as_str()) && kept.last().is_some_and(|t| t == ",") {
            kept.pop();
        }
        kept.push(token);
    }
    kept
}

fn flatten(stream: proc_macro2::TokenStream, out: &mut Vec<String>) {
    let mut joint = String::new();
    for token in stream {
        match token {
            TokenTree::Punct(punct) => {
                joint.push(punct.as_char());
                let is_lifetime = punct.as_char() == '\'';
                // `>>` closes two lists, and is one token only where it shifts, which no signature does.
                let goes_on = punct.spacing() == Spacing::Joint && punct.as_char() != '>';
                if !is_lifetime && !goes_on {
                    out.push(std::mem::take(&mut joint));
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                flatten(group.stream(), out);
                out.push(close.to_owned());
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                out.push(std::mem::take(&mut joint) + &token.to_string());
            }
        }
    }
    out.retain(|token| !token.is_empty());
}

/// A function for its callers: all but the names of its arguments, which come beside it.
pub(super) fn function(signature: &Signature, around: &Generics) -> (Vec<String>, Vec<String>) {
    let mut out = bounds(around);
    for word in [
        tokens(&signature.constness),
        tokens(&signature.asyncness),
        tokens(&signature.safety),
        tokens(&signature.abi),
    ] {
        out.extend(word);
    }
    out.push("fn".to_owned());
    out.extend(tokens(&signature.generics));
    out.push("(".to_owned());
    let mut names = Vec::new();
    for (place, input) in signature.inputs.iter().enumerate() {
        if place > 0 {
            out.push(",".to_owned());
        }
        match input {
            FnArg::Receiver(receiver) => {
                let mut receiver = receiver.clone();
                // That a method changes its own copy is its own business.
                receiver.mutability = None;
                out.extend(tokens(&receiver));
            }
            FnArg::Typed(input) => {
                let name = match &*input.pat {
                    Pat::Ident(pat) => pat.ident.to_string(),
                    other => other.to_token_stream().to_string(),
                };
                names.push(name);
                out.extend(tokens(&input.ty));
            }
        }
    }
    out.push(")".to_owned());
    out.extend(tokens(&signature.output));
    out.extend(tokens(&signature.generics.where_clause));
    (out, names)
}

/// What an `impl` asks of its parameters; nothing if they can be any.
pub(super) fn bounds(generics: &Generics) -> Vec<String> {
    let mut out = Vec::new();
    for parameter in &generics.params {
        if let GenericParam::Type(parameter) = parameter
            && !parameter.bounds.is_empty()
        {
            out.extend(tokens(parameter));
            out.push(",".to_owned());
        }
    }
    out.extend(tokens(&generics.where_clause));
    out
}

/// The arguments of the type of an `impl`: what it is fixed to, `_` for what can be any. Nothing if all can be any.
pub(super) fn fixed(ty: &Type, generics: &Generics) -> String {
    let Type::Path(path) = ty else {
        return String::new();
    };
    let Some(syn::PathArguments::AngleBracketed(arguments)) =
        path.path.segments.last().map(|last| &last.arguments)
    else {
        return String::new();
    };
    let parameters: Vec<_> = generics.params.iter().map(name).collect();
    let arguments = arguments.args.iter().map(|argument| {
        let text = super::print::text(&tokens(argument), true);
        if parameters.contains(&text) {
            "_".to_owned()
        } else {
            text
        }
    });
    let arguments: Vec<_> = arguments.collect();
    if arguments.iter().all(|argument| argument == "_") {
        return String::new();
    }
    format!("<{}>", arguments.join(", "))
}

fn name(parameter: &GenericParam) -> String {
    match parameter {
        GenericParam::Lifetime(parameter) => parameter.lifetime.to_string(),
        GenericParam::Type(parameter) => parameter.ident.to_string(),
        GenericParam::Const(parameter) => parameter.ident.to_string(),
    }
}
