//! Generates the SDK of the pages in `seeds/`, where the feature `generate` asks for it; see
//! `pagesmith_codegen`. Without it, what this gave before is compiled: `generated/`.

#[cfg(feature = "generate")]
fn main() -> std::process::ExitCode {
    pagesmith_codegen::Build::new("seeds").emit()
}

/// Without a word, cargo would run this after any change.
#[cfg(not(feature = "generate"))]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
