use super::*;

#[test]
fn no_line_starts_a_block() {
    assert_eq!(wrap("aaa - bbb 1. ccc # d", 4), ["aaa -", "bbb 1.", "ccc #", "d"]);
    assert_eq!(wrap("1. x", 9), ["1\\. x"]);
    assert_eq!(wrap("- x", 9), ["\\- x"]);
    assert_eq!(wrap("#hash", 9), ["#hash"]);
}

#[test]
fn code_is_not_broken() {
    assert_eq!(wrap("see `a\0-\0b` c", 5), ["see", "`a - b`", "c"]);
}

#[test]
fn breaks_are_kept() {
    assert_eq!(wrap("a\n- b", 9), ["a\\", "\\- b"]);
}
