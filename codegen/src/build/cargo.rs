//! What a build script says to cargo.

use pagesmith_model::diagnostic::{Diagnostics, Severity, Style};

/// Every one of `diagnostics`, on a line each.
pub(super) fn tell_all(diagnostics: &Diagnostics) {
    for found in diagnostics {
        let key = match found.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        tell(key, &found.one_line());
        if found.severity() == Severity::Error {
            // Cargo shows one line of each; the whole of an error goes where cargo shows all.
            explain(&found.render(Style::Plain));
        }
    }
}

/// A build script speaks to cargo by what it prints.
#[allow(clippy::print_stdout)]
pub(super) fn tell(key: &str, value: &str) {
    println!("cargo::{key}={}", value.replace('\n', " "));
}

#[allow(clippy::print_stderr)]
fn explain(text: &str) {
    eprintln!("{text}");
}
