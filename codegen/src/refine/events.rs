//! Events: an open enumeration of what a service delivers, instead of the operations that describe the deliveries.

use std::collections::BTreeSet;

use heck::ToPascalCase;
use quote::{format_ident, quote};
use syn::{Ident, Item};

use super::{Error, OperationCode, Refined, docs, items};
use crate::conventions::Deliveries;
use crate::markdown;

/// What a service delivers.
#[derive(Debug)]
pub struct Events {
    /// The cargo feature with which it is compiled.
    pub feature: String,
    /// How many events there are.
    pub count: usize,
    /// The enumeration, and how it is delivered.
    pub items: Vec<Item>,
}

impl Events {
    /// Takes the operations of a document of deliveries, and makes events of them.
    ///
    /// # Errors
    ///
    /// If one of them does not lead to one model.
    pub(crate) fn take(deliveries: Deliveries, refined: &mut Refined) -> Result<Self, Error> {
        let operations = std::mem::take(&mut refined.operations);
        let mut items = protocol(&deliveries)?;
        let models: BTreeSet<&String> = operations.iter().flat_map(|it| &it.answers).collect();
        let models = models.into_iter().map(|name| format_ident!("{name}"));
        items.insert(0, syn::parse_quote!(use super::types::{#(#models),*};));
        items.extend(enumeration(&operations)?);
        Ok(Self {
            feature: deliveries.feature,
            count: operations.len(),
            items,
        })
    }
}

fn protocol(deliveries: &Deliveries) -> Result<Vec<Item>, Error> {
    let signature = deliveries.signature.to_ascii_lowercase();
    let event_id = deliveries.event_id.to_ascii_lowercase();
    let (algorithm, success) = (&deliveries.algorithm, deliveries.success);
    let waits = &deliveries.waits;
    items(
        "the protocol of deliveries",
        quote! {
            /// How the service delivers: names of headers, and the waits between attempts.
            pub const PROTOCOL: &harvest_runtime::webhook::Protocol =
                &harvest_runtime::webhook::Protocol {
                signature_header: #signature,
                algorithm: #algorithm,
                event_id_header: #event_id,
                success: #success,
                waits: &[#(std::time::Duration::from_secs(#waits)),*],
            };
        },
    )
}

/// The variant of an event, the model of its delivery, and its name on the wire.
fn variant(operation: &OperationCode) -> Result<(Ident, Ident, &str), Error> {
    let id = operation.facts.id.as_str();
    let mut models = operation.answers.iter();
    match (models.next(), models.next()) {
        (Some(model), None) => Ok((
            format_ident!("{}", id.to_pascal_case()),
            format_ident!("{model}"),
            id,
        )),
        _ => Err(Error::Missing(format!("model for the delivery of {id}"))),
    }
}

fn enumeration(operations: &[OperationCode]) -> Result<Vec<Item>, Error> {
    let known = operations
        .iter()
        .map(variant)
        .collect::<Result<Vec<_>, _>>()?;
    let variants = operations.iter().zip(&known).map(|(operation, known)| {
        let (variant, model, id) = known;
        let text = format!(
            "{}: {}.\n\n{}",
            markdown::code(id),
            markdown::line(&operation.facts.summary),
            markdown::prose(&operation.facts.description),
        );
        let words = docs::lines(&text);
        quote!(#words #variant(#model),)
    });
    let entries = known
        .iter()
        .map(|(variant, model, id)| quote!(#variant(#model) = #id));
    items(
        "the events",
        quote! {
            /// An event, by its `action`.
            ///
            /// It decodes whatever JSON is delivered: what is not described is [`Unknown`](Self::Unknown). It serializes to
            /// what came, and its `Debug` shows nothing about people.
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum Event {
                #(#variants)*
                /// An event of an action that is not described, or one that is not of the described shape.
                Unknown(harvest_runtime::webhook::UnknownEvent),
            }
            harvest_runtime::events!(Event { #(#entries),* });
        },
    )
}
