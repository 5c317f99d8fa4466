//! Files of candidates and applications, as v1 shows and changes them.

mod input;

pub(super) use input::Input;

use serde::Serialize;

use crate::domain::access::Audience;
use crate::domain::attachments::Attachment;
use crate::faces::link::ShownUrl;

/// An attachment, as it is sent.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    filename: &'a str,
    url: ShownUrl<'a>,
    r#type: &'a str,
    created_at: &'a str,
}

/// The attachments that an audience may see.
pub(super) fn shown<'a>(
    attachments: impl IntoIterator<Item = &'a Attachment>,
    audience: Audience,
) -> Vec<Shown<'a>> {
    let seen = attachments.into_iter().filter(|it| it.is_for(audience));
    seen.map(|it| Shown {
        filename: &it.filename,
        url: it.url(),
        r#type: &it.r#type,
        created_at: &it.created_at,
    })
    .collect()
}
