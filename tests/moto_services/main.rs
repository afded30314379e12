//! Calls the operations of many services with moto, an independent server, by the feature `dynamic`.
//!
//! Each operation is called with its required params, whose values come from the service model, or from responses of the same
//! service: what `CreateQueue` returns as `QueueUrl` is the `QueueUrl` of later calls. moto may reject a call, or not implement
//! the operation. A response that cannot be decoded is a failure of this test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs
)]

mod differences;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use pagesmith::dynamic::Resources;
use pagesmith::{Client, ErrorKind, Retry};
use serde_json::{Map, Value};

use differences::DIFFERENCES;
use values::Values;

/// The folders of botocore's models of services that moto has. The others of moto take too long, or need Docker.
const SERVICES: &[&str] = &[
    "acm",
    "apigateway",
    "apigatewayv2",
    "appconfig",
    "appsync",
    "athena",
    "autoscaling",
    "backup",
    "budgets",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "codecommit",
    "cognito-idp",
    "config",
    "databrew",
    "datasync",
    "dax",
    "directconnect",
    "ds",
    "dynamodb",
    "ecr",
    "ecs",
    "efs",
    "eks",
    "elasticache",
    "elasticbeanstalk",
    "elb",
    "elbv2",
    "emr",
    "events",
    "firehose",
    "glue",
    "guardduty",
    "identitystore",
    "iot",
    "kafka",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "mq",
    "opensearch",
    "organizations",
    "ram",
    "rds",
    "redshift",
    "route53",
    "route53resolver",
    "s3",
    "s3control",
    "scheduler",
    "secretsmanager",
    "ses",
    "sesv2",
    "shield",
    "signer",
    "sns",
    "sqs",
    "stepfunctions",
    "sts",
    "swf",
    "synthetics",
    "transcribe",
    "transfer",
    "wafv2",
    "workspaces",
    "xray",
];

/// What became of an operation.
#[derive(Clone, Debug)]
enum Outcome {
    Decoded,
    /// The service's error for these params, which was decoded.
    Rejected(Map<String, Value>),
    /// Not a response of a service: moto does not implement the operation.
    Unknown,
    /// Params that cannot be sent.
    NotSent(String),
    /// moto leaves out a member that the service model requires.
    Incomplete(String),
    /// An error of this crate.
    Failed(String),
}

#[tokio::test]
async fn operations_of_many_services_are_called_and_decoded() {
    let (Ok(endpoint), Ok(data)) =
        (std::env::var("PAGESMITH_MOTO_ENDPOINT"), std::env::var("PAGESMITH_BOTOCORE_DATA"))
    else {
        eprintln!(
            "skipped: set PAGESMITH_MOTO_ENDPOINT to a moto server, and PAGESMITH_BOTOCORE_DATA to botocore's models, to call it"
        );
        return;
    };
    let only = std::env::var("PAGESMITH_MOTO_SERVICES").ok();
    let selected = |service: &&&str| {
        only.as_ref().is_none_or(|only| only.split(',').any(|name| name == **service))
    };
    let client = Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "secret", None)
        .endpoint_url(endpoint)
        .attempt_timeout(Duration::from_secs(20))
        .retry(Retry::never())
        .build()
        .unwrap();
    let (mut services, mut decoded, mut rejected, mut unknown) = (0, 0, 0, 0);
    let (mut failures, mut not_sent, mut incomplete) = (BTreeSet::new(), Vec::new(), Vec::new());
    for service in SERVICES.iter().filter(selected) {
        let outcomes = sweep(&client, &Path::new(&data).join(service)).await;
        let mut of_service = 0;
        for (operation, outcome) in outcomes {
            match outcome {
                Outcome::Decoded => of_service += 1,
                Outcome::Rejected(_) => rejected += 1,
                Outcome::Unknown => unknown += 1,
                Outcome::Incomplete(cause) => {
                    incomplete.push(format!("{service} {operation}: {cause}"));
                }
                Outcome::NotSent(problem) => {
                    not_sent.push(format!("{service} {operation}: {problem}"));
                }
                Outcome::Failed(error) => {
                    failures.insert(format!("{service} {operation}: {error}"));
                }
            }
        }
        println!("{service}: {of_service}");
        services += usize::from(of_service > 0);
        decoded += of_service;
    }
    println!("services {services}, operations {decoded}");
    println!(
        "rejected by moto {rejected}, not implemented by moto {unknown}, not sent {}, failures {}",
        not_sent.len(),
        failures.len()
    );
    for line in &incomplete {
        println!("  incomplete: {line}");
    }
    for line in &not_sent {
        println!("  not sent: {line}");
    }
    let is_known = |failure: &&String| {
        DIFFERENCES.iter().any(|(operation, _)| failure.starts_with(&format!("{operation}: ")))
    };
    for (operation, reason) in DIFFERENCES {
        println!("  not {operation}: {reason}");
    }
    let failures: Vec<_> = failures.iter().filter(|failure| !is_known(failure)).collect();
    assert!(failures.is_empty(), "{} operations:\n{failures:#?}", failures.len());
    if only.is_none() {
        assert!(services >= 40, "{services} services");
        assert!(decoded >= 600, "{decoded} operations");
    }
}

/// Calls the operations of the service in `folder`: those that create something first, and those that delete something last.
async fn sweep(client: &Client, folder: &Path) -> BTreeMap<String, Outcome> {
    let folder = newest(folder);
    let text = file(&folder, "service-2.json").unwrap();
    let model: Value = serde_json::from_str(&text).unwrap();
    let paginators = file(&folder, "paginators-1.json");
    let resources = Resources::from_model(&text, paginators.as_deref()).unwrap();
    let mut methods: Vec<_> = resources.methods().collect();
    methods.sort_by_key(|method| (rank(method.operation()), method.operation().to_owned()));
    let mut values = Values::new(&model);
    let mut outcomes = BTreeMap::new();
    // What was rejected may succeed when the service has more, except what deletes something.
    for pass in 0..2 {
        for method in &methods {
            let operation = method.operation();
            let done = matches!(
                outcomes.get(operation),
                Some(
                    Outcome::Decoded
                        | Outcome::Unknown
                        | Outcome::Incomplete(_)
                        | Outcome::Failed(_)
                )
            );
            let is_last = rank(operation) == LAST;
            if done || needs_docker(operation) || (pass == 0 && is_last) {
                continue;
            }
            let params = values.params(operation);
            if matches!(outcomes.get(operation), Some(Outcome::Rejected(before)) if *before == params)
            {
                continue;
            }
            let sent = params.clone();
            let result = method.call(client).params(params).send().await;
            let outcome = match result {
                Ok(response) => {
                    values.learn(operation, &response);
                    Outcome::Decoded
                }
                Err(error) => match (error.kind(), error.code()) {
                    (ErrorKind::Service, Some(_)) => Outcome::Rejected(sent),
                    (ErrorKind::Service, None) => Outcome::Unknown,
                    (ErrorKind::Input, _) => Outcome::NotSent(error.to_string()),
                    _ => {
                        let cause = error.source().map(ToString::to_string).unwrap_or_default();
                        if cause.contains("the required member") || cause.contains("the header ") {
                            Outcome::Incomplete(cause)
                        } else {
                            Outcome::Failed(format!("{:?} {error}: {cause}", error.kind()))
                        }
                    }
                },
            };
            outcomes.insert(operation.to_owned(), outcome);
        }
    }
    outcomes
}

const LAST: usize = 4;

/// The order of operations.
fn rank(operation: &str) -> usize {
    const RANKS: [&[&str]; 5] = [
        &["Create", "Allocate", "Register", "Request", "Run", "Import", "Publish"],
        &["Put", "Add", "Attach", "Associate", "Send", "Upload", "Batch", "Enable", "Tag"],
        &["List", "Describe", "Get", "Head", "Scan", "Query", "Search"],
        &[],
        &[
            "Delete",
            "Remove",
            "Terminate",
            "Deregister",
            "Release",
            "Untag",
            "Disable",
            "Detach",
            "Disassociate",
            "Cancel",
            "Stop",
            "Purge",
            "Abort",
            "Revoke",
        ],
    ];
    let is_of = |words: &&[&str]| words.iter().any(|word| operation.starts_with(word));
    RANKS.iter().position(is_of).unwrap_or(3)
}

/// Whether moto runs a container for the operation.
fn needs_docker(operation: &str) -> bool {
    matches!(
        operation,
        "Invoke" | "InvokeAsync" | "InvokeWithResponseStream" | "StartBuild" | "TestState"
    )
}

/// The folder of the newest version of a service.
fn newest(folder: &Path) -> PathBuf {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).max().unwrap()
}

fn file(folder: &Path, name: &str) -> Option<String> {
    if let Ok(text) = std::fs::read_to_string(folder.join(name)) {
        return Some(text);
    }
    let packed = std::fs::File::open(folder.join(format!("{name}.gz"))).ok()?;
    let mut text = String::new();
    MultiGzDecoder::new(packed).read_to_string(&mut text).unwrap();
    Some(text)
}
