//! Many callers of one client.

use pagesmith::aws::iam_api::mfa_devices;

use crate::world::{Method, World};

const TASKS: usize = 64;
const CALLS: usize = 1000;

/// 64 tasks of 1,000 calls each: all succeed, and memory stays flat.
#[tokio::test]
async fn sixty_four_tasks_of_a_thousand_calls() {
    let world = World::ready_for(Method::List).await;
    let client = world.client().attempt_timeout(None).build().unwrap();
    // What is kept for good, connections above all, is there after the first tenth.
    run(&client, CALLS / 10).await;
    let before = resident_kilobytes();
    run(&client, CALLS - CALLS / 10).await;
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

/// Of this process, which the endpoint is in too; `None` where there is no /proc.
fn resident_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
