//! Models: ids, open enumerations, objects and unions, each in its final form.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, Ident, Item, ItemEnum, ItemStruct, Type};

use super::split::{Shape, TypePart, argument};
use super::{Error, ModelCode, OperationCode, docs, items, paths};
use crate::lower::{Field, Kind, Model};

/// How many properties of an answer can remember that they were null.
const NULLS: usize = 128;

/// Where a model goes.
#[derive(Clone, Copy, Default)]
struct Direction {
    request: bool,
    answer: bool,
}

pub(super) fn refine(
    parts: Vec<TypePart>,
    models: &IndexMap<String, Model>,
    operations: &[OperationCode],
) -> Result<Vec<ModelCode>, Error> {
    let names: BTreeSet<String> = parts.iter().map(|p| p.name.clone()).collect();
    let uses: BTreeMap<String, BTreeSet<String>> = parts
        .iter()
        .map(|p| (p.name.clone(), part_uses(p, &names)))
        .collect();
    let directions = directions(&uses, operations);
    parts
        .into_iter()
        .filter_map(|part| {
            // What no operation leads to (the model of error answers, say) is no part of the client.
            let direction = *directions.get(&part.name)?;
            let name = part.name.clone();
            let uses = uses[&name].clone();
            Some(model(part, models, direction).map(|items| ModelCode { name, items, uses }))
        })
        .collect()
}

fn part_uses(part: &TypePart, names: &BTreeSet<String>) -> BTreeSet<String> {
    let fields: Vec<&Type> = match &part.shape {
        Shape::Struct(item) => item.fields.iter().map(|f| &f.ty).collect(),
        Shape::Enum(item) => item
            .variants
            .iter()
            .flat_map(|v| &v.fields)
            .map(|f| &f.ty)
            .collect(),
        Shape::Alias(item) => vec![&*item.ty],
    };
    let mut uses: BTreeSet<String> = fields
        .into_iter()
        .flat_map(|ty| paths::uses(ty, names))
        .collect();
    uses.remove(&part.name);
    uses
}

fn directions(
    uses: &BTreeMap<String, BTreeSet<String>>,
    operations: &[OperationCode],
) -> BTreeMap<String, Direction> {
    let mut out: BTreeMap<String, Direction> = BTreeMap::new();
    let mut mark = |from: &str, request: bool| {
        let mut open = vec![from.to_owned()];
        while let Some(name) = open.pop() {
            let direction = out.entry(name.clone()).or_default();
            let known = if request {
                &mut direction.request
            } else {
                &mut direction.answer
            };
            if !std::mem::replace(known, true) {
                open.extend(uses.get(&name).into_iter().flatten().cloned());
            }
        }
    };
    for operation in operations {
        let body = operation
            .facts
            .body
            .as_ref()
            .map(|b| b.schema.to_pascal_case());
        for name in &operation.uses {
            mark(name, body.as_ref() == Some(name));
        }
    }
    out
}

fn model(
    part: TypePart,
    models: &IndexMap<String, Model>,
    direction: Direction,
) -> Result<Vec<Item>, Error> {
    let name = format_ident!("{}", part.name);
    let known = models.get(&part.name);
    let description = known
        .map(|m| docs::prose(&m.description))
        .unwrap_or_default();
    let docs = docs::lines(if description.is_empty() {
        "One of several shapes."
    } else {
        &description
    });
    match (part.shape, known.map(|m| &m.kind)) {
        (Shape::Struct(_), Some(Kind::Id)) => items(
            &part.name,
            quote! {
                #docs
                #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
                pub struct #name(pub i64);
                harvest_runtime::id!(#name);
            },
        ),
        (Shape::Enum(item), Some(Kind::Enum(values))) => enumeration(&item, values, &docs),
        (Shape::Struct(item), Some(Kind::Object(fields)))
            if matches!(item.fields, Fields::Named(_)) =>
        {
            object(&item, fields, direction, &docs)
        }
        // An object without properties: progenitor makes it a map.
        (Shape::Struct(item), Some(Kind::Object(fields))) if fields.is_empty() => {
            let empty: ItemStruct = syn::parse_quote!(pub struct #name {});
            let _ = item;
            object(&empty, fields, direction, &docs)
        }
        (Shape::Struct(item), _) => wrapper(item, part.impls, &docs),
        (Shape::Enum(item), _) => union(item, part.impls, direction, models, &docs),
        (Shape::Alias(mut item), _) => {
            item.attrs.clear();
            items(&part.name, quote!(#docs #item))
        }
    }
}

/// An enumeration that knows what it does not know: unknown values are kept and sent back as they came.
fn enumeration(item: &ItemEnum, values: &[String], docs: &TokenStream) -> Result<Vec<Item>, Error> {
    let name = &item.ident;
    let variants: Vec<&Ident> = item.variants.iter().map(|v| &v.ident).collect();
    if variants.len() != values.len() {
        return Err(Error::Missing(format!("variant for each value of {name}")));
    }
    let lines = values.iter().map(|v| docs::lines(&format!("`{v}`")));
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#lines #variants,)*
                /// A value that the description does not have.
                Unknown(harvest_runtime::UnknownValue),
            }
            harvest_runtime::open_enum!(#name { #(#variants = #values,)* });
        },
    )
}

/// How a property is read and written.
enum Slot {
    /// Always there: missing or null becomes the default.
    Plain,
    /// There or not.
    Optional,
    /// There, null, or missing; the number of the bit that remembers null.
    Nullable(usize),
    /// Leave, clear or set.
    Patch,
    /// Always sent, null included.
    Null,
}

struct Property<'a> {
    wire: String,
    ident: Ident,
    inner: Type,
    slot: Slot,
    field: &'a Field,
}

impl Property<'_> {
    fn ty(&self) -> Type {
        let inner = &self.inner;
        match self.slot {
            Slot::Plain => inner.clone(),
            Slot::Optional | Slot::Nullable(_) | Slot::Null => syn::parse_quote!(Option<#inner>),
            Slot::Patch => syn::parse_quote!(harvest_runtime::Patch<#inner>),
        }
    }

    fn entry(&self) -> TokenStream {
        let (wire, ident) = (&self.wire, &self.ident);
        match self.slot {
            Slot::Plain => quote!(#wire => #ident: plain,),
            Slot::Optional => quote!(#wire => #ident: optional,),
            Slot::Nullable(bit) => {
                let bit = proc_macro2::Literal::usize_unsuffixed(bit);
                quote!(#wire => #ident: nullable(#bit),)
            }
            Slot::Patch => quote!(#wire => #ident: patch,),
            Slot::Null => quote!(#wire => #ident: null,),
        }
    }
}

fn object(
    item: &ItemStruct,
    fields: &IndexMap<String, Field>,
    direction: Direction,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = &item.ident;
    let properties = properties(item, fields, direction)?;
    let nulls = properties
        .iter()
        .any(|p| matches!(p.slot, Slot::Nullable(_)));
    let definitions = properties.iter().map(|p| {
        let (ident, ty) = (&p.ident, p.ty());
        let words = docs::lines(&words(p));
        let deprecated = p.field.deprecated.then(|| quote!(#[deprecated]));
        quote!(#words #deprecated pub #ident: #ty,)
    });
    let hidden = nulls.then(|| quote!(nulls: harvest_runtime::model::Nulls,));
    let entries = properties.iter().map(Property::entry);
    let shown = properties
        .iter()
        .find(|p| p.wire == "id" && matches!(p.slot, Slot::Plain))
        .map(|p| &p.ident);
    let setters = if direction.request && !direction.answer && !properties.is_empty() {
        setters(name, &properties)
    } else if direction.request && direction.answer {
        constructor(name, &properties)
    } else {
        TokenStream::new()
    };
    // A deprecated property is still read and written.
    let allow = properties
        .iter()
        .any(|p| p.field.deprecated)
        .then(|| quote!(#[allow(deprecated)]));
    items(
        &name.to_string(),
        quote! {
            #docs
            #allow
            #[derive(Clone, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#definitions)* #hidden }
            harvest_runtime::model!(#name [#shown] { #(#entries)* });
            #setters
        },
    )
}

fn words(property: &Property<'_>) -> String {
    let mut text = docs::prose(&property.field.description);
    if text.is_empty() {
        text = format!("`{}`", property.wire);
    }
    text
}

fn properties<'a>(
    item: &ItemStruct,
    fields: &'a IndexMap<String, Field>,
    direction: Direction,
) -> Result<Vec<Property<'a>>, Error> {
    let name = &item.ident;
    let mut found: BTreeMap<String, (&Ident, &Type)> = BTreeMap::new();
    for field in &item.fields {
        if let Some(ident) = &field.ident {
            found.insert(
                rename(&field.attrs).unwrap_or_else(|| ident.to_string()),
                (ident, &field.ty),
            );
        }
    }
    let mut bits = 0;
    let mut out = Vec::new();
    for (wire, field) in fields {
        let (ident, ty) = found
            .remove(wire)
            .ok_or_else(|| Error::Missing(format!("field for {name}.{wire}")))?;
        let inner = argument(ty, "Option").unwrap_or(ty).clone();
        let slot = match (field.required, field.nullable, direction.answer) {
            (true, false, _) => Slot::Plain,
            (_, _, true) => {
                bits += 1;
                Slot::Nullable(bits - 1)
            }
            (true, true, false) => Slot::Null,
            (false, true, false) => Slot::Patch,
            (false, false, false) => Slot::Optional,
        };
        out.push(Property {
            wire: wire.clone(),
            ident: ident.clone(),
            inner,
            slot,
            field,
        });
    }
    if bits > NULLS {
        return Err(Error::Unsupported(format!(
            "{name} has {bits} properties that may be null; the most is {NULLS}: move some into a model of their own"
        )));
    }
    Ok(out)
}

/// The name that serde was told to use for a field.
fn rename(attrs: &[syn::Attribute]) -> Option<String> {
    let mut name = None;
    for attr in attrs.iter().filter(|a| a.path().is_ident("serde")) {
        // Other keys of the attribute are of no interest, and are skipped by reading their value if there is one.
        let _ = attr.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let literal: syn::Lit = value.parse()?;
                if let (true, syn::Lit::Str(text)) = (meta.path.is_ident("rename"), literal) {
                    name = Some(text.value());
                }
            }
            Ok(())
        });
    }
    name
}

/// `new` with the required properties of a request model.
fn constructor(name: &Ident, properties: &[Property<'_>]) -> TokenStream {
    let new = new(properties);
    if new.is_empty() {
        return new;
    }
    quote!(impl #name { #new })
}

fn new(properties: &[Property<'_>]) -> TokenStream {
    let required: Vec<_> = properties
        .iter()
        .filter(|p| matches!(p.slot, Slot::Plain | Slot::Null))
        .collect();
    if required.is_empty() {
        return TokenStream::new();
    }
    let idents: Vec<_> = required.iter().map(|p| &p.ident).collect();
    let types = required.iter().map(|p| p.ty());
    let rest = (required.len() < properties.len()).then(|| quote!(..Self::default()));
    quote! {
        /// With what is required.
        pub fn new(#(#idents: impl Into<#types>),*) -> Self {
            Self { #(#idents: #idents.into(),)* #rest }
        }
    }
}

/// `new`, and a method for each optional property of a request model.
fn setters(name: &Ident, properties: &[Property<'_>]) -> TokenStream {
    let new = new(properties);
    let methods = properties.iter().map(|p| {
        let (ident, inner) = (&p.ident, &p.inner);
        let first = p.field.description.lines().next().unwrap_or_default();
        let words = docs::lines(&if first.is_empty() {
            format!("Sets `{}`.", p.wire)
        } else {
            docs::prose(&p.field.description)
        });
        match p.slot {
            Slot::Optional => quote! {
                #words
                #[must_use]
                pub fn #ident(mut self, value: impl Into<#inner>) -> Self {
                    self.#ident = Some(value.into());
                    self
                }
            },
            Slot::Patch => {
                let clear = format_ident!("clear_{}", ident.to_string().to_snake_case());
                let note = docs::lines(&format!("Clears `{}`: sends null.", p.wire));
                quote! {
                    #words
                    #[must_use]
                    pub fn #ident(mut self, value: impl Into<#inner>) -> Self {
                        self.#ident = harvest_runtime::Patch::Set(value.into());
                        self
                    }
                    #note
                    #[must_use]
                    pub fn #clear(mut self) -> Self {
                        self.#ident = harvest_runtime::Patch::Clear;
                        self
                    }
                }
            }
            _ => TokenStream::new(),
        }
    });
    quote!(impl #name { #new #(#methods)* })
}

/// A type around another: a map, or a value of any shape.
fn wrapper(
    mut item: ItemStruct,
    impls: Vec<syn::ItemImpl>,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = item.ident.clone();
    item.attrs = Vec::new();
    let kept = impls
        .into_iter()
        .filter(|i| is_impl_of(i, &["Deref", "From"]));
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
            #[serde(transparent)]
            #item
            #(#kept)*
            harvest_runtime::redacted_debug!(#name {});
        },
    )
}

/// One of several shapes. In answers, a shape that the description does not have is kept as it came.
fn union(
    mut item: ItemEnum,
    impls: Vec<syn::ItemImpl>,
    direction: Direction,
    models: &IndexMap<String, Model>,
    docs: &TokenStream,
) -> Result<Vec<Item>, Error> {
    let name = item.ident.clone();
    item.attrs = Vec::new();
    let mut shapes = Vec::new();
    for variant in &mut item.variants {
        let ty = variant.fields.iter().next().map(|field| &field.ty);
        let (required, shape) = ty.and_then(|ty| shape(ty, models)).ok_or_else(|| {
            Error::Unsupported(format!(
                "{name}::{} has no shape of its own in JSON",
                variant.ident
            ))
        })?;
        let ident = &variant.ident;
        shapes.push((required, quote!(#ident = #shape,)));
        let words = format!(
            "As {}.",
            ident.to_string().to_snake_case().replace('_', " ")
        );
        let words = docs::lines(&words);
        variant.attrs =
            syn::parse::Parser::parse2(syn::Attribute::parse_outer, words).unwrap_or_default();
    }
    // A member that requires more goes first: another one that requires part of it would fit as well.
    shapes.sort_by_key(|(required, _)| std::cmp::Reverse(*required));
    let shapes = shapes.into_iter().map(|(_, entry)| entry);
    let first = item
        .variants
        .first()
        .map(|v| v.ident.clone())
        .ok_or_else(|| Error::Missing(format!("variant of {name}")))?;
    let (default, other) = if direction.answer {
        item.variants.push(syn::parse_quote!(
            /// Something that the description does not have, as it came.
            Other(serde_json::Value)
        ));
        (
            quote!(Self::Other(serde_json::Value::Null)),
            quote!(_ = Other,),
        )
    } else {
        (quote!(Self::#first(Default::default())), TokenStream::new())
    };
    let kept = impls.into_iter().filter(|i| is_impl_of(i, &["From"]));
    // progenitor gives every variant a conversion but the texts, which have a fallible one.
    let text = item
        .variants
        .iter()
        .find(|v| v.fields.iter().any(|f| is_string(&f.ty)))
        .map(|v| {
            let ident = &v.ident;
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#ident(value.to_owned())
                    }
                }
                impl From<String> for #name {
                    fn from(value: String) -> Self {
                        Self::#ident(value)
                    }
                }
            }
        });
    items(
        &name.to_string(),
        quote! {
            #docs
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            #item
            harvest_runtime::union!(#name { #(#shapes)* #other });
            impl Default for #name {
                fn default() -> Self {
                    #default
                }
            }
            #(#kept)*
            #text
        },
    )
}

/// How a type looks in JSON, and how many properties it requires.
fn shape(ty: &Type, models: &IndexMap<String, Model>) -> Option<(usize, TokenStream)> {
    if argument(ty, "Vec").is_some() {
        return Some((0, quote!(Array)));
    }
    let Type::Path(path) = ty else {
        return None;
    };
    let name = path.path.segments.last()?.ident.to_string();
    Some(match name.as_str() {
        "String" | "Timestamp" | "Date" => (0, quote!(String)),
        "bool" => (0, quote!(Boolean)),
        "i32" | "i64" | "u32" | "u64" | "f32" | "f64" => (0, quote!(Number)),
        _ => match &models.get(&name)?.kind {
            Kind::Id => (0, quote!(Number)),
            Kind::Enum(_) => (0, quote!(String)),
            Kind::Object(fields) => {
                let required: Vec<_> = fields
                    .iter()
                    .filter(|(_, f)| f.required)
                    .map(|(n, _)| n)
                    .collect();
                (required.len(), quote!(Object(#(#required)*)))
            }
            Kind::Other => (0, quote!(Object())),
        },
    })
}

fn is_string(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("String"))
}

fn is_impl_of(item: &syn::ItemImpl, traits: &[&str]) -> bool {
    item.trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last())
        .is_some_and(|s| traits.iter().any(|t| s.ident == t))
}
