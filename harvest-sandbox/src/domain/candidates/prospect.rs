//! Interests of the prospects of a new organization: the jobs and places that they are considered for.

use crate::domain::applications::Application;
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::domain::organization::{Dice, Seed};
use crate::domain::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::refusal::Outcome;

/// Where prospects can be put.
pub(crate) struct Prospects {
    pub(crate) pools: Vec<(i64, ProspectPool)>,
    pub(crate) owners: Vec<i64>,
    pub(crate) departments: Vec<i64>,
    pub(crate) offices: Vec<i64>,
}

impl Prospects {
    pub(crate) fn of(seed: &Seed<'_, '_>) -> Outcome<Self> {
        let pools = seed.states::<ProspectPool>(&PROSPECT_POOL, "true ORDER BY id", [])?;
        Ok(Self {
            pools: pools.into_iter().filter(|(_, pool)| pool.active).collect(),
            owners: seed.column("SELECT id FROM user WHERE NOT disabled ORDER BY id", [])?,
            departments: seed.ids(&DEPARTMENT)?,
            offices: seed.ids(&OFFICE)?,
        })
    }

    /// Most are in a pool and belong to someone; some have a department, and some of these an office.
    pub(crate) fn place(&self, application: &mut Application, dice: &mut Dice) {
        if dice.percent(70)
            && let Some((pool_id, pool)) = dice.maybe(&self.pools)
        {
            application.prospect_pool_id = Some(*pool_id);
            let stage = dice.maybe(&pool.prospect_stages);
            application.prospect_stage_id = stage.map(|stage| stage.id);
            application.prospect_owner_id = dice.maybe(&self.owners).copied();
        }
        if dice.percent(40) {
            application.prospective_department_id = dice.maybe(&self.departments).copied();
            if dice.percent(50) {
                application.prospective_office_id = dice.maybe(&self.offices).copied();
            }
        }
    }
}
