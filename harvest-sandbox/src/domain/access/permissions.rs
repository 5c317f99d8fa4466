//! The endpoint permissions of an API, by the names that they go by.

use std::collections::BTreeMap;

/// Every permission that an operation needs. The documentation calls some otherwise than Dev Center does; both names are
/// taken, and that of Dev Center is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Permissions {
    /// The name in Dev Center by each name.
    names: BTreeMap<String, String>,
}

impl Permissions {
    /// Adds a permission under its name in Dev Center, and the one in the documentation, if that is another.
    pub(crate) fn add(&mut self, name: &str, documented: Option<&str>) {
        for alias in [Some(name), documented].into_iter().flatten() {
            self.names.insert(alias.to_owned(), name.to_owned());
        }
    }

    /// Adds those of another description.
    pub(crate) fn extend(&mut self, other: Self) {
        self.names.extend(other.names);
    }

    /// All permissions by their names in Dev Center, each once.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter();
        let names = names.filter(|(alias, name)| alias == name);
        names.map(|(_, name)| name.as_str())
    }

    /// The name in Dev Center of the permission that goes by this name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_found_by_both_names_and_listed_by_one() {
        let mut permissions = Permissions::default();
        permissions.add("GET: List jobs", Some("GET: List Jobs"));
        permissions.add("GET: List Users", None);
        permissions.add("GET: List jobs", None);
        let all: Vec<_> = permissions.all().collect();
        assert_eq!(all, ["GET: List Users", "GET: List jobs"]);
        for name in ["GET: List jobs", "GET: List Jobs"] {
            assert_eq!(permissions.find(name), Some("GET: List jobs"));
        }
        assert_eq!(permissions.find("GET: list jobs"), None);
    }
}
