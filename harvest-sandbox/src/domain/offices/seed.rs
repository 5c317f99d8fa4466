//! The offices of a new organization.

use super::Office;
use crate::domain::organization::Seed;
use crate::domain::tree;
use crate::refusal::Outcome;

/// Name, place, the organization's own id, and the name of the one above; empty where there is none.
const OFFICES: &[[&str; 4]] = &[
    ["Porto", "Porto, Portugal", "PT-1", ""],
    ["Bergen", "Bergen, Norway", "NO-1", ""],
    ["Remote", "", "", ""],
    ["Matosinhos", "Matosinhos, Portugal", "", "Porto"],
    ["Odda", "Odda, Norway", "NO-2", "Bergen"],
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    for [name, location, external_id, above] in OFFICES {
        let parent_id = seed.value("SELECT id FROM office WHERE name = ?1", [above])?;
        let office = Office {
            name: (*name).to_owned(),
            location: some(location),
            primary_contact_user_id: None,
            parent_id,
            external_id: some(external_id),
        };
        tree::add(seed, &office)?;
    }
    Ok(())
}
