//! Memory under many concurrent calls.
//!
//! This is a separate test program, because the memory of the whole process is measured.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    missing_docs
)]

mod support;

use pagesmith::aws::iam_api::mfa_devices;
use support::{client_of, enabled_device, iam_with_alice};

const TASKS: usize = 64;
const CALLS: usize = 1000;

/// 64 tasks of 1,000 calls each: all succeed, and memory does not grow.
#[tokio::test]
async fn memory_does_not_grow_with_the_number_of_calls() {
    let iam = iam_with_alice().await;
    enabled_device(&iam, "phone").await;
    let client = client_of(&iam).to_builder().attempt_timeout(None).build().unwrap();
    // After the first fifth, all permanent memory is allocated: the connections, and the 10,000 requests that
    // the endpoint records.
    run(&client, CALLS / 5).await;
    let before = resident_kilobytes();
    run(&client, CALLS - CALLS / 5).await;
    let after = resident_kilobytes();
    if let (Some(before), Some(after)) = (before, after) {
        let grown = after.saturating_sub(before);
        assert!(grown < 32 * 1024, "resident memory grew by {grown} KiB, from {before} to {after}");
    }
}

async fn run(client: &pagesmith::Client, calls: usize) {
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let devices = mfa_devices(client);
            tokio::spawn(async move {
                for _ in 0..calls {
                    let page = devices.list().user_name("alice").send().await.unwrap();
                    assert_eq!(page.mfa_devices.len(), 1);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// The resident memory of this process, which includes the endpoint; `None` if there is no /proc.
fn resident_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
