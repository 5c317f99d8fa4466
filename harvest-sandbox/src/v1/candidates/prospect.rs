//! What the prospects of a new organization are considered for.

use super::super::applications::Application;
use super::super::departments::DEPARTMENT;
use super::super::offices::OFFICE;
use super::super::prospect_pools::{PROSPECT_POOL, ProspectPool};
use crate::organization::{Dice, Seed};
use crate::refusal::Outcome;

/// Where prospects can be put.
pub(super) struct Prospects {
    pools: Vec<(i64, ProspectPool)>,
    owners: Vec<i64>,
    departments: Vec<i64>,
    offices: Vec<i64>,
}

impl Prospects {
    pub(super) fn of(seed: &Seed<'_, '_>) -> Outcome<Self> {
        let pools = seed.states::<ProspectPool>(&PROSPECT_POOL, "true ORDER BY id", [])?;
        Ok(Self {
            pools: pools.into_iter().filter(|(_, pool)| pool.active).collect(),
            owners: seed.column("SELECT id FROM user WHERE NOT disabled ORDER BY id", [])?,
            departments: seed.ids(&DEPARTMENT)?,
            offices: seed.ids(&OFFICE)?,
        })
    }

    /// Most are in a pool and belong to someone; some have a department, and some of these an office.
    pub(super) fn place(&self, application: &mut Application, dice: &mut Dice) {
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
