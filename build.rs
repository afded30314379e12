//! Generates the SDK of the pages in `seeds/`; see `pagesmith_codegen`.

fn main() -> std::process::ExitCode {
    pagesmith_codegen::Build::new("seeds").emit()
}
