use super::{quoted, shown};
use std::path::Path;

#[test]
fn words_are_quoted_as_a_shell_needs() {
    assert_eq!(quoted("../my-sdk/v1.0"), "../my-sdk/v1.0");
    assert_eq!(quoted("my sdk"), "'my sdk'");
    assert_eq!(quoted("it's"), r"'it'\''s'");
    assert_eq!(quoted("$HOME"), "'$HOME'");
    assert_eq!(quoted(""), "''");
}

#[test]
fn paths_end_without_a_slash() {
    assert_eq!(shown(Path::new("pages//")), "pages");
    assert_eq!(shown(Path::new("/")), "/");
}
