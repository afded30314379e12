//! A search for secrets in everything that a program might print.

use std::error::Error;
use std::fmt::{Debug, Display, Write as _};

/// All the ways in which `secret` could stand in a text.
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
    // base64 depends on how many bytes stand before the secret, modulo three. The characters at
    // either end also hold bits of the neighbours, so that only the ones between are compared.
    for before in 0..3 {
        let encoded = base64(&[vec![0; before], bytes.to_vec()].concat());
        let from = if before == 0 { 0 } else { before + 1 };
        let whole = (before + bytes.len()) / 3 * 4;
        forms.push(encoded[from..whole].to_owned());
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

/// Fails where any of `secrets` stands in `text`, plain or encoded; `what` says whose text it is.
pub(crate) fn assert_hidden(what: &str, text: &str, secrets: &[&str]) {
    assert!(!text.is_empty(), "{what}: nothing to look at");
    for (number, secret) in secrets.iter().enumerate() {
        assert!(secret.len() >= 6, "{what}: a secret too short to be looked for");
        for form in forms(secret) {
            assert!(!text.contains(&form), "{what}: shows secret number {number}: {text}");
        }
    }
}

/// `Debug`, both ways.
pub(crate) fn shown(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// `Debug` and `Display` of an error and of everything that led to it.
pub(crate) fn shown_error(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(text, "{error}\n{error:#}\n{error:?}\n{error:#?}\n").unwrap();
        next = error.source();
    }
    text
}

/// `Display`, where there is one.
pub(crate) fn displayed(value: &impl Display) -> String {
    value.to_string()
}
