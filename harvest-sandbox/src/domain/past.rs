//! Hires and merges of a new organization, done by the commands that do it in any other, at times that are over.
//!
//! What every candidate has of a past is written along with the candidate (`candidates/journey.rs`), since a million would take
//! an hour this way. Here is what few have, so there is a most of each.

use chrono::TimeDelta;

use crate::clock::{Moment, moment};
use crate::domain::Resource;
use crate::domain::access::{Actor, ClientId};
use crate::domain::applications::{self, APPLICATION, Application, Hire};
use crate::domain::approvals::{is_job_approved, is_offer_approved};
use crate::domain::candidates::{self, CANDIDATE, Candidate, Contact, Fields, NewCandidate};
use crate::domain::close_reasons::CLOSE_REASON;
use crate::domain::custom_fields::Values;
use crate::domain::job_openings::{self, Fill};
use crate::domain::offers::{OFFER, Offer};
use crate::domain::organization::Seed;
use crate::refusal::{Outcome, Refusal, broken};

/// The most hires.
const HIRES: usize = 300;
/// Of so many candidates, one was there twice.
const DUPLICATES: usize = 30;
/// The most of those.
const MERGES: usize = 10;

pub(crate) static RESOURCE: Resource = Resource { kinds: &[], seed };

fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    let (now, date) = (seed.now(), seed.dated().to_owned());
    let sql = "SELECT id FROM user
               WHERE site_admin AND NOT disabled AND employee_id <> 'INTUSER123'
               ORDER BY id LIMIT 1";
    let Some(id) = seed.value(sql, [])? else {
        return Ok(());
    };
    let actor = Actor {
        id,
        site_admin: true,
    };
    hire(seed, &actor)?;
    merge(seed, &actor)?;
    seed.at(now);
    seed.date(date);
    Ok(())
}

/// Whoever accepted an offer is hired, and fills an opening that there was for it. Only the one who got the last offer is
/// still to be hired.
fn hire(seed: &mut Seed<'_, '_>, actor: &Actor) -> Outcome<()> {
    let condition = "state ->> 'status' = 'accepted' ORDER BY id LIMIT ?1";
    let mut accepted = seed.states::<Offer>(&OFFER, condition, [HIRES])?;
    accepted.pop();
    let reasons = seed.ids(&CLOSE_REASON)?;
    for (number, (offer_id, offer)) in accepted.into_iter().enumerate() {
        let id = offer.application_id;
        // A site admin does not see everyone, and some are still waiting for an approval.
        if !actor.sees_record(seed, &APPLICATION, id)? || !is_offer_approved(seed, offer_id)? {
            continue;
        }
        let application: Application = seed.get(&APPLICATION, id)?;
        let Some(job_id) = application
            .job_id()
            .filter(|_| application.status == "active")
        else {
            continue;
        };
        if !is_job_approved(seed, job_id)? {
            continue;
        }
        // The openings of the present stay open, and the job with them. One that is opened by the command asks for
        // approvals again; this one was approved along with the others.
        seed.at(time(&application.applied_at)?);
        let name = format!("H-{}", number + 1);
        let opening_id = job_openings::add(seed, job_id, Some(name), Values::new())?;
        let last = time(&application.last_activity_at)?;
        let resolved_at = offer.resolved_at.as_deref().map(time).transpose()?;
        seed.at(resolved_at.map_or(last, |at| at.max(last)));
        // The first two are the reasons of hires.
        let fill = Fill {
            opening_id: Some(ClientId::new(opening_id)),
            close_reason_id: reasons.get(number % 2).copied(),
        };
        let command = Hire {
            start_date: None,
            fill,
        };
        let hired = applications::hire(seed, actor, ClientId::new(id), command);
        named("the hire of an application", id, hired)?;
    }
    Ok(())
}

/// Some candidates came twice, by another address, and were made one.
fn merge(seed: &mut Seed<'_, '_>, actor: &Actor) -> Outcome<()> {
    let ids = seed.ids(&CANDIDATE)?;
    let each = ids.len().div_ceil(MERGES).max(DUPLICATES);
    for id in ids.into_iter().skip(each / 2).step_by(each) {
        if !actor.sees_record(seed, &CANDIDATE, id)? {
            continue;
        }
        let candidate: Candidate = seed.get(&CANDIDATE, id)?;
        let last = time(&candidate.last_activity)?;
        seed.at(last);
        let address = format!(
            "{}.{id}@home.example.com",
            candidate.first_name.to_lowercase()
        );
        let fields = Fields {
            first_name: Some(candidate.first_name),
            last_name: Some(candidate.last_name),
            email_addresses: Some(vec![Contact {
                value: address,
                r#type: Some("other".to_owned()),
            }]),
            ..Fields::default()
        };
        let new = NewCandidate {
            fields,
            ..NewCandidate::default()
        };
        let duplicate = candidates::create(seed, actor, new);
        let duplicate = named("a duplicate of a candidate", id, duplicate)?;
        seed.at(last + TimeDelta::minutes(20));
        let merged = candidates::merge(seed, actor, ClientId::new(id), ClientId::new(duplicate));
        named("the merge of a candidate", id, merged)?;
    }
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
