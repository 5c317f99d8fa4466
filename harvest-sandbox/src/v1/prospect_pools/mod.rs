//! Prospect pools and their stages. They can only be read.

use serde::{Deserialize, Serialize};

use super::plain;
use crate::access::Visibility;
use crate::handler::{Handler, Reading, Resource};
use crate::list::List;
use crate::organization::Seed;
use crate::refusal::Outcome;
use crate::store::{Kind, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    kinds: &[&PROSPECT_POOL],
    presentations: &[&PROSPECT_POOL_PRESENTATION],
    operations: &[
        ("list_prospect_pools", Handler::Read(list)),
        ("get_prospect_pool", Handler::Read(get)),
    ],
    seed,
};

pub(super) static PROSPECT_POOL: Kind = Kind {
    table: "prospect_pool",
    first_id: 5_102,
    visibility: Visibility::EVERYONE,
};

static PROSPECT_POOL_PRESENTATION: Presentation = plain::presentation(&PROSPECT_POOL);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProspectPool {
    pub(super) name: String,
    pub(super) active: bool,
    pub(super) prospect_stages: Vec<ProspectStage>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProspectStage {
    pub(super) id: i64,
    pub(super) name: String,
}

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&PROSPECT_POOL))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&PROSPECT_POOL, "id")
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
