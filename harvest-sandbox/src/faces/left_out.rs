//! Records that a read leaves out because the user whom it names may not see them. Who has a key sees all of them without the
//! user, so the answer says how many there are, and why: a client that names a user by habit would miss them without a sign.

use axum::http::header::HeaderValue;

use crate::domain::access::{Actor, Scope};
use crate::http::notice::LEFT_OUT;
use crate::http::reply::Reply;
use crate::store::Kind;

/// A reply that says how many records of a kind were left out for a user, if any were.
pub(super) fn noted(reply: Reply, count: usize, kind: &Kind, user: &Actor) -> Reply {
    if count == 0 {
        return reply;
    }
    let (table, id) = (kind.table, user.id);
    let why = reasons(kind, user).join(", or ");
    let words = format!("{count} of {table}, which user {id} may not see: {why}");
    match HeaderValue::from_str(&words) {
        Ok(words) => reply.with_header(LEFT_OUT, words),
        Err(_) => reply,
    }
}

/// Why a user may not see records of a kind.
fn reasons(kind: &Kind, user: &Actor) -> Vec<&'static str> {
    let of_job = "of a confidential job without a role for the user";
    let of_candidate = if user.site_admin {
        "of a private candidate"
    } else {
        "of a candidate whom the user does not look after"
    };
    let mut reasons = Vec::new();
    for owner in kind.visibility.owners() {
        let of_owner: &[&str] = match owner.scope() {
            Scope::Job => &[of_job],
            Scope::Candidate => &[of_candidate],
            Scope::Application => &[of_candidate, of_job],
        };
        for reason in of_owner {
            if !reasons.contains(reason) {
                reasons.push(*reason);
            }
        }
    }
    reasons
}
