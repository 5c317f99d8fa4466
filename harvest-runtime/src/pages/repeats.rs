//! Records that come twice, and pages that bring nothing new.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};

use super::lenient::split::Pieces;
use crate::json::scan;

/// How many ids are remembered. All of them would cost memory with the length of the list. A record comes again because
/// others were put before it, and as far behind its first place as there are others; so only as many put into the list
/// between two neighbouring pages get past this.
const REMEMBERED: usize = 10_000;

/// The ids of the records that were read last.
#[derive(Default)]
pub(super) struct Recent {
    ids: HashSet<i64>,
    order: VecDeque<i64>,
    circle: Circle,
}

/// How many records in a row are looked out for, to see whether they come round.
const MARKED: usize = 1_000;
/// How often all of them come again before a list is taken for a circle. Records that change while their list is read may
/// come once or twice more.
const ROUNDS: usize = 3;
/// After how many records others are marked for the first time.
const FIRST_MARK: u64 = 65_536;

/// The search for a circle that is longer than what is remembered, after Brent: some records are marked, and others in
/// their place each time that the list has become twice as long. Once the marked ones lie on a circle and there is time
/// for its rounds, they are counted. So a list that goes in a circle ends after a small multiple of the circle's length.
struct Circle {
    marked: HashSet<i64>,
    /// How often marked ones came again.
    again: usize,
    count: u64,
    next_mark: u64,
}

impl Default for Circle {
    fn default() -> Self {
        Self {
            marked: HashSet::new(),
            again: 0,
            count: 0,
            next_mark: FIRST_MARK,
        }
    }
}

impl Circle {
    /// Takes an id that none of those before it, as far as they are remembered, was.
    fn take(&mut self, id: i64) {
        self.count += 1;
        if self.count >= self.next_mark {
            self.marked.clear();
            self.again = 0;
            self.next_mark = self.next_mark.saturating_mul(2);
        }
        if self.marked.contains(&id) {
            self.again += 1;
        } else if self.again == 0 && self.marked.len() < MARKED {
            self.marked.insert(id);
        }
    }

    fn is_closed(&self) -> bool {
        self.marked.len() == MARKED && self.again >= MARKED * ROUNDS
    }
}

/// The records without ids that were read last, by hashes of their own text: only that shows whether they came before.
#[derive(Default)]
pub(super) struct RecentTexts {
    hasher: RandomState,
    hashes: Recent,
}

impl RecentTexts {
    /// Whether one of these records of a page is new, by their places among those that are not null. What is new is
    /// remembered from now on.
    pub(super) fn has_new(&mut self, body: &[u8], places: &[usize]) -> bool {
        let Some(pieces) = Pieces::of(body) else {
            return self.is_new(body);
        };
        let (mut place, mut wanted) = (0, places.iter().peekable());
        let mut has_new = false;
        for piece in pieces {
            if piece.text == b"null" {
                continue;
            }
            if wanted.next_if(|wanted| **wanted == place).is_some() {
                has_new |= self.is_new(piece.text);
            }
            place += 1;
        }
        // They are more than could be told from each other.
        has_new || wanted.peek().is_some() && self.is_new(body)
    }

    fn is_new(&mut self, text: &[u8]) -> bool {
        let hash = self.hasher.hash_one(compact(text));
        self.hashes.is_new(hash.cast_signed())
    }

    /// Whether the same records come again and again.
    pub(super) fn goes_in_a_circle(&self) -> bool {
        self.hashes.goes_in_a_circle()
    }
}

/// JSON without the white space between its tokens, which a service can write as it likes.
fn compact(json: &[u8]) -> Vec<u8> {
    let mut compact = Vec::with_capacity(json.len());
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        let end = match byte {
            b'"' => scan::string_end(json, at).max(at + 1),
            _ => at + 1,
        };
        if !byte.is_ascii_whitespace() {
            compact.extend_from_slice(&json[at..end.min(json.len())]);
        }
        at = end;
    }
    compact
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
        self.circle.take(id);
        true
    }

    /// Whether the same ids come again and again, farther apart than is remembered.
    pub(super) fn goes_in_a_circle(&self) -> bool {
        self.circle.is_closed()
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

    #[test]
    fn records_without_ids_are_told_by_their_own_text() {
        let mut recent = RecentTexts::default();
        for (body, places, has_new) in [
            (r#"[{"id":1},{"a":"x y"}]"#, &[1][..], true),
            (r#"[ {"id":2} , null,{ "a" : "x y" } ]"#, &[1], false),
            (r#"[{"a":"x y"},{"a":"x  y"}]"#, &[0, 1], true),
            (r#"[{"a":"x \" y"}]"#, &[0], true),
            (r#"[{"a": "x \" y"}, {"a":"x  y"}]"#, &[0, 1], false),
            (r#"[{"a":{"b":[1, 2]}}]"#, &[0], true),
            (r#"[{"a":{"b":[1,2]}}]"#, &[0], false),
            ("{}", &[0], true),
            (" { } ", &[0], false),
        ] {
            assert_eq!(recent.has_new(body.as_bytes(), places), has_new, "{body}");
        }
    }

    /// After how many records a circle is seen that follows on some others, and how many rounds that is.
    fn seen_after(before: i64, length: i64) -> (i64, i64) {
        let mut recent = Recent::default();
        let mut count = 0;
        while !recent.goes_in_a_circle() {
            let id = if count < before {
                -1 - count
            } else {
                (count - before) % length
            };
            assert!(recent.is_new(id));
            assert!(recent.ids.len() <= REMEMBERED && recent.circle.marked.len() <= MARKED);
            count += 1;
            assert!(count < 10_000_000, "{before} {length}");
        }
        (count, (count - before) / length)
    }

    #[test]
    fn a_long_circle_is_seen_after_a_few_rounds() {
        for length in [10_001, 12_000, 30_000, 100_000] {
            for before in [0, 50_000] {
                let (count, rounds) = seen_after(before, length);
                assert!(rounds >= 3, "{before} {length}: {rounds}");
                let most = (before + length) * 10 + 65_536;
                assert!(count <= most, "{before} {length}: {count}");
            }
        }
    }

    #[test]
    fn records_that_move_are_no_circle() {
        // All come twice more, and then new ones.
        let mut recent = Recent::default();
        let ids = (0..20_000)
            .chain(0..20_000)
            .chain(0..20_000)
            .chain(20_000..500_000);
        for id in ids {
            assert!(recent.is_new(id));
            assert!(!recent.goes_in_a_circle());
        }
        // One comes on every page.
        let mut recent = Recent::default();
        for id in 0..300_000 {
            recent.is_new(if id % 500 == 0 { 0 } else { id });
            assert!(!recent.goes_in_a_circle());
        }
    }
}
