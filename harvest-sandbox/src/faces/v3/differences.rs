//! Differences between the service and what records answer, as far as they are known.

/// By operation.
pub(super) const DIFFERENCES: &[(&str, &str)] = &[
    (
        "list_applications",
        "`agency_note_id` and `needs_decision` are always null.",
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
        "Users may see salaries unless that is taken from them, on their page in Dev Center or by          `DevCenter::permit_salaries`. v1 shows offers to keys, and asks for no such permission.",
    ),
    (
        "list_attachments",
        "Files that v1 attached to a candidate belong to no application, and are not listed.",
    ),
    (
        "create_attachment",
        "What is at `url` is not fetched: the attachment leads there. `visibility` counts for the type `other` only, as v1 \
         documents it. Files are sent as `application/octet-stream`.",
    ),
    ("search_applications", SEARCH),
    (
        "search_candidates",
        "The text is looked for in names, companies, titles and e-mail addresses. Applications are never `paused` or \
         `completed`. Filters that are about applications are about one and the same.",
    ),
    (
        "search_jobs",
        "The text is looked for in names and requisition ids. Jobs have no followers. `external` is whether there is a job \
         post that is not internal.",
    ),
    (
        "move_application",
        "No e-mails are sent by transition rules, so that `email_from_user_id` has no effect. `from_stage_id` is the id of a \
         stage of the job.",
    ),
    ("list_pay_inputs", NONE),
    ("list_pay_input_ranges", NONE),
    ("list_ai_opt_out_statuses", NONE),
    ("list_interview_media", NONE),
    (
        "list_email_templates",
        "Templates are kept without a subject; their name takes its place.",
    ),
    (
        "list_rejection_reasons",
        "All reasons are the organization's own, so `include_defaults` adds none.",
    ),
    (
        "list_prospect_pools",
        "Pools are limited to no departments, offices or jobs.",
    ),
    (
        "list_referrers",
        "Each user is a referrer, and there are no others.",
    ),
    (
        "list_custom_field_options",
        "Schools, degrees and disciplines are not among the options.",
    ),
    ("create_user", "No invitation is sent."),
    (
        "get_bulk_request",
        "`callback_url` is not called. The rows are done when the job is started, ahead of what it says.",
    ),
];

const SEARCH: &str = "The text is looked for in names, companies, titles and e-mail addresses of candidates. Applications are \
                      never `paused` or `completed`.";

const NONE: &str = "The organization has none, and no operation adds any: the list is empty.";
