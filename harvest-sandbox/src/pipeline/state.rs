//! An organization with records: what it takes to get in, and what operations do there.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use crate::clock::Clock;
use crate::domain::RESOURCES;
use crate::domain::access;
use crate::domain::access::{Addresses, Keys, Permissions, Slowdown, acting_user, demo_key};
use crate::domain::files;
use crate::domain::migrations::MIGRATIONS;
use crate::domain::organization::{Plan, found};
use crate::error::StartError;
use crate::faces::{Behaviour, Call, Handler, Handlers, Reading, Writing};
use crate::http::files::Links;
use crate::http::guard::Sender;
use crate::http::refusal::Outcome;
use crate::openapi::document::Operation;
use crate::openapi::paging::Cursors;
use crate::openapi::parameters::Acting;
use crate::refusal::{Denied, Refusal};
use crate::store::{Edit, FaceId, Folder, Presentations, Schema, Store};

/// What a key without the permission is told, as observed.
pub(crate) const NOT_PERMITTED: &str = "This API Key does not have permission for this endpoint";

/// How the key is described that a sandbox is started with.
pub(crate) const DEMO_KEY: &str = "Demo key with all permissions";

/// A sandbox that remembers.
pub(crate) struct State {
    pub(crate) store: Store,
    /// The answers of the face to a user who may not act, or may not do something.
    denied: fn(Denied) -> Refusal,
    /// The face of the records that the operations show.
    face: FaceId,
    pub(crate) links: Links,
    pub(crate) handlers: Handlers,
    /// What keys can be permitted.
    pub(crate) permissions: Permissions,
    pub(crate) slowdown: Slowdown,
}

/// How a request fared with its key.
pub(crate) enum Admission {
    /// With this key, if it takes one.
    Granted(Option<i64>),
    /// No key, or none that opens. The answer is to wait that long.
    Unauthorized(Duration),
    /// The key doesn't open this operation.
    NotPermitted(i64),
    Broken(Refusal),
}

impl State {
    /// Opens a database, and fills it if it is new.
    pub(crate) fn open(
        folder: Option<&Folder>,
        behaviour: &'static Behaviour,
        permissions: Permissions,
        plan: Plan,
    ) -> Result<Self, StartError> {
        let resources = behaviour.resources;
        let kinds = RESOURCES.iter().flat_map(|resource| resource.kinds);
        let presentations = resources.iter().flat_map(|resource| resource.presentations);
        let presentations = presentations.copied();
        let face = Presentations::of(behaviour.name, behaviour.stored_in, presentations);
        let schema = Schema::of(kinds.copied(), [face], MIGRATIONS);
        let fill = |edit: &mut Edit<'_>| found(edit, plan);
        let store = Store::open(folder, schema, Clock::default(), fill)?;
        let links = Links::new(&store.write(|edit| files::secret(edit))?)?;
        Ok(Self {
            store,
            denied: behaviour.denied,
            face: FaceId::default(),
            links,
            handlers: Handlers::of(resources),
            permissions,
            slowdown: Slowdown::default(),
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

    /// For cursors that are good for as long as the records are kept.
    pub(crate) fn cursors(&self) -> Outcome<Cursors> {
        Cursors::new(&self.store.write(|edit| files::secret(edit))?)
    }

    /// Whether an operation has a handler.
    pub(crate) fn emulates(&self, operation: &str) -> bool {
        self.handlers.get(operation).is_some()
    }

    /// Whether requests from there are taken at all.
    pub(crate) fn check_address(&self, sender: &Sender) -> Outcome<()> {
        let allowed = self.store.read(|view| {
            Ok(Addresses::are_all(view)? || Addresses::listed(view, sender.address()?)?)
        });
        if allowed? {
            Ok(())
        } else {
            Err(Refusal::forbidden(
                "Requests from this IP address are not allowed",
            ))
        }
    }

    /// Whether the key of a request opens this operation.
    pub(crate) fn admit(
        &self,
        operation: &Operation,
        client: IpAddr,
        headers: &HeaderMap,
    ) -> Admission {
        if operation.access.is_open() {
            return Admission::Granted(None);
        }
        let Some(presented) = operation.access.presented(headers) else {
            return Admission::Unauthorized(Duration::ZERO);
        };
        let found = self.store.read(|view| {
            let key = Keys::find(view, &presented)?.filter(|key| key.revoked_at.is_none());
            let Some(key) = key else { return Ok(None) };
            let may = match &operation.permission {
                Some(permission) => Keys::may(view, key.id, permission)?,
                None => true,
            };
            Ok(Some((key.id, may)))
        });
        match found {
            Ok(Some((key_id, may))) => {
                self.slowdown.right(client);
                if may {
                    Admission::Granted(Some(key_id))
                } else {
                    Admission::NotPermitted(key_id)
                }
            }
            Ok(None) => Admission::Unauthorized(self.slowdown.wrong(client, Instant::now())),
            Err(broken) => Admission::Broken(broken),
        }
    }

    /// Refuses a user who isn't there, or may not act.
    pub(crate) fn check_user(&self, acting: Acting) -> Outcome<()> {
        match acting {
            Acting::Nobody => Ok(()),
            Acting::User(id) => self
                .store
                .read(|view| acting_user(view, id))
                .map(drop)
                .map_err(|it| self.worded(it)),
        }
    }

    /// The file that a signed link leads to.
    pub(crate) fn file(&self, path: &str, query: &str, headers: &HeaderMap) -> Outcome {
        let links = &self.links;
        self.store
            .read(|view| links.follow(view, path, query, headers))
    }

    /// Does what the operation does.
    pub(crate) fn run(&self, handler: Handler, call: &Call<'_>, acting: Acting) -> Outcome {
        let reply = self.handle(handler, call, acting);
        let reply = reply.map_err(|refusal| self.worded(refusal))?;
        self.links
            .resolve(reply, call.target.base, self.store.clock.now())
    }

    /// A refusal in the words of the face, as far as it has its own.
    fn worded(&self, refusal: Refusal) -> Refusal {
        match refusal {
            Refusal::Denied(why) => (self.denied)(why),
            refusal => refusal,
        }
    }

    fn handle(&self, handler: Handler, call: &Call<'_>, acting: Acting) -> Outcome {
        match handler {
            Handler::Read(read) => self.store.read_as(self.face, |view| {
                let user = match acting {
                    Acting::Nobody => None,
                    Acting::User(id) => Some(acting_user(view, id)?),
                };
                read(&Reading { view, call, user })
            }),
            Handler::Write(write) => self.store.write_as(self.face, |edit| {
                let user = match acting {
                    // The description asks for a user wherever something is written.
                    Acting::Nobody => return Err(Refusal::not_found()),
                    Acting::User(id) => acting_user(edit, id)?,
                };
                write(&mut Writing { edit, call, user })
            }),
        }
    }
}
