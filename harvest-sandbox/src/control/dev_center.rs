//! Administration of Dev Center from Rust.

use std::fmt;

use crate::domain::access::{Addresses, Keys};
use crate::domain::users::permit_salaries;
use crate::pipeline::state::State;
use crate::refusal::Refusal;

/// The API credentials of the organization: [`Sandbox::dev_center`](crate::Sandbox::dev_center).
///
/// ```
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = harvest_sandbox::Sandbox::start().await?;
/// let dev_center = sandbox.dev_center().expect("it keeps records");
/// let key = dev_center.create_key("Nightly export")?;
/// // A new key may do nothing.
/// dev_center.permit(key.id, ["GET: List Users", "GET: List Candidates"])?;
/// println!("{}", key.key);
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(demo()).unwrap();
/// ```
pub struct DevCenter<'a> {
    pub(super) state: &'a State,
}

/// A key that was just made. It is kept as a hash only, so this is the one time that it can be read.
#[non_exhaustive]
pub struct NewKey {
    /// By which it is named from now on.
    pub id: i64,
    /// What goes into `Authorization`.
    pub key: String,
}

/// Why something could not be done in Dev Center.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DevCenterError {
    /// What was given is neither an IP address nor a range of them.
    #[error("{problem}")]
    #[non_exhaustive]
    Range {
        /// What it was, and what it should be.
        problem: String,
    },
    /// No operation needs an endpoint permission of this name, so that it would permit nothing.
    #[error(
        "there is no endpoint permission {name:?}; Dev Center lists them under Manage Permissions"
    )]
    #[non_exhaustive]
    Permission {
        /// The name.
        name: String,
    },
    /// No operation needs a scope of this name.
    #[error("there is no scope {name:?}; Dev Center lists them under Manage Scopes")]
    #[non_exhaustive]
    Scope {
        /// The name.
        name: String,
    },
    /// An integration can't be like that, or there is none that was asked for.
    #[error("{problem}")]
    #[non_exhaustive]
    Integration {
        /// What is wrong.
        problem: String,
    },
    /// There is no user with this id.
    #[error("there is no user {id}; Dev Center lists them under Users")]
    #[non_exhaustive]
    User {
        /// The id.
        id: i64,
    },
    /// The database did not do its part.
    #[error("the database: {problem}")]
    #[non_exhaustive]
    Store {
        /// What SQLite says.
        problem: String,
    },
}

impl<'a> DevCenter<'a> {
    pub(crate) fn new(state: &'a State) -> Self {
        Self { state }
    }

    /// Makes a key of type Harvest that may do nothing yet.
    pub fn create_key(&self, description: &str) -> Result<NewKey, DevCenterError> {
        let made = self
            .state
            .store
            .write(|edit| Keys::create(edit, description));
        let (id, key) = made?;
        Ok(NewKey { id, key })
    }

    /// Replaces what a key may be used for: endpoint permissions by the names that Dev Center shows
    /// (`x-harvest-permission` in the description), or by those in the documentation where they differ.
    ///
    /// # Errors
    ///
    /// If there is no such permission. Then the key may do what it could do before.
    pub fn permit<'p>(
        &self,
        key_id: i64,
        permissions: impl IntoIterator<Item = &'p str>,
    ) -> Result<(), DevCenterError> {
        let known = &self.state.permissions;
        let names = permissions.into_iter().map(|name| {
            known.find(name).ok_or_else(|| DevCenterError::Permission {
                name: name.to_owned(),
            })
        });
        let names = names.collect::<Result<Vec<_>, _>>()?;
        let store = &self.state.store;
        Ok(store.write(|edit| Keys::permit(edit, key_id, names))?)
    }

    /// Ends a key for good.
    pub fn revoke(&self, key_id: i64) -> Result<(), DevCenterError> {
        Ok(self.state.store.write(|edit| Keys::revoke(edit, key_id))?)
    }

    /// Gives a user the permission to see salaries, or takes it away. All users begin with it. Of a site admin without it, v3
    /// lists no offers, and refuses to add or change one.
    ///
    /// # Errors
    ///
    /// If there is no such user.
    pub fn permit_salaries(&self, user_id: i64, permitted: bool) -> Result<(), DevCenterError> {
        let store = &self.state.store;
        match store.write(|edit| permit_salaries(edit, user_id, permitted)) {
            Err(Refusal::NotFound) => Err(DevCenterError::User { id: user_id }),
            done => Ok(done?),
        }
    }

    /// Takes requests from these IP addresses (`192.0.2.7`) and ranges (`192.0.2.0/24`) only. From anywhere, if there are
    /// none.
    pub fn allow<'r>(
        &self,
        ranges: impl IntoIterator<Item = &'r str>,
    ) -> Result<(), DevCenterError> {
        let ranges = Addresses::read(ranges).map_err(|problems| DevCenterError::Range {
            problem: problems.join("; "),
        })?;
        Ok(self
            .state
            .store
            .write(|edit| Addresses::replace(edit, &ranges))?)
    }
}

impl fmt::Debug for NewKey {
    /// Leaves the key out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for DevCenter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevCenter").finish_non_exhaustive()
    }
}

/// What can be refused here is only ever the database's doing.
impl From<Refusal> for DevCenterError {
    fn from(refusal: Refusal) -> Self {
        Self::Store {
            problem: refusal.to_string(),
        }
    }
}
