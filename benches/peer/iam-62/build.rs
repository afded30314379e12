//! Generates the SDK of the pages that `measure` has laid out, or of the committed one where it has not, so
//! that this workspace compiles anywhere. `measure` measures the former only.

use std::path::Path;
use std::process::ExitCode;

use pagesmith_codegen::Gate;

fn main() -> ExitCode {
    let laid_out = "../target/pages-62";
    let folder = if Path::new(laid_out).join("aws/iam_api/service-2.json").exists() {
        laid_out
    } else {
        println!("cargo::rerun-if-changed={laid_out}");
        "../../../seeds"
    };
    // Nobody asks for blocking calls; the committed page's settings would have them.
    pagesmith_codegen::Build::new(folder)
        .runtime_path("pagesmith_runtime")
        .serde(Gate::feature("serde"))
        .blocking(Gate::Off)
        .emit()
}
