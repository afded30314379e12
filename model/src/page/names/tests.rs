use super::*;

#[test]
fn knows_names() {
    for name in ["EnableDate", "X-Amz-Target", "data__Id", "_links", "$filter", "@type", "a.b:c"] {
        assert!(is_identifier(name), "{name}");
    }
    for name in ["", "a b", "1st", "-a", "a\"b", "a/b", "é", "a\n"] {
        assert!(!is_identifier(name), "{name}");
    }
    for name in ["filter[a][b]", "+1", "-1", "2fa", "a/b", "page(size)", "X-Amz-Target"] {
        assert!(is_name(name), "{name}");
    }
    for name in ["", "+", "a b", "a\"b", "a'", "`a", "a|b", "a,b", "a<b", "{a}", "é", "a\n"] {
        assert!(!is_name(name), "{name}");
    }
}
