//! Compares the bodies of random calls with those of botocore.

use std::io::Write as _;
use std::process::{Command, Stdio};

use pagesmith::aws::iam_api::mfa_devices;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::support::client_at;
use crate::{assert_same_pairs, calls};

const PYTHON: &str = "PAGESMITH_BOTOCORE_PYTHON";
const CALLS_EACH: usize = 200;

#[tokio::test]
async fn bodies_of_random_calls_equal_those_of_botocore() {
    let Some(python) = std::env::var_os(PYTHON) else {
        // The test harness hides the output of a passing test, except for direct writes to standard error.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: {PYTHON} is not set, so bodies are not compared with botocore; see tests/botocore/README.md"
        );
        return;
    };
    // The calls are the same in every run.
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut random_calls = Vec::new();
    for operation in calls::OPERATIONS {
        let params = params_of(operation);
        for _ in 0..CALLS_EACH {
            let params = params.new_tree(&mut runner).unwrap().current();
            random_calls.push((operation, params));
        }
    }
    let results = results_of_botocore(&python, &random_calls);
    assert_eq!(results.len(), random_calls.len());
    for ((operation, params), result) in random_calls.iter().zip(&results) {
        let theirs = result["body"].as_str();
        let theirs = theirs.unwrap_or_else(|| panic!("botocore rejects {params}: {result}"));
        let server = calls::server_of(operation);
        let devices = mfa_devices(&client_at(&server.url()));
        calls::call(&devices, operation, params).await;
        assert_same_pairs(&format!("{operation} {params}"), &server.last_body(), theirs);
    }
}

/// The results of botocore, from one process for all calls.
fn results_of_botocore(python: &std::ffi::OsStr, random_calls: &[(&str, Value)]) -> Vec<Value> {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/botocore/serialize.py");
    let mut process = Command::new(python)
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{PYTHON} cannot be run: {error}"));
    let lines: String = random_calls
        .iter()
        .flat_map(|(operation, params)| {
            let call = json!({
                "service": "iam", "api_version": "2010-05-08",
                "operation": operation, "params": params,
            });
            [call.to_string(), "\n".to_owned()]
        })
        .collect();
    let mut input = process.stdin.take().unwrap();
    // A separate thread writes the input, because the process writes output while it reads input.
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = process.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{PYTHON} failed: {}", output.status);
    let results = String::from_utf8(output.stdout).unwrap();
    results.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Random characters, in which characters that need escaping are more frequent.
fn text(lengths: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Value> {
    let character = prop_oneof![
        3 => any::<char>(),
        3 => prop::char::range(' ', '~'),
        2 => prop::sample::select(vec![' ', '+', '%', '&', '=', '~', '*', '\0', '\r', '\n', 'é']),
    ];
    vec(character, lengths).prop_map(|characters| characters.into_iter().collect::<String>().into())
}

/// Random arguments with lengths that botocore's validation allows. It does not check patterns.
fn params_of(operation: &str) -> BoxedStrategy<Value> {
    let serial_number = || text(9..=64);
    let user_name = || text(1..=64);
    let object = |pairs: Vec<(&'static str, Value)>| {
        Value::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    match operation {
        "ListMFADevices" => {
            let parts = (
                prop::option::of(user_name()),
                prop::option::of(text(1..=64)),
                prop::option::of(1..=1000_i32),
            );
            parts
                .prop_map(|(user_name, marker, max_items)| {
                    let max_items = max_items.map(Value::from);
                    let all =
                        [("UserName", user_name), ("Marker", marker), ("MaxItems", max_items)];
                    let given =
                        all.into_iter().filter_map(|(name, value)| Some((name.into(), value?)));
                    Value::Object(given.collect::<Map<_, _>>())
                })
                .boxed()
        }
        "DeactivateMFADevice" => (user_name(), serial_number())
            .prop_map(move |(user_name, serial_number)| {
                object(vec![("UserName", user_name), ("SerialNumber", serial_number)])
            })
            .boxed(),
        "EnableMFADevice" | "ResyncMFADevice" => {
            (user_name(), serial_number(), text(6..=6), text(6..=6))
                .prop_map(move |(user_name, serial_number, first, second)| {
                    object(vec![
                        ("UserName", user_name),
                        ("SerialNumber", serial_number),
                        ("AuthenticationCode1", first),
                        ("AuthenticationCode2", second),
                    ])
                })
                .boxed()
        }
        "TagMFADevice" => {
            let tag = (text(1..=32), text(0..=32))
                .prop_map(|(key, value)| json!({ "Key": key, "Value": value }));
            (serial_number(), vec(tag, 0..=12))
                .prop_map(
                    |(serial_number, tags)| json!({ "SerialNumber": serial_number, "Tags": tags }),
                )
                .boxed()
        }
        "UntagMFADevice" => (serial_number(), vec(text(1..=32), 0..=12))
            .prop_map(
                |(serial_number, keys)| json!({ "SerialNumber": serial_number, "TagKeys": keys }),
            )
            .boxed(),
        other => panic!("no arguments for {other}"),
    }
}
