//! Records that come twice, and pages that bring nothing new.

mod key;

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use super::lenient::split::Pieces;

/// How many ids are remembered to leave out the second of two records. All of them would cost memory with the length of the
/// list. A record comes again because others were put before it, and as far behind its first place as there are others; so
/// only as many put into the list between two neighbouring pages get past this.
const REMEMBERED: usize = 10_000;

/// The ids of the records that were read last.
#[derive(Default)]
pub(super) struct Recent {
    ids: HashSet<i64>,
    order: VecDeque<i64>,
}

impl Recent {
    /// Whether the id is new, as far as is remembered; it is remembered from now on.
    pub(super) fn is_new(&mut self, id: i64) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

/// How many records of a list are distinguished: all of a list that has no more, and of a longer one a sample.
const KEPT: usize = 32_768;
/// How sure it is that a page with something new shows it within the pages that are waited for, as the exponent of e: less
/// than once in 10^21 lists it does not.
const SURE: u64 = 50;

/// What a list has shown so far, to see whether a page brings anything new.
///
/// Of a list of up to [`KEPT`] records all are known. Of a longer one a part is, half as large each time that it gets too
/// large: those whose keyed hash is a multiple of a power of two. The service cannot know which ones these are, so in
/// whatever order it repeats its records, each page with a new one may show one of the part, and a list without new ones
/// never does. `SURE` pages for each record that one in the sample stands for decide.
#[derive(Default)]
pub(super) struct Seen {
    hasher: RandomState,
    sample: HashSet<u32, BuildHasherDefault<Spread>>,
    /// One of `2^sparsity` records is in the sample.
    sparsity: u32,
    page: Read,
    /// Pages in a row, of whatever kind, none of which has a record that is known to be new. They are counted where only a
    /// part of the records is known; before that, a page is known to have something new or nothing.
    unproven: u64,
    /// A record that is no object without an id has come: then such objects are identified by their contents.
    is_named: bool,
}

/// What is known of a page that is being read.
#[derive(Clone, Copy, Default)]
struct Read {
    /// It has a record that did not come before.
    is_new: bool,
    /// It has a record outside the sample, which may have come before.
    is_unknown: bool,
    /// It has an object without an id, which may be another record than one that is like it.
    is_nameless: bool,
}

/// What a page brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum News {
    /// A record that did not come before, or may not have come.
    New,
    /// None that is new by what stands in it, and records without ids: a list of a few properties of each record has many
    /// that are alike.
    Alike,
    /// Nothing.
    Nothing,
}

impl Seen {
    /// Takes note of a record with this id.
    pub(super) fn id(&mut self, id: i64) {
        self.is_named = true;
        let hash = self.hasher.hash_one(id);
        self.take(hash);
    }

    /// Takes note of records that have no id of an integer, by their places among the items of a page. They are known by
    /// what stands there: an id that is a text or another number, or all of it. A page that is no list has no records.
    pub(super) fn texts(&mut self, body: &[u8], places: &[usize]) {
        let Some(pieces) = Pieces::of(body) else {
            return;
        };
        let mut wanted = places.iter().peekable();
        for (place, piece) in pieces.enumerate() {
            if wanted.next_if(|wanted| **wanted == place).is_some() {
                self.text(piece.text);
            }
        }
        // They are more than could be told from each other.
        if wanted.peek().is_some() {
            self.text(body);
        }
    }

    fn text(&mut self, text: &[u8]) {
        let key = key::of(text, &self.hasher);
        self.page.is_nameless |= key.is_nameless;
        self.is_named |= !key.is_nameless;
        self.take(key.hash);
    }

    /// Half of a hash: that a new record is taken for another one happens once in a hundred thousand.
    fn take(&mut self, hash: u64) {
        let hash = u32::try_from(hash >> 32).unwrap_or_default();
        if !self.is_in_sample(hash) {
            self.page.is_unknown = true;
        } else if self.sample.insert(hash) {
            self.page.is_new = true;
            while self.sample.len() > KEPT {
                self.sparsity += 1;
                let mask = self.mask();
                self.sample.retain(|hash| hash & mask == 0);
            }
        }
    }

    fn is_in_sample(&self, hash: u32) -> bool {
        hash & self.mask() == 0
    }

    fn mask(&self) -> u32 {
        (1 << self.sparsity.min(31)) - 1
    }

    /// The page is over. Says what it brought.
    pub(super) fn end_page(&mut self) -> News {
        let page = std::mem::take(&mut self.page);
        if page.is_new {
            self.unproven = 0;
        } else if self.sparsity > 0 {
            self.unproven += 1;
        }
        if page.is_new || page.is_unknown {
            News::New
        } else if page.is_nameless && !self.is_named {
            News::Alike
        } else {
            News::Nothing
        }
    }

    /// Whether nothing new came for so long that the list only repeats itself.
    pub(super) fn repeats_itself(&self) -> bool {
        self.unproven >= SURE << self.sparsity.min(31)
    }
}

/// The bits of a hash, spread over those that a table uses.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, hash: u32) {
        // The golden ratio, as a fraction of 64 bits.
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[cfg(test)]
mod tests;
