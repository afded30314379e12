//! What must come to an end, and what never would if it were read.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long anything may take before it counts as hung. It says nothing of speed: what hangs here takes hours,
/// and what does not, a second.
const HUNG: Duration = Duration::from_mins(2);

/// What `work` gives; panics where it does not come to an end. A thread that hangs ends with the test.
pub fn ends<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    let worker = thread::spawn(move || sender.send(work()));
    match receiver.recv_timeout(HUNG) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what} does not come to an end"),
        Err(mpsc::RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) => panic!("{what} gave nothing"),
        },
    }
}

/// Puts a named pipe, which nobody writes to, at `path`.
#[cfg(unix)]
pub fn pipe(path: &Path) {
    let _ = std::fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}
