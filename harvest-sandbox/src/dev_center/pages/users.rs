//! The list of users.

use askama::Template;

use crate::dev_center::layout::{Frame, Section, page};
use crate::dev_center::visit::Visit;
use crate::domain::users::directory;
use crate::domain::users::directory::Listed;
use crate::http::query::encode;
use crate::http::refusal::Outcome;

const PER_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "users.html")]
struct Users<'a> {
    frame: Frame,
    search: &'a str,
    users: Vec<Listed>,
    /// Who match, on all pages.
    count: usize,
    page: usize,
    pages: usize,
    /// Who looks.
    own_id: i64,
}

impl Users<'_> {
    fn at(&self, page: usize) -> String {
        let page = page.to_string();
        let query = encode([("search", self.search), ("page", page.as_str())]);
        format!("/configure/users?{query}")
    }
}

pub(in crate::dev_center) fn list(visit: &Visit<'_>) -> Outcome {
    let search = visit.query.last("search").unwrap_or_default().trim();
    let (users, count, number, pages) = visit.read(|view| {
        let count = directory::count(view, search)?;
        let pages = count.div_ceil(PER_PAGE).max(1);
        let number = visit.page().min(pages);
        let users = directory::find(view, search, number - 1, PER_PAGE)?;
        Ok((users, count, number, pages))
    })?;
    page(&Users {
        frame: Frame::new(visit, "Users", Section::Users)?,
        search,
        users,
        count,
        page: number,
        pages,
        own_id: visit.user_id()?,
    })
}
