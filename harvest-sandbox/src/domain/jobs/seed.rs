//! The jobs of a new organization.

use super::{HiringTeam, Job, Member};
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::domain::organization::{Seed, days_ago};
use crate::refusal::Outcome;
use crate::store::Kind;

/// Name, department and office.
const JOBS: [[&str; 3]; 12] = [
    ["Field Hydrologist", "Hydrology", "Porto"],
    ["Groundwater Modeller", "Hydrology", "Matosinhos"],
    ["Glaciologist", "Glaciology", "Odda"],
    ["Sensor Engineer", "Instruments", "Porto"],
    ["Data Engineer", "Data Platform", "Remote"],
    ["Platform Engineer", "Data Platform", "Remote"],
    ["Survey Technician", "Earth Sciences", "Bergen"],
    ["People Partner", "People", "Porto"],
    ["Recruiter", "People", "Bergen"],
    ["Project Lead", "Earth Sciences", "Bergen"],
    ["Embedded Developer", "Instruments", "Matosinhos"],
    ["Laboratory Assistant", "Hydrology", "Matosinhos"],
];

/// Every job is older than the oldest application.
const YOUNGEST: usize = 410;

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let users: Vec<i64> = seed.column(
        "SELECT id FROM user WHERE NOT disabled AND employee_id <> 'INTUSER123' ORDER BY id",
        [],
    )?;
    for (number, [name, department, office]) in JOBS.iter().enumerate() {
        let mut dice = seed.dice("job", number);
        let mut member = |responsible| {
            dice.maybe(&users).map(|user_id| Member {
                user_id: *user_id,
                responsible,
            })
        };
        let hiring_team = HiringTeam {
            hiring_managers: member(false).into_iter().collect(),
            recruiters: member(true).into_iter().collect(),
            coordinators: member(true).into_iter().collect(),
            sourcers: member(false).into_iter().collect(),
        };
        let days = YOUNGEST + dice.below(300);
        let status = match number {
            10 => "closed",
            11 => "draft",
            _ => "open",
        };
        let created_at = days_ago(days, &mut dice);
        let job = Job {
            name: (*name).to_owned(),
            requisition_id: dice.percent(80).then(|| format!("REQ-{}", 101 + number)),
            confidential: number == 9,
            status: status.to_owned(),
            opened_at: (status != "draft").then(|| created_at.clone()),
            closed_at: (status == "closed").then(|| days_ago(30, &mut dice)),
            updated_at: days_ago(1 + dice.below(29), &mut dice),
            created_at,
            department_ids: unit(seed, &DEPARTMENT, department)?,
            office_ids: unit(seed, &OFFICE, office)?,
            hiring_team,
            ..Job::default()
        };
        job.insert(seed)?;
    }
    Ok(())
}

/// The one of a kind that has this name.
fn unit(seed: &Seed<'_, '_>, kind: &Kind, name: &str) -> Outcome<Vec<i64>> {
    seed.column(
        &format!("SELECT id FROM {} WHERE name = ?1", kind.table),
        [name],
    )
}
