//! An organization with records: what it takes to get in, and what operations do there.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::header::{HeaderValue, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};

use crate::clock::Clock;
use crate::domain::RESOURCES;
use crate::domain::access;
use crate::domain::access::{Actor, Addresses, Credential, Keys, Permissions, Throttle, demo_key};
use crate::domain::files;
use crate::domain::migrations::MIGRATIONS;
use crate::domain::oauth::{ClientSecret, Tokens, demo};
use crate::domain::organization::{Plan, found};
use crate::domain::users::{acting_user, subject};
#[cfg(any(feature = "dev-center", test))]
use crate::faces::Trials;
use crate::faces::token_service::Ground;
use crate::faces::{Call, Face, Handler, Handlers, Unhandled, Writing};
use crate::http::files::Links;
use crate::http::guard::Sender;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::openapi::document::Operation;
use crate::openapi::paging::Cursors;
use crate::openapi::parameters::Acting;
use crate::openapi::{Presented, Scheme};
use crate::refusal::StartError;
use crate::refusal::{Refusal, broken};
use crate::store::{Edit, FaceId, Folder, Presentations, Schema, Store, View};

/// The answer to a key without the permission, as observed.
const NOT_PERMITTED: &str = "This API Key does not have permission for this endpoint";

/// How the key is described that a sandbox is started with.
pub(crate) const DEMO_KEY: &str = "Demo key with all permissions";

/// A sandbox that remembers.
pub(crate) struct State {
    pub(crate) store: Arc<Store>,
    /// In the order of their descriptions.
    faces: Vec<Serving>,
    pub(crate) links: Links,
    /// What keys can be permitted.
    pub(crate) permissions: Permissions,
    /// What integrations can be given.
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) throttle: Throttle,
}

/// A face that is served on the records.
struct Serving {
    face: &'static Face,
    id: FaceId,
    handlers: Handlers,
}

/// What a request was let in with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pass {
    /// None where the operation takes none, or no records are kept.
    pub(crate) credential: Option<Credential>,
    /// The user whom its token acts for.
    pub(crate) subject: Option<i64>,
}

/// How a request fared with its credential.
pub(crate) enum Admission {
    Granted(Pass),
    /// No credential, or none that opens. The answer is to wait that long.
    Unauthorized(Duration),
    /// The credential doesn't open this operation, as this reply says.
    NotPermitted(Pass, Reply),
    Broken(Refusal),
}

impl State {
    /// Opens a database, and fills it if it is new.
    pub(crate) fn open(
        folder: Option<&Folder>,
        faces: &[&'static Face],
        permissions: Permissions,
        scopes: BTreeSet<String>,
        plan: Plan,
    ) -> Result<Self, StartError> {
        let made_of = plan.is_small().then(|| {
            let names: Vec<_> = faces.iter().map(|face| face.name).collect();
            format!("{names:?} {plan:?}")
        });
        let kinds = RESOURCES.iter().flat_map(|resource| resource.kinds);
        let presentations = faces.iter().map(|face| {
            let all = face.resources.iter().flat_map(|it| it.presentations);
            Presentations::of(face.name, face.stored_in, all.copied())
        });
        let schema = Schema::of(kinds.copied(), presentations, MIGRATIONS);
        let faces = faces.iter().zip(schema.face_ids());
        let faces = faces.map(|(face, id)| Serving {
            face,
            id,
            handlers: Handlers::of(face.resources),
        });
        let faces = faces.collect();
        let fill = |edit: &mut Edit<'_>| found(edit, plan);
        let store = Store::open(folder, schema, Clock::default(), made_of, fill)?;
        let store = Arc::new(store);
        let links = Links::new(&store.write(|edit| files::secret(edit))?)?;
        Ok(Self {
            store,
            faces,
            links,
            permissions,
            scopes,
            throttle: Throttle::default(),
        })
    }

    /// A key with all permissions: the given one, the one that is kept in the folder, or a fresh one. One that is known
    /// already keeps the permissions that it has.
    pub(crate) fn demo_key(
        &self,
        folder: Option<&Folder>,
        given: Option<String>,
    ) -> Result<String, StartError> {
        let key = match (given, folder) {
            (Some(key), _) => key,
            (None, Some(folder)) => demo_key::of(folder)?,
            (None, None) => access::fresh()?,
        };
        self.store.write(|edit| {
            if Keys::find(edit, &key)?.is_none() {
                let id = Keys::add(edit, &key, DEMO_KEY)?;
                Keys::permit(edit, id, self.permissions.all())?;
            }
            Ok(())
        })?;
        Ok(key)
    }

    /// A custom integration with all scopes: the one that is kept in the folder, or a fresh one. One that is known already
    /// keeps the scopes that it has.
    pub(crate) fn demo_credential(
        &self,
        folder: Option<&Folder>,
    ) -> Result<ClientSecret, StartError> {
        let client = match folder {
            Some(folder) => demo::of(folder)?,
            None => ClientSecret::fresh()?,
        };
        self.store
            .write(|edit| demo::add(edit, &client, self.scopes()))?;
        Ok(client)
    }

    /// The names of the faces, in the order of their limits.
    /// What the API reference fills in for the operations of a version.
    #[cfg(any(feature = "dev-center", test))]
    pub(crate) fn trials(&self, version: &str) -> Option<&'static Trials> {
        let mut faces = self.faces.iter();
        let serving = faces.find(|it| it.face.name == version)?;
        Some(serving.face.trials)
    }

    pub(crate) fn face_names(&self) -> impl Iterator<Item = &'static str> {
        self.faces.iter().map(|serving| serving.face.name)
    }

    /// All scopes that an operation needs.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scopes.iter().map(String::as_str)
    }

    /// What the token service stands on.
    pub(crate) fn ground(&self) -> Ground<'_> {
        Ground {
            store: &self.store,
            throttle: &self.throttle,
        }
    }

    /// For cursors that are good for as long as the records are kept.
    pub(crate) fn cursors(&self) -> Outcome<Cursors> {
        Cursors::new(&self.store.write(|edit| files::secret(edit))?)
    }

    /// The handler of an operation of a face, by the place of the face; none if it is answered from its example.
    pub(crate) fn handler(&self, face: usize, operation: &str) -> Option<Handler> {
        self.faces.get(face)?.handlers.get(operation)
    }

    /// Refuses an operation without a handler, if the face answers none from examples.
    pub(crate) fn check_handled(&self, face: usize) -> Outcome<()> {
        match self.serving(face)?.face.unhandled {
            Unhandled::FromExample => Ok(()),
            Unhandled::Refused => {
                let message = "The sandbox keeps no records for this operation yet. For the answer \
                               of its description, start it with --examples and the version of \
                               this path as --api-version";
                Err(Reply::message(StatusCode::NOT_IMPLEMENTED, message).into())
            }
        }
    }

    /// A reply in the form that the face has for it.
    pub(crate) fn formed(&self, face: usize, operation: &Operation, reply: Reply) -> Reply {
        match self.serving(face) {
            Ok(serving) => (serving.face.form)(operation, reply),
            Err(_) => reply,
        }
    }

    /// Whether requests from there are taken at all.
    pub(crate) fn check_address(&self, sender: &Sender) -> Outcome<()> {
        self.store.read(|view| Self::check_address_in(view, sender))
    }

    /// The same, in a view of the records.
    pub(crate) fn check_address_in(view: &View<'_>, sender: &Sender) -> Outcome<()> {
        if Addresses::are_all(view)? || Addresses::listed(view, sender.address()?)? {
            return Ok(());
        }
        Err(Refusal::forbidden(
            "Requests from this IP address are not allowed",
        ))
    }

    /// Whether the key or the token of a request opens this operation.
    pub(super) fn admit(
        &self,
        view: &View<'_>,
        operation: &Operation,
        client: IpAddr,
        headers: &HeaderMap,
    ) -> Admission {
        if operation.access.is_open() {
            return Admission::Granted(Pass::default());
        }
        let Some(presented) = operation.access.presented(headers) else {
            return Admission::Unauthorized(Duration::ZERO);
        };
        let found = match presented.scheme {
            Scheme::Basic => by_key(view, operation, &presented),
            Scheme::Bearer => by_token(view, operation, &presented),
        };
        match found {
            Ok(Some((pass, refused))) => {
                self.throttle.right(client);
                match refused {
                    None => Admission::Granted(pass),
                    Some(reply) => Admission::NotPermitted(pass, reply),
                }
            }
            Ok(None) => Admission::Unauthorized(self.throttle.wrong(client, Instant::now())),
            Err(broken) => Admission::Broken(broken),
        }
    }

    /// Reads as a face.
    pub(super) fn read<T>(
        &self,
        face: usize,
        read: impl FnOnce(&View<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        self.store.read_as(self.serving(face)?.id, read)
    }

    /// Reads as a face, with the user in whose name a request acts: in the view that it has already, or in one of its own.
    pub(super) fn read_for(
        &self,
        face: usize,
        view: Option<&View<'_>>,
        acting: Acting,
        read: impl FnOnce(&View<'_>, Option<Actor>) -> Outcome,
    ) -> Outcome {
        let read = |view: &View<'_>| read(view, actor(view, acting)?);
        let reply = match view {
            Some(view) => read(view),
            None => self.read(face, read),
        };
        reply.map_err(|refusal| self.worded(face, refusal))
    }

    /// Does what an operation that writes does, in the name of the user in whose name the request acts.
    pub(super) fn write(
        &self,
        face: usize,
        write: fn(&mut Writing<'_, '_>) -> Outcome,
        call: &Call<'_>,
        acting: Acting,
    ) -> Outcome {
        let id = self.serving(face)?.id;
        let reply = self.store.write_as(id, |edit| {
            // A description that knows of acting users asks for one wherever something is written.
            let user = actor(edit, acting)?.ok_or_else(Refusal::not_found)?;
            write(&mut Writing { edit, call, user })
        });
        let reply = reply.map_err(|refusal| self.worded(face, refusal))?;
        self.resolved(reply, call.target.base)
    }

    /// A reply with links to files that are good for a client who knows the sandbox by this address.
    pub(super) fn resolved(&self, reply: Reply, base: &str) -> Outcome {
        self.links.resolve(reply, base, self.store.clock.now())
    }

    /// A refusal in the words of the face.
    fn worded(&self, face: usize, refusal: Refusal) -> Refusal {
        match self.serving(face) {
            Ok(serving) => serving.face.worded(refusal),
            Err(_) => refusal,
        }
    }

    fn serving(&self, face: usize) -> Outcome<&Serving> {
        let known = self.faces.get(face);
        known.ok_or_else(|| broken("there is no such face"))
    }
}

/// The user in whose name a request acts, if it names one.
fn actor(view: &View<'_>, acting: Acting) -> Outcome<Option<Actor>> {
    match acting {
        Acting::NoUser => Ok(None),
        Acting::User(id) => acting_user(view, id).map(Some),
        Acting::Subject(id) => subject(view, id).map(Some),
    }
}

/// What a key lets in, and the refusal if it lacks the permission; none if it is no key.
fn by_key(
    view: &View<'_>,
    operation: &Operation,
    presented: &Presented,
) -> Outcome<Option<(Pass, Option<Reply>)>> {
    let key = Keys::find(view, &presented.secret)?.filter(|key| key.revoked_at.is_none());
    let Some(key) = key else { return Ok(None) };
    let may = match &operation.permission {
        Some(permission) => Keys::may(view, key.id, permission)?,
        None => true,
    };
    let pass = Pass {
        credential: Some(Credential::Key(key.id)),
        subject: None,
    };
    let refused = (!may).then(|| Reply::message(StatusCode::FORBIDDEN, NOT_PERMITTED));
    Ok(Some((pass, refused)))
}

/// What a token lets in, and the refusal if it lacks the scope; none if it is no token that works.
fn by_token(
    view: &View<'_>,
    operation: &Operation,
    presented: &Presented,
) -> Outcome<Option<(Pass, Option<Reply>)>> {
    let Some(token) = Tokens::find(view, &presented.secret)? else {
        return Ok(None);
    };
    let missing = match operation.access.scope() {
        Some(scope) if !token.has_scope(view, scope)? => Some(scope),
        _ => None,
    };
    let pass = Pass {
        credential: Some(Credential::Integration(token.integration_id())),
        subject: Some(token.user_id()),
    };
    Ok(Some((pass, missing.map(without_scope))))
}

/// 403 that names the scope which a token lacks.
fn without_scope(scope: &str) -> Reply {
    let message = format!("The token does not have the scope {scope}");
    let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
    let reply = Reply::message(StatusCode::FORBIDDEN, &message);
    match HeaderValue::from_str(&challenge) {
        Ok(challenge) => reply.with_header(WWW_AUTHENTICATE, challenge),
        Err(_) => reply,
    }
}
