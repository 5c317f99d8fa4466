//! The request log.

use std::collections::HashMap;

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::{Credential, Keys};
use crate::domain::oauth::Integrations;
use crate::domain::users::directory;
use crate::http::refusal::Outcome;
use crate::log::Line;
use crate::refusal::Refusal;
use crate::store::View;

const PATH: &str = "/configure/dev_center/requests";
const PER_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "requests.html")]
struct Requests {
    frame: Frame,
    lines: Vec<Shown>,
    count: usize,
    page: usize,
    pages: usize,
    keeps_content: bool,
}

#[derive(Template)]
#[template(path = "request.html")]
struct Request {
    frame: Frame,
    line: Shown,
    keeps_content: bool,
}

/// A line, with the names of who is in it.
struct Shown {
    line: Line,
    key: Option<String>,
    user: Option<String>,
}

/// Finds the names of credentials and users, each of them once.
struct Names<'a, 'v> {
    view: &'a View<'v>,
    credentials: HashMap<Credential, Option<String>>,
    users: HashMap<i64, Option<String>>,
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let log = &visit.control.log;
    let count = log.count();
    let pages = count.div_ceil(PER_PAGE).max(1);
    let number = visit.page().min(pages);
    let lines = log.latest((number - 1) * PER_PAGE, PER_PAGE);
    page(&Requests {
        frame: Frame::new(visit, "Request log", Section::DevCenter)?,
        lines: named(visit, lines)?,
        count,
        page: number,
        pages,
        keeps_content: log.keeps_content(),
    })
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, number: &str) -> Outcome {
    let log = &visit.control.log;
    let line = number.parse().ok().and_then(|number| log.find(number));
    let line = named(visit, line)?.pop().ok_or_else(Refusal::not_found)?;
    page(&Request {
        frame: Frame::new(visit, "Request", Section::DevCenter)?,
        line,
        keeps_content: log.keeps_content(),
    })
}

pub(in crate::dev_center) fn switch(visit: &Visit<'_>) -> Outcome {
    let keep = visit.field("content") == "keep";
    visit.control.log.keep_content(keep);
    let notice = if keep {
        "Queries and bodies of the requests from now on are kept, until you switch it off."
    } else {
        "Queries and bodies are not kept any more, and those that were are forgotten."
    };
    visit.done(PATH, notice)
}

fn named(visit: &Visit<'_>, lines: impl IntoIterator<Item = Line>) -> Outcome<Vec<Shown>> {
    visit.read(|view| {
        let mut names = Names {
            view,
            credentials: HashMap::new(),
            users: HashMap::new(),
        };
        lines.into_iter().map(|line| names.show(line)).collect()
    })
}

impl Names<'_, '_> {
    fn show(&mut self, line: Line) -> Outcome<Shown> {
        Ok(Shown {
            key: line
                .details
                .credential
                .map(|credential| self.credential(credential))
                .transpose()?
                .flatten(),
            user: line
                .details
                .user_id
                .map(|id| self.user(id))
                .transpose()?
                .flatten(),
            line,
        })
    }

    fn credential(&mut self, credential: Credential) -> Outcome<Option<String>> {
        if let Some(known) = self.credentials.get(&credential) {
            return Ok(known.clone());
        }
        let description = match credential {
            Credential::Key(id) => Keys::get(self.view, id)?.map(|it| it.description),
            Credential::Integration(id) => {
                Integrations::get(self.view, id)?.map(|it| it.description)
            }
        };
        self.credentials.insert(credential, description.clone());
        Ok(description)
    }

    fn user(&mut self, id: i64) -> Outcome<Option<String>> {
        if let Some(known) = self.users.get(&id) {
            return Ok(known.clone());
        }
        let name = directory::name(self.view, id)?;
        self.users.insert(id, name.clone());
        Ok(name)
    }
}
