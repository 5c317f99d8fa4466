//! Exceptions: places where the description of the token service leaves the documentation on purpose.

use crate::exception::Exception;
use crate::report::{Aspect, Check, Place};

const TOKEN: &str = "POST https://auth.greenhouse.io/token";

/// All of them. An exception that is no longer needed fails the test.
#[rustfmt::skip]
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        check: Check::Documented,
        subject: "GET https://auth.greenhouse.io/authorize",
        item: "",
        problem: "not documented",
        reason: "a page for browsers, which the facts have in prose alone",
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Format),
        subject: TOKEN,
        item: "redirect_uri",
        problem: r#"described as Some("uri"), documented as None"#,
        reason: "a text by its schema, and a URL by its name",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Present),
        subject: TOKEN,
        item: "expires_in",
        problem: "not documented",
        reason: "one report names it, and RFC 6749 has it; no recording does",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Null),
        subject: TOKEN,
        item: "refresh_token",
        problem: "described as false, documented as true",
        reason: "where there is none, the recordings have no null: the property is missing",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Values),
        subject: TOKEN,
        item: "token_type",
        problem: r#"described as None, documented as Some({"Bearer"})"#,
        reason: "RFC 6749 compares it without regard to case, so it is no enumeration",
    },
    Exception {
        check: Check::Of(Place::Answer, Aspect::Required),
        subject: TOKEN,
        item: "",
        problem: r#"described as {"access_token", "token_type"}, documented as {}"#,
        reason: "RFC 6749 requires them, and every recording has them",
    },
    Exception {
        check: Check::Of(Place::Body, Aspect::Present),
        subject: "POST https://auth.greenhouse.io/introspect",
        item: "",
        problem: "not documented",
        reason: "the schema was not to be had; RFC 7662 has the token in the body",
    },
];
