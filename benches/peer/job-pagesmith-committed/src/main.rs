//! The job, with the code that is committed for the page: no generator in the build.

#[path = "../../job-pagesmith/src/calls.rs"]
mod calls;
// The job uses only a part of the SDK. rustfmt must not change committed code.
#[allow(dead_code, unreachable_pub, unused_imports)]
#[rustfmt::skip]
#[path = "../../../../generated/mod.rs"]
mod generated;

use generated::aws::iam_api as sdk;
use pagesmith::Client;

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
