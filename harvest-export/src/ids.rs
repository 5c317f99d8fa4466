//! Set of the ids of a list, in little memory as long as they ascend.

use std::collections::HashSet;

/// How many ids are between two that are written in full.
const BLOCK: u32 = 64;
/// The bits of a byte that are of a number; the highest says that more follow.
const BITS: u8 = 0x7f;

/// The ids of a list. A cursor goes through them in their order, and then each takes the few bytes of its distance from the
/// one before, where a table takes nine and, while it grows, half as much again.
#[derive(Default)]
pub(crate) struct Ids {
    /// Distances between ids that ascend, seven bits a byte.
    distances: Vec<u8>,
    /// The first of each block, and where the distances behind it begin.
    blocks: Vec<(i64, usize)>,
    /// How many ids the last block has.
    filled: u32,
    last: Option<i64>,
    /// Those that came behind a larger one.
    others: HashSet<i64>,
}

impl Ids {
    /// Adds an id. Whether it is new.
    pub(crate) fn insert(&mut self, id: i64) -> bool {
        match self.last {
            Some(last) if id <= last => return !self.has_in_order(id) && self.others.insert(id),
            Some(last) if self.filled < BLOCK => {
                let mut distance = id.abs_diff(last);
                while distance > u64::from(BITS) {
                    self.distances.push(low(distance) | !BITS);
                    distance >>= 7;
                }
                self.distances.push(low(distance));
                self.filled += 1;
            }
            _ => {
                self.blocks.push((id, self.distances.len()));
                self.filled = 1;
            }
        }
        self.last = Some(id);
        true
    }

    /// The greatest of them.
    pub(crate) fn greatest(&self) -> Option<i64> {
        self.last
    }

    fn has_in_order(&self, id: i64) -> bool {
        let behind = self.blocks.partition_point(|(first, _)| *first <= id);
        let block = behind.checked_sub(1).and_then(|at| self.blocks.get(at));
        let Some((first, begin)) = block else {
            return false;
        };
        let next = self.blocks.get(behind).map(|(_, end)| *end);
        let end = next.unwrap_or(self.distances.len());
        let distances = self.distances.get(*begin..end).unwrap_or_default();
        let wanted = id.abs_diff(*first);
        let (mut reached, mut distance, mut bits) = (0, 0, 0);
        for byte in distances {
            if reached >= wanted {
                break;
            }
            distance |= u64::from(byte & BITS) << bits;
            bits += 7;
            if byte & !BITS == 0 {
                reached += distance;
                (distance, bits) = (0, 0);
            }
        }
        reached == wanted
    }
}

/// The lowest bits of a number.
fn low(number: u64) -> u8 {
    number.to_le_bytes()[0] & BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_as_a_table_of_all() {
        let mut bits = 7_u64;
        let mut random = || {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            bits >> 33
        };
        for widest in [1, 2, 200, 1 << 30] {
            for disorder in [0, 3, 100] {
                let (mut ids, mut all) = (Ids::default(), HashSet::new());
                let mut id = -1_000_i64;
                for _ in 0..5_000 {
                    id += i64::try_from(random() % widest).expect("small") + 1;
                    let back = i64::try_from(random() % 3_000 * widest).expect("small");
                    let id = if random() % 100 < disorder {
                        id - back
                    } else {
                        id
                    };
                    assert_eq!(ids.insert(id), all.insert(id), "{id}");
                }
                for id in all {
                    assert!(!ids.insert(id), "{id}");
                }
            }
        }
    }

    #[test]
    fn the_widest_distances() {
        let all = [i64::MIN, -1, 0, 1, i64::MAX - 1, i64::MAX];
        for shift in 0..all.len() {
            let mut ids = Ids::default();
            let order = || all.iter().cycle().skip(shift).take(all.len());
            assert!(order().all(|id| ids.insert(*id)));
            assert!(!order().any(|id| ids.insert(*id)));
        }
    }

    #[test]
    fn ids_that_ascend_take_few_bytes() {
        let mut ids = Ids::default();
        for id in 0..200_000 {
            assert!(ids.insert(119_540_000_000 + id * 5_000));
        }
        assert!(ids.others.is_empty());
        let bytes = ids.distances.len() + ids.blocks.len() * size_of::<(i64, usize)>();
        assert!(bytes < 200_000 * 3, "{bytes}");
    }
}
