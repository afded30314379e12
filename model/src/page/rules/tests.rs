use super::RULES;

#[test]
fn ids_are_unique_and_kebab_case() {
    let mut seen = std::collections::HashSet::new();
    for rule in RULES.iter().chain(crate::file::RULES) {
        assert!(seen.insert(rule.id), "{} appears twice", rule.id);
        assert!(
            rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            rule.id
        );
        assert!(!rule.label.is_empty() && !rule.help.is_empty(), "{}", rule.id);
    }
}
