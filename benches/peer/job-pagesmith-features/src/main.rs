//! The job, with those features of pagesmith that `measure` asks for. Which they are changes nothing of the
//! calls: what a feature costs is what it adds without being used.

#[path = "../../job-pagesmith/src/calls.rs"]
mod calls;

use pagesmith::{Client, aws::iam_api as sdk};

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
