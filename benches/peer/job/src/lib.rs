//! Shared code of the programs, so that they differ only in the SDK: arguments, the sequence of calls, clocks, and
//! output.
//!
//! ```text
//! job-pagesmith six 1000 1 http://127.0.0.1:8080    1,000 calls, one after the other
//! job-pagesmith list-1000 100 64 http://…           100 calls, 64 of them in flight
//! job-pagesmith tls                                 was the program built with TLS?
//! ```

mod clock;
mod run;
mod tls;

use std::error::Error;
use std::future::Future;
use std::process::ExitCode;

pub use run::Report;

/// An error of any kind.
pub type Problem = Box<dyn Error + Send + Sync>;

/// The serial number in every request.
pub const SERIAL_NUMBER: &str = "arn:aws:iam::123456789012:mfa/alice";
/// The access key ID with which every request is signed.
pub const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";
/// The secret access key with which every request is signed.
pub const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// The region of every client.
pub const REGION: &str = "us-east-1";
/// The one-time codes of Enable and Resync.
pub const CODES: [&str; 2] = ["123456", "654321"];
/// The tag that Tag adds and Untag removes.
pub const TAG: (&str, &str) = ("department", "engineering");

/// The six methods of `aws.iam_api.mfa_devices`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `ListMFADevices`
    List,
    /// `DeactivateMFADevice`
    Deactivate,
    /// `EnableMFADevice`
    Enable,
    /// `ResyncMFADevice`
    Resync,
    /// `TagMFADevice`
    Tag,
    /// `UntagMFADevice`
    Untag,
}

/// A summary of the decoded rows. It must be the same for all programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The number of rows.
    pub rows: u64,
    /// A checksum of all fields of all rows.
    pub sum: u64,
}

impl Seen {
    /// Adds a row.
    pub fn row(&mut self, user_name: &str, serial_number: &str, enabled: i64) {
        self.rows += 1;
        let text = user_name.len() + serial_number.len();
        self.sum = self.sum.wrapping_add(text as u64).wrapping_add(enabled.unsigned_abs());
    }

    fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.sum = self.sum.wrapping_add(other.sum);
    }
}

/// An SDK with which a program makes the calls.
pub trait Sdk: Clone + Send + Sync + 'static {
    /// A client that calls `endpoint`.
    fn connect(endpoint: &str) -> impl Future<Output = Result<Self, Problem>>;

    /// Calls `method`. The server selects the rows of a listing by `user_name`.
    fn call(
        &self,
        method: Method,
        user_name: &'static str,
    ) -> impl Future<Output = Result<Seen, Problem>> + Send;
}

/// The calls that a program makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// All six methods in turn; a listing has one row.
    Six,
    /// Listings. The server has a response for this user name.
    List(&'static str),
}

impl Mode {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "six" => Some(Self::Six),
            "list-1" => Some(Self::List("list-1")),
            "list-1000" => Some(Self::List("list-1000")),
            "list-1mb" => Some(Self::List("list-1mb")),
            _ => None,
        }
    }

    /// The method of call `number`, and its user name.
    fn call(self, number: usize) -> (Method, &'static str) {
        match self {
            Self::List(user_name) => (Method::List, user_name),
            Self::Six => {
                let method = match number % 6 {
                    0 => Method::Enable,
                    1 => Method::List,
                    2 => Method::Resync,
                    3 => Method::Tag,
                    4 => Method::Untag,
                    _ => Method::Deactivate,
                };
                (method, "list-1")
            }
        }
    }
}

/// The `main` function of each program.
pub fn main<S: Sdk>() -> ExitCode {
    match start::<S>() {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            let mut cause = problem.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn start<S: Sdk>() -> Result<String, Problem> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // One thread, so that CPU time does not include communication between threads.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match *arguments {
        ["tls"] => {
            let has_tls = runtime.block_on(tls::is_compiled_in::<S>())?;
            Ok(format!("{{\"tls\": {has_tls}}}"))
        }
        [mode, calls, in_flight, endpoint] => {
            let mode =
                Mode::parse(mode).ok_or("the mode must be six, list-1, list-1000 or list-1mb")?;
            let (calls, in_flight) = (calls.parse()?, in_flight.parse()?);
            let report = runtime.block_on(run::run::<S>(mode, calls, in_flight, endpoint))?;
            Ok(report.to_json())
        }
        _ => {
            Err("usage: JOB (six|list-1|list-1000|list-1mb) CALLS IN_FLIGHT ENDPOINT, or: JOB tls"
                .into())
        }
    }
}
