//! Keeping the state of a user.

use super::{Email, ListedEmail, USER, USER_EMAIL, User};
use crate::domain::parts;
use crate::domain::parts::Owner;
use crate::domain::referrers;
use crate::refusal::Outcome;
use crate::store::Edit;

impl User {
    /// Keeps a user who was changed, or under an id of its own one who is new.
    pub(crate) fn save(&self, edit: &mut Edit<'_>, id: i64) -> Outcome<()> {
        if edit.exists(&USER, id)? {
            edit.save(&USER, id, self)?;
        } else {
            edit.insert_as(&USER, id, self)?;
        }
        let emails = self.emails.iter().map(|email| {
            let listed = ListedEmail {
                user_id: id,
                address: email.address.clone(),
                verified: email.verified,
                verification_sent_at: email.verification_sent_at.clone(),
            };
            (email.id, listed)
        });
        let owner = Owner {
            column: "user_id",
            id,
        };
        parts::keep(edit, &USER_EMAIL, owner, emails)?;
        if self.service_account {
            return Ok(());
        }
        referrers::keep(edit, id, self.name())
    }
}

impl Email {
    /// An address with an id of its own.
    pub(crate) fn new(edit: &Edit<'_>, address: &str, verified: bool) -> Outcome<Self> {
        Ok(Self {
            id: edit.new_id(&USER_EMAIL)?,
            address: address.to_owned(),
            verified,
            verification_sent_at: None,
        })
    }
}
