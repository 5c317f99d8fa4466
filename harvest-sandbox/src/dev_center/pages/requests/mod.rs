//! The request log.

mod again;
mod curl;
mod filter;

use std::collections::HashMap;

use askama::Template;

use filter::Filter;

use crate::dev_center::headers;
use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::access::{Credential, Keys};
use crate::domain::oauth::Integrations;
use crate::domain::users::directory;
use crate::http::log::Line;
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;
use crate::store::View;

const PATH: &str = "/configure/dev_center/requests";
const PER_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "requests.html")]
struct Requests {
    frame: Frame,
    filter: Filter,
    keys: Vec<(String, String)>,
    lines: Vec<Shown>,
    /// The number of requests in the log. `count` pass the filter.
    all: usize,
    count: usize,
    /// The number of the latest change when the page was made.
    at: u64,
    page: usize,
    pages: usize,
    keeps_content: bool,
}

#[derive(Template)]
#[template(path = "request.html")]
struct Request {
    frame: Frame,
    line: Shown,
    curl: String,
    can_be_sent: bool,
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
    let at = log.changes.latest();
    let filter = Filter::of(visit);
    let mut lines = log.lines(|line| filter.passes(line));
    let count = lines.len();
    let pages = count.div_ceil(PER_PAGE).max(1);
    let number = visit.page().min(pages);
    let mut shown = lines.split_off(((number - 1) * PER_PAGE).min(count));
    shown.truncate(PER_PAGE);
    let reply = page(&Requests {
        frame: Frame::new(visit, "Request log", Section::DevCenter)?,
        keys: visit.read(filter::keys)?,
        filter,
        lines: named(visit, shown)?,
        all: log.count(),
        count,
        at,
        page: number,
        pages,
        keeps_content: log.keeps_content(),
    })?;
    Ok(headers::for_live(reply))
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, number: &str) -> Outcome {
    let line = find(visit, number)?;
    let curl = curl::line(visit.request.host.base(), &line);
    let content = line.details.content.as_deref();
    let can_be_sent = content.is_some_and(|it| it.is_whole);
    let line = named(visit, Some(line))?.pop();
    page(&Request {
        frame: Frame::new(visit, "Request", Section::DevCenter)?,
        line: line.ok_or_else(Refusal::not_found)?,
        curl,
        can_be_sent,
        keeps_content: visit.control.log.keeps_content(),
    })
}

fn find(visit: &Visit<'_>, number: &str) -> Outcome<Line> {
    let number = number.parse().ok();
    let line = number.and_then(|number| visit.control.log.find(number));
    line.ok_or_else(Refusal::not_found)
}

/// Sends a request again, and shows what became of it.
pub(in crate::dev_center) fn send_again(visit: &Visit<'_>, number: &str) -> Outcome {
    let number = again::send(visit, &find(visit, number)?)?;
    visit.done(
        &format!("{PATH}/{number}"),
        "It was sent again, with the credentials of the sandbox. This is what became of it.",
    )
}

pub(in crate::dev_center) fn switch(visit: &Visit<'_>) -> Outcome {
    let log = &visit.control.log;
    let notice = match visit.field("content") {
        "clear" => {
            log.clear();
            "The log is empty."
        }
        "keep" => {
            log.keep_content(true);
            "Queries, headers and bodies of the requests from now on are kept, until you switch it \
             off."
        }
        _ => {
            log.keep_content(false);
            "Queries, headers and bodies are not kept any more, and those that were are forgotten."
        }
    };
    visit.done(PATH, notice)
}

impl Requests {
    fn at(&self, page: usize) -> String {
        format!("{PATH}?{}", self.filter.query(page))
    }
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
