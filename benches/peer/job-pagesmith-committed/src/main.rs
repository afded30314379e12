//! The calls with the committed code of the page, without the generator in the build.

#[path = "../../job-pagesmith/src/calls.rs"]
mod calls;
// The program uses only a part of the SDK. rustfmt must not change committed code.
#[allow(dead_code, unreachable_pub, unused_imports)]
#[rustfmt::skip]
#[path = "../../../../generated/mod.rs"]
mod generated;

use generated::aws::iam_api as sdk;
use pagesmith::Client;

fn main() -> std::process::ExitCode {
    job::main::<calls::Pagesmith>()
}
