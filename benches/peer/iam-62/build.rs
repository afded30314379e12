//! Generates the SDK for the pages that `measure` has copied, or for the committed page if there are none, so that this
//! workspace compiles on every machine. `measure` measures only the SDK of all pages.

use std::path::Path;
use std::process::ExitCode;

use pagesmith_codegen::Gate;

fn main() -> ExitCode {
    let all_pages = "../target/pages-62";
    let folder = if Path::new(all_pages).join("aws/iam_api/service-2.json").exists() {
        all_pages
    } else {
        println!("cargo::rerun-if-changed={all_pages}");
        "../../../seeds"
    };
    // The programs make no blocking calls. The settings of the committed page enable them.
    pagesmith_codegen::Build::new(folder)
        .runtime_path("pagesmith_runtime")
        .serde(Gate::feature("serde"))
        .blocking(Gate::Off)
        .emit()
}
