//! Work that must end, and a pipe that a reader would wait for without end.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The time after which work counts as hung. It is not a limit for speed: work that hangs takes hours, and
/// other work takes a second.
const HUNG: Duration = Duration::from_mins(2);

/// Returns the result of `work`. Panics if it does not end. A thread that hangs ends with the test process.
pub fn ends<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || sender.send(work()));
    match receiver.recv_timeout(HUNG) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what} did not end within {HUNG:?}"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) => panic!("{what} ended without a result"),
        },
    }
}

/// Creates a named pipe at `path`. Nothing writes to it.
#[cfg(unix)]
pub fn pipe(path: &Path) {
    let _ = std::fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}
