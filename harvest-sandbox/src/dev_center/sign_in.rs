//! Whether one has to sign in, and how.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use subtle::ConstantTimeEq;

use super::password;
use crate::domain::access::fresh;
use crate::http::guard::{Names, Proxies};
use crate::http::refusal::Outcome;
use crate::pipeline::state::State;
use crate::store::Storage;

/// How Dev Center is entered.
pub(super) enum SignIn {
    /// By everyone who can reach it, who is the demo site admin. For an organization that is only there for this machine, and
    /// is gone when the sandbox ends.
    Open,
    /// With a password.
    Password {
        /// The token of the link that sets the first one; none once it was used.
        setup: Mutex<Option<String>>,
    },
}

impl SignIn {
    /// A password is asked for where the organization is kept, or can be reached from other machines: a declared proxy and a
    /// public URL say so, whatever the address is. A tunnel to a loopback address need not send a header by which it is known
    /// for a proxy.
    pub(super) fn choose(
        state: &State,
        place: &Storage,
        address: IpAddr,
        proxies: &Proxies,
        names: &Names,
    ) -> Outcome<Self> {
        let is_published =
            !address.to_canonical().is_loopback() || !proxies.is_empty() || !names.is_empty();
        if matches!(place, Storage::Temporary) && !is_published {
            return Ok(Self::Open);
        }
        let setup = if state.store.read(password::is_set)? {
            None
        } else {
            Some(fresh()?)
        };
        Ok(Self::Password {
            setup: Mutex::new(setup),
        })
    }

    pub(super) fn is_required(&self) -> bool {
        matches!(self, Self::Password { .. })
    }

    /// The token of the link that sets the first password, as long as there is none.
    pub(super) fn setup(&self) -> Option<String> {
        match self {
            Self::Open => None,
            Self::Password { setup } => {
                setup.lock().unwrap_or_else(PoisonError::into_inner).clone()
            }
        }
    }

    /// Whether the first password can be set with this token.
    pub(super) fn accepts(&self, token: &str) -> bool {
        self.setup()
            .is_some_and(|setup| token.as_bytes().ct_eq(setup.as_bytes()).into())
    }

    /// There is a password now.
    pub(super) fn use_up(&self) {
        if let Self::Password { setup } = self {
            setup.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }
}
