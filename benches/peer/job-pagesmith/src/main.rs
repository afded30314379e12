//! The calls with pagesmith with its default features.

mod calls;

use pagesmith::{Client, aws::iam_api as sdk};

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
