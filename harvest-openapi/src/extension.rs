//! Names of extensions. `harvest-spec/README.md` says what each means, and where it may stand.

macro_rules! extensions {
    ($($(#[$doc:meta])* $name:ident = $key:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $key;)*

        /// Every extension of this project.
        pub const ALL: &[&str] = &[$($name),*];
    };
}

extensions! {
    /// On a schema that is sent: the service takes a text in place of the value.
    ACCEPTS_TEXT = "x-harvest-accepts-text";
    /// On the header parameter that names the acting user.
    ACTING_USER = "x-harvest-acting-user";
    /// On a parameter that no other may stand beside.
    ALONE = "x-harvest-alone";
    /// On the root: the service refuses unknown query parameters.
    CLOSED_QUERY = "x-harvest-closed-query";
    /// On a property: how well its source supports it.
    CONFIDENCE = "x-harvest-confidence";
    /// On the root: the policy of the version.
    CONVENTIONS = "x-harvest-conventions";
    /// On a published parameter that may not stand beside every other: its default, which other tools would send.
    DEFAULT = "x-harvest-default";
    /// On a path parameter: its name in the documentation.
    DOCUMENTED_NAME = "x-harvest-documented-name";
    /// On an operation: the name of its permission in the documentation.
    DOCUMENTED_PERMISSION = "x-harvest-documented-permission";
    /// On a model: groups of properties of which at most one is set.
    EXCLUSIVE = "x-harvest-exclusive";
    /// On a model: the properties that hold a signed URL and the name of the file.
    FILE = "x-harvest-file";
    /// On an operation: the ids that it had before.
    FORMERLY = "x-harvest-formerly";
    /// On an integer or a text: it identifies a record, and becomes a type of its own.
    ID = "x-harvest-id";
    /// On an operation: repeating it does no harm, or does, against what its method says.
    IDEMPOTENT = "x-harvest-idempotent";
    /// On an operation that the documentation calls internal.
    INTERNAL = "x-harvest-internal";
    /// On a published schema: the one that it copies for the items of an array.
    ITEM_OF = "x-harvest-item-of";
    /// On a published schema: the one that it copies to be nullable.
    NULLABLE_OF = "x-harvest-nullable-of";
    /// On a published schema: the enumeration that it copies to be open.
    OPEN_OF = "x-harvest-open-of";
    /// On an operation: how it is paged.
    PAGINATION = "x-harvest-pagination";
    /// On an operation for partners only.
    PARTNER_ONLY = "x-harvest-partner-only";
    /// On an operation: the permission that it needs.
    PERMISSION = "x-harvest-permission";
    /// On a property: the kind of personal data in it.
    PERSONAL = "x-harvest-personal";
    /// On an operation: how to poll until its result is there.
    READY = "x-harvest-ready";
    /// On a deprecated operation: the one to call in its place.
    REPLACED_BY = "x-harvest-replaced-by";
    /// On a schema: the type or trait of the runtime that it becomes.
    RUNTIME_TYPE = "x-harvest-runtime-type";
    /// On an operation for site admins only.
    SITE_ADMIN = "x-harvest-site-admin";
    /// On a list parameter: longer lists are split into several requests.
    SPLIT = "x-harvest-split";
}

/// The values of an open enumeration, in published documents. The name is Zalando's, and other tools know it.
pub const OPEN_ENUM: &str = "x-extensible-enum";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_begin_alike() {
        assert!(ALL.is_sorted(), "{ALL:?}");
        assert!(ALL.iter().all(|name| name.starts_with("x-harvest-")));
    }
}
