//! Which operation a request is for.

use std::cmp::Ordering;

use axum::http::Method;
use percent_encoding::percent_decode_str;

use crate::source::Read;

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

    /// The values of the parameters in order, if the path fits.
    fn capture(&self, path: &[String]) -> Option<Vec<String>> {
        if path.len() != self.0.len() {
            return None;
        }
        let mut values = Vec::new();
        for (segment, given) in self.0.iter().zip(path) {
            match segment {
                Segment::Literal(text) if text == given => {}
                Segment::Parameter(_) if !given.is_empty() => values.push(given.clone()),
                _ => return None,
            }
        }
        Some(values)
    }

    /// Literal segments sort before parameters, so that the first template that fits is the most exact.
    /// `Equal` means that both fit the same paths.
    fn compare(&self, other: &Self) -> Ordering {
        let key = |template: &Self| -> Vec<(bool, String)> {
            template
                .0
                .iter()
                .map(|segment| match segment {
                    Segment::Literal(text) => (false, text.clone()),
                    Segment::Parameter(_) => (true, String::new()),
                })
                .collect()
        };
        key(self).cmp(&key(other))
    }
}

/// Finds the operation for a method and a path.
#[derive(Debug, Default)]
pub(crate) struct Router {
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    method: Method,
    template: Template,
    operation: usize,
}

/// An operation, as its index, and the values of its path parameters in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) operation: usize,
    pub(crate) values: Vec<String>,
}

impl Router {
    /// Adds an operation, unless another answers the same requests: then it is its index that is returned.
    pub(crate) fn add(
        &mut self,
        method: Method,
        template: Template,
        operation: usize,
    ) -> Result<(), usize> {
        let place = self.routes.binary_search_by(|route| {
            route
                .template
                .compare(&template)
                .then_with(|| route.method.as_str().cmp(method.as_str()))
        });
        match place {
            Ok(taken) => Err(self.routes[taken].operation),
            Err(free) => {
                self.routes.insert(
                    free,
                    Route {
                        method,
                        template,
                        operation,
                    },
                );
                Ok(())
            }
        }
    }

    /// The operation a request is for.
    ///
    /// The method takes part in the search, so a path that is known under another method is as unknown as any: 404. A 405
    /// with `Allow` would be more telling, but the documentation of the API knows no 405, and what the service does was
    /// not recorded. A trailing slash makes no difference: the documentation itself has some.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Option<Match> {
        let path = path.strip_prefix('/')?;
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<String> = path
            .split('/')
            .map(|segment| {
                percent_decode_str(segment)
                    .decode_utf8()
                    .ok()
                    .map(std::borrow::Cow::into_owned)
            })
            .collect::<Option<_>>()?;
        self.routes
            .iter()
            .filter(|route| route.method == *method)
            .find_map(|route| {
                Some(Match {
                    operation: route.operation,
                    values: route.template.capture(&segments)?,
                })
            })
    }
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
        router
            .find(&method.parse().unwrap(), path)
            .map(|m| (m.operation, m.values))
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
        // Nobody GETs the level, so this is the user of that name: a 404 further on.
        assert_eq!(
            find(&router, "GET", "/v1/users/permission_level"),
            Some((0, vec!["permission_level".into()]))
        );
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
            ("DELETE", "/v1/users"),
            ("HEAD", "/v1/users"),
            ("OPTIONS", "*"),
            ("GET", "/"),
            ("GET", ""),
            ("GET", "/v1//users"),
            ("GET", "/v1/users//"),
            ("GET", "/v1/users/7/8"),
            ("GET", "/v1/users/%FF"),
            ("GET", "/V1/users"),
        ] {
            assert_eq!(find(&router, method, path), None, "{method} {path}");
        }
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
