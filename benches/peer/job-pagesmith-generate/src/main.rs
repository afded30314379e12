//! The job, with pagesmith generated from its pages when it is built.

#[path = "../../job-pagesmith/src/calls.rs"]
mod calls;

use pagesmith::aws::iam_api as sdk;

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
