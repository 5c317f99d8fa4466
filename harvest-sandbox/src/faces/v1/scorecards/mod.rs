//! Scorecards of interviewers, as v1 shows them.

mod document;

use crate::domain::applications::APPLICATION;
use crate::domain::scorecards::SCORECARD;
use crate::faces::list::{CREATED_AND_UPDATED, List};
use crate::faces::{Handler, Reading, Resource};
use crate::http::refusal::Outcome;
use crate::store::{Depth, Embeds, Linked, Presentation};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[&SCORECARD_PRESENTATION],
    operations: &[
        ("list_scorecards", Handler::Read(list)),
        (
            "list_application_scorecards",
            Handler::Read(list_of_application),
        ),
        ("get_scorecard", Handler::Read(get)),
    ],
};

static SCORECARD_PRESENTATION: Presentation = Presentation {
    kind: &SCORECARD,
    show: document::document,
    embeds: &[
        Embeds {
            table: "user",
            ids: "SELECT id FROM scorecard WHERE interviewer_id = ?1
                  UNION SELECT id FROM scorecard WHERE submitted_by_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
        // Whose it is, which changes when candidates are merged.
        Embeds {
            table: "application",
            ids: "SELECT id FROM scorecard WHERE application_id = ?1",
            linked: Linked::ByShowing,
            depth: Depth::Fields,
        },
    ],
    redact: None,
};

fn list(cx: &Reading<'_>) -> Outcome {
    cx.list(List::of(&SCORECARD).filters(CREATED_AND_UPDATED))
}

fn list_of_application(cx: &Reading<'_>) -> Outcome {
    let id = cx.id_in_path(&APPLICATION, "id")?;
    cx.list(List::of(&SCORECARD).within("application_id = ?", id))
}

fn get(cx: &Reading<'_>) -> Outcome {
    cx.one_in_path(&SCORECARD, "id")
}
