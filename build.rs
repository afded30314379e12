//! Generates the SDK of the pages in `seeds/`.

fn main() -> std::process::ExitCode {
    pagesmith_codegen::Build::new("seeds").emit()
}
