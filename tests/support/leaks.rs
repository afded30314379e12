//! A search for secrets in texts that a program may print.

use std::error::Error;
use std::fmt::{Debug, Display, Write as _};

/// All encodings in which a text may contain `secret`.
fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let percent: String =
        form_urlencoded::byte_serialize(bytes).collect::<String>().replace('+', "%20");
    let mut forms = vec![
        secret.to_owned(),
        secret.escape_debug().to_string(),
        form_urlencoded::byte_serialize(bytes).collect(),
        percent.to_lowercase(),
        percent,
        // As `{:?}` shows bytes.
        format!("{bytes:?}").trim_matches(['[', ']']).to_owned(),
        bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")),
    ];
    // base64 depends on the number of bytes before the secret, modulo three. The first and last
    // characters also encode bits of adjacent bytes, so only the characters between them are
    // compared.
    for before in 0..3 {
        let encoded = base64(&[vec![0; before], bytes.to_vec()].concat());
        let from = if before == 0 { 0 } else { before + 1 };
        let end = (before + bytes.len()) / 3 * 4;
        forms.push(encoded[from..end].to_owned());
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

/// Asserts that `text` contains none of `secrets`, plain or encoded. `what` describes the text in messages.
pub(crate) fn assert_hidden(what: &str, text: &str, secrets: &[&str]) {
    assert!(!text.is_empty(), "{what}: the text is empty");
    for (number, secret) in secrets.iter().enumerate() {
        assert!(secret.len() >= 6, "{what}: the secret is too short for a search");
        for form in forms(secret) {
            assert!(!text.contains(&form), "{what}: shows secret number {number}: {text}");
        }
    }
}

/// The texts of `{:?}` and `{:#?}`.
pub(crate) fn shown(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// The texts of `Debug` and `Display` of an error and of all its sources.
pub(crate) fn shown_error(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(text, "{error}\n{error:#}\n{error:?}\n{error:#?}\n").unwrap();
        next = error.source();
    }
    text
}

/// The text of `Display`.
pub(crate) fn displayed(value: &impl Display) -> String {
    value.to_string()
}
