//! A service or a proxy that repeats secrets, in each part of a response and in each encoding. No
//! text that a program may print may contain them.

use pagesmith::aws::iam_api::ErrorCode;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, Error, Retry};
use tracing::subscriber::set_default;

use crate::logs::RecordedLogs;
use crate::support::canned::{Canned, response};
use crate::support::leaks::{shown, shown_error};

pub(crate) const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY EXAMPLEKEY";
pub(crate) const TOKEN: &str = "FwoGZXIvYXdzEJr//////+wEa<&>'DExample==";
pub(crate) const CODES: [&str; 2] = ["073519", "864207"];

/// The encodings of `secret`, each with its name.
pub(crate) fn encodings(secret: &str) -> Vec<(&'static str, String)> {
    let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let percent = form.replace('+', "%20");
    let each_byte = |before: &str, after: &str, hexadecimal: bool| {
        secret.bytes().fold(String::new(), |text, byte| {
            let digits = if hexadecimal { format!("{byte:02x}") } else { byte.to_string() };
            format!("{text}{before}{digits}{after}")
        })
    };
    let escaped = secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&apos;")
        .replace('"', "&quot;");
    vec![
        ("plain", secret.to_owned()),
        ("percent-encoded twice", percent.replace('%', "%25")),
        ("percent-encoded with lower-case digits", lower_escapes(&percent)),
        ("percent-encoded", percent),
        ("form-encoded", form),
        ("percent-encoded completely", each_byte("%", "", true)),
        ("escaped twice", escaped.replace('&', "&amp;")),
        ("escaped", escaped),
        ("decimal references", each_byte("&#", ";", false)),
        ("hexadecimal references", each_byte("&#x", ";", true)),
    ]
}

fn lower_escapes(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        out.extend(["%", &digits.to_lowercase(), rest]);
    }
    out
}

/// `text` with all escapes decoded, repeatedly.
fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let percent = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
        let mut next = percent
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&apos;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
        if next.contains("&#") {
            for byte in 0x20..0x7f_u8 {
                next = next
                    .replace(&format!("&#{byte};"), &char::from(byte).to_string())
                    .replace(&format!("&#x{byte:02x};"), &char::from(byte).to_string());
            }
        }
        if next == text {
            return text;
        }
        text = next;
    }
}

#[track_caller]
pub(crate) fn assert_redacted(what: &str, text: &str) {
    let forms = [text.to_owned(), text.replace('+', " ")];
    for text in forms.iter().map(|text| decoded(text)) {
        for secret in [SECRET_KEY, TOKEN, CODES[0], CODES[1]] {
            assert!(!text.contains(secret), "{what} shows {secret}: {text}");
            assert!(!text.contains(&secret.replace('+', " ")), "{what} shows {secret}: {text}");
        }
    }
}

fn client_at(url: &str) -> Client {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", SECRET_KEY, Some(TOKEN.to_owned()))
        .endpoint_url(url)
        .retry(Retry::never())
        .build()
        .unwrap()
}

async fn enable(client: &Client) -> Result<(), Error> {
    let call = mfa_devices(client).enable().user_name("alice").serial_number("GAHT12345678");
    call.authentication_code1(CODES[0]).authentication_code2(CODES[1]).send().await
}

/// Responses that repeat `echo` in each part: headers and document.
fn responses(echo: &str) -> Vec<(&'static str, Vec<u8>)> {
    let error = |code: &str, message: &str, id: &str| {
        format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message>\
             </Error><RequestId>{id}</RequestId></ErrorResponse>"
        )
    };
    let header = |status, body: &str| response(status, &[("x-amzn-RequestId", echo)], body);
    // The characters of `echo` that are allowed in a name.
    let name: String =
        echo.chars().map(|c| if c.is_ascii_alphanumeric() || c == '%' { c } else { '_' }).collect();
    vec![
        ("the code", response(400, &[], &error(echo, "m", "id"))),
        ("the message", response(400, &[], &error("Code", &format!("a{echo}b {echo}"), "id"))),
        ("the request id", response(400, &[], &error("Code", "m", echo))),
        ("the header of an error", header(400, &error("Code", "m", ""))),
        ("the header of a page of a gateway", header(502, "<html>")),
        ("the header of a success", header(200, "")),
        ("the header of a listing that cannot be read", header(200, "<a/>")),
        ("the name of the root", response(200, &[], &format!("<a{name}/>"))),
        ("the name of an element", response(200, &[], &format!("<AResponse><a{name}>&b;"))),
        ("the name of an end", response(200, &[], &format!("<AResponse><a></a{name}>"))),
        ("an attribute", response(200, &[], &format!("<AResponse><a b=\"{echo}\" c></b>"))),
        ("a text", response(200, &[], &format!("<AResponse>{echo}"))),
    ]
}

#[tokio::test(flavor = "current_thread")]
async fn secrets_are_redacted_in_each_part_of_a_response_and_each_encoding() {
    let logs = RecordedLogs::default();
    let _guard = set_default(logs.clone());
    for secret in [SECRET_KEY, TOKEN, CODES[0], CODES[1]] {
        for (encoding, echo) in encodings(secret) {
            for (part, bytes) in responses(&echo) {
                let what = format!("{part}, {encoding}");
                let server = Canned::always(bytes);
                let client = client_at(&server.url());
                let mut results = vec![enable(&client).await];
                // A call without codes cannot redact them.
                if !CODES.contains(&secret) {
                    results.push(mfa_devices(&client).list().send().await.map(drop));
                }
                for result in results {
                    if let Err(error) = result {
                        assert_redacted(&what, &shown_error(&error));
                        assert_redacted(&what, &shown(&ErrorCode::of(&error)));
                        assert_redacted(&what, &format!("{:?}", error.code()));
                        assert_redacted(&what, &format!("{:?}", error.request_id()));
                        assert_redacted(&what, error.message());
                    }
                }
                for (_, line) in logs.0.lock().unwrap().drain(..) {
                    assert_redacted(&what, &line);
                }
            }
        }
    }
}

/// The rest of a message is unchanged.
#[tokio::test]
async fn text_that_is_not_secret_is_not_redacted() {
    let message =
        "Value '073519' at 'authenticationCode1' (073%35%31%39, and 1073519 in 073518) %41 a+b";
    let body = format!(
        "<ErrorResponse><Error><Code>ValidationError</Code><Message>{message}</Message></Error>\
         </ErrorResponse>"
    );
    let server = Canned::always(response(400, &[], &body));
    let error = enable(&client_at(&server.url())).await.unwrap_err();
    assert_eq!(
        error.message(),
        "Value '[redacted]' at 'authenticationCode1' ([redacted], and 1[redacted] in 073518) %41 a+b"
    );
}

#[tokio::test]
async fn text_of_a_response_is_truncated() {
    let long = "a long text ".repeat(200_000);
    let name = "n".repeat(1_000_000);
    let deep = format!("<{name}>").repeat(20);
    let error = |code: &str, message: &str, id: &str| {
        format!(
            "<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>{id}</RequestId></ErrorResponse>"
        )
    };
    let header = "i".repeat(60_000);
    let responses = [
        response(400, &[], &error("Code", &long, "id")),
        response(400, &[], &error(&long, "m", "id")),
        response(400, &[], &error("Code", "m", &long)),
        response(400, &[("x-amzn-RequestId", &header)], &error("Code", "m", "")),
        response(200, &[("x-amzn-RequestId", &header)], "<a/>"),
        response(200, &[], &format!("<{name}/>")),
        response(200, &[], &format!("<AResponse>{deep}&a;")),
        response(200, &[], &format!("<AResponse><a></{name}>")),
    ];
    for (number, bytes) in responses.into_iter().enumerate() {
        let server = Canned::always(bytes);
        let error = enable(&client_at(&server.url())).await.unwrap_err();
        let length = shown_error(&error).len();
        assert!(length < 60_000, "response {number}: {length} bytes are shown");
        assert!(error.to_string().len() < 8_000, "response {number}: {}", error.to_string().len());
    }
    // A secret at the end of the truncated text is redacted completely, and not shown in part.
    let at_the_end = |before: usize| format!("{}{}", "x".repeat(before), CODES[0]);
    for before in (4_080..4_104).step_by(3) {
        let server = Canned::always(response(400, &[], &error("Code", &at_the_end(before), "id")));
        let error = enable(&client_at(&server.url())).await.unwrap_err();
        assert!(!error.message().contains("x0"), "{before}: {}", error.message());
    }
}

#[tokio::test]
async fn control_characters_are_escaped() {
    let message = "a&#10;b&#27;[31m&#13;&#8238;c&#8203;d\u{7}&#x85;&#xfeff;e \u{e9}";
    let body = format!(
        "<ErrorResponse><Error><Code>A&#10;B</Code><Message>{message}</Message></Error>\
         <RequestId>i&#27;d</RequestId></ErrorResponse>"
    );
    let server = Canned::always(response(400, &[], &body));
    let error = enable(&client_at(&server.url())).await.unwrap_err();
    assert_eq!(error.message(), r"a\nb\u{1b}[31m\r\u{202e}c\u{200b}d\u{7}\u{85}\u{feff}e é");
    assert_eq!((error.code(), error.request_id()), (Some(r"A\nB"), Some(r"i\u{1b}d")));
    let server = Canned::always(response(200, &[], "<AResponse><a\u{1b}[31m>&b;"));
    let text = shown_error(&enable(&client_at(&server.url())).await.unwrap_err());
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[cfg(feature = "dynamic")]
#[tokio::test]
async fn secrets_are_redacted_in_errors_of_dynamic_calls() {
    let resources = pagesmith::dynamic::Resources::load("seeds").unwrap();
    let method = resources.method("aws.iam_api.mfa_devices.Enable").unwrap();
    for secret in [SECRET_KEY, TOKEN, CODES[0], CODES[1]] {
        for (encoding, echo) in encodings(secret) {
            for (part, bytes) in responses(&echo) {
                let server = Canned::always(bytes);
                let call = method.call(&client_at(&server.url()));
                let call = call.param("UserName", "alice").param("SerialNumber", "GAHT12345678");
                let call = call.param("AuthenticationCode1", CODES[0]);
                let call = call.param("AuthenticationCode2", CODES[1]);
                let errors = [call.send().await.err(), call.rows().unwrap().try_next().await.err()];
                for error in errors.into_iter().flatten() {
                    assert_redacted(&format!("{part}, {encoding}"), &shown_error(&error));
                }
            }
        }
    }
}
