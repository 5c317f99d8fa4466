//! Keys of fields, and the tokens that stand for their values in templates of e-mails and offers.

use std::collections::HashSet;

use super::fields::key_of;
use crate::refusal::{FieldRule, Outcome, Problems, Rule};
use crate::store::View;

/// A key for a new field, made from its name. It is the field's for good, so that of a deleted field isn't given again:
/// `notice_period`, then `notice_period_1` and so on.
pub(crate) fn new_key(view: &View<'_>, field_type: &str, name: &str) -> Outcome<String> {
    let plain = key_of(name);
    let sql = "SELECT name_key FROM custom_field WHERE field_type = ?1";
    let taken: Vec<String> = view.column(sql, [field_type])?;
    let taken: HashSet<String> = taken.into_iter().collect();
    let numbered = (1..).map(|number| format!("{plain}_{number}"));
    let key = std::iter::once(plain.clone())
        .chain(numbered)
        .find(|key| !taken.contains(key));
    Ok(key.unwrap_or(plain))
}

/// The token that a field gets when none is asked for in particular: `{{NOTICE_PERIOD}}`.
pub(crate) fn of_key(key: &str) -> String {
    format!("{{{{{}}}}}", key.to_uppercase())
}

/// A token that was asked for, with the braces that it is shown with and sent without. `own` is the field.
pub(crate) fn asked_for(
    view: &View<'_>,
    own: i64,
    text: &str,
    problems: &mut Problems,
) -> Outcome<String> {
    const FIELD: &str = "template_token_string";
    let token = format!("{{{{{text}}}}}");
    if text.trim().is_empty() || text.contains(['{', '}']) {
        problems.add(FIELD, Rule::Field(FieldRule::Token));
    }
    let sql = "SELECT id FROM custom_field WHERE token = ?1 COLLATE NOCASE AND active AND id <> ?2";
    if view.value::<i64>(sql, (&token, own))?.is_some() {
        problems.taken(FIELD);
    }
    Ok(token)
}
