//! Lists in which nothing is twice.

use std::collections::HashSet;
use std::hash::Hash;

/// The items in their order, each where it comes first.
pub(crate) fn unique<T: Copy + Eq + Hash>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    let items = items.into_iter();
    items.filter(|item| seen.insert(*item)).collect()
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn each_is_where_it_comes_first() {
        assert_eq!(unique([3, 1, 3, 2, 1]), [3, 1, 2]);
        assert!(unique::<u8>([]).is_empty());
    }
}
