//! Templates of e-mails. They can only be read.

mod letter;
mod seed;

pub(crate) use letter::Letter;

use serde::{Deserialize, Serialize};

use crate::domain::Resource;
use crate::domain::access::Visibility;
use crate::store::Kind;

pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&EMAIL_TEMPLATE],
    seed: seed::seed,
};

pub(crate) static EMAIL_TEMPLATE: Kind = Kind {
    table: "email_template",
    first_id: 4_090_112,
    visibility: Visibility::EVERYONE,
};

/// What is known about a template.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EmailTemplate {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// Of several of a type, the one that is taken unless another is chosen.
    pub(crate) default: bool,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    /// The occasion.
    pub(crate) r#type: String,
    /// An address, or a placeholder for one.
    pub(crate) from: Option<String>,
    pub(crate) cc: Vec<String>,
    pub(crate) html_body: String,
    /// Whose it is; the organization's if `None`.
    pub(crate) user_id: Option<i64>,
}
