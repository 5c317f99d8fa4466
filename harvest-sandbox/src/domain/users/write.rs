//! Adding and changing users.

use crate::refusal::{Outcome, Problems};
use crate::store::View;

/// No two users have the same address.
pub(crate) fn check_email(
    view: &View<'_>,
    field: &str,
    email: &str,
    problems: &mut Problems,
) -> Outcome<()> {
    let sql = "SELECT user_id FROM user_email WHERE address = ?1";
    if view.value::<i64>(sql, [email])?.is_some() {
        problems.taken(field);
    }
    Ok(())
}
