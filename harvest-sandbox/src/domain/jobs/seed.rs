//! The jobs of a new organization.

use super::{HiringTeam, Job, Member};
use crate::domain::departments::DEPARTMENT;
use crate::domain::offices::OFFICE;
use crate::domain::organization::{Seed, days_ago};
use crate::refusal::Outcome;

const NAMES: [&str; 12] = [
    "Field Hydrologist",
    "Groundwater Modeller",
    "Glaciologist",
    "Sensor Engineer",
    "Data Engineer",
    "Platform Engineer",
    "Survey Technician",
    "People Partner",
    "Recruiter",
    "Project Lead",
    "Embedded Developer",
    "Laboratory Assistant",
];

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let offices = seed.ids(&OFFICE)?;
    let departments = seed.ids(&DEPARTMENT)?;
    let users: Vec<i64> = seed.column(
        "SELECT id FROM user WHERE NOT disabled AND employee_id <> 'INTUSER123' ORDER BY id",
        [],
    )?;
    for (number, name) in NAMES.iter().enumerate() {
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
        let days = 100 + dice.below(300);
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
            department_ids: dice.maybe(&departments).copied().into_iter().collect(),
            office_ids: dice.maybe(&offices).copied().into_iter().collect(),
            hiring_team,
            ..Job::default()
        };
        job.insert(seed)?;
    }
    Ok(())
}
