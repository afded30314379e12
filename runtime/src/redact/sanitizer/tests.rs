use zeroize::Zeroizing;

use super::{MAX_MESSAGE, Sanitizer};

fn shown(secret: &str, text: &str) -> String {
    let sanitizer = Sanitizer::new(vec![Zeroizing::new(secret.to_owned())], None);
    sanitizer.show(text, MAX_MESSAGE).into()
}

#[test]
fn a_secret_with_the_escapes_of_json_is_hidden() {
    let secret = "a/b+c=\"\\é😀\n";
    for text in [
        r#"{"message":"a\/b+c=\"\\é😀\n"}"#,
        r#"{"message":"a/b\u002Bc\u003d\u0022\u005c\u00e9\ud83d\ude00\u000a"}"#,
    ] {
        assert_eq!(shown(secret, text), r#"{"message":"[redacted]"}"#, "{text}");
    }
}

#[test]
fn text_that_only_looks_like_an_escape_stays() {
    for text in [r"\u00", r"\ud83d", r"\ud83d\u0041", r"\x", "\\"] {
        assert_eq!(shown("secret", text), text, "{text}");
    }
}
