use super::{Matches, RenameBudget};

#[test]
fn each_item_is_matched_once() {
    let mut matches = Matches::keyed(&["a", "b", "a"], &["a", "c", "b"], |item| *item);
    assert_eq!(matches.pairs, [(0, 0), (1, 2)]);
    assert!(!matches.is_reordered());
    matches.by_similarity((&RenameBudget::default(), "names"), 1, |_| (), |(), ()| 1);
    assert_eq!(matches.pairs, [(0, 0), (1, 2), (2, 1)]);
    assert!(matches.is_reordered());
    assert!(matches.removed.is_empty() && matches.added.is_empty());
}

#[test]
fn the_most_similar_items_are_matched_first() {
    let mut matches = Matches::new(&[0, 1], &[0, 1]);
    let similarity = |old: &usize, new: &usize| if (*old, *new) == (1, 0) { 900 } else { 600 };
    matches.by_similarity((&RenameBudget::default(), "names"), 500, |item| *item, similarity);
    assert_eq!(matches.pairs, [(0, 1), (1, 0)]);
}
