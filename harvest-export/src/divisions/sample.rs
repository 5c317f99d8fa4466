//! A sample of ids, in bounded memory.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// How many ids are kept at the most.
const KEPT: usize = 32_768;

/// Those ids whose keyed hash is a multiple of a power of two, which is one until there are too many of them. Who sends the
/// ids cannot know which ones these are, so each hundred new ones are likely to show one that is new here, and known ones
/// never do.
#[derive(Default)]
pub(super) struct Sample {
    hasher: RandomState,
    ids: HashSet<i64>,
    /// One of `2^sparsity` ids is kept.
    sparsity: u32,
}

impl Sample {
    /// Whether the id is known to be new.
    pub(super) fn insert(&mut self, id: i64) -> bool {
        if !self.keeps(id) || !self.ids.insert(id) {
            return false;
        }
        while self.ids.len() > KEPT {
            self.sparsity += 1;
            let mut ids = std::mem::take(&mut self.ids);
            ids.retain(|id| self.keeps(*id));
            self.ids = ids;
        }
        true
    }

    fn keeps(&self, id: i64) -> bool {
        self.sparsity == 0 || self.hasher.hash_one(id).trailing_zeros() >= self.sparsity
    }
}
