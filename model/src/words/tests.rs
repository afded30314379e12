use super::*;

#[test]
fn counts_edits() {
    assert_eq!(edits("kitten", "sitting"), 3);
    assert_eq!(edits("", "abc"), 3);
    assert_eq!(edits("abc", ""), 3);
    assert_eq!(edits("same", "same"), 0);
}

#[test]
fn suggests_only_what_is_near() {
    assert_eq!(nearest("sting", ["string", "array"]), Some("string"));
    assert_eq!(nearest("Select", ["SELECT", "EXEC"]), Some("SELECT"));
    assert_eq!(nearest("timestamp", ["string", "array"]), None);
}
