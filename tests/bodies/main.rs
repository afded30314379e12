//! The bodies of requests, held equal to those of botocore, the reference for the protocol.
//!
//! `tests/botocore/bodies.json` has its answers for 47 calls; where `$PAGESMITH_BOTOCORE_PYTHON`
//! names a Python with botocore, it is also asked for a thousand calls made up at random.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod calls;
mod live;

use pagesmith::aws::iam_api::mfa_devices;
use serde_json::Value;
use support::client_at;

/// A method requires what the page requires; today's service model leaves it out. Only this one
/// call of all that botocore would send can therefore not be written down.
const NOT_WRITABLE: &str = "deactivate without a user";

#[tokio::test]
async fn bodies_are_those_that_botocore_recorded() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../botocore/cases.json")).unwrap();
    let bodies: Value = serde_json::from_str(include_str!("../botocore/bodies.json")).unwrap();
    let mut compared = Vec::new();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        if name == NOT_WRITABLE {
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

/// Members of a structure have no order: both sides have the same pairs, each escaped alike.
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
fn pairs_that_are_escaped_in_another_way_differ() {
    assert_same_pairs("the comparison", "Action=A&UserName=a+b", "Action=A&UserName=a%20b");
}
