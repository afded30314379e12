use proptest::prelude::*;

use super::*;

#[test]
fn unescapes_pipes_in_pipe_tables() {
    assert_eq!(unescape("a \\| b", true), "a | b");
    assert_eq!(unescape("a \\| b", false), "a \\| b");
    assert_eq!(unescape("\\", true), "\\");
}

proptest! {
    #[test]
    fn unescape_reverses_escape(
        text in "([a-z<>&;#|\\\\\n]|&lt;|&amp;|&#10;|\\\\\\|){0,40}",
        pipes: bool,
    ) {
        prop_assert_eq!(unescape(&escape(&text, pipes), pipes), text);
    }
}
