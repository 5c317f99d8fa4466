//! The operation that stands for a raw request in errors and traces.

use crate::ActingUser::{None, Optional, Required};
use crate::{ActingUser, Method, Operation, Pagination};

/// Operations are constants, so there is one for every case.
pub(super) fn operation(
    method: Method,
    idempotent: bool,
    acting_user: ActingUser,
) -> &'static Operation {
    match method {
        Method::Get => cases(&const { all(Method::Get) }, idempotent, acting_user),
        Method::Post => cases(&const { all(Method::Post) }, idempotent, acting_user),
        Method::Put => cases(&const { all(Method::Put) }, idempotent, acting_user),
        Method::Patch => cases(&const { all(Method::Patch) }, idempotent, acting_user),
        Method::Delete => cases(&const { all(Method::Delete) }, idempotent, acting_user),
        Method::Head => cases(&const { all(Method::Head) }, idempotent, acting_user),
        Method::Options => cases(&const { all(Method::Options) }, idempotent, acting_user),
    }
}

fn cases(
    of_method: &'static [[Operation; 3]; 2],
    idempotent: bool,
    acting_user: ActingUser,
) -> &'static Operation {
    let [once, repeatable] = of_method;
    let [required, optional, none] = if idempotent { repeatable } else { once };
    match acting_user {
        Required => required,
        Optional => optional,
        None => none,
    }
}

const fn all(method: Method) -> [[Operation; 3]; 2] {
    [
        [
            undescribed(method, false, Required),
            undescribed(method, false, Optional),
            undescribed(method, false, None),
        ],
        [
            undescribed(method, true, Required),
            undescribed(method, true, Optional),
            undescribed(method, true, None),
        ],
    ]
}

/// The path is whatever the caller made of it, so it is not in here.
const fn undescribed(method: Method, idempotent: bool, acting_user: ActingUser) -> Operation {
    Operation {
        id: "undescribed",
        method,
        path: "/…",
        tag: "",
        permission: "",
        // What claims the least.
        pagination: Pagination::NextOnly,
        idempotent,
        acting_user,
        deprecated: false,
        replaced_by: Option::None,
        statuses: &[],
        documentation: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_has_its_own() {
        for method in [
            Method::Get,
            Method::Post,
            Method::Put,
            Method::Patch,
            Method::Delete,
            Method::Head,
            Method::Options,
        ] {
            for idempotent in [false, true] {
                for acting_user in [Required, Optional, None] {
                    let operation = operation(method, idempotent, acting_user);
                    assert_eq!(
                        (
                            operation.method,
                            operation.idempotent,
                            operation.acting_user
                        ),
                        (method, idempotent, acting_user)
                    );
                    assert_eq!(operation.to_string(), format!("undescribed ({method} /…)"));
                }
            }
        }
    }
}
