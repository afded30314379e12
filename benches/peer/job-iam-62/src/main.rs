//! The calls with an SDK of all pages of `aws.iam_api`.

#[path = "../../job-pagesmith/src/calls.rs"]
mod calls;

use iam_62::aws::iam_api as sdk;
use pagesmith_runtime::Client;

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
