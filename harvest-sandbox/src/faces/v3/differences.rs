//! Differences between the service and what records answer, as far as they are known.

/// By operation.
pub(super) const DIFFERENCES: &[(&str, &str)] = &[
    (
        "list_applications",
        "`referrer_id` is the id of the user who is credited. `agency_note_id` and `needs_decision` are always null.",
    ),
    (
        "list_rejection_details",
        "`id` is that of the application. `rejected_by_id` and `rejection_note_id` are always null.",
    ),
    ("list_prospect_details", "`id` is that of the application."),
    (
        "anonymize_candidate",
        "The data of a candidate on more than five jobs is erased before the 202 is sent.",
    ),
    (
        "list_offers",
        "Site admins see all offers: there is no permission for salaries to lack.",
    ),
    ("list_scorecards", "Notes are always null."),
    (
        "move_application",
        "No e-mails are sent by transition rules, so that `email_from_user_id` has no effect. `from_stage_id` is the id of a \
         stage of the job.",
    ),
];
