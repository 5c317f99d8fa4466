//! Ranges: parameters that are objects of up to four bounds, which become texts for progenitor.

use openapiv3::{
    OpenAPI, ParameterData, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::facts::{Bounds, Style};
use super::schemas;
use crate::format::COMPARISONS;

/// Makes a text of a range, and says what its bounds are.
pub(super) fn lower(document: &OpenAPI, data: &mut ParameterData) -> Result<Style, String> {
    let bounds = schemas::of_parameter(document, data)
        .and_then(|schema| bounds(document, schema))
        .ok_or_else(|| {
            format!(
                "the parameter {} is no range of moments or days: an object of gte, gt, lte and lt",
                data.name
            )
        })?;
    data.format = ParameterSchemaOrContent::Schema(ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::String(StringType::default())),
    }));
    Ok(Style::Range(bounds))
}

/// What the bounds of a range are, if the schema is one: all four, and all of one format.
fn bounds(document: &OpenAPI, schema: &Schema) -> Option<Bounds> {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return None;
    };
    let mut bounds = object.properties.iter().map(|(name, property)| {
        let property = schemas::resolve(document, &property.clone().unbox())?.clone();
        let SchemaKind::Type(Type::String(text)) = property.schema_kind else {
            return None;
        };
        let is_comparison = COMPARISONS.contains(&name.as_str());
        match text.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) if is_comparison => {
                Some(Bounds::Times)
            }
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) if is_comparison => {
                Some(Bounds::Days)
            }
            _ => None,
        }
    });
    let first = bounds.next()??;
    let all = bounds.all(|other| other == Some(first));
    (all && object.properties.len() == COMPARISONS.len()).then_some(first)
}
