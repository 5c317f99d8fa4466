//! The causes of events, for people: what the sandbox sends each of them for.

/// The cause of an event, or the reason for which nothing in the sandbox causes it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cause {
    Change(&'static str),
    Nothing(&'static str),
}

use Cause::{Change, Nothing};

/// Each event that is described, but for the ping.
pub(crate) const CAUSES: &[(&str, Cause)] = &[
    (
        "application_updated",
        Change(
            "An application is edited, transferred to another job, gets another rejection reason \
             or a file, or is that of a prospect who was converted.",
        ),
    ),
    ("candidate_anonymized", Change("A candidate is anonymized.")),
    (
        "candidate_stage_change",
        Change(
            "An application is advanced, moved to another stage, or transferred to a stage of \
             another job.",
        ),
    ),
    (
        "delete_application",
        Change("An application is deleted without its candidate."),
    ),
    (
        "delete_candidate",
        Change(
            "A candidate is deleted, or is the duplicate of a merge while no webhook is for \
             `merge_candidate`.",
        ),
    ),
    (
        "department_deleted",
        Nothing("No operation deletes a department."),
    ),
    (
        "hire_candidate",
        Change("A candidate is hired, with an offer or without."),
    ),
    (
        "interview_deleted",
        Change("A scheduled interview is cancelled, or erased with `scorecards_and_interviews`."),
    ),
    (
        "job_approved",
        Change("All have approved a job, for recruiting or for offers."),
    ),
    ("job_created", Change("A job is copied from another.")),
    ("job_deleted", Nothing("No operation deletes a job.")),
    (
        "job_interview_stage_deleted",
        Nothing("No operation deletes a stage."),
    ),
    (
        "job_post_created",
        Change("A job is copied with its posts, or a post is copied."),
    ),
    ("job_post_deleted", Nothing("No operation deletes a post.")),
    (
        "job_post_updated",
        Change("A post or its locations are edited, or it goes live or offline."),
    ),
    (
        "job_updated",
        Change("A job is edited, or opens or closes with its openings or an approval."),
    ),
    (
        "merge_candidate",
        Change("Two candidates are merged; it is about the duplicate."),
    ),
    (
        "new_candidate_application",
        Change("A candidate applies, or a prospect is converted."),
    ),
    (
        "new_prospect_application",
        Change("A prospect is added, or considered once more."),
    ),
    ("offer_approved", Change("All have approved an offer.")),
    (
        "offer_created",
        Change(
            "An offer is made, also by reaching the last stage of a job, or gets another version.",
        ),
    ),
    (
        "offer_deleted",
        Change("Offers are erased with `all_offer_versions`."),
    ),
    (
        "offer_updated",
        Change(
            "An offer is changed without another version, deprecated by one, transferred, or \
             accepted by a hire.",
        ),
    ),
    ("office_deleted", Nothing("No operation deletes an office.")),
    ("reject_candidate", Change("An application is rejected.")),
    (
        "scorecard_deleted",
        Change("Scorecards are erased with `scorecards_and_interviews`."),
    ),
    (
        "unhire_candidate",
        Nothing("No operation takes a hire back."),
    ),
    ("unreject_candidate", Change("A rejection is taken back.")),
    (
        "update_candidate",
        Change(
            "A candidate is edited, gets or loses a tag, an education, an employment or a file.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::super::events;
    use super::*;

    #[test]
    fn each_event_has_a_cause_or_a_reason() {
        let mut described: Vec<&str> = events().collect();
        described.sort_unstable();
        let known: Vec<&str> = CAUSES.iter().map(|(event, _)| *event).collect();
        assert_eq!(known, described);
        let sent = CAUSES
            .iter()
            .filter(|(_, cause)| matches!(cause, Change(_)));
        assert_eq!(sent.count(), 23);
    }
}
