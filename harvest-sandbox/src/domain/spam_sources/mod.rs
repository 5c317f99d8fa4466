//! Blocked sources of spam: addresses and domains from which applications are not taken.

use serde::{Deserialize, Serialize};

use crate::domain::access::{Actor, Visibility};
use crate::domain::{Resource, names};
use crate::refusal::{Outcome, Problems};
use crate::store::{Edit, Kind};

/// A new organization has none.
pub(crate) static RESOURCE: Resource = Resource {
    kinds: &[&SPAM_SOURCE],
    seed: |_| Ok(()),
};

pub(crate) static SPAM_SOURCE: Kind = Kind {
    table: "spam_source",
    first_id: 3_310_001,
    visibility: Visibility::EVERYONE,
};

/// What is known about a source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SpamSource {
    /// `ip_address`, `cidr_block`, `email_address` or `email_domain`.
    pub(crate) source_type: String,
    pub(crate) value: String,
    pub(crate) note: Option<String>,
}

/// Blocks a source that is not blocked yet, and says under which id.
pub(crate) fn create(edit: &mut Edit<'_>, actor: &Actor, source: &SpamSource) -> Outcome<i64> {
    actor.require_site_admin()?;
    let mut problems = Problems::default();
    names::check("value", &source.value, &mut problems);
    names::check_length(
        "note",
        source.note.as_deref().unwrap_or_default(),
        &mut problems,
    );
    let sql = "SELECT id FROM spam_source WHERE source_type = ?1 AND value = ?2";
    let known: Option<i64> = edit.value(sql, (&source.source_type, &source.value))?;
    if known.is_some() {
        problems.taken("value");
    }
    problems.check()?;
    edit.insert(&SPAM_SOURCE, source)
}

/// Changes the note on a source, if another was sent.
pub(crate) fn change(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: i64,
    note: Option<String>,
) -> Outcome<()> {
    actor.require_site_admin()?;
    let mut source: SpamSource = edit.get(&SPAM_SOURCE, id)?;
    let mut problems = Problems::default();
    names::check_length("note", note.as_deref().unwrap_or_default(), &mut problems);
    problems.check()?;
    source.note = note.or(source.note);
    edit.save(&SPAM_SOURCE, id, &source)
}

/// Unblocks a source.
pub(crate) fn delete(edit: &mut Edit<'_>, actor: &Actor, id: i64) -> Outcome<()> {
    actor.require_site_admin()?;
    edit.delete(&SPAM_SOURCE, id)
}
