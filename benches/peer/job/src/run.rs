//! Makes the calls of a run, and measures them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::{Mode, Problem, Sdk, Seen, clock};

/// The number of calls before the measurement, for each call in flight. They open connections, compute the signing key and
/// allocate memory.
const WARM_UP: usize = 6;

/// The measurements of a run.
#[derive(Debug)]
pub struct Report {
    calls: usize,
    in_flight: usize,
    wall: Duration,
    cpu: Duration,
    /// The latency of each call, sorted.
    latencies: Vec<Duration>,
    resident_most: u64,
    resident: u64,
    seen: Seen,
}

impl Report {
    pub(crate) fn to_json(&self) -> String {
        format!(
            "{{\"calls\": {}, \"in_flight\": {}, \"wall_ns\": {}, \"cpu_ns\": {}, \"p50_ns\": {}, \
             \"p99_ns\": {}, \"resident_most_kib\": {}, \"resident_kib\": {}, \"rows\": {}, \
             \"sum\": {}}}",
            self.calls,
            self.in_flight,
            self.wall.as_nanos(),
            self.cpu.as_nanos(),
            self.percentile(50).as_nanos(),
            self.percentile(99).as_nanos(),
            self.resident_most,
            self.resident,
            self.seen.rows,
            self.seen.sum,
        )
    }

    fn percentile(&self, percent: usize) -> Duration {
        let index =
            (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(index).copied().unwrap_or_default()
    }
}

/// Makes `calls` calls in `mode`, `in_flight` at a time.
pub(crate) async fn run<S: Sdk>(
    mode: Mode,
    calls: usize,
    in_flight: usize,
    endpoint: &str,
) -> Result<Report, Problem> {
    let sdk = S::connect(endpoint).await?;
    // At least one, so that a run of zero calls has the same start-up.
    batch(&sdk, mode, WARM_UP * in_flight.max(1), in_flight).await?;
    let (started, cpu) = (Instant::now(), clock::cpu()?);
    let (mut latencies, seen) = batch(&sdk, mode, calls, in_flight).await?;
    let (wall, cpu) = (started.elapsed(), clock::cpu()?.saturating_sub(cpu));
    let (resident_most, resident) = clock::resident()?;
    latencies.sort_unstable();
    Ok(Report { calls, in_flight, wall, cpu, latencies, resident_most, resident, seen })
}

async fn batch<S: Sdk>(
    sdk: &S,
    mode: Mode,
    calls: usize,
    in_flight: usize,
) -> Result<(Vec<Duration>, Seen), Problem> {
    let next = Arc::new(AtomicUsize::new(0));
    if in_flight <= 1 {
        return one_after_the_other(sdk.clone(), mode, calls, next).await;
    }
    let tasks: Vec<_> = (0..in_flight)
        .map(|_| tokio::spawn(one_after_the_other(sdk.clone(), mode, calls, next.clone())))
        .collect();
    let (mut latencies, mut seen) = (Vec::with_capacity(calls), Seen::default());
    for task in tasks {
        let (task_latencies, task_seen) = task.await??;
        latencies.extend(task_latencies);
        seen.add(task_seen);
    }
    Ok((latencies, seen))
}

async fn one_after_the_other<S: Sdk>(
    sdk: S,
    mode: Mode,
    calls: usize,
    next: Arc<AtomicUsize>,
) -> Result<(Vec<Duration>, Seen), Problem> {
    let (mut latencies, mut seen) = (Vec::with_capacity(calls), Seen::default());
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= calls {
            return Ok((latencies, seen));
        }
        let (method, user_name) = mode.call(number);
        let started = Instant::now();
        seen.add(sdk.call(method, user_name).await?);
        latencies.push(started.elapsed());
    }
}
