//! The hires of a new organization, at times that are over.
//!
//! What every candidate has of a past is written along with the candidate (`candidates/journey.rs`). Of a hundred candidates
//! three or four are hired later on. The command that hires in any other organization writes each record twice and looks for
//! what a new organization cannot have, which makes half a minute of a million candidates; so what it does is written here
//! once, as a test compares, and the command is there for the jobs that close with a hire.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::clock::{Moment, moment, stamp};
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{About, Activity};
use crate::domain::applications::{
    APPLICATION, APPLICATION_STAGE, Application, ApplicationStage, HIRED, Hire, current_stage,
};
use crate::domain::approvals::{is_job_approved, is_offer_approved};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::custom_fields::Values;
use crate::domain::job_openings::{Fill, JOB_OPENING, JobOpening};
use crate::domain::offers::{OFFER, Offer};
use crate::domain::organization::Seed;
use crate::domain::{Resource, activity_feed, applications, job_openings};
use crate::refusal::{Outcome, Refusal, broken};

pub(crate) static RESOURCE: Resource = Resource { kinds: &[], seed };

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let Some(id) = seed.administrator()? else {
        return Ok(());
    };
    let actor = Actor {
        id,
        site_admin: true,
    };
    let (now, date) = (seed.now(), seed.dated().to_owned());
    // The first two are the reasons of hires.
    let reasons = seed.ids(&CLOSE_REASON)?;
    let mut jobs = HashMap::new();
    for (number, offer_id) in accepted(seed)?.into_iter().enumerate() {
        let reason = reasons.get(number % 2).copied();
        hire(seed, &actor, &mut jobs, (number, offer_id), reason)?;
    }
    seed.at(now);
    seed.date(date);
    // There was no one to notify.
    seed.forget_events();
    Ok(())
}

/// The offers that were accepted. Only the one who got the last of them is still to be hired.
fn accepted(seed: &Seed<'_, '_>) -> Outcome<Vec<i64>> {
    let sql = "SELECT id FROM offer WHERE status = 'accepted' ORDER BY id";
    let mut accepted: Vec<i64> = seed.column(sql, [])?;
    accepted.pop();
    Ok(accepted)
}

/// A candidate who accepted an offer is hired, and fills an opening that there was for it.
fn hire(
    seed: &mut Seed<'_, '_>,
    actor: &Actor,
    jobs: &mut HashMap<i64, OfJob>,
    (number, offer_id): (usize, i64),
    close_reason_id: Option<i64>,
) -> Outcome<()> {
    let offer: Offer = seed.get(&OFFER, offer_id)?;
    let id = offer.application_id;
    let application: Application = seed.get(&APPLICATION, id)?;
    let Some(job_id) = application
        .job_id()
        .filter(|_| application.status == "active")
    else {
        return Ok(());
    };
    // Some are still waiting for an approval, and a site admin does not see everyone.
    let of_job = match jobs.entry(job_id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => new.insert(OfJob::of(seed, job_id)?),
    };
    if !of_job.is_approved
        || !is_offer_approved(seed, offer_id)?
        || !actor.sees_record(seed, &APPLICATION, id)?
    {
        return Ok(());
    }
    // The openings of the present stay open, and the job with them. One that is opened by the command asks for approvals
    // again; this one was approved along with the others.
    seed.at(time(&application.applied_at)?);
    let name = format!("H-{}", number + 1);
    let last = time(&application.last_activity_at)?;
    let resolved_at = offer.resolved_at.as_deref().map(time).transpose()?;
    let hired_at = resolved_at.map_or(last, |at| at.max(last));
    if of_job.stays_open && !is_by_command() {
        let opening = JobOpening::opened(job_id, Some(name), stamp(seed.now()));
        let opening = (opening, close_reason_id);
        let opening_id = write(
            seed,
            actor,
            (offer_id, offer),
            application,
            opening,
            hired_at,
        )?;
        if !std::mem::replace(&mut of_job.is_touched, true) {
            // The job shows all of its openings: it is rendered again when all are there.
            seed.touch(&JOB_OPENING, opening_id)?;
        }
        return Ok(());
    }
    let opening_id = job_openings::add(seed, job_id, Some(name), Values::new())?;
    seed.at(hired_at);
    let fill = Fill {
        opening_id: Some(ClientId::new(opening_id)),
        close_reason_id,
    };
    let command = Hire {
        start_date: None,
        fill,
    };
    let hired = applications::hire(seed, actor, ClientId::new(id), command);
    named("the hire of an application", id, hired)?;
    Ok(())
}

/// What there is to know about a job for which people are hired.
struct OfJob {
    is_approved: bool,
    /// It is open, and has an opening that is none of those to be filled.
    stays_open: bool,
    /// Whether it is known already that it shows another opening.
    is_touched: bool,
}

impl OfJob {
    fn of(seed: &Seed<'_, '_>, id: i64) -> Outcome<Self> {
        let sql = "SELECT status = 'open' AND EXISTS (SELECT 1 FROM job_opening
                       WHERE job_id = job.id AND job_opening.status = 'open')
                   FROM job WHERE id = ?1";
        Ok(Self {
            is_approved: is_job_approved(seed, id)?,
            stays_open: seed.value(sql, [id])?.unwrap_or_default(),
            is_touched: false,
        })
    }
}

/// Writes what the command does to a job that stays open: each record once, with its texts.
fn write(
    seed: &mut Seed<'_, '_>,
    actor: &Actor,
    (offer_id, mut offer): (i64, Offer),
    mut application: Application,
    (mut opening, close_reason_id): (JobOpening, Option<i64>),
    hired_at: Moment,
) -> Outcome<i64> {
    let (id, now) = (offer.application_id, stamp(hired_at));
    let opening_id = seed.new_id(&JOB_OPENING)?;
    seed.insert_shown(&JOB_OPENING, opening_id, &opening)?;
    seed.at(hired_at);
    opening.close(now.clone(), close_reason_id, Some(id));
    seed.save_shown(&JOB_OPENING, opening_id, &opening)?;
    offer.opening_id = Some(opening_id);
    offer.updated_at.clone_from(&now);
    seed.save_shown(&OFFER, offer_id, &offer)?;
    "hired".clone_into(&mut application.status);
    application.stage_id = None;
    application.last_activity_at.clone_from(&now);
    seed.save_shown(&APPLICATION, id, &application)?;
    if let Some(stage_id) = current_stage(seed, id)? {
        let mut left: ApplicationStage = seed.get(&APPLICATION_STAGE, stage_id)?;
        left.exited_at = Some(now.clone());
        seed.save_shown(&APPLICATION_STAGE, stage_id, &left)?;
    }
    let candidate_id = application.candidate_id;
    let mut candidate: Candidate = seed.get(&CANDIDATE, candidate_id)?;
    candidate.updated_at.clone_from(&now);
    candidate.last_activity.clone_from(&now);
    seed.save_shown(&CANDIDATE, candidate_id, &candidate)?;
    let entry = Activity {
        created_at: now,
        subject: Some(HIRED.0.to_owned()),
        body: format!("{} {}", candidate.name(), HIRED.1),
        user_id: Some(actor.id),
    };
    let about = About::application(id).naming(&application.job_ids);
    activity_feed::record(seed, candidate_id, &about, &entry)?;
    Ok(opening_id)
}

#[cfg(test)]
thread_local! {
    /// Whether this thread hires by the command alone, so that a test can compare what becomes of it.
    pub(crate) static BY_COMMAND: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[cfg(test)]
fn is_by_command() -> bool {
    BY_COMMAND.get()
}

#[cfg(not(test))]
const fn is_by_command() -> bool {
    false
}

/// A time of the seed.
fn time(stamp: &str) -> Outcome<Moment> {
    moment(stamp).ok_or_else(|| broken("a time of the seed is none"))
}

/// A refusal is a mistake of the seed, of which it is said what was refused, and why. Nothing of it was sent by anyone.
fn named<T>(command: &str, id: i64, outcome: Outcome<T>) -> Outcome<T> {
    outcome.map_err(|refusal| {
        let why = match &refusal {
            Refusal::Invalid(problems) => format!("{:?}", problems.listed()),
            refusal => refusal.to_string(),
        };
        broken(format!("the past: {command} ({id}): {why}"))
    })
}
