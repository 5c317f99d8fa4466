//! The job posts of a new organization.

use super::board::{BOARDS, Board, Locations, list_boards};
use super::{CUSTOM_LOCATION, JOB_POST_LOCATION};
use crate::domain::jobs::{JOB, Job};
use crate::domain::offices::OFFICE;
use crate::domain::organization::{Dice, Seed, days_ago};
use crate::domain::records::job_post::{Choice, JobPost, Location, Question};
use crate::json::json;
use crate::refusal::Outcome;

/// The id of the first location of a post.
pub(crate) const FIRST_LOCATION: i64 = 4_020_733_950;

const STATIONS: [&str; 3] = ["Upper Douro", "Jotunheimen", "Minho estuary"];

/// Every job has one or two posts, on different boards; one post of the organization was deleted, and one gathers
/// prospects.
pub(crate) fn seed(seed: &mut Seed<'_, '_>) -> Outcome<()> {
    list_boards(seed)?;
    let stations = custom_locations(seed)?;
    let offices = seed.ids(&OFFICE)?;
    let jobs = seed.states::<Job>(&JOB, "true ORDER BY id", [])?;
    for (number, (job_id, job)) in jobs.iter().enumerate() {
        let mut dice = seed.dice("job_post", number);
        let count = 1 + dice.below(2);
        for place in 0..count {
            let board = &BOARDS[(number + place) % BOARDS.len()];
            let places = (offices.as_slice(), stations.as_slice());
            let mut post = post(seed, board, &job.name, places, &mut dice)?;
            post.job_id = Some(*job_id);
            post.created_at.clone_from(&job.created_at);
            post.active = number != 8 || place > 0;
            post.live = job.status == "open" && post.active && dice.percent(80);
            post.first_published_at = (job.status != "draft").then(|| job.created_at.clone());
            post.insert(seed)?;
        }
    }
    let mut dice = seed.dice("job_post", jobs.len());
    let places = (offices.as_slice(), stations.as_slice());
    let mut prospects = post(seed, &BOARDS[0], "Anything with water", places, &mut dice)?;
    prospects.created_at = days_ago(200, &mut dice);
    prospects.live = true;
    prospects.first_published_at = Some(prospects.created_at.clone());
    prospects.insert(seed)?;
    Ok(())
}

fn custom_locations(seed: &mut Seed<'_, '_>) -> Outcome<Vec<i64>> {
    let mut ids = Vec::new();
    for board in &BOARDS {
        if board.locations != Locations::OwnList {
            continue;
        }
        for (number, station) in STATIONS.iter().enumerate() {
            let mut dice = seed.dice("job_post_custom_location", number);
            let at = days_ago(300 + number, &mut dice);
            let location = json!({
                "value": station,
                "active": true,
                "greenhouse_job_board_id": board.id,
                "created_at": at,
                "updated_at": at,
            });
            ids.push(seed.insert(&CUSTOM_LOCATION, &location)?);
        }
    }
    Ok(ids)
}

/// An active post that belongs to no job as yet. `places` are offices and stations.
fn post(
    seed: &Seed<'_, '_>,
    board: &Board,
    title: &str,
    (offices, stations): (&[i64], &[i64]),
    dice: &mut Dice,
) -> Outcome<JobPost> {
    let mut location = Location {
        id: seed.new_id(&JOB_POST_LOCATION)?,
        ..Location::default()
    };
    match board.locations {
        Locations::FreeText => location.text = Some("Porto, Portugal".to_owned()),
        Locations::Offices => location.office_id = dice.maybe(offices).copied(),
        Locations::OwnList => location.custom_location_id = dice.maybe(stations).copied(),
    }
    let internal = board.locations == Locations::Offices;
    Ok(JobPost {
        board_id: board.id,
        title: title.to_owned(),
        location: Some(location),
        internal,
        active: true,
        content: format!("<p>{title}: you tell us what rivers are about to do.</p>"),
        internal_content: internal.then(|| "<p>Talk to your manager first.</p>".to_owned()),
        pay_ranges: dice
            .percent(50)
            .then(|| "<p>EUR 42,000 to 56,000 a year</p>".to_owned()),
        updated_at: days_ago(1 + dice.below(29), dice),
        questions: questions(),
        ..JobPost::default()
    })
}

fn questions() -> Vec<Question> {
    let plain = |label: &str, name: &str, kind: &str, required| Question {
        required: Some(required),
        private: false,
        label: label.to_owned(),
        name: name.to_owned(),
        r#type: kind.to_owned(),
        values: Vec::new(),
        description: None,
    };
    let choices = |choices: &[(i64, &str)]| {
        let choices = choices.iter().map(|(value, label)| Choice {
            value: *value,
            label: (*label).to_owned(),
        });
        choices.collect()
    };
    vec![
        plain("First name", "first_name", "short_text", true),
        plain("Last name", "last_name", "short_text", true),
        plain("E-mail", "email", "short_text", true),
        plain("Phone", "phone", "short_text", false),
        plain("Resume", "resume", "attachment", true),
        Question {
            values: choices(&[(0, "No"), (1, "Yes")]),
            description: Some("<p>Waders count.</p>".to_owned()),
            ..plain("Can you swim?", "question_664101", "boolean", false)
        },
        Question {
            private: true,
            values: choices(&[(862_001, "Rivers"), (862_002, "Lakes"), (862_003, "Ice")]),
            ..plain(
                "What have you measured?",
                "question_664102[]",
                "multi_select",
                false,
            )
        },
    ]
}
