//! Records that come twice, and pages that bring nothing new.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};

/// How many ids are remembered. All of them would cost memory with the length of the list. A record comes again because
/// others were put before it, and as far behind its first place as there are others; so only as many put into the list
/// between two neighbouring pages get past this.
const REMEMBERED: usize = 10_000;

/// The ids of the records that were read last.
#[derive(Default)]
pub(super) struct Recent {
    ids: HashSet<i64>,
    order: VecDeque<i64>,
}

/// The bodies of the pages that were read last, by their hashes: for records without ids only these show
/// whether they came before.
#[derive(Default)]
pub(super) struct RecentBodies {
    hasher: RandomState,
    hashes: Recent,
}

impl RecentBodies {
    /// Whether the body is new, as far as is remembered; it is remembered from now on.
    pub(super) fn is_new(&mut self, body: &[u8]) -> bool {
        let hash = self.hasher.hash_one(body);
        self.hashes.is_new(hash.cast_signed())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ten_thousand_are_known() {
        let mut recent = Recent::default();
        for id in 0..200_000 {
            assert!(recent.is_new(id));
        }
        assert!((190_000..200_000).all(|id| !recent.is_new(id)));
        assert!(recent.is_new(189_999));
        assert_eq!(
            (recent.ids.len(), recent.order.len()),
            (REMEMBERED, REMEMBERED)
        );
    }
}
