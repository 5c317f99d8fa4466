//! List of the names below a prefix, page by page. It ends, whatever a store answers.

use std::collections::BTreeMap;

use futures_util::stream::{BoxStream, try_unfold};
use futures_util::{StreamExt, TryStreamExt};
use object_store::ObjectMeta;
use object_store::list::PaginatedListOptions;
use object_store::path::Path as Key;

use super::Store;
use super::request::as_one;
use crate::error::ExportError;

/// The most objects below a prefix, and the most bytes of their names.
const MOST_OBJECTS: usize = 10_000_000;
const MOST_TEXT: usize = 1024 * 1024 * 1024;
/// How many pages in a row may have no name that did not come before.
const MOST_EMPTY: u32 = 100;
/// The names of a page, where the store has no pages.
const PAGE: usize = 1_000;

type Pages<'a> = BoxStream<'a, object_store::Result<Vec<ObjectMeta>>>;

/// Names with the sizes of their objects.
struct Names {
    all: BTreeMap<String, u64>,
    text: usize,
    empty: u32,
    most: usize,
    most_text: usize,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            text: 0,
            empty: 0,
            most: MOST_OBJECTS,
            most_text: MOST_TEXT,
        }
    }
}

impl Names {
    /// Adds a page of names without the prefix.
    ///
    /// # Errors
    ///
    /// What is wrong with the list, and what to do.
    fn add(&mut self, page: impl Iterator<Item = (String, u64)>) -> Result<(), String> {
        let before = self.all.len();
        for (name, size) in page {
            let length = name.len();
            if self.all.insert(name, size).is_none() {
                self.text += length;
            }
            if self.all.len() > self.most || self.text > self.most_text {
                return Err(format!(
                    "has more objects than an export has files: more than {} of them, or {} bytes \
                     of names; export below another prefix",
                    self.most, self.most_text
                ));
            }
        }
        self.empty = if self.all.len() > before {
            0
        } else {
            self.empty + 1
        };
        if self.empty >= MOST_EMPTY {
            return Err(format!(
                "the list of objects brought no new name on {MOST_EMPTY} pages in a row, and was \
                 not read on; check that the endpoint in the environment is a store whose lists end"
            ));
        }
        Ok(())
    }
}

impl Store {
    /// The names below the prefix, with the sizes. It is one request to those who wait, however many pages it has.
    pub(super) async fn list(&self) -> Result<BTreeMap<String, u64>, ExportError> {
        as_one(self.list_pages()).await
    }

    async fn list_pages(&self) -> Result<BTreeMap<String, u64>, ExportError> {
        let mut pages = self.pages()?;
        let mut names = Names::default();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| self.failed("", &error))?;
            let page = page.iter().map(|about| {
                let name = about.location.as_ref();
                let name = name.strip_prefix(self.address.prefix.as_str());
                let name = name.unwrap_or_default().trim_start_matches('/');
                (name.to_owned(), about.size)
            });
            let added = names.add(page);
            added.map_err(|problem| self.problem("", &problem))?;
        }
        Ok(names.all)
    }

    fn pages(&self) -> Result<Pages<'_>, ExportError> {
        let prefix = Key::parse(&self.address.prefix);
        let prefix = prefix.map_err(|_| self.problem("", "no object can have this prefix"))?;
        let Some(lists) = &self.lists else {
            let within = (!prefix.as_ref().is_empty()).then_some(&prefix);
            let chunks = self.objects.list(within).try_chunks(PAGE);
            return Ok(chunks.map_err(|it| it.1).boxed());
        };
        let within = (!prefix.as_ref().is_empty()).then(|| format!("{prefix}/"));
        // Some: what the next page is asked for by.
        let pages = try_unfold(Some(None), move |next: Option<Option<String>>| {
            let within = within.clone();
            async move {
                let Some(page_token) = next else {
                    return Ok(None);
                };
                let options = PaginatedListOptions {
                    page_token,
                    ..PaginatedListOptions::default()
                };
                let page = lists.list_paginated(within.as_deref(), options).await?;
                let next = page.page_token.filter(|it| !it.is_empty()).map(Some);
                Ok(Some((page.result.objects, next)))
            }
        });
        Ok(pages.boxed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> std::iter::Once<(String, u64)> {
        std::iter::once((name.to_owned(), 1))
    }

    #[test]
    fn pages_without_new_names_end_a_list() {
        let mut names = Names::default();
        for _ in 0..50 {
            names.add(std::iter::empty()).expect("a page");
        }
        for name in ["a", "b"] {
            names.add(named(name)).expect("a page");
            for _ in 1..MOST_EMPTY {
                names.add(named(name)).expect("a page");
            }
        }
        let problem = names.add(named("a")).expect_err("too many");
        assert!(problem.contains("100 pages"), "{problem}");
    }

    #[test]
    fn names_are_bounded_in_number_and_size() {
        for (most, most_text) in [(3, 1_000), (1_000, 12)] {
            let mut names = Names {
                most,
                most_text,
                ..Names::default()
            };
            for name in ["one-", "two-", "four", "two-"] {
                names.add(named(name)).expect("a page");
            }
            let problem = names.add(named("five")).expect_err("too many");
            assert!(problem.contains("another prefix"), "{problem}");
        }
    }
}
