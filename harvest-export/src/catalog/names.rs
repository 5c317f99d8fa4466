//! Names of commands, out of the ids of operations.

/// `candidate_tags` as `candidate-tags`.
pub fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// The name of the command of an operation among those of its resource: the verb if no other operation has it, the id
/// without the name of the resource if one has, and the whole id where that says nothing.
///
/// ```
/// use harvest_export::catalog::command_name;
///
/// let ids = ["list_candidates", "bulk_create_candidates", "create_candidate"];
/// assert_eq!(command_name("candidates", "list_candidates", &ids), "list");
/// assert_eq!(command_name("candidates", "bulk_create_candidates", &ids), "bulk-create");
/// ```
pub fn command_name(resource: &str, id: &str, ids: &[&str]) -> String {
    let verb_of = verb(id);
    if ids.iter().filter(|other| verb(other) == verb_of).count() == 1 {
        return kebab(verb_of);
    }
    without(resource, id).map_or_else(|| kebab(id), |name| kebab(&name))
}

/// The first word, or the first two of an operation on many records.
fn verb(id: &str) -> &str {
    let words = 1 + usize::from(id.starts_with("bulk_"));
    let end = id.match_indices('_').nth(words - 1);
    end.map_or(id, |(at, _)| &id[..at])
}

/// An id without the words of its resource, in either number.
fn without(resource: &str, id: &str) -> Option<String> {
    let noun: Vec<_> = resource.split('_').map(singular).collect();
    let words: Vec<_> = id.split('_').collect();
    let at = (1..=words.len().checked_sub(noun.len())?).find(|&at| {
        let part = &words[at..at + noun.len()];
        part.iter()
            .zip(&noun)
            .all(|(word, noun)| singular(word) == *noun)
    })?;
    let rest = [&words[..at], &words[at + noun.len()..]].concat();
    Some(rest.join("_"))
}

/// The singular of a word, well enough to compare.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = word.strip_suffix("ses") {
        return format!("{stem}s");
    }
    let is_plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    word.strip_suffix('s')
        .filter(|_| is_plural)
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_alone_where_it_is_clear() {
        let ids = ["list_offers", "list_application_offers", "get_offer"];
        for (id, name) in [
            ("list_offers", "list"),
            ("list_application_offers", "list-application"),
            ("get_offer", "get"),
        ] {
            assert_eq!(command_name("offers", id, &ids), name);
        }
        let ids = ["list_tags_of_candidate", "list_others"];
        assert_eq!(
            command_name("tags", "list_tags_of_candidate", &ids),
            "list-of-candidate"
        );
        assert_eq!(command_name("tags", "list_others", &ids), "list-others");
    }
}
