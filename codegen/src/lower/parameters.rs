//! Parameters: references followed, names of the documentation restored, bounds and styles kept aside.

use harvest_openapi::extension;
use openapiv3::{
    IntegerType, OpenAPI, Parameter as ApiParameter, ParameterData, ParameterSchemaOrContent,
    QueryStyle, ReferenceOr, SchemaKind, Type,
};
use serde_json::Value;

use super::facts::{Location, OperationFacts, Parameter, Style};
use super::{ranges, schemas};

/// Lowers the parameters of an operation. Returns the path with the documented names, and the parameters.
pub(super) fn lower(
    document: &OpenAPI,
    path: &str,
    parameters: &[ReferenceOr<ApiParameter>],
    facts: &mut OperationFacts,
) -> Result<(String, Vec<ReferenceOr<ApiParameter>>), String> {
    let mut path = path.to_owned();
    let mut out = Vec::new();
    for parameter in parameters {
        let mut parameter = resolve(document, parameter)?.clone();
        let style = match &mut parameter {
            ApiParameter::Query {
                style: query @ QueryStyle::PipeDelimited,
                parameter_data,
                ..
            } => {
                *query = QueryStyle::Form;
                ranges::lower(document, parameter_data)?
            }
            ApiParameter::Query { style, .. } if *style != QueryStyle::Form => {
                return Err(format!(
                    "the parameter {} has a style other than form and pipeDelimited",
                    parameter.parameter_data_ref().name
                ));
            }
            _ => style(document, parameter.parameter_data_ref()),
        };
        let location = match &parameter {
            ApiParameter::Path { .. } => Location::Path,
            ApiParameter::Query { .. } => Location::Query,
            ApiParameter::Header { .. } => Location::Header,
            ApiParameter::Cookie { parameter_data, .. } => {
                return Err(format!("the parameter {} is a cookie", parameter_data.name));
            }
        };
        let data = data(&mut parameter);
        let bounds = bounds(document, data);
        if location == Location::Path
            && let Some(name) = data
                .extensions
                .get(extension::DOCUMENTED_NAME)
                .and_then(Value::as_str)
        {
            path = path.replace(&format!("{{{}}}", data.name), &format!("{{{name}}}"));
            name.clone_into(&mut data.name);
        }
        facts.parameters.push(Parameter {
            name: data.name.clone(),
            location,
            required: data.required,
            style,
            bounds,
            split: data.extensions.get(extension::SPLIT) == Some(&Value::Bool(true)),
            alone: data.extensions.get(extension::ALONE) == Some(&Value::Bool(true)),
            acting_user: data.extensions.get(extension::ACTING_USER) == Some(&Value::Bool(true)),
            description: data.description.clone().unwrap_or_default(),
        });
        data.example = None;
        data.explode = None;
        data.description = None;
        data.extensions.clear();
        let ParameterSchemaOrContent::Schema(schema) = &mut data.format else {
            return Err(format!("the parameter {} has no schema", data.name));
        };
        schemas::lower(schema);
        out.push(ReferenceOr::Item(parameter));
    }
    facts.path.clone_from(&path);
    Ok((path, out))
}

fn resolve<'a>(
    document: &'a OpenAPI,
    parameter: &'a ReferenceOr<ApiParameter>,
) -> Result<&'a ApiParameter, String> {
    match parameter {
        ReferenceOr::Item(item) => Ok(item),
        ReferenceOr::Reference { reference } => reference
            .strip_prefix("#/components/parameters/")
            .and_then(|name| {
                document
                    .components
                    .as_ref()?
                    .parameters
                    .get(name)?
                    .as_item()
            })
            .ok_or_else(|| format!("the parameter {reference} does not exist")),
    }
}

fn data(parameter: &mut ApiParameter) -> &mut ParameterData {
    match parameter {
        ApiParameter::Path { parameter_data, .. }
        | ApiParameter::Query { parameter_data, .. }
        | ApiParameter::Header { parameter_data, .. }
        | ApiParameter::Cookie { parameter_data, .. } => parameter_data,
    }
}

fn style(document: &OpenAPI, data: &ParameterData) -> Style {
    match schemas::of_parameter(document, data).map(|s| &s.schema_kind) {
        Some(SchemaKind::Type(Type::Array(array))) => {
            if data.explode == Some(false) {
                Style::Commas(array.max_items)
            } else {
                Style::Repeated
            }
        }
        _ => Style::Scalar,
    }
}

fn bounds(document: &OpenAPI, data: &ParameterData) -> Option<(i64, i64)> {
    match schemas::of_parameter(document, data).map(|s| &s.schema_kind) {
        Some(SchemaKind::Type(Type::Integer(IntegerType {
            minimum, maximum, ..
        }))) if minimum.is_some() || maximum.is_some() => {
            Some((minimum.unwrap_or(i64::MIN), maximum.unwrap_or(i64::MAX)))
        }
        _ => None,
    }
}
