//! Migration from one version of the API to another: what takes the place of each operation, and what else changes.
//!
//! All of it comes from the embedded table, the operations of both versions and their descriptions.

mod fields;
mod table;

use std::collections::BTreeMap;

use harvest_generated::runtime::Operation;

use self::fields::{Description, Reached};
use self::table::{Fate, Pair, Table};
use crate::failure::{Exit, Failure};
use crate::version::Version;

/// The migration that is embedded.
pub(crate) struct Migration {
    pub from: &'static Version,
    pub to: &'static Version,
    base_url: String,
    /// By the id of the older operation.
    operations: BTreeMap<&'static str, Replacement>,
    /// The lists of the newer version, by the name of their record.
    lists: BTreeMap<String, &'static Operation>,
}

/// What takes the place of an operation.
pub(crate) struct Replacement {
    pub operation: &'static Operation,
    /// What to call in its place; nothing if nothing does.
    pub to: Vec<&'static Operation>,
    /// A remark for people.
    pub note: Option<String>,
    /// The kind of source that the pair is known by.
    pub basis: String,
    /// Parameters, and properties of what is sent and answered, that are not the same.
    pub changes: Vec<Change>,
}

/// A parameter or a property that is not the same.
pub(crate) struct Change {
    pub place: Place,
    /// The name, with those around it: `application.current_stage`.
    pub path: String,
    /// What becomes of it, for people.
    pub what: String,
    /// The records that have it now, if it moved to others.
    pub records: Vec<String>,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Parameter,
    Body,
    Answer,
}

impl Place {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Answer => "answer",
        }
    }
}

/// An operation as a request, for people: `GET /v1/users`.
pub(crate) fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

impl Change {
    /// The last name of its path.
    pub(crate) fn name(&self) -> &str {
        let last = self.path.rsplit('.').next().unwrap_or_default();
        last.split('=').next().unwrap_or_default()
    }
}

impl Migration {
    /// Reads what is embedded.
    pub(crate) fn read() -> Result<Self, Failure> {
        let embedded = harvest_spec::MIGRATION;
        let (from, to) = (Version::named(embedded.from)?, Version::named(embedded.to)?);
        let table = Table::read(embedded.json)?;
        let description = Description::read(from.name)?;
        let mut operations = BTreeMap::new();
        for (id, pair) in &table.operations {
            let operation = named(from, id)?;
            let replaced: Result<Vec<_>, _> = pair.to.iter().map(|id| named(to, id)).collect();
            let replacement = Replacement {
                operation,
                to: replaced?,
                note: pair.note.as_deref().map(str::trim).map(str::to_owned),
                basis: pair.basis.clone(),
                changes: changes(&table, pair, &description, operation),
            };
            operations.insert(operation.id, replacement);
        }
        Ok(Self {
            from,
            to,
            base_url: description.base_url().to_owned(),
            operations,
            lists: Description::read(to.name)?.lists(to.operations),
        })
    }

    /// Where the older version is.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What takes the place of an operation of the older version.
    pub(crate) fn of(&self, operation: &Operation) -> Option<&Replacement> {
        self.operations.get(operation.id)
    }

    /// All of them, by the id of the older operation.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Replacement> {
        self.operations.values()
    }

    /// The lists of the newer version that have properties which other records had.
    pub(crate) fn lists_of(&self, change: &Change) -> Vec<&'static Operation> {
        let records = change.records.iter();
        records
            .filter_map(|name| self.lists.get(name).copied())
            .collect()
    }
}

/// The operation of this name.
fn named(version: &Version, id: &str) -> Result<&'static Operation, Failure> {
    let found = version.operations.iter().find(|it| it.id == id);
    found.ok_or_else(|| {
        let message = format!(
            "the migration names {id}, which {} has not; build the program again from one checkout",
            version.name
        );
        Failure::new(Exit::Failed, message)
    })
}

fn changes(
    table: &Table,
    pair: &Pair,
    description: &Description,
    operation: &Operation,
) -> Vec<Change> {
    let parameters = description.parameters(operation);
    let of_many = table.parameters.iter().filter(|(name, _)| {
        parameters.contains(name) && !pair.parameters.contains_key(name.as_str())
    });
    let mut changes: Vec<_> = pair
        .parameters
        .iter()
        .chain(of_many)
        .map(|(name, fate)| change(Place::Parameter, name.clone(), fate))
        .collect();
    description.walk(operation, &mut |place, path, reached| match reached {
        Reached::Property { model, name } => {
            let fate = table
                .models
                .get(model)
                .and_then(|it| it.properties.get(name));
            let Some(fate) = fate else {
                return true;
            };
            changes.push(change(place, path.to_owned(), fate));
            // What is within it is described where it is now.
            fate.kind.is_some()
        }
        Reached::Enumeration(name) => {
            let values = table.enumerations.get(name).map(|it| &it.values);
            for (value, fate) in values.into_iter().flatten() {
                changes.push(change(place, format!("{path}={value}"), fate));
            }
            true
        }
    });
    changes.sort_by(|a, b| (a.place, &a.path).cmp(&(b.place, &b.path)));
    changes.dedup_by(|a, b| a.place == b.place && a.path == b.path);
    changes
}

fn change(place: Place, path: String, fate: &Fate) -> Change {
    let moved = fate.moved.iter().flatten();
    let records = moved.filter_map(|it| it.split_once('.'));
    let mut records: Vec<_> = records.map(|(record, _)| record.to_owned()).collect();
    records.dedup();
    Change {
        place,
        path,
        what: fate.words(),
        records,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_what_takes_its_place() {
        let migration = Migration::read().expect("it is embedded");
        assert_eq!(migration.all().count(), migration.from.operations.len());
        assert!(
            migration
                .all()
                .all(|it| !it.to.is_empty() || it.note.is_some())
        );
        assert!(migration.lists.len() > 50, "{}", migration.lists.len());
    }

    /// Properties of the records within a record are found, and not what is within one that is somewhere else now.
    #[test]
    fn changes_are_found_in_bodies_and_answers() {
        let migration = Migration::read().expect("it is embedded");
        let mut seen = [false; 3];
        for replacement in migration.all() {
            for change in &replacement.changes {
                seen[change.place as usize] = true;
                assert!(!change.what.is_empty(), "{}", change.path);
                let within = format!("{}.", change.path);
                let gone = !change.what.contains("the type");
                let inner = replacement.changes.iter();
                let mut inner = inner.filter(|it| it.place == change.place);
                assert!(
                    !gone || !inner.any(|it| it.path.starts_with(&within)),
                    "{}: {}",
                    replacement.operation,
                    change.path
                );
            }
        }
        assert_eq!(seen, [true; 3]);
        let deep = migration.all().flat_map(|it| &it.changes);
        assert!(deep.filter(|it| it.path.contains('.')).count() > 50);
    }
}
