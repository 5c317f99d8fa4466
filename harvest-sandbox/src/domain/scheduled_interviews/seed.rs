//! The appointments of a new organization.

use std::collections::HashMap;

use super::state::{Interviewer, ScheduledInterview, Time};
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::job_stages::{Interview, JOB_STAGE, JobStage};
use crate::domain::organization::{Dice, Seed, age, days_ago, days_ahead};
use crate::refusal::Outcome;

/// The percentage of appointments of active candidates without a scorecard that are yet to come.
const AHEAD: usize = 60;

/// A candidate who got as far as a stage with appointments has, or had, one.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let stages = seed.states::<JobStage>(&JOB_STAGE, "true ORDER BY id", [])?;
    let users: Vec<i64> = seed.column("SELECT id FROM user WHERE NOT disabled ORDER BY id", [])?;
    let mut steps: HashMap<i64, &Interview> = HashMap::new();
    for (id, stage) in &stages {
        let mut schedulable = stage.interviews.iter().filter(|it| it.schedulable);
        steps.extend(schedulable.next().map(|step| (*id, step)));
    }
    let of = |column: &str| {
        let sql =
            format!("SELECT {column} FROM application WHERE stage_id IS NOT NULL ORDER BY id");
        seed.column::<i64>(&sql, [])
    };
    let applications = of("id")?.into_iter().zip(of("stage_id")?);
    for (number, (application_id, stage_id)) in applications.enumerate() {
        seed.settle_some(number)?;
        let Some(step) = steps.get(&stage_id) else {
            continue;
        };
        let application: Application = seed.get(&APPLICATION, application_id)?;
        let mut dice = seed.dice("scheduled_interview", number);
        let one = (application_id, &application);
        let mut interview = appointment(number, one, step, &users, &mut dice);
        let mut dice = seed.dice("appointment_ahead", number);
        let can_be_ahead = application.status == "active" && !interview.written_up;
        if can_be_ahead && dice.percent(AHEAD) {
            interview.put_off(step, &application, &mut dice);
        }
        interview.add(seed)?;
    }
    Ok(())
}

/// One in ten takes whole days, and half of those that are over are written up.
fn appointment(
    number: usize,
    (application_id, application): (i64, &Application),
    step: &Interview,
    users: &[i64],
    dice: &mut Dice,
) -> ScheduledInterview {
    // After the application, and before it was rejected.
    let oldest = age(&application.applied_at, dice);
    let rejected_at = application.rejected_at.as_deref();
    let youngest = rejected_at.map_or(1, |at| age(at, dice)).max(1);
    let room = oldest.saturating_sub(youngest).max(1);
    let days = youngest + (2 + dice.below(60)) % room;
    let start = days_ago(days, dice);
    let (start, end) = if dice.percent(10) {
        let day = |time: &str| Time::Date(time[..10].to_owned());
        (day(&start), day(&days_ago(days - 1, dice)))
    } else {
        on_the_hour(&start, step)
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
        created_at: days_ago((days + 7).min(oldest), dice).max(application.applied_at.clone()),
        updated_at: days_ago(days - 1, dice),
        organizer_id: dice.maybe(users).copied(),
        interviewers,
        by_api: dice.percent(30),
        written_up,
    }
}

/// From the full hour on, for so long as the step is thought to take.
fn on_the_hour(start: &str, step: &Interview) -> (Time, Time) {
    let minutes = step.estimated_minutes.unwrap_or(30).min(59);
    let hour = &start[..13];
    (
        Time::DateTime(format!("{hour}:00:00.000Z")),
        Time::DateTime(format!("{hour}:{minutes:02}:00.000Z")),
    )
}

impl ScheduledInterview {
    /// Made lately, for one of the days to come.
    fn put_off(&mut self, step: &Interview, application: &Application, dice: &mut Dice) {
        let start = days_ahead(2 + dice.below(14), dice);
        (self.start, self.end) = on_the_hour(&start, step);
        let oldest = age(&application.applied_at, dice);
        let made = days_ago((1 + dice.below(7)).min(oldest), dice);
        self.created_at = made.max(application.applied_at.clone());
        self.updated_at = days_ago(0, dice);
    }
}
