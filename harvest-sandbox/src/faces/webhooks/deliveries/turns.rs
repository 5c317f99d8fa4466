//! Turns of the webhooks whose deliveries are due.

use std::collections::HashMap;
use std::hash::Hash;

use crate::domain::webhooks::MOST_TO_ONE;

/// The deliveries that can be sent now, in the order in which they should be: those first of which the webhook has the
/// fewest on their way. So receivers that do not answer, however many they are and however long theirs have been due, take
/// one turn each before another one has to wait.
///
/// Deliveries are ids with that of their webhook. All callbacks, which have none, count as those of one.
pub(super) fn in_turn<W: Copy + Eq + Hash>(
    due: Vec<(i64, W)>,
    on_their_way: &HashMap<i64, W>,
) -> Vec<(i64, W)> {
    let mut to_one: HashMap<W, usize> = HashMap::new();
    for webhook_id in on_their_way.values() {
        *to_one.entry(*webhook_id).or_default() += 1;
    }
    let waiting = due
        .into_iter()
        .filter(|(id, _)| !on_their_way.contains_key(id));
    let ranked = waiting.map(|(id, webhook_id)| {
        let rank = to_one.entry(webhook_id).or_default();
        *rank += 1;
        (*rank, (id, webhook_id))
    });
    let mut ranked: Vec<_> = ranked.filter(|(rank, _)| *rank <= MOST_TO_ONE).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, delivery)| delivery).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_answer_keeps_no_other_waiting() {
        // Webhooks 1 to 4 have all that they can have on their way, and more that has been due for longer.
        let on_their_way: HashMap<i64, i64> = (0..15).map(|id| (id, 1 + id / 4)).collect();
        let backlog = (100..132).map(|id| (id, 1 + (id - 100) / 8));
        let due: Vec<_> = backlog.chain([(200, 9), (201, 9)]).collect();
        assert_eq!(in_turn(due, &on_their_way), [(200, 9), (201, 9), (124, 4)]);
    }

    #[test]
    fn one_webhook_has_so_many_on_their_way_in_their_order() {
        let due: Vec<_> = (1..=8).map(|id| (id, 7)).collect();
        assert_eq!(in_turn(due.clone(), &HashMap::new()), due[..MOST_TO_ONE]);
        let on_their_way = HashMap::from([(1, 7), (2, 7), (3, 7)]);
        assert_eq!(in_turn(due, &on_their_way), [(4, 7)]);
    }
}
