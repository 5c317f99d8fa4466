//! Lookups of one record: a method for each list that takes ids, where no operation reads a record by its id.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::Literal;
use quote::format_ident;
use syn::{Fields, ImplItemFn, Type, parse_quote};

use super::operations::needs;
use super::parameters::ident;
use super::split::{BuilderPart, Shape, TypePart, argument};
use super::{Error, OperationCode, docs};
use crate::lower::{Location, Method, OperationFacts, Pagination, Style};
use crate::markdown;

/// Adds the methods to the lists that they send. Of several lists of one record, the first has it.
pub(super) fn add(
    operations: &mut [OperationCode],
    builders: &BTreeMap<String, BuilderPart>,
    types: &[TypePart],
) -> Result<(), Error> {
    let ids: BTreeSet<String> = operations.iter().map(|o| o.facts.id.clone()).collect();
    let read: Vec<Type> = operations
        .iter()
        .filter(|operation| reads_one(&operation.facts))
        .filter_map(|operation| Some(builder(builders, &operation.facts)?.success.clone()))
        .collect();
    let mut found = BTreeSet::new();
    for operation in operations {
        let Some(lookup) = Lookup::of(&operation.facts, builders, types)? else {
            continue;
        };
        let name = format!("find_{}", lookup.name.to_snake_case());
        if read.contains(lookup.record) || ids.contains(&name) || !found.insert(name.clone()) {
            continue;
        }
        operation
            .methods
            .push(lookup.method(&operation.facts, &name)?);
    }
    Ok(())
}

fn builder<'a>(
    builders: &'a BTreeMap<String, BuilderPart>,
    facts: &OperationFacts,
) -> Option<&'a BuilderPart> {
    builders.get(&facts.id.to_pascal_case())
}

/// Whether an operation reads a record by what its path names.
fn reads_one(facts: &OperationFacts) -> bool {
    facts.method == Method::Get
        && facts.pagination == Pagination::None
        && facts
            .parameters
            .iter()
            .any(|p| p.location == Location::Path)
}

/// How one record is found by its id.
struct Lookup<'a> {
    record: &'a Type,
    /// The name of its model.
    name: String,
    /// The parameter that takes ids, and how many.
    parameter: &'a str,
    most: usize,
    id: &'a Type,
}

impl<'a> Lookup<'a> {
    /// If the operation is a list that takes the ids of its own records.
    fn of(
        facts: &'a OperationFacts,
        builders: &'a BTreeMap<String, BuilderPart>,
        types: &[TypePart],
    ) -> Result<Option<Self>, Error> {
        let Some(part) = builder(builders, facts) else {
            return Ok(None);
        };
        let is_list = facts.method == Method::Get && facts.pagination != Pagination::None;
        let Some(record) = argument(&part.success, "Vec").filter(|_| is_list) else {
            return Ok(None);
        };
        let Some(name) = last(record) else {
            return Ok(None);
        };
        let Some(own) = id_of(types, &name) else {
            return Ok(None);
        };
        for parameter in &facts.parameters {
            let Style::Commas(Some(most)) = parameter.style else {
                continue;
            };
            let field = part.fields.get(&ident(&parameter.name)?.to_string());
            if let Some(id) = field.and_then(|ty| argument(ty, "Vec"))
                && parameter.split
                && last(id).as_ref() == Some(&own)
            {
                return Ok(Some(Self {
                    record,
                    name,
                    parameter: &parameter.name,
                    most,
                    id,
                }));
            }
        }
        Ok(None)
    }

    fn method(&self, facts: &OperationFacts, name: &str) -> Result<ImplItemFn, Error> {
        let Self {
            record,
            parameter,
            id,
            ..
        } = self;
        let most = Literal::usize_unsuffixed(self.most);
        let method = format_ident!("{name}");
        let list = &facts.id;
        let constant = super::name(&list.to_shouty_snake_case())?;
        let words = docs::lines(&format!(
            "The record with this id, by [`{list}`](Self::{list}): there is no operation that \
             reads one alone.\n\nThe answer is nothing where there is no such record, or none that \
             may be read.\n\n{}",
            needs(
                facts,
                &markdown::code(&format!("{} {}", facts.method, facts.path))
            )
        ));
        Ok(parse_quote! {
            #words
            pub fn #method(&self, id: impl Into<#id>) -> harvest_runtime::Find<#record, M> {
                let mut request = self.core.request(&operations::#constant);
                request.query_csv(#parameter, &[id.into()], Some(#most));
                harvest_runtime::Find::new(request)
            }
        })
    }
}

/// The type of the property `id` of a model, if it is an object that has one.
fn id_of(types: &[TypePart], model: &str) -> Option<String> {
    let part = types.iter().find(|part| part.name == model)?;
    let Shape::Struct(item) = &part.shape else {
        return None;
    };
    let Fields::Named(fields) = &item.fields else {
        return None;
    };
    let mut fields = fields.named.iter();
    let field = fields.find(|field| field.ident.as_ref().is_some_and(|ident| ident == "id"))?;
    last(argument(&field.ty, "Option").unwrap_or(&field.ty))
}

/// The last step of the path of a type.
fn last(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}
