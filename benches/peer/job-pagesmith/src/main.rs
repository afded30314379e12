//! The job, with pagesmith as it comes.

mod calls;

use pagesmith::{Client, aws::iam_api as sdk};

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
