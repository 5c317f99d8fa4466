//! The departments of a new organization.

use super::Department;
use crate::domain::organization::Seed;
use crate::domain::tree;
use crate::refusal::Outcome;

/// Name, the organization's own id, and the name of the one above.
const DEPARTMENTS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("Earth Sciences", None, None),
    ("Engineering", Some("ENG"), None),
    ("People", Some("PPL"), None),
    ("Hydrology", Some("HYD"), Some("Earth Sciences")),
    ("Glaciology", None, Some("Earth Sciences")),
    ("Instruments", Some("ENG-INS"), Some("Engineering")),
    ("Data Platform", Some("ENG-DAT"), Some("Engineering")),
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    for (name, external_id, above) in DEPARTMENTS {
        let parent_id = seed.value("SELECT id FROM department WHERE name = ?1", [above])?;
        let department = Department {
            name: (*name).to_owned(),
            parent_id,
            external_id: external_id.map(str::to_owned),
        };
        tree::add(seed, &department)?;
    }
    Ok(())
}
