//! Collection of the records of one person: from list to list, by the parameters that narrow them to ids.

use std::collections::{BTreeMap, BTreeSet};

use harvest_export::catalog::{Catalog, Entry, Field, Shapes};
use harvest_generated::runtime::Json;
use serde_json::Value;

use crate::connection::Connection;
use crate::failure::{Exit, Failure};
use crate::memory::{Held, of_decoded};

/// The resource that a person is.
pub(super) const PERSON: &str = "candidates";
/// The property by which a record belongs to a person, and to what a person applied for.
const OF_PERSON: &str = "candidate_id";
const OF_APPLICATION: &str = "application_id";
const APPLICATIONS: &str = "applications";
/// How a parameter ends that takes ids.
const IDS: &str = "_ids";
/// How many ids a request takes where that is not described.
const USUAL_IDS: usize = 50;
/// The most records of other people in the lists of one: those that a list can be narrowed to may have to do with many.
const MOST_OTHERS: u64 = 200_000;
/// The most records of one person, and the most memory for them, which are held until all were read. Some is decoded at a time,
/// so that what counts is what they would take decoded.
const MOST_RECORDS: usize = 200_000;
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// What was found about a person.
pub(super) struct Collected {
    /// The records of each list as JSON, by their ids; those without one have negative numbers. As [`Json`] they might hold what
    /// was decoded of them, too.
    pub records: BTreeMap<String, BTreeMap<i64, Box<str>>>,
    /// Lists that the credential may not read, with the permission.
    pub refused: BTreeMap<String, &'static str>,
    /// Lists about people that cannot be narrowed to one.
    pub not_covered: BTreeSet<String>,
    /// What the records take.
    held: Held,
}

impl Collected {
    fn new() -> Self {
        Self {
            records: BTreeMap::new(),
            refused: BTreeMap::new(),
            not_covered: BTreeSet::new(),
            held: Held::new(
                "what there is about this person",
                Exit::Incomplete,
                MOST_MEMORY,
            ),
        }
    }

    /// A record, decoded.
    pub(super) fn decode(&self, record: &str) -> Result<Value, Failure> {
        self.held.decode(record)
    }
}

/// What is read from.
pub(super) struct Collector<'a> {
    pub connection: &'a Connection,
    pub catalog: &'a Catalog,
    pub person: i64,
}

impl Collector<'_> {
    /// Reads all lists that lead from the person on.
    pub(super) async fn collect(&self) -> Result<Collected, Failure> {
        let lists = self.lists();
        let mut collected = Collected::new();
        let person = lists.get(PERSON).filter(|it| it.parameter("ids").is_some());
        let person = person.ok_or_else(|| {
            Failure::usage(format!(
                "lists of {} cannot be narrowed to a person; use the current version",
                self.catalog.version
            ))
        })?;
        self.read(PERSON, person, "ids", &[self.person], &mut collected)
            .await?;
        if !collected.records.contains_key(PERSON) {
            let message = format!("there is no candidate {} for this credential", self.person);
            return Err(Failure::new(Exit::Failed, message));
        }
        // What was asked for: by a list and a parameter, each id once.
        let mut asked: BTreeMap<(String, &str), BTreeSet<i64>> = BTreeMap::new();
        loop {
            let mut is_new = false;
            for (name, entry) in lists.iter().filter(|(name, _)| name.as_str() != PERSON) {
                for parameter in &entry.parameters {
                    let Some(parent) = lists.keys().find(|it| leads(it, parameter.name)) else {
                        continue;
                    };
                    let known = collected.records.get(parent).into_iter().flatten();
                    let known = known.map(|(id, _)| *id).filter(|id| *id > 0);
                    let before = asked.entry((name.clone(), parameter.name)).or_default();
                    let ids: Vec<_> = known.filter(|id| before.insert(*id)).collect();
                    if !ids.is_empty() {
                        is_new = true;
                        self.read(name, entry, parameter.name, &ids, &mut collected)
                            .await?;
                    }
                }
            }
            if !is_new {
                break;
            }
        }
        let shapes = self.shapes();
        for (name, entry) in &lists {
            let is_asked = asked.keys().any(|(it, _)| it == name) || name == PERSON;
            let fields = shapes
                .get(entry.operation.id)
                .map_or(&[][..], Vec::as_slice);
            if !is_asked && fields.iter().any(is_personal) {
                collected.not_covered.insert(name.clone());
            }
        }
        Ok(collected)
    }

    pub(super) fn shapes(&self) -> &Shapes {
        &self.catalog.shapes
    }

    /// The lists of the version, by the names of their resources.
    pub(super) fn lists(&self) -> BTreeMap<String, &Entry> {
        let prefix = format!("/{}/", self.catalog.version);
        let lists = self
            .catalog
            .entries()
            .filter(|it| it.is_list() && it.is_read());
        let lists = lists.filter_map(|entry| {
            let name = entry.operation.path.strip_prefix(&prefix)?;
            (!name.contains('/')).then(|| (name.to_owned(), entry))
        });
        lists.collect()
    }

    async fn read(
        &self,
        name: &str,
        entry: &Entry,
        parameter: &'static str,
        ids: &[i64],
        collected: &mut Collected,
    ) -> Result<(), Failure> {
        if collected.refused.contains_key(name) {
            return Ok(());
        }
        let most = entry.parameter(parameter).and_then(|it| it.most);
        for part in ids.chunks(most.unwrap_or(USUAL_IDS)) {
            let mut request = self.connection.core.request(entry.operation);
            request.query_csv(parameter, part, None);
            let mut items = request.items::<Json>();
            let mut others = 0;
            while let Some(item) = items.next().await {
                let record = match item {
                    Ok(record) => record,
                    Err(error) if error.is_missing_permission() || error.is_forbidden() => {
                        collected
                            .refused
                            .insert(name.to_owned(), entry.operation.permission);
                        return Ok(());
                    }
                    Err(error) => return Err(error.into()),
                };
                let value = collected.decode(record.text())?;
                is_within(part, parameter, name, &value)?;
                others += u64::from(!self.keep(name, record.text(), &value, collected)?);
                if others == MOST_OTHERS {
                    let message = format!(
                        "{name} has more than {MOST_OTHERS} records about other people in what was \
                         asked for about this one"
                    );
                    return Err(Failure::new(Exit::Incomplete, message));
                }
            }
            if let Some(reason) = items.completeness().incomplete() {
                let message = format!("{name} was not read to its end: {reason}; try again");
                return Err(Failure::new(Exit::Incomplete, message));
            }
        }
        Ok(())
    }

    /// Keeps a record, unless it is about another person: several people can have to do with one record. Whether it was kept.
    fn keep(
        &self,
        name: &str,
        record: &str,
        value: &Value,
        collected: &mut Collected,
    ) -> Result<bool, Failure> {
        let of = |property: &str| value[property].as_i64();
        let applications = collected.records.get(APPLICATIONS);
        let is_known = |id: i64| applications.is_none_or(|it| it.contains_key(&id));
        let is_of_other = of(OF_PERSON).is_some_and(|id| id != self.person)
            || of(OF_APPLICATION).is_some_and(|id| !is_known(id));
        if is_of_other {
            return Ok(false);
        }
        let records = collected.records.entry(name.to_owned()).or_default();
        if records.len() == MOST_RECORDS {
            let message = format!("{name} has more than {MOST_RECORDS} records about this person");
            return Err(Failure::new(Exit::Incomplete, message));
        }
        collected.held.take(of_decoded(record.as_bytes()))?;
        let next = -1 - i64::try_from(records.len()).unwrap_or_default();
        records.insert(of("id").unwrap_or(next), record.into());
        Ok(true)
    }
}

/// Makes sure that a record is one that was asked for: that the property of which the parameter takes ids has one of these.
fn is_within(asked: &[i64], parameter: &str, list: &str, record: &Value) -> Result<(), Failure> {
    let property = match parameter.strip_suffix(IDS) {
        Some(one) => &format!("{one}_id"),
        None => "id",
    };
    if record[property]
        .as_i64()
        .is_none_or(|id| asked.contains(&id))
    {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Incomplete,
        format!(
            "{list}: the service does not honour the filter {parameter}: it lists records whose \
             {property} was not asked for"
        ),
    ))
}

/// Whether a parameter takes the ids of a resource: `application_ids` those of `applications`.
fn leads(resource: &str, parameter: &str) -> bool {
    parameter
        .strip_suffix(IDS)
        .is_some_and(|one| resource.strip_suffix('s') == Some(one))
}

/// Whether a property, or something within it, is about a person.
pub(super) fn is_personal(field: &Field) -> bool {
    field.class.is_some() || field.fields.iter().any(is_personal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_is_not_honoured_is_seen() {
        let check = |parameter: &str, record: &str| {
            let record = serde_json::from_str(record).expect("JSON");
            is_within(&[5, 6], parameter, "notes", &record)
        };
        for (parameter, record) in [
            ("ids", r#"{"id":6,"candidate_id":9}"#),
            ("candidate_ids", r#"{"id":9,"candidate_id":5}"#),
            // It may belong to the application of the candidate.
            ("candidate_ids", r#"{"id":9,"candidate_id":null}"#),
            ("candidate_ids", r#"{"id":9}"#),
            ("ids", "null"),
        ] {
            assert!(check(parameter, record).is_ok(), "{parameter} {record}");
        }
        for (parameter, record) in [
            ("ids", r#"{"id":7}"#),
            ("candidate_ids", r#"{"id":5,"candidate_id":999}"#),
            ("application_ids", r#"{"id":5,"application_id":999}"#),
        ] {
            let failure = check(parameter, record).expect_err(record);
            assert!(format!("{failure:?}").contains("does not honour"));
        }
    }

    #[test]
    fn parameters_lead_from_list_to_list() {
        assert!(leads("applications", "application_ids"));
        assert!(!leads("applications", "ids"));
        assert!(!leads("jobs", "application_ids"));
    }
}
