//! The parameters of a request, in path, query and headers.

use axum::http::{HeaderMap, HeaderName, StatusCode};
use harvest_openapi::extension;

use crate::http::query::Query;
use crate::http::refusal::Outcome;
use crate::http::reply::{FieldError, Reply};
use crate::json::Value;
use crate::openapi::router::Template;
use crate::openapi::source::{Read, Source, flag, list, text};
use crate::refusal::Refusal;
use kind::{ParameterType, Range};

mod asked;
mod kind;

pub(crate) use asked::Asked;

/// The documented parameters of an operation.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    /// In the order of the template.
    path: Vec<ParameterType>,
    query: Vec<Parameter>,
    /// Whether other parameters in the query, and other words of an enumeration, are refused.
    closed: bool,
    headers: Vec<Header>,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    required: bool,
    /// Whether each item of a list is sent as a parameter of its own, rather than one text with commas.
    explode: bool,
    kind: ParameterType,
}

#[derive(Debug)]
struct Header {
    /// As it is documented, for messages.
    name: String,
    key: HeaderName,
    required: bool,
    /// Names the user in whose name a change is made.
    acting_user: bool,
    example_user: Option<i64>,
    kind: ParameterType,
}

/// In whose name a request comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acting {
    /// It doesn't say.
    NoUser,
    /// The user with this id. `None` if what was sent is no id, so that there is no such user.
    User(Option<i64>),
    /// The user whom the token of the request acts for.
    Subject(i64),
}

impl Parameters {
    /// Reads the parameters of an operation and those of its path, which it may override.
    pub(crate) fn read<'a>(
        source: Source<'a>,
        template: &Template,
        path_item: &'a Value,
        operation: &'a Value,
    ) -> Read<Self> {
        let mut found: Vec<(&str, &str, &'a Value)> = Vec::new();
        for parameter in list(path_item, "parameters")?
            .iter()
            .chain(list(operation, "parameters")?)
        {
            let parameter = source.resolve(parameter)?;
            let name = text(parameter, "name")?.ok_or("a parameter has no name")?;
            let place = text(parameter, "in")?
                .ok_or_else(|| format!("the parameter `{name}` has no `in`"))?;
            found.retain(|(n, p, _)| (*n, *p) != (name, place));
            found.push((name, place, parameter));
        }

        let mut parameters = Self {
            closed: flag(source.root(), extension::CLOSED_QUERY)?,
            ..Self::default()
        };
        let closed = parameters.closed;
        let in_query = |kind: ParameterType| if closed { kind } else { kind.for_query() };
        for name in template.parameters() {
            let (.., parameter) = found
                .iter()
                .find(|(n, place, _)| *n == name && *place == "path")
                .ok_or_else(|| {
                    format!("the path has `{{{name}}}`, but there is no such parameter")
                })?;
            parameters
                .path
                .push(read_kind(source, name, parameter)?.for_path());
        }
        for (name, place, parameter) in found {
            match place {
                "query" => parameters.query.push(Parameter {
                    name: name.to_owned(),
                    required: flag(parameter, "required")?,
                    explode: parameter
                        .get("explode")
                        .is_none_or(|explode| *explode == true),
                    kind: in_query(read_kind(source, name, parameter)?),
                }),
                "header" => parameters.headers.push(Header {
                    name: name.to_owned(),
                    key: name
                        .parse()
                        .map_err(|_| format!("`{name}` can't be the name of a header"))?,
                    required: flag(parameter, "required")?,
                    acting_user: flag(parameter, extension::ACTING_USER)?,
                    example_user: parameter.get("example").and_then(Value::as_i64),
                    kind: read_kind(source, name, parameter)?.for_query(),
                }),
                "path" if template.parameters().all(|n| n != name) => {
                    return Err(format!(
                        "the path has no `{{{name}}}` for the parameter of that name"
                    ));
                }
                "path" | "cookie" => {}
                other => {
                    return Err(format!(
                        "the parameter `{name}` is in `{other}`, which is nowhere"
                    ));
                }
            }
        }
        Ok(parameters)
    }

    /// Whether a request without any query or header can do.
    pub(crate) fn none_required(&self) -> bool {
        self.path.is_empty()
            && self.query.iter().all(|parameter| !parameter.required)
            && self.headers.iter().all(|header| !header.required)
    }

    /// The users that the examples of this operation act for.
    pub(crate) fn example_users(&self) -> impl Iterator<Item = i64> {
        self.headers
            .iter()
            .filter(|header| header.acting_user)
            .filter_map(|header| header.example_user)
    }

    /// The user that a request names as the one who acts, whether there is such a user or not.
    pub(crate) fn named_user(&self, headers: &HeaderMap) -> Option<i64> {
        let header = self.headers.iter().find(|header| header.acting_user)?;
        headers.get(&header.key)?.to_str().ok()?.trim().parse().ok()
    }

    /// Refuses a request whose parameters are not as documented.
    ///
    /// Ids come first: a record that can't exist is not found, whatever else is wrong. Then everything that can be
    /// mended, all at once. Whether the acting user exists is for others to say.
    pub(crate) fn check(
        &self,
        path: &[String],
        query: &Query,
        headers: &HeaderMap,
    ) -> Outcome<Acting> {
        if self
            .path
            .iter()
            .zip(path)
            .any(|(kind, value)| kind.check(value).is_err())
        {
            return Err(Refusal::not_found());
        }

        self.check_names(query)?;
        let mut errors = Vec::new();
        let mut acting = Acting::NoUser;
        for header in &self.headers {
            let mut values = headers.get_all(&header.key).iter();
            let Some(value) = values.next() else {
                if header.required {
                    let message = format!("Missing required header: {}", header.name);
                    errors.push(FieldError::new(&header.name, message));
                }
                continue;
            };
            if values.next().is_some() {
                let message = format!("Send {} once", header.name);
                errors.push(FieldError::new(&header.name, message));
                continue;
            }
            let value = value.to_str().unwrap_or_default().trim();
            if header.acting_user {
                acting = Acting::User(value.parse().ok());
            } else if let Err(message) = header.kind.check(value) {
                errors.push(FieldError::new(&header.name, message));
            }
        }
        for parameter in &self.query {
            errors.extend(parameter.check(query).err());
        }

        if errors.is_empty() {
            Ok(acting)
        } else {
            Err(Reply::invalid_request(&errors).into())
        }
    }

    /// Whether there is a parameter of the query with this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.query.iter().any(|parameter| parameter.owns(name))
    }

    /// Refuses parameters that the operation does not have, in the words of the service, if the description says that it
    /// does.
    fn check_names(&self, query: &Query) -> Outcome<()> {
        let mut unknown: Vec<&str> = query.pairs().map(|(name, _)| name).collect();
        unknown.retain(|name| self.closed && !self.has(name));
        unknown.dedup();
        if unknown.is_empty() {
            return Ok(());
        }
        let message = format!("Invalid query params: {}", unknown.join(", "));
        Err(Reply::message(StatusCode::UNPROCESSABLE_ENTITY, &message).into())
    }
}

impl Parameter {
    /// Whether it is the parameter of this name, or one of its comparisons is.
    fn owns(&self, name: &str) -> bool {
        self.name == name
            || matches!(&self.kind, ParameterType::Range(range) if range.owns(&self.name, name))
    }

    fn check(&self, query: &Query) -> Result<(), FieldError> {
        let name = &self.name;
        if let ParameterType::Range(range) = &self.kind {
            let compared = range.compared(name, query).map(drop);
            return compared.map_err(|message| FieldError::new(name, message));
        }
        let Some(value) = query.last(name) else {
            return if self.required {
                Err(FieldError::new(
                    name,
                    format!("Missing required parameter: {name}"),
                ))
            } else {
                Ok(())
            };
        };
        match &self.kind {
            ParameterType::List(items) if self.explode => items.check(query.all(name)),
            kind => kind.check(value),
        }
        .map_err(|message| FieldError::new(name, message))
    }
}

fn read_kind<'a>(source: Source<'a>, name: &str, parameter: &'a Value) -> Read<ParameterType> {
    let Some(schema) = parameter.get("schema") else {
        return Ok(ParameterType::Anything);
    };
    let style = parameter.get("style").and_then(Value::as_str);
    let kind = if style == Some(kind::RANGE_STYLE) {
        Range::read(source, schema).map(ParameterType::Range)
    } else {
        ParameterType::read(source, schema)
    };
    kind.map_err(|problem| format!("the parameter `{name}`: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::json;

    fn parameters(path: &str, list: &Value) -> Read<Parameters> {
        let root = json!({});
        let template = Template::parse(path).unwrap();
        Parameters::read(
            Source::new(&root),
            &template,
            &json!({}),
            &json!({"parameters": list}),
        )
    }

    fn check(
        parameters: &Parameters,
        path: &[&str],
        query: &str,
        headers: &[(&str, &str)],
    ) -> (u16, Value) {
        let path: Vec<_> = path.iter().map(|&value| value.to_owned()).collect();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        match parameters.check(&path, &Query::parse(query), &map) {
            Ok(_) => (200, Value::Null),
            Err(refusal) => {
                let reply = refusal.into_reply();
                let body = serde_json::from_slice(&reply.body).unwrap();
                (reply.status.as_u16(), body)
            }
        }
    }

    fn on_behalf_of(required: bool) -> Value {
        json!({
            "name": "On-Behalf-Of", "in": "header", "required": required,
            "x-harvest-acting-user": true,
            "schema": {"type": "integer", "format": "int64"},
        })
    }

    #[test]
    fn ids_that_cannot_be_are_not_found() {
        let id = json!({"name": "id", "in": "path", "required": true,
            "schema": {"type": "integer", "x-harvest-id": true}});
        let parameters = parameters("/a/{id}", &json!([id, on_behalf_of(true)])).unwrap();
        for bad in [
            "x",
            "-1",
            "0",
            "1.5",
            "99999999999999999999",
            "permission_level",
        ] {
            let (status, body) = check(&parameters, &[bad], "", &[]);
            assert_eq!(
                (status, body),
                (404, json!({"message": "Resource not found"})),
                "{bad}"
            );
        }
        assert_eq!(
            check(&parameters, &["119541172002"], "", &[("on-behalf-of", "7")]).0,
            200
        );
    }

    #[test]
    fn the_acting_user() {
        let required = parameters("/a", &json!([on_behalf_of(true)])).unwrap();
        let (status, body) = check(&required, &[], "", &[]);
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            body["errors"],
            json!([{"message": "Missing required header: On-Behalf-Of", "field": "On-Behalf-Of"}])
        );
        // Whether there is such a user is not for this stage to say.
        let acting = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("on-behalf-of", value.parse().unwrap());
            required
                .check(&[], &Query::default(), &headers)
                .unwrap_or_else(|refusal| panic!("{value}: {refusal}"))
        };
        assert_eq!(acting(" 7"), Acting::User(Some(7)));
        for bad in ["seven", "", "7.0", "é"] {
            assert_eq!(acting(bad), Acting::User(None), "{bad}");
        }
        // In whose name it is done is not to depend on which of two is read.
        for second in ["7", "8"] {
            let both = [("on-behalf-of", "7"), ("on-behalf-of", second)];
            let (status, body) = check(&required, &[], "", &both);
            assert_eq!(
                (status, &body["errors"][0]["field"]),
                (422, &json!("On-Behalf-Of"))
            );
        }
        let optional = parameters("/a", &json!([on_behalf_of(false)])).unwrap();
        assert_eq!(check(&optional, &[], "", &[]).0, 200);
    }

    #[test]
    fn queries_are_checked_all_at_once() {
        let parameters = parameters(
            "/a",
            &json!([
                {"name": "per_page", "in": "query",
                    "schema": {"type": "integer", "minimum": 1, "maximum": 500}},
                {"name": "after", "in": "query",
                    "schema": {"type": "string", "format": "date-time"}},
                {"name": "fields", "in": "query", "required": true, "explode": false,
                 "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "status", "in": "query", "schema": {"type": "string", "enum": ["open"]}},
            ]),
        )
        .unwrap();
        assert_eq!(
            check(
                &parameters,
                &[],
                "fields=a,b&status=new&unknown=1&per_page=500",
                &[]
            )
            .0,
            200
        );
        let (status, body) = check(&parameters, &[], "per_page=501&after=soon", &[]);
        assert_eq!(status, 422);
        assert_eq!(
            body,
            json!({"message": "Validation error", "errors": [
                {"message": "Must be between 1 and 500", "field": "per_page"},
                {"message": "Must be an ISO 8601 date or time", "field": "after"},
                {"message": "Missing required parameter: fields", "field": "fields"},
            ]})
        );
        // The service's own links repeat them; the last counts.
        assert_eq!(
            check(&parameters, &[], "fields=a&per_page=x&per_page=2", &[]).0,
            200
        );
    }

    #[test]
    fn lists_with_commas_and_lists_that_repeat() {
        let list = |explode: bool| {
            parameters(
                "/a",
                &json!([{"name": "ids", "in": "query", "explode": explode, "schema":
                    {"type": "array", "maxItems": 2, "items": {"type": "integer"}}}]),
            )
            .unwrap()
        };
        let errors = |explode, query| {
            check(&list(explode), &[], query, &[]).1["errors"][0]["message"].clone()
        };
        assert_eq!(errors(false, "ids=1,2"), Value::Null);
        assert_eq!(errors(false, "ids=1%2C2"), Value::Null);
        assert_eq!(errors(false, "ids=1,2,3"), "Must have at most 2 items");
        assert_eq!(errors(false, "ids=1,x"), "Item 2: must be an integer");
        assert_eq!(errors(false, "ids="), "Item 1: must be an integer");
        assert_eq!(errors(true, "ids=1&ids=2"), Value::Null);
        assert_eq!(
            errors(true, "ids=1&ids=2&ids=3"),
            "Must have at most 2 items"
        );
        assert_eq!(errors(true, "ids=1,2"), "Item 1: must be an integer");
    }

    #[test]
    fn closed_queries_take_nothing_else() {
        let root = json!({"x-harvest-closed-query": true});
        let bound = json!({"type": "string", "format": "date-time"});
        let list = json!({"parameters": [
            {"name": "status", "in": "query", "schema": {"type": "string", "enum": ["active"]}},
            {"name": "created_at", "in": "query", "style": "pipeDelimited", "explode": false,
             "schema": {"type": "object", "properties": {"gte": bound}}},
        ]});
        let template = Template::parse("/a").unwrap();
        let closed = Parameters::read(Source::new(&root), &template, &json!({}), &list).unwrap();
        for good in [
            "",
            "status=active",
            "created_at=gte%7C2026-01-01T00:00:00Z",
            "created_at%5Bgte%5D=2026-01-01T00:00:00Z",
        ] {
            assert_eq!(check(&closed, &[], good, &[]).0, 200, "{good}");
        }
        let message = |query: &str| check(&closed, &[], query, &[]).1["message"].clone();
        assert_eq!(
            message("state=a&status=active&stat=b&stat=c"),
            "Invalid query params: state, stat"
        );
        assert_eq!(
            message("created_at[lt]=1"),
            "Invalid query params: created_at[lt]"
        );
        for bad in ["status=in_process", "created_at=2026-01-01T00:00:00Z"] {
            assert_eq!(check(&closed, &[], bad, &[]).0, 422, "{bad}");
        }
    }

    #[test]
    fn other_headers_are_checked_like_queries() {
        let parameters = parameters(
            "/a",
            &json!([{"name": "X-Depth", "in": "header", "required": true,
                "schema": {"type": "integer"}}]),
        )
        .unwrap();
        assert_eq!(check(&parameters, &[], "", &[("x-depth", "3")]).0, 200);
        assert_eq!(
            check(&parameters, &[], "", &[("x-depth", "x")]).1["errors"][0]["field"],
            "X-Depth"
        );
        assert_eq!(check(&parameters, &[], "", &[]).0, 422);
    }

    #[test]
    fn malformed_ones_are_reported() {
        for (path, list, problem) in [
            ("/a/{id}", json!([]), "{id}"),
            ("/a", json!([{"name": "id", "in": "path"}]), "{id}"),
            ("/a", json!([{"in": "query"}]), "no name"),
            ("/a", json!([{"name": "x"}]), "no `in`"),
            ("/a", json!([{"name": "x", "in": "body"}]), "nowhere"),
            (
                "/a",
                json!([{"name": "x y", "in": "header"}]),
                "name of a header",
            ),
            (
                "/a",
                json!([{"name": "x", "in": "query", "schema": {"type": "int"}}]),
                "`x`",
            ),
            ("/a", json!([{"$ref": "#/nothing"}]), "points at nothing"),
            ("/a", json!({}), "not a list"),
        ] {
            let error = parameters(path, &list).unwrap_err();
            assert!(error.contains(problem), "{error}");
        }
    }

    #[test]
    fn an_operation_overrides_its_path() {
        let root = json!({});
        let shared = json!({"parameters": [
            {"name": "a", "in": "query", "required": true, "schema": {"type": "integer"}},
            {"name": "b", "in": "query", "schema": {"type": "integer"}},
        ]});
        let own =
            json!({"parameters": [{"name": "a", "in": "query", "schema": {"type": "string"}}]});
        let template = Template::parse("/x").unwrap();
        let parameters = Parameters::read(Source::new(&root), &template, &shared, &own).unwrap();
        assert_eq!(check(&parameters, &[], "a=x", &[]).0, 200);
        assert_eq!(check(&parameters, &[], "", &[]).0, 200);
        assert_eq!(check(&parameters, &[], "b=x", &[]).0, 422);
    }
}
