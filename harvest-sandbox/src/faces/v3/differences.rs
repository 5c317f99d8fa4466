//! Differences between the service and what records answer, as far as they are known.

/// By `operationId`, a sentence or two. They are shown in `docs/parity.md`. "Always null", "Always false", "Always true" and
/// "Always empty" are held against the records by a test, with the names that follow.
pub(super) const DIFFERENCES: &[(&str, &str)] = &[
    (
        "list_applications",
        "Always null: `agency_note_id`, `needs_decision`.",
    ),
    (
        "list_rejection_details",
        "`id` is that of the application. Always null: `rejected_by_id`, `rejection_note_id`.",
    ),
    ("list_prospect_details", "`id` is that of the application."),
    (
        "anonymize_candidate",
        "The data of a candidate on more than five jobs is erased before the 202 is sent.",
    ),
    (
        "list_offers",
        "Users may see salaries unless that is taken from them, on their page in Dev Center or by \
         `DevCenter::permit_salaries`. v1 shows offers to keys, and asks for no such permission.",
    ),
    (
        "list_attachments",
        "Files that v1 attached to a candidate belong to no application, and are not listed.",
    ),
    (
        "create_attachment",
        "What is at `url` is not fetched: the attachment leads there. `visibility` counts for the \
         type `other` only, as v1 documents it. Files are sent as `application/octet-stream`.",
    ),
    ("search_applications", SEARCH),
    (
        "search_candidates",
        "The text is looked for in names, companies, titles and e-mail addresses. Applications are \
         never `paused` or `completed`. Filters that are about applications are about one and the \
         same.",
    ),
    (
        "search_jobs",
        "The text is looked for in names and requisition ids. Jobs have no followers. `external` \
         is whether there is a job post that is not internal.",
    ),
    (
        "move_application",
        "No e-mails are sent by transition rules, so that `email_from_user_id` has no effect. \
         `from_stage_id` is the id of a stage of the job. Who comes to the last stage of a job \
         without an offer gets one, as in v1.",
    ),
    (
        "reject_application",
        "No e-mail is sent: from the time at which it would be, the list of notes shows it.",
    ),
    ("list_pay_inputs", NONE),
    ("list_pay_input_ranges", NONE),
    ("list_ai_opt_out_statuses", NONE),
    ("list_interview_media", NONE),
    (
        "list_email_templates",
        "Templates are kept without a subject; their name takes its place. Always null: `body`, \
         `office_anywhere`, `recipients`. Always false: `cc_coordinator`, `cc_recruiter`.",
    ),
    (
        "list_rejection_reasons",
        "All reasons are the organization's own, so `include_defaults` adds none.",
    ),
    (
        "list_prospect_pools",
        "Pools are limited to no departments, offices or jobs. Always null: `description`. Always \
         empty: `department_ids`, `office_ids`, `job_ids`.",
    ),
    (
        "list_referrers",
        "Each user is a referrer, and there are no others.",
    ),
    (
        "list_custom_fields",
        "Always null: `default_value`, `internal_type`, `placeholder`, `updated_by_id`.",
    ),
    (
        "list_custom_field_options",
        "Schools, degrees and disciplines are not among the options.",
    ),
    ("create_user", NO_INVITATION),
    ("bulk_create_users", NO_INVITATION),
    ("list_users", "Always null: `agency_id`."),
    (
        "add_user_email_address",
        "No message is sent, so an address stays unverified; `send_verification` notes the time.",
    ),
    ("list_job_permissions", "Always false: `automated`."),
    (
        "list_job_posts",
        "Always null: `language`, `public_url`. Always false: `featured`.",
    ),
    (
        "list_job_post_searchable_locations",
        "No place is looked up: those that the seed names are known, and a location that is none \
         of them has no searchable one.",
    ),
    (
        "create_job_post_location",
        "What is at a place is not looked up: see `list_job_post_searchable_locations`.",
    ),
    ("list_job_boards", "Always null: `about`."),
    (
        "list_job_interviews",
        "Always null: `summary`, `instructions`.",
    ),
    (
        "list_interview_kits",
        "Always false: `anonymize_candidate`, `anonymize_resumes`.",
    ),
    (
        "list_scorecard_questions",
        "Always true: `active`. Always false: `required`.",
    ),
    ("list_scorecard_question_options", "Always true: `active`."),
    (
        "list_scheduled_interviews",
        "Always null: `availability_received_at`.",
    ),
    (
        "list_demographic_answer_options",
        "Always false: `decline_to_answer`.",
    ),
    (
        "list_notes",
        "`body_with_tags` is `body`, since no user is mentioned by a tag. Always null: \
         `import_hash`.",
    ),
    (
        "list_scorecards",
        "Texts `…_with_tags` are those without, since no user is mentioned by a tag.",
    ),
    (
        "list_approver_groups",
        "Always false: `required_for_exception`.",
    ),
    (
        "list_approvers",
        "No user is reminded, so what is about reminders is null. Always null: \
         `added_by_custom_field_id`, `auto_reminders_sent`, `reminder_sent_at`, \
         `reminder_sent_by_id`, `reminders_sent`, `send_auto_reminder_at`, `sort_order`, \
         `version_sent`.",
    ),
    (
        "request_approvals",
        "No user is notified or reminded, and none answers: Dev Center, \
         `/_sandbox/approval_flows/{id}/approve` and `/reject` stand in for approvers.",
    ),
    ("list_blocked_spam_sources", NO_FLAGS),
    ("create_office", NO_FLAGS),
    ("update_office", NO_FLAGS),
    ("list_webhooks", OF_ANYONE),
    ("create_webhook", OF_ANYONE),
    ("update_webhook", OF_ANYONE),
    ("delete_webhook", OF_ANYONE),
    (
        "get_bulk_request",
        "The rows are done when the job is started, ahead of what it says. `callback_url` is \
         called with the job as it is listed, unsigned, over plain HTTP, and again as webhooks \
         are: what the service sends is not documented. Nor is the form of the results: lists of \
         `index` and `id`, and of what was wrong.",
    ),
];

const SEARCH: &str = "The text is looked for in names, companies, titles and e-mail addresses of \
                      candidates. Applications are never `paused` or `completed`.";

const NONE: &str = "The organization has none, and no operation adds any: the list is empty.";

const NO_INVITATION: &str = "No invitation is sent.";

const NO_FLAGS: &str = "What the service has behind a feature flag is there for all.";

const OF_ANYONE: &str = "Not for partners alone: custom integrations have webhooks, too.";
