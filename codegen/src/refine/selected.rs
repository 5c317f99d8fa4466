//! Request bodies that only select a record: the method asks for the selector in their place.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use syn::{Ident, Type};

use super::split::{Shape, TypePart};
use super::{parameters, paths};
use crate::lower::{Model, ModelKind};

/// What a method asks for instead of a body.
pub(super) struct Selected {
    /// The argument.
    pub argument: Ident,
    /// The name of the selector.
    pub selector: String,
    /// Whether the body is an object around the selector, and not the selector itself.
    pub is_wrapped: bool,
}

/// By the name of the body's type.
pub(super) fn selected(
    types: &[TypePart],
    models: &IndexMap<String, Model>,
) -> BTreeMap<String, Selected> {
    let found = types.iter().filter_map(|part| {
        let selected = match &models.get(&part.name)?.kind {
            ModelKind::Selector(_) => Selected {
                argument: quote::format_ident!("body"),
                selector: part.name.clone(),
                is_wrapped: false,
            },
            ModelKind::Object(fields) if fields.len() == 1 => {
                let (wire, field) = fields.first()?;
                let selector = only_field(part)?;
                let is_selector = matches!(models.get(&selector)?.kind, ModelKind::Selector(_));
                (is_selector && field.required && !field.nullable).then_some(())?;
                Selected {
                    argument: parameters::ident(wire).ok()?,
                    selector,
                    is_wrapped: true,
                }
            }
            _ => return None,
        };
        Some((part.name.clone(), selected))
    });
    found.collect()
}

/// The model that the only field of a struct holds.
fn only_field(part: &TypePart) -> Option<String> {
    let Shape::Struct(item) = &part.shape else {
        return None;
    };
    match &item.fields.iter().next()?.ty {
        Type::Path(path) => paths::model(&path.path),
        _ => None,
    }
}
