//! An upgrade to the names that Dev Center has for endpoint permissions.

use crate::store::Upgrade;

/// Renames the permissions of keys. Before, headings of the documentation were their names.
pub(super) const OF_DEV_CENTER: Upgrade = Upgrade {
    sql: include_str!("permission_names.sql"),
    rewrite: |_| Ok(()),
};
