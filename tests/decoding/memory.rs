//! Peak memory is measured for a process, so each case runs in a separate process, which runs the test `child`.

use std::process::Command;

use pagesmith::codegen::Call;
use pagesmith::{Client, ErrorKind};
use serde_json::{Value, json};

use crate::document;
use crate::model::{builder, list, method, structure};
use crate::support::canned::{Canned, ok};
use crate::typed::{DO, Input, Output};

const CASE: &str = "PAGESMITH_DECODING_CASE";
const MILLION: usize = 1_000_000;

fn members_of(case: &str) -> String {
    match case {
        "flood" => format!("<Rows>{}</Rows>", "<member/>".repeat((8 << 20) / 9)),
        "flood-of-members" => {
            format!("<Rows>{}</Rows>", "<member><A/><B/><C/></member>".repeat((8 << 20) / 29))
        }
        "numbers" => format!("<Numbers>{}</Numbers>", "<member>1</member>".repeat(MILLION)),
        "rows" => {
            let row = "<member><Name>n</Name><Size>1</Size></member>";
            format!("<Rows>{}</Rows>", row.repeat(MILLION))
        }
        _ => panic!("{case}"),
    }
}

fn dynamic() -> pagesmith::dynamic::Method {
    let texts =
        ["Name", "A", "B", "C", "D", "E", "F"].map(|name| (name.to_owned(), json!("String")));
    let mut row: Value = Value::Object(texts.into_iter().collect());
    row["Size"] = json!("Long");
    method(json!({
        "Row": structure(row),
        "Rows": list("Row", None),
        "Numbers": list("Long", None),
        "Out": structure(json!({ "Rows": "Rows", "Numbers": "Numbers" })),
    }))
}

/// The number of elements in the response, for a typed or a dynamic call.
async fn count(client: &Client, typed: bool) -> Result<usize, pagesmith::Error> {
    if typed {
        let output: Output = Call::<Input>::new(client, &DO).output().await?;
        let numbers = output.numbers.map_or(0, |numbers| numbers.len());
        Ok(output.rows.map_or(numbers, |rows| rows.len()))
    } else {
        let output = dynamic().call(client).send().await?;
        let elements = output.get("Rows").or(output.get("Numbers")).unwrap();
        Ok(elements.as_array().unwrap().len())
    }
}

/// A value of `/proc/self/status`, in bytes.
#[cfg(target_os = "linux")]
fn memory_status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kibibytes: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes * 1024
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn child() {
    let Ok(case) = std::env::var(CASE) else { return };
    let (case, path) = case.split_once(' ').unwrap();
    let server = Canned::always(ok(&document(&members_of(case))));
    let client = builder(&server.url()).response_limit(64 << 20).build().unwrap();
    let before = memory_status("VmRSS");
    let result = count(&client, path == "typed").await;
    let outcome = match result {
        Ok(count) => count.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    let _ = std::fs::write(
        std::env::var_os("PAGESMITH_DECODING_RESULT").unwrap(),
        format!("{outcome} {}", memory_status("VmHWM") - before),
    );
}

/// The outcome of a case, and the bytes of memory that it needed.
#[cfg(target_os = "linux")]
fn measured(case: &str, path: &str) -> (String, usize) {
    let name = format!("decoding-{case}-{path}-{}", std::process::id());
    let result = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "memory::child", "-q"])
        .env(CASE, format!("{case} {path}"))
        .env("PAGESMITH_DECODING_RESULT", &result)
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.unwrap().success(), "{case} {path}");
    let text = std::fs::read_to_string(&result).unwrap();
    let _ = std::fs::remove_file(result);
    let (outcome, bytes) = text.split_once(' ').unwrap();
    (outcome.to_owned(), bytes.parse().unwrap())
}

/// The memory that a response of `size` bytes may need in the process of a test: its values, and the copies of the
/// response in server and client.
#[cfg(target_os = "linux")]
fn allowed(size: usize) -> usize {
    (16 * size).max(16 << 20) + 6 * size + (16 << 20)
}

#[cfg(target_os = "linux")]
#[test]
fn many_empty_elements_do_not_exceed_the_memory_limit() {
    for (case, rejected_by) in [("flood", "typed"), ("flood-of-members", "dynamic")] {
        let size = members_of(case).len();
        for path in ["dynamic", "typed"] {
            let (outcome, bytes) = measured(case, path);
            assert!(bytes <= allowed(size), "{case} {path}: {bytes} bytes of {}", allowed(size));
            // In the other path, the values are below the limit.
            if path == rejected_by {
                assert_eq!(outcome, "ResponseTooLarge", "{case} {path}: {bytes} bytes");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_million_numbers_or_rows_can_be_decoded() {
    for case in ["numbers", "rows"] {
        let size = members_of(case).len();
        for path in ["dynamic", "typed"] {
            let (outcome, bytes) = measured(case, path);
            assert_eq!(outcome, MILLION.to_string(), "{case} {path}");
            assert!(bytes <= allowed(size), "{case} {path}: {bytes} bytes of {}", allowed(size));
        }
    }
}

/// The minimum limit is sufficient for every short response.
#[tokio::test]
async fn a_short_response_may_have_many_elements() {
    let server =
        Canned::always(ok(&document(&format!("<Rows>{}</Rows>", "<member/>".repeat(9_000)))));
    let client = builder(&server.url()).build().unwrap();
    for typed in [false, true] {
        assert_eq!(count(&client, typed).await.unwrap(), 9_000);
    }
}

#[tokio::test]
async fn the_memory_limit_can_be_set() {
    let row = "<member><Name>a name</Name></member>";
    let server = Canned::always(ok(&document(&format!("<Rows>{}</Rows>", row.repeat(100)))));
    for typed in [false, true] {
        let client = builder(&server.url()).decode_limit(5_000).build().unwrap();
        let error = count(&client, typed).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::ResponseTooLarge, Some(200)),
            "{error}"
        );
        assert_eq!((error.operation(), error.request_id()), (Some("Do"), Some("canned-id")));
        assert!(error.may_have_been_sent() && !error.is_retryable());
        let message = error.to_string();
        assert!(
            message.contains("limit of 5000 bytes; raise it with decode_limit(…)"),
            "{message}"
        );
        let client = builder(&server.url()).decode_limit(500_000).build().unwrap();
        assert_eq!(count(&client, typed).await.unwrap(), 100);
    }
}
