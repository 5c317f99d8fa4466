//! Intended differences between the description of v1 and the documentation.

use crate::exception::Exception;
use crate::report::Check;

/// Such a property says so with `x-harvest-accepts-text`.
pub const IDS_AS_TEXT: &str = "the example sends ids as texts, which the service takes; clients \
                               send numbers, as the table beside it says";

/// All of them. An exception that is no longer needed fails the test.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        check: Check::Documented,
        subject: "get /v1/custom_fields",
        item: "",
        problem: "not documented",
        reason: "observed, and called by public clients",
    },
    Exception {
        check: Check::AnswerExample,
        subject: "DELETE /v1/jobs/{job_id}/openings",
        item: "answer 1",
        problem: "no body is described",
        reason: "the section shows the answer of v2, whose lists of ids are what v2 added; that of \
                 v1 is not documented",
    },
    Exception {
        check: Check::PermissionName,
        subject: "GET: Retrieve application's scorecard",
        item: "",
        problem: "no operation needs it",
        reason: "three operations read scorecards, and each has a name of its own among those that \
                 were seen",
    },
    Exception {
        check: Check::RequestExample,
        subject: "POST /v1/candidates/{id}/activity_feed/notes",
        item: "request 1",
        problem: "/user_id breaks `type`; /user_id is changed",
        reason: IDS_AS_TEXT,
    },
    Exception {
        check: Check::RequestExample,
        subject: "POST /v1/candidates/{id}/activity_feed/emails",
        item: "request 1",
        problem: "/user_id breaks `type`; /user_id is changed",
        reason: IDS_AS_TEXT,
    },
    Exception {
        check: Check::RequestExample,
        subject: "PUT /v1/users/{id}/permissions/jobs",
        item: "request 1",
        problem: "/job_id breaks `type`; /user_role_id breaks `type`; /job_id is changed; \
                  /user_role_id is changed",
        reason: IDS_AS_TEXT,
    },
    Exception {
        check: Check::AttributeValues,
        subject: "demographic_question (DemographicQuestion)",
        item: "translations[].language",
        problem: "no values are described",
        reason: "translations are deprecated, and `en` is all that is left; an enumeration of one \
                 would say less",
    },
    Exception {
        check: Check::AttributeValues,
        subject: "demographic_answer_option (DemographicAnswerOption)",
        item: "translations[].language",
        problem: "no values are described",
        reason: "translations are deprecated, and `en` is all that is left; an enumeration of one \
                 would say less",
    },
    Exception {
        check: Check::AttributeValues,
        subject: "rejection_reason (RejectionReason)",
        item: "type.name",
        problem: "no values are described",
        reason: "a display name, which the text and the examples spell differently",
    },
    Exception {
        check: Check::AttributeValues,
        subject: "source (Source)",
        item: "type.name",
        problem: "no values are described",
        reason: "the text lists keys, and the examples show display names, one of them made up",
    },
];
