//! The appointments of a new organization.

use super::state::{Interviewer, ScheduledInterview, Time};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::job_stages::{Interview, JOB_STAGE, JobStage};
use crate::domain::organization::{Dice, Seed, days_ago};
use crate::refusal::Outcome;

/// How many applications to look through: the latest, so that an organization of a million has no more to do.
const APPLICATIONS: usize = 300;

/// A candidate who got as far as a stage with appointments has, or had, one.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let stages = seed.states::<JobStage>(&JOB_STAGE, "true ORDER BY id", [])?;
    let users: Vec<i64> = seed.column("SELECT id FROM user WHERE NOT disabled ORDER BY id", [])?;
    let condition = format!("stage_id IS NOT NULL ORDER BY id DESC LIMIT {APPLICATIONS}");
    let applications = seed.states::<Application>(&APPLICATION, &condition, [])?;
    for (number, (application_id, application)) in applications.into_iter().rev().enumerate() {
        let stage = stages
            .iter()
            .find(|(id, _)| Some(*id) == application.stage_id);
        let interviews = stage.iter().flat_map(|(_, stage)| &stage.interviews);
        let mut schedulable = interviews.filter(|interview| interview.schedulable);
        let Some(step) = schedulable.next() else {
            continue;
        };
        let mut dice = seed.dice("scheduled_interview", number);
        let interview = appointment(number, application_id, step, &users, &mut dice);
        interview.insert(seed)?;
    }
    Ok(())
}

/// One in ten takes whole days, and half of those that are over are written up.
fn appointment(
    number: usize,
    application_id: i64,
    step: &Interview,
    users: &[i64],
    dice: &mut Dice,
) -> ScheduledInterview {
    let days = 2 + dice.below(60);
    let start = days_ago(days, dice);
    let (start, end) = if dice.percent(10) {
        let day = |time: &str| Time::Date(time[..10].to_owned());
        (day(&start), day(&days_ago(days - 1, dice)))
    } else {
        // On the hour, for so long as the step is thought to take.
        let minutes = step.estimated_minutes.unwrap_or(30).min(59);
        let hour = &start[..13];
        (
            Time::DateTime(format!("{hour}:00:00.000Z")),
            Time::DateTime(format!("{hour}:{minutes:02}:00.000Z")),
        )
    };
    let mut interviewers: Vec<Interviewer> = Vec::new();
    for user_id in step.interviewer_ids.iter().chain(dice.maybe(users)) {
        if !interviewers.iter().any(|one| one.user_id == *user_id) {
            let answers = ["needs_action", "tentative", "accepted", "accepted"];
            interviewers.push(Interviewer {
                user_id: *user_id,
                response_status: dice.pick(&answers).to_owned(),
            });
        }
    }
    let written_up = dice.percent(50);
    ScheduledInterview {
        application_id,
        interview_id: step.id,
        external_event_id: Some(format!("rota-{number}")),
        start,
        end,
        location: dice.percent(50).then(|| "Room Tejo".to_owned()),
        video_conferencing_url: dice
            .percent(50)
            .then(|| format!("https://meet.example.com/{number}")),
        created_at: days_ago(days + 7, dice),
        updated_at: days_ago(days - 1, dice),
        organizer_id: dice.maybe(users).copied(),
        interviewers,
        by_api: dice.percent(30),
        written_up,
    }
}
