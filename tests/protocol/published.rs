//! The cases of the protocol in botocore's source distribution. `$PAGESMITH_PROTOCOL_TESTS` must be its
//! folder `tests/unit/protocols`; otherwise the tests are skipped.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::read::GzDecoder;
use pagesmith::dynamic::Method;
use pagesmith::time::OffsetDateTime;
use pagesmith::time::format_description::well_known::Rfc3339;
use serde_json::{Map, Value};

use crate::model::{builder, builder_at, metadata, method_of, object, pairs};
use crate::support::canned::{Canned, response};

const FOLDER: &str = "PAGESMITH_PROTOCOL_TESTS";
const HOSTS: [&str; 4] = [
    "example.com",
    "foo.example.com",
    "foo.bar.example.com",
    // The host in the cases of `legacy/`.
    "example.amazonaws.com",
];
/// The token that the cases expect instead of a random one.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    if folder.is_none() {
        // The test harness hides the output of a passing test, except for direct writes to standard error.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: {FOLDER} is not set; see tests/botocore/README.md"
        );
    }
    folder
}

/// A suite and one of its cases, with a name for messages.
struct Case {
    name: String,
    suite: Value,
    json: Value,
}

fn cases(folder: &Path, file: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let suites: Vec<Value> = serde_json::from_str(&text).unwrap();
    let each = suites.into_iter().flat_map(|suite| {
        let cases = suite["cases"].as_array().unwrap().clone();
        cases.into_iter().enumerate().map(move |(number, case)| {
            let what = case["id"].as_str().or(suite["description"].as_str()).unwrap();
            let name = format!("{file}, {what} ({number})");
            Case { name, suite: suite.clone(), json: case }
        })
    });
    each.collect()
}

impl Case {
    fn method(&self) -> Method {
        // The metadata of the cases is incomplete.
        let mut facts = metadata();
        for (key, value) in self.suite["metadata"].as_object().unwrap() {
            facts[key] = value.clone();
        }
        let operation = self.json["given"].clone();
        let name = operation["name"].as_str().unwrap().to_owned();
        let mut shapes = self.suite["shapes"].clone();
        for (shape, facts) in shapes.as_object_mut().unwrap() {
            // Published models do not have `resultWrapper` at a shape, and its value equals the default.
            if let Some(wrapper) = facts.as_object_mut().unwrap().remove("resultWrapper") {
                assert_eq!(wrapper, format!("{name}Result"), "{shape}");
            }
        }
        method_of(&facts, operation, &shapes)
    }

    /// `value` of `shape` in the JSON format of this project. The cases have seconds for a timestamp,
    /// and text for a blob.
    fn convert(&self, value: &Value, shape: &str) -> Value {
        let shape = &self.suite["shapes"][shape];
        let of = |member: &Value| member["shape"].as_str().unwrap().to_owned();
        match (shape["type"].as_str().unwrap(), value) {
            ("timestamp", Value::Number(seconds)) => {
                // The cases have a precision of milliseconds.
                #[allow(clippy::cast_possible_truncation)]
                let milliseconds = (seconds.as_f64().unwrap() * 1000.0).round() as i128;
                let time =
                    OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).unwrap();
                Value::String(time.format(&Rfc3339).unwrap())
            }
            ("blob", Value::String(text)) => BASE64_STANDARD.encode(text).into(),
            ("float" | "double", Value::Number(number)) => number.as_f64().into(),
            ("list", Value::Array(items)) => {
                items.iter().map(|item| self.convert(item, &of(&shape["member"]))).collect()
            }
            ("map", Value::Object(entries)) => {
                let entry = |(key, item): (&String, &Value)| {
                    (key.clone(), self.convert(item, &of(&shape["value"])))
                };
                entries.iter().map(entry).collect::<Map<_, _>>().into()
            }
            ("structure", Value::Object(members)) => {
                let member = |(name, item): (&String, &Value)| {
                    let member = &shape["members"][name];
                    (name.clone(), self.convert(item, &of(member)))
                };
                members.iter().map(member).collect::<Map<_, _>>().into()
            }
            _ => value.clone(),
        }
    }

    fn params(&self) -> Value {
        match self.json["given"]["input"]["shape"].as_str() {
            Some(shape) => self.convert(&self.json["params"], shape),
            None => self.json["params"].clone(),
        }
    }
}

#[tokio::test]
async fn requests_equal_those_of_the_published_cases() {
    let Some(folder) = folder() else { return };
    let mut counts = Vec::new();
    for file in ["input/query.json", "legacy/input/query.json"] {
        let cases = cases(&folder, file);
        for case in &cases {
            assert_sent(case).await;
        }
        counts.push(cases.len());
    }
    let _ = writeln!(std::io::stderr(), "published cases of requests: {counts:?}");
    assert!(counts.iter().all(|&count| count > 20), "{counts:?}");
}

async fn assert_sent(case: &Case) {
    let name = &case.name;
    let expected = &case.json["serialized"];
    let server = Canned::always(response(500, &[], ""));
    let endpoint = case.suite["clientEndpoint"].as_str().unwrap_or("https://example.com");
    let endpoint = endpoint.trim_start_matches("https://");
    let hosts: Vec<String> = expected["host"]
        .as_str()
        .into_iter()
        .chain(HOSTS)
        .chain([endpoint])
        .map(str::to_owned)
        .collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let client = builder_at(&server, endpoint, &hosts)
        .idempotency_tokens(|| TOKEN.to_owned())
        .retry(pagesmith::Retry::never())
        .build()
        .unwrap();
    let method = case.method();
    let params = case.params();
    let call = method.call(&client).params(object(&params));
    call.send().await.unwrap_err();
    let requests = server.requests();
    let [sent] = &*requests else { panic!("{name}: {} requests", requests.len()) };
    if let Some(body) = expected["body"].as_str() {
        assert_eq!(unordered(pairs(&sent.body)), unordered(pairs(body)), "{name}");
    } else {
        // The cases of compression.
        assert!(sent.head.contains("content-encoding: gzip\r\n"), "{name}: {}", sent.head);
        let body = std::io::read_to_string(GzDecoder::new(&*sent.bytes)).unwrap();
        assert_eq!(expected["headers"]["Content-Encoding"], "gzip", "{name}");
        let operation = method.operation();
        let mut all = vec![
            ("Action".to_owned(), operation.to_owned()),
            ("Version".to_owned(), "2020-01-08".to_owned()),
        ];
        let texts = object(&params).into_iter();
        all.extend(texts.map(|(name, value)| (name, value.as_str().unwrap().to_owned())));
        all.sort_unstable();
        assert_eq!(pairs(&body), all, "{name}");
    }
    // The case has a slash after the path of the endpoint. botocore keeps the path without one.
    let uri = expected["uri"].as_str().unwrap();
    let uri = if name.contains("HostWithPath") { uri.trim_end_matches('/') } else { uri };
    assert!(sent.head.starts_with(&format!("POST {uri} HTTP/1.1\r\n")), "{name}: {}", sent.head);
    let header = |wanted: &str| {
        let lines = sent.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.unwrap_or_else(|| panic!("{name}: there is no {wanted}")).1.to_owned()
    };
    assert!(header("content-type").starts_with("application/x-www-form-urlencoded"), "{name}");
    assert_eq!(header("content-length"), sent.bytes.len().to_string(), "{name}");
    if let Some(host) = expected["host"].as_str() {
        let host = host.split('/').next().unwrap();
        assert_eq!(header("host").split(':').next().unwrap(), host, "{name}");
    }
}

/// Entries of a map have no order: the number of each entry is replaced by its key.
fn unordered(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let entries: Vec<(String, String)> = pairs
        .iter()
        .filter_map(|(name, key)| Some((format!("{}.", name.strip_suffix(".key")?), key.clone())))
        .collect();
    let named = |(name, value): (String, String)| {
        let entry = entries.iter().find(|(entry, _)| name.starts_with(entry));
        match entry {
            Some((entry, key)) => (format!("{key}: {}", &name[entry.len()..]), value),
            None => (name, value),
        }
    };
    let mut pairs: Vec<_> = pairs.into_iter().map(named).collect();
    pairs.sort_unstable();
    pairs
}

#[tokio::test]
async fn responses_are_decoded_as_in_the_published_cases() {
    let Some(folder) = folder() else { return };
    let mut counts = Vec::new();
    for file in ["output/query.json", "legacy/output/query.json"] {
        let cases = cases(&folder, file);
        for case in &cases {
            match case.json["response"]["status_code"].as_u64().unwrap() {
                200 => assert_decoded(case),
                status => assert_error(case, status.try_into().unwrap()).await,
            }
        }
        counts.push(cases.len());
    }
    let _ = writeln!(std::io::stderr(), "published cases of responses: {counts:?}");
    assert!(counts.iter().all(|&count| count > 15), "{counts:?}");
}

fn assert_decoded(case: &Case) {
    // Cases without output do not have the document that every operation responds with.
    let empty = format!("<{}Response/>", case.json["given"]["name"].as_str().unwrap());
    let body = case.json["response"]["body"].as_str().filter(|body| !body.is_empty());
    let body = body.unwrap_or(&empty);
    let mut expected = case.json["result"].clone();
    if let Some(shape) = case.json["given"]["output"]["shape"].as_str() {
        expected = case.convert(&expected, shape);
    }
    let read = case.method().decode(body.as_bytes());
    let read = read.unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
    assert_eq!(read, expected, "{}", case.name);
}

async fn assert_error(case: &Case, status: u16) {
    let name = &case.name;
    let body = case.json["response"]["body"].as_str().unwrap();
    let server = Canned::always(response(status, &[("Content-Type", "text/xml")], body));
    let client = builder(&server.url()).build().unwrap();
    let method = case.method();
    let error = method.call(&client).send().await.unwrap_err();
    assert_eq!(error.code(), case.json["errorCode"].as_str(), "{name}");
    assert_eq!(error.status(), Some(status), "{name}");
    if let Some(message) = case.json["errorMessage"].as_str() {
        assert_eq!(error.message(), message, "{name}");
    }
    // The members of an error besides its message, if there are any.
    let mut members = object(&case.json["error"]);
    members.retain(|name, _| !name.eq_ignore_ascii_case("message"));
    let details = method.error_details(&error).map(|details| {
        let mut details = object(&details);
        details.retain(|name, _| !name.eq_ignore_ascii_case("message"));
        details
    });
    assert_eq!(details.unwrap_or_default(), members, "{name}");
}
