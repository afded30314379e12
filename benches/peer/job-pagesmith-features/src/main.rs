//! The calls with the features of pagesmith that `measure` selects. The calls do not use the features: the measured cost of
//! a feature is what it adds without being used.

#[path = "../../job-pagesmith/src/calls.rs"]
mod calls;

use pagesmith::{Client, aws::iam_api as sdk};

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
