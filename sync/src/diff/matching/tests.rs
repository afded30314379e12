use super::{Matches, RenameBudget};

#[test]
fn each_item_is_matched_once() {
    let mut matches = Matches::keyed(["a", "b", "a"], ["a", "c", "b"], |item| item);
    assert!(matches.pairs().eq([("a", "a"), ("b", "b")]));
    assert!(!matches.is_reordered());
    matches.by_similarity((&mut RenameBudget::new(), "names"), 1, |_| (), |(), ()| 1);
    assert!(matches.pairs().eq([("a", "a"), ("b", "b"), ("a", "c")]));
    assert!(matches.is_reordered());
    assert!(matches.removed().next().is_none() && matches.added().next().is_none());
}

#[test]
fn the_most_similar_items_are_matched_first() {
    let mut matches = Matches::new([0, 1], [0, 1]);
    let similarity = |old: &usize, new: &usize| if (*old, *new) == (1, 0) { 900 } else { 600 };
    matches.by_similarity((&mut RenameBudget::new(), "names"), 500, |item| item, similarity);
    assert!(matches.pairs().eq([(0, 1), (1, 0)]));
}
