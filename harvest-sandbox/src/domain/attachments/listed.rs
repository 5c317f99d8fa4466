//! The record of a file of an application.

use serde::{Deserialize, Serialize};

use super::Attachment;
use crate::domain::access::{Owner, Scope, Visibility};
use crate::store::Kind;

pub(crate) static ATTACHMENT: Kind = Kind {
    table: "attachment",
    first_id: 119_580_110_001,
    visibility: Visibility::of(&[Owner::Column(Scope::Application, "application_id")])
        .for_admins_of("(attachment.state ->> 'candidate_id')"),
};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListedAttachment {
    pub(crate) application_id: i64,
    pub(crate) candidate_id: i64,
    #[serde(flatten)]
    pub(crate) attachment: Attachment,
}
