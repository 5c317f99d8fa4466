//! The ground of the pipeline: records that are opened or filled in, or a key and users that are only ids.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::access::Permissions;
use crate::domain::oauth::ClientSecret;
use crate::domain::users::first_site_admin;
use crate::faces::Face;
use crate::openapi::Key;
use crate::openapi::examples;
use crate::openapi::examples::{Tokens, Users};
use crate::pipeline::Mode;
use crate::pipeline::state::State;
use crate::refusal::StartError;
use crate::sandbox::Builder;
use crate::sandbox::descriptions::{Descriptions, wants_tokens};
use crate::store::Folder;

/// What stands behind the pipeline.
pub(super) struct Opened {
    pub(super) mode: Mode,
    pub(super) key: String,
    /// The first integration, if records are kept.
    pub(super) client: Option<ClientSecret>,
    pub(super) user_id: i64,
    pub(super) state: Option<Arc<State>>,
}

impl Builder {
    pub(super) async fn open(&self, served: &Descriptions) -> Result<Opened, StartError> {
        match served.faces() {
            None => self.without_state(served),
            Some(faces) => self.with_state(served, faces).await,
        }
    }

    /// Nothing is kept.
    fn without_state(&self, served: &Descriptions) -> Result<Opened, StartError> {
        let document = &served.document;
        let users = match self.users.clone() {
            Some(ids) => Users::given(ids).ok_or(StartError::NoUsers {})?,
            None => Users::of(document, self.list_len),
        };
        let user_id = users.first();
        let key = self.key.clone().unwrap_or_else(examples::hex);
        let mode = Mode::Examples {
            key: Key::new(&key),
            users,
            tokens: wants_tokens(document).then(|| Tokens::new(&key)),
        };
        Ok(Opened {
            mode,
            key,
            client: None,
            user_id,
            state: None,
        })
    }

    /// Records are kept, and are filled in if there are none.
    async fn with_state(
        &self,
        served: &Descriptions,
        faces: Vec<&'static Face>,
    ) -> Result<Opened, StartError> {
        let mut permissions = Permissions::default();
        let mut scopes = BTreeSet::new();
        for document in served.all() {
            permissions.extend(document.permissions());
            scopes.extend(document.scopes());
        }
        let (place, plan, given) = (self.place.clone(), self.planned()?, self.key.clone());
        // A large organization takes minutes.
        let opening = tokio::task::spawn_blocking(move || {
            // Locked until this is done.
            let folder = Folder::open(&place)?;
            let folder = folder.as_ref();
            let state = State::open(folder, &faces, permissions, scopes, plan)?;
            let key = state.demo_key(folder, given)?;
            let client = state.demo_credential(folder)?;
            let user_id = state.store.read(first_site_admin)?;
            Ok::<_, StartError>((Arc::new(state), key, client, user_id))
        });
        let opened = opening.await.map_err(|_| StartError::Store {
            problem: "filling it was given up".to_owned(),
        })?;
        let (state, key, client, user_id) = opened?;
        Ok(Opened {
            mode: Mode::State(Arc::clone(&state)),
            key,
            client: Some(client),
            user_id,
            state: Some(state),
        })
    }
}
