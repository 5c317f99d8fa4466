//! Takes progenitor's tree apart.

use std::collections::BTreeMap;

use syn::{Item, ItemEnum, ItemImpl, ItemStruct, Type};

use super::Error;

/// What the other passes work on.
pub(super) struct Parts {
    pub types: Vec<TypePart>,
    /// Request builders by the name of their struct.
    pub builders: BTreeMap<String, BuilderPart>,
}

/// A type of the description.
pub(super) struct TypePart {
    pub name: String,
    pub shape: Shape,
    /// Conversions from and to the type.
    pub impls: Vec<ItemImpl>,
}

/// The definition of a type.
pub(super) enum Shape {
    Struct(ItemStruct),
    Enum(ItemEnum),
    /// An alias: another name for a type.
    Alias(syn::ItemType),
}

/// What a request builder says about its operation.
pub(super) struct BuilderPart {
    /// The types of the parameters and the body, by field.
    pub fields: BTreeMap<String, Type>,
    /// What the operation returns.
    pub success: Type,
}

pub(super) fn split(tree: syn::File) -> Result<Parts, Error> {
    let mut parts = Parts {
        types: Vec::new(),
        builders: BTreeMap::new(),
    };
    for item in tree.items {
        let Item::Mod(module) = item else {
            continue;
        };
        let name = module.ident.to_string();
        let content = module.content.map(|(_, items)| items).unwrap_or_default();
        match name.as_str() {
            "types" => parts.types = types(content),
            "builder" => parts.builders = builders(content)?,
            _ => {}
        }
    }
    Ok(parts)
}

fn types(content: Vec<Item>) -> Vec<TypePart> {
    let mut out: Vec<TypePart> = Vec::new();
    let mut impls = Vec::new();
    for item in content {
        let (name, shape) = match item {
            Item::Struct(item) => (item.ident.to_string(), Shape::Struct(item)),
            Item::Enum(item) => (item.ident.to_string(), Shape::Enum(item)),
            Item::Type(item) => (item.ident.to_string(), Shape::Alias(item)),
            Item::Impl(item) => {
                impls.push(item);
                continue;
            }
            _ => continue,
        };
        out.push(TypePart {
            name,
            shape,
            impls: Vec::new(),
        });
    }
    for item in impls {
        if let Some(part) = owner(&item).and_then(|name| out.iter_mut().find(|t| t.name == name)) {
            part.impls.push(item);
        }
    }
    out
}

/// The type of the description that an impl is about: its own type, or else what it converts from.
fn owner(item: &ItemImpl) -> Option<String> {
    if let Type::Path(path) = &*item.self_ty
        && path.path.segments.len() == 1
    {
        return path.path.get_ident().map(ToString::to_string);
    }
    let (path, _) = item.trait_.as_ref()?;
    let segment = path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(Type::Path(path)) => {
            path.path.get_ident().map(ToString::to_string)
        }
        _ => None,
    }
}

fn builders(content: Vec<Item>) -> Result<BTreeMap<String, BuilderPart>, Error> {
    let mut fields: BTreeMap<String, BTreeMap<String, Type>> = BTreeMap::new();
    let mut successes: BTreeMap<String, Type> = BTreeMap::new();
    for item in content {
        match item {
            Item::Struct(item) => {
                let entry = fields.entry(item.ident.to_string()).or_default();
                for field in item.fields {
                    if let Some(ident) = field.ident {
                        entry.insert(ident.to_string(), plain(&field.ty));
                    }
                }
            }
            Item::Impl(item) => {
                let Type::Path(path) = &*item.self_ty else {
                    continue;
                };
                let Some(name) = path.path.segments.last().map(|s| s.ident.to_string()) else {
                    continue;
                };
                for member in &item.items {
                    if let syn::ImplItem::Fn(function) = member
                        && function.sig.ident == "send"
                    {
                        let success = returned(&function.sig.output)
                            .ok_or_else(|| Error::Missing(format!("result of {name}::send")))?;
                        successes.insert(name.clone(), success);
                    }
                }
            }
            _ => {}
        }
    }
    fields
        .into_iter()
        .map(|(name, fields)| {
            let success = successes
                .remove(&name)
                .ok_or_else(|| Error::Missing(format!("{name}::send")))?;
            Ok((name, BuilderPart { fields, success }))
        })
        .collect()
}

/// The type inside `Result<Option<T>, String>` or `Result<T, String>`.
fn plain(ty: &Type) -> Type {
    let inner = argument(ty, "Result").unwrap_or(ty);
    argument(inner, "Option").unwrap_or(inner).clone()
}

/// The type inside `Result<ResponseValue<T>, Error<E>>`.
fn returned(output: &syn::ReturnType) -> Option<Type> {
    let syn::ReturnType::Type(_, ty) = output else {
        return None;
    };
    argument(argument(ty, "Result")?, "ResponseValue").cloned()
}

/// The first type argument of `ty`, if its last segment is called `name`.
pub(super) fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let segment = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    if segment.ident != name {
        return None;
    }
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
