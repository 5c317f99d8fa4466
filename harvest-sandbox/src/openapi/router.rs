//! The router: the operation of a request.

use std::borrow::Cow;
use std::cmp::Ordering;

use axum::http::{Method, StatusCode};
use percent_encoding::percent_decode_str;

use crate::http::reply::Reply;
use crate::openapi::source::Read;

/// Whether a path is this one, or one below it.
pub(crate) fn is_under(path: &str, root: &str) -> bool {
    let rest = path.strip_prefix(root);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path of the document, `/v1/users/{id}`.
#[derive(Clone, Debug)]
pub(crate) struct Template(Vec<Segment>);

#[derive(Clone, Debug)]
enum Segment {
    Literal(String),
    Parameter(String),
}

impl Template {
    pub(crate) fn parse(path: &str) -> Read<Self> {
        let rest = path
            .strip_prefix('/')
            .ok_or("the path doesn't begin with `/`")?;
        rest.split('/')
            .map(
                |segment| match segment.strip_prefix('{').and_then(|s| s.strip_suffix('}')) {
                    Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
                        Ok(Segment::Parameter(name.to_owned()))
                    }
                    None if !segment.contains(['{', '}']) => {
                        Ok(Segment::Literal(segment.to_owned()))
                    }
                    _ => Err(format!(
                        "`{segment}` in the path is neither a text nor one parameter in braces"
                    )),
                },
            )
            .collect::<Read<_>>()
            .map(Self)
    }

    /// The names in braces, in order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    fn fits(&self, path: &[Cow<'_, str>]) -> bool {
        self.0.len() == path.len()
            && self.0.iter().zip(path).all(|it| match it {
                (Segment::Literal(text), given) => text == given,
                (Segment::Parameter(_), given) => !given.is_empty(),
            })
    }

    /// The values of the parameters in order, of a path that fits.
    fn capture(&self, path: Vec<Cow<'_, str>>) -> Vec<String> {
        let given = self.0.iter().zip(path);
        let values = given.filter(|(segment, _)| matches!(segment, Segment::Parameter(_)));
        values.map(|(_, value)| value.into_owned()).collect()
    }

    /// Those of few segments come first. Literal segments sort before parameters, so that the first template that fits is
    /// the most exact. `Equal` means that both fit the same paths.
    fn compare(&self, other: &Self) -> Ordering {
        let key = |segment: &'_ Segment| match segment {
            Segment::Literal(text) => (false, text.clone()),
            Segment::Parameter(_) => (true, String::new()),
        };
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.iter().map(key).cmp(other.0.iter().map(key)))
    }
}

/// Finds the operation for a method and a path.
#[derive(Debug, Default)]
pub(crate) struct Router {
    /// In the order of their templates.
    paths: Vec<Routes>,
}

/// The operations of a path, in the order of the names of their methods.
#[derive(Debug)]
struct Routes {
    template: Template,
    operations: Vec<(Method, usize)>,
}

/// An operation, as its index, and the values of its path parameters in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) operation: usize,
    pub(crate) values: Vec<String>,
}

/// Why there is no operation for a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unfound {
    /// No operation has the path.
    Path,
    /// Operations have the path, with these methods.
    Method(Vec<Method>),
}

impl Router {
    /// Adds an operation, unless another answers the same requests: then it is its index that is returned.
    pub(crate) fn add(
        &mut self,
        method: Method,
        template: Template,
        operation: usize,
    ) -> Result<(), usize> {
        let place = self
            .paths
            .binary_search_by(|routes| routes.template.compare(&template));
        let at = place.unwrap_or_else(|free| {
            let operations = Vec::new();
            let routes = Routes {
                template,
                operations,
            };
            self.paths.insert(free, routes);
            free
        });
        let operations = &mut self.paths[at].operations;
        match operations.binary_search_by(|(known, _)| known.as_str().cmp(method.as_str())) {
            Ok(taken) => Err(operations[taken].1),
            Err(free) => {
                operations.insert(free, (method, operation));
                Ok(())
            }
        }
    }

    /// The operation a request is for. HEAD is GET, unless an operation says otherwise.
    ///
    /// The path comes first, as OpenAPI has it: the most exact template that fits decides which methods there are. A
    /// trailing slash makes no difference: the documentation itself has some.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Result<Match, Unfound> {
        let segments = segments(path).ok_or(Unfound::Path)?;
        let length = segments.len();
        let shorter = self
            .paths
            .partition_point(|it| it.template.0.len() < length);
        let mut as_long = self.paths[shorter..].iter();
        let routes = as_long.find(|it| it.template.fits(&segments));
        let routes = routes.ok_or(Unfound::Path)?;
        let with = |method: &Method| routes.operations.iter().find(|(it, _)| it == method);
        let found = match with(method) {
            None if *method == Method::HEAD => with(&Method::GET),
            found => found,
        };
        let Some((_, operation)) = found else {
            let methods = routes.operations.iter().map(|(method, _)| method.clone());
            return Err(Unfound::Method(methods.collect()));
        };
        Ok(Match {
            operation: *operation,
            values: routes.template.capture(segments),
        })
    }
}

impl Unfound {
    /// 404 or 405. Of a path with an empty segment it says that, since that is nearly always a slash at the end of a base
    /// URL; a redirect would lose the body of a POST, and clients of APIs do not follow one.
    pub(crate) fn reply(&self, path: &str) -> Reply {
        match self {
            Self::Method(methods) => Reply::method_not_allowed(methods),
            Self::Path if path.contains("//") => Reply::message(
                StatusCode::NOT_FOUND,
                "Resource not found: the path has two slashes in a row. A base URL that ends with \
                 a slash, before a path that begins with one, does that",
            ),
            Self::Path => Reply::not_found(),
        }
    }
}

/// The segments of a path, decoded, if they are text.
fn segments(path: &str) -> Option<Vec<Cow<'_, str>>> {
    let path = path.strip_prefix('/')?;
    let path = path.strip_suffix('/').unwrap_or(path);
    let decoded = path
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8());
    decoded.collect::<Result<_, _>>().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(routes: &[(&str, &str)]) -> Router {
        let mut built = Router::default();
        for (i, (method, path)) in routes.iter().enumerate() {
            built
                .add(method.parse().unwrap(), Template::parse(path).unwrap(), i)
                .unwrap();
        }
        built
    }

    fn find(router: &Router, method: &str, path: &str) -> Option<(usize, Vec<String>)> {
        let found = router.find(&method.parse().unwrap(), path).ok()?;
        Some((found.operation, found.values))
    }

    #[test]
    fn literals_win_whatever_the_order() {
        let router = router(&[
            ("GET", "/v1/users/{id}"),
            ("GET", "/v1/users/me"),
            ("PATCH", "/v1/users/permission_level"),
            ("GET", "/v1/{kind}/all"),
            ("GET", "/v1/users/{id}/emails/{email_id}"),
        ]);
        assert_eq!(
            find(&router, "GET", "/v1/users/7"),
            Some((0, vec!["7".into()]))
        );
        assert_eq!(find(&router, "GET", "/v1/users/me"), Some((1, vec![])));
        assert_eq!(
            find(&router, "PATCH", "/v1/users/permission_level"),
            Some((2, vec![]))
        );
        // No operation GETs the level, and it is no user.
        assert_eq!(find(&router, "GET", "/v1/users/permission_level"), None);
        assert_eq!(
            find(&router, "GET", "/v1/users/all"),
            Some((0, vec!["all".into()]))
        );
        assert_eq!(
            find(&router, "GET", "/v1/jobs/all"),
            Some((3, vec!["jobs".into()]))
        );
        assert_eq!(
            find(&router, "GET", "/v1/users/7/emails/a%2Fb%20c"),
            Some((4, vec!["7".into(), "a/b c".into()]))
        );
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let router = router(&[("GET", "/v1/users"), ("GET", "/v1/users/{id}")]);
        assert_eq!(find(&router, "GET", "/v1/users/"), Some((0, vec![])));
        for (method, path) in [
            ("OPTIONS", "*"),
            ("GET", "/"),
            ("GET", ""),
            ("GET", "/v1//users"),
            ("GET", "/v1/users//"),
            ("GET", "/v1/users/7/8"),
            ("GET", "/v1/users/%FF"),
            ("GET", "/V1/users"),
        ] {
            let found = router.find(&method.parse().unwrap(), path);
            assert_eq!(found, Err(Unfound::Path), "{method} {path}");
        }
    }

    #[test]
    fn other_methods_are_named() {
        let router = router(&[
            ("GET", "/v1/users"),
            ("POST", "/v1/users"),
            ("PATCH", "/v1/users/level"),
            ("GET", "/v1/users/{id}"),
            ("DELETE", "/v1/users/{id}"),
            ("GET", "/v1/checked"),
            ("HEAD", "/v1/checked"),
        ]);
        assert_eq!(find(&router, "HEAD", "/v1/users"), Some((0, vec![])));
        assert_eq!(find(&router, "HEAD", "/v1/checked"), Some((6, vec![])));
        for (method, path, allow) in [
            ("DELETE", "/v1/users", "GET, HEAD, POST"),
            ("OPTIONS", "/v1/users/", "GET, HEAD, POST"),
            ("PUT", "/v1/users/level", "PATCH"),
            ("GET", "/v1/users/level", "PATCH"),
            ("HEADS", "/v1/users/7", "DELETE, GET, HEAD"),
            ("PUT", "/v1/checked", "GET, HEAD"),
        ] {
            let unfound = router.find(&method.parse().unwrap(), path).unwrap_err();
            let reply = unfound.reply(path);
            assert_eq!(
                (reply.status, &reply.headers["allow"]),
                (StatusCode::METHOD_NOT_ALLOWED, &allow.parse().unwrap()),
                "{method} {path}"
            );
        }
        for path in ["//v1/users", "/v1//users", "/v1/users//"] {
            let reply = router.find(&Method::GET, path).unwrap_err().reply(path);
            assert_eq!(reply.status, 404);
            assert!(reply.words().unwrap().contains("two slashes"), "{path}");
        }
        assert_eq!(
            Unfound::Path.reply("/v1/x").words().unwrap(),
            "Resource not found"
        );
    }

    #[test]
    fn two_operations_for_one_request_are_refused() {
        let mut router = router(&[("GET", "/a/{x}")]);
        assert_eq!(
            router.add(Method::GET, Template::parse("/a/{y}").unwrap(), 1),
            Err(0)
        );
        assert_eq!(
            router.add(Method::PUT, Template::parse("/a/{y}").unwrap(), 1),
            Ok(())
        );
    }

    #[test]
    fn odd_templates_are_refused() {
        for path in ["v1", "/v1/{id}.json", "/{}", "/{a}{b}", "/{a", "/a}"] {
            assert!(Template::parse(path).is_err(), "{path}");
        }
    }
}
