//! The users who are credited with candidates.

use crate::refusal::{Outcome, Problems, Rule};
use crate::store::View;

/// Someone who is credited with a candidate.
#[derive(Clone, Debug)]
pub(crate) enum Referrer {
    /// The user with this id; none of what can be no id.
    Id(Option<i64>),
    /// The user who is the referrer with this id.
    Listed(i64),
    /// The user with this address.
    Email(Option<String>),
    /// Someone outside of the organization, who is no user and gets no credit here.
    Outside,
}

impl Referrer {
    /// The id of the user, or a problem at `referrer`.
    pub(super) fn user(
        &self,
        view: &View<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Outcome<Option<i64>> {
        let found = match self {
            Self::Id(id) => view.value("SELECT id FROM user WHERE id = ?1", [id])?,
            Self::Listed(id) => {
                let found = view.value("SELECT user_id FROM referrer WHERE id = ?1", [id])?;
                if found.is_none() {
                    problems.unknown(&format!("{at}referrer"), "A referrer");
                }
                return Ok(found);
            }
            Self::Email(address) => {
                let sql = "SELECT user_id FROM user_email WHERE address = ?1";
                view.value(sql, [address])?
            }
            Self::Outside => return Ok(None),
        };
        if found.is_none() {
            problems.add(&format!("{at}referrer"), Rule::NoUser);
        }
        Ok(found)
    }
}
