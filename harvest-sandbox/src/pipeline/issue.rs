//! Requests to the token service.

use super::checks::check_form;
use super::{Answered, Mode, Pipeline};
use crate::faces::token_service::{Endpoint, Served};
use crate::http::Incoming;
use crate::http::refusal::Outcome;
use crate::http::reply::Reply;
use crate::openapi::examples::tokens;
use crate::refusal::Refusal;

impl Pipeline {
    /// The endpoint of the token service at a path.
    pub(crate) fn token_endpoint(&self, path: &str) -> Option<Endpoint> {
        let endpoint = Endpoint::at(path)?;
        let is_there = match &self.mode {
            Mode::Examples { tokens, .. } => tokens.is_some() && path == tokens::PATH,
            Mode::State(_) => self.token_service.is_some(),
        };
        is_there.then_some(endpoint)
    }

    /// Why a request to the token service is answered without its body being read, if it is.
    pub(crate) fn turn_away(&self, request: &Incoming) -> Option<Answered> {
        let refusal = self.check_origin(request).err()?;
        Some(self.secret(self.uncounted(0, refusal.into_reply())))
    }

    /// Answers a request to the token service that was not turned away. It takes the form of another API.
    pub(crate) fn issue(&self, endpoint: Endpoint, request: &Incoming) -> Answered {
        let answered = match (&self.mode, &self.token_service) {
            (
                Mode::Examples {
                    tokens: Some(tokens),
                    users,
                    ..
                },
                _,
            ) => self.uncounted(0, tokens.answer(request, users)),
            (Mode::State(state), Some(service)) => {
                self.served(service.answer(endpoint, state.ground(), request))
            }
            _ => self.uncounted(0, Reply::not_found()),
        };
        self.secret(answered)
    }

    /// An answer to a request to the token service whose body could not be read.
    pub(crate) fn unread(&self, refusal: Refusal) -> Answered {
        self.secret(self.uncounted(0, refusal.into_reply()))
    }

    fn served(&self, served: Served) -> Answered {
        Answered {
            reply: self.stamp(served.usage, served.reply),
            delay: served.delay + self.latency,
            credential: served.credential,
            user_id: served.user_id,
            is_secret: true,
        }
    }

    #[expect(clippy::unused_self, reason = "reads like its siblings")]
    fn secret(&self, answered: Answered) -> Answered {
        Answered {
            is_secret: true,
            ..answered
        }
    }

    /// Whether requests from there are taken, in this form.
    fn check_origin(&self, request: &Incoming) -> Outcome<()> {
        check_form(request)?;
        match &self.mode {
            Mode::State(state) => state.check_address(&request.sender),
            Mode::Examples { .. } => Ok(()),
        }
    }
}
