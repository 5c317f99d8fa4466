//! From one page to the next: where the credential may go, and where the list would never end.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use reqwest::Url;
use url::form_urlencoded;

use crate::base_url::Origin;
use crate::link::Target;
use crate::prepared::Prepared;
use crate::{Error, Links, Operation, printable};

/// What the path and query of a page are called in the fragment of a URL to resume from, where the page has another path than
/// its list.
const AT: &str = "at";

/// What the pages of a list have in common, and which of them were read.
pub(super) struct Follow {
    /// Its first page.
    list: Prepared,
    /// Hashes of the URLs read so far, by a hasher with a random key. With 64 bits, even a list of a million pages takes
    /// a new URL for an old one once in thirty million runs, and then says so.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Follow {
    pub(super) fn new(first: &Prepared) -> Self {
        Self {
            list: first.at(first.url.clone()),
            seen: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    pub(super) fn list(&self) -> &Prepared {
        &self.list
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.list.operation
    }

    /// The request for a page that a link leads to.
    pub(super) fn request(&self, page: Url) -> Prepared {
        self.list.at(page)
    }

    /// Remembers that a page was read.
    pub(super) fn read(&mut self, page: &Url) {
        let hash = self.hash(page);
        self.seen.insert(hash);
    }

    /// The page after the one with these links, if there is one.
    pub(super) fn after(&self, links: Links) -> Result<Option<Url>, Error> {
        let mut next = match links.into_next() {
            Target::Url(url) => url,
            Target::None => return Ok(None),
            Target::Broken => return Err(self.stuck("the URL of the next page makes no sense")),
        };
        let base_url = &self.list.core.shared().base_url;
        if !base_url.is_origin_of(&next) {
            return Err(self.stuck(format!(
                "the next page is at {}, but base_url is at {}, and the credential is sent \
                 nowhere else; if that host is the API, make it the base_url, and if base_url is \
                 a proxy, let it rewrite the Link header",
                printable::origin(&next, &self.list.core.shared().credential),
                Origin(base_url.url()),
            )));
        }
        next.set_fragment(None);
        if self.seen.contains(&self.hash(&next)) {
            return Err(self.stuck(
                "the next page is one that was fetched before, so the list would never end",
            ));
        }
        Ok(Some(next))
    }

    fn stuck(&self, reason: impl Into<std::borrow::Cow<'static, str>>) -> Error {
        Error::pagination(self.operation(), reason)
    }

    /// The same parameters in another order are the same page: a service that counts pages is asked in the order of its
    /// `last` link, which need not be that of its `next`. What repeats keeps its order.
    fn hash(&self, page: &Url) -> u64 {
        let mut query: Vec<&str> = page.query().unwrap_or_default().split('&').collect();
        query.sort_by_key(|pair| pair.split_once('=').map_or(*pair, |(key, _)| key));
        self.hasher.hash_one((page.path(), query))
    }

    /// Reads the URL that a list is to be resumed from.
    pub(super) fn resume(&self, url: &str) -> Result<Url, Error> {
        let mistake =
            |reason| Error::invalid_request(self.operation(), format!("`resume_from` {reason}"));
        let mut url = Url::parse(url).map_err(|_| mistake("is not a URL"))?;
        let base_url = &self.list.core.shared().base_url;
        if !base_url.is_origin_of(&url) {
            return Err(mistake(
                "is not at the host of base_url, and the credential is sent nowhere else",
            ));
        }
        if !self.is_of_list(&url) {
            return Err(mistake("is a page of another list"));
        }
        if let Some(at) = at(&url) {
            let page = url.join(&at).ok();
            let page = page.filter(|page| base_url.is_origin_of(page));
            url = page.ok_or_else(|| mistake("has a fragment that this client did not write"))?;
        }
        url.set_fragment(None);
        Ok(url)
    }

    /// The URL by which [`resume`](Self::resume) finds a page. A list follows a link to another path, and is known by its
    /// own: such a page stands in the fragment.
    pub(super) fn resumable(&self, page: &Url) -> Option<Url> {
        if !self.list.core.shared().base_url.is_origin_of(page) {
            return None;
        }
        if self.is_of_list(page) {
            return Some(page.clone());
        }
        let query = page.query().map(|query| format!("?{query}"));
        let place = format!("{}{}", page.path(), query.unwrap_or_default());
        let mut fragment = form_urlencoded::Serializer::new(String::new());
        let fragment = fragment.append_pair(AT, &place).finish();
        let mut url = self.list.url.clone();
        url.set_query(None);
        url.set_fragment(Some(&fragment));
        Some(url)
    }

    /// Whether the page has the path of the list. Behind a proxy with a path of its own, links may lack that.
    fn is_of_list(&self, page: &Url) -> bool {
        let own = self.list.url.path();
        let prefix = self.list.core.base_url().path().trim_end_matches('/');
        page.path() == own || Some(page.path()) == own.strip_prefix(prefix)
    }
}

/// The page in the fragment of a URL to resume from.
fn at(url: &Url) -> Option<String> {
    let mut pairs = form_urlencoded::parse(url.fragment()?.as_bytes());
    let (_, place) = pairs.find(|(key, _)| key == AT)?;
    Some(place.into_owned())
}
