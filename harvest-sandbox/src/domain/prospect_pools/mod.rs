//! Prospect pools and their stages. They can only be read.

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::domain::organization::Seed;
use crate::refusal::Outcome;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&PROSPECT_POOL],
    seed,
};

pub(crate) static PROSPECT_POOL: Kind = Kind {
    table: "prospect_pool",
    first_id: 5_102,
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
                id: seed.next_number("prospect_stage", 20_411)?,
                name: (*name).to_owned(),
            });
        }
        let name = name.to_owned();
        let pool = ProspectPool {
            name,
            active,
            prospect_stages,
        };
        seed.insert(&PROSPECT_POOL, &pool)?;
    }
    Ok(())
}
