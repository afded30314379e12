//! Compares the bodies of requests with those of botocore, the reference for the protocol.
//!
//! `tests/botocore/bodies.json` has the bodies that botocore sends for 47 calls. If
//! `$PAGESMITH_BOTOCORE_PYTHON` is a Python with botocore, 1200 random calls are compared too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod live;

use pagesmith::aws::iam_api::mfa_devices;
use serde_json::Value;
use support::client_at;

/// The page requires a parameter that is optional in the current service model. This call without
/// it is the only one that botocore can send and the typed API cannot.
const NOT_EXPRESSIBLE: &str = "deactivate without a user";

#[tokio::test]
async fn bodies_equal_the_recorded_bodies_of_botocore() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../botocore/cases.json")).unwrap();
    let bodies: Value = serde_json::from_str(include_str!("../botocore/bodies.json")).unwrap();
    let mut compared = Vec::new();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        if name == NOT_EXPRESSIBLE {
            continue;
        }
        let operation = case["operation"].as_str().unwrap();
        let server = calls::server_of(operation);
        let devices = mfa_devices(&client_at(&server.url()));
        calls::call(&devices, operation, &case["params"]).await;
        assert_same_pairs(name, &server.last_body(), bodies[name].as_str().unwrap());
        compared.push(operation);
    }
    assert_eq!(compared.len() + 1, cases.len());
    compared.dedup();
    assert_eq!(compared, calls::OPERATIONS, "each operation has cases");
}

/// Members of a structure have no order: both bodies must have the same pairs, with the same escapes.
fn assert_same_pairs(name: &str, ours: &str, theirs: &str) {
    let sorted = |body: &str| {
        let mut pairs: Vec<String> = body.split('&').map(str::to_owned).collect();
        pairs.sort_unstable();
        pairs
    };
    assert_eq!(sorted(ours), sorted(theirs), "{name}\n  ours: {ours}\ntheirs: {theirs}");
    assert!(ours.starts_with("Action="), "{name}: {ours}");
}

#[test]
#[should_panic(expected = "the comparison")]
fn pairs_with_different_escapes_are_not_equal() {
    assert_same_pairs("the comparison", "Action=A&UserName=a+b", "Action=A&UserName=a%20b");
}
