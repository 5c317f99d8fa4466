//! Schools, degrees and disciplines that educations refer to, as v1 shows and changes them.

use crate::domain::education::{DEGREE, DISCIPLINE, SCHOOL};
use crate::faces::list::List;
use crate::faces::v1::plain;
use crate::faces::{Handler, Resource};

pub(super) static RESOURCE: Resource = Resource {
    presentations: &[
        &plain::presentation(&SCHOOL),
        &plain::presentation(&DEGREE),
        &plain::presentation(&DISCIPLINE),
    ],
    operations: &[
        (
            "list_schools",
            Handler::Read(|cx| cx.list(List::of(&SCHOOL))),
        ),
        (
            "list_degrees",
            Handler::Read(|cx| cx.list(List::of(&DEGREE))),
        ),
        (
            "list_disciplines",
            Handler::Read(|cx| cx.list(List::of(&DISCIPLINE))),
        ),
    ],
};
