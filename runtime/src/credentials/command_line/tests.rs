use super::{Unfinished, split_posix, split_windows};

/// The results of Python's `shlex.split`, which the AWS CLI uses.
#[test]
fn posix_command_lines_are_split_as_by_shlex() {
    let cases: [(&str, &[&str]); 10] = [
        ("", &[]),
        (" a  b\t\nc ", &["a", "b", "c"]),
        ("a 'b c' d", &["a", "b c", "d"]),
        (r#"a"b c"d"#, &["ab cd"]),
        (r#"'' "" x"#, &["", "", "x"]),
        (r#"'a\b"c'"#, &[r#"a\b"c"#]),
        (r#""a\"b\\c\d\$e""#, &[r#"a"b\c\d\$e"#]),
        (r"a\ b \'c\\", &["a b", r"'c\"]),
        ("a#b # c", &["a#b", "#", "c"]),
        ("é 'ü ö'", &["é", "ü ö"]),
    ];
    for (text, words) in cases {
        assert_eq!(split_posix(text).unwrap(), words, "{text}");
    }
    for text in ["'a", "\"a", "a\\", "\"a\\"] {
        assert_eq!(split_posix(text), Err(Unfinished), "{text}");
    }
}

/// The results of botocore's `_windows_shell_split`.
#[test]
fn windows_command_lines_are_split_as_by_botocore() {
    let cases: [(&str, &[&str]); 8] = [
        ("", &[]),
        (r"C:\tools\get.exe  --a", &[r"C:\tools\get.exe", "--a"]),
        (r#""C:\my tools\get.exe" x"#, &[r"C:\my tools\get.exe", "x"]),
        (r#"a "" b"#, &["a", "", "b"]),
        (r#"a\"b c\\"d e""#, &[r#"a"b"#, r"c\d e"]),
        (r"a\\b\", &[r"a\\b\"]),
        (r"\ a", &[r"\", "a"]),
        ("'a b'", &["'a", "b'"]),
    ];
    for (text, words) in cases {
        assert_eq!(split_windows(text).unwrap(), words, "{text}");
    }
    assert_eq!(split_windows(r#"a "b"#), Err(Unfinished));
}
