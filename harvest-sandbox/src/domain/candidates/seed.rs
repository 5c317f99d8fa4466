//! The candidates of a new organization, with their applications.

use std::ops::Range;

use super::CANDIDATE;
use super::duplicate::{self, Duplicate};
use super::journey::{self, Journey, JourneyContext};
use super::prospect::Prospects;
use crate::domain::applications::{APPLICATION, Answer, Application};
use crate::domain::attachments::{Attachment, Source};
use crate::domain::custom_fields::{CUSTOM_FIELD, CustomField, Values};
use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::domain::jobs::{HiringTeam, JOB, Job};
use crate::domain::organization::{Dice, Person, Seed, days_ago};
use crate::domain::records::candidate::{Candidate, Contact, Education, Employment};
use crate::domain::rejection_reasons::REJECTION_REASON;
use crate::domain::sources::SOURCE;
use crate::domain::tags::TAG;
use crate::domain::users::USER;
use crate::domain::{attachments, files, job_stages};
use crate::json::json;
use crate::refusal::Outcome;

/// A job that is applied for.
struct Open {
    id: i64,
    job: Job,
    stages: Vec<i64>,
    /// Where it is published first.
    post_id: Option<i64>,
}

/// What candidates are made with.
struct Known {
    jobs: Vec<Open>,
    prospects: Prospects,
    users: Vec<i64>,
    sources: Vec<i64>,
    reasons: Vec<i64>,
    tags: Vec<i64>,
    schools: Vec<i64>,
    degrees: Vec<i64>,
    disciplines: Vec<i64>,
    fields: Vec<(i64, CustomField)>,
    /// Who merges those who are there twice.
    administrator: Option<i64>,
    context: JourneyContext,
}

pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    invent(seed, 0..seed.plan.candidates)?;
    duplicate::reserve_ids(seed)
}

/// The candidates with these numbers, which may go beyond those that there are at first.
pub(crate) fn invent(seed: &mut Seed<'_, '_>, numbers: Range<usize>) -> Outcome<()> {
    let open = seed.states::<Job>(&JOB, "status = 'open' ORDER BY id", [])?;
    let jobs = open.into_iter().map(|(id, job)| {
        let post = "SELECT id FROM job_post WHERE job_id = ?1 AND active ORDER BY id";
        Ok(Open {
            id,
            job,
            stages: job_stages::of_job(seed, id)?,
            post_id: seed.value(post, [id])?,
        })
    });
    let known = Known {
        jobs: jobs.collect::<Outcome<_>>()?,
        prospects: Prospects::of(seed)?,
        users: seed.ids(&USER)?,
        sources: seed.ids(&SOURCE)?,
        reasons: seed.ids(&REJECTION_REASON)?,
        tags: seed.ids(&TAG)?,
        schools: seed.ids(&SCHOOL)?,
        degrees: seed.ids(&DEGREE)?,
        disciplines: seed.ids(&DISCIPLINE)?,
        fields: seed.states(&CUSTOM_FIELD, "field_type = 'candidate' ORDER BY id", [])?,
        administrator: seed.administrator()?,
        context: JourneyContext::of(seed)?,
    };
    for number in numbers {
        candidate(seed, &known, number)?;
    }
    Ok(())
}

fn candidate(seed: &mut Seed<'_, '_>, known: &Known, number: usize) -> Outcome<()> {
    let mut dice = seed.dice("candidate", number);
    let person = Person::invent(&mut dice);
    // The later in the list, the younger; a year or so in all.
    let total = seed.plan.candidates.max(1);
    let days = 1 + total.saturating_sub(number) * 400 / total;
    let created_at = days_ago(days, &mut dice);
    let changed_at = days_ago(dice.below(days), &mut dice);
    let mut candidate = Candidate {
        first_name: person.first_name.to_owned(),
        last_name: person.last_name.to_owned(),
        company: dice.percent(60).then(|| dice.pick(&COMPANIES).to_owned()),
        title: dice.percent(60).then(|| dice.pick(&TITLES).to_owned()),
        last_activity: changed_at.clone(),
        updated_at: changed_at.clone(),
        is_private: dice.percent(2),
        can_email: true,
        phone_numbers: vec![contact(
            &format!("+351 555 {:06}", dice.below(1_000_000)),
            "mobile",
        )],
        email_addresses: vec![contact(&person.email(number), "personal")],
        addresses: Vec::new(),
        website_addresses: Vec::new(),
        social_media_addresses: Vec::new(),
        recruiter_id: dice.maybe(&known.users).copied(),
        coordinator_id: None,
        tag_ids: dice
            .percent(30)
            .then(|| dice.maybe(&known.tags).copied())
            .flatten()
            .into_iter()
            .collect(),
        educations: vec![education(seed, known, &mut dice)?],
        employments: employment(seed, &mut dice)?.into_iter().collect(),
        custom_fields: values(known, &mut dice),
        attachments: Vec::new(),
        created_at: created_at.clone(),
        ..Candidate::default()
    };
    let duplicate = Duplicate::of(seed, number, &candidate)?;
    if let Some(duplicate) = &duplicate {
        let address = duplicate.address(&candidate);
        candidate.email_addresses.push(address);
    }
    let id = seed.new_id(&CANDIDATE)?;
    let applications = if dice.percent(15) { 2 } else { 1 };
    for nth in 0..applications {
        let mut application = application(known, &created_at, &changed_at, &mut dice);
        application.candidate_id = id;
        if application.prospect {
            let mut dice = seed.dice("prospect", 2 * number + nth);
            known.prospects.place(&mut application, &mut dice);
        }
        if nth == 0 && dice.percent(20) {
            application.attachments = vec![resume(seed, person, &created_at)?];
        }
        let id = seed.new_id(&APPLICATION)?;
        application.index(seed, id)?;
        let job = known
            .jobs
            .iter()
            .find(|open| Some(open.id) == application.job_id());
        let journey = Journey {
            id,
            application: &application,
            candidate_id: application.candidate_id,
            candidate: &candidate,
            job: job.map(|open| (open.job.name.as_str(), open.stages.as_slice())),
        };
        let mut dice = seed.dice("journey", 2 * number + nth);
        journey.record(seed, &known.context, &mut dice)?;
        application.add_files(seed, id)?;
        seed.insert_shown(&APPLICATION, id, &application)?;
    }
    candidate.index(seed, id)?;
    candidate.add_parts(seed, id)?;
    seed.insert_shown(&CANDIDATE, id, &candidate)?;
    journey::record_arrival(seed, id, &candidate, created_at)?;
    match duplicate {
        Some(duplicate) => duplicate.record(seed, id, &candidate, known.administrator),
        None => Ok(()),
    }
}

/// Most are on a job somewhere on the way, one in ten is a prospect.
fn application(known: &Known, applied_at: &str, changed_at: &str, dice: &mut Dice) -> Application {
    let mut application = Application {
        applied_at: applied_at.to_owned(),
        last_activity_at: changed_at.to_owned(),
        status: "active".to_owned(),
        source_id: dice.maybe(&known.sources).copied(),
        ..Application::default()
    };
    let job = dice.maybe(&known.jobs);
    let Some(open) = job.filter(|_| !dice.percent(10)) else {
        application.prospect = true;
        return application;
    };
    application.job_ids = vec![open.id];
    application.job_post_id = open.post_id;
    let team = &open.job.hiring_team;
    application.recruiter_id = HiringTeam::responsible(&team.recruiters);
    application.coordinator_id = HiringTeam::responsible(&team.coordinators);
    application.stage_id = dice.maybe(&open.stages).copied();
    application.location = dice.percent(50).then(|| "Porto, Portugal".to_owned());
    application.answers = vec![Answer {
        question: "Do you hold a driving licence?".to_owned(),
        answer: dice.pick(&["Yes", "No"]).to_owned(),
    }];
    if dice.percent(35) {
        "rejected".clone_into(&mut application.status);
        application.rejected_at = Some(changed_at.to_owned());
        application.rejection_reason_id = dice.maybe(&known.reasons).copied();
    }
    application
}

fn resume(seed: &Seed<'_, '_>, person: Person, created_at: &str) -> Outcome<Attachment> {
    let Person {
        first_name,
        last_name,
    } = person;
    let filename = format!("{last_name}_resume.txt");
    let content = format!("{first_name} {last_name}\n\nInvented for a sandbox.\n");
    let file = files::add(seed, &filename, "text/plain", content.as_bytes())?;
    Ok(Attachment {
        filename,
        source: Source::File(file),
        r#type: "resume".to_owned(),
        created_at: created_at.to_owned(),
        visibility: attachments::public(),
    })
}

fn education(seed: &Seed<'_, '_>, known: &Known, dice: &mut Dice) -> Outcome<Education> {
    let year = 1995 + dice.below(25);
    Ok(Education {
        id: seed.next_number("education", 4_009_130_027)?,
        school_id: dice.maybe(&known.schools).copied(),
        degree_id: dice.maybe(&known.degrees).copied(),
        discipline_id: dice.maybe(&known.disciplines).copied(),
        start_date: Some(format!("{year}-09-01T00:00:00.000Z")),
        end_date: Some(format!("{}-06-01T00:00:00.000Z", year + 3)),
    })
}

fn employment(seed: &Seed<'_, '_>, dice: &mut Dice) -> Outcome<Option<Employment>> {
    if dice.percent(40) {
        return Ok(None);
    }
    Ok(Some(Employment {
        id: seed.next_number("employment", 4_010_570_112)?,
        company_name: dice.pick(&COMPANIES).to_owned(),
        title: dice.pick(&TITLES).to_owned(),
        start_date: format!("{}-02-01T00:00:00.000Z", 2010 + dice.below(14)),
        end_date: None,
    }))
}

fn values(known: &Known, dice: &mut Dice) -> Values {
    let mut values = Values::new();
    for (id, field) in &known.fields {
        match field.name_key.as_str() {
            "driving_licence" => {
                values.insert(*id, dice.percent(70).into());
            }
            "notice_period_1" if dice.percent(50) => {
                let option = dice.maybe(&field.options).map(|option| option.id);
                values.insert(*id, json!(option));
            }
            _ => {}
        }
    }
    values
}

fn contact(value: &str, of: &str) -> Contact {
    Contact {
        value: value.to_owned(),
        r#type: Some(of.to_owned()),
    }
}

const COMPANIES: [&str; 6] = [
    "Tidewater Survey",
    "Oldbridge Instruments",
    "Northmoor Data",
    "Fjordline Research",
    "Delta Works Group",
    "Self-employed",
];

const TITLES: [&str; 6] = [
    "Field technician",
    "Hydrologist",
    "Software engineer",
    "Analyst",
    "Laboratory assistant",
    "Project manager",
];
