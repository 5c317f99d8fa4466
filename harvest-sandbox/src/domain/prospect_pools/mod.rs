//! Prospect pools and their stages. They can only be read.

use serde::{Deserialize, Serialize};

use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::domain::parts::Owner;
use crate::domain::{Resource, parts};
use crate::refusal::Outcome;
use crate::store::{Edit, Kind};

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&PROSPECT_POOL, &PROSPECT_STAGE],
    seed,
};

pub(crate) static PROSPECT_POOL: Kind = Kind {
    table: "prospect_pool",
    first_id: 5_102,
    visibility: Visibility::EVERYONE,
};

/// The stages of all pools: those that the pools have, each as a record.
pub(crate) static PROSPECT_STAGE: Kind = Kind {
    table: "prospect_stage",
    first_id: 20_411,
    visibility: Visibility::EVERYONE,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProspectPool {
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) prospect_stages: Vec<ProspectStage>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProspectStage {
    pub(crate) id: i64,
    pub(crate) name: String,
}

/// A stage, as a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ListedStage {
    pub(crate) prospect_pool_id: i64,
    pub(crate) name: String,
    /// Its place among those of the pool, from 0.
    pub(crate) position: usize,
}

impl ProspectPool {
    /// Keeps a pool, with its stages as records.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&PROSPECT_POOL, id)? {
            edit.save(&PROSPECT_POOL, id, self)?;
        } else {
            edit.insert_as(&PROSPECT_POOL, id, self)?;
        }
        let stages = self.prospect_stages.iter().enumerate();
        let stages = stages.map(|(position, stage)| {
            let listed = ListedStage {
                prospect_pool_id: id,
                name: stage.name.clone(),
                position,
            };
            (stage.id, listed)
        });
        let owner = Owner {
            column: "prospect_pool_id",
            id,
        };
        parts::keep(edit, &PROSPECT_STAGE, owner, stages)
    }
}

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    for (name, active, stages) in [
        (
            "Field hydrologists",
            true,
            &["Not contacted", "In conversation", "Ready for a job"] as &[_],
        ),
        ("Conference 2024", false, &["Card received"]),
    ] {
        let mut prospect_stages = Vec::new();
        for name in stages {
            prospect_stages.push(ProspectStage {
                id: seed.new_id(&PROSPECT_STAGE)?,
                name: (*name).to_owned(),
            });
        }
        let name = name.to_owned();
        let pool = ProspectPool {
            name,
            active,
            prospect_stages,
        };
        let id = seed.new_id(&PROSPECT_POOL)?;
        pool.save(seed, id)?;
    }
    Ok(())
}
