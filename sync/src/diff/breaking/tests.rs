use super::{CHANGE_KINDS, Class, Section};

#[test]
fn ids_are_unique_and_kebab_case() {
    let mut seen = std::collections::HashSet::new();
    for kind in CHANGE_KINDS {
        assert!(seen.insert(kind.id), "{} is listed twice", kind.id);
        assert!(kind.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", kind.id);
        assert!(!kind.message.is_empty() && !kind.advice.is_empty(), "{}", kind.id);
    }
}

#[test]
fn changes_of_text_break_nothing() {
    for kind in CHANGE_KINDS.iter().filter(|kind| kind.section == Section::Text) {
        assert_eq!((kind.rust, kind.wire), (Class::Safe, Class::Safe), "{}", kind.id);
    }
}
