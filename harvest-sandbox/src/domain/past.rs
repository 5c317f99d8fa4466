//! The hires of a new organization, done by the command that hires in any other, at times that are over.
//!
//! What every candidate has of a past is written along with the candidate (`candidates/journey.rs`), since a million would take
//! an hour this way. Of a hundred candidates three or four are hired, and most of what a hire costs is to write the records.

use crate::clock::{Moment, moment};
use crate::domain::Resource;
use crate::domain::access::{Actor, ClientId};
use crate::domain::applications::{self, APPLICATION, Application, Hire};
use crate::domain::approvals::{is_job_approved, is_offer_approved};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::custom_fields::Values;
use crate::domain::job_openings::{self, Fill};
use crate::domain::offers::{OFFER, Offer};
use crate::domain::organization::Seed;
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
    // Nothing is rendered before all are hired: a job shows all of its openings, and would be rendered again and again.
    for (number, offer_id) in accepted(seed)?.into_iter().enumerate() {
        let reason = reasons.get(number % 2).copied();
        hire(seed, &actor, (number, offer_id), reason)?;
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
    if !is_offer_approved(seed, offer_id)?
        || !is_job_approved(seed, job_id)?
        || !actor.sees_record(seed, &APPLICATION, id)?
    {
        return Ok(());
    }
    // The openings of the present stay open, and the job with them. One that is opened by the command asks for approvals
    // again; this one was approved along with the others.
    seed.at(time(&application.applied_at)?);
    let name = format!("H-{}", number + 1);
    let opening_id = job_openings::add(seed, job_id, Some(name), Values::new())?;
    let last = time(&application.last_activity_at)?;
    let resolved_at = offer.resolved_at.as_deref().map(time).transpose()?;
    seed.at(resolved_at.map_or(last, |at| at.max(last)));
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
