//! The CPU time and the memory that the process has used.

use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

use crate::Problem;

/// CPU time of all threads, in user mode and in the kernel.
pub(crate) fn cpu() -> Result<Duration, Problem> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let microseconds =
        usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(Duration::from_micros(microseconds.unsigned_abs()))
}

/// Resident memory in KiB: the maximum so far, and the current value. The maximum of `getrusage` would include the parent
/// process, from which this one was forked.
pub(crate) fn resident() -> Result<(u64, u64), Problem> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    match (field("VmHWM:"), field("VmRSS:")) {
        (Some(max), Some(now)) => Ok((max, now)),
        _ => {
            Err("/proc/self/status has no VmHWM or no VmRSS, which are the resident memory".into())
        }
    }
}
