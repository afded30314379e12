//! Compares all operations of all services with botocore: the requests of random calls, and the values of random responses.
//! `tests/botocore/operations.py` creates both, the same in every run, and compares.
//!
//! `exceptions.json` names the operations that differ, with the reasons.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Mutex;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use pagesmith::Client;
use pagesmith::dynamic::{Method, Resources};
use pagesmith_test_support::published::read_published;
use serde_json::{Value, json};

const DATA: &str = "PAGESMITH_BOTOCORE_DATA";
const PYTHON: &str = "PAGESMITH_BOTOCORE_PYTHON";
const EXCEPTIONS: &str = include_str!("exceptions.json");
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Prints a line. The test harness hides the output of a passing test, except for direct writes to standard error.
fn print(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[test]
fn every_operation_of_every_service_agrees_with_botocore() {
    let (Some(data), Some(python)) = (std::env::var_os(DATA), std::env::var_os(PYTHON)) else {
        return print(&format!(
            "skipped: {DATA} or {PYTHON} is not set; see tests/botocore/README.md"
        ));
    };
    let wanted = std::env::var("PAGESMITH_SERVICES").ok();
    let is_wanted = |name: &str| match &wanted {
        Some(names) => names.split(',').any(|wanted| wanted == name),
        None => true,
    };
    let mut services = services(Path::new(&data));
    services.retain(|(name, _)| is_wanted(name));
    // The largest first, so that the threads end at the same time.
    services.sort_by_key(|(_, folder)| std::cmp::Reverse(size(folder)));
    let (waiting, reports) = (Mutex::new(services.into_iter()), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().unwrap().get();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((name, folder)) = { waiting.lock().unwrap().next() } {
                    let report = check(&name, &folder, &python);
                    reports.lock().unwrap().push(report);
                }
            });
        }
    });
    summarize(&reports.into_inner().unwrap(), wanted.is_none());
}

/// The newest version of each service that has a model.
fn services(data: &Path) -> Vec<(String, PathBuf)> {
    let folders = std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let newest = folders.filter(|path| path.is_dir()).filter_map(|service| {
        let versions = std::fs::read_dir(&service).unwrap().map(|entry| entry.unwrap().path());
        let has_model = |path: &PathBuf| size(path) > 0;
        let newest = versions.filter(has_model).max()?;
        Some((service.file_name().unwrap().to_str().unwrap().to_owned(), newest))
    });
    newest.collect()
}

/// The size of the model in `folder`; 0 if there is none.
fn size(folder: &Path) -> u64 {
    let names = ["service-2.json", "service-2.json.gz"];
    names
        .iter()
        .filter_map(|name| std::fs::metadata(folder.join(name)).ok())
        .map(|it| it.len())
        .sum()
}

/// The report of the service `name`.
fn check(name: &str, folder: &Path, python: &OsStr) -> Value {
    let published = read_published(folder);
    let (methods, refusal) =
        match Resources::from_model(published.service.text(), published.paginators_text()) {
            Ok(resources) => {
                let named =
                    resources.methods().map(|method| (method.operation().to_owned(), method));
                (
                    named.collect::<BTreeMap<String, Method>>(),
                    "there is no such operation".to_owned(),
                )
            }
            Err(error) => (BTreeMap::new(), chain(&error)),
        };
    let client = Client::builder("us-east-1")
        .without_credentials()
        .endpoint_url("http://localhost:1")
        .idempotency_tokens(|| TOKEN.to_owned())
        .build()
        .unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/botocore/operations.py");
    let mut child = Command::new(python)
        .arg(script)
        .arg(name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin: ChildStdin = child.stdin.take().unwrap();
    let mut report = None;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let mut question: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if let Some(found) = question.get("report") {
            report = Some(found.clone());
            break;
        }
        let Some(method) = methods.get(question["operation"].as_str().unwrap()) else {
            writeln!(stdin, "{}", json!({ "error": refusal })).unwrap();
            continue;
        };
        let result = match question["params"].take() {
            Value::Object(params) => {
                method.call(&client).params(params).request().map(|request| shown(&request))
            }
            _ => method
                .decode_response(&response(&question))
                .map(|output| json!({ "output": output })),
        };
        let result = result.unwrap_or_else(|error| json!({ "error": chain(&error) }));
        writeln!(stdin, "{result}").unwrap();
    }
    child.wait().unwrap();
    report.unwrap_or_else(|| panic!("{name}: operations.py ended without a report"))
}

/// The message of an error and of its sources.
fn chain(error: &dyn std::error::Error) -> String {
    let messages = std::iter::successors(Some(error), |error| error.source());
    messages.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn shown(request: &http::Request<Vec<u8>>) -> Value {
    let headers: BTreeMap<&str, String> = request
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "headers": headers,
        "body": BASE64_STANDARD.encode(request.body()),
    })
}

fn response(question: &Value) -> http::Response<Vec<u8>> {
    let mut response = http::Response::builder()
        .status(u16::try_from(question["status"].as_u64().unwrap()).unwrap());
    for (name, value) in question["headers"].as_object().unwrap() {
        response = response.header(name, value.as_str().unwrap());
    }
    response.body(BASE64_STANDARD.decode(question["body"].as_str().unwrap()).unwrap()).unwrap()
}

/// The operations that may differ, with the reasons.
#[derive(Default)]
struct Exceptions {
    names: BTreeMap<String, BTreeMap<String, String>>,
    /// Those that differ.
    used: BTreeSet<String>,
}

impl Exceptions {
    /// Whether `operation` may differ at `place`: a request or a response.
    fn allow(&mut self, operation: &str, place: &str) -> bool {
        let is_named = |kind: &str| self.names[kind].contains_key(operation);
        let may_differ =
            is_named("operations") || place.starts_with("response") && is_named("responses");
        if may_differ {
            self.used.insert(operation.to_owned());
        }
        may_differ
    }

    fn all(&self) -> Vec<&str> {
        self.names.values().flat_map(BTreeMap::keys).map(String::as_str).collect()
    }
}

/// Prints the numbers by protocol, and fails if an operation differs that is not an exception, or an exception does not.
fn summarize(reports: &[Value], is_complete: bool) {
    let names = serde_json::from_str(EXCEPTIONS).unwrap();
    let mut exceptions = Exceptions { names, ..Exceptions::default() };
    let mut by_protocol: BTreeMap<&str, [u64; 5]> = BTreeMap::new();
    let mut unexpected: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for report in reports {
        let found: Vec<[&str; 3]> = array(report, "differences")
            .map(|it| [0, 1, 2].map(|at| it[at].as_str().unwrap()))
            .collect();
        for [operation, place, difference] in &found {
            if !exceptions.allow(operation, place) {
                unexpected.entry(operation).or_default().push(format!("{place}: {difference}"));
            }
        }
        let different =
            |kind: &str| found.iter().filter(|it| it[1].starts_with(kind)).count() as u64;
        let [operations, requests, responses] =
            ["operations", "requests", "responses"].map(|key| report[key].as_u64().unwrap());
        let (sent, read) = (requests - different("request"), responses - different("response"));
        let protocol = by_protocol.entry(report["protocol"].as_str().unwrap()).or_default();
        add(protocol, [operations, sent, requests, read, responses]);
    }
    let mut total = [0; 5];
    for (protocol, numbers) in &by_protocol {
        line(protocol, numbers);
        add(&mut total, *numbers);
    }
    line(&format!("all {} services", reports.len()), &total);
    let lacking = coverage(reports);
    for (name, found) in &unexpected {
        print(&format!("{name} ({}): {}", found.len(), found[0]));
    }
    let all = exceptions.all();
    let used = exceptions.used.len();
    print(&format!("not equal: {used} operations, named in exceptions.json with the reasons"));
    let stale: Vec<_> = all.iter().filter(|name| !exceptions.used.contains(**name)).collect();
    assert!(unexpected.is_empty(), "{} operations differ", unexpected.len());
    assert!(!is_complete || stale.is_empty(), "exceptions that do not differ: {stale:?}");
    assert!(all.len() <= 60);
    assert!(lacking.is_empty(), "the calls lack {lacking:?}");
}

/// Prints how much of the shapes of inputs occurred in the calls, and returns which members, variants, lists and maps did not.
fn coverage(reports: &[Value]) -> Vec<String> {
    let mut by_kind: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for report in reports {
        for (kind, numbers) in report["coverage"].as_object().unwrap() {
            add(by_kind.entry(kind).or_default(), [0, 1].map(|at| numbers[at].as_u64().unwrap()));
        }
    }
    let kinds = by_kind.iter().map(|(kind, [found, all])| format!("{kind} {found} of {all}"));
    print(&format!("in the calls: {}", kinds.collect::<Vec<_>>().join(", ")));
    let missing = reports.iter().flat_map(|report| array(report, "missing"));
    missing.map(|name| name.as_str().unwrap().to_owned()).collect()
}

fn array<'r>(report: &'r Value, key: &str) -> impl Iterator<Item = &'r Value> {
    report[key].as_array().unwrap().iter()
}

fn add<const N: usize>(sums: &mut [u64; N], numbers: [u64; N]) {
    for (sum, number) in sums.iter_mut().zip(numbers) {
        *sum += number;
    }
}

fn line(name: &str, [operations, equal, requests, read, responses]: &[u64; 5]) {
    print(&format!(
        "{name}: {operations} operations, requests {equal} of {requests}, responses {read} of {responses}"
    ));
}
