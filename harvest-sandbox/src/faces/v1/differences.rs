//! Differences between operations here and those of the service.

/// By `operationId`, a sentence or two. They are shown in `docs/parity.md`.
pub(super) const DIFFERENCES: &[(&str, &str)] = &[
    (
        "add_user_email_address",
        "No message is sent, so an address stays unverified.",
    ),
    ("advance_application", OFFER_AT_THE_END),
    (
        "create_application_attachment",
        "A take_home_test is taken without an outstanding test.",
    ),
    (
        "create_job",
        "Answers with 201 at once, never with 202. No department or office is required.",
    ),
    ("create_user", "No invitation is sent."),
    ("move_application", OFFER_AT_THE_END),
    (
        "reject_application",
        "No e-mail is sent: from the time at which it would be, the activity feed shows it.",
    ),
    (
        "request_approvals",
        "No user is notified or reminded, and none answers: \
         `/_sandbox/approval_flows/{id}/approve` and `/reject` stand in for approvers.",
    ),
    ("transfer_application", OFFER_AT_THE_END),
];

/// Offers are made in the browser there.
const OFFER_AT_THE_END: &str =
    "Who comes to the last stage of a job without an offer gets one, since no operation makes it.";
