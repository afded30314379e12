//! Generates the SDK of the pages in `pages/`.

use pagesmith_codegen::{Build, Gate};

fn main() -> std::process::ExitCode {
    Build::new("pages")
        .module_path("sample_sdk")
        .feature_per_resource(true)
        .serde(Gate::feature("serde"))
        .blocking(Gate::feature("blocking"))
        .derive("Tag", ["PartialOrd", "Ord"])
        .emit()
}
