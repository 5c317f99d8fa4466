//! Operations by the names that clients give their methods: `listCandidates`, `candidates.list`, `get_candidate`,
//! `postNoteForCandidate`. Names are made by rule, so that no operation is named here.

use std::collections::{BTreeMap, BTreeSet};

use harvest_generated::runtime::{Method, Operation};

/// Words that say nothing about what is called.
const FILLERS: [&str; 12] = [
    "a", "all", "async", "by", "existing", "for", "from", "id", "many", "of", "the", "to",
];

/// The operations of a version by verb and nouns.
pub(super) struct Names {
    by_name: BTreeMap<Key, Vec<&'static Operation>>,
    /// The same, where the nouns are those of the path: a name can say more than it has to.
    by_path: BTreeMap<Key, Vec<&'static Operation>>,
}

/// A verb, and the nouns in any order, in singular.
type Key = (Verb, BTreeSet<String>);

/// What is done.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Verb {
    Read,
    Create,
    Update,
    Delete,
    Other(String),
}

/// A name that was found in the table.
pub(super) struct Named {
    pub operations: Vec<&'static Operation>,
    /// Whether the name alone has a verb and a noun, as few names do by chance.
    pub is_sure: bool,
}

impl Names {
    pub(super) fn new(operations: &'static [Operation]) -> Self {
        let mut names = Self {
            by_name: BTreeMap::new(),
            by_path: BTreeMap::new(),
        };
        for operation in operations {
            let id = words(operation.id);
            let (verb, nouns) = taken_apart(&id, false);
            let verb = verb.unwrap_or(Verb::Read);
            let steps = operation.path.split('/').skip(2);
            let steps = steps.filter(|step| !step.starts_with('{'));
            let of_path = steps.flat_map(words).map(|it| singular(&it)).collect();
            // A permission of a user that is added is posted in one version and put in another.
            let of_method = match operation.method {
                Method::Get => Verb::Read,
                Method::Post => Verb::Create,
                Method::Delete => Verb::Delete,
                _ => Verb::Update,
            };
            names
                .by_name
                .entry((verb, nouns))
                .or_default()
                .push(operation);
            let place = names.by_path.entry((of_method, of_path));
            place.or_default().push(operation);
        }
        names
    }

    /// The operations that a method of a client calls. `resource` is the name before it: that of `candidates.list()`.
    pub(super) fn find(&self, name: &str, resource: Option<&str>) -> Option<Named> {
        let name = words(name);
        let (verb, mut nouns) = taken_apart(&name, true);
        let is_sure = verb.is_some() && !nouns.is_empty();
        let mut all = name;
        if nouns.is_empty() {
            let resource = words(resource?);
            nouns = resource.iter().map(|it| singular(it)).collect();
            all.extend(resource);
        }
        let key = (verb.unwrap_or(Verb::Read), nouns);
        let found = self.by_name.get(&key).or_else(|| self.by_path.get(&key))?;
        let is_plural = all.iter().any(|word| singular(word) != *word);
        let says_list = all
            .iter()
            .any(|word| matches!(word.as_str(), "list" | "all"));
        let of_number =
            |operation: &&&Operation| operation.id.starts_with("list_") == (is_plural || says_list);
        let mut operations: Vec<_> = found.iter().filter(of_number).copied().collect();
        if operations.is_empty() {
            operations.clone_from(found);
        }
        Some(Named {
            operations,
            is_sure,
        })
    }
}

/// The verb of a name, if it has one, and its nouns in singular. Clients have other verbs than the table.
fn taken_apart(name: &[String], of_client: bool) -> (Option<Verb>, BTreeSet<String>) {
    let mut rest = name;
    let mut verb = None;
    while let Some((first, behind)) = rest.split_first() {
        let next = match first.as_str() {
            "get" | "list" | "fetch" | "retrieve" | "find" | "read" | "load" | "iter" | "all" => {
                Verb::Read
            }
            "create" | "add" | "post" | "new" | "insert" => Verb::Create,
            "update" | "patch" | "edit" | "modify" | "change" => Verb::Update,
            "delete" | "remove" | "destroy" => Verb::Delete,
            "put" if of_client => Verb::Update,
            "advance" | "anonymize" | "convert" | "disable" | "enable" | "hire" | "merge"
            | "move" | "reject" | "replace" | "request" | "transfer" | "unreject" => {
                Verb::Other(first.clone())
            }
            _ => break,
        };
        // `postMoveApplication`: the first is the method, the second says what it does.
        let is_better = verb.is_none() || matches!(next, Verb::Other(_));
        if !is_better {
            break;
        }
        verb = Some(next);
        rest = behind;
    }
    let nouns = rest.iter().filter(|word| !is_filler(word));
    (verb, nouns.map(|word| singular(word)).collect())
}

fn is_filler(word: &str) -> bool {
    let is_version = word
        .strip_prefix('v')
        .is_some_and(|it| it.parse::<u8>().is_ok());
    is_version || FILLERS.contains(&word)
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if word.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem
            .strip_suffix("ie")
            .map_or(stem.to_owned(), |stem| format!("{stem}y")),
        _ => word.to_owned(),
    }
}

/// The words of a name, in lower case: `getHTTPUrl`, `get_http_url`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let letters: Vec<char> = name.chars().collect();
    let mut is_new = true;
    for (at, c) in letters.iter().enumerate() {
        if !c.is_alphanumeric() {
            is_new = true;
            continue;
        }
        let before = at.checked_sub(1).map(|it| letters[it]);
        let after = letters.get(at + 1);
        let turns = before.is_some_and(char::is_lowercase)
            || before.is_some_and(char::is_uppercase) && after.is_some_and(|it| it.is_lowercase());
        if is_new || c.is_uppercase() && turns {
            words.push(String::new());
        }
        is_new = false;
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::VERSIONS;

    /// Each operation is found by its own name, in both usual spellings.
    #[test]
    fn names_of_the_table_are_found() {
        for version in &VERSIONS {
            let names = Names::new(version.operations);
            for operation in version.operations {
                let camel: String = words(operation.id)
                    .iter()
                    .map(|word| word[..1].to_uppercase() + &word[1..])
                    .collect();
                for name in [operation.id, &camel] {
                    let found = names.find(name, None).map(|it| it.operations);
                    let found = found.unwrap_or_default();
                    assert!(found.contains(&operation), "{name}");
                }
            }
        }
    }

    #[test]
    fn names_of_clients_are_found() {
        let first = VERSIONS.last().expect("a version");
        let names = Names::new(first.operations);
        let path = |name: &str, resource: Option<&str>| {
            let found = names.find(name, resource)?.operations;
            let [one] = found.as_slice() else {
                return None;
            };
            Some((one.method, one.path.split_once('/')?.1.split_once('/')?.1))
        };
        for (name, resource, method, expected) in [
            ("getCandidates", None, Method::Get, "candidates"),
            ("GetAllCandidates", None, Method::Get, "candidates"),
            ("retrieve_candidate", None, Method::Get, "candidates/{id}"),
            ("candidates", None, Method::Get, "candidates"),
            ("get", Some("candidates"), Method::Get, "candidates"),
            ("list", Some("departments"), Method::Get, "departments"),
            (
                "getActivityFeedForCandidate",
                None,
                Method::Get,
                "candidates/{id}/activity_feed",
            ),
            (
                "scorecards_for_application",
                None,
                Method::Get,
                "applications/{id}/scorecards",
            ),
            (
                "postMoveApplication",
                None,
                Method::Post,
                "applications/{id}/move",
            ),
            (
                "moveApplication",
                None,
                Method::Post,
                "applications/{id}/move",
            ),
            ("postCandidates", None, Method::Post, "candidates"),
            ("deleteCandidate", None, Method::Delete, "candidates/{id}"),
            ("patchCandidate", None, Method::Patch, "candidates/{id}"),
        ] {
            assert_eq!(path(name, resource), Some((method, expected)), "{name}");
        }
        for name in ["get", "map", "toString", "createWidget", "nextLink"] {
            assert!(names.find(name, None).is_none(), "{name}");
        }
    }

    #[test]
    fn words_of_names() {
        assert_eq!(words("getHTTPUrl_of2nd"), ["get", "http", "url", "of2nd"]);
        assert!(words("__").is_empty());
    }
}
