use super::markdown_code;

#[test]
fn nothing_gets_out_of_code() {
    assert_eq!(markdown_code("a"), "`a`");
    assert_eq!(markdown_code("a`b"), "``a`b``");
    assert_eq!(markdown_code("`<b>`"), "`` `<b>` ``");
    assert_eq!(markdown_code("a\n# b"), "`a # b`");
    assert_eq!(markdown_code(""), "` `");
}
