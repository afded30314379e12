//! The server process.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::Problem;
use crate::runs::Cores;

/// A running server. Dropping it ends the process.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) endpoint: String,
    /// The sizes of the listings' bodies in bytes, for each mode.
    pub(crate) bytes: Value,
}

impl Server {
    pub(crate) fn start(programs: &Path, cores: Cores) -> Result<Self, Problem> {
        let mut child = cores
            .command(&programs.join("server"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("the server has no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let report: Value = serde_json::from_str(&line)?;
        let endpoint = report.get("endpoint").and_then(Value::as_str);
        let endpoint = endpoint.ok_or("the server did not print its address")?.to_owned();
        let bytes = report.get("bytes").cloned().unwrap_or_default();
        Ok(Self { child, endpoint, bytes })
    }

    /// CPU time of the thread that handles requests, in nanoseconds.
    pub(crate) fn cpu_ns(&self) -> Option<f64> {
        let path = format!("/proc/{}/schedstat", self.child.id());
        std::fs::read_to_string(path).ok()?.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
