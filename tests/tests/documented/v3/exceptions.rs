//! Exceptions: places where the description of v3 leaves the documentation on purpose. `harvest-spec/v3/README.md` says more
//! about some.

use crate::exception::Exception;
use crate::report::{Aspect, Check, Place};

const IDS_ARE_INTEGERS: &str =
    "every id that was seen is an integer of 64 bits, whatever the document calls it in places";
const URL_IN_WORDS: &str = "a text by its schema, and a URL by its description";
const KINDS_AS_WRITTEN: &str =
    "a text by its schema; the values are those that are documented for writing the same property";

/// All of them. An exception that is no longer needed fails the test.
#[rustfmt::skip]
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        check: Check::Of(Place::Parameter, Aspect::Type),
        subject: "DELETE *",
        item: "path id",
        problem: r#"described as {"integer"}, documented as {"string"}"#,
        reason: IDS_ARE_INTEGERS,
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Type),
        subject: "PATCH /v3/applications/{id}",
        item: "prospect_*_id",
        problem: r#"described as {"integer"}, documented as {"number"}"#,
        reason: IDS_ARE_INTEGERS,
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Type),
        subject: "* /v3/*/bulk",
        item: "data[]",
        problem: r#"described as {"integer"}, documented as {"number"}"#,
        reason: IDS_ARE_INTEGERS,
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Format),
        subject: "* /v3/*/bulk",
        item: "callback_url",
        problem: r#"described as Some("uri"), documented as None"#,
        reason: URL_IN_WORDS,
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Format),
        subject: "POST /v3/attachments",
        item: "url",
        problem: r#"described as Some("uri"), documented as None"#,
        reason: URL_IN_WORDS,
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Format),
        subject: "POST /v3/attachments",
        item: "content",
        problem: r#"described as Some("byte"), documented as None"#,
        reason: "a text by its schema, and Base64 by its description",
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Values),
        subject: "POST /v3/custom_fields",
        item: "field_type",
        problem: concat!(
            r#"described as Some({"agency_question", "application", "candidate", "#,
            r#""compensation_frequency", "form", "job", "offer", "opening", "#,
            r#""referral_question", "#,
            r#""rejection_question", "standard", "user_attribute"}), documented as None"#),
        reason: "a text by its schema; the values are those that are documented for reading the \
                 same property",
    },
    Exception {
        check: Check::Answer,
        subject: "GET /v3/bulk_requests/{bulk_action_uuid}",
        item: "200",
        problem: r#"described as "object", documented as "array""#,
        reason: "an array by schema and example, and one record by its title: both are described",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Type),
        subject: "bulk_request_detail",
        item: "",
        problem: r#"described as {"array", "object"}, documented as {"object"}"#,
        reason: "an array by schema and example, and one record by its title: both are described",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Type),
        subject: "bulk_request_detail",
        item: "[]",
        problem: "described as true, documented as false",
        reason: "an array by schema and example, and one record by its title: both are described",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: "bulk_accepted",
        item: "status",
        problem: concat!(
            r#"described as Some({"building", "completed", "failed", "in_progress", "pending"}), "#,
            r#"documented as Some({"building"})"#),
        reason: "the one value is that of the example; the job that it tells about has the others",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Required),
        subject: "bulk_accepted",
        item: "",
        problem: r#"described as {"bulk_action_uuid"}, documented as {}"#,
        reason: "no answer has required properties by its schema; without this one the job could \
                 not be followed",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: "candidate*",
        item: "*addresses[].type",
        problem: r#"described as Some({"home", "other", "work"}), documented as None"#,
        reason: KINDS_AS_WRITTEN,
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: "candidate*",
        item: "*email_addresses[].type",
        problem: r#"described as Some({"other", "personal", "work"}), documented as None"#,
        reason: KINDS_AS_WRITTEN,
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: "candidate*",
        item: "*phone_numbers[].type",
        problem: concat!(
            r#"described as Some({"home", "mobile", "other", "skype", "work"}), "#,
            r#"documented as None"#),
        reason: KINDS_AS_WRITTEN,
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: "candidate*",
        item: "*website_addresses[].type",
        problem: concat!(
            r#"described as Some({"blog", "company", "other", "personal", "portfolio"}), "#,
            r#"documented as None"#),
        reason: KINDS_AS_WRITTEN,
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: "scorecard_candidate_attribute",
        item: "value",
        problem: concat!(
            r#"described as Some({"definitely_not", "mixed", "no", "no_decision", "strong_yes", "#,
            r#""yes"}), documented as None"#),
        reason: "a text by its schema, and said to be the rating that another property has with \
                 these values",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Type),
        subject: "custom_field",
        item: "default_value",
        problem: r#"described as {}, documented as {"object"}"#,
        reason: "an object by its schema; a text, number, id or date by its description",
    },
];
