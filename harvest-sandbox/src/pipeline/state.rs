//! An organization with records: what it takes to get in, and what operations do there.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use crate::clock::Clock;
use crate::domain::RESOURCES;
use crate::domain::access;
use crate::domain::access::{
    Addresses, Keys, Permissions, Slowdown, acting_user, demo_key, first_site_admin,
};
use crate::domain::files;
use crate::domain::migrations::MIGRATIONS;
use crate::domain::organization::{Plan, found};
use crate::error::StartError;
use crate::faces::{Call, Face, Handler, Handlers, Reading, Unnamed, Writing};
use crate::http::files::Links;
use crate::http::guard::Sender;
use crate::http::refusal::Outcome;
use crate::openapi::document::Operation;
use crate::openapi::paging::Cursors;
use crate::openapi::parameters::Acting;
use crate::refusal::{Refusal, broken};
use crate::store::{Edit, FaceId, Folder, Presentations, Schema, Store};

/// What a key without the permission is told, as observed.
pub(crate) const NOT_PERMITTED: &str = "This API Key does not have permission for this endpoint";

/// How the key is described that a sandbox is started with.
pub(crate) const DEMO_KEY: &str = "Demo key with all permissions";

/// A sandbox that remembers.
pub(crate) struct State {
    pub(crate) store: Store,
    /// In the order of their descriptions.
    faces: Vec<Serving>,
    pub(crate) links: Links,
    /// What keys can be permitted.
    pub(crate) permissions: Permissions,
    pub(crate) slowdown: Slowdown,
}

/// A face that is served on the records.
struct Serving {
    face: &'static Face,
    id: FaceId,
    handlers: Handlers,
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
        faces: &[&'static Face],
        permissions: Permissions,
        plan: Plan,
    ) -> Result<Self, StartError> {
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
        let store = Store::open(folder, schema, Clock::default(), fill)?;
        let links = Links::new(&store.write(|edit| files::secret(edit))?)?;
        Ok(Self {
            store,
            faces,
            links,
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

    /// The handler of an operation of a face, by the place of the face; none if it is answered from its example.
    pub(crate) fn handler(&self, face: usize, operation: &str) -> Option<Handler> {
        self.faces.get(face)?.handlers.get(operation)
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
    pub(crate) fn check_user(&self, face: usize, acting: Acting) -> Outcome<()> {
        match acting {
            Acting::Nobody => Ok(()),
            Acting::User(id) => self
                .store
                .read(|view| acting_user(view, id))
                .map(drop)
                .map_err(|it| self.worded(face, it)),
        }
    }

    /// The file that a signed link leads to.
    pub(crate) fn file(&self, path: &str, query: &str, headers: &HeaderMap) -> Outcome {
        let links = &self.links;
        self.store
            .read(|view| links.follow(view, path, query, headers))
    }

    /// Does what the operation does.
    pub(crate) fn run(
        &self,
        face: usize,
        handler: Handler,
        call: &Call<'_>,
        acting: Acting,
    ) -> Outcome {
        let serving = self.serving(face)?;
        let reply = self.handle(serving, handler, call, acting);
        let reply = reply.map_err(|refusal| self.worded(face, refusal))?;
        self.links
            .resolve(reply, call.target.base, self.store.clock.now())
    }

    /// A refusal in the words of the face, as far as it has its own.
    fn worded(&self, face: usize, refusal: Refusal) -> Refusal {
        match (refusal, self.serving(face)) {
            (Refusal::Denied(why), Ok(serving)) => (serving.face.denied)(why),
            (refusal, _) => refusal,
        }
    }

    fn serving(&self, face: usize) -> Outcome<&Serving> {
        let known = self.faces.get(face);
        known.ok_or_else(|| broken("there is no such face"))
    }

    fn handle(
        &self,
        serving: &Serving,
        handler: Handler,
        call: &Call<'_>,
        acting: Acting,
    ) -> Outcome {
        match handler {
            Handler::Read(read) => self.store.read_as(serving.id, |view| {
                let user = match acting {
                    Acting::Nobody => None,
                    Acting::User(id) => Some(acting_user(view, id)?),
                };
                read(&Reading { view, call, user })
            }),
            Handler::Write(write) => self.store.write_as(serving.id, |edit| {
                let user = match acting {
                    Acting::Nobody => match serving.face.unnamed {
                        Unnamed::Nobody => return Err(Refusal::not_found()),
                        Unnamed::ServiceUser => acting_user(edit, Some(first_site_admin(edit)?))?,
                    },
                    Acting::User(id) => acting_user(edit, id)?,
                };
                write(&mut Writing { edit, call, user })
            }),
        }
    }
}
